### What a person decides about a settlement: sentences of the core.

why-not-accounts = A kind of line has no account yet. Map it in the list below.
why-not-tax = The tax that Amazon keeps has no account yet. Choose it first.
why-not-inconsistent = Amazon’s file does not add up, so nothing of it is posted.
why-not-orders =
    { $count ->
        [one] { $count } order is not in the books yet. It is listed under Unmatched.
       *[other] { $count } orders are not in the books yet. They are listed under Unmatched.
    }
why-not-undoing = The posting is being undone.
why-not-closed = This settlement is closed. Open it again first.
error-cannot-undo = There is nothing to undo, or it is on its way. Look again in a moment.
error-undo-in-closed-period = Records of a closed period would have to be deleted, which NetSuite refuses. Open the period there first; nothing was changed.
error-settlement-too-late = This settlement is posted, on its way or closed. Undo the posting or open the settlement again first.
error-no-variance = There is no difference to accept.
error-nothing-to-take-back = There is nothing to take back any more.
said-variance-accepted = Difference accepted. It holds as long as the difference stays the same.
said-variance-withdrawn = The difference is not accepted any more.
said-marketplace-picked = Rows without a marketplace belong to { $country } now.
said-settlement-closed = Settlement closed. Nothing is written to it any more.
said-settlement-reopened = Settlement open again.
remedy-accept-variance = Accept the difference…
remedy-pick-marketplace = Choose the marketplace…
problem-settlement-guard = { $percent } % of settlement { $settlement } is not matched with NetSuite
problem-settlement-guard-why = Above { $limit } % nothing is posted by itself. Match the open lines, or review the settlement and post it yourself.
undo-will-reverse-journals =
    { $count ->
        [one] Reverses { $count } journal
       *[other] Reverses { $count } journals
    }
undo-will-delete-journals =
    { $count ->
        [one] Deletes { $count } journal
       *[other] Deletes { $count } journals
    }
undo-will-delete-refunds =
    { $count ->
        [one] Deletes { $count } refund
       *[other] Deletes { $count } refunds
    }
undo-will-delete-cash-refunds =
    { $count ->
        [one] Deletes { $count } cash refund
       *[other] Deletes { $count } cash refunds
    }
undo-will-delete-credit-memos =
    { $count ->
        [one] Deletes { $count } credit memo
       *[other] Deletes { $count } credit memos
    }
undo-will-delete-payments =
    { $count ->
        [one] Deletes { $count } payment, so that what it paid is open again
       *[other] Deletes { $count } payments, so that what they paid is open again
    }
undo-will-not-send =
    { $count ->
        [one] Does not send { $count } record that is not written yet
       *[other] Does not send { $count } records that are not written yet
    }
undo-will-nothing = Changes nothing in NetSuite
undo-period-closed-moved = { $period } is closed: what reverses it will be dated { $day }.
undo-period-closed-refused = { $period } is closed: NetSuite deletes nothing in it. Open the period first.
undo-left-edited =
    { $count ->
        [one] Changed in NetSuite since, and left as it is: { $documents }
       *[other] { $count } changed in NetSuite since, and left as they are: { $documents }
    }
undo-left-gone =
    { $count ->
        [one] Deleted in NetSuite already: { $documents }
       *[other] { $count } deleted in NetSuite already: { $documents }
    }
undo-left-adopted =
    { $count ->
        [one] Was there before the app, and stays: { $documents }
       *[other] { $count } were there before the app, and stay: { $documents }
    }
option-variance-ignore = Difference that is small
option-variance-material = Difference that is material, as an amount
option-variance-material-percent = Difference that is material, in percent of the deposit
option-reverse-mode = A journal that is undone is
option-reverse-mode-is-reverse = Reversed by another journal
option-reverse-mode-is-delete = Deleted while its period is open
line-category-tax-at-source = Tax withheld from income
line-category-tax-adjustment = Tax correction
line-category-referral-fee = Referral fee
line-category-refund-administration-fee = Refund fee
line-category-fulfilment-fee = Fulfilment fee
line-category-other-selling-fee = Other fee on a sale
line-category-advertising = Advertising
line-category-storage = Storage
line-category-long-term-storage = Long-term storage
line-category-subscription = Subscription
line-category-inbound-freight = Freight to Amazon
line-category-removal = Removal and disposal
line-category-postage = Postage
line-category-promotion-cost = Coupons, deals, Vine
line-category-other-fee = Other fee
line-category-reimbursement = Reimbursement
line-category-liquidation = Liquidation income
line-category-liquidation-fee = Liquidation fee
line-category-business-tax = Tax of the business
line-category-reserve = Reserve
line-category-payable-to-amazon = Owed to Amazon
line-category-successful-charge = Charged to the card
line-category-failed-transfer = Payout that came back
line-category-balance-movement = Loan or other balance
