//! The desktop shell: window, tray, notifications, one instance.
//!
//! What is this for: showing the product of `app` in a window of its own and keeping it alive in the tray.
//! What is deliberately not here: anything about orders, money or services; those are behind `app::App::call`.
//! Open `shell.rs` first: it starts everything and holds the one command that the page may call.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod closing;
mod links;
mod logs;
mod notices;
mod shell;
mod tray;
mod window;

#[cfg(test)]
mod configuration;

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    window::prefer_plain_drawing();
    let arguments = arguments::Arguments::read(std::env::args());
    let folder = arguments.workspace.clone().or_else(app::default_folder);
    logs::start(folder.map(|folder| folder.join("logs")));
    match shell::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without the WebView2 runtime on Windows this is where it ends.
            tracing::error!(%error, "the window could not be opened");
            eprintln!("Passerelle could not open its window: {error}");
            ExitCode::FAILURE
        }
    }
}
