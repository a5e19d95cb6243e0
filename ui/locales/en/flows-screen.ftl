### Flows, runs and live progress.

flows-state = { $on } on, { $off } off.
flow-settings = Settings…
flow-settings-of = Settings: { $flow }
flows-next = Next run at { $time }.
group-orders = Orders
group-products = Products and prices
group-stock = Stock
group-billing = Billing
group-settlements = Settlements
flow = Flow
flow-off = Off
flow-never = Never run
flow-next = Next { $time }
flow-average = Takes { $time } on average
every-minutes =
    { $count ->
        [one] Every minute
       *[other] Every { $count } minutes
    }
every-hours =
    { $count ->
        [one] Every hour
       *[other] Every { $count } hours
    }
chain-review = { $rhythm }. Waits for your review before it posts.
route-in = From Amazon to NetSuite
route-out = From NetSuite to Amazon
count-created = { $count } created
count-updated = { $count } updated
count-would-create = would create { $count }
count-would-update = would update { $count }
count-adopted = { $count } linked
count-waiting =
    { $count ->
        [one] { $count } waits
       *[other] { $count } wait
    }
count-ignored = { $count } skipped
count-need-you =
    { $count ->
        [one] { $count } needs you
       *[other] { $count } need you
    }
count-nothing = Nothing new
trigger = Started by
trigger-schedule = schedule
trigger-you = you
trigger-retry = retry
trigger-chain = the flow before
trigger-start = start-up
runs-title = Runs
runs-none-title = No runs yet
runs-none = Each sync is listed here with what it did.
started = Started
run-marketplaces = Marketplaces
run-in-marketplaces = { $region }, { $text } marketplaces
runs-none-filtered = No runs for this marketplace yet
outcome = Outcome
run-name = { $flow }, { $scope }
run-started = Started by { $how }, { $when }
run-approval = Posting of settlement { $id }
run-undo = Undoing the posting of { $id }
run-cancel = Cancel run
run-cancel-what = Cancel finishes the record in hand and keeps the rest for next time.
run-finished =
    { $count ->
        [one] { $text } record looked at
       *[other] { $text } records looked at
    }
run-so-far = { $done } so far
run-left =
    { $count ->
        [one] about { $count } minute left
       *[other] about { $count } minutes left
    }
run-rate = { $count } a minute
run-quarter = { $percent }% done
run-why-waiting = Why is it waiting?
run-fix =
    { $count ->
        [one] Fix { $count } error
       *[other] Fix { $count } errors
    }
phase-look = Look
phase-look-what = Reads both sides. Nothing is written.
phase-decide = Decide
phase-decide-what = Compares and decides what to write, record by record.
phase-apply = Send to NetSuite
phase-apply-what = Each write is recorded here before it is sent.
phase-confirm = Confirm
phase-confirm-what = Reads each record back and compares totals.
fact-read = Looked at
fact-created = Created
fact-would-create = Would create
fact-updated = Updated
fact-would-update = Would update
fact-adopted = Linked
fact-unchanged = Already right
fact-waiting = Waiting
fact-ignored = Skipped
fact-needs-you = Needs you
fact-time = Time
records-last =
    { $count ->
        [one] Last record
       *[other] Last { $count } records
    }
records-dry =
    { $count ->
        [one] { $count } record, nothing written
       *[other] { $count } records, nothing written
    }
records-good = Worked
records-none = There was nothing to do.
records-none-yet = Nothing yet
records-none-filtered = No records match this filter.
record = Record
what = What
at = At

## The page of one flow

flow-tab-overview = Overview
flow-tab-mapping = Mapping
flow-tab-schedule = Schedule
flow-unknown = There is no flow “{ $id }”.
flow-off-what = This flow is off for every marketplace: it neither looks nor writes.
flow-turn-on = Turn it on
flow-last-run = Last run
flow-next-run = Next run
flow-average-time = Takes on average
day = Day
flow-days-said = { $count ->
    [one] { $text } record in 30 days
   *[other] { $text } records in 30 days
}, { $needs ->
    [0] none needs you
    [one] { $needs } needs you
   *[other] { $needs } need you
}
flow-days-what = Records per business day, by how they stand now.
flow-days-none = No records in the last 30 days
flow-days-label = { $flow }: records per day
run-for-open = Run for…
run-for-title = { $flow }: run for
run-for-what = Which records
run-for-days = Days
run-for-ids = Order or settlement numbers
run-for-from = From
run-for-to = To
run-for-days-hint = Everything that changed on these days, both included. What the schedule has read so far stays as it is.
run-for-ids-hint = One or more, apart by spaces, commas or lines. Only the accounts that know them are asked; for unknown ones, all.
run-for-no-ids = Enter at least one number
run-for-no-days = Choose both days
run-for-backwards = The last day is before the first
clone-open = Duplicate settings…
clone-title = Duplicate settings to another marketplace
clone-what = All settings that the first marketplace chose itself are taken over, for every flow. What the other one has chosen stays. Accounts, taxes and places are listed for you to look at, and are not taken over when the currency differs. Switches and the first day of the books stay as they are.
clone-from = From
clone-to = To
clone-do = Duplicate settings
clone-done = { $count ->
    [0] Nothing was taken over from { $from }: { $to } has chosen its own, or the currency differs.
    [one] { $count } setting of { $from } now counts for { $to } too.
   *[other] { $count } settings of { $from } now count for { $to } too.
}
clone-review = To look at
clone-copied = Taken over
clone-left = Left as it was
