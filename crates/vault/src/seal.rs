//! Sealing: version byte, random nonce, AES-256-GCM ciphertext; the place is the associated data.

use aes_gcm::aead::{Aead, Generate, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit};
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::{Kind, Vault, VaultError};

const FORMAT: u8 = 1;
const NONCE_BYTES: usize = 12;
const KEY_BYTES: usize = 32;
const SALT_BYTES: usize = 16;
/// Argon2id: 64 MiB, three passes, one lane.
const MEMORY_KIB: u32 = 64 * 1_024;
const PASSES: u32 = 3;

type Nonce = aes_gcm::Nonce<aes_gcm::aead::consts::U12>;

/// What a sealed value belongs to: it opens only for the same account and field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The account, such as `eu:A1SELLER`.
    pub account: &'a str,
    /// The field, such as `refresh_token`.
    pub field: &'a str,
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.account.len().to_be_bytes().to_vec();
        bytes.extend_from_slice(self.account.as_bytes());
        bytes.extend_from_slice(self.field.as_bytes());
        bytes
    }
}

/// Opened bytes, wiped when dropped. Has no `Debug`, `Display` or `Serialize`.
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// The bytes.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as text.
    pub fn expose_text(&self) -> Result<&str, VaultError> {
        std::str::from_utf8(&self.0).map_err(|_| VaultError::CannotOpen)
    }
}

/// The 32 bytes under which everything else is sealed. Wiped when dropped.
pub struct MasterKey(Zeroizing<[u8; KEY_BYTES]>);

impl MasterKey {
    /// A new random key.
    pub fn generate() -> Result<Self, VaultError> {
        let key = Key::<Aes256Gcm>::try_generate().map_err(|_| VaultError::NoKey)?;
        Ok(Self(Zeroizing::new(key.into())))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        <[u8; KEY_BYTES]>::try_from(bytes)
            .ok()
            .map(|bytes| Self(Zeroizing::new(bytes)))
    }

    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    pub(crate) fn seal(&self, place: &Place<'_>, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        let nonce = Nonce::try_generate().map_err(|_| VaultError::NoKey)?;
        let payload = Payload {
            msg: secret,
            aad: &place.bytes(),
        };
        let sealed = self.cipher().encrypt(&nonce, payload).map_err(|_| VaultError::NoKey)?;
        let mut bytes = vec![FORMAT];
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(&sealed);
        Ok(bytes)
    }

    pub(crate) fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Secret, VaultError> {
        let Some((&FORMAT, rest)) = sealed.split_first() else {
            return Err(VaultError::CannotOpen);
        };
        let (nonce, ciphertext) = rest.split_at_checked(NONCE_BYTES).ok_or(VaultError::CannotOpen)?;
        let nonce = Nonce::try_from(nonce).map_err(|_| VaultError::CannotOpen)?;
        let payload = Payload {
            msg: ciphertext,
            aad: &place.bytes(),
        };
        let opened = self
            .cipher()
            .decrypt(&nonce, payload)
            .map_err(|_| VaultError::CannotOpen)?;
        Ok(Secret(Zeroizing::new(opened)))
    }

    fn cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new(&Key::<Aes256Gcm>::from(*self.0))
    }
}

/// The key of one order's buyer data. The caller stores it sealed under the master key; destroying that makes the data
/// unreadable (decision 9).
pub struct BuyerKey(MasterKey);

const BUYER: &str = "buyer-data";

impl BuyerKey {
    /// A new random key and its sealed form for storing.
    pub fn generate(vault: &dyn Vault, order: &str) -> Result<(Self, Vec<u8>), VaultError> {
        let key = MasterKey::generate()?;
        let sealed = vault.seal(
            &Place {
                account: BUYER,
                field: order,
            },
            key.expose(),
        )?;
        Ok((Self(key), sealed))
    }

    /// The key that was stored for an order.
    pub fn unseal(vault: &dyn Vault, order: &str, sealed: &[u8]) -> Result<Self, VaultError> {
        let opened = vault.open(
            &Place {
                account: BUYER,
                field: order,
            },
            sealed,
        )?;
        MasterKey::from_bytes(opened.expose())
            .map(Self)
            .ok_or(VaultError::CannotOpen)
    }

    /// Seals a piece of the order's buyer data.
    pub fn seal(&self, field: &str, data: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.0.seal(&Place { account: BUYER, field }, data)
    }

    /// Opens a piece of the order's buyer data.
    pub fn open(&self, field: &str, sealed: &[u8]) -> Result<Secret, VaultError> {
        self.0.open(&Place { account: BUYER, field }, sealed)
    }
}

/// A vault that lives in this process alone: after a restart everything must be entered again.
pub struct MemoryOnly(MasterKey);

impl MemoryOnly {
    /// A vault with a new random key.
    pub fn new() -> Result<Self, VaultError> {
        MasterKey::generate().map(Self)
    }
}

impl Vault for MemoryOnly {
    fn kind(&self) -> Kind {
        Kind::Memory
    }
    fn seal(&self, place: &Place<'_>, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.0.seal(place, secret)
    }
    fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Secret, VaultError> {
        self.0.open(place, sealed)
    }
}

/// A vault whose master key is derived from a passphrase with Argon2id.
pub struct Passphrase(MasterKey);

const LOCK: Place<'static> = Place {
    account: "passphrase",
    field: "lock",
};
const LOCK_TEXT: &[u8] = b"this passphrase fits";

impl Passphrase {
    /// A new vault, and the lock that the caller stores beside the sealed values: a random salt and a sealed text by
    /// which the passphrase is recognised later. The lock is no secret.
    pub fn create(passphrase: &str) -> Result<(Self, Vec<u8>), VaultError> {
        let random = MasterKey::generate()?;
        let salt = random.expose().get(..SALT_BYTES).ok_or(VaultError::NoKey)?;
        let key = derive(passphrase, salt)?;
        let mut lock = salt.to_vec();
        lock.extend_from_slice(&key.seal(&LOCK, LOCK_TEXT)?);
        Ok((Self(key), lock))
    }

    /// Opens the vault again.
    pub fn unlock(passphrase: &str, lock: &[u8]) -> Result<Self, VaultError> {
        let (salt, sealed) = lock.split_at_checked(SALT_BYTES).ok_or(VaultError::CannotOpen)?;
        let key = derive(passphrase, salt)?;
        let opened = key.open(&LOCK, sealed).map_err(|_| VaultError::WrongPassphrase)?;
        if opened.expose() == LOCK_TEXT {
            Ok(Self(key))
        } else {
            Err(VaultError::WrongPassphrase)
        }
    }
}

fn derive(passphrase: &str, salt: &[u8]) -> Result<MasterKey, VaultError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(KEY_BYTES)).map_err(|_| VaultError::NoKey)?;
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
        .map_err(|_| VaultError::NoKey)?;
    Ok(MasterKey(key))
}

impl Vault for Passphrase {
    fn kind(&self) -> Kind {
        Kind::Passphrase
    }
    fn seal(&self, place: &Place<'_>, secret: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.0.seal(place, secret)
    }
    fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Secret, VaultError> {
        self.0.open(place, sealed)
    }
}
