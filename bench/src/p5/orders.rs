//! A hundred thousand orders with what they became, for the lists, the search and Home.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{Currency, Money};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::decisions::{self, Decision, State, Verdict};
use store::links::{self, Link};
use store::{Store, Writer};

/// Orders.
pub const ORDERS: usize = 100_000;
/// Orders that are kept in one transaction.
const AT_ONCE: usize = 2_000;

/// Amazon's number of an order.
pub fn number(index: usize) -> String {
    format!("028-{index:07}-{:07}", index * 7_919 % 10_000_000)
}

/// Keeps the orders of a year, the newest today.
pub fn fill(store: &Store, now: DateTime<Utc>) -> anyhow::Result<()> {
    for from in (0..ORDERS).step_by(AT_ONCE) {
        store.write(|db| (from..from + AT_ONCE).try_for_each(|index| order(db, index, now)))?;
    }
    Ok(())
}

fn order(db: &Writer<'_>, index: usize, now: DateTime<Utc>) -> store::Result<()> {
    let minutes = i64::try_from(ORDERS - index).unwrap_or_default() * 5;
    let at = now - TimeDelta::minutes(minutes);
    let flow = if index.is_multiple_of(3) {
        "mfn-orders"
    } else {
        "fba-orders"
    };
    let (status, state) = match index % 100 {
        0 => ("UNSHIPPED", State::NeedsYou),
        1..=2 => ("CANCELLED", State::Ignored),
        3 => ("UNSHIPPED", State::Done),
        _ => ("SHIPPED", State::Done),
    };
    let total = Money::new(Decimal::new(2_990, 2), Currency::USD);
    let fact =
        |name: &str, kind: &str, value: Value| json!({ "name": name, "value": { "kind": kind, "value": value } });
    let decision = Decision {
        id: 0,
        flow: flow.to_owned(),
        account: "na:A1".to_owned(),
        key: number(index),
        run: format!("r{}", index / 500),
        fingerprint: index.to_string(),
        verdict: Verdict::Act,
        reason: None,
        state,
        facts: json!([
            fact("marketplace", "text", super::MARKETPLACE.into()),
            fact("ordered", "instant", json!(at)),
            fact("ship_by", "instant", json!(at + TimeDelta::days(2))),
            fact("total", "money", json!({ "amount": "29.90", "currency": "USD" })),
            fact(
                "channel",
                "text",
                if flow == "mfn-orders" { "mfn" } else { "fba" }.into()
            ),
            fact("status", "text", status.into()),
            fact("items", "text", format!("CANDLE-FIG-{:03}", index % 900).into()),
            fact("units", "count", 1.into()),
        ]),
        // About as much as an order is.
        evidence: json!({ "order": { "id": number(index), "rest": "x".repeat(2_400) } }),
        marketplace: Some(super::MARKETPLACE.to_owned()),
        happened_on: Some(day(at)),
        total: Some(total),
        decided_at: at,
    };
    decisions::insert(db, &decision)?;
    let link = |kind: &str, record: &str, name: &str, document: &str| Link {
        kind: kind.to_owned(),
        key: number(index),
        record: record.to_owned(),
        record_id: format!("{name}{index}"),
        external_id: Some(format!("AZN-{name}-{}", number(index))),
        document: Some(format!("{document}{index:07}")),
        adopted: false,
        total: Some(total),
        linked_at: at,
    };
    links::put(db, &link("order", "salesOrder", "SO", "SO"))?;
    if index.is_multiple_of(20) {
        links::put(db, &link("refund", "creditMemo", "CM", "CM"))?;
    }
    Ok(())
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    at.date_naive()
}
