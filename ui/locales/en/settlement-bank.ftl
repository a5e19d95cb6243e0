### In the bank: the review's own words.

stage-in-the-bank = In the bank
bank-title = In the bank
bank-received = { $amount } on { $day }
bank-fee-of = after { $fee } for the bank
bank-take-back = Take back
bank-enter = Enter what the bank received…
bank-in-transit-hint = { $amount } are on the way. Once you enter what the bank received, a small journal brings them to the bank account, with what the bank took and what the exchange changed on lines of their own.
bank-on-bank-hint = { $amount } are booked to the bank account. Enter what it received to close the settlement’s loop; if the bank took a fee, it is booked.
bank-enter-title = What the bank received of { $amount }
bank-enter-journal = A small journal in the bank’s currency is written at once. You can take it back.
bank-enter-fee = If less came in, the rest is booked as the bank’s fee. You can take it back.
bank-day = Day in the bank’s books
bank-amount = Amount received
bank-currency = Currency
bank-fee = Fee that the bank kept, if it says so
bank-enter-do = Enter
bank-incomplete = Enter the day and the amount first
bank-file-open = Find in a bank file…
bank-file-title = Find transfers in a bank file
bank-file-hint = A statement of your bank account as CSV, OFX or QFX. The app looks for each transfer that is posted and not in the bank yet. Nothing is entered until you accept it, and nothing of the file is kept.
bank-file-choose = Choose a file
bank-file-again = Choose another file
bank-file-drop = Or drop it here.
bank-file-reading = Being read
bank-file-entries =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    } from { $from } to { $to }.
bank-file-left-out =
    { $count ->
        [one] { $count } row without a day or an amount is left out.
       *[other] { $count } rows without a day or an amount are left out.
    }
bank-file-none-open = Every posted transfer is in the bank already. There is nothing to look for.
bank-file-proposed = Found, one entry each
bank-file-not-proposed = Not proposed, and why
bank-file-line = Line { $line }, { $day }
bank-file-accept = Accept
bank-file-accept-named = Accept { $amount } of { $name }
bank-file-accept-all =
    { $count ->
        [one] Accept { $count } transfer
       *[other] Accept all { $count }
    }
bank-file-accepted = In the bank
bank-file-close = Close
bank-file-ask-columns = The app does not recognise the columns. Say which one holds the day, and which the amounts.
bank-file-ask-order = Every date in this file can be read two ways. Say which comes first.
bank-file-ask-currency = The file does not say which currency its amounts are in.
bank-file-column-none = None
bank-file-column-numbered = Column { $number }
bank-file-column-date = Day
bank-file-column-amount = Amount, in and out
bank-file-column-credit = Amount in
bank-file-column-debit = Amount out
bank-file-column-currency = Currency column
bank-file-currency = Currency
bank-file-choose-one = Choose…
bank-file-day-first = Day, then month
bank-file-month-first = Month, then day
bank-file-order = Dates
bank-file-read-again = Read with this
bank-file-change = Columns
