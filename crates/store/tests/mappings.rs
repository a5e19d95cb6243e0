//! The versions of field mappings (CMN-30).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use chrono::{DateTime, Utc};
use serde_json::json;
use store::mappings::{self, Mapping, Remembered};
use store::{Place, Store};

fn mapping(form: &str, scope: &str, words: &str) -> Mapping {
    Mapping {
        version: 0,
        form: form.into(),
        scope: scope.into(),
        rows: json!([{ "field": "memo", "source": words }]),
        note: words.into(),
        who: "you".into(),
        saved_at: "2026-11-23T08:00:00Z".parse::<DateTime<Utc>>().unwrap(),
    }
}

#[test]
fn cmn_30_every_version_is_kept_and_the_newest_of_each_scope_counts() {
    let store = Store::open(Place::Memory).unwrap();
    let add = |one: &Mapping| store.write(|db| mappings::add(db, one)).unwrap();
    let first = add(&mapping("mfn-orders", "", "one"));
    let german = add(&mapping("mfn-orders", "DE", "german"));
    let second = add(&mapping("mfn-orders", "", "two"));
    add(&mapping("fba-orders", "", "amazon"));
    assert!(first < german && german < second);

    let current = store.read(mappings::current).unwrap();
    let notes: Vec<&str> = current.iter().map(|one| one.note.as_str()).collect();
    assert_eq!(notes, ["amazon", "two", "german"]);

    let versions = store.read(|db| mappings::versions(db, "mfn-orders", "", 10)).unwrap();
    assert_eq!(
        versions.iter().map(|one| one.version).collect::<Vec<_>>(),
        [second, first]
    );
    let old = store.read(|db| mappings::get(db, first)).unwrap().unwrap();
    assert_eq!(
        old,
        Mapping {
            version: first,
            ..mapping("mfn-orders", "", "one")
        }
    );
    assert_eq!(store.read(|db| mappings::get(db, 99)).unwrap(), None);
    let orders = Remembered {
        flows: &["mfn-orders"],
        fact: "mapping",
        records: &["salesOrder"],
    };
    assert_eq!(store.read(|db| mappings::written_with(db, orders)).unwrap(), []);
}
