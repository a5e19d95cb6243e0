//! What the lines and the disk told last: whether a service answers at all, and whether the workspace takes what is found.
//!
//! It is kept in memory only. A full disk takes nothing, and after a start the first run finds out again.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use serde::Serialize;
use store::StoreError;

use crate::engine::whole;

/// Why nothing can be kept just now: nothing is sent either, so nothing is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WorkspaceTrouble {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether the disk is full; otherwise it cannot be written for another reason.
    pub disk_full: bool,
}

#[derive(Default)]
pub(crate) struct Standing(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Each line that was asked, with the first question that nobody answered since the last answer.
    silent: BTreeMap<String, Option<DateTime<Utc>>>,
    workspace: Option<WorkspaceTrouble>,
}

impl Standing {
    /// Whether a line answered, in whatever words.
    pub(crate) fn asked(&self, line: &str, answered: bool, now: DateTime<Utc>) {
        let mut known = whole(&self.0);
        let since = known.silent.entry(line.to_owned()).or_default();
        *since = if answered { None } else { since.or(Some(now)) };
    }

    /// Other lines are used from now on.
    pub(crate) fn forget_lines(&self) {
        whole(&self.0).silent.clear();
    }

    /// Since when no line at all answers. One that answers means that there is a connection.
    pub(crate) fn offline_since(&self) -> Option<DateTime<Utc>> {
        let known = whole(&self.0);
        let silent: Option<Vec<DateTime<Utc>>> = known.silent.values().copied().collect();
        silent?.into_iter().max()
    }

    /// The workspace took what it was given, or refused it.
    pub(crate) fn kept(&self, outcome: Result<(), &StoreError>, now: DateTime<Utc>) {
        let mut known = whole(&self.0);
        known.workspace = outcome.err().and_then(is_disk_full).map(|disk_full| WorkspaceTrouble {
            since: known.workspace.map_or(now, |before| before.since),
            disk_full,
        });
    }

    pub(crate) fn workspace(&self) -> Option<WorkspaceTrouble> {
        whole(&self.0).workspace
    }
}

/// Whether the disk refused because it is full, or for another reason; nothing: it is our own mistake and no fault of the disk.
pub(crate) fn is_disk_full(error: &StoreError) -> Option<bool> {
    match error {
        StoreError::DiskFull => Some(true),
        StoreError::Nonsense { .. } | StoreError::Query(_) => None,
        _ => Some(false),
    }
}
