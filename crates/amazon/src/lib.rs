//! The Selling Partner API, described call by call; marketplaces.
//!
//! **Deliberately not here:** performing calls, retrying, sleeping, holding credentials.
#![deny(clippy::disallowed_types, clippy::float_arithmetic)]
