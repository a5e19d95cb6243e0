//! How many of a SKU Amazon may sell (flows.md §8).
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod guards;
mod kits;
mod pools;
mod properties;
mod quantities;
mod story;
