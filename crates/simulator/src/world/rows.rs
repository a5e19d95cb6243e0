//! Settlement rows: what a sale, a refund and a charge come to, amount by amount.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use crate::chance::{name_of, rounded};
use crate::market::Market;

use super::deferral;
use super::order::{Channel, Line, Order};
use super::product;
use super::settlement::Row;
use super::shipments::{self, Shipment};

/// Rows of everything that was shipped within the period, in the order of shipping.
pub fn sold(orders: &[Order], market: &Market, start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<Row> {
    let mut left: Vec<(&Order, Shipment)> = orders
        .iter()
        .filter(|order| order.market.code == market.code && !order.outside && !order.is_replacement())
        .flat_map(|order| shipped(order, end).into_iter().map(move |shipment| (order, shipment)))
        .filter(|(_, shipment)| shipment.at >= start && shipment.at < end)
        .collect();
    left.sort_by(|left, right| (left.1.at, &left.0.id).cmp(&(right.1.at, &right.0.id)));
    left.iter()
        .flat_map(|(order, shipment)| shipment.lines.iter().flat_map(move |line| sale(order, line, shipment)))
        .collect()
}

/// Rows of everything whose money was released within the period; `since` is when money began to be held back. Rows are
/// posted when it is released.
pub fn released(
    orders: &[Order],
    market: &Market,
    since: DateTime<Utc>,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Vec<Row> {
    let mut free: Vec<(&Order, Shipment, DateTime<Utc>)> = Vec::new();
    for order in orders {
        if order.market.id != market.id || order.outside || order.is_replacement() || order.withheld {
            continue;
        }
        for shipment in shipped(order, end) {
            let (_, at) = deferral::release(order, shipment.at);
            if shipment.at >= since && at >= start && at < end {
                free.push((order, shipment, at));
            }
        }
    }
    free.sort_by(|left, right| (left.2, &left.0.id).cmp(&(right.2, &right.0.id)));
    free.iter()
        .flat_map(|(order, shipment, at)| of_shipment(order, shipment, *at))
        .collect()
}

/// Rows of one shipment, posted then.
pub fn of_shipment(order: &Order, shipment: &Shipment, posted: DateTime<Utc>) -> Vec<Row> {
    let mut rows: Vec<Row> = shipment
        .lines
        .iter()
        .flat_map(|line| sale(order, line, shipment))
        .collect();
    for row in &mut rows {
        row.posted = posted;
    }
    rows
}

/// What Amazon takes for sending orders that were bought elsewhere (Multi-Channel Fulfilment).
pub fn elsewhere(orders: &[Order], market: &Market, start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<Row> {
    let mut rows = Vec::new();
    for order in orders
        .iter()
        .filter(|order| order.outside && order.market.id == market.id)
    {
        for shipment in shipped(order, end).iter().filter(|one| one.at >= start && one.at < end) {
            for line in &shipment.lines {
                let fee = product::by_sku(&line.sku).map_or(Decimal::ZERO, |known| known.fulfilment_fee(market));
                let mut row = row_of(order, line, shipment.at);
                "Order".clone_into(&mut row.transaction);
                "ItemFees".clone_into(&mut row.kind);
                "FBAPerUnitFulfillmentFee".clone_into(&mut row.description);
                row.shipment.clone_from(&shipment.id);
                row.marketplace = format!("Non-Amazon {}", market.code);
                row.amount = -fee * Decimal::from(line.wanted());
                rows.push(row);
            }
        }
    }
    rows
}

/// What Amazon sends from its own stock is settled shipment by shipment, what the seller sends when all of it has left.
pub(super) fn shipped(order: &Order, until: DateTime<Utc>) -> Vec<Shipment> {
    if order.channel == Channel::Amazon {
        return shipments::of(order, until);
    }
    let whole = order.shipped.map(|at| Shipment {
        at,
        id: format!("D{}", &name_of(&[&order.id, "shipment"])[..8].to_uppercase()),
        carrier: String::new(),
        tracking: String::new(),
        lines: order.lines.clone(),
    });
    whole.into_iter().collect()
}

fn row_of(order: &Order, line: &Line, posted: DateTime<Utc>) -> Row {
    Row {
        order: order.id.clone(),
        merchant_order: order.seller_number.clone().unwrap_or_else(|| order.id.clone()),
        marketplace: order.market.name.to_owned(),
        fulfilment: if order.channel == Channel::Amazon { "AFN" } else { "MFN" }.to_owned(),
        posted,
        item_code: line.id.clone(),
        sku: line.sku.clone(),
        ..Row::default()
    }
}

/// The parts of a line as the settlement names them, positive: prices without the tax that stands in them, then taxes,
/// then promotions.
struct Parts {
    prices: Vec<(&'static str, Decimal)>,
    promotions: Vec<(&'static str, Decimal)>,
    withheld: Vec<(&'static str, Decimal)>,
}

fn parts(order: &Order, line: &Line) -> Parts {
    let market = order.market;
    // Where prices contain tax, the settlement shows price and tax apart, each before the promotion.
    let (item_tax, shipping_tax, discount_tax) = if market.tax_included() {
        let (item, shipping) = (market.tax_on(line.item), market.tax_on(line.shipping));
        (item, shipping, item + shipping - line.item_tax - line.shipping_tax)
    } else {
        (line.item_tax, line.shipping_tax, Decimal::ZERO)
    };
    let within = |tax: Decimal| if market.tax_included() { tax } else { Decimal::ZERO };
    let item_discount_tax = if market.tax_included() {
        market.tax_on(line.item) - line.item_tax
    } else {
        Decimal::ZERO
    };
    let shipping_discount_tax = within(shipping_tax) - within(line.shipping_tax);
    let prices = vec![
        ("Principal", line.item - within(item_tax)),
        ("Tax", item_tax),
        ("Shipping", line.shipping - within(shipping_tax)),
        ("ShippingTax", shipping_tax),
        ("GiftWrap", line.gift_wrap - within(line.gift_wrap_tax)),
        ("GiftWrapTax", line.gift_wrap_tax),
    ];
    let promotions = vec![
        ("Principal", line.item_discount - item_discount_tax),
        ("Shipping", line.shipping_discount - shipping_discount_tax),
        ("TaxDiscount", discount_tax),
    ];
    let withheld = match (order.facilitated, market.tax_included()) {
        (false, _) => Vec::new(),
        (true, false) => vec![
            ("MarketplaceFacilitatorTax-Principal", line.item_tax),
            ("MarketplaceFacilitatorTax-Shipping", line.shipping_tax),
            ("MarketplaceFacilitatorTax-Giftwrap", line.gift_wrap_tax),
        ],
        (true, true) => vec![
            (
                "MarketplaceFacilitatorVAT-Principal",
                line.item_tax + line.gift_wrap_tax,
            ),
            ("MarketplaceFacilitatorVAT-Shipping", line.shipping_tax),
        ],
    };
    Parts {
        prices,
        promotions,
        withheld,
    }
}

fn sale(order: &Order, line: &Line, shipment: &Shipment) -> Vec<Row> {
    let decimals = order.market.decimals;
    let mut rows = Vec::new();
    let mut add = |kind: &str, description: &str, amount: Decimal, promotion: &str| {
        if amount.is_zero() {
            return;
        }
        let mut row = row_of(order, line, shipment.at);
        "Order".clone_into(&mut row.transaction);
        row.shipment.clone_from(&shipment.id);
        kind.clone_into(&mut row.kind);
        description.clone_into(&mut row.description);
        promotion.clone_into(&mut row.promotion);
        row.amount = amount;
        row.quantity = (kind == "ItemPrice" && description == "Principal").then(|| line.wanted());
        rows.push(row);
    };
    let parts = parts(order, line);
    for (description, amount) in parts.prices {
        add("ItemPrice", description, amount, "");
    }
    for (index, (description, amount)) in parts.promotions.into_iter().enumerate() {
        let promotion = line
            .promotions
            .get(index.min(line.promotions.len().saturating_sub(1)))
            .map_or("", String::as_str);
        add("Promotion", description, -amount, promotion);
    }
    for (description, amount) in parts.withheld {
        add("ItemWithheldTax", description, -amount, "");
    }
    add(
        "ItemFees",
        "Commission",
        -share(line.item - line.item_discount, decimals),
        "",
    );
    if order.channel == Channel::Amazon {
        let units = Decimal::from(line.wanted());
        let fee = product::by_sku(&line.sku).map_or(Decimal::ZERO, |known| known.fulfilment_fee(order.market));
        add("ItemFees", "FBAPerUnitFulfillmentFee", -fee * units, "");
    } else {
        add(
            "ItemFees",
            "ShippingHB",
            -share(line.shipping - line.shipping_discount, decimals),
            "",
        );
        add("ItemFees", "GiftwrapCommission", -share(line.gift_wrap, decimals), "");
    }
    add("ItemFees", "CostOfPointsGranted", -Decimal::from(line.points), "");
    rows
}

/// The referral share: fifteen percent.
fn share(amount: Decimal, decimals: u32) -> Decimal {
    rounded(amount * Decimal::new(15, 2), decimals)
}

/// A refund of that many units, postage too when it is all of them.
pub fn refund(order: &Order, line: &Line, units: u32, posted: DateTime<Utc>) -> Vec<Row> {
    let market = order.market;
    let whole = units == line.quantity;
    let portion = |amount: Decimal| {
        if whole {
            amount
        } else {
            rounded(
                amount * Decimal::from(units) / Decimal::from(line.quantity),
                market.decimals,
            )
        }
    };
    let adjustment = name_of(&[&order.id, "refund"])[..12].to_uppercase();
    let mut rows = Vec::new();
    let mut add = |kind: &str, description: &str, amount: Decimal| {
        if amount.is_zero() {
            return;
        }
        let mut row = row_of(order, line, posted);
        "Refund".clone_into(&mut row.transaction);
        row.adjustment.clone_from(&adjustment);
        kind.clone_into(&mut row.kind);
        description.clone_into(&mut row.description);
        row.amount = amount;
        rows.push(row);
    };
    let parts = parts(order, line);
    let returned =
        |description: &str| whole || matches!(description, "Principal" | "Tax") || description.ends_with("-Principal");
    for (description, amount) in parts.prices {
        if returned(description) {
            add("ItemPrice", description, -portion(amount));
        }
    }
    for (description, amount) in parts.withheld {
        if returned(description) {
            add("ItemWithheldTax", description, portion(amount));
        }
    }
    let given_back = portion(share(line.item - line.item_discount, market.decimals));
    add("ItemFees", "Commission", given_back);
    add(
        "ItemFees",
        "RefundCommission",
        -rounded(given_back * Decimal::new(2, 1), market.decimals),
    );
    rows
}

/// A row that belongs to no order.
pub fn other(market: &Market, posted: DateTime<Utc>, kind: &str, description: &str, amount: Decimal) -> Row {
    Row {
        transaction: "other-transaction".to_owned(),
        marketplace: market.name.to_owned(),
        kind: kind.to_owned(),
        description: description.to_owned(),
        amount,
        posted,
        ..Row::default()
    }
}

/// A charge for advertising.
pub fn advertising(market: &Market, posted: DateTime<Utc>, amount: Decimal) -> Row {
    Row {
        transaction: "ServiceFee".to_owned(),
        ..other(market, posted, "Cost of Advertising", "TransactionTotalAmount", amount)
    }
}
