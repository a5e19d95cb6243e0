//! What one may ask the engine to run, and what comes back.

use chrono::NaiveDate;
use domain::Text;
use flows::{Fact, Group, Key, Problem, Scope, Step};
use serde::Serialize;
use store::runs::{Counts, RunResult, Trigger};

/// One run of one flow in one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRequest {
    /// The flow's id.
    pub flow: String,
    /// The account and its marketplaces.
    pub scope: Scope,
    /// What sets it off.
    pub trigger: Trigger,
    /// Only these subjects, whatever the cursor says (CMN-18).
    pub keys: Option<Vec<Key>>,
    /// Decide, and write nothing anywhere (CMN-20).
    pub dry_run: bool,
    /// Only what changed on these days, both included, in the account's zone. The cursor stays where it is.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl RunRequest {
    /// A run of everything that is due.
    pub fn new(flow: impl Into<String>, scope: Scope, trigger: Trigger) -> Self {
        Self {
            flow: flow.into(),
            scope,
            trigger,
            keys: None,
            dry_run: false,
            days: None,
        }
    }
}

/// Runs of several flows, in the order of their chains, in every account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRequest {
    /// The flows; empty: all that are on.
    pub flows: Vec<String>,
    /// Only this marketplace: Amazon's id or the country code.
    pub marketplace: Option<String>,
    /// Only these subjects.
    pub keys: Option<Vec<Key>>,
    /// What sets it off.
    pub trigger: Trigger,
    /// Decide, and write nothing anywhere.
    pub dry_run: bool,
    /// Only what changed on these days, both included.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl SyncRequest {
    /// The flows of a group that are on.
    pub fn of(group: Group, trigger: Trigger) -> Self {
        let flows = flows::catalogue().iter().filter(|entry| entry.card.group == group);
        Self {
            flows: flows.map(|entry| entry.card.id.to_owned()).collect(),
            ..Self::new(trigger)
        }
    }

    /// All flows that are on, everywhere, with everything that is due.
    pub fn new(trigger: Trigger) -> Self {
        Self {
            flows: Vec::new(),
            marketplace: None,
            keys: None,
            trigger,
            dry_run: false,
            days: None,
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The run.
    pub run: String,
    /// The flow.
    pub flow: String,
    /// The account.
    pub account: String,
    /// How it ended.
    pub result: RunResult,
    /// Why, when that needs saying.
    pub because: Option<Text>,
    /// What it counted.
    pub counts: Counts,
    /// What a dry run would have done.
    pub preview: Option<Preview>,
}

/// What a dry run found.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Preview {
    /// One item for each subject.
    pub items: Vec<PreviewItem>,
}

/// One subject of a dry run: the business view first, the exact bodies second.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PreviewItem {
    /// The subject.
    pub key: String,
    /// What lists show about it.
    pub facts: Vec<Fact>,
    /// Why nothing would be written.
    pub reason: Option<Text>,
    /// The writes that would be made, complete. Writes that are in the books already are left out.
    pub steps: Vec<Step>,
    /// What a person would have to settle first.
    pub problems: Vec<Problem>,
}

/// Why a run did not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no flow of that name.
    #[error("there is no flow “{0}”")]
    UnknownFlow(String),
    /// The same flow is running in the same account (CMN-16).
    #[error("“{flow}” is already running since {since}")]
    AlreadyRunning {
        /// The flow.
        flow: String,
        /// Since when.
        since: chrono::DateTime<chrono::Utc>,
    },
    /// Nothing is connected for the scope.
    #[error("nothing is connected for {0}")]
    NotConnected(String),
    /// No write of that group is held or was posted.
    #[error("nothing is held for {0}")]
    NothingHeld(String),
    /// Part of that group is not planned yet: a posting is approved as a whole.
    #[error("not all of {0} is planned yet")]
    NotWhole(String),
    /// Something keeps that group back: an approval is refused while a tick is red (SET-46).
    #[error("{group} may not be posted yet")]
    NotReady {
        /// The group.
        group: String,
        /// Why, in the seller's words.
        reasons: Vec<Text>,
    },
    /// NetSuite had to be looked at first, and did not answer.
    #[error("NetSuite could not be looked at")]
    Unasked(#[source] wire::Failure),
    /// The workspace could not be read or written.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}
