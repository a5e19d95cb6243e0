//! Orders shipped by Amazon, Amazon to NetSuite.
//!
//! Every order that Amazon has shipped becomes one invoice (or cash sale, or sales order with its fulfilment), dated on
//! the business day of the first shipment; by choice, each shipment becomes a bill of its own day. Until everything has
//! left, there is nothing to book.

use amazon::Order;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{ExternalId, Text};
use netsuite::{RecordId, Target};
use rust_decimal::Decimal;
use wire::Failure;

use super::apart::{self, Becoming, becoming};
use super::draft::draft;
use super::facts;
use super::fulfilment_lines::of_draft;
use super::guard::{self, guard};
use super::look::look;
use super::record::Becomes;
use super::sample;
use super::seen::{Seen, Subject};
use super::shipped::fulfilment;
use super::standing::{Case, importable, settled, since_go_live, worth_importing};
use super::verdicts::{counted_twice, not_deleted, posting_date, unreadable};
use crate::entry::Judged;
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Reads, Route, Step, Window, Write, wait};
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
        after: &["fba-customers", "fba-shipments"],
        options: &[
            "customer.fba.default",
            "customer.per_subsidiary",
            "subsidiary",
            "location.fba",
            "department",
            "class",
            "match.field",
            "match.by_asin",
            "orders.placeholder_item",
            "orders.filter",
            "orders.days_back",
            "orders.fba.import_as",
            "orders.fba.invoice_per_shipment",
            "payment.partial_fba_days",
            "orders.replacement_billing",
            "closed_period",
            "orders.discount_mode",
            "orders.item_discount_item",
            "orders.shipping_item",
            "orders.shipping_discount_item",
            "orders.giftwrap_item",
            "orders.other_charge_item",
            "orders.merge_shipping",
            "orders.total_tolerance",
            "orders.custom_fields",
            "orders.guard_mismatch_percent",
            "tax.mode",
            "tax.item",
            "tax.type",
            "tax.default_code",
            "tax.rate",
            "tax.prices_include",
            "tax.liability_default",
            "tax.ship_from",
            "flow.fba-orders.test",
            "flow.test_records",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Subject>, Failure> {
        look(reads, window, rules, Channel::Fba, Self::decide).await
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

    fn guard(judged: &mut [Judged], rules: &Rules) {
        guard(judged, rules);
    }

    fn mismatch_percent(rules: &Rules) -> Option<Decimal> {
        guard::mismatch_percent(rules)
    }

    fn sample() -> Subject {
        Subject::Order(sample::order(Channel::Fba))
    }
}

fn decide(seen: &Seen, rules: &Rules) -> Decision {
    let order = &seen.order;
    let profile = importable(order, rules)?;
    let case = Case {
        seen,
        channel: Channel::Fba,
        day: shipped_on(order, seen.reported(), seen.shipped, profile),
        rules,
        profile,
        part: None,
    };
    match becoming(&case, becomes(order, rules, profile)) {
        Becoming::Whole => one_record(&case),
        Becoming::Apart => apart::decide(&case, one_record),
        Becoming::NotReported => {
            since_go_live(order, profile).and_then(|()| wait(Text::new("reason-shipments-not-reported")))
        }
    }
}

/// The record of an order, or of one of its shipments.
fn one_record(case: &Case<'_>) -> Decision {
    let Case { rules, profile, .. } = *case;
    let order = &case.seen.order;
    if let Some(verdict) = settled(case) {
        return verdict;
    }
    worth_importing(order, profile)?;
    not_deleted(case)?;
    counted_twice(case)?;
    let becomes = becomes(order, rules, profile);
    let day = posting_date(case)?;
    let draft = draft(case, day)?;
    let mut steps = draft.steps(becomes)?;
    if let (Becomes::SalesOrder, Some(location)) = (becomes, steps.last().and_then(location)) {
        let of = Target::Named(ExternalId::sales_order(&order.id));
        let goods = of_draft(case, &draft.lines.lines);
        steps.push(fulfilment(case, of, day, location, Vec::new(), &goods)?);
    }
    Ok(steps)
}

/// Where the goods of an order's record are, whether a setting or a mapping says so.
fn location(made: &Step) -> Option<RecordId> {
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &made.write else {
        return None;
    };
    body["location"]["id"].as_str().map(|id| RecordId(id.to_owned()))
}

/// The day that the first parcel left, best source first (ORD-06): Amazon's report of shipments, the order's own parcels,
/// the moment of the change to *shipped*, which what changes the order later does not move. The promised date is never
/// taken.
pub(super) fn shipped_on(
    order: &Order,
    reported: Option<DateTime<Utc>>,
    shipped: Option<DateTime<Utc>>,
    profile: &Profile,
) -> NaiveDate {
    let parcels = || order.packages.iter().filter_map(|package| package.shipped).min();
    profile.day(reported.or_else(parcels).or(shipped).unwrap_or(order.updated))
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
