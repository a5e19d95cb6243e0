//! The text of reports that a client may request: tab-separated, a title line first.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::time::instant;
use crate::world::World;
use crate::world::order::{Channel, Line, Order, Status};

use super::order_body::units_done;

const ORDER_COLUMNS: [&str; 31] = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
];

/// Every order line that changed within the window; none: nothing to report.
pub fn orders(world: &World, markets: &[String], from: DateTime<Utc>, to: DateTime<Utc>) -> Option<String> {
    let chosen = world.orders().iter().filter(|order| {
        let updated = order.updated(to);
        order.created <= to && updated >= from && updated <= to && markets.iter().any(|id| id == order.market.id)
    });
    let rows: Vec<String> = chosen
        .flat_map(|order| order.lines.iter().map(move |line| order_row(order, line, to)))
        .collect();
    (!rows.is_empty()).then(|| format!("{}\n{}\n", ORDER_COLUMNS.join("\t"), rows.join("\n")))
}

fn order_row(order: &Order, line: &Line, at: DateTime<Utc>) -> String {
    let status = match order.status(at) {
        Status::Pending => "Pending",
        Status::Unshipped => "Unshipped",
        Status::PartiallyShipped => "Shipping",
        Status::Shipped => "Shipped",
        Status::Cancelled => "Cancelled",
    };
    let amount = |amount: Decimal| {
        if amount.is_zero() {
            String::new()
        } else {
            format!("{:.*}", order.market.decimals as usize, amount)
        }
    };
    let mcf = if order.outside { "Non-Amazon" } else { order.market.name };
    [
        order.id.clone(),
        order.seller_number.clone().unwrap_or_else(|| order.id.clone()),
        instant(order.created),
        instant(order.updated(at)),
        status.to_owned(),
        if order.channel == Channel::Amazon {
            "Amazon"
        } else {
            "Merchant"
        }
        .to_owned(),
        mcf.to_owned(),
        String::new(),
        order.service.clone(),
        line.title.clone(),
        line.sku.clone(),
        line.asin.clone(),
        if units_done(order, line, at) > 0 {
            "Shipped"
        } else {
            "Unshipped"
        }
        .to_owned(),
        line.wanted().to_string(),
        order.market.currency.to_owned(),
        amount(line.item),
        amount(line.item_tax),
        amount(line.shipping),
        amount(line.shipping_tax),
        amount(line.gift_wrap),
        amount(line.gift_wrap_tax),
        amount(line.item_discount),
        amount(line.shipping_discount),
        order.buyer.city.clone(),
        order.buyer.state.clone().unwrap_or_default(),
        order.buyer.postal_code.clone(),
        order.buyer.country.clone(),
        line.promotions.join(","),
        order.has("AMAZON_BUSINESS").to_string(),
        order.buyer.purchase_order.clone().unwrap_or_default(),
        String::new(),
    ]
    .join("\t")
}
