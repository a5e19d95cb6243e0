### Ce qu’une personne décide d’un règlement : phrases du noyau.

why-not-accounts = Un type de ligne n’a pas encore de compte. Associez-le dans la liste ci-dessous.
why-not-tax = La taxe gardée par Amazon n’a pas encore de compte. Choisissez-le d’abord.
why-not-inconsistent = Le fichier d’Amazon ne tombe pas juste : rien n’en est comptabilisé.
why-not-orders =
    { $count ->
        [one] { $count } commande n’est pas encore dans les comptes. Elle figure sous Non rapprochées.
       *[other] { $count } commandes ne sont pas encore dans les comptes. Elles figurent sous Non rapprochées.
    }
why-not-undoing = La comptabilisation est en cours d’annulation.
why-not-closed = Ce règlement est clos. Rouvrez-le d’abord.
error-cannot-undo = Il n’y a rien à annuler, ou c’est en cours. Regardez à nouveau dans un instant.
error-undo-in-closed-period = Il faudrait supprimer des enregistrements d’une période clôturée, ce que NetSuite refuse. Rouvrez-y d’abord la période ; rien n’a été modifié.
error-settlement-too-late = Ce règlement est comptabilisé, en cours ou clos. Annulez d’abord la comptabilisation ou rouvrez le règlement.
error-no-variance = Il n’y a pas d’écart à accepter.
error-nothing-to-take-back = Il n’y a plus rien à reprendre.
said-variance-accepted = Écart accepté, tant qu’il reste le même.
said-variance-withdrawn = L’écart n’est plus accepté.
said-marketplace-picked = Les lignes sans place de marché appartiennent désormais à { $country }.
said-settlement-closed = Règlement clos. Plus rien n’y est écrit.
said-settlement-reopened = Règlement rouvert.
remedy-accept-variance = Accepter l’écart…
remedy-pick-marketplace = Choisir la place de marché…
problem-settlement-guard = { $percent } % du règlement { $settlement } n’est pas rapproché de NetSuite
problem-settlement-guard-why = Au-delà de { $limit } %, rien n’est comptabilisé tout seul. Rapprochez les lignes ouvertes, ou vérifiez le règlement et comptabilisez-le vous-même.
undo-will-reverse-journals =
    { $count ->
        [one] Contrepasse { $count } écriture
       *[other] Contrepasse { $count } écritures
    }
undo-will-delete-journals =
    { $count ->
        [one] Supprime { $count } écriture
       *[other] Supprime { $count } écritures
    }
undo-will-delete-refunds =
    { $count ->
        [one] Supprime { $count } remboursement
       *[other] Supprime { $count } remboursements
    }
undo-will-delete-cash-refunds =
    { $count ->
        [one] Supprime { $count } remboursement au comptant
       *[other] Supprime { $count } remboursements au comptant
    }
undo-will-delete-credit-memos =
    { $count ->
        [one] Supprime { $count } avoir
       *[other] Supprime { $count } avoirs
    }
undo-will-delete-payments =
    { $count ->
        [one] Supprime { $count } paiement : sa facture est de nouveau ouverte
       *[other] Supprime { $count } paiements : leurs factures sont de nouveau ouvertes
    }
undo-will-not-send =
    { $count ->
        [one] N’envoie pas { $count } document qui n’est pas encore écrit
       *[other] N’envoie pas { $count } documents qui ne sont pas encore écrits
    }
undo-will-nothing = Ne change rien dans NetSuite
undo-period-closed-moved = { $period } est close : la contrepassation sera datée du { $day }.
undo-period-closed-refused = { $period } est close : NetSuite n’y supprime rien. Rouvrez d’abord la période.
undo-left-edited =
    { $count ->
        [one] Modifié depuis dans NetSuite, laissé tel quel : { $documents }
       *[other] { $count } modifiés depuis dans NetSuite, laissés tels quels : { $documents }
    }
undo-left-gone =
    { $count ->
        [one] Déjà supprimé dans NetSuite : { $documents }
       *[other] { $count } déjà supprimés dans NetSuite : { $documents }
    }
undo-left-adopted =
    { $count ->
        [one] Existait avant l’application et reste : { $documents }
       *[other] { $count } existaient avant l’application et restent : { $documents }
    }
option-variance-ignore = Écart jugé petit
option-variance-material = Écart jugé important, en montant
option-variance-material-percent = Écart jugé important, en pour cent du virement
option-reverse-mode = Une écriture annulée est
option-reverse-mode-is-reverse = Contrepassée par une autre écriture
option-reverse-mode-is-delete = Supprimée tant que sa période est ouverte
line-category-tax-at-source = Impôt retenu à la source
line-category-tax-adjustment = Correction de taxe
line-category-referral-fee = Commission
line-category-refund-administration-fee = Frais de remboursement
line-category-fulfilment-fee = Frais d’expédition par Amazon
line-category-other-selling-fee = Autres frais sur une vente
line-category-advertising = Publicité
line-category-storage = Stockage
line-category-long-term-storage = Stockage de longue durée
line-category-subscription = Abonnement
line-category-inbound-freight = Transport vers Amazon
line-category-removal = Retrait et élimination
line-category-postage = Affranchissement
line-category-promotion-cost = Coupons, offres, Vine
line-category-other-fee = Autres frais
line-category-reimbursement = Indemnisation
line-category-liquidation = Produit de liquidation
line-category-liquidation-fee = Frais de liquidation
line-category-business-tax = Impôt de l’entreprise
line-category-reserve = Réserve
line-category-payable-to-amazon = Dû à Amazon
line-category-successful-charge = Prélevé sur la carte
line-category-failed-transfer = Virement revenu
line-category-balance-movement = Prêt ou autre solde
