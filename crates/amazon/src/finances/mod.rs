//! Finances 2024-06-19: what Amazon posted, what it holds back, and the balances (amazon-sp-api.md §8.5).
//!
//! Amazon's JSON (`body`) stays in here; the rest of the product knows [`domain::finances::Transaction`].

mod body;
mod calls;

pub use calls::{Balance, Balances, BalancesPage, List, Page, Unreadable, Wanted};
