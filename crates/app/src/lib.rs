//! Every question and command a shell may ask; the contract with the screen.
//!
//! **For:** one face over the engine, the store and the Demo company, the same for the desktop window, the local web
//! host and the command line.
//!
//! **Deliberately not here:** Tauri, HTTP servers, windows. This crate does not know who is asking.
//!
//! **Open first:** [`contract`], then [`App`].

pub mod contract;
pub mod words;

mod application;

pub use application::{App, Backing, Opening};
