//! What the close button does: to the tray, quit, or ask on the page (ux.md §7).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager};
use tokio::time::Instant;

use crate::window;

/// The name under which the page hears that it has to ask.
const ASK: &str = "passerelle-close";

/// How long the question has to stand before another press of the button answers it: a double click is one press.
const HEARD: Duration = Duration::from_secs(1);

/// Since when the page has been told to ask, if it has not answered yet.
#[derive(Default)]
pub struct Closing {
    asked: Mutex<Option<Instant>>,
}

impl Closing {
    fn stands(&self) -> Option<Duration> {
        self.asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .map(|since| since.elapsed())
    }

    fn stand(&self, since: Option<Instant>) {
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = since;
    }
}

/// What happens when the close button is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    /// The web view goes; the app stays in the tray.
    Tray,
    /// The app ends.
    Quit,
    /// The page asks.
    Ask,
    /// The page asks already.
    Nothing,
}

/// Closes the window as the person chose. Without settings (the workspace did not open) it quits: nothing is kept alive.
pub fn pressed(handle: &AppHandle, chosen: Option<&str>) {
    let closing = handle.state::<Closing>();
    match decided(chosen, cfg!(target_os = "macos"), closing.stands()) {
        Does::Nothing => {}
        Does::Quit => handle.exit(0),
        Does::Tray => {
            closing.stand(None);
            to_tray(handle);
        }
        Does::Ask => {
            closing.stand(Some(Instant::now()));
            if let Err(error) = handle.emit(ASK, ()) {
                tracing::warn!(%error, "the page could not be told to ask");
                to_tray(handle);
            }
        }
    }
}

/// On macOS the red button closes only the window, as everywhere there. Somebody who presses again while the question
/// stands means it, and a page that hangs cannot keep its window.
fn decided(chosen: Option<&str>, macos: bool, asked: Option<Duration>) -> Does {
    match (chosen, asked) {
        (None | Some("quit"), _) => Does::Quit,
        (Some("ask"), None) if !macos => Does::Ask,
        (Some("ask"), Some(stands)) if !macos && stands < HEARD => Does::Nothing,
        _ => Does::Tray,
    }
}

/// Whether the question stands: a page that has just come up was not there to hear it.
pub fn is_asked(handle: &AppHandle) -> Value {
    Value::from(handle.state::<Closing>().stands().is_some())
}

/// The page's answer: `{ "quit": true }` ends the app, `false` keeps it in the tray, nothing leaves the window open.
pub fn answered(handle: &AppHandle, request: &Value) -> Value {
    handle.state::<Closing>().stand(None);
    match request.get("quit").and_then(Value::as_bool) {
        Some(true) => handle.exit(0),
        Some(false) => to_tray(handle),
        None => {}
    }
    Value::Null
}

/// The web view is gone then: a window in the tray costs nothing.
fn to_tray(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(window::LABEL)
        && let Err(error) = window.destroy()
    {
        tracing::error!(%error, "the window could not be closed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_close_button_does_what_was_chosen() {
        assert_eq!(decided(Some("tray"), false, None), Does::Tray);
        assert_eq!(decided(Some("quit"), false, None), Does::Quit);
        assert_eq!(decided(Some("ask"), false, None), Does::Ask);
    }

    #[test]
    fn a_second_press_and_a_mac_do_not_ask() {
        assert_eq!(decided(Some("ask"), false, Some(HEARD)), Does::Tray);
        assert_eq!(decided(Some("ask"), true, None), Does::Tray);
        assert_eq!(decided(Some("quit"), true, None), Does::Quit);
    }

    #[test]
    fn a_double_click_asks_once() {
        assert_eq!(
            decided(Some("ask"), false, Some(Duration::from_millis(200))),
            Does::Nothing
        );
    }

    #[test]
    fn a_workspace_that_did_not_open_is_not_kept_alive() {
        assert_eq!(decided(None, false, None), Does::Quit);
    }
}
