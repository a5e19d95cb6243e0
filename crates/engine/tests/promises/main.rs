//! The engine's promises, each provoked against a real workspace (quality-bars R1, R3; flows.md §1.4, §1.5, §1.7).
#![allow(clippy::disallowed_methods, reason = "time is paused here: nothing really waits")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod aside;
mod books;
mod people;
mod runs;
mod undo;
mod world;
