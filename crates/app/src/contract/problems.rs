//! Problems, grouped by cause, and their remedies.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Document, State, Value, Words};

/// Which groups to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ProblemsRequest {
    /// `needs_you` (default), `trying_again`, `snoozed`, `resolved` or `excluded`.
    #[serde(default)]
    #[ts(optional)]
    pub tab: Option<String>,
    /// Amazon's marketplace id.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
    /// Only causes that hold up this flow.
    #[serde(default)]
    #[ts(optional)]
    pub flow: Option<String>,
}

/// A request about one cause.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ByCause {
    /// The cause, such as `ITEM_NOT_FOUND:LAMP-RED-EU`.
    pub cause: String,
}

/// Groups and the counts of the tabs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProblemGroups {
    /// One row per cause, most money first.
    pub groups: Vec<ProblemGroup>,
    /// How many groups each tab holds.
    pub tabs: Vec<TabCount>,
    /// When anything was last looked at, ISO 8601.
    pub last_checked: Option<String>,
}

/// A tab with its count.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TabCount {
    /// The tab.
    pub id: String,
    /// Rows in it.
    pub count: u32,
}

/// One cause.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProblemGroup {
    /// The cause.
    pub cause: String,
    /// The stable code.
    pub code: String,
    /// What happened.
    pub what: Words,
    /// Why.
    pub why: Words,
    /// Records that it holds up.
    pub count: u32,
    /// Money that waits, one amount per currency.
    pub at_stake: Vec<Amount>,
    /// Since when, ISO 8601.
    pub since: String,
    /// The flow.
    pub flow: String,
    /// The message id of the flow's title.
    pub flow_title: String,
    /// Marketplaces concerned (Amazon's ids).
    pub marketplaces: Vec<String>,
    /// How it stands.
    pub state: State,
    /// What the app did by itself.
    pub did: Words,
    /// The answers that one can press, the best first.
    pub remedies: Vec<RemedyView>,
    /// Who looks after it; empty: nobody.
    pub assigned: String,
    /// What was noted about it.
    pub note: String,
    /// Until when a person put it off, ISO 8601.
    pub snoozed_until: Option<String>,
}

/// An answer that one can press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "remedy", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the same fields as flows::Remedy")]
pub enum RemedyView {
    LinkItem {
        sku: String,
        marketplace: Option<String>,
    },
    MapLine {
        triple: [String; 3],
        /// The category that its words speak for.
        #[serde(default)]
        category: String,
        /// The message ids of the categories to choose from: `line-category-` before the category.
        #[serde(default)]
        categories: Vec<String>,
    },
    SetOption {
        option: String,
        marketplace: Option<String>,
        /// The message id of its name.
        #[serde(default)]
        title: String,
        /// What its value looks like: `switch`, `one_of`, `item_field`, `number`, `record`, `date` or `text`.
        #[serde(default)]
        kind: String,
        /// The words to choose from, or the kind of record.
        #[serde(default)]
        words: Vec<String>,
    },
    FixMapping {
        form: String,
        place: String,
        field: String,
        scope: String,
    },
    Retry,
    Exclude,
    Adopt {
        record: String,
        id: String,
        #[serde(default)]
        number: String,
    },
    UsePlaceholder {
        sku: String,
    },
    AcceptVariance {
        settlement: String,
    },
    PickMarketplace {
        settlement: String,
        currency: String,
    },
    CompareReissue {
        settlement: String,
    },
    AcceptGap {
        settlement: String,
    },
    AddBalancingLine {
        settlement: String,
    },
    PutBack {
        state: String,
    },
    MakeAgain {
        step: String,
    },
    AddMarketplace {
        marketplace: String,
    },
    Reconnect {
        service: String,
    },
}

/// One cause in full.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProblemGroupView {
    /// The cause.
    pub group: ProblemGroup,
    /// The records, newest first, at most 500.
    pub records: Vec<ProblemRow>,
}

/// One record with a problem.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProblemRow {
    /// The problem's id.
    pub id: String,
    /// The subject, such as an order number or a settlement id.
    pub key: String,
    /// Its flow.
    pub flow: String,
    /// The stable code.
    pub code: String,
    /// The cause it belongs to.
    pub cause: String,
    /// What happened.
    pub what: Words,
    /// Money that waits.
    pub amount: Option<Amount>,
    /// First seen, ISO 8601.
    pub first_seen: String,
    /// Last seen, ISO 8601.
    pub last_seen: String,
    /// How often it was tried.
    pub attempts: u32,
    /// How it stands.
    pub state: State,
    /// The order's page in Seller Central; nothing for other subjects and in the Demo company.
    pub address: Option<String>,
    /// When it was settled, ISO 8601.
    pub closed: Option<String>,
    /// Who settled it and how, in one sentence.
    pub how: Option<Words>,
}

/// One error in full.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProblemView {
    /// The row of the list.
    pub row: ProblemRow,
    /// The NetSuite record of its order.
    pub document: Option<Document>,
    /// Amazon's side and NetSuite's, where they differ (ORD-08); empty where there is nothing to compare.
    pub sides: Vec<Side>,
    /// What may be changed of the refused write before it is tried again; empty where nothing may.
    pub fields: Vec<EditableField>,
    /// Codes, the request and the answer as pretty JSON, secrets and buyer data masked, for *Technical details*.
    pub technical: String,
    /// Each sending, newest first.
    pub attempts: Vec<Attempt>,
}

/// One thing as Amazon and NetSuite have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Side {
    /// What it is.
    pub what: Words,
    /// From Amazon.
    pub amazon: Option<Value>,
    /// In NetSuite.
    pub netsuite: Option<Value>,
    /// Whether the two do not agree.
    pub differs: bool,
}

/// A field of a refused write that a person may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EditableField {
    /// NetSuite's name of it.
    pub field: String,
    /// Its present value; empty when it is not sent.
    pub value: String,
    /// Whether the value is the id of another record.
    pub reference: bool,
}

/// One sending of a write.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Attempt {
    /// When, ISO 8601.
    pub at: String,
    /// `send` or `probe`.
    pub kind: String,
    /// What came back as pretty JSON, masked; nothing when the program stopped before.
    pub answer: Option<String>,
}

/// Changes a refused write once and tries it again (CMN-26).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditAndRetry {
    /// The problem, by id.
    pub problem: String,
    /// The fields that are changed.
    pub fields: Vec<EditedField>,
}

/// A changed field.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EditedField {
    /// NetSuite's name of it.
    pub field: String,
    /// The new value; empty takes the field out.
    pub value: String,
}

/// Who looks after a cause, and a note about it; both empty take it away.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoteCause {
    /// The cause.
    pub cause: String,
    /// Who looks after it.
    pub assigned: String,
    /// The note.
    pub note: String,
}

/// A list as a file of the seller's own.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportList {
    /// `orders`, `settlements`, `errors`, `late` (money that Amazon still holds), or `lines` of one settlement as Amazon's
    /// file has them.
    pub list: String,
    /// The settlement whose lines are wanted.
    #[serde(default)]
    #[ts(optional)]
    pub settlement: Option<String>,
    /// `csv` (for a spreadsheet: no cell can be taken for a formula) or `json`.
    pub format: String,
    /// `en` or `fr`, for titles and words.
    pub language: String,
    /// Put it into the folder of downloads: for a window that cannot download by itself.
    pub save: bool,
}

/// The file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportedList {
    /// Its name.
    pub name: String,
    /// Its text, UTF-8, or its bytes as Base64; empty when it was saved.
    pub content: String,
    /// Whether it is Base64.
    pub base64: bool,
    /// Where it was saved.
    pub saved: Option<String>,
}

/// Look again at a whole cause or at single subjects.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Retry {
    /// The cause.
    #[serde(default)]
    #[ts(optional)]
    pub cause: Option<String>,
    /// Or several causes, one after the other.
    #[serde(default)]
    #[ts(optional)]
    pub causes: Option<Vec<String>>,
    /// Or these problems, by id.
    #[serde(default)]
    pub problems: Vec<String>,
}

/// The record that a person made is the one meant (CMN-13).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Adopt {
    /// The cause that asked.
    pub cause: String,
    /// NetSuite's id of the record.
    pub id: String,
}

/// An edit in NetSuite is taken back: what we wrote is written again (CMN-37).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PutBack {
    /// The cause that asked.
    pub cause: String,
    /// What the record looked like when the person agreed.
    pub state: String,
}

/// A stand-in item takes the place of what is not known, on these orders only (ITM-05).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UsePlaceholder {
    /// The cause that asked.
    pub cause: String,
    /// These records of it; all of them when empty.
    pub problems: Vec<String>,
    /// NetSuite's item id.
    pub item: String,
}

/// A record that a person deleted in NetSuite is made again (CMN-37).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeAgain {
    /// The cause that asked.
    pub cause: String,
    /// The step that made it.
    pub step: String,
}

/// Takes in a marketplace with what the Amazon account says of it (CMN-05).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddMarketplace {
    /// The cause.
    pub cause: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
}

/// This SKU is that item.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LinkItem {
    /// The SKU.
    pub sku: String,
    /// One marketplace, or nothing for all.
    pub marketplace: Option<String>,
    /// NetSuite's item id.
    pub item: String,
    /// Units of the item in one unit of the SKU (ITM-03).
    pub factor: u32,
    /// The cause that asked; its records are looked at again.
    #[serde(default)]
    #[ts(optional)]
    pub cause: Option<String>,
}

/// This kind of settlement line goes to that account.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MapLine {
    /// transaction-type, amount-type, amount-description.
    pub triple: [String; 3],
    /// NetSuite's account id.
    pub account: String,
    /// What the line is, such as `balance-movement`; the one that its words speak for if nothing is said.
    #[serde(default)]
    #[ts(optional)]
    pub category: Option<String>,
    /// One marketplace, or nothing for all.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
    /// The cause that asked; its records are looked at again.
    #[serde(default)]
    #[ts(optional)]
    pub cause: Option<String>,
}

/// What to choose from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChoicesRequest {
    /// The kind of record, such as `item`, `account`, `customer`, `location` or `shipItem`.
    pub kind: String,
    /// Part of a name or number.
    #[serde(default)]
    pub search: String,
    /// The one with this id, instead of a search.
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<String>,
}

/// Things to choose from, the likeliest first, at most 50.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Choices {
    /// The choices.
    pub choices: Vec<Choice>,
}

/// One thing to choose.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Choice {
    /// NetSuite's id.
    pub id: String,
    /// Its number or name.
    pub name: String,
    /// One line more.
    pub detail: String,
}
