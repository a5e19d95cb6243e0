//! A settlement that Amazon issued again (SET-61).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Words};

/// A second telling of a settlement, and what was said about it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReissueView {
    /// The document, as the archive calls it.
    pub archive: String,
    /// Its file's name.
    pub file: String,
    /// When it was found, ISO 8601.
    pub found_at: String,
    /// `open`, `accepted`, `kept` or `overtaken`.
    pub state: String,
    /// Who said so: `you`, `app` or a name; empty while it is open.
    pub who: String,
    /// When, ISO 8601.
    pub decided_at: Option<String>,
    /// Why what is posted was kept.
    pub reason: String,
    /// Whether it can be accepted or refused now.
    pub can_decide: bool,
}

/// What a new file says otherwise.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReissueDifference {
    /// Rows that the new file alone has.
    pub added: u32,
    /// Rows that the first file alone has.
    pub removed: u32,
    /// Rows that both have with another amount, quantity or time.
    pub changed: u32,
    /// Rows that are the same.
    pub same: u32,
    /// The total of the first file.
    pub before: Amount,
    /// The total of the new file.
    pub after: Amount,
    /// Whether the new file comes to its own total.
    pub balanced: bool,
    /// What the summary rows say otherwise.
    pub header: Vec<HeaderChange>,
    /// The rows, by the order that they belong to; at most 200 groups.
    pub groups: Vec<ReissueGroup>,
    /// Groups that are not among these.
    pub more: u32,
}

/// A fact of the summary row that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeaderChange {
    /// What it is.
    pub what: Words,
    /// In the first file.
    pub before: String,
    /// In the new file.
    pub after: String,
}

/// The rows of one order, or of one kind of row without an order.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReissueGroup {
    /// The order's number, or the kind's own words.
    pub title: String,
    /// Whether the title is an order's number.
    pub is_order: bool,
    /// By how much the group's money moves.
    pub off: Amount,
    /// Its rows that differ, at most 50.
    pub rows: Vec<ReissueRow>,
    /// Rows that are not among these.
    pub more: u32,
}

/// One row that differs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReissueRow {
    /// `added`, `removed` or `changed`.
    pub fate: String,
    /// Transaction type, amount type and description, in Amazon's words.
    pub what: String,
    /// The SKU; may be empty.
    pub sku: String,
    /// The amount in the first file.
    pub before: Option<Amount>,
    /// The amount in the new file.
    pub after: Option<Amount>,
}

/// What is posted is kept, with a reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeepPosted {
    /// The settlement.
    pub settlement: String,
    /// Why.
    pub reason: String,
}
