//! A demo company: both services in memory, seeded, deterministic, and able to misbehave (decisions 11, 12, 20).
//!
//! **For:** the first run, the tests, the storms and outside clients. The same code is called in process
//! ([`Simulator::transport`]) and served over loopback ([`server::serve`]).
//!
//! **Deliberately not here:** anything of `amazon` or `netsuite`. The vendors' formats are written from the published
//! models, so that a mistake in a connector cannot hide in a mirror. Nothing here is reached over the network, and
//! nothing here knows which answer the product hopes for.
//!
//! **Open first:** [`world`] (what really happened), then [`amazon`] and [`netsuite`] (how each service tells it).
//! [`books`] is the seam between both halves, [`faults`] is what can go wrong, [`control`],
//! [`control_listings`] and [`control_netsuite`] are what a test or a person may do, with a table of verbs each; [`Options`] are the knobs at opening.

pub mod amazon;
pub mod books;
pub mod chance;
pub mod control;
pub mod control_listings;
pub mod control_netsuite;
pub mod faults;
pub mod market;
pub mod netsuite;
pub mod options;
pub mod server;
pub mod simulator;
pub mod time;
pub mod world;

pub use faults::{Fault, Faults, Rule};
pub use options::{Company, Latency, Options};
pub use simulator::{CannotOpen, Simulator};
