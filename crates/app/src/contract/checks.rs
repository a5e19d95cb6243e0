//! Checks that earn money (flows.md §17.4).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, TabCount, Words};

/// Which findings to show.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ChecksRequest {
    /// `open`, `filed` or `closed`; nothing means `open`.
    #[serde(default)]
    #[ts(optional)]
    pub tab: Option<String>,
    /// Only this check.
    #[serde(default)]
    #[ts(optional)]
    pub check: Option<String>,
    /// Amazon's marketplace id, or nothing for all.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
}

/// What Amazon may owe.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChecksView {
    /// How many findings each tab has.
    pub tabs: Vec<TabCount>,
    /// How many findings of the tab each check has, in the order of the screen.
    pub checks: Vec<CheckCount>,
    /// What the findings that are shown come to, currency by currency.
    pub totals: Vec<Amount>,
    /// The findings, those with the nearest deadline first, at most 500.
    pub rows: Vec<CheckRow>,
    /// How many there are.
    pub total: u32,
}

/// How often a check found something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckCount {
    /// The check.
    pub check: String,
    /// Its findings.
    pub count: u32,
}

/// A finding.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckRow {
    /// Its lasting name.
    pub key: String,
    /// `refund_commission`, `not_returned`, `reimbursement_taken`, `fee_change`, `duplicate_charge`, `never_settled` or
    /// `unused_marketplace`.
    pub check: String,
    /// What there is to get back.
    pub amount: Amount,
    /// When it happened, ISO 8601.
    pub on: String,
    /// The last day for a claim, ISO 8601.
    pub deadline: Option<String>,
    /// Whether that day is less than two weeks away.
    pub urgent: bool,
    /// Amazon's marketplace id, where it is known.
    pub marketplace: Option<String>,
    /// The order.
    pub order: Option<String>,
    /// The SKU.
    pub sku: Option<String>,
    /// The settlement that shows it.
    pub settlement: Option<String>,
    /// What it rests on.
    pub evidence: Words,
    /// `open`, `filed`, `won` or `lost`.
    pub mark: String,
    /// When it was marked, ISO 8601.
    pub marked: Option<String>,
    /// Where a case is opened in Seller Central; nothing in the Demo company.
    pub case: Option<String>,
}

/// Say what became of a finding.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MarkCheck {
    /// The finding.
    pub key: String,
    /// `filed`, `won` or `lost`; `open` takes the mark back.
    pub mark: String,
}
