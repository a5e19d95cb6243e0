//! What a company is opened with beside its books: features, and what a client must know to sign in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL_NOPAD;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::options::{Credentials, NetSuiteOptions};
use super::store::Store;
use crate::books::OpeningBooks;

/// Advanced Shipping is on unless switched off: without it a fulfilment bills the order by itself.
pub(super) fn features(books: &OpeningBooks, options: &NetSuiteOptions) -> Vec<String> {
    let mut on: Vec<String> = books.features.clone();
    on.push("ADVANCEDSHIPPING".to_owned());
    for (name, switched_on) in &options.features {
        on.retain(|one| one != name);
        if *switched_on {
            on.push(name.clone());
        }
    }
    on
}

/// The key pair is kept with the books, so that a client's settings outlive a restart.
pub(super) fn credentials(
    store: &Store,
    account: &str,
    seed: u64,
) -> Result<(Credentials, String), Box<dyn std::error::Error>> {
    let pair = match store.setting("private_key")? {
        Some(pem) => rcgen::KeyPair::from_pem(&pem)?,
        None => rcgen::KeyPair::generate()?,
    };
    store.set("private_key", &pair.serialize_pem())?;
    let mut chance = ChaCha8Rng::seed_from_u64(seed ^ 0x6e73);
    let mut secret = || BASE64URL_NOPAD.encode(chance.random::<[u8; 32]>());
    let credentials = Credentials {
        account: account.to_owned(),
        client_id: secret(),
        certificate_id: secret(),
        private_key_pem: pair.serialize_pem(),
        consumer_key: secret(),
        consumer_secret: secret(),
        token_id: secret(),
        token_secret: secret(),
    };
    Ok((credentials, pair.public_key_pem()))
}
