//! Settlements, computed from what was really sold: every row has a cause, and the rows sum to the total.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::chance::{name_of, rounded};
use crate::market::{DE, JP, Market, US};

use super::cases::Cast;
use super::order::{Channel, Line, Order};
use super::product;

/// How Amazon writes the file down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `1234.56`, month before day, compressed, UTF-8.
    American,
    /// `1234,56`, day before month, not compressed, Windows-1252.
    German,
    /// `1234`, year first, compressed, Shift JIS.
    Japanese,
}

/// A settlement.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// Settlement id.
    pub id: String,
    /// The marketplace that gives it its currency.
    pub market: &'static Market,
    /// First instant.
    pub start: DateTime<Utc>,
    /// Last instant.
    pub end: DateTime<Utc>,
    /// When the money is sent.
    pub deposit: DateTime<Utc>,
    /// When the report appears.
    pub ready: DateTime<Utc>,
    /// How the file is written.
    pub style: Style,
    /// The rows in order.
    pub rows: Vec<Row>,
}

impl Settlement {
    /// What goes to the bank: the sum of the rows.
    pub fn total(&self) -> Decimal {
        self.rows.iter().map(|row| row.amount).sum()
    }
}

/// One amount.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// `transaction-type`.
    pub transaction: String,
    /// `order-id`.
    pub order: String,
    /// `merchant-order-id`.
    pub merchant_order: String,
    /// `adjustment-id`.
    pub adjustment: String,
    /// `shipment-id`.
    pub shipment: String,
    /// `marketplace-name`.
    pub marketplace: String,
    /// `amount-type`.
    pub kind: String,
    /// `amount-description`.
    pub description: String,
    /// `amount`.
    pub amount: Decimal,
    /// `fulfillment-id`.
    pub fulfilment: String,
    /// `posted-date` and `posted-date-time`.
    pub posted: DateTime<Utc>,
    /// `order-item-code`.
    pub item_code: String,
    /// `sku`.
    pub sku: String,
    /// `quantity-purchased`.
    pub quantity: Option<u32>,
    /// `promotion-id`.
    pub promotion: String,
}

/// A window of time that a settlement covers, in days before the epoch.
pub struct Span {
    /// First day.
    pub from: i64,
    /// Day after the last.
    pub to: i64,
}

/// What the three settlements of the demo company cover.
pub fn span(market: &Market) -> Span {
    match market.code {
        "DE" => Span { from: 19, to: 5 },
        "JP" => Span { from: 18, to: 4 },
        _ => Span { from: 20, to: 6 },
    }
}

/// The three settlements of the demo company.
pub fn demo(epoch: DateTime<Utc>, orders: &[Order], cast: &Cast) -> Vec<Settlement> {
    vec![
        perfect(epoch, orders, cast),
        differing(epoch, orders, cast),
        half_mapped(epoch, orders),
    ]
}

/// The United States: everything in it is, or can be, in NetSuite.
fn perfect(epoch: DateTime<Utc>, orders: &[Order], cast: &Cast) -> Settlement {
    let mut settlement = begin("21846013901", &US, Style::American, epoch);
    let (start, end) = (settlement.start, settlement.end);
    let mut rows = vec![other(
        &US,
        start,
        "other-transaction",
        "Previous Reserve Amount Balance",
        Decimal::new(120_00, 2),
    )];
    rows[0].marketplace.clear();
    rows.extend(sold(orders, &US, start, end));
    if let Some(order) = orders.iter().find(|order| order.id == cast.refunded_whole) {
        rows.extend(refund(
            order,
            &order.lines[0],
            order.lines[0].quantity,
            end - TimeDelta::days(5),
        ));
    }
    if let Some(order) = orders.iter().find(|order| order.id == cast.refunded_unit) {
        rows.extend(refund(order, &order.lines[0], 1, end - TimeDelta::days(3)));
    }
    rows.push(other(
        &US,
        end - TimeDelta::days(10),
        "other-transaction",
        "Subscription Fee",
        Decimal::new(-39_99, 2),
    ));
    rows.push(other(
        &US,
        end - TimeDelta::days(9),
        "other-transaction",
        "Storage Fee",
        Decimal::new(-23_41, 2),
    ));
    rows.push(advertising(&US, end - TimeDelta::days(8), Decimal::new(-112_35, 2)));
    rows.push(advertising(&US, end - TimeDelta::days(2), Decimal::new(-87_60, 2)));
    let mut damage = other(
        &US,
        end - TimeDelta::days(4),
        "FBA Inventory Reimbursement",
        "WAREHOUSE_DAMAGE",
        Decimal::new(18_37, 2),
    );
    "SHADE-LINEN-30".clone_into(&mut damage.sku);
    damage.quantity = Some(1);
    rows.push(damage);
    let mut reserve = other(
        &US,
        end,
        "other-transaction",
        "Current Reserve Amount",
        Decimal::new(-86_50, 2),
    );
    reserve.marketplace.clear();
    rows.push(reserve);
    settlement.rows = rows;
    settlement
}

/// Germany: 32.40 for an order without an invoice, less a refund of 24.90 without one, and 4.90 postage that the clerk
/// forgot: Amazon says 12.40 more than NetSuite can have.
fn differing(epoch: DateTime<Utc>, orders: &[Order], cast: &Cast) -> Settlement {
    let mut settlement = begin("21846013902", &DE, Style::German, epoch);
    let (start, end) = (settlement.start, settlement.end);
    let mut rows = sold(orders, &DE, start, end);
    if let Some(order) = orders.iter().find(|order| order.id == cast.refunded_uninvoiced) {
        rows.extend(refund(
            order,
            &order.lines[0],
            order.lines[0].quantity,
            end - TimeDelta::days(4),
        ));
    }
    rows.push(other(
        &DE,
        end - TimeDelta::days(9),
        "other-transaction",
        "Subscription Fee",
        Decimal::new(-39_00, 2),
    ));
    rows.push(other(
        &DE,
        end - TimeDelta::days(7),
        "other-transaction",
        "Storage Fee",
        Decimal::new(-11_86, 2),
    ));
    rows.push(advertising(&DE, end - TimeDelta::days(3), Decimal::new(-64_20, 2)));
    settlement.rows = rows;
    settlement
}

/// Japan: two rows whose kind nobody has seen before.
fn half_mapped(epoch: DateTime<Utc>, orders: &[Order]) -> Settlement {
    let mut settlement = begin("21846013903", &JP, Style::Japanese, epoch);
    let (start, end) = (settlement.start, settlement.end);
    let mut rows = sold(orders, &JP, start, end);
    rows.push(other(
        &JP,
        end - TimeDelta::days(8),
        "other-transaction",
        "Subscription Fee",
        Decimal::from(-4_900),
    ));
    for (description, amount) in [("Base fee", -1_980), ("Tax on fee", -198)] {
        let mut row = other(
            &JP,
            end - TimeDelta::days(6),
            "Seasonal Showcase Placement Fee",
            description,
            Decimal::from(amount),
        );
        "ServiceFee".clone_into(&mut row.transaction);
        rows.push(row);
    }
    let mut packaging = other(
        &JP,
        end - TimeDelta::days(2),
        "Eco Packaging Contribution",
        "Program charge",
        Decimal::from(-760),
    );
    "Sustainability".clone_into(&mut packaging.transaction);
    rows.push(packaging);
    settlement.rows = rows;
    settlement
}

fn begin(id: &str, market: &'static Market, style: Style, epoch: DateTime<Utc>) -> Settlement {
    let span = span(market);
    let end = epoch - TimeDelta::days(span.to);
    let deposit = end + TimeDelta::days(2);
    Settlement {
        id: id.to_owned(),
        market,
        start: epoch - TimeDelta::days(span.from),
        end,
        deposit,
        ready: end + TimeDelta::hours(26),
        style,
        rows: Vec::new(),
    }
}

/// Rows of all orders that were shipped within the period, in the order of shipping.
fn sold(orders: &[Order], market: &Market, start: DateTime<Utc>, end: DateTime<Utc>) -> Vec<Row> {
    let mut shipped: Vec<(DateTime<Utc>, &Order)> = orders
        .iter()
        .filter(|order| order.market.code == market.code && !order.outside && order.replaces.is_none())
        .filter_map(|order| order.shipped.map(|at| (at, order)))
        .filter(|(at, _)| *at >= start && *at < end)
        .collect();
    shipped.sort_by(|left, right| (left.0, &left.1.id).cmp(&(right.0, &right.1.id)));
    shipped
        .into_iter()
        .flat_map(|(at, order)| {
            order
                .lines
                .iter()
                .flat_map(move |line| sale(order, line, at))
                .collect::<Vec<_>>()
        })
        .collect()
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
        let (item, shipping) = (market.tax_within(line.item), market.tax_within(line.shipping));
        (item, shipping, item + shipping - line.item_tax - line.shipping_tax)
    } else {
        (line.item_tax, line.shipping_tax, Decimal::ZERO)
    };
    let within = |tax: Decimal| if market.tax_included() { tax } else { Decimal::ZERO };
    let item_discount_tax = if market.tax_included() {
        market.tax_within(line.item) - line.item_tax
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

fn sale(order: &Order, line: &Line, posted: DateTime<Utc>) -> Vec<Row> {
    let decimals = order.market.decimals;
    let shipment = format!("D{}", &name_of(&[&order.id, "shipment"])[..8].to_uppercase());
    let mut rows = Vec::new();
    let mut add = |kind: &str, description: &str, amount: Decimal, promotion: &str| {
        if amount.is_zero() {
            return;
        }
        let mut row = row_of(order, line, posted);
        "Order".clone_into(&mut row.transaction);
        row.shipment.clone_from(&shipment);
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
fn refund(order: &Order, line: &Line, units: u32, posted: DateTime<Utc>) -> Vec<Row> {
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

fn other(market: &Market, posted: DateTime<Utc>, kind: &str, description: &str, amount: Decimal) -> Row {
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

fn advertising(market: &Market, posted: DateTime<Utc>, amount: Decimal) -> Row {
    Row {
        transaction: "ServiceFee".to_owned(),
        ..other(market, posted, "Cost of Advertising", "TransactionTotalAmount", amount)
    }
}
