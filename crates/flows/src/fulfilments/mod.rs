//! Fulfilments, NetSuite to Amazon (flows.md §5).
//!
//! What the warehouse shipped in NetSuite is told to Amazon parcel by parcel. Nothing is asked of Amazon before: the
//! order flows have just read the orders, and what they saw is kept on this computer. That a confirmation took is seen
//! the same way, the next time round.
//!
//! Open first: [`shipments`], the specification; then [`units`] for how fulfilled quantities become Amazon's, and
//! [`parcels`] for how they are spread over tracking numbers, `said` for what is told of each beside its contents.

pub mod cancellations;
mod gather;
mod look;
mod marks;
pub mod parcels;
pub mod questions;
mod said;
mod sample;
pub mod seen;
pub mod shipments;
pub mod target;
pub mod units;

#[cfg(test)]
mod story;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use sample::{left as left_line, line as order_line};

pub(crate) use gather::{amazon_number, shipped};
pub(crate) use look::{Documents, documents};
pub(crate) use units::taken;

/// Roles and permissions of these flows, as Amazon and NetSuite name them.
const NEEDS: &[&str] = &[
    "amazon:Inventory and Order Tracking",
    "netsuite:Sales Order",
    "netsuite:Item Fulfillment",
    "netsuite:Items",
];
