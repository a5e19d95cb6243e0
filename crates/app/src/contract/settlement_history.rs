//! The last settlements of a marketplace beside each other (ux.md §8), and the sheet that proves one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Amount;

/// Whose settlements to look back on.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct SettlementHistoryRequest {
    /// Amazon's marketplace id; nothing means that of the newest settlement.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
}

/// The last twelve settlements of one marketplace, in one currency. Positions are places between the lowest and the
/// highest value of their axis, in ten-thousandths: the screen draws without computing on money.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SettlementHistory {
    /// The marketplace; nothing while no settlement is matched.
    pub marketplace: Option<String>,
    /// Every marketplace that has settlements, by Amazon's ids, the newest first.
    pub marketplaces: Vec<String>,
    /// The columns, oldest first.
    pub settlements: Vec<HistoryColumn>,
    /// The fee families of the stacks, from the bottom: at most six, and `other` for the rest.
    pub families: Vec<FeeFamily>,
    /// Fees of all columns together, as money that Amazon took.
    pub fees: Amount,
    /// Those as a share of the sales of all columns, in percent with one decimal, as text.
    pub fee_percent: Option<String>,
    /// The axis of fees as money.
    pub amounts: Axis,
    /// The axis of fees as a share of sales.
    pub percents: Axis,
    /// The axis of deposits and reserves.
    pub deposits: Axis,
    /// About when the next settlement comes, ISO 8601: as far after the newest one as that was after the one before.
    pub next: Option<String>,
}

/// Fees of one family over all columns.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeeFamily {
    /// `referral`, `fulfilment`, `storage`, `advertising`, `subscription`, `inbound`, `returns`, `selling`,
    /// `promotions` or `other`.
    pub id: String,
    /// What Amazon took.
    pub amount: Amount,
}

/// One settlement among the others.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HistoryColumn {
    /// Amazon's settlement id.
    pub id: String,
    /// First day.
    pub start: String,
    /// Last day.
    pub end: String,
    /// Day of the deposit.
    pub deposit_date: Option<String>,
    /// Product sales.
    pub sales: Amount,
    /// Fees, as money that Amazon took.
    pub fees: Amount,
    /// Fees as a share of sales, in percent with one decimal, as text; nothing without sales.
    pub fee_percent: Option<String>,
    /// The parts of the stack, in the order of the families.
    pub parts: Vec<FeePart>,
    /// The deposit; less than nothing where the seller owes Amazon.
    pub deposit: Amount,
    /// Its place on the axis of deposits.
    pub deposit_at: i32,
    /// What Amazon kept back at the end of it.
    pub reserve: Amount,
    /// Its place on the axis of deposits.
    pub reserve_at: i32,
}

/// The fees of one family in one settlement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FeePart {
    /// The family.
    pub family: String,
    /// What Amazon took; less than nothing where it gave back more than it took.
    pub amount: Amount,
    /// Its share of sales, in percent with one decimal, as text.
    pub percent: Option<String>,
    /// Where it begins and ends on the axis of money.
    pub amount_at: [i32; 2],
    /// Where it begins and ends on the axis of shares; nothing without sales.
    pub percent_at: Option<[i32; 2]>,
}

/// An axis.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Axis {
    /// The place of zero.
    pub zero_at: i32,
    /// Its marks, from the lowest.
    pub ticks: Vec<Tick>,
}

/// A mark of an axis.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Tick {
    /// Its place.
    pub at: i32,
    /// Its value as decimal text: an amount, or a percentage.
    pub value: String,
}

/// Which settlement to prove.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EvidenceRequest {
    /// The settlement.
    pub id: String,
    /// `en` or `fr`.
    pub language: String,
    /// Whether to put the sheet among the downloads instead of handing it back.
    pub save: bool,
}
