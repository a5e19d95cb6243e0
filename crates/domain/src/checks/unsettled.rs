//! Orders that left and that no settlement has ever shown.

use chrono::{Duration, NaiveDate};

use super::{Check, Finding};
use crate::{Money, Text};

/// Amazon settles every fortnight and may hold money back for a while.
const PATIENCE: i64 = 45;
/// The settlement that should show an order ends so many days after it left at the latest.
const NEXT: i64 = 21;

/// An order that left and stands in no settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipped {
    /// Amazon's order number.
    pub order: String,
    /// Amazon's id of its marketplace.
    pub marketplace: String,
    /// What the buyer paid.
    pub total: Money,
    /// The business day on which it was booked.
    pub on: NaiveDate,
}

/// Orders that settlements should have shown by now: those of the days that the stored settlements cover.
pub fn never_settled(shipped: &[Shipped], first: NaiveDate, last: NaiveDate, today: NaiveDate) -> Vec<Finding> {
    let is_covered = |one: &&Shipped| {
        let waited = today.signed_duration_since(one.on).num_days();
        one.on >= first && one.on + Duration::days(NEXT) <= last && waited > PATIENCE
    };
    let one = |one: &Shipped| Finding {
        key: format!("never_settled/{}", one.order),
        check: Check::NeverSettled,
        amount: one.total,
        on: one.on,
        deadline: None,
        marketplace: one.marketplace.clone(),
        order: Some(one.order.clone()),
        sku: None,
        settlement: None,
        evidence: Text::new("check-evidence-never-settled")
            .with("shipped", one.on)
            .with("days", today.signed_duration_since(one.on).num_days()),
    };
    shipped.iter().filter(is_covered).map(one).collect()
}
