//! The simulated NetSuite company, looked at through its only door: HTTP messages.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod bench;
mod demo;
mod money;
mod package;
mod records;
mod rules;
mod shelf;
mod signing_in;
mod suiteql;
mod traffic;
mod transforms;
mod trial;
