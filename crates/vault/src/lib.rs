//! Credentials at rest: sealed with AES-256-GCM under one master key that lives in the operating system's keychain.
//!
//! **For:** sealing and opening small secrets, and the keys of single orders' buyer data (decisions 9 and 27,
//! quality-bars S1). The caller stores the sealed bytes; nothing here writes to the disk.
//!
//! **Deliberately not here:** the sealed bytes themselves (that is `store`), falling back to plain text. Where there is
//! no keychain, a person chooses a passphrase or memory only.
//!
//! **Open first:** [`Vault`].

mod error;
mod keychain;
mod seal;

pub use error::VaultError;
pub use keychain::Keychain;
pub use seal::{BuyerKey, MasterKey, MemoryOnly, Passphrase, Place, Secret};

/// Where the master key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In the operating system's keychain.
    Keychain,
    /// Nowhere: derived from a passphrase each time.
    Passphrase,
    /// In this process alone: gone when it ends.
    Memory,
}

/// Seals and opens secrets. Calls to a keychain may block for a moment, only while it is being opened.
pub trait Vault: Send + Sync {
    /// Where the master key lives, for the screen that explains it.
    fn kind(&self) -> Kind;

    /// Seals a secret for one place; it cannot be opened for another.
    fn seal(&self, place: &Place<'_>, secret: &[u8]) -> Result<Vec<u8>, VaultError>;

    /// Opens what was sealed for the same place.
    fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Secret, VaultError>;
}
