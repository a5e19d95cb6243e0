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
