### What else is said of a settlement's file: the review's own words.

reissue-found = Amazon issued this settlement again on { $date }: { $file }. What is posted stays until you decide.
reissue-counts = { $added } rows added, { $removed } removed, { $changed } changed, { $same } the same
reissue-totals = Total { $before } becomes { $after }
reissue-not-balanced = The new file does not add up either
reissue-show = Show what changed
reissue-hide = Hide what changed
reissue-accept = Take the new file…
reissue-accept-do = Take the new file
reissue-keep = Keep what is posted…
reissue-keep-title = Keep what is posted
reissue-keep-what = The new file changes nothing. It stays in the archive, with your reason.
reissue-keep-do = Keep
reissue-loading = Comparing the two files…
reissue-table = What the new file says otherwise
reissue-row = Row
reissue-before = First file
reissue-after = New file
reissue-added = added
reissue-removed = removed
reissue-changed = changed
reissue-more-rows =
    { $count ->
        [one] and { $count } more row
       *[other] and { $count } more rows
    }
reissue-more-groups =
    { $count ->
        [one] and { $count } more order
       *[other] and { $count } more orders
    }
reissue-was-accepted = New file { $file } taken on { $date }, { $who }
reissue-was-kept = New file { $file } not taken on { $date }, { $who }: { $reason }
reissue-was-overtaken = { $file } was overtaken by a later file
reissue-numbers = Rows that both files have keep the line numbers of the first one; rows that came with the new file are numbered behind them.

## The file and what stands around it.
proofs = Amazon’s file
chain-accept = Do not wait for it…
chain-accept-title = Do not wait for the missing settlement
chain-accept-what = Nobody is asked about it any more. If its file comes after all, this goes by itself.
chain-accept-do = Do not wait
chain-accepted = Nobody waits for it: { $reason }
chain-harmless = Shown so that you know. It holds nothing up.
unusual-line =
    { $count ->
        [one] { $what }: { $count } line of { $amount } goes the other way than usual
       *[other] { $what }: { $count } lines of { $amount } in all go the other way than usual
    }
unusual-harmless = Amazon’s file counts, and nothing is held up. Look at these lines once before you post.
missing-line = The file lacks { $amount } of its own total.
missing-wait = Wait for Amazon’s new file, or name the line that is missing.
missing-add = Name the missing line…
missing-add-title = Name the line that is missing
missing-add-what = A line of { $amount } is added to the journal, with what you say it is and why. Nothing is posted before you approve.
missing-add-do = Add the line
missing-account = Its account
missing-added = Completed by a line of { $amount }: { $what }, { $who }: { $reason }
missing-withdraw = Take the line back
