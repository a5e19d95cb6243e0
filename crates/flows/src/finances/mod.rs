//! What Amazon still holds of the seller's money, and the month-end entry for it (flows.md §11).
//!
//! Open first: [`transactions`], then [`accruals`].

pub mod accruals;
mod month_ends;
mod reading;
pub mod transactions;
