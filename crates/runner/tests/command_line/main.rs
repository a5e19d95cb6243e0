//! The real program, started as a seller or a script starts it (decisions.md, The command line): what it prints, what it
//! leaves behind, and how it ends: 0 done, 1 done with something for a person, 2 could not run.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

mod day;
#[cfg(target_os = "linux")]
mod disk;
mod files;
mod hosts;
mod layouts;
mod program;
mod refusals;
mod wrong_files;
