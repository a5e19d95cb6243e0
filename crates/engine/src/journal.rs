//! What came back from NetSuite, written down in one transaction: the step's new state, the link, the trail, the
//! problem if there is one, and where the subject now stands.

use domain::Money;
use flows::Expect;
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use store::decisions::{self, State};
use store::links::{self, Link};
use store::problems::{self, Tab, Which};
use store::runs::Counts;
use store::steps::{self, Change, Finished, Outcome, Step, StepState};
use store::{Writer, attempts, audit};
use wire::Failure;

use crate::confirm::{expected, within};
use crate::event::Event;
use crate::outgoing::Outgoing;
use crate::run::{Live, Stop};
use crate::{failing, problems as ours, settle};

/// How a sending or a probe came back.
pub(crate) enum Landing {
    /// The write was answered.
    Written { id: RecordId, record: &'static str },
    /// A probe found the record.
    Found {
        id: RecordId,
        record: &'static str,
        document: Option<String>,
        total: Option<Decimal>,
        ours: bool,
    },
    /// The record to delete is not there any more.
    Gone { record: &'static str },
    /// It did not happen.
    SendAgain,
    /// A record that it needs is not linked.
    NotYet { missing: String },
    /// The write failed.
    Failed(Failure),
    /// The probe failed: whether the write happened is still unknown.
    ProbeFailed(Failure),
}

impl Landing {
    /// Whether the step got through or may still get through by itself.
    pub(crate) fn is_through(&self) -> bool {
        matches!(
            self,
            Self::Written { .. } | Self::Found { .. } | Self::Gone { .. } | Self::SendAgain
        )
    }

    fn words(&self) -> Value {
        match self {
            Self::Written { id, .. } => json!({"ok": "written", "id": id.0}),
            Self::Found { id, .. } => json!({"ok": "found", "id": id.0}),
            Self::Gone { .. } => json!({"ok": "gone"}),
            Self::SendAgain => json!({"ok": "not there"}),
            Self::NotYet { missing } => json!({"failed": "needs another record", "said": missing}),
            Self::Failed(failure) | Self::ProbeFailed(failure) => failed(failure),
        }
    }
}

pub(crate) fn failed(failure: &Failure) -> Value {
    json!({"failed": ours::json(failure), "said": failure.to_string()})
}

/// What one landing changed, told after it is on the disk.
#[derive(Default)]
pub(crate) struct Changed {
    pub(crate) counts: Counts,
    done: Option<(&'static str, Option<String>)>,
    pub(crate) problems: bool,
    pub(crate) stop: Option<Stop>,
}

/// Notes an answer that leads to another question.
pub(crate) fn noted(live: &Live<'_>, attempt: i64, failure: &Failure) -> Result<(), Stop> {
    let now = live.inner.now();
    Ok(live
        .inner
        .store
        .write(|db| attempts::end(db, attempt, now, &failed(failure)))?)
}

/// A step whose buyer data cannot be read any more is not sent: its subject is looked at again, and planned anew.
pub(crate) fn unreadable(live: &Live<'_>, step: &Step, attempt: i64) -> Result<(), Stop> {
    look_again(
        live,
        step,
        attempt,
        "the buyer data in this write cannot be read any more",
    )
}

/// A step that is not sent: its subject is looked at again, and planned anew.
pub(crate) fn look_again(live: &Live<'_>, step: &Step, attempt: i64, why: &str) -> Result<(), Stop> {
    let now = live.inner.now();
    let words = json!({ "failed": why });
    live.inner.store.write(|db| {
        steps::set_state(db, &step.name, StepState::Withdrawn, &Change::default(), now)?;
        decisions::set_state(db, &step.flow, &step.account, &step.key, State::Waiting)?;
        attempts::end(db, attempt, now, &words)
    })?;
    Ok(())
}

/// Writes down what came back.
pub(crate) fn landed(
    live: &Live<'_>,
    step: &Step,
    write: &Outgoing,
    attempt: i64,
    landing: Landing,
) -> Result<(), Stop> {
    let now = live.inner.now();
    let mut changed = Changed::default();
    let words = landing.words();
    live.inner.store.write(|db| {
        attempts::end(db, attempt, now, &words)?;
        match &landing {
            Landing::Written { id, record } => {
                finish(
                    db,
                    live,
                    step,
                    write.outcome(None),
                    record,
                    Some(id),
                    None,
                    &mut changed,
                )?;
            }
            Landing::Gone { record } => finish(db, live, step, Outcome::Deleted, record, None, None, &mut changed)?,
            Landing::Found {
                id,
                record,
                document,
                total,
                ours,
            } => match conflicting(step, *total) {
                Some((expected, theirs)) if !write.is_delete() => {
                    let shown = document.as_deref().unwrap_or(&id.0);
                    let problem = ours::conflict(step, expected, &theirs, shown, now);
                    failing::refused(db, live, step, &words, &problem, &mut changed)?;
                }
                _ => {
                    let outcome = write.outcome(Some(*ours));
                    finish(
                        db,
                        live,
                        step,
                        outcome,
                        record,
                        Some(id),
                        document.as_deref(),
                        &mut changed,
                    )?;
                }
            },
            Landing::SendAgain | Landing::NotYet { .. } => {
                steps::set_state(db, &step.name, StepState::Planned, &Change::default(), now)?;
            }
            Landing::Failed(failure) => failing::write(db, live, step, write, failure, &mut changed)?,
            Landing::ProbeFailed(failure) => failing::probe(db, live, step, write, failure, &mut changed)?,
        }
        Ok(())
    })?;
    let early = changed.stop.take();
    tell(live, step, changed);
    early.map_or(Ok(()), Err)
}

fn tell(live: &Live<'_>, step: &Step, changed: Changed) {
    live.add(changed.counts);
    if changed.problems {
        live.inner.tell_problems();
    }
    if let Some((record, record_id)) = changed.done {
        live.inner.tell(Event::StepDone {
            run: live.seat.run.clone(),
            flow: step.flow.clone(),
            key: step.key.clone(),
            step: step.name.clone(),
            title: step.title.clone(),
            record: Some(record.to_owned()),
            record_id,
        });
    }
}

/// The total that was expected and the one that stands there, when they differ beyond the tolerance (CMN-13).
fn conflicting(step: &Step, theirs: Option<Decimal>) -> Option<(Money, String)> {
    let Expect::Total { total, tolerance } = expected(step)?;
    let theirs = theirs?;
    (!within(theirs, total.amount, tolerance)).then(|| (total, Money::new(theirs, total.currency).to_string()))
}

#[allow(clippy::too_many_arguments, reason = "one finished write has all of these")]
fn finish(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    outcome: Outcome,
    record: &'static str,
    id: Option<&RecordId>,
    document: Option<&str>,
    changed: &mut Changed,
) -> store::Result<()> {
    let now = live.inner.now();
    let made = matches!(outcome, Outcome::Created | Outcome::Adopted);
    let record_id = id.map(|id| id.0.as_str());
    // Customers and custom records are no transactions and have no total to compare.
    let is_transaction = RecordType::TRANSACTIONS.iter().any(|kind| kind.rest_name() == record);
    let confirmed = !made || !is_transaction;
    let finished = Finished {
        name: &step.name,
        outcome,
        record: Some(record),
        record_id,
        confirmed,
    };
    steps::finish(db, &finished, now)?;
    // An order may wait for a change of its customer as for the customer itself.
    let changed_what_it_names = outcome == Outcome::Updated;
    if let (true, Some(id), Some((kind, key))) = (made || changed_what_it_names, id, &step.link) {
        let link = Link {
            kind: kind.clone(),
            key: key.clone(),
            record: record.to_owned(),
            record_id: id.0.clone(),
            external_id: Some(step.name.clone()),
            document: document.map(str::to_owned),
            adopted: outcome == Outcome::Adopted,
            total: None,
            linked_at: now,
        };
        links::put(db, &link)?;
    }
    let detail = json!({"did": outcome, "record": record, "id": record_id, "body": step.body_hash});
    audit::add(
        db,
        now,
        &format!("{}:{}", live.seat.flow, live.seat.run),
        "write",
        &step.name,
        &detail,
    )?;
    let which = Which {
        flow: Some(&step.flow),
        account: Some(&step.account),
        key: Some(&step.key),
        step: Some(&step.name),
        ..Which::default()
    };
    changed.problems |= problems::close(db, &which, Tab::Resolved, None, None, now)? > 0;
    settle::subject(db, &step.flow, &step.account, &step.key, now)?;
    match outcome {
        Outcome::Created | Outcome::Kept => changed.counts.created += 1,
        Outcome::Updated | Outcome::Deleted | Outcome::Sent => changed.counts.updated += 1,
        Outcome::Adopted => changed.counts.adopted += 1,
    }
    changed.done = Some((record, record_id.map(str::to_owned)));
    Ok(())
}
