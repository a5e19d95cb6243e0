//! The questions that the flows ask NetSuite, as queries: many things at once, values always as parameters.
//!
//! [`transactions`] asks what stands in the books, [`orders`] how far Amazon's sales orders are, [`lists`] for items, customers, accounts and whatever a person can
//! choose from, [`money`] for currencies and rates, [`items`] for what a SKU is filed under and costs, [`products`] for items, prices and stock of the whole catalogue, [`custom`] for the records of the setup package. Sides: amounts and quantities come back as the document prints them (a sale's lines are positive),
//! although `transactionline` stores a sale's lines negative (netsuite.md §6.1).

pub mod custom;
pub mod items;
pub mod lists;
pub mod money;
pub mod orders;
pub mod products;
pub mod transactions;

pub use custom::*;
pub use items::*;
pub use lists::*;
pub use money::*;
pub use orders::*;
pub use products::*;
pub use transactions::*;

use domain::Currency;

use crate::suiteql::{Query, Row};
use crate::write::RecordId;
use wire::Misread;

/// Values in one list. NetSuite's own limit is 1,000.
const MANY: usize = 200;

fn currency(row: &Row, column: &str) -> Option<Currency> {
    row.maybe(column).and_then(|symbol| symbol.parse().ok())
}

fn ids(records: &[RecordId]) -> Vec<String> {
    records.iter().map(|id| id.0.clone()).collect()
}

/// One query for each [`MANY`] values, with a `?` for each; no query at all for no value.
fn in_lists<T>(values: &[String], text: impl Fn(&str) -> String, row: fn(&Row) -> Result<T, Misread>) -> Vec<Query<T>> {
    let one = |chunk: &[String]| Query::new(text(&vec!["?"; chunk.len()].join(", ")), chunk.to_vec(), row);
    values.chunks(MANY).map(one).collect()
}
