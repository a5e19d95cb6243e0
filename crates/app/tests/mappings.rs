//! A mapping in the Demo company: a row that fails asks, mending it cures every order that it held up, and the records
//! remember the version that they were built with.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::time::Duration;

use app::{App, Backing, Opening};
use engine::{SyncRequest, Trigger};
use serde_json::{Value, json};
use store::steps::{self, StepState};

const FORM: &str = "mfn-orders";

async fn ask(app: &App, name: &str, request: Value) -> Value {
    app.call(name, request)
        .await
        .unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
}

/// The memo from a table that fails for a channel without a line.
fn memo(lines: &[(&str, &str)]) -> Value {
    let rows: Vec<Value> = lines.iter().map(|(from, to)| json!({"from": from, "to": to})).collect();
    json!([{
        "place": "body", "field": "memo", "shape": "text", "when": null, "otherwise": {"then": "inherit"},
        "source": {"from": "table", "path": "order.channel", "rows": rows, "default": "", "unique": true},
    }])
}

async fn save(app: &App, scope: &str, rows: Value) {
    ask(
        app,
        "save_mapping",
        json!({"form": FORM, "scope": scope, "rows": rows, "note": "a test"}),
    )
    .await;
}

async fn failing(app: &App) -> Option<Value> {
    let groups = ask(app, "problem_groups", json!({})).await;
    let groups = groups["groups"].as_array().unwrap().clone();
    groups.into_iter().find(|group| group["code"] == "MAPPING_FAILED")
}

/// Waits for what a command started in the background.
async fn until_cured(app: &App) {
    let mut events = app.events();
    let cured = async {
        while failing(app).await.is_some() {
            let _ = events.recv().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(3), cured)
        .await
        .expect("the orders were not looked at again");
}

#[tokio::test(flavor = "multi_thread")]
async fn cmn_25_cmn_30_mending_a_row_cures_its_group_and_records_remember_the_version() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::open(Opening {
        backing: Backing::Demo { seed: 1 },
        folder: folder.path().to_owned(),
        record: None,
        schedules: false,
    })
    .await
    .unwrap();
    save(&app, "", memo(&[])).await;
    app.engine()
        .sync(SyncRequest {
            flows: vec!["mfn-customers".into(), FORM.into()],
            marketplace: Some("UK".into()),
            trigger: Trigger::Person,
            keys: None,
            dry_run: false,
            days: None,
        })
        .await
        .unwrap();

    let group = failing(&app).await.expect("nobody was asked");
    assert_eq!(group["cause"], "MAPPING_FAILED:mfn-orders:body:memo");
    let mend = json!({"remedy": "fix_mapping", "form": FORM, "place": "body", "field": "memo", "scope": ""});
    assert_eq!(group["remedies"][0], mend);
    let shown = ask(&app, "mapping", json!({"form": FORM})).await;
    let field = shown["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["field"] == "memo");
    assert_eq!(field.unwrap()["gap"], true);

    // Nothing that is written wrongly is saved (CMN-29).
    let mut amount = memo(&[]);
    amount[0]["field"] = json!("total");
    let refused = app
        .call(
            "save_mapping",
            json!({"form": FORM, "scope": "", "rows": amount, "note": ""}),
        )
        .await;
    assert_eq!(refused.unwrap_err().said.id, "error-mapping-wrong");

    let held = group["count"].as_u64().unwrap();
    save(&app, "", memo(&[("mfn", "from our own shop")])).await;
    until_cured(&app).await;
    app.engine().idle().await;

    let done = app
        .engine()
        .store()
        .read(|db| steps::in_state(db, StepState::Done, 10_000));
    // Orders that stood in NetSuite already are linked and not written.
    let is_created = |step: &steps::Step| {
        step.flow == FORM && step.body["write"]["do"] == "create" && step.name.starts_with("AZN-SO-")
    };
    let written: Vec<_> = done.unwrap().into_iter().filter(is_created).collect();
    assert!(
        !written.is_empty() && written.len() as u64 <= held,
        "{} of {held}",
        written.len()
    );
    for step in &written {
        assert_eq!(step.body["write"]["body"]["memo"], "from our own shop", "{}", step.name);
    }
    let shown = ask(&app, "mapping", json!({"form": FORM})).await;
    assert_eq!(shown["versions"][0]["records"], written.len());
    assert_eq!(shown["versions"][1]["records"], 0);
    let order = written[0].name.trim_start_matches("AZN-SO-");
    let order = ask(&app, "order", json!({ "id": order })).await;
    assert_eq!(order["mapping"], shown["versions"][0]["version"]);

    // An older version counts again as a new one; none is lost.
    let first = shown["versions"][1]["version"].clone();
    ask(&app, "restore_mapping", json!({ "version": first })).await;
    let shown = ask(&app, "mapping", json!({"form": FORM})).await;
    assert_eq!(shown["versions"].as_array().unwrap().len(), 3);
    app.close().await.unwrap();
}
