# Barre système et notifications de la fenêtre.
tray-last-sync = Dernière synchronisation : { $when }
tray-never-synced = Pas encore synchronisé
tray-fix = { $count ->
    [one] Corriger { $count } problème…
   *[other] Corriger { $count } problèmes…
}
tray-review = { $count ->
    [one] Vérifier le règlement…
   *[other] Vérifier { $count } règlements…
}
tray-sync = Synchroniser
tray-sync-all = Tout
tray-sync-orders = Commandes
tray-sync-settlements = Règlements
tray-open = Ouvrir Passerelle
tray-settings = Réglages…
tray-quit = Quitter
tray-not-open = L’espace de travail ne s’ouvre pas
tray-pause = Suspendre les planifications
tray-pause-hour = Pendant une heure
tray-pause-tomorrow = Jusqu’à demain
tray-pause-open = Jusqu’à nouvel ordre
tray-resume = Reprendre les planifications
error-start-at-login = Cet ordinateur n’a pas accepté de changer ce qui démarre à l’ouverture de session. Rien n’a changé. Vous pouvez le régler dans les paramètres du système.
