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
tab-snoozed = Reportées
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
retry-result = Réussis : { $worked }, encore en échec : { $still }.
retry-all-worked =
    { $worked ->
        [one] { $worked } enregistrement réussi.
       *[other] Les { $worked } enregistrements ont réussi.
    }
remedy-link-item-why = À quel article NetSuite correspond ce SKU ?
remedy-use-placeholder-why = Quel article sert de remplacement sur ces commandes ? Leurs lignes montrent le SKU et le titre, et les commandes sont marquées à vérifier :
remedy-map-line-why = Sur quel compte va ce type de ligne ?
remedy-set-option-why = Quelle valeur utiliser pour cette option ?
remedy-set-option-of = Choisir : { $option }
remedy-adopt-named = Utiliser { $document }
reconnect-amazon = Se reconnecter à Amazon
reconnect-netsuite = Se reconnecter à NetSuite
reconnect-amazon-what = Dans Seller Central, ouvrez Applications et services › Gérer vos applications, autorisez de nouveau l’application et placez son nouveau jeton d’actualisation là où cette société le lit. Rien n’est à faire dans NetSuite.
reconnect-netsuite-what = Dans NetSuite, ouvrez Configuration › Intégration › Identifiants client OAuth 2.0, associez un certificat valide à l’intégration et à son rôle, et placez son nouvel ID là où cette société le lit. Rien n’est à faire dans Amazon.
reconnect-then = Cette version ne garde pas elle-même de connexion : il n’y a donc pas encore de page pour cela ici. Ensuite, appuyez sur Réessayer : tout ce qui attend repart.
picker-placeholder = Partie d’un nom ou d’un numéro
picker-item = Article NetSuite
picker-value = Valeur
picker-none = Rien ne correspond dans NetSuite.
picker-number = Numéro interne dans NetSuite
value-number-needed = Écrivez un nombre avec un point, par exemple 0.02
value-country-needed = Écrivez les deux lettres d’un pays, par exemple PL
value-item-field = ID du champ
value-item-field-needed = Écrivez l’ID d’un champ d’article personnalisé, par exemple custitem_amazon_sku
value-day-needed = Choisissez un jour
picker-change = Choisir…
picker-unnamed = N° { $id }
value-yes = Oui
value-no = Non
sides = Côte à côte
side-amazon = D’Amazon
side-netsuite = Dans NetSuite
side-differs = différent
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
exclude-once = Seulement ces enregistrements
exclude-always = Toujours pour cette cause
exclude-always-what = Les enregistrements suivants de cette cause sont aussi laissés de côté, sans demander. Ils restent visibles sous Ignorées, d’où vous pouvez les reprendre.
undo = Annuler l’action
snooze-hour = Reporter d’une heure
snooze-tomorrow = Reporter à demain matin
snooze-week = Reporter d’une semaine
snoozed-until = Reportée jusqu’au { $when }
snoozed-what = D’ici là, elle ne compte ni sur l’accueil ni dans la zone de notification. Les exécutions continuent de l’examiner.
wake-now = Reprendre maintenant
help-about = À propos de cette erreur
problem-include = Reprendre en compte
more-actions = Autres actions
open-seller-central = Ouvrir dans Seller Central
open-netsuite = Ouvrir dans NetSuite
first-seen = Vu la première fois
last-seen = Vu la dernière fois
technical-answer = Réponse
retry-picked = Seulement les enregistrements cochés ci-dessous.
edit-and-retry = Modifier et réessayer…
edit-title = Modifier { $key } une fois et réessayer
edit-what = La modification vaut pour cet enregistrement seulement, une seule fois. Les montants, le client et les numéros ne se modifient pas ici.
edit-reference = numéro d’enregistrement
edit-nothing = Modifiez d’abord un champ
edit-number-needed = Un numéro d’enregistrement ne contient que des chiffres
edit-save = Enregistrer et réessayer
note-open = Confier ou noter…
note-title = Note
note-assigned = Qui s’en occupe
note-text = Note
note-save = Enregistrer la note
