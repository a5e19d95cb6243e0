//! Runs over what a person names: orders by their numbers, and days (CMN-18).

use passerelle_tests::World;
use passerelle_tests::invariants::Books;
use serde_json::{Value, json};
use simulator::Company;

use super::{bought, later, refused, world};

const IN_GERMANY: &str = "305-1000000-0000001";
const IN_AMERICA: &str = "112-1000000-0000002";

/// A request that names things.
fn named(keys: &[&str]) -> Value {
    json!({ "flow": "mfn-orders", "dry_run": false, "keys": keys })
}

/// The hosts of Amazon that were asked since a line of the trace, each once.
fn asked_since(world: &World, before: usize) -> Vec<String> {
    let lines = world.trace.lines();
    let mut hosts: Vec<String> = lines[before..]
        .iter()
        .filter_map(|line| line.split("https://").nth(1))
        .filter_map(|address| address.split('/').next())
        .filter(|host| host.starts_with("sellingpartnerapi"))
        .map(str::to_owned)
        .collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

#[tokio::test(start_paused = true)]
async fn cmn_18_only_the_regions_that_know_an_order_are_asked_about_it() {
    let world = world(Company::Everywhere, &[]);
    bought(&world, IN_GERMANY, "DE");
    bought(&world, IN_AMERICA, "US");
    later(&world, 10).await;
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
    later(&world, 10).await;

    let before = world.trace.lines().len();
    let started = world.press("start_run", named(&[IN_GERMANY])).await.unwrap();
    assert_eq!(started["runs"].as_array().unwrap().len(), 1);
    assert_eq!(asked_since(&world, before), ["sellingpartnerapi-eu.amazon.com"]);

    let before = world.trace.lines().len();
    world
        .press("start_run", named(&[IN_GERMANY, IN_AMERICA]))
        .await
        .unwrap();
    let lines = world.trace.lines();
    let hosts = |order: &str| {
        let about = lines[before..].iter().filter(|line| line.contains(order));
        let amazon = about.filter(|line| line.contains("://sellingpartnerapi"));
        let mut hosts: Vec<bool> = amazon.map(|line| line.contains("-eu.")).collect();
        hosts.dedup();
        hosts
    };
    assert_eq!(
        (hosts(IN_GERMANY), hosts(IN_AMERICA)),
        (vec![true], vec![false]),
        "each where it is known"
    );

    let before = world.trace.lines().len();
    world.press("start_run", named(&["405-1000000-0000009"])).await.unwrap();
    assert_eq!(asked_since(&world, before).len(), 3, "unknown: it may be anywhere");
}

fn imported(world: &World, id: &str) -> usize {
    let books = world.books();
    Books::of(&books).of_order(id).len()
}

#[tokio::test(start_paused = true)]
async fn cmn_18_days_that_a_person_names_are_read_and_the_cursor_stays() {
    let world = world(Company::Empty, &[]);
    let cursor = || {
        let accounts = world.store.read(store::accounts::all).unwrap();
        let eu = accounts.into_iter().find(|one| one.region == "eu").unwrap().id;
        let found = world
            .store
            .read(|db| store::cursors::get(db, "mfn-orders", &eu))
            .unwrap();
        found.and_then(|cursor| cursor.until)
    };
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
    let read_until = cursor();
    assert!(read_until.is_some());
    later(&world, 2 * 24 * 60).await;
    let bought_on = world.clock.now().date_naive();
    bought(&world, IN_GERMANY, "DE");
    later(&world, 3 * 24 * 60).await;
    let days = |from: i64, to: i64| {
        let day = |offset: i64| (bought_on + chrono::TimeDelta::days(offset)).to_string();
        json!({ "flow": "mfn-orders", "dry_run": false, "from": day(from), "to": day(to) })
    };
    world.press("start_run", days(1, 2)).await.unwrap();
    assert_eq!(imported(&world, IN_GERMANY), 0, "other days");
    world.press("start_run", days(-1, 0)).await.unwrap();
    assert_eq!(imported(&world, IN_GERMANY), 1);
    assert_eq!(cursor(), read_until);
    assert_eq!(refused(&world, "start_run", days(1, 0)).await, "error-days-backwards");
    let half = json!({ "flow": "mfn-orders", "dry_run": false, "from": "2026-11-01" });
    assert_eq!(refused(&world, "start_run", half).await, "error-bad-field");
}

#[tokio::test(start_paused = true)]
async fn cmn_20_a_dry_run_over_days_shows_what_it_would_write_and_writes_nothing() {
    let world = world(Company::Empty, &[]);
    bought(&world, IN_GERMANY, "DE");
    later(&world, 10).await;
    let today = world.clock.now().date_naive().to_string();
    let request = json!({ "flow": "mfn-orders", "dry_run": true, "from": today, "to": today });
    let started = world.press("start_run", request).await.unwrap();
    assert_eq!((world.trace.writes(), imported(&world, IN_GERMANY)), (0, 0));
    let runs: Vec<Value> = started["runs"].as_array().unwrap().clone();
    let mut seen = Vec::new();
    for run in runs {
        let view = world.app().unwrap().call("run", json!({ "id": run })).await.unwrap();
        let records = view["records"].as_array().unwrap().clone();
        seen.extend(records.into_iter().map(|record| record["key"].clone()));
    }
    assert_eq!(seen, [json!(IN_GERMANY)]);
}

#[tokio::test(start_paused = true)]
async fn cmn_15_a_run_says_for_which_marketplaces_it_ran_and_lists_narrow_by_them() {
    const GERMANY: &str = "A1PA6795UKMFR9";
    let world = world(Company::Everywhere, &[]);
    let ask = async |request: Value| {
        let page = world.app().unwrap().call("runs", request).await.unwrap();
        page["runs"].as_array().unwrap().clone()
    };
    let ids = |runs: &[Value]| runs.iter().map(|run| run["id"].clone()).collect::<Vec<_>>();
    world.run(&["mfn-orders"], None).await.unwrap();
    let all = ask(json!({ "flow": "mfn-orders" })).await;
    let of = |region: &str| all.iter().find(|run| run["scope"] == region).unwrap();
    let europe = of("EU")["marketplaces"].as_array().unwrap();
    assert!(europe.contains(&json!(GERMANY)) && !europe.contains(&json!("ATVPDKIKX0DER")));
    let american = ask(json!({ "marketplace": "ATVPDKIKX0DER" })).await;
    assert_eq!(ids(&american), [of("NA")["id"].clone()]);

    let only = json!({ "flow": "mfn-orders", "dry_run": false, "marketplace": GERMANY });
    later(&world, 10).await;
    world.press("start_run", only).await.unwrap();
    let german = ask(json!({ "marketplace": GERMANY })).await;
    assert_eq!((german.len(), &german[0]["marketplaces"]), (2, &json!([GERMANY])));
    let french = ask(json!({ "marketplace": "A13V1IB3VIYZZH" })).await;
    assert_eq!(
        ids(&french),
        [of("EU")["id"].clone()],
        "the run for Germany alone is none of theirs"
    );
}

#[tokio::test(start_paused = true)]
async fn the_records_of_a_flow_are_counted_by_day_and_by_how_they_stand() {
    let world = world(Company::Empty, &[]);
    bought(&world, IN_GERMANY, "DE");
    later(&world, 10).await;
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
    let ask = async |request: Value| world.app().unwrap().call("flow_days", request).await;
    let all = ask(json!({ "flow": "mfn-orders" })).await.unwrap();
    let days = all["days"].as_array().unwrap();
    let last = days.last().unwrap();
    assert_eq!(
        (days.len(), &last["done"], &last["needs_you"]),
        (30, &json!(1), &json!(0))
    );
    let elsewhere = ask(json!({ "flow": "mfn-orders", "marketplace": "ATVPDKIKX0DER" }))
        .await
        .unwrap();
    let count: i64 = elsewhere["days"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|day| day["done"].as_i64())
        .sum();
    assert_eq!(count, 0, "another marketplace");
    assert!(ask(json!({ "flow": "no-such-flow" })).await.is_err());
}
