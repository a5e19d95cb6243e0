//! One file per flow: what it looks at, what it decides.
//!
//! **For:** the specification of each promise kept between the two systems, as pure decisions.
//!
//! **Deliberately not here:** writing anything anywhere, clocks, the database. A flow never mentions another flow;
//! each waits for what it needs and says so.
//!
//! **Open first:** [`flow`], then any file under a group.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod audit;
pub mod billing;
pub mod catalogue;
pub mod entry;
pub mod finances;
pub mod flow;
pub mod fulfilments;
pub mod local;
pub mod local_finances;
pub mod orders;
mod report;
pub mod rules;
pub mod settlements;
pub mod targets;

pub use catalogue::catalogue;
pub use entry::{Entry, Judged, entry};
pub use flow::*;
pub use local::Local;
pub use rules::Rules;
