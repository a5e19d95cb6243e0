//! Orders, Amazon to NetSuite (flows.md §3 and §4).
//!
//! Amazon is asked once for all marketplaces of a region and for both channels: pages of 100 orders with their items.
//! The flow that comes first reads a page, the other finds it in [`pages`], so that N orders cost N/100 calls and one
//! more for each region (at most 0.012 calls an order at 1,000, quality-bars P2). Of orders that Amazon ships no buyer
//! data goes any further. The customer flows ask Amazon nothing; a buyer's own customer is a step of the order that
//! needs it.
//!
//! Open first: [`mfn_orders`], the specification; then [`standing`] for where an order stands on both sides, [`lines`]
//! for the amounts and [`changes`] for what Amazon changes later.

pub mod accepted;
pub mod amounts;
mod apart;
pub mod changes;
pub mod comparison;
mod customer_found;
pub mod customer_target;
pub mod customers;
pub mod draft;
mod facts;
pub mod fba_customers;
pub mod fba_orders;
pub mod fba_shipments;
mod fields;
mod fulfilment_lines;
pub mod fulfilment_target;
mod gather;
mod gather_customers;
pub mod guard;
pub mod lines;
mod look;
pub mod mapped;
pub mod mfn_customers;
pub mod mfn_orders;
mod new_customer;
mod notices;
pub mod pages;
pub mod questions;
pub mod record;
mod relined;
mod sample;
pub mod seen;
pub mod shared_customers;
pub mod shipment;
mod shipped;
pub mod standing;
pub mod target;
mod tax;
pub mod verdicts;
mod wanted;
pub mod written;

#[cfg(test)]
mod story;
#[cfg(test)]
mod tests;

use crate::flow::Flow as _;

pub use apart::numbered;
pub(crate) use fields::ORIGINAL_DATE;
pub use gather::closed_on;
pub(crate) use gather::{currencies, item_found, names_of};
pub use lines::is_message;

/// The flows that bring orders in.
pub const FLOWS: [&str; 2] = [mfn_orders::MfnOrders::CARD.id, fba_orders::FbaOrders::CARD.id];

/// Roles and permissions of the order flows, as Amazon and NetSuite name them.
const NEEDS: &[&str] = &[
    "amazon:Inventory and Order Tracking",
    "netsuite:Customers",
    "netsuite:Items",
    "netsuite:Sales Order",
    "netsuite:Invoice",
];
