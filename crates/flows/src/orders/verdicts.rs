//! Verdicts that both channels share: records made by hand, cancelled orders, closed periods.

use amazon::Order;
use chrono::{Duration, NaiveDate};
use domain::{ExternalId, Money, Text};
use netsuite::{RecordType, Target};
use serde_json::json;

use super::accepted::accept;
use super::customers::Asked;
use super::questions::order_problem;
use super::seen::{Existing, KnownRecord};
use super::standing::Case;
use crate::flow::{Decision, Instead, LinkTo, LocalWrite, Problem, Remedy, Step, Write, ask, skip};
use crate::rules::{Channel, doubled};

/// A record that was made within this time may not be shown by queries yet.
const SHOWN_LATE: Duration = Duration::minutes(15);

/// A record that a person made counts when customer, currency and total agree (CMN-13); otherwise both sides are shown.
pub fn by_hand(of: &Case<'_>, record: &KnownRecord) -> Decision {
    if agrees(of, record) {
        return Ok(vec![adopt(&of.seen.order, record)]);
    }
    ask(vec![adoption_conflict(of, record)])
}

fn agrees(of: &Case<'_>, record: &KnownRecord) -> bool {
    let order = &of.seen.order;
    let asked = Asked {
        channel: of.channel,
        day: of.customer_day(),
        currency: of.seen.currency.as_ref(),
        found: &of.seen.customers,
    };
    let customer = of.rules.customer_for(order, of.profile, asked).ok();
    let customer = customer.as_ref().and_then(|customer| customer.id());
    let same_customer = customer.is_some() && record.customer.as_ref() == customer;
    let same_currency = record.currency == Some(of.currency());
    same_customer && same_currency && of.total_fits(record.total)
}

/// Several records carry the order's number: a person says which one is meant.
pub fn several_by_hand(of: &Case<'_>, records: &[&KnownRecord]) -> Decision {
    let Some(first) = records.first() else {
        return skip(Text::new("reason-nothing-ordered"));
    };
    let mut problem = adoption_conflict(of, first);
    let others = records.iter().skip(1).map(|one| accept(of, one));
    let after_first = 1.min(problem.remedies.len());
    problem.remedies.splice(after_first..after_first, others);
    ask(vec![problem])
}

fn adoption_conflict(of: &Case<'_>, record: &KnownRecord) -> Problem {
    let (order, currency) = (&of.seen.order, of.currency());
    let what = Text::new("problem-adoption-conflict")
        .with("order", order.id.as_str())
        .with("document", record.number.as_str())
        .with("netsuite", Money::new(record.total, currency))
        .with("amazon", order.grand_total.unwrap_or(Money::zero(currency)));
    let remedies = vec![accept(of, record), Remedy::Retry, Remedy::Exclude];
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
pub fn cancelled(of: &Case<'_>, existing: &Existing<'_>) -> Decision {
    let order = &of.seen.order;
    let record = match existing {
        Existing::Nothing => return skip(Text::new("reason-cancelled-before-import")),
        Existing::Several(records) => return several_by_hand(of, records),
        Existing::Ours(record) | Existing::ByHand(record) => record,
    };
    let linked = || {
        of.seen
            .written
            .as_ref()
            .is_some_and(|written| written.is_linked_to(record))
    };
    let is_over = record.record == RecordType::SalesOrder && matches!(record.status.as_str(), "C" | "H");
    // Orders that are cancelled are read to be closed, unless the seller closes them by hand (ORD-02).
    let closes = of.channel == Channel::Fba || of.rules.is_on(&of.profile.id, "orders.mfn.cancelled");
    if !is_over && !closes {
        return skip(Text::new("reason-cancelled-left-open").with("document", record.number.as_str()));
    }
    // What somebody else made under this number is touched only when it is known to be this order (CMN-13).
    if matches!(existing, Existing::ByHand(_)) && !is_over && !linked() && !agrees(of, record) {
        return ask(vec![adoption_conflict(of, record)]);
    }
    match (record.record, record.status.as_str()) {
        (RecordType::SalesOrder, "C" | "H") => {
            skip(Text::new("reason-cancelled-both-sides").with("document", record.number.as_str()))
        }
        (RecordType::SalesOrder, "A" | "B") => Ok(vec![close(of, record)]),
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

/// Every line closed, or the order cancelled (`orders.cancel_action`): in absolute values, so that a repeat changes
/// nothing. Of the fields that the setup package makes, one says that it was Amazon.
fn close(of: &Case<'_>, record: &KnownRecord) -> Step {
    let order = &of.seen.order;
    let mut body = if of.rules.says(&of.profile.id, "orders.cancel_action", "cancel") {
        json!({ "orderStatus": { "id": "C" } })
    } else {
        let lines = record.lines.iter();
        let lines: Vec<_> = lines
            .map(|line| json!({ "line": line.line, "isClosed": true }))
            .collect();
        json!({ "item": { "items": lines } })
    };
    if of.rules.is_on(&of.profile.id, "orders.custom_fields") {
        body["custbody_azn_cancelled"] = json!(true);
    }
    Step {
        name: format!("{}-CLOSE", ExternalId::sales_order(&order.id)),
        title: Text::new("step-close-sales-order")
            .with("order", order.id.as_str())
            .with("document", record.number.as_str()),
        write: Write::NetSuite(netsuite::Write::Update {
            record: RecordType::SalesOrder,
            target: Target::Id(record.id.clone()),
            body,
        }),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: None,
    }
}

/// What was written for the order is not in NetSuite any more: whether it is made once more is a person's to say (§1.6,
/// CMN-37). The journal then has nothing of it, and the order is decided about as a new one.
pub fn not_deleted(of: &Case<'_>) -> Result<(), Instead> {
    let (order, now) = (&of.seen.order, of.rules.now);
    let Some(written) = &of.seen.written else {
        return Ok(());
    };
    // The query service shows a new record a moment late.
    if written.at.is_some_and(|at| now - at < SHOWN_LATE) {
        return Err(Instead::Wait {
            reason: Text::new("reason-not-shown-yet"),
        });
    }
    let record = written.record.as_ref().map_or("", |id| id.0.as_str());
    let what = Text::new("problem-deleted-in-netsuite")
        .with("order", order.id.as_str())
        .with("record", record);
    let again = Remedy::MakeAgain {
        step: written.name.clone(),
    };
    Err(Instead::Ask {
        problems: vec![order_problem(
            "NETSUITE_EDITED",
            order,
            what,
            "problem-deleted-in-netsuite-why",
            vec![again, Remedy::Retry, Remedy::Exclude],
        )],
    })
}

/// The posting date, or why nothing is posted: a closed period holds it, or moves it to the first open day (CMN-34).
pub fn posting_date(of: &Case<'_>) -> Result<NaiveDate, Instead> {
    let Some(closed) = &of.seen.closed else {
        return Ok(of.day);
    };
    let (order, profile) = (&of.seen.order, of.profile);
    if let (true, Some(open)) = (
        of.rules.says(&profile.id, "closed_period", "first_open"),
        closed.first_open,
    ) {
        return Ok(open);
    }
    let what = Text::new("problem-period-closed")
        .with("order", order.id.as_str())
        .with("period", closed.name.as_str());
    let remedies = vec![
        Remedy::SetOption {
            option: "closed_period".into(),
            marketplace: Some(profile.id.clone()),
        },
        Remedy::Retry,
        Remedy::Exclude,
    ];
    let mut problem = order_problem("PERIOD_CLOSED", order, what, "problem-period-closed-why", remedies);
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

/// CMN-35: settlements that are posted as totals have the sale already.
pub fn totals_and_bills(marketplace: &str, country: &str, order: &str, total: Option<Money>) -> Problem {
    Problem {
        code: "DOUBLE_COUNT_GUARD".into(),
        cause: format!("DOUBLE_COUNT_GUARD:{marketplace}"),
        what: Text::new("problem-bill-and-totals").with("marketplace", country),
        why: Text::new("problem-bill-and-totals-why"),
        about: vec![
            ("order".into(), order.into()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: total,
        remedies: vec![
            Remedy::SetOption {
                option: "settlement.posting".into(),
                marketplace: Some(marketplace.into()),
            },
            Remedy::Retry,
        ],
    }
}

/// CMN-35: a combination of choices that would count the same money twice, refused before anything is written.
pub fn counted_twice(of: &Case<'_>) -> Result<(), Instead> {
    let marketplace = &of.profile.id;
    let account = |key: &str| of.rules.record(marketplace, key);
    let cash_sales = of.rules.says(marketplace, "orders.fba.import_as", "cash_sale");
    let same = account("acct.clearing").is_some() && account("acct.clearing") == account("acct.bank");
    if of.rules.sums(marketplace) && of.rules.billers(marketplace).contains(&doubled::FBA_ORDERS) {
        return Err(Instead::Ask {
            problems: vec![totals_and_bills(
                marketplace,
                &of.profile.country,
                &of.seen.order.id,
                of.seen.order.grand_total,
            )],
        });
    }
    if !(cash_sales && same) {
        return Ok(());
    }
    let choose = |option: &str| Remedy::SetOption {
        option: option.into(),
        marketplace: Some(marketplace.clone()),
    };
    Err(Instead::Ask {
        problems: vec![Problem {
            code: "DOUBLE_COUNT_GUARD".into(),
            cause: format!("DOUBLE_COUNT_GUARD:{marketplace}"),
            what: Text::new("problem-double-count").with("marketplace", of.profile.country.as_str()),
            why: Text::new("problem-double-count-why"),
            about: vec![
                ("order".into(), of.seen.order.id.clone()),
                ("marketplace".into(), marketplace.clone()),
            ],
            at_stake: of.seen.order.grand_total,
            remedies: vec![choose("acct.clearing"), choose("orders.fba.import_as"), Remedy::Retry],
        }],
    })
}
