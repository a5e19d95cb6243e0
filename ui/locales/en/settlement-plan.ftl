# Why a part of a settlement belongs where it is, or why it does not.
settlement-reason-exact = Same order number, exact amount: { $document }
settlement-reason-part-paid = Pays a part of { $document }; the rest stays open
settlement-reason-rounding = Same order number, { $amount } rounding
settlement-reason-kept-unapplied = { $amount } more than { $document } is open for; it stays as the customer’s credit
settlement-reason-overpayment = Amazon paid { $amount } more than { $document } is open for
settlement-reason-posted = Posted before: { $document }
settlement-reason-edited = { $document } was changed in NetSuite after posting
settlement-reason-cash-sale = Cash sale { $document } has the same amount
settlement-reason-cash-sale-differs = Cash sale { $document } has another amount
settlement-reason-paid-by-hand = { $document } was entered by hand with this amount
settlement-reason-already-paid = { $document } was paid by somebody else
settlement-reason-not-billed = The order is in NetSuite, its invoice is not there yet
settlement-reason-total-differs = The total of order { $order } in NetSuite is not Amazon’s: nothing is posted on it before that is settled
settlement-reason-no-order = Order { $order } is not in NetSuite yet
settlement-reason-other-currency = { $document } is in another currency than the settlement
settlement-reason-customer-inactive = The customer of { $document } is inactive
settlement-reason-negative-order = The order takes money from the seller instead of bringing it
settlement-reason-from-elsewhere = An order from another channel: only fees
settlement-reason-no-customer-money = No buyer’s money in it
settlement-reason-before-go-live = Order { $order } was bought before go-live
settlement-reason-cancelled-after-charge = Charged and given back in this settlement; the order was cancelled
settlement-reason-refund = Gives back a part of { $document }
settlement-reason-refund-exceeds = Gives back more than { $document } was for; the rest is a credit memo of its own
settlement-reason-refund-reversal = Amazon took a refund back: in the journal
settlement-reason-refund-reversal-invoice = Amazon took a refund of { $order } back: invoiced again and paid
settlement-reason-refund-not-billed = The order is in NetSuite, its invoice is not there yet
settlement-reason-refund-standalone = The order is unknown: a credit memo of its own
settlement-reason-refund-unknown-order = Order { $order } is unknown: in the journal
settlement-reason-in-journal = In the journal
settlement-reason-nothing = Nothing to post
settlement-reason-unmapped = Nobody has said yet where this goes
settlement-reason-excluded = Left out by a person

settlement-variance-overpayment = Paid more than is open
settlement-variance-edited = Changed in NetSuite after posting
settlement-variance-cash-sale = The cash sale has another amount
settlement-variance-unmapped = No account yet: { $kind }
settlement-variance-excluded = Left out by a person
settlement-variance-buyer-without-order = Buyer’s money without an order number

settlement-held-variance = { $amount } is not explained by records in NetSuite
settlement-held-unmapped = Say where this goes: { $kind }
settlement-held-accounts = Choose accounts for: { $keys }
settlement-held-inconsistent = Amazon’s file does not add up by { $amount }
settlement-held-no-total = Amazon’s file has no total to prove its lines against
settlement-held-marketplace = { $count ->
    [one] One line has no marketplace: pick one
   *[other] { $count } lines have no marketplace: pick one
}
