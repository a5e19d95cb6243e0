//! Limits that move while a run goes on, places taken by others, orders and records that change under our hands, and feeds
//! that come late (quality-bars R3 #10, #11, #13, #17, #22–24).

use std::time::Duration;

use chrono::TimeDelta;
use passerelle_tests::World;
use passerelle_tests::invariants::{Books, decimal, text};
use passerelle_tests::world::Making;
use serde_json::{Value, json};
use simulator::{Company, Fault, Latency, Rule};

use crate::around::{asked, buys, causes, holds, in_netsuite, sync, tell, world, world_with};

const ORDER: &str = "305-1000000-0000001";
const OTHER: &str = "305-1000000-0000002";

/// A company whose services take their time, so that things can happen meanwhile.
fn slow() -> World {
    World::open(Making {
        company: Company::Empty,
        orders: Some(0),
        latency: Latency {
            amazon: Duration::from_millis(500),
            netsuite: Duration::from_secs(1),
            jitter: 0,
        },
        ..Making::demo(5)
    })
    .unwrap()
}

fn many(world: &World, count: u32) -> Vec<String> {
    let ids: Vec<String> = (1..=count).map(|number| format!("305-1000000-{number:07}")).collect();
    for id in &ids {
        buys(world, id, "DE");
    }
    ids
}

fn ships(world: &World, order: &str, tracking: Option<&str>) {
    let packages: Vec<Value> = tracking.iter().map(|number| json!({ "tracking": number })).collect();
    let act = json!({ "order": format!("AZN-SO-{order}"), "packages": packages, "ship_method": "DHL Paket" });
    tell(world, "/netsuite/ship", &act);
}

fn sales_order(world: &World, order: &str) -> Value {
    let books = world.books();
    Books::of(&books).of_order(order)[0].1.clone()
}

/// A cycle during which something happens after some seconds.
async fn meanwhile(world: &World, seconds: i64, act: impl FnOnce()) {
    let later = async {
        world.wait(TimeDelta::seconds(seconds)).await;
        act();
    };
    let (reports, ()) = tokio::join!(world.sync(), later);
    reports.unwrap();
}

#[tokio::test(start_paused = true)]
async fn r3_10_limits_that_move_in_mid_run_bring_no_storm_of_refusals() {
    let world = slow();
    let ids = many(&world, 24);
    sync(&world).await;
    for id in &ids {
        ships(&world, id, Some(&format!("T{id}")));
    }
    world.wait(TimeDelta::minutes(15)).await;
    let limit = |rate: u32, burst: u32| json!({ "operation": "confirmShipment", "rate": rate, "burst": burst });
    meanwhile(&world, 4, || drop(tell(&world, "/limits", &limit(2_500, 1)))).await;
    let refused = |world: &World| world.trace.count("/shipmentConfirmation 429");
    // Those that were in the air when the limit fell, and the try that finds it out.
    assert!(refused(&world) <= 6, "{} refusals", refused(&world));
    tell(&world, "/limits", &limit(20_000, 10));
    sync(&world).await;
    sync(&world).await;
    assert_eq!(world.trace.count("/shipmentConfirmation 204"), ids.len(), "each once");
    assert!(refused(&world) <= 6, "{} refusals", refused(&world));
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn r3_11_places_that_another_integration_takes_are_left_to_it() {
    let world = slow();
    let ids = many(&world, 30);
    world.wait(TimeDelta::minutes(15)).await;
    meanwhile(&world, 3, || {
        tell(&world, "/netsuite/concurrency", &json!({ "limit": 2 }));
    })
    .await;
    let lines = world.trace.lines();
    let writes = lines.iter().filter(|line| line.starts_with("write "));
    let refused = writes.filter(|line| line.ends_with(" 429")).count();
    assert!(refused <= ids.len() / 2, "{refused} refusals for {} orders", ids.len());
    tell(&world, "/netsuite/concurrency", &json!({ "limit": 5 }));
    sync(&world).await;
    for id in &ids {
        assert_eq!(in_netsuite(&world, id), 1, "{id}");
    }
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn r3_13_a_page_that_brings_orders_again_imports_each_once() {
    let world = world();
    let ids = many(&world, 130);
    let again = Rule {
        times: None,
        ..Rule::once(Fault::DuplicatedPage, "/orders/2026-01-01/orders?")
    };
    world.simulator.faults().add(again);
    sync(&world).await;
    for id in &ids {
        assert_eq!(in_netsuite(&world, id), 1, "{id}");
    }
    assert!(world.simulator.faults().fired().contains_key(&Fault::DuplicatedPage));
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn r3_17_an_order_that_changes_or_ends_while_it_is_imported_comes_out_right() {
    for seconds in [1, 3, 5, 8] {
        let world = slow();
        let ids = many(&world, 12);
        world.wait(TimeDelta::minutes(15)).await;
        let befalls = |id: &str, change: Value| drop(tell(&world, &format!("/orders/{id}"), &change));
        meanwhile(&world, seconds, || {
            befalls(&ids[2], json!({ "cancel": {} }));
            befalls(
                &ids[5],
                json!({ "price": { "line": "CANDLE-FIG-220", "item": "50.00" } }),
            );
            befalls(
                &ids[8],
                json!({ "cancel_line": { "line": "CANDLE-FIG-220", "quantity": 1 } }),
            );
        })
        .await;
        for _ in 0..3 {
            sync(&world).await;
        }
        let ended = Books::of(&world.books());
        let ended = ended.of_order(&ids[2]);
        let closed = |record: &Value| text(&record["status"]["id"]) == "H";
        assert!(
            ended.iter().all(|(_, record)| closed(record)),
            "after {seconds} s: {ended:?}"
        );
        assert_eq!(
            decimal(&sales_order(&world, &ids[5])["total"]),
            50.into(),
            "after {seconds} s"
        );
        assert!(causes(&world).is_empty(), "after {seconds} s: {:?}", causes(&world));
        holds(&world);
    }
}

#[tokio::test(start_paused = true)]
async fn r3_22_a_feed_that_comes_eight_hours_late_and_partly_refused_is_waited_for_and_told() {
    let world = world_with(&[("fulfil.allow_untracked", "on")]);
    buys(&world, ORDER, "DE");
    buys(&world, OTHER, "DE");
    sync(&world).await;
    tell(&world, "/processing", &json!({ "seconds": 8 * 3_600 }));
    ships(&world, ORDER, None);
    ships(&world, OTHER, None);
    sync(&world).await;
    let feeds = |world: &World| {
        world
            .trace
            .count(" POST https://sellingpartnerapi-eu.amazon.com/feeds/2021-06-30/feeds ")
    };
    let sent = feeds(&world);
    assert!(sent > 0);
    tell(&world, &format!("/orders/{OTHER}"), &json!({ "cancel": {} }));
    for _ in 0..3 {
        world.wait(TimeDelta::minutes(140)).await;
        world.sync().await.unwrap();
        let of_other = |cause: &String| cause.ends_with(OTHER);
        assert!(
            causes(&world).iter().all(of_other),
            "Amazon is still at work: {:?}",
            causes(&world)
        );
    }
    for _ in 0..3 {
        world.wait(TimeDelta::minutes(30)).await;
        world.sync().await.unwrap();
    }
    assert_eq!(feeds(&world), sent, "nothing is told twice");
    let status = |order: &str| {
        let amazon = world.simulator.amazon().state();
        amazon.world.order(order).unwrap().status(world.clock.now())
    };
    assert_eq!(status(ORDER), simulator::world::order::Status::Shipped);
    let open = causes(&world);
    assert!(
        !open.is_empty() && open.iter().all(|cause| cause.ends_with(OTHER)),
        "{open:?}"
    );
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn r3_22_a_cancellation_that_amazon_works_on_for_eight_hours_is_waited_for() {
    let world = world_with(&[("fulfil.cancel_out", "on")]);
    buys(&world, ORDER, "DE");
    sync(&world).await;
    tell(&world, "/processing", &json!({ "seconds": 8 * 3_600 }));
    tell(
        &world,
        "/netsuite/close",
        &json!({ "order": format!("AZN-SO-{ORDER}") }),
    );
    sync(&world).await;
    for _ in 0..5 {
        world.wait(TimeDelta::minutes(90)).await;
        world.sync().await.unwrap();
        assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    }
    world.wait(TimeDelta::minutes(60)).await;
    sync(&world).await;
    sync(&world).await;
    let cancelled = world.simulator.amazon().state().world.order(ORDER).unwrap().cancelled;
    assert!(cancelled.is_some());
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

#[tokio::test(start_paused = true)]
async fn r3_22_a_confirmation_that_amazon_forgot_is_found_out_and_not_called_done() {
    let world = world();
    buys(&world, ORDER, "DE");
    sync(&world).await;
    world
        .simulator
        .faults()
        .add(Rule::once(Fault::ConfirmationIgnored, "/shipmentConfirmation"));
    ships(&world, ORDER, Some("A1"));
    for _ in 0..4 {
        sync(&world).await;
    }
    assert_eq!(asked(&world, "SHIPMENT_NOT_TAKEN").len(), 1, "{:?}", causes(&world));
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn r3_23_a_record_that_somebody_saved_in_between_is_written_again_whole() {
    let world = world();
    buys(&world, ORDER, "DE");
    sync(&world).await;
    let twice = Rule {
        times: Some(2),
        ..Rule::once(Fault::RecordChanged, "PATCH ")
    };
    world.simulator.faults().add(twice);
    let change = json!({ "price": { "line": "CANDLE-FIG-220", "item": "50.00" } });
    tell(&world, &format!("/orders/{ORDER}"), &change);
    sync(&world).await;
    sync(&world).await;
    assert_eq!(world.simulator.faults().fired().get(&Fault::RecordChanged), Some(&2));
    assert_eq!(decimal(&sales_order(&world, ORDER)["total"]), 50.into());
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    holds(&world);
}

/// Somebody enters the order under our own name for it while we are about to.
#[tokio::test(start_paused = true)]
async fn r3_24_a_record_made_by_hand_under_our_name_is_never_doubled() {
    for (amount, question) in [("1.00", true), ("45.80", false)] {
        for seconds in [0, 2, 3] {
            let world = slow();
            buys(&world, ORDER, "DE");
            world.wait(TimeDelta::minutes(15)).await;
            let item = &world.simulator.opening_books().items;
            let item = item
                .iter()
                .find(|item| item.name == "CANDLE-FIG-220")
                .unwrap()
                .id
                .to_string();
            let customer = world.simulator.opening_books().role("customer.DE").unwrap().to_string();
            let amount: serde_json::Number = amount.parse().unwrap();
            let body = json!({ "entity": { "id": customer }, "externalId": format!("AZN-SO-{ORDER}"),
                "orderStatus": { "id": "B" },
                "item": { "items": [{ "item": { "id": item }, "quantity": 2, "amount": amount }] } });
            let edit = json!({ "method": "POST", "path": "salesOrder", "body": body });
            let mut status = Value::Null;
            meanwhile(&world, seconds, || {
                let (_, answer) =
                    simulator::control::answer(&world.simulator, wire::Method::Post, "/netsuite/edit", &edit);
                status = answer["status"].clone();
            })
            .await;
            sync(&world).await;
            sync(&world).await;
            let shown = format!("{amount} after {seconds} s ({status})");
            assert_eq!(in_netsuite(&world, ORDER), 1, "{shown}");
            // Where we were first, NetSuite refused the person.
            let was_first = status == 204;
            assert_eq!(
                !causes(&world).is_empty(),
                was_first && question,
                "{shown}: {:?}",
                causes(&world)
            );
        }
    }
}
