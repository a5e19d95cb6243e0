//! What must not get past the product: an address that belongs to nobody we know, an argument that means nothing
//! (quality-bars S3, S4).
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

mod arguments;
mod hosts;
