//! What goes wrong around the product, from the first call to both books: each thing is said once, in both languages, and
//! nothing is lost or doubled (quality-bars R3, R5).
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

mod access;
mod acts;
mod around;
mod breaker;
mod cases;
mod catalogue;
mod codes;
mod moving;
mod pages;
mod services;
mod storage;
