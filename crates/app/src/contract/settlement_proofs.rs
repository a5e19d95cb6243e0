//! What else is said of a settlement's file: what does not fit the one before it, signs that are unusual, a line that a
//! person added (SET-09, SET-10, SET-13).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, ChoiceView, Words};

/// What a settlement's file says, beside its rows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProofsView {
    /// What does not fit the settlement before it.
    pub chain: Vec<ChainFinding>,
    /// Who waits no more for the settlement that is missing before it.
    pub gap_accepted: Option<ChoiceView>,
    /// Lines whose money goes the other way than is usual for what they are.
    pub unusual: Vec<UnusualLines>,
    /// What the file lacks, and what may be done about it; nothing where it adds up by itself.
    pub missing: Option<MissingView>,
}

/// One thing that does not fit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChainFinding {
    /// `gap`, `overlap`, `reserve` or `debt`.
    pub kind: String,
    /// The sentence, with the missing period or the amounts.
    pub what: Words,
    /// By how much amounts differ; nothing for periods.
    pub off: Option<Amount>,
}

/// Lines of one kind whose sign is unusual.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnusualLines {
    /// The message id of what they are.
    pub category: String,
    /// How many.
    pub count: u32,
    /// What they come to.
    pub amount: Amount,
}

/// What a file lacks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MissingView {
    /// The declared total less the sum of the lines.
    pub amount: Amount,
    /// Which line is likely missing.
    pub likely: Option<Words>,
    /// The category that this speaks for.
    pub proposed: String,
    /// The categories that a line by hand may have.
    pub categories: Vec<BalancingCategory>,
    /// The line that a person added, as long as it fits.
    pub added: Option<AddedLine>,
    /// Whether one may be added or taken back now.
    pub can_add: bool,
}

/// What a line by hand may be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BalancingCategory {
    /// Its key.
    pub id: String,
    /// The message id of its name.
    pub title: String,
    /// Whether an account must be chosen for it.
    pub needs_account: bool,
}

/// A line that a person added.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddedLine {
    /// The message id of what it is.
    pub category: String,
    /// Who added it, when and why.
    pub said: ChoiceView,
}

/// A line by hand is added to a file that does not add up (SET-09).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddBalancingLine {
    /// The settlement.
    pub settlement: String,
    /// What the line is.
    pub category: String,
    /// NetSuite's id of the account, where the category needs one.
    #[serde(default)]
    #[ts(optional)]
    pub account: Option<String>,
    /// Why.
    pub reason: String,
}

/// Nobody waits for a settlement that is missing (SET-10).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AcceptGap {
    /// The settlement after the gap.
    pub settlement: String,
    /// Why.
    pub reason: String,
}
