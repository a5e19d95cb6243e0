# What the core says about the journals of settlements.
settlement-held-open-parts = { $parts } of payments and refunds are not in NetSuite yet, although they come to nothing together
option-je-per-marketplace = One journal for each marketplace
option-je-location = Location of journal lines
option-je-line-entity = Customer named on journal lines
reason-journal-unapproved = In NetSuite as { $document }, and not approved there yet: it counts once somebody approves it
option-acct-mcf-fees = Fees on orders from elsewhere that Amazon shipped
settlement-chain-gap = A settlement in { $currency } is missing before { $settlement }: none covers { $from } to { $until }. Get the file from Amazon and add it; the notice goes by itself
settlement-chain-overlap = { $settlement } begins at { $until }, before { $previous } ends at { $from }
settlement-chain-reserve = { $previous } kept a reserve of { $expected }, and { $settlement } gives back { $is }
settlement-chain-debt = { $previous } left { $expected }, and { $settlement } begins with { $is }
problem-journals-divided = Settlement { $settlement } has { $document } in NetSuite, divided otherwise than your settings divide it today
problem-journals-divided-why = Writing the rest by today’s settings would book some of it twice. Set the division by month or marketplace back to what it was, or undo the settlement and post it again
