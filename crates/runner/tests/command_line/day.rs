//! One day on one workspace, command after command.

use std::path::Path;

use serde_json::{Value, json};

use crate::layouts::{V2, balanced};
use crate::program::{Ran, passerelle};

const COUNTS: [&str; 9] = [
    "read",
    "created",
    "updated",
    "adopted",
    "unchanged",
    "ignored",
    "waiting",
    "needs_you",
    "errors",
];

#[test]
fn a_day_from_the_first_sync_to_a_restored_backup() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path();
    a_dry_run_writes_nothing(workspace);
    let first = one_order_by_its_number(workspace);
    the_whole_sync(workspace);
    nothing_of_a_secret_is_recorded(workspace);
    let again = passerelle(workspace, &["sync", "mfn-orders", "--demo", "--json", "--quiet"]).json();
    let created = again["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run["created"].as_u64().unwrap());
    assert_eq!(created.sum::<u64>(), 0, "R1-14: a second run writes nothing");
    the_doctor_is_content(workspace);
    the_doctor_asks_netsuite_too(workspace);
    lists_are_exported(workspace, &first);
    a_file_is_imported_once(workspace);
    a_copy_is_put_back(workspace);
}

fn a_dry_run_writes_nothing(workspace: &Path) {
    let ran = passerelle(workspace, &["sync", "--demo", "--dry-run", "--json", "--quiet"]);
    assert!(matches!(ran.code, 0 | 1), "{ran:?}");
    let runs = ran.json()["runs"].as_array().unwrap().clone();
    assert!(
        runs.iter().any(|run| !run["preview"].is_null()),
        "CMN-20: the exact writes are shown"
    );
    let orders = passerelle(workspace, &["export", "orders", "--demo", "--format", "json"]).json();
    assert_eq!(orders["orders"], json!([]), "a preview leaves nothing behind");
}

/// CMN-18: an order by its number, whatever the window.
fn one_order_by_its_number(workspace: &Path) -> String {
    let run = passerelle(
        workspace,
        &[
            "sync",
            "mfn-orders",
            "--demo",
            "--marketplace",
            "DE",
            "--json",
            "--quiet",
        ],
    );
    assert!(matches!(run.code, 0 | 1), "{run:?}");
    let orders = passerelle(workspace, &["export", "orders", "--demo", "--format", "json"]).json();
    let orders = orders["orders"].as_array().unwrap().clone();
    assert!(!orders.is_empty());
    assert!(orders.iter().all(|order| order["marketplace"] == "DE"), "{orders:?}");
    let id = orders[0]["order_id"].as_str().unwrap().to_owned();
    let one = passerelle(
        workspace,
        &[
            "sync",
            "mfn-orders",
            "--demo",
            "--ids",
            &id,
            "--marketplace",
            "DE",
            "--json",
            "--quiet",
        ],
    )
    .json();
    let read: u64 = one["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| run["read"].as_u64().unwrap())
        .sum();
    assert_eq!(read, 1, "{one}");
    id
}

fn the_whole_sync(workspace: &Path) {
    let har = workspace.join("exchanges.har");
    let ran = passerelle(
        workspace,
        &["sync", "--demo", "--json", "--quiet", "--record", har.to_str().unwrap()],
    );
    assert_eq!(ran.code, 1, "the Demo company has questions for a person: {}", ran.err);
    assert_eq!(ran.err, "", "--quiet tells no progress");
    let runs = ran.json()["runs"].as_array().unwrap().clone();
    for run in &runs {
        for count in COUNTS {
            assert!(run[count].is_u64(), "{count} of {run}");
        }
        assert!(run["flow"].is_string() && run["result"].is_string());
    }
    assert!(runs.iter().any(|run| run["created"].as_u64() > Some(0)));
    assert!(runs.iter().any(|run| run["needs_you"].as_u64() > Some(0)));
}

fn nothing_of_a_secret_is_recorded(workspace: &Path) {
    let text = std::fs::read_to_string(workspace.join("exchanges.har")).unwrap();
    let har: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(har["log"]["version"], "1.2");
    let entries = har["log"]["entries"].as_array().unwrap();
    assert!(entries.len() > 20);
    let described = simulator::Simulator::open(simulator::Options::new(
        1,
        simulator::Company::Demo,
        std::sync::Arc::new(engine::edge::SystemClock),
    ))
    .unwrap()
    .credentials();
    let amazon = &described["amazon"];
    for secret in [&amazon["client_secret"], &amazon["refresh_tokens"]["na"]] {
        assert!(
            !text.contains(secret.as_str().unwrap()),
            "S1: a secret stands in the recording"
        );
    }
    for entry in entries {
        for header in entry["request"]["headers"].as_array().unwrap() {
            let secret = ["authorization", "x-amz-access-token"]
                .iter()
                .any(|name| header["name"].as_str().unwrap().eq_ignore_ascii_case(name));
            assert!(!secret || header["value"] == "***", "{header}");
        }
    }
}

fn the_doctor_is_content(workspace: &Path) {
    let ran = passerelle(workspace, &["doctor", "--demo", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.json(), json!({"ok": true, "findings": []}));
    let said = passerelle(workspace, &["doctor", "--demo", "--lang", "fr"]);
    assert!(said.code == 0 && !said.out.contains("doctor-"), "{said:?}");
}

/// flows.md §17.5: the questions of the self-audit about everything, at once and without a write.
fn the_doctor_asks_netsuite_too(workspace: &Path) {
    let ran = passerelle(workspace, &["doctor", "--demo", "--remote", "--json", "--quiet"]);
    let said = ran.json();
    assert_eq!(
        (&said["not_asked"], &said["findings"]),
        (&json!([]), &json!([])),
        "{ran:?}"
    );
    assert_eq!(
        (ran.code, &said["remote"]),
        (0, &json!([])),
        "NetSuite has all that was just written"
    );
    assert_eq!(said["ok"], true);
}

fn exported(workspace: &Path, words: &[&str]) -> Ran {
    let words: Vec<&str> = ["export"].iter().chain(words).chain(&["--demo"]).copied().collect();
    let ran = passerelle(workspace, &words);
    assert_eq!(ran.code, 0, "{words:?}: {}", ran.err);
    ran
}

fn lists_are_exported(workspace: &Path, order: &str) {
    let orders = exported(workspace, &["orders", "--lang", "en"]).out;
    assert!(orders.starts_with("\u{feff}Order,Ordered at,"), "{}", &orders[..80]);
    assert!(orders.contains(&format!("\r\n{order},")));
    let known = orders.lines().count();
    let json = exported(workspace, &["orders", "--format", "json"]).json();
    assert_eq!(
        json["orders"].as_array().unwrap().len() + 1,
        known,
        "every page of them"
    );
    let french = exported(workspace, &["orders", "--lang", "fr"]).out;
    assert!(french.starts_with("\u{feff}Commande,"));

    let settlements = exported(workspace, &["settlements", "--format", "json"]).json();
    let settlements = settlements["settlements"].as_array().unwrap().clone();
    assert_eq!(settlements.len(), 3);
    assert!(
        settlements
            .iter()
            .any(|one| one["difference"] == "12.40" && one["currency"] == "EUR")
    );
    let id = settlements[0]["settlement_id"].as_str().unwrap();
    let raw = exported(workspace, &["lines", "--settlement", id, "--raw"]).out;
    assert!(raw.starts_with("settlement_id,line,part,transaction_type,"));
    assert!(raw.lines().skip(1).all(|line| line.starts_with(id)));

    let errors = workspace.join("errors.json");
    let ran = exported(workspace, &["errors", errors.to_str().unwrap(), "--lang", "en"]);
    assert!(ran.out.is_empty() && ran.err.contains("rows written to"), "{ran:?}");
    let errors: Value = serde_json::from_str(&std::fs::read_to_string(&errors).unwrap()).unwrap();
    let of_lamp = errors["errors"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["cause"] == "ITEM_NOT_FOUND:LAMP-RED-EU");
    assert_eq!(of_lamp.count(), 11);
    assert!(exported(workspace, &["audit", "--format", "json"]).json()["audit"].is_array());
    let unknown = passerelle(workspace, &["export", "lines", "--demo", "--settlement", "no-such"]);
    assert!(unknown.code == 2 && unknown.err.contains("no-such"), "{unknown:?}");
}

fn a_file_is_imported_once(workspace: &Path) {
    let file = workspace.join("by-hand.txt");
    std::fs::write(&file, balanced("90000000001", &V2)).unwrap();
    let wrong = workspace.join("wrong.txt");
    std::fs::write(&wrong, balanced("90000000002", &V2).replace("17.00", "16.98")).unwrap();
    let ran = passerelle(
        workspace,
        &[
            "settlement",
            "import",
            file.to_str().unwrap(),
            wrong.to_str().unwrap(),
            "--demo",
            "--quiet",
            "--lang",
            "en",
        ],
    );
    assert_eq!(ran.code, 1, "the wrong one is named: {ran:?}");
    assert!(ran.out.contains("SETTLEMENT_INCONSISTENT"), "{ran:?}");
    let again = passerelle(
        workspace,
        &["settlement", "import", file.to_str().unwrap(), "--demo", "--quiet"],
    );
    assert!(
        matches!(again.code, 0 | 1),
        "T6: the same file again changes nothing: {again:?}"
    );
    let settlements = exported(workspace, &["settlements", "--format", "json"]).json();
    let ids: Vec<&str> = settlements["settlements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["settlement_id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids.len(),
        4,
        "SET-09: nothing of a file that does not add up is kept: {ids:?}"
    );
    assert!(ids.contains(&"90000000001"));
}

/// X3, RDY-06: a copy put back is the whole workspace, and what stood there before is kept beside it.
fn a_copy_is_put_back(workspace: &Path) {
    let copy = workspace.join("copy.backup");
    let before = exported(workspace, &["orders", "--format", "json"]).out;
    let ran = passerelle(workspace, &["backup", copy.to_str().unwrap(), "--demo"]);
    assert_eq!((ran.code, ran.out.trim()), (0, copy.to_str().unwrap()), "{ran:?}");

    let wrong = workspace.join("not-a-copy.backup");
    std::fs::write(&wrong, "settlement-id\tamount\n".repeat(500)).unwrap();
    let refused = passerelle(
        workspace,
        &["restore", wrong.to_str().unwrap(), "--demo", "--lang", "en"],
    );
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("damaged"), "{refused:?}");
    assert_eq!(
        exported(workspace, &["orders", "--format", "json"]).out,
        before,
        "nothing was touched"
    );

    let file = workspace.join("demo.passerelle");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.iter_mut().skip(4_096).for_each(|byte| *byte = 0x5a);
    std::fs::write(&file, &bytes).unwrap();
    let damaged = passerelle(workspace, &["doctor", "--demo", "--lang", "en"]);
    assert!(
        damaged.code == 2 && damaged.err.contains("damaged"),
        "R3 #30: {damaged:?}"
    );
    let restored = passerelle(workspace, &["restore", copy.to_str().unwrap(), "--demo"]);
    assert_eq!(restored.code, 0, "{restored:?}");
    assert_eq!(exported(workspace, &["orders", "--format", "json"]).out, before);
    assert_eq!(
        std::fs::read(workspace.join("demo.passerelle.before-restore")).unwrap(),
        bytes
    );
    the_doctor_is_content(workspace);
    let left: Vec<_> = std::fs::read_dir(workspace)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".restoring"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "no scaffolding is left");
}
