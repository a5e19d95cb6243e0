//! A typical order: feeds the mapping preview, the flow's doc page and its first test.

use amazon::orders::{
    Breakdown, Buyer, Channel as Source, Charge, CollectionModel, FulfilledBy, Item, Promise, TaxCollection,
};
use amazon::{Order, OrderStatus};
use chrono::{DateTime, TimeZone, Utc};
use domain::{Currency, Money};
use netsuite::RecordId;
use rust_decimal::Decimal;

use super::seen::{Seen, Withheld};
use crate::rules::{Channel, ItemFound};

/// Two mugs to Germany: 25.00 and 4.90 shipping, of which 4.77 is VAT that Amazon remits.
pub fn order(channel: Channel) -> Seen {
    let at = noon();
    let eur = |cents: i64| Money::new(Decimal::new(cents, 2), Currency::EUR);
    let mut item = item("00000000000001", "MUG-BLUE", "Blue mug", 2);
    item.breakdowns = vec![
        Breakdown {
            kind: Charge::Item,
            subtotal: eur(2500),
            details: Vec::new(),
        },
        Breakdown {
            kind: Charge::Shipping,
            subtotal: eur(490),
            details: Vec::new(),
        },
        Breakdown {
            kind: Charge::Tax,
            subtotal: eur(477),
            details: vec![(Charge::Item, eur(399)), (Charge::Shipping, eur(78))],
        },
    ];
    item.tax_collections = vec![TaxCollection {
        model: CollectionModel::MarketplaceFacilitator,
        responsible: Some("Amazon".into()),
    }];
    let mut order = empty("028-1234567-1234567", at);
    order.items = vec![item];
    order.grand_total = Some(eur(2990));
    order.status = if channel == Channel::Fba {
        OrderStatus::Shipped
    } else {
        OrderStatus::Unshipped
    };
    order.fulfilled_by = Some(if channel == Channel::Fba {
        FulfilledBy::Amazon
    } else {
        FulfilledBy::Merchant
    });
    Seen {
        order,
        records: Vec::new(),
        items: vec![ItemFound {
            id: RecordId("501".into()),
            name: "MUG-BLUE".into(),
            also: Vec::new(),
            kind: "InvtPart".into(),
            inactive: false,
            parent: false,
            asin: None,
        }],
        currency: Some(RecordId("4".into())),
        customers: Vec::new(),
        closed: None,
        written: None,
        settled: None,
        withheld: Withheld::default(),
        shipped: None,
        sent: Vec::new(),
    }
}

/// An order in Germany with nothing in it.
pub fn empty(id: &str, at: DateTime<Utc>) -> Order {
    Order {
        id: id.to_owned(),
        seller_order_id: None,
        created: at,
        updated: at,
        channel: Source::Amazon,
        marketplace_id: Some("A1PA6795UKMFR9".into()),
        marketplace_name: Some("Amazon.de".into()),
        status: OrderStatus::Unshipped,
        fulfilled_by: Some(FulfilledBy::Merchant),
        service_level: Some("STANDARD".into()),
        ship_by: Promise::default(),
        deliver_by: Promise::default(),
        programs: Vec::new(),
        associated: Vec::new(),
        grand_total: None,
        breakdowns: Vec::new(),
        buyer: Buyer::default(),
        address: None,
        payment_methods: Vec::new(),
        buyer_tax_registrations: Vec::new(),
        items: Vec::new(),
        packages: Vec::new(),
    }
}

/// An order item without any amounts.
pub fn item(id: &str, sku: &str, title: &str, quantity: u32) -> Item {
    Item {
        id: id.to_owned(),
        sku: Some(sku.to_owned()),
        asin: None,
        title: Some(title.to_owned()),
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

/// 14 November 2026 at noon, UTC.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 14, 12, 0, 0)
        .single()
        .unwrap_or_default()
}
