//! What a seller's mapping may read of an order: plain values under plain names, with every name always there. No buyer
//! data: a mapped field would carry it past the masks of journal and trail (CMN-40).

use amazon::Order;
use amazon::orders::{Item, Program};
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::lines::Line;
use crate::rules::{Channel, Profile};

/// The order as mappings read it; `day` is the day that its record is dated.
pub fn of_order(order: &Order, channel: Channel, day: NaiveDate, profile: &Profile) -> Value {
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

/// A line as mappings read it: what kind of line it is and, where it belongs to one, the order's item.
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

/// A planned line as mappings read it.
pub fn of_planned(order: &Order, line: &Line) -> Value {
    of_line(line.kind, line.of.and_then(|index| order.items.get(index)))
}
