//! What people decide: approve, leave out, try again, take back.

use engine::RunResult;
use serde_json::json;
use store::decisions::State;
use store::edits::{self, Edit};
use store::postings::{self, PostingState};
use store::problems::Tab;
use store::steps::StepState;
use store::{Store, audit, exclusions};
use wire::Failure;

use crate::world::{self, ACCOUNT, Fault, World, causes, good, healthy, run, seen, state, step_state};

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
async fn cmn_26_a_refused_write_is_changed_once_and_sent() {
    let world = World::with(vec![seen("028-1", "create"), seen("028-2", "create")]);
    let refused = || {
        Fault::Before(Failure::Refused {
            code: "USER_ERROR".into(),
            status: 400,
            said: "Enter a value for Location".into(),
        })
    };
    world.fault(refused());
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(run(&engine).await.counts.needs_you, 1);
    let refused_step = engine
        .store()
        .read(|db| store::steps::in_state(db, StepState::Refused, 9))
        .unwrap()
        .remove(0);
    let edit = Edit {
        step: refused_step.name.clone(),
        field: "location".into(),
        value: json!({"id": "5"}),
        who: "Bea".into(),
        at: world::began(),
    };
    engine.store().write(|db| edits::put(db, &edit)).unwrap();
    let cause = causes(engine.store(), Tab::NeedsYou).remove(0);
    // It is refused once more: what was changed is spent, and the next try is the flow's own again.
    world.fault(refused());
    engine.retry(Some(&cause), &[]).await.unwrap();
    let pending = |step: &str| engine.store().read(|db| edits::pending(db, step)).unwrap();
    assert_eq!(pending(&refused_step.name), Vec::new());
    engine.store().write(|db| edits::put(db, &edit)).unwrap();
    engine.retry(Some(&cause), &[]).await.unwrap();
    assert_eq!(world.record(&refused_step.name)["location"], json!({"id": "5"}));
    for other in world.records().iter().filter(|name| **name != refused_step.name) {
        assert!(world.record(other)["location"].is_null(), "{other} was not edited");
    }
    assert_eq!(causes(engine.store(), Tab::NeedsYou), Vec::<String>::new());
    healthy(engine.store());
}

#[tokio::test(start_paused = true)]
async fn cmn_37_ord_08_a_record_that_is_gone_when_it_is_read_back_is_asked_about_and_made_again_only_when_told_to() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    world.fault(Fault::DeletedByAPerson);
    run(&engine).await;
    assert_eq!(world.records(), Vec::<String>::new());
    let store = engine.store();
    let cause = format!("NETSUITE_EDITED:gone:{SO}");
    assert_eq!(causes(store, Tab::NeedsYou), std::slice::from_ref(&cause));
    assert_eq!(state(store, "028-1"), State::NeedsYou);

    // Neither another run nor a retry makes it again by itself.
    run(&engine).await;
    engine.retry(Some(&cause), &[]).await.unwrap();
    assert_eq!(world.records(), Vec::<String>::new());
    assert_eq!(causes(store, Tab::NeedsYou), std::slice::from_ref(&cause));

    assert!(engine.make_again(SO, "Bea").unwrap());
    engine.retry(Some(&cause), &[]).await.unwrap();
    assert_eq!(world.records(), [SO]);
    assert_eq!(causes(store, Tab::NeedsYou), Vec::<String>::new());
    assert_eq!(state(store, "028-1"), State::Done);
    assert!(!engine.make_again("AZN-SO-unknown", "Bea").unwrap());
    healthy(store);
}

#[tokio::test(start_paused = true)]
async fn cmn_37_a_record_that_is_there_again_closes_the_question_about_it() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    world.fault(Fault::DeletedByAPerson);
    run(&engine).await;
    let cause = causes(engine.store(), Tab::NeedsYou).remove(0);
    // A person typed it in again; a second one under its name would be one too many.
    let typed = json!({"id": "900", "record": "salesOrder", "externalId": SO, "total": "29.90"});
    world.books.lock().unwrap().records.insert(SO.into(), typed);
    engine.retry(Some(&cause), &[]).await.unwrap();
    assert_eq!(causes(engine.store(), Tab::NeedsYou), Vec::<String>::new());
    assert_eq!(state(engine.store(), "028-1"), State::Done);
    assert_eq!(world.books.lock().unwrap().writes, [SO], "nothing was written again");
}

#[tokio::test(start_paused = true)]
async fn what_a_person_left_out_stays_out_with_the_reason() {
    let world = World::with(vec![seen("028-1", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let left_out = engine.exclude("ITEM_NOT_FOUND:LAMP", &[], false, "sold by hand", "Bea");
    assert_eq!(left_out.unwrap().count, 1);
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
