//! What rows may fill of an item fulfilment that the product writes itself, and read of it: of orders that Amazon shipped,
//! or that left under Amazon's label (flows.md §3.2, §3.6).

use ::mapping::{Place, fields};
use amazon::{Order, OrderStatus};
use chrono::NaiveDate;
use netsuite::RecordId;
use serde_json::{Value, json};

use super::fba_orders::shipped_on;
use super::sample;
use super::shipped::follows_amazon;
use crate::rules::{Channel, Profile, Rules};
use crate::targets::order::{self, kept as kept_order};
use crate::targets::{BuiltIn, Kept, Part, Target};

/// Item fulfilments.
pub static FULFILMENTS: Target = Target {
    form: "fulfilments",
    title: "mapping-form-fulfilments",
    flows: &["fba-orders", "mfn-orders"],
    records: &["itemFulfillment"],
    fact: "mapping:fulfilments",
    fields: &fields::FULFILMENT,
    built_in: &[(Place::Body, "memo", BuiltIn::Text("Amazon {order.id}"))],
    paths,
    kept,
    fit: None,
};

/// The plain values of a fulfilment.
pub fn source(
    order: &Order,
    channel: Channel,
    day: NaiveDate,
    location: Option<&RecordId>,
    profile: &Profile,
) -> Value {
    let parcels = &order.packages;
    let tracking: Vec<&str> = parcels.iter().filter_map(|parcel| parcel.tracking.as_deref()).collect();
    let carriers: Vec<&str> = parcels.iter().filter_map(|parcel| parcel.carrier.as_deref()).collect();
    json!({
        "order": order::of(order, channel, day, profile),
        "fulfilment": {
            "date": day.to_string(),
            "location": location.map(|id| id.0.as_str()),
            "parcels": parcels.len(),
            "carriers": carriers,
            "tracking": tracking,
        },
    })
}

fn paths() -> Value {
    let order = sample::order(Channel::Fba).order;
    let profile = order::typical_profile(&order);
    let mut values = source(&order, Channel::Fba, profile.day(order.created), None, &profile);
    values["line"] = order::of_line("item", order.items.first());
    values
}

fn kept(evidence: &Value, rules: &Rules) -> Option<Kept> {
    let (order, profile) = kept_order(evidence, rules)?;
    let channel = order::channel(&order);
    let (day, location) = match channel {
        Channel::Fba => (shipped_on(&order, None, None, profile), "location.fba"),
        Channel::Mfn if follows_amazon(&order, rules, profile) => (left_on(&order, profile), "location.mfn"),
        Channel::Mfn => return None,
    };
    if order.status != OrderStatus::Shipped {
        return None;
    }
    let location = rules.record(&profile.id, location);
    let head = source(&order, channel, day, location.as_ref(), profile);
    let sold = order.items.iter().filter(|item| item.quantity > 0);
    let lines = sold.map(|item| {
        let mut source = head.clone();
        source["line"] = order::of_line("item", Some(item));
        Part {
            place: Place::Line,
            label: Some(item.sku.clone().unwrap_or_default()),
            source,
        }
    });
    let body = Part {
        place: Place::Body,
        label: None,
        source: head.clone(),
    };
    Some(Kept {
        marketplace: profile.id.clone(),
        parts: std::iter::once(body).chain(lines).collect(),
    })
}

/// The day that the first parcel of an order left that the seller ships.
pub fn left_on(order: &Order, profile: &Profile) -> NaiveDate {
    let left = order.packages.iter().filter_map(|package| package.shipped).min();
    profile.day(left.unwrap_or(order.updated))
}
