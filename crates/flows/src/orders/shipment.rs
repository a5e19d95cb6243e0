//! What Amazon sent of an order from its own stock, as its report of shipments tells (flows.md ORD-06), and the part of
//! the order that a shipment is: its units with their own amounts.

use std::cmp::Ordering;

use amazon::Order;
use amazon::orders::{Breakdown, Charge, Item};
use chrono::{DateTime, Utc};
use domain::money::{Money, split};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One shipment of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Amazon's number of it, which settlements repeat.
    pub id: String,
    /// When it left.
    pub at: DateTime<Utc>,
    /// What is in it.
    pub contents: Vec<Content>,
}

/// Units of one order item in a shipment, and what Amazon charged for them, as the report has it: with or without tax.
/// Discounts are positive.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the report's columns, in its words")]
pub struct Content {
    /// Amazon's order item id.
    pub item: String,
    /// Units.
    pub units: u32,
    pub item_price: Decimal,
    pub item_tax: Decimal,
    pub shipping_price: Decimal,
    pub shipping_tax: Decimal,
    pub gift_wrap_price: Decimal,
    pub gift_wrap_tax: Decimal,
    pub item_promotion_discount: Decimal,
    pub ship_promotion_discount: Decimal,
}

/// The earliest first: a shipment's place is its number.
pub fn by_time(one: &Shipment, other: &Shipment) -> Ordering {
    (one.at, &one.id).cmp(&(other.at, &other.id))
}

/// Whether the shipments hold everything that is ordered.
pub fn is_complete(order: &Order, shipments: &[Shipment]) -> bool {
    let mut wanted = order.items.iter().filter(|item| item.quantity > 0);
    wanted.all(|item| reported(item, shipments).iter().sum::<u32>() >= item.quantity)
}

/// The part of an order that one of its shipments is. The parts of all shipments come to the order, unit by unit and cent
/// by cent (CMN-07). Who ships nothing of an item has no line of it.
pub fn part_of(order: &Order, shipments: &[Shipment], index: usize) -> Order {
    let items = order
        .items
        .iter()
        .filter_map(|item| part_of_item(item, shipments, index));
    let first = |kind: &Charge| index == 0 && *kind == Charge::DeliveryTip;
    let tips = order.breakdowns.iter().filter(|part| first(&part.kind)).cloned();
    let mut part = Order {
        items: items.collect(),
        breakdowns: tips.collect(),
        ..order.clone()
    };
    part.grand_total = total_of(order, shipments, index, &part);
    part
}

/// The shipments, and behind them what has not left: by it the amounts are shared as they will be when it has.
pub fn with_rest(order: &Order, shipments: &[Shipment]) -> Vec<Shipment> {
    let mut all = shipments.to_vec();
    let rest: Vec<Content> = order.items.iter().filter_map(|item| rest(item, shipments)).collect();
    if let (Some(last), false) = (shipments.last(), rest.is_empty()) {
        all.push(Shipment {
            id: String::new(),
            at: last.at,
            contents: rest,
        });
    }
    all
}

/// Units of an item that are in no shipment, and what is left of its amounts. Where the report's amounts are without the
/// tax that the order's contain, what is left is told by what a unit comes to.
fn rest(item: &Item, shipments: &[Shipment]) -> Option<Content> {
    let sent: u32 = units(item, shipments).iter().sum();
    let left = item.quantity.checked_sub(sent).filter(|left| *left > 0)?;
    let told = |amount: fn(&Content) -> Decimal| -> Decimal {
        let of_item = shipments.iter().filter_map(|one| content(item, one));
        of_item.map(amount).sum()
    };
    let whole = |kind: &Charge, on: Option<&Charge>| amount_of(item, kind, on);
    let (sent, all) = (Decimal::from(sent), Decimal::from(item.quantity));
    let price = told(|content| content.item_price);
    let is_silent = shipments
        .iter()
        .flat_map(|one| &one.contents)
        .all(|one| one.item_price.is_zero());
    let alike = (price * all - whole(&Charge::Item, None) * sent).abs() <= Decimal::new(1, 2) * all * sent;
    let amount = |kind: Charge, on: Option<Charge>, amount: fn(&Content) -> Decimal| {
        let (whole, told) = (whole(&kind, on.as_ref()), told(amount).abs());
        if is_silent {
            Decimal::ZERO
        } else if sent.is_zero() {
            whole
        } else if alike && !told.is_zero() {
            (whole - told).max(Decimal::ZERO)
        } else {
            // What the report has no amounts of is shared by units.
            told * (all - sent) / sent
        }
    };
    Some(Content {
        item: item.id.clone(),
        units: left,
        item_price: amount(Charge::Item, None, |one| one.item_price),
        item_tax: amount(Charge::Tax, Some(Charge::Item), |one| one.item_tax),
        shipping_price: amount(Charge::Shipping, None, |one| one.shipping_price),
        shipping_tax: amount(Charge::Tax, Some(Charge::Shipping), |one| one.shipping_tax),
        gift_wrap_price: amount(Charge::GiftWrap, None, |one| one.gift_wrap_price),
        gift_wrap_tax: amount(Charge::Tax, Some(Charge::GiftWrap), |one| one.gift_wrap_tax),
        item_promotion_discount: amount(Charge::Discount, Some(Charge::Item), |one| one.item_promotion_discount),
        ship_promotion_discount: amount(Charge::Discount, Some(Charge::Shipping), |one| {
            one.ship_promotion_discount
        }),
    })
}

/// An amount of an item: of a kind of charge, or of what such a charge is on. Discounts are positive.
fn amount_of(item: &Item, kind: &Charge, on: Option<&Charge>) -> Decimal {
    let parts = item.breakdowns.iter().filter(|part| part.kind == *kind);
    let amounts = parts.map(|part| match on {
        None => part.subtotal.amount,
        Some(on) => part
            .details
            .iter()
            .filter(|(of, _)| of == on)
            .map(|(_, money)| money.amount)
            .sum(),
    });
    amounts.sum::<Decimal>().abs()
}

/// What the buyer paid for the part: its charges, and its share of what the order's total has beside them, which is the
/// tax where prices do not contain it.
fn total_of(order: &Order, shipments: &[Shipment], index: usize, part: &Order) -> Option<Money> {
    let total = order.grand_total?;
    let beside = Money::new(total.amount - charges(order), total.currency);
    let weigh = |weight: fn(&Content) -> Decimal| -> Vec<Decimal> {
        let of = |one: &Shipment| one.contents.iter().map(weight).sum();
        shipments.iter().map(of).collect()
    };
    let taxes = weigh(Content::tax);
    let weights = if taxes.iter().all(Decimal::is_zero) {
        weigh(|content| Decimal::from(content.units))
    } else {
        taxes
    };
    let share = split(beside, &weights)
        .get(index)
        .map_or(Decimal::ZERO, |money| money.amount);
    Some(Money::new(charges(part) + share, total.currency))
}

/// Everything that is charged, without tax that stands beside it.
fn charges(order: &Order) -> Decimal {
    let of_item = order.items.iter().flat_map(|item| &item.breakdowns);
    let tips = order.breakdowns.iter().filter(|part| part.kind == Charge::DeliveryTip);
    let one = |part: &Breakdown| match part.kind {
        Charge::Tax => Decimal::ZERO,
        Charge::Discount => -part.subtotal.amount.abs(),
        _ => part.subtotal.amount,
    };
    of_item.chain(tips).map(one).sum()
}

fn part_of_item(item: &Item, shipments: &[Shipment], index: usize) -> Option<Item> {
    let units = units(item, shipments);
    let here = *units.get(index).filter(|units| **units > 0)?;
    let share = |money: Money, kind: &Charge, on: Option<&Charge>| {
        let weights = weights(item, shipments, &units, kind, on);
        split(money, &weights)
            .get(index)
            .copied()
            .unwrap_or(Money::zero(money.currency))
    };
    let breakdowns = item.breakdowns.iter().map(|part| Breakdown {
        kind: part.kind.clone(),
        subtotal: share(part.subtotal, &part.kind, None),
        details: part
            .details
            .iter()
            .map(|(on, money)| (on.clone(), share(*money, &part.kind, Some(on))))
            .collect(),
    });
    Some(Item {
        quantity: here,
        quantity_fulfilled: here,
        quantity_unfulfilled: 0,
        proceeds_total: None,
        breakdowns: breakdowns.collect(),
        points_granted: item.points_granted.map(|points| share(points, &Charge::Item, None)),
        ..item.clone()
    })
}

fn content<'a>(item: &Item, shipment: &'a Shipment) -> Option<&'a Content> {
    shipment.contents.iter().find(|content| content.item == item.id)
}

/// Units of an item in each shipment, as the report has them.
fn reported(item: &Item, shipments: &[Shipment]) -> Vec<u32> {
    let units = |one| content(item, one).map_or(0, |content| content.units);
    shipments.iter().map(units).collect()
}

/// The same, never more in all than is ordered: what is sent again is billed once.
fn units(item: &Item, shipments: &[Shipment]) -> Vec<u32> {
    let mut left = item.quantity;
    let of_order = |units: u32| {
        let now = units.min(left);
        left -= now;
        now
    };
    reported(item, shipments).into_iter().map(of_order).collect()
}

/// By what an amount of an item is shared among the shipments: the report's own amounts of that kind; where it has none,
/// units.
fn weights(item: &Item, shipments: &[Shipment], units: &[u32], kind: &Charge, on: Option<&Charge>) -> Vec<Decimal> {
    let weight = |content: &Content| match (kind, on) {
        (Charge::Item, _) => content.item_price,
        (Charge::Shipping, _) => content.shipping_price,
        (Charge::GiftWrap, _) => content.gift_wrap_price,
        (Charge::Tax, Some(Charge::Item)) => content.item_tax,
        (Charge::Tax, Some(Charge::Shipping)) => content.shipping_tax,
        (Charge::Tax, Some(Charge::GiftWrap)) => content.gift_wrap_tax,
        (Charge::Tax, _) => content.tax(),
        (Charge::Discount, Some(Charge::Item)) => content.item_promotion_discount,
        (Charge::Discount, Some(Charge::Shipping)) => content.ship_promotion_discount,
        (Charge::Discount, _) => content.item_promotion_discount + content.ship_promotion_discount,
        _ => Decimal::ZERO,
    };
    let of = |(one, units): (&Shipment, &u32)| {
        let content = content(item, one).filter(|_| *units > 0);
        content.map_or(Decimal::ZERO, |content| weight(content).abs())
    };
    let told: Vec<Decimal> = shipments.iter().zip(units).map(of).collect();
    if told.iter().all(Decimal::is_zero) {
        return units.iter().copied().map(Decimal::from).collect();
    }
    told
}

impl Content {
    fn tax(&self) -> Decimal {
        self.item_tax + self.shipping_tax + self.gift_wrap_tax
    }
}
