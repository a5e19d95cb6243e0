//! SQLite: what this computer knows. One file per table: the Rust type, the schema and the queries together.
//!
//! **For:** keeping every decision, every planned write and every answer so that a crash at any instant loses nothing
//! (decision 16). One writer, many readers; the journal is synced to disk before anything leaves the machine.
//!
//! **Deliberately not here:** what the values mean (that is `flows` and `engine`), secrets in clear (that is `vault`),
//! clocks: every instant is handed in.
//!
//! **Open first:** [`Store`], then a file under [`tables`].
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

mod connection;
pub mod doctor;
mod error;
mod left;
mod migrations;
pub mod tables;
pub mod values;

pub use connection::{Place, Reader, Store, Writer};
pub use error::StoreError;
pub use tables::*;

/// What every question to the store ends in.
pub type Result<T> = std::result::Result<T, StoreError>;
