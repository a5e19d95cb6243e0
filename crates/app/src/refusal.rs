//! What a shell is told when a command cannot be answered: a code to match on, a sentence, a cure.

use std::fmt::Display;

use domain::Text;
use store::StoreError;

use crate::contract::{Refusal, Words};

impl Refusal {
    /// A refusal with a sentence and no technical detail.
    pub fn new(code: &str, said: Text) -> Self {
        Self {
            code: code.to_owned(),
            said: Words::from(said),
            detail: None,
        }
    }

    /// The same refusal with the error behind it as technical detail.
    #[must_use]
    pub fn because(self, error: &dyn std::error::Error) -> Self {
        Self {
            detail: Some(chain(error)),
            ..self
        }
    }

    /// The thing that was asked for does not exist.
    pub fn not_found(what: &str) -> Self {
        Self::new("not_found", Text::new("error-not-found").with("what", what))
    }

    /// A field of the request does not hold what the command can use: the request that no screen of ours sends.
    pub fn bad_request(field: &str, detail: impl Display) -> Self {
        Self::new("bad_request", Text::new("error-bad-field").with("field", field)).about(field, detail)
    }

    /// The same refusal with the field that it is about, and what was wrong with it, as technical detail.
    #[must_use]
    pub fn about(self, field: &str, detail: impl Display) -> Self {
        Self {
            detail: Some(format!("{field}: {detail}")),
            ..self
        }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let said = match &error {
            StoreError::InUse { .. } => Text::new("error-workspace-in-use"),
            StoreError::Newer { .. } => Text::new("error-workspace-newer"),
            StoreError::Corrupt {
                backup: Some(backup), ..
            } => Text::new("error-workspace-corrupt-backup").with("backup", backup.display().to_string()),
            StoreError::Corrupt { .. } => Text::new("error-workspace-corrupt"),
            StoreError::DiskFull => Text::new("error-disk-full"),
            StoreError::Io { .. } => Text::new("error-workspace-io"),
            StoreError::Busy => Text::new("error-workspace-busy"),
            StoreError::Unreadable { .. } => Text::new("error-file-unreadable"),
            StoreError::Stopped => Text::new("error-stopped"),
            StoreError::Nonsense { .. } | StoreError::Query(_) => Text::new("error-fault"),
        };
        let code = match &error {
            StoreError::Nonsense { .. } | StoreError::Query(_) => "fault",
            StoreError::InUse { .. } | StoreError::Busy => "busy",
            _ => "store",
        };
        Self {
            code: code.to_owned(),
            said: said.into(),
            detail: Some(chain(&error)),
        }
    }
}

impl From<wire::Failure> for Refusal {
    fn from(failure: wire::Failure) -> Self {
        Self::new("offline", Text::new("error-offline")).because(&failure)
    }
}

impl From<engine::StartError> for Refusal {
    fn from(error: engine::StartError) -> Self {
        match error {
            engine::StartError::UnknownFlow(flow) => Self::not_found(&flow),
            engine::StartError::AlreadyRunning { .. } => {
                Self::new("busy", Text::new("error-already-running")).because(&error)
            }
            engine::StartError::NotConnected(_) => {
                Self::new("not_ready", Text::new("error-not-connected")).because(&error)
            }
            engine::StartError::NothingHeld(_)
            | engine::StartError::NotWhole(_)
            | engine::StartError::NotReady { .. } => {
                Self::new("not_ready", Text::new("error-cannot-approve")).because(&error)
            }
            engine::StartError::Unasked(failure) => Self::from(failure),
            engine::StartError::Store(error) => Self::from(error),
        }
    }
}

/// An error with everything that caused it, on one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
