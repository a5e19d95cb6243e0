//! Items: names, prices by level, and what kits are made of (netsuite.md §4.9).

use rust_decimal::Decimal;
use serde_json::json;

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::{Fields as _, number};
use super::store::{Record, Store};

/// The level that every item has.
const BASE: i64 = 1;

/// A price of an item.
pub(super) struct Price {
    pub level: i64,
    pub currency: i64,
    /// Whether the currency is the company's own.
    pub is_base: bool,
    /// The quantity from which it holds.
    pub from: Decimal,
    pub amount: Decimal,
}

/// Every price of an item. The base price in the company's own currency stands in a field of its own as well.
pub(super) fn prices_of(store: &Store, record: &Record) -> Outcome<Vec<Price>> {
    let base = store.ids(Kind::Currency)?.into_iter().next();
    let mut prices: Vec<Price> = Vec::new();
    for line in record.lines("price") {
        let (Some(level), Some(price)) = (line.id_of("priceLevel"), line.decimal("price")) else {
            continue;
        };
        let from = line.get("quantity").and_then(|quantity| quantity.get("value"));
        let from = from.and_then(|value| value.as_str()?.parse().ok());
        let Some(currency) = line.id_of("currencyPage").or(base) else {
            continue;
        };
        let one = Price {
            level,
            currency,
            is_base: Some(currency) == base,
            from: from.unwrap_or_default(),
            amount: price,
        };
        // Of two lines about one price the later holds.
        prices.retain(|known| (known.level, known.currency, known.from) != (one.level, one.currency, one.from));
        prices.push(one);
    }
    let first = prices
        .iter()
        .any(|one| one.level == BASE && one.is_base && one.from.is_zero());
    if let (false, Some(price), Some(currency)) = (first, record.decimal("basePrice"), base) {
        prices.push(Price {
            level: BASE,
            currency,
            is_base: true,
            from: Decimal::ZERO,
            amount: price,
        });
    }
    Ok(prices)
}

/// Fills in and refuses what NetSuite does when an item is saved.
pub(super) fn settle(store: &Store, record: &mut Record, fresh: bool) -> Outcome<()> {
    let name = record
        .text("itemId")
        .ok_or_else(|| Refused::missing("Item Name/Number"))?
        .to_owned();
    record.default("isInactive", json!(false));
    let twin: i64 = store.connection.query_row(
        "SELECT COUNT(*) FROM item WHERE itemid = ?1 COLLATE NOCASE AND id <> ?2",
        rusqlite::params![name, record.id],
        |row| row.get(0),
    )?;
    if fresh && twin > 0 {
        return Err(Refused::user("An item with this name already exists."));
    }
    for line in record.lines("member") {
        if line.id_of("item") == Some(record.id) {
            return Err(Refused::user("A kit cannot be a member of itself.").at("member"));
        }
        if line
            .decimal("quantity")
            .is_none_or(|quantity| quantity <= Decimal::ZERO)
        {
            return Err(Refused::missing("Quantity").at("member"));
        }
    }
    let prices = prices_of(store, record)?;
    if prices.iter().any(|one| one.amount < Decimal::ZERO) {
        return Err(Refused::user("A price cannot be negative.").at("price"));
    }
    if !record.lines("price").is_empty() {
        if let Some(base) = prices
            .iter()
            .find(|one| one.level == BASE && one.is_base && one.from.is_zero())
        {
            record.put("basePrice", number(base.amount));
        }
        let lines = prices.iter().map(|one| {
            let line = json!({
                "priceLevel": { "id": one.level.to_string() }, "currencyPage": { "id": one.currency.to_string() },
                "quantity": { "value": one.from.normalize().to_string() }, "price": number(one.amount),
            });
            line.as_object().cloned().unwrap_or_default()
        });
        record.put_lines("price", lines.collect());
    }
    Ok(())
}
