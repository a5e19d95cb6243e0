# Sentences that the application itself says, on every shell.

error-not-found = { $what } is not here any more.
error-bad-request = The app could not understand this request. Nothing was changed.
error-bad-field = The app could not use “{ $field }” of this request. Nothing was changed.
error-marketplace-not-sold = Your Amazon account does not sell in “{ $marketplace }”. Nothing was changed.
error-choices = NetSuite did not give this list. Write the record’s internal number instead, or try again in a moment.
error-option-switch = “{ $value }” is neither on nor off. Nothing was changed.
error-option-word = “{ $value }” is not one of the choices. Nothing was changed.
error-option-item-field = “{ $value }” is not a field of an item. Write the ID of a custom field, such as custitem_amazon_sku. Nothing was changed.
error-option-number = “{ $value }” is not a number. Write it with a point, such as 0.02. Nothing was changed.
error-option-record = “{ $value }” is not the internal number of a NetSuite record. Choose one from the list. Nothing was changed.
error-option-country = “{ $value }” is not a country. Write its two letters, such as PL. Nothing was changed.
error-option-day = “{ $value }” is not a day. Choose one from the calendar. Nothing was changed.
error-no-such-command = There is no command “{ $name }”.
error-workspace-in-use = This company is open in another Passerelle window. Close the other one, then try again.
error-workspace-newer = This company was last opened with a newer Passerelle. Update this one to open it; nothing was changed.
error-workspace-corrupt = The company's file is damaged. Nothing was changed. Restore a backup to go on.
error-workspace-corrupt-backup = The company's file is damaged. Nothing was changed. A backup stands beside it: { $backup }
error-workspace-io = The company's file could not be read or written. Check the folder and its rights, then try again.
error-workspace-busy = Another program holds the company's file. Try again in a moment.
error-file-unreadable = The file could not be read to its end. Nothing was kept of it.
error-too-large = This is larger than the app takes at once. Nothing was changed.
error-upload-gone = The app no longer waits for this file. Choose it again.
error-upload-not-kept = The file could not be put aside on this computer. Free some space, then try again.
error-stopped = It was stopped before its end. Nothing was kept of it.
error-disk-full = The disk is full. Syncing is paused so nothing is lost. Free some space, then sync again.
error-fault = Something went wrong inside the app. Your data is fine. Copy the details for support.
error-nothing-to-leave-out = This is about a connection or a whole run, so there is no record to leave out. Snooze it instead.
error-already-running = This is already running.
error-not-connected = Nothing is connected for this yet. Connect Amazon and NetSuite first.
error-live-not-ready = Connecting real accounts is not part of this version. Use the demo company.
error-no-secret-store = This computer has no place for secrets. Unlock the keychain, then try again.
error-cannot-approve = This settlement cannot be posted yet. Settle what is listed under the button first.

error-offline = The service did not answer. Nothing was changed; try again in a moment.
said-run-cancelled = The run stops after the record in hand. The rest waits for next time.
said-run-over = That run had already ended.
said-edited = The change is used once. { $key } is tried again.
said-noted = Noted.
said-included = { $count ->
    [one] { $count } record is taken in again and looked at.
   *[other] { $count } records are taken in again and looked at.
}
said-make-again = The record is made again.
said-marketplace-added = { $country } is added. Its first day and its accounts are asked for next.
said-put-back = What we wrote is written again.
said-adopted = The record is linked. What waited for it is looked at again.
said-item-linked = { $sku } is linked. The orders that waited for it are looked at again.
said-placeholder = { $count ->
    [one] The stand-in is used for 1 order, which is marked for review.
   *[other] The stand-in is used for { $count } orders, which are marked for review.
}
said-line-mapped = “{ $kind }” has its account. The settlements that waited for it are looked at again.
said-option-set = Saved. What waited for it is looked at again.
said-resumed = Schedules go on. What was due is caught up now.
said-excluded = { $count ->
    [one] 1 record is left out.
   *[other] { $count } records are left out.
}
said-excluded-always = { $count ->
    [one] 1 record is left out, and so is each later one of this cause.
   *[other] { $count } records are left out, and so is each later one of this cause.
}
said-exclude-undone = { $count ->
    [one] 1 record stands as it stood before.
   *[other] { $count } records stand as they stood before.
}
said-snoozed = Snoozed until { $until }. It comes back by itself.
said-woken = It counts again.
said-imported = { $count ->
    [0] This file is already here. Nothing was changed.
    [one] 1 settlement imported.
   *[other] { $count } settlements imported.
}
said-demo-reset = The demo company starts again the next time it is opened.

record-done = In the books
record-held = Ready, waits for your approval
record-error = Tried, will try again
record-planned = Planned
record-would-write = Would write: { $title }

problem-did-looked-again = { $times ->
    [one] Looked once. The app looks again on each run.
   *[other] Looked { $times } times. The app looks again on each run.
}
problem-did-tries = { $times ->
    [one] Tried once, and tries again by itself.
   *[other] Tried { $times } times, and tries again by itself.
}
problem-did-resolved-itself = Solved by a later run.
problem-did-resolved-by-you = Solved by you.
resolved-link-item = Solved by you: the item was linked.
resolved-use-placeholder = Solved by you: a stand-in item is used for the order.
resolved-map-line = Solved by you: the account was chosen.
resolved-make-again = Solved by you: the record was made again.
resolved-add-marketplace = Solved by you: the marketplace was added.
resolved-put-back = Solved by you: what we had written was put back.
resolved-set-option = Solved by you: a value was chosen.
resolved-adopt = Solved by you: the record was accepted.
resolved-retry = Solved by you: it worked when you tried again.
resolved-edit = Solved by you: the record was changed once and sent.
resolved-include = Taken in again by you.
problem-did-excluded-always = Left out, and always for this cause: { $reason }
problem-did-excluded = Left out: { $reason }

remedy-link-item = Choose the item
remedy-use-placeholder = Use a stand-in item…
remedy-map-line = Choose account
remedy-set-option = Choose a value
remedy-make-again = Make it again
remedy-add-marketplace = Add this marketplace
remedy-put-back = Put ours back
remedy-adopt = Use this record
remedy-reconnect = Reconnect
remedy-retry = Try again
remedy-look = Look at it

timeline-ordered = Ordered on Amazon
timeline-in-netsuite = In NetSuite
timeline-adopted = Found in NetSuite, made by hand
timeline-shipped = Shipped
timeline-paid = Paid by a settlement
timeline-refunded = Refunded
timeline-linked = Linked
timeline-sales-order = Sales order in NetSuite
timeline-invoice = Invoiced
timeline-cash-sale = Cash sale in NetSuite
timeline-credit-memo = Credited
timeline-package-shipped = Shipped
timeline-package = { $package }
timeline-cancelled = Cancelled on Amazon
notice-discount-capped = The discounts are { $value } more than the order is worth: they were cut down to its worth
notice-total-summed = Amazon gave no total: { $value } is the sum of its amounts
notice-country-assumed = Amazon did not say which country it goes to: { $value }, the marketplace’s own, stands in
notice-unusual-currency = It is in { $value }, which is not the marketplace’s currency
notice-tax-variance = The tax that NetSuite computed makes its total differ from Amazon’s by { $value }
notice-buyer-withheld = Amazon gave neither name nor street: your app lacks the role for buyer data ({ $value })
notice-tax-withheld = Amazon did not say who owes the tax, because your app lacks the role for it ({ $value }): your own setting decides
timeline-settled =
    { $count ->
        [one] In a settlement, { $count } line
       *[other] In a settlement, { $count } lines
    }

home-in-sync = Everything is in sync.
home-not-yet = Nothing has been synced yet.
home-syncing = { $count ->
    [one] Syncing. 1 flow is running.
   *[other] Syncing. { $count } flows are running.
}
home-needs-you = { $count ->
    [one] 1 thing needs you.
   *[other] { $count } things need you.
}
home-offline = Offline since { $when }. We will catch up by ourselves.
home-retrying = { $count ->
    [one] Trying again: 1 thing did not get through yet.
   *[other] Trying again: { $count } things did not get through yet.
}
home-disk-full = The disk is full. Syncing is paused so nothing is lost.
home-store-failed = The workspace on this computer cannot be written. Syncing is paused so nothing is lost.
home-paused = Schedules are paused.
home-paused-until = Schedules are paused until { $when }.
home-detail-never = Sync now brings in orders and settlements.
home-detail-checked = { $minutes ->
    [0] Everything else is in sync. Last checked just now.
    [one] Everything else is in sync. Last checked 1 minute ago.
   *[other] Everything else is in sync. Last checked { $minutes } minutes ago.
}
home-detail-last = { $minutes ->
    [0] Last checked just now.
    [one] Last checked 1 minute ago.
   *[other] Last checked { $minutes } minutes ago.
}
home-detail-room = Make room on this computer. The app goes on by itself.
home-detail-store = Close programs that hold the data folder, and look whether its disk is sound. The app goes on by itself.
home-todo-review = { $count ->
    [one] 1 settlement to review
   *[other] { $count } settlements to review
}
home-todo-review-detail = Matched with NetSuite and proved line by line.
home-todo-review-action = Review settlements

notice-needs-you-title = Passerelle needs you
notice-paused-title = Syncing is paused
notice-to-ship-title = Orders to ship now
notice-to-ship = { $count ->
    [one] 1 order is not confirmed as shipped. Amazon expects it by { $when }.
   *[other] { $count } orders are not confirmed as shipped. Amazon expects the first by { $when }.
}
notice-several = { $count ->
    [one] 1 thing needs you.
   *[other] { $count } things need you.
}
notice-review-title = A settlement is ready to review
notice-review = { $count ->
    [one] 1 settlement waits for your approval.
   *[other] { $count } settlements wait for your approval.
}

run-waiting-amazon = { $seconds ->
    [one] Amazon lets us ask again in 1 second. Nothing is stuck.
   *[other] Amazon lets us ask again in { $seconds } seconds. Nothing is stuck.
}
run-waiting-netsuite = { $seconds ->
    [one] NetSuite takes our next request in 1 second. Nothing is stuck.
   *[other] NetSuite takes our next request in { $seconds } seconds. Nothing is stuck.
}
run-waiting-retry = { $seconds ->
    [one] The last try failed for a passing reason. The next one is in 1 second.
   *[other] The last try failed for a passing reason. The next one is in { $seconds } seconds.
}

doctor-all-well = Everything holds: nothing is lost, nothing is doubled, every journal balances.

sync-flow = Flow
sync-account = Account
sync-errors = Errors
sync-no-such-flow = There is no flow “{ $flow }”: see `passerelle flows`

story-orders = { $count } orders seen on Amazon, { $booked } of them are in the books.
story-settlements = { $ready ->
    [one] 1 settlement is ready to review, { $asking } needs you first.
   *[other] { $ready } settlements are ready to review, { $asking } needs you first.
}
story-problems = { $count ->
    [0] Nothing else needs you.
    [one] 1 thing needs you. The screens say what, and which button cures it.
   *[other] { $count } things need you. The screens say what, and which button cures it.
}

check-file-adds-up = The lines add up to Amazon's total
check-debits-equal-credits = Debits equal credits
check-clearing-zero = Clearing returns to 0.00 after posting
side-total = Total
side-currency = Currency
side-customer = Customer
side-units = Units
side-line = { $item }
side-line-units = { $item }, units

will-write-payments = Payments on invoices
will-write-credit-memos = Credit memos
will-write-refunds = Refunds
will-write-journals = Journal entries

why-not-posted = This settlement is in the books.
why-not-posting = Posting is going on.
why-not-not-matched = Not matched with NetSuite yet. Sync settlements first.

match-order = Order
match-refund = Refund
match-named = { $name }
match-netsuite-refund = Credit memo and refund { $document }
match-netsuite-payment = Payment on { $document }
match-netsuite-journal = In the journal
match-netsuite-nothing = Nothing to post
match-netsuite-waiting = Waits for its invoice
match-netsuite-none = Nothing found
match-netsuite-excluded = Left out by you

undo-question = Undo posting of settlement { $settlement }?

cannot-handled-elsewhere = It is handled elsewhere. Take it back first.
cannot-resend-nothing-shipped = Nothing of it has been shipped in NetSuite yet, so there is nothing to confirm.
cannot-resend-not-told = Amazon was not told yet: the next run of shipments confirms it, or its error says what is missing.
cannot-resend-untracked = It was confirmed without a tracking number. Enter the number in NetSuite: the app then tells Amazon.
cannot-resend-under-way = This parcel is being confirmed at this moment. Try again once that is done.
cannot-resend-off = Shipments are off where this order was sold. Turn the flow on in Schedules first.
cannot-bill-not-in-netsuite = It has no sales order in NetSuite yet. Sync this order first.
cannot-bill-is-a-bill = It came into NetSuite as { $document }, which bills it already.
cannot-bill-under-way = A bill of it is on its way to NetSuite. Try again once that is done.
cannot-bill-off = Billing is off where this order was sold. Turn the flow on in Schedules first.
error-parcel-incomplete = Amazon takes no parcel without a carrier and a tracking number. Nothing was sent.
error-days-backwards = The last day is before the first. Nothing was started.
error-no-such-zone = There is no such time zone. Choose one from the list.
said-shipment-resent = Amazon is told about { $tracking } again. The order is then read back.
said-billing-looks = Billing looks at { $order } now.
said-handled-elsewhere = { $order } is left to you. No flow touches it.
said-taken-back = { $order } is taken back and looked at.
reason-left-out = Left out: { $reason }
timeline-handled-elsewhere = Handled elsewhere
