//! Home: the answer first (ux.md §5.1).

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{Money, Text};
use store::decisions::{self, Decision, Filter};
use store::{Store, problems, runs};

use super::facts::Facts;
use super::runs::{state as run_state, title};
use crate::contract::{
    Health, HealthCell, Home, LastSettlement, ProblemsRequest, Refusal, RemedyView, Sales, SettlementsRequest, State,
    Todo, Words,
};

const CELLS: i32 = 48;

/// The Home screen at an instant.
pub fn home(store: &Store, marketplace: Option<String>, running: usize, now: DateTime<Utc>) -> Result<Home, Refusal> {
    let todo = todo(store, marketplace.as_deref())?;
    let last = store
        .read(|db| runs::list(db, &runs::Filter::default(), None, 1))?
        .into_iter()
        .next();
    Ok(Home {
        sentence: sentence(store, running, last.is_some())?.into(),
        detail: detail(last.as_ref(), now),
        last_settlement: last_settlement(store, marketplace.clone())?,
        sales: sales(store, marketplace, now)?,
        health: health(store, now)?,
        todo,
    })
}

/// The sentence of Home, of the tray's tooltip and of the status line.
pub fn sentence(store: &Store, running: usize, ever_ran: bool) -> Result<Text, Refusal> {
    let causes = store.read(|db| problems::count(db, problems::Tab::NeedsYou))?.0;
    let review = super::settlements::to_review(store)?;
    // The same number as in the title bar; settlements to review have a card of their own.
    let causes = usize::try_from(causes).unwrap_or(usize::MAX);
    let needs = if causes == 0 { review } else { causes };
    Ok(match (running, needs, ever_ran) {
        (1.., ..) => Text::new("home-syncing").with("count", running),
        (0, 0, false) => Text::new("home-not-yet"),
        (0, 0, true) => Text::new("home-in-sync"),
        (0, ..) => Text::new("home-needs-you").with("count", needs),
    })
}

fn detail(last: Option<&runs::Run>, now: DateTime<Utc>) -> Words {
    match last {
        None => Text::new("home-detail-never").into(),
        Some(run) => {
            let at = run.ended_at.unwrap_or(now);
            Text::new("home-detail-checked")
                .with("minutes", (now - at).num_minutes().max(0))
                .into()
        }
    }
}

fn todo(store: &Store, marketplace: Option<&str>) -> Result<Vec<Todo>, Refusal> {
    let request = ProblemsRequest {
        tab: None,
        marketplace: marketplace.map(str::to_owned),
    };
    let mut cards: Vec<Todo> = super::problems::groups(store, &request)?
        .groups
        .into_iter()
        .take(3)
        .map(|group| Todo {
            kind: if matches!(group.remedies.first(), Some(RemedyView::MapLine { .. })) {
                "mapping"
            } else {
                "problem"
            }
            .to_owned(),
            state: State::NeedsYou,
            route: format!("/errors/{}", group.cause),
            action: Text::new(action(group.remedies.first())).into(),
            amount: (group.at_stake.len() == 1).then(|| group.at_stake[0].clone()),
            title: group.what,
            detail: group.why,
        })
        .collect();
    let review = super::settlements::to_review(store)?;
    if review > 0 {
        let card = Todo {
            kind: "settlement".to_owned(),
            state: State::Check,
            title: Text::new("home-todo-review").with("count", review).into(),
            detail: Text::new("home-todo-review-detail").into(),
            amount: None,
            action: Text::new("home-todo-review-action").into(),
            route: "/settlements".to_owned(),
        };
        cards.insert(cards.len().min(1), card);
    }
    cards.truncate(3);
    Ok(cards)
}

/// The words of the button that settles a problem.
fn action(remedy: Option<&RemedyView>) -> &'static str {
    match remedy {
        Some(RemedyView::LinkItem { .. }) => "remedy-link-item",
        Some(RemedyView::MapLine { .. }) => "remedy-map-line",
        Some(RemedyView::SetOption { .. }) => "remedy-set-option",
        Some(RemedyView::Adopt { .. }) => "remedy-adopt",
        Some(RemedyView::Reconnect { .. }) => "remedy-reconnect",
        Some(RemedyView::Retry) => "remedy-retry",
        Some(RemedyView::Exclude) | None => "remedy-look",
    }
}

fn last_settlement(store: &Store, marketplace: Option<String>) -> Result<Option<LastSettlement>, Refusal> {
    let request = SettlementsRequest {
        view: None,
        marketplace,
    };
    let Some(newest) = super::settlements::page(store, &request)?
        .settlements
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    let view = super::settlements::view(store, &newest.id)?;
    Ok(Some(LastSettlement {
        settlement: newest,
        fee_percent: view.fee_percent,
        bars: view.bars,
    }))
}

fn sales(store: &Store, marketplace: Option<String>, now: DateTime<Utc>) -> Result<Vec<Sales>, Refusal> {
    let today = now.date_naive();
    let month = today.with_day(1).unwrap_or(today);
    let oldest = today - TimeDelta::days(62);
    let filter = Filter {
        flows: vec!["mfn-orders".to_owned(), "fba-orders".to_owned()],
        marketplace,
        since: Some(oldest),
        ..Filter::default()
    };
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = store.read(|db| decisions::list(db, &filter, after.as_ref(), 1_000))?;
        let full = page.len() == 1_000;
        after = page.last().map(|last| decisions::After {
            day: last.happened_on.map(|day| day.to_string()).unwrap_or_default(),
            id: last.id,
        });
        found.extend(page);
        if !full {
            break;
        }
    }
    let periods = [
        ("today", today, today - TimeDelta::days(1), today - TimeDelta::days(1)),
        (
            "week",
            today - TimeDelta::days(6),
            today - TimeDelta::days(13),
            today - TimeDelta::days(7),
        ),
        (
            "month",
            month,
            month - TimeDelta::days(i64::from(today.day())),
            month - TimeDelta::days(1),
        ),
    ];
    let mut rows = Vec::new();
    for (period, from, before_from, before_until) in periods {
        let current = sum(&found, from, today);
        let before = sum(&found, before_from, before_until);
        for (marketplace, sold) in current {
            let change = before
                .get(&marketplace)
                .map(|before| change(sold.orders, before.orders));
            let Some(gross) = sold.gross else { continue };
            rows.push(Sales {
                period: period.to_owned(),
                orders: sold.orders,
                units: sold.units,
                gross: gross.into(),
                change_percent: change,
                marketplace,
            });
        }
    }
    Ok(rows)
}

#[derive(Default)]
struct Sold {
    orders: u32,
    units: u32,
    gross: Option<Money>,
}

fn sum(decisions: &[Decision], from: NaiveDate, until: NaiveDate) -> BTreeMap<String, Sold> {
    let mut sums: BTreeMap<String, Sold> = BTreeMap::new();
    for decision in decisions {
        let (Some(marketplace), Some(day)) = (&decision.marketplace, decision.happened_on) else {
            continue;
        };
        let facts = Facts::of(&decision.facts);
        if day < from || day > until || facts.text("status") == "CANCELLED" {
            continue;
        }
        let sold = sums.entry(marketplace.clone()).or_default();
        sold.orders += 1;
        sold.units += facts.count("units");
        if let Some(total) = decision.total {
            // An order in another currency than its marketplace's is not summed across (CMN-06).
            sold.gross = sold
                .gross
                .map_or(Some(total), |so_far| so_far.plus(total).ok().or(Some(so_far)));
        }
    }
    sums
}

fn change(now: u32, before: u32) -> i32 {
    let (now, before) = (i64::from(now), i64::from(before.max(1)));
    i32::try_from((now - before) * 100 / before).unwrap_or(i32::MAX)
}

fn health(store: &Store, now: DateTime<Utc>) -> Result<Vec<Health>, Refusal> {
    let start = now - TimeDelta::minutes(30 * i64::from(CELLS));
    let recent: Vec<runs::Run> = store
        .read(|db| runs::list(db, &runs::Filter::default(), None, 2_000))?
        .into_iter()
        .filter(|run| run.opened_at >= start)
        .collect();
    let strip = |flow: &str| -> Health {
        let cells = (0..CELLS)
            .map(|index| cell(&recent, flow, start + TimeDelta::minutes(30 * i64::from(index))))
            .collect();
        let state = worst(&recent, flow);
        Health {
            flow: flow.to_owned(),
            title: title(flow),
            state,
            cells,
        }
    };
    Ok(flows::catalogue().iter().map(|entry| strip(entry.card.id)).collect())
}

/// How a flow stands: the worst of its latest run in each account.
fn worst(recent: &[runs::Run], flow: &str) -> State {
    let mut latest: BTreeMap<&str, &runs::Run> = BTreeMap::new();
    for run in recent.iter().rev().filter(|run| run.flow == flow) {
        latest.insert(run.account.as_str(), run);
    }
    let states: Vec<State> = latest.values().map(|run| run_state(run.result)).collect();
    let order = [
        State::Running,
        State::NeedsYou,
        State::Retrying,
        State::Paused,
        State::Skipped,
        State::Done,
    ];
    order
        .into_iter()
        .find(|state| states.contains(state))
        .unwrap_or(State::Queued)
}

fn cell(recent: &[runs::Run], flow: &str, from: DateTime<Utc>) -> HealthCell {
    let until = from + TimeDelta::minutes(30);
    let mut inside = recent
        .iter()
        .filter(|run| run.flow == flow && run.opened_at >= from && run.opened_at < until)
        .peekable();
    let run = inside.peek().map(|run| run.id.clone());
    let (mut records, mut needs, mut partly, mut any) = (0_u64, false, false, false);
    for run in inside {
        any = true;
        records += run.counts.created + run.counts.updated + run.counts.adopted;
        needs |= run.counts.needs_you > 0;
        partly |=
            run.counts.errors > 0 || matches!(run.result, Some(runs::RunResult::Failed | runs::RunResult::Interrupted));
    }
    let outcome = match (any, needs, partly) {
        (false, ..) => "nothing",
        (true, true, _) => "needs_you",
        (true, false, true) => "partly",
        (true, false, false) => "done",
    };
    HealthCell {
        from: from.to_rfc3339(),
        outcome: outcome.to_owned(),
        records: u32::try_from(records).unwrap_or(u32::MAX),
        run,
    }
}
