//! What decides about the tax of orders, whole: where they go, who owes it, and what Amazon keeps back (flows.md §3.4).
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use chrono::TimeDelta;
use flows::Key;
use passerelle_tests::World;
use passerelle_tests::invariants::{Books, decimal};
use passerelle_tests::world::Making;
use serde_json::{Value, json};
use simulator::{Company, Fault, Rule, control};
use store::decisions::{self, Decision};
use wire::Method;

const ORDER: &str = "305-1000000-0000001";

fn world() -> World {
    World::open(Making {
        company: Company::Empty,
        orders: Some(0),
        ..Making::demo(5)
    })
    .unwrap()
}

fn tell(world: &World, path: &str, body: &Value) {
    let (status, answer) = control::answer(&world.simulator, Method::Post, path, body);
    assert_eq!(status, 200, "{path} {body}: {answer}");
}

async fn sync(world: &World, flow: &str, keys: Option<Vec<Key>>) {
    world.wait(TimeDelta::minutes(20)).await;
    world.run(&[flow], keys).await.unwrap();
}

/// The last decision of a flow about the order.
fn decided(world: &World, flow: &str) -> Decision {
    let about = world.store.read(|db| decisions::about(db, ORDER)).unwrap();
    about.into_iter().rev().find(|one| one.flow == flow).unwrap()
}

fn notices(decision: &Decision) -> Vec<String> {
    let facts = decision.facts.as_array().unwrap().iter();
    let names = facts.filter_map(|fact| fact["name"].as_str()?.strip_prefix("notice-"));
    names.map(str::to_owned).collect()
}

#[tokio::test(start_paused = true)]
async fn tax_03_p2_where_amazon_ships_to_is_known_without_its_buyer_also_when_asked_by_number() {
    let world = world();
    let order = json!({
        "id": ORDER, "marketplace": "DE", "channel": "AMAZON", "status": "SHIPPED",
        "lines": [{ "sku": "CANDLE-FIG-220", "quantity": 1, "item": "12.00" }],
        "buyer": { "name": "Jeanne Dupont", "street": "1 rue Haute", "city": "Lyon", "country": "FR" },
    });
    tell(&world, "/orders", &order);
    sync(&world, "fba-orders", None).await;
    let seen = decided(&world, "fba-orders");
    assert_eq!(seen.evidence["order"]["address"]["country"], "FR");
    let text = seen.evidence.to_string();
    for personal in ["Jeanne", "Haute", "Lyon"] {
        assert!(!text.contains(personal), "{personal} is not kept: {text}");
    }
    assert!(notices(&seen).is_empty(), "{:?}", notices(&seen));
    let asked = world.trace.count("RECIPIENT");
    sync(&world, "fba-orders", Some(vec![Key(ORDER.to_owned())])).await;
    let again = decided(&world, "fba-orders");
    assert_eq!(
        again.evidence["order"]["address"]["country"], "FR",
        "as the search told it"
    );
    assert_eq!(
        world.trace.count("RECIPIENT"),
        asked,
        "no recipient is asked for by number"
    );
}

#[tokio::test(start_paused = true)]
async fn cmn_41_tax_01_without_the_role_for_buyers_it_is_still_known_who_owes_the_tax() {
    let world = world();
    world.simulator.faults().add(Rule {
        times: None,
        ..Rule::once(Fault::TokenRefused, "RECIPIENT")
    });
    let order = json!({
        "id": ORDER, "marketplace": "DE", "facilitated": true,
        "lines": [{ "sku": "CANDLE-FIG-220", "quantity": 1, "item": "11.90", "item_tax": "1.90" }],
    });
    tell(&world, "/orders", &order);
    world.wait(TimeDelta::minutes(20)).await;
    world.run(&["mfn-customers", "mfn-orders"], None).await.unwrap();
    let books = world.books();
    let sold = Books::of(&books).of_kind("salesOrder")[0].clone();
    assert_eq!(
        decimal(&sold["total"]),
        "10.00".parse().unwrap(),
        "without Amazon's tax"
    );
    assert_eq!(notices(&decided(&world, "mfn-orders")), ["buyer-withheld"]);
    let refused = world.trace.count("RECIPIENT");
    sync(&world, "mfn-orders", None).await;
    assert_eq!(
        world.trace.count("RECIPIENT"),
        refused,
        "what was refused is not asked again at once"
    );
}
