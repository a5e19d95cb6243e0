//! Billing, within NetSuite (flows.md §9): sales orders become invoices or cash sales.
//!
//! Bills are made from their orders by NetSuite itself, so that lines, amounts, tax and dimensions are the order's. What
//! is billed already is NetSuite's own count, whoever did it: by hand, or by a fulfilment that bills by itself where
//! Advanced Shipping is off (netsuite.md §0.9). So nothing is billed twice.
//!
//! Open first: [`bills`], the specification; then [`standing`] for what is asked before anything is billed, and
//! [`shares`] for how an order is split over several bills.

pub mod bills;
mod lines;
mod look;
mod sample;
pub mod seen;
pub mod shares;
pub mod standing;
pub mod target;

#[cfg(test)]
mod story;
#[cfg(test)]
mod tests;
