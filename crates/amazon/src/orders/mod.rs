//! Orders 2026-01-01: `searchOrders` and `getOrder` (amazon-sp-api.md §6).
//!
//! [`Order`] is what the rest of the product knows of an order; Amazon's JSON (`raw`, `body`) stays in here.

mod body;
mod calls;
mod order;
mod raw;
mod unknown;

pub(crate) use body::parse;
pub use body::{Unreadable, read_order};
pub use calls::{Get, Include, Page, Search, Since, missing_role};
pub use order::*;
