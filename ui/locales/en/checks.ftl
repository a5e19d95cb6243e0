### Checks that earn money: what Amazon may owe.

nav-checks = Checks
checks-state =
    { $count ->
        [0] Nothing to claim.
        [one] { $text } finding
       *[other] { $text } findings
    }
checks-sum = Together { $sum }
checks-tabs = Findings
checks-open = To look at
checks-filed = Filed
checks-closed = Closed
checks-all = All checks
checks-kind = Check
checks-none = Nothing to claim
checks-none-what = Every settlement and order that is here was looked through.
checks-none-here = Nothing here
checks-more = The first { $shown } of { $total } are shown. The export has all of them.
check-what = What
check-worth = Worth
check-until = Claim until
check-act = What became of it
check-urgent = soon
check-order = Order { $order }
check-sku = SKU { $sku }
check-in-settlement = Settlement
check-case = Open case in Seller Central
check-marked = { $mark }, { $when }
check-menu = What became of this finding
check-mark-as-filed = Mark filed
check-mark-as-won = Won: Amazon paid
check-mark-as-lost = Lost: Amazon does not pay
check-mark-as-open = Back to the list
check-mark-open = To look at
check-mark-filed = Filed
check-mark-won = Won
check-mark-lost = Lost
check-refund-commission = Commission not returned
check-not-returned = Refunded, perhaps not returned
check-reimbursement-taken = Reimbursement taken back
check-fee-change = Fee has risen
check-duplicate-charge = Charged twice
check-never-settled = Shipped, never settled
check-unused-marketplace = Charged where nothing is sold
