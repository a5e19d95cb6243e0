//! The engine's handle: what is running, what watches it, and the doors to everything else.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use domain::Text;
use flows::orders::pages::Pages;
use flows::{Entry, Scope};
use serde::Serialize;
use store::runs::{self, Counts};
use store::{Store, StoreError, accounts, problems, steps};
use tokio::sync::{Notify, broadcast};
use vault::Vault;
use wire::clock::Chance;
use wire::{Cancel, Clock};

use crate::connections::Connections;
use crate::event::Event;
use crate::request::{Report, RunRequest, StartError};
use crate::standing::{Standing, WorkspaceTrouble};
use crate::{account_of, run, schedule};

/// What an engine is made of; everything that can differ between a storm and a desktop is handed in.
pub struct Parts {
    /// The workspace.
    pub store: Store,
    /// The lines to both services.
    pub connections: Connections,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub chance: Arc<dyn Chance>,
    /// Keys for buyer data; without one, buyer data is not kept longer than the memory it is in.
    pub vault: Option<Arc<dyn Vault>>,
    /// The catalogue.
    pub flows: Vec<Entry>,
}

/// Runs flows. Cheap to clone; all clones are one engine. Made inside a tokio runtime.
#[derive(Clone)]
pub struct Engine(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) vault: Option<Arc<dyn Vault>>,
    pub(crate) flows: Vec<Entry>,
    connections: RwLock<Connections>,
    running: Mutex<BTreeMap<(String, String), Running>>,
    events: broadcast::Sender<Event>,
    paused: Mutex<bool>,
    /// The program is about to end: what has not begun stays for the next time.
    pub(crate) closing: AtomicBool,
    counter: Mutex<u16>,
    /// Pages of orders that were just read, for the flows of both channels.
    pub(crate) pages: Pages,
    /// A run gave its place up.
    pub(crate) left: Notify,
    /// A write got through that others may lean on.
    pub(crate) linked: Notify,
    pub(crate) standing: Arc<Standing>,
}

struct Running {
    now: RunningNow,
    cancel: Cancel,
}

/// How far a run is. Reading and sending overlap: a full look never waits for the writes of its first page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Both sides are read, and each page is decided about as it comes.
    Looking,
    /// Everything is decided; what was planned is sent.
    Writing,
    /// Everything is sent; it is read back.
    Confirming,
}

/// How far a run is, in words and numbers.
#[derive(Debug, Clone)]
pub(crate) struct Far {
    pub(crate) doing: Text,
    pub(crate) read: u64,
    pub(crate) total: Option<u64>,
    pub(crate) counts: Counts,
    pub(crate) stage: Stage,
    pub(crate) confirmed: u64,
}

/// A run in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunningNow {
    /// The run.
    pub run: String,
    /// The flow.
    pub flow: String,
    /// The account.
    pub account: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What is being done.
    pub doing: Text,
    /// Things read so far.
    pub read: u64,
    /// Things expected, once known.
    pub total: Option<u64>,
    /// What was counted so far.
    pub counts: Counts,
    /// How far it is.
    pub stage: Stage,
    /// Records read back so far.
    pub confirmed: u64,
}

/// How things stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The runs in progress.
    pub running: Vec<RunningNow>,
    /// Causes and problems that need a person.
    pub needs_you: (u64, u64),
    /// Causes and problems that the app tries again by itself.
    pub retrying: (u64, u64),
    /// Accounts that no longer accept us.
    pub signed_out: Vec<String>,
    /// Whether a person paused all schedules.
    pub paused: bool,
    /// When a flow last looked to the end of what there was. A run that failed has seen nothing.
    pub last_check_at: Option<DateTime<Utc>>,
    /// Since when neither service answers at all.
    pub offline_since: Option<DateTime<Utc>>,
    /// Why nothing can be kept just now.
    pub workspace: Option<WorkspaceTrouble>,
    /// When the next run is due by its schedule.
    pub next_due_at: Option<DateTime<Utc>>,
}

/// Events kept for a watcher that is slow.
const EVENTS: usize = 1_024;

impl Engine {
    /// Opens an engine on a workspace. Runs that a stopped program left open are closed as interrupted; writes that
    /// were on their way are marked for a probe before anything is repeated.
    pub fn open(parts: Parts) -> Result<Self, StoreError> {
        let now = parts.clock.now();
        parts.store.write(|db| {
            runs::close_interrupted(db, now)?;
            steps::sending_becomes_unanswered(db, now)?;
            Ok(())
        })?;
        Ok(Self(Arc::new(Inner {
            store: parts.store,
            clock: parts.clock,
            chance: parts.chance,
            vault: parts.vault,
            flows: parts.flows,
            connections: RwLock::new(parts.connections),
            running: Mutex::new(BTreeMap::new()),
            events: broadcast::channel(EVENTS).0,
            paused: Mutex::new(false),
            closing: AtomicBool::new(false),
            counter: Mutex::new(0),
            pages: Pages::default(),
            left: Notify::new(),
            linked: Notify::new(),
            standing: Arc::default(),
        })))
    }

    /// The workspace.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The catalogue.
    pub fn flows(&self) -> &[Entry] {
        &self.0.flows
    }

    /// What happens from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    /// Runs one flow in one account and waits for its end.
    pub async fn run(&self, request: RunRequest) -> Result<Report, StartError> {
        let seat = self.0.sit(&request)?;
        Ok(run::whole(self, request, seat).await)
    }

    /// Begins a run and comes back at once with its id.
    pub fn start(&self, request: RunRequest) -> Result<String, StartError> {
        let seat = self.0.sit(&request)?;
        let id = seat.run.clone();
        let engine = self.clone();
        tokio::spawn(async move { run::whole(&engine, request, seat).await });
        Ok(id)
    }

    /// Stops a run after the record in hand (CMN-22). Whether it was running.
    pub fn cancel(&self, run: &str) -> bool {
        let running = whole(&self.0.running);
        let found = running.values().find(|running| running.now.run == run);
        found.inspect(|running| running.cancel.press()).is_some()
    }

    /// The Cancel of a run in progress: what waits on it is that run's own wait.
    pub fn cancel_of(&self, run: &str) -> Option<Cancel> {
        let running = whole(&self.0.running);
        let found = running.values().find(|running| running.now.run == run);
        found.map(|running| running.cancel.clone())
    }

    /// Stops every run after the record in hand, and begins no other: the program is about to end.
    pub fn cancel_all(&self) {
        self.0.closing.store(true, Ordering::Release);
        whole(&self.0.running)
            .values()
            .for_each(|running| running.cancel.press());
    }

    /// Waits until nothing runs any more.
    pub async fn idle(&self) {
        loop {
            let left = self.0.left.notified();
            tokio::pin!(left);
            left.as_mut().enable();
            if whole(&self.0.running).is_empty() {
                return;
            }
            left.await;
        }
    }

    /// Pauses or resumes all schedules. Runs that a person starts go on.
    pub fn pause(&self, paused: bool) {
        *whole(&self.0.paused) = paused;
        self.0.tell(Event::StatusChanged);
    }

    /// Uses other lines from the next run on: an account was connected, or connected anew.
    pub fn connect(&self, connections: Connections) {
        *self.0.connections.write().unwrap_or_else(PoisonError::into_inner) = connections;
        self.0.standing.forget_lines();
        self.0.tell(Event::StatusChanged);
    }

    /// How things stand.
    pub fn status(&self) -> Result<Status, StoreError> {
        let running = whole(&self.0.running)
            .values()
            .map(|running| running.now.clone())
            .collect();
        let paused = *whole(&self.0.paused);
        let next_due_at = if paused { None } else { schedule::next_due(self)? };
        let now = self.0.now();
        self.0.store.read(|db| {
            let accounts = accounts::all(db)?;
            Ok(Status {
                running,
                needs_you: problems::count(db, problems::Tab::NeedsYou, now)?,
                retrying: problems::count(db, problems::Tab::Retrying, now)?,
                signed_out: accounts
                    .into_iter()
                    .filter(|account| account.state == accounts::AccountState::SignedOut)
                    .map(|account| account.id)
                    .collect(),
                paused,
                last_check_at: runs::last_check(db)?,
                offline_since: self.0.standing.offline_since(),
                workspace: self.0.standing.workspace(),
                next_due_at,
            })
        })
    }

    /// Every account with the marketplaces that a flow is on for, optionally only one marketplace.
    pub fn scopes(&self, flow: &str, marketplace: Option<&str>) -> Result<Vec<Scope>, StoreError> {
        schedule::scopes(&self.0.store, flow, marketplace)
    }

    pub(crate) fn entry(&self, flow: &str) -> Option<Entry> {
        self.0.flows.iter().find(|entry| entry.card.id == flow).copied()
    }
}

/// A run's place among those in progress; giving it up ends the run for everybody who watches.
pub(crate) struct Seat {
    pub(crate) run: String,
    pub(crate) flow: String,
    pub(crate) account: String,
    pub(crate) since: DateTime<Utc>,
    pub(crate) cancel: Cancel,
    inner: Arc<Inner>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        whole(&self.inner.running).remove(&(self.flow.clone(), self.account.clone()));
        self.inner.left.notify_waiters();
        self.inner.linked.notify_waiters();
    }
}

impl Inner {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn tell(&self, event: Event) {
        // Nobody watching is fine.
        let _ = self.events.send(event);
    }

    pub(crate) fn connections(&self) -> Connections {
        self.connections.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a flow is running in an account.
    pub(crate) fn is_running(&self, flow: &str, account: &str) -> bool {
        whole(&self.running).contains_key(&(flow.to_owned(), account.to_owned()))
    }

    pub(crate) fn is_paused(&self) -> bool {
        *whole(&self.paused)
    }

    /// Takes the one place that a flow has in an account (CMN-16).
    pub(crate) fn sit(self: &Arc<Self>, request: &RunRequest) -> Result<Seat, StartError> {
        if !self.flows.iter().any(|entry| entry.card.id == request.flow) {
            return Err(StartError::UnknownFlow(request.flow.clone()));
        }
        self.sit_as(&request.flow, &account_of(&request.scope))
    }

    pub(crate) fn sit_as(self: &Arc<Self>, flow: &str, account: &str) -> Result<Seat, StartError> {
        let since = self.now();
        let run = self.time_ordered_id(since);
        let cancel = Cancel::new();
        let mut running = whole(&self.running);
        let place = (flow.to_owned(), account.to_owned());
        if let Some(other) = running.get(&place) {
            return Err(StartError::AlreadyRunning {
                flow: flow.to_owned(),
                since: other.now.since,
            });
        }
        let now = RunningNow {
            run: run.clone(),
            flow: flow.to_owned(),
            account: account.to_owned(),
            since,
            doing: Text::new("run-doing-starting"),
            read: 0,
            total: None,
            counts: Counts::default(),
            stage: Stage::Looking,
            confirmed: 0,
        };
        running.insert(
            place,
            Running {
                now,
                cancel: cancel.clone(),
            },
        );
        let inner = Arc::clone(self);
        Ok(Seat {
            run,
            flow: flow.to_owned(),
            account: account.to_owned(),
            since,
            cancel,
            inner,
        })
    }

    /// Keeps what `status` tells about a run, and tells those who watch.
    pub(crate) fn progress(&self, seat: &Seat, far: Far) {
        let Far {
            doing,
            read,
            total,
            counts,
            stage,
            confirmed,
        } = far;
        let place = (seat.flow.clone(), seat.account.clone());
        if let Some(running) = whole(&self.running).get_mut(&place) {
            running.now.doing = doing.clone();
            running.now.read = read;
            running.now.total = total;
            running.now.counts = counts;
            running.now.stage = stage;
            running.now.confirmed = confirmed;
        }
        let (run, flow) = (seat.run.clone(), seat.flow.clone());
        self.tell(Event::RunProgress {
            run,
            flow,
            doing,
            read,
            total,
            counts,
        });
    }

    pub(crate) fn tell_problems(&self) {
        let now = self.now();
        if let Ok((needs_you, _)) = self.store.read(|db| problems::count(db, problems::Tab::NeedsYou, now)) {
            self.tell(Event::ProblemsChanged { needs_you });
        }
    }

    /// A UUID of version 7 whose chance is handed in; a counter keeps ids of one millisecond in order.
    pub(crate) fn time_ordered_id(&self, now: DateTime<Utc>) -> String {
        let mut counter = whole(&self.counter);
        *counter = counter.wrapping_add(1);
        let mut bytes = [0; 10];
        bytes[..2].copy_from_slice(&(*counter & 0x0FFF).to_be_bytes());
        bytes[2..].copy_from_slice(&self.chance.next().to_be_bytes());
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes)
            .into_uuid()
            .to_string()
    }
}

/// A thread that panicked while it held the lock left a whole value behind.
pub(crate) fn whole<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
