//! What a person does on the screens, whole: commands of the contract over both simulated services.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

mod checks;
mod orders;
mod runs;
mod schedules;

use chrono::TimeDelta;
use passerelle_tests::World;
use passerelle_tests::world::Making;
use serde_json::{Value, json};
use simulator::{Company, control};
use wire::Method;

fn world(company: Company, options: &[(&str, &str)]) -> World {
    let options = options
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    World::open(Making {
        company,
        orders: Some(0),
        options: options.collect(),
        ..Making::demo(5)
    })
    .unwrap()
}

fn tell(world: &World, path: &str, body: &Value) {
    let (status, answer) = control::answer(&world.simulator, Method::Post, path, body);
    assert!((200..300).contains(&status), "{path} {body}: {status} {answer}");
}

/// Somebody buys a candle.
fn bought(world: &World, id: &str, country: &str) {
    let line = json!({ "sku": "CANDLE-FIG-220", "quantity": 1, "item": "20.00" });
    let order = json!({ "id": id, "marketplace": country, "lines": [line] });
    tell(world, "/orders", &order);
}

async fn later(world: &World, minutes: i64) {
    world.wait(TimeDelta::minutes(minutes)).await;
}

/// Why a command was refused.
async fn refused(world: &World, command: &str, request: Value) -> String {
    let answer = world.app().unwrap().call(command, request).await;
    answer.unwrap_err().said.id
}
