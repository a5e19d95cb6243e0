//! What the engine tells whoever watches: screens, tray, notifications, the command line.

use domain::Text;
use serde::Serialize;
use store::runs::{Counts, RunResult, Trigger};

/// Something happened. A watcher that was away asks `Engine::status` and the store; events are hints, never the truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A run began.
    RunOpened {
        /// The run.
        run: String,
        /// Its flow.
        flow: String,
        /// Its account.
        account: String,
        /// What set it off.
        trigger: Trigger,
    },
    /// A run came further.
    RunProgress {
        /// The run.
        run: String,
        /// Its flow.
        flow: String,
        /// What is being done.
        doing: Text,
        /// Things read so far.
        read: u64,
        /// Things expected, once known.
        total: Option<u64>,
        /// What was counted so far.
        counts: Counts,
    },
    /// A write reached the books.
    StepDone {
        /// The run.
        run: String,
        /// The flow that planned it.
        flow: String,
        /// The subject.
        key: String,
        /// The step.
        step: String,
        /// What it did.
        title: Text,
        /// The record's type.
        record: Option<String>,
        /// NetSuite's id of the record.
        record_id: Option<String>,
    },
    /// A run ended.
    RunEnded {
        /// The run.
        run: String,
        /// Its flow.
        flow: String,
        /// How.
        result: RunResult,
        /// What it counted.
        counts: Counts,
    },
    /// Problems were opened or closed.
    ProblemsChanged {
        /// Causes that need a person now.
        needs_you: u64,
    },
    /// A settlement's lines, summary or postings changed.
    SettlementChanged {
        /// The settlement.
        settlement: String,
    },
    /// What `Engine::status` tells changed: an account signed out or came back, everything was paused.
    StatusChanged,
}
