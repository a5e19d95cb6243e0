//! The order panel (ux.md §5.5): tell Amazon again, bill now, handle elsewhere.

use passerelle_tests::World;
use passerelle_tests::invariants::Books;
use serde_json::{Value, json};
use simulator::Company;
use simulator::netsuite::{Package, Shipping};
use store::decisions::{self, State};
use store::problems::{self, Tab};

use super::{bought, later, refused, tell, world};

const ORDER: &str = "305-1000000-0000001";
const ALL: &[&str] = &["mfn-customers", "mfn-orders", "shipments", "billing"];

/// A German order that is in NetSuite.
async fn imported(options: &[(&str, &str)]) -> World {
    let world = world(Company::Empty, options);
    bought(&world, ORDER, "DE");
    later(&world, 10).await;
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
    assert_eq!(state(&world, "mfn-orders"), Some(State::Done));
    world
}

fn state(world: &World, flow: &str) -> Option<State> {
    let about = world.store.read(|db| decisions::about(db, ORDER)).unwrap();
    let of_flow = about.into_iter().rev().find(|decision| decision.flow == flow);
    of_flow.map(|decision| decision.state)
}

/// Somebody ships all of it in NetSuite.
fn ships(world: &World, tracking: &str) -> String {
    let act = Shipping {
        order: format!("AZN-SO-{ORDER}"),
        packages: vec![Package {
            tracking: Some(tracking.to_owned()),
            ..Package::default()
        }],
        ship_method: Some("DHL Paket".to_owned()),
        ..Shipping::default()
    };
    world.simulator.netsuite().ship(&act).unwrap()
}

async fn synced(world: &World, flows: &[&str]) {
    later(world, 15).await;
    world.run(flows, None).await.unwrap();
}

/// What Amazon shows of the order's parcels: tracking number and carrier.
fn at_amazon(world: &World) -> Vec<(String, String)> {
    let state = world.simulator.amazon().state();
    let order = state.world.order(ORDER).unwrap();
    let now = world.clock.now();
    let shown = order
        .parcels
        .iter()
        .filter(|parcel| parcel.confirmed <= now && parcel.replaced.is_none());
    shown
        .map(|parcel| (parcel.tracking.clone(), parcel.carrier.clone()))
        .collect()
}

fn confirmations(world: &World) -> usize {
    world.trace.count("/shipmentConfirmation")
}

async fn panel(world: &World) -> Value {
    world
        .app()
        .unwrap()
        .call("order", json!({ "id": ORDER }))
        .await
        .unwrap()
}

fn causes(world: &World) -> Vec<String> {
    let groups = world.store.read(|db| problems::groups(db, Tab::NeedsYou)).unwrap();
    groups.into_iter().map(|group| group.cause).collect()
}

/// The lines of the trail about the order.
fn trail(world: &World) -> Vec<String> {
    let lines = world
        .store
        .read(|db| store::audit::list(db, Some(ORDER), None, 20))
        .unwrap();
    lines.into_iter().rev().map(|line| line.what).collect()
}

fn wish(parcel: &str, carrier: &str, method: &str, tracking: &str) -> Value {
    json!({ "order": ORDER, "parcel": parcel, "carrier": carrier, "method": method, "tracking": tracking })
}

#[tokio::test(start_paused = true)]
async fn ful_10_a_confirmation_is_sent_again_as_a_person_describes_it_and_read_back() {
    let world = imported(&[]).await;
    let fulfilment = ships(&world, "WRONG1");
    synced(&world, &["shipments"]).await;
    synced(&world, &["mfn-orders", "shipments"]).await;
    assert_eq!(state(&world, "shipments"), Some(State::Done));
    let told = &panel(&world).await["parcels"][0];
    assert_eq!((&told["tracking"], &told["units"]), (&json!("WRONG1"), &json!(1)));
    let parcel = told["id"].as_str().unwrap().to_owned();

    world
        .press("resend_shipment", wish(&parcel, "UPS", " Express ", " RIGHT1 "))
        .await
        .unwrap();
    assert_eq!(confirmations(&world), 2);
    synced(&world, &["mfn-orders", "shipments"]).await;
    synced(&world, &["mfn-orders", "shipments"]).await;
    assert_eq!(
        at_amazon(&world),
        [("RIGHT1".to_owned(), "UPS".to_owned())],
        "one parcel, corrected"
    );
    assert_eq!(
        (confirmations(&world), state(&world, "shipments")),
        (2, Some(State::Done)),
        "said once"
    );
    assert_eq!(panel(&world).await["parcels"][0]["method"], "Express");

    // The same words once more are sent too: a person asked.
    world
        .press("resend_shipment", wish(&parcel, "UPS", "Express", "RIGHT1"))
        .await
        .unwrap();
    assert_eq!(confirmations(&world), 3);
    // A correction in NetSuite comes later than what the person said.
    let edit = json!({ "method": "PATCH", "path": format!("itemFulfillment/{fulfilment}?replace=package"),
        "body": { "package": { "items": [{ "packageTrackingNumber": "NEWEST1" }] } } });
    tell(&world, "/netsuite/edit", &edit);
    synced(&world, &["shipments"]).await;
    synced(&world, &["mfn-orders", "shipments"]).await;
    synced(&world, &["mfn-orders", "shipments"]).await;
    assert_eq!(
        at_amazon(&world),
        [("NEWEST1".to_owned(), "DHL".to_owned())],
        "{:?}",
        causes(&world)
    );
    assert_eq!(trail(&world), ["resend-shipment", "resend-shipment"]);
}

#[tokio::test(start_paused = true)]
async fn ful_07_what_was_never_shipped_is_not_confirmed_and_says_why() {
    let world = imported(&[]).await;
    let because = "cannot-resend-nothing-shipped";
    assert_eq!(panel(&world).await["cannot_resend"]["id"], because);
    assert_eq!(
        refused(&world, "resend_shipment", wish("SHIP-1", "UPS", "", "A1")).await,
        because
    );
    ships(&world, "A1");
    synced(&world, &["shipments"]).await;
    let parcel = panel(&world).await["parcels"][0]["id"].as_str().unwrap().to_owned();
    for (carrier, tracking) in [("", "A1"), ("UPS", "  ")] {
        let said = refused(&world, "resend_shipment", wish(&parcel, carrier, "", tracking)).await;
        assert_eq!(said, "error-parcel-incomplete");
    }
    let off = json!({ "flow": "shipments", "marketplace": "A1PA6795UKMFR9", "on": false });
    world.press("set_flow_on", off).await.unwrap();
    let said = refused(&world, "resend_shipment", wish(&parcel, "UPS", "", "B1")).await;
    assert_eq!(said, "cannot-resend-off");
    assert_eq!(confirmations(&world), 1);
}

/// Bills in the books by their type.
fn bills(world: &World) -> Vec<String> {
    let books = world.books();
    let books = Books::of(&books);
    let count = |kind: &str| books.of_kind(kind).len();
    let mut bills = vec!["invoice".to_owned(); count("invoice")];
    bills.extend(vec!["cashSale".to_owned(); count("cashSale")]);
    bills
}

#[tokio::test(start_paused = true)]
async fn bil_01_bil_06_one_order_is_billed_now_with_all_guards_and_once() {
    let world = world(Company::Empty, &[]);
    bought(&world, ORDER, "DE");
    let bill = json!({ "id": ORDER });
    assert_eq!(
        refused(&world, "bill_order", bill.clone()).await,
        "cannot-bill-not-in-netsuite"
    );
    later(&world, 10).await;
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
    world.press("bill_order", bill.clone()).await.unwrap();
    assert_eq!(bills(&world), Vec::<String>::new(), "nothing has left");
    ships(&world, "A1");
    later(&world, 10).await;
    world.press("bill_order", bill.clone()).await.unwrap();
    assert_eq!(bills(&world), ["invoice"], "{:?}", causes(&world));
    later(&world, 10).await;
    world.press("bill_order", bill.clone()).await.unwrap();
    synced(&world, ALL).await;
    assert_eq!(bills(&world), ["invoice"], "billed once, however often it is asked for");
    let off = json!({ "flow": "billing", "marketplace": "A1PA6795UKMFR9", "on": false });
    world.press("set_flow_on", off).await.unwrap();
    assert_eq!(refused(&world, "bill_order", bill).await, "cannot-bill-off");
}

#[tokio::test(start_paused = true)]
async fn cmn_26_an_order_that_is_handled_elsewhere_is_touched_by_no_flow_until_it_is_taken_back() {
    let world = imported(&[]).await;
    let by_hand = json!({ "order": ORDER, "reason": "shipped from the other shop" });
    world.press("handled_elsewhere", by_hand).await.unwrap();
    ships(&world, "A1");
    synced(&world, ALL).await;
    assert_eq!((confirmations(&world), bills(&world).len()), (0, 0));
    let seen = panel(&world).await;
    assert_eq!(seen["order"]["state"], "skipped");
    assert_eq!(
        seen["order"]["reason"]["args"]["reason"]["value"],
        "shipped from the other shop"
    );
    assert_eq!(seen["elsewhere"]["reason"], "shipped from the other shop");
    assert_eq!(seen["cannot_bill"]["id"], "cannot-handled-elsewhere");
    assert!(
        seen["timeline"]
            .as_array()
            .unwrap()
            .iter()
            .any(|step| step["what"]["id"] == "timeline-handled-elsewhere")
    );
    let said = refused(&world, "bill_order", json!({ "id": ORDER })).await;
    assert_eq!(said, "cannot-handled-elsewhere");

    world.press("take_order_back", json!({ "id": ORDER })).await.unwrap();
    synced(&world, ALL).await;
    synced(&world, ALL).await;
    assert_eq!((confirmations(&world), bills(&world).len()), (1, 1));
    assert_eq!(panel(&world).await["order"]["state"], "done");
    assert_eq!(trail(&world), ["handled-elsewhere", "include"]);
    let again = refused(&world, "take_order_back", json!({ "id": ORDER })).await;
    assert_eq!(again, "error-not-found", "there is nothing to take back");
    let empty = json!({ "order": ORDER, "reason": "  " });
    assert_eq!(refused(&world, "handled_elsewhere", empty).await, "error-bad-field");
}

#[tokio::test(start_paused = true)]
async fn cmn_26_the_errors_of_an_order_that_is_handled_elsewhere_are_set_aside_with_its_reason() {
    let world = world(Company::Empty, &[]);
    let line = json!({ "sku": "NO-SUCH-ITEM", "quantity": 1, "item": "20.00" });
    tell(
        &world,
        "/orders",
        &json!({ "id": ORDER, "marketplace": "DE", "lines": [line] }),
    );
    synced(&world, &["mfn-customers", "mfn-orders"]).await;
    assert_eq!(causes(&world), ["ITEM_NOT_FOUND:NO-SUCH-ITEM"]);
    let by_hand = json!({ "order": ORDER, "reason": "entered by hand" });
    world.press("handled_elsewhere", by_hand).await.unwrap();
    assert!(causes(&world).is_empty());
    synced(&world, &["mfn-customers", "mfn-orders"]).await;
    assert!(causes(&world).is_empty(), "it stays so");
    world.press("take_order_back", json!({ "id": ORDER })).await.unwrap();
    assert_eq!(causes(&world), ["ITEM_NOT_FOUND:NO-SUCH-ITEM"], "asked again");
}
