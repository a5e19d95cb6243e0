//! Which field of a record is filled from what: data that a person writes and screens draw, never code
//! (decision 8, flows.md §1.8).
//!
//! **For:** rows (field ← path, fixed value, text, lookup table, one expression, or nothing), their conditions, the
//! ladder marketplace → account → workspace, and filling a record's fields from plain values.
//!
//! **Deliberately not here:** amounts. A row can name only fields of [`Fields::may_map`], so none can reach a price, a
//! quantity, a customer or a number that makes a record exist once (CMN-29). No I/O, no clock, no chance: the one
//! expression of a row computes with decimals under limits (`expression`).
//!
//! **Open first:** [`Row`], then [`Mappings`]; [`fields`] for the kinds of record.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]

mod condition;
mod expression;
mod fault;
pub mod fields;
mod format;
mod ladder;
mod path;
mod row;
mod table;
mod template;

pub use condition::{Condition, Test};
pub use fault::{Fault, Why};
pub use fields::{Fields, Place};
pub use format::{Format, Named};
pub use ladder::{Given, Ladder, Level, Mappings, Sheet};
pub use path::plain;
pub use row::{Otherwise, Row, Shape, Source};
pub use table::{Pair, Table};
