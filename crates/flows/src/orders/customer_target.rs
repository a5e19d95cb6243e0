//! What rows may fill of a new customer, and read of it (flows.md §4). Of a buyer they see the order, never the person;
//! a customer that many orders share belongs to none of them.

use ::mapping::{Place, fields};
use amazon::Order;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::customers::{buyer_external_id, per_buyer};
use super::sample;
use crate::rules::{Channel, Profile, Rules};
use crate::targets::order::{self, kept as kept_order};
use crate::targets::{BuiltIn, Kept, Part, Target};

/// Customers of orders that the seller ships.
pub static MFN: Target = Target {
    form: "mfn-customers",
    title: "flow-mfn-customers",
    flows: &["mfn-customers", "mfn-orders"],
    records: RECORDS,
    fact: "mapping:mfn-customers",
    fields: &fields::CUSTOMER,
    built_in: BUILT_IN,
    paths: || paths(Channel::Mfn),
    kept: |evidence, rules| kept(evidence, Channel::Mfn, rules),
    fit: None,
};

/// Customers of orders shipped by Amazon.
pub static FBA: Target = Target {
    form: "fba-customers",
    title: "flow-fba-customers",
    flows: &["fba-customers", "fba-orders"],
    records: RECORDS,
    fact: "mapping:fba-customers",
    fields: &fields::CUSTOMER,
    built_in: BUILT_IN,
    paths: || paths(Channel::Fba),
    kept: |evidence, rules| kept(evidence, Channel::Fba, rules),
    fit: None,
};

const RECORDS: &[&str] = &["customer"];

const BUILT_IN: &[(Place, &str, BuiltIn)] = &[
    (Place::Body, "subsidiary", BuiltIn::Option("subsidiary")),
    (Place::Body, "category", BuiltIn::Option("customer.category")),
    (Place::Body, "priceLevel", BuiltIn::Option("customer.price_level")),
    (Place::Body, "terms", BuiltIn::Option("customer.terms")),
];

/// The target of a channel's customers.
pub fn of(channel: Channel) -> &'static Target {
    match channel {
        Channel::Mfn => &MFN,
        Channel::Fba => &FBA,
    }
}

/// A customer as rows read it.
pub enum Who<'a> {
    /// Shared by all orders of a marketplace, channel and year, under this name.
    Shared(&'a str),
    /// The buyer of an order of this day, and whether it goes by a company's name.
    Buyer(&'a Order, NaiveDate, bool),
}

/// The plain values of a new customer.
pub fn source(who: &Who<'_>, channel: Channel, profile: &Profile) -> Value {
    let (kind, name, is_company, order) = match who {
        Who::Shared(name) => (
            "shared",
            Some(*name),
            true,
            order::none(&sample::order(channel).order, profile),
        ),
        Who::Buyer(order, day, company) => ("buyer", None, *company, order::of(order, channel, *day, profile)),
    };
    json!({
        "customer": {
            "kind": kind,
            "shared_name": name,
            "is_company": is_company,
            "channel": channel.as_str(),
            "marketplace": profile.settlement_name,
            "country": profile.country,
            "currency": profile.currency.code(),
        },
        "order": order,
    })
}

fn paths(channel: Channel) -> Value {
    let order = sample::order(channel).order;
    let profile = order::typical_profile(&order);
    let mut values = source(&Who::Shared("Amazon DE 2026"), channel, &profile);
    values["order"] = order::of(&order, channel, profile.day(order.created), &profile);
    values
}

/// The shared customer of a customer flow's decision, or the buyer of an order that has one of its own.
fn kept(evidence: &Value, channel: Channel, rules: &Rules) -> Option<Kept> {
    let (profile, source) =
        if let (Some(name), Some(marketplace)) = (evidence["name"].as_str(), evidence["marketplace"].as_str()) {
            let profile = rules.marketplaces.get(marketplace)?;
            (profile, source(&Who::Shared(name), channel, profile))
        } else {
            let (order, profile) = kept_order(evidence, rules)?;
            if !per_buyer(rules, profile, channel) || buyer_external_id(&order).is_none() {
                return None;
            }
            let who = Who::Buyer(&order, profile.day(order.created), order.buyer.company.is_some());
            (profile, source(&who, channel, profile))
        };
    Some(Kept {
        marketplace: profile.id.clone(),
        parts: vec![Part {
            place: Place::Body,
            label: None,
            source,
        }],
    })
}
