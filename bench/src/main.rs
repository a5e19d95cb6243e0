//! The figures of the product beside their peers, as JSON lines: `cargo run --release -p passerelle-bench -- p4`.
//!
//! **For:** the bars of performance. Each bar is one file; each result is one line
//! `{"bar":"P4","step":"…","value":…,"peer":…,"ratio":…,"bound":…,"pass":…}`.
//!
//! **Deliberately not here:** tests. Nothing that depends on the machine's speed may turn the test command red.
//!
//! **Open first:** [`p1`] (how long an order sync takes), [`p4`] (settlement files).
#![allow(clippy::disallowed_types, reason = "seconds and megabytes are measured, not counted")]

mod line;
mod p1;
mod p4;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["inner", step, file] => p4::inner(step, file.as_ref()),
        ["generate", file, megabytes] => p4::generate(file.as_ref(), megabytes),
        ["p1"] => p1::run(&[100, 1_000, 2_000]),
        ["p1", "large"] => p1::run(&[10_000]),
        ["p4"] => p4::run(100, 5),
        [] => p1::run(&[100, 1_000, 2_000]).and_then(|()| p4::run(100, 5)),
        ["p4", "large"] => p4::large(),
        _ => Err(anyhow::anyhow!(
            "usage: passerelle-bench [p1 [large] | p4 [large] | generate FILE MEGABYTES]"
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
