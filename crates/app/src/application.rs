//! The application behind every shell: opening a workspace, answering commands.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::Text;
use domain::settlement::read::{Reading, Source};
use engine::edge::{SystemChance, SystemClock};
use engine::{Engine, Parts};
use serde::de::DeserializeOwned;
use serde_json::Value;
use store::{Place, Store};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;
use wire::Clock;
use wire::clock::Chance;

use crate::connect::{Described, NETSUITE_AT_ONCE, Wiring};
use crate::contract::{Event, Refusal};
use crate::demo;
use crate::pause::Keeper;
use crate::recording::HarFile;
use crate::watch::{Waits, watch};
use crate::words::Catalogue;
use crate::{commands, directory, export};

/// Which world the application works in. Chosen once; nothing else asks.
#[derive(Debug, Clone)]
pub enum Backing {
    /// The Demo company: the simulator in process, no sockets.
    Demo {
        /// The seed that the world grows from.
        seed: u64,
    },
    /// The seller's real accounts.
    Live,
    /// A simulator in another process, described by the JSON line that `passerelle simulator` prints.
    Services {
        /// That line.
        described: Value,
    },
}

/// How to open a workspace.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Which world.
    pub backing: Backing,
    /// The folder of the workspace files; demo and live never share one file.
    pub folder: PathBuf,
    /// Where every exchange is recorded as HAR, if wished.
    pub record: Option<PathBuf>,
    /// Whether schedules run by themselves: a window or a server, not a single command.
    pub schedules: bool,
}

/// One open workspace. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) netsuite: Arc<dyn wire::Exchange>,
    pub(crate) folder: PathBuf,
    /// Whether nothing here touches a real account.
    pub(crate) demo: bool,
    /// Whether it is the Demo company itself, which may begin anew; a simulator elsewhere keeps its own books.
    pub(crate) resettable: bool,
    pub(crate) waits: Arc<Waits>,
    pub(crate) previews: Arc<crate::previews::Previews>,
    pub(crate) uploads: crate::uploads::Uploads,
    pub(crate) checks: crate::views::checks::Found,
    pub(crate) events: broadcast::Sender<Event>,
    stop: CancellationToken,
    record: Option<Arc<HarFile>>,
}

impl Inner {
    /// What pauses of the schedules are carried out with.
    pub(crate) fn keeper(&self) -> Keeper {
        Keeper {
            engine: self.engine.clone(),
            clock: Arc::clone(&self.clock),
            stop: self.stop.clone(),
        }
    }
}

/// Events kept for a screen that is slow.
const EVENTS: usize = 512;

impl App {
    /// Opens the workspace, or says why it cannot be opened. Must be called inside a tokio runtime.
    #[allow(
        clippy::unused_async,
        reason = "opening a real account will ask its services; shells already wait for it"
    )]
    pub async fn open(opening: Opening) -> Result<Self, Refusal> {
        let chance: Arc<dyn Chance> = Arc::new(SystemChance);
        std::fs::create_dir_all(&opening.folder).map_err(|error| folder_refused(&error))?;
        let record = opening.record.clone().map(HarFile::create).transpose();
        let record = record
            .map_err(|error| crate::export::not_written(&error))?
            .map(Arc::new);
        let World {
            store,
            described,
            transport,
            clock,
        } = world(&opening)?;
        demo::prepare(
            &store,
            described.roles(),
            described.seller(),
            described.netsuite_account(),
            clock.now(),
        )?;
        let waits = Arc::new(Waits::default());
        let connections = described.connect(&Wiring {
            transport,
            clock: Arc::clone(&clock),
            chance: Arc::clone(&chance),
            recorder: record.clone().map(|file| file as Arc<dyn wire::record::Recorder>),
            on_waiting: Some(waits.listener()),
            netsuite_at_once: NETSUITE_AT_ONCE,
        });
        let netsuite = Arc::clone(&connections.netsuite).seat(wire::cancel::Cancel::new());
        let vault = crate::secrets::demo_vault(&store)?;
        let engine = Engine::open(Parts {
            store,
            connections,
            clock: Arc::clone(&clock),
            chance,
            vault: Some(vault),
            flows: flows::catalogue().to_vec(),
        })?;
        let (events, _) = broadcast::channel(EVENTS);
        let stop = CancellationToken::new();
        watch(&engine, &clock, &events, &stop);
        let keeper = Keeper {
            engine: engine.clone(),
            clock: Arc::clone(&clock),
            stop: stop.clone(),
        };
        // Before the schedules start, or one that is due would still run.
        keeper.restore()?;
        if opening.schedules {
            engine::schedule::keep(engine.clone(), stop.clone());
        }
        let app = Self {
            inner: Arc::new(Inner {
                engine,
                clock,
                netsuite,
                folder: opening.folder,
                demo: !matches!(opening.backing, Backing::Live),
                resettable: matches!(opening.backing, Backing::Demo { .. }),
                waits,
                previews: Arc::default(),
                uploads: crate::uploads::Uploads::default(),
                checks: crate::views::checks::Found::default(),
                events,
                stop,
                record,
            }),
        };
        if opening.schedules {
            app.learn_names();
        }
        Ok(app)
    }

    /// The application over an engine that stands already, without a screen: whole-product tests in virtual time press
    /// the same buttons as a person.
    pub fn over(engine: Engine, clock: Arc<dyn Clock>, netsuite: Arc<dyn wire::Exchange>) -> Self {
        Self {
            inner: Arc::new(Inner {
                engine,
                clock,
                netsuite,
                folder: PathBuf::new(),
                demo: true,
                resettable: false,
                waits: Arc::default(),
                previews: Arc::default(),
                uploads: crate::uploads::Uploads::default(),
                checks: crate::views::checks::Found::default(),
                events: broadcast::channel(EVENTS).0,
                stop: CancellationToken::new(),
                record: None,
            }),
        }
    }

    /// Reads the chart of accounts in the background, for whoever looks at screens; without it a preview shows the words
    /// of Amazon's file. A single command never asks for it.
    fn learn_names(&self) {
        let inner = Arc::clone(&self.inner);
        tokio::spawn(async move {
            if let Err(refusal) = directory::refresh(&inner).await {
                tracing::warn!(code = refusal.code, "the chart of accounts could not be read");
            }
        });
    }

    /// Answers one command of [`crate::contract::COMMANDS`].
    pub async fn call(&self, name: &str, request: Value) -> Result<Value, Refusal> {
        commands::answer(&self.inner, name, request).await
    }

    /// What happens, as it happens.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// Archives a settlement file that was read and proved, without starting its import: for the command line.
    pub fn archive_settlement(
        &self,
        name: &str,
        file: &dyn Source,
        reading: &Reading,
    ) -> Result<crate::contract::Imported, Refusal> {
        let now = self.inner.clock.now();
        crate::import::archive(self.inner.engine.store(), now, name, file, reading)
    }

    /// The engine, for the command line.
    pub fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    /// Writes a list; how many rows it had. `settlement` narrows the lines to one.
    pub fn export(
        &self,
        list: export::List,
        settlement: Option<&str>,
        form: export::Form,
        words: &Catalogue,
        out: &mut dyn std::io::Write,
    ) -> Result<u64, Refusal> {
        let store = self.engine().store();
        export::export(store, list, settlement, form, words, self.inner.clock.now(), out)
    }

    /// Finishes the record in hand, keeps the rest for next time, and writes what was recorded.
    pub async fn close(&self) -> Result<(), Refusal> {
        self.inner.stop.cancel();
        self.inner.engine.cancel_all();
        self.inner.engine.idle().await;
        if let Some(file) = &self.inner.record {
            file.save().map_err(|error| crate::export::not_written(&error))?;
        }
        // The file alone is then the whole workspace, for whoever copies it.
        Ok(self.inner.engine.store().rest()?)
    }
}

/// The workspace file of a backing.
fn file(opening: &Opening) -> PathBuf {
    match opening.backing {
        Backing::Demo { .. } => workspace_file(&opening.folder, true),
        Backing::Live => workspace_file(&opening.folder, false),
        Backing::Services { .. } => opening.folder.join("services.passerelle"),
    }
}

/// The file of the Demo company or of the real one: they never share one.
pub fn workspace_file(folder: &Path, demo: bool) -> PathBuf {
    folder.join(if demo { "demo.passerelle" } else { "company.passerelle" })
}

struct World {
    store: Store,
    described: Described,
    transport: Arc<dyn wire::Transport>,
    clock: Arc<dyn Clock>,
}

fn world(opening: &Opening) -> Result<World, Refusal> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    match &opening.backing {
        Backing::Demo { seed } => {
            demo::forget_if_asked(&opening.folder).map_err(|error| folder_refused(&error))?;
            // First of all: a second start must not touch the services' books either.
            let store = Store::open(Place::File(file(opening)))?;
            let simulator = demo::simulator(*seed, &clock, &opening.folder)?;
            Ok(World {
                store,
                described: Described::of(&simulator)?,
                transport: simulator.transport(),
                clock: Arc::new(simulator.clock()),
            })
        }
        Backing::Services { described } => {
            let transport = wire::live::Live::new(wire::live::Options {
                plain_http: true,
                idle: std::time::Duration::from_mins(5),
                ..wire::live::Options::default()
            })
            .map_err(|error| Refusal::bad_request("services", error.to_string()))?;
            Ok(World {
                described: Described::read(described)?,
                store: Store::open(Place::File(file(opening)))?,
                transport: Arc::new(transport),
                clock,
            })
        }
        Backing::Live => Err(Refusal::new("not_ready", Text::new("error-live-not-ready"))),
    }
}

fn folder_refused(error: &std::io::Error) -> Refusal {
    Refusal::new("store", Text::new("error-workspace-io")).because(error)
}

/// Reads a request; no body at all counts as an empty one.
pub(crate) fn read<T: DeserializeOwned>(request: Value) -> Result<T, Refusal> {
    let request = if request.is_null() {
        Value::Object(serde_json::Map::new())
    } else {
        request
    };
    if !request.is_object() {
        return Err(Refusal::bad_request("request", "named fields are wanted"));
    }
    serde_path_to_error::deserialize(request).map_err(|error| unread(&error))
}

/// The field that could not be read, by its path; a field that is missing is named by the reader itself.
fn unread(error: &serde_path_to_error::Error<serde_json::Error>) -> Refusal {
    let inside = error.path().to_string();
    let said = error.inner().to_string();
    let missing = said
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    let path = match (inside.as_str(), missing) {
        (".", Some(missing)) => missing.to_owned(),
        (".", None) => "request".to_owned(),
        (_, Some(missing)) => format!("{inside}.{missing}"),
        (_, None) => inside,
    };
    Refusal::bad_request(&path, said)
}

/// The folder of workspaces when none is named: the system's place for application data.
pub fn default_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "Passerelle").map(|dirs| Path::new(dirs.data_dir()).to_path_buf())
}
