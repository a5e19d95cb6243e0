//! One row of a settlement in full, down to the rows of Amazon's file (SET-43).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Document, MatchRow, State, Words};

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
