### What a person decides about single rows of a settlement: sentences of the core.

settlement-reason-written-off = { $amount } written off to { $account }
settlement-reason-split =
    { $count ->
        [one] On the account that you named
       *[other] Split over { $count } accounts
    }
said-row-noted = Note saved.
said-row-note-gone = Note removed.
said-row-later = Put off. You find it under Later.
said-row-taken-up = Back in its list.
said-row-accepted = Accepted. It holds as long as the match stays the same.
said-exact-accepted =
    { $count ->
        [one] { $count } exact match accepted.
       *[other] { $count } exact matches accepted.
    }
said-row-act-undone =
    { $count ->
        [one] Taken back.
       *[other] Taken back for { $count } lines.
    }
said-row-cleared = Your choice is taken back. The line is matched again.
said-row-written-off = Written off to { $account }.
said-row-split =
    { $count ->
        [one] The line goes to the account that you named.
       *[other] Split over { $count } accounts.
    }
said-row-linked = The line belongs to { $documents } now. It is matched again.
said-row-standalone = A credit memo of its own gives the money back. It is written when you post.
said-order-asked-for = Order { $order } is being asked for. The line is matched again once it is there.
said-rule-declined = You are not asked about this again.
said-settlement-in-books = Marked as already in the books. Nothing is written to it any more.
error-note-too-long = A note has at most { $most } characters. Shorten it.
error-row-not-matched = This line is not matched yet, so there is nothing to accept. Find its document, or create what is missing.
error-nothing-to-accept = Every exact match is accepted already.
error-nothing-open = Nothing is open on this line, so there is nothing to write off.
error-write-off-too-much = { $open } is open on this line, and at most { $limit } may be written off. Find its document, or accept the settlement’s difference with a reason.
error-split-order = A buyer’s money goes to the order’s documents and cannot be split over accounts. Find its documents instead.
error-split-left = { $left } is not on an account yet. The parts must come to the line’s amount.
error-not-an-amount = “{ $text }” is not an amount. Type it like 1,234.50, without a currency.
error-find-no-order = This line belongs to no order, so no invoice can take it. Split it over accounts instead.
error-find-none = Choose between 1 and 20 documents.
error-find-mixed = { $document } is of another customer or in another currency. One payment goes to one customer’s documents in the settlement’s currency.
error-find-offline = NetSuite does not answer, so nothing was looked for. Check the connection, then look again.
error-row-nothing-missing = Nothing is missing for this line any more. Look at it again.
evidence-note = Note: { $text }
match-suggested = Invoice { $document } fits
match-suggested-why = The only open invoice with this very amount and about the same day. OK puts the line on it.
