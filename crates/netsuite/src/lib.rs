//! The NetSuite services, described call by call; records and fields.
//!
//! **Deliberately not here:** performing calls, retrying, sleeping, holding credentials.
//!
//! **Open first:** [`write`].
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

pub mod write;

pub use write::{RecordId, RecordType, Target, Write};
