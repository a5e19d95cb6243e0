//! Billing, whole: orders are shipped by people in the simulated NetSuite, and its books are looked at.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use chrono::TimeDelta;
use passerelle_tests::World;
use passerelle_tests::invariants::{Books, decimal};
use passerelle_tests::world::Making;
use rust_decimal::Decimal;
use serde_json::json;
use simulator::netsuite::{Billing, Shipping};
use simulator::{Company, control};
use store::decisions::{self, State};
use store::problems::{self, Tab};
use wire::Method;

const ORDER: &str = "305-1000000-0000001";

fn world(options: &[(&str, &str)]) -> World {
    let options = options
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    World::open(Making {
        company: Company::Empty,
        orders: Some(0),
        options: options.collect(),
        ..Making::demo(5)
    })
    .unwrap()
}

/// Somebody in Germany buys three candles with a discount; the order is imported.
async fn bought(world: &World) {
    let order = json!({ "id": ORDER, "marketplace": "DE", "lines": [
        { "sku": "CANDLE-FIG-220", "quantity": 3, "item": "10.00", "item_discount": "1.00", "shipping": "4.90" }
    ] });
    let (status, answer) = control::answer(&world.simulator, Method::Post, "/orders", &order);
    assert_eq!(status, 200, "{answer}");
    bills(world, &["mfn-customers", "mfn-orders"]).await;
}

async fn bills(world: &World, flows: &[&str]) {
    world.wait(TimeDelta::minutes(10)).await;
    world.run(flows, None).await.unwrap();
}

fn ships(world: &World, units: i64) {
    let act = Shipping {
        order: format!("AZN-SO-{ORDER}"),
        lines: vec![("CANDLE-FIG-220".to_owned(), Decimal::from(units))],
        ..Shipping::default()
    };
    world.simulator.netsuite().ship(&act).unwrap();
}

/// Bills in the books: type, name, total.
fn in_books(world: &World) -> Vec<(String, String, Decimal)> {
    let books = world.books();
    let books = Books::of(&books);
    let mut bills = Vec::new();
    for kind in ["invoice", "cashSale"] {
        for record in books.of_kind(kind) {
            let name = record["externalId"].as_str().unwrap_or_default().to_owned();
            bills.push((kind.to_owned(), name, decimal(&record["total"])));
        }
    }
    bills
}

fn state(world: &World) -> Option<State> {
    let all = world.store.read(store::accounts::all).unwrap();
    let account = all.into_iter().find(|account| account.region == "eu").unwrap().id;
    let found = world
        .store
        .read(|db| decisions::current(db, "billing", &account, ORDER))
        .unwrap();
    found.map(|decision| decision.state)
}

fn causes(world: &World) -> Vec<String> {
    let groups = world.store.read(|db| problems::groups(db, Tab::NeedsYou)).unwrap();
    groups.into_iter().map(|group| group.cause).collect()
}

fn total(world: &World) -> Decimal {
    let books = world.books();
    let books = Books::of(&books);
    decimal(&books.of_kind("salesOrder")[0]["total"])
}

#[tokio::test(start_paused = true)]
async fn b4_bil_08_a_bill_made_by_hand_is_adopted() {
    let world = world(&[]);
    bought(&world).await;
    ships(&world, 3);
    let act = Billing {
        order: format!("AZN-SO-{ORDER}"),
        ..Billing::default()
    };
    world.simulator.netsuite().bill(&act).unwrap();
    bills(&world, &["billing"]).await;
    assert_eq!((in_books(&world).len(), state(&world)), (1, Some(State::Done)));
    let links = world
        .store
        .read(|db| store::links::of_key(db, Some("bill"), ORDER))
        .unwrap();
    assert_eq!(links.len(), 1);
    assert!(links[0].adopted);
}

#[tokio::test(start_paused = true)]
async fn ful_11a_where_a_fulfilment_bills_by_itself_nothing_is_billed_twice() {
    let world = world(&[]);
    world
        .simulator
        .netsuite()
        .set_feature("ADVANCEDSHIPPING", false)
        .unwrap();
    bought(&world).await;
    ships(&world, 3);
    assert_eq!(in_books(&world).len(), 1, "NetSuite billed by itself");
    bills(&world, &["billing"]).await;
    bills(&world, &["billing"]).await;
    assert_eq!((in_books(&world).len(), state(&world)), (1, Some(State::Done)));
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

fn tell(world: &World, path: &str, body: &serde_json::Value) -> serde_json::Value {
    let (status, answer) = control::answer(&world.simulator, Method::Post, path, body);
    assert!((200..300).contains(&status), "{path} {body}: {status} {answer}");
    answer
}

/// The sales order as NetSuite's own pages would show it.
fn sales_order(world: &World) -> serde_json::Value {
    let path = format!("salesOrder/eid:AZN-SO-{ORDER}?expandSubResources=true");
    tell(world, "/netsuite/edit", &json!({ "method": "GET", "path": path }))["body"].clone()
}

/// Somebody writes an invoice with Amazon's number by hand, not from the order.
fn writes_an_invoice(world: &World, amount: &Decimal) {
    let order = sales_order(world);
    let line = json!({ "item": { "id": order["item"]["items"][0]["item"]["id"] }, "quantity": 1,
        "amount": serde_json::from_str::<serde_json::Value>(&amount.to_string()).unwrap() });
    let invoice = json!({ "entity": { "id": order["entity"]["id"] }, "currency": { "id": order["currency"]["id"] },
        "otherRefNum": ORDER, "item": { "items": [line] } });
    tell(
        world,
        "/netsuite/edit",
        &json!({ "method": "POST", "path": "invoice", "body": invoice }),
    );
}

#[tokio::test(start_paused = true)]
async fn bil_08_cmn_13_an_invoice_written_by_hand_is_adopted_and_nothing_is_billed_twice() {
    let world = world(&[]);
    bought(&world).await;
    writes_an_invoice(&world, &total(&world));
    ships(&world, 3);
    bills(&world, &["billing"]).await;
    bills(&world, &["billing"]).await;
    assert_eq!((in_books(&world).len(), state(&world)), (1, Some(State::Done)));
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn bil_08_cmn_13_an_invoice_written_by_hand_for_another_amount_asks() {
    let world = world(&[]);
    bought(&world).await;
    writes_an_invoice(&world, &Decimal::ONE);
    ships(&world, 3);
    bills(&world, &["billing"]).await;
    assert_eq!(in_books(&world).len(), 1);
    assert_eq!(causes(&world), [format!("ADOPTION_CONFLICT:{ORDER}:bill")]);
}

#[tokio::test(start_paused = true)]
async fn bil_05_bil_06_an_order_edited_in_netsuite_is_not_billed_before_somebody_says_so() {
    let world = world(&[]);
    bought(&world).await;
    let order = sales_order(&world);
    let (before, id) = (&order["item"]["items"][0], order["id"].as_str().unwrap());
    let line = &before["line"];
    let edit = json!({ "method": "PATCH", "path": format!("salesOrder/{id}"),
        "body": { "item": { "items": [{ "line": line, "rate": 9, "amount": 27 }] } } });
    tell(&world, "/netsuite/edit", &edit);
    ships(&world, 3);
    bills(&world, &["billing"]).await;
    assert!(in_books(&world).is_empty());
    assert_eq!(causes(&world), [format!("TOTAL_MISMATCH:{ORDER}:bill")]);
    let undo = json!({ "method": "PATCH", "path": format!("salesOrder/{id}"),
        "body": { "item": { "items": [{ "line": line, "rate": before["rate"], "amount": before["amount"] }] } } });
    tell(&world, "/netsuite/edit", &undo);
    bills(&world, &["billing"]).await;
    assert_eq!(in_books(&world).len(), 1);
    assert!(causes(&world).is_empty(), "CMN-27: {:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn bil_04_shipping_in_the_orders_head_is_billed_once() {
    let world = world(&[("orders.shipping_mode", "header")]);
    bought(&world).await;
    in_two_bills(&world).await;
}

#[tokio::test(start_paused = true)]
async fn bil_04_bil_05_tax_of_a_suite_tax_account_is_split_to_the_cent() {
    let world = world(&[
        ("tax.mode", "overwrite"),
        ("tax.liability_default", "seller"),
        ("tax.type", "1"),
        ("tax.default_code", "7"),
    ]);
    tell(&world, "/netsuite/features", &json!({ "SUITETAX": true }));
    bought(&world).await;
    assert!(
        !decimal(&sales_order(&world)["taxTotal"]).is_zero(),
        "there is tax to split: {}",
        sales_order(&world)
    );
    in_two_bills(&world).await;
}

async fn in_two_bills(world: &World) {
    ships(world, 1);
    bills(world, &["billing"]).await;
    ships(world, 2);
    bills(world, &["billing"]).await;
    let made = in_books(world);
    let sum: Decimal = made.iter().map(|(_, _, total)| *total).sum();
    assert_eq!((made.len(), sum), (2, total(world)), "{made:?}");
    assert!(causes(world).is_empty(), "{:?}", causes(world));
}

#[tokio::test(start_paused = true)]
async fn bil_04_a_line_that_somebody_closed_is_left_out_without_a_question() {
    let world = world(&[]);
    let order = json!({ "id": ORDER, "marketplace": "DE", "lines": [
        { "sku": "CANDLE-FIG-220", "quantity": 3, "item": "10.00" }, { "sku": "BULB-E27-WARM", "item": "20.00" }
    ] });
    tell(&world, "/orders", &order);
    bills(&world, &["mfn-customers", "mfn-orders"]).await;
    let order = sales_order(&world);
    let lines = order["item"]["items"].as_array().unwrap();
    let bulb = &lines[1];
    let close = json!({ "method": "PATCH", "path": format!("salesOrder/{}", order["id"].as_str().unwrap()),
        "body": { "item": { "items": [{ "line": bulb["line"], "isClosed": true }] } } });
    tell(&world, "/netsuite/edit", &close);
    ships(&world, 3);
    bills(&world, &["billing"]).await;
    let made = in_books(&world);
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].2, total(&world) - decimal(&bulb["amount"]));
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn cmn_37_a_bill_that_somebody_deletes_is_asked_about_and_not_made_again() {
    let world = world(&[]);
    bought(&world).await;
    ships(&world, 3);
    bills(&world, &["billing"]).await;
    let delete = json!({ "method": "DELETE", "path": format!("invoice/eid:AZN-BIV-{ORDER}") });
    tell(&world, "/netsuite/edit", &delete);
    bills(&world, &["billing"]).await;
    bills(&world, &["billing"]).await;
    assert!(in_books(&world).is_empty());
    assert_eq!(causes(&world), [format!("NETSUITE_EDITED:{ORDER}:bill")]);
    // Somebody bills it by hand instead.
    let act = Billing {
        order: format!("AZN-SO-{ORDER}"),
        ..Billing::default()
    };
    world.simulator.netsuite().bill(&act).unwrap();
    bills(&world, &["billing"]).await;
    assert_eq!((in_books(&world).len(), state(&world)), (1, Some(State::Done)));
    assert!(causes(&world).is_empty(), "CMN-27: {:?}", causes(&world));
}
