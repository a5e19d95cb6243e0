//! Shipments from NetSuite to Amazon, whole: people ship in the simulated NetSuite, and the simulated Amazon is looked at.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use chrono::TimeDelta;
use passerelle_tests::World;
use passerelle_tests::world::Making;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulator::netsuite::{Package, Shipping};
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

/// Somebody in Germany buys; the order is imported.
async fn bought(world: &World, lines: &Value) {
    let order = json!({ "id": ORDER, "marketplace": "DE", "lines": lines });
    let (status, answer) = control::answer(&world.simulator, Method::Post, "/orders", &order);
    assert_eq!(status, 200, "{answer}");
    later(world, 10).await;
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
    assert_eq!(state(world, "mfn-orders"), Some(State::Done));
}

async fn later(world: &World, minutes: i64) {
    world.wait(TimeDelta::minutes(minutes)).await;
}

/// Somebody ships in NetSuite; an empty list of lines ships everything.
fn ships(world: &World, lines: &[(&str, i64)], tracking: &[&str], method: &str) -> String {
    let act = Shipping {
        order: format!("AZN-SO-{ORDER}"),
        lines: lines
            .iter()
            .map(|(item, units)| ((*item).to_owned(), Decimal::from(*units)))
            .collect(),
        packages: tracking
            .iter()
            .map(|number| Package {
                tracking: Some((*number).to_owned()),
                ..Package::default()
            })
            .collect(),
        ship_method: (!method.is_empty()).then(|| method.to_owned()),
        ..Shipping::default()
    };
    world.simulator.netsuite().ship(&act).unwrap()
}

/// Looks at NetSuite, tells Amazon, lets the order flow read Amazon again, and looks again.
async fn told(world: &World) {
    later(world, 5).await;
    world.run(&["shipments"], None).await.unwrap();
}

async fn seen_back(world: &World) {
    later(world, 15).await;
    world.run(&["mfn-orders", "shipments"], None).await.unwrap();
}

fn state(world: &World, flow: &str) -> Option<State> {
    let account = account(world);
    let found = world
        .store
        .read(|db| decisions::current(db, flow, &account, ORDER))
        .unwrap();
    found.map(|decision| decision.state)
}

fn account(world: &World) -> String {
    let all = world.store.read(store::accounts::all).unwrap();
    let eu = all.into_iter().find(|account| account.region == "eu").unwrap();
    eu.id
}

fn causes(world: &World) -> Vec<String> {
    let groups = world.store.read(|db| problems::groups(db, Tab::NeedsYou)).unwrap();
    groups.into_iter().map(|group| group.cause).collect()
}

/// What Amazon has: parcels with their number and units, and the order's status.
fn at_amazon(world: &World) -> (String, Vec<(String, u32)>) {
    let state = world.simulator.amazon().state();
    let order = state.world.order(ORDER).unwrap();
    let now = world.clock.now();
    let shown = order
        .parcels
        .iter()
        .filter(|parcel| parcel.confirmed <= now && parcel.replaced.is_none());
    let parcels = shown.map(|parcel| {
        let units = parcel.content.iter().map(|(_, units)| units).sum();
        (parcel.tracking.clone(), units)
    });
    let status = format!("{:?}", order.status(now));
    (status, parcels.collect())
}

fn confirmations(world: &World) -> usize {
    world.trace.count("/shipmentConfirmation")
}

#[tokio::test(start_paused = true)]
async fn ful_09_a_confirmation_that_amazon_loses_is_found_out() {
    let world = world(&[]);
    bought(&world, &json!([{ "sku": "CANDLE-FIG-220" }])).await;
    let lag = json!({ "shown_after_seconds": 360_000 });
    let (status, answer) = control::answer(&world.simulator, Method::Post, "/confirmations", &lag);
    assert_eq!(status, 200, "{answer}");
    ships(&world, &[], &["A1"], "DHL Paket");
    told(&world).await;
    seen_back(&world).await;
    assert_eq!(state(&world, "shipments"), Some(State::Sent), "Amazon may take a while");
    later(&world, 20).await;
    seen_back(&world).await;
    assert_eq!(causes(&world), ["SHIPMENT_NOT_TAKEN:DHL"]);
}

#[tokio::test(start_paused = true)]
async fn f10_ful_11_what_must_leave_soon_is_known_with_where_it_stands() {
    let world = world(&[]);
    bought(&world, &json!([{ "sku": "CANDLE-FIG-220" }])).await;
    let due = |flow: &str| {
        let account = account(&world);
        let found = world
            .store
            .read(|db| decisions::current(db, flow, &account, ORDER))
            .unwrap();
        found.and_then(|decision| decision.due_at())
    };
    assert!(
        due("mfn-orders").is_some(),
        "not shipped: the order itself has its ship-by time"
    );
    ships(&world, &[], &["A1"], "DHL Paket");
    told(&world).await;
    assert_eq!(due("shipments"), due("mfn-orders"), "shipped, not confirmed yet");
}

fn tell(world: &World, path: &str, body: &Value) {
    let (status, answer) = control::answer(&world.simulator, Method::Post, path, body);
    assert!((200..300).contains(&status), "{path} {body}: {status} {answer}");
}

/// Somebody writes a tracking number on a fulfilment.
fn tracks(world: &World, fulfilment: &str, number: &str) {
    let edit = json!({ "method": "PATCH", "path": format!("itemFulfillment/{fulfilment}?replace=package"),
        "body": { "package": { "items": [{ "packageTrackingNumber": number }] } } });
    tell(world, "/netsuite/edit", &edit);
}

#[tokio::test(start_paused = true)]
async fn ful_07_ful_10_a_number_that_comes_later_completes_the_parcel_that_went_without() {
    let world = world(&[("fulfil.allow_untracked", "on")]);
    bought(&world, &json!([{ "sku": "CANDLE-FIG-220", "quantity": 3 }])).await;
    let fulfilment = ships(&world, &[("CANDLE-FIG-220", 2)], &[], "DHL Paket");
    told(&world).await;
    seen_back(&world).await;
    seen_back(&world).await;
    assert_eq!(state(&world, "shipments"), Some(State::Done));
    tracks(&world, &fulfilment, "A1");
    told(&world).await;
    seen_back(&world).await;
    seen_back(&world).await;
    let (status, parcels) = at_amazon(&world);
    assert_eq!(
        (status.as_str(), parcels),
        ("PartiallyShipped", vec![("A1".to_owned(), 2)])
    );
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    assert_eq!(state(&world, "shipments"), Some(State::Done));
}

#[tokio::test(start_paused = true)]
async fn ful_07_the_result_of_a_feed_is_asked_for_once_and_never_after_amazon_forgot_it() {
    let world = world(&[("fulfil.allow_untracked", "on")]);
    bought(&world, &json!([{ "sku": "CANDLE-FIG-220", "quantity": 3 }])).await;
    ships(&world, &[("CANDLE-FIG-220", 2)], &[], "DHL Paket");
    told(&world).await;
    seen_back(&world).await;
    seen_back(&world).await;
    let asked = world.trace.count("/feeds/2021-06-30/feeds/");
    later(&world, 40 * 24 * 60).await;
    ships(&world, &[("CANDLE-FIG-220", 1)], &["B2"], "DHL Paket");
    told(&world).await;
    seen_back(&world).await;
    assert_eq!(
        world.trace.count("/feeds/2021-06-30/feeds/"),
        asked,
        "its fate is known"
    );
    let (status, parcels) = at_amazon(&world);
    assert_eq!((status.as_str(), parcels.len()), ("Shipped", 2));
    assert_eq!(state(&world, "shipments"), Some(State::Done));
}

#[tokio::test(start_paused = true)]
async fn ful_07_a_feed_that_was_forgotten_unseen_stops_no_other_order() {
    let world = world(&[("fulfil.allow_untracked", "on")]);
    bought(&world, &json!([{ "sku": "CANDLE-FIG-220", "quantity": 3 }])).await;
    ships(&world, &[("CANDLE-FIG-220", 2)], &[], "DHL Paket");
    told(&world).await;
    // The computer is off for longer than Amazon keeps what it said.
    later(&world, 100 * 24 * 60).await;
    let reports = world.run(&["mfn-orders", "shipments"], None).await.unwrap();
    for report in reports {
        assert_ne!(report.result, store::runs::RunResult::Failed, "{report:?}");
    }
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn ful_07_a_missing_number_holds_up_no_other_parcel_of_the_order() {
    let world = world(&[]);
    bought(
        &world,
        &json!([{ "sku": "CANDLE-FIG-220", "quantity": 2 }, { "sku": "BULB-E27-WARM" }]),
    )
    .await;
    let without = ships(&world, &[("CANDLE-FIG-220", 2)], &[], "DHL Paket");
    ships(&world, &[("BULB-E27-WARM", 1)], &["B2"], "DHL Paket");
    told(&world).await;
    assert_eq!(causes(&world), [format!("TRACKING_MISSING:{ORDER}")]);
    assert_eq!(confirmations(&world), 1, "the other one went");
    seen_back(&world).await;
    assert_eq!(
        (confirmations(&world), state(&world, "shipments")),
        (1, Some(State::NeedsYou))
    );
    tracks(&world, &without, "A1");
    told(&world).await;
    seen_back(&world).await;
    assert_eq!(
        (confirmations(&world), state(&world, "shipments")),
        (2, Some(State::Done))
    );
    assert!(causes(&world).is_empty(), "CMN-27: {:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn ful_09_cmn_26_trying_again_tells_amazon_again() {
    let world = world(&[]);
    bought(&world, &json!([{ "sku": "CANDLE-FIG-220" }])).await;
    tell(
        &world,
        "/faults",
        &json!({ "fault": "confirmation_ignored", "touching": "/shipmentConfirmation", "times": 1 }),
    );
    ships(&world, &[], &["A1"], "DHL Paket");
    told(&world).await;
    later(&world, 20).await;
    seen_back(&world).await;
    assert_eq!(causes(&world), ["SHIPMENT_NOT_TAKEN:DHL"]);
    assert_eq!(confirmations(&world), 1);
    let engine = world.engine().unwrap();
    engine.retry(Some("SHIPMENT_NOT_TAKEN:DHL"), &[]).await.unwrap();
    assert_eq!(confirmations(&world), 2);
    seen_back(&world).await;
    let (_, parcels) = at_amazon(&world);
    assert_eq!(parcels, [("A1".to_owned(), 1)], "one parcel");
    assert_eq!(state(&world, "shipments"), Some(State::Done));
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn ful_10_a_correction_that_amazon_does_not_take_is_asked_about() {
    let world = world(&[]);
    bought(&world, &json!([{ "sku": "CANDLE-FIG-220" }])).await;
    let fulfilment = ships(&world, &[], &["WRONG"], "DHL Paket");
    told(&world).await;
    seen_back(&world).await;
    assert_eq!(state(&world, "shipments"), Some(State::Done));
    tell(
        &world,
        "/faults",
        &json!({ "fault": "confirmation_ignored", "touching": "/shipmentConfirmation", "times": 1 }),
    );
    tracks(&world, &fulfilment, "RIGHT");
    told(&world).await;
    seen_back(&world).await;
    assert_eq!(
        state(&world, "shipments"),
        Some(State::Sent),
        "the order is all shipped, the number is not there"
    );
    later(&world, 20).await;
    seen_back(&world).await;
    assert_eq!(causes(&world), [format!("SHIPMENT_NOT_TAKEN:{ORDER}")]);
}
