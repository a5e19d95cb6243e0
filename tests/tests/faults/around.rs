//! What every story about trouble needs: a company without orders, buyers, and the questions that were asked.

use app::words::{Catalogue, Language};
use chrono::TimeDelta;
use domain::Text;
use passerelle_tests::world::Making;
use passerelle_tests::{World, invariants};
use serde_json::{Value, json};
use simulator::{Company, control};
use store::problems::{self, Problem, Tab};
use wire::Method;

/// A company that nobody bought from yet.
pub fn world() -> World {
    world_with(&[])
}

/// The same, with options set for the whole company.
pub fn world_with(options: &[(&str, &str)]) -> World {
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

/// Tells the simulated services what people do there.
pub fn tell(world: &World, path: &str, body: &Value) -> Value {
    let (status, answer) = control::answer(&world.simulator, Method::Post, path, body);
    assert!(status < 300, "{path}: {answer}");
    answer
}

/// Somebody buys two candles.
pub fn buys(world: &World, id: &str, marketplace: &str) {
    let lines = json!([{ "sku": "CANDLE-FIG-220", "quantity": 2 }]);
    tell(
        world,
        "/orders",
        &json!({ "id": id, "marketplace": marketplace, "lines": lines }),
    );
}

/// A quarter of an hour later, everything that is due.
pub async fn sync(world: &World) {
    world.wait(TimeDelta::minutes(15)).await;
    world.sync().await.unwrap();
}

/// A sentence as a person reads it in a language; a gap in the catalogue fails the test.
fn read(words: &Catalogue, text: &Text) -> String {
    let said = words.say(text);
    assert_ne!(said, text.id, "a sentence is missing");
    assert!(!said.contains("{$"), "a sentence lacks a word: {said}");
    said
}

/// The open problems with a code: each with cause and cure in both languages, and with something to press (CMN-24, CMN-26).
pub fn asked(world: &World, code: &str) -> Vec<Problem> {
    let (english, french) = (Catalogue::load(Language::English), Catalogue::load(Language::French));
    let mut found = Vec::new();
    for tab in [Tab::NeedsYou, Tab::Retrying] {
        let groups = world.store.read(|db| problems::groups(db, tab)).unwrap();
        found.extend(groups.into_iter().map(|group| group.example));
    }
    found.retain(|problem| problem.code == code);
    for problem in &found {
        for text in [&problem.what, &problem.why] {
            assert_ne!(
                read(&english, text),
                read(&french, text),
                "one language twice: {text:?}"
            );
        }
        let remedies = problem.remedies.as_array();
        assert!(remedies.is_some_and(|all| !all.is_empty()), "no cure: {problem:?}");
    }
    found
}

/// Every open cause, whatever its tab.
pub fn causes(world: &World) -> Vec<String> {
    let of = |tab| world.store.read(|db| problems::groups(db, tab)).unwrap();
    [Tab::NeedsYou, Tab::Retrying]
        .into_iter()
        .flat_map(of)
        .map(|group| group.cause)
        .collect()
}

/// What Home says: its sentence and the line under it.
pub fn home(world: &World) -> [String; 2] {
    let engine = world.engine().unwrap();
    let home = app::views::home::home(engine, None, world.clock.now()).unwrap();
    [home.sentence.id, home.detail.id]
}

/// How many records of NetSuite stand for an order.
pub fn in_netsuite(world: &World, order: &str) -> usize {
    invariants::Books::of(&world.books()).of_order(order).len()
}

/// The promises of quality-bars R1.
pub fn holds(world: &World) {
    let broken = invariants::broken(world).unwrap();
    assert!(broken.is_empty(), "{broken:#?}");
}
