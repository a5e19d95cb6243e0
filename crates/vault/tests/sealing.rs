//! What a vault promises: nothing opens in another place, under another key, or after a change.

use vault::{BuyerKey, Kind, MemoryOnly, Passphrase, Place, Vault, VaultError};

const TOKEN: Place<'static> = Place {
    account: "eu:A1",
    field: "refresh_token",
};

#[test]
fn s1_a_secret_opens_only_in_its_own_place() {
    let vault = MemoryOnly::new().unwrap();
    assert_eq!(vault.kind(), Kind::Memory);
    let sealed = vault.seal(&TOKEN, b"Atzr|secret").unwrap();
    assert_eq!(vault.open(&TOKEN, &sealed).unwrap().expose_text(), Ok("Atzr|secret"));
    for elsewhere in [
        Place {
            account: "na:A1",
            ..TOKEN
        },
        Place {
            field: "client_secret",
            ..TOKEN
        },
    ] {
        assert_eq!(vault.open(&elsewhere, &sealed).err(), Some(VaultError::CannotOpen));
    }
    // The border between account and field counts too.
    let shifted = Place {
        account: "eu:A1r",
        field: "efresh_token",
    };
    assert_eq!(vault.open(&shifted, &sealed).err(), Some(VaultError::CannotOpen));
}

#[test]
fn s1_a_secret_of_three_kilobytes_fits_and_never_stands_in_clear() {
    let vault = MemoryOnly::new().unwrap();
    let pem = "MIIJQgIBADANBgkqhkiG".repeat(164);
    let sealed = vault.seal(&TOKEN, pem.as_bytes()).unwrap();
    assert!(!sealed.windows(20).any(|window| window == &pem.as_bytes()[..20]));
    assert_ne!(
        sealed,
        vault.seal(&TOKEN, pem.as_bytes()).unwrap(),
        "the nonce is random"
    );
    assert_eq!(vault.open(&TOKEN, &sealed).unwrap().expose(), pem.as_bytes());
}

#[test]
fn s1_a_changed_byte_or_another_key_does_not_open() {
    let vault = MemoryOnly::new().unwrap();
    let sealed = vault.seal(&TOKEN, b"secret").unwrap();
    for index in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[index] ^= 1;
        assert_eq!(
            vault.open(&TOKEN, &changed).err(),
            Some(VaultError::CannotOpen),
            "byte {index}"
        );
    }
    assert_eq!(vault.open(&TOKEN, &sealed[..5]).err(), Some(VaultError::CannotOpen));
    assert_eq!(
        MemoryOnly::new().unwrap().open(&TOKEN, &sealed).err(),
        Some(VaultError::CannotOpen)
    );
}

#[test]
fn decision_27_a_passphrase_opens_its_own_vault_and_no_other() {
    let (vault, lock) = Passphrase::create("quatre mots tirés au sort").unwrap();
    let sealed = vault.seal(&TOKEN, b"secret").unwrap();
    let again = Passphrase::unlock("quatre mots tirés au sort", &lock).unwrap();
    assert_eq!(again.open(&TOKEN, &sealed).unwrap().expose(), b"secret");
    assert_eq!(
        Passphrase::unlock("quatre mots", &lock).err(),
        Some(VaultError::WrongPassphrase)
    );
}

#[test]
fn decision_9_buyer_data_cannot_be_read_without_the_orders_own_key() {
    let vault = MemoryOnly::new().unwrap();
    let (key, stored) = BuyerKey::generate(&vault, "028-1").unwrap();
    let (other, _) = BuyerKey::generate(&vault, "028-2").unwrap();
    let sealed = key.seal("AZN-SO-028-1", b"Jane Doe").unwrap();
    assert_eq!(other.open("AZN-SO-028-1", &sealed).err(), Some(VaultError::CannotOpen));
    let again = BuyerKey::unseal(&vault, "028-1", &stored).unwrap();
    assert_eq!(again.open("AZN-SO-028-1", &sealed).unwrap().expose(), b"Jane Doe");
    assert_eq!(
        BuyerKey::unseal(&vault, "028-2", &stored).err(),
        Some(VaultError::CannotOpen)
    );
}
