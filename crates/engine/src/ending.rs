//! The end of a run: how it went is written down, what kept it from its end becomes one problem, and what an earlier run
//! could not get past closes by itself.

use chrono::{DateTime, Utc};
use domain::Text;
use store::accounts;
use store::problems::{self, Tab, Which};
use store::runs::{self, Counts, RunResult};
use wire::Failure;

use crate::engine::{Inner, Seat};
use crate::event::Event;
use crate::problems as ours;
use crate::request::{Preview, Report};
use crate::run::Stop;

/// Writes down how a run ended, and tells.
pub(crate) fn close(
    inner: &Inner,
    seat: &Seat,
    ended: Result<(), Stop>,
    counts: Counts,
    preview: Option<Preview>,
    dry_run: bool,
) -> Report {
    let now = inner.now();
    let troubled = counts.errors > 0 || counts.needs_you > 0;
    let (result, because, problem) = match ended {
        Ok(()) | Err(Stop::HeldUp) if troubled => (RunResult::DoneWithErrors, None, None),
        Ok(()) | Err(Stop::HeldUp) => (RunResult::Done, None, None),
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
            let (what, why) = (Text::new("problem-run-fault-what"), Text::new("problem-run-fault-why"));
            (
                RunResult::Failed,
                Some(what.clone()),
                Some(ours::run_failed(seat, "FAULT", what, why, now)),
            )
        }
        Err(Stop::Store(error)) => {
            tracing::error!(run = seat.run, flow = seat.flow, %error, "the workspace failed");
            (
                RunResult::Failed,
                Some(Text::new("run-store-failed").with("said", error.to_string())),
                None,
            )
        }
    };
    if !dry_run {
        let kept = inner.store.write(|db| {
            runs::end(db, &seat.run, now, result, because.as_ref(), counts)?;
            match &problem {
                Some(problem) => keep(db, problem)?,
                None if result != RunResult::Cancelled => recovered(db, seat, now)?,
                None => (),
            }
            Ok(())
        });
        if let Err(error) = kept {
            tracing::error!(run = seat.run, flow = seat.flow, %error, "the end of a run could not be kept");
        }
        if problem.is_some() {
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

/// A run that reached its end closes what an earlier one could not get past (CMN-27); both accounts accept us again.
fn recovered(db: &store::Writer<'_>, seat: &Seat, now: DateTime<Utc>) -> store::Result<()> {
    let which = Which {
        flow: Some(&seat.flow),
        account: Some(&seat.account),
        key: Some(""),
        ..Which::default()
    };
    problems::close(db, &which, Tab::Resolved, None, None, now)?;
    for account in accounts::all(db)? {
        let used = account.id == seat.account || account.service == accounts::Service::NetSuite;
        if used && account.state == accounts::AccountState::SignedOut {
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
        Failure::Unreachable { .. } | Failure::Unanswered { .. } | Failure::SignedOut { .. } | Failure::Cancelled => {
            ("NETWORK", "network")
        }
    };
    (
        code,
        Text::new(format!("problem-run-{id}-what")),
        Text::new(format!("problem-run-{id}-why")).with("said", said),
    )
}
