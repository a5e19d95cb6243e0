//! Look: everything that changed since the cursor, and, by name, what waits, asks or failed. Each page is recorded
//! before the next one is asked for.

use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use flows::{Entry, Judged, Key, Look, Progress, Reads, Rules, Scope, Window};
use store::cursors::{self, Cursor};
use store::runs::{Counts, Trigger};
use store::{decisions, marketplaces};
use wire::{Failure, ReadLine};

use crate::engine::Engine;
use crate::event::Event;
use crate::local::LocalFacts;
use crate::record::{self, Page};
use crate::request::{Preview, RunRequest};
use crate::run::{Live, Stop};
use crate::{problems as ours, rules};

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

/// Looks at what a request asks for and records it.
pub(crate) async fn look_and_record(
    live: &Live<'_>,
    entry: &Entry,
    request: &RunRequest,
    rules: &Rules,
) -> Result<(), Stop> {
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
        live.looking(progress);
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
        pages: &live.inner.pages,
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
pub(crate) async fn look_only(live: &Live<'_>, engine: &Engine, request: &RunRequest) -> Result<Preview, Stop> {
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
