# Les frais en facture fournisseur (flows.md §10.9) : phrases du noyau.
option-settlement-vendor-bill = Les frais deviennent une facture d’Amazon comme fournisseur
option-settlement-vendor = Amazon comme fournisseur
option-settlement-vendor-tax-code = Code de taxe des frais d’Amazon
option-acct-payable = Compte fournisseurs, s’il n’est pas l’habituel
settlement-reason-on-fee-bill = Sur la facture de frais
will-write-fee-bills = Factures de frais
will-write-fee-payments = Paiements de factures de frais
undo-will-delete-fee-payments =
    { $count ->
        [one] Supprime { $count } paiement d’une facture de frais
       *[other] Supprime { $count } paiements de factures de frais
    }
undo-will-delete-fee-bills =
    { $count ->
        [one] Supprime { $count } facture de frais
       *[other] Supprime { $count } factures de frais
    }
