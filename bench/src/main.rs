//! The figures of the product beside their peers, as JSON lines: `cargo run --release -p passerelle-bench -- p4`.
//!
//! **For:** the bars of performance. Each bar is one file; each result is one line
//! `{"bar":"P4","step":"…","value":…,"peer":…,"ratio":…,"bound":…,"pass":…}`.
//!
//! **Deliberately not here:** tests. Nothing that depends on the machine's speed may turn the test command red.
//!
//! **Open first:** [`p1`] (how long an order sync takes), [`p3`] (how fresh the books are), [`p4`] (settlement files),
//! [`p5`] (the lines of a large settlement), [`p8`] (what the engine costs), [`p9`] and [`p10`] (the window).
//! P12 (its tables) needs a browser and is beside this crate: `npm ci && npm run bench` in `bench/screens`.
#![allow(clippy::disallowed_types, reason = "seconds and megabytes are measured, not counted")]

#[cfg(target_os = "linux")]
mod desktop;
mod line;
mod p1;
#[cfg(target_os = "linux")]
mod p10;
mod p3;
mod p4;
mod p5;
mod p7;
#[cfg(target_os = "linux")]
mod p8;
#[cfg(target_os = "linux")]
mod p9;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["inner", step, file] => p4::inner(step, file.as_ref()),
        ["generate", file, megabytes] => p4::generate(file.as_ref(), megabytes),
        ["p1"] => p1::run(&[100, 1_000, 2_000]),
        ["p1", "large"] => p1::run(&[10_000]),
        ["p3"] => p3::run(),
        ["p4"] => p4::run(100, 5),
        ["p5"] => p5::run(),
        ["p7"] => p7::run(),
        #[cfg(target_os = "linux")]
        ["p8"] => p8::run(),
        [] => p1::run(&[100, 1_000, 2_000]).and_then(|()| p4::run(100, 5)),
        ["p4", "large"] => p4::large(),
        #[cfg(target_os = "linux")]
        ["p9"] => p9::run(),
        #[cfg(target_os = "linux")]
        ["p10"] => p10::run(),
        #[cfg(target_os = "linux")]
        ["open", folder] => p9::open(folder.as_ref()),
        _ => Err(anyhow::anyhow!(
            "usage: passerelle-bench [p1 [large] | p3 | p4 [large] | p5 | p7 | p8 | p9 | p10 | generate FILE MEGABYTES]"
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
