### What Amazon still holds: sentences of the core.

step-keep-balance = Keep what Amazon has of your money now
step-note-reach = Note that everything since { $day } was read
reason-transaction-read = It can be read now
problem-transaction-unreadable = Transaction { $transaction } could not be read
problem-transaction-unreadable-why = { $detail }. Everything else of that day is kept. The app reads it again in each run; if it stays, ask Amazon about this transaction or leave it out.
reason-accrual-posted = Posted as { $document }
reason-accrual-drift = Posted as { $document }; what Amazon held back then has changed since
reason-accrual-not-covered = Amazon’s transactions are not known here for long enough before the end of that month
reason-accrual-account = No account is chosen for it ({ $account }). Choose one in the settings of this flow, and the entry is prepared.
reason-accrual-closed = { $period } is closed in NetSuite
reason-nothing-held = Amazon held nothing back at the end of that month
problem-accrual-line-unmapped = “{ $line }” has no account yet
option-acct-accrued-fees = Accrued Amazon fees
option-acct-deferred-receivable = Receivable for sales that Amazon holds back
option-money-missing-days = Days after which a bill counts as missing
option-money-missing-days-b2b = The same for bills of business buyers
check-finances-agrees = { $count ->
        [one] Amazon’s Finances says the same: { $total } in { $count } transaction
       *[other] Amazon’s Finances says the same: { $total } in { $count } transactions
    }
check-finances-differs = { $count ->
        [one] Amazon’s Finances comes to { $total } in { $count } transaction, { $difference } apart from the settlement
       *[other] Amazon’s Finances comes to { $total } in { $count } transactions, { $difference } apart from the settlement
    }
error-cannot-post-accrual = This entry is not a draft any more, or something is missing for it. Look again in a moment.
export-delivered = Delivered about
export-release-expected = Release expected on
export-late-days = Late by days
export-billed = Billed on
export-age-days = Days since the bill
