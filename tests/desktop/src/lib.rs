//! The real window, driven on a display without a screen.
//!
//! What is this for: proving what only the real shell has: the command through its guards, tray, notifications, one
//! instance, a web view that goes when the window is closed.
//! What is deliberately not here: breadth of screens, themes and languages; a browser does that (`tests/screens`).
//! Open `tests/window.rs` first. Run it with `tests/session.sh cargo test -p passerelle-desktop-tests`.
#![cfg(target_os = "linux")]

pub mod app;
mod bus;
pub mod desktop;
pub mod page;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// Longest wait for anything; a state that has not come by then will not come.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// The binary under test.
pub fn binary() -> PathBuf {
    std::env::var_os("PASSERELLE_DESKTOP").map_or_else(
        || {
            PathBuf::from(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../target/debug/passerelle-desktop"
            ))
        },
        PathBuf::from,
    )
}

/// Why the real window cannot be driven here, if it cannot: no display, no bus, no driver, no binary.
pub fn missing() -> Option<String> {
    for name in ["DISPLAY", "DBUS_SESSION_BUS_ADDRESS"] {
        if std::env::var_os(name).is_none() {
            return Some(format!("skipped: {name} is not set; run this through tests/session.sh"));
        }
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    if !std::env::split_paths(&path).any(|folder| folder.join("WebKitWebDriver").exists()) {
        return Some("skipped: WebKitWebDriver is not installed (Debian: webkit2gtk-driver)".to_owned());
    }
    (!binary().exists()).then(|| format!("skipped: {} is not built", binary().display()))
}

/// Waits until no app of an earlier test lives: the bus would still know it, and a start would hand over to what is dying.
pub async fn alone() -> Result<()> {
    let ours = std::fs::canonicalize(binary())?;
    let is_ours =
        |process: std::fs::DirEntry| std::fs::read_link(process.path().join("exe")).is_ok_and(|exe| exe == ours);
    let looked = async || Ok((!std::fs::read_dir("/proc")?.flatten().any(is_ours)).then_some(()));
    until("the end of the app before", looked).await
}

/// Looks again and again until `look` finds something, and says what it waited for when it never comes.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    within(PATIENCE, what, look).await
}

/// As [`until`], for what takes longer because the story itself does.
pub async fn within<T>(limit: Duration, what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let began = Instant::now();
    let mut glance = interval(Duration::from_millis(50));
    glance.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        glance.tick().await;
        let last = match look().await {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if began.elapsed() > limit {
            match last {
                Some(error) => return Err(error).with_context(|| format!("waited in vain for {what}")),
                None => bail!("waited in vain for {what}"),
            }
        }
    }
}
