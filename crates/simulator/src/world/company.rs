//! The NetSuite company of Atelier Lumen before the product first looks at it.

use chrono::{DateTime, Datelike, Months, TimeDelta, Utc};
use rust_decimal::Decimal;

use crate::books::{BookCurrency, Customer, Id, Item, ItemKind, Named, OpeningBooks, Period, Subsidiary, TaxCode};
use crate::market::{self, Market};

use super::{chart, product, shelf};

/// The account id of the simulated NetSuite company.
pub const ACCOUNT_ID: &str = "TD3141592";

const BASE: Id = 1;

/// Books without transactions: what a company has that sells in those marketplaces.
pub fn furniture(epoch: DateTime<Utc>, markets: &[&Market]) -> OpeningBooks {
    let mut books = OpeningBooks {
        account_id: ACCOUNT_ID.to_owned(),
        company: "Atelier Lumen SAS".to_owned(),
        features: [
            "SUBSIDIARIES",
            "MULTICURRENCY",
            "MULTILOCINVT",
            "ACCOUNTINGPERIODS",
            "RECEIVABLES",
            "KITSASSEMBLIES",
            "MATRIXITEMS",
            "MULTPRICE",
            "QUANTITYPRICING",
        ]
        .map(str::to_owned)
        .to_vec(),
        preferences: [
            ("ALLOWTRANSACTIONDATEOUTSIDEPERIOD", "F"),
            ("DATEFORMAT", "DD/MM/YYYY"),
            ("CUSTOMFORMS", "F"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        currencies: currencies(markets),
        subsidiaries: vec![Subsidiary {
            id: 1,
            name: "Atelier Lumen".to_owned(),
            country: "FR".to_owned(),
            currency: BASE,
        }],
        locations: vec![
            named(1, "Lyon Workshop"),
            named(2, "Amazon FBA"),
            named(3, "Rotterdam Depot"),
        ],
        departments: vec![named(1, "Online")],
        classes: vec![named(1, "Marketplaces")],
        ship_methods: [
            "Standard",
            "Expedited",
            "Second Day",
            "Next Day",
            "Priority",
            "Free Economy",
            // What the warehouse chooses when it packs.
            "UPS Ground",
            "DHL Paket",
            "Royal Mail Tracked 48",
            "Yamato TA-Q-BIN",
        ]
        .into_iter()
        .zip(501..)
        .map(|(name, id)| named(id, name))
        .collect(),
        tax_codes: vec![TaxCode {
            id: 7,
            name: "-Not Taxable-".to_owned(),
            rate: Decimal::ZERO,
        }],
        terms: vec![named(1, "Due on receipt"), named(2, "Net 30")],
        payment_methods: vec![named(1, "Cash"), named(7, "Amazon")],
        periods: periods(epoch),
        next_id: 100_000,
        ..OpeningBooks::default()
    };
    books.roles.extend([
        ("location.own".to_owned(), 1),
        ("location.fba".to_owned(), 2),
        ("subsidiary".to_owned(), 1),
    ]);
    let services = [
        "STANDARD",
        "EXPEDITED",
        "SECOND_DAY",
        "NEXT_DAY",
        "PRIORITY",
        "FREE_ECONOMY",
    ];
    books.roles.extend(
        services
            .into_iter()
            .zip(501..)
            .map(|(service, id)| (format!("ship.{service}"), id)),
    );
    chart::enter(&mut books);
    items(&mut books);
    shelf::enter(&mut books);
    customers(&mut books, epoch, markets);
    books
}

fn named(id: Id, name: &str) -> Named {
    Named {
        id,
        name: name.to_owned(),
    }
}

fn currencies(markets: &[&Market]) -> Vec<BookCurrency> {
    let currency = |id, code: &str, name: &str, rate, precision| BookCurrency {
        id,
        code: code.to_owned(),
        name: name.to_owned(),
        rate,
        precision,
    };
    let mut all = vec![
        currency(BASE, "EUR", "Euro", Decimal::ONE, 2),
        currency(2, "USD", "US Dollar", Decimal::new(92, 2), 2),
        currency(3, "GBP", "British Pound", Decimal::new(117, 2), 2),
        currency(4, "JPY", "Japanese Yen", Decimal::new(61, 4), 0),
    ];
    for market in markets {
        if !all.iter().any(|known| known.code == market.currency) {
            let rate = crate::chance::rounded(Decimal::ONE / Decimal::from(market.per_euro), 6);
            let id = currency_of(market);
            all.push(currency(id, market.currency, market.currency, rate, market.decimals));
        }
    }
    all
}

/// The internal id of a marketplace's currency.
pub fn currency_of(market: &Market) -> Id {
    let known = [
        "EUR", "USD", "GBP", "JPY", "CAD", "MXN", "BRL", "SEK", "PLN", "TRY", "AED", "SAR", "EGP", "ZAR", "INR", "AUD",
        "SGD",
    ];
    (BASE..)
        .zip(known)
        .find(|(_, code)| *code == market.currency)
        .map_or(BASE, |(id, _)| id)
}

/// Months from two years before the epoch to one after; those older than two months are closed.
fn periods(epoch: DateTime<Utc>) -> Vec<Period> {
    let this_month = epoch.date_naive().with_day(1).unwrap_or_else(|| epoch.date_naive());
    let closed_before = this_month - Months::new(2);
    (0..37_u32)
        .zip(101..)
        .map(|(offset, id)| {
            let start = this_month - Months::new(24) + Months::new(offset);
            let closed = start < closed_before;
            Period {
                id,
                name: start.format("%b %Y").to_string(),
                start,
                end: start + Months::new(1) - TimeDelta::days(1),
                closed,
                receivables_locked: closed,
                all_locked: closed,
            }
        })
        .collect()
}

fn items(books: &mut OpeningBooks) {
    let blank = |id: Id, name: &str, title: &str, kind: ItemKind, income_account: Id| Item {
        id,
        name: name.to_owned(),
        title: title.to_owned(),
        kind,
        upc: None,
        external_id: None,
        parent: None,
        inactive: false,
        income_account,
        average_cost: Decimal::ZERO,
        class: None,
        base_price: Decimal::ZERO,
        taxable: false,
        on_hand: Vec::new(),
    };
    books.items.push(blank(
        300,
        "SHADE-LINEN",
        "Linen Lampshade",
        ItemKind::MatrixParent,
        241,
    ));
    for (known, id) in product::all().filter(|known| known.has_item()).zip(301..) {
        let mut item = blank(id, known.sku, known.english, ItemKind::Inventory, 241);
        item.upc = Some(known.ean.to_owned()).filter(|code| !code.is_empty());
        item.base_price = known.price(&market::DE);
        // Two fifths of the German price, as the purchases of two years came to.
        item.average_cost = crate::chance::rounded(item.base_price * Decimal::new(4, 1), 2);
        item.on_hand = vec![
            (1, Decimal::from(240)),
            (2, Decimal::from(600)),
            (3, Decimal::from(id % 7 * 10)),
        ];
        if known.sku.starts_with("SHADE-LINEN-") {
            item.kind = ItemKind::MatrixChild;
            item.parent = Some(300);
        }
        if known.sku.starts_with("GIFTSET-") {
            item.kind = ItemKind::Kit;
            item.on_hand.clear();
        }
        books.items.push(item);
    }
    let charges = [
        (401, "Amazon Shipping", ItemKind::OtherCharge, 242, "item.shipping"),
        (402, "Amazon Gift Wrap", ItemKind::OtherCharge, 243, "item.gift_wrap"),
        (
            403,
            "Amazon Item Discount",
            ItemKind::Discount,
            244,
            "item.item_discount",
        ),
        (
            404,
            "Amazon Shipping Discount",
            ItemKind::Discount,
            244,
            "item.shipping_discount",
        ),
        (
            405,
            "Amazon Refund Amount",
            ItemKind::NonInventory,
            245,
            "item.refund_amount",
        ),
        (406, "Amazon Tax", ItemKind::OtherCharge, 231, "item.tax"),
        (407, "Amazon Restocking", ItemKind::OtherCharge, 245, "item.restocking"),
        (
            408,
            "Amazon Other Charge",
            ItemKind::OtherCharge,
            242,
            "item.other_charge",
        ),
    ];
    for (id, name, kind, account, role) in charges {
        books.items.push(blank(id, name, name, kind, account));
        books.roles.push((role.to_owned(), id));
    }
    let mut old = blank(
        409,
        "LAMP-TIN-OLD",
        "Tin Lamp (no longer made)",
        ItemKind::Inventory,
        241,
    );
    old.inactive = true;
    books.items.push(old);
}

fn customers(books: &mut OpeningBooks, epoch: DateTime<Utc>, markets: &[&Market]) {
    let year = epoch.year();
    for (market, id) in markets.iter().zip((601..611).chain(621..)) {
        books.customers.push(Customer {
            id,
            name: format!("Amazon {} {year}", market.code),
            is_person: false,
            email: None,
            external_id: None,
            subsidiary: 1,
            currencies: vec![currency_of(market)],
            automatic_discount: None,
            inactive: false,
        });
        books.roles.push((format!("customer.{}", market.code), id));
    }
    books.vendors.push(named(651, "Amazon Services"));
    books.roles.push(("vendor.amazon".to_owned(), 651));
    books.customers.push(Customer {
        id: 611,
        name: "Maison Bellerive".to_owned(),
        is_person: false,
        email: Some("achats@bellerive.example".to_owned()),
        external_id: None,
        subsidiary: 1,
        currencies: vec![BASE],
        automatic_discount: None,
        inactive: false,
    });
}
