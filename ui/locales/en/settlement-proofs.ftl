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
