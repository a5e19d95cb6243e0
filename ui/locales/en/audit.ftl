### What the weekly self-audit finds.

problem-audit-total = { $document } came to { $before } when it was written, and comes to { $now } now
problem-audit-total-why = Somebody changed it in NetSuite. Put the amount right there and retry, or ignore it if it is meant to be so.
problem-audit-twice = { $order } stands in NetSuite as { $document } and again as { $others }
problem-audit-twice-why = Two sales count the same money twice. Delete or void the wrong one in NetSuite and retry, or ignore it if both are right.
problem-audit-unsettled = { $document } has waited { $days } days for its settlement
problem-audit-unsettled-why = No settlement has paid anything of this order. Look for its payment in Seller Central, and retry once the settlement is here; a longer wait can be set.
problem-audit-clearing = Settlement { $settlement } is closed and leaves { $amount } on its clearing account
problem-audit-clearing-why = A closed settlement comes to nought. A record of it was changed or deleted in NetSuite: put it right there and retry, or ignore it if the rest is booked otherwise.
problem-audit-behind = The flow “{ $flow }” has read nothing since { $until }
problem-audit-behind-why = It should have run several times since. Open the flow, press Run now and read why it stops, then retry here.
option-audit-unsettled-days = Days an invoice may wait for its settlement
doctor-not-asked = { $account } was not asked: { $because }
