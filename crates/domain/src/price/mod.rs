//! What a SKU costs in a marketplace: from NetSuite's price levels to the price that Amazon gets (flows.md §7, PRC-01…08).
//!
//! [`compute`] works the price out; [`decide`] also says whether it may and must be sent: within floor and ceiling, not too
//! far from the last accepted price, and whose word counts when somebody changed it at Amazon. Either answer is what to
//! send or a named [`Withheld`].
//!
//! Every amount is an exact decimal in the marketplace's currency, rounded once, at the end, to what that currency has.
//! Who ships a SKU plays no part: offers that Amazon ships and offers that the seller ships get their price (PRC-08).
//!
//! **Not here:** what to read and when, whether a price took at Amazon, how it is sent.
//!
//! **Open first:** [`given`], then `compute`.

mod compute;
mod decide;
pub mod given;
mod levels;
pub mod transform;
mod verdict;

pub use compute::compute;
pub use decide::{Way, decide, way};
pub use given::{Basis, Break, BusinessRule, Conflict, Conversion, LevelPrice, Rounding, Rules, SaleRule, Sku};
pub use transform::{NotATransform, Step, Towards, Transform};
pub use verdict::{Business, Computed, Note, Origin, Part, Price, Sale, Tier, Withheld};
