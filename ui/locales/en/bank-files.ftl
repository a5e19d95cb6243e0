### Files of a bank: what is wrong with one, and why a transfer is not proposed from it.

bank-file-why-several = Lines { $lines } could each be this transfer. Enter it by hand on the settlement.
bank-file-why-shared = Line { $line } could also be the transfer of settlement { $settlement }. Enter it by hand on the settlement.
bank-file-why-other-day = Line { $line } has this amount, but on { $day }, which is far from the day of the transfer. Enter it by hand if it is the one.
bank-file-why-went-out = Line { $line } of { $day } has this amount going out. The transfer may have come back; look at your bank account.
bank-file-why-other-currency = The file is in { $currency }, so the amount tells nothing. Enter what the bank received by hand, with its fee.
bank-file-why-nothing = No entry of exactly this amount. It may not have arrived yet, or the bank kept a fee: then enter it by hand.

bank-file-unreadable = { $file } cannot be read: { $said }. Try again, or save it elsewhere.
bank-file-empty = { $file } is empty. Download it from your bank again.
bank-file-too-large = { $file } is larger than a statement can be here (16 MB). Download a shorter period.
bank-file-not-text = { $file } is not a text file. Download it from your bank as CSV or OFX, or save the sheet as CSV.
bank-file-not-a-statement = { $file } has no columns. Download it from your bank as CSV or OFX.
bank-file-no-entries = { $file } has no entry with a day and an amount. Download a period with entries, or choose the columns.
bank-file-cut-short = { $file } ends too early. Download it from your bank again.
bank-file-open-quote = { $file }, line { $line }: a quotation mark is opened and never closed. Download the file again.
bank-file-column-gone = { $file } does not have the chosen columns. Choose the columns again.
bank-file-field-missing = { $file }, line { $line }: the entry has no { $field }. Download the file again, or use CSV.
bank-file-not-an-amount = { $file }, line { $line }, “{ $field }”: “{ $cell }” is not an amount as the rest of the file writes it. Correct the cell, or choose other columns.
bank-file-too-fine = { $file }, line { $line }, “{ $field }”: “{ $cell }” has more decimals than its currency. Correct the cell, or choose other columns.
bank-file-not-a-date = { $file }, line { $line }, “{ $field }”: “{ $cell }” is not a date as the rest of the file writes it. Correct the cell, or choose other columns.
bank-file-not-a-side = { $file }, line { $line }, “{ $field }”: “{ $cell }” does not say whether the amount came in or went out. Correct the cell, or choose other columns.
bank-file-not-a-currency = { $file }, line { $line }, “{ $field }”: “{ $cell }” is not the code of a currency. Correct the cell, or choose other columns.
bank-file-both-sides = { $file }, line { $line }, “{ $field }”: the amount both came in and went out. Correct the line, or choose other columns.
