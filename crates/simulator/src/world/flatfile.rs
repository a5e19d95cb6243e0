//! Writes settlements as Flat File V2, in the styles that Amazon's regions use (amazon-sp-api.md §7.3, §8.4).

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::settlement::{Row, Settlement, Style};

const COLUMNS: [&str; 24] = [
    "settlement-id",
    "settlement-start-date",
    "settlement-end-date",
    "deposit-date",
    "total-amount",
    "currency",
    "transaction-type",
    "order-id",
    "merchant-order-id",
    "adjustment-id",
    "shipment-id",
    "marketplace-name",
    "amount-type",
    "amount-description",
    "amount",
    "fulfillment-id",
    "posted-date",
    "posted-date-time",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "promotion-id",
];

/// The file's bytes in the encoding of its style.
pub fn write(settlement: &Settlement) -> Vec<u8> {
    let mut text = COLUMNS.join("\t");
    text.push('\n');
    let style = settlement.style;
    let head = [
        settlement.id.clone(),
        moment(style, settlement.start),
        moment(style, settlement.end),
        moment(style, settlement.deposit),
        number(style, settlement.declared.unwrap_or(settlement.total())),
        settlement.market.currency.to_owned(),
    ];
    line(&mut text, &head);
    for row in &settlement.rows {
        line(&mut text, &cells(settlement, row));
    }
    encoding(style).encode(&text).0.into_owned()
}

/// The encoding of the style.
fn encoding(style: Style) -> &'static encoding_rs::Encoding {
    match style {
        Style::American => encoding_rs::UTF_8,
        Style::German => encoding_rs::WINDOWS_1252,
        Style::Japanese => encoding_rs::SHIFT_JIS,
    }
}

/// What storage says about the file's text: Java's name of the encoding, or nothing at all.
pub fn content_type(style: Style) -> &'static str {
    match style {
        Style::American => "text/plain",
        Style::German => "text/plain; charset=Cp1252",
        Style::Japanese => "text/plain; charset=Shift_JIS",
    }
}

fn cells(settlement: &Settlement, row: &Row) -> [String; 24] {
    let style = settlement.style;
    [
        settlement.id.clone(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        row.transaction.clone(),
        row.order.clone(),
        row.merchant_order.clone(),
        row.adjustment.clone(),
        row.shipment.clone(),
        row.marketplace.clone(),
        row.kind.clone(),
        row.description.clone(),
        number(style, row.amount),
        row.fulfilment.clone(),
        day(style, row.posted),
        moment(style, row.posted),
        row.item_code.clone(),
        String::new(),
        String::new(),
        row.sku.clone(),
        row.quantity.map(|units| units.to_string()).unwrap_or_default(),
        row.promotion.clone(),
    ]
}

fn line(text: &mut String, cells: &[String]) {
    text.push_str(&cells.join("\t"));
    text.extend(std::iter::repeat_n('\t', COLUMNS.len() - cells.len()));
    text.push('\n');
}

fn number(style: Style, amount: Decimal) -> String {
    match style {
        Style::American => format!("{amount:.2}"),
        Style::German => format!("{amount:.2}").replace('.', ","),
        Style::Japanese => format!("{amount:.0}"),
    }
}

fn day(style: Style, at: DateTime<Utc>) -> String {
    let form = match style {
        Style::American => "%m/%d/%Y",
        Style::German => "%d.%m.%Y",
        Style::Japanese => "%Y/%m/%d",
    };
    at.format(form).to_string()
}

fn moment(style: Style, at: DateTime<Utc>) -> String {
    let form = match style {
        Style::American => "%Y-%m-%d %H:%M:%S UTC",
        Style::German => "%d.%m.%Y %H:%M:%S UTC",
        Style::Japanese => "%Y/%m/%d %H:%M:%S UTC",
    };
    at.format(form).to_string()
}
