//! What of a group is the buyer's money, and what of its tax goes to the journal (SET-14).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::TaxMode;
use crate::settlement::classify::{Category, Side};
use crate::settlement::group::{Group, Kind, Known};

/// A group's money, parted. Together with its other lines it makes the group's net, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    /// What the buyer paid, or got back (negative).
    pub customer: Decimal,
    /// The part of `customer` that is tax.
    pub customer_tax: Decimal,
    /// What clears, or stays on, the liability for tax that Amazon remits.
    pub facilitated: Decimal,
}

/// The line is the buyer's money before tax.
pub(super) fn is_goods(known: &Known) -> bool {
    known.category.side() == Side::Customer && known.category != Category::Tax
}

pub(super) fn parts(group: &Group, mode: TaxMode) -> Parts {
    let goods: Decimal = group
        .lines
        .iter()
        .filter(|known| is_goods(known))
        .map(|known| known.line.amount())
        .sum();
    let (customer_tax, facilitated) = match mode {
        TaxMode::OnInvoice => (sum(group, Category::Tax), sum(group, Category::WithheldTax)),
        TaxMode::ExcludeCollected => paired(group),
    };
    Parts {
        customer: goods + customer_tax,
        customer_tax,
        facilitated,
    }
}

fn sum(group: &Group, category: Category) -> Decimal {
    group
        .lines
        .iter()
        .filter(|known| known.category == category)
        .map(|known| known.line.amount())
        .sum()
}

/// Collected and withheld cancel out per item. What remains in the direction of the sale is the seller's own tax and the
/// buyer paid it; what remains the other way was withheld without being collected.
fn paired(group: &Group) -> (Decimal, Decimal) {
    let mut by_item: BTreeMap<&str, Decimal> = BTreeMap::new();
    for known in &group.lines {
        if matches!(known.category, Category::Tax | Category::WithheldTax) {
            *by_item.entry(known.line.order_item_code.as_str()).or_default() += known.line.amount();
        }
    }
    let of_buyer = |rest: &Decimal| match group.kind {
        Kind::Refund => rest.is_sign_negative(),
        _ => rest.is_sign_positive(),
    };
    let (buyer, amazon): (Vec<Decimal>, Vec<Decimal>) = by_item.into_values().partition(of_buyer);
    (buyer.into_iter().sum(), amazon.into_iter().sum())
}
