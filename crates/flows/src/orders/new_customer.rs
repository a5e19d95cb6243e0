//! A customer that NetSuite does not have yet, as the first step of what needs it (CUS-02): its name, what the
//! marketplace's profile says of it, and what the seller's own mapping fills.

use amazon::Order;
use domain::{ExternalId, Text};
use netsuite::RecordId;
use netsuite::customer::Name;
use serde_json::Value;

use super::customer_target::{self, Who};
use super::customers::{Asked, Customer, in_subsidiary};
use crate::flow::{LinkTo, Problem, Step, Write};
use crate::rules::mapping::reference;
use crate::rules::{Profile, Rules};
use crate::targets::onto;

/// Letters of a buyer's name in NetSuite's list, which takes 83 in all.
const LISTED: usize = 70;

/// Who it is, to NetSuite and to people.
struct New {
    external_id: ExternalId,
    entity_id: Option<String>,
    name: Name,
    email: Option<String>,
    title: Text,
}

impl Rules {
    /// The customer that many orders share, under its computed name.
    pub(super) fn new_shared(
        &self,
        name: &str,
        external_id: ExternalId,
        profile: &Profile,
        asked: Asked<'_>,
    ) -> Result<Customer, Vec<Problem>> {
        let new = New {
            external_id,
            entity_id: None,
            name: Name::Company(name.to_owned()),
            email: None,
            title: Text::new("step-create-customer").with("customer", name),
        };
        self.new_customer(new, &Who::Shared(name), profile, asked)
    }

    /// The customer that is one buyer's own, or the one that is in a subsidiary where each has customers of its own.
    pub(super) fn new_buyer(
        &self,
        order: &Order,
        external_id: ExternalId,
        subsidiary: Option<&RecordId>,
        profile: &Profile,
        asked: Asked<'_>,
    ) -> Result<Customer, Vec<Problem>> {
        let name = buyer_name(order);
        let who = Who::Buyer(order, asked.day, matches!(name, Name::Company(_)));
        let email = order.buyer.email.as_ref().map(|email| email.reveal().clone());
        let listed = listed_as(&name, &external_id);
        let new = New {
            entity_id: Some(subsidiary.map_or_else(|| listed.clone(), |subsidiary| in_subsidiary(&listed, subsidiary))),
            external_id,
            name,
            email: Some(email.unwrap_or_default()),
            title: Text::new("step-create-buyer").with("order", order.id.as_str()),
        };
        self.new_customer(new, &who, profile, asked)
    }

    fn new_customer(
        &self,
        new: New,
        who: &Who<'_>,
        profile: &Profile,
        asked: Asked<'_>,
    ) -> Result<Customer, Vec<Problem>> {
        let source = || customer_target::source(who, asked.channel, profile);
        let given = customer_target::of(asked.channel).body(self, profile, source)?;
        let customer = netsuite::Customer {
            external_id: new.external_id.clone(),
            entity_id: new.entity_id,
            name: new.name,
            email: new.email,
            phone: None,
            subsidiary: self.record(&profile.id, "subsidiary"),
            currency: asked.currency.cloned(),
            currencies: Vec::new(),
            more: self.profile_of_customers(&profile.id),
        };
        let step = Step {
            name: new.external_id.as_str().to_owned(),
            title: new.title,
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: Some(LinkTo {
                kind: "buyer".into(),
                key: new.external_id.as_str().to_owned(),
            }),
            write: Write::NetSuite(onto(customer.create(), &given)),
        };
        Ok(Customer::made_by(new.external_id, step))
    }

    /// What the marketplace's profile says of new customers (CUS-02).
    fn profile_of_customers(&self, marketplace: &str) -> Vec<(String, Value)> {
        let fields = [
            ("category", "customer.category"),
            ("priceLevel", "customer.price_level"),
            ("terms", "customer.terms"),
        ];
        let chosen = |(field, option): (&str, &str)| {
            let record = self.record(marketplace, option)?;
            Some((field.to_owned(), reference(record)))
        };
        fields.into_iter().filter_map(chosen).collect()
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

/// What NetSuite lists a buyer as: it takes no two customers of one name, and namesakes are told apart by a few letters
/// of the buyer's key (netsuite.md §4.8).
fn listed_as(name: &Name, external_id: &ExternalId) -> String {
    let told = match name {
        Name::Company(name) => name.clone(),
        Name::Person { first, last } => format!("{first} {last}"),
    };
    let (_, key) = external_id.as_str().split_at("AZN-CUST-".len());
    let key: String = key.chars().take(8).collect();
    let told: String = told.chars().take(LISTED).collect();
    format!("{} {key}", told.trim())
}
