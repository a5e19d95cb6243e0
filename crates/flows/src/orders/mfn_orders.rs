//! Merchant-fulfilled orders, Amazon to NetSuite.
//!
//! Every order that the seller ships becomes exactly one sales order, saved under Amazon's own order number so that
//! saving it twice cannot make two. Orders wait while Amazon verifies the payment, because prices and address are not
//! given before. An order that a clerk entered by hand is linked, not repeated.

use rust_decimal::Decimal;
use wire::Failure;

use super::draft::draft;
use super::facts;
use super::fulfilment_lines::of_draft;
use super::guard::{self, guard};
use super::look::look;
use super::record::Becomes;
use super::sample;
use super::seen::{Seen, Subject};
use super::shipped::labelled_at_amazon;
use super::standing::{Case, importable, settled, worth_importing};
use super::verdicts::{not_deleted, unreadable};
use crate::entry::Judged;
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Reads, Route, Window};
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
            "customer.match",
            "customer.update",
            "customer.category",
            "customer.price_level",
            "customer.terms",
            "customer.per_subsidiary",
            "subsidiary",
            "location.mfn",
            "department",
            "class",
            "match.field",
            "match.by_asin",
            "orders.placeholder_item",
            "orders.filter",
            "orders.days_back",
            "orders.mfn.cancelled",
            "orders.mfn.status",
            "orders.ship_method_default",
            "orders.discount_mode",
            "orders.item_discount_item",
            "orders.shipping_mode",
            "orders.shipping_item",
            "orders.shipping_discount_item",
            "orders.giftwrap_item",
            "orders.other_charge_item",
            "orders.merge_shipping",
            "orders.total_tolerance",
            "orders.custom_fields",
            "orders.cancel_action",
            "orders.adopt_amazon_shipment",
            "orders.sfp.fulfilment_source",
            "orders.guard_mismatch_percent",
            "tax.mode",
            "tax.item",
            "tax.type",
            "tax.default_code",
            "tax.rate",
            "tax.prices_include",
            "tax.liability_default",
            "tax.ship_from",
            "flow.mfn-orders.test",
            "flow.test_records",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Subject>, Failure> {
        look(reads, window, rules, Channel::Mfn, Self::decide).await
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

    fn guard(judged: &mut [Judged], rules: &Rules) {
        guard(judged, rules);
    }

    fn mismatch_percent(rules: &Rules) -> Option<Decimal> {
        guard::mismatch_percent(rules)
    }

    fn sample() -> Subject {
        Subject::Order(sample::order(Channel::Mfn))
    }
}

fn decide(seen: &Seen, rules: &Rules) -> Decision {
    let order = &seen.order;
    let profile = importable(order, rules)?;
    let case = Case {
        seen,
        channel: Channel::Mfn,
        day: profile.day(order.created),
        rules,
        profile,
        part: None,
    };
    if let Some(verdict) = settled(&case) {
        return verdict;
    }
    worth_importing(order, profile)?;
    not_deleted(&case)?;
    let draft = draft(&case, case.day)?;
    let mut steps = draft.steps(Becomes::SalesOrder)?;
    steps.extend(labelled_at_amazon(&case, &of_draft(&case, &draft.lines.lines))?);
    Ok(steps)
}
