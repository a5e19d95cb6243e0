//! Statements of a bank account given as files, and the transfers found in them (SET-53, ux.md §5.8 *In the bank*).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Words};

/// A bank's file is looked into. Nothing of it is kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadBankFile {
    /// The file's name.
    pub name: String,
    /// The upload that brought its first pieces; nothing for a file in one piece.
    #[serde(default)]
    #[ts(optional)]
    pub upload: Option<String>,
    /// Its bytes or the last piece of them, base64.
    pub content: String,
    /// Its columns, once a person has chosen them.
    #[serde(default)]
    #[ts(optional)]
    pub columns: Option<BankColumns>,
    /// ISO 4217 code of amounts that name none, once it is chosen.
    #[serde(default)]
    #[ts(optional)]
    pub currency: Option<String>,
    /// Whether the day comes before the month, once it is chosen.
    #[serde(default)]
    #[ts(optional)]
    pub day_first: Option<bool>,
}

/// Which columns of a table hold what, from 0.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, TS)]
pub struct BankColumns {
    /// The bank's day.
    pub date: Option<u32>,
    /// What came in and, below nought, what went out.
    pub amount: Option<u32>,
    /// What came in, where that has a column of its own.
    pub credit: Option<u32>,
    /// What went out, where that has a column of its own.
    pub debit: Option<u32>,
    /// A word that tells which of the two an amount is.
    pub side: Option<u32>,
    /// The currency.
    pub currency: Option<u32>,
    /// What the bank says.
    pub said: Option<u32>,
}

/// A column to choose from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BankColumn {
    /// Its title; empty without one.
    pub title: String,
    /// Its first filled cell.
    pub sample: String,
}

/// What a bank's file has of the transfers that nobody has found in the bank yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BankFile {
    /// Entries in it.
    pub entries: u32,
    /// Rows that are no entry, such as a balance.
    pub left_out: u32,
    /// The day of its first entry, ISO 8601.
    pub first_day: Option<String>,
    /// The day of its last one.
    pub last_day: Option<String>,
    /// Its columns, where it is a table.
    pub titles: Vec<BankColumn>,
    /// Those that were taken.
    pub columns: BankColumns,
    /// What has to be chosen first: `columns`, `order` of day and month, `currency`.
    pub asks: Vec<String>,
    /// Currencies to choose from.
    pub currencies: Vec<String>,
    /// The transfers, those that were found first.
    pub deposits: Vec<BankDeposit>,
}

/// A transfer that nobody has found in the bank yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BankDeposit {
    /// The settlement.
    pub settlement: String,
    /// Its marketplaces (Amazon's ids), most lines first.
    pub marketplaces: Vec<String>,
    /// Its first day.
    pub start: String,
    /// Its last day.
    pub end: String,
    /// What Amazon transferred.
    pub transfer: Amount,
    /// The day that Amazon names for it.
    pub deposit_date: String,
    /// The one entry that is it, to be accepted.
    pub found: Option<BankEntry>,
    /// Why none is proposed.
    pub why: Option<Words>,
}

/// An entry of a bank's file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BankEntry {
    /// Its line in the file, from 1.
    pub line: u32,
    /// The bank's day.
    pub date: String,
    /// What came in.
    pub amount: Amount,
    /// What the bank says of it.
    pub said: String,
}
