//! What the screens are told about the state of things.

use std::path::Path;
use std::sync::Arc;

use app::{App, Backing, Opening};
use engine::edge::SystemClock;
use engine::{SyncRequest, Trigger};
use serde_json::{Value, json};
use simulator::{Company, Options, Simulator};
use store::options::{self, Level, OptionRow};

async fn opened(backing: Backing, folder: &Path) -> App {
    let opening = Opening {
        backing,
        folder: folder.to_owned(),
        record: None,
        schedules: false,
    };
    App::open(opening).await.unwrap()
}

async fn is_on(app: &App, flow: &str) -> Value {
    let answer = app.call("flows", json!({})).await.unwrap();
    let cards = answer["flows"].as_array().unwrap();
    cards.iter().find(|card| card["id"] == flow).unwrap()["on"].clone()
}

fn set(app: &App, level: Level, scope: &str, on: bool) {
    let row = OptionRow {
        key: "flow.billing.on".into(),
        level,
        scope_id: scope.into(),
        value: json!(on),
    };
    app.engine().store().write(|db| options::set(db, &row)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flow_that_is_off_everywhere_shows_as_off() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(Backing::Demo { seed: 1 }, folder.path()).await;
    assert_eq!(is_on(&app, "billing").await, true);
    set(&app, Level::Workspace, "", false);
    assert_eq!(is_on(&app, "billing").await, false);
    assert_eq!(is_on(&app, "mfn-orders").await, true);
    set(&app, Level::Marketplace, "A1PA6795UKMFR9", true);
    assert_eq!(is_on(&app, "billing").await, true, "one marketplace has it on");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_called_to_review_a_settlement_that_was_only_imported() {
    let folder = tempfile::tempdir().unwrap();
    let app = opened(Backing::Demo { seed: 1 }, folder.path()).await;
    let sync = SyncRequest {
        flows: ["settlement-reports", "settlement-records"].map(str::to_owned).to_vec(),
        ..SyncRequest::new(Trigger::Person)
    };
    app.engine().sync(sync).await.unwrap();
    let listed = app.call("settlements", json!({ "view": "to_review" })).await.unwrap();
    let stages = listed["settlements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["stage"]);
    assert_eq!(stages.collect::<Vec<_>>(), ["imported"; 3]);
    assert_eq!(app.call("status", json!({})).await.unwrap()["to_review"], 0);
    let home = app.call("home", json!({})).await.unwrap();
    let cards = home["todo"].as_array().unwrap();
    assert!(cards.iter().all(|card| card["kind"] != "settlement"), "{cards:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_demo_company_itself_can_begin_anew() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::open(Options::new(1, Company::Empty, Arc::new(SystemClock))).unwrap();
    let described = simulator.credentials();
    let app = opened(Backing::Services { described }, folder.path()).await;
    assert!(app.call("reset_demo", json!({})).await.is_err());
    assert!(!folder.path().join("demo.reset").exists());
    drop(app);
    let app = opened(Backing::Demo { seed: 1 }, folder.path()).await;
    app.call("reset_demo", json!({})).await.unwrap();
    assert!(folder.path().join("demo.reset").exists());
}
