### Errors, grouped by cause, and their remedies.

errors-state =
    { $count ->
        [one] { $count } cause à traiter
       *[other] { $count } causes à traiter
    }, { $records ->
        [one] { $records } enregistrement en attente.
       *[other] { $records } enregistrements en attente.
    }
errors-none = Aucune erreur
errors-none-here = Rien ici
tab-resolved = Résolues
tab-excluded = Ignorées
cause = Cause
at-stake = En jeu
since = Depuis
group-title =
    { $count ->
        [one] { $what }
       *[other] { $count } × { $what }
    }
group-happened =
    { $count ->
        [one] { $count } enregistrement est bloqué.
       *[other] { $count } enregistrements sont bloqués.
    }
group-was =
    { $count ->
        [one] { $count } enregistrement était bloqué.
       *[other] { $count } enregistrements étaient bloqués.
    }
problem-solved = Résolu
group-waits = en dépendent.
problem-detail = Erreur
problem-fix = Corriger
problem-retry-all = Relancer le groupe
problem-exclude = Ignorer…
problem-gone = Cette cause est résolue.
what-happened = Ce qui s’est passé
why = Pourquoi
what-we-did = Ce que nous avons fait
fix-it = Corriger
records = Enregistrements concernés
records-count =
    { $count ->
        [one] { $count } enregistrement
       *[other] { $count } enregistrements
    }
technical-details = Détails techniques
code = Code
retry-count =
    { $count ->
        [one] Relancer { $count } enregistrement
       *[other] Relancer { $count } enregistrements
    }
retry-all = Tout relancer ({ $count })
retry-selected = Relancer la sélection ({ $count })
retry-started =
    { $count ->
        [one] Nouvel examen de { $count } enregistrement.
       *[other] Nouvel examen de { $count } enregistrements.
    }
remedy-link-item-why = À quel article NetSuite correspond ce SKU ?
remedy-map-line-why = Sur quel compte va ce type de ligne ?
remedy-set-option-why = Quelle valeur utiliser pour cette option ?
picker-placeholder = Partie d’un nom ou d’un numéro
picker-item = Article NetSuite
picker-value = Valeur
picker-none = Rien ne correspond dans NetSuite.
picker-choose-first = Choisissez d’abord une valeur
link-factor = Unités de cet article dans une unité du SKU
link-everywhere = Dans toutes les places de marché, pas seulement { $country }
link-save = Lier l’article
map-save = Enregistrer
exclude-title =
    { $count ->
        [one] Ignorer { $count } enregistrement ?
       *[other] Ignorer { $count } enregistrements ?
    }
exclude-what = Ils restent hors de NetSuite. Le motif est conservé avec eux, et vous pourrez les relancer plus tard.
exclude-reason = Motif
exclude-reason-needed = Indiquez d’abord un motif
exclude-do = Ignorer
