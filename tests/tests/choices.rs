//! What a person decides about a settlement (flows.md §10.10 to 10.13), through the commands of the screen.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use engine::StartError;
use passerelle_tests::world::{Making, World};
use serde_json::{Value, json};
use store::settlements;

/// The review of a settlement, as the screen asks for it.
async fn review(world: &World, id: &str) -> Value {
    world
        .app()
        .unwrap()
        .call("settlement", json!({ "id": id }))
        .await
        .unwrap()
}

/// The first settlement that a person may approve.
async fn ready(world: &World) -> String {
    for one in world.store.read(settlements::all).unwrap() {
        if review(world, &one.header.id).await["can_approve"] == true {
            return one.header.id;
        }
    }
    panic!("no settlement is ready");
}

#[tokio::test(start_paused = true)]
async fn set_46_two_waiting_orders_that_offset_each_other_keep_the_approval_off_and_are_named() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let id = ready(&world).await;
    let stored = world.store.read(|db| settlements::get(db, &id)).unwrap().unwrap();
    let mut summary = stored.summary.unwrap();
    // As the flow tells it while one order and its twin, charged back, wait for their invoices.
    let rows = summary["rows"].as_array_mut().unwrap();
    let orders = rows.iter_mut().filter(|row| row["order"].is_string()).take(2);
    orders.for_each(|row| row["status"] = json!("waiting"));
    summary["orders_ready"] = json!(false);
    assert_eq!(summary["why_not"], json!([]), "the difference is nought");
    world
        .store
        .write(|db| settlements::set_summary(db, &id, &summary))
        .unwrap();
    let shown = review(&world, &id).await;
    assert_eq!(shown["can_approve"], false);
    assert_eq!(shown["why_not"][0]["id"], "why-not-orders");
    assert_eq!(shown["why_not"][0]["args"]["count"]["value"], "2");
    let before = world.trace.writes();
    let pressed = world.press("approve_settlement", json!({ "id": id })).await;
    assert!(pressed.unwrap_err().to_string().contains("not_ready"));
    let asked = world.engine().unwrap().approve(&id, "a person").await;
    assert!(matches!(asked, Err(StartError::NotReady { .. })), "{asked:?}");
    assert_eq!(world.trace.writes(), before, "nothing was written");
}
