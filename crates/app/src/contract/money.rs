//! Money on the way: what Amazon still holds of the seller's money (ux.md §5.9, DEF-01..04).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Axis, Document, State, Words};

/// What Amazon still holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MoneyView {
    /// When Amazon was asked last, ISO 8601; nothing before it ever was.
    pub as_of: Option<String>,
    /// Each marketplace, in the order of the workspace.
    pub markets: Vec<MoneyMarket>,
    /// Orders whose money waits for its release.
    pub waiting: u32,
    /// Orders whose release is overdue, the longest first.
    pub late: Vec<LateOrder>,
    /// What they come to, for each currency.
    pub late_sums: Vec<Amount>,
    /// Orders that were billed long ago and that Amazon tells nothing of, the oldest first.
    pub missing: Vec<MissingOrder>,
    /// What they come to, for each currency.
    pub missing_sums: Vec<Amount>,
    /// The month-end entries, the newest month first.
    pub accruals: Vec<AccrualView>,
}

/// One marketplace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MoneyMarket {
    /// Amazon's id.
    pub marketplace: String,
    /// All of it: the four below.
    pub total: Amount,
    /// Released, and not paid out yet.
    pub open: Amount,
    /// Held back until a day.
    pub deferred: Amount,
    /// What Amazon itself says that it holds back, where its transactions come to something else.
    pub amazon_says: Option<Amount>,
    /// Kept as a reserve for the account as a whole.
    pub reserve: Amount,
    /// Paid out, and about to reach the bank.
    pub in_transit: Amount,
    /// What is held back, by reason.
    pub reasons: Vec<HeldFor>,
    /// The next deposit, about: its day, and what is released by then.
    pub next_deposit: Option<ExpectedMoney>,
    /// What should be released within the days of the calendar, about, and until when.
    pub expected: Option<ExpectedMoney>,
    /// The days of the calendar, oldest first.
    pub days: Vec<ReleaseDay>,
    /// Its axis.
    pub axis: Axis,
    /// What is held back beyond its last day.
    pub beyond: Amount,
    /// What of NetSuite's open bills is where.
    pub bills: Vec<BillsIn>,
}

/// Money that is held back for one reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HeldFor {
    /// `DD7`, `B2B` or another word of Amazon's; empty where Amazon names none.
    pub reason: String,
    /// How much.
    pub amount: Amount,
    /// Orders.
    pub orders: u32,
    /// The first day on which some of it is expected.
    pub first: Option<String>,
    /// The last one.
    pub last: Option<String>,
}

/// Money that is expected by a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExpectedMoney {
    /// The day.
    pub day: String,
    /// How much.
    pub amount: Amount,
}

/// One day of the calendar.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReleaseDay {
    /// The day.
    pub day: String,
    /// What was, or should be, released on it.
    pub amount: Amount,
    /// Orders.
    pub orders: u32,
    /// Its place on the axis.
    pub at: i32,
    /// Whether it is over, so that the amount was released.
    pub is_past: bool,
    /// Whether it is today.
    pub is_today: bool,
}

/// Open bills of one state.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BillsIn {
    /// `held`, `open`, `settled`, `untold` or `missing`; `all` for their sum.
    pub state: String,
    /// How many.
    pub bills: u32,
    /// What they come to.
    pub amount: Amount,
}

/// An order whose money should have been released.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LateOrder {
    /// Amazon's order number.
    pub order: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// About the day of its delivery, where the reason tells it.
    pub delivered: Option<String>,
    /// The day on which Amazon was to release it.
    pub expected: String,
    /// Days since then.
    pub late_days: u32,
    /// The amount.
    pub amount: Amount,
    /// Its page in Seller Central; nothing in the Demo company.
    pub address: Option<String>,
}

/// A bill that neither a settlement nor Amazon's transactions know.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MissingOrder {
    /// Amazon's order number.
    pub order: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// The bill's number.
    pub document: Option<String>,
    /// The day of the bill.
    pub billed: String,
    /// Days since then.
    pub age_days: u32,
    /// The bill's total.
    pub amount: Option<Amount>,
    /// Its page in Seller Central; nothing in the Demo company.
    pub address: Option<String>,
}

/// A month-end entry (DEF-02 to 04).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AccrualView {
    /// Its name, by which it is approved.
    pub id: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// The day of the entry: the last of the month.
    pub day: String,
    /// The day on which NetSuite takes it back.
    pub reversed: String,
    /// Transactions behind it.
    pub transactions: u32,
    /// The total of either side.
    pub total: Amount,
    /// Its lines.
    pub lines: Vec<AccrualLine>,
    /// What has changed since it was posted, account by account.
    pub drift: Vec<AccrualLine>,
    /// How it stands.
    pub state: State,
    /// Why there is no entry, or what it waits for.
    pub reason: Option<Words>,
    /// The cause of the error behind it, if one keeps it back.
    pub cause: Option<String>,
    /// Whether it can be posted.
    pub can_post: bool,
    /// The posted record.
    pub document: Option<Document>,
}

/// One line of an entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AccrualLine {
    /// The account's number; empty while no account is chosen.
    pub account_number: String,
    /// The account's name, or its key while none is chosen.
    pub account_name: String,
    /// Debit.
    pub debit: Option<Amount>,
    /// Credit.
    pub credit: Option<Amount>,
}
