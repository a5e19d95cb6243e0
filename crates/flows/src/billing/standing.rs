//! Whether an order may be billed now, and what is asked before (BIL-01, BIL-05, BIL-06, BIL-08): orders that are not
//! ready, orders that no longer come to what Amazon says, bills that others made, and bills of ours that somebody took
//! away or changed.

use amazon::orders::OrderStatus;
use chrono::Duration;
use domain::{ExternalId, Money, Text};
use netsuite::queries::Known;
use netsuite::{RecordId, RecordType};

use super::seen::Billable;
use crate::flow::{Instead, LinkTo, LocalWrite, Problem, Remedy, Step, Write};
use crate::orders::seen::possible_totals;
use crate::rules::{Profile, Rules, option_missing};

/// A bill that was just made may not be shown by NetSuite's queries yet.
const SHOWN_BY_THEN: Duration = Duration::minutes(15);

/// Orders that are not billed, or not yet (BIL-01, BIL-06).
pub fn may_be_billed(seen: &Billable, rules: &Rules, profile: &Profile) -> Result<(), Instead> {
    let Some(go_live) = profile.go_live else {
        return Err(Instead::Ask {
            problems: vec![option_missing(&profile.id, "go_live")],
        });
    };
    let document = seen.document.number.as_str();
    let placed = profile.day(seen.order.created);
    let skipped = |reason: Text| Err(Instead::Skip { reason });
    let waits = |reason: Text| Err(Instead::Wait { reason });
    if placed < go_live {
        let reason = Text::new("reason-before-go-live").with("day", placed);
        return skipped(reason.with("go_live", go_live));
    }
    let untouched = seen.bills.is_empty() && seen.standalone.is_empty();
    if seen.order.status == OrderStatus::Cancelled && untouched {
        return skipped(Text::new("reason-cancelled-at-amazon"));
    }
    // An ordinary order that a discount makes free is billed: its sale and its discount belong to the books (O4).
    let free = seen.order.replaces().is_some() && seen.document.total.is_zero();
    if free && rules.says(&profile.id, "orders.replacement_billing", "skip") {
        return skipped(Text::new("reason-free-replacement"));
    }
    match seen.document.status.as_str() {
        "A" => waits(Text::new("reason-not-approved-yet").with("document", document)),
        "C" | "H" if untouched && !seen.lines.iter().any(|line| line.shipped > line.billed) => {
            skipped(Text::new("reason-order-closed").with("document", document))
        }
        _ if seen.open.iter().any(|code| code == "TOTAL_MISMATCH") => waits(
            Text::new("reason-total-differs")
                .with("netsuite", seen.total())
                .with("amazon", seen.order.grand_total.unwrap_or(seen.total())),
        ),
        _ if !seen.open.is_empty() => waits(Text::new("reason-order-asks").with("document", document)),
        _ => Ok(()),
    }
}

/// What stands in NetSuite must still come to what the order flow decided, or, of an order that it did not write, to
/// what Amazon says (BIL-05), unless a person accepted the record as it is.
pub fn agrees_with_amazon(seen: &Billable, rules: &Rules, profile: &Profile) -> Result<(), Instead> {
    if is_accepted(seen, rules) || rules.says(&profile.id, "tax.mode", "netsuite") {
        return Ok(());
    }
    let total = seen.total();
    let agrees = |wanted: Money, tolerance| (wanted.amount - total.amount).abs() <= tolerance;
    let (fits, wanted) = match (&seen.written, seen.order.grand_total) {
        (Some(written), _) => match written.total {
            Some((wanted, tolerance)) => (agrees(wanted, tolerance), wanted),
            None => return Ok(()),
        },
        (None, Some(grand)) => {
            let tolerance = rules.total_tolerance(&profile.id, total.currency);
            let possible = possible_totals(&seen.order).into_iter();
            let mut possible = possible.map(|amount| Money::new(amount, total.currency));
            (possible.any(|wanted| agrees(wanted, tolerance)), grand)
        }
        (None, None) => return Ok(()),
    };
    if fits {
        return Ok(());
    }
    let what = Text::new("problem-order-to-bill-differs")
        .with("order", seen.order.id.as_str())
        .with("document", seen.document.number.as_str())
        .with("netsuite", total)
        .with("amazon", wanted);
    let accept = Remedy::Adopt {
        record: RecordType::SalesOrder,
        id: seen.document.id.clone(),
        number: seen.document.number.clone(),
        state: as_ordered(seen),
    };
    ask(
        seen,
        "TOTAL_MISMATCH",
        what,
        "problem-order-to-bill-differs-why",
        Some(accept),
    )
}

/// Bills of ours that are gone, or come to something else than they were made for (CMN-37): never silently, and never
/// made anew by themselves. One that somebody replaced is none.
pub fn still_there(seen: &Billable, rules: &Rules) -> Result<(), Instead> {
    for made in &seen.made {
        let is_it = |bill: &&Known| bill.id.0 == made.id || bill.external_id.as_ref() == Some(&made.name);
        match seen.bills.iter().find(is_it) {
            None if seen.document.status != "G" && rules.now - made.at > SHOWN_BY_THEN => {
                let what = Text::new("problem-bill-gone")
                    .with("order", seen.order.id.as_str())
                    .with("document", made.name.as_str());
                return ask(seen, "NETSUITE_EDITED", what, "problem-bill-gone-why", None);
            }
            Some(bill) => {
                let Some((wanted, tolerance)) = made.total.filter(|_| made.settled) else {
                    continue;
                };
                if accepted(seen, rules, &bill.id, &as_billed(seen))
                    || (bill.total - wanted.amount.abs()).abs() <= tolerance
                {
                    continue;
                }
                let what = Text::new("problem-bill-edited")
                    .with("order", seen.order.id.as_str())
                    .with("document", bill.number.as_str())
                    .with("netsuite", seen.money(bill.total))
                    .with("written", wanted);
                return ask(
                    seen,
                    "NETSUITE_EDITED",
                    what,
                    "problem-bill-edited-why",
                    Some(accept(seen, bill)),
                );
            }
            None => (),
        }
    }
    Ok(())
}

/// Bills that others made are linked when all bills come to what the order does (BIL-08, FUL-11a, CMN-13). Those of a
/// part cannot be compared before the rest is billed; one that was not made from the order stands for all of it.
pub fn billed_by_others(seen: &Billable, due: Money, rules: &Rules, profile: &Profile) -> Result<Vec<Step>, Instead> {
    let whole = seen.document.status == "G" || !seen.standalone.is_empty();
    if !whole {
        return Ok(Vec::new());
    }
    let tolerance = rules.total_tolerance(&profile.id, due.currency);
    let billed = seen.billed();
    let foreign = |bill: &Known| bill.customer != seen.document.customer || bill.currency != seen.document.currency;
    let differs = (billed - due.amount).abs() > tolerance || seen.standalone.iter().any(foreign);
    // A person who accepted one of the bills was shown what all of them come to.
    let is_accepted = |bill: &Known| accepted(seen, rules, &bill.id, &as_billed(seen));
    let mut all = seen.bills.iter().chain(&seen.standalone);
    if differs && !all.any(is_accepted) && !asked_about_one(seen) {
        let suspect = seen.standalone.first().or(seen.by_others().next());
        if let Some(bill) = suspect.or(seen.bills.first()) {
            return Err(Instead::Ask {
                problems: vec![billed_differently(seen, bill, due)],
            });
        }
    }
    Ok(seen.by_others().filter_map(|bill| adopt(seen, bill)).collect())
}

/// The question about a single bill of ours, whose total was never the promised one, is open already.
fn asked_about_one(seen: &Billable) -> bool {
    seen.by_others().next().is_none() && seen.made.iter().any(|made| !made.settled)
}

/// Whether a person accepted the order as it stands, in the flow that imported it or here, or its bills as they come.
fn is_accepted(seen: &Billable, rules: &Rules) -> bool {
    let order = &seen.document.id;
    let imported = rules.adopted.get(&seen.order.id).is_some_and(|one| one.id == *order);
    let mut all = seen.bills.iter().chain(&seen.standalone);
    imported
        || accepted(seen, rules, order, &as_ordered(seen))
        || all.any(|bill| accepted(seen, rules, &bill.id, &as_billed(seen)))
}

/// Whether a person accepted this record, with what it came to then: what changes later is asked about again.
fn accepted(seen: &Billable, rules: &Rules, id: &RecordId, state: &str) -> bool {
    let accepted = rules.adopted_bills.get(&seen.order.id);
    accepted.is_some_and(|one| one.id == *id && one.state == state)
}

fn as_ordered(seen: &Billable) -> String {
    seen.document.total.normalize().to_string()
}

fn as_billed(seen: &Billable) -> String {
    seen.billed().normalize().to_string()
}

/// The button that accepts a bill, with what all bills come to.
fn accept(seen: &Billable, bill: &Known) -> Remedy {
    Remedy::Adopt {
        record: bill.record.unwrap_or(RecordType::Invoice),
        id: bill.id.clone(),
        number: bill.number.clone(),
        state: as_billed(seen),
    }
}

/// Goods left, and somebody closed their line before they were billed: NetSuite does not bill it any more.
pub fn stranded(seen: &Billable, name: &str) -> Instead {
    let what = Text::new("problem-left-and-closed")
        .with("order", seen.order.id.as_str())
        .with("document", seen.document.number.as_str())
        .with("item", name);
    Instead::Ask {
        problems: vec![problem(
            seen,
            "NETSUITE_EDITED",
            what,
            "problem-left-and-closed-why",
            None,
        )],
    }
}

fn ask(seen: &Billable, code: &str, what: Text, why: &str, first: Option<Remedy>) -> Result<(), Instead> {
    Err(Instead::Ask {
        problems: vec![problem(seen, code, what, why, first)],
    })
}

fn problem(seen: &Billable, code: &str, what: Text, why: &str, first: Option<Remedy>) -> Problem {
    Problem {
        code: code.into(),
        // The order's own record may be asked about under the code alone.
        cause: format!("{code}:{}:bill", seen.order.id),
        what,
        why: Text::new(why),
        about: vec![("order".into(), seen.order.id.clone())],
        at_stake: Some(seen.total()),
        remedies: first.into_iter().chain([Remedy::Retry, Remedy::Exclude]).collect(),
    }
}

fn billed_differently(seen: &Billable, bill: &Known, due: Money) -> Problem {
    let what = Text::new("problem-billed-differently")
        .with("order", seen.order.id.as_str())
        .with("document", numbers(seen).as_str())
        .with("netsuite", seen.money(seen.billed()))
        .with("amazon", due);
    problem(
        seen,
        "ADOPTION_CONFLICT",
        what,
        "problem-billed-differently-why",
        Some(accept(seen, bill)),
    )
}

fn adopt(seen: &Billable, bill: &Known) -> Option<Step> {
    let record = bill.record?;
    let name = bill_name(record, &seen.order.id, Some(&bill.id.0));
    Some(Step {
        name: name.as_str().to_owned(),
        title: Text::new("step-adopt")
            .with("order", seen.order.id.as_str())
            .with("document", bill.number.as_str()),
        write: Write::Local(LocalWrite::Adopt {
            record,
            id: bill.id.clone(),
            number: bill.number.clone(),
        }),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: Some(link(seen)),
    })
}

pub(super) fn link(seen: &Billable) -> LinkTo {
    LinkTo {
        kind: "bill".into(),
        key: seen.order.id.clone(),
    }
}

/// The name of a bill of ours, or that a bill of others would have.
pub(super) fn bill_name(record: RecordType, order: &str, part: Option<&str>) -> ExternalId {
    match record {
        RecordType::CashSale => ExternalId::billed_cash_sale(order, part),
        _ => ExternalId::billed_invoice(order, part),
    }
}

/// The fulfilment that a bill of ours was made for, by its name.
pub(super) fn fulfilment_of(bill: &Known, order: &str) -> Option<RecordId> {
    let name = bill.external_id.as_deref()?;
    let tail = ["AZN-BIV-", "AZN-BCS-"]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))?;
    let tail = tail.strip_prefix(order)?.strip_prefix('-')?;
    Some(RecordId(tail.split('-').next()?.to_owned()))
}

pub(super) fn numbers(seen: &Billable) -> String {
    let all = seen.bills.iter().chain(&seen.standalone);
    let numbers: Vec<&str> = all.map(|bill| bill.number.as_str()).collect();
    numbers.join(", ")
}
