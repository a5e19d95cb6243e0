//! What lists and searches may show of an order. Never buyer data.

use amazon::orders::Association;
use amazon::{Order, OrderStatus};
use domain::text::Arg;

use super::apart;
use super::customer_target;
use super::draft::wanted;
use super::fields;
use super::fulfilment_target::FULFILMENTS;
use super::notices;
use super::seen::{Existing, KnownRecord, Seen, Subject};
use super::target;
use crate::flow::{Fact, Key, UNKNOWN_WORD};
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
    let exchanged = order.associated.iter().find(|one| one.how == Association::ExchangeOf);
    facts.extend(exchanged.map(|original| fact("exchanges", original.order_id.as_str())));
    let unknown = order.unknown_words().into_iter();
    facts.extend(unknown.map(|(place, word)| fact(UNKNOWN_WORD, format!("{place}:{word}"))));
    if fields::cancel_requested(order) {
        facts.push(fact("cancel_requested", "buyer"));
    }
    facts.extend(notices::of(seen, channel, rules));
    let stood_in = match seen.existing(rules) {
        Existing::Ours(record) | Existing::ByHand(record) => {
            facts.push(fact("document", documents(seen, record)));
            // What left without NetSuite is fulfilled there now.
            let left = order.status == OrderStatus::Shipped && channel == Channel::Mfn;
            let profile = rules.marketplaces.get(marketplace).filter(|_| left);
            facts.extend(profile.and_then(|profile| FULFILMENTS.version(rules, profile)));
            let mut lines = record.lines.iter();
            lines.any(|line| rules.stands_in(marketplace, &order.id, &line.item))
        }
        // The record that is written now remembers the mapping that it was built with (CMN-30).
        Existing::Nothing => {
            facts.extend(versions(marketplace, channel, rules));
            is_stood_in(seen, marketplace, rules)
        }
        Existing::Several(_) => false,
    };
    // What stands under another item's name is for a person to put right (ITM-05).
    facts.extend(stood_in.then(|| fact("review", "placeholder")));
    facts
}

/// The number of the order's record, or of those of its shipments.
fn documents(seen: &Seen, record: &KnownRecord) -> String {
    let of_shipments: Vec<&str> = apart::records(seen).iter().map(|one| one.number.as_str()).collect();
    if of_shipments.is_empty() {
        record.number.clone()
    } else {
        of_shipments.join(", ")
    }
}

/// Whether a stand-in takes the place of an unknown SKU in the record that is written now.
fn is_stood_in(seen: &Seen, marketplace: &str, rules: &Rules) -> bool {
    let wanted: Vec<_> = seen
        .order
        .items
        .iter()
        .filter(|item| item.quantity > 0)
        .map(wanted)
        .collect();
    let matches = rules.items_for(marketplace, &seen.order.id, &wanted, &seen.items);
    matches.is_ok_and(|matches| matches.iter().any(|one| one.placeholder))
}

/// The versions of everything that may be written for a new order: its record, its customer, its fulfilment.
fn versions(marketplace: &str, channel: Channel, rules: &Rules) -> Vec<Fact> {
    let Some(profile) = rules.marketplaces.get(marketplace) else {
        return Vec::new();
    };
    let targets = [target::of(channel), customer_target::of(channel), &FULFILMENTS];
    let versions = targets.into_iter().filter_map(|target| target.version(rules, profile));
    versions.collect()
}

pub(super) fn fact(name: &str, value: impl Into<Arg>) -> Fact {
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
