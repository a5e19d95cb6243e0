//! The end of a run: how it went is written down, what kept it from its end becomes one problem, and what an earlier run
//! could not get past closes by itself.

use chrono::{DateTime, Utc};
use domain::Text;
use store::accounts;
use store::problems::{self, Tab, Which};
use store::runs::{self, Counts, RunResult};
use wire::Failure;

use crate::connections::Accepted;
use crate::engine::{Inner, Seat};
use crate::event::Event;
use crate::problems as ours;
use crate::request::{Preview, Report};
use crate::run::Stop;
use crate::standing;

/// Writes down how a run ended, and tells.
pub(crate) fn close(
    inner: &Inner,
    seat: &Seat,
    ended: Result<(), Stop>,
    counts: Counts,
    accepted: Accepted,
    preview: Option<Preview>,
    dry_run: bool,
) -> Report {
    let now = inner.now();
    let troubled = counts.errors > 0 || counts.needs_you > 0;
    let mut lost = None;
    // Its question stays, however the rest of the run went.
    let held_back = matches!(ended, Err(Stop::HeldBack)).then(|| ours::tripped_cause(seat));
    let (result, because, problem) = match ended {
        Ok(()) | Err(Stop::HeldUp) if troubled => (RunResult::DoneWithErrors, None, None),
        Ok(()) | Err(Stop::HeldUp) => (RunResult::Done, None, None),
        Err(Stop::Tripped { differ, total }) => {
            let problem = ours::tripped(seat, differ, total, now);
            (RunResult::Failed, Some(problem.what.clone()), Some(problem))
        }
        Err(Stop::HeldBack) => (RunResult::Failed, Some(Text::new("run-held-back")), None),
        Err(Stop::Cancelled) => (RunResult::Cancelled, None, None),
        Err(Stop::SignedOut { service, said }) => {
            let account = if service == "netsuite" {
                netsuite_account(inner)
            } else {
                seat.account.clone()
            };
            let problem = ours::signed_out(service, &account, &said, now);
            (RunResult::Failed, Some(problem.what.clone()), Some(problem))
        }
        Err(Stop::Failed(Failure::ClockOff { minutes })) => {
            let problem = ours::clock_off(seat, minutes, now);
            (RunResult::Failed, Some(problem.what.clone()), Some(problem))
        }
        Err(Stop::Failed(failure)) => {
            let (code, what, why) = words(&failure);
            (
                RunResult::Failed,
                Some(what.clone()),
                Some(ours::run_failed(seat, code, what, why, now)),
            )
        }
        Err(Stop::Fault) => {
            tracing::error!(run = seat.run, flow = seat.flow, "a run panicked");
            fault(seat, now)
        }
        Err(Stop::Store(error)) => {
            tracing::error!(run = seat.run, flow = seat.flow, %error, "the workspace failed");
            let because = match standing::is_disk_full(&error) {
                Some(true) => Some(Text::new("run-disk-full")),
                Some(false) => Some(Text::new("run-store-failed").with("said", error.to_string())),
                None => None,
            };
            lost = because.is_some().then_some(error);
            match because {
                // A problem would want room on the same disk; `Engine::status` tells of it instead.
                Some(because) => (RunResult::Failed, Some(because), None),
                None => fault(seat, now),
            }
        }
    };
    if !dry_run {
        let kept = inner.store.write(|db| {
            runs::end(db, &seat.run, now, result, because.as_ref(), counts)?;
            match &problem {
                Some(problem) => keep(db, problem)?,
                None if result != RunResult::Cancelled => recovered(db, seat, accepted, held_back.as_slice(), now)?,
                None => (),
            }
            Ok(())
        });
        if let Err(error) = kept {
            tracing::error!(run = seat.run, flow = seat.flow, %error, "the end of a run could not be kept");
            lost.get_or_insert(error);
        }
        inner.standing.kept(lost.as_ref().map_or(Ok(()), Err), now);
        if problem.is_some() || lost.is_some() {
            inner.tell(Event::StatusChanged);
        }
        inner.tell_problems();
    }
    let (run, flow, account) = (seat.run.clone(), seat.flow.clone(), seat.account.clone());
    inner.tell(Event::RunEnded {
        run: run.clone(),
        flow: flow.clone(),
        result,
        counts,
    });
    Report {
        run,
        flow,
        account,
        result,
        because,
        counts,
        preview,
    }
}

/// Our own mistake, as the end of a run.
fn fault(seat: &Seat, now: DateTime<Utc>) -> (RunResult, Option<Text>, Option<problems::Problem>) {
    let (what, why) = (Text::new("problem-run-fault-what"), Text::new("problem-run-fault-why"));
    let problem = ours::run_failed(seat, "FAULT", what.clone(), why, now);
    (RunResult::Failed, Some(what), Some(problem))
}

/// Opens the problem of a run; a refused sign-in pauses the account it is about.
fn keep(db: &store::Writer<'_>, problem: &problems::Problem) -> store::Result<()> {
    if problem.code.starts_with("AUTH_") {
        accounts::set_state(
            db,
            &problem.account,
            accounts::AccountState::SignedOut,
            Some(&problem.what),
        )?;
    }
    problems::open(db, problem)
}

/// A run that reached its end closes what an earlier one could not get past (CMN-27), except the causes that still stand.
/// An account that it did not ask may still refuse us.
fn recovered(
    db: &store::Writer<'_>,
    seat: &Seat,
    accepted: Accepted,
    except: &[String],
    now: DateTime<Utc>,
) -> store::Result<()> {
    let which = Which {
        flow: Some(&seat.flow),
        account: Some(&seat.account),
        key: Some(""),
        except,
        ..Which::default()
    };
    problems::close(db, &which, Tab::Resolved, None, None, now)?;
    for account in accounts::all(db)? {
        let accepted = match account.service {
            accounts::Service::NetSuite => accepted.netsuite,
            accounts::Service::Amazon => accepted.amazon && account.id == seat.account,
        };
        if accepted && account.state == accounts::AccountState::SignedOut {
            accounts::set_state(db, &account.id, accounts::AccountState::Connected, None)?;
            let which = Which {
                flow: Some(""),
                account: Some(&account.id),
                ..Which::default()
            };
            problems::close(db, &which, Tab::Resolved, None, None, now)?;
        }
    }
    Ok(())
}

fn netsuite_account(inner: &Inner) -> String {
    let found = inner.store.read(|db| {
        Ok(accounts::all(db)?
            .into_iter()
            .find(|account| account.service == accounts::Service::NetSuite))
    });
    found
        .ok()
        .flatten()
        .map_or_else(|| "netsuite".to_owned(), |account| account.id)
}

fn words(failure: &Failure) -> (&'static str, Text, Text) {
    let said = failure.to_string();
    let (code, id) = match failure {
        Failure::Misread { .. } => ("SCHEMA_CHANGED", "misread"),
        Failure::Throttled { .. } => ("THROTTLED", "throttled"),
        Failure::Refused { status: 403, .. } => ("PERMISSION", "permission"),
        Failure::Refused { .. } => ("UNSUPPORTED", "refused"),
        Failure::Unreachable { .. }
        | Failure::Unanswered { .. }
        | Failure::SignedOut { .. }
        | Failure::ClockOff { .. }
        | Failure::Cancelled => ("NETWORK", "network"),
    };
    (
        code,
        Text::new(format!("problem-run-{id}-what")),
        Text::new(format!("problem-run-{id}-why")).with("said", said),
    )
}
