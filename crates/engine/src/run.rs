//! One run from its opening to its end: look and record page by page, while the applier sends what is planned.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Text;
use flows::{Entry, Judged, Key, Look, Progress, Reads, Rules, Scope, Window};
use futures::FutureExt;
use store::cursors::{self, Cursor};
use store::problems::{self, Tab, Which};
use store::runs::{self, Counts, Run, RunResult, Trigger};
use store::steps::Batch;
use store::{StoreError, accounts, decisions, marketplaces};
use tokio::sync::Notify;
use wire::{Exchange, Failure, ReadLine};

use crate::connections::Watched;
use crate::engine::{Engine, Inner, Seat, whole as locked};
use crate::event::Event;
use crate::local::LocalFacts;
use crate::record::{self, Page, plus};
use crate::request::{Preview, Report, RunRequest};
use crate::{apply, problems as ours, rules};

/// Taken off the start of a span, for what the source shows late (CMN-17).
const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// How far a first look reaches back when no go-live date says otherwise.
const FIRST_LOOK: TimeDelta = TimeDelta::days(30);
/// A source's page tokens live a day; an older rest of a window is read anew.
const TOKEN_LIFE: TimeDelta = TimeDelta::hours(20);
/// Pages in one look; more would be a source that goes round in circles.
const PAGES: usize = 5_000;
/// Subjects looked at again by key in one look, and in one run.
const KEYS_AT_ONCE: usize = 50;
const KEYS_IN_ALL: u32 = 2_000;
/// Waits for a report in one run.
const PATIENCE: Duration = Duration::from_mins(30);

/// Why a look or the whole run came to an end early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A person pressed Cancel.
    Cancelled,
    /// The service, and what it said.
    SignedOut { service: &'static str, said: String },
    /// The look failed; the next run tries again.
    Failed(Failure),
    /// Our own mistake: a panic inside the run.
    Fault,
    /// The workspace could not be read or written.
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What the two halves of a run share.
pub(crate) struct Live<'a> {
    pub(crate) inner: &'a Inner,
    pub(crate) seat: &'a Seat,
    pub(crate) amazon: Watched,
    pub(crate) documents: Arc<dyn Exchange>,
    pub(crate) netsuite: Watched,
    pub(crate) at_once: usize,
    pub(crate) counts: Mutex<Counts>,
    /// New steps were planned, or the look came to its end.
    pub(crate) planned: Notify,
    pub(crate) looked: AtomicBool,
    doing: Mutex<Progress>,
}

impl Live<'_> {
    pub(crate) fn add(&self, more: Counts) {
        let mut counts = locked(&self.counts);
        *counts = plus(*counts, more);
    }

    pub(crate) fn counts(&self) -> Counts {
        *locked(&self.counts)
    }

    /// Shows how far the run is.
    pub(crate) fn show(&self) {
        let doing = locked(&self.doing).clone();
        self.inner
            .progress(self.seat, doing.doing, doing.read, doing.total, self.counts());
    }

    fn check(&self) -> Result<(), Stop> {
        if self.seat.cancel.is_cancelled() {
            Err(Stop::Cancelled)
        } else {
            Ok(())
        }
    }

    /// A failure of a read, with the service that refused the sign-in.
    fn stop(&self, failure: Failure) -> Stop {
        match failure {
            Failure::Cancelled => Stop::Cancelled,
            Failure::SignedOut { said } => {
                let service = if self.netsuite.is_signed_out() {
                    "netsuite"
                } else {
                    "amazon"
                };
                Stop::SignedOut { service, said }
            }
            other => Stop::Failed(other),
        }
    }
}

/// Runs a flow from its opening to its end. A panic inside is caught here and shown as our mistake.
pub(crate) async fn whole(engine: &Engine, request: RunRequest, seat: Seat) -> Report {
    let inner = &engine.0;
    let opened = open(inner, &seat, request.trigger, request.dry_run);
    let mut preview = None;
    let live = live(inner, &seat, &request.scope.region);
    let ended = match (opened, &live) {
        (Err(error), _) => Err(Stop::Store(error)),
        (Ok(()), None) => Err(Stop::SignedOut {
            service: "amazon",
            said: String::new(),
        }),
        (Ok(()), Some(live)) if request.dry_run => {
            let looking = AssertUnwindSafe(look_only(live, engine, &request)).catch_unwind();
            looking
                .await
                .unwrap_or_else(|_| Err(Stop::Fault))
                .map(|found| preview = Some(found))
        }
        (Ok(()), Some(live)) => {
            let working = AssertUnwindSafe(work(live, engine, &request)).catch_unwind();
            working.await.unwrap_or_else(|_| Err(Stop::Fault))
        }
    };
    let counts = live.as_ref().map(Live::counts).unwrap_or_default();
    close(inner, &seat, ended, counts, preview, request.dry_run)
}

/// Runs only the applier, for writes that a person released.
pub(crate) async fn only_apply(engine: &Engine, seat: Seat, trigger: Trigger, batch: Batch, at_once: usize) -> Report {
    let inner = &engine.0;
    let region = seat.account.split(':').next().unwrap_or_default().to_owned();
    let opened = open(inner, &seat, trigger, false);
    let live = live(inner, &seat, &region);
    let ended = match (opened, live.as_ref()) {
        (Err(error), _) => Err(Stop::Store(error)),
        (Ok(()), None) => Err(Stop::SignedOut {
            service: "netsuite",
            said: String::new(),
        }),
        (Ok(()), Some(live)) => {
            live.looked.store(true, Ordering::Release);
            let applying = apply::all(live, &batch, at_once.min(live.at_once), at_once == 1);
            AssertUnwindSafe(applying)
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(Stop::Fault))
        }
    };
    let counts = live.as_ref().map(Live::counts).unwrap_or_default();
    close(inner, &seat, ended, counts, None, false)
}

fn live<'a>(inner: &'a Inner, seat: &'a Seat, region: &str) -> Option<Live<'a>> {
    let connections = inner.connections();
    let amazon = connections.amazon.get(region)?;
    Some(Live {
        inner,
        seat,
        amazon: Watched::new(Arc::clone(amazon)),
        documents: connections.documents,
        netsuite: Watched::new(connections.netsuite),
        at_once: connections.writes_at_once.max(1),
        counts: Mutex::new(Counts::default()),
        planned: Notify::new(),
        looked: AtomicBool::new(false),
        doing: Mutex::new(Progress {
            doing: Text::new("run-doing-starting"),
            read: 0,
            total: None,
        }),
    })
}

fn open(inner: &Inner, seat: &Seat, trigger: Trigger, dry_run: bool) -> Result<(), StoreError> {
    let (run, flow, account) = (seat.run.clone(), seat.flow.clone(), seat.account.clone());
    if !dry_run {
        let row = Run {
            id: run.clone(),
            flow: flow.clone(),
            account: account.clone(),
            trigger,
            opened_at: seat.since,
            ended_at: None,
            result: None,
            because: None,
            counts: Counts::default(),
        };
        inner.store.write(|db| runs::insert(db, &row))?;
    }
    inner.tell(Event::RunOpened {
        run,
        flow,
        account,
        trigger,
    });
    Ok(())
}

/// Looks and applies at the same time; a full look never waits for the writes of its first page.
async fn work(live: &Live<'_>, engine: &Engine, request: &RunRequest) -> Result<(), Stop> {
    let Some(entry) = engine.entry(&request.flow) else {
        return Ok(());
    };
    let rules = live.inner.store.read(|db| rules::snapshot(db, live.seat.since))?;
    let batch = Batch::Flow {
        flow: live.seat.flow.clone(),
        account: live.seat.account.clone(),
    };
    let looking = async {
        let outcome = look_and_record(live, &entry, request, &rules).await;
        live.looked.store(true, Ordering::Release);
        live.planned.notify_one();
        outcome
    };
    let (looked, applied) = futures::join!(looking, apply::all(live, &batch, live.at_once, false));
    applied.and(looked)
}

async fn look_and_record(live: &Live<'_>, entry: &Entry, request: &RunRequest, rules: &Rules) -> Result<(), Stop> {
    let mut seen = HashSet::new();
    if let Some(keys) = &request.keys {
        return by_keys(live, entry, request, rules, keys.clone()).await;
    }
    span(live, entry, request, rules, &mut seen).await?;
    let open = live
        .inner
        .store
        .read(|db| decisions::open_keys(db, &live.seat.flow, &live.seat.account, KEYS_IN_ALL))?;
    let again: Vec<Key> = open.into_iter().filter(|key| !seen.contains(key)).map(Key).collect();
    by_keys(live, entry, request, rules, again).await
}

/// Looks again, by name, at what waits, asks or failed.
async fn by_keys(
    live: &Live<'_>,
    entry: &Entry,
    request: &RunRequest,
    rules: &Rules,
    keys: Vec<Key>,
) -> Result<(), Stop> {
    for some in keys.chunks(KEYS_AT_ONCE) {
        let mut window = Some(Window::Keys(some.to_vec()));
        while let Some(now) = window {
            let (subjects, next, _) = look(live, entry, request, rules, &now).await?;
            store(live, request.trigger, &subjects, None)?;
            window = next.filter(|next| *next != now);
        }
    }
    Ok(())
}

/// Looks at everything that changed since the cursor. The cursor moves in the transaction that stores each page.
async fn span(
    live: &Live<'_>,
    entry: &Entry,
    request: &RunRequest,
    rules: &Rules,
    seen: &mut HashSet<String>,
) -> Result<(), Stop> {
    let now = live.inner.now();
    let (cursor, first) = live.inner.store.read(|db| {
        Ok((
            cursors::get(db, &live.seat.flow, &live.seat.account)?,
            go_live(&marketplaces::all(db)?, &request.scope, now),
        ))
    })?;
    let reached = cursor.as_ref().and_then(|cursor| cursor.until);
    let mut window = rest_of(cursor.as_ref(), now).unwrap_or_else(|| Window::Span {
        from: reached.map_or(first, |until| until - OVERLAP),
        until: now,
        page: None,
    });
    for _ in 0..PAGES {
        let (subjects, next, read_until) = look(live, entry, request, rules, &window).await?;
        seen.extend(subjects.iter().map(|judged| judged.key.0.clone()));
        let cursor = match &next {
            Some(rest) => Cursor {
                until: reached,
                window: Some(ours::json(rest)),
                moved_at: live.inner.now(),
            },
            None => Cursor {
                until: reached.max(read_until),
                window: None,
                moved_at: live.inner.now(),
            },
        };
        store(live, request.trigger, &subjects, Some(cursor))?;
        match next {
            None => return Ok(()),
            Some(same) if same == window => return Err(circle()),
            Some(rest) => window = rest,
        }
    }
    Err(circle())
}

fn circle() -> Stop {
    Stop::Failed(Failure::Misread {
        what: "the source's pages go round in circles".to_owned(),
    })
}

/// The rest of a window that a stopped run left, while its page token still lives.
fn rest_of(cursor: Option<&Cursor>, now: DateTime<Utc>) -> Option<Window> {
    let cursor = cursor.filter(|cursor| now - cursor.moved_at < TOKEN_LIFE)?;
    serde_json::from_value(cursor.window.clone()?).ok()
}

fn go_live(all: &[marketplaces::Marketplace], scope: &Scope, now: DateTime<Utc>) -> DateTime<Utc> {
    let days = all
        .iter()
        .filter(|row| scope.marketplaces.contains(&row.id))
        .filter_map(|row| row.go_live);
    // A day before, since a business day begins earlier than the day in UTC somewhere.
    let first = days
        .min()
        .and_then(|day| day.pred_opt())
        .and_then(|day| day.and_hms_opt(0, 0, 0));
    first.map_or(now - FIRST_LOOK, |first| first.and_utc().min(now))
}

/// One look. A report that is still being prepared is waited for; Cancel ends every wait.
async fn look(
    live: &Live<'_>,
    entry: &Entry,
    request: &RunRequest,
    rules: &Rules,
    window: &Window,
) -> Result<(Vec<Judged>, Option<Window>, Option<DateTime<Utc>>), Stop> {
    let local = LocalFacts {
        store: live.inner.store.clone(),
    };
    let progress = |progress: Progress| {
        *locked(&live.doing) = progress;
        live.show();
        if live.seat.cancel.is_cancelled() {
            Err(Failure::Cancelled)
        } else {
            Ok(())
        }
    };
    let reads = Reads {
        amazon: ReadLine::new(&live.amazon),
        documents: live.documents.as_ref(),
        netsuite: ReadLine::new(&live.netsuite),
        local: &local,
        scope: &request.scope,
        progress: &progress,
    };
    let mut waited = Duration::ZERO;
    loop {
        live.check()?;
        let looked = tokio::select! {
            biased;
            () = live.seat.cancel.cancelled() => return Err(Stop::Cancelled),
            looked = entry.look(&reads, window, rules) => looked.map_err(|failure| live.stop(failure))?,
        };
        let again_in = match looked {
            Look::Seen {
                subjects,
                next,
                read_until,
            } => return Ok((subjects, next, read_until)),
            Look::NotYet { again_in, because } => {
                progress(Progress {
                    doing: because,
                    read: 0,
                    total: None,
                })
                .map_err(|failure| live.stop(failure))?;
                again_in.max(Duration::from_secs(1))
            }
        };
        waited += again_in;
        if waited > PATIENCE {
            // The next run asks again; nothing was read, so the cursor stays.
            return Ok((Vec::new(), None, None));
        }
        tokio::select! {
            biased;
            () = live.seat.cancel.cancelled() => return Err(Stop::Cancelled),
            () = live.inner.clock.sleep(again_in) => (),
        }
    }
}

fn store(live: &Live<'_>, trigger: Trigger, judged: &[Judged], cursor: Option<Cursor>) -> Result<(), Stop> {
    let page = Page {
        seat: live.seat,
        trigger,
        judged,
        cursor,
        counted: live.counts(),
    };
    let recorded = record::page(live.inner, &page)?;
    live.add(recorded.counts);
    for settlement in recorded.settlements {
        live.inner.tell(Event::SettlementChanged { settlement });
    }
    if recorded.problems {
        live.inner.tell_problems();
    }
    live.show();
    live.planned.notify_one();
    Ok(())
}

/// Looks and decides without storing anything (CMN-20).
async fn look_only(live: &Live<'_>, engine: &Engine, request: &RunRequest) -> Result<Preview, Stop> {
    let Some(entry) = engine.entry(&request.flow) else {
        return Ok(Preview::default());
    };
    let rules = live.inner.store.read(|db| rules::snapshot(db, live.seat.since))?;
    let now = live.inner.now();
    let mut window = Some(match &request.keys {
        Some(keys) => Window::Keys(keys.clone()),
        None => live.inner.store.read(|db| {
            let until = cursors::get(db, &live.seat.flow, &live.seat.account)?.and_then(|cursor| cursor.until);
            let first = go_live(&marketplaces::all(db)?, &request.scope, now);
            Ok(Window::Span {
                from: until.map_or(first, |until| until - OVERLAP),
                until: now,
                page: None,
            })
        })?,
    });
    let mut preview = Preview::default();
    while let Some(now) = window {
        let (subjects, next, _) = look(live, &entry, request, &rules, &now).await?;
        let items = live.inner.store.read(|db| {
            subjects
                .iter()
                .map(|judged| record::preview(db, judged))
                .collect::<store::Result<Vec<_>>>()
        })?;
        let read = u64::try_from(items.len()).unwrap_or(u64::MAX);
        live.add(Counts {
            read,
            ..Counts::default()
        });
        preview.items.extend(items);
        window = next.filter(|next| *next != now);
    }
    Ok(preview)
}

/// Writes down how a run ended, and tells.
fn close(
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
        Ok(()) if troubled => (RunResult::DoneWithErrors, None, None),
        Ok(()) => (RunResult::Done, None, None),
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
    let which = Which { flow: Some(&seat.flow), account: Some(&seat.account), key: Some(""), ..Which::default() };
    problems::close(db, &which, Tab::Resolved, None, None, now)?;
    for account in accounts::all(db)? {
        let used = account.id == seat.account || account.service == accounts::Service::NetSuite;
        if used && account.state == accounts::AccountState::SignedOut {
            accounts::set_state(db, &account.id, accounts::AccountState::Connected, None)?;
            let which = Which { flow: Some(""), account: Some(&account.id), ..Which::default() };
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
        Failure::Unreachable { .. } | Failure::Unanswered { .. } => ("NETWORK", "network"),
        Failure::SignedOut { .. } | Failure::Cancelled => ("NETWORK", "network"),
    };
    (
        code,
        Text::new(format!("problem-run-{id}-what")),
        Text::new(format!("problem-run-{id}-why")).with("said", said),
    )
}
