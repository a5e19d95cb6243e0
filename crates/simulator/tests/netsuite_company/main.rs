//! The simulated NetSuite company, looked at through its only door: HTTP messages.

mod bench;
mod money;
mod records;
mod signing_in;
mod suiteql;
mod traffic;
mod transforms;
