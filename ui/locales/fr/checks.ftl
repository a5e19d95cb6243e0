### Contrôles qui rapportent : ce qu’Amazon pourrait devoir.

nav-checks = Contrôles
checks-state =
    { $count ->
        [0] Rien à réclamer.
        [one] { $text } constat
       *[other] { $text } constats
    }
checks-sum = { $sum } au total
checks-tabs = Constats
checks-open = À examiner
checks-filed = Déposés
checks-closed = Clos
checks-all = Tous les contrôles
checks-kind = Contrôle
checks-none = Rien à réclamer
checks-none-what = Tous les règlements et commandes présents ont été examinés.
checks-none-here = Rien ici
checks-more = Les { $shown } premiers sur { $total } sont affichés. L’export les contient tous.
check-what = Constat
check-worth = Montant
check-until = À réclamer avant le
check-act = Suite donnée
check-urgent = bientôt
check-order = Commande { $order }
check-sku = SKU { $sku }
check-in-settlement = Règlement
check-case = Ouvrir un dossier dans Seller Central
check-marked = { $mark }, { $when }
check-menu = Suite donnée à ce constat
check-mark-as-filed = Marquer déposé
check-mark-as-won = Gagné : Amazon a payé
check-mark-as-lost = Perdu : Amazon ne paie pas
check-mark-as-open = Remettre dans la liste
check-mark-open = À examiner
check-mark-filed = Déposé
check-mark-won = Gagné
check-mark-lost = Perdu
check-refund-commission = Commission non rendue
check-not-returned = Remboursé, peut-être non retourné
check-reimbursement-taken = Remboursement d’Amazon repris
check-fee-change = Frais en hausse
check-duplicate-charge = Facturé deux fois
check-never-settled = Expédiée, jamais réglée
check-unused-marketplace = Facturé là où rien n’est vendu
