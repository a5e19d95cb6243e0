### Ce sur quoi repose un contrôle qui rapporte, et ce qui est dit quand il est marqué.

said-check-filed = Marqué comme déposé.
said-check-won = Marqué comme gagné.
said-check-lost = Marqué comme perdu.
said-check-open = De nouveau dans la liste.
check-evidence-refund-commission = { $refund } remboursés, et rien des { $commission } de commission du { $sold } n’est revenu.
check-evidence-not-returned = Remboursé le { $refunded }, sans indemnisation depuis. On ne sait pas ici si l’article est revenu : regardez d’abord le retour dans Seller Central.
check-evidence-reimbursement-taken = { $name } a été repris le { $taken } et n’a pas été repayé.
check-evidence-referral-fee =
    { $count ->
        [one] { $now } % au lieu de { $before } % depuis le { $since }, sur une vente.
       *[other] { $now } % au lieu de { $before } % depuis le { $since }, sur { $count } ventes.
    }
check-evidence-fulfilment-fee =
    { $count ->
        [one] { $now } par unité au lieu de { $before } depuis le { $since }, sur une vente.
       *[other] { $now } par unité au lieu de { $before } depuis le { $since }, sur { $count } ventes.
    }
check-evidence-charged-twice = { $name } du { $charged } figure plus d’une fois.
check-evidence-never-settled = Comptabilisée le { $shipped }, et dans aucun règlement depuis { $days } jours.
check-evidence-unused-marketplace = { $name } pour { $place }, où rien n’a été vendu pendant deux mois.
