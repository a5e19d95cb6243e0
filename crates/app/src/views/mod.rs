//! Screens, answered from the store alone: no screen waits for the network.

pub mod facts;
pub mod home;
pub mod orders;
pub mod problems;
pub mod runs;
pub mod settings;
pub mod settlements;
