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
notice-still-running-title = Passerelle continue à synchroniser
notice-still-running-body = La fenêtre est fermée. Rouvrez-la ou quittez depuis l’icône de la barre système.
