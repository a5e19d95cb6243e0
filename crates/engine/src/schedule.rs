//! What is due, for whom, and in which order. A missed slot is made up once, not once for each slot missed (CMN-21).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use flows::{Entry, Scope};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use serde_json::Value;
use store::marketplaces::Marketplace;
use store::options::Level;
use store::runs::Trigger;
use store::{Reader, Store, StoreError, accounts, marketplaces, options, runs};
use tokio_util::sync::CancellationToken;

use crate::account_of;
use crate::engine::Engine;
use crate::event::Event;
use crate::request::{RunRequest, StartError};
use crate::rhythm::{Quiet, Rhythm};

/// How long the schedules rest when the workspace takes nothing.
const RESTS: TimeDelta = TimeDelta::minutes(1);

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
    store.read(|db| scopes_of(db, flow, only))
}

/// The same, while reading.
pub(crate) fn scopes_of(db: &Reader<'_>, flow: &str, only: Option<&str>) -> Result<Vec<Scope>, StoreError> {
    let accounts = accounts::all(db)?;
    let key = on_key(flow);
    let mut by_account: BTreeMap<String, Vec<Marketplace>> = BTreeMap::new();
    for marketplace in marketplaces::all(db)? {
        let wanted = only.is_none_or(|only| only == marketplace.id || only.eq_ignore_ascii_case(&marketplace.country));
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
}

/// A flow's schedule in one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// The flow.
    pub flow: &'static str,
    /// The account, and every marketplace of it that has the flow on: one run looks at all of them at once.
    pub scope: Scope,
    /// The zone in which its hours are read.
    pub zone: Tz,
    /// How often it runs.
    pub rhythm: Rhythm,
    /// Where a person set that; nothing: it is the flow's own default.
    pub chosen: Option<Level>,
    /// Hours in which it rests.
    pub quiet: Option<Quiet>,
    /// When it last began.
    pub last: Option<DateTime<Utc>>,
    /// When it begins next; nothing: only when a person asks.
    pub next: Option<DateTime<Utc>>,
}

/// The option under which is kept whether a flow is on.
pub fn on_key(flow: &str) -> String {
    format!("flow.{flow}.on")
}

/// The option under which a flow's schedule is kept.
pub fn key_of(flow: &str) -> String {
    format!("schedule.{flow}")
}

/// The option under which the zone of an account's hours is kept.
pub const ZONE: &str = "schedule.zone";

/// The option under which quiet hours are kept.
pub const QUIET: &str = "schedule.quiet";

impl Engine {
    /// Every schedule, in the order of the chains.
    pub fn schedules(&self) -> Result<Vec<Scheduled>, StoreError> {
        let now = self.0.now();
        let mut all = Vec::new();
        for entry in chained(self.flows()) {
            for scope in scopes(self.store(), entry.card.id, None)? {
                all.push(self.store().read(|db| scheduled(db, &entry, scope, now))?);
            }
        }
        Ok(all)
    }
}

pub(crate) fn scheduled(db: &Reader<'_>, entry: &Entry, scope: Scope, now: DateTime<Utc>) -> store::Result<Scheduled> {
    let account = account_of(&scope);
    let (key, flow) = (key_of(entry.card.id), entry.card.id);
    let default = Rhythm::EveryMinutes(entry.card.every_minutes);
    // All marketplaces are looked at in one go, so the soonest of their wishes counts; one that wishes nothing, or what
    // cannot be read any more, has the flow's own rhythm.
    let mut wishes: Vec<(Rhythm, Option<Level>)> = Vec::new();
    for marketplace in &scope.marketplaces {
        let chosen = options::effective(db, &key, marketplace, &account)?;
        let chosen = chosen.and_then(|(value, level)| Some((serde_json::from_value(value).ok()?, Some(level))));
        wishes.push(chosen.unwrap_or_else(|| (default.clone(), None)));
    }
    let last = runs::latest(db, flow, &account)?.map(|run| run.opened_at);
    let zone = zone(db, &account, &scope)?;
    let quiet = options::effective(db, QUIET, "", &account)?.and_then(|(value, _)| serde_json::from_value(value).ok());
    let from = last.unwrap_or(now);
    let soonest = wishes.into_iter().min_by_key(|(rhythm, _)| {
        let next = rhythm.next(from, zone, quiet);
        next.unwrap_or(DateTime::<Utc>::MAX_UTC)
    });
    let (rhythm, chosen) = soonest.unwrap_or((default, None));
    let next = match (&rhythm, last) {
        (Rhythm::Off(_), _) => None,
        // What never ran is due at once, outside quiet hours.
        (_, None) => Some(quiet.map_or(now, |quiet: Quiet| quiet.end(now, zone))),
        (rhythm, Some(last)) => {
            let next = rhythm.next(last, zone, quiet);
            // What was missed is made up once the hours allow it.
            next.map(|next| {
                if next < now {
                    quiet.map_or(next, |quiet| quiet.end(now, zone).max(next))
                } else {
                    next
                }
            })
        }
    };
    Ok(Scheduled {
        flow,
        scope,
        zone,
        rhythm,
        chosen,
        quiet,
        last,
        next,
    })
}

/// The zone that the account's owner chose, or else the business zone of its first marketplace.
pub(crate) fn zone(db: &Reader<'_>, account: &str, scope: &Scope) -> store::Result<Tz> {
    let chosen = zone_chosen(db, account)?;
    let first = scope.marketplaces.iter().find_map(|id| amazon::marketplaces::by_id(id));
    Ok(chosen.or(first.map(|known| known.zone)).unwrap_or(Tz::UTC))
}

/// The zone of a name such as `Europe/Paris`.
pub fn zone_named(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// The zone that a person chose for an account.
pub fn zone_chosen(db: &Reader<'_>, account: &str) -> store::Result<Option<Tz>> {
    let chosen = options::get(db, ZONE, Level::Account, account)?;
    Ok(chosen.and_then(|zone| zone_named(zone.as_str()?)))
}

/// When the next run of any flow is due.
pub(crate) fn next_due(engine: &Engine) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(engine.schedules()?.into_iter().filter_map(|one| one.next).min())
}

/// When the next run of a flow is due, in whichever account comes first.
pub fn next_due_of(engine: &Engine, flow: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let all = engine.schedules()?;
    Ok(all
        .into_iter()
        .filter(|one| one.flow == flow)
        .filter_map(|one| one.next)
        .min())
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
        self.tidy()?;
        self.finish_undoing().await?;
        let due = self.due(now)?;
        Ok(self.run_all(due).await?.len())
    }

    /// The runs that are due.
    fn due(&self, now: DateTime<Utc>) -> Result<Vec<RunRequest>, StoreError> {
        let mut due = Vec::new();
        for one in self.schedules()? {
            let account = account_of(&one.scope);
            let is_due = one.next.is_some_and(|at| at <= now) && !self.0.is_running(one.flow, &account);
            if is_due && !self.0.is_paused() && !self.is_signed_out(&account)? {
                due.push(RunRequest::new(one.flow, one.scope, Trigger::Schedule));
            }
        }
        Ok(due)
    }

    /// Whether one of the two accounts that a run would use waits for a person to connect it again.
    fn is_signed_out(&self, account: &str) -> Result<bool, StoreError> {
        let all = self.store().read(accounts::all)?;
        Ok(all.iter().any(|known| {
            (known.id == account || known.service == accounts::Service::NetSuite)
                && known.state != accounts::AccountState::Connected
        }))
    }

    /// Keeps the schedules until `stop`. Wakes at most once a minute. After a start or a sleep of the computer, what was
    /// missed is made up once each, after up to a minute of chance so that not everything asks at the same instant
    /// (CMN-21). A long run keeps nobody waiting but those that lean on it.
    pub async fn keep_schedules(&self, stop: CancellationToken) -> Result<(), StartError> {
        let minute = Duration::from_mins(1);
        let mut rounds = FuturesUnordered::new();
        let mut promised: BTreeSet<Place> = BTreeSet::new();
        let mut woke: Option<DateTime<Utc>> = None;
        let mut rests_until: Option<DateTime<Utc>> = None;
        loop {
            let now = self.0.now();
            let asleep = woke.is_none_or(|woke| now - woke > TimeDelta::minutes(3));
            if asleep && self.has_missed(now).unwrap_or(false) {
                let chance = Duration::from_millis(self.0.chance.next() % 60_000);
                if !pause(self, chance, &stop).await {
                    break;
                }
            }
            let rests = rests_until.is_some_and(|until| self.0.now() < until);
            let asked = if rests { Ok(Vec::new()) } else { self.due(self.0.now()) };
            let mut due = asked.unwrap_or_else(|error| {
                rests_until = Some(self.rest_from(&error));
                Vec::new()
            });
            due.retain(|request| !promised.contains(&place(request)));
            if !due.is_empty() {
                let places: Vec<Place> = due.iter().map(place).collect();
                promised.extend(places.iter().cloned());
                rounds.push(async move { (places, self.round(due).await) });
            }
            woke = Some(self.0.now());
            // What is overdue and not running cannot run now: it is asked about again with the next minute.
            let now = self.0.now();
            let ahead = self
                .schedules()
                .unwrap_or_default()
                .into_iter()
                .filter_map(|one| one.next)
                .filter(|at| *at > now)
                .min();
            let next = ahead.map_or(minute, |at| (at - now).to_std().unwrap_or_default());
            tokio::select! {
                biased;
                () = stop.cancelled() => break,
                Some((places, ended)) = rounds.next(), if !rounds.is_empty() => {
                    for place in &places { promised.remove(place); }
                    // What cannot be written down is due again at once: a full disk is not asked without end.
                    rests_until = match ended {
                        Err(StartError::Store(error)) => Some(self.rest_from(&error)),
                        other => {
                            other?;
                            let troubled = self.0.standing.workspace().is_some();
                            troubled.then(|| self.0.now() + RESTS)
                        }
                    };
                }
                () = self.0.clock.sleep(next.clamp(Duration::from_secs(1), minute)) => (),
            }
        }
        // What is under way is brought to its end by whoever stops: the record in hand, and no further.
        while rounds.next().await.is_some() {}
        Ok(())
    }

    /// The workspace failed outside a run: that is said, and nothing is begun until this instant.
    fn rest_from(&self, error: &StoreError) -> DateTime<Utc> {
        tracing::error!(%error, "the workspace failed; the schedules try again in a minute");
        let now = self.0.now();
        self.0.standing.kept(Err(error), now);
        self.0.tell(Event::StatusChanged);
        now + RESTS
    }

    /// One round of what is due.
    async fn round(&self, due: Vec<RunRequest>) -> Result<(), StartError> {
        self.tidy()?;
        self.finish_undoing().await?;
        self.run_all(due).await.map(|_| ())
    }

    /// Whether something that has run before should have run by now.
    fn has_missed(&self, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let all = self.schedules()?;
        Ok(all
            .iter()
            .any(|one| one.last.is_some() && one.next.is_some_and(|next| next < now)))
    }
}

/// A flow in an account.
type Place = (String, String);

fn place(request: &RunRequest) -> Place {
    (request.flow.clone(), account_of(&request.scope))
}

/// Waits; whether nobody asked to stop meanwhile.
async fn pause(engine: &Engine, duration: Duration, stop: &CancellationToken) -> bool {
    tokio::select! {
        biased;
        () = stop.cancelled() => false,
        () = engine.0.clock.sleep(duration) => true,
    }
}
