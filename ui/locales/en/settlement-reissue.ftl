### A settlement that Amazon issued again: sentences of the core.

remedy-compare-reissue = See what changed…
error-reissue-too-late = This settlement is on its way or closed. Wait until it is posted, or open it again, and decide then.
said-reissue-accepted = The new file is taken. What it changes is taken back and posted anew.
said-posted-kept = What is posted is kept. The new file stays in the archive.
reissue-question = Take the new file of settlement { $settlement }?
reissue-will-match = Matches the new rows with NetSuite, and posts what changed if everything is explained
reissue-header-start = First day
reissue-header-end = Last day
reissue-header-deposit = Day of the deposit
reissue-header-total = Total

## What a file lacks, and settlements that are missing.
remedy-accept-gap = Do not wait for it…
remedy-add-balancing-line = Name the missing line…
problem-settlement-chain-why = A settlement of that time is not here, so neither is its money. Upload its file, or say why none will come. Nothing is held up by this.
settlement-likely-reserve-held = Most likely the reserve that Amazon holds back (Current Reserve Amount) is missing.
settlement-likely-reserve-released = Most likely the reserve that Amazon gives back (Previous Reserve Amount Balance) is missing.
settlement-likely-loan-repayment = Most likely the repayment of a loan is missing.
settlement-likely-loan-advance = Most likely a loan that Amazon paid out is missing.
error-nothing-missing = Nothing is missing from this file.
error-no-gap = No settlement is missing before this one.
said-balancing-line-added = A line of { $amount } completes the file. Look at the journal, then approve it.
said-balancing-line-withdrawn = The line is taken back. The file does not add up again.
said-gap-accepted = Nobody waits for that settlement any more.
line-category-principal = Price of goods
line-category-shipping = Shipping that buyers paid
line-category-gift-wrap = Gift wrap
line-category-promotion = Discount
line-category-tax = Tax that buyers paid
line-category-withheld-tax = Tax that Amazon keeps back
line-category-restocking-fee = Restocking fee
