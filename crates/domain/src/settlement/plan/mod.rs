//! From understood lines to the records that put them into the books. Pure: the same input, the same plan.

pub mod face;
pub mod journal;

pub use face::*;
pub use journal::{Journal, JournalLine, Unbalanced};
