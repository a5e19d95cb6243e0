//! Customers (netsuite.md §4.8, flows.md §4).

use domain::ExternalId;
use serde_json::{Value, json};

use crate::json::Body;
use crate::sale::Address;
use crate::write::{RecordId, RecordType, Target, Write};

/// A customer's name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Name {
    Person { first: String, last: String },
    Company(String),
}

/// A new customer. Existing ones are never overwritten (CUS-03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// What NetSuite lists it as; nothing where the account numbers customers itself.
    pub entity_id: Option<String>,
    /// Who it is.
    pub name: Name,
    /// Amazon's relay address.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// The subsidiary, in OneWorld accounts.
    pub subsidiary: Option<RecordId>,
    /// The currency.
    pub currency: Option<RecordId>,
    /// Further currencies that it may use (CUS-04).
    pub currencies: Vec<RecordId>,
    /// Category, price level, terms and whatever else the profile says.
    pub more: Vec<(String, Value)>,
}

/// Adds an address to a customer's book; nothing else of the customer is touched (CUS-03).
pub fn add_address(customer: RecordId, address: &Address) -> Write {
    Write::Update {
        record: RecordType::Customer,
        target: Target::Id(customer),
        body: json!({ "addressBook": { "items": [{ "addressBookAddress": address.json() }] } }),
    }
}

/// Lets a customer use one more currency (CUS-04). The list is kept by currency, so that a repeat changes nothing.
pub fn add_currency(customer: RecordId, currency: &RecordId) -> Write {
    Write::Update {
        record: RecordType::Customer,
        target: Target::Id(customer),
        body: json!({ "currencyList": { "items": [{ "currency": { "id": currency.0 } }] } }),
    }
}

impl Customer {
    /// The write that creates it. NetSuite must never mail an Amazon buyer (CUS-02).
    pub fn create(&self) -> Write {
        let body = Body::default().text("entityId", self.entity_id.as_deref());
        let body = match &self.name {
            Name::Person { first, last } => body
                .set("isPerson", true)
                .text("firstName", Some(first))
                .text("lastName", Some(last)),
            Name::Company(name) => body.set("isPerson", false).text("companyName", Some(name)),
        };
        let currencies = self
            .currencies
            .iter()
            .map(|id| json!({ "currency": { "id": id.0 } }))
            .collect();
        let body = body
            .text("email", self.email.as_deref())
            .text("phone", self.phone.as_deref())
            .id("subsidiary", self.subsidiary.as_ref())
            .id("currency", self.currency.as_ref())
            .items("currencyList", currencies)
            .more(&self.more)
            .finish();
        Write::Create {
            record: RecordType::Customer,
            external_id: self.external_id.clone(),
            body,
        }
    }
}
