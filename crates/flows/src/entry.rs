//! A flow without its subject's type: what the engine, the screens, the command line and the docs work with.

use std::future::Future;
use std::pin::Pin;

use rust_decimal::Decimal;
use serde_json::Value;
use wire::Failure;

use crate::flow::{Card, Decision, Fact, Flow, Key, Look, Reads, Window};
use crate::rules::Rules;

/// One flow, erased to plain functions.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Who the flow is.
    pub card: Card,
    look: LookFn,
    sample: fn(&Rules) -> Judged,
    mismatch_percent: fn(&Rules) -> Option<Decimal>,
}

/// One subject after it was seen and decided about.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The subject's lasting name.
    pub key: Key,
    /// The writes to make, or what to do instead.
    pub decision: Decision,
    /// What lists may show.
    pub facts: Vec<Fact>,
    /// Everything that the decision rests on; buyer data is masked by its own type.
    pub evidence: Value,
}

/// A look in the making.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<Look<Judged>, Failure>> + Send + 'a>>;

type LookFn = for<'a> fn(&'a Reads<'a>, &'a Window, &'a Rules) -> Looking<'a>;

impl Entry {
    /// Reads both sides and decides about each thing seen. Writes nothing.
    pub fn look<'a>(&self, reads: &'a Reads<'a>, window: &'a Window, rules: &'a Rules) -> Looking<'a> {
        (self.look)(reads, window, rules)
    }

    /// The percentage of a run's records whose total may differ when they are read back (CMN-36).
    pub fn mismatch_percent(&self, rules: &Rules) -> Option<Decimal> {
        (self.mismatch_percent)(rules)
    }

    /// The flow's typical subject, decided under these rules.
    pub fn sample(&self, rules: &Rules) -> Judged {
        (self.sample)(rules)
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Entry").field(&self.card.id).finish()
    }
}

/// Erases a flow.
pub const fn entry<F: Flow>() -> Entry {
    Entry {
        card: F::CARD,
        look: look::<F>,
        sample: sample::<F>,
        mismatch_percent: F::mismatch_percent,
    }
}

fn look<'a, F: Flow>(reads: &'a Reads<'a>, window: &'a Window, rules: &'a Rules) -> Looking<'a> {
    Box::pin(async move {
        Ok(match F::look(reads, window, rules).await? {
            Look::Seen {
                subjects,
                next,
                read_until,
            } => {
                let mut subjects: Vec<Judged> = subjects.iter().map(|subject| judge::<F>(subject, rules)).collect();
                F::guard(&mut subjects, rules);
                Look::Seen {
                    subjects,
                    next,
                    read_until,
                }
            }
            Look::NotYet { again_in, because } => Look::NotYet { again_in, because },
        })
    })
}

fn sample<F: Flow>(rules: &Rules) -> Judged {
    judge::<F>(&F::sample(), rules)
}

fn judge<F: Flow>(subject: &F::Subject, rules: &Rules) -> Judged {
    Judged {
        key: F::key(subject),
        decision: F::decide(subject, rules),
        facts: F::facts(subject, rules),
        evidence: serde_json::to_value(subject).unwrap_or(Value::Null),
    }
}
