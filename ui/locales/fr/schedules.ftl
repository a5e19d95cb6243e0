### L’écran Planification.

nav-schedules = Planification
schedules-state = { $count ->
    [one] { $count } flux s’exécute seul
   *[other] { $count } flux s’exécutent seuls
}
schedules-next-run = prochain à { $time }

## Un rythme en une phrase

schedule-by-hand = Seulement sur demande
schedule-every = { $minutes ->
    [one] Toutes les minutes
   *[other] Toutes les { $minutes } minutes
}
schedule-hourly = Toutes les heures
schedule-every-hours = Toutes les { $hours } heures
schedule-daily = Tous les jours à { $at }, heure de { $zone }
schedule-weekdays = Du lundi au vendredi à { $at }, heure de { $zone }
schedule-cron = Selon le motif { $at }, heure de { $zone }

## Le tableau

schedule-flow = Flux
schedule-marketplaces = Places
schedule-runs = S’exécute
schedule-next = Prochain
schedule-week = 7 derniers jours
schedule-change = Modifier
schedule-change-of = Modifier quand « { $flow } » s’exécute
schedule-default = par défaut
schedule-week-spoken = { $flow } : { $count ->
    [0] aucune exécution
    [one] { $count } exécution
   *[other] { $count } exécutions
} ces 7 derniers jours, dont { $needs } avec une question pour vous

## En modifier une

schedule-how-often = À quel rythme
schedule-kind-every = Toutes les quelques minutes ou heures
schedule-kind-daily = Tous les jours à une heure
schedule-kind-weekdays = Du lundi au vendredi à une heure
schedule-kind-by-hand = Seulement quand je le demande
schedule-kind-cron = Un motif à moi (cron)
schedule-interval = Intervalle
schedule-at = À
schedule-pattern = Motif
schedule-pattern-hint = Cinq parties : minute, heure, jour, mois, jour de la semaine. Par exemple 0 6 * * 1-5.
schedule-would-run = S’exécuterait
schedule-whole-region = Toutes les places d’une région sont lues en une fois, avec une seule demande à Amazon : le plus proche de leurs rythmes vaut pour toutes.
switches = Marche et arrêt
switches-hint = Un flux arrêté pour une place de marché ne la lit pas et n’écrit rien pour elle.
switch-of = { $flow }, { $country }
switched-on = { $flow } : en marche pour { $country }.
switched-off = { $flow } : arrêté pour { $country }.
schedule-as-default = Reprendre le rythme par défaut
schedule-save = Enregistrer
schedule-saved = { $flow } : { $says }
error-bad-schedule = L’application ne peut pas suivre ce rythme : au plus toutes les 5 minutes, ou un motif de cinq parties.

## À côté du tableau

schedules-upcoming = Prochaines exécutions
schedules-none-upcoming = Rien n’est prévu.
quiet-hours = Heures calmes
quiet-hours-hint = Rien ne démarre seul entre ces heures. Ce qui était prévu s’exécute une fois, juste après.
quiet-from = De
quiet-to = À
quiet-two-times = Deux heures différentes sont nécessaires.
quiet-off = Pas d’heures calmes
quiet-on = Garder des heures calmes
quiet-saved = Heures calmes de { $from } à { $to }
quiet-cleared = Plus d’heures calmes
schedules-catch-up = Si l’ordinateur était en veille ou éteint, chaque flux en retard s’exécute une fois à son retour.
schedules-crowded = Dans une région, vos flux de commandes interrogeraient Amazon plus souvent qu’il ne le permet. Donnez-leur le même intervalle : ils partageront une seule demande.
schedules-together = Donner le même intervalle aux deux

## Fuseaux, pauses, et un rythme pour une seule place

upcoming-run = { $flow } pour { $places } : { $when }
upcoming-places = { $count } places de marché
schedule-shared = Toutes les places du compte
schedule-as-shared = Reprendre le rythme commun
zones = Fuseaux horaires
zones-hint = Les heures, les jours et les heures calmes d’un compte se lisent dans son fuseau.
zone-change-of = Modifier le fuseau horaire du compte { $account }
zone-reset = Reprendre celui de la place
zone-saved = Les heures se lisent à l’heure de { $zone }.
pause-all = Tout suspendre jusqu’à…
pause-all-title = Suspendre toutes les planifications ?
pause-all-what = Rien ne démarre seul entre-temps. Ce que vous lancez s’exécute quand même, et ce qui était prévu est rattrapé une fois ensuite.
pause-until = Jusqu’à
pause-do = Suspendre jusque-là
pause-later-than-now = Choisissez un moment à venir
