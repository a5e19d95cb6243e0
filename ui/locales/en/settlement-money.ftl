# What settlements post, and what they say of it afterwards.
settlement-reason-part-by-hand = { $amount } of it was entered by hand; { $document } takes the rest
settlement-reason-part-paid-elsewhere = A part of { $document } was paid by somebody else: { $amount } of Amazon’s money find no place on it
settlement-variance-paid-elsewhere = Paid by somebody else
settlement-reason-order-nowhere = Neither NetSuite nor Amazon knows order { $order } any more: leave it out, or enter its invoice by hand
settlement-reason-deleted = { $document } was posted and is not in NetSuite any more
settlement-reason-refund-by-sku = Gives back a part of { $document }; its line was found by the SKU, Amazon’s item number is another one
settlement-reason-refund-by-only-line = Gives back a part of { $document }; its only line was taken, for the SKU is another one
settlement-reason-refund-by-amount = Gives back a part of { $document } as an amount: none of its lines is the item that Amazon names
settlement-reason-refund-line-open = Several lines of { $document } could be meant for { $sku } ({ $prices } each), and the amount is a part of one: leave this refund out and enter its credit memo by hand on the right line
help-flow-settlement-orders = Writes nothing in NetSuite. Orders that a settlement names and that are not here yet are asked for at Amazon by their number; those of after go-live are then brought in by the flows of orders.
reason-order-unknown-to-amazon = Amazon does not know this order any more
reason-settled-order-before-go-live = Bought before go-live: no record is needed
progress-asking-for-settled-orders = Asking Amazon for orders that settlements name
option-acct-tax-at-source = Tax withheld at the source (TCS, TDS)
option-acct-refund-reversals = Refunds taken back
option-refund-atoz-item = Item for A-to-z refunds
option-refund-chargeback-item = Item for chargebacks
option-acct-bank-fees = Bank charges
option-acct-exchange-difference = Exchange differences
error-receipt-amount = “{ $value }” is not an amount in { $currency }. Enter digits with at most as many decimals as the currency has, such as 1,234.50.
error-receipt-not-posted = This settlement is not posted, or it is closed. Post it or open it again first.
error-receipt-there = What the bank received is entered already. Take it back first.
error-receipt-day = The day must lie between the settlement’s first day and today.
error-receipt-nothing = Nothing of this settlement was transferred, so there is nothing to find in the bank.
error-receipt-other-currency = The transfer stands on the bank account in the settlement’s currency. If your bank counts in another one, undo the posting, choose “Transfers on the way” for where the transfer goes, and post it again.
error-receipt-more = The bank cannot have received more than was transferred. Check the amount, or choose the bank’s currency.
error-receipt-zero = The amount received must be more than nought, and a fee cannot be less than nought.
said-receipt-entered = { $amount } in the bank on { $day }.
said-receipt-taken-back = Entry taken back. Its journal is being undone.
option-refund-merge-per-order = One credit memo for all refunds of an order in a settlement
option-payment-granularity = What buyers paid is applied
option-payment-granularity-is-per-order = By one payment for each order
option-payment-granularity-is-per-customer = By one payment for all orders of a customer in a settlement
option-refund-reversal = A refund that Amazon takes back is posted
option-refund-reversal-is-journal = In the journal
option-refund-reversal-is-invoice = As a new invoice that clearing pays
will-write-invoices = Invoices for refunds taken back
undo-will-delete-invoices =
    { $count ->
        [one] Deletes { $count } invoice of a refund that Amazon took back
       *[other] Deletes { $count } invoices of refunds that Amazon took back
    }
late-matched = { $amount } of the difference that you accepted is matched now. Posting it pays what is open and takes the amount back from the account of differences.
