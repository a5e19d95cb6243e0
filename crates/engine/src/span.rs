//! Everything that changed since the cursor, page by page; and what a marketplace that is new to the cursor missed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use flows::flow::Group;
use flows::{Scope, Window};
use store::cursors::{self, Cursor};
use store::marketplaces;
use wire::Failure;

use crate::look::{Asked, Looked, OVERLAP, PAGES, go_live, hold_back, look, rest_of, store};
use crate::request::RunRequest;
use crate::run::{Live, Stop};
use crate::{problems as ours, schedule};

/// Whether and from where the cursor follows what is read.
#[derive(Clone, Copy)]
enum Moves {
    Nothing,
    From(Option<DateTime<Utc>>),
}

/// Looks at everything that changed since the cursor. The cursor moves in the transaction that stores each page.
pub(crate) async fn span(asked: &Asked<'_>, looked: &mut Looked) -> Result<(), Stop> {
    let Asked { live, request, .. } = *asked;
    // A run over some of the account's marketplaces says nothing about the others: it moves no cursor.
    let narrowed = is_narrowed(live, request)?;
    if !narrowed && !catch_up(asked, looked).await? {
        return Ok(());
    }
    let now = live.inner.now();
    let (cursor, first) = live.inner.store.read(|db| {
        Ok((
            cursors::get(db, &live.seat.flow, &live.seat.account)?,
            go_live(&marketplaces::all(db)?, &request.scope, now),
        ))
    })?;
    let reached = cursor.as_ref().and_then(|cursor| cursor.until);
    let rest = rest_of(cursor.as_ref(), now).filter(|_| !narrowed);
    let whole = Window::Span {
        from: reached.map_or(first, |until| until - OVERLAP),
        until: now,
        page: None,
    };
    let moves = if narrowed { Moves::Nothing } else { Moves::From(reached) };
    if let Some(rest) = rest {
        match pages(asked, looked, rest, moves).await {
            // Amazon does not know the page token any more: the span is read anew.
            Err(Stop::Failed(Failure::Refused { status: 400, .. })) => (),
            ended => return ended.map(drop),
        }
    }
    pages(asked, looked, whole, moves).await?;
    Ok(())
}

/// Looks at what changed on the days that a person named. The cursor stays: nothing is said about other days.
pub(crate) async fn days(asked: &Asked<'_>, looked: &mut Looked) -> Result<(), Stop> {
    let window = of_days(asked.live, asked.request)?;
    pages(asked, looked, window, Moves::Nothing).await?;
    Ok(())
}

/// The window of the days that a request names, both included, as the account's zone has them.
pub(crate) fn of_days(live: &Live<'_>, request: &RunRequest) -> Result<Window, Stop> {
    let now = live.inner.now();
    let account = live.seat.account.as_str();
    let zone = live
        .inner
        .store
        .read(|db| schedule::zone(db, account, &request.scope))?;
    let (first, last) = request.days.unwrap_or_else(|| (now.date_naive(), now.date_naive()));
    let from = begins(zone, first).min(now);
    let until = last.succ_opt().map_or(now, |next| begins(zone, next)).clamp(from, now);
    let page = None;
    Ok(Window::Span { from, until, page })
}

/// The first instant of a day in a zone; where the clocks skip midnight, the hour after it.
fn begins(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let mut hours = (0..24).map(|hour| midnight + TimeDelta::hours(hour));
    let first = hours.find_map(|hour| zone.from_local_datetime(&hour).earliest());
    first.map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

fn is_narrowed(live: &Live<'_>, request: &RunRequest) -> Result<bool, Stop> {
    let scope = &request.scope;
    let all = schedule::scopes(&live.inner.store, &live.seat.flow, None)?;
    Ok(all.iter().any(|whole| {
        let same = (&whole.region, &whole.seller_id) == (&scope.region, &scope.seller_id);
        same && whole.marketplaces.len() > scope.marketplaces.len()
    }))
}

/// A marketplace that was switched on later, or whose books begin earlier now, is read from its own beginning up to
/// where the account's cursor stands: what was bought there since its go-live date is not missed (CMN-32). Whether
/// that is done.
async fn catch_up(asked: &Asked<'_>, looked: &mut Looked) -> Result<bool, Stop> {
    let Asked {
        live, entry, request, ..
    } = *asked;
    let (flow, account, now) = (&live.seat.flow, &live.seat.account, live.inner.now());
    let (cursor, known, wanted) = live.inner.store.read(|db| {
        Ok((
            cursors::get(db, flow, account)?,
            cursors::beginnings(db, flow, account)?,
            beginnings(&marketplaces::all(db)?, &request.scope, now),
        ))
    })?;
    let reached = cursor.as_ref().and_then(|cursor| cursor.until);
    // Settlements belong to the account, whichever marketplaces are on.
    let per_marketplace = entry.card.group != Group::Settlements;
    if let (Some(until), true) = (reached, per_marketplace)
        && let Some((scope, window)) = missed(&known, &wanted, &request.scope, until)
    {
        let request = RunRequest {
            scope,
            ..request.clone()
        };
        let late = Asked {
            request: &request,
            ..*asked
        };
        if !pages(&late, looked, window, Moves::Nothing).await? {
            return Ok(false);
        }
    }
    // While a first window is still being read, it covers the marketplaces that it began with.
    let is_settled = reached.is_some() || rest_of(cursor.as_ref(), now).is_none();
    let earliest = |(id, from): (String, DateTime<Utc>)| {
        let from = known.get(&id).map_or(from, |known| from.min(*known));
        (id, from)
    };
    let covered: BTreeMap<_, _> = wanted.into_iter().map(earliest).collect();
    if is_settled && covered != known {
        let store = &live.inner.store;
        store.write(|db| cursors::set_beginnings(db, flow, account, &covered, now))?;
    }
    Ok(true)
}

/// The marketplaces that the account's cursor does not cover from where they begin, and what of them was missed.
fn missed(
    known: &BTreeMap<String, DateTime<Utc>>,
    wanted: &BTreeMap<String, DateTime<Utc>>,
    scope: &Scope,
    until: DateTime<Utc>,
) -> Option<(Scope, Window)> {
    let is_covered = |id: &String, from: DateTime<Utc>| known.get(id).is_some_and(|known| *known <= from);
    let late: BTreeMap<&String, DateTime<Utc>> = wanted
        .iter()
        .filter(|(id, from)| !is_covered(id, **from) && **from < until)
        .map(|(id, from)| (id, *from))
        .collect();
    let window = Window::Span {
        from: late.values().min().copied()?,
        until,
        page: None,
    };
    let scope = Scope {
        marketplaces: late.into_keys().cloned().collect(),
        ..scope.clone()
    };
    Some((scope, window))
}

/// From when on each marketplace of a scope is to be read.
fn beginnings(all: &[marketplaces::Marketplace], scope: &Scope, now: DateTime<Utc>) -> BTreeMap<String, DateTime<Utc>> {
    let one = |id: &String| {
        let alone = Scope {
            marketplaces: vec![id.clone()],
            ..scope.clone()
        };
        (id.clone(), go_live(all, &alone, now))
    };
    scope.marketplaces.iter().map(one).collect()
}

/// Reads a window, page by page; whether to its end. A flow in test mode stops at the page that is more than its share,
/// and the next run goes on there.
async fn pages(asked: &Asked<'_>, looked: &mut Looked, mut window: Window, moves: Moves) -> Result<bool, Stop> {
    let live = asked.live;
    let cursor = |rest: Option<&Window>, read_until: Option<DateTime<Utc>>| match moves {
        Moves::Nothing => None,
        Moves::From(reached) => Some(Cursor {
            until: if rest.is_some() {
                reached
            } else {
                reached.max(read_until)
            },
            window: rest.map(ours::json),
            moved_at: live.inner.now(),
        }),
    };
    for _ in 0..PAGES {
        let (mut subjects, next, read_until) = look(asked, &window).await?;
        looked.seen.extend(subjects.iter().map(|judged| judged.key.0.clone()));
        let held_back = hold_back(asked, looked, &mut subjects)?;
        let rest = if held_back { Some(&window) } else { next.as_ref() };
        store(live, asked.request.trigger, &subjects, cursor(rest, read_until))?;
        match next {
            _ if held_back => return Ok(false),
            None => return Ok(true),
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
