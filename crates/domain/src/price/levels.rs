//! What a price level says of an item: PRC-02 and PRC-04.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;

use super::given::{Break, Conversion, LevelPrice, Rounding, Rules, Sku};
use super::transform::written;
use super::verdict::Withheld;
use crate::money::{Currency, Money};

/// A price at a level, in the marketplace's currency.
#[derive(Debug, Clone, Copy)]
pub(super) struct AtLevel {
    /// What NetSuite says.
    pub(super) told: Money,
    /// The rate that it was converted with.
    pub(super) conversion: Option<Conversion>,
    /// The price in the marketplace's currency.
    pub(super) price: Decimal,
    /// The break that it belongs to.
    pub(super) from: Decimal,
}

/// All breaks of a level that have a price, by rising quantity; none where the level is blank in every currency that can
/// be used. Nought counts as blank, below nought is an error.
pub(super) fn breaks(sku: &Sku, rules: &Rules, level: &str) -> Result<Vec<AtLevel>, Withheld> {
    let own = priced(sku, level, rules.currency)?;
    if !own.is_empty() {
        return own.into_iter().map(|row| at_level(row, None)).collect();
    }
    match rules.convert {
        Some(conversion) if conversion.from != rules.currency => {
            if conversion.rate <= Decimal::ZERO {
                return Err(Withheld::WrongRate);
            }
            let rows = priced(sku, level, conversion.from)?;
            let to = (conversion, rules.currency);
            rows.into_iter().map(|row| at_level(row, Some(to))).collect()
        }
        _ => Ok(Vec::new()),
    }
}

/// The break of a level that the rules choose.
pub(super) fn chosen(breaks: &[AtLevel], which: Break) -> Option<AtLevel> {
    match which {
        Break::First => breaks.first().copied(),
        Break::At(quantity) => breaks.iter().rev().find(|one| one.from <= quantity).copied(),
    }
}

/// That a level has no price, with the currencies in which it does have one.
pub(super) fn no_price(sku: &Sku, rules: &Rules, level: &str) -> Withheld {
    let has = |row: &&LevelPrice| row.level == level && row.price.is_some_and(|price| price > Decimal::ZERO);
    let mut others: Vec<Currency> = sku.prices.iter().filter(has).map(|row| row.currency).collect();
    others.retain(|currency| *currency != rules.currency);
    others.sort_unstable();
    others.dedup();
    Withheld::NoPrice {
        level: level.to_owned(),
        currency: rules.currency,
        others,
    }
}

fn priced<'a>(sku: &'a Sku, level: &str, currency: Currency) -> Result<Vec<&'a LevelPrice>, Withheld> {
    let at = |row: &&LevelPrice| row.level == level && row.currency == currency;
    let mut rows: Vec<&LevelPrice> = sku.prices.iter().filter(at).collect();
    if rows
        .iter()
        .any(|row| row.price.is_some_and(|price| price < Decimal::ZERO))
    {
        return Err(Withheld::Negative {
            level: Some(level.to_owned()),
        });
    }
    rows.retain(|row| row.price.is_some_and(|price| !price.is_zero()));
    rows.sort_by_key(|row| row.from);
    Ok(rows)
}

fn at_level(row: &LevelPrice, conversion: Option<(Conversion, Currency)>) -> Result<AtLevel, Withheld> {
    let told = Money::new(row.price.unwrap_or_default(), row.currency);
    let price = match conversion {
        None => told.amount,
        Some((conversion, to)) => {
            let exact = told.amount.checked_mul(conversion.rate).ok_or(Withheld::OutOfRange)?;
            written(exact, to, strategy(conversion.rounding))
        }
    };
    Ok(AtLevel {
        told,
        conversion: conversion.map(|(conversion, _)| conversion),
        price,
        from: row.from,
    })
}

fn strategy(rounding: Rounding) -> RoundingStrategy {
    match rounding {
        Rounding::Nearest => RoundingStrategy::MidpointAwayFromZero,
        Rounding::Up => RoundingStrategy::AwayFromZero,
        Rounding::Down => RoundingStrategy::ToZero,
    }
}
