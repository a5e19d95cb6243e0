//! Money that Amazon holds back: until seven days after delivery, or until the invoice of a business order is paid
//! (flows.md §11). What is held back is in no settlement; its release is what the next one pays.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::World;
use super::order::Order;
use super::rows::shipped;
use super::settlement::span;
use super::shipments::Shipment;
use crate::market::Market;
use crate::options::Company;

/// How long a parcel is on its way.
const ON_ITS_WAY: TimeDelta = TimeDelta::days(3);
/// How long after delivery money is held.
const AFTER_DELIVERY: TimeDelta = TimeDelta::days(7);
/// When business buyers pay their invoice.
const INVOICE_PAID: TimeDelta = TimeDelta::days(30);

/// The money of one shipment.
pub struct Held<'a> {
    /// Its order.
    pub order: &'a Order,
    /// The shipment.
    pub shipment: Shipment,
    /// `DD7` or `B2B`.
    pub reason: &'static str,
    /// When it is released.
    pub release: DateTime<Utc>,
    /// Whether a settlement that is out has paid it.
    pub settled: bool,
}

impl Held<'_> {
    /// Whether it is still held back then.
    pub fn is_deferred(&self, now: DateTime<Utc>) -> bool {
        !self.settled && (self.order.withheld || now < self.release)
    }
}

/// Why the money of what left then is held back, and until when.
pub fn release(order: &Order, left: DateTime<Utc>) -> (&'static str, DateTime<Utc>) {
    if order.has("AMAZON_BUSINESS") {
        ("B2B", left + INVOICE_PAID)
    } else {
        ("DD7", left + ON_ITS_WAY + AFTER_DELIVERY)
    }
}

impl World {
    /// From when on the marketplace's money is held back: what the ready-made history paid was paid at once.
    pub(super) fn held_since(&self, market: &Market) -> DateTime<Utc> {
        match self.company {
            Company::Demo => self.epoch - TimeDelta::days(span(market).to),
            Company::Empty | Company::Everywhere | Company::Large => DateTime::<Utc>::MIN_UTC,
        }
    }

    /// All that has left by then and was held back, or still is.
    pub fn held(&self, now: DateTime<Utc>) -> Vec<Held<'_>> {
        let out = self.settlements.iter().filter(|known| known.ready <= now);
        let mut paid: HashSet<(&str, &str)> = HashSet::new();
        for known in out {
            let sold = known.rows.iter().filter(|row| row.transaction == "Order");
            // A test may name a shipment as it likes: what it settles of an order is all that there is of it.
            paid.extend(sold.map(|row| {
                let shipment = if known.requested { "" } else { row.shipment.as_str() };
                (row.order.as_str(), shipment)
            }));
        }
        let mut held = Vec::new();
        for order in self
            .orders
            .iter()
            .filter(|order| !order.outside && !order.is_replacement())
        {
            for shipment in shipped(order, now) {
                let paid_at_once = shipment.at < self.held_since(order.market) && !order.withheld;
                if shipment.at > now || paid_at_once {
                    continue;
                }
                let (reason, release) = release(order, shipment.at);
                let id = order.id.as_str();
                let settled = paid.contains(&(id, "")) || paid.contains(&(id, shipment.id.as_str()));
                held.push(Held {
                    order,
                    shipment,
                    reason,
                    release,
                    settled,
                });
            }
        }
        held
    }
}
