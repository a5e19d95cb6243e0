//! Problems, grouped by cause, and their remedies.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, State, Words};

/// Which groups to list.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ProblemsRequest {
    /// `needs_you` (default), `trying_again`, `resolved` or `excluded`.
    #[serde(default)]
    #[ts(optional)]
    pub tab: Option<String>,
    /// Amazon's marketplace id.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
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
    },
    SetOption {
        option: String,
        marketplace: Option<String>,
    },
    Retry,
    Exclude,
    Adopt {
        record: String,
        id: String,
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
    /// The exchange, masked, as pretty JSON, for *Technical details*.
    pub technical: Option<String>,
}

/// Look again at a whole cause or at single subjects.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Retry {
    /// The cause.
    #[serde(default)]
    #[ts(optional)]
    pub cause: Option<String>,
    /// Or these problems, by id.
    #[serde(default)]
    pub problems: Vec<String>,
}

/// Leave subjects out, with a reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exclude {
    /// The problems, by id; all of the cause when empty.
    pub problems: Vec<String>,
    /// The cause.
    pub cause: String,
    /// The person's reason.
    pub reason: String,
}

/// The record that a person made is the one meant (CMN-13).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Adopt {
    /// The cause that asked.
    pub cause: String,
    /// NetSuite's id of the record.
    pub id: String,
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
}

/// This kind of settlement line goes to that account.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MapLine {
    /// transaction-type, amount-type, amount-description.
    pub triple: [String; 3],
    /// NetSuite's account id.
    pub account: String,
}

/// What to choose from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChoicesRequest {
    /// `item`, `account`, `customer`, `location` or `ship_method`.
    pub kind: String,
    /// Part of a name or number.
    pub search: String,
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
