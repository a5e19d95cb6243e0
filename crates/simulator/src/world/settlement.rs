//! Settlements, computed from what was really sold: every row has a cause, and the rows sum to the total.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::market::{DE, JP, Market, US};

use super::cases::Cast;
use super::order::Order;
use super::rows::{advertising, other, refund, sold};

/// How Amazon writes the file down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// What the summary row says, where it is not the sum of the rows.
    pub declared: Option<Decimal>,
    /// How often a settlement of that id was issued before.
    pub issue: u32,
    /// Whether a test asked for it; those that Amazon makes by itself follow each other without it.
    pub requested: bool,
}

impl Settlement {
    /// The sum of the rows: what goes to the bank.
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
    /// The marketplace that it belongs to where the file does not name it.
    pub home: Option<&'static Market>,
}

/// A window of time that a settlement covers, in days before the epoch.
pub struct Span {
    /// First day.
    pub from: i64,
    /// Day after the last.
    pub to: i64,
}

/// What the ready-made settlements of the demo company cover.
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
        Decimal::from(120),
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
    rows.push(advertising(&US, end - TimeDelta::days(8), Decimal::new(-11_235, 2)));
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
    // Two units broke in one accident: two rows that are the same in every cell (SET-07).
    rows.extend([damage.clone(), damage]);
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
        declared: None,
        issue: 0,
        requested: false,
    }
}
