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
tray-pause = Pause schedules
tray-pause-hour = For an hour
tray-pause-tomorrow = Until tomorrow
tray-pause-open = Until I resume
tray-resume = Resume schedules
error-start-at-login = This computer did not accept the change to what starts at login. Nothing was changed. You can set it in the system’s own settings.
