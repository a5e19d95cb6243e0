//! Buyer data in a planned write: kept under the order's own key, masked where people and backups may look
//! (decision 9, CMN-40).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use store::{Reader, StoreError, Writer, audit, buyer_keys, steps};
use vault::{BuyerKey, Vault, VaultError};

use crate::engine::Engine;
use crate::local;

impl Engine {
    /// Destroys the keys of buyer data of orders that left, or were cancelled, more than `days` ago and have nothing left
    /// to be sent for; the data becomes unreadable everywhere (decision 9, CMN-40). An order that still has to leave keeps
    /// its address, however old it is. How many orders were concerned.
    pub fn forget_buyers(&self, days: u32) -> Result<usize, StoreError> {
        let before = self.0.now() - TimeDelta::days(i64::from(days));
        let old = self.store().read(|db| {
            let settled = buyer_keys::settled(db, before)?;
            let mut old = Vec::new();
            for key in settled {
                if local::has_ended(db, &key, before)? {
                    old.push(key);
                }
            }
            Ok(old)
        })?;
        if old.is_empty() {
            return Ok(0);
        }
        let count = self.store().write(|db| {
            let mut count = 0;
            for key in &old {
                count += usize::from(buyer_keys::destroy_settled(db, key)?);
            }
            Ok(count)
        })?;
        if count > 0 {
            self.store().empty_log()?;
        }
        Ok(count)
    }
}

impl Engine {
    /// Who the buyer of an order is, as NetSuite was or will be told: the fields of its sealed writes by NetSuite's names.
    /// Nothing when there was never any, or when it was deleted. The trail keeps who looked (CMN-40).
    pub fn reveal_buyer(&self, key: &str, who: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let mut found = BTreeMap::new();
        self.store().read(|db| {
            for step in steps::about(db, key)? {
                let Some(sealed) = &step.sealed else { continue };
                if let Ok(whole) = open(db, self.0.vault.as_deref(), key, &step.name, sealed) {
                    collect(&whole, &mut found);
                }
            }
            Ok(())
        })?;
        self.store()
            .write(|db| audit::add(db, self.0.now(), who, "reveal-buyer", key, &Value::Null))?;
        Ok(found)
    }
}

/// The plain values of the fields that name a buyer, the first of each.
fn collect(value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if FIELDS.contains(&name.as_str()) || IN_ADDRESSES.contains(&name.as_str()) => {
                        found.entry(name.clone()).or_insert_with(|| text.clone());
                    }
                    inside => collect(inside, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

/// Plain parts of an address, which say nothing alone.
const IN_ADDRESSES: &[&str] = &["city", "state", "zip"];

/// NetSuite's fields that hold who the buyer is and where the buyer lives.
const FIELDS: &[&str] = &[
    "addressBook",
    "addressbook",
    "addressee",
    "addr1",
    "addr2",
    "addr3",
    "addrPhone",
    "altName",
    "attention",
    "billingAddress",
    "companyName",
    "custcol_azn_customisation",
    "custcol_azn_gift_message",
    "email",
    "entityId",
    "firstName",
    "lastName",
    "middleName",
    "phone",
    "shippingAddress",
];
const MASK: &str = "•••";

/// A copy without buyer data, and whether there was any.
pub(crate) fn masked(value: &Value) -> (Value, bool) {
    match value {
        Value::Object(fields) => {
            let mut found = false;
            let copy = fields
                .iter()
                .map(|(name, value)| {
                    let told_by_buyer = name == "description" && value.as_str().is_some_and(flows::orders::is_message);
                    if told_by_buyer || (FIELDS.contains(&name.as_str()) && !value.is_null()) {
                        found = true;
                        return (name.clone(), Value::from(MASK));
                    }
                    let (copy, inside) = masked(value);
                    found |= inside;
                    (name.clone(), copy)
                })
                .collect();
            (Value::Object(copy), found)
        }
        Value::Array(values) => {
            let (copies, found): (Vec<Value>, Vec<bool>) = values.iter().map(masked).unzip();
            (Value::Array(copies), found.contains(&true))
        }
        plain => (plain.clone(), false),
    }
}

/// Why a write's buyer data cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    /// The order's key was destroyed, or there is no vault to open it.
    #[error("the order's buyer data was deleted")]
    Gone,
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Seals a whole write under its subject's own key, which is made when there is none yet.
pub(crate) fn seal(
    db: &Writer<'_>,
    vault: &dyn Vault,
    key: &str,
    step: &str,
    whole: &Value,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, Unreadable> {
    let known = buyer_keys::get(db, key)?.and_then(|sealed| BuyerKey::unseal(vault, key, &sealed).ok());
    let buyer = if let Some(known) = known {
        known
    } else {
        // None yet, or one that a vault made which is gone: what it sealed cannot be read any more either way.
        let (buyer, sealed) = BuyerKey::generate(vault, key)?;
        buyer_keys::destroy(db, key)?;
        buyer_keys::put(db, key, &sealed, now)?;
        buyer
    };
    Ok(buyer.seal(step, whole.to_string().as_bytes())?)
}

/// Opens a whole write again.
pub(crate) fn open(
    db: &Reader<'_>,
    vault: Option<&dyn Vault>,
    key: &str,
    step: &str,
    sealed: &[u8],
) -> Result<Value, Unreadable> {
    let (Some(vault), Some(kept)) = (vault, buyer_keys::get(db, key)?) else {
        return Err(Unreadable::Gone);
    };
    let opened = BuyerKey::unseal(vault, key, &kept)?.open(step, sealed)?;
    serde_json::from_slice(opened.expose()).map_err(|_| Unreadable::Vault(VaultError::CannotOpen))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cmn_40_who_the_buyer_is_never_stands_in_the_journal() {
        let write = json!({"to": "net_suite", "write": {"body": {
            "otherRefNum": "028-1", "shippingAddress": {"addressee": "Jane Doe", "addr1": "1 High St"},
            "item": {"items": [{"quantity": 1, "email": "x@marketplace.amazon.de"},
                {"description": "“Happy birthday, Jane”"}, {"description": "Oak lamp"}]},
        }}});
        let (copy, found) = masked(&write);
        assert!(found);
        let text = copy.to_string();
        assert!(
            text.contains("028-1")
                && text.contains("Oak lamp")
                && !text.contains("Jane")
                && !text.contains("marketplace.amazon"),
            "{text}"
        );
        assert!(!masked(&json!({"total": 1, "phone": null})).1);
    }
}
