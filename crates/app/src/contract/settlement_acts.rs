//! What a person decides about single rows of a settlement (ux.md §5.8).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Document, Words};

/// One row of a settlement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OneRow {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
}

/// What can be done about a row as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[allow(clippy::struct_excessive_bools, reason = "each is one button")]
pub struct RowActs {
    /// It can be accepted.
    pub accept: bool,
    /// Other documents of NetSuite can be chosen for it.
    pub find: bool,
    /// What is missing and can be asked for: `bill`, `order`, `credit_memo` or `expense`.
    pub create: Option<String>,
    /// Its amount can be split over accounts.
    pub split: bool,
    /// What is open of it can be written off.
    pub write_off: bool,
    /// It can be left out of the settlement.
    pub exclude: bool,
    /// What a person chose for it that changes its posting: `documents`, `split`, `written_off` or `standalone`.
    pub chosen: Option<String>,
}

/// A choice about rows was taken.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RowDone {
    /// What to say.
    pub said: Words,
    /// The name under which it is taken back; nothing where the act is another flow's.
    pub act: Option<String>,
    /// A rule that would save the same choice the next time.
    pub offer: Option<RuleOffer>,
}

/// The last act about a settlement's rows is taken back, or the named one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UndoRowAct {
    /// The settlement.
    pub settlement: String,
    /// The act; nothing for the last one.
    #[serde(default)]
    #[ts(optional)]
    pub act: Option<String>,
}

/// A person's words about a row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoteRow {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// The words; none take the note away.
    pub text: String,
}

/// A row is put off, or taken up again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PutRowOff {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// Whether it is out of the way.
    pub later: bool,
}

/// What is open of a row is written off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteOffRow {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// NetSuite's internal id of the account.
    pub account: String,
    /// Why.
    pub reason: String,
}

/// What a write-off of a row would be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WriteOffTerms {
    /// What is open of it.
    pub open: Amount,
    /// The most that may be written off.
    pub limit: Amount,
    /// Why it may not be written off; nothing where it may.
    pub refused: Option<Words>,
    /// The account for small differences, as it is chosen: NetSuite's internal id.
    pub account: Option<String>,
    /// Its number and name.
    pub account_name: String,
}

/// Which of NetSuite's documents a row may belong to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindDocuments {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// Part of a document's number, order number or customer, or an amount; the row's own amount when nothing is said.
    pub search: String,
}

/// Documents to choose from, the newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FoundDocuments {
    /// What was looked for.
    pub search: String,
    /// The documents, at most 50.
    pub documents: Vec<FoundDocument>,
}

/// One of NetSuite's documents.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FoundDocument {
    /// The record.
    pub document: Document,
    /// The customer's name.
    pub customer: String,
    /// Its date, ISO 8601.
    pub date: String,
    /// The order number that it carries.
    pub order: Option<String>,
    /// Its total.
    pub total: Amount,
    /// What is open of it.
    pub open: Amount,
    /// Whether the row belongs to it now.
    pub chosen: bool,
}

/// A row belongs to these documents.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LinkDocuments {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// NetSuite's internal ids.
    pub documents: Vec<String>,
}

/// What is left of a row's amount.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RemainderRequest {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// The amounts that are taken of it, as they were typed or as the documents have them.
    pub taken: Vec<String>,
}

/// What is left of a row's amount after what is taken of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Remainder {
    /// The row's amount.
    pub amount: Amount,
    /// What was understood of each amount; nothing where it is no amount.
    pub understood: Vec<Option<Amount>>,
    /// What is left.
    pub left: Amount,
}

/// A part of a row on one account.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SplitPart {
    /// NetSuite's internal id of the account.
    pub account: String,
    /// The amount as it was typed.
    pub amount: String,
}

/// A row's amount goes to these accounts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SplitRow {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// The parts; they come to the row's amount.
    pub parts: Vec<SplitPart>,
}

/// A rule that would save a choice that was made several times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleOffer {
    /// transaction-type, amount-type, amount-description of the lines.
    pub triple: [String; 3],
    /// What people call such a line.
    pub name: String,
    /// NetSuite's internal id of the account.
    pub account: String,
    /// Its number and name.
    pub account_name: String,
    /// The category that such lines count in.
    pub category: String,
    /// How often the same was chosen.
    pub times: u32,
}

/// A rule was offered.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerRule {
    /// The rule.
    pub offer: RuleOffer,
    /// Whether it holds from now on; else it is not offered again.
    pub always: bool,
}

/// What is missing for a row is asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CreateForRow {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// `bill`, `order` or `credit_memo`; the account of an expense is chosen with `map_line`.
    pub what: String,
}

/// A choice about a row that changes its posting is taken away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ClearRow {
    /// The settlement.
    pub settlement: String,
    /// The row's id.
    pub group: String,
    /// `documents`, `split`, `written_off` or `standalone`.
    pub choice: String,
}
