//! What lists and searches may show of an order. Never buyer data.

use amazon::Order;
use domain::text::Arg;

use super::seen::{Existing, Subject};
use crate::flow::{Fact, Key};
use crate::rules::{Channel, Rules};

/// Amazon's order number.
pub fn key(seen: &Subject) -> Key {
    match seen {
        Subject::Order(seen) => Key(seen.order.id.clone()),
        Subject::Unreadable { order, .. } => Key(order.clone()),
    }
}

/// The facts of an order.
pub fn of(seen: &Subject, channel: Channel, rules: &Rules) -> Vec<Fact> {
    let Subject::Order(seen) = seen else {
        return vec![fact("channel", channel.as_str())];
    };
    let order = &seen.order;
    let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
    let units: u32 = order.items.iter().map(|item| item.quantity).sum();
    let mut facts = vec![
        fact("marketplace", marketplace),
        fact("channel", channel.as_str()),
        fact("status", order.status.as_str()),
        fact("ordered", order.created),
        fact("date", rules.business_date(marketplace, order.created)),
        fact("items", items(order)),
        fact("units", i64::from(units)),
    ];
    facts.extend(order.grand_total.map(|total| fact("total", total)));
    facts.extend(order.service_level.as_deref().map(|level| fact("service", level)));
    facts.extend(order.ship_by.latest.map(|latest| fact("ship_by", latest)));
    facts.extend(order.replaces().map(|original| fact("replaces", original)));
    if let Existing::Ours(record) | Existing::ByHand(record) = seen.existing(rules) {
        facts.push(fact("document", record.number.as_str()));
    }
    facts
}

fn fact(name: &str, value: impl Into<Arg>) -> Fact {
    Fact {
        name: name.to_owned(),
        value: value.into(),
    }
}

/// `LAMP-OAK × 2, BULB-E27`.
fn items(order: &Order) -> String {
    let one = |item: &amazon::orders::Item| {
        let sku = item.sku.as_deref().or(item.asin.as_deref()).unwrap_or("?");
        if item.quantity == 1 {
            sku.to_owned()
        } else {
            format!("{sku} × {}", item.quantity)
        }
    };
    order.items.iter().map(one).collect::<Vec<_>>().join(", ")
}
