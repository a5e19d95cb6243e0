//! The self-audit: what this computer believes, held against NetSuite once a week (flows.md §17.5).
//!
//! Every record that was written or linked still stands in NetSuite with the total that was read back. Every order has
//! one sale there. Each settlement that a person closed has left nothing on its clearing account. No invoice waits
//! longer for its settlement than a seller would expect. Every flow has read as far as its schedule says.
//!
//! Records are written and read back all day, so only those of yesterday and before are looked at.

use chrono::{DateTime, Utc};
use domain::{Money, Text};
use netsuite::RecordType;
use netsuite::queries::Known;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use wire::Failure;

use super::look::look;
use crate::flow::{Card, Decision, Fact, Flow, Group, Key, Look, Problem, Reads, Remedy, Route, Window, ask, skip};
use crate::local::{InBooks, Watermark};
use crate::rules::{Profile, Rules};

/// The self-audit.
pub struct SelfAudit;

/// Something that is believed, with what is found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "about", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a few hundred at a time")]
pub enum Audited {
    /// A record that was written or linked.
    Record {
        /// What is believed.
        believed: InBooks,
        /// What NetSuite has; nothing: it has no such record.
        found: Option<Known>,
        /// Other sales of the same order in NetSuite, which nobody here knows.
        others: Vec<Known>,
        /// Whether a settlement has paid something of the order.
        is_settled: bool,
    },
    /// A settlement that a person closed.
    Settlement {
        /// Its id.
        id: String,
        /// What its records have left on the clearing account; nothing where it has no journal.
        clearing: Option<Money>,
    },
    /// How far a flow has read.
    Watermark(Watermark),
    /// What was asked about and is not believed any more: a record that was taken back, a flow that is off.
    Forgotten {
        /// The key.
        key: String,
    },
}

impl Flow for SelfAudit {
    type Subject = Audited;

    const CARD: Card = Card {
        id: "self-audit",
        title: "flow-self-audit",
        promise: "flow-self-audit-promise",
        route: Route::WithinNetSuite,
        group: Group::Settlements,
        every_minutes: 10_080,
        needs: &["netsuite:Sales Order", "netsuite:Invoice"],
        after: &[
            "order-comparison",
            "shipments",
            "cancellations",
            "billing",
            "settlement-journals",
        ],
        options: &["audit.unsettled_days"],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Audited>, Failure> {
        look(reads, window, rules).await
    }

    fn key(seen: &Audited) -> Key {
        Key(match seen {
            Audited::Record { believed, .. } => format!("record/{}", believed.name),
            Audited::Settlement { id, .. } => format!("settlement/{id}"),
            Audited::Watermark(mark) => format!("watermark/{}", mark.flow),
            Audited::Forgotten { key } => key.clone(),
        })
    }

    fn decide(seen: &Audited, rules: &Rules) -> Decision {
        let problems = findings(seen, rules);
        if problems.is_empty() {
            return skip(Text::new("reason-audit-fine"));
        }
        ask(problems)
    }

    fn facts(seen: &Audited, _rules: &Rules) -> Vec<Fact> {
        let fact = |name: &str, value: domain::text::Arg| Fact {
            name: name.to_owned(),
            value,
        };
        match seen {
            Audited::Record { believed, .. } => {
                let total = believed.total.map(|total| fact("total", total.into()));
                let marketplace = believed.marketplace.as_deref();
                let marketplace = marketplace.map(|id| fact("marketplace", id.into()));
                let document = fact("document", believed.document().into());
                total.into_iter().chain(marketplace).chain([document]).collect()
            }
            Audited::Settlement { id, .. } => vec![fact("settlement", id.as_str().into())],
            Audited::Watermark(_) | Audited::Forgotten { .. } => Vec::new(),
        }
    }

    fn sample() -> Audited {
        Audited::Watermark(Watermark {
            flow: "mfn-orders".into(),
            title: "flow-mfn-orders".into(),
            read_until: DateTime::UNIX_EPOCH,
            expected: DateTime::UNIX_EPOCH,
        })
    }
}

/// Everything that is not as it is believed to be.
pub(super) fn findings(seen: &Audited, rules: &Rules) -> Vec<Problem> {
    match seen {
        Audited::Record {
            believed,
            found,
            others,
            is_settled,
        } => {
            let Some(found) = found else {
                return vec![gone(believed)];
            };
            let total = changed(believed, found, rules);
            let twice = (!others.is_empty()).then(|| twice(believed, others));
            let late = unsettled(believed, found, *is_settled, rules);
            total.into_iter().chain(twice).chain(late).collect()
        }
        Audited::Settlement { id, clearing } => clearing
            .filter(|left| !left.is_zero())
            .map(|left| on_clearing(id, left))
            .into_iter()
            .collect(),
        Audited::Watermark(mark) if mark.read_until < mark.expected => vec![behind(mark)],
        Audited::Watermark(_) | Audited::Forgotten { .. } => Vec::new(),
    }
}

/// The same question as when a flow itself finds it, and the same answer: it is made again, or left out.
fn gone(believed: &InBooks) -> Problem {
    Problem {
        code: "NETSUITE_EDITED".into(),
        cause: format!("NETSUITE_EDITED:gone:{}", believed.name),
        what: Text::new("problem-record-gone-what").with("record", believed.name.as_str()),
        why: Text::new("problem-record-gone-why"),
        about: about(believed),
        at_stake: believed.total,
        remedies: vec![
            Remedy::MakeAgain {
                step: believed.name.clone(),
            },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    }
}

/// NetSuite counts another total than when the record was read back. What a person accepted as it stands is fine.
fn changed(believed: &InBooks, found: &Known, rules: &Rules) -> Option<Problem> {
    let before = believed.total.filter(|_| believed.record != RecordType::JournalEntry)?;
    let accepted = [&rules.adopted, &rules.adopted_bills];
    let is_accepted = accepted
        .iter()
        .filter_map(|all| all.get(&believed.key))
        .any(|accepted| accepted.id == found.id);
    let same = found.total.abs() == before.amount.abs() && found.currency.is_none_or(|now| now == before.currency);
    if same || is_accepted {
        return None;
    }
    let now = Money::new(found.total, found.currency.unwrap_or(before.currency));
    Some(Problem {
        code: "AUDIT_TOTAL".into(),
        cause: format!("AUDIT_TOTAL:{}", believed.name),
        what: Text::new("problem-audit-total")
            .with("document", found.number.as_str())
            .with("before", before)
            .with("now", now),
        why: Text::new("problem-audit-total-why"),
        about: about(believed),
        at_stake: Some(before),
        remedies: vec![Remedy::Retry, Remedy::Exclude],
    })
}

/// Another sale carries the order's number.
fn twice(believed: &InBooks, others: &[Known]) -> Problem {
    let numbers: Vec<&str> = others.iter().map(|other| other.number.as_str()).collect();
    Problem {
        code: "AUDIT_TWICE".into(),
        cause: format!("AUDIT_TWICE:{}", believed.key),
        what: Text::new("problem-audit-twice")
            .with("order", believed.key.as_str())
            .with("document", believed.document())
            .with("others", numbers.join(", ")),
        why: Text::new("problem-audit-twice-why"),
        about: about(believed),
        at_stake: believed.total,
        remedies: vec![Remedy::Retry, Remedy::Exclude],
    }
}

/// An invoice that nobody has paid for longer than `audit.unsettled_days`, and whose order stands in no settlement.
/// Money that Amazon is known to hold back belongs here too: it is late for a reason, and no finding.
fn unsettled(believed: &InBooks, found: &Known, is_settled: bool, rules: &Rules) -> Option<Problem> {
    let profile = believed
        .marketplace
        .as_deref()
        .and_then(|id| rules.marketplaces.get(id));
    let marketplace = profile.map_or("", |profile| profile.id.as_str());
    let days = rules.number(marketplace, "audit.unsettled_days")?.to_i64()?;
    let age = today(rules.now, profile).signed_duration_since(found.date).num_days();
    let is_open = found.record == Some(RecordType::Invoice) && !found.open.is_zero() && found.status != "V";
    if !is_open || is_settled || age <= days {
        return None;
    }
    let currency = found.currency.or(believed.total.map(|total| total.currency))?;
    Some(Problem {
        code: "AUDIT_UNSETTLED".into(),
        cause: format!("AUDIT_UNSETTLED:{}", believed.name),
        what: Text::new("problem-audit-unsettled")
            .with("document", found.number.as_str())
            .with("days", usize::try_from(age).unwrap_or_default()),
        why: Text::new("problem-audit-unsettled-why"),
        about: about(believed),
        at_stake: Some(Money::new(found.open, currency)),
        remedies: vec![
            Remedy::Retry,
            Remedy::SetOption {
                option: "audit.unsettled_days".into(),
                marketplace: profile.map(|profile| profile.id.clone()),
            },
            Remedy::Exclude,
        ],
    })
}

fn today(now: DateTime<Utc>, profile: Option<&Profile>) -> chrono::NaiveDate {
    profile.map_or_else(|| now.date_naive(), |profile| profile.day(now))
}

/// The settlement is closed, and its records do not come to nought.
fn on_clearing(settlement: &str, left: Money) -> Problem {
    Problem {
        code: "AUDIT_CLEARING".into(),
        cause: format!("AUDIT_CLEARING:{settlement}"),
        what: Text::new("problem-audit-clearing")
            .with("settlement", settlement)
            .with("amount", left),
        why: Text::new("problem-audit-clearing-why"),
        about: vec![("settlement".into(), settlement.into())],
        at_stake: Some(left),
        remedies: vec![Remedy::Retry, Remedy::Exclude],
    }
}

/// A flow has not read as far as its schedule says.
fn behind(mark: &Watermark) -> Problem {
    Problem {
        code: "AUDIT_BEHIND".into(),
        cause: format!("AUDIT_BEHIND:{}", mark.flow),
        what: Text::new("problem-audit-behind")
            .with("flow", mark.flow.as_str())
            .with("until", mark.read_until),
        why: Text::new("problem-audit-behind-why"),
        about: vec![("flow".into(), mark.flow.clone())],
        at_stake: None,
        remedies: vec![Remedy::Retry, Remedy::Exclude],
    }
}

fn about(believed: &InBooks) -> Vec<(String, String)> {
    vec![(believed.kind.clone(), believed.key.clone())]
}
