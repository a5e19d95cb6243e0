//! A customer of NetSuite's, and how a buyer is recognised in it: by hashes, because buyers' names are not evidence
//! (CUS-01, CMN-40).

use amazon::Order;
use domain::{Currency, ExternalId};
use netsuite::RecordId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A customer as NetSuite has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFound {
    /// Its internal id.
    pub id: RecordId,
    /// `externalid`.
    pub external_id: Option<String>,
    /// Its name, kept only when it is the name of a shared customer: buyers' names are not evidence.
    pub shared_name: Option<String>,
    /// SHA-256 of its e-mail address in lower case: enough to recognise it, too little to write to it.
    pub email_hash: Option<String>,
    /// Hashes of its name together with the postal codes of its addresses; empty where that was not asked.
    #[serde(default)]
    pub lives_at: Vec<String>,
    /// Hashes of its addresses' streets and postal codes; nothing where that was not asked.
    #[serde(default)]
    pub addresses: Option<Vec<String>>,
    /// Whether it can no longer be used.
    pub inactive: bool,
    /// The subsidiaries that it belongs to; empty where that was not asked.
    #[serde(default)]
    pub subsidiaries: Vec<RecordId>,
    /// Its own currency.
    #[serde(default)]
    pub own_currency: Option<Currency>,
    /// The currencies that it may use; nothing where its own is the orders'.
    #[serde(default)]
    pub currencies: Option<Vec<RecordId>>,
    /// Whether the seller, or a person for one order, chose it outright.
    #[serde(default)]
    pub chosen: bool,
}

impl CustomerFound {
    /// Whether it is shared, or may be this order's buyer.
    pub fn may_be(&self, order: &Order) -> bool {
        let hash = order.buyer.email.as_ref().map(|email| email_hash(email.reveal()));
        let name = buyer_external_id(order);
        self.shared_name.is_some()
            || self.chosen
            || self
                .external_id
                .as_deref()
                .is_some_and(|id| id.starts_with("AZN-CUST-AMAZON-"))
            // Its namesake of another subsidiary carries the name of the buyer with one more part.
            || name.is_some_and(|name| {
                let own = self.external_id.as_deref().and_then(|id| id.strip_prefix(name.as_str()));
                own.is_some_and(|rest| rest.is_empty() || rest.starts_with("-S"))
            })
            || (hash.is_some() && self.email_hash == hash)
            || home_hash(order).is_some_and(|home| self.lives_at.contains(&home))
    }
}

/// A hash of a name and a postal code, whatever their case and spaces.
pub fn lives_at(name: &str, postcode: &str) -> String {
    hash_of(&[name, postcode])
}

/// A hash of a street and a postal code, whatever their case and spaces.
pub fn stands_at(street: &str, postcode: &str) -> String {
    hash_of(&[street, postcode])
}

fn hash_of(parts: &[&str]) -> String {
    let plain = |part: &&str| part.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    email_hash(&parts.iter().map(plain).collect::<Vec<_>>().join("|"))
}

/// The buyer's name with the postal code of the delivery; nothing when Amazon gives one of them not.
pub fn home_hash(order: &Order) -> Option<String> {
    let address = order.address.as_ref()?;
    let name = address.name.as_ref().or(order.buyer.name.as_ref())?.reveal();
    let postcode = address.postal_code.as_ref()?.reveal();
    (!name.trim().is_empty() && !postcode.trim().is_empty()).then(|| lives_at(name, postcode))
}

/// The external id of a buyer: the hash of the relay address, which is the same for all orders of that buyer.
pub fn buyer_external_id(order: &Order) -> Option<ExternalId> {
    let email = order.buyer.email.as_ref()?.reveal();
    Some(ExternalId::customer(&email_hash(email)[..24]))
}

/// SHA-256 of an address in lower case, hexadecimal upper case.
pub fn email_hash(email: &str) -> String {
    let digest = Sha256::digest(email.trim().to_lowercase().as_bytes());
    digest
        .iter()
        .fold(String::new(), |text, byte| text + format!("{byte:02X}").as_str())
}
