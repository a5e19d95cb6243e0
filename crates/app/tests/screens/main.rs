//! What the screens are told, through the commands that they ask and the views behind them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod mappings;
mod orders;
mod set_aside;
mod settlement_lines;
mod sides;
mod status;
