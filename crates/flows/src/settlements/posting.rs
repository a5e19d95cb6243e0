//! One group of a settlement and what the plan says about it: the subject of payments and refunds.

use chrono::NaiveDate;
use domain::settlement::group::Kind;
use domain::settlement::plan::{Outcome, Posting, Status};
use domain::{Currency, ExternalId, Money, Text};
use netsuite::RecordId;
use serde::Serialize;
use wire::Failure;

use super::gather::{Settled, Which, settle};
use super::together::{self, Together};
use crate::flow::{Decision, Fact, Instead, Key, Look, Problem, Reads, Remedy, Step, Window, ask, skip, wait};
use crate::orders::closed_on;
use crate::orders::seen::ClosedPeriod;
use crate::rules::Rules;

/// A group and its outcome.
#[derive(Debug, Clone, Serialize)]
pub struct ToPost {
    /// The settlement.
    pub settlement: String,
    /// The marketplace whose settings count.
    pub marketplace: String,
    /// The order.
    pub order: String,
    /// What the settlement counts in.
    pub currency: Currency,
    /// NetSuite's id of it.
    pub currency_id: Option<RecordId>,
    /// Rows of the file in the group.
    pub rows: usize,
    /// What the buyer paid or got back, without tax that is left off.
    pub customer: Money,
    /// What Amazon calls it, such as `A-to-z Guarantee Refund`.
    pub transaction: String,
    /// SKUs in the group.
    pub skus: Vec<String>,
    /// What the plan says.
    pub outcome: Outcome,
    /// Its part in a payment that is written for several groups (SET-26).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub together: Option<Together>,
    /// The closed period that its posting falls into.
    pub closed: Option<ClosedPeriod>,
}

/// The groups of one kind, of all settlements that are not posted yet.
pub async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules, kind: Kind) -> Result<Look<ToPost>, Failure> {
    let settled = settle(reads, window, rules, Which::Unposted).await?;
    let subjects: Vec<ToPost> = settled
        .iter()
        .flat_map(|settled| of_kind(settled, kind))
        .filter(|seen| named(seen, window))
        .collect();
    Ok(Look::Seen {
        subjects,
        next: None,
        read_until: window.read_until(),
    })
}

fn named(seen: &ToPost, window: &Window) -> bool {
    match window {
        Window::Span { .. } => true,
        Window::Keys(keys) => keys
            .iter()
            .any(|one| one.0 == seen.settlement || *one == key(seen) || leads(seen, one)),
    }
}

/// Whether it writes the payment of the group that a key names: it is planned anew with each of its groups.
fn leads(seen: &ToPost, key: &Key) -> bool {
    let Some(Together::Leads(shared)) = &seen.together else {
        return false;
    };
    let group = key.0.strip_prefix(&format!("{}/", seen.settlement));
    group.is_some_and(|group| shared.groups.iter().any(|one| one == group))
}

/// The groups of one kind.
pub(super) fn of_kind(settled: &Settled, kind: Kind) -> Vec<ToPost> {
    let groups = settled
        .input
        .groups
        .iter()
        .zip(&settled.plan.outcomes)
        .filter(|(group, _)| group.kind == kind);
    let mut together = together::of(settled);
    groups
        .map(|(group, outcome)| {
            let currency = settled.stored.header.currency;
            ToPost {
                settlement: settled.id().to_owned(),
                marketplace: settled.marketplace().to_owned(),
                order: group.order.clone().unwrap_or_default(),
                currency,
                currency_id: settled.currency.clone(),
                rows: group.lines.len(),
                customer: Money::new(outcome.customer, currency),
                transaction: group.transaction_type.clone(),
                skus: group.skus().into_iter().map(str::to_owned).collect(),
                together: together.remove(&group.id),
                closed: posting_day(outcome).and_then(|day| closed_on(&settled.periods, day)),
                outcome: outcome.clone(),
            }
        })
        .collect()
}

fn posting_day(outcome: &Outcome) -> Option<NaiveDate> {
    outcome.postings.first().map(|posting| match posting {
        Posting::Payment(payment) => payment.date,
        Posting::Refund(refund) => refund.date,
        Posting::Reversal(reversal) => reversal.date,
    })
}

/// `50042020391/17`: the settlement, and the group's lasting name in it.
pub fn key(seen: &ToPost) -> Key {
    Key(format!("{}/{}", seen.settlement, seen.outcome.group))
}

/// What lists show.
pub fn facts(seen: &ToPost) -> Vec<Fact> {
    let mut facts = vec![
        Fact {
            name: "settlement".into(),
            value: seen.settlement.as_str().into(),
        },
        Fact {
            name: "order".into(),
            value: seen.order.as_str().into(),
        },
        Fact {
            name: "marketplace".into(),
            value: seen.marketplace.as_str().into(),
        },
        Fact {
            name: "total".into(),
            value: seen.customer.into(),
        },
        Fact {
            name: "items".into(),
            value: seen.skus.join(", ").into(),
        },
    ];
    facts.extend(seen.outcome.document.as_deref().map(|number| Fact {
        name: "document".into(),
        value: number.into(),
    }));
    facts
}

/// What is to be written of a group, and what a person is asked beside it.
pub struct ToWrite<'a> {
    /// The postings that NetSuite does not have yet.
    pub postings: Vec<&'a Posting>,
    /// The day they are dated, when it is not their own.
    pub day: Option<NaiveDate>,
    /// What a part of the money waits for.
    problems: Vec<Problem>,
}

impl ToWrite<'_> {
    /// The decision: the writes, beside the question if there is one.
    pub fn with(self, steps: Vec<Step>) -> Decision {
        if self.problems.is_empty() {
            return Ok(steps);
        }
        Err(Instead::Partly {
            steps,
            problems: self.problems,
        })
    }
}

/// The postings that are to be written and the day they are dated, or what to do instead. The match names every
/// outcome that the plan knows. What can be posted of an order is, and the rest is asked about (SET-25, SET-33).
pub fn to_write<'a>(seen: &'a ToPost, rules: &Rules) -> Result<ToWrite<'a>, Instead> {
    let outcome = &seen.outcome;
    let reason = outcome.reason.clone();
    let problems: Vec<Problem> = outcome.code.iter().map(|_| problem(seen)).collect();
    let verdict: Decision = match outcome.status {
        Status::Applied | Status::PartlyApplied if outcome.postings.is_empty() && problems.is_empty() => skip(reason),
        Status::Applied | Status::PartlyApplied => Ok(Vec::new()),
        Status::Waiting => wait(reason),
        Status::NeedsYou => ask(vec![problem(seen)]),
        Status::InJournal | Status::NothingToPost | Status::Excluded | Status::PreGoLive => skip(reason),
    };
    verdict?;
    let new: Vec<&Posting> = outcome.postings.iter().filter(|posting| !exists(posting)).collect();
    if new.is_empty() && !problems.is_empty() {
        return Err(Instead::Ask { problems });
    }
    if new.is_empty() {
        return Err(Instead::Skip {
            reason: Text::new("reason-posted-already"),
        });
    }
    if let Some(Together::Follows(_)) = &seen.together {
        return Err(if problems.is_empty() {
            Instead::Skip {
                reason: Text::new("reason-paid-together"),
            }
        } else {
            Instead::Ask { problems }
        });
    }
    let place = (seen.settlement.as_str(), seen.marketplace.as_str());
    let at_stake = match &seen.together {
        Some(Together::Leads(shared)) => shared.payment.amount,
        Some(Together::Follows(_)) | None => seen.customer,
    };
    let day = posting_day(outcome)
        .map(|own| day(own, seen.closed.as_ref(), place, at_stake, rules))
        .transpose()?;
    Ok(ToWrite {
        postings: new,
        day,
        problems,
    })
}

fn exists(posting: &Posting) -> bool {
    match posting {
        Posting::Payment(payment) => payment.exists.is_some(),
        Posting::Refund(refund) => refund.exists.is_some() && refund.paid_out,
        Posting::Reversal(reversal) => reversal.exists.is_some() && reversal.paid,
    }
}

/// The day on which something of a settlement is dated: a closed period holds it, or moves it to the first open day
/// (CMN-34, SET-52).
pub(super) fn day(
    own: NaiveDate,
    closed: Option<&ClosedPeriod>,
    (settlement, marketplace): (&str, &str),
    at_stake: Money,
    rules: &Rules,
) -> Result<NaiveDate, Instead> {
    let Some(closed) = closed else {
        return Ok(own);
    };
    match closed.first_open {
        Some(open) if rules.says(marketplace, "closed_period", "first_open") => Ok(open),
        _ => Err(Instead::Ask {
            problems: vec![period_closed(closed, settlement, marketplace, at_stake)],
        }),
    }
}

/// The period of a posting is closed.
fn period_closed(closed: &ClosedPeriod, settlement: &str, marketplace: &str, at_stake: Money) -> Problem {
    Problem {
        code: "PERIOD_CLOSED".into(),
        cause: format!("PERIOD_CLOSED:{}", closed.name),
        what: Text::new("problem-settlement-period-closed")
            .with("settlement", settlement)
            .with("period", closed.name.as_str()),
        why: Text::new("problem-period-closed-why"),
        about: vec![
            ("settlement".into(), settlement.into()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: Some(at_stake),
        remedies: vec![
            Remedy::SetOption {
                option: "closed_period".into(),
                marketplace: Some(marketplace.into()),
            },
            Remedy::Retry,
        ],
    }
}

/// What a person must settle about a group.
fn problem(seen: &ToPost) -> Problem {
    let code = seen
        .outcome
        .code
        .clone()
        .unwrap_or_else(|| "INVOICE_NOT_FOUND".to_owned());
    // A payment that several orders share is missing once, whichever of them asks.
    let shared = seen.outcome.document.as_deref();
    let shared = shared.filter(|name| ExternalId::is_payment_of_customer(&seen.settlement, name));
    Problem {
        cause: match shared {
            Some(name) => format!("{code}:gone:{name}"),
            None => format!("{code}:{}", seen.order),
        },
        what: Text::new("problem-settlement-group")
            .with("order", seen.order.as_str())
            .with("settlement", seen.settlement.as_str())
            .with("amount", seen.customer),
        why: seen.outcome.reason.clone(),
        about: vec![
            ("order".into(), seen.order.clone()),
            ("settlement".into(), seen.settlement.clone()),
            ("marketplace".into(), seen.marketplace.clone()),
        ],
        at_stake: Some(seen.customer),
        remedies: remedies(seen, &code),
        code,
    }
}

/// The answers that cure a group's question, the best first.
fn remedies(seen: &ToPost, code: &str) -> Vec<Remedy> {
    let first = match code {
        "OVERPAYMENT" => Some(Remedy::SetOption {
            option: "payment.keep_unapplied".into(),
            marketplace: Some(seen.marketplace.clone()),
        }),
        // A record that is gone goes by the name of the step that made it.
        "NETSUITE_EDITED" => seen
            .outcome
            .document
            .clone()
            .filter(|name| name.starts_with("AZN-"))
            .map(|step| Remedy::MakeAgain { step }),
        _ => None,
    };
    first.into_iter().chain([Remedy::Retry, Remedy::Exclude]).collect()
}

/// Everything that a settlement writes is held until the whole is approved: by a person, or, where `je.mode` is `auto`, by
/// the app once it is balanced and nobody is needed (SET-46).
pub fn hold(settlement: &str) -> Option<String> {
    Some(settlement.to_owned())
}
