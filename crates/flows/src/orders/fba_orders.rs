//! Orders shipped by Amazon, Amazon to NetSuite.
//!
//! Every order that Amazon has shipped becomes one invoice (or cash sale, or sales order with its fulfilment), dated on
//! the business day of the shipment. Until everything has left, there is nothing to book.

use amazon::{Order, OrderStatus};
use chrono::NaiveDate;
use domain::{ExternalId, Text};
use netsuite::{ItemFulfilment, RecordId, Target};
use wire::Failure;

use super::facts;
use super::look::look;
use super::record::{Becomes, draft};
use super::sample;
use super::seen::{Existing, Seen, Subject};
use super::verdicts::{
    already_there, by_hand, cancelled, importable, posting_date, several_by_hand, unreadable, worth_importing,
};
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Reads, Route, Step, Window, Write, skip, wait};
use crate::rules::{Channel, Profile, Rules};

/// Orders shipped by Amazon.
pub struct FbaOrders;

impl Flow for FbaOrders {
    type Subject = Subject;

    const CARD: Card = Card {
        id: "fba-orders",
        title: "flow-fba-orders",
        promise: "flow-fba-orders-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Orders,
        every_minutes: 30,
        needs: super::NEEDS,
        after: &["fba-customers"],
        options: &[
            "customer.fba.default",
            "location.fba",
            "orders.fba.import_as",
            "orders.replacement_billing",
            "closed_period",
            "orders.discount_mode",
            "orders.item_discount_item",
            "orders.shipping_item",
            "orders.shipping_discount_item",
            "orders.giftwrap_item",
            "orders.merge_shipping",
            "orders.total_tolerance",
            "tax.mode",
            "tax.item",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Subject>, Failure> {
        look(reads, window, rules, Channel::Fba).await
    }

    fn key(seen: &Subject) -> Key {
        facts::key(seen)
    }

    fn decide(seen: &Subject, rules: &Rules) -> Decision {
        match seen {
            Subject::Unreadable { order, what } => unreadable(order, what),
            Subject::Order(seen) => decide(seen, rules),
        }
    }

    fn facts(seen: &Subject, rules: &Rules) -> Vec<Fact> {
        facts::of(seen, Channel::Fba, rules)
    }

    fn sample() -> Subject {
        Subject::Order(sample::order(Channel::Fba))
    }
}

fn decide(seen: &Seen, rules: &Rules) -> Decision {
    use OrderStatus::{
        Cancelled, InvoiceUnconfirmed, Other, PartiallyShipped, Pending, PendingAvailability, Shipped, Unfulfillable,
        Unshipped,
    };
    let order = &seen.order;
    let profile = importable(order, rules)?;
    let day = shipped_on(order, profile);
    match (&order.status, seen.existing(rules)) {
        (Cancelled, existing) => return cancelled(order, &existing, profile),
        (_, Existing::Ours(record)) => return already_there(seen, record, rules, profile),
        (_, Existing::ByHand(record)) => return by_hand(seen, record, Channel::Fba, day, rules, profile),
        (_, Existing::Several(records)) => return several_by_hand(order, &records, profile),
        (Pending, Existing::Nothing) => return wait(Text::new("reason-payment-being-verified")),
        (PendingAvailability, Existing::Nothing) => return wait(Text::new("reason-not-released-yet")),
        (InvoiceUnconfirmed, Existing::Nothing) => return wait(Text::new("reason-invoice-unconfirmed")),
        (Unshipped | PartiallyShipped, Existing::Nothing) => return wait(Text::new("reason-amazon-ships-yet")),
        (Unfulfillable, Existing::Nothing) => return skip(Text::new("reason-unfulfillable")),
        (Other(word), Existing::Nothing) => {
            return wait(Text::new("reason-unknown-status").with("status", word.as_str()));
        }
        (Shipped, Existing::Nothing) => (),
    }
    worth_importing(order, profile)?;
    let becomes = becomes(order, rules, profile);
    let day = posting_date(seen, day, rules, profile)?;
    let mut steps = draft(seen, Channel::Fba, day, rules, profile)?.steps(becomes)?;
    if let (Becomes::SalesOrder, Some(location)) = (becomes, rules.record(&profile.id, "location.fba")) {
        steps.push(fulfilment(order, day, location));
    }
    Ok(steps)
}

/// Amazon gives no packages for what it ships itself: the moment of the change to *shipped* is the best there is.
/// The promised date is never taken (ORD-06).
pub(super) fn shipped_on(order: &Order, profile: &Profile) -> NaiveDate {
    let left = order.packages.iter().filter_map(|package| package.shipped).min();
    profile.day(left.unwrap_or(order.updated))
}

/// A free replacement moves stock but earns nothing: it is an order that ships, and is billed only by choice (§3.5).
fn becomes(order: &Order, rules: &Rules, profile: &Profile) -> Becomes {
    let free = order.replaces().is_some() && order.grand_total.is_none_or(|total| total.is_zero());
    if free && rules.says(&profile.id, "orders.replacement_billing", "skip") {
        return Becomes::SalesOrder;
    }
    match rules.option(&profile.id, "orders.fba.import_as") {
        Some("cash_sale") => Becomes::CashSale,
        Some("sales_order") => Becomes::SalesOrder,
        _ => Becomes::Invoice,
    }
}

fn fulfilment(order: &Order, day: NaiveDate, location: RecordId) -> Step {
    let sales_order = ExternalId::sales_order(&order.id);
    let fulfilment = ItemFulfilment {
        external_id: ExternalId::fulfilment(&order.id, 1),
        order: Target::Named(sales_order.clone()),
        location,
        date: day,
        lines: Vec::new(),
        packages: Vec::new(),
        memo: Some(format!("Amazon {}", order.id)),
        more: Vec::new(),
    };
    Step {
        name: fulfilment.external_id.as_str().to_owned(),
        title: Text::new("step-create-fulfilment").with("order", order.id.as_str()),
        needs: vec![sales_order],
        expect: None,
        hold: None,
        link: None,
        write: Write::NetSuite(fulfilment.transform()),
    }
}
