### Settlements: the list and the review.

settlement = Règlement
settlements-state =
    { $count } à vérifier{ $needs ->
        [0] .
       *[other] , { $needs } à traiter.
    }
settlements-state-none = Rien à vérifier.
settlements-review-next = Vérifier { $name }
settlements-none-title = Pas encore de règlement
settlements-none = Amazon en émet un toutes les deux semaines environ. Il apparaît ici après la prochaine synchronisation.
settlements-none-in-view = Aucun règlement dans cette vue.
view-to-review = À vérifier
view-posted = Comptabilisés
view-all-settlements = Tous
view-undone = Annulés
import-file = Importer un fichier
deposit = Virement
deposits = Derniers virements
deposits-label = Derniers virements, du plus ancien au plus récent : { $amounts }
lines-matched = Lignes rapprochées
ready = Prêt
ready-accounts = Comptes
ready-tax = Taxe
ready-orders = Commandes
ready-yes = { $name } : prêt
ready-no = { $name } : à traiter
ready-open = { $name } : à traiter
you-owe-amazon = Vous devez à Amazon
stage-imported = Importé
stage-to-review = À vérifier
stage-approved = Approuvé
stage-posting = Comptabilisation en cours
stage-posted = Comptabilisé
stage-undone = Annulé
stage-inconsistent = Ne tombe pas juste
balance = Équilibre
balanced = Équilibré
balance-terms =
    { $count ->
        [one] { $count } ligne à régler
       *[other] { $count } lignes à régler
    }
file-adds-up = Fichier juste, { $rows } lignes
file-does-not-add-up = Le fichier ne tombe pas juste
lines-matched-of = { $done } lignes sur { $total } rapprochées
settlement-approve = Approuver et comptabiliser
approve-off = Indisponible tant que tout n’est pas réglé
approve-ready = Tout est expliqué
journal = Écriture
journal-preview = Aperçu de l’écriture
journal-posted = Écriture de journal
journal-none = Il n’y a pas encore d’écriture à montrer.
journal-caption = Écriture de journal : { $memo }
not-posted = Non comptabilisée
account = Compte
debit = Débit
credit = Crédit
checks = Contrôles
what-posting-writes = Ce qui sera écrit
what-posting-wrote = Ce qui a été écrit
posting-now = Comptabilisation
posting-can-be-undone = Annulable : l’écriture est extournée, les paiements sont délettrés.
posting-payments = Paiements sur factures
posting-refunds = Avoirs et remboursements
posting-summary = Synthèse
posting-journal = Écriture de journal
late-post = Comptabiliser ce qui est rapproché
undo-posting = Annuler la comptabilisation
undo-posting-more = Annuler la comptabilisation…
undo-held = La comptabilisation automatique de ce règlement est suspendue jusqu’à ce qu’une personne le comptabilise de nouveau.
undo-started = Annulation en cours. Les étapes s’affichent dans l’exécution.
settlement-posted = { $name } comptabilisé. Écriture { $journal }.
waterfall-title = Des ventes au virement
waterfall-label = { $name }, des ventes au virement
fees-took = Les frais ont pris { $percent } des ventes
money-in = Entrées +
money-out = Sorties −
show-as-table = Afficher en tableau
show-as-chart = Afficher en graphique
table-step = Étape
table-lines = Lignes
table-running-total = Cumul
bar-previous-reserve = Réserve précédente
bar-product-sales = Ventes de produits
bar-shipping-gift-wrap = Livraison, cadeau
bar-tax-collected = Taxe collectée
bar-tax-kept = Taxe gardée par Amazon
bar-promotions = Promotions
bar-refunds = Remboursements
bar-referral-fees = Frais de parrainage
bar-fulfilment-fees = Frais d’expédition
bar-storage = Stockage
bar-advertising = Publicité
bar-other-fees = Autres frais
bar-reimbursements = Indemnités
bar-adjustments = Ajustements
bar-reserve-held = Réserve retenue
bar-other = Autres
bar-deposit = Virement
action = Action
tab-matched = Rapprochées
tab-unmatched = Non rapprochées
tab-different = Montant différent
tab-fees = Frais et autres
tab-reserve = Réserve
lines-of-bar = Seulement { $name }
lines-none = Aucune ligne ici.
lines-none-good = Aucune ligne ici : tout est rapproché.
lines-none-filtered = Aucune ligne ne correspond à ce filtre.
rows-in-file =
    { $count ->
        [one] { $count } ligne du fichier
       *[other] { $count } lignes du fichier
    }
nothing-there = Rien
line-matched = Rapprochée
