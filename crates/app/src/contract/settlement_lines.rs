//! The rows of a settlement side by side, and one in full, down to the rows of Amazon's file (SET-43).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Document, RowActs, State, TabCount, Words};

/// Which lines to list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementLinesRequest {
    /// The settlement.
    pub id: String,
    /// The tab.
    pub tab: String,
    /// Only lines of this bar of the waterfall.
    #[serde(default)]
    #[ts(optional)]
    pub bar: Option<String>,
    /// Part of an order number, document number, SKU, kind or amount.
    #[serde(default)]
    #[ts(optional)]
    pub search: Option<String>,
    /// Only the rows that a person put off; else those rows are left out.
    #[serde(default)]
    #[ts(optional)]
    pub later: Option<bool>,
    /// The index of the first row wanted, among the rows of the tab that the filter leaves; 0 when nothing is said.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<u32>,
    /// Rows wanted, at most 500.
    #[serde(default)]
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Lines side by side.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementLinesPage {
    /// The rows.
    pub rows: Vec<MatchRow>,
    /// The index of the first of them.
    pub at: u32,
    /// Rows of the tab in all.
    pub total: u32,
    /// Counts of the tabs under the same filter.
    pub tabs: Vec<TabCount>,
}

/// Amazon on the left, NetSuite on the right.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MatchRow {
    /// The group's id.
    pub id: String,
    /// What Amazon says it is: `Order`, `Refund`, or the fee's name.
    pub title: Words,
    /// The order.
    pub order: Option<String>,
    /// Posted, ISO 8601.
    pub posted: Option<String>,
    /// SKUs, shortened.
    pub items: String,
    /// Amazon's amount.
    pub amazon: Amount,
    /// NetSuite's side in words.
    pub netsuite: Option<Words>,
    /// NetSuite's amount.
    pub netsuite_amount: Option<Amount>,
    /// The record that exists.
    pub document: Option<Document>,
    /// Why they belong together, or why not.
    pub reason: Words,
    /// How it stands.
    pub state: State,
    /// The answer to offer, if any.
    pub remedy: Option<super::RemedyView>,
    /// The rows of the file in it.
    pub rows: u32,
    /// Whether a person accepted it as it stands.
    pub accepted: bool,
    /// Whether a person put it off.
    pub later: bool,
    /// A person's words about it.
    pub note: Option<String>,
    /// What a person can do about it.
    pub acts: RowActs,
}

/// Which row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementGroupRequest {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// The index of the first line wanted; 0 when nothing is said.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<u32>,
}

/// What stands behind a row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementGroup {
    /// The row itself.
    pub row: MatchRow,
    /// Lines of Amazon's file in it, at most 200 from the index that was asked for.
    pub lines: Vec<FileLine>,
    /// The index of the first of them.
    pub at: u32,
    /// Lines in all.
    pub total: u32,
    /// The sum of all its lines.
    pub net: Amount,
    /// What was written in NetSuite for it, or will be.
    pub records: Vec<GroupRecord>,
}

/// One line of Amazon's file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileLine {
    /// The physical line of the file.
    pub number: u32,
    /// Which amount of that line, from 0: only the old layout has several.
    pub part: u32,
    /// Posted, ISO 8601.
    pub posted: Option<String>,
    /// `transaction-type`.
    pub transaction_type: String,
    /// `amount-type`.
    pub amount_type: String,
    /// `amount-description`.
    pub description: String,
    /// Its amount, from the seller's side.
    pub amount: Amount,
    /// What it is.
    pub category: Words,
    /// The number of the account that it goes to; empty for buyers' money and while the account is not chosen.
    pub account_number: String,
    /// The account's name.
    pub account_name: String,
    /// The SKU.
    pub sku: String,
    /// The quantity.
    pub quantity: Option<String>,
}

/// A record in NetSuite behind a row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GroupRecord {
    /// What it is.
    pub title: Words,
    /// Whether it is there.
    pub state: State,
    /// When it was written, ISO 8601.
    pub at: Option<String>,
    /// The record.
    pub document: Option<Document>,
}
