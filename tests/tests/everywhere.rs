//! Every marketplace of flows.md §1.2 through one order, one change, one parcel and one bill.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use chrono::TimeDelta;
use passerelle_tests::World;
use passerelle_tests::invariants::{self, Books, decimal, text};
use passerelle_tests::world::Making;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulator::{Company, control};
use wire::Method;

/// Late in the evening of the fifteenth on the Pacific, and already the sixteenth in UTC and everywhere east of it.
const PLACED: &str = "2026-11-16T06:30:00Z";

fn tell(world: &World, path: &str, body: &Value) {
    let (status, answer) = control::answer(&world.simulator, Method::Post, path, body);
    assert_eq!(status, 200, "{path} {body}: {answer}");
}

async fn run(world: &World, flows: &[&str]) {
    world.wait(TimeDelta::minutes(10)).await;
    world.run(flows, None).await.unwrap();
}

fn wanted(books: &Value, id: &str) -> Decimal {
    let orders = books["amazon"]["orders"].as_array().unwrap();
    decimal(&orders.iter().find(|order| order["order_id"] == id).unwrap()["for_the_books"])
}

fn tracking(number: usize) -> String {
    format!("00340434161094{number:06}")
}

/// The order's status at Amazon, and its parcels: carrier, tracking number, units.
fn at_amazon(world: &World, id: &str) -> (String, Vec<(String, String, u32)>) {
    let state = world.simulator.amazon().state();
    let order = state.world.order(id).unwrap();
    let parcels = order.parcels.iter().map(|parcel| {
        let units = parcel.content.iter().map(|(_, units)| units).sum();
        (parcel.carrier.clone(), parcel.tracking.clone(), units)
    });
    (format!("{:?}", order.status(world.clock.now())), parcels.collect())
}

#[tokio::test(start_paused = true)]
async fn o19_o20_o22_cmn_09_ful_09_every_marketplace_from_the_order_to_the_bill() {
    let world = World::open(Making {
        company: Company::Everywhere,
        orders: Some(0),
        ..Making::demo(5)
    })
    .unwrap();
    let markets: Vec<_> = amazon::marketplaces::ALL
        .iter()
        .filter(|known| known.is_supported())
        .collect();
    assert_eq!(markets.len(), 23);
    let id = |number: usize| format!("305-1000000-{number:07}");
    for (number, market) in markets.iter().enumerate() {
        let line = json!({ "sku": "CANDLE-FIG-220", "quantity": 3, "item": "1000", "shipping": "70" });
        let order = json!({ "id": id(number), "marketplace": market.country, "created": PLACED, "lines": [line] });
        tell(&world, "/orders", &order);
    }
    run(&world, &["mfn-customers", "mfn-orders"]).await;
    let check = |when: &str| {
        let books = world.books();
        for (number, market) in markets.iter().enumerate() {
            let (order, country) = (id(number), market.country);
            let found = Books::of(&books);
            let found = found.of_order(&order);
            assert_eq!(found.len(), 1, "{when}: {country}");
            let (kind, record) = found[0];
            assert_eq!(kind, "salesOrder", "{when}: {country}");
            assert_eq!(
                decimal(&record["total"]),
                wanted(&books, &order),
                "{when}: {country} {record}"
            );
            let day = market.business_date(PLACED.parse().unwrap());
            assert_eq!(text(&record["tranDate"]), day.to_string(), "CMN-09: {country}");
        }
    };
    check("imported");
    for number in 0..markets.len() {
        tell(
            &world,
            &format!("/orders/{}", id(number)),
            &json!({ "cancel_line": { "line": "CANDLE-FIG-220", "quantity": 1 } }),
        );
    }
    run(&world, &["mfn-orders"]).await;
    check("after a change");
    for number in 0..markets.len() {
        let act = json!({ "order": format!("AZN-SO-{}", id(number)), "packages": [{ "tracking": tracking(number) }], "ship_method": "DHL Paket" });
        tell(&world, "/netsuite/ship", &act);
    }
    for _ in 0..3 {
        run(&world, &["mfn-orders", "shipments", "billing"]).await;
    }
    let asked = world
        .store
        .read(|db| store::problems::groups(db, store::problems::Tab::NeedsYou))
        .unwrap();
    let asked: Vec<_> = asked.into_iter().map(|group| group.cause).collect();
    assert_eq!(asked, Vec::<String>::new());
    let books = world.books();
    let found = Books::of(&books);
    for (number, market) in markets.iter().enumerate() {
        let (order, country) = (id(number), market.country);
        let parcels = vec![("DHL".to_owned(), tracking(number), 2)];
        assert_eq!(
            at_amazon(&world, &order),
            ("Shipped".to_owned(), parcels),
            "FUL-09: {country}"
        );
        let bills: Vec<_> = found
            .of_kind("invoice")
            .iter()
            .filter(|bill| text(&bill["externalId"]) == format!("AZN-BIV-{order}"))
            .collect();
        assert_eq!(bills.len(), 1, "{country}");
        assert_eq!(decimal(&bills[0]["total"]), wanted(&books, &order), "{country}");
    }
    let broken = invariants::broken(&world).unwrap();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The address as NetSuite gets it: person, company, streets, town, state, postal code, country, telephone.
fn address(world: &World, id: &str) -> [String; 8] {
    let books = world.books();
    let found = Books::of(&books);
    let (_, record) = found.of_order(id)[0];
    let shown = &record["shippingAddress"];
    let country = &shown["country"];
    let country = if country.is_object() { &country["id"] } else { country };
    [
        text(&shown["addressee"]),
        text(&shown["attention"]),
        text(&shown["addr1"]),
        text(&shown["city"]),
        text(&shown["state"]),
        text(&shown["zip"]),
        text(country),
        text(&shown["addrPhone"]),
    ]
}

#[tokio::test(start_paused = true)]
async fn ord_07_addresses_keep_the_form_of_their_country() {
    let world = World::open(Making {
        company: Company::Everywhere,
        orders: Some(0),
        ..Making::demo(5)
    })
    .unwrap();
    let buyers = [
        (
            "JP",
            json!({ "name": "佐藤 花子", "street": "神宮前1-5-8", "city": "渋谷区", "state": "東京都",
                "postal_code": "150-0001", "country": "JP", "phone": "03-5555-0101" }),
            [
                "佐藤 花子",
                "",
                "神宮前1-5-8",
                "渋谷区",
                "東京都",
                "150-0001",
                "JP",
                "03-5555-0101",
            ],
        ),
        (
            "DE",
            json!({ "name": "Jörg Weiß", "company": "Hotel Zur Brücke GmbH", "street": "Große Straße 4a", "city": "Lübeck",
                "postal_code": "23552", "country": "DE", "phone": "+49 451 555010" }),
            [
                "Jörg Weiß",
                "Hotel Zur Brücke GmbH",
                "Große Straße 4a",
                "Lübeck",
                "",
                "23552",
                "DE",
                "+49 451 555010",
            ],
        ),
        (
            "UK",
            json!({ "name": "Siân Evans", "street": "12 Marine Parade", "city": "Brighton", "state": "East Sussex",
                "postal_code": "BN2 1TL", "country": "GB", "phone": "01273 555010" }),
            [
                "Siân Evans",
                "",
                "12 Marine Parade",
                "Brighton",
                "East Sussex",
                "BN2 1TL",
                "GB",
                "01273 555010",
            ],
        ),
    ];
    let id = |number: usize| format!("305-1000000-{number:07}");
    for (number, (country, buyer, _)) in buyers.iter().enumerate() {
        let line = json!({ "sku": "CANDLE-FIG-220", "quantity": 1 });
        let order = json!({ "id": id(number), "marketplace": country, "lines": [line], "buyer": buyer });
        tell(&world, "/orders", &order);
    }
    run(&world, &["mfn-customers", "mfn-orders"]).await;
    for (number, (country, _, wanted)) in buyers.iter().enumerate() {
        assert_eq!(address(&world, &id(number)), *wanted, "{country}");
    }
}

#[tokio::test(start_paused = true)]
async fn o02_ord_06_cmn_09_every_marketplace_shipped_by_amazon() {
    let world = World::open(Making {
        company: Company::Everywhere,
        orders: Some(0),
        ..Making::demo(5)
    })
    .unwrap();
    let markets: Vec<_> = amazon::marketplaces::ALL
        .iter()
        .filter(|known| known.is_supported())
        .collect();
    let id = |number: usize| format!("305-2000000-{number:07}");
    let shipped = world.clock.now();
    for (number, market) in markets.iter().enumerate() {
        let line = json!({ "sku": "CANDLE-FIG-220", "quantity": 3, "item": "1000", "shipping": "70" });
        let order = json!({ "id": id(number), "marketplace": market.country, "channel": "AMAZON", "status": "SHIPPED", "lines": [line] });
        tell(&world, "/orders", &order);
    }
    for _ in 0..3 {
        run(&world, &["fba-customers", "fba-orders"]).await;
    }
    let books = world.books();
    let found = Books::of(&books);
    for (number, market) in markets.iter().enumerate() {
        let (order, country) = (id(number), market.country);
        let records = found.of_order(&order);
        assert_eq!(records.len(), 1, "{country}");
        let (kind, record) = records[0];
        assert_eq!(kind, "invoice", "{country}");
        assert_eq!(decimal(&record["total"]), wanted(&books, &order), "{country}");
        assert_eq!(
            text(&record["tranDate"]),
            market.business_date(shipped).to_string(),
            "{country}"
        );
    }
    let broken = invariants::broken(&world).unwrap();
    assert!(broken.is_empty(), "{broken:#?}");
}
