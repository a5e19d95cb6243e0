//! Runs: cursors, cancel, one at a time, schedules, faults.

use std::time::Duration;

use engine::{Event, RunResult, StartError, SyncRequest, Trigger};
use flows::Key;
use store::decisions::State;
use store::problems::Tab;
use store::{Store, cursors, decisions, runs};
use wire::Failure;

use crate::world::{ACCOUNT, Seen, World, causes, file, good, healthy, request, run, seen, state};

#[tokio::test(start_paused = true)]
async fn cmn_17_the_cursor_moves_only_with_what_it_covers() {
    let folder = tempfile::tempdir().unwrap();
    // Orders so large that each needs pages of its own in the file.
    let large = |number| Seen {
        buyer: Some("x".repeat(9_000)),
        ..seen(&format!("028-{number}"), "create")
    };
    let mut world = World::with((1..=6).map(large).collect());
    world.page = 2;
    let store = Store::open(file(folder.path())).unwrap();
    let engine = world.engine(store.clone());
    // The disk fills up while the second page is stored.
    store.limit_pages(store.pages().unwrap() + 12).unwrap();
    let report = run(&engine).await;
    assert_eq!(report.result, RunResult::Failed);
    let cursor = store.read(|db| cursors::get(db, "orders", ACCOUNT)).unwrap();
    let stored = store
        .read(|db| decisions::count(db, &decisions::Filter::default()))
        .unwrap();
    assert!(stored < 6);
    assert_eq!(cursor.and_then(|cursor| cursor.until), None, "no window was finished");
    store.limit_pages(u32::MAX).unwrap();
    let report = run(&engine).await;
    assert_eq!(report.result, RunResult::Done, "{report:?}");
    assert_eq!(world.records().len(), 6, "nothing was lost, nothing doubled");
    assert_eq!(world.writes().len(), 6);
    assert!(
        store
            .read(|db| cursors::get(db, "orders", ACCOUNT))
            .unwrap()
            .unwrap()
            .until
            .is_some()
    );
    healthy(&store);
}

#[tokio::test(start_paused = true)]
async fn r3_15_a_page_token_that_repeats_ends_the_run() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    good(&engine).await;
    *world.amazon_fault.lock().unwrap() = Some(Failure::Misread { what: "a page".into() });
    assert_eq!(run(&engine).await.result, RunResult::Failed);
    assert_eq!(causes(engine.store(), Tab::Retrying), ["SCHEMA_CHANGED:orders"]);
    *world.amazon_fault.lock().unwrap() = None;
    good(&engine).await;
    assert_eq!(causes(engine.store(), Tab::Retrying), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn cmn_16_a_flow_runs_once_at_a_time_in_an_account() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    let run = engine.start(request(Trigger::Person)).unwrap();
    assert!(matches!(
        engine.start(request(Trigger::Schedule)),
        Err(StartError::AlreadyRunning { .. })
    ));
    assert_eq!(engine.status().unwrap().running[0].run, run);
    engine.idle().await;
    assert!(engine.status().unwrap().running.is_empty());
    good(&engine).await;
}

#[tokio::test(start_paused = true)]
async fn cmn_22_cancel_finishes_the_record_in_hand_and_keeps_the_rest() {
    let world = World::with(
        (1..=40)
            .map(|number| seen(&format!("028-{number}"), "create"))
            .collect(),
    );
    let engine = world.engine(Store::memory().unwrap());
    let mut events = engine.events();
    let run = engine.start(request(Trigger::Person)).unwrap();
    while !matches!(events.recv().await.unwrap(), Event::StepDone { .. }) {}
    assert!(engine.cancel(&run));
    engine.idle().await;
    let kept = engine.store().read(|db| runs::get(db, &run)).unwrap().unwrap();
    assert_eq!(kept.result, Some(RunResult::Cancelled));
    let sent = world.records().len();
    assert!(sent < 40, "{sent}");
    assert_eq!(
        usize::try_from(kept.counts.created).unwrap(),
        sent,
        "what was sent is written down"
    );
    good(&engine).await;
    assert_eq!(world.writes().len(), 40);
    healthy(engine.store());
}

#[tokio::test(start_paused = true)]
async fn writes_are_sent_side_by_side_as_many_as_the_line_takes() {
    let world = World::with(
        (1..=50)
            .map(|number| seen(&format!("028-{number}"), "create"))
            .collect(),
    );
    let engine = world.engine(Store::memory().unwrap());
    let before = tokio::time::Instant::now();
    good(&engine).await;
    // 50 records of two seconds, five at once, and one reading back.
    assert!(before.elapsed() <= Duration::from_secs(24), "{:?}", before.elapsed());
}

#[tokio::test(start_paused = true)]
async fn waiting_subjects_are_looked_at_again_by_key() {
    let world = World::with(vec![seen("028-1", "wait"), seen("028-2", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(run(&engine).await.counts.waiting, 1);
    assert_eq!(state(engine.store(), "028-1"), State::Waiting);
    // Nothing changed on Amazon's side that a span would bring: only asking by name does.
    world.list_calls.lock().unwrap().clear();
    world.set(Vec::new());
    run(&engine).await;
    assert_eq!(*world.list_calls.lock().unwrap(), ["", "028-1"]);
    world.set(vec![seen("028-1", "create")]);
    assert_eq!(good(&engine).await.created, 1);
}

#[tokio::test(start_paused = true)]
async fn facts_that_changed_before_the_send_withdraw_the_step() {
    let world = World::with(vec![seen("028-1", "held")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    world.set(vec![seen("028-1", "skip")]);
    run(&engine).await;
    assert_eq!(state(engine.store(), "028-1"), State::Ignored);
    assert!(engine.approve("S1", "Bea").await.is_ok());
    assert_eq!(world.records(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn cmn_20_a_dry_run_shows_the_exact_writes_and_stores_nothing() {
    let world = World::with(vec![
        seen("028-1", "create"),
        seen("028-2", "ask"),
        seen("028-3", "skip"),
    ]);
    let engine = world.engine(Store::memory().unwrap());
    let report = engine
        .run(engine::RunRequest {
            dry_run: true,
            ..request(Trigger::Person)
        })
        .await
        .unwrap();
    let preview = report.preview.unwrap();
    assert_eq!(
        preview.items.iter().map(|item| item.steps.len()).collect::<Vec<_>>(),
        [1, 0, 0]
    );
    assert_eq!(preview.items[1].problems[0].code, "ITEM_NOT_FOUND");
    assert!(preview.items[2].reason.is_some());
    assert_eq!(world.writes(), Vec::<String>::new());
    assert_eq!(engine.store().read(runs::total).unwrap(), 0);
    assert_eq!(
        engine.store().read(|db| cursors::get(db, "orders", ACCOUNT)).unwrap(),
        None
    );
    good_after_problem(&engine, &world).await;
}

async fn good_after_problem(engine: &engine::Engine, world: &World) {
    world.set(vec![seen("028-1", "create")]);
    good(engine).await;
    let report = engine
        .run(engine::RunRequest {
            dry_run: true,
            ..request(Trigger::Person)
        })
        .await
        .unwrap();
    assert!(
        report.preview.unwrap().items[0].steps.is_empty(),
        "what is in the books is not previewed again"
    );
}

#[tokio::test(start_paused = true)]
async fn cmn_18_ids_ignore_the_cursor() {
    let world = World::with(vec![seen("028-1", "create"), seen("028-2", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    let sync = SyncRequest {
        flows: vec!["orders".into()],
        marketplace: Some("DE".into()),
        keys: Some(vec![Key("028-2".into())]),
        trigger: Trigger::Ids,
        dry_run: false,
    };
    engine.sync(sync).await.unwrap();
    assert_eq!(world.records(), ["AZN-SO-028-2"]);
    assert_eq!(
        engine.store().read(|db| cursors::get(db, "orders", ACCOUNT)).unwrap(),
        None
    );
}

#[tokio::test(start_paused = true)]
async fn a_panic_in_a_flow_ends_its_run_and_nothing_else() {
    let world = World::with(vec![seen("028-1", "panic")]);
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(run(&engine).await.result, RunResult::Failed);
    assert_eq!(causes(engine.store(), Tab::Retrying), ["FAULT:orders"]);
    world.set(vec![seen("028-1", "create")]);
    assert_eq!(good(&engine).await.created, 1);
}

#[tokio::test(start_paused = true)]
async fn cmn_21_an_overdue_schedule_runs_once() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(engine.run_due().await.unwrap(), 1);
    assert_eq!(engine.run_due().await.unwrap(), 0);
    tokio::time::sleep(Duration::from_hours(72)).await;
    assert_eq!(engine.run_due().await.unwrap(), 1);
    assert_eq!(engine.run_due().await.unwrap(), 0);
    engine.pause(true);
    tokio::time::sleep(Duration::from_hours(1)).await;
    assert_eq!(engine.run_due().await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_was_cut_short_is_closed_as_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(crate::world::Fault::Hangs);
    {
        let engine = world.engine(Store::open(file(folder.path())).unwrap());
        let _ = tokio::time::timeout(Duration::from_secs(9), engine.run(request(Trigger::Person))).await;
    }
    let engine = world.engine(Store::open(file(folder.path())).unwrap());
    let runs = engine
        .store()
        .read(|db| runs::list(db, &runs::Filter::default(), None, 9))
        .unwrap();
    assert_eq!(runs[0].result, Some(RunResult::Interrupted));
}
