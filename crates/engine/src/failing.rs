//! What a write or a probe that failed leads to: sent again, asked about by its name first, or put before a person.

use std::time::Duration;

use netsuite::Refusal;
use serde_json::Value;
use store::Writer;
use store::decisions::State;
use store::problems::{self, Problem};
use store::steps::{self, Change, Step, StepState};
use wire::Failure;

use crate::journal::{Changed, failed};
use crate::outgoing::Outgoing;
use crate::run::{Live, Stop};
use crate::{problems as ours, retry, settle};

/// A write failed.
pub(crate) fn write(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    write: &Outgoing,
    failure: &Failure,
    changed: &mut Changed,
) -> store::Result<()> {
    match failure {
        Failure::Refused { .. } => match write.refusal(failure) {
            // Somebody saved it in between: the same absolute values again.
            Some(Refusal::ChangedMeanwhile) => again(db, live, step, Duration::ZERO, "NETWORK", failure, changed),
            meaning => refuse(db, live, step, code(meaning), failure, changed),
        },
        Failure::Throttled { again_in } => again(db, live, step, *again_in, "THROTTLED", failure, changed),
        Failure::Unreachable { .. } => again(db, live, step, Duration::ZERO, "NETWORK", failure, changed),
        // It may have happened. What we cannot read may also have happened.
        Failure::Unanswered { .. } | Failure::Misread { .. } => {
            unknown(db, live, step, retry::BEFORE_PROBE, failure, changed)
        }
        Failure::SignedOut { said } => {
            changed.stop = Some(Stop::SignedOut {
                service: write.service(),
                said: said.clone(),
            });
            back(db, live, step, failure)
        }
        Failure::ClockOff { .. } => {
            changed.stop = Some(Stop::Failed(failure.clone()));
            back(db, live, step, failure)
        }
        Failure::Cancelled => back(db, live, step, failure),
    }
}

/// A probe failed: whether the write happened is still unknown.
pub(crate) fn probe(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    write: &Outgoing,
    failure: &Failure,
    changed: &mut Changed,
) -> store::Result<()> {
    match failure {
        Failure::SignedOut { said } => {
            changed.stop = Some(Stop::SignedOut {
                service: write.service(),
                said: said.clone(),
            });
            unknown(db, live, step, Duration::ZERO, failure, changed)
        }
        Failure::ClockOff { .. } => {
            changed.stop = Some(Stop::Failed(failure.clone()));
            unknown(db, live, step, Duration::ZERO, failure, changed)
        }
        Failure::Cancelled => unknown(db, live, step, Duration::ZERO, failure, changed),
        Failure::Throttled { again_in } => unknown(db, live, step, *again_in, failure, changed),
        Failure::Refused { .. }
        | Failure::Unreachable { .. }
        | Failure::Unanswered { .. }
        | Failure::Misread { .. } => {
            let wait = retry::wait(step.tries, retry::BEFORE_PROBE, live.inner.chance.as_ref());
            unknown(db, live, step, wait, failure, changed)
        }
    }
}

/// Nothing was sent: the step stands where it stood.
fn back(db: &Writer<'_>, live: &Live<'_>, step: &Step, failure: &Failure) -> store::Result<()> {
    let change = Change {
        failure: Some(failed(failure)),
        forget_tries: true,
        ..Change::default()
    };
    steps::set_state(db, &step.name, StepState::Planned, &change, live.inner.now())
}

/// Certainly not executed: planned again for later.
fn again(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    asked: Duration,
    code: &str,
    failure: &Failure,
    changed: &mut Changed,
) -> store::Result<()> {
    let wait = retry::wait(step.tries, asked, live.inner.chance.as_ref());
    later(db, live, step, StepState::Planned, wait, failure)?;
    given_up(db, live, step, code, failure, changed)
}

/// It may have happened: a probe comes first.
fn unknown(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    wait: Duration,
    failure: &Failure,
    changed: &mut Changed,
) -> store::Result<()> {
    later(db, live, step, StepState::Unanswered, wait, failure)?;
    if step.state == StepState::Unanswered {
        steps::count_try(db, &step.name)?;
    }
    given_up(db, live, step, "NETWORK", failure, changed)
}

fn later(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    state: StepState,
    wait: Duration,
    failure: &Failure,
) -> store::Result<()> {
    let now = live.inner.now();
    let next_at = chrono::TimeDelta::from_std(wait).ok().map(|wait| now + wait);
    let change = Change {
        failure: Some(failed(failure)),
        next_at,
        forget_tries: false,
    };
    steps::set_state(db, &step.name, state, &change, now)?;
    settle::subject(db, &step.flow, &step.account, &step.key, now)?;
    Ok(())
}

/// After the last try of a run the seller may know; the app goes on by itself in each later run (flows.md §1.7).
fn given_up(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    code: &str,
    failure: &Failure,
    changed: &mut Changed,
) -> store::Result<()> {
    if step.tries >= retry::SENDINGS {
        let problem = ours::unreachable(step, code, &failure.to_string(), live.inner.now());
        problems::open(db, &problem)?;
        changed.problems = true;
        changed.counts.errors += 1;
    }
    Ok(())
}

fn refuse(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    code: &str,
    failure: &Failure,
    changed: &mut Changed,
) -> store::Result<()> {
    let problem = ours::refused(step, code, &failure.to_string(), live.inner.now());
    refused(db, live, step, &failed(failure), &problem, changed)
}

/// A person must see this: the step stands still until then.
pub(crate) fn refused(
    db: &Writer<'_>,
    live: &Live<'_>,
    step: &Step,
    failure: &Value,
    problem: &Problem,
    changed: &mut Changed,
) -> store::Result<()> {
    let now = live.inner.now();
    let change = Change {
        failure: Some(failure.clone()),
        ..Change::default()
    };
    steps::set_state(db, &step.name, StepState::Refused, &change, now)?;
    problems::open(db, problem)?;
    let state = settle::subject(db, &step.flow, &step.account, &step.key, now)?;
    changed.problems = true;
    match state {
        State::NeedsYou => changed.counts.needs_you += 1,
        State::Excluded => changed.counts.ignored += 1,
        _ => changed.counts.errors += 1,
    }
    Ok(())
}

/// The stable code of flows.md §1.7 for what NetSuite means.
fn code(meaning: Option<Refusal>) -> &'static str {
    match meaning {
        Some(Refusal::PeriodClosed) => "PERIOD_CLOSED",
        Some(Refusal::Permission) => "PERMISSION",
        Some(Refusal::Currency) => "CURRENCY_DISABLED",
        Some(Refusal::Unbalanced) => "JE_UNBALANCED",
        Some(Refusal::OverApplied) => "OVERPAYMENT",
        Some(Refusal::NothingOpen) => "INVOICE_ALREADY_PAID",
        Some(Refusal::EntityExists) => "CUSTOMER_AMBIGUOUS",
        Some(Refusal::AlreadyExists) => "ADOPTION_CONFLICT",
        Some(
            Refusal::NotFound
            | Refusal::BadReference
            | Refusal::MissingField
            | Refusal::UnknownField
            | Refusal::ChangedMeanwhile
            | Refusal::Locked
            | Refusal::BadQuery
            | Refusal::NotInStock
            | Refusal::Other,
        )
        | None => "REJECTED",
    }
}
