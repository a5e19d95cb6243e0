//! Orders, Amazon to NetSuite (flows.md §3 and §4).
//!
//! Amazon is asked once for all marketplaces of a region and for both channels: pages of 100 orders with their items.
//! The flow that comes first reads a page, the other finds it in [`pages`], so that N orders cost N/100 calls and one
//! more for each region (at most 0.012 calls an order at 1,000, quality-bars P2). Of orders that Amazon ships no buyer
//! data goes any further. The customer flows ask Amazon nothing; a buyer's own customer is a step of the order that
//! needs it.
//!
//! Open first: [`mfn_orders`], the specification; then [`lines`] for the amounts and [`verdicts`] for what is there
//! already.

pub mod amounts;
pub mod customers;
mod facts;
pub mod fba_customers;
pub mod fba_orders;
mod gather;
pub mod lines;
mod look;
pub mod mfn_customers;
pub mod mfn_orders;
pub mod pages;
pub mod questions;
pub mod record;
mod sample;
pub mod seen;
pub mod shared_customers;
pub mod verdicts;

#[cfg(test)]
mod story;
#[cfg(test)]
mod tests;

pub(crate) use gather::{closed_on, currencies};

/// Roles and permissions of the order flows, as Amazon and NetSuite name them.
const NEEDS: &[&str] = &[
    "amazon:Inventory and Order Tracking",
    "netsuite:Customers",
    "netsuite:Items",
    "netsuite:Sales Order",
    "netsuite:Invoice",
];
