//! A typical shipment: feeds the flow's doc page and its first test.

use amazon::Order;
use amazon::orders::{Buyer, Channel, FulfilledBy, Item, OrderStatus, Promise};
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::{Currency, Money};
use netsuite::queries::OrderLine;
use netsuite::{RecordId, Shipped, ShippedLine};
use rust_decimal::Decimal;

use super::seen::{Document, Shipping};

/// Two mugs to Germany, shipped in one parcel.
pub fn shipping() -> Shipping {
    Shipping {
        order: order("028-1234567-1234567", vec![item("40000000000001", "MUG-BLUE", 2)]),
        documents: vec![Document {
            id: RecordId("4711".into()),
            number: "SO1042".into(),
            status: "F".into(),
            lines: vec![line("4711", 1, "501", "MUG-BLUE", Some(2), 2500)],
            written: Vec::new(),
        }],
        shipped: vec![Shipped {
            id: RecordId("5123".into()),
            order: Some(RecordId("4711".into())),
            number: "IF377".into(),
            status: "C".into(),
            date: NaiveDate::default(),
            method: Some("DHL Paket".into()),
            location: Some((RecordId("7".into()), "Lyon".into())),
            lines: vec![left(1, "501", 2)],
            tracking: vec!["00340434161094042557".into()],
            confirmation: None,
        }],
        members: Vec::new(),
        told: Vec::new(),
        feeds: std::collections::BTreeMap::new(),
        unread: false,
    }
    .dated(NaiveDate::from_ymd_opt(2026, 11, 13).unwrap_or_default())
}

impl Shipping {
    fn dated(mut self, day: NaiveDate) -> Self {
        for shipped in &mut self.shipped {
            shipped.date = day;
        }
        self
    }
}

/// An order in Germany, to be shipped by the seller.
pub fn order(id: &str, items: Vec<Item>) -> Order {
    let at = noon();
    Order {
        id: id.to_owned(),
        seller_order_id: None,
        created: at - chrono::Duration::days(2),
        updated: at,
        channel: Channel::Amazon,
        marketplace_id: Some("A1PA6795UKMFR9".into()),
        marketplace_name: Some("Amazon.de".into()),
        status: OrderStatus::Unshipped,
        fulfilled_by: Some(FulfilledBy::Merchant),
        service_level: Some("STANDARD".into()),
        ship_by: Promise::default(),
        deliver_by: Promise::default(),
        programs: Vec::new(),
        associated: Vec::new(),
        grand_total: Some(Money::new(Decimal::new(2500, 2), Currency::EUR)),
        breakdowns: Vec::new(),
        buyer: Buyer::default(),
        address: None,
        payment_methods: Vec::new(),
        buyer_tax_registrations: Vec::new(),
        items,
        packages: Vec::new(),
    }
}

/// An order item without any amounts.
pub fn item(id: &str, sku: &str, quantity: u32) -> Item {
    Item {
        id: id.to_owned(),
        sku: Some(sku.to_owned()),
        asin: None,
        title: Some(sku.to_owned()),
        quantity,
        quantity_fulfilled: 0,
        quantity_unfulfilled: quantity,
        unit_price: None,
        proceeds_total: None,
        breakdowns: Vec::new(),
        promotion_ids: Vec::new(),
        points_granted: None,
        tax_collections: Vec::new(),
        reporting_schemes: Vec::new(),
        ioss_number: None,
        cancel_requested_by: None,
        cancelled_by: None,
        programs: Vec::new(),
        gift_wrap: None,
        gift_message: None,
        customization_url: None,
    }
}

/// A line of a sales order; its amount in cents.
pub fn line(order: &str, number: u32, item: &str, name: &str, quantity: Option<i64>, cents: i64) -> OrderLine {
    OrderLine {
        order: RecordId(order.to_owned()),
        line: number,
        item: RecordId(item.to_owned()),
        name: name.to_owned(),
        external_id: None,
        upc: None,
        fields: std::collections::BTreeMap::new(),
        kind: "InvtPart".into(),
        quantity: quantity.map(Decimal::from),
        amount: Decimal::new(cents, 2),
        shipped: Decimal::ZERO,
        billed: Decimal::ZERO,
        closed: false,
    }
}

/// A line of a fulfilment.
pub fn left(order_line: u32, item: &str, units: i64) -> ShippedLine {
    ShippedLine {
        order_line: Some(order_line),
        item: RecordId(item.to_owned()),
        quantity: Decimal::from(units),
        kit: None,
    }
}

/// 14 November 2026 at noon, UTC.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 14, 12, 0, 0)
        .single()
        .unwrap_or_default()
}
