//! What rows may read of an order: plain values under plain names, with every name always there. No buyer data: a mapped
//! field would carry it past the masks of journal and trail (CMN-40).

use amazon::Order;
use amazon::orders::{FulfilledBy, Item, Program};
use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::rules::{Channel, Profile, Rules};

/// The order as rows read it; `day` is the day that its record is dated.
pub fn of(order: &Order, channel: Channel, day: NaiveDate, profile: &Profile) -> Value {
    let address = order.address.as_ref();
    let date = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| profile.day(at).to_string());
    let promotions: Vec<&str> = order
        .items
        .iter()
        .flat_map(|item| &item.promotion_ids)
        .map(String::as_str)
        .collect();
    json!({
        "id": order.id,
        "seller_order_id": order.seller_order_id,
        "purchase_order": order.buyer.purchase_order,
        "channel": channel.as_str(),
        "marketplace": order.marketplace_name,
        "country": profile.country,
        "currency": order.currency().unwrap_or(profile.currency).code(),
        "total": order.grand_total.map(|total| total.amount.to_string()),
        "ordered_on": profile.day(order.created).to_string(),
        "booked_on": day.to_string(),
        "service_level": order.service_level,
        "ship_by": date(order.ship_by.latest),
        "deliver_by": date(order.deliver_by.latest),
        "is_prime": order.has(&Program::Prime),
        "is_business": order.has(&Program::AmazonBusiness),
        "is_replacement": order.replaces().is_some(),
        "replaces": order.replaces(),
        "promotion_ids": promotions,
        "payment_methods": order.payment_methods,
        "ship_city": address.and_then(|address| address.city.as_deref()),
        "ship_state": address.and_then(|address| address.state.as_deref()),
        "ship_country": address.and_then(|address| address.country.as_deref()),
    })
}

/// A line as rows read it: what kind of line it is and, where it belongs to one, the order's item.
pub fn of_line(kind: &str, item: Option<&Item>) -> Value {
    json!({
        "kind": kind,
        "sku": item.and_then(|item| item.sku.as_deref()),
        "asin": item.and_then(|item| item.asin.as_deref()),
        "title": item.and_then(|item| item.title.as_deref()),
        "order_item_id": item.map(|item| item.id.as_str()),
        "quantity": item.map(|item| item.quantity),
        "promotion_ids": item.map(|item| item.promotion_ids.clone()).unwrap_or_default(),
        "ioss_number": item.and_then(|item| item.ioss_number.as_deref()),
    })
}

/// The names that an order has, with nothing under them: for a record that belongs to no single one.
pub fn none(like: &Order, profile: &Profile) -> Value {
    let mut values = of(like, Channel::Mfn, profile.day(like.created), profile);
    if let Some(names) = values.as_object_mut() {
        for value in names.values_mut() {
            *value = Value::Null;
        }
    }
    values
}

/// How an order leaves.
pub fn channel(order: &Order) -> Channel {
    match order.fulfilled_by {
        Some(FulfilledBy::Amazon) => Channel::Fba,
        _ => Channel::Mfn,
    }
}

/// An order that was kept as evidence, and its marketplace.
pub fn kept<'a>(evidence: &Value, rules: &'a Rules) -> Option<(Order, &'a Profile)> {
    let order: Order = serde_json::from_value(evidence.get("order")?.clone()).ok()?;
    let profile = rules.marketplaces.get(order.marketplace_id.as_deref()?)?;
    Some((order, profile))
}

/// A marketplace for the values of a typical record.
pub fn typical_profile(order: &Order) -> Profile {
    Profile {
        id: order.marketplace_id.clone().unwrap_or_default(),
        country: "DE".to_owned(),
        account: String::new(),
        currency: domain::Currency::EUR,
        zone: chrono_tz::Europe::Berlin,
        settlement_name: "Amazon.de".to_owned(),
        tax_inclusive: true,
        go_live: None,
    }
}
