//! The report of what Amazon shipped from its own stock: the best source of the day of shipping (flows.md ORD-06).

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::time::instant;
use crate::world::World;
use crate::world::order::{Channel, Line, Order};
use crate::world::shipments::{self, Shipment};

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

/// Every unit that Amazon shipped within the window; none: nothing to report.
pub fn shipped(world: &World, markets: &[String], from: DateTime<Utc>, to: DateTime<Utc>) -> Option<String> {
    let orders = world.orders().iter().filter(|order| {
        order.channel == Channel::Amazon && !order.outside && markets.iter().any(|id| id == order.market.id)
    });
    let mut rows = Vec::new();
    for order in orders {
        for shipment in shipments::of(order, to).iter().filter(|shipment| shipment.at >= from) {
            rows.extend(shipment.lines.iter().map(|line| row(order, shipment, line)));
        }
    }
    (!rows.is_empty()).then(|| format!("{}\n{}\n", COLUMNS.join("\t"), rows.join("\n")))
}

/// One line of a shipment, with the amounts of its own units.
fn row(order: &Order, shipment: &Shipment, line: &Line) -> String {
    let text = |amount: Decimal| format!("{:.*}", order.market.decimals as usize, amount);
    let amounts = [
        ("item-price", line.item),
        ("item-tax", line.item_tax),
        ("shipping-price", line.shipping),
        ("shipping-tax", line.shipping_tax),
        ("gift-wrap-price", line.gift_wrap),
        ("gift-wrap-tax", line.gift_wrap_tax),
        ("item-promotion-discount", -line.item_discount),
        ("ship-promotion-discount", -line.shipping_discount),
    ];
    let cell = |column: &str| -> String {
        if let Some((_, amount)) = amounts.iter().find(|(name, _)| *name == column) {
            return text(*amount);
        }
        match column {
            "amazon-order-id" => order.id.clone(),
            "merchant-order-id" => order.seller_number.clone().unwrap_or_default(),
            "shipment-id" => shipment.id.clone(),
            "shipment-item-id" => format!("{}{}", shipment.id, &line.id[..4.min(line.id.len())]),
            "amazon-order-item-id" => line.id.clone(),
            "purchase-date" => instant(order.created),
            "payments-date" => instant(order.pending_until),
            "shipment-date" => instant(shipment.at),
            "reporting-date" => instant(shipment.at + chrono::TimeDelta::hours(6)),
            "sku" => line.sku.clone(),
            "product-name" => line.title.clone(),
            "quantity-shipped" => line.quantity.to_string(),
            "currency" => order.market.currency.to_owned(),
            "ship-service-level" => order.service.clone(),
            "ship-city" => order.buyer.city.clone(),
            "ship-state" => order.buyer.state.clone().unwrap_or_default(),
            "ship-country" => order.buyer.country.clone(),
            "carrier" => shipment.carrier.clone(),
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
