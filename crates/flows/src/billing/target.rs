//! What rows may fill of a bill, and read of it. What is billed, amounts, tax and customer are the order's (BIL-03).

use ::mapping::{Place, fields};
use chrono::NaiveDate;
use netsuite::BillKind;
use serde_json::{Value, json};

use super::bills::{dated, kind};
use super::lines;
use super::sample;
use super::seen::Billable;
use crate::rules::{Profile, Rules};
use crate::targets::{BuiltIn, Kept, Part, Target, order};

/// Bills.
pub static BILLS: Target = Target {
    form: "billing",
    title: "flow-billing",
    flows: &["billing"],
    records: &["invoice", "cashSale"],
    fact: "mapping:billing",
    fields: &fields::BILL,
    built_in: &[(Place::Body, "memo", BuiltIn::Text("Amazon {order.id}"))],
    paths,
    kept,
    fit: None,
};

/// The plain values of a bill; `fulfilment` is the one that it bills, where it is a part of its order.
pub fn source(seen: &Billable, kind: &BillKind, date: NaiveDate, fulfilment: Option<&str>, profile: &Profile) -> Value {
    let (kind, due) = match kind {
        BillKind::Invoice { due } => ("invoice", Some(due.to_string())),
        BillKind::CashSale { .. } => ("cash_sale", None),
    };
    json!({
        "order": order::of(&seen.order, order::channel(&seen.order), date, profile),
        "bill": {
            "kind": kind,
            "date": date.to_string(),
            "due_on": due,
            "is_part": fulfilment.is_some(),
            "fulfilment": fulfilment,
            "sales_order": seen.document.number,
            "payment_method": seen.payment_method.as_ref().map(|id| id.0.as_str()),
        },
    })
}

fn paths() -> Value {
    let seen = sample::billable();
    let profile = order::typical_profile(&seen.order);
    let date = profile.day(seen.order.created);
    let mut values = source(&seen, &BillKind::Invoice { due: date }, date, None, &profile);
    values["line"] = order::of_line("item", seen.order.items.first());
    values
}

/// The bill of a whole order and its lines, as it would be made now.
fn kept(evidence: &Value, rules: &Rules) -> Option<Kept> {
    let seen: Billable = serde_json::from_value(evidence.clone()).ok()?;
    let profile = rules.marketplaces.get(seen.order.marketplace_id.as_deref()?)?;
    let date = dated(&seen, seen.left.first().map(|left| left.date), rules, profile);
    let kind = kind(&seen, date, rules, profile).ok()?;
    let head = source(&seen, &kind, date, None, profile);
    let lines = lines::of(&seen, rules, profile);
    let of_lines = lines.iter().filter(|line| !line.closed).map(|line| {
        let mut source = head.clone();
        source["line"] = line.source();
        Part {
            place: Place::Line,
            label: Some(line.label()),
            source,
        }
    });
    let body = Part {
        place: Place::Body,
        label: None,
        source: head.clone(),
    };
    Some(Kept {
        marketplace: profile.id.clone(),
        parts: std::iter::once(body).chain(of_lines).collect(),
    })
}
