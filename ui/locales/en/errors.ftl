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
remedy-link-item-why = Which NetSuite item is this SKU?
remedy-map-line-why = Which account does this kind of line go to?
remedy-set-option-why = Which value should be used for this option?
picker-placeholder = Part of a name or number
picker-item = NetSuite item
picker-value = Value
picker-none = Nothing in NetSuite matches.
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
