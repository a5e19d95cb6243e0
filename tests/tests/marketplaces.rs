//! Several marketplaces of one account, whole: one connection for all of them, one that is switched on later, many
//! orders at once, and a flow that is tried.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use chrono::TimeDelta;
use passerelle_tests::World;
use passerelle_tests::invariants::Books;
use passerelle_tests::world::Making;
use serde_json::{Value, json};
use simulator::{Company, control};
use store::marketplaces;
use wire::Method;

const FLOWS: &[&str] = &["mfn-customers", "mfn-orders"];

fn world(options: &[(&str, &str)]) -> World {
    let options = options
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    World::open(Making {
        company: Company::Everywhere,
        orders: Some(0),
        options: options.collect(),
        ..Making::demo(5)
    })
    .unwrap()
}

fn bought(world: &World, id: &str, country: &str) {
    let line = json!({ "sku": "CANDLE-FIG-220", "quantity": 1, "item": "20.00" });
    let order = json!({ "id": id, "marketplace": country, "lines": [line] });
    let (status, answer) = control::answer(&world.simulator, Method::Post, "/orders", &order);
    assert_eq!(status, 200, "{answer}");
}

async fn sync(world: &World) {
    world.wait(TimeDelta::minutes(10)).await;
    world.run(FLOWS, None).await.unwrap();
}

fn switch(world: &World, country: &str, enabled: bool) {
    world
        .store
        .write(|db| {
            let mut row = marketplaces::all(db)?
                .into_iter()
                .find(|row| row.country == country)
                .unwrap();
            row.enabled = enabled;
            marketplaces::put(db, &row)
        })
        .unwrap();
}

fn imported(books: &Value, id: &str) -> usize {
    Books::of(books).of_order(id).len()
}

#[tokio::test(start_paused = true)]
async fn cmn_01_one_connection_and_one_search_serve_all_marketplaces_of_an_account() {
    let world = world(&[]);
    let europe = ["DE", "FR", "IT", "ES", "NL", "BE", "SE", "PL", "UK"];
    let id = |number: usize| format!("305-1000000-{number:07}");
    for (number, country) in europe.iter().enumerate() {
        bought(&world, &id(number), country);
    }
    sync(&world).await;
    let books = world.books();
    for (number, country) in europe.iter().enumerate() {
        assert_eq!(imported(&books, &id(number)), 1, "{country}");
    }
    let accounts = world.store.read(store::accounts::all).unwrap();
    let amazon = accounts
        .iter()
        .filter(|one| one.service == store::accounts::Service::Amazon);
    assert_eq!(amazon.count(), 3, "one account a region");
    // One search for Europe with all its marketplaces in it; the other regions have one each.
    let searches: Vec<String> = world.trace.lines();
    let searches: Vec<&String> = searches.iter().filter(|line| line.contains("/orders?")).collect();
    assert_eq!(searches.len(), 3, "{searches:?}");
    let whole = searches.iter().filter(|line| {
        let ids = amazon::marketplaces::ALL
            .iter()
            .filter(|known| europe.contains(&known.country));
        ids.clone().all(|known| line.contains(known.id))
    });
    assert_eq!(whole.count(), 1, "{searches:?}");
}

#[tokio::test(start_paused = true)]
async fn cmn_32_a_marketplace_that_is_switched_on_later_misses_nothing_since_its_go_live_date() {
    let world = world(&[]);
    switch(&world, "FR", false);
    bought(&world, "305-1000000-0000001", "DE");
    bought(&world, "305-1000000-0000002", "FR");
    sync(&world).await;
    world.wait(TimeDelta::days(3)).await;
    sync(&world).await;
    assert_eq!(imported(&world.books(), "305-1000000-0000001"), 1);
    assert_eq!(imported(&world.books(), "305-1000000-0000002"), 0, "France is off");
    switch(&world, "FR", true);
    sync(&world).await;
    assert_eq!(
        imported(&world.books(), "305-1000000-0000002"),
        1,
        "bought before it was on"
    );
    let before = world.trace.lines().len();
    sync(&world).await;
    let searches = world.trace.lines()[before..]
        .iter()
        .filter(|line| line.contains("/orders?"))
        .count();
    assert_eq!(searches, 3, "caught up with once");
    // Off and on again: what was bought meanwhile comes too.
    switch(&world, "FR", false);
    sync(&world).await;
    bought(&world, "305-1000000-0000003", "FR");
    world.wait(TimeDelta::days(1)).await;
    sync(&world).await;
    switch(&world, "FR", true);
    sync(&world).await;
    assert_eq!(imported(&world.books(), "305-1000000-0000003"), 1);
}

#[tokio::test(start_paused = true)]
async fn cmn_33_a_flow_in_test_mode_writes_for_a_handful_of_records_in_a_run() {
    let world = world(&[("flow.mfn-orders.test", "on"), ("flow.test_records", "2")]);
    let id = |number: usize| format!("305-1000000-{number:07}");
    for number in 0..5 {
        bought(&world, &id(number), "DE");
    }
    let there = || {
        let books = world.books();
        (0..5).filter(|number| imported(&books, &id(*number)) == 1).count()
    };
    for expected in [2, 4, 5, 5] {
        sync(&world).await;
        assert_eq!(there(), expected);
    }
    // One that is named is the only one that a run looks at (CMN-18).
    for number in 5..8 {
        bought(&world, &id(number), "DE");
    }
    world.wait(TimeDelta::minutes(10)).await;
    world.run(&["mfn-orders"], Some(vec![flows::Key(id(6))])).await.unwrap();
    let books = world.books();
    let named: Vec<usize> = (5..8).map(|number| imported(&books, &id(number))).collect();
    assert_eq!(named, [0, 1, 0]);
}

/// What a marketplace has chosen itself.
fn own(world: &World, marketplace: &str, key: &str) -> Option<Value> {
    let level = store::options::Level::Marketplace;
    world
        .store
        .read(|db| store::options::get(db, key, level, marketplace))
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn cmn_03_a_cloned_marketplace_never_gets_accounts_of_another_currency() {
    let world = world(&[]);
    let id = |country: &str| amazon::marketplaces::by_country(country).unwrap().id;
    for (option, value) in [("orders.discount_mode", "order"), ("acct.storage", "777")] {
        let wish = json!({ "option": option, "marketplace": id("DE"), "value": value });
        world.press("set_option", wish).await.unwrap();
    }
    let bank = own(&world, id("FR"), "acct.bank");
    let clone = async |to: &str| {
        let wish = json!({ "from": id("DE"), "to": id(to) });
        world.press("clone_profile", wish).await.unwrap()
    };
    let france = clone("FR").await;
    assert_eq!(own(&world, id("FR"), "orders.discount_mode"), Some(json!("order")));
    assert_eq!(
        own(&world, id("FR"), "acct.storage"),
        Some(json!("777")),
        "euro to euro"
    );
    assert_eq!(
        own(&world, id("FR"), "acct.bank"),
        bank,
        "what France chose itself stays"
    );
    let britain = clone("UK").await;
    assert_eq!(own(&world, id("UK"), "orders.discount_mode"), Some(json!("order")));
    assert_eq!(own(&world, id("UK"), "acct.storage"), None, "euro to pound");
    for (cloned, copied) in [(france, true), (britain, false)] {
        let review = cloned["review"].as_array().unwrap();
        let storage = review.iter().find(|one| one["key"] == "acct.storage").unwrap();
        assert_eq!(
            storage,
            &json!({ "key": "acct.storage", "value": "777", "copied": copied })
        );
        assert!(
            review
                .iter()
                .any(|one| one["key"] == "go_live" && one["copied"] == false)
        );
    }
    let refused = world
        .press("clone_profile", json!({ "from": id("DE"), "to": id("DE") }))
        .await;
    assert!(refused.is_err(), "onto itself");
}
