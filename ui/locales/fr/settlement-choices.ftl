### Ce qu’une personne décide d’un règlement : phrases du noyau.

why-not-accounts = Un type de ligne n’a pas encore de compte. Associez-le dans la liste ci-dessous.
why-not-tax = La taxe gardée par Amazon n’a pas encore de compte. Choisissez-le d’abord.
why-not-inconsistent = Le fichier d’Amazon ne tombe pas juste : rien n’en est comptabilisé.
why-not-orders =
    { $count ->
        [one] { $count } commande n’est pas encore dans les comptes. Elle figure sous Non rapprochées.
       *[other] { $count } commandes ne sont pas encore dans les comptes. Elles figurent sous Non rapprochées.
    }
