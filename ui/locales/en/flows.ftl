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
flow-fba-shipments = Shipments by Amazon
flow-fba-shipments-promise = Amazon's own report says on which day each unit left, so that every bill bears the right date.
flow-order-comparison = Orders checked against Amazon's report
flow-order-comparison-promise = Once a day every order of Amazon's own report is compared with yours, so that none is missing.
flow-shipments = Shipments to Amazon
flow-shipments-promise = Every parcel you ship in NetSuite is confirmed to Amazon once, and seen to be there.
flow-cancellations = Cancellations to Amazon
flow-cancellations-promise = What you close in NetSuite before it ships is cancelled at Amazon, if you switch this on.
flow-billing = Billing
flow-billing-promise = Every sales order is billed once for what has left, however the bill came to be.
flow-settlement-reports = Settlement reports
flow-settlement-reports-promise = Every settlement report is kept as Amazon made it, before Amazon throws it away.
flow-settlement-records = Settlement records
flow-settlement-records-promise = Every line of a settlement is read exactly once, and their sum is checked against the deposit.
flow-finances = Amazon's Finances
flow-finances-promise = What Amazon posted and what it still holds of your money is known here, with the day on which it should come.
flow-accruals = Month-end entries
flow-accruals-promise = Fees of what Amazon holds back stand in the month of their sales, as a draft that you post.
flow-settlement-orders = Orders of settlements
flow-settlement-orders-promise = An order that a settlement names and nobody here knows is asked for at Amazon once, and then brought in or known to be older.
flow-settlement-payments = Payments
flow-settlement-payments-promise = What buyers paid closes the invoices of their orders.
flow-settlement-refunds = Refunds
flow-settlement-refunds-promise = What buyers got back becomes credit memos, to the cent.
flow-settlement-fees = Fee bills
flow-settlement-fees-promise = By your choice, Amazon’s fees become one bill of its vendor for each month of a settlement, paid out of clearing.
flow-settlement-summaries = Settlement summaries
flow-settlement-summaries-promise = Each settlement shows what Amazon says, what NetSuite has, and every cent between them.
flow-settlement-journals = Settlement journals
flow-settlement-journals-promise = Each settlement ends in one balanced journal entry, posted once you approve it.
flow-settlement-bank = In the bank
flow-settlement-bank-promise = What you enter of a bank account is booked once, with the bank’s fee and the exchange difference.
flow-settlement-custom-records = Settlements in NetSuite
flow-settlement-custom-records-promise = By your choice, each settlement and each transaction of it stands in NetSuite as a record of its own, and follows what the review says.
flow-self-audit = Self-audit
flow-self-audit-promise = Once a week everything in NetSuite that came from Amazon is held against what was written, and every difference is told.

## What is going on

progress-reading-orders = Reading orders from Amazon…
progress-report-of-orders = Amazon is preparing its report of all orders…
progress-report-of-shipments = Amazon is preparing its report of shipments…
progress-reading-finances = Reading transactions from Amazon…
progress-fetching-settlements = Fetching settlement reports from Amazon…
progress-reading-shipments = Reading shipments from NetSuite…
progress-reading-sales-orders = Reading sales orders from NetSuite…
progress-importing-settlement = Reading a settlement file, { $megabytes } MB so far…
progress-matching-settlements = Matching settlements with NetSuite…
progress-auditing = Checking records in NetSuite…

## Why nothing is written

reason-address-changed-after-ship = The buyer changed the address after { $document } had left
reason-already-there = Already in NetSuite as { $document }
reason-not-shown-yet = Written a moment ago; NetSuite’s lists show it in a few minutes
reason-amazon-ships-yet = Amazon has not shipped everything yet
reason-before-go-live = Bought on { $day }, before your books begin on { $go_live }
reason-cancelled-before-import = Cancelled before it reached NetSuite
reason-cancelled-both-sides = Cancelled at Amazon, and { $document } is closed in NetSuite
reason-cancelled-left-open = Cancelled at Amazon; { $document } stays as it is, as you chose
reason-customer-per-buyer = Each buyer gets a customer with the first order
reason-customer-there = { $customer } is in NetSuite, or another customer was chosen
reason-invoice-unconfirmed = Amazon waits for the invoice to be confirmed
reason-journal-posted = Posted as { $document }
reason-fees-in-journal = Its fees are lines of the journal
reason-bank-rate-unknown = NetSuite does not tell at which rate the transfer was posted. It is asked again
reason-bank-nothing-to-book = The bank received all of it: nothing is left to book
reason-bank-entry-does-not-fit = What was entered does not fit the transfer any more. Take it back and enter it anew
reason-not-an-amazon-order = Not an Amazon order: Amazon only ships it for another channel
reason-not-released-yet = Preordered; Amazon has not released it yet
reason-nothing-ordered = Nothing is ordered in it any more
reason-nothing-to-journal = Nothing to post
reason-orders-not-billed-yet = { $amount } belong to orders that are not billed yet
reason-payment-being-verified = Amazon is still verifying the payment
reason-in-the-report-of-orders = Amazon's report of orders or a settlement names it, and it is not here as it is there; it is read by its number with the next sync
reason-paid-together = Paid together with other orders of the same customer
reason-posted-already = Already in NetSuite
reason-shipped-at-amazon = Shipped at Amazon, but { $document } is still open in NetSuite. Ship it there, or let shipments follow Amazon.
reason-shipments-noted = Noted; the order’s bill takes its day from it
reason-shipments-not-reported = Each shipment gets a bill; Amazon’s report of shipments does not tell of all of it yet
reason-unfulfillable = Amazon cannot ship it
reason-amazon-label = Shipped with a label bought from Amazon, which knows the parcel already
reason-amazon-ships-it = Amazon ships it
reason-billed = Billed as { $document }
reason-billed-so-far = Billed as { $document }; the rest has not left yet
reason-audit-fine = As it should be
reason-cancel-out-off = Cancelling at Amazon is switched off
reason-cancelled-at-amazon = Cancelled at Amazon
reason-confirmed = { $count } parcels confirmed, and Amazon shows them
reason-free-replacement = A free replacement is not billed
reason-kit-incomplete = A pack or kit is begun; the rest of it has not left yet
reason-not-approved-yet = { $document } waits for approval in NetSuite
reason-not-shipped-yet = Not shipped in NetSuite yet
reason-nothing-closed = Nothing is closed that Amazon still expects
reason-order-closed = { $document } is closed in NetSuite
reason-parcels-known-to-amazon = Already shipped at Amazon
reason-too-late-to-cancel = Too late to cancel at Amazon
reason-order-asks = A question about { $document } is open: not billed before it is answered
reason-total-differs = NetSuite has { $netsuite } and Amazon { $amazon }: not billed before they agree
reason-tracking-updates-off = The tracking number was corrected, and corrections are switched off
reason-unknown-status = Amazon says “{ $status }”, a status we have not seen before

## Steps

step-put-back = Put { $document } of { $order } back as it was written
step-add-address = Add the delivery address of { $order } to the buyer’s customer
step-adopt = Link { $order } with { $document }
step-keep-transactions = Keep { $count } transactions of { $day }
step-create-accrual = Create the month-end entry of { $day }, { $total }
step-archive-report = Keep report { $report }
step-look-at-order = Look at order { $order } by its number
step-change-order = Change { $document } as { $order } was changed at Amazon
step-close-sales-order = Close { $document }: { $order } was cancelled
step-bill-cash-sale = Bill { $order } with a cash sale for { $total }
step-bill-invoice = Bill { $order } with an invoice for { $total }
step-cancel-at-amazon = Cancel { $order } at Amazon
step-confirm-shipment = Confirm to Amazon that { $order } left with { $tracking }
step-mark-confirmed = Note on { $document } of { $order } that Amazon shows it
step-confirm-shipment-untracked = Confirm to Amazon that { $order } left, without a tracking number
step-create-buyer = Create the buyer of { $order }
step-add-currency = Let the customer of { $order } use its currency
step-create-cash-refund = Refund { $amount } for { $order }
step-create-cash-sale = Create the cash sale of { $order } for { $total }
step-create-credit-memo = Create the credit memo of { $order } for { $amount }
step-create-customer = Create the customer { $customer }
step-create-customer-refund = Pay out { $amount } for { $order }
step-create-fulfilment = Ship { $order } from Amazon’s stock
step-create-invoice = Create the invoice of { $order } for { $total }
step-create-journal = Post settlement { $settlement }: { $total }
step-create-late-journal = Take { $total } back from the differences of settlement { $settlement }
step-create-fee-bill = Enter the fees of settlement { $settlement } as a bill: { $total }
step-pay-fee-bill = Pay the fee bill of settlement { $settlement } out of clearing: { $total }
step-bank-journal = Bring the transfer of settlement { $settlement } to the bank: { $total }
step-create-custom-record = Make a record of settlement { $settlement } in NetSuite
step-change-custom-record = Bring a record of settlement { $settlement } up to date in NetSuite
step-create-payment = Apply { $amount } to the invoice of { $order }
step-create-shared-payment = Apply { $amount } to the invoices of { $count } orders of settlement { $settlement }
step-create-reversal-invoice = Invoice { $amount } again to the buyer of { $order }: Amazon took a refund back
step-pay-reversal-invoice = Pay { $amount } out of clearing on the new invoice of { $order }
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
problem-customer-ambiguous-why = They share the same e-mail address, or the same name and postal code. Nothing is guessed: choose the one that is meant.
problem-customer-full = { $customer } has { $count } open invoices
problem-customer-full-why = NetSuite can no longer apply payments once a customer has more than 10,000 open transactions. Choose another shared customer, or let it change every month; invoices that are written stay where they are.
problem-customer-subsidiary = The customer of { $order } belongs to another subsidiary
problem-customer-subsidiary-why = A customer is never moved. Choose a customer of this marketplace’s subsidiary, or create one.
problem-customer-inactive = The customer of { $order } is inactive in NetSuite
problem-customer-inactive-why = Nothing can be sold to it. Make it active again in NetSuite and try again, or choose another customer.
problem-total-mismatch = { $order }: NetSuite has { $netsuite }, Amazon has { $amazon }
problem-total-mismatch-why = The two totals must agree. A price rule, a discount or a tax in NetSuite, or a change at Amazon, makes the difference. Nothing was deleted.
problem-adoption-conflict = { $order } may be { $document }, which has { $netsuite } instead of { $amazon }, or another customer
problem-adoption-conflict-why = A record made by hand carries this order’s number, but customer, currency and total do not all agree.
problem-cancel-after-ship = { $order } was cancelled at Amazon, but { $document } is shipped or billed
problem-cancel-after-ship-why = What has left or was billed is not touched by the app.
problem-netsuite-edited = { $document } was changed in NetSuite: it has { $netsuite }, { $written } was written, Amazon has { $amazon }
problem-netsuite-edited-why = Somebody changed the record after it was written. It is not overwritten. Accept it as it stands, let ours be put back where that is offered, or mend it in NetSuite and try again.
problem-order-changed-after-ship = { $order } changed at Amazon after { $document } was shipped or billed: NetSuite has { $netsuite }, Amazon has { $amazon }
problem-order-changed-after-ship-why = What has left or was billed is not touched by the app. Correct it in NetSuite, or accept the record as it stands.
problem-order-changed-since-settings = { $order } changed at Amazon, and settings changed since { $document } was written: NetSuite has { $netsuite }, Amazon has { $amazon }
problem-order-changed-since-settings-why = Under today’s settings the order has other lines, so Amazon’s change cannot be told from theirs. Correct the record in NetSuite, or accept it as it stands.
problem-deleted-in-netsuite = The record of { $order } was deleted in NetSuite
problem-deleted-in-netsuite-why = It was in the books as record { $record }. It is not made again unless you say so: make it again, or leave the order out.
problem-double-count = Cash sales of Amazon { $marketplace } would count the same money twice
problem-double-count-why = Their account is also the bank account that the settlement’s deposit is posted to. Choose a clearing account of its own, or import invoices.
problem-orders-guard = { $count } of { $total } orders do not add up, so none of them is written
problem-orders-guard-why = So many differences usually have one cause, such as a tax setting or a price rule. Correct it and try again, or allow a larger part.
problem-marketplace-unknown = “{ $marketplace }” is not one of your marketplaces
problem-marketplace-unknown-why = Its currency, business day and accounts are not set. Add it with what your Amazon account says of it, or leave its orders out.
problem-option-missing = A setting is missing: { $option }
problem-option-missing-why = The record cannot be written without it.
problem-two-currencies = { $order } has amounts in two currencies
problem-two-currencies-why = A record has one currency. Nothing is converted.
problem-limit-lines = { $order } would need { $count } lines
problem-limit-lines-why = NetSuite’s pages cannot edit a record of more than 500 lines. Enter the order in NetSuite by hand, with its Amazon number and its total, then try again: it is linked. Or leave it out.
problem-tax-code-missing = No tax code for { $order }
problem-tax-code-missing-why = Amazon’s tax is written on the lines, and that needs a tax code and a tax type.
problem-tax-rate-missing = How much VAT is in the price of { $order }?
problem-tax-rate-missing-why = The price contains your own tax, and Amazon does not say how much. Choose the rate in percent, 0 if you owe none; rates of other countries stand in the table of tax rates beside their tax codes.
problem-tax-rate-missing-code-why = The price contains your own tax, and Amazon does not say how much. Give tax code { $code } a rate in percent in the table of tax rates, under Mappings, Lookup tables.
problem-carrier-unmapped = Which carrier is “{ $method }”? { $document } waits
problem-carrier-unmapped-why = Amazon wants a carrier from its list. Let the app send others by their name, or give the shipping method a carrier’s name in NetSuite.
problem-tracking-missing = { $document } of { $order } has no tracking number
problem-tracking-missing-why = Amazon wants one. Enter it on the fulfilment in NetSuite; it is looked at again by itself. Or allow shipments without one.
problem-shipped-too-many = { $order }: { $shipped } × { $sku } are shipped, { $ordered } are ordered
problem-shipped-too-many-why = Amazon would refuse it. Correct the quantities of the fulfilments in NetSuite.
problem-shipment-not-taken = Amazon accepted the parcel { $tracking } of { $order } and does not show it
problem-shipment-not-taken-why = The number does not look like one of { $carrier }, or the carrier is wrong. Correct either on the fulfilment in NetSuite and it is sent again, or confirm the parcel in Seller Central.
problem-feed-rejected = Amazon did not take what it was told about { $order }
problem-feed-rejected-why = { $said } Correct it in Seller Central, then look again.
problem-fulfilment-taken-back = { $document } was taken back in NetSuite after Amazon was told about { $order }
problem-tracking-not-corrected = Amazon does not show the corrected number { $tracking } for a parcel of { $order }
problem-tracking-not-corrected-why = It keeps the number that it had. Correct it in Seller Central, or try again.
problem-fulfilment-taken-back-why = A confirmed shipment cannot be withdrawn at Amazon. Ship it again in NetSuite, or leave it out here.
problem-order-to-bill-differs = { $document } of { $order } comes to { $netsuite } in NetSuite instead of { $amazon }
problem-order-to-bill-differs-why = Somebody changed it in NetSuite, or the difference was set aside. It is not billed like this: correct it there, or accept it as it stands.
problem-bill-gone = The bill { $document } of { $order } is no longer in NetSuite
problem-bill-gone-why = Somebody deleted it. Nothing is billed again by itself: bill the order in NetSuite, or leave it out here.
problem-bill-edited = { $document } of { $order } comes to { $netsuite } and was billed for { $written }
problem-bill-edited-why = Somebody changed the bill in NetSuite. It is not overwritten: correct it there, or accept it as it stands.
problem-left-and-closed = { $item } of { $order } has left, and its line on { $document } was closed before it was billed
problem-left-and-closed-why = NetSuite does not bill a closed line. Open it again in NetSuite, or leave the order out here.
problem-billed-differently = { $order } is billed as { $document } for { $netsuite } instead of { $amazon }
problem-billed-differently-why = Somebody billed it by hand for another amount, for another customer, or once more. Nothing is billed twice.
problem-period-closed = { $order } falls into { $period }, which is closed in NetSuite
problem-settlement-reissued = Amazon issued settlement { $settlement } again with other content: { $file }
problem-settlement-reissued-why = The first one stays in use, and nothing that was posted is changed by itself. See what the new file says otherwise, then take it or keep what is posted.
problem-settlement-file-refused = { $file } cannot be read as a settlement
problem-settlement-period-closed = Settlement { $settlement } falls into { $period }, which is closed in NetSuite
problem-period-closed-why = Open the period, or let postings move to the first open day.
problem-order-unreadable = Amazon’s answer about { $order } could not be read
problem-order-unreadable-why = { $detail }. Nothing of it is written. The app reads it again in each run; if it stays, ask Amazon about this order or leave it out.
problem-settlement-group = { $order } in settlement { $settlement }: { $amount } wait
problem-line-unmapped-why = Amazon uses a kind of line we have not seen, or one that only you can place. One choice places all of them, past and future.
problem-settlement-inconsistent-why = The lines of settlement { $settlement } do not add up to its total. Nothing is posted from a file that does not add up. Usually a reserve or a loan line is missing: wait for Amazon’s new file, or name the missing line with a reason and then approve.
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
settlement-file-titles-changed = Line { $line }: from here on the columns are others. Give each file on its own.
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
settlement-warning-payout = Line { $line } is the payout itself; it is not counted.
