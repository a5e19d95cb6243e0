//! What a person set aside: causes that sleep until a time, subjects that were left out and how they stood before.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::Text;
use store::exclusions::{self, Before, Exclusion};
use store::ignored_causes::{self, IgnoredCause};
use store::problems::{self, Problem, Tab, Which};
use store::snoozes::{self, Snooze};
use store::{Store, Writer};

const LAMP: &str = "ITEM_NOT_FOUND:LAMP";
const MUG: &str = "ITEM_NOT_FOUND:MUG";

fn at(minutes: i64) -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

fn problem(key: &str, cause: &str, minutes: i64) -> Problem {
    Problem {
        key: key.into(),
        what: Text::new("what"),
        why: Text::new("why"),
        ..Problem::new("mfn-orders", "eu:A1", "ITEM_NOT_FOUND", cause, at(minutes))
    }
}

fn snooze(db: &Writer<'_>, cause: &str, minutes: i64, until: i64) {
    let new = Snooze {
        cause: cause.into(),
        until: at(until),
        who: "Bea".into(),
        at: at(minutes),
    };
    snoozes::put(db, &new).unwrap();
}

fn close(db: &Writer<'_>, key: &str, tab: Tab, minutes: i64) {
    let which = Which {
        key: Some(key),
        ..Which::default()
    };
    problems::close(db, &which, tab, Some("Bea"), Some("why not"), at(minutes)).unwrap();
}

fn counted(store: &Store, minutes: i64) -> (u64, u64) {
    store
        .read(|db| problems::count(db, Tab::NeedsYou, at(minutes)))
        .unwrap()
}

fn awake(store: &Store, minutes: i64) -> Vec<String> {
    let groups = store
        .read(|db| problems::awake(db, Tab::NeedsYou, at(minutes)))
        .unwrap();
    groups.into_iter().map(|group| group.cause).collect()
}

fn asleep(store: &Store, minutes: i64) -> Vec<String> {
    let asleep = store.read(|db| snoozes::asleep(db, at(minutes))).unwrap();
    asleep.into_iter().map(|snooze| snooze.cause).collect()
}

#[test]
fn cmn_26_a_cause_that_sleeps_is_not_counted_until_its_time_and_then_is_by_itself() {
    let store = Store::memory().unwrap();
    store
        .write(|db| {
            problems::open(db, &problem("028-1", LAMP, 0))?;
            problems::open(db, &problem("028-2", LAMP, 0))?;
            problems::open(db, &problem("028-3", MUG, 0))?;
            snooze(db, LAMP, 1, 61);
            snooze(db, MUG, 1, 31);
            Ok(())
        })
        .unwrap();
    assert_eq!(asleep(&store, 2), [MUG, LAMP], "the first to come back stands first");
    assert_eq!((counted(&store, 2), awake(&store, 2)), ((0, 0), Vec::<String>::new()));
    assert_eq!((counted(&store, 31), awake(&store, 31)), ((1, 1), vec![MUG.to_owned()]));
    assert_eq!(counted(&store, 61), (2, 3));
    // What was settled is listed all the same while its cause sleeps.
    store
        .write(|db| {
            close(db, "028-1", Tab::Resolved, 5);
            Ok(())
        })
        .unwrap();
    let resolved = store.read(|db| problems::count(db, Tab::Resolved, at(6))).unwrap();
    assert_eq!((resolved, counted(&store, 6)), ((1, 1), (0, 0)));
    assert!(store.write(|db| snoozes::remove(db, LAMP)).unwrap());
    assert_eq!(counted(&store, 6), (1, 1));
    assert!(!store.write(|db| snoozes::remove(db, LAMP)).unwrap());
}

#[test]
fn cmn_23_a_question_that_came_after_all_that_slept_was_settled_is_news() {
    let store = Store::memory().unwrap();
    store
        .write(|db| {
            problems::open(db, &problem("028-1", LAMP, 0))?;
            snooze(db, LAMP, 1, 600);
            problems::open(db, &problem("028-2", LAMP, 10))
        })
        .unwrap();
    assert_eq!(counted(&store, 11), (0, 0), "one more of the same");
    store
        .write(|db| {
            close(db, "028-1", Tab::Resolved, 20);
            Ok(())
        })
        .unwrap();
    assert_eq!(
        (counted(&store, 21), asleep(&store, 21)),
        ((1, 1), Vec::<String>::new())
    );
}

#[test]
fn cmn_26_what_one_act_left_out_is_found_again_with_how_it_stood() {
    let store = Store::memory().unwrap();
    let exclusion = |key: &str, act: &str| Exclusion {
        flow: "mfn-orders".into(),
        account: "eu:A1".into(),
        key: key.into(),
        reason: "sold by hand".into(),
        who: "Bea".into(),
        at: at(0),
        act: act.into(),
        before: Before {
            problems: vec![(7, Tab::Retrying)],
            ..Before::default()
        },
    };
    let rule = IgnoredCause {
        cause: LAMP.into(),
        reason: "never sold".into(),
        who: "Bea".into(),
        at: at(0),
        act: "one".into(),
    };
    store
        .write(|db| {
            // Those of before had no act; nothing takes them back as one.
            exclusions::put(db, &exclusion("028-0", ""))?;
            exclusions::put(db, &exclusion("028-1", "one"))?;
            exclusions::put(db, &exclusion("028-2", "two"))?;
            ignored_causes::put(db, &rule)
        })
        .unwrap();
    assert_eq!(
        store.read(|db| exclusions::of_act(db, "one")).unwrap(),
        [exclusion("028-1", "one")]
    );
    assert_eq!(store.read(|db| exclusions::of_act(db, "")).unwrap(), Vec::new());
    assert_eq!(store.read(|db| ignored_causes::get(db, LAMP)).unwrap(), Some(rule));
    store.write(|db| ignored_causes::remove_act(db, "two")).unwrap();
    assert!(store.read(|db| ignored_causes::get(db, LAMP)).unwrap().is_some());
    store.write(|db| ignored_causes::remove_act(db, "one")).unwrap();
    assert_eq!(store.read(|db| ignored_causes::get(db, LAMP)).unwrap(), None);
}

#[test]
fn a_problem_is_opened_again_as_it_was_unless_it_was_asked_anew() {
    let store = Store::memory().unwrap();
    let before = store
        .write(|db| {
            problems::open(db, &problem("028-1", LAMP, 0))?;
            problems::open(db, &problem("028-2", LAMP, 0))?;
            let before = problems::members(db, Tab::NeedsYou, LAMP, 0, 9)?;
            close(db, "028-1", Tab::Ignored, 5);
            close(db, "028-2", Tab::Ignored, 5);
            problems::open(db, &problem("028-2", LAMP, 6))?;
            for one in &before {
                problems::reopen(db, one.id, one.tab)?;
            }
            Ok(before)
        })
        .unwrap();
    let now = store
        .read(|db| problems::members(db, Tab::NeedsYou, LAMP, 0, 9))
        .unwrap();
    assert_eq!(now[0], before[0]);
    assert_eq!((now.len(), now[1].opened_at), (2, at(6)), "the newer question stays");
}
