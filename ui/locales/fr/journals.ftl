# Ce que le cœur dit des écritures des règlements.
settlement-held-open-parts = { $parts } de paiements et de remboursements ne sont pas encore dans NetSuite, même si leur somme est nulle
