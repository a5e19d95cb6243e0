//! The people in the warehouse of Atelier Lumen: some minutes after an order has come in they pack it, mostly.
//!
//! What they do with an order follows from its number, so the same story is told again on every run: most orders leave
//! in one parcel, some in two, some in part, one in sixteen without a tracking number or billed at once, and some lie
//! too long.

use chrono::TimeDelta;
use rust_decimal::Decimal;

use super::Account;
use super::people::{Billing, Package, Shipping};
use super::record::Fields as _;
use crate::chance::name_of;

/// How long an order lies before somebody takes it up.
const LIES: TimeDelta = TimeDelta::minutes(3);
/// How long those lie that are forgotten, and what was left of others.
const LIES_LONG: TimeDelta = TimeDelta::days(3);
/// How often somebody looks.
const LOOKS: i64 = 60;

/// An order that could be packed.
struct Open {
    id: i64,
    number: String,
    currency: String,
    units: Decimal,
    first: Option<(String, Decimal)>,
    begun: bool,
    long: bool,
}

impl Account {
    /// Lets the people work if it is time.
    pub(crate) fn work(&self) {
        let now = self.clock.now();
        let next = self.looked.load(std::sync::atomic::Ordering::SeqCst);
        if now.timestamp() < next {
            return;
        }
        self.looked
            .store(now.timestamp() + LOOKS, std::sync::atomic::Ordering::SeqCst);
        for order in self.waiting() {
            let digit = u8::from_str_radix(&name_of(&["warehouse", &order.number])[..1], 16).unwrap_or(0);
            if (order.begun || digit >= 13) && !order.long {
                continue;
            }
            if let Err(why) = self.pack(&order, digit) {
                tracing::debug!(order = order.id, why, "the warehouse could not pack an order");
            }
        }
    }

    fn pack(&self, order: &Open, digit: u8) -> Result<(), String> {
        let method = match order.currency.as_str() {
            "USD" => "UPS Ground",
            "GBP" => "Royal Mail Tracked 48",
            "JPY" => "Yamato TA-Q-BIN",
            _ => "DHL Paket",
        };
        let parcel = |number: &str| Package {
            tracking: (digit != 12).then(|| tracking(&order.currency, &order.number, number)),
            weight: None,
            description: Some(format!("Box {number}")),
        };
        let mut shipping = Shipping {
            order: order.id.to_string(),
            ship_method: Some(method.to_owned()),
            packages: vec![parcel(if order.begun { "9" } else { "1" })],
            ..Shipping::default()
        };
        if !order.begun && order.units > Decimal::ONE {
            match (digit, &order.first) {
                (9 | 10, _) => shipping.packages.push(parcel("2")),
                (11, Some((item, units))) => {
                    let half = (units / Decimal::TWO).ceil().min(order.units - Decimal::ONE);
                    shipping.lines = vec![(item.clone(), half)];
                }
                _ => {}
            }
        }
        self.ship(&shipping)?;
        if digit == 8 {
            self.bill(&Billing {
                order: order.id.to_string(),
                ..Billing::default()
            })?;
        }
        Ok(())
    }

    /// Orders that wait in the seller's own warehouse.
    fn waiting(&self) -> Vec<Open> {
        let now = self.clock.now();
        let state = self.state();
        let store = &state.store;
        let query = "SELECT id FROM \"transaction\" WHERE type = 'SalesOrd' AND status IN ('B', 'D', 'E') ORDER BY id";
        let ids: Vec<i64> = store
            .connection
            .prepare_cached(query)
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
            .unwrap_or_default();
        let mut open = Vec::new();
        for id in ids {
            let Ok(order) = store.need("transaction", id) else {
                continue;
            };
            let made = order
                .text("createdDate")
                .and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
            let age = made.map_or(TimeDelta::zero(), |made| now - made.to_utc());
            let ours = order.text("externalId").is_some();
            let elsewhere = order.id_of("location").is_some_and(|location| location != 1);
            if !ours || elsewhere || age < LIES {
                continue;
            }
            let lines = order.lines("item");
            let shippable: Vec<_> = lines.iter().filter(|line| super::sale::is_shippable(line)).collect();
            let name = |item: i64| Some(store.load("item", item).ok()??.text("itemId")?.to_owned());
            let first = shippable.first().and_then(|line| {
                Some((
                    name(line.id_of("item")?)?,
                    line.decimal("quantity").unwrap_or(Decimal::ONE),
                ))
            });
            let currency = order.id_of("currency").and_then(|id| store.need("currency", id).ok());
            open.push(Open {
                id,
                number: order.text("externalId").unwrap_or_default().to_owned(),
                currency: currency
                    .as_ref()
                    .and_then(|currency| currency.text("symbol"))
                    .unwrap_or_default()
                    .to_owned(),
                units: shippable.iter().filter_map(|line| line.decimal("quantity")).sum(),
                first,
                begun: order.choice_of("status") != Some("B"),
                long: age >= LIES_LONG,
            });
        }
        open
    }
}

fn tracking(currency: &str, order: &str, parcel: &str) -> String {
    let hash = name_of(&["tracking", order, parcel]);
    let digits: String = hash.bytes().map(|byte| char::from(b'0' + byte % 10)).take(12).collect();
    match currency {
        "USD" => format!("1Z{}{}", hash[..6].to_uppercase(), &digits[..10]),
        "GBP" => format!("RM{}GB", &digits[..9]),
        _ => digits,
    }
}
