//! Listings, prices and stock at Amazon: what is accepted, what becomes live, and what people do meanwhile.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod bench;
mod changes;
mod demo;
mod families;
mod feeds;
mod models;
mod offers;
mod people;
mod reading;
mod types;
