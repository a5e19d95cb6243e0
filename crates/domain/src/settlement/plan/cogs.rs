//! The cost of what was sold, as a journal beside the settlement's (SET-63): units sold less units given back, at the
//! average cost that NetSuite has for the item, in the currency of the books.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::drafts::{self, dated};
use super::ledger::{Ledger, Month};
use super::summed;
use super::{Held, JournalDraft, JournalLine};
use crate::Text;
use crate::external_id::JournalPiece;
use crate::money::{Currency, Money};

/// How the cost journal's name and memo are told from the settlement's.
const NAME: &str = "COGS";

/// What one unit of each SKU costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// The currency of the books.
    pub currency: Currency,
    /// By SKU, the average cost of one of its units.
    pub of_unit: BTreeMap<String, Decimal>,
}

/// The cost journals, one for each month where months are split. SKUs whose cost nobody knows hold them all.
pub(super) fn of(ledger: &mut Ledger<'_>, months: &BTreeSet<Month>) -> Vec<JournalDraft> {
    let input = ledger.input;
    let Some(cost) = &input.choices.cost else {
        return Vec::new();
    };
    let sold = summed::units(ledger);
    let mut unknown: BTreeSet<&str> = BTreeSet::new();
    let mut amounts: BTreeMap<(Month, Option<String>), Decimal> = BTreeMap::new();
    let last = months.iter().next_back().copied();
    for (place, units) in &sold {
        let Some(unit) = cost.of_unit.get(&place.sku) else {
            unknown.insert(&place.sku);
            continue;
        };
        let month = Some(place.month).filter(|_| months.len() > 1).or(last);
        let Some(month) = month else { continue };
        *amounts.entry((month, place.marketplace.clone())).or_default() += *units * *unit;
    }
    if !unknown.is_empty() {
        let skus = unknown.into_iter().collect::<Vec<_>>().join(", ");
        let held = Held {
            code: "ITEM_NOT_FOUND".to_owned(),
            reason: Text::new("settlement-held-cost").with("sku", skus),
            triple: None,
            at_stake: None,
        };
        ledger.held.push(held);
        return Vec::new();
    }
    let of_month = |month: &Month| {
        let own = amounts.iter().filter(|((of, _), _)| of == month);
        let mut lines: Vec<JournalLine> = Vec::new();
        for ((_, market), amount) in own {
            let amount = Money::new(*amount, cost.currency).rounded().amount;
            lines.push(line(ledger, "acct.cogs", market.as_deref(), -amount));
            lines.push(line(ledger, "acct.inventory", market.as_deref(), amount));
        }
        lines.retain(|line| !line.credit.is_zero());
        if lines.is_empty() {
            return None;
        }
        let piece = JournalPiece {
            country: Some(NAME.to_owned()),
            month: (months.len() > 1).then_some(*month),
            ..JournalPiece::default()
        };
        let date = dated(ledger, *month, last);
        Some(drafts::draft(ledger, &piece, date, cost.currency, lines))
    };
    months.iter().filter_map(of_month).collect()
}

fn line(ledger: &Ledger<'_>, key: &str, market: Option<&str>, credit: Decimal) -> JournalLine {
    let choices = &ledger.input.choices;
    let main = choices.journal.main.as_str();
    JournalLine {
        key: key.to_owned(),
        account: choices.accounts.get(market, key).map(str::to_owned),
        what: "cost-of-goods".to_owned(),
        marketplace: market.map(str::to_owned),
        credit,
        memo: "cost-of-goods".to_owned(),
        open: false,
        entity: None,
        dimensions: choices.journal.filed(market.unwrap_or(main), None),
    }
}
