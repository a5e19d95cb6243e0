//! Where the money of each line goes: exactly one place (flows.md §19, invariant ii).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use super::tax::is_goods;
use super::{Outcome, Status, TaxMode};
use crate::settlement::classify::{Category, Side};
use crate::settlement::group::{Group, Kind, Known};

/// The one place that a line's money goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// The order: a payment, a refund, or a bill that has the money already. What the documents cannot take of a group
    /// is named beside it, as rounding or variance.
    Order,
    /// A row of the journal.
    Journal,
    /// Nowhere yet: a named part of the variance.
    Variance,
    /// Nothing to post: no money, or tax that was collected and withheld in full.
    Nothing,
}

/// A line and where its money goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    /// [`crate::settlement::Line::number`].
    pub number: u64,
    /// [`crate::settlement::Line::part`].
    pub part: u8,
    /// Where it goes.
    pub to: To,
}

/// The lines of a buyer's group that are the buyer's money, or tax on it.
pub(super) fn of_buyer(ledger: &mut Ledger<'_>, group: &Group, outcome: &Outcome, mode: TaxMode) {
    let home = home(outcome);
    let mut by_item: BTreeMap<&str, Decimal> = BTreeMap::new();
    for known in group.lines.iter().filter(|known| is_tax(known)) {
        *by_item.entry(known.line.order_item_code.as_str()).or_default() += known.line.amount();
    }
    for known in &group.lines {
        let to = match mode {
            _ if !is_goods(known) && !is_tax(known) => continue,
            _ if known.line.ten_thousandths == 0 => To::Nothing,
            _ if is_goods(known) => home,
            TaxMode::OnInvoice if known.category == Category::Tax => home,
            TaxMode::OnInvoice => To::Journal,
            TaxMode::ExcludeCollected => {
                let rest = by_item.get(known.line.order_item_code.as_str()).copied();
                match rest.unwrap_or_default() {
                    rest if rest.is_zero() => To::Nothing,
                    rest if rest.is_sign_negative() == (group.kind == Kind::Refund) => home,
                    _ => To::Journal,
                }
            }
        };
        ledger.goes(known, to);
    }
}

fn is_tax(known: &Known) -> bool {
    known.category == Category::Tax || known.category.side() == Side::Withheld
}

/// Where a buyer's group went as a whole.
fn home(outcome: &Outcome) -> To {
    match outcome.status {
        Status::Applied | Status::PartlyApplied => To::Order,
        Status::InJournal | Status::PreGoLive => To::Journal,
        Status::Waiting | Status::NeedsYou | Status::NothingToPost if !outcome.posted.is_zero() => To::Order,
        Status::NothingToPost => To::Nothing,
        Status::Waiting | Status::NeedsYou | Status::Excluded => To::Variance,
    }
}
