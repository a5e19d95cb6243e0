//! The words and sums of the trade: money, settlements, journals, names.
//!
//! **For:** everything that is true without asking anybody: how amounts add up, what a settlement line means,
//! what a balanced journal is, how a record is named.
//!
//! **Deliberately not here:** I/O, async, clocks, randomness, floating point. Same input, same answer, on every machine.
//! Readers take a `std::io::BufRead` handed in; they open nothing.
//!
//! **Open first:** [`money`], then [`settlement`].
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod bank;
pub mod checks;
pub mod external_id;
pub mod finances;
pub mod marketplaces;
pub mod money;
pub mod price;
pub mod settlement;
pub mod stock;
pub mod text;

pub use external_id::ExternalId;
pub use money::{Currency, CurrencyMismatch, Money};
pub use text::Text;
