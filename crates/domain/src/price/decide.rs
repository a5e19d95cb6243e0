//! Whether a price is sent, and how: PRC-01, PRC-06, PRC-07 and the breaker of CMN-36.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::compute::compute;
use super::given::{Conflict, Rules, Sku};
use super::verdict::{Computed, Note, Part, Price, Withheld};
use crate::money::Money;

/// The price to send on a day of the marketplace, or why none is sent.
///
/// The reference is what Amazon accepted last, for the difference and for the breaker alike. Without one, whatever is
/// worked out is sent.
pub fn decide(sku: &Sku, rules: &Rules, today: NaiveDate) -> Result<Computed, Withheld> {
    if sku.excluded {
        return Err(Withheld::Excluded);
    }
    let mut computed = compute(sku, rules, today)?;
    let accepted = sku.accepted.as_ref();
    let Some(accepted) = accepted.filter(|accepted| accepted.regular.currency == rules.currency) else {
        return Ok(computed);
    };
    match changed_at_amazon(sku, accepted, &computed.price) {
        None if computed.price == *accepted => return Err(Withheld::Unchanged),
        None => {}
        Some(shown) => match rules.conflict {
            Conflict::NetsuiteWins => computed.notes.push(Note::ChangedAtAmazon {
                accepted: accepted.regular,
                shown,
            }),
            Conflict::AmazonWins => return Err(Withheld::AmazonWins { shown }),
            Conflict::Ask => {
                return Err(Withheld::ChangedAtAmazon {
                    accepted: accepted.regular,
                    shown,
                    price: computed.price.regular,
                });
            }
        },
    }
    keeps_near(accepted, &computed.price, rules.max_change_pct)?;
    Ok(computed)
}

/// What Amazon shows, if it is neither what it accepted last nor what we are about to send.
fn changed_at_amazon(sku: &Sku, accepted: &Price, computed: &Price) -> Option<Money> {
    let differs = |other: &Money| *other != accepted.regular && *other != computed.regular;
    let shown = sku.shown.filter(|shown| shown.currency == accepted.regular.currency)?;
    differs(&shown).then_some(shown)
}

/// The breaker: no price that Amazon has moves by more than so many per cent. A sale or business price that begins or
/// ends is no such move.
fn keeps_near(accepted: &Price, price: &Price, max_change_pct: Decimal) -> Result<(), Withheld> {
    let sale = |price: &Price| price.sale.as_ref().map(|sale| sale.price);
    let business = |price: &Price| price.business.as_ref().map(|business| business.price);
    let moves = [
        (Part::Regular, Some(accepted.regular), Some(price.regular)),
        (Part::Sale, sale(accepted), sale(price)),
        (Part::Business, business(accepted), business(price)),
    ];
    for (part, from, to) in moves {
        let (Some(accepted), Some(price)) = (from, to) else {
            continue;
        };
        let change = (price.amount - accepted.amount).abs();
        let change = change.checked_mul(Decimal::ONE_HUNDRED).ok_or(Withheld::OutOfRange)?;
        let most = accepted
            .amount
            .checked_mul(max_change_pct)
            .ok_or(Withheld::OutOfRange)?;
        if accepted.amount > Decimal::ZERO && change > most {
            return Err(Withheld::ChangesTooMuch { part, accepted, price });
        }
    }
    Ok(())
}

/// How prices go to Amazon (PRC-07). Either way each SKU's own result is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// One listing patch for each SKU.
    Patches,
    /// JSON listings feeds.
    Feed,
}

/// SKUs up to which patches are used.
const PATCHES_AT_MOST: usize = 100;

/// How so many SKUs go to Amazon.
pub fn way(skus: usize) -> Way {
    if skus <= PATCHES_AT_MOST {
        Way::Patches
    } else {
        Way::Feed
    }
}
