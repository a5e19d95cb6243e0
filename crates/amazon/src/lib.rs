//! The Selling Partner API, described call by call.
//!
//! **For:** turning Amazon's text into the trade's words, once: an [`orders::Order`] has exact amounts, instants in UTC
//! and statuses as values. Each call is a value that builds its request and reads its answer.
//!
//! **Deliberately not here:** performing calls, retrying, sleeping, holding credentials at rest, settlement files
//! (their columns are `domain`'s), deciding anything.
//!
//! **Open first:** [`orders`], then [`listings`], [`reports`], [`finances`], [`shipping`] and [`service`].
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod catalog;
pub mod document;
pub mod fba_inventory;
pub mod feeds;
pub mod finances;
pub mod listings;
pub mod orders;
mod paging;
pub mod product_types;
pub mod reports;
pub mod sellers;
pub mod sensitive;
pub mod service;
pub mod shipping;
mod vocabulary;
pub mod write;

pub use domain::marketplaces::{self, Marketplace, Region};
pub use orders::{Order, OrderStatus};
pub use sensitive::Sensitive;
pub use service::{Addresses, Credentials, Documents, SellingPartner};
pub use write::Write;
