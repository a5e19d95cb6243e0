//! Screens, answered from the store alone: no screen waits for the network.

pub(crate) mod acts;
pub mod checks;
pub mod clone;
pub mod documents;
pub mod facts;
pub mod flow_days;
pub mod help;
pub mod home;
pub mod mappings;
pub mod money;
pub mod options;
pub mod order;
pub mod orders;
pub mod problem;
pub mod problems;
pub mod runs;
pub mod schedules;
pub mod settings;
pub mod settlements;
mod sides;
pub mod standing;
pub mod tables;
mod timeline;
pub mod zones;

/// A count as the contract carries it.
pub(crate) fn small(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}
