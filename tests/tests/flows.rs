//! The flows at work in the Demo company and in a large one: what they read, what they write, what they leave to a person.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use passerelle_tests::World;
use passerelle_tests::world::Making;
use serde_json::Value;
use simulator::Company;
use store::problems::{self, Tab};
use store::settlements;

fn summaries(world: &World) -> Vec<Value> {
    let all = world.store.read(settlements::all).unwrap();
    all.into_iter()
        .map(|one| {
            one.summary
                .unwrap_or_else(|| panic!("{} has no summary", one.header.id))
        })
        .collect()
}

fn in_currency<'a>(summaries: &'a [Value], currency: &str) -> &'a Value {
    summaries.iter().find(|one| one["currency"] == currency).unwrap()
}

fn causes(world: &World) -> Vec<String> {
    let groups = world.store.read(|db| problems::groups(db, Tab::NeedsYou)).unwrap();
    groups.into_iter().map(|group| group.cause).collect()
}

#[tokio::test(start_paused = true)]
async fn a_day_of_trading_ends_in_the_books() {
    let world = World::open(Making::demo(7)).unwrap();
    world.sync().await.unwrap();
    let before = summaries(&world);
    assert_eq!(before.len(), 3, "SET-02: each settlement once");
    assert_eq!(in_currency(&before, "USD")["difference"]["amount"], "0.00");
    assert_eq!(in_currency(&before, "EUR")["difference"]["amount"], "12.40");
    let parts = in_currency(&before, "EUR")["unexplained"].as_array().unwrap();
    let mut named: Vec<&str> = parts
        .iter()
        .map(|part| part["amount"]["amount"].as_str().unwrap())
        .collect();
    named.sort_unstable();
    assert_eq!(named, ["-24.90", "32.40", "4.90"], "SET-56: every cent is named");
    assert_eq!(in_currency(&before, "JPY")["accounts_ready"], false);
    let asked = causes(&world);
    assert!(
        asked.contains(&"ITEM_NOT_FOUND:LAMP-RED-EU".to_owned()),
        "CMN-25: one group for 11 orders: {asked:?}"
    );
    assert!(
        asked.iter().any(|cause| cause.starts_with("LINE_UNMAPPED:")),
        "{asked:?}"
    );

    assert_eq!(
        world.approve_ready().await.unwrap(),
        1,
        "only the one that agrees can be approved"
    );
    let after = summaries(&world);
    let usd = in_currency(&after, "USD");
    assert_eq!(
        (usd["stage"].as_str(), usd["clearing"]["amount"].as_str()),
        (Some("posted"), Some("0.00")),
        "SET-48"
    );

    world.sync().await.unwrap();
    let writes = world.trace.writes();
    world.sync().await.unwrap();
    assert_eq!(world.trace.writes(), writes, "running any flow twice changes nothing");
}

#[tokio::test(start_paused = true)]
async fn p2_a_thousand_orders_in_three_regions_cost_twelve_searches_at_most() {
    let making = Making {
        company: Company::Large,
        orders: Some(1_000),
        ..Making::demo(3)
    };
    let world = World::open(making).unwrap();
    let flows = ["mfn-customers", "mfn-orders", "fba-customers", "fba-orders"];
    let reports = world.run(&flows, None).await.unwrap();
    let read: u64 = reports
        .iter()
        .filter(|report| report.flow.ends_with("-orders"))
        .map(|report| report.counts.read)
        .sum();
    assert!(read >= 1_000, "{read} orders were read");
    let asked = world.trace.count("/orders/2026-01-01/orders");
    assert!(
        asked * 1_000 <= 12 * usize::try_from(read).unwrap(),
        "{asked} calls for {read} orders"
    );
}
