//! A mapping in the Demo company: a row that fails asks, mending it cures every order that it held up, and the records
//! remember the version that they were built with.

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

async fn failing_group(app: &App) -> Option<Value> {
    let groups = ask(app, "problem_groups", json!({})).await;
    let groups = groups["groups"].as_array().unwrap().clone();
    groups.into_iter().find(|group| group["code"] == "MAPPING_FAILED")
}

/// Waits for what a command started in the background.
async fn until_cured(app: &App) {
    let mut events = app.events();
    let cured = async {
        while failing_group(app).await.is_some() {
            let _ = events.recv().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(3), cured)
        .await
        .expect("the orders were not looked at again");
}

/// A row that says the same of every record.
fn constant(field: &str, value: &str) -> Value {
    json!({
        "place": "body", "field": field, "shape": "text", "when": null, "otherwise": {"then": "inherit"},
        "source": {"from": "constant", "value": value},
    })
}

async fn demo(folder: &tempfile::TempDir) -> App {
    App::open(Opening {
        backing: Backing::Demo { seed: 1 },
        folder: folder.path().to_owned(),
        record: None,
        schedules: false,
    })
    .await
    .unwrap()
}

async fn sync(app: &App, flows: &[&str]) {
    app.engine()
        .sync(SyncRequest {
            flows: flows.iter().map(|flow| (*flow).to_owned()).collect(),
            marketplace: Some("UK".into()),
            ..SyncRequest::new(Trigger::Person)
        })
        .await
        .unwrap();
}

fn one<'a>(list: &'a Value, name: &str, value: &str) -> &'a Value {
    let found = list.as_array().unwrap().iter().find(|one| one[name] == value);
    found.unwrap_or_else(|| panic!("no {name} {value} in {list}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn cmn_28_every_kind_of_record_is_listed_with_what_fills_it_and_its_gaps() {
    let folder = tempfile::tempdir().unwrap();
    let app = demo(&folder).await;
    let forms = ask(&app, "mapping", json!({})).await["forms"].clone();
    let names: Vec<&str> = forms
        .as_array()
        .unwrap()
        .iter()
        .map(|form| form["form"].as_str().unwrap())
        .collect();
    let wanted = [
        "mfn-orders",
        "fba-orders",
        "mfn-customers",
        "fba-customers",
        "shipments",
        "fulfilments",
        "billing",
    ];
    assert_eq!(names, wanted);
    for form in names {
        // Before the first sync a typical record stands in, and nothing is wrong with it.
        let tried = ask(&app, "try_mapping", json!({"form": form, "scope": "", "rows": []})).await;
        assert_eq!(tried["record"], Value::Null, "{form}");
        assert_eq!(tried["faults"], json!([]), "{form}");
        assert!(!tried["source"].as_array().unwrap().is_empty(), "{form}");
        let view = ask(&app, "mapping", json!({ "form": form })).await;
        let locked = |field: &&Value| field["locked"] == true;
        assert!(
            view["fields"].as_array().unwrap().iter().any(|field| locked(&field)),
            "{form}"
        );
        for field in view["fields"].as_array().unwrap().iter().filter(locked) {
            let row = constant(field["field"].as_str().unwrap(), "9");
            let rows = json!({"form": form, "scope": "", "rows": [row], "note": ""});
            let refused = app.call("save_mapping", rows).await.unwrap_err();
            assert_eq!(refused.said.id, "error-mapping-wrong", "CMN-29: {form} {field}");
        }
    }
    let shipments = ask(&app, "mapping", json!({"form": "shipments"})).await;
    assert_eq!(
        one(&shipments["fields"], "field", "carrierCode")["built_in"]["what"],
        "parcel.carrier_code"
    );
    assert_eq!(shipments["places"], json!([{"place": "body", "custom": null}]));
    let customers = ask(&app, "mapping", json!({"form": "mfn-customers"})).await;
    assert_eq!(customers["places"], json!([{"place": "body", "custom": "custentity"}]));
    app.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn cmn_28_cmn_30_a_bill_s_mapping_is_tested_on_the_last_50_inherited_saved_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let app = demo(&folder).await;
    let failing = json!([{
        "place": "body", "field": "memo", "shape": "text", "when": null, "otherwise": {"then": "inherit"},
        "source": {"from": "table", "path": "bill.kind", "rows": [], "default": "", "unique": true},
    }]);
    let bills = |scope: &str, rows: Value| json!({"form": "billing", "scope": scope, "rows": rows, "note": ""});
    ask(&app, "save_mapping", bills("", failing)).await;
    // Orders that Amazon shipped have left already, so that they are billed at once.
    let as_orders = json!({"option": "orders.fba.import_as", "marketplace": null, "value": "sales_order"});
    ask(&app, "set_option", as_orders).await;
    sync(&app, &["fba-customers", "fba-orders"]).await;
    sync(&app, &["billing"]).await;

    let view = ask(&app, "mapping", json!({"form": "billing"})).await;
    assert_eq!(one(&view["forms"], "form", "billing")["gaps"], 1);
    assert_eq!(one(&view["forms"], "form", "mfn-orders")["gaps"], 0);
    assert_eq!(one(&view["fields"], "field", "memo")["gap"], true);
    let held = failing_group(&app).await.expect("nobody was asked");
    assert_eq!(held["cause"], "MAPPING_FAILED:billing:body:memo");

    // The draft is tried on a record that was really seen, and tested on the last 50.
    let draft = json!([constant("memo", "billed by us")]);
    let record = view["samples"][0].as_str().unwrap();
    let mut trial = bills("", draft.clone());
    trial["record"] = json!(record);
    let tried = ask(&app, "try_mapping", trial).await;
    assert_eq!(tried["record"], record);
    assert_eq!(one(&tried["source"], "path", "order.id")["value"], record);
    let memo = one(&tried["fields"], "field", "memo");
    assert_eq!(
        (&memo["before"], &memo["after"]),
        (&Value::Null, &json!("billed by us"))
    );
    let tested = ask(&app, "test_mapping", bills("", draft.clone())).await;
    let tried = tested["tried"].as_u64().unwrap();
    assert!((1..=50).contains(&tried), "{tried}");
    assert_eq!(tested["changed"].as_array().unwrap().len() as u64, tried);

    // What a marketplace inherits is shown with where it comes from.
    ask(&app, "save_mapping", bills("", draft)).await;
    let market = one(&view["scopes"], "name", "UK")["scope"].clone();
    let inner = ask(&app, "mapping", json!({"form": "billing", "scope": market})).await;
    let memo = one(&inner["fields"], "field", "memo");
    assert_eq!(memo["own"], json!([]));
    assert_eq!(memo["inherited"][0]["level"], "workspace");

    until_cured(&app).await;
    app.engine().idle().await;
    let done = app
        .engine()
        .store()
        .read(|db| steps::in_state(db, StepState::Done, 10_000))
        .unwrap();
    let is_bill = |step: &&steps::Step| step.flow == "billing" && step.body["write"]["do"] == "transform";
    let written: Vec<_> = done.iter().filter(is_bill).collect();
    assert!(!written.is_empty(), "nothing was billed");
    for step in &written {
        assert_eq!(step.body["write"]["body"]["memo"], "billed by us", "{}", step.name);
    }
    let view = ask(&app, "mapping", json!({"form": "billing"})).await;
    assert_eq!(view["versions"][0]["records"], written.len());
    assert_eq!(one(&view["forms"], "form", "billing")["gaps"], 0);

    // An older version counts again as a new one.
    let first = view["versions"][1]["version"].clone();
    ask(&app, "restore_mapping", json!({ "version": first })).await;
    let view = ask(&app, "mapping", json!({"form": "billing"})).await;
    assert_eq!(view["versions"].as_array().unwrap().len(), 3);
    assert_eq!(
        one(&view["fields"], "field", "memo")["own"][0]["source"]["from"],
        "table"
    );
    app.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn cmn_25_cmn_30_mending_a_row_cures_its_group_and_records_remember_the_version() {
    let folder = tempfile::tempdir().unwrap();
    let app = demo(&folder).await;
    save(&app, "", memo(&[])).await;
    sync(&app, &["mfn-customers", FORM]).await;

    let group = failing_group(&app).await.expect("nobody was asked");
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
