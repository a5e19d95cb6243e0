//! What a person decides about a settlement as a whole, and what is left out of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A variance is accepted as it stands, with a reason (SET-58).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AcceptVariance {
    /// The settlement.
    pub settlement: String,
    /// Why.
    pub reason: String,
}

/// Rows of a settlement that name no marketplace belong to this one (SET-16).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PickMarketplace {
    /// The settlement.
    pub settlement: String,
    /// ISO 4217 code of its currency.
    pub currency: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
}

/// A settlement is closed (SET-60).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CloseSettlement {
    /// The settlement.
    pub settlement: String,
    /// Why.
    pub reason: String,
    /// Whether another tool has posted it: it is in the books already.
    #[serde(default)]
    #[ts(optional)]
    pub elsewhere: Option<bool>,
}

/// One order or refund of a settlement is left out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExcludeGroup {
    /// The settlement.
    pub settlement: String,
    /// The row's id in the review.
    pub group: String,
    /// Why.
    pub reason: String,
}
