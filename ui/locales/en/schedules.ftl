### The Schedules screen.

nav-schedules = Schedules
schedules-state = { $count ->
    [one] { $count } flow runs by itself
   *[other] { $count } flows run by themselves
}
schedules-next-run = next at { $time }

## A rhythm as a sentence

schedule-by-hand = Only when you ask
schedule-every = { $minutes ->
    [one] Every minute
   *[other] Every { $minutes } minutes
}
schedule-hourly = Every hour
schedule-every-hours = Every { $hours } hours
schedule-daily = Every day at { $at }, { $zone } time
schedule-weekdays = Monday to Friday at { $at }, { $zone } time
schedule-cron = By the pattern { $at }, { $zone } time

## The table

schedule-flow = Flow
schedule-marketplaces = Marketplaces
schedule-runs = Runs by itself
schedule-next = Next
schedule-week = Last 7 days
schedule-change = Change
schedule-change-of = Change when “{ $flow }” runs
schedule-default = default
schedule-week-spoken = { $flow }: { $count ->
    [0] no run
    [one] { $count } run
   *[other] { $count } runs
} in the last 7 days, { $needs } needed you

## Changing one

schedule-how-often = How often
schedule-kind-every = Every few minutes or hours
schedule-kind-daily = Every day at a time
schedule-kind-weekdays = Monday to Friday at a time
schedule-kind-by-hand = Only when I ask
schedule-kind-cron = A pattern of my own (cron)
schedule-interval = Interval
schedule-at = At
schedule-pattern = Pattern
schedule-pattern-hint = Five parts: minute, hour, day, month, day of the week. For example 0 6 * * 1-5.
schedule-would-run = It would run
schedule-whole-region = All marketplaces of a region are looked at in one go, with one request to Amazon: the soonest of their schedules counts for all.
switches = On and off
switches-hint = A flow that is off for a marketplace neither looks at it nor writes for it.
switch-of = { $flow }, { $country }
switched-on = { $flow }: on for { $country }.
switched-off = { $flow }: off for { $country }.
schedule-as-default = Use the default
schedule-save = Save
schedule-saved = { $flow }: { $says }
error-bad-schedule = That is not a schedule the app can keep: at most every 5 minutes, or a pattern of five parts.

## Beside the table

schedules-upcoming = Next runs
schedules-none-upcoming = Nothing is due by itself.
quiet-hours = Quiet hours
quiet-hours-hint = Nothing begins by itself between these times. What was due runs once when they are over.
quiet-from = From
quiet-to = To
quiet-two-times = Two different times are needed.
quiet-off = No quiet hours
quiet-on = Keep quiet hours
quiet-saved = Quiet hours from { $from } to { $to }
quiet-cleared = No quiet hours any more
schedules-catch-up = If the computer was asleep or off, each flow that was due runs once when it is back.
schedules-crowded = In one region your order flows would ask Amazon more often than it allows. Give them the same interval: then they share one request.
schedules-together = Give both the same interval

## Zones, pauses, and a schedule for one marketplace

upcoming-run = { $flow } for { $places }: { $when }
upcoming-places = { $count } marketplaces
schedule-shared = All marketplaces of the account
schedule-as-shared = Use what all share
zones = Time zones
zones-hint = Hours, days and quiet hours of an account are read in its zone.
zone-change-of = Change the time zone of account { $account }
zone-reset = Use the marketplace’s own
zone-saved = Hours are read in { $zone } time.
pause-all = Pause all until…
pause-all-title = Pause all schedules?
pause-all-what = Nothing begins by itself meanwhile. What you start yourself runs all the same, and what was due is caught up once afterwards.
pause-until = Until
pause-do = Pause until then
pause-later-than-now = Choose a time that is still to come
