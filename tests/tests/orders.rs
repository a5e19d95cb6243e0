//! Orders after their import, whole: what Amazon changes, what people edit, and what both books show then (flows.md §3.6).
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use chrono::TimeDelta;
use flows::Key;
use passerelle_tests::World;
use passerelle_tests::invariants::{Books, decimal, text};
use passerelle_tests::world::Making;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulator::{Company, control};
use store::options::{self, OptionRow};
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

/// Somebody in Germany buys candles and a lantern; the order is imported.
async fn bought(world: &World) {
    let order = json!({ "id": ORDER, "marketplace": "DE", "lines": [
        { "sku": "CANDLE-FIG-220", "quantity": 3, "item": "10.00", "shipping": "4.90" },
        { "sku": "LANTERN-GLASS-S", "quantity": 1, "item": "25.00" }
    ] });
    tell(world, "/orders", &order);
    sync(world).await;
    assert_eq!(
        decimal(&sold(world)["total"]),
        amazon(world),
        "imported as Amazon has it"
    );
}

fn tell(world: &World, path: &str, body: &Value) -> Value {
    let (status, answer) = control::answer(&world.simulator, Method::Post, path, body);
    assert_eq!(status, 200, "{path} {body}: {answer}");
    answer
}

fn befalls(world: &World, change: &Value) {
    tell(world, &format!("/orders/{ORDER}"), change);
}

async fn sync(world: &World) {
    world.wait(TimeDelta::minutes(10)).await;
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
}

/// Looks at the order by its number, as a person's *Retry* does.
async fn look_again(world: &World) {
    world.wait(TimeDelta::minutes(10)).await;
    world
        .run(&["mfn-orders"], Some(vec![Key(ORDER.to_owned())]))
        .await
        .unwrap();
}

fn sold(world: &World) -> Value {
    let books = world.books();
    Books::of(&books).of_kind("salesOrder")[0].clone()
}

/// What the buyer pays, as Amazon's own books say.
fn amazon(world: &World) -> Decimal {
    let orders = world.books()["amazon"]["orders"].clone();
    let orders = orders.as_array().unwrap();
    let order = orders.iter().find(|order| order["order_id"] == ORDER).unwrap();
    let lines = order["lines"].as_array().unwrap();
    lines.iter().map(|line| decimal(&line["charged"])).sum()
}

fn causes(world: &World) -> Vec<String> {
    let groups = world.store.read(|db| problems::groups(db, Tab::NeedsYou)).unwrap();
    groups.into_iter().map(|group| group.cause).collect()
}

/// What the remedy that makes the record again says made it.
fn offered(world: &World) -> Option<String> {
    let cause = format!("NETSUITE_EDITED:{ORDER}");
    let members = world
        .store
        .read(|db| problems::members(db, Tab::NeedsYou, &cause, 0, 1))
        .unwrap();
    let remedies = members[0].remedies.as_array().unwrap().clone();
    let remedy = remedies.iter().find(|remedy| remedy["remedy"] == "make_again")?;
    Some(text(&remedy["step"]))
}

#[tokio::test(start_paused = true)]
async fn a_price_that_amazon_changes_follows_until_it_is_billed() {
    let world = world(&[]);
    bought(&world).await;
    befalls(
        &world,
        &json!({ "price": { "line": "LANTERN-GLASS-S", "item": "20.00" } }),
    );
    sync(&world).await;
    assert_eq!(decimal(&sold(&world)["total"]), amazon(&world));
    tell(&world, "/netsuite/ship", &json!({ "order": format!("AZN-SO-{ORDER}") }));
    befalls(
        &world,
        &json!({ "price": { "line": "LANTERN-GLASS-S", "item": "15.00" } }),
    );
    sync(&world).await;
    assert_eq!(decimal(&sold(&world)["total"]), amazon(&world), "nothing is billed yet");
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    tell(&world, "/netsuite/bill", &json!({ "order": format!("AZN-SO-{ORDER}") }));
    befalls(
        &world,
        &json!({ "price": { "line": "LANTERN-GLASS-S", "item": "12.00" } }),
    );
    sync(&world).await;
    assert_eq!(causes(&world), [format!("ORDER_CHANGED_AFTER_SHIP:{ORDER}")]);
}

#[tokio::test(start_paused = true)]
async fn shipped_at_amazon_comes_into_netsuite_by_choice() {
    let world = world(&[("orders.adopt_amazon_shipment", "on")]);
    bought(&world).await;
    befalls(&world, &json!({ "ship": {} }));
    sync(&world).await;
    let books = world.books();
    let made = Books::of(&books).of_kind("itemFulfillment").len();
    assert_eq!((made, causes(&world)), (1, Vec::new()));
    look_again(&world).await;
    let books = world.books();
    assert_eq!(Books::of(&books).of_kind("itemFulfillment").len(), 1, "once");
}

#[tokio::test(start_paused = true)]
async fn o17_what_is_cancelled_after_a_part_left_is_closed() {
    let world = world(&[]);
    bought(&world).await;
    let left = json!({ "order": format!("AZN-SO-{ORDER}"), "lines": [["CANDLE-FIG-220", "3"]] });
    tell(&world, "/netsuite/ship", &left);
    befalls(&world, &json!({ "cancel_line": { "line": "LANTERN-GLASS-S" } }));
    sync(&world).await;
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    assert_eq!(decimal(&sold(&world)["total"]), amazon(&world));
    let before = world.trace.writes();
    look_again(&world).await;
    assert_eq!(world.trace.writes(), before, "once");
}

#[tokio::test(start_paused = true)]
async fn ord_04_other_settings_change_no_order_that_is_there() {
    let world = world(&[]);
    bought(&world).await;
    let before = (world.trace.writes(), sold(&world)["total"].clone());
    world.set_option("tax.mode", "netsuite").unwrap();
    world.set_option("orders.merge_shipping", "off").unwrap();
    look_again(&world).await;
    assert_eq!((world.trace.writes(), sold(&world)["total"].clone()), before);
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn cmn_37_a_record_that_a_person_deleted_is_made_again_only_when_a_person_says_so() {
    let world = world(&[]);
    bought(&world).await;
    let delete = || {
        let id = text(&sold(&world)["id"]);
        let edit = json!({ "method": "DELETE", "path": format!("salesOrder/{id}"), "body": {} });
        let (status, answer) = control::answer(&world.simulator, Method::Post, "/netsuite/edit", &edit);
        assert!(status < 300, "{answer}");
    };
    let orders = || Books::of(&world.books()).of_kind("salesOrder").len();
    world.wait(TimeDelta::minutes(20)).await;
    for round in 1..=2 {
        delete();
        let before = world.trace.writes();
        look_again(&world).await;
        assert_eq!(causes(&world), [format!("NETSUITE_EDITED:{ORDER}")], "round {round}");
        assert_eq!(
            (world.trace.writes(), orders()),
            (before, 0),
            "not made again by itself"
        );
        let step = offered(&world).expect("it can be made again");
        let cause = format!("NETSUITE_EDITED:{ORDER}");
        let wish = json!({ "cause": cause, "step": step });
        world.press("make_again", wish).await.unwrap();
        look_again(&world).await;
        assert!(causes(&world).is_empty(), "{:?}", causes(&world));
        assert_eq!(
            (orders(), decimal(&sold(&world)["total"])),
            (1, amazon(&world)),
            "made again, once"
        );
        world.wait(TimeDelta::minutes(20)).await;
        let before = world.trace.writes();
        look_again(&world).await;
        assert_eq!(world.trace.writes(), before, "and left alone");
    }
}

#[tokio::test(start_paused = true)]
async fn cus_04_a_customer_of_another_currency_gets_the_order_s_first() {
    let world = world(&[]);
    let body = json!({ "companyName": "All of Amazon", "subsidiary": { "id": "1" }, "currency": { "id": currency(&world, "USD") } });
    let edit = json!({ "method": "POST", "path": "customer", "body": body });
    let (status, made) = control::answer(&world.simulator, Method::Post, "/netsuite/edit", &edit);
    assert!(status < 300, "{made}");
    let id = text(&made["location"]).rsplit('/').next().unwrap().to_owned();
    let rows = world.store.read(options::all).unwrap().into_iter();
    for row in rows.filter(|row| row.key == "customer.mfn.default") {
        let value = json!(id);
        world
            .store
            .write(|db| options::set(db, &OptionRow { value, ..row }))
            .unwrap();
    }
    bought(&world).await;
    assert_eq!(text(&sold(&world)["entity"]["id"]), id);
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

/// The account's id of a currency.
fn currency(world: &World, code: &str) -> String {
    let currencies = &world.simulator.opening_books().currencies;
    currencies.iter().find(|one| one.code == code).unwrap().id.to_string()
}

#[tokio::test(start_paused = true)]
async fn cmn_40_buyer_data_ages_from_the_day_the_order_left() {
    let world = world(&[]);
    bought(&world).await;
    let engine = world.engine().unwrap();
    let key = || world.store.read(|db| store::buyer_keys::get(db, ORDER)).unwrap();
    world.wait(TimeDelta::days(40)).await;
    assert_eq!(engine.forget_buyers(30).unwrap(), 0, "it still has to leave");
    assert!(key().is_some());
    befalls(&world, &json!({ "ship": {} }));
    sync(&world).await;
    world.wait(TimeDelta::days(29)).await;
    assert_eq!(engine.forget_buyers(30).unwrap(), 0);
    world.wait(TimeDelta::days(2)).await;
    assert_eq!(engine.forget_buyers(30).unwrap(), 1);
    assert!(key().is_none());
}

#[tokio::test(start_paused = true)]
async fn cmn_17_amazon_is_asked_again_for_an_order_that_asks_only_once_it_can_be_written() {
    let world = world(&[]);
    let order = json!({ "id": ORDER, "marketplace": "DE", "lines": [
        { "sku": "NOT-YET-AN-ITEM", "quantity": 1, "item": "10.00" }
    ] });
    tell(&world, "/orders", &order);
    let asked = || {
        let lines = world.trace.lines().into_iter();
        lines
            .filter(|line| line.contains(&format!("/orders/2026-01-01/orders/{ORDER}")))
            .count()
    };
    for _ in 0..3 {
        sync(&world).await;
        assert_eq!(causes(&world).len(), 1, "{:?}", causes(&world));
    }
    assert_eq!(asked(), 0, "the search told all there is to know of it");
    let body = json!({ "itemId": "NOT-YET-AN-ITEM" });
    let edit = json!({ "method": "POST", "path": "inventoryItem", "body": body });
    let (status, made) = control::answer(&world.simulator, Method::Post, "/netsuite/edit", &edit);
    assert!(status < 300, "{made}");
    sync(&world).await;
    assert_eq!(
        (causes(&world), asked()),
        (Vec::<String>::new(), 1),
        "asked for with its buyer"
    );
    let address = text(&sold(&world)["shippingAddress"]["addressee"]);
    assert!(!address.is_empty() && !address.contains("hidden"), "{address}");
}

#[tokio::test(start_paused = true)]
async fn cmn_21_home_says_what_needs_a_person_also_while_the_schedules_are_paused() {
    let world = world(&[]);
    world.press("pause", json!({ "paused": true })).await.unwrap();
    let order = json!({ "id": ORDER, "marketplace": "DE", "lines": [
        { "sku": "NOT-YET-AN-ITEM", "quantity": 1, "item": "10.00" }
    ] });
    tell(&world, "/orders", &order);
    sync(&world).await;
    let home = world.press("home", json!({})).await.unwrap();
    let said = [&home["sentence"]["id"], &home["detail"]["id"]];
    assert_eq!(said, ["home-paused", "home-needs-you"]);
}
