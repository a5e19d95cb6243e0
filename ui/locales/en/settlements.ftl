### Settlements: the list and the review.

settlement = Settlement
settlements-state =
    { $count } to review{ $needs ->
        [0] .
        [one] , { $needs } needs you.
       *[other] , { $needs } need you.
    }
settlements-state-none = Nothing to review.
settlements-review-next = Review { $name }
settlements-none-title = No settlement yet
settlements-none = Amazon issues one about every two weeks. It appears here after the next sync.
settlements-none-in-view = No settlement in this view.
view-to-review = To review
view-posted = Posted
view-all-settlements = All
view-undone = Undone
import-file = Upload a file
deposit = Deposit
deposits = Last deposits
deposits-label = Last deposits, oldest first: { $amounts }
lines-matched = Lines matched
ready = Ready
ready-accounts = Accounts
ready-tax = Tax
ready-orders = Orders
ready-yes = { $name }: ready
ready-no = { $name }: needs you
ready-open = { $name }: open
you-owe-amazon = You owe Amazon
stage-imported = Imported
stage-to-review = To review
stage-approved = Approved
stage-posting = Posting
stage-posted = Posted
stage-undone = Undone
stage-inconsistent = Does not add up
balance = Balance
balanced = Balanced
balance-terms =
    { $count ->
        [one] { $count } line to settle
       *[other] { $count } lines to settle
    }
file-adds-up = File adds up, { $rows } rows
file-does-not-add-up = The file does not add up
lines-matched-of = { $done } of { $total } lines matched
settlement-approve = Approve and post
approve-off = Off until everything is settled
approve-ready = Everything is explained
journal = Journal
journal-preview = Journal preview
journal-posted = Journal entry
journal-none = There is no journal to show yet.
journal-caption = Journal entry: { $memo }
not-posted = Not posted
account = Account
debit = Debit
credit = Credit
checks = Checks
what-posting-writes = What posting will write
what-posting-wrote = What was written
posting-now = Posting
posting-can-be-undone = Can be undone: the journal is reversed, payments are un-applied.
posting-payments = Payments on invoices
posting-refunds = Credit memos and refunds
posting-summary = Summary
posting-journal = Journal entry
late-post = Post what was matched
undo-posting = Undo posting
undo-posting-more = Undo posting…
undo-held = Automatic posting is held for this settlement until a person posts it again.
undo-started = Undoing the posting. The steps show in the run.
settlement-posted = { $name } posted. Journal { $journal }.
waterfall-title = From sales to deposit
waterfall-label = { $name }, from sales to deposit
fees-took = Fees took { $percent } of sales
money-in = Money in +
money-out = Money out −
show-as-table = Show as table
show-as-chart = Show as chart
table-step = Step
table-lines = Lines
table-running-total = Running total
bar-previous-reserve = Previous reserve
bar-product-sales = Product sales
bar-shipping-gift-wrap = Shipping, gift wrap
bar-tax-collected = Tax collected
bar-tax-kept = Tax kept by Amazon
bar-promotions = Promotions
bar-refunds = Refunds
bar-referral-fees = Referral fees
bar-fulfilment-fees = Fulfilment fees
bar-storage = Storage
bar-advertising = Advertising
bar-other-fees = Other fees
bar-reimbursements = Reimbursements
bar-adjustments = Adjustments
bar-reserve-held = Reserve held
bar-other = Other
bar-deposit = Deposit
action = Action
tab-matched = Matched
tab-unmatched = Unmatched
tab-different = Different amount
tab-fees = Fees and other
tab-reserve = Reserve
lines-of-bar = Only { $name }
lines-none = No lines here.
lines-none-good = No lines here: all is matched.
lines-none-filtered = No lines match this filter.
rows-in-file =
    { $count ->
        [one] { $count } row of the file
       *[other] { $count } rows of the file
    }
nothing-there = Nothing
line-matched = Matched
