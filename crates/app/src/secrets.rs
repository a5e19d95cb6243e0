//! The vault of the Demo company.
//!
//! Its buyers are made up, so its key comes from a passphrase that everybody may know: opening a demonstration must
//! never ask for the keychain. A real company's key is in the keychain (decision 9).

use std::sync::Arc;

use domain::Text;
use serde_json::{Value, json};
use store::{Store, settings};
use vault::{Passphrase, Vault, VaultError};

use crate::contract::Refusal;

const PASSPHRASE: &str = "Atelier Lumen";
const LOCK: &str = "demo.vault-lock";

/// Opens the vault, or makes it with the workspace.
pub fn demo_vault(store: &Store) -> Result<Arc<dyn Vault>, Refusal> {
    let kept = store
        .read(|db| settings::get(db, LOCK))?
        .and_then(|lock| serde_json::from_value::<Vec<u8>>(lock).ok());
    let vault = if let Some(lock) = kept {
        Passphrase::unlock(PASSPHRASE, &lock).map_err(|error| refused(&error))?
    } else {
        let (vault, lock) = Passphrase::create(PASSPHRASE).map_err(|error| refused(&error))?;
        let lock: Value = json!(lock);
        store.write(|db| settings::set(db, LOCK, &lock))?;
        vault
    };
    Ok(Arc::new(vault))
}

fn refused(error: &VaultError) -> Refusal {
    Refusal::new("store", Text::new("error-no-secret-store")).because(error)
}
