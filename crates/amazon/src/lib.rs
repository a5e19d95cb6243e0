//! The Selling Partner API, described call by call; marketplaces.
//!
//! **For:** turning Amazon's text into the trade's words, once: an [`orders::Order`] has exact amounts, instants in UTC
//! and statuses as values. Each call is a value that builds its request and reads its answer.
//!
//! **Deliberately not here:** performing calls, retrying, sleeping, holding credentials at rest, settlement files
//! (their columns are `domain`'s), deciding anything.
//!
//! **Open first:** [`orders`], then [`reports`] and [`service`].
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod document;
pub mod marketplaces;
pub mod orders;
pub mod reports;
pub mod sellers;
pub mod sensitive;
pub mod service;
mod vocabulary;

pub use marketplaces::{Marketplace, Region};
pub use orders::{Order, OrderStatus};
pub use sensitive::Sensitive;
pub use service::{Addresses, Credentials, Documents, SellingPartner};
