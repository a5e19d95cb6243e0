### Money on the way: what Amazon still holds.

nav-money-on-the-way = Money on the way
money-state = { $waiting ->
        [0] No order waits for its release
        [one] { $waiting } order waits for its release
       *[other] { $waiting } orders wait for their release
    }{ $late ->
        [0] .
        [one] , { $late } is late.
       *[other] , { $late } are late.
    } Dates are expected; Amazon decides.
money-as-of = Amazon was asked { $when }.
money-export-late = Export late orders
money-none-title = Nothing is known of Amazon’s money yet
money-none = What Amazon holds of your money, and when it should come, appears here after the next sync.
money-open = Open settlement
money-deferred = Waiting for release
money-reserve = Reserve held by Amazon
money-in-transit = On the way to the bank
money-about = about { $day }
money-next-deposit = Next deposit about { $day }: about { $amount }
money-amazon-says = Amazon itself says { $amount }
money-reason-dd7 = Until 7 days after delivery
money-reason-b2b = Until the business buyer pays
money-reason-other = Held back: { $reason }
money-reason-none = Held back without a reason
money-reason-days = { $orders ->
        [one] { $orders } order, expected { $first } to { $last }
       *[other] { $orders } orders, expected { $first } to { $last }
    }
money-reason-day = { $orders ->
        [one] { $orders } order, expected { $first }
       *[other] { $orders } orders, expected { $first }
    }
money-reason-no-day = { $orders ->
        [one] { $orders } order, no day told
       *[other] { $orders } orders, no day told
    }
money-calendar-title = About { $amount } should be released by { $day }
money-calendar-nothing = No release is expected in the next days
money-calendar-subtitle = { $market }, { $currency }, by expected day of release
money-calendar-label = Expected releases by day
money-calendar-beyond = { $amount } more is expected later
money-market = Marketplace
money-released = Released
money-expected = Expected
money-today = Today
money-day = Day
money-amount = Amount
money-orders = Orders
money-day-orders = { $count ->
        [one] { $count } order
       *[other] { $count } orders
    }
money-late-title = Late: the day of release is past
money-late-none = No release is overdue.
money-late-sum = { $count ->
        [one] { $count } order, { $amounts }
       *[other] { $count } orders, { $amounts }
    }
money-order = Amazon order
money-delivered = Delivered about
money-release-expected = Release expected
money-late-by = Late by
money-days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
money-seller-central = Open in Seller Central
money-seller-central-order = Open { $order } in Seller Central
money-bills-title = NetSuite’s open bills
money-bills-subtitle = Bills of Amazon orders that no posted settlement has paid, by where their money is
money-bills-held = Waiting for release
money-bills-open = In the open settlement
money-bills-settled = In a settlement to post
money-bills-untold = Not told of by Amazon yet
money-bills-missing = Missing
money-bills-all = Open bills
money-missing-title = Missing: billed long ago, neither held back nor settled
money-missing-none = No bill is missing.
money-billed = Billed
money-bill = Bill
money-age = Since
money-accruals-title = Month-end entries
money-accruals-about = Fees of what Amazon held back at the end of a month, as a draft for you to post. NetSuite takes it back on the next day.
money-accruals-none = No month has ended with money held back since Amazon’s transactions are read.
money-accrual-name = { $market }, { $day }
money-accrual-from = { $count ->
        [one] From { $count } transaction; taken back on { $day }
       *[other] From { $count } transactions; taken back on { $day }
    }
money-accrual-account = Account
money-accrual-debit = Debit
money-accrual-credit = Credit
money-accrual-drift = Changed since it was posted
money-accrual-post = Post entry
money-accrual-fix = Show what is missing
money-accrual-posting = The entry is on its way to NetSuite.
help-task-money = See what Amazon still holds
help-task-money-how = Money on the way shows for each marketplace what is released, what is held back until which day, the reserve and what is on its way to the bank. Dates are those that Amazon tells; it decides. Late lists what should have been released; Missing lists bills that Amazon tells nothing of after 35 days (60 for business buyers). Both can be exported for a case with Amazon.
help-task-accrual = Put Amazon’s late fees into the right month
help-task-accrual-how = Choose the account for accrued fees in the flow Month-end entries. After the end of a month a draft for each marketplace appears under Money on the way. Review it and press Post entry: NetSuite gets one journal entry on the last day of the month and takes it back on the next.
help-term-deferred = Waiting for release
help-term-deferred-what = Sales that Amazon holds back, usually until seven days after delivery, or until a business buyer pays the invoice. They stand in no settlement before they are released.
