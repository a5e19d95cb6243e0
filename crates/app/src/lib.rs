//! Every question and command a shell may ask; the contract with the screen.
//!
//! **For:** one face over the engine, the store and the Demo company, the same for the desktop window, the local web
//! host and the command line.
//!
//! **Deliberately not here:** Tauri, HTTP servers, windows. This crate does not know who is asking.
//!
//! **Open first:** [`contract`], then [`App`].

pub mod connect;
pub mod contract;
pub mod demo;
pub mod export;
pub mod views;
pub mod words;

mod application;
mod backup;
mod bank;
mod bank_file;
mod choices;
mod commands;
mod directory;
mod double_count;
mod import;
mod notices;
mod option_values;
mod orders;
mod pause;
mod previews;
mod recording;
mod refusal;
mod remedies;
mod rows;
mod secrets;
mod set_aside;
mod settlements;
mod status;
mod uploads;
mod watch;

pub use application::{App, Backing, Opening, default_folder, workspace_file};
pub use backup::restore;
