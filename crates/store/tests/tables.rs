//! The questions of the journal's tables.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{Currency, Money, Text};
use serde_json::{Value, json};
use store::cursors::{self, Cursor};
use store::decisions::{self, Decision, Filter, Sort, State, Verdict};
use store::links::{self, Link};
use store::options::{self, Level, OptionRow};
use store::postings::{self, Posting, PostingState};
use store::problems::{self, Problem, Tab, Which};
use store::runs::{self, Counts, Run, RunResult, Trigger};
use store::steps::{self, Batch, Change, Finished, Outcome, Step, StepState};
use store::{Store, Writer, audit, lookups};

fn at(minutes: i64) -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

fn eur(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::EUR)
}

fn decision(key: &str, day: u32, state: State) -> Decision {
    Decision {
        id: 0,
        flow: "mfn-orders".into(),
        account: "eu:A1".into(),
        key: key.into(),
        run: "r1".into(),
        fingerprint: format!("f-{key}"),
        verdict: Verdict::Act,
        reason: None,
        state,
        facts: json!([{"name": "status", "value": {"kind": "text", "value": "Shipped"}}]),
        evidence: json!({"order": key}),
        marketplace: Some("A1PA6795UKMFR9".into()),
        happened_on: NaiveDate::from_ymd_opt(2026, 11, day),
        total: Some(eur("29.90")),
        decided_at: at(0),
    }
}

fn step(db: &Writer<'_>, name: &str, key: &str) -> Step {
    let decision = decisions::insert(db, &decision(key, 1, State::Ready)).unwrap();
    Step {
        name: name.into(),
        decision,
        flow: "mfn-orders".into(),
        account: "eu:A1".into(),
        key: key.into(),
        title: Text::new("step-create"),
        body: json!({"total": 1}),
        sealed: None,
        body_hash: "h".into(),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: Some(("order".into(), key.into())),
        state: StepState::Planned,
        outcome: None,
        record: None,
        record_id: None,
        confirmed: false,
        tries: 0,
        next_at: None,
        failure: None,
        planned_at: at(0),
        changed_at: at(0),
    }
}

fn problem(key: &str, cause: &str, stake: Option<Money>) -> Problem {
    Problem {
        key: key.into(),
        what: Text::new("what"),
        why: Text::new("why"),
        at_stake: stake,
        ..Problem::new("mfn-orders", "eu:A1", "ITEM_NOT_FOUND", cause, at(0))
    }
}

fn mfn() -> Batch {
    Batch::Flow {
        flow: "mfn-orders".into(),
        account: "eu:A1".into(),
    }
}

#[test]
fn cmn_15_a_run_tells_how_it_ended() {
    let store = Store::memory().unwrap();
    let run = Run {
        id: "r1".into(),
        flow: "mfn-orders".into(),
        account: "eu:A1".into(),
        marketplaces: vec!["A1PA6795UKMFR9".into()],
        trigger: Trigger::Person,
        opened_at: at(0),
        ended_at: None,
        result: None,
        because: None,
        counts: Counts::default(),
    };
    let counts = Counts {
        read: 3,
        created: 2,
        ..Counts::default()
    };
    store.write(|db| runs::insert(db, &run)).unwrap();
    store
        .write(|db| runs::end(db, "r1", at(2), RunResult::Done, None, counts))
        .unwrap();
    store
        .write(|db| {
            runs::insert(
                db,
                &Run {
                    id: "r2".into(),
                    opened_at: at(5),
                    marketplaces: vec!["A13V1IB3VIYZZH".into(), "A1PA6795UKMFR9".into()],
                    ..run.clone()
                },
            )
        })
        .unwrap();
    assert_eq!(store.write(|db| runs::close_interrupted(db, at(9))).unwrap(), 1);
    let list = store
        .read(|db| runs::list(db, &runs::Filter::default(), None, 10))
        .unwrap();
    assert_eq!(
        list.iter().map(|run| run.result).collect::<Vec<_>>(),
        [Some(RunResult::Interrupted), Some(RunResult::Done)]
    );
    assert_eq!(list[1].counts, counts);
    let of = |marketplace: &str| {
        let filter = runs::Filter {
            marketplace: Some(marketplace.into()),
            ..runs::Filter::default()
        };
        let runs = store.read(|db| runs::list(db, &filter, None, 10)).unwrap();
        runs.into_iter().map(|run| run.id).collect::<Vec<_>>()
    };
    assert_eq!(of("A1PA6795UKMFR9"), ["r2", "r1"]);
    assert_eq!(of("A13V1IB3VIYZZH"), ["r2"]);
    assert_eq!(of("A13V1IB3"), Vec::<String>::new(), "no part of a name will do");
    assert_eq!(
        store
            .read(|db| runs::latest(db, "mfn-orders", "eu:A1"))
            .unwrap()
            .unwrap()
            .id,
        "r2"
    );
}

#[test]
fn decisions_keep_their_past_and_are_paged_by_key() {
    let store = Store::memory().unwrap();
    store
        .write(|db| {
            for day in 1..=5 {
                decisions::insert(db, &decision(&format!("028-{day}"), day, State::Waiting))?;
            }
            decisions::insert(
                db,
                &Decision {
                    state: State::Done,
                    ..decision("028-3", 3, State::Done)
                },
            )
        })
        .unwrap();
    let filter = Filter {
        flows: vec!["mfn-orders".into()],
        ..Filter::default()
    };
    let list = |after| {
        store
            .read(|db| decisions::list(db, &filter, Sort::Newest, after, 2))
            .unwrap()
    };
    let first = list(None);
    assert_eq!(
        first.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(),
        ["028-5", "028-4"]
    );
    let second = list(decisions::end_of(&first, Sort::Newest));
    assert_eq!(
        second.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(),
        ["028-3", "028-2"]
    );
    assert_eq!(second[0].total, Some(eur("29.90")));
    assert_eq!(
        store.read(|db| decisions::about(db, "028-3")).unwrap().len(),
        2,
        "the earlier decision is kept"
    );
    assert_eq!(
        store
            .read(|db| decisions::open_keys(db, "mfn-orders", "eu:A1", 9))
            .unwrap()
            .len(),
        4
    );
    assert_eq!(store.read(|db| decisions::count(db, &filter)).unwrap(), 5);
}

#[test]
fn decisions_are_found_by_state_day_text_and_fact() {
    let store = Store::memory().unwrap();
    store
        .write(|db| {
            decisions::insert(db, &decision("028-1", 1, State::Done))?;
            let facts = json!([{"name": "status", "value": {"kind": "text", "value": "Canceled"}}]);
            decisions::insert(
                db,
                &Decision {
                    facts,
                    ..decision("028-2", 2, State::Ignored)
                },
            )
        })
        .unwrap();
    let keys = |filter: Filter| -> Vec<String> {
        let rows = store
            .read(|db| decisions::list(db, &filter, Sort::Newest, None, 9))
            .unwrap();
        rows.into_iter().map(|row| row.key).collect()
    };
    assert_eq!(
        keys(Filter {
            states: vec![State::Ignored],
            ..Filter::default()
        }),
        ["028-2"]
    );
    assert_eq!(
        keys(Filter {
            since: NaiveDate::from_ymd_opt(2026, 11, 2),
            ..Filter::default()
        }),
        ["028-2"]
    );
    let searched = |text: &str| store.read(|db| decisions::search(db, text)).unwrap();
    assert_eq!(searched("cancel"), ["028-2"]);
    assert_eq!(searched("%"), Vec::<String>::new(), "no wildcards");
    assert_eq!(
        keys(Filter {
            keys: Some(searched("cancel")),
            ..Filter::default()
        }),
        ["028-2"]
    );
    let each = [
        Filter::default(),
        Filter {
            states: vec![State::Done],
            statuses: vec!["Shipped".into()],
            ..Filter::default()
        },
        Filter {
            statuses: vec!["Pending".into()],
            ..Filter::default()
        },
    ];
    assert_eq!(store.read(|db| decisions::count_each(db, &each)).unwrap(), [2, 1, 0]);
    assert_eq!(
        keys(Filter {
            statuses: vec!["Shipped".into()],
            ..Filter::default()
        }),
        ["028-1"]
    );
    assert_eq!(
        keys(Filter {
            marketplace: Some("X".into()),
            ..Filter::default()
        }),
        Vec::<String>::new()
    );
}

/// What lists count is kept beside the decisions: it follows each new decision and each change of a state.
#[test]
fn p5_counts_and_sales_follow_decisions_without_reading_them() {
    let store = Store::memory().unwrap();
    let count = |states: &[State], marketplace: Option<&str>| {
        let filter = Filter {
            flows: vec!["mfn-orders".into()],
            states: states.to_vec(),
            marketplace: marketplace.map(str::to_owned),
            ..Filter::default()
        };
        store.read(|db| decisions::count(db, &filter)).unwrap()
    };
    let sold = || {
        let since = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let days = store.read(|db| decisions::sold(db, &["mfn-orders"], None, since, "CANCELLED"));
        let days = days.unwrap().into_iter();
        days.map(|day| (day.orders, day.total)).collect::<Vec<_>>()
    };
    let first = decision("028-1", 3, State::Waiting);
    let place = first.marketplace.clone();
    store.write(|db| decisions::insert(db, &first)).unwrap();
    assert_eq!((count(&[], None), count(&[State::Waiting], None)), (1, 1));
    store
        .write(|db| decisions::set_state(db, "mfn-orders", "eu:A1", "028-1", State::Done))
        .unwrap();
    assert_eq!((count(&[State::Done], None), count(&[State::Waiting], None)), (1, 0));
    assert_eq!(count(&[], place.as_deref()), 1);
    assert_eq!(sold(), [(1, Some(eur("29.90")))]);
    // Decided anew with another total: the earlier decision counts no more.
    let again = Decision {
        total: Some(eur("10.00")),
        ..decision("028-1", 3, State::NeedsYou)
    };
    store.write(|db| decisions::insert(db, &again)).unwrap();
    assert_eq!((count(&[], None), count(&[State::Done], None)), (1, 0));
    assert_eq!(sold(), [(1, Some(eur("10.00")))]);
    for rule in store::doctor::RULES.iter().filter(|rule| rule.invariant == 13) {
        let broken = store.read(|db| store::doctor::broken(db, rule)).unwrap();
        assert!(broken.iter().all(|one| !one.starts_with("the count")), "{broken:?}");
    }
}

/// flows.md §17.2, CMN-21: orders are told by the instant of purchase, and what must ship by the time it must ship.
#[test]
fn cmn_21_orders_are_listed_by_purchase_and_by_the_time_to_ship() {
    let store = Store::memory().unwrap();
    let facts = |ordered: i64, due: i64| {
        json!([
            {"name": "ordered", "value": {"kind": "instant", "value": at(ordered)}},
            {"name": "ship_by", "value": {"kind": "instant", "value": at(due)}},
        ])
    };
    store
        .write(|db| {
            for (key, ordered, due) in [("morning", 0, 900), ("noon", 240, 300), ("evening", 600, 2_000)] {
                let facts = facts(ordered, due);
                decisions::insert(
                    db,
                    &Decision {
                        facts,
                        ..decision(key, 23, State::Done)
                    },
                )?;
            }
            // The middle one is decided anew and keeps its place.
            decisions::insert(
                db,
                &Decision {
                    facts: facts(240, 300),
                    ..decision("noon", 23, State::Done)
                },
            )
        })
        .unwrap();
    let keys = |sort: Sort, due_before: Option<DateTime<Utc>>| -> Vec<String> {
        let filter = Filter {
            due_before,
            ..Filter::default()
        };
        let mut found: Vec<String> = Vec::new();
        let mut after = None;
        loop {
            let page = store.read(|db| decisions::list(db, &filter, sort, after, 1)).unwrap();
            after = decisions::end_of(&page, sort);
            found.extend(page.into_iter().map(|row| row.key));
            if after.is_none() {
                return found;
            }
        }
    };
    assert_eq!(keys(Sort::Newest, None), ["evening", "noon", "morning"]);
    assert_eq!(keys(Sort::Due, None), ["noon", "morning", "evening"]);
    assert_eq!(keys(Sort::Due, Some(at(1_000))), ["noon", "morning"]);
}

#[test]
fn a_step_is_claimed_once_and_only_when_its_ground_is_linked() {
    let store = Store::memory().unwrap();
    store
        .write(|db| {
            steps::put(db, &step(db, "AZN-CUST-1", "buyer"))?;
            let order = Step {
                needs: vec!["AZN-CUST-1".into()],
                ..step(db, "AZN-SO-1", "028-1")
            };
            steps::put(db, &order)
        })
        .unwrap();
    let claim = || store.write(|db| steps::claim(db, &mfn(), at(1), 10)).unwrap();
    let first = claim();
    assert_eq!(
        first.iter().map(|step| step.name.as_str()).collect::<Vec<_>>(),
        ["AZN-CUST-1"]
    );
    assert_eq!((first[0].state, first[0].tries), (StepState::Sending, 1));
    assert!(claim().is_empty(), "nobody gets it twice, and the order still waits");
    assert_eq!(store.read(|db| steps::next_due(db, &mfn(), 8)).unwrap(), None);
    store
        .write(|db| {
            let link = Link {
                kind: "buyer".into(),
                key: "buyer".into(),
                record: "customer".into(),
                record_id: "77".into(),
                external_id: Some("AZN-CUST-1".into()),
                document: None,
                adopted: false,
                total: None,
                linked_at: at(2),
            };
            links::put(db, &link)
        })
        .unwrap();
    assert_eq!(claim()[0].needs, ["AZN-CUST-1"]);
}

#[test]
fn a_step_that_is_tried_later_is_due_then() {
    let store = Store::memory().unwrap();
    store
        .write(|db| steps::put(db, &step(db, "AZN-SO-1", "028-1")))
        .unwrap();
    store.write(|db| steps::claim(db, &mfn(), at(0), 1)).unwrap();
    let later = Change {
        failure: Some(json!("429")),
        next_at: Some(at(5)),
        ..Change::default()
    };
    store
        .write(|db| steps::set_state(db, "AZN-SO-1", StepState::Planned, &later, at(1)))
        .unwrap();
    assert!(store.write(|db| steps::claim(db, &mfn(), at(4), 1)).unwrap().is_empty());
    assert_eq!(store.read(|db| steps::next_due(db, &mfn(), 8)).unwrap(), Some(at(5)));
    assert_eq!(
        store.read(|db| steps::next_due(db, &mfn(), 1)).unwrap(),
        None,
        "one try was allowed"
    );
    assert_eq!(
        store.write(|db| steps::claim(db, &mfn(), at(5), 1)).unwrap()[0].tries,
        2
    );
}

#[test]
fn after_a_stop_what_was_on_its_way_is_probed() {
    let store = Store::memory().unwrap();
    store
        .write(|db| steps::put(db, &step(db, "AZN-SO-1", "028-1")))
        .unwrap();
    store.write(|db| steps::claim(db, &mfn(), at(0), 1)).unwrap();
    assert_eq!(
        store.write(|db| steps::sending_becomes_unanswered(db, at(3))).unwrap(),
        1
    );
    assert!(store.write(|db| steps::claim(db, &mfn(), at(9), 1)).unwrap().is_empty());
    assert_eq!(
        store.read(|db| steps::in_the_air(db, &mfn(), at(3))).unwrap()[0].name,
        "AZN-SO-1"
    );
    let done = Finished {
        name: "AZN-SO-1",
        outcome: Outcome::Created,
        record: Some("salesOrder"),
        record_id: Some("5"),
        confirmed: false,
    };
    store.write(|db| steps::finish(db, &done, at(4))).unwrap();
    assert_eq!(store.read(|db| steps::unconfirmed(db, &mfn(), 9)).unwrap().len(), 1);
    store.write(|db| steps::confirm(db, "AZN-SO-1")).unwrap();
    assert!(store.read(|db| steps::unconfirmed(db, &mfn(), 9)).unwrap().is_empty());
}

#[test]
fn a_held_group_is_released_as_one() {
    let store = Store::memory().unwrap();
    store
        .write(|db| {
            for name in ["AZN-PY-1", "AZN-JE-1"] {
                let held = Step {
                    hold: Some("S1".into()),
                    state: StepState::Held,
                    ..step(db, name, name)
                };
                steps::put(db, &held)?;
            }
            Ok(())
        })
        .unwrap();
    let group = Batch::Group("S1".into());
    assert!(store.write(|db| steps::claim(db, &group, at(1), 9)).unwrap().is_empty());
    assert_eq!(store.write(|db| steps::release(db, "S1", at(1))).unwrap(), 2);
    assert_eq!(store.write(|db| steps::claim(db, &group, at(1), 9)).unwrap().len(), 2);
}

#[test]
fn cmn_25_problems_of_one_cause_are_one_group_with_its_money() {
    let store = Store::memory().unwrap();
    let lamp = "ITEM_NOT_FOUND:LAMP";
    store
        .write(|db| {
            problems::open(db, &problem("028-1", lamp, Some(eur("10.00"))))?;
            problems::open(db, &problem("028-2", lamp, Some(eur("5.50"))))?;
            problems::open(db, &problem("028-2", lamp, Some(eur("5.50"))))?;
            problems::open(db, &problem("028-2", "ITEM_NOT_FOUND:MUG", None))
        })
        .unwrap();
    let groups = store.read(|db| problems::groups(db, Tab::NeedsYou)).unwrap();
    assert_eq!(
        groups
            .iter()
            .map(|group| (group.cause.as_str(), group.count))
            .collect::<Vec<_>>(),
        [(lamp, 2), ("ITEM_NOT_FOUND:MUG", 1)]
    );
    assert_eq!(groups[0].at_stake, [eur("15.50")]);
    assert_eq!(groups[0].example.times, 2);
    assert_eq!(
        store.read(|db| problems::count(db, Tab::NeedsYou, at(9))).unwrap(),
        (2, 3)
    );
    // CMN-27: it closes by itself, and stays listed as resolved.
    let which = Which {
        key: Some("028-2"),
        except: &["ITEM_NOT_FOUND:MUG".to_owned()],
        ..Which::default()
    };
    store
        .write(|db| problems::close(db, &which, Tab::Resolved, None, None, at(7)))
        .unwrap();
    assert_eq!(
        store.read(|db| problems::count(db, Tab::NeedsYou, at(9))).unwrap(),
        (2, 2)
    );
    let resolved = store
        .read(|db| problems::members(db, Tab::Resolved, lamp, 0, 9))
        .unwrap();
    assert_eq!(
        (resolved[0].key.as_str(), resolved[0].closed_by.as_deref()),
        ("028-2", None)
    );
}

#[test]
fn links_are_found_from_both_ends() {
    let store = Store::memory().unwrap();
    let link = Link {
        kind: "order".into(),
        key: "028-1".into(),
        record: "salesOrder".into(),
        record_id: "5".into(),
        external_id: Some("AZN-SO-028-1".into()),
        document: None,
        adopted: false,
        total: None,
        linked_at: at(0),
    };
    store.write(|db| links::put(db, &link)).unwrap();
    store
        .write(|db| links::read_back(db, "salesOrder", "5", Some("SO1042"), Some(eur("29.90"))))
        .unwrap();
    let found = store
        .read(|db| links::of_keys(db, "order", &["028-1".into(), "028-2".into()]))
        .unwrap();
    assert_eq!(found[0].document.as_deref(), Some("SO1042"));
    assert_eq!(found[0].total, Some(eur("29.90")));
    store.write(|db| links::remove(db, "AZN-SO-028-1")).unwrap();
    assert_eq!(store.read(|db| links::named(db, "AZN-SO-028-1")).unwrap(), None);
}

#[test]
fn cmn_02_the_nearest_option_counts() {
    let store = Store::memory().unwrap();
    let set = |level, scope_id: &str, value: Value| {
        let row = OptionRow {
            key: "fba.import_as".into(),
            level,
            scope_id: scope_id.into(),
            value,
        };
        store.write(|db| options::set(db, &row)).unwrap();
    };
    let effective = || {
        store
            .read(|db| options::effective(db, "fba.import_as", "DE", "eu:A1"))
            .unwrap()
    };
    assert_eq!(effective(), None);
    set(Level::Workspace, "", json!("invoice"));
    set(Level::Marketplace, "DE", json!("cash_sale"));
    assert_eq!(effective(), Some((json!("cash_sale"), Level::Marketplace)));
    store
        .write(|db| options::clear(db, "fba.import_as", Level::Marketplace, "DE"))
        .unwrap();
    assert_eq!(effective(), Some((json!("invoice"), Level::Workspace)));
}

#[test]
fn a_lookup_for_the_marketplace_comes_before_the_one_for_all() {
    let store = Store::memory().unwrap();
    let set = |marketplace: &str, target: Value| {
        let row = lookups::Lookup {
            name: lookups::ITEMS.into(),
            marketplace: marketplace.into(),
            source: "MUG".into(),
            target,
            set_at: at(0),
        };
        store.write(|db| lookups::set(db, &row)).unwrap();
    };
    set("", json!({"item": "1"}));
    set("DE", json!({"item": "2"}));
    let get = |marketplace: &str| {
        store
            .read(|db| lookups::get(db, lookups::ITEMS, marketplace, "MUG"))
            .unwrap()
    };
    assert_eq!(get("DE").unwrap().target, json!({"item": "2"}));
    assert_eq!(get("UK").unwrap().target, json!({"item": "1"}));
}

#[test]
fn a_cursor_keeps_the_rest_of_its_window() {
    let store = Store::memory().unwrap();
    let cursor = Cursor {
        until: Some(at(0)),
        window: Some(json!({"page": "T1"})),
        moved_at: at(1),
    };
    store
        .write(|db| cursors::put(db, "mfn-orders", "eu:A1", &cursor))
        .unwrap();
    assert_eq!(
        store.read(|db| cursors::get(db, "mfn-orders", "eu:A1")).unwrap(),
        Some(cursor)
    );
    assert_eq!(store.read(|db| cursors::get(db, "mfn-orders", "na:A1")).unwrap(), None);
}

#[test]
fn set_59_a_posting_that_was_undone_gets_the_next_revision() {
    let store = Store::memory().unwrap();
    let revision = || store.read(|db| postings::revision(db, "S1")).unwrap();
    assert_eq!(revision(), 1);
    let put = |revision, state| {
        let posting = Posting {
            hold: "S1".into(),
            revision,
            state,
            who: "you".into(),
            changed_at: at(0),
        };
        store.write(|db| postings::put(db, &posting)).unwrap();
    };
    put(1, PostingState::Posted);
    assert_eq!(revision(), 1);
    put(1, PostingState::Undone);
    assert_eq!(revision(), 2);
}

#[test]
fn the_trail_only_grows_and_shows_a_change_behind_its_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w");
    let store = Store::open(store::Place::File(path.clone())).unwrap();
    for number in 0..5 {
        store
            .write(|db| audit::add(db, at(number), "you", "option", "fba.import_as", &json!({"to": number})))
            .unwrap();
    }
    assert_eq!(store.read(audit::first_broken).unwrap(), None);
    let outside = rusqlite::Connection::open(&path).unwrap();
    assert!(
        outside
            .execute("UPDATE audit SET who = 'nobody' WHERE number = 3", [])
            .is_err()
    );
    assert!(outside.execute("DELETE FROM audit", []).is_err());
    outside
        .execute_batch("DROP TRIGGER audit_never_changes; UPDATE audit SET who = 'nobody' WHERE number = 3")
        .unwrap();
    assert_eq!(store.read(audit::first_broken).unwrap(), Some(3));
}
