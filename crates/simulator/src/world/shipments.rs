//! What Amazon sent of an order from its own stock, and when. The report of shipments and the settlement tell the same.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::chance::{name_of, rounded};

use super::order::{Line, Order};

/// What left together.
#[derive(Debug, Clone)]
pub struct Shipment {
    /// When it left.
    pub at: DateTime<Utc>,
    /// Amazon's number of it, by which report and settlement mean the same shipment.
    pub id: String,
    /// Carrier.
    pub carrier: String,
    /// Tracking number.
    pub tracking: String,
    /// What is in it: each line with the units and amounts of this shipment alone.
    pub lines: Vec<Line>,
}

/// What left of some line.
type Content = Vec<(String, u32)>;

/// The order's shipments until then, the earliest first: those that were told of, or one for each of its two moments.
pub fn of(order: &Order, until: DateTime<Utc>) -> Vec<Shipment> {
    let mut left: Vec<(DateTime<Utc>, String, String, String, Content)> = order
        .parcels_at(until)
        .map(|parcel| {
            let number = parcel.reference.clone();
            let content = parcel.content.clone();
            (
                parcel.shipped,
                number,
                parcel.carrier.clone(),
                parcel.tracking.clone(),
                content,
            )
        })
        .collect();
    if left.is_empty() {
        left = moments(order, until);
    }
    left.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    let mut before: Vec<u32> = vec![0; order.lines.len()];
    let mut shipments = Vec::new();
    for (at, number, carrier, tracking, content) in left {
        let mut lines = Vec::new();
        for (line, before) in order.lines.iter().zip(&mut before) {
            let units: u32 = content
                .iter()
                .filter(|(id, _)| *id == line.id)
                .map(|(_, units)| units)
                .sum();
            if units > 0 {
                lines.push(part(line, *before, units, order.market.decimals));
                *before += units;
            }
        }
        let id = format!("D{}", &name_of(&["shipment", &order.id, &number])[..8].to_uppercase());
        shipments.push(Shipment {
            at,
            id,
            carrier,
            tracking,
            lines,
        });
    }
    shipments
}

/// Amazon ships the first line first.
fn moments(order: &Order, until: DateTime<Utc>) -> Vec<(DateTime<Utc>, String, String, String, Content)> {
    let (early, late) = match order.partly_shipped {
        Some(_) => order.lines.split_at(order.lines.len().min(1)),
        None => order.lines.split_at(0),
    };
    let moments = [(order.partly_shipped, early), (order.shipped, late)];
    let happened = moments.into_iter().zip(1..).filter_map(|((at, lines), number)| {
        let at = at.filter(|at| *at <= until)?;
        let wanted = lines.iter().filter(|line| line.wanted() > 0);
        let content: Content = wanted.map(|line| (line.id.clone(), line.wanted())).collect();
        let number = number.to_string();
        let tracking = format!("TBA{}", &name_of(&[&order.id, "shipment", &number])[..12]);
        (!content.is_empty()).then(|| (at, number, "AMZN_US".to_owned(), tracking, content))
    });
    happened.collect()
}

/// Some units of a line, with their share of every amount: the last units take what is left of the cents.
fn part(line: &Line, before: u32, units: u32, decimals: u32) -> Line {
    let wanted = Decimal::from(line.wanted().max(1));
    let up_to = |amount: Decimal, units: u32| rounded(amount * Decimal::from(units) / wanted, decimals);
    let share = |amount: Decimal| up_to(amount, before + units) - up_to(amount, before);
    let points = |units: u32| line.points * units / line.wanted().max(1);
    Line {
        quantity: units,
        cancelled: 0,
        item: share(line.item),
        shipping: share(line.shipping),
        gift_wrap: share(line.gift_wrap),
        item_discount: share(line.item_discount),
        shipping_discount: share(line.shipping_discount),
        item_tax: share(line.item_tax),
        shipping_tax: share(line.shipping_tax),
        gift_wrap_tax: share(line.gift_wrap_tax),
        cod_fee: share(line.cod_fee),
        points: points(before + units) - points(before),
        ..line.clone()
    }
}
