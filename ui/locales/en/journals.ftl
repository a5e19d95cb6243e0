# What the core says about the journals of settlements.
settlement-held-open-parts = { $parts } of payments and refunds are not in NetSuite yet, although they come to nothing together
