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
scope = Scope
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
