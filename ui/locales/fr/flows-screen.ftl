### Flows, runs and live progress.

flows-state = { $on } activés, { $off } désactivés.
flow-settings = Réglages…
flow-settings-of = Réglages : { $flow }
flows-next = Prochaine exécution à { $time }.
group-orders = Commandes
group-products = Produits et prix
group-stock = Stock
group-billing = Facturation
group-settlements = Règlements
flow = Flux
flow-off = Désactivé
flow-never = Jamais exécuté
flow-next = Prochaine { $time }
flow-average = Dure { $time } en moyenne
every-minutes =
    { $count ->
        [one] Toutes les minutes
       *[other] Toutes les { $count } minutes
    }
every-hours =
    { $count ->
        [one] Toutes les heures
       *[other] Toutes les { $count } heures
    }
chain-review = { $rhythm }. Attend votre vérification avant de comptabiliser.
route-in = D’Amazon vers NetSuite
route-out = De NetSuite vers Amazon
count-created =
    { $count ->
        [one] { $count } créé
       *[other] { $count } créés
    }
count-updated = { $count } mis à jour
count-would-create = en créerait { $count }
count-would-update = en mettrait à jour { $count }
count-adopted =
    { $count ->
        [one] { $count } lié
       *[other] { $count } liés
    }
count-waiting = { $count } en attente
count-ignored =
    { $count ->
        [one] { $count } ignoré
       *[other] { $count } ignorés
    }
count-need-you = { $count } à traiter
count-nothing = Rien de nouveau
trigger = Lancée par
trigger-schedule = planification
trigger-you = vous
trigger-retry = relance
trigger-chain = le flux précédent
trigger-start = démarrage
runs-title = Exécutions
runs-none-title = Pas encore d’exécution
runs-none = Chaque synchronisation est listée ici avec ce qu’elle a fait.
started = Début
run-marketplaces = Places de marché
run-in-marketplaces = { $region }, { $text } places de marché
runs-none-filtered = Aucune exécution pour cette place de marché
outcome = Résultat
run-name = { $flow }, { $scope }
run-started = Lancée par { $how }, { $when }
run-approval = Comptabilisation du règlement { $id }
run-undo = Annulation de la comptabilisation de { $id }
run-cancel = Interrompre
run-cancel-what = L’interruption termine l’enregistrement en cours et garde le reste pour la prochaine fois.
run-finished =
    { $count ->
        [one] { $text } enregistrement examiné
       *[other] { $text } enregistrements examinés
    }
run-so-far = { $done } jusqu’ici
run-left =
    { $count ->
        [one] encore { $count } minute environ
       *[other] encore { $count } minutes environ
    }
run-rate = { $count } par minute
run-quarter = { $percent } % terminé
run-why-waiting = Pourquoi cette attente ?
run-fix =
    { $count ->
        [one] Corriger { $count } erreur
       *[other] Corriger { $count } erreurs
    }
phase-look = Lire
phase-look-what = Lit les deux côtés. Rien n’est écrit.
phase-decide = Décider
phase-decide-what = Compare et décide quoi écrire, enregistrement par enregistrement.
phase-apply = Envoyer à NetSuite
phase-apply-what = Chaque écriture est consignée ici avant l’envoi.
phase-confirm = Confirmer
phase-confirm-what = Relit chaque enregistrement et compare les totaux.
fact-read = Examinés
fact-created = Créés
fact-would-create = À créer
fact-updated = Mis à jour
fact-would-update = À mettre à jour
fact-adopted = Liés
fact-unchanged = Déjà justes
fact-waiting = En attente
fact-ignored = Ignorés
fact-needs-you = À traiter
fact-time = Durée
records-last =
    { $count ->
        [one] Dernier enregistrement
       *[other] { $count } derniers enregistrements
    }
records-dry =
    { $count ->
        [one] { $count } enregistrement, rien d’écrit
       *[other] { $count } enregistrements, rien d’écrit
    }
records-good = Réussis
records-none = Il n’y avait rien à faire.
records-none-yet = Rien pour l’instant
records-none-filtered = Aucun enregistrement ne correspond à ce filtre.
record = Enregistrement
what = Action
at = À

## La page d’un flux

flow-tab-overview = Vue d’ensemble
flow-tab-mapping = Correspondances
flow-tab-schedule = Planification
flow-unknown = Il n’y a pas de flux « { $id } ».
flow-off-what = Ce flux est arrêté pour toutes les places de marché : il ne lit ni n’écrit rien.
flow-turn-on = Le mettre en marche
flow-last-run = Dernière exécution
flow-next-run = Prochaine exécution
flow-average-time = Dure en moyenne
day = Jour
flow-days-said = { $count ->
    [one] { $text } enregistrement en 30 jours
   *[other] { $text } enregistrements en 30 jours
}, { $needs ->
    [0] aucun à traiter
   *[other] dont { $needs } à traiter
}
flow-days-what = Enregistrements par jour ouvré de la place, selon leur état actuel.
flow-days-none = Aucun enregistrement ces 30 derniers jours
flow-days-label = { $flow } : enregistrements par jour
run-for-open = Exécuter pour…
run-for-title = { $flow } : exécuter pour
run-for-what = Quels enregistrements
run-for-days = Des jours
run-for-ids = Numéros de commande ou de règlement
run-for-from = Du
run-for-to = Au
run-for-days-hint = Tout ce qui a changé ces jours-là, inclus. Ce que la planification a déjà lu reste inchangé.
run-for-ids-hint = Un ou plusieurs, séparés par des espaces, des virgules ou des lignes. Seuls les comptes qui les connaissent sont interrogés ; pour les inconnus, tous.
run-for-no-ids = Saisissez au moins un numéro
run-for-no-days = Choisissez les deux jours
run-for-backwards = Le dernier jour précède le premier
clone-open = Dupliquer les réglages…
clone-title = Dupliquer les réglages vers une autre place de marché
clone-what = Tous les réglages propres à la première place de marché sont repris, pour tous les flux. Ceux que l’autre a déjà choisis restent. Les comptes, les taxes et les emplacements vous sont listés pour vérification, et ne sont pas repris quand la devise diffère. Les interrupteurs et le premier jour des comptes restent inchangés.
clone-from = De
clone-to = Vers
clone-do = Dupliquer les réglages
clone-done = { $count ->
    [0] Rien n’a été repris de { $from } : { $to } a ses propres choix, ou la devise diffère.
    [one] { $count } réglage de { $from } vaut maintenant aussi pour { $to }.
   *[other] { $count } réglages de { $from } valent maintenant aussi pour { $to }.
}
clone-review = À vérifier
clone-copied = Repris
clone-left = Laissé tel quel
