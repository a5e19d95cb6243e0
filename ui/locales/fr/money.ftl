### Argent en route : ce qu’Amazon détient encore.

nav-money-on-the-way = Argent en route
money-state = { $waiting ->
        [0] Aucune commande n’attend d’être libérée
        [one] { $waiting } commande attend d’être libérée
       *[other] { $waiting } commandes attendent d’être libérées
    }{ $late ->
        [0] .
        [one] , { $late } est en retard.
       *[other] , { $late } sont en retard.
    } Les dates sont attendues ; Amazon décide.
money-as-of = Amazon a été interrogé { $when }.
money-export-late = Exporter les commandes en retard
money-none-title = Rien n’est encore connu de l’argent chez Amazon
money-none = Ce qu’Amazon détient de votre argent, et quand il devrait venir, apparaît ici après la prochaine synchronisation.
money-open = Règlement en cours
money-deferred = En attente de libération
money-reserve = Réserve détenue par Amazon
money-in-transit = En route vers la banque
money-about = vers le { $day }
money-next-deposit = Prochain virement vers le { $day } : environ { $amount }
money-amazon-says = Amazon lui-même dit { $amount }
money-reason-dd7 = Jusqu’à 7 jours après la livraison
money-reason-b2b = Jusqu’au paiement de l’acheteur professionnel
money-reason-other = Retenu : { $reason }
money-reason-none = Retenu sans raison donnée
money-reason-days = { $orders ->
        [one] { $orders } commande, attendue du { $first } au { $last }
       *[other] { $orders } commandes, attendues du { $first } au { $last }
    }
money-reason-day = { $orders ->
        [one] { $orders } commande, attendue le { $first }
       *[other] { $orders } commandes, attendues le { $first }
    }
money-reason-no-day = { $orders ->
        [one] { $orders } commande, sans date donnée
       *[other] { $orders } commandes, sans date donnée
    }
money-calendar-title = Environ { $amount } devraient être libérés d’ici le { $day }
money-calendar-nothing = Aucune libération n’est attendue ces prochains jours
money-calendar-subtitle = { $market }, { $currency }, par jour de libération attendu
money-calendar-label = Libérations attendues par jour
money-calendar-beyond = { $amount } de plus sont attendus plus tard
money-market = Place de marché
money-released = Libéré
money-expected = Attendu
money-today = Aujourd’hui
money-day = Jour
money-amount = Montant
money-orders = Commandes
money-day-orders = { $count ->
        [one] { $count } commande
       *[other] { $count } commandes
    }
money-late-title = En retard : le jour de libération est passé
money-late-none = Aucune libération n’est en retard.
money-late-sum = { $count ->
        [one] { $count } commande, { $amounts }
       *[other] { $count } commandes, { $amounts }
    }
money-order = Commande Amazon
money-delivered = Livrée vers le
money-release-expected = Libération attendue
money-late-by = Retard
money-days = { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
money-seller-central = Ouvrir dans Seller Central
money-seller-central-order = Ouvrir { $order } dans Seller Central
money-bills-title = Factures ouvertes dans NetSuite
money-bills-subtitle = Factures de commandes Amazon qu’aucun règlement comptabilisé n’a payées, selon l’endroit où se trouve leur argent
money-bills-held = En attente de libération
money-bills-open = Dans le règlement en cours
money-bills-settled = Dans un règlement à comptabiliser
money-bills-untold = Pas encore citées par Amazon
money-bills-missing = Manquantes
money-bills-all = Factures ouvertes
money-missing-title = Manquantes : facturées il y a longtemps, ni retenues ni réglées
money-missing-none = Aucune facture ne manque.
money-billed = Facturée
money-bill = Facture
money-age = Depuis
money-accruals-title = Écritures de fin de mois
money-accruals-about = Frais de ce qu’Amazon retenait à la fin d’un mois, comme un brouillon à comptabiliser. NetSuite la reprend le lendemain.
money-accruals-none = Aucun mois ne s’est terminé avec de l’argent retenu depuis que les transactions d’Amazon sont lues.
money-accrual-name = { $market }, { $day }
money-accrual-from = { $count ->
        [one] D’après { $count } transaction ; reprise le { $day }
       *[other] D’après { $count } transactions ; reprise le { $day }
    }
money-accrual-account = Compte
money-accrual-debit = Débit
money-accrual-credit = Crédit
money-accrual-drift = Changé depuis la comptabilisation
money-accrual-post = Comptabiliser l’écriture
money-accrual-fix = Voir ce qui manque
money-accrual-posting = L’écriture est en route vers NetSuite.
help-task-money = Voir ce qu’Amazon détient encore
help-task-money-how = Argent en route montre pour chaque place de marché ce qui est libéré, ce qui est retenu et jusqu’à quel jour, la réserve et ce qui est en route vers la banque. Les dates sont celles qu’Amazon donne ; il décide. En retard cite ce qui aurait dû être libéré ; Manquantes cite les factures dont Amazon ne dit rien après 35 jours (60 pour les acheteurs professionnels). Les deux s’exportent pour un dossier chez Amazon.
help-task-accrual = Mettre les frais tardifs d’Amazon dans le bon mois
help-task-accrual-how = Choisissez le compte des frais à payer dans le flux Écritures de fin de mois. Après la fin d’un mois, un brouillon par place de marché apparaît sous Argent en route. Relisez-le et pressez Comptabiliser l’écriture : NetSuite reçoit une écriture de journal au dernier jour du mois et la reprend le lendemain.
help-term-deferred = En attente de libération
help-term-deferred-what = Ventes qu’Amazon retient, d’ordinaire jusqu’à sept jours après la livraison, ou jusqu’à ce qu’un acheteur professionnel paie sa facture. Elles ne figurent dans aucun règlement avant d’être libérées.
