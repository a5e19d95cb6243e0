//! Merchant-fulfilled orders, Amazon to NetSuite.
//!
//! Every order that the seller ships becomes exactly one sales order, saved under Amazon's own order number so that
//! saving it twice cannot make two. Orders wait while Amazon verifies the payment, because prices and address are not
//! given before. An order that a clerk entered by hand is linked, not repeated.

use amazon::OrderStatus;
use domain::Text;
use wire::Failure;

use super::facts;
use super::look::look;
use super::record::{Becomes, draft};
use super::sample;
use super::seen::{Existing, Seen, Subject};
use super::verdicts::{already_there, by_hand, cancelled, importable, several_by_hand, unreadable, worth_importing};
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Reads, Route, Window, skip, wait};
use crate::rules::{Channel, Rules};

/// Merchant-fulfilled orders.
pub struct MfnOrders;

impl Flow for MfnOrders {
    type Subject = Subject;

    const CARD: Card = Card {
        id: "mfn-orders",
        title: "flow-mfn-orders",
        promise: "flow-mfn-orders-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Orders,
        every_minutes: 15,
        needs: super::NEEDS,
        after: &["mfn-customers"],
        options: &[
            "customer.mfn.mode",
            "customer.mfn.default",
            "location.mfn",
            "orders.mfn.status",
            "orders.ship_method_default",
            "orders.discount_mode",
            "orders.item_discount_item",
            "orders.shipping_mode",
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
        look(reads, window, rules, Channel::Mfn).await
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
        facts::of(seen, Channel::Mfn, rules)
    }

    fn sample() -> Subject {
        Subject::Order(sample::order(Channel::Mfn))
    }
}

fn decide(seen: &Seen, rules: &Rules) -> Decision {
    use OrderStatus::{
        Cancelled, InvoiceUnconfirmed, Other, PartiallyShipped, Pending, PendingAvailability, Shipped, Unfulfillable,
        Unshipped,
    };
    let order = &seen.order;
    let profile = importable(order, rules)?;
    let day = profile.day(order.created);
    match (&order.status, seen.existing(rules)) {
        (Cancelled, existing) => return cancelled(order, &existing, profile),
        (_, Existing::Ours(record)) => return already_there(seen, record, rules, profile),
        (_, Existing::ByHand(record)) => return by_hand(seen, record, Channel::Mfn, day, rules, profile),
        (_, Existing::Several(records)) => return several_by_hand(order, &records, profile),
        (Pending, Existing::Nothing) => return wait(Text::new("reason-payment-being-verified")),
        (PendingAvailability, Existing::Nothing) => return wait(Text::new("reason-not-released-yet")),
        (InvoiceUnconfirmed, Existing::Nothing) => return wait(Text::new("reason-invoice-unconfirmed")),
        (Unfulfillable, Existing::Nothing) => return skip(Text::new("reason-unfulfillable")),
        (Other(word), Existing::Nothing) => {
            return wait(Text::new("reason-unknown-status").with("status", word.as_str()));
        }
        (Unshipped | PartiallyShipped | Shipped, Existing::Nothing) => (),
    }
    worth_importing(order, profile)?;
    draft(seen, Channel::Mfn, day, rules, profile)?.steps(Becomes::SalesOrder)
}
