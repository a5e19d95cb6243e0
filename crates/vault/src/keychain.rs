//! The master key in the operating system's keychain: one item of 32 bytes, so one prompt, and small enough for every
//! system's store (quality-bars S1).

use keyring::{Entry, Error};

use crate::{Kind, MasterKey, Place, Secret, Vault, VaultError};

/// The name of our item in the keychain.
const SERVICE: &str = "Passerelle";

/// A vault whose master key lives in the keychain: Secret Service, Keychain Services or Credential Manager.
pub struct Keychain(MasterKey);

impl Keychain {
    /// Fetches the workspace's master key, and makes it when there is none yet. May block while a person is asked for
    /// the keychain's password; call it outside async code.
    ///
    /// A key is only ever made when the keychain says for certain that there is none.
    pub fn open(workspace: &str) -> Result<Self, VaultError> {
        let entry = Entry::new(SERVICE, workspace).map_err(refused)?;
        match entry.get_secret() {
            Ok(bytes) => MasterKey::from_bytes(&zeroize::Zeroizing::new(bytes))
                .map(Self)
                .ok_or(VaultError::NotOurKey),
            Err(Error::NoEntry) => {
                let key = MasterKey::generate()?;
                entry.set_secret(key.expose()).map_err(refused)?;
                Ok(Self(key))
            }
            Err(other) => Err(refused(other)),
        }
    }

    /// Removes the workspace's master key: everything sealed under it is lost for good.
    pub fn forget(workspace: &str) -> Result<(), VaultError> {
        match Entry::new(SERVICE, workspace).and_then(|entry| entry.delete_credential()) {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(other) => Err(refused(other)),
        }
    }
}

/// The system's refusal in our words. What each desktop answers was tried out (Secret Service over a private bus).
fn refused(error: Error) -> VaultError {
    match error {
        Error::NoDefaultStore => VaultError::NoKeychain,
        Error::NoStorageAccess(source) => {
            let said = format!("{source:?}");
            if said.contains("NoResult") {
                VaultError::KeychainNotSetUp
            } else if said.contains("Prompt") || said.contains("Locked") {
                VaultError::Locked
            } else {
                VaultError::Denied {
                    said: source.to_string(),
                }
            }
        }
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => VaultError::NotOurKey,
        other => VaultError::Denied {
            said: other.to_string(),
        },
    }
}

impl Vault for Keychain {
    fn kind(&self) -> Kind {
        Kind::Keychain
    }
    fn seal(&self, place: &Place<'_>, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.0.seal(place, secret)
    }
    fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Secret, VaultError> {
        self.0.open(place, sealed)
    }
}
