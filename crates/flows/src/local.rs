//! What this computer already knows, as flows may ask for it. The engine answers from the store.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::settlement::{Header, Line};
use serde::{Deserialize, Serialize};
use wire::Failure;

/// Local facts, read-only. Each question is one that a flow needs; the engine implements it.
#[async_trait]
pub trait Local: Send + Sync {
    /// Which of these reports are archived already.
    async fn archived(&self, reports: &[String]) -> Result<BTreeSet<String>, Failure>;

    /// Archived settlement files that nobody has imported yet.
    async fn files_to_import(&self) -> Result<Vec<ArchivedFile>, Failure>;

    /// All settlements on this computer, without their lines, oldest first.
    async fn settlements(&self) -> Result<Vec<StoredSettlement>, Failure>;

    /// The lines of a settlement in the order of its file.
    async fn settlement_lines(&self, settlement: &str) -> Result<Vec<Line>, Failure>;

    /// What is known about these orders; unknown ones are left out.
    async fn orders(&self, orders: &[String]) -> Result<BTreeMap<String, OrderSeen>, Failure>;
}

/// A settlement file as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedFile {
    /// Amazon's report id, or the content hash of a file given by hand.
    pub report_id: String,
    /// The name shown to people.
    pub file_name: String,
    /// The account it came from (`eu:A1SELLER`); empty for a file given by hand.
    pub account: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

/// A settlement that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSettlement {
    /// What its summary row says.
    pub header: Header,
    /// The account it came from (`eu:A1SELLER`); empty for a file given by hand.
    pub account: String,
    /// Whether its lines add up to its total, exactly (SET-09).
    pub balanced: bool,
    /// How far its posting is.
    pub stage: Stage,
    /// The revision that the next writes belong to: one more after each undo (SET-59).
    pub revision: u32,
}

/// How far the posting of a settlement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nobody has approved it.
    Open,
    /// A person approved it; its writes are on their way.
    Approved,
    /// All its writes are in the books.
    Posted,
    /// It is being taken back.
    Undoing,
    /// It was taken back.
    Undone,
}

/// An order as the order flows last saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSeen {
    /// Amazon's marketplace id.
    pub marketplace: Option<String>,
    /// When it was placed.
    pub ordered: Option<DateTime<Utc>>,
}
