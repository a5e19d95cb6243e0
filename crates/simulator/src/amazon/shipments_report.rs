//! The report of what Amazon shipped from its own stock: the best source of the day of shipping (flows.md ORD-06).

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::chance::{name_of, rounded};
use crate::time::instant;
use crate::world::World;
use crate::world::order::{Channel, Line, Order};

use super::order_body::deliver_by;

const COLUMNS: [&str; 48] = [
    "amazon-order-id",
    "merchant-order-id",
    "shipment-id",
    "shipment-item-id",
    "amazon-order-item-id",
    "merchant-order-item-id",
    "purchase-date",
    "payments-date",
    "shipment-date",
    "reporting-date",
    "buyer-email",
    "buyer-name",
    "buyer-phone-number",
    "sku",
    "product-name",
    "quantity-shipped",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "ship-service-level",
    "recipient-name",
    "ship-address-1",
    "ship-address-2",
    "ship-address-3",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "ship-phone-number",
    "bill-address-1",
    "bill-address-2",
    "bill-address-3",
    "bill-city",
    "bill-state",
    "bill-postal-code",
    "bill-country",
    "item-promotion-discount",
    "ship-promotion-discount",
    "carrier",
    "tracking-number",
    "estimated-arrival-date",
    "fulfillment-center-id",
    "fulfillment-channel",
    "sales-channel",
];

/// What left together.
struct Shipment<'a> {
    at: DateTime<Utc>,
    number: String,
    carrier: &'a str,
    tracking: String,
    content: Vec<(&'a Line, u32)>,
}

/// Every unit that Amazon shipped within the window; none: nothing to report.
pub fn shipped(world: &World, markets: &[String], from: DateTime<Utc>, to: DateTime<Utc>) -> Option<String> {
    let orders = world.orders().iter().filter(|order| {
        order.channel == Channel::Amazon && !order.outside && markets.iter().any(|id| id == order.market.id)
    });
    let mut rows = Vec::new();
    for order in orders {
        let shipments = shipments(order, to);
        for shipment in shipments.iter().filter(|shipment| shipment.at >= from) {
            rows.extend(
                shipment
                    .content
                    .iter()
                    .map(|(line, units)| row(order, shipment, line, *units)),
            );
        }
    }
    (!rows.is_empty()).then(|| format!("{}\n{}\n", COLUMNS.join("\t"), rows.join("\n")))
}

/// The order's shipments: those that were told of, or one for each of its two moments.
fn shipments(order: &Order, to: DateTime<Utc>) -> Vec<Shipment<'_>> {
    let line = |id: &str| order.lines.iter().find(|line| line.id == id);
    let told: Vec<Shipment<'_>> = order
        .parcels_at(to)
        .map(|parcel| Shipment {
            at: parcel.shipped,
            number: parcel.reference.clone(),
            carrier: &parcel.carrier,
            tracking: parcel.tracking.clone(),
            content: parcel
                .content
                .iter()
                .filter_map(|(id, units)| Some((line(id)?, *units)))
                .collect(),
        })
        .collect();
    if !told.is_empty() {
        return told;
    }
    // Amazon ships the first line first.
    let (early, late) = match order.partly_shipped {
        Some(_) => order.lines.split_at(order.lines.len().min(1)),
        None => order.lines.split_at(0),
    };
    let moments = [(order.partly_shipped, early), (order.shipped, late)];
    let happened = moments.into_iter().zip(1..).filter_map(|((at, lines), number)| {
        let at = at.filter(|at| *at <= to)?;
        let content: Vec<_> = lines
            .iter()
            .filter(|line| line.wanted() > 0)
            .map(|line| (line, line.wanted()))
            .collect();
        (!content.is_empty()).then(|| Shipment {
            at,
            number: number.to_string(),
            carrier: "AMZN_US",
            tracking: format!("TBA{}", &name_of(&[&order.id, "shipment", &number.to_string()])[..12]),
            content,
        })
    });
    happened.collect()
}

fn row(order: &Order, shipment: &Shipment<'_>, line: &Line, units: u32) -> String {
    let decimals = order.market.decimals;
    let share = |amount: Decimal| {
        let part = amount * Decimal::from(units) / Decimal::from(line.wanted().max(1));
        format!("{:.*}", decimals as usize, rounded(part, decimals))
    };
    let number = name_of(&["shipment", &order.id, &shipment.number])[..9].to_uppercase();
    let price = share(line.item);
    let amounts = [
        ("item-price", price),
        ("item-tax", share(line.item_tax)),
        ("shipping-price", share(line.shipping)),
        ("shipping-tax", share(line.shipping_tax)),
        ("gift-wrap-price", share(line.gift_wrap)),
        ("gift-wrap-tax", share(line.gift_wrap_tax)),
        ("item-promotion-discount", share(-line.item_discount)),
        ("ship-promotion-discount", share(-line.shipping_discount)),
    ];
    let cell = |column: &str| -> String {
        if let Some((_, amount)) = amounts.iter().find(|(name, _)| *name == column) {
            return amount.clone();
        }
        match column {
            "amazon-order-id" => order.id.clone(),
            "merchant-order-id" => order.seller_number.clone().unwrap_or_default(),
            "shipment-id" => number.clone(),
            "shipment-item-id" => format!("D{number}{}", &line.id[..4.min(line.id.len())]),
            "amazon-order-item-id" => line.id.clone(),
            "purchase-date" => instant(order.created),
            "payments-date" => instant(order.pending_until),
            "shipment-date" => instant(shipment.at),
            "reporting-date" => instant(shipment.at + chrono::TimeDelta::hours(6)),
            "sku" => line.sku.clone(),
            "product-name" => line.title.clone(),
            "quantity-shipped" => units.to_string(),
            "currency" => order.market.currency.to_owned(),
            "ship-service-level" => order.service.clone(),
            "ship-city" => order.buyer.city.clone(),
            "ship-state" => order.buyer.state.clone().unwrap_or_default(),
            "ship-country" => order.buyer.country.clone(),
            "carrier" => shipment.carrier.to_owned(),
            "tracking-number" => shipment.tracking.clone(),
            "estimated-arrival-date" => instant(deliver_by(order)),
            "fulfillment-center-id" => "LYS1".to_owned(),
            "fulfillment-channel" => "AFN".to_owned(),
            "sales-channel" => order.market.name.to_lowercase(),
            _ => String::new(),
        }
    };
    COLUMNS.map(cell).join("\t")
}
