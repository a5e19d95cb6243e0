//! The command line, and a local web host for the same screens.
//!
//! **For:** scripts, servers without a display, tests, and the Demo company in a browser.
//!
//! **Deliberately not here:** business logic. Commands ask `app` and print what it says: the result on standard output,
//! progress and logs on standard error; exit 0 done, 1 done with problems that need a person, 2 could not run.
//!
//! **Open first:** [`arguments`], then [`commands`].

mod arguments;
mod commands;
mod doctor;
mod export;
mod host;
mod output;
mod settlement;
mod simulated;
mod sync;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::arguments::Arguments;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    logs(arguments.common.verbose);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    match runtime.block_on(commands::run(arguments)) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

/// Logs go to standard error; never a body, a header or buyer data (quality-bars S6).
fn logs(verbose: u8) {
    let level = match verbose {
        0 => "warn",
        1 => "info",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_env("PASSERELLE_LOG")
        .unwrap_or_else(|_| EnvFilter::new(format!("{level},hyper=warn,reqwest=warn,rustls=warn,zbus=warn")));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .init();
}
