//! Whole days of trading in seconds: the real engine and the real database against the simulated services.
//!
//! **For:** scenarios (`scenarios/*.toml`), storms, and what both need: a [`World`], and the promises that must hold in
//! it afterwards ([`invariants`]).
//!
//! **Deliberately not here:** mocks. The one seam is the transport.
//!
//! **Open first:** [`world`], then `tests/scenarios.rs`.

pub mod invariants;
pub mod log;
pub mod people;
pub mod scenario;
pub mod storm;
pub mod world;

pub use world::World;
