//! What a person should know about an order without being asked: facts that its page tells in words.

use amazon::Order;
use amazon::orders::OrderStatus;
use domain::Money;
use rust_decimal::Decimal;

use super::facts::fact;
use super::seen::Seen;
use super::{amounts, tax};
use crate::flow::Fact;
use crate::rules::{Channel, Profile, Rules};

/// The notices about an order that has its prices; before that nothing is odd about a missing total.
pub fn of(seen: &Seen, channel: Channel, rules: &Rules) -> Vec<Fact> {
    let order = &seen.order;
    let profile = order.marketplace_id.as_ref().and_then(|id| rules.marketplaces.get(id));
    let (Some(profile), true) = (profile, is_priced(order)) else {
        return Vec::new();
    };
    let mut notices = Vec::new();
    notices.extend(money(seen, rules, profile));
    notices.extend(place(order, channel, profile));
    if seen.withheld.buyer {
        notices.push(fact("notice-buyer-withheld", "PII_UNAVAILABLE"));
    }
    if seen.withheld.tax {
        notices.push(fact("notice-tax-withheld", "PII_UNAVAILABLE"));
    }
    notices
}

fn is_priced(order: &Order) -> bool {
    use OrderStatus::{PartiallyShipped, Shipped, Unshipped};
    matches!(order.status, Unshipped | PartiallyShipped | Shipped)
}

fn money(seen: &Seen, rules: &Rules, profile: &Profile) -> Vec<Fact> {
    let order = &seen.order;
    let currency = order.currency().unwrap_or(profile.currency);
    let told = |name: &str, amount| fact(name, Money::new(amount, currency));
    let mut notices = Vec::new();
    if currency != profile.currency {
        notices.push(fact("notice-unusual-currency", currency.code()));
    }
    let Ok(amounts) = amounts::of_order(order, rules, profile) else {
        return notices;
    };
    let beyond = amounts::beyond_worth(order, &amounts);
    // ORD-10: the rest is reported.
    if !beyond.is_zero() {
        notices.push(told("notice-discount-capped", beyond));
    }
    let placed = tax::place(order, &amounts, rules, &profile.id);
    if order.grand_total.is_none() {
        let net: Decimal = amounts.iter().map(amounts::ItemAmounts::net).sum();
        let sum = net + amounts::tip(order) + beyond + placed.on_lines + placed.own_line.net;
        notices.push(told("notice-total-summed", sum));
    }
    let tolerance = rules.total_tolerance(&profile.id, currency);
    let variance = tax::variance(seen, rules, profile).filter(|variance| variance.abs() > tolerance);
    notices.extend(variance.map(|variance| told("notice-tax-variance", variance)));
    notices
}

/// Where the order goes, as far as its tax depends on it (§3.7, TAX-03).
fn place(order: &Order, channel: Channel, profile: &Profile) -> Option<Fact> {
    let home = super::record::iso_country(&profile.country);
    match (&order.address, channel) {
        (Some(address), _) if address.country.is_none() => Some(fact("notice-country-assumed", home)),
        (None, Channel::Fba) => Some(fact("notice-country-assumed", home)),
        _ => None,
    }
}
