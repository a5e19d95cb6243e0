### Ce qu’Amazon détient encore : phrases du cœur.

step-keep-balance = Conserver ce qu’Amazon a de votre argent à présent
step-note-reach = Noter que tout a été lu depuis le { $day }
reason-transaction-read = Elle est lisible à présent
problem-transaction-unreadable = La transaction { $transaction } n’a pas pu être lue
problem-transaction-unreadable-why = { $detail }. Tout le reste de cette journée est conservé. L’application la relit à chaque exécution ; si cela persiste, interrogez Amazon sur cette transaction ou écartez-la.
reason-accrual-posted = Comptabilisée : { $document }
reason-accrual-drift = Comptabilisée : { $document } ; ce qu’Amazon retenait alors a changé depuis
reason-accrual-not-covered = Les transactions d’Amazon ne sont pas connues ici depuis assez longtemps avant la fin de ce mois
reason-accrual-account = Aucun compte n’est choisi pour elle ({ $account }). Choisissez-le dans les réglages de ce flux, et l’écriture est préparée.
reason-accrual-closed = { $period } est clôturé dans NetSuite
reason-nothing-held = Amazon ne retenait rien à la fin de ce mois
problem-accrual-line-unmapped = « { $line } » n’a pas encore de compte
option-acct-accrued-fees = Frais Amazon à payer
option-acct-deferred-receivable = Créance des ventes qu’Amazon retient
option-money-missing-days = Jours après lesquels une facture compte comme manquante
option-money-missing-days-b2b = De même pour les factures des acheteurs professionnels
check-finances-agrees = { $count ->
        [one] Les Finances d’Amazon disent de même : { $total } en { $count } transaction
       *[other] Les Finances d’Amazon disent de même : { $total } en { $count } transactions
    }
check-finances-differs = { $count ->
        [one] Les Finances d’Amazon donnent { $total } en { $count } transaction, à { $difference } du règlement
       *[other] Les Finances d’Amazon donnent { $total } en { $count } transactions, à { $difference } du règlement
    }
error-cannot-post-accrual = Cette écriture n’est plus un brouillon, ou il lui manque quelque chose. Regardez à nouveau dans un instant.
export-delivered = Livrée vers le
export-release-expected = Libération attendue le
export-late-days = Jours de retard
export-billed = Facturée le
export-age-days = Jours depuis la facture
