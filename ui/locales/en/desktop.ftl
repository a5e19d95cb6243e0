# Tray and notifications of the desktop window.
tray-last-sync = Last sync { $when }
tray-never-synced = Not synced yet
tray-fix = { $count ->
    [one] Fix 1 problem…
   *[other] Fix { $count } problems…
}
tray-review = { $count ->
    [one] Review settlement…
   *[other] Review { $count } settlements…
}
tray-sync = Sync now
tray-sync-all = Everything
tray-sync-orders = Orders
tray-sync-settlements = Settlements
tray-open = Open Passerelle
tray-settings = Settings…
tray-quit = Quit
tray-not-open = The workspace cannot be opened
notice-still-running-title = Passerelle keeps syncing
notice-still-running-body = The window is closed. Open it again, or quit, from the icon in the tray.
