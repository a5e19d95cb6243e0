# Settlement files given by hand or fetched: what is wrong with them, and the cure.
settlement-file-unreadable = The file cannot be read: { $said }
settlement-file-empty = The file is empty: download it again
settlement-file-not-a-settlement = This is not a settlement report, its first line has none of the column titles: in Seller Central open Payments, All Statements, and download “Flat File V2”
settlement-file-xml = This is the XML settlement report: use “Flat File V2”
settlement-file-spreadsheet = This is a workbook or archive, not a text file: use the file as Amazon gave it, or save the sheet as “Text (tab delimited)”
settlement-file-bomb = The packed file unpacks to more than it may: unpack it yourself, or raise the limit
settlement-file-bad-gzip = The packed file is damaged or cut short: download it again
settlement-file-bad-text = The text is not { $encoding }: name the encoding
settlement-file-column-missing = The column “{ $column }” is missing: use the file as Amazon gave it
settlement-file-column-twice = The column “{ $column }” stands twice: use the file as Amazon gave it
settlement-file-no-rows = There are titles but no rows: download the file again
settlement-file-not-an-amount = “{ $cell }” in { $column } is not an amount in this file’s style: use the file as Amazon gave it
settlement-file-amount-missing = The row has a type but no { $column }: use the file as Amazon gave it
settlement-file-too-fine = “{ $cell }” in { $column } has more than four digits after the mark, as a spreadsheet leaves them: use the file as Amazon gave it
settlement-file-too-large = “{ $cell }” in { $column } is too large for an amount of money
settlement-file-not-a-date = “{ $cell }” in { $column } is not a date: use the file as Amazon gave it
settlement-file-ambiguous-date = “{ $cell }” in { $column }: nothing in the file tells day from month: say which comes first
settlement-file-not-a-quantity = “{ $cell }” in { $column } is not a whole number of units
settlement-file-no-settlement-id = The row has no settlement-id: use the file as Amazon gave it
settlement-file-no-currency = Settlement { $settlement } names no currency: use the file as Amazon gave it
settlement-file-two-currencies = Settlement { $settlement } is in { $first }, but this row is in { $second }: use the file as Amazon gave it
settlement-file-two-totals = Settlement { $settlement } has two different totals: give each file on its own
settlement-file-cut-short = The last line is cut short: download the file again
settlement-file-no-total = Settlement { $settlement } has no total to prove its lines against: use a file with the summary row that Amazon puts first
settlement-file-does-not-add-up = Settlement { $settlement } does not add up: its total says { $declared }, its lines make { $sum }, { $difference } apart: download the file again, or wait until Amazon re-issues it
settlement-file-stopped = Stopped before the end

settlement-warning-day-and-month-assumed = Day and month were told apart by the marketplace alone
settlement-warning-short-rows = { $count ->
    [one] One row is shorter than the titles; what it lacks is read as empty
   *[other] { $count } rows are shorter than the titles; what they lack is read as empty
}
settlement-warning-extra-columns = Columns kept but not understood: { $titles }
settlement-warning-resaved = The file was saved by a spreadsheet
settlement-check-total = total
settlement-check-sum = sum of { $lines } amounts in { $rows } rows, { $currency }
