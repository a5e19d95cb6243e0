### The lines of a settlement, files given by hand, the charts.

lines-search = Find an order, SKU, document or amount
lines-export = Export the rows of the file
lines-with = With “{ $text }”
line-loading = This line is being read
line-open = Show what is in this line
group-label = The line in full
group-records = In NetSuite
group-no-records = Nothing was written and nothing is planned for this line.
group-line = Row
group-what = What Amazon’s file says
group-net = Sum of these rows
group-lines-later = The rows of the file are listed after this settlement has been matched once more.
keys-open-line = Show the line in full
keys-ends = First or last line
upload-drop = Drop settlement files here
upload-hint = Text files from Amazon (.txt, .tsv, .csv), also packed as .gz, several at once.
upload-results = Files you gave
upload-reading = Being read
upload-known = Nothing new: this file was read before.
upload-refused = Not taken
upload-open = Open { $name }
upload-clear = Clear this list
settlements-next = Next expected around { $day }.
history = The last settlements
history-marketplace = Marketplace of the charts
fees-title = Fees over time
fees-title-share = Fees took { $percent } of sales
fees-label = Fees of each settlement, stacked by family
fees-as-amount = Amount
fees-as-share = % of sales
fees-unit = Unit of the chart
fees-total = All fees
fees-no-sales = no sales
family-referral = Referral
family-fulfilment = Fulfilment
family-storage = Storage
family-advertising = Advertising
family-subscription = Subscription
family-inbound = Inbound freight
family-returns = Returns and removals
family-selling = Other selling fees
family-promotions = Promotion costs
family-other = Other
deposits-title = Deposits and reserve
deposits-title-held = Amazon held back { $amount } at the last deposit
deposits-chart-label = Deposit of each settlement, and the reserve held at its end
reserve = Reserve held
deposit-owed = Owed to Amazon
chart-axis-currency = Amounts in { $currency }
chart-axis-percent = Percent of product sales
chart-figures = Copy the figures
chart-figures-copied = Figures copied: paste them into a spreadsheet.
chart-image = Copy image
chart-image-copied = Image copied.
chart-image-not-copied = The image could not be copied: this window was not let into the clipboard. The figures can be copied instead.
chart-image-unable = This system takes no images from windows; copy the figures instead.
evidence = Evidence sheet
lines-found =
    { $count ->
        [0] No line found
        [one] { $count } line found
       *[other] { $count } lines found
    }
group-lines =
    { $count ->
        [one] { $text } row of the file
       *[other] { $text } rows of the file
    }
upload-new =
    { $count ->
        [one] { $count } new settlement. It is being matched.
       *[other] { $count } new settlements. They are being matched.
    }
ready-open-count = { $name }: { $count } open
chart-named = { $name }: { $value }
