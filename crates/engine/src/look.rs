//! Look: everything that changed since the cursor, and, by name, what waits, asks or failed. Each page is recorded
//! before the next one is asked for.

use std::cell::Cell;
use std::collections::HashSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Text;
use flows::{Entry, Judged, Key, LocalWrite, Look, Progress, Reads, Rules, Scope, Window, Write};
use store::cursors::{self, Cursor};
use store::runs::{Counts, Trigger};
use store::{StoreError, decisions, marketplaces};
use wire::ReadLine;

use crate::engine::Engine;
use crate::event::Event;
use crate::local::LocalFacts;
use crate::record::{self, Page};
use crate::request::{Preview, RunRequest};
use crate::run::{Live, Stop};
use crate::test_mode::TestMode;
use crate::{planned, rules, span};

/// What one look brings: subjects, the rest of the window, and how far the source was read.
pub(crate) type Seen = (Vec<Judged>, Option<Window>, Option<DateTime<Utc>>);

/// Taken off the start of a span, for what the source shows late (CMN-17).
pub(crate) const OVERLAP: TimeDelta = TimeDelta::minutes(10);
/// How far a first look reaches back when no go-live date says otherwise.
const FIRST_LOOK: TimeDelta = TimeDelta::days(30);
/// A source's page tokens live a day; an older rest of a window is read anew.
const TOKEN_LIFE: TimeDelta = TimeDelta::hours(20);
/// Pages in one look; more would be a source that goes round in circles.
pub(crate) const PAGES: usize = 5_000;
/// Subjects looked at again by key in one look, and in one run.
const KEYS_AT_ONCE: usize = 50;
const KEYS_IN_ALL: u32 = 2_000;
/// Bytes of a document after which its reading is told again: several times a second (quality-bars P4).
const TELL_EVERY: u64 = 4 << 20;
/// Waits for a report in one run.
const PATIENCE: Duration = Duration::from_mins(30);

/// What a run looks at, and with whose choices.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) live: &'a Live<'a>,
    pub(crate) entry: &'a Entry,
    pub(crate) request: &'a RunRequest,
    pub(crate) rules: &'a Rules,
}

/// What a run has looked at so far, and how much it may still write while its flow is tried.
pub(crate) struct Looked {
    pub(crate) seen: HashSet<String>,
    pub(crate) test: TestMode,
}

/// Looks at what a request asks for and records it.
pub(crate) async fn look_and_record(
    live: &Live<'_>,
    entry: &Entry,
    request: &RunRequest,
    rules: &Rules,
) -> Result<(), Stop> {
    let asked = Asked {
        live,
        entry,
        request,
        rules,
    };
    let mut looked = Looked {
        seen: HashSet::new(),
        test: TestMode::of(entry.card.id, rules),
    };
    if let Some(keys) = &request.keys {
        return by_keys(&asked, keys.clone(), &mut looked).await;
    }
    if request.days.is_some() {
        return span::days(&asked, &mut looked).await;
    }
    span::span(&asked, &mut looked).await?;
    let open = live
        .inner
        .store
        .read(|db| decisions::open_keys(db, &live.seat.flow, &live.seat.account, KEYS_IN_ALL))?;
    let again = open.into_iter().filter(|key| !looked.seen.contains(key)).map(Key);
    by_keys(&asked, again.collect(), &mut looked).await
}

/// Looks again, by name, at what waits, asks or failed.
async fn by_keys(asked: &Asked<'_>, keys: Vec<Key>, looked: &mut Looked) -> Result<(), Stop> {
    for some in keys.chunks(KEYS_AT_ONCE) {
        let mut window = Some(Window::Keys(some.to_vec()));
        while let Some(now) = window {
            let (mut subjects, next, _) = look(asked, &now).await?;
            hold_back(asked, looked, &mut subjects)?;
            store(asked.live, asked.request.trigger, &subjects, None)?;
            window = next.filter(|next| *next != now);
        }
    }
    Ok(())
}

/// Takes what is over a trial's share off a page (CMN-33); whether there was any.
pub(crate) fn hold_back(asked: &Asked<'_>, looked: &mut Looked, page: &mut Vec<Judged>) -> Result<bool, Stop> {
    let Asked { live, rules, .. } = *asked;
    let held = live.inner.store.read(|db| looked.test.hold_back(db, rules, page))?;
    live.add(Counts {
        read: held,
        waiting: held,
        ..Counts::default()
    });
    Ok(held > 0)
}

/// The rest of a window that a stopped run left, while its page token still lives.
pub(crate) fn rest_of(cursor: Option<&Cursor>, now: DateTime<Utc>) -> Option<Window> {
    let cursor = cursor.filter(|cursor| now - cursor.moved_at < TOKEN_LIFE)?;
    serde_json::from_value(cursor.window.clone()?).ok()
}

pub(crate) fn go_live(all: &[marketplaces::Marketplace], scope: &Scope, now: DateTime<Utc>) -> DateTime<Utc> {
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
pub(crate) async fn look(asked: &Asked<'_>, window: &Window) -> Result<Seen, Stop> {
    let Asked {
        live,
        entry,
        request,
        rules,
    } = *asked;
    let again = matches!(request.trigger, Trigger::Retry | Trigger::Ids);
    let local = LocalFacts {
        store: live.inner.store.clone(),
        vault: live.inner.vault.clone(),
        again,
        now: live.inner.now(),
    };
    let progress = |progress: Progress| {
        live.looking(progress);
        live.seat.cancel.check()
    };
    let reads = Reads {
        amazon: ReadLine::new(&live.amazon),
        documents: live.documents.as_ref(),
        netsuite: ReadLine::new(&live.netsuite),
        local: &local,
        pages: &live.inner.pages,
        afresh: again || request.keys.is_some(),
        scope: &request.scope,
        progress: &progress,
    };
    let mut waited = Duration::ZERO;
    loop {
        let looked = live.seat.cancel.or(entry.look(&reads, window, rules)).await;
        let looked = looked.flatten().map_err(|failure| live.stop(failure))?;
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
        let slept = live.seat.cancel.or(live.inner.clock.sleep(again_in)).await;
        slept.map_err(|failure| live.stop(failure))?;
    }
}

/// Stores a page. One with documents in it becomes one transaction for each of them: a document is kept whole or not at
/// all, and the one that a person stops does not take those before it along (quality-bars P4).
pub(crate) fn store(live: &Live<'_>, trigger: Trigger, judged: &[Judged], cursor: Option<Cursor>) -> Result<(), Stop> {
    let Some((last, before)) = judged.split_last().filter(|_| judged.iter().any(has_document)) else {
        return store_at_once(live, trigger, judged, cursor);
    };
    for one in before {
        store_at_once(live, trigger, std::slice::from_ref(one), None)?;
    }
    store_at_once(live, trigger, std::slice::from_ref(last), cursor)
}

fn has_document(judged: &Judged) -> bool {
    let steps = judged.decision.as_deref().unwrap_or_default();
    steps.iter().any(|step| {
        matches!(
            step.write,
            Write::Local(LocalWrite::ArchiveReport { .. } | LocalWrite::ImportSettlement { .. })
        )
    })
}

fn store_at_once(live: &Live<'_>, trigger: Trigger, judged: &[Judged], cursor: Option<Cursor>) -> Result<(), Stop> {
    let told = Cell::new(0);
    let reading = |bytes: u64| {
        if bytes >= told.get() + TELL_EVERY {
            told.set(bytes);
            live.looking(Progress {
                doing: Text::new("progress-importing-settlement")
                    .with("megabytes", i64::try_from(bytes >> 20).unwrap_or(i64::MAX)),
                read: 0,
                total: None,
            });
        }
        live.seat.cancel.check()
    };
    let page = Page {
        seat: live.seat,
        trigger,
        judged,
        cursor,
        counted: live.counts(),
        reading: &reading,
    };
    let recorded = record::page(live.inner, &page).map_err(|error| match error {
        StoreError::Stopped => Stop::Cancelled,
        other => Stop::Store(other),
    })?;
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
    let mut window = Some(match (&request.keys, request.days) {
        (Some(keys), _) => Window::Keys(keys.clone()),
        (None, Some(_)) => span::of_days(live, request)?,
        (None, None) => live.inner.store.read(|db| {
            let until = cursors::get(db, &live.seat.flow, &live.seat.account)?.and_then(|cursor| cursor.until);
            let first = go_live(&marketplaces::all(db)?, &request.scope, now);
            Ok(Window::Span {
                from: until.map_or(first, |until| until - OVERLAP),
                until: now,
                page: None,
            })
        })?,
    });
    let asked = Asked {
        live,
        entry: &entry,
        request,
        rules: &rules,
    };
    let mut preview = Preview::default();
    while let Some(now) = window {
        let (subjects, next, _) = look(&asked, &now).await?;
        let items = live.inner.store.read(|db| {
            subjects
                .iter()
                .map(|judged| planned::preview(db, judged))
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
