### Errors, grouped by cause, and their remedies.

errors-state =
    { $count ->
        [one] { $count } cause needs you
       *[other] { $count } causes need you
    }, { $records ->
        [one] { $records } record waits.
       *[other] { $records } records wait.
    }
errors-none = No errors
errors-none-here = Nothing here
tab-snoozed = Snoozed
tab-resolved = Resolved
tab-excluded = Ignored
cause = Cause
at-stake = At stake
since = Since
group-title =
    { $count ->
        [one] { $what }
       *[other] { $count } × { $what }
    }
group-happened =
    { $count ->
        [one] { $count } record is held up.
       *[other] { $count } records are held up.
    }
group-was =
    { $count ->
        [one] { $count } record was held up.
       *[other] { $count } records were held up.
    }
problem-solved = Solved
group-waits = waits for it.
problem-detail = Error
problem-fix = Fix
problem-retry-all = Retry the group
problem-exclude = Ignore…
problem-gone = This cause is solved.
what-happened = What happened
why = Why
what-we-did = What we did
fix-it = Fix it
records = Records affected
records-count =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
technical-details = Technical details
code = Code
retry-count =
    { $count ->
        [one] Retry { $count } record
       *[other] Retry { $count } records
    }
retry-all = Retry all ({ $count })
retry-selected = Retry selected ({ $count })
retry-started =
    { $count ->
        [one] Looking again at { $count } record.
       *[other] Looking again at { $count } records.
    }
retry-result = { $worked } worked, { $still } still fail.
retry-all-worked =
    { $worked ->
        [one] { $worked } record worked.
       *[other] All { $worked } records worked.
    }
remedy-link-item-why = Which NetSuite item is this SKU?
remedy-use-placeholder-why = Which item stands in on these orders? Their lines show the SKU and title, and the orders are marked for review:
remedy-map-line-why = Which account does this kind of line go to?
remedy-set-option-why = Which value should be used for this option?
remedy-set-option-of = Choose: { $option }
remedy-adopt-named = Use { $document }
reconnect-amazon = Sign in to Amazon again
reconnect-netsuite = Sign in to NetSuite again
reconnect-amazon-what = In Seller Central, open Apps and Services › Manage Your Apps, authorise the app again and put its new refresh token where this company reads it. In NetSuite nothing is needed.
reconnect-netsuite-what = In NetSuite, open Setup › Integration › OAuth 2.0 Client Credentials, map a valid certificate to the integration and its role, and put its new ID where this company reads it. In Amazon nothing is needed.
reconnect-then = This version keeps no sign-in of its own, so there is no page for it here yet. Afterwards press Try again: everything that waits goes on.
picker-placeholder = Part of a name or number
picker-item = NetSuite item
picker-value = Value
picker-none = Nothing in NetSuite matches.
picker-number = Internal number in NetSuite
value-number-needed = Write a number with a point, such as 0.02
value-country-needed = Write the two letters of a country, such as PL
value-item-field = ID of the field
value-item-field-needed = Write the ID of a custom item field, such as custitem_amazon_sku
value-day-needed = Choose a day
picker-change = Choose…
picker-unnamed = No. { $id }
value-yes = On
value-no = Off
sides = Side by side
side-amazon = From Amazon
side-netsuite = In NetSuite
side-differs = differs
picker-choose-first = Choose one first
link-factor = Units of this item in one unit of the SKU
link-everywhere = In all marketplaces, not only { $country }
link-save = Link the item
map-save = Save
exclude-title =
    { $count ->
        [one] Ignore { $count } record?
       *[other] Ignore { $count } records?
    }
exclude-what = They stay out of NetSuite. The reason is kept with them, and you can retry them later.
exclude-reason = Reason
exclude-reason-needed = Write a reason first
exclude-do = Ignore
exclude-once = Only these records
exclude-always = Always for this cause
exclude-always-what = Each later record of this cause is left out as well, without asking. It stays listed under Ignored, where you can take it in again.
undo = Undo
snooze-hour = Snooze for an hour
snooze-tomorrow = Snooze until tomorrow morning
snooze-week = Snooze for a week
snoozed-until = Snoozed until { $when }
snoozed-what = Until then it counts neither on Home nor in the tray. Runs still look at it.
wake-now = Wake now
help-about = About this error
problem-include = Take in again
more-actions = More actions
open-seller-central = Open in Seller Central
open-netsuite = Open in NetSuite
first-seen = First seen
last-seen = Last seen
technical-answer = Answer
retry-picked = Only the records ticked below.
edit-and-retry = Edit and retry…
edit-title = Edit { $key } once and try again
edit-what = The change is used for this record only, once. Amounts, customer and numbers cannot be changed here.
edit-reference = record number
edit-nothing = Change a field first
edit-number-needed = A record number has digits only
edit-save = Save and retry
note-open = Assign or note…
note-title = Note
note-assigned = Who looks after it
note-text = Note
note-save = Save note
