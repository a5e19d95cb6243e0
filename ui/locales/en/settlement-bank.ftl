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
