//! Errors that a person sets aside, through the commands of the screen (ux.md §5.4).

use app::{App, Backing, Opening};
use chrono::{DateTime, TimeDelta, Utc};
use domain::Text;
use serde_json::{Value, json};
use store::problems::{self, Problem};

const LAMP: &str = "ITEM_NOT_FOUND:LAMP";

async fn company(folder: &std::path::Path) -> App {
    let opening = Opening {
        backing: Backing::Demo { seed: 1 },
        folder: folder.to_owned(),
        record: None,
        schedules: false,
    };
    let app = App::open(opening).await.unwrap();
    let opened = DateTime::UNIX_EPOCH;
    app.engine()
        .store()
        .write(|db| {
            problems::open(db, &problem("028-1", LAMP, opened))?;
            problems::open(db, &problem("", "AUTH_AMAZON:eu:A1", opened))
        })
        .unwrap();
    app
}

fn problem(key: &str, cause: &str, at: DateTime<Utc>) -> Problem {
    Problem {
        key: key.into(),
        what: Text::new("problem-item-not-found").with("sku", "LAMP"),
        why: Text::new("problem-item-not-found-why"),
        remedies: json!([{"remedy": "retry"}]),
        ..Problem::new("mfn-orders", "eu:A1", cause.split(':').next().unwrap(), cause, at)
    }
}

async fn ask(app: &App, command: &str, request: Value) -> Value {
    app.call(command, request).await.unwrap()
}

async fn listed(app: &App, tab: &str) -> Vec<String> {
    let answer = ask(app, "problem_groups", json!({ "tab": tab })).await;
    let groups = answer["groups"].as_array().unwrap();
    let tabs = answer["tabs"].as_array().unwrap();
    let counted = tabs.iter().find(|one| one["id"] == tab).unwrap()["count"].as_u64();
    assert_eq!(
        counted,
        u64::try_from(groups.len()).ok(),
        "{tab} is counted as it is listed"
    );
    groups
        .iter()
        .map(|group| group["cause"].as_str().unwrap().to_owned())
        .collect()
}

async fn needs_you(app: &App) -> (Value, usize) {
    let home = ask(app, "home", json!({})).await;
    (
        ask(app, "status", json!({})).await["needs_you"].clone(),
        home["todo"].as_array().unwrap().len(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn cmn_26_a_snoozed_cause_leaves_home_and_tray_is_listed_and_woken() {
    let folder = tempfile::tempdir().unwrap();
    let app = company(folder.path()).await;
    let before = needs_you(&app).await;
    assert_eq!(before, (json!(2), 2));
    let request = json!({ "cause": LAMP, "lasts": "week", "zone": "Europe/Paris" });
    let said = ask(&app, "snooze", request.clone()).await;
    assert_eq!(said["said"]["id"], "said-snoozed");
    assert_eq!(needs_you(&app).await, (json!(1), 1));
    assert_eq!(listed(&app, "snoozed").await, [LAMP]);
    assert_eq!(listed(&app, "needs_you").await, ["AUTH_AMAZON:eu:A1"]);
    let group = ask(&app, "problem_group", json!({ "cause": LAMP })).await["group"].clone();
    assert_eq!(group["state"], "paused");
    let until: DateTime<Utc> = group["snoozed_until"].as_str().unwrap().parse().unwrap();
    let asked: DateTime<Utc> = said["said"]["args"]["until"]["value"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(
        (asked - until).abs() < TimeDelta::seconds(1),
        "the toast tells the same time"
    );
    ask(&app, "wake", json!({ "cause": LAMP })).await;
    assert_eq!(needs_you(&app).await, before);
    assert_eq!(listed(&app, "snoozed").await, Vec::<String>::new());
    assert!(app.call("wake", json!({ "cause": LAMP })).await.is_err());
    assert!(
        app.call("snooze", json!({ "cause": LAMP, "lasts": "tomorrow", "zone": "Mars" }))
            .await
            .is_err()
    );
    assert!(
        app.call(
            "snooze",
            json!({ "cause": "NOTHING:1", "lasts": "hour", "zone": "UTC" })
        )
        .await
        .is_err()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn cmn_26_what_was_ignored_comes_back_with_undo_as_if_it_had_never_been() {
    let folder = tempfile::tempdir().unwrap();
    let app = company(folder.path()).await;
    let before = ask(&app, "problem_group", json!({ "cause": LAMP })).await;
    for always in [false, true] {
        let request = json!({ "cause": LAMP, "problems": [], "reason": "sold by hand", "always": always });
        let left_out = ask(&app, "exclude", request).await;
        assert_eq!(listed(&app, "excluded").await, [LAMP]);
        let group = ask(&app, "problem_group", json!({ "cause": LAMP })).await["group"].clone();
        let did = if always {
            "problem-did-excluded-always"
        } else {
            "problem-did-excluded"
        };
        assert_eq!(group["did"]["id"], did);
        ask(&app, "undo_exclude", json!({ "id": left_out["act"] })).await;
        assert_eq!(ask(&app, "problem_group", json!({ "cause": LAMP })).await, before);
        assert!(
            app.call("undo_exclude", json!({ "id": left_out["act"] }))
                .await
                .is_err()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cmn_26_a_connection_is_not_left_out_but_can_be_snoozed() {
    let folder = tempfile::tempdir().unwrap();
    let app = company(folder.path()).await;
    let request = json!({ "cause": "AUTH_AMAZON:eu:A1", "problems": [], "reason": "later" });
    let refused = app.call("exclude", request).await.unwrap_err();
    assert_eq!(refused.said.id, "error-nothing-to-leave-out");
    let request = json!({ "cause": "AUTH_AMAZON:eu:A1", "lasts": "hour", "zone": "UTC" });
    ask(&app, "snooze", request).await;
    assert_eq!(listed(&app, "snoozed").await, ["AUTH_AMAZON:eu:A1"]);
}
