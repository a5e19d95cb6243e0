//! Whose order it is in NetSuite (flows.md §4): one shared customer per marketplace, channel and year, or one per buyer.
//!
//! A customer that NetSuite does not have yet is the first step of the order that needs it, under a name computed from
//! its source, so that two orders of one buyer cannot make two customers.

use amazon::Order;
use chrono::NaiveDate;
use domain::{ExternalId, Text};
use netsuite::customer::Name;
use netsuite::{RecordId, Target};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::flow::{LinkTo, Problem, Remedy, Step, Write};
use crate::rules::{Channel, Profile, Rules};

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
    /// Whether it can no longer be used.
    pub inactive: bool,
}

impl CustomerFound {
    /// Whether it is shared, or may be this order's buyer.
    pub fn may_be(&self, order: &Order) -> bool {
        let hash = order.buyer.email.as_ref().map(|email| email_hash(email.reveal()));
        let name = buyer_external_id(order);
        self.shared_name.is_some()
            || self
                .external_id
                .as_deref()
                .is_some_and(|id| id.starts_with("AZN-CUST-AMAZON-"))
            || (name.is_some() && self.external_id.as_deref() == name.as_ref().map(ExternalId::as_str))
            || (hash.is_some() && self.email_hash == hash)
    }
}

/// Which customer an order goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// By internal id when NetSuite has it, else by the name that an earlier step gives it.
    pub target: Target,
    /// The step that makes it, when NetSuite does not have it yet.
    pub create: Option<Step>,
}

impl Customer {
    /// NetSuite's id, when it is there.
    pub fn id(&self) -> Option<&RecordId> {
        match &self.target {
            Target::Id(id) => Some(id),
            Target::Named(_) => None,
        }
    }

    /// What must be confirmed before the order is sent.
    pub fn needs(&self) -> Vec<ExternalId> {
        match &self.target {
            Target::Named(name) if self.create.is_some() => vec![name.clone()],
            Target::Named(_) | Target::Id(_) => Vec::new(),
        }
    }

    fn known(id: &RecordId) -> Self {
        Self {
            target: Target::Id(id.clone()),
            create: None,
        }
    }
}

/// An order's customer is asked for under these facts.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// How the order leaves.
    pub channel: Channel,
    /// Its business day: names the shared customer.
    pub day: NaiveDate,
    /// NetSuite's id of its currency.
    pub currency: Option<&'a RecordId>,
    /// What NetSuite has.
    pub found: &'a [CustomerFound],
}

/// The shared customer of a marketplace and channel for a day: `Amazon US 2026` (CUS-05, CUS-06).
pub fn shared_name(rules: &Rules, profile: &Profile, day: NaiveDate) -> String {
    match rules.rotation(&profile.id, day) {
        Some(part) => format!("Amazon {} {part}", profile.country),
        None => format!("Amazon {}", profile.country),
    }
}

/// The external id of a shared customer.
pub fn shared_external_id(name: &str) -> ExternalId {
    ExternalId::customer(&name.replace(' ', "-"))
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
        .fold(String::new(), |text, byte| text + &format!("{byte:02X}"))
}

/// Whether each buyer has a customer of his own.
pub fn per_buyer(rules: &Rules, profile: &Profile, channel: Channel) -> bool {
    channel == Channel::Mfn && rules.says(&profile.id, "customer.mfn.mode", "per_buyer")
}

impl Rules {
    /// The customer of an order, or the question which.
    pub fn customer_for(&self, order: &Order, profile: &Profile, asked: Asked<'_>) -> Result<Customer, Box<Problem>> {
        match buyer_external_id(order) {
            Some(name) if per_buyer(self, profile, asked.channel) => self.buyer(order, profile, name, asked),
            // Without an address there is no telling buyers apart: the shared customer stands in (CMN-41).
            _ => Ok(self.shared_customer(profile, asked)),
        }
    }

    /// The shared customer: the one that the seller chose, the one with the computed name, or a new one.
    pub fn shared_customer(&self, profile: &Profile, asked: Asked<'_>) -> Customer {
        let option = format!("customer.{}.default", asked.channel.as_str());
        if let Some(id) = self.record(&profile.id, &option) {
            return Customer::known(&id);
        }
        let name = shared_name(self, profile, asked.day);
        let external_id = shared_external_id(&name);
        let by_hand = || {
            asked
                .found
                .iter()
                .find(|one| one.shared_name.as_deref() == Some(name.as_str()) && !one.inactive)
        };
        if let Some(known) = by_name(asked.found, &external_id).or_else(by_hand) {
            return Customer::known(&known.id);
        }
        let title = Text::new("step-create-customer").with("customer", name.as_str());
        self.new_customer(profile, asked, external_id, Name::Company(name), None, title)
    }

    fn buyer(
        &self,
        order: &Order,
        profile: &Profile,
        name: ExternalId,
        asked: Asked<'_>,
    ) -> Result<Customer, Box<Problem>> {
        if let Some(known) = by_name(asked.found, &name) {
            return Ok(Customer::known(&known.id));
        }
        let email = order
            .buyer
            .email
            .as_ref()
            .map(|email| email.reveal().clone())
            .unwrap_or_default();
        if self.says(&profile.id, "customer.match", "email") {
            let hash = email_hash(&email);
            let same: Vec<_> = asked
                .found
                .iter()
                .filter(|one| one.email_hash.as_deref() == Some(hash.as_str()))
                .collect();
            match same.as_slice() {
                [] => (),
                [one] => return Ok(Customer::known(&one.id)),
                many => return Err(ambiguous(order, &profile.id, many.len())),
            }
        }
        let title = Text::new("step-create-buyer").with("order", order.id.as_str());
        Ok(self.new_customer(profile, asked, name, buyer_name(order), Some(email), title))
    }

    fn new_customer(
        &self,
        profile: &Profile,
        asked: Asked<'_>,
        external_id: ExternalId,
        name: Name,
        email: Option<String>,
        title: Text,
    ) -> Customer {
        let customer = netsuite::Customer {
            external_id: external_id.clone(),
            entity_id: None,
            name,
            email,
            phone: None,
            subsidiary: self.record(&profile.id, "subsidiary"),
            currency: asked.currency.cloned(),
            currencies: Vec::new(),
            more: Vec::new(),
        };
        let step = Step {
            name: external_id.as_str().to_owned(),
            title,
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: Some(LinkTo {
                kind: "buyer".into(),
                key: external_id.as_str().to_owned(),
            }),
            write: Write::NetSuite(customer.create()),
        };
        Customer {
            target: Target::Named(external_id),
            create: Some(step),
        }
    }
}

/// A business buyer goes by the company's name, everybody else by first and last name, split at the last space (CUS-02).
fn buyer_name(order: &Order) -> Name {
    let company = order
        .buyer
        .company
        .as_ref()
        .map(|name| name.reveal().trim().to_owned())
        .filter(|name| !name.is_empty());
    if let Some(company) = company {
        return Name::Company(company);
    }
    let recipient = order.address.as_ref().and_then(|address| address.name.as_ref());
    let name = recipient
        .or(order.buyer.name.as_ref())
        .map(|name| name.reveal().trim().to_owned())
        .unwrap_or_default();
    match name.rsplit_once(' ') {
        Some((first, last)) => Name::Person {
            first: first.trim().to_owned(),
            last: last.to_owned(),
        },
        None if name.is_empty() => Name::Person {
            first: "Amazon".into(),
            last: format!("Buyer {}", order.id),
        },
        None => Name::Person {
            first: "Amazon".into(),
            last: name,
        },
    }
}

fn by_name<'a>(found: &'a [CustomerFound], name: &ExternalId) -> Option<&'a CustomerFound> {
    found
        .iter()
        .find(|one| one.external_id.as_deref() == Some(name.as_str()) && !one.inactive)
}

fn ambiguous(order: &Order, marketplace: &str, count: usize) -> Box<Problem> {
    Box::new(Problem {
        code: "CUSTOMER_AMBIGUOUS".into(),
        cause: format!("CUSTOMER_AMBIGUOUS:{}", order.id),
        what: Text::new("problem-customer-ambiguous")
            .with("order", order.id.as_str())
            .with("count", count),
        why: Text::new("problem-customer-ambiguous-why"),
        about: vec![
            ("order".into(), order.id.clone()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: order.grand_total,
        remedies: vec![
            Remedy::SetOption {
                option: "customer.mfn.default".into(),
                marketplace: Some(marketplace.into()),
            },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    })
}
