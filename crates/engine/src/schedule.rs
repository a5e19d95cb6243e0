//! What is due, for whom, and in which order. A missed slot is made up once, not once for each slot missed (CMN-21).

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use croner::Cron;
use flows::{Entry, Scope};
use serde_json::Value;
use store::marketplaces::Marketplace;
use store::runs::Trigger;
use store::{Store, StoreError, accounts, marketplaces, options, runs, settings};
use tokio_util::sync::CancellationToken;

use crate::account_of;
use crate::engine::Engine;
use crate::request::{RunRequest, StartError, SyncRequest};

/// The shortest cadence that a person may choose (flows.md §1.9).
const LEAST: TimeDelta = TimeDelta::minutes(5);

/// How long buyer data is kept unless a person chose otherwise (CMN-40).
const BUYER_DAYS: u32 = 30;

/// The runs that a request asks for, in the order of the chains.
pub(crate) fn plan(engine: &Engine, request: &SyncRequest) -> Result<Vec<RunRequest>, StartError> {
    for wanted in &request.flows {
        if engine.entry(wanted).is_none() {
            return Err(StartError::UnknownFlow(wanted.clone()));
        }
    }
    let mut runs = Vec::new();
    for entry in chained(engine.flows()) {
        let flow = entry.card.id;
        if !request.flows.is_empty() && !request.flows.iter().any(|wanted| wanted == flow) {
            continue;
        }
        for scope in scopes(engine.store(), flow, request.marketplace.as_deref())? {
            runs.push(RunRequest {
                flow: flow.to_owned(),
                scope,
                trigger: request.trigger,
                keys: request.keys.clone(),
                dry_run: request.dry_run,
            });
        }
    }
    Ok(runs)
}

/// The flows so that each comes after those whose results it uses; otherwise in the catalogue's order.
pub(crate) fn chained(flows: &[Entry]) -> Vec<Entry> {
    let mut left: Vec<Entry> = flows.to_vec();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let open: Vec<&str> = left.iter().map(|entry| entry.card.id).collect();
        let free = left
            .iter()
            .position(|entry| !entry.card.after.iter().any(|before| open.contains(before)));
        // A circle would be a mistake in the catalogue; its flows then keep the catalogue's order.
        ordered.push(left.remove(free.unwrap_or(0)));
    }
    ordered
}

/// The accounts with the marketplaces that a flow is on for. A marketplace counts when it is enabled and has a go-live
/// date (CMN-32); the option `flow.<id>.on` turns a flow off for a marketplace, an account or everywhere.
pub(crate) fn scopes(store: &Store, flow: &str, only: Option<&str>) -> Result<Vec<Scope>, StoreError> {
    store.read(|db| {
        let accounts = accounts::all(db)?;
        let key = format!("flow.{flow}.on");
        let mut by_account: BTreeMap<String, Vec<Marketplace>> = BTreeMap::new();
        for marketplace in marketplaces::all(db)? {
            let wanted =
                only.is_none_or(|only| only == marketplace.id || only.eq_ignore_ascii_case(&marketplace.country));
            let on = options::effective(db, &key, &marketplace.id, &marketplace.account)?;
            let off = on.is_some_and(|(value, _)| value == Value::Bool(false));
            if wanted && marketplace.enabled && marketplace.go_live.is_some() && !off {
                by_account
                    .entry(marketplace.account.clone())
                    .or_default()
                    .push(marketplace);
            }
        }
        Ok(accounts
            .into_iter()
            .filter(|account| account.service == accounts::Service::Amazon)
            .filter_map(|account| {
                let marketplaces = by_account.remove(&account.id)?;
                Some(Scope {
                    region: account.region,
                    seller_id: account.outside_id,
                    marketplaces: marketplaces.into_iter().map(|marketplace| marketplace.id).collect(),
                })
            })
            .collect())
    })
}

/// When a flow is to run again. Nothing: its schedule is off.
fn due_at(engine: &Engine, entry: &Entry, account: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let key = format!("schedule.{}", entry.card.id);
    let (chosen, last) = engine.store().read(|db| {
        Ok((
            options::effective(db, &key, "", account)?.map(|(value, _)| value),
            runs::latest(db, entry.card.id, account)?,
        ))
    })?;
    let default = TimeDelta::minutes(i64::from(entry.card.every_minutes));
    let last = last.map(|run| run.opened_at);
    Ok(next_after(chosen.as_ref(), default, last, engine.0.now()))
}

/// The next instant of a schedule: `{"off":true}`, `{"every_minutes":30}` or `{"cron":"0 6 * * *"}` (UTC). What cannot
/// be read counts as the default.
fn next_after(
    chosen: Option<&Value>,
    default: TimeDelta,
    last: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if chosen.is_some_and(|value| value["off"] == Value::Bool(true)) || default.is_zero() {
        return None;
    }
    let Some(last) = last else { return Some(now) };
    if let Some(text) = chosen.and_then(|value| value["cron"].as_str())
        && let Ok(cron) = Cron::from_str(text)
    {
        return cron.find_next_occurrence(&last, false).ok();
    }
    let minutes = chosen.and_then(|value| value["every_minutes"].as_i64());
    Some(last + minutes.map_or(default, TimeDelta::minutes).max(LEAST))
}

/// When the next run of any flow is due.
pub(crate) fn next_due(engine: &Engine) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut next: Option<DateTime<Utc>> = None;
    for entry in engine.flows() {
        if let Some(at) = next_due_of(engine, entry.card.id)? {
            next = Some(next.map_or(at, |earliest| earliest.min(at)));
        }
    }
    Ok(next)
}

/// When the next run of a flow is due, in whichever account comes first.
pub fn next_due_of(engine: &Engine, flow: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let Some(entry) = engine.entry(flow) else {
        return Ok(None);
    };
    let mut next: Option<DateTime<Utc>> = None;
    for scope in scopes(engine.store(), flow, None)? {
        if let Some(at) = due_at(engine, &entry, &account_of(&scope))? {
            next = Some(next.map_or(at, |earliest| earliest.min(at)));
        }
    }
    Ok(next)
}

/// Keeps the schedules in the background until `stop`.
pub fn keep(engine: Engine, stop: CancellationToken) {
    tokio::spawn(async move {
        if let Err(error) = engine.keep_schedules(stop).await {
            tracing::error!(%error, "the schedules ended");
        }
    });
}

impl Engine {
    /// Runs what is due now, once each, in the order of the chains. How many runs there were.
    pub async fn run_due(&self) -> Result<usize, StartError> {
        let now = self.0.now();
        self.forget_buyers(self.buyer_days()?)?;
        self.finish_undoing().await?;
        let mut count = 0;
        for entry in chained(self.flows()) {
            for scope in scopes(self.store(), entry.card.id, None)? {
                let account = account_of(&scope);
                let due = due_at(self, &entry, &account)?.is_some_and(|at| at <= now);
                if !due || self.0.is_paused() || self.is_signed_out(&account)? {
                    continue;
                }
                let flow = entry.card.id.to_owned();
                let request = RunRequest {
                    flow,
                    scope,
                    trigger: Trigger::Schedule,
                    keys: None,
                    dry_run: false,
                };
                match self.run(request).await {
                    Ok(_) => count += 1,
                    Err(StartError::AlreadyRunning { .. }) => (),
                    Err(other) => return Err(other),
                }
            }
        }
        Ok(count)
    }

    /// Days that buyer data is kept: the setting `privacy.buyer_days`, 30 unless a person chose otherwise.
    fn buyer_days(&self) -> Result<u32, StoreError> {
        let chosen = self.store().read(|db| settings::get(db, "privacy.buyer_days"))?;
        let days = chosen
            .and_then(|value| value.as_u64())
            .and_then(|days| u32::try_from(days).ok());
        Ok(days.unwrap_or(BUYER_DAYS))
    }

    /// Whether one of the two accounts that a run would use waits for a person to connect it again.
    fn is_signed_out(&self, account: &str) -> Result<bool, StoreError> {
        let all = self.store().read(accounts::all)?;
        Ok(all.iter().any(|known| {
            (known.id == account || known.service == accounts::Service::NetSuite)
                && known.state != accounts::AccountState::Connected
        }))
    }

    /// Keeps the schedules until `stop`. Wakes at most once a minute, and after a sleep of the computer makes up what
    /// was missed, after up to a minute of chance so that not everything starts at once.
    pub async fn keep_schedules(&self, stop: CancellationToken) -> Result<(), StartError> {
        let minute = Duration::from_mins(1);
        let mut woke = self.0.now();
        loop {
            let asleep = (self.0.now() - woke).to_std().unwrap_or_default() > 5 * minute;
            if asleep && !pause(self, Duration::from_millis(self.0.chance.next() % 60_000), &stop).await {
                return Ok(());
            }
            self.run_due().await?;
            woke = self.0.now();
            let due = next_due(self)?.map_or(minute, |at| (at - woke).to_std().unwrap_or_default());
            if !pause(self, due.clamp(Duration::from_secs(1), minute), &stop).await {
                return Ok(());
            }
        }
    }
}

/// Waits; whether nobody asked to stop meanwhile.
async fn pause(engine: &Engine, duration: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        biased;
        () = stop.cancelled() => false,
        () = engine.0.clock.sleep(duration) => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn cmn_21_a_missed_schedule_is_made_up_once() {
        let (last, now) = (at("2026-11-20T08:00:00Z"), at("2026-11-23T08:00:00Z"));
        let due = next_after(None, TimeDelta::minutes(15), Some(last), now).unwrap();
        assert!(due < now);
        // Once it has run, the next one is a quarter of an hour away, not 287 missed slots.
        assert_eq!(
            next_after(None, TimeDelta::minutes(15), Some(now), now),
            Some(at("2026-11-23T08:15:00Z"))
        );
    }

    #[test]
    fn a_schedule_may_be_off_a_cadence_or_a_cron_text() {
        let (last, now) = (at("2026-11-23T08:00:00Z"), at("2026-11-23T08:01:00Z"));
        let next = |chosen: Value| next_after(Some(&chosen), TimeDelta::minutes(60), Some(last), now);
        assert_eq!(next(json!({"off": true})), None);
        assert_eq!(next(json!({"every_minutes": 30})), Some(at("2026-11-23T08:30:00Z")));
        assert_eq!(next(json!({"every_minutes": 1})), Some(at("2026-11-23T08:05:00Z")));
        assert_eq!(next(json!({"cron": "0 6 * * *"})), Some(at("2026-11-24T06:00:00Z")));
        assert_eq!(next_after(None, TimeDelta::minutes(60), None, now), Some(now));
    }
}
