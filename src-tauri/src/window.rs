//! The one window: made when somebody wants to look, destroyed when it is closed to the tray.

use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use url::Url;

/// The window's label, named by the capability.
pub const LABEL: &str = "main";

/// Shows the window, at a screen if one is named; makes it when there is none.
///
/// On Windows a window must not be made inside an event handler, so this happens on the runtime's threads.
pub fn open(handle: &AppHandle, route: Option<&str>) {
    let handle = handle.clone();
    let fragment = route.map(fragment);
    tauri::async_runtime::spawn(async move {
        let shown = match handle.get_webview_window(LABEL) {
            Some(window) => focus(&window, fragment.as_deref()),
            None => make(&handle, fragment.as_deref()),
        };
        if let Err(error) = shown {
            tracing::error!(%error, "the window could not be shown");
        }
    });
}

fn focus(window: &WebviewWindow, fragment: Option<&str>) -> tauri::Result<()> {
    window.show()?;
    window.unminimize()?;
    window.set_focus()?;
    if let Some(fragment) = fragment {
        window.eval(format!("location.hash = {}", serde_json::Value::from(fragment)))?;
    }
    Ok(())
}

fn make(handle: &AppHandle, fragment: Option<&str>) -> tauri::Result<()> {
    let page = fragment.map_or_else(|| "index.html".to_owned(), |fragment| format!("index.html{fragment}"));
    WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App(page.into()))
        .title("Passerelle")
        .inner_size(1280.0, 820.0)
        .min_inner_size(960.0, 640.0)
        .center()
        // Hidden until the page is there, so that nobody sees an empty white frame.
        .visible(false)
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished
                && let Err(error) = window.show().and_then(|()| window.set_focus())
            {
                tracing::error!(%error, "the window could not be shown");
            }
        })
        .build()?;
    Ok(())
}

/// `/errors`, `errors` and `#/errors` all name the same screen.
fn fragment(route: &str) -> String {
    format!("#/{}", route.trim_start_matches(['#', '/']))
}

/// The page never leaves the app: links to Amazon and NetSuite open in the browser through the core (quality-bars S3).
fn is_own(address: &Url) -> bool {
    match address.scheme() {
        "tauri" => address.host_str() == Some("localhost"),
        // Windows serves custom schemes under this name; the isolation frame has its own.
        "http" | "https" => address
            .host_str()
            .is_some_and(|host| host == "tauri.localhost" || is_isolation(host)),
        "about" => address.path() == "blank",
        scheme => is_isolation(scheme),
    }
}

fn is_isolation(name: &str) -> bool {
    name.trim_end_matches(".localhost")
        .strip_prefix("isolation-")
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-'))
}

/// Plain drawing is 2.4 times faster to paint and 70 MB smaller where there is no graphics card (decision 26).
///
/// The variable must stand before the first thread, and changing it in a running process is unsafe; so the process
/// starts itself once more in its own place, with the same number.
#[cfg(target_os = "linux")]
pub fn prefer_plain_drawing() {
    use std::os::unix::process::CommandExt;

    const NAME: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(NAME).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        // Comes back only when it failed; then the window is merely slower.
        let _ = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(NAME, "1")
            .exec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_cannot_leave_the_app() {
        for own in [
            "tauri://localhost/index.html#/errors",
            "http://tauri.localhost/",
            "about:blank",
            "isolation-0f3a-99://localhost/",
        ] {
            assert!(is_own(&own.parse().unwrap()), "{own}");
        }
        for foreign in [
            "https://example.com/",
            "http://localhost:1420/",
            "file:///etc/passwd",
            "data:text/html,x",
            "tauri://elsewhere/",
            "https://tauri.localhost.example.com/",
            "https://isolation-99.example.com/",
            "javascript:alert(1)",
        ] {
            assert!(!is_own(&foreign.parse().unwrap()), "{foreign}");
        }
    }

    #[test]
    fn a_screen_is_named_with_or_without_its_marks() {
        for route in ["/errors?cause=x", "errors?cause=x", "#/errors?cause=x"] {
            assert_eq!(fragment(route), "#/errors?cause=x");
        }
        assert_eq!(fragment("/"), "#/");
    }
}
