//! What people decide: approve, leave out, try again, take back.

use engine::RunResult;
use store::decisions::State;
use store::postings::{self, PostingState};
use store::problems::Tab;
use store::steps::StepState;
use store::{Store, audit, exclusions};

use crate::world::{ACCOUNT, World, causes, good, healthy, run, seen, state, step_state};

const SO: &str = "AZN-SO-028-1";

#[tokio::test(start_paused = true)]
async fn held_writes_wait_for_a_person() {
    let world = World::with(vec![seen("028-1", "held"), seen("028-2", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    assert_eq!(world.records(), ["AZN-SO-028-2"]);
    assert_eq!(state(engine.store(), "028-1"), State::Held);
    let report = engine.approve("S1", "Bea").await.unwrap();
    assert_eq!((report.result, report.counts.created), (RunResult::Done, 1));
    assert_eq!(world.records(), [SO, "AZN-SO-028-2"]);
    assert_eq!(state(engine.store(), "028-1"), State::Done);
    let posting = engine.store().read(|db| postings::newest(db, "S1")).unwrap().unwrap();
    assert_eq!((posting.state, posting.who.as_str()), (PostingState::Posted, "Bea"));
    assert!(
        engine.approve("S9", "Bea").await.is_err(),
        "nothing is held under that name"
    );
    let trail = engine.store().read(|db| audit::list(db, Some("S1"), None, 9)).unwrap();
    assert_eq!(trail[0].what, "approve");
    healthy(engine.store());
}

#[tokio::test(start_paused = true)]
async fn a_question_is_asked_once_and_answered_for_the_whole_group() {
    let world = World::with(vec![seen("028-1", "ask"), seen("028-2", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(run(&engine).await.counts.needs_you, 2);
    assert_eq!(run(&engine).await.counts.needs_you, 2);
    let groups = engine
        .store()
        .read(|db| store::problems::groups(db, Tab::NeedsYou))
        .unwrap();
    assert_eq!((groups.len(), groups[0].count), (1, 2));
    world.set(vec![seen("028-1", "create"), seen("028-2", "create")]);
    let reports = engine.retry(Some("ITEM_NOT_FOUND:LAMP"), &[]).await.unwrap();
    assert_eq!(reports[0].counts.created, 2);
    assert_eq!(causes(engine.store(), Tab::NeedsYou), Vec::<String>::new());
    assert_eq!(causes(engine.store(), Tab::Resolved), ["ITEM_NOT_FOUND:LAMP"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_person_left_out_stays_out_with_the_reason() {
    let world = World::with(vec![seen("028-1", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    assert_eq!(engine.exclude("ITEM_NOT_FOUND:LAMP", &[], "sold by hand").unwrap(), 1);
    assert_eq!(state(engine.store(), "028-1"), State::Excluded);
    world.set(vec![seen("028-1", "create")]);
    assert_eq!(good(&engine).await.ignored, 1);
    assert_eq!(world.records(), Vec::<String>::new());
    let kept = engine
        .store()
        .read(|db| exclusions::get(db, "orders", ACCOUNT, "028-1"))
        .unwrap()
        .unwrap();
    assert_eq!(kept.reason, "sold by hand");
    assert_eq!(causes(engine.store(), Tab::Ignored), ["ITEM_NOT_FOUND:LAMP"]);
    let report = engine
        .include("orders", crate::world::scope(), "028-1", "Bea")
        .await
        .unwrap();
    assert_eq!(report.counts.created, 1);
}

#[tokio::test(start_paused = true)]
async fn a_step_that_changed_after_the_approval_is_held_again() {
    let world = World::with(vec![seen("028-1", "held")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let said = "The period is closed".to_owned();
    world.fault(crate::world::Fault::Before(wire::Failure::Refused {
        code: "USER_ERROR".into(),
        status: 400,
        said,
    }));
    engine.approve("S1", "Bea").await.unwrap();
    assert_eq!(step_state(engine.store(), SO), StepState::Refused);
    let mut changed = seen("028-1", "held");
    changed.total += rust_decimal::Decimal::ONE;
    world.set(vec![changed]);
    run(&engine).await;
    assert_eq!(
        step_state(engine.store(), SO),
        StepState::Held,
        "nobody approved this amount"
    );
    assert_eq!(world.records(), Vec::<String>::new());
}
