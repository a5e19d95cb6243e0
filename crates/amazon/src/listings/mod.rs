//! Listings Items 2021-08-01: what the seller offers, attribute by attribute (amazon-sp-api.md §9).
//!
//! [`Get`] and [`Search`] read listings, [`Put`] makes one, [`Patch`] changes some attributes of one; [`Preview`] lets
//! Amazon judge either without writing. [`attributes`] and [`offer`] build the values of the attributes that stock and
//! price live in; [`feed`] sends many changes as one document and [`report`] reads what became of them.
//!
//! `ACCEPTED` is not done: Amazon checks and publishes afterwards, so whoever writes reads back.
//!
//! **Deliberately not here:** `deleteListingsItem` and the feed's `DELETE`. The product never deletes a listing (PRD-05).

pub mod attributes;
mod calls;
pub mod feed;
mod item;
pub mod offer;
pub mod report;
pub mod restrictions;
mod submit;

pub use attributes::{Guarded, Operation, Quantity};
pub use calls::{Data, Found, Get, Search, Which, fits_in_list};
pub use item::*;
pub use submit::{Patch, Preview, Put, Requirements, Submission, SubmissionStatus};
