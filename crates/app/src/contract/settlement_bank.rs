//! What the bank has of a settlement's transfer (SET-53, ux.md §5.8 *In the bank*).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Amount, Document, State};

/// The transfer of a posted settlement, and what a person said that the bank has of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BankView {
    /// What Amazon transferred.
    pub transfer: Amount,
    /// Whether the journal left it in transit, so that entering it writes the journal which brings it to the bank.
    pub in_transit: bool,
    /// Currencies to choose from, that of the bank account first.
    pub currencies: Vec<String>,
    /// The first day that can be entered: the settlement's own.
    pub first_day: String,
    /// What was entered.
    pub received: Option<ReceivedView>,
}

/// What a person said that the bank has.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReceivedView {
    /// The bank's day.
    pub date: String,
    /// What came in.
    pub amount: Amount,
    /// What the bank took.
    pub fee: Option<Amount>,
    /// The person.
    pub who: String,
    /// How its journal stands; done where none was needed.
    pub state: State,
    /// The journal.
    pub document: Option<Document>,
    /// The cause of the error that keeps the journal back.
    pub cause: Option<String>,
}

/// A person tells what the bank has of a transfer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnterReceipt {
    /// The settlement.
    pub settlement: String,
    /// The bank's day, ISO 8601.
    pub date: String,
    /// What came in, as typed: `1234.5`, `1,234.50`, `1 234,50`.
    pub amount: String,
    /// ISO 4217 code of the bank account.
    pub currency: String,
    /// What the bank took, as typed, where it counts in another currency than the settlement; in the same one it follows.
    #[serde(default)]
    #[ts(optional)]
    pub fee: Option<String>,
}
