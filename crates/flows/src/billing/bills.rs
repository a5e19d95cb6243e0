//! Billing, within NetSuite.
//!
//! Every sales order from Amazon is billed once for what has left: by an invoice that the settlement pays, or by a cash
//! sale to clearing. An order that leaves in parts is billed in parts, one bill for each fulfilment. A bill that a
//! person made, or that a fulfilment made by itself, counts like one of ours.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};
use domain::{Money, Text};
use netsuite::{Bill, BillKind, RecordId, RecordType};
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;
use wire::Failure;

use super::lines;
use super::look::look;
use super::sample;
use super::seen::Billable;
use super::shares::{Before, Part, Shares};
use super::standing::{
    agrees_with_amazon, bill_name, billed_by_others, fulfilment_of, link, may_be_billed, numbers, still_there, stranded,
};
use super::target::{self, BILLS};
use crate::flow::{
    Card, Decision, Expect, Fact, Flow, Group, Instead, Key, Look, Problem, Reads, Remedy, Route, Step, Window, Write,
    ask, skip, wait,
};
use crate::orders::ORIGINAL_DATE;
use crate::orders::verdicts::totals_and_bills;
use crate::rules::{EXTRAS, Profile, Rules};
use crate::targets::{onto, onto_lines};

/// Bills of sales orders.
pub struct Bills;

impl Flow for Bills {
    type Subject = Billable;

    const CARD: Card = Card {
        id: "billing",
        title: "flow-billing",
        promise: "flow-billing-promise",
        route: Route::WithinNetSuite,
        group: Group::Billing,
        every_minutes: 60,
        needs: &[
            "netsuite:Sales Order",
            "netsuite:Item Fulfillment",
            "netsuite:Invoice",
            "netsuite:Cash Sale",
        ],
        after: &["mfn-orders", "fba-orders"],
        options: &[
            "billing.when",
            "billing.kind",
            "billing.date",
            "billing.partial",
            "billing.due_days",
            "closed_period",
            "tax.mode",
            "orders.replacement_billing",
            "orders.total_tolerance",
            "orders.custom_fields",
            "acct.clearing",
            "flow.billing.test",
            "flow.test_records",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Billable>, Failure> {
        look(reads, window, rules).await
    }

    fn key(seen: &Billable) -> Key {
        Key(seen.order.id.clone())
    }

    fn decide(seen: &Billable, rules: &Rules) -> Decision {
        let profile = rules.marketplace(seen.order.marketplace_id.as_deref().unwrap_or_default())?;
        may_be_billed(seen, rules, profile)?;
        if rules.sums(&profile.id) {
            let order = &seen.order;
            return ask(vec![totals_and_bills(
                &profile.id,
                &profile.country,
                &order.id,
                Some(seen.total()),
            )]);
        }
        still_there(seen, rules)?;
        agrees_with_amazon(seen, rules, profile)?;
        let extras: BTreeSet<RecordId> = EXTRAS.iter().filter_map(|key| rules.record(&profile.id, key)).collect();
        let shares = Shares::of(seen, &extras);
        let due = seen.money(seen.document.total - shares.given_up());
        let by_others = billed_by_others(seen, due, rules, profile)?;
        if seen.document.status == "G" || !seen.standalone.is_empty() {
            return if by_others.is_empty() {
                skip(billed_as(seen))
            } else {
                Ok(by_others)
            };
        }
        let bills = planned(seen, &shares, rules, profile);
        if bills.is_empty() {
            return nothing_to_bill(seen, &shares);
        }
        let mut steps = Vec::new();
        for bill in bills {
            steps.push(step(seen, bill, due, rules, profile)?);
        }
        Ok(steps)
    }

    fn facts(seen: &Billable, rules: &Rules) -> Vec<Fact> {
        let order = &seen.order;
        let fact = |name: &str, value: domain::text::Arg| Fact {
            name: name.to_owned(),
            value,
        };
        let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
        let mut facts = vec![
            fact("marketplace", marketplace.into()),
            fact("date", rules.business_date(marketplace, order.created).into()),
            fact("ordered", order.created.into()),
            fact("total", seen.total().into()),
            fact("document", numbers(seen).as_str().into()),
        ];
        let profile = rules.marketplaces.get(marketplace);
        facts.extend(profile.and_then(|profile| BILLS.version(rules, profile)));
        facts
    }

    fn sample() -> Billable {
        sample::billable()
    }
}

/// A bill to be made: its part of the order, or all of it, and when it is dated.
struct Planned {
    /// What the name says about the part.
    named: Option<String>,
    part: Option<Part>,
    date: NaiveDate,
}

/// The bills to make now: one of the whole order, or one for each fulfilment that is not billed (BIL-01, BIL-04).
fn planned(seen: &Billable, shares: &Shares<'_>, rules: &Rules, profile: &Profile) -> Vec<Planned> {
    let status = seen.document.status.as_str();
    let in_advance = rules.says(&profile.id, "billing.when", "pending_fulfillment");
    let untouched = seen.bills.is_empty();
    let closed = seen.lines.iter().any(|line| line.closed);
    let whole = |date: NaiveDate| {
        vec![Planned {
            named: None,
            // A line that somebody closed takes its discount along, which NetSuite would bill.
            part: closed.then(|| shares.everything()),
            date,
        }]
    };
    if in_advance && untouched && matches!(status, "B" | "D" | "E" | "F") {
        return whole(dated(seen, None, rules, profile));
    }
    if !matches!(status, "D" | "E" | "F") {
        return Vec::new();
    }
    if untouched && status == "F" && seen.left.len() <= 1 {
        return whole(dated(seen, seen.left.first().map(|left| left.date), rules, profile));
    }
    if !rules.is_on(&profile.id, "billing.partial") {
        let last = seen.left.iter().map(|left| left.date).max();
        return if status == "F" && untouched {
            whole(dated(seen, last, rules, profile))
        } else {
            Vec::new()
        };
    }
    let of_bills: Vec<RecordId> = seen
        .ours()
        .filter_map(|bill| fulfilment_of(bill, &seen.order.id))
        .collect();
    let before = Before {
        ours: of_bills.iter().collect(),
        any: !untouched,
        complete: status == "F",
    };
    let planned = shares.parts(&before).into_iter().map(|(fulfilment, part)| {
        let left = seen.left.iter().find(|left| left.id == fulfilment);
        // More was put into a fulfilment that is billed already: another bill of the same fulfilment.
        let made = of_bills.iter().filter(|one| **one == fulfilment).count();
        let named = match made {
            0 => fulfilment.0.clone(),
            made => format!("{}-{}", fulfilment.0, made + 1),
        };
        Planned {
            date: dated(seen, left.map(|left| left.date), rules, profile),
            named: Some(named),
            part: Some(part),
        }
    });
    planned.collect()
}

/// `billing.date` (BIL-03): the day it left, today, or the day it was ordered.
pub(super) fn dated(seen: &Billable, left: Option<NaiveDate>, rules: &Rules, profile: &Profile) -> NaiveDate {
    match rules.option(&profile.id, "billing.date") {
        Some("order") => profile.day(seen.order.created),
        Some("ship") => left.unwrap_or_else(|| profile.day(rules.now)),
        _ => profile.day(rules.now),
    }
}

/// Days that bills of the order may be dated on.
pub fn posting_days(seen: &Billable, rules: &Rules) -> BTreeSet<NaiveDate> {
    let marketplace = seen.order.marketplace_id.as_deref().unwrap_or_default();
    let Ok(profile) = rules.marketplace(marketplace) else {
        return BTreeSet::new();
    };
    let left = seen.left.iter().map(|left| Some(left.date)).chain([None]);
    left.map(|day| dated(seen, day, rules, profile)).collect()
}

fn step(seen: &Billable, planned: Planned, due: Money, rules: &Rules, profile: &Profile) -> Result<Step, Instead> {
    let date = open_day(seen, planned.date, rules, profile)?;
    let kind = kind(seen, date, rules, profile)?;
    let source = || target::source(seen, &kind, date, planned.named.as_deref(), profile);
    let given = BILLS.body(rules, profile, source);
    let given = given.map_err(|problems| Instead::Ask { problems })?;
    let (record, title) = match kind {
        BillKind::CashSale { .. } => (RecordType::CashSale, "step-bill-cash-sale"),
        BillKind::Invoice { .. } => (RecordType::Invoice, "step-bill-invoice"),
    };
    let name = bill_name(record, &seen.order.id, planned.named.as_deref());
    let total = planned.part.as_ref().map_or(due.amount, |part| part.total);
    let total = seen.money(total).rounded();
    // Of a part there is nothing to promise where NetSuite itself adds tax or shipping to the order.
    let tolerance = rules.total_tolerance(&profile.id, total.currency);
    let promised = planned.part.is_none() || seen.unexplained().abs() <= tolerance;
    let (lines, beside) = planned.part.map(|part| (part.lines, part.beside)).unzip();
    let mut lines = lines.unwrap_or_default();
    let given_lines = lines::given(seen, &mut lines, source, rules, profile)?;
    let bill = Bill {
        external_id: name.clone(),
        order: seen.document.id.clone(),
        kind,
        date,
        lines,
        beside,
        memo: Some(memo(seen, planned.date, date)),
        more: moved(planned.date, date, rules, profile),
    };
    Ok(Step {
        name: name.as_str().to_owned(),
        title: Text::new(title)
            .with("order", seen.order.id.as_str())
            .with("total", total),
        write: Write::NetSuite(onto_lines(onto(bill.transform(), &given), &given_lines)),
        needs: Vec::new(),
        expect: promised.then_some(Expect::Total { total, tolerance }),
        hold: None,
        link: Some(link(seen)),
    })
}

/// What the order is billed as (BIL-02), or the question about the clearing account (BIL-09).
pub(super) fn kind(seen: &Billable, date: NaiveDate, rules: &Rules, profile: &Profile) -> Result<BillKind, Instead> {
    let cash = match rules.option(&profile.id, "billing.kind") {
        Some("cash_sale") => true,
        Some("by_payment_method") => seen.payment_method.is_some(),
        _ => false,
    };
    if cash {
        let account = rules.must(&profile.id, "acct.clearing");
        let account = account.map_err(|problem| Instead::Ask {
            problems: vec![*problem],
        })?;
        return Ok(BillKind::CashSale { account });
    }
    let days = rules
        .number(&profile.id, "billing.due_days")
        .and_then(|days| days.to_i64());
    let due = date + Duration::days(days.unwrap_or_default().clamp(0, 3_650));
    Ok(BillKind::Invoice { due })
}

/// A bill that a closed period moved keeps its own day in its memo and, where there is one, in its field (CMN-34).
fn memo(seen: &Billable, own: NaiveDate, day: NaiveDate) -> String {
    let order = &seen.order.id;
    if own == day {
        format!("Amazon {order}")
    } else {
        format!("Amazon {order} ({own})")
    }
}

fn moved(own: NaiveDate, day: NaiveDate, rules: &Rules, profile: &Profile) -> Vec<(String, Value)> {
    let has_field = rules.is_on(&profile.id, "orders.custom_fields");
    let field = (has_field && own != day).then(|| (ORIGINAL_DATE.to_owned(), own.to_string().into()));
    field.into_iter().collect()
}

/// The posting day, or why nothing is posted: a closed period holds it, or moves it to the first open day (CMN-34).
fn open_day(seen: &Billable, day: NaiveDate, rules: &Rules, profile: &Profile) -> Result<NaiveDate, Instead> {
    let Some(closed) = seen.closed.get(&day) else {
        return Ok(day);
    };
    let moved = rules.says(&profile.id, "closed_period", "first_open");
    if let Some(open) = closed.first_open.filter(|_| moved) {
        return Ok(open);
    }
    Err(Instead::Ask {
        problems: vec![Problem {
            code: "PERIOD_CLOSED".into(),
            cause: format!("PERIOD_CLOSED:{}", closed.name),
            what: Text::new("problem-period-closed")
                .with("order", seen.order.id.as_str())
                .with("period", closed.name.as_str()),
            why: Text::new("problem-period-closed-why"),
            about: vec![("order".into(), seen.order.id.clone())],
            at_stake: Some(seen.total()),
            remedies: vec![
                Remedy::SetOption {
                    option: "closed_period".into(),
                    marketplace: Some(profile.id.clone()),
                },
                Remedy::Retry,
                Remedy::Exclude,
            ],
        }],
    })
}

fn billed_as(seen: &Billable) -> Text {
    Text::new("reason-billed").with("document", numbers(seen).as_str())
}

fn nothing_to_bill(seen: &Billable, shares: &Shares<'_>) -> Decision {
    if let Some(line) = shares.stranded() {
        return Err(stranded(seen, &line.name));
    }
    if matches!(seen.document.status.as_str(), "C" | "H") {
        let document = seen.document.number.as_str();
        return skip(Text::new("reason-order-closed").with("document", document));
    }
    if seen.bills.is_empty() {
        // Looked at again as soon as something leaves: the order's own stamp changes then.
        return skip(Text::new("reason-not-shipped-yet"));
    }
    match seen.document.status.as_str() {
        "F" => wait(Text::new("reason-billed-so-far").with("document", numbers(seen).as_str())),
        _ => skip(Text::new("reason-billed-so-far").with("document", numbers(seen).as_str())),
    }
}
