//! The Schedules screen: reading and changing when flows run by themselves (flows.md §1.9).

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveTime, TimeDelta, Timelike, Utc};
use domain::Text;
use engine::rhythm::{Quiet, Rhythm as Kept};
use engine::schedule::{QUIET, Scheduled, key_of};
use engine::{Engine, account_of};
use serde_json::{Value, json};
use store::options::{self, Level, OptionRow};
use store::{Reader, audit, runs};

use super::runs::state;
use super::zones;
use crate::contract::{
    FlowSwitch, OwnRhythm, QuietHours, Refusal, Rhythm, RhythmMeans, RunMark, ScheduleRow, SchedulesView, SetFlowOn,
    SetQuietHours, SetSchedule, TryRhythm, Upcoming, Words,
};

/// Runs to come that are shown.
const UPCOMING: usize = 10;
/// Runs drawn on one week's strip; a cadence of minutes draws no more than a screen can show.
const MARKS: u32 = 500;
/// Searches for orders that Amazon allows in an hour: one in 179 s (amazon-sp-api.md §4).
const SEARCHES_AN_HOUR: u32 = 20;

/// The screen.
pub fn view(engine: &Engine, now: DateTime<Utc>) -> Result<SchedulesView, Refusal> {
    let all = engine.schedules()?;
    let mut rows = Vec::new();
    for one in &all {
        rows.push(row(engine, one, now)?);
    }
    Ok(SchedulesView {
        rows,
        upcoming: upcoming(engine, &all),
        quiet: all.iter().find_map(|one| one.quiet).map(|quiet| QuietHours {
            from: quiet.from.format("%H:%M").to_string(),
            to: quiet.to.format("%H:%M").to_string(),
        }),
        paused: engine.status()?.paused,
        crowded: crowded(&all),
        switches: switches(engine)?,
        zones: zones::all(engine, &all)?,
    })
}

/// Which flow is on where. A flow that is off everywhere has no schedule, and is found here all the same (flows.md §1.9).
fn switches(engine: &Engine) -> Result<Vec<FlowSwitch>, Refusal> {
    let mut all = Vec::new();
    for entry in engine.flows() {
        let flow = entry.card.id;
        let scopes = engine.scopes(flow, None)?;
        all.push(FlowSwitch {
            flow: flow.to_owned(),
            title: entry.card.title.to_owned(),
            on: scopes.into_iter().flat_map(|scope| scope.marketplaces).collect(),
        });
    }
    Ok(all)
}

/// Turns a flow on or off for a marketplace.
pub fn set_on(engine: &Engine, asked: &SetFlowOn, now: DateTime<Utc>) -> Result<(), Refusal> {
    if !engine.flows().iter().any(|entry| entry.card.id == asked.flow) {
        return Err(Refusal::not_found(&asked.flow));
    }
    if !engine.rules()?.marketplaces.contains_key(&asked.marketplace) {
        return Err(Refusal::not_found(&asked.marketplace));
    }
    if asked.on {
        crate::double_count::switched_on(engine, &asked.flow, &asked.marketplace)?;
    }
    let key = engine::schedule::on_key(&asked.flow);
    engine.store().write(|db| {
        options::set(
            db,
            &option(&key, Level::Marketplace, &asked.marketplace, json!(asked.on)),
        )?;
        let detail = json!({"marketplace": asked.marketplace, "on": asked.on});
        audit::add(db, now, "you", "set-flow-on", &asked.flow, &detail)
    })?;
    Ok(())
}

fn row(engine: &Engine, one: &Scheduled, now: DateTime<Utc>) -> Result<ScheduleRow, Refusal> {
    let account = account_of(&one.scope);
    let filter = runs::Filter {
        flow: Some(one.flow.to_owned()),
        account: Some(account.clone()),
        ..runs::Filter::default()
    };
    let week = engine.store().read(|db| runs::list(db, &filter, None, MARKS))?;
    let marks = week
        .into_iter()
        .rev()
        .filter(|run| now - run.opened_at < TimeDelta::days(7));
    let rhythm = shown(&one.rhythm);
    let (shared, own) = engine
        .store()
        .read(|db| Ok((shared(db, one, &account)?, own(db, one)?)))?;
    let card = engine
        .flows()
        .iter()
        .find(|entry| entry.card.id == one.flow)
        .map(|entry| entry.card);
    Ok(ScheduleRow {
        flow: one.flow.to_owned(),
        title: title(engine, one.flow),
        group: card.map(|card| word(&card.group)).unwrap_or_default(),
        account,
        marketplaces: one.scope.marketplaces.clone(),
        zone: one.zone.name().to_owned(),
        says: says(&rhythm, one.zone.name()),
        rhythm,
        chosen: one.chosen.is_some(),
        shared: shared.map_or_else(|| shown(&default_of(engine, one.flow)), |kept| shown(&kept)),
        own,
        last: one.last.map(|at| at.to_rfc3339()),
        next: one.next.map(|at| at.to_rfc3339()),
        week: marks
            .map(|run| RunMark {
                at: run.opened_at.to_rfc3339(),
                state: state(run.result),
            })
            .collect(),
    })
}

/// What an account's marketplaces share, if anybody chose it.
fn shared(db: &Reader<'_>, one: &Scheduled, account: &str) -> store::Result<Option<Kept>> {
    let chosen = options::effective(db, &key_of(one.flow), "", account)?;
    Ok(chosen.and_then(|(value, _)| serde_json::from_value(value).ok()))
}

/// Which of an account's marketplaces chose for themselves.
fn own(db: &Reader<'_>, one: &Scheduled) -> store::Result<Vec<OwnRhythm>> {
    let mut own = Vec::new();
    for marketplace in &one.scope.marketplaces {
        let chosen = options::get(db, &key_of(one.flow), Level::Marketplace, marketplace)?;
        let chosen = chosen.and_then(|value| serde_json::from_value::<Kept>(value).ok());
        own.extend(chosen.map(|kept| {
            let rhythm = shown(&kept);
            OwnRhythm {
                marketplace: marketplace.clone(),
                says: says(&rhythm, one.zone.name()),
                rhythm,
            }
        }));
    }
    Ok(own)
}

fn default_of(engine: &Engine, flow: &str) -> Kept {
    let entry = engine.flows().iter().find(|entry| entry.card.id == flow);
    entry.map_or(Kept::Off(true), |entry| Kept::EveryMinutes(entry.card.every_minutes))
}

fn title(engine: &Engine, flow: &str) -> String {
    let entry = engine.flows().iter().find(|entry| entry.card.id == flow);
    entry.map(|entry| entry.card.title.to_owned()).unwrap_or_default()
}

fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => text,
        _ => String::new(),
    }
}

/// The next runs of all schedules, the soonest first.
fn upcoming(engine: &Engine, all: &[Scheduled]) -> Vec<Upcoming> {
    let mut found: Vec<(DateTime<Utc>, usize)> = Vec::new();
    for (place, one) in all.iter().enumerate() {
        let mut next = one.next;
        for _ in 0..UPCOMING {
            let Some(at) = next else { break };
            found.push((at, place));
            next = one.rhythm.next(at, one.zone, one.quiet);
        }
    }
    found.sort_unstable();
    let soonest = found.into_iter().take(UPCOMING);
    soonest
        .map(|(at, place)| Upcoming {
            at: at.to_rfc3339(),
            flow: all[place].flow.to_owned(),
            title: title(engine, all[place].flow),
            marketplaces: all[place].scope.marketplaces.clone(),
        })
        .collect()
}

/// Flows of one cadence share their search; each other cadence asks by itself.
fn crowded(all: &[Scheduled]) -> Vec<String> {
    let accounts: BTreeSet<String> = all.iter().map(|one| account_of(&one.scope)).collect();
    let searches = |account: &String| -> u32 {
        let of_account = all.iter().filter(|one| account_of(&one.scope) == *account);
        let cadences: BTreeSet<u32> = of_account
            .filter(|one| flows::orders::FLOWS.contains(&one.flow))
            .filter_map(|one| match one.rhythm {
                Kept::EveryMinutes(minutes) => Some(minutes.max(1)),
                Kept::Off(_) | Kept::Cron(_) => None,
            })
            .collect();
        cadences.into_iter().map(|minutes| 60_u32.div_ceil(minutes)).sum()
    };
    accounts
        .into_iter()
        .filter(|account| searches(account) > SEARCHES_AN_HOUR)
        .collect()
}

/// Keeps a schedule.
pub fn set(engine: &Engine, asked: &SetSchedule, now: DateTime<Utc>) -> Result<(), Refusal> {
    let known = engine.schedules()?;
    let is_asked = |one: &&Scheduled| one.flow == asked.flow && account_of(&one.scope) == asked.account;
    let one = known
        .iter()
        .find(is_asked)
        .ok_or_else(|| Refusal::not_found(&asked.flow))?;
    let value = asked.rhythm.as_ref().map(kept).transpose()?;
    let key = key_of(&asked.flow);
    let (level, scope) = match &asked.marketplace {
        Some(id) if one.scope.marketplaces.contains(id) => (Level::Marketplace, id),
        Some(other) => return Err(Refusal::not_found(other)),
        None => (Level::Account, &asked.account),
    };
    engine.store().write(|db| {
        match &value {
            Some(rhythm) => options::set(db, &option(&key, level, scope, json!(rhythm)))?,
            None => options::clear(db, &key, level, scope)?,
        }
        let detail = json!({"account": asked.account, "marketplace": asked.marketplace, "schedule": value});
        audit::add(db, now, "you", "set-schedule", &asked.flow, &detail)
    })?;
    Ok(())
}

/// Keeps the quiet hours.
pub fn set_quiet(engine: &Engine, asked: &SetQuietHours, now: DateTime<Utc>) -> Result<(), Refusal> {
    let quiet = asked.hours.as_ref().map(|hours| -> Result<Quiet, Refusal> {
        let quiet = Quiet {
            from: time("hours.from", &hours.from)?,
            to: time("hours.to", &hours.to)?,
        };
        quiet.check().map_err(|bad| refused("hours", &bad))?;
        Ok(quiet)
    });
    let quiet = quiet.transpose()?;
    engine.store().write(|db| {
        match &quiet {
            Some(quiet) => options::set(db, &option(QUIET, Level::Workspace, "", json!(quiet)))?,
            None => options::clear(db, QUIET, Level::Workspace, "")?,
        }
        audit::add(db, now, "you", "set-quiet-hours", QUIET, &json!(quiet))
    })?;
    Ok(())
}

/// What a rhythm would mean.
pub fn means(engine: &Engine, asked: &TryRhythm, now: DateTime<Utc>) -> Result<RhythmMeans, Refusal> {
    let rhythm = kept(&asked.rhythm)?;
    let all = engine.schedules()?;
    let one = all.iter().find(|one| account_of(&one.scope) == asked.account);
    let one = one.ok_or_else(|| Refusal::not_found(&asked.account))?;
    let mut next = Vec::new();
    let mut from = now;
    while let (Some(at), 0..3) = (rhythm.next(from, one.zone, one.quiet), next.len()) {
        next.push(at.to_rfc3339());
        from = at;
    }
    Ok(RhythmMeans {
        says: says(&asked.rhythm, one.zone.name()),
        next,
    })
}

fn option(key: &str, level: Level, scope: &str, value: Value) -> OptionRow {
    OptionRow {
        key: key.to_owned(),
        level,
        scope_id: scope.to_owned(),
        value,
    }
}

fn refused(field: &str, bad: &engine::rhythm::BadRhythm) -> Refusal {
    Refusal::new("bad_request", Text::new("error-bad-schedule")).about(field, bad)
}

fn time(field: &str, text: &str) -> Result<NaiveTime, Refusal> {
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|error| Refusal::bad_request(field, error))
}

/// A rhythm as the engine keeps it.
fn kept(rhythm: &Rhythm) -> Result<Kept, Refusal> {
    let daily = |at: &str, days: &str| -> Result<Kept, Refusal> {
        let at = time("rhythm.at", at)?;
        Ok(Kept::Cron(format!("{} {} * * {days}", at.minute(), at.hour())))
    };
    let kept = match rhythm {
        Rhythm::ByHand => Kept::Off(true),
        Rhythm::Every { minutes } => Kept::EveryMinutes(*minutes),
        Rhythm::Daily { at } => daily(at, "*")?,
        Rhythm::Weekdays { at } => daily(at, "1-5")?,
        Rhythm::Cron { text } => Kept::Cron(text.trim().to_owned()),
    };
    kept.check().map_err(|bad| refused("rhythm", &bad))?;
    Ok(kept)
}

/// A rhythm as the screen offers it: the simplest preset that means the same.
fn shown(rhythm: &Kept) -> Rhythm {
    match rhythm {
        Kept::Off(_) => Rhythm::ByHand,
        Kept::EveryMinutes(minutes) => Rhythm::Every { minutes: *minutes },
        Kept::Cron(text) => preset(text).unwrap_or_else(|| Rhythm::Cron { text: text.clone() }),
    }
}

fn preset(text: &str) -> Option<Rhythm> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minute, hour, "*", "*", days] = fields.as_slice() else {
        return None;
    };
    let at = NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?;
    let at = at.format("%H:%M").to_string();
    match *days {
        "*" => Some(Rhythm::Daily { at }),
        "1-5" => Some(Rhythm::Weekdays { at }),
        _ => None,
    }
}

fn says(rhythm: &Rhythm, zone: &str) -> Words {
    let at = |id: &str, at: &str| Text::new(id).with("at", at).with("zone", zone);
    let said = match rhythm {
        Rhythm::ByHand => Text::new("schedule-by-hand"),
        Rhythm::Every { minutes: 60 } => Text::new("schedule-hourly"),
        Rhythm::Every { minutes } if minutes.is_multiple_of(60) => {
            Text::new("schedule-every-hours").with("hours", i64::from(minutes / 60))
        }
        Rhythm::Every { minutes } => Text::new("schedule-every").with("minutes", i64::from(*minutes)),
        Rhythm::Daily { at: time } => at("schedule-daily", time),
        Rhythm::Weekdays { at: time } => at("schedule-weekdays", time),
        Rhythm::Cron { text } => at("schedule-cron", text),
    };
    said.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_shown_again_as_it_was_chosen() {
        let at = |text: &str| text.to_owned();
        for rhythm in [
            Rhythm::ByHand,
            Rhythm::Every { minutes: 15 },
            Rhythm::Daily { at: at("06:05") },
            Rhythm::Weekdays { at: at("18:30") },
            Rhythm::Cron { text: at("0 6 1 * *") },
        ] {
            assert_eq!(shown(&kept(&rhythm).unwrap()), rhythm);
        }
        assert!(kept(&Rhythm::Every { minutes: 4 }).is_err());
        assert!(kept(&Rhythm::Daily { at: at("25:00") }).is_err());
    }
}
