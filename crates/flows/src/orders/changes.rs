//! An order that Amazon changed after its import (flows.md §3.6): what was not shipped or billed follows, the rest is
//! shown to a person. What was sent last tells Amazon's changes from those that a person made in NetSuite (CMN-37).

use amazon::OrderStatus;
use domain::{ExternalId, Money, Text};
use netsuite::{RecordType, Target};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::accepted::{accept, is_accepted, state_of_lines};
use super::questions::order_problem;
use super::relined::{self, bodies, has_lines, may_become, relined};
use super::seen::{KnownRecord, RecordLine};
use super::shipped::left_without_netsuite;
use super::standing::{Case, already_there};
use super::wanted::{Wanted, wanted};
use super::written::{Content, Written};
use crate::flow::{Decision, Expect, Problem, Remedy, Step, Write, ask, skip};
use crate::rules::Channel;

/// The order is in NetSuite under our name: nothing to do while both sides agree (ORD-04).
pub fn after_import(of: &Case<'_>, record: &KnownRecord) -> Decision {
    let is_order = record.record == RecordType::SalesOrder;
    let closed = is_order && matches!(record.status.as_str(), "C" | "H");
    let written = of.seen.written.as_ref().filter(|written| written.is_of(record));
    let verdict = match written {
        Some(written) if !closed => compared(of, record, written),
        _ => already_there(of, record),
    };
    let shipped = of.seen.order.status == OrderStatus::Shipped;
    if is_order && record.status == "B" && of.channel == Channel::Mfn && shipped {
        return left_without_netsuite(of, record, written, verdict);
    }
    verdict
}

/// Compares three ways: as the record was left, as NetSuite has it, as Amazon tells it now.
fn compared(of: &Case<'_>, record: &KnownRecord, written: &Written) -> Decision {
    // An order that NetSuite knows is not asked about again: whatever is missing now was there when it was written.
    let Some(wanted) = wanted(of, record, written) else {
        return already_there(of, record);
    };
    let off = |(total, tolerance): &(Money, Decimal)| (total.amount - record.total).abs() > *tolerance;
    let fits = !wanted.total.as_ref().is_some_and(off);
    let changed = wanted.lines != written.last.lines || wanted.shipping != written.last.shipping;
    // What was read back agreed once, and does not any more.
    let edited = written.confirmed && (written.total.as_ref().is_some_and(off) || is_edited(record, written));
    // A person was faster, or made up for what NetSuite had changed.
    if changed && edited && fits && has_lines(record, &wanted.lines) {
        return skip(there(record));
    }
    if edited || changed || wanted.is_unclear {
        if is_accepted(of, record) {
            return head_only(of, record, written, &wanted, false);
        }
        return settle(of, record, written, &wanted, edited);
    }
    if !written.confirmed && !fits || written.total.is_none() && !of.net_fits(record) {
        return already_there(of, record);
    }
    head_only(of, record, written, &wanted, true)
}

/// The lines are not what they must be: they follow Amazon where only Amazon changed what is open, else a person says.
fn settle(of: &Case<'_>, record: &KnownRecord, written: &Written, wanted: &Wanted, edited: bool) -> Decision {
    if edited {
        return edited_by_a_person(of, record, written);
    }
    if wanted.is_unclear {
        let what = "problem-order-changed-since-settings";
        return ask(vec![problem(of, record, "TOTAL_MISMATCH", what)]);
    }
    let after_ship = || {
        let what = "problem-order-changed-after-ship";
        ask(vec![problem(of, record, "ORDER_CHANGED_AFTER_SHIP", what)])
    };
    match relined(record, written, &wanted.lines) {
        Some(lines) if may_become(record, &lines) => {
            Ok(vec![update(of, record, written, wanted, Some(bodies(&lines)))])
        }
        None if is_open(record) => edited_by_a_person(of, record, written),
        Some(_) | None => after_ship(),
    }
}

/// Nothing of it has left or was billed.
fn is_open(record: &KnownRecord) -> bool {
    record.record == RecordType::SalesOrder && matches!(record.status.as_str(), "A" | "B")
}

/// Whether the record's lines are no longer those that were left there. Where NetSuite computes the tax, it may have
/// taken it out of the amounts, and only people can compare.
fn is_edited(record: &KnownRecord, written: &Written) -> bool {
    written.total.is_some() && !record.lines.is_empty() && !has_lines(record, &written.last.lines)
}

/// Shown, and never overwritten unless a person says so about the record as it stands (CMN-37). What left or was billed
/// stays as it is in any case.
fn edited_by_a_person(of: &Case<'_>, record: &KnownRecord, written: &Written) -> Decision {
    let ours = if is_open(record) {
        as_left(record, written)
    } else {
        None
    };
    let state = state_of_lines(record);
    let mut problem = problem(of, record, "NETSUITE_EDITED", "problem-netsuite-edited");
    let Some(lines) = ours else {
        return ask(vec![problem]);
    };
    if of.rules.put_back.get(&of.seen.order.id) == Some(&state) {
        return Ok(vec![put_back(of, record, written, lines, &state)]);
    }
    problem.remedies.insert(1, Remedy::PutBack { state });
    ask(vec![problem])
}

/// The lines as they were left, and nothing on those that a person added; nothing when one of ours is gone.
fn as_left(record: &KnownRecord, written: &Written) -> Option<Vec<Value>> {
    let mut all = bodies(&relined(record, written, &written.last.lines)?);
    let ours: Vec<u64> = all.iter().filter_map(|line| line["line"].as_u64()).collect();
    let added = record.lines.iter().filter(|line| !ours.contains(&u64::from(line.line)));
    // Components of kits stand there for nothing already.
    let added = added.filter(|line| !line.amount.is_zero());
    let nothing =
        |line: &RecordLine| json!({ "line": line.line, "quantity": 0, "rate": 0, "amount": 0, "isClosed": true });
    all.extend(added.map(nothing));
    Some(all)
}

fn put_back(of: &Case<'_>, record: &KnownRecord, written: &Written, lines: Vec<Value>, state: &str) -> Step {
    let order = &of.seen.order;
    Step {
        name: format!("{}-PUT-BACK-{state}", ExternalId::sales_order(&order.id)),
        title: Text::new("step-put-back")
            .with("order", order.id.as_str())
            .with("document", record.number.as_str()),
        write: Write::NetSuite(netsuite::Write::Update {
            record: record.record,
            target: Target::Id(record.id.clone()),
            body: json!({ "item": { "items": lines } }),
        }),
        needs: Vec::new(),
        expect: written
            .total
            .map(|(total, tolerance)| Expect::Total { total, tolerance }),
        hold: None,
        link: None,
    }
}

fn there(record: &KnownRecord) -> Text {
    Text::new("reason-already-there").with("document", record.number.as_str())
}

/// Only the address or the promised days changed, or nothing at all. `as_written`: the lines are the ones that were left
/// there, and not a person's.
fn head_only(of: &Case<'_>, record: &KnownRecord, written: &Written, wanted: &Wanted, as_written: bool) -> Decision {
    let moved = is_moved(&written.last, wanted);
    if moved && !is_open(record) {
        return skip(Text::new("reason-address-changed-after-ship").with("document", record.number.as_str()));
    }
    if !moved && wanted.fields == written.last.fields {
        return skip(there(record));
    }
    let changed_before = written.made.lines != written.last.lines;
    let lines = if changed_before && as_written {
        relined(record, written, &wanted.lines).map(|lines| bodies(&lines))
    } else {
        None
    };
    let mut step = update(of, record, written, wanted, lines);
    if !as_written {
        step.expect = None;
    }
    Ok(vec![step])
}

fn is_moved(before: &Content, wanted: &Wanted) -> bool {
    let now = wanted.address.as_ref().map(|(hash, _)| hash);
    before.address.is_some() && now.is_some() && now != before.address.as_ref()
}

/// Everything that is not as it was made, or was changed before: the body of a change is complete, so that the last one
/// tells how the record was left.
fn update(of: &Case<'_>, record: &KnownRecord, written: &Written, wanted: &Wanted, lines: Option<Vec<Value>>) -> Step {
    let order = &of.seen.order;
    let mut body = Map::new();
    let moved = is_moved(&written.made, wanted) || is_moved(&written.last, wanted);
    if let (true, Some((_, address))) = (moved, &wanted.address) {
        body.insert("shippingAddress".into(), address.clone());
    }
    for (name, value) in &wanted.fields {
        if written.made.fields.get(name) != Some(value) || written.last.fields.get(name) != Some(value) {
            body.insert(name.clone(), value.clone());
        }
    }
    if wanted.shipping != written.made.shipping || wanted.shipping != written.last.shipping {
        let shipping = wanted.shipping.unwrap_or_default();
        body.insert("shippingCost".into(), relined::exact(shipping));
    }
    // The tax of each line is told anew, and NetSuite finds the line by the reference that it was given.
    if let (true, Some(tax)) = (lines.is_some(), &wanted.tax) {
        body.insert("taxDetailsOverride".into(), Value::Bool(true));
        body.insert("taxDetails".into(), tax.clone());
    }
    body.extend(lines.map(|lines| ("item".to_owned(), json!({ "items": lines }))));
    Step {
        name: change_name(&order.id, of.part.map(|part| part.number)),
        title: Text::new("step-change-order")
            .with("order", order.id.as_str())
            .with("document", record.number.as_str()),
        write: Write::NetSuite(netsuite::Write::Update {
            record: record.record,
            target: Target::Id(record.id.clone()),
            body: Value::Object(body),
        }),
        needs: Vec::new(),
        expect: wanted
            .total
            .map(|(total, tolerance)| Expect::Total { total, tolerance }),
        hold: None,
        link: None,
    }
}

/// The name of the step that changes an order's record, or that of one of its shipments: one for each, sent again
/// whenever the change is another.
pub fn change_name(order: &str, shipment: Option<u32>) -> String {
    let of = shipment.map(|number| format!("-{number}")).unwrap_or_default();
    format!("{}{of}-CHANGE", ExternalId::sales_order(order))
}

fn problem(of: &Case<'_>, record: &KnownRecord, code: &str, what: &str) -> Problem {
    let order = &of.seen.order;
    let currency = of.currency();
    let written = of.seen.written.as_ref().and_then(|written| written.total);
    let text = Text::new(what)
        .with("order", order.id.as_str())
        .with("document", record.number.as_str())
        .with("netsuite", Money::new(record.total, currency))
        .with("written", written.map_or(Money::zero(currency), |(total, _)| total))
        .with("amazon", order.grand_total.unwrap_or(Money::zero(currency)));
    let remedies = vec![accept(of, record), Remedy::Retry, Remedy::Exclude];
    order_problem(code, order, text, &format!("{what}-why"), remedies)
}
