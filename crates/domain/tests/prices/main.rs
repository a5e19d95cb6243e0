//! What a SKU costs in a marketplace (flows.md §7).
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod deciding;
mod levels;
mod properties;
mod story;
mod transforms;
