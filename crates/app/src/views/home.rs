//! Home: the answer first (ux.md §5.1).

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{Money, Text};
use engine::Engine;
use store::decisions::{self, Sold};
use store::{Store, runs};

use super::runs::{state as run_state, title};
use super::standing::Standing;
use crate::contract::{
    Health, HealthCell, Home, LastSettlement, ProblemsRequest, Refusal, RemedyView, Sales, SettlementsRequest, State,
    Todo,
};
use crate::pause;

const CELLS: i32 = 48;

/// The Home screen at an instant.
pub fn home(engine: &Engine, marketplace: Option<String>, now: DateTime<Utc>) -> Result<Home, Refusal> {
    let store = engine.store();
    let standing = Standing::of(&engine.status()?, super::settlements::to_review(store)?, now);
    let standing = standing.resting(pause::rest(store)?);
    Ok(Home {
        sentence: standing.sentence.into(),
        detail: standing.detail.into(),
        todo: todo(store, marketplace.as_deref(), now)?,
        last_settlement: last_settlement(store, marketplace.clone())?,
        sales: sales(store, marketplace.clone(), now)?,
        money: super::money::in_small(engine, marketplace.as_deref(), now)?,
        health: health(store, now)?,
    })
}

fn todo(store: &Store, marketplace: Option<&str>, now: DateTime<Utc>) -> Result<Vec<Todo>, Refusal> {
    let request = ProblemsRequest {
        marketplace: marketplace.map(str::to_owned),
        ..ProblemsRequest::default()
    };
    let mut cards: Vec<Todo> = super::problems::groups(store, &request, now)?
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
        Some(RemedyView::Exclude) | None => "remedy-look",
        Some(remedy) => {
            let view = serde_json::to_value(remedy).unwrap_or_default();
            super::problems::button(view["remedy"].as_str().unwrap_or_default())
        }
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
    let oldest = now.date_naive() - TimeDelta::days(63);
    let days =
        store.read(|db| decisions::sold(db, &flows::orders::FLOWS, marketplace.as_deref(), oldest, "CANCELLED"))?;
    let mut found: BTreeMap<String, Vec<Sold>> = BTreeMap::new();
    for day in days {
        found.entry(day.marketplace.clone()).or_default().push(day);
    }
    let mut rows = Vec::new();
    for period in ["today", "week", "month"] {
        for (marketplace, days) in &found {
            rows.extend(sold_in(period, marketplace, days, now));
        }
    }
    Ok(rows)
}

/// The day that it is at a marketplace: orders stand on its business days, and in Tokyo or Los Angeles that is often not the
/// day of this computer.
fn business_day(marketplace: &str, now: DateTime<Utc>) -> NaiveDate {
    let known = amazon::marketplaces::by_id(marketplace);
    known.map_or_else(|| now.date_naive(), |known| now.with_timezone(&known.zone).date_naive())
}

/// What a marketplace sold in a period, compared with the one before.
fn sold_in(period: &str, marketplace: &str, sales: &[Sold], now: DateTime<Utc>) -> Option<Sales> {
    let today = business_day(marketplace, now);
    let days = TimeDelta::days;
    let month = today.with_day(1).unwrap_or(today);
    let (from, before_from, before_until) = match period {
        "today" => (today, today - days(1), today - days(1)),
        "week" => (today - days(6), today - days(13), today - days(7)),
        _ => (month, month - days(i64::from(today.day())), month - days(1)),
    };
    let sold = sum(sales, from, today);
    let before = sum(sales, before_from, before_until);
    Some(Sales {
        period: period.to_owned(),
        orders: sold.orders,
        units: sold.units,
        gross: sold.gross?.into(),
        change_percent: (before.orders > 0).then(|| change(sold.orders, before.orders)),
        marketplace: marketplace.to_owned(),
    })
}

#[derive(Default)]
struct InPeriod {
    orders: u32,
    units: u32,
    gross: Option<Money>,
}

fn sum(days: &[Sold], from: NaiveDate, until: NaiveDate) -> InPeriod {
    let mut sold = InPeriod::default();
    for day in days.iter().filter(|one| one.day >= from && one.day <= until) {
        sold.orders += day.orders;
        sold.units += day.units;
        if let Some(total) = day.total {
            // An order in another currency than its marketplace's is not summed across (CMN-06).
            sold.gross = sold
                .gross
                .map_or(Some(total), |so_far| so_far.plus(total).ok().or(Some(so_far)));
        }
    }
    sold
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

#[cfg(test)]
mod tests {
    use store::decisions::Decision;

    use super::*;

    #[test]
    fn sales_of_today_are_those_of_the_marketplaces_own_day() {
        // Three o'clock in the morning in London: still yesterday in Los Angeles, noon in Tokyo.
        let now: DateTime<Utc> = "2026-11-24T03:00:00Z".parse().expect("an instant");
        let day = |country: &str| {
            let known = amazon::marketplaces::by_country(country).expect("a marketplace");
            business_day(known.id, now).to_string()
        };
        assert_eq!(
            [day("US"), day("UK"), day("JP")],
            ["2026-11-23", "2026-11-24", "2026-11-24"]
        );
    }

    #[test]
    fn an_evening_order_in_los_angeles_counts_today_although_utc_is_a_day_further() {
        let usd = |text: &str| Money::new(text.parse().expect("an amount"), domain::Currency::USD);
        let order = |day: &str, key: &str| Decision {
            id: 0,
            flow: "mfn-orders".into(),
            account: "na:A1".into(),
            key: key.into(),
            run: "r1".into(),
            fingerprint: key.into(),
            verdict: decisions::Verdict::Act,
            reason: None,
            state: decisions::State::Done,
            facts: serde_json::json!([]),
            evidence: serde_json::json!({}),
            marketplace: Some("ATVPDKIKX0DER".into()),
            happened_on: day.parse().ok(),
            total: Some(usd("10.00")),
            decided_at: DateTime::UNIX_EPOCH,
        };
        let store = Store::memory().expect("a workspace");
        let kept = store.write(|db| {
            for (day, key) in [("2026-11-23", "1"), ("2026-11-22", "2"), ("2026-11-22", "3")] {
                decisions::insert(db, &order(day, key))?;
            }
            Ok(())
        });
        kept.expect("kept");
        let now = "2026-11-24T03:00:00Z".parse().expect("an instant");
        let rows = sales(&store, None, now).expect("sales");
        let today: Vec<_> = rows.iter().filter(|row| row.period == "today").collect();
        assert_eq!(today.len(), 1);
        assert_eq!((today[0].orders, today[0].change_percent), (1, Some(-50)));
    }
}
