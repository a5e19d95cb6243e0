//! Settlements that arise after the ready-made history: every fortnight, from what was released and
//! refunded meanwhile.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::World;
use super::deferral::release;
use super::order::Order;
use super::rows::{advertising, elsewhere, of_shipment, other, refund, released};
use super::settlement::{Row, Settlement, Style};
use crate::chance::{name_of, rounded};
use crate::market::{self, Market};
use crate::options::Company;

const RESERVE: &str = "Current Reserve Amount";
/// How long after its release money is given back, where nobody said so.
const SENT_BACK: TimeDelta = TimeDelta::days(2);

impl World {
    /// Closes every settlement whose report is ready by then.
    pub(super) fn close_settlements(&mut self, now: DateTime<Utc>) {
        for (place, market) in (1..).zip(market::ALL) {
            loop {
                let next = self.next_settlement(place, market, now);
                if next.ready > now {
                    break;
                }
                self.settlements.push(next);
            }
        }
    }

    /// What Amazon has released and no settlement has paid yet: the settlements that are still open, with what was posted by
    /// then. Only the demo company has fortnights; elsewhere it is what was held back and no test has settled.
    pub fn open_settlements(&self, now: DateTime<Utc>) -> Vec<Settlement> {
        let markets = (1..).zip(market::ALL).filter(|(_, market)| self.sells_in(market));
        let mut open: Vec<Settlement> = markets
            .filter(|_| self.company == Company::Demo)
            .map(|(place, market)| self.next_settlement(place, market, now))
            .collect();
        if self.company != Company::Demo {
            for held in self
                .held(now)
                .iter()
                .filter(|held| !held.settled && !held.is_deferred(now))
            {
                let rows = of_shipment(held.order, &held.shipment, held.release);
                match open.iter_mut().find(|known| known.market.id == held.order.market.id) {
                    Some(known) => known.rows.extend(rows),
                    None => open.push(Settlement {
                        id: format!("open {}", held.order.market.code),
                        market: held.order.market,
                        start: self.epoch,
                        end: now,
                        deposit: now,
                        ready: now,
                        style: Style::American,
                        rows,
                        declared: None,
                        issue: 0,
                        requested: false,
                    }),
                }
            }
        }
        for known in &mut open {
            known.rows.retain(|row| row.posted <= now);
        }
        open
    }

    /// The settlement after the last one of a marketplace, as it will be with what is known then.
    fn next_settlement(&self, place: u64, market: &'static Market, now: DateTime<Utc>) -> Settlement {
        let (number, start) = self.last_end(market);
        let end = start + TimeDelta::days(14);
        Settlement {
            id: (21_846_014_000_u64 + number * 10 + place).to_string(),
            market,
            start,
            end,
            deposit: end + TimeDelta::days(2),
            ready: end + TimeDelta::hours(26),
            style: match market.code {
                "DE" => Style::German,
                "JP" => Style::Japanese,
                _ => Style::American,
            },
            rows: self.rows_of(market, start, end, end <= now),
            declared: None,
            issue: 0,
            requested: false,
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
        (
            count,
            known.map(|known| known.end).max().unwrap_or(self.held_since(market)),
        )
    }

    /// `over`: the fortnight has ended, so that what follows from all of it stands too.
    fn rows_of(&self, market: &'static Market, start: DateTime<Utc>, end: DateTime<Utc>, over: bool) -> Vec<Row> {
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
        let since = self.held_since(market);
        rows.extend(released(&self.orders, market, since, start, end));
        rows.extend(elsewhere(&self.orders, market, start, end));
        for order in self.orders.iter().filter(|order| order.market.id == market.id) {
            rows.extend(refunds(order, start, end));
        }
        let number = self.own_settlements(market).count();
        rows.extend(charges(market, number, end, over.then_some(&rows)));
        if let Some(debt) = before.map(Settlement::total).filter(Decimal::is_sign_negative) {
            rows.extend(carried(market, debt, number, start));
        }
        rows
    }
}

/// What Amazon takes and gives beside the orders. Each figure follows from what came before: a fortnight's reserve from its
/// sales, a reversal from the loss that was paid for a fortnight earlier.
fn charges(market: &'static Market, number: usize, end: DateTime<Utc>, sold: Option<&Vec<Row>>) -> Vec<Row> {
    let late = end - TimeDelta::days(3);
    let plain = |kind: &str, description: &str, amount| other(market, late, kind, description, amount);
    let (subscription, adverts) = match market.code {
        "JP" => (Decimal::from(-4_900), Decimal::from(-6_200)),
        _ => (Decimal::new(-39_99, 2), Decimal::new(-48_30, 2)),
    };
    let mut rows = vec![plain("other-transaction", "Subscription Fee", subscription)];
    rows.push(advertising(market, late, adverts));
    let so_far = sold.map(|sold| sold.iter().chain(&rows).map(|row| row.amount).sum::<Decimal>());
    match market.code {
        "US" => {
            // A fee of the whole account names no marketplace.
            rows[0].marketplace.clear();
            let mut inbound = plain(
                "FBA Amazon-Partnered Carrier Shipment Fee",
                "Base fee",
                Decimal::new(-18_40, 2),
            );
            "FBAFees".clone_into(&mut inbound.transaction);
            // The order's column holds the number of a shipment to Amazon.
            inbound.order = format!(
                "FBA15{}",
                &name_of(&["inbound", &number.to_string()])[..7].to_uppercase()
            );
            inbound.marketplace.clear();
            rows.push(inbound);
            let lost = Decimal::new(21_60, 2);
            let mut paid_for = plain("FBA Inventory Reimbursement", "WAREHOUSE_LOST", lost);
            if number.is_multiple_of(2) {
                // What was lost a fortnight ago was found again.
                "COMPENSATED_CLAWBACK".clone_into(&mut paid_for.description);
                paid_for.amount = -lost;
            }
            "SHADE-LINEN-40".clone_into(&mut paid_for.sku);
            paid_for.quantity = Some(1);
            rows.push(paid_for);
            let so_far = so_far.unwrap_or_default();
            let tenth = rounded(so_far / Decimal::TEN, market.decimals).max(Decimal::ZERO);
            if !tenth.is_zero() {
                let mut reserve = other(market, end, "other-transaction", RESERVE, -tenth);
                reserve.marketplace.clear();
                rows.push(reserve);
            }
        }
        // A campaign that costs more than was sold: Amazon is owed the rest.
        "UK" if number.is_multiple_of(2) => {
            let Some(so_far) = so_far else { return rows };
            let owed = so_far.max(Decimal::ZERO) + Decimal::new(35_00, 2);
            rows.push(advertising(market, late, -owed));
        }
        _ => {}
    }
    rows
}

/// A debt stands first in the next settlement; Amazon has charged the card for it, or carries it on.
fn carried(market: &'static Market, debt: Decimal, number: usize, start: DateTime<Utc>) -> Vec<Row> {
    let row = |description: &str, amount, days| {
        let posted = start + TimeDelta::days(days);
        let mut row = other(market, posted, "other-transaction", description, amount);
        row.marketplace.clear();
        row
    };
    let mut rows = vec![row("Payable to Amazon", debt, 0)];
    if (number / 2).is_multiple_of(2) {
        rows.push(row("Successful charge", -debt, 2));
    }
    rows
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
    let sent_back = order.shipped.map(|at| release(order, at).1 + SENT_BACK);
    let sent_back = sent_back.filter(|at| within(*at));
    let money = !order.outside && !order.is_replacement() && order.refunds.is_empty();
    if let (true, true, Some(at), Some(line)) = (unlucky, money, sent_back, order.lines.first()) {
        rows.extend(refund(order, line, line.wanted(), at));
    }
    rows
}
