//! Services that fail for long, lists that move while they are read, reports that come late or not at all
//! (quality-bars R3 #2, #14, #21).

use chrono::TimeDelta;
use passerelle_tests::World;
use serde_json::json;
use simulator::{Fault, Rule};

use crate::around::{buys, causes, holds, home, in_netsuite, sync, tell, world};

const ORDER: &str = "305-1000000-0000001";
const AMAZON: &str = "sellingpartnerapi";
const NETSUITE: &str = "/services/rest/";

fn for_ever(fault: Fault, touching: &str) -> Rule {
    Rule {
        times: None,
        ..Rule::once(fault, touching)
    }
}

#[tokio::test(start_paused = true)]
async fn r3_2_half_an_hour_of_server_errors_is_told_once_and_loses_nothing() {
    for (fault, touching) in [
        (Fault::ServerError, AMAZON),
        (Fault::Unavailable, AMAZON),
        (Fault::ServerError, NETSUITE),
        (Fault::Unavailable, NETSUITE),
    ] {
        let world = world();
        buys(&world, ORDER, "DE");
        world.simulator.faults().add(for_ever(fault, touching));
        let began = world.clock.now();
        while world.clock.now() - began < TimeDelta::minutes(30) {
            sync(&world).await;
        }
        assert_eq!(in_netsuite(&world, ORDER), 0);
        let told = causes(&world);
        let once: std::collections::BTreeSet<&String> = told.iter().collect();
        assert!(
            !told.is_empty() && once.len() == told.len(),
            "{fault:?} of {touching}: {told:?}"
        );
        assert!(told.iter().all(|cause| cause.starts_with("NETWORK")), "{told:?}");
        world.simulator.faults().clear();
        sync(&world).await;
        sync(&world).await;
        assert_eq!(in_netsuite(&world, ORDER), 1, "{fault:?} of {touching}");
        assert!(causes(&world).is_empty(), "CMN-27: {:?}", causes(&world));
        holds(&world);
    }
}

/// ux.md §9.4 NET-OFFLINE, AMZ-DOWN: while nothing gets through, Home does not say that everything is in sync.
#[tokio::test(start_paused = true)]
async fn net_offline_home_says_since_when_and_that_it_tries_again() {
    let world = world();
    buys(&world, ORDER, "DE");
    sync(&world).await;
    assert_eq!(home(&world)[0], "home-in-sync");

    world.simulator.faults().add(for_ever(Fault::NeverSent, ""));
    sync(&world).await;
    sync(&world).await;
    assert_eq!(home(&world), ["home-offline", "home-detail-last"]);
    world.simulator.faults().clear();
    world.simulator.faults().add(for_ever(Fault::NeverSent, AMAZON));
    sync(&world).await;
    assert_eq!(home(&world), ["home-retrying", "home-detail-last"]);
    world.simulator.faults().clear();
    sync(&world).await;
    sync(&world).await;
    assert_eq!(home(&world), ["home-in-sync", "home-detail-checked"]);
}

#[tokio::test(start_paused = true)]
async fn r3_2_a_single_server_error_is_not_worth_a_word() {
    for fault in [Fault::ServerError, Fault::Unavailable, Fault::NeverSent] {
        for touching in [AMAZON, NETSUITE] {
            let world = world();
            buys(&world, ORDER, "DE");
            world.simulator.faults().add(Rule::once(fault, touching));
            sync(&world).await;
            assert_eq!(in_netsuite(&world, ORDER), 1, "{fault:?} of {touching}");
            assert!(causes(&world).is_empty(), "{:?}", causes(&world));
        }
    }
}

/// More orders than a page holds.
fn two_pages(world: &World) -> Vec<String> {
    let ids: Vec<String> = (1..=130).map(|number| format!("305-1000000-{number:07}")).collect();
    for id in &ids {
        buys(world, id, "DE");
    }
    ids
}

fn all_once(world: &World, ids: &[String]) {
    for id in ids {
        assert_eq!(in_netsuite(world, id), 1, "{id}");
    }
    holds(world);
}

#[tokio::test(start_paused = true)]
async fn r3_14_pages_in_another_order_bring_every_order_once() {
    let world = world();
    let ids = two_pages(&world);
    world
        .simulator
        .faults()
        .add(for_ever(Fault::ReorderedPage, "/orders/2026-01-01/orders?"));
    sync(&world).await;
    all_once(&world, &ids);
    assert!(world.simulator.faults().fired().contains_key(&Fault::ReorderedPage));
}

/// An order of the second page changes while the first one is read, and one of the first while the second is.
#[tokio::test(start_paused = true)]
async fn r3_14_an_order_that_moves_between_pages_while_they_are_read_is_not_lost() {
    let world = World::open(passerelle_tests::world::Making {
        company: simulator::Company::Empty,
        orders: Some(0),
        latency: simulator::Latency {
            amazon: std::time::Duration::from_secs(2),
            netsuite: std::time::Duration::from_millis(50),
            jitter: 0,
        },
        ..passerelle_tests::world::Making::demo(5)
    })
    .unwrap();
    let ids = two_pages(&world);
    world.wait(TimeDelta::minutes(15)).await;
    let moving = async {
        for index in [0, 40, 80, 120, 129, 99, 100] {
            world.wait(TimeDelta::seconds(1)).await;
            let change = json!({ "address": { "city": format!("Town {index}") } });
            tell(&world, &format!("/orders/{}", ids[index]), &change);
        }
    };
    let (report, ()) = tokio::join!(world.sync(), moving);
    report.unwrap();
    sync(&world).await;
    sync(&world).await;
    all_once(&world, &ids);
    let books = world.books();
    let orders = passerelle_tests::invariants::Books::of(&books);
    let (_, moved) = orders.of_order(&ids[120])[0];
    assert_eq!(
        moved["shippingAddress"]["city"], "Town 120",
        "and its change has come too"
    );
}

/// Reports of orders and of shipments that were asked for.
fn requested(world: &World) -> usize {
    world
        .trace
        .count("POST https://sellingpartnerapi-eu.amazon.com/reports/2021-06-30/reports")
}

fn hides(world: &World) {
    world
        .simulator
        .faults()
        .add(for_ever(Fault::AbsentFromList, "/orders/2026-01-01/orders?"));
}

#[tokio::test(start_paused = true)]
async fn r3_21_a_report_that_is_queued_for_days_is_waited_for_and_used() {
    let world = world();
    sync(&world).await;
    tell(&world, "/processing", &json!({ "seconds": 2 * 24 * 3_600 }));
    hides(&world);
    buys(&world, ORDER, "DE");
    let before = requested(&world);
    for _ in 0..6 {
        world.wait(TimeDelta::hours(12)).await;
        world.sync().await.unwrap();
    }
    let asked = requested(&world) - before;
    assert!(
        (1..=6).contains(&asked),
        "{asked} requests for two kinds of reports in three days"
    );
    sync(&world).await;
    assert_eq!(in_netsuite(&world, ORDER), 1, "the report that came late has been read");
    holds(&world);
}

#[tokio::test(start_paused = true)]
async fn r3_21_a_report_that_fails_is_told_and_asked_for_again() {
    let world = world();
    sync(&world).await;
    tell(&world, "/processing", &json!({ "seconds": 60, "fatal": true }));
    hides(&world);
    buys(&world, ORDER, "DE");
    world.wait(TimeDelta::hours(25)).await;
    world.sync().await.unwrap();
    assert!(
        causes(&world).iter().any(|cause| cause == "NETWORK:order-comparison"),
        "{:?}",
        causes(&world)
    );
    tell(&world, "/processing", &json!({ "seconds": 60, "fatal": false }));
    sync(&world).await;
    sync(&world).await;
    assert_eq!(in_netsuite(&world, ORDER), 1);
    assert!(causes(&world).is_empty(), "{:?}", causes(&world));
}

/// A company in which nothing happened: Amazon calls such a report cancelled, and an empty one is no sign of lost orders.
#[tokio::test(start_paused = true)]
async fn r3_21_r7_a_report_without_orders_ends_well_and_the_next_one_is_read() {
    let world = world();
    for _ in 0..2 {
        world.wait(TimeDelta::hours(25)).await;
        let reports = world.sync().await.unwrap();
        assert!(reports.iter().all(|report| report.because.is_none()), "{reports:?}");
        assert!(causes(&world).is_empty(), "{:?}", causes(&world));
    }
    hides(&world);
    buys(&world, ORDER, "DE");
    world.wait(TimeDelta::hours(25)).await;
    world.sync().await.unwrap();
    sync(&world).await;
    assert_eq!(in_netsuite(&world, ORDER), 1);
    holds(&world);
}
