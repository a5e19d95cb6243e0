//! A settlement that is issued on request, with the rows that are told: also a second time under a known number.
//!
//! A row is a short text, `Order | 111-… | ItemPrice | Principal | 20.00 | posted=2026-10-05 sku=LAMP-RED`: transaction
//! type, order, amount type, amount description, amount, then what else is to stand in it. What is not said stands as
//! Amazon would have it: of an order that is known, its line, its shipment and who shipped it.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::World;
use super::order::{Channel, Line, Order};
use super::rows::shipped;
use super::settlement::{Row, Settlement, Style};
use crate::chance::name_of;
use crate::market::{self, Market};
use crate::time::read_instant;

/// What the settlement says.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewSettlement {
    /// Settlement id. A known one is issued again.
    pub id: String,
    /// Two letters or Amazon's id; it gives the currency. Default: the United States.
    pub marketplace: Option<String>,
    /// First day or instant. Default: a fortnight before the end.
    pub start: Option<String>,
    /// Last day or instant. Default: now.
    pub end: Option<String>,
    /// When the money is sent. Default: two days after the end.
    pub deposit: Option<String>,
    /// What the summary row says, where that is not the sum of the rows.
    pub total: Option<Decimal>,
    /// How the file is written. Default: as in that marketplace.
    pub style: Option<Style>,
    /// The rows.
    pub rows: Vec<String>,
}

impl World {
    /// Issues it; its id.
    pub(super) fn issue(&mut self, wanted: &NewSettlement, now: DateTime<Utc>) -> Result<String, String> {
        if wanted.id.is_empty() {
            return Err("id is needed".to_owned());
        }
        let name = wanted.marketplace.as_deref().unwrap_or("US");
        let market = market::named(name).ok_or_else(|| format!("there is no marketplace {name}"))?;
        let at = |told: &Option<String>| told.as_deref().map(moment).transpose();
        let end = at(&wanted.end)?.unwrap_or(now);
        let start = at(&wanted.start)?.unwrap_or(end - TimeDelta::days(14));
        let mut rows = Vec::new();
        for told in &wanted.rows {
            rows.push(
                self.row(market, told, start, now)
                    .map_err(|wrong| format!("{told}: {wrong}"))?,
            );
        }
        let known = self.settlements.iter().filter(|known| known.id == wanted.id);
        self.settlements.push(Settlement {
            id: wanted.id.clone(),
            market,
            start,
            end,
            deposit: at(&wanted.deposit)?.unwrap_or(end + TimeDelta::days(2)),
            ready: now,
            style: wanted.style.unwrap_or(match market.currency {
                "EUR" => Style::German,
                "JPY" => Style::Japanese,
                _ => Style::American,
            }),
            rows,
            declared: wanted.total,
            issue: u32::try_from(known.count()).unwrap_or(u32::MAX),
            requested: true,
        });
        Ok(wanted.id.clone())
    }

    fn row(&self, market: &Market, told: &str, start: DateTime<Utc>, now: DateTime<Utc>) -> Result<Row, String> {
        let cells: Vec<&str> = told.split('|').map(str::trim).collect();
        let [transaction, order, kind, description, amount, more @ ..] = cells.as_slice() else {
            return Err("five cells are needed".to_owned());
        };
        let amount: Decimal = amount.parse().map_err(|_| format!("{amount} is no amount"))?;
        if amount.normalize().scale() > market.decimals {
            return Err(format!("{} has {} decimals", market.currency, market.decimals));
        }
        let details = details(more)?;
        let said = |name: &str| {
            details
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.as_str())
        };
        let mut row = Row {
            transaction: (*transaction).to_owned(),
            order: (*order).to_owned(),
            merchant_order: (*order).to_owned(),
            marketplace: market.name.to_owned(),
            kind: (*kind).to_owned(),
            description: (*description).to_owned(),
            amount,
            posted: start + TimeDelta::days(1),
            sku: said("sku").unwrap_or_default().to_owned(),
            ..Row::default()
        };
        if let Some(order) = self.order(order) {
            as_of_order(&mut row, order, now);
        }
        for (name, value) in &details {
            let place = match name.as_str() {
                "sku" => &mut row.sku,
                "item" => &mut row.item_code,
                "name" => &mut row.marketplace,
                "shipment" => &mut row.shipment,
                "adjustment" => &mut row.adjustment,
                "merchant" => &mut row.merchant_order,
                "fulfilment" => &mut row.fulfilment,
                "promotion" => &mut row.promotion,
                "qty" => {
                    row.quantity = Some(value.parse().map_err(|_| format!("{value} are no units"))?);
                    continue;
                }
                "home" => {
                    row.home = market::named(value);
                    continue;
                }
                "posted" => {
                    row.posted = moment(value)?;
                    continue;
                }
                other => return Err(format!("a row has no {other}")),
            };
            place.clone_from(value);
        }
        Ok(row)
    }
}

/// What a row of that order has, whatever it is about.
fn as_of_order(row: &mut Row, order: &Order, now: DateTime<Utc>) {
    row.merchant_order = order.seller_number.clone().unwrap_or_else(|| order.id.clone());
    if order.channel == Channel::Amazon { "AFN" } else { "MFN" }.clone_into(&mut row.fulfilment);
    let line: Option<&Line> = match order.lines.as_slice() {
        [only] if row.sku.is_empty() => Some(only),
        lines => lines.iter().find(|line| line.sku == row.sku),
    };
    let Some(line) = line else { return };
    row.sku.clone_from(&line.sku);
    row.item_code.clone_from(&line.id);
    if row.transaction != "Order" {
        row.adjustment = name_of(&[&order.id, "refund"])[..12].to_uppercase();
        return;
    }
    let left = shipped(order, now);
    let with_it = left.iter().find(|one| one.lines.iter().any(|part| part.id == line.id));
    row.shipment = with_it.map_or_else(
        || format!("D{}", &name_of(&[&order.id, "shipment"])[..8].to_uppercase()),
        |one| one.id.clone(),
    );
    row.quantity = (row.kind == "ItemPrice" && row.description == "Principal").then(|| line.wanted());
}

/// `posted=2026-10-05 name=Non-Amazon US`: a word without a sign belongs to what was said before it.
fn details(cells: &[&str]) -> Result<Vec<(String, String)>, String> {
    let mut found: Vec<(String, String)> = Vec::new();
    for word in cells.iter().flat_map(|cell| cell.split_whitespace()) {
        match (word.split_once('='), found.last_mut()) {
            (Some((name, value)), _) => found.push((name.to_owned(), value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => return Err(format!("{word} says nothing")),
        }
    }
    Ok(found)
}

/// A day alone means its noon (UTC), which is the same day in every marketplace.
fn moment(told: &str) -> Result<DateTime<Utc>, String> {
    let at = read_instant(told).ok_or_else(|| format!("{told} is no time"))?;
    let day_alone = told.len() == "2026-10-05".len();
    Ok(if day_alone { at + TimeDelta::hours(12) } else { at })
}
