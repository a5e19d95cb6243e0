//! How many of a SKU Amazon may sell: from NetSuite's stock to the published quantity (flows.md §8, INV-01…15).
//!
//! [`publish`] is the whole calculation, for all offers of a workspace at once, since offers share stock: several SKUs of
//! one item, kits with common parts. Each answer is a [`Formula`], part by part, or a named reason why nothing is sent.
//! [`differences`] says what to send, [`mass_zero`] and [`empty_search`] say when to ask a person first.
//!
//! **Not here:** what to read and when, whether a quantity took at Amazon, how it is sent.
//!
//! **Open first:** [`given`], then [`formula`].

pub mod formula;
pub mod given;
pub mod guards;
mod kits;
mod publish;
mod room;
mod shares;

pub use formula::{Exposure, Formula, Place, PoolShare, Published, Withheld, Zero};
pub use given::{
    Accepted, Basis, Channel, Input, Item, ItemKind, Level, Member, Offer, Overrides, Pool, Rules, Share, Terms,
};
pub use guards::{
    Difference, EmptySearch, MassZero, ZeroLimit, differences, drawing_on, empty_search, mass_zero, positive_before,
};
pub use publish::{exposures, publish};
