//! What is kept of Finances.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use chrono::{DateTime, Utc};
use domain::finances::{Part, Status, Transaction};
use domain::{Currency, Money};
use store::finances::{self, Balance};
use store::{Store, links, open_bills};

const ACCOUNT: &str = "eu:A1";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn one(id: &str, status: Status, posted: &str) -> Transaction {
    Transaction {
        id: id.into(),
        kind: "Shipment".into(),
        status,
        posted: at(posted),
        total: Money::new("17.00".parse().unwrap(), Currency::EUR),
        marketplace: Some("A1PA6795UKMFR9".into()),
        order: Some("028-1".into()),
        settlement: None,
        group: None,
        twin: None,
        reason: Some("DD7".into()),
        matures: Some(at("2026-11-05T00:00:00Z")),
        goods: vec![domain::finances::Goods {
            sku: "LAMP".into(),
            units: Some(1.into()),
        }],
        parts: vec![Part {
            family: "ProductCharges".into(),
            kind: "OurPricePrincipal".into(),
            amount: "17.00".parse().unwrap(),
        }],
    }
}

fn ids(all: &[Transaction]) -> Vec<&str> {
    all.iter().map(|one| one.id.as_str()).collect()
}

#[test]
fn def_01_a_transaction_is_kept_as_it_was_told_last() {
    let store = Store::memory().unwrap();
    let held = one("T", Status::Deferred, "2026-10-20T10:00:00Z");
    let keep = |all: &[Transaction]| store.write(|db| finances::keep(db, ACCOUNT, all)).unwrap();
    assert_eq!(keep(std::slice::from_ref(&held)), 1);
    assert_eq!(keep(std::slice::from_ref(&held)), 0, "the same again changes nothing");
    assert_eq!(
        store.read(|db| finances::get(db, ACCOUNT, "T")).unwrap(),
        Some(held.clone())
    );
    assert_eq!(ids(&store.read(|db| finances::held(db, ACCOUNT)).unwrap()), ["T"]);
    let freed = Transaction {
        status: Status::DeferredReleased,
        ..held
    };
    assert_eq!(keep(&[freed]), 1);
    assert_eq!(store.read(|db| finances::held(db, ACCOUNT)).unwrap(), []);
    assert_eq!(
        store.read(|db| finances::held(db, "na:A1")).unwrap(),
        [],
        "each account has its own"
    );
}

#[test]
fn def_02_what_was_held_back_at_an_instant_is_told_by_its_release() {
    let store = Store::memory().unwrap();
    let freed = |id: &str, release: &str| Transaction {
        twin: Some(release.into()),
        ..one(id, Status::DeferredReleased, "2026-10-20T10:00:00Z")
    };
    let all = [
        one("1", Status::Deferred, "2026-10-20T10:00:00Z"),
        one("2", Status::Deferred, "2026-11-02T10:00:00Z"),
        freed("3", "R3"),
        one("R3", Status::Released, "2026-10-31T10:00:00Z"),
        freed("4", "R4"),
        one("R4", Status::Released, "2026-11-03T10:00:00Z"),
        // Its release is not known: Amazon's own day tells.
        freed("5", "R5"),
    ];
    store.write(|db| finances::keep(db, ACCOUNT, &all)).unwrap();
    let held = store
        .read(|db| finances::held_at(db, ACCOUNT, at("2026-11-01T00:00:00Z")))
        .unwrap();
    assert_eq!(ids(&held), ["1", "4", "5"]);
}

#[test]
fn set_09_the_second_telling_of_a_settlement_counts_what_was_released_and_no_payout() {
    let store = Store::memory().unwrap();
    let of = |id: &str, status, kind: &str| Transaction {
        settlement: Some("900".into()),
        group: Some("G".into()),
        kind: kind.into(),
        ..one(id, status, "2026-10-20T10:00:00Z")
    };
    let all = [
        of("1", Status::Released, "Shipment"),
        of("2", Status::Released, "Transfer"),
        of("3", Status::DeferredReleased, "Shipment"),
    ];
    store.write(|db| finances::keep(db, ACCOUNT, &all)).unwrap();
    let told = store
        .read(|db| finances::of_settlement(db, "900", Currency::EUR))
        .unwrap();
    assert_eq!(
        (told.total.to_string(), told.count, told.group.as_deref()),
        ("17".into(), 1, Some("G"))
    );
    let none = store
        .read(|db| finances::of_settlement(db, "900", Currency::USD))
        .unwrap();
    assert_eq!(none.count, 0);
}

#[test]
fn def_01_balances_and_the_reach_are_kept_in_place_of_those_before() {
    let store = Store::memory().unwrap();
    let balance = |amount: &str| Balance {
        marketplace: "M".into(),
        kind: "available".into(),
        amount: Money::new(amount.parse().unwrap(), Currency::EUR),
    };
    let set = |amount: &str| {
        store
            .write(|db| finances::set_balance(db, ACCOUNT, &balance(amount)))
            .unwrap()
    };
    assert_eq!([set("5.00"), set("5.00"), set("6.00")], [true, false, true]);
    assert_eq!(
        store.read(|db| finances::balances(db, ACCOUNT)).unwrap(),
        [balance("6.00")]
    );
    assert_eq!(store.read(|db| finances::reach(db, ACCOUNT)).unwrap(), None);
    store
        .write(|db| finances::set_reach(db, ACCOUNT, at("2026-08-01T00:00:00Z")))
        .unwrap();
    assert_eq!(
        store.read(|db| finances::reach(db, ACCOUNT)).unwrap(),
        Some(at("2026-08-01T00:00:00Z"))
    );
}

#[test]
fn def_01_an_invoice_without_a_posted_settlement_is_an_open_bill() {
    let store = Store::memory().unwrap();
    let link = |record: &str, kind: &str| links::Link {
        kind: kind.into(),
        key: "028-1".into(),
        record: record.into(),
        record_id: "7".into(),
        external_id: Some(format!("AZN-{record}")),
        document: Some("INV7".into()),
        adopted: false,
        total: Some(Money::new("20.00".parse().unwrap(), Currency::EUR)),
        linked_at: at("2026-10-20T10:00:00Z"),
    };
    store
        .write(|db| {
            links::put(db, &link("invoice", "bill"))?;
            links::put(db, &link("salesOrder", "order"))
        })
        .unwrap();
    let open = store.read(open_bills::all).unwrap();
    let [bill] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!(
        (bill.order.as_str(), bill.document.as_deref(), bill.in_settlement),
        ("028-1", Some("INV7"), false)
    );
}
