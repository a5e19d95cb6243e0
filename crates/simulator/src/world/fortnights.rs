//! Settlements that arise after the ready-made history: every fortnight, from what was shipped and refunded meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::World;
use super::order::Order;
use super::rows::{advertising, other, refund, sold};
use super::settlement::{Row, Settlement, Style, span};
use crate::chance::name_of;
use crate::market::{self, Market};

const RESERVE: &str = "Current Reserve Amount";
/// How long after shipping a buyer sends something back, where nobody said so.
const SENT_BACK: TimeDelta = TimeDelta::days(6);

impl World {
    /// Closes every settlement whose report is ready by then.
    pub(super) fn close_settlements(&mut self, now: DateTime<Utc>) {
        for (place, market) in (1..).zip(market::ALL) {
            loop {
                let (number, start) = self.last_end(market);
                let end = start + TimeDelta::days(14);
                let ready = end + TimeDelta::hours(26);
                if ready > now {
                    break;
                }
                let settlement = Settlement {
                    id: (21_846_014_000_u64 + number * 10 + place).to_string(),
                    market,
                    start,
                    end,
                    deposit: end + TimeDelta::days(2),
                    ready,
                    style: match market.code {
                        "DE" => Style::German,
                        "JP" => Style::Japanese,
                        _ => Style::American,
                    },
                    rows: self.rows_of(market, start, end),
                    declared: None,
                    issue: 0,
                    requested: false,
                };
                self.settlements.push(settlement);
            }
        }
    }

    /// What Amazon issued for the marketplace by itself.
    fn own_settlements<'a>(&'a self, market: &Market) -> impl Iterator<Item = &'a Settlement> + Clone + use<'a> {
        let id = market.id;
        self.settlements
            .iter()
            .filter(move |known| known.market.id == id && !known.requested)
    }

    /// How many settlements the marketplace has had, and where the last one ended.
    fn last_end(&self, market: &Market) -> (u64, DateTime<Utc>) {
        let known = self.own_settlements(market);
        let count = known.clone().count() as u64;
        let begun = self.epoch - TimeDelta::days(span(market).to);
        (count, known.map(|known| known.end).max().unwrap_or(begun))
    }

    fn rows_of(&self, market: &'static Market, start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<Row> {
        let mut rows = Vec::new();
        let before = self.own_settlements(market).last();
        let kept: Decimal = before
            .into_iter()
            .flat_map(|known| &known.rows)
            .filter(|row| row.description == RESERVE)
            .map(|row| row.amount)
            .sum();
        if !kept.is_zero() {
            let mut row = other(
                market,
                start,
                "other-transaction",
                "Previous Reserve Amount Balance",
                -kept,
            );
            row.marketplace.clear();
            rows.push(row);
        }
        rows.extend(sold(&self.orders, market, start, end));
        for order in self.orders.iter().filter(|order| order.market.id == market.id) {
            rows.extend(refunds(order, start, end));
        }
        let (subscription, adverts) = match market.code {
            "JP" => (Decimal::from(-4_900), Decimal::from(-6_200)),
            _ => (Decimal::new(-39_99, 2), Decimal::new(-48_30, 2)),
        };
        let late = end - TimeDelta::days(3);
        rows.push(other(
            market,
            late,
            "other-transaction",
            "Subscription Fee",
            subscription,
        ));
        rows.push(advertising(market, late, adverts));
        rows
    }
}

/// What of the order was refunded within the time: what somebody said, and one order in twenty-five by itself.
fn refunds(order: &Order, start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<Row> {
    let within = |at: DateTime<Utc>| at >= start && at < end;
    let mut rows = Vec::new();
    for (at, id, units) in order.refunds.iter().filter(|(at, ..)| within(*at)) {
        if let Some(line) = order.lines.iter().find(|line| line.id == *id) {
            rows.extend(refund(order, line, *units, *at));
        }
    }
    let drawn = u64::from_str_radix(&name_of(&["refund", &order.id])[..8], 16).unwrap_or(1);
    let unlucky = drawn.is_multiple_of(25);
    let sent_back = order.shipped.map(|at| at + SENT_BACK).filter(|at| within(*at));
    let money = !order.outside && !order.is_replacement() && order.refunds.is_empty();
    if let (true, true, Some(at), Some(line)) = (unlucky, money, sent_back, order.lines.first()) {
        rows.extend(refund(order, line, line.wanted(), at));
    }
    rows
}
