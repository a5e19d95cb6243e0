### Home.

home-todo = To do
home-last = Last settlement
home-last-fees = Last settlement: fees took { $percent } of sales
home-sales = Sales
home-period = Period
period-today = Today
period-week = 7 days
period-month = This month
home-change = Change
home-more = +{ $percent }%
home-less = −{ $percent }%
home-no-change-known = nothing to compare with
home-gross = Gross sales
home-no-sales = No orders in this period.
home-health = Sync health
home-last-day = Last 24 hours
home-money-all = All of it
home-money-next = { $day }: about { $amount }
home-money-none-on-the-way = Amazon holds nothing of yours just now.
home-money-next-deposits = Next deposits, about
