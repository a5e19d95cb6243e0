//! Home: the answer first.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Bar, ExpectedMoney, SettlementRow, State, Words};

/// The Home screen (ux.md §5.1).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Home {
    /// The sentence.
    pub sentence: Words,
    /// One line under it.
    pub detail: Words,
    /// What needs a person, most urgent first, at most three.
    pub todo: Vec<Todo>,
    /// The last settlement, in small.
    pub last_settlement: Option<LastSettlement>,
    /// Sales per marketplace over each period.
    pub sales: Vec<Sales>,
    /// What Amazon still holds; nothing before Amazon was asked once.
    pub money: Option<MoneyOnTheWay>,
    /// One strip per flow.
    pub health: Vec<Health>,
}

/// What Amazon still holds, in small (DEF-01).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MoneyOnTheWay {
    /// When Amazon was asked last, ISO 8601.
    pub as_of: String,
    /// All of it, for each currency.
    pub sums: Vec<Amount>,
    /// The next deposits, about, the earliest first.
    pub next: Vec<NextDeposit>,
}

/// The next deposit of one marketplace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NextDeposit {
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// About the day, and the amount by then.
    pub deposit: ExpectedMoney,
}

/// A card that names a thing to do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Todo {
    /// `problem`, `settlement` or `mapping`.
    pub kind: String,
    /// Its state's glyph.
    pub state: State,
    /// What it is.
    pub title: Words,
    /// One line more.
    pub detail: Words,
    /// Money that waits.
    pub amount: Option<Amount>,
    /// The button's words.
    pub action: Words,
    /// The screen that the button opens.
    pub route: String,
}

/// The mini-waterfall.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LastSettlement {
    /// The settlement.
    pub settlement: SettlementRow,
    /// Fees as a share of sales in percent with one decimal, as text: `33.4`.
    pub fee_percent: Option<String>,
    /// The few bars of the small picture: they add up to the deposit.
    pub bars: Vec<Bar>,
}

/// Sales of one marketplace in one period.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Sales {
    /// `today`, `week` (7 days) or `month` (this month).
    pub period: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// Orders placed.
    pub orders: u32,
    /// Units ordered.
    pub units: u32,
    /// Gross sales.
    pub gross: Amount,
    /// Change of orders against the period before in whole percent, where that had any.
    pub change_percent: Option<i32>,
}

/// 48 half-hours of one flow.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Health {
    /// The flow.
    pub flow: String,
    /// The message id of its title.
    pub title: String,
    /// How it stands now.
    pub state: State,
    /// The cells, oldest first.
    pub cells: Vec<HealthCell>,
}

/// One half-hour.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HealthCell {
    /// Its first instant, ISO 8601.
    pub from: String,
    /// `nothing`, `done`, `partly` or `needs_you`.
    pub outcome: String,
    /// Records that went through.
    pub records: u32,
    /// The last run in it.
    pub run: Option<String>,
}
