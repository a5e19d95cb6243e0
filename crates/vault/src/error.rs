//! Why a secret cannot be sealed or opened, each with its own way out.

/// What went wrong. No variant carries a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// This computer has no keychain (on Linux: no session bus, or no Secret Service on it).
    #[error("this computer has no keychain")]
    NoKeychain,
    /// There is a keychain, and it was never set up.
    #[error("the keychain was never set up")]
    KeychainNotSetUp,
    /// The keychain is locked and nobody can be asked for its password.
    #[error("the keychain is locked")]
    Locked,
    /// The keychain would not give the key out.
    #[error("the keychain refused: {said}")]
    Denied {
        /// The system's words.
        said: String,
    },
    /// What the keychain holds under our name is not a key that we made.
    #[error("the keychain holds something else under our name")]
    NotOurKey,
    /// The passphrase does not fit.
    #[error("the passphrase does not fit")]
    WrongPassphrase,
    /// The sealed bytes were changed, belong elsewhere, or were sealed under another key.
    #[error("the sealed value cannot be opened")]
    CannotOpen,
    /// The operating system gave no randomness, or memory ran out while deriving a key.
    #[error("a key could not be made")]
    NoKey,
}
