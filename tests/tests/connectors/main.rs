//! The connectors against the simulated services, which share nothing with them (decision 12): what one says, the other
//! understands, both ways.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod amazon_reads;
mod bench;
mod desk;
mod faults;
mod loopback;
mod netsuite_reads;
mod netsuite_writes;
