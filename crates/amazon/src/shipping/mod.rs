//! What the seller tells Amazon about an order: that parcels left, with whom, and under which number
//! (amazon-sp-api.md §6.5).
//!
//! Open first: [`confirm`], the call for shipments with a tracking number; [`carriers`] for the names that Amazon
//! knows; [`messages`] for what only a feed can say.

pub mod carriers;
pub mod confirm;
pub mod messages;

pub use carriers::Carrier;
pub use confirm::{Confirmation, Parcel, already_shipped, needs_no_confirmation};
