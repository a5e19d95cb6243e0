### What a check that earns money rests on, and what is said when it is marked.

said-check-filed = Marked as filed.
said-check-won = Marked as won.
said-check-lost = Marked as lost.
said-check-open = Back on the list.
check-evidence-refund-commission = { $refund } was refunded, and nothing of the { $commission } commission of { $sold } came back.
check-evidence-not-returned = Refunded on { $refunded }, no reimbursement since. Whether the goods came back is not known here: look at the return in Seller Central first.
check-evidence-reimbursement-taken = { $name } was taken back on { $taken } and not paid again.
check-evidence-referral-fee =
    { $count ->
        [one] { $now } % instead of { $before } % since { $since }, on one sale.
       *[other] { $now } % instead of { $before } % since { $since }, on { $count } sales.
    }
check-evidence-fulfilment-fee =
    { $count ->
        [one] { $now } a unit instead of { $before } since { $since }, on one sale.
       *[other] { $now } a unit instead of { $before } since { $since }, on { $count } sales.
    }
check-evidence-charged-twice = { $name } of { $charged } stands there more than once.
check-evidence-never-settled = Booked on { $shipped }, and in no settlement for { $days } days.
check-evidence-unused-marketplace = { $name } in { $place }, where nothing was sold for two months.
