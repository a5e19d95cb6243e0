//! One simulated company with the product at work in it, in virtual time.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use app::App;
use app::connect::{Described, Wiring};
use chrono::{DateTime, TimeDelta, Utc};
use engine::edge::{SeededChance, VirtualClock};
use engine::{Connections, Engine, Parts, Report, SyncRequest, Trigger};
use flows::Key;
use serde_json::Value;
use sha2::{Digest, Sha256};
use simulator::time::Time;
use simulator::{Company, Faults, Latency, Options, Simulator};
use store::postings::PostingState;
use store::{Place, Store};
use vault::{MemoryOnly, Vault};
use wire::cancel::Cancel;
use wire::clock::Chance;
use wire::record::{Exchanged, Recorder};
use wire::{Clock, Method};

use crate::invariants::{Books, text};

/// How a world is made.
#[derive(Clone)]
pub struct Making {
    /// Decides everything.
    pub seed: u64,
    /// Which company.
    pub company: Company,
    /// Plain orders, beside the special cases of the Demo company.
    pub orders: Option<u32>,
    /// What goes wrong.
    pub faults: Faults,
    /// How long answers take.
    pub latency: Latency,
    /// Options of the flows, set for the whole company: key and value.
    pub options: Vec<(String, String)>,
    /// Whether people pack in the simulated warehouse by themselves.
    pub warehouse: bool,
    /// Custom fields that NetSuite has, such as `custbody_azn_replaces`.
    pub custom_fields: Vec<String>,
}

impl Making {
    /// The Demo company, nothing wrong, answers at once.
    pub fn demo(seed: u64) -> Self {
        Self {
            seed,
            company: Company::Demo,
            orders: None,
            faults: Faults::none(),
            latency: Latency::NONE,
            options: Vec::new(),
            warehouse: false,
            custom_fields: Vec::new(),
        }
    }
}

/// The company, the workspace, and an engine that can be taken away and put back like a computer that crashed.
pub struct World {
    /// Both services.
    pub simulator: Simulator,
    /// The workspace.
    pub store: Store,
    /// What the engine sees of time.
    pub clock: Arc<dyn Clock>,
    /// Everything that was sent, in order.
    pub trace: Arc<Trace>,
    /// Orders whose record a person edited in NetSuite.
    pub edited: BTreeSet<String>,
    /// Records of ours that stood in NetSuite when an older copy of the workspace was put back: their journal entries are
    /// gone with it.
    pub forgotten: BTreeSet<String>,
    copies: Option<tempfile::TempDir>,
    vault: Arc<dyn Vault>,
    app: Option<App>,
    computer: Time,
    seed: u64,
    lives: u64,
}

/// What the copy of a workspace is called.
const COPY: &str = "copy.db";

/// The instant at which every world begins: a Monday in the middle of a month.
pub fn morning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_794_816_000, 0).unwrap_or_default()
}

impl World {
    /// Opens a company and a fresh workspace with the set-up of the first-run steps. Inside a runtime with paused time.
    pub fn open(making: Making) -> anyhow::Result<Self> {
        let virtual_clock = VirtualClock::starting(morning());
        let simulator = Simulator::open(Options {
            orders: making.orders,
            faults: making.faults,
            latency: making.latency,
            warehouse: making.warehouse,
            custom_fields: making.custom_fields,
            ..Options::new(making.seed, making.company, Arc::new(virtual_clock))
        })?;
        let computer = Time::new(Arc::new(simulator.clock()));
        let clock: Arc<dyn Clock> = Arc::new(computer.clone());
        let store = Store::memory()?;
        let mut world = Self {
            simulator,
            store,
            clock,
            trace: Arc::default(),
            edited: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            copies: None,
            vault: Arc::new(MemoryOnly::new()?),
            app: None,
            computer,
            seed: making.seed,
            lives: 0,
        };
        let described = world.described()?;
        app::demo::prepare(
            &world.store,
            described.roles(),
            described.seller(),
            described.netsuite_account(),
            world.clock.now(),
        )
        .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        if making.company == Company::Everywhere {
            world.sell_everywhere(&described)?;
        }
        for (key, value) in &making.options {
            world.set_option(key, value)?;
        }
        world.start()?;
        Ok(world)
    }

    /// Registers every marketplace that Amazon has, as a person would when setting up.
    fn sell_everywhere(&self, described: &Described) -> anyhow::Result<()> {
        let today = self.clock.now().date_naive();
        let go_live = today - TimeDelta::days(45);
        self.store.write(|db| {
            for known in amazon::marketplaces::ALL.iter().filter(|known| known.region.is_some()) {
                let region = known.region.map_or("", amazon::Region::as_str);
                let row = store::marketplaces::Marketplace {
                    id: known.id.to_owned(),
                    account: format!("{region}:{}", described.seller()),
                    country: known.country.to_owned(),
                    currency: known.currency.to_owned(),
                    enabled: true,
                    go_live: Some(go_live),
                    settings: Value::Null,
                };
                store::marketplaces::put(db, &row)?;
                let customer = format!("customer.{}", known.country);
                for (key, role) in [
                    ("acct.bank", format!("acct.bank.{}", known.currency)),
                    ("acct.clearing", format!("acct.clearing.{}", known.currency)),
                    ("customer.mfn.default", customer.clone()),
                    ("customer.fba.default", customer),
                ] {
                    let id = described.roles().get(&role).map(ToString::to_string);
                    set_at(db, key, known.id, id)?;
                }
                set_at(db, "go_live", known.id, Some(go_live.to_string()))?;
            }
            Ok(())
        })?;
        Ok(())
    }

    fn described(&self) -> anyhow::Result<Described> {
        Described::of(&self.simulator).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))
    }

    /// Starts the engine on the workspace as it stands: the first start, or the one after a crash.
    pub fn start(&mut self) -> anyhow::Result<()> {
        self.lives += 1;
        let chance = self.chance();
        let connections = self.connections(&chance)?;
        let netsuite = Arc::clone(&connections.netsuite).seat(Cancel::new());
        let engine = Engine::open(Parts {
            store: self.store.clone(),
            connections,
            clock: Arc::clone(&self.clock),
            chance,
            vault: Some(Arc::clone(&self.vault)),
            flows: flows::catalogue().to_vec(),
        })?;
        self.app = Some(App::over(engine, Arc::clone(&self.clock), netsuite));
        Ok(())
    }

    fn chance(&self) -> Arc<dyn Chance> {
        Arc::new(SeededChance::new(self.seed.wrapping_mul(1_000) + self.lives))
    }

    fn connections(&self, chance: &Arc<dyn Chance>) -> anyhow::Result<Connections> {
        Ok(self.described()?.connect(&Wiring {
            transport: self.simulator.transport(),
            clock: Arc::clone(&self.clock),
            chance: Arc::clone(chance),
            recorder: Some(Arc::clone(&self.trace) as Arc<dyn Recorder>),
            on_waiting: None,
            netsuite_at_once: app::connect::NETSUITE_AT_ONCE,
        }))
    }

    /// A person enters the credentials that both services take now.
    pub fn reconnect(&self) -> anyhow::Result<()> {
        self.engine()?.connect(self.connections(&self.chance())?);
        Ok(())
    }

    /// The engine.
    pub fn engine(&self) -> anyhow::Result<&Engine> {
        Ok(self.app()?.engine())
    }

    /// The application, as a screen asks it.
    pub fn app(&self) -> anyhow::Result<&App> {
        self.app.as_ref().context("the program is not running")
    }

    /// A person presses something: a command of the contract, and everything that it starts in the background.
    pub async fn press(&self, command: &str, request: Value) -> anyhow::Result<Value> {
        let answer = self.app()?.call(command, request).await;
        let answer = answer.map_err(|refusal| anyhow::anyhow!("{command}: {refusal:?}"))?;
        let mut quiet = 0;
        while quiet < 2 {
            self.wait(TimeDelta::seconds(1)).await;
            let busy = !self.engine()?.status()?.running.is_empty();
            quiet = if busy { 0 } else { quiet + 1 };
        }
        Ok(answer)
    }

    /// The computer's own clock jumps; the services' clocks stay right.
    pub fn computer_jumps(&self, by: TimeDelta) {
        self.computer.jump(by);
    }

    /// The computer sleeps: time goes on everywhere, and nothing of the program runs.
    pub fn asleep(&self, for_: TimeDelta) {
        self.simulator.clock().jump(for_);
    }

    /// The computer loses power: whatever the engine was doing ends here.
    pub fn crash(&mut self) {
        self.app = None;
    }

    /// A person makes a copy of the workspace; it takes the place of an earlier one.
    pub fn back_up(&mut self) -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        self.store.back_up(&folder.path().join(COPY))?;
        self.copies = Some(folder);
        Ok(())
    }

    /// The copy takes the place of the workspace: the program knows again what it knew then.
    pub fn restore(&mut self) -> anyhow::Result<()> {
        let folder = self.copies.as_ref().context("there is no copy")?;
        let place = folder.path().join("workspace.db");
        app::restore(&folder.path().join(COPY), &place).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        self.crash();
        let books = Books::of(&self.books());
        self.forgotten = books.all().map(|record| text(&record["externalId"])).collect();
        self.store = Store::open(Place::File(place))?;
        self.start()
    }

    /// Sets an option for the whole company.
    pub fn set_option(&self, key: &str, value: &str) -> anyhow::Result<()> {
        let row = store::options::OptionRow {
            key: key.to_owned(),
            level: store::options::Level::Workspace,
            scope_id: String::new(),
            value: Value::from(value),
        };
        self.store.write(|db| store::options::set(db, &row))?;
        Ok(())
    }

    /// Runs all flows once.
    pub async fn sync(&self) -> anyhow::Result<Vec<Report>> {
        self.run(&[], None).await
    }

    /// Runs some flows, or looks at some subjects.
    pub async fn run(&self, flows: &[&str], keys: Option<Vec<Key>>) -> anyhow::Result<Vec<Report>> {
        let trigger = if keys.is_some() { Trigger::Ids } else { Trigger::Person };
        let request = SyncRequest {
            flows: flows.iter().map(ToString::to_string).collect(),
            keys,
            ..SyncRequest::new(trigger)
        };
        Ok(self.engine()?.sync(request).await?)
    }

    /// Lets time pass.
    pub async fn wait(&self, span: TimeDelta) {
        self.clock.sleep(span.to_std().unwrap_or_default()).await;
    }

    /// Approves every settlement that may be posted; how many there were.
    pub async fn approve_ready(&self) -> anyhow::Result<usize> {
        let page = app::views::settlements::page(&self.store, &app::contract::SettlementsRequest::default())
            .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        let mut approved = 0;
        for row in page.settlements {
            let view = app::views::settlements::view(&self.store, &row.id)
                .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
            if view.can_approve {
                self.engine()?.approve(&row.id, "a person").await?;
                approved += 1;
            }
        }
        Ok(approved)
    }

    /// Takes one posted settlement back; whether there was one.
    pub async fn undo_posted(&self) -> anyhow::Result<bool> {
        let posted = self.store.read(|db| {
            let all = store::settlements::all(db)?;
            let mut posted = Vec::new();
            for one in all {
                let newest = store::postings::newest(db, &one.header.id)?;
                if newest.is_some_and(|posting| posting.state == PostingState::Posted) {
                    posted.push(one.header.id);
                }
            }
            Ok(posted)
        })?;
        let Some(settlement) = posted.first() else {
            return Ok(false);
        };
        self.engine()?.undo(settlement, "a person").await?;
        Ok(true)
    }

    /// Both books.
    pub fn books(&self) -> Value {
        self.simulator.books()
    }
}

fn set_at(db: &store::Writer<'_>, key: &str, marketplace: &str, value: Option<String>) -> store::Result<()> {
    let Some(value) = value else { return Ok(()) };
    let row = store::options::OptionRow {
        key: key.to_owned(),
        level: store::options::Level::Marketplace,
        scope_id: marketplace.to_owned(),
        value: Value::from(value),
    };
    store::options::set(db, &row)
}

/// Remembers what went over the line, without bodies.
#[derive(Default)]
pub struct Trace(Mutex<Vec<String>>);

impl Trace {
    /// Everything so far, hashed: the same seed gives the same text.
    pub fn hash(&self) -> String {
        let digest = Sha256::digest(self.lines().join("\n").as_bytes());
        digest
            .iter()
            .fold(String::new(), |text, byte| text + format!("{byte:02x}").as_str())
    }

    /// Everything so far, a line for each exchange.
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes to NetSuite's records and to Amazon so far, answered or not.
    pub fn writes(&self) -> usize {
        self.lines().iter().filter(|line| line.starts_with("write ")).count()
    }

    /// The writes to NetSuite's records so far.
    pub fn written(&self) -> Vec<String> {
        let mut lines = self.lines();
        lines.retain(|line| line.starts_with("write "));
        lines
    }

    /// Exchanges whose line contains a text.
    pub fn count(&self, text: &str) -> usize {
        self.lines().iter().filter(|line| line.contains(text)).count()
    }
}

impl Recorder for Trace {
    fn record(&self, exchanged: &Exchanged<'_>) {
        let message = exchanged.message;
        let record = message.url.contains("/services/rest/record/") && message.method != Method::Get;
        let told = message.url.ends_with("/shipmentConfirmation") || message.url.ends_with("/feeds/2021-06-30/feeds");
        let writes = record || (told && message.method == Method::Post);
        let outcome = match exchanged.outcome {
            Ok(response) => response.status.to_string(),
            Err(broken) => broken.to_string(),
        };
        // Presigned addresses hold a signature over the time; their query says nothing about what was done.
        let address = if exchanged.service == "documents" {
            message.url.split('?').next().unwrap_or_default()
        } else {
            &message.url
        };
        let line = format!(
            "{} {} {} {} {outcome}",
            if writes { "write" } else { "read" },
            exchanged.started.format("%FT%T%.3f"),
            message.method.as_str(),
            address,
        );
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}
