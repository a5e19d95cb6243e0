//! The vault of the Demo company.
//!
//! Its buyers are made up, so its key comes from a passphrase that everybody may know: opening a demonstration must
//! never ask for the keychain. A real company's key is in the keychain (decision 9).

use std::sync::{Arc, Mutex, PoisonError};

use domain::Text;
use serde_json::{Value, json};
use store::{Store, settings};
use vault::{Kind, Passphrase, Place, Secret, Vault, VaultError};

use crate::contract::Refusal;

const PASSPHRASE: &str = "Atelier Lumen";
const LOCK: &str = "demo.vault-lock";

/// Opens the vault, or makes it with the workspace.
pub fn demo_vault(store: &Store) -> Result<Arc<dyn Vault>, Refusal> {
    let kept = store
        .read(|db| settings::get(db, LOCK))?
        .and_then(|lock| serde_json::from_value::<Vec<u8>>(lock).ok());
    if let Some(lock) = kept {
        return Ok(Arc::new(OnFirstUse {
            lock,
            vault: Mutex::new(None),
        }));
    }
    let (vault, lock) = Passphrase::create(PASSPHRASE).map_err(|error| refused(&error))?;
    let lock: Value = json!(lock);
    store.write(|db| settings::set(db, LOCK, &lock))?;
    Ok(Arc::new(vault))
}

/// Derives its key when a secret is first sealed or opened. A start needs none, and deriving takes as long as the rest
/// of opening a workspace and 64 MB for a moment (quality-bars P9).
struct OnFirstUse {
    lock: Vec<u8>,
    vault: Mutex<Option<Arc<Passphrase>>>,
}

impl OnFirstUse {
    fn unlocked(&self) -> Result<Arc<Passphrase>, VaultError> {
        let mut vault = self.vault.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(vault) = vault.as_ref() {
            return Ok(Arc::clone(vault));
        }
        let unlocked = Arc::new(Passphrase::unlock(PASSPHRASE, &self.lock)?);
        Ok(Arc::clone(vault.insert(unlocked)))
    }
}

impl Vault for OnFirstUse {
    fn kind(&self) -> Kind {
        Kind::Passphrase
    }

    fn seal(&self, place: &Place<'_>, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.unlocked()?.seal(place, secret)
    }

    fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Secret, VaultError> {
        self.unlocked()?.open(place, sealed)
    }
}

fn refused(error: &VaultError) -> Refusal {
    Refusal::new("store", Text::new("error-no-secret-store")).because(error)
}
