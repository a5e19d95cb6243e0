### Words of the flows: cards, reasons, steps, problems, settlements.

## Flows: titles and promises

flow-mfn-customers = Customers of orders you ship
flow-mfn-customers-promise = Each marketplace has one customer for the orders you ship, made once and never changed.
flow-mfn-orders = Orders you ship
flow-mfn-orders-promise = Every order you ship becomes exactly one sales order.
flow-fba-customers = Customers of orders Amazon ships
flow-fba-customers-promise = Each marketplace has one customer for the orders Amazon ships, made once and never changed.
flow-fba-orders = Orders Amazon ships
flow-fba-orders-promise = Every order that Amazon has shipped is billed exactly once, dated on the day it left.
flow-settlement-reports = Settlement reports
flow-settlement-reports-promise = Every settlement report is kept as Amazon made it, before Amazon throws it away.
flow-settlement-records = Settlement records
flow-settlement-records-promise = Every line of a settlement is read exactly once, and their sum is checked against the deposit.
flow-settlement-payments = Payments
flow-settlement-payments-promise = What buyers paid closes the invoices of their orders.
flow-settlement-refunds = Refunds
flow-settlement-refunds-promise = What buyers got back becomes credit memos, to the cent.
flow-settlement-summaries = Settlement summaries
flow-settlement-summaries-promise = Each settlement shows what Amazon says, what NetSuite has, and every cent between them.
flow-settlement-journals = Settlement journals
flow-settlement-journals-promise = Each settlement ends in one balanced journal entry, posted once you approve it.

## What is going on

progress-reading-orders = Reading orders from Amazon…
progress-fetching-settlements = Fetching settlement reports from Amazon…
progress-matching-settlements = Matching settlements with NetSuite…

## Why nothing is written

reason-already-there = Already in NetSuite as { $document }
reason-amazon-ships-yet = Amazon has not shipped everything yet
reason-before-go-live = Bought on { $day }, before your books begin on { $go_live }
reason-cancelled-before-import = Cancelled before it reached NetSuite
reason-cancelled-both-sides = Cancelled at Amazon, and { $document } is closed in NetSuite
reason-customer-per-buyer = Each buyer gets a customer with the first order
reason-customer-there = { $customer } is in NetSuite, or another customer was chosen
reason-invoice-unconfirmed = Amazon waits for the invoice to be confirmed
reason-journal-posted = Posted as { $document }
reason-not-an-amazon-order = Not an Amazon order: Amazon only ships it for another channel
reason-not-released-yet = Preordered; Amazon has not released it yet
reason-nothing-ordered = Nothing is ordered in it any more
reason-nothing-to-journal = Nothing to post
reason-orders-not-billed-yet = { $amount } belong to orders that are not billed yet
reason-payment-being-verified = Amazon is still verifying the payment
reason-posted-already = Already in NetSuite
reason-unfulfillable = Amazon cannot ship it
reason-unknown-status = Amazon says “{ $status }”, a status we have not seen before

## Steps

step-adopt = Link { $order } with { $document }
step-archive-report = Keep report { $report }
step-close-sales-order = Close { $document }: { $order } was cancelled
step-create-buyer = Create the buyer of { $order }
step-create-cash-refund = Refund { $amount } for { $order }
step-create-cash-sale = Create the cash sale of { $order } for { $total }
step-create-credit-memo = Create the credit memo of { $order } for { $amount }
step-create-customer = Create the customer { $customer }
step-create-customer-refund = Pay out { $amount } for { $order }
step-create-fulfilment = Ship { $order } from Amazon’s stock
step-create-invoice = Create the invoice of { $order } for { $total }
step-create-journal = Post settlement { $settlement }: { $total }
step-create-payment = Apply { $amount } to the invoice of { $order }
step-create-sales-order = Create the sales order of { $order } for { $total }
step-import-settlement = Read { $file }
step-summarise = Sum up settlement { $settlement }

## Problems

problem-item-not-found = { $sku } does not exist in NetSuite
problem-item-not-found-why = No NetSuite item has this SKU, and nobody has said which item it is.
problem-item-inactive = { $sku } is inactive in NetSuite
problem-item-inactive-why = NetSuite does not take inactive items on new records.
problem-item-ambiguous = { $sku } could be more than one NetSuite item
problem-item-ambiguous-why = Several items have this SKU. Nothing is guessed.
problem-item-linked-twice-why = { $sku } is linked to more than one item.
problem-item-parent-why = { $sku } is the parent of variations. Choose the variation.
problem-ship-method-unmapped = “{ $level }” has no shipping method in NetSuite yet
problem-ship-method-unmapped-why = Amazon’s service levels have other names than your shipping methods.
problem-currency-disabled = { $currency } is not a currency of your NetSuite account
problem-currency-disabled-why = Orders are written in their own currency, never converted. Turn the currency on in NetSuite under Lists > Accounting > Currencies.
problem-customer-ambiguous = { $count } NetSuite customers could be the buyer of { $order }
problem-customer-ambiguous-why = They share the same e-mail address. Nothing is guessed.
problem-total-mismatch = { $order }: NetSuite has { $netsuite }, Amazon has { $amazon }
problem-total-mismatch-why = The two totals must agree. A price rule, a discount or a tax in NetSuite, or a change at Amazon, makes the difference. Nothing was deleted.
problem-adoption-conflict = { $order } may be { $document }, which has { $netsuite } instead of { $amazon }, or another customer
problem-adoption-conflict-why = A record made by hand carries this order’s number, but customer, currency and total do not all agree.
problem-cancel-after-ship = { $order } was cancelled at Amazon, but { $document } is shipped or billed
problem-cancel-after-ship-why = What has left or was billed is not touched by the app.
problem-marketplace-unknown = “{ $marketplace }” is not one of your marketplaces
problem-marketplace-unknown-why = Its currency, business day and accounts are not set.
problem-option-missing = A setting is missing: { $option }
problem-option-missing-why = The record cannot be written without it.
problem-two-currencies = { $order } has amounts in two currencies
problem-two-currencies-why = A record has one currency. Nothing is converted.
problem-limit-lines = { $order } would need { $count } lines
problem-limit-lines-why = NetSuite’s pages cannot edit a record of more than 500 lines.
problem-tax-code-missing = No tax code for { $order }
problem-tax-code-missing-why = Amazon’s tax is written on the lines, and that needs a tax code and a tax type.
problem-period-closed = { $order } falls into { $period }, which is closed in NetSuite
problem-settlement-reissued = Amazon issued settlement { $settlement } again with other content: { $file }
problem-settlement-reissued-why = The first one stays in use. Nothing that was posted is changed by itself.
problem-settlement-file-refused = { $file } cannot be read as a settlement
problem-settlement-period-closed = Settlement { $settlement } falls into { $period }, which is closed in NetSuite
problem-period-closed-why = Open the period, or let postings move to the first open day.
problem-order-unreadable = Amazon’s answer about { $order } could not be read
problem-order-unreadable-why = { $detail }
problem-settlement-group = { $order } in settlement { $settlement }: { $amount } wait
problem-line-unmapped-why = Amazon uses a kind of line we have not seen, or one that only you can place. One choice places all of them, past and future.
problem-settlement-inconsistent-why = The lines of settlement { $settlement } do not add up to its total. Nothing is posted from a file that does not add up.
problem-settlement-marketplace-why = Some lines of settlement { $settlement } name no marketplace, and nothing else tells.
problem-variance-why = What NetSuite has for settlement { $settlement } is not what Amazon pays. Each part of the difference is named in the review.
problem-account-missing = No account is chosen for { $account }
problem-account-missing-why = The journal entry needs an account for each of its lines.
problem-journal-unbalanced = The journal entry of { $settlement } is off by { $amount }
problem-journal-unbalanced-why = This is a mistake of the app. Nothing was sent.

## Settlements: why posting is off

settlement-why-not-asking =
    { $count ->
        [one] { $count } line needs you
       *[other] { $count } lines need you
    }

## Settlement files: what is wrong, and the cure

settlement-file-unreadable = The file cannot be read: { $said }. Try again, or save it elsewhere.
settlement-file-empty = The file is empty. Download it from Amazon again.
settlement-file-not-a-settlement = This is not a settlement file. Use “Flat File V2” from Amazon’s payments reports.
settlement-file-xml = This is the XML form, which Amazon no longer makes. Use “Flat File V2”.
settlement-file-spreadsheet = This is a spreadsheet. Use the text file as Amazon made it.
settlement-file-bomb = The compressed file grows without end. Download it from Amazon again.
settlement-file-bad-gzip = The compressed file is damaged. Download it from Amazon again.
settlement-file-bad-text = Line { $line }: the text is not { $encoding }. Choose another encoding.
settlement-file-column-missing = The column “{ $column }” is missing. Use the file as Amazon made it.
settlement-file-column-twice = The column “{ $column }” stands there twice. Use the file as Amazon made it.
settlement-file-no-rows = The file has titles but no lines. Download it from Amazon again.
settlement-file-not-an-amount = Line { $line }, “{ $column }”: “{ $cell }” is not an amount. Correct the cell, or download the file again.
settlement-file-amount-missing = Line { $line }, “{ $column }”: the amount is missing. Download the file again.
settlement-file-too-fine = Line { $line }, “{ $column }”: “{ $cell }” has more digits than money has. Correct the cell.
settlement-file-too-large = Line { $line }, “{ $column }”: “{ $cell }” is too large. Correct the cell.
settlement-file-not-a-date = Line { $line }, “{ $column }”: “{ $cell }” is not a date. Correct the cell.
settlement-file-ambiguous-date = Line { $line }, “{ $column }”: “{ $cell }” can be read two ways. Say whether the day or the month comes first.
settlement-file-not-a-quantity = Line { $line }, “{ $column }”: “{ $cell }” is not a quantity. Correct the cell.
settlement-file-no-settlement-id = Line { $line } has no settlement id. Download the file again.
settlement-file-no-currency = Settlement { $settlement } has no currency. Download the file again.
settlement-file-two-currencies = Settlement { $settlement } has { $first } and { $second }. A settlement has one currency.
settlement-file-two-totals = Settlement { $settlement } has two totals. Download the file again.
settlement-file-cut-short = Line { $line } is cut short: the download stopped too early. Download the file again.
settlement-file-no-total = Settlement { $settlement } has no total to check against. Download the file again.
settlement-file-does-not-add-up = Settlement { $settlement }: the lines come to { $sum }, the total is { $declared }, off by { $difference }. Wait for Amazon to issue it again.
settlement-file-stopped = Reading was stopped. Nothing was kept.
settlement-warning-day-and-month-assumed = Day and month were told apart by the marketplace alone.
settlement-warning-short-rows =
    { $count ->
        [one] { $count } row is shorter than the titles
       *[other] { $count } rows are shorter than the titles
    }
settlement-warning-extra-columns = Columns that we do not know were kept: { $titles }
settlement-warning-resaved = The file was saved again by a spreadsheet.
