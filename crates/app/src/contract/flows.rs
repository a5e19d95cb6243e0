//! Flows and runs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, State, Words};

/// The Flows screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FlowsView {
    /// All flows, in the order a seller thinks about them.
    pub flows: Vec<FlowCard>,
}

/// One flow's card (ux.md §5.2).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FlowCard {
    /// The flow.
    pub id: String,
    /// The message id of its title.
    pub title: String,
    /// The message id of its promise.
    pub promise: String,
    /// `amazon_to_net_suite`, `net_suite_to_amazon` or `within_net_suite`.
    pub route: String,
    /// `orders`, `products`, `stock`, `billing` or `settlements`.
    pub group: String,
    /// Default cadence in minutes.
    pub every_minutes: u32,
    /// Whether it runs on its schedule.
    pub on: bool,
    /// Flows that it follows in a chain.
    pub after: Vec<String>,
    /// Its last run.
    pub last_run: Option<RunRow>,
    /// When it is due next, ISO 8601.
    pub next_run: Option<String>,
    /// Open problems.
    pub problems: u32,
    /// The run that is going on.
    pub running: Option<String>,
    /// Average duration of the last runs in milliseconds.
    pub average_ms: Option<u32>,
    /// Whether its records have a mapping of the seller's own.
    pub mapped: bool,
}

/// Which flow's records to count.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FlowDaysRequest {
    /// The flow.
    pub flow: String,
    /// Amazon's marketplace id; nothing for all.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
}

/// A flow's records of the last thirty days, by business day and by how they stand now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FlowDays {
    /// Thirty days, the oldest first; days without records among them.
    pub days: Vec<FlowDay>,
}

/// The records of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlowDay {
    /// The business day, ISO 8601.
    pub day: String,
    /// In the books.
    pub done: u32,
    /// On their way, or waiting for something.
    pub waiting: u32,
    /// Need a person.
    pub needs_you: u32,
    /// Failed, and tried again.
    pub errors: u32,
    /// Left out by a rule or by a person, or taken back.
    pub skipped: u32,
}

/// Starts one flow, or all that are on.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct StartRun {
    /// The flow, or nothing for all.
    #[serde(default)]
    #[ts(optional)]
    pub flow: Option<String>,
    /// Decide and show, write nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// These subjects only.
    #[serde(default)]
    #[ts(optional)]
    pub keys: Option<Vec<String>>,
    /// This marketplace only.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
    /// Only what changed from this day on, ISO 8601, in the account's zone. With the next one.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<String>,
    /// The last of these days.
    #[serde(default)]
    #[ts(optional)]
    pub to: Option<String>,
}

/// Which runs to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct RunsRequest {
    /// Of one flow only.
    #[serde(default)]
    #[ts(optional)]
    pub flow: Option<String>,
    /// Of runs for this marketplace only; nothing for all.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
    /// After this run (keyset paging).
    #[serde(default)]
    #[ts(optional)]
    pub after: Option<String>,
    /// Rows wanted, at most 200.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Runs, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunsPage {
    /// The rows.
    pub runs: Vec<RunRow>,
    /// Ask with this for more.
    pub after: Option<String>,
}

/// One run in a list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunRow {
    /// The run.
    pub id: String,
    /// Its flow.
    pub flow: String,
    /// The message id of the flow's title.
    pub title: String,
    /// The region that it covers, as shown: `EU`.
    pub scope: String,
    /// The marketplaces that it ran for, by Amazon's ids; nothing where that is not known.
    pub marketplaces: Vec<String>,
    /// `schedule`, `you`, `retry`, `chain` or `start`.
    pub trigger: String,
    /// How it stands.
    pub state: State,
    /// Start, ISO 8601.
    pub started: String,
    /// End, ISO 8601.
    pub ended: Option<String>,
    /// Whether nothing was written on purpose.
    pub dry_run: bool,
    /// What it did.
    pub counts: Counts,
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Counts {
    /// Subjects looked at.
    pub read: u32,
    /// Records created.
    pub created: u32,
    /// Records updated.
    pub updated: u32,
    /// Records found and linked.
    pub adopted: u32,
    /// Subjects already right.
    pub unchanged: u32,
    /// Subjects that a rule leaves out.
    pub ignored: u32,
    /// Subjects that wait for something.
    pub waiting: u32,
    /// Subjects that need a person.
    pub needs_you: u32,
    /// Subjects that failed.
    pub errors: u32,
}

/// One run, live (ux.md §5.3).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunView {
    /// The run.
    pub run: RunRow,
    /// The phases in order.
    pub phases: Vec<Phase>,
    /// What it is doing.
    pub doing: Option<Words>,
    /// Finished units.
    pub done: u32,
    /// All units, once known.
    pub total: Option<u32>,
    /// Why it waits, if it does.
    pub waiting: Option<Words>,
    /// Why it ended as it did, if not well.
    pub ended_because: Option<Words>,
    /// The last records, newest first, at most 50 (all of a dry run, at most 500).
    pub records: Vec<RunRecord>,
}

/// One phase of a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Phase {
    /// `look`, `decide`, `apply` or `confirm`.
    pub id: String,
    /// How it stands.
    pub state: State,
    /// Units finished in it.
    pub done: u32,
    /// Units in it, once known.
    pub total: Option<u32>,
}

/// One record of a run.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunRecord {
    /// The subject.
    pub key: String,
    /// What happened or would happen to it.
    pub what: Words,
    /// How it stands.
    pub state: State,
    /// Its amount.
    pub amount: Option<Amount>,
    /// When, ISO 8601.
    pub at: String,
    /// The exact body that would be sent (dry run), as pretty JSON.
    pub body: Option<String>,
}
