//! Verdicts that both channels share: orders left out, orders that NetSuite has already, orders that were cancelled.

use amazon::Order;
use amazon::orders::Channel as Source;
use chrono::NaiveDate;
use domain::{ExternalId, Money, Text};
use netsuite::{RecordType, Target};
use serde_json::json;

use super::customers::Asked;
use super::questions::{mismatch, order_problem};
use super::seen::{Existing, KnownRecord, Seen};
use crate::flow::{Decision, Instead, LinkTo, LocalWrite, Problem, Remedy, Step, Write, ask, skip};
use crate::rules::{Channel, Profile, Rules, option_missing};

/// The marketplace of an order that may be imported at all, or why it may not.
pub fn importable<'a>(order: &Order, rules: &'a Rules) -> Result<&'a Profile, Instead> {
    // Orders from other channels that Amazon ships come back as they went out, never through here (§3.5).
    if order.channel == Source::NonAmazon || order.id.starts_with("S01-") {
        return Err(Instead::Skip {
            reason: Text::new("reason-not-an-amazon-order"),
        });
    }
    rules.marketplace(order.marketplace_id.as_deref().unwrap_or_default())
}

/// An order before go-live, or without anything in it, is left out (CMN-32, ORD-05).
pub fn worth_importing(order: &Order, profile: &Profile) -> Result<(), Instead> {
    if order.items.iter().all(|item| item.quantity == 0) {
        return Err(Instead::Skip {
            reason: Text::new("reason-nothing-ordered"),
        });
    }
    let Some(go_live) = profile.go_live else {
        return Err(Instead::Ask {
            problems: vec![option_missing(&profile.id, "go_live")],
        });
    };
    let placed = profile.day(order.created);
    if placed < go_live {
        return Err(Instead::Skip {
            reason: Text::new("reason-before-go-live")
                .with("day", placed)
                .with("go_live", go_live),
        });
    }
    Ok(())
}

/// The order is in NetSuite: nothing to do while both sides agree (ORD-04, ORD-08).
pub fn already_there(seen: &Seen, record: &KnownRecord, rules: &Rules, profile: &Profile) -> Decision {
    let order = &seen.order;
    let currency = order.currency().unwrap_or(profile.currency);
    let closed = record.record == RecordType::SalesOrder && matches!(record.status.as_str(), "C" | "H");
    let computed_by_netsuite = rules.says(&profile.id, "tax.mode", "netsuite");
    let tolerance = rules.total_tolerance(&profile.id, currency);
    if closed || computed_by_netsuite || order.grand_total.is_none() || seen.total_fits(record.total, tolerance) {
        return skip(Text::new("reason-already-there").with("document", record.number.as_str()));
    }
    let amazon = order.grand_total.unwrap_or(Money::zero(currency));
    let mut problem = mismatch(order, Money::new(record.total, currency), amazon);
    problem.remedies.insert(
        0,
        Remedy::Adopt {
            record: record.record,
            id: record.id.clone(),
        },
    );
    if rules.adopted.get(&order.id) == Some(&record.id) {
        return skip(Text::new("reason-already-there").with("document", record.number.as_str()));
    }
    ask(vec![problem])
}

/// A record that a person made counts when customer, currency and total agree (CMN-13); otherwise both sides are shown.
pub fn by_hand(
    seen: &Seen,
    record: &KnownRecord,
    channel: Channel,
    day: NaiveDate,
    rules: &Rules,
    profile: &Profile,
) -> Decision {
    let order = &seen.order;
    let currency = order.currency().unwrap_or(profile.currency);
    let tolerance = rules.total_tolerance(&profile.id, currency);
    let asked = Asked {
        channel,
        day,
        currency: seen.currency.as_ref(),
        found: &seen.customers,
    };
    let customer = rules.customer_for(order, profile, asked).ok();
    let customer = customer.as_ref().and_then(|customer| customer.id());
    let same_customer = customer.is_some() && record.customer.as_ref() == customer;
    let same_currency = record.currency == Some(currency);
    if same_customer && same_currency && seen.total_fits(record.total, tolerance) {
        return Ok(vec![adopt(order, record)]);
    }
    ask(vec![adoption_conflict(
        order,
        record,
        Money::new(record.total, currency),
    )])
}

/// Several records carry the order's number: a person says which one is meant.
pub fn several_by_hand(order: &Order, records: &[&KnownRecord], profile: &Profile) -> Decision {
    let currency = order.currency().unwrap_or(profile.currency);
    let Some(first) = records.first() else {
        return skip(Text::new("reason-nothing-ordered"));
    };
    let mut problem = adoption_conflict(order, first, Money::new(first.total, currency));
    let others = records.iter().skip(1).map(|one| Remedy::Adopt {
        record: one.record,
        id: one.id.clone(),
    });
    let after_first = 1.min(problem.remedies.len());
    problem.remedies.splice(after_first..after_first, others);
    ask(vec![problem])
}

fn adoption_conflict(order: &Order, record: &KnownRecord, total: Money) -> Problem {
    let what = Text::new("problem-adoption-conflict")
        .with("order", order.id.as_str())
        .with("document", record.number.as_str())
        .with("netsuite", total)
        .with("amazon", order.grand_total.unwrap_or(Money::zero(total.currency)));
    let remedies = vec![
        Remedy::Adopt {
            record: record.record,
            id: record.id.clone(),
        },
        Remedy::Retry,
        Remedy::Exclude,
    ];
    order_problem(
        "ADOPTION_CONFLICT",
        order,
        what,
        "problem-adoption-conflict-why",
        remedies,
    )
}

fn adopt(order: &Order, record: &KnownRecord) -> Step {
    Step {
        name: our_name(order, record.record).as_str().to_owned(),
        title: Text::new("step-adopt")
            .with("order", order.id.as_str())
            .with("document", record.number.as_str()),
        write: Write::Local(LocalWrite::Adopt {
            record: record.record,
            id: record.id.clone(),
            number: record.number.clone(),
        }),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: Some(LinkTo {
            kind: "order".into(),
            key: order.id.clone(),
        }),
    }
}

/// Later steps lean on an adopted record by the name that ours would have had (decision 28).
fn our_name(order: &Order, record: RecordType) -> ExternalId {
    match record {
        RecordType::Invoice => ExternalId::invoice(&order.id, None),
        RecordType::CashSale => ExternalId::cash_sale(&order.id, None),
        _ => ExternalId::sales_order(&order.id),
    }
}

/// Cancelled at Amazon (§3.6): what was not shipped is closed, what was shipped or billed is a person's to settle.
pub fn cancelled(order: &Order, existing: &Existing<'_>, profile: &Profile) -> Decision {
    let record = match existing {
        Existing::Nothing => return skip(Text::new("reason-cancelled-before-import")),
        Existing::Several(records) => return several_by_hand(order, records, profile),
        Existing::Ours(record) | Existing::ByHand(record) => record,
    };
    match (record.record, record.status.as_str()) {
        (RecordType::SalesOrder, "C" | "H") => {
            skip(Text::new("reason-cancelled-both-sides").with("document", record.number.as_str()))
        }
        (RecordType::SalesOrder, "A" | "B") => Ok(vec![close(order, record)]),
        _ => {
            let what = Text::new("problem-cancel-after-ship")
                .with("order", order.id.as_str())
                .with("document", record.number.as_str());
            let remedies = vec![Remedy::Retry, Remedy::Exclude];
            ask(vec![order_problem(
                "CANCEL_AFTER_SHIP",
                order,
                what,
                "problem-cancel-after-ship-why",
                remedies,
            )])
        }
    }
}

/// Every line closed, in absolute values, so that a repeat changes nothing.
fn close(order: &Order, record: &KnownRecord) -> Step {
    let lines: Vec<_> = record
        .lines
        .iter()
        .map(|line| json!({ "line": line, "isClosed": true }))
        .collect();
    Step {
        name: format!("{}-CLOSE", ExternalId::sales_order(&order.id)),
        title: Text::new("step-close-sales-order")
            .with("order", order.id.as_str())
            .with("document", record.number.as_str()),
        write: Write::NetSuite(netsuite::Write::Update {
            record: RecordType::SalesOrder,
            target: Target::Id(record.id.clone()),
            body: json!({ "item": { "items": lines } }),
        }),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: None,
    }
}

/// The posting date, or why nothing is posted: a closed period holds it, or moves it to the first open day (CMN-34).
pub fn posting_date(seen: &Seen, day: NaiveDate, rules: &Rules, profile: &Profile) -> Result<NaiveDate, Instead> {
    let Some(closed) = &seen.closed else { return Ok(day) };
    if let (true, Some(open)) = (
        rules.says(&profile.id, "closed_period", "first_open"),
        closed.first_open,
    ) {
        return Ok(open);
    }
    let what = Text::new("problem-period-closed")
        .with("order", seen.order.id.as_str())
        .with("period", closed.name.as_str());
    let remedies = vec![
        Remedy::SetOption {
            option: "closed_period".into(),
            marketplace: Some(profile.id.clone()),
        },
        Remedy::Retry,
        Remedy::Exclude,
    ];
    let mut problem = order_problem(
        "PERIOD_CLOSED",
        &seen.order,
        what,
        "problem-period-closed-why",
        remedies,
    );
    problem.cause = format!("PERIOD_CLOSED:{}", closed.name);
    Err(Instead::Ask {
        problems: vec![problem],
    })
}

/// Amazon's answer about an order could not be read.
pub fn unreadable(order: &str, what: &str) -> Decision {
    ask(vec![Problem {
        code: "PARSE".into(),
        cause: format!("PARSE:{order}"),
        what: Text::new("problem-order-unreadable").with("order", order),
        why: Text::new("problem-order-unreadable-why").with("detail", what),
        about: vec![("order".into(), order.into())],
        at_stake: None,
        remedies: vec![Remedy::Retry, Remedy::Exclude],
    }])
}
