//! The application behind every shell.

use std::path::PathBuf;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::broadcast;

use crate::contract::{Event, Refusal, Words};

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
    /// The folder of the workspace files; demo and live never share one.
    pub folder: PathBuf,
    /// Where every exchange is recorded as HAR, if wished.
    pub record: Option<PathBuf>,
    /// The locale of the computer, such as `fr_FR.UTF-8`.
    pub locale: String,
}

/// One open workspace. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    events: broadcast::Sender<Event>,
}

impl App {
    /// Opens the workspace, or says why it cannot be opened.
    pub async fn open(opening: Opening) -> Result<Self, Refusal> {
        let _ = opening;
        let (events, _) = broadcast::channel(256);
        Ok(Self {
            inner: Arc::new(Inner { events }),
        })
    }

    /// Answers one command of [`crate::contract::COMMANDS`].
    pub async fn call(&self, name: &str, request: Value) -> Result<Value, Refusal> {
        let _: Value = read(request)?;
        Err(Refusal {
            code: "not_found".into(),
            said: Words::from(domain::Text::new("error-no-such-command").with("name", name)),
            detail: None,
        })
    }

    /// What happens, as it happens.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// Finishes the record in hand, keeps the rest for next time, and closes the workspace.
    pub async fn close(&self) {}
}

fn read<T: DeserializeOwned>(request: Value) -> Result<T, Refusal> {
    serde_json::from_value(request).map_err(|error| Refusal {
        code: "bad_request".into(),
        said: Words::from(domain::Text::new("error-bad-request")),
        detail: Some(error.to_string()),
    })
}
