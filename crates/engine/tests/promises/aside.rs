//! What a person sets aside: put off until a time, left out once or always, and all of it taken back.

use chrono::TimeDelta;
use engine::{Engine, next_morning};
use store::decisions::{self, Decision, State};
use store::problems::{self, Problem, Tab};
use store::steps::{self, Step, StepState};
use store::{Store, audit, exclusions, ignored_causes};
use wire::Failure;

use crate::world::{ACCOUNT, Fault, World, began, causes, good, healthy, run, seen, state};

const LAMP: &str = "ITEM_NOT_FOUND:LAMP";
const PERIOD: &str = "PERIOD_CLOSED:salesOrder";

fn counted(engine: &Engine) -> (u64, u64) {
    engine.status().unwrap().needs_you
}

/// Everything that leaving a subject out could touch.
fn all(store: &Store, key: &str) -> (Option<Decision>, Vec<Step>, Vec<Problem>) {
    store
        .read(|db| {
            Ok((
                decisions::current(db, "orders", ACCOUNT, key)?,
                steps::of_subject(db, "orders", ACCOUNT, key)?,
                problems::about(db, key)?,
            ))
        })
        .unwrap()
}

fn period_closed(world: &World) {
    world.fault(Fault::Before(Failure::Refused {
        code: "USER_ERROR".into(),
        status: 400,
        said: "The period is closed".into(),
    }));
}

#[tokio::test(start_paused = true)]
async fn cmn_26_a_snoozed_cause_counts_nowhere_until_its_time_and_comes_back_by_itself() {
    let world = World::with(vec![seen("028-1", "ask"), seen("028-2", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    assert_eq!(counted(&engine), (1, 2));
    assert!(
        !engine
            .snooze("ITEM_NOT_FOUND:MUG", began() + TimeDelta::hours(1), "Bea")
            .unwrap()
    );
    assert!(engine.snooze(LAMP, began() + TimeDelta::hours(1), "Bea").unwrap());
    assert_eq!(counted(&engine), (0, 0));
    // A run asks the same again, and it goes on sleeping.
    assert_eq!(run(&engine).await.counts.needs_you, 2);
    assert_eq!(counted(&engine), (0, 0));
    tokio::time::advance(std::time::Duration::from_secs(3_000)).await;
    assert_eq!(counted(&engine), (0, 0));
    tokio::time::advance(std::time::Duration::from_secs(600)).await;
    assert_eq!(counted(&engine), (1, 2));
    let trail = engine.store().read(|db| audit::list(db, Some(LAMP), None, 9)).unwrap();
    assert_eq!(
        trail.iter().map(|entry| entry.what.as_str()).collect::<Vec<_>>(),
        ["snooze"]
    );
}

#[tokio::test(start_paused = true)]
async fn cmn_26_a_snoozed_cause_is_woken_by_hand_and_cured_as_ever() {
    let world = World::with(vec![seen("028-1", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let tomorrow = began() + TimeDelta::days(1);
    assert!(engine.snooze(LAMP, tomorrow, "Bea").unwrap());
    assert!(engine.wake(LAMP, "Bea").unwrap());
    assert_eq!(counted(&engine), (1, 1));
    assert!(!engine.wake(LAMP, "Bea").unwrap());
    assert!(engine.snooze(LAMP, tomorrow, "Bea").unwrap());
    world.set(vec![seen("028-1", "create")]);
    engine.retry(Some(LAMP), &[]).await.unwrap();
    assert_eq!(causes(engine.store(), Tab::NeedsYou), Vec::<String>::new());
    assert_eq!(state(engine.store(), "028-1"), State::Done);
}

#[test]
fn tomorrow_morning_is_eight_o_clock_where_the_person_is() {
    let at = |now: &str, zone: &str| next_morning(now.parse().unwrap(), zone).map(|at| at.to_rfc3339());
    assert_eq!(
        at("2026-11-23T23:30:00Z", "Europe/Paris").unwrap(),
        "2026-11-25T07:00:00+00:00"
    );
    assert_eq!(
        at("2026-11-23T23:30:00Z", "America/New_York").unwrap(),
        "2026-11-24T13:00:00+00:00"
    );
    // The clock goes forward in that night.
    assert_eq!(
        at("2026-03-28T12:00:00Z", "Europe/Paris").unwrap(),
        "2026-03-29T06:00:00+00:00"
    );
    assert_eq!(at("2026-11-23T23:30:00Z", "Europe/Nowhere"), None);
}

#[tokio::test(start_paused = true)]
async fn cmn_26_taking_back_what_was_left_out_restores_exactly_what_was_before() {
    let world = World::with(vec![
        seen("028-1", "create"),
        seen("028-2", "ask"),
        seen("028-3", "held"),
    ]);
    period_closed(&world);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let store = engine.store();
    assert_eq!(causes(store, Tab::NeedsYou), [LAMP, PERIOD]);
    for (cause, key) in [(PERIOD, "028-1"), (LAMP, "028-2")] {
        let before = all(store, key);
        let left_out = engine.exclude(cause, &[], false, "sold by hand", "Bea").unwrap();
        assert_eq!((left_out.count, state(store, key)), (1, State::Excluded));
        assert_ne!(all(store, key), before);
        // A run looks at it meanwhile, and leaves it out.
        run(&engine).await;
        assert_eq!(engine.undo_exclude(&left_out.act, "Bea").unwrap(), 1);
        assert_eq!(all(store, key), before, "{cause}");
        assert_eq!(
            store.read(|db| exclusions::get(db, "orders", ACCOUNT, key)).unwrap(),
            None
        );
        assert_eq!(engine.undo_exclude(&left_out.act, "Bea").unwrap(), 0, "only once");
    }
    assert_eq!(causes(store, Tab::Ignored), Vec::<String>::new());
    // What was planned before is sent as ever.
    engine.retry(Some(PERIOD), &[]).await.unwrap();
    assert_eq!(state(store, "028-1"), State::Done);
    healthy(store);
}

#[tokio::test(start_paused = true)]
async fn cmn_26_an_undo_does_not_undo_what_was_left_out_before_it_or_taken_in_again() {
    let world = World::with(vec![seen("028-1", "ask"), seen("028-2", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let store = engine.store();
    let ids: Vec<i64> = store
        .read(|db| problems::members(db, Tab::NeedsYou, LAMP, 0, 9))
        .unwrap()
        .iter()
        .map(|member| member.id)
        .collect();
    let first = engine.exclude(LAMP, &ids[..1], false, "one", "Bea").unwrap();
    let second = engine.exclude(LAMP, &ids[1..], false, "two", "Bea").unwrap();
    assert_eq!((first.count, second.count), (1, 1));
    engine.undo_exclude(&second.act, "Bea").unwrap();
    assert_eq!(
        [state(store, "028-1"), state(store, "028-2")],
        [State::Excluded, State::NeedsYou]
    );
    world.set(vec![seen("028-1", "create"), seen("028-2", "ask")]);
    engine
        .include("orders", crate::world::scope(), "028-1", "Bea")
        .await
        .unwrap();
    assert_eq!(engine.undo_exclude(&first.act, "Bea").unwrap(), 0);
    assert_eq!(state(store, "028-1"), State::Done);
}

#[tokio::test(start_paused = true)]
async fn cmn_26_a_cause_that_is_always_left_out_leaves_later_records_out_and_lists_them() {
    let world = World::with(vec![seen("028-1", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let store = engine.store();
    let left_out = engine.exclude(LAMP, &[], true, "never sold", "Bea").unwrap();
    world.set(vec![
        seen("028-1", "ask"),
        seen("028-2", "ask"),
        seen("028-3", "create"),
    ]);
    let counts = good(&engine).await;
    assert_eq!((counts.needs_you, counts.ignored, counts.created), (0, 2, 1));
    assert_eq!(counted(&engine), (0, 0));
    let ignored = store
        .read(|db| problems::members(db, Tab::Ignored, LAMP, 0, 9))
        .unwrap();
    let told: Vec<_> = ignored
        .iter()
        .map(|one| (one.key.as_str(), one.note.as_deref()))
        .collect();
    assert_eq!(told, [("028-1", Some("never sold")), ("028-2", Some("never sold"))]);
    assert_eq!(state(store, "028-2"), State::Excluded);
    // Taken back, all that came of it asks again, and so does what comes later.
    assert_eq!(engine.undo_exclude(&left_out.act, "Bea").unwrap(), 2);
    assert_eq!(store.read(|db| ignored_causes::get(db, LAMP)).unwrap(), None);
    assert_eq!(counted(&engine), (1, 2));
    assert_eq!(run(&engine).await.counts.needs_you, 2);
    healthy(store);
}

#[tokio::test(start_paused = true)]
async fn cmn_26_a_write_that_is_refused_for_a_cause_always_left_out_is_not_sent_again() {
    let world = World::with(vec![seen("028-1", "create")]);
    period_closed(&world);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let store = engine.store();
    engine.exclude(PERIOD, &[], true, "before our time", "Bea").unwrap();
    world.set(vec![seen("028-1", "create"), seen("028-2", "create")]);
    period_closed(&world);
    let counts = run(&engine).await.counts;
    assert_eq!((counts.needs_you, counts.errors), (0, 0));
    assert_eq!(state(store, "028-2"), State::Excluded);
    assert_eq!(
        store.read(|db| steps::in_state(db, StepState::Refused, 9)).unwrap(),
        Vec::new()
    );
    run(&engine).await;
    assert_eq!(world.records(), Vec::<String>::new());
    healthy(store);
}

#[tokio::test(start_paused = true)]
async fn cmn_26_what_is_about_an_account_has_no_record_to_leave_out() {
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::Before(Failure::SignedOut { said: "revoked".into() }));
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let cause = causes(engine.store(), Tab::NeedsYou).remove(0);
    assert_eq!(engine.exclude(&cause, &[], true, "no", "Bea").unwrap().count, 0);
    assert_eq!(engine.store().read(|db| ignored_causes::get(db, &cause)).unwrap(), None);
    assert!(engine.snooze(&cause, began() + TimeDelta::hours(1), "Bea").unwrap());
    assert_eq!(counted(&engine), (0, 0));
}
