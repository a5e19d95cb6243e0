//! Settlements, from Amazon's shelf to a posted journal (flows.md §10), in the order of the chain.
//!
//! Reports are fetched and kept as they come; records are made of them here; payments, refunds and journals are worked
//! out from the settlement and from what NetSuite has for its orders, and wait for a person's approval.
//! What is to be written is decided by `domain::settlement::plan`, the pure heart; these files gather what it needs and
//! turn its answer into steps.
//!
//! Open first: [`gather`], then [`payments`] and [`journals`].

pub mod bank;
mod chain;
pub mod chosen;
pub mod custom_records;
pub mod fees;
mod found;
pub mod gather;
pub(crate) mod items;
pub mod journals;
mod linked;
mod mirrored;
pub mod orders;
pub mod payments;
pub mod posting;
mod questions;
pub mod records;
pub mod refunds;
pub mod reissue;
pub mod reports;
mod reversals;
mod row;
mod sample;
mod suggested;
pub mod summaries;
pub mod summary;
pub mod together;
pub(crate) mod whose;
pub(crate) mod worth;

#[cfg(test)]
mod journal_tests;
#[cfg(test)]
mod tests;

pub use row::Row;
pub use suggested::Suggestion;
pub use summary::{Summary, Unexplained};
