//! Orders as the screen asks for them: the list's views and search, and the time line of one order (flows.md §17.2).

use app::contract::{OrdersRequest, State};
use app::views::{order, orders};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{Currency, Money, Text};
use serde_json::{Value, json};
use store::decisions::{self, Decision, Verdict};
use store::links::{self, Link};
use store::problems::{self, Problem, Tab};
use store::{Store, Writer};

const ORDER: &str = "028-1111111-2222222";

fn at(minutes: i64) -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

fn eur(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::EUR)
}

fn text(name: &str, value: &str) -> Value {
    json!({"name": name, "value": {"kind": "text", "value": value}})
}

fn decide(db: &Writer<'_>, flow: &str, key: &str, state: decisions::State, facts: Value) {
    let decision = Decision {
        id: 0,
        flow: flow.into(),
        account: "eu:A1".into(),
        key: key.into(),
        run: "r1".into(),
        fingerprint: format!("{flow}-{key}"),
        verdict: Verdict::Act,
        reason: (state == decisions::State::Waiting).then(|| Text::new("reason-not-shipped-yet")),
        state,
        facts,
        evidence: json!({}),
        marketplace: Some("A1PA6795UKMFR9".into()),
        happened_on: NaiveDate::from_ymd_opt(2026, 11, 23),
        total: Some(eur("29.90")),
        decided_at: at(30),
    };
    decisions::insert(db, &decision).unwrap();
}

fn link(db: &Writer<'_>, kind: &str, record: &str, id: &str, number: Option<&str>, minutes: i64) {
    let link = Link {
        kind: kind.into(),
        key: ORDER.into(),
        record: record.into(),
        record_id: id.into(),
        external_id: Some(format!("AZN-{kind}-{id}")),
        document: number.map(str::to_owned),
        adopted: false,
        total: Some(eur("29.90")),
        linked_at: at(minutes),
    };
    links::put(db, &link).unwrap();
}

fn company() -> Store {
    let store = Store::memory().unwrap();
    store
        .write(|db| {
            let ship_by = json!({"name": "ship_by", "value": {"kind": "instant", "value": at(600)}});
            let ordered = json!({"name": "ordered", "value": {"kind": "instant", "value": at(0)}});
            let facts = json!([text("channel", "mfn"), text("status", "UNSHIPPED"), ordered, ship_by]);
            decide(db, "mfn-orders", ORDER, decisions::State::Done, facts);
            let parcels = json!([text("document", "IF77"), text("tracking", "1Z999")]);
            decide(db, "shipments", ORDER, decisions::State::Done, parcels);
            decide(db, "billing", ORDER, decisions::State::Waiting, json!([]));
            let facts = json!([text("channel", "fba"), text("status", "SHIPPED")]);
            decide(db, "fba-orders", "303-1", decisions::State::NeedsYou, facts);
            link(db, "order", "salesOrder", "11", Some("SO11"), 10);
            link(db, "payment", "customerPayment", "12", None, 50);
            Ok(())
        })
        .unwrap();
    store
}

fn found(store: &Store, view: &str, search: &str) -> Vec<String> {
    let request = OrdersRequest {
        view: Some(view.into()),
        search: Some(search.into()),
        ..OrdersRequest::default()
    };
    let page = orders::page(store, &request, at(0)).unwrap();
    assert_eq!(usize::try_from(page.total).unwrap(), page.orders.len());
    page.orders.into_iter().map(|row| row.id).collect()
}

#[test]
fn an_order_is_found_by_its_number_its_netsuite_number_and_its_tracking() {
    let store = company();
    for wanted in ["1111111", "so11", "1z999", "IF77"] {
        assert_eq!(found(&store, "all", wanted), [ORDER], "{wanted}");
    }
    assert_eq!(found(&store, "all", "AZN-order"), Vec::<String>::new());
}

#[test]
fn cmn_21_the_saved_views_hold_what_they_say() {
    let store = company();
    assert_eq!(found(&store, "late", ""), [ORDER]);
    assert_eq!(found(&store, "to_ship", ""), [ORDER]);
    assert_eq!(found(&store, "needs_you", ""), ["303-1"]);
    assert_eq!(found(&store, "refunded", ""), Vec::<String>::new());
    store
        .write(|db| {
            link(db, "refund", "customerRefund", "13", Some("CR13"), 60);
            Ok(())
        })
        .unwrap();
    assert_eq!(found(&store, "refunded", ""), [ORDER]);
}

#[test]
fn ful_11_the_list_says_how_far_each_order_is_on_its_way_to_amazon() {
    use decisions::State::{Done, NeedsYou, Sent, Waiting};
    let told = |imported: bool, status: &str, shipments: Option<(decisions::State, &str)>| {
        let store = Store::memory().unwrap();
        store
            .write(|db| {
                let facts = json!([text("channel", "mfn"), text("status", status)]);
                decide(db, "mfn-orders", ORDER, Done, facts);
                if imported {
                    link(db, "order", "salesOrder", "11", Some("SO11"), 10);
                }
                if let Some((state, document)) = shipments {
                    decide(db, "shipments", ORDER, state, json!([text("document", document)]));
                }
                Ok(())
            })
            .unwrap();
        let page = orders::page(&store, &OrdersRequest::default(), at(0)).unwrap();
        let view = order::view(&store, ORDER).unwrap();
        assert_eq!(page.orders[0].shipping_state, view.order.shipping_state);
        page.orders[0].shipping_state.clone().unwrap_or_default()
    };
    assert_eq!(told(false, "UNSHIPPED", None), "not_imported");
    assert_eq!(told(true, "UNSHIPPED", None), "not_fulfilled");
    assert_eq!(told(true, "UNSHIPPED", Some((Waiting, ""))), "not_fulfilled");
    assert_eq!(told(true, "UNSHIPPED", Some((Sent, "IF77"))), "not_confirmed");
    assert_eq!(told(true, "UNSHIPPED", Some((NeedsYou, "IF77"))), "not_confirmed");
    assert_eq!(told(true, "UNSHIPPED", Some((Done, "IF77"))), "confirmed");
    assert_eq!(told(true, "PARTIALLY_SHIPPED", Some((Done, "IF77"))), "not_fulfilled");
    assert_eq!(told(true, "SHIPPED", None), "confirmed");
    assert_eq!(told(true, "CANCELLED", None), "", "nothing is to be shipped");
}

#[test]
fn the_time_line_tells_both_sides_in_the_order_of_what_happened() {
    let store = company();
    let view = order::view(&store, ORDER).unwrap();
    let told: Vec<(&str, State, Option<&str>)> = view
        .timeline
        .iter()
        .map(|step| {
            let number = step.document.as_ref().map(|document| document.number.as_str());
            (step.what.id.as_str(), step.state, number)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("timeline-ordered", State::Done, None),
            ("timeline-sales-order", State::Done, Some("SO11")),
            ("flow-shipments", State::Done, None),
            // Its number was not read back yet: no other number stands for it.
            ("timeline-paid", State::Done, None),
            ("flow-billing", State::Queued, None),
        ]
    );
    assert_eq!(view.order.ship_by, Some(at(600).to_rfc3339()));
    assert_eq!(view.buyer, "none");
}

/// CMN-24: what waits for a person stands in the time line, with the way to its cure.
#[test]
fn cmn_24_an_open_problem_is_a_step_that_leads_to_its_cause() {
    let store = company();
    let problem = Problem {
        key: ORDER.into(),
        what: Text::new("what"),
        why: Text::new("why"),
        ..Problem::new("mfn-orders", "eu:A1", "TOTAL_MISMATCH", "TOTAL_MISMATCH:1", at(40))
    };
    store.write(|db| problems::open(db, &problem)).unwrap();
    let view = order::view(&store, ORDER).unwrap();
    let step = view.timeline.iter().find(|step| step.cause.is_some()).unwrap();
    assert_eq!(
        (step.state, step.cause.as_deref()),
        (State::NeedsYou, Some("TOTAL_MISMATCH:1"))
    );
}

/// CMN-26, CMN-27: who solved a problem and how is told; one that is seen again all the same was not solved.
#[test]
fn cmn_27_what_a_person_did_is_told_from_what_closed_by_itself() {
    let store = Store::memory().unwrap();
    let problem = |key: &str| Problem {
        key: key.into(),
        what: Text::new("what"),
        why: Text::new("why"),
        ..Problem::new(
            "mfn-orders",
            "eu:A1",
            "ITEM_NOT_FOUND",
            format!("ITEM_NOT_FOUND:{key}"),
            at(0),
        )
    };
    store
        .write(|db| {
            for key in ["linked", "by-itself", "again", "meanwhile"] {
                problems::open(db, &problem(key))?;
            }
            for (key, cure) in [("linked", "link_item"), ("again", "retry"), ("meanwhile", "link_item")] {
                problems::cured(db, &format!("ITEM_NOT_FOUND:{key}"), &[], cure, "you", at(2))?;
            }
            // One run began after the person's answer, the other before it and knew nothing of it.
            problems::open(
                db,
                &Problem {
                    opened_at: at(3),
                    ..problem("again")
                },
            )?;
            problems::open(
                db,
                &Problem {
                    opened_at: at(1),
                    ..problem("meanwhile")
                },
            )?;
            problems::close(db, &problems::Which::default(), Tab::Resolved, None, None, at(9)).map(|_| ())
        })
        .unwrap();
    let request = app::contract::ProblemsRequest {
        tab: Some("resolved".into()),
        ..app::contract::ProblemsRequest::default()
    };
    let mut told: Vec<(String, String)> = app::views::problems::groups(&store, &request, at(10))
        .unwrap()
        .groups
        .into_iter()
        .map(|group| (group.cause, group.did.id))
        .collect();
    told.sort();
    let cause = |key: &str| format!("ITEM_NOT_FOUND:{key}");
    assert_eq!(
        told,
        [
            (cause("again"), "problem-did-resolved-itself".to_owned()),
            (cause("by-itself"), "problem-did-resolved-itself".to_owned()),
            (cause("linked"), "resolved-link-item".to_owned()),
            (cause("meanwhile"), "resolved-link-item".to_owned()),
        ]
    );
}
