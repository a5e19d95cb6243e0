//! The weekly self-audit (flows.md §17.5): what this computer believes, held against NetSuite and against its own clock.
//!
//! Nothing is ever written, neither here nor there. What is found goes to the list of errors; `passerelle doctor
//! --remote` asks the same questions at once.
//!
//! Open first: [`self_audit`], the questions; then `look`, how the answers are read.

mod look;
pub mod self_audit;

#[cfg(test)]
mod tests;

pub use look::EVERYTHING;
