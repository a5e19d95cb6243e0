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
