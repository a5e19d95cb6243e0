//! Runs: cursors, cancel, one at a time, schedules, faults.

use std::time::Duration;

use engine::{Event, RunResult, Stage, StartError, SyncRequest, Trigger};
use flows::Key;
use store::decisions::State;
use store::problems::Tab;
use store::{Store, cursors, decisions, runs};
use wire::Failure;

use crate::world::{ACCOUNT, Fault, Seen, World, causes, file, good, healthy, request, run, seen, state};

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
async fn cmn_22_cancel_ends_a_wait_for_the_line_and_sends_nothing() {
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::WaitsForItsTurn);
    let engine = world.engine(Store::memory().unwrap());
    let run = engine.start(request(Trigger::Person)).unwrap();
    tokio::time::sleep(Duration::from_mins(1)).await;
    let pressed = tokio::time::Instant::now();
    assert!(engine.cancel(&run));
    engine.idle().await;
    assert!(
        pressed.elapsed() < Duration::from_millis(200),
        "{:?}",
        pressed.elapsed()
    );
    let kept = engine.store().read(|db| runs::get(db, &run)).unwrap().unwrap();
    assert_eq!(kept.result, Some(RunResult::Cancelled));
    assert_eq!(world.writes(), Vec::<String>::new());
    good(&engine).await;
    assert_eq!(world.writes().len(), 1, "it was never sent, so nothing had to be asked");
}

#[tokio::test(start_paused = true)]
async fn a_sync_that_begins_names_the_runs_that_it_opened() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    let everything = || SyncRequest::new(Trigger::Person);
    let begun = engine.begin(everything()).unwrap();
    assert_eq!(begun.runs, [engine.status().unwrap().running[0].run.clone()]);
    let second = engine.begin(everything()).unwrap();
    assert!(second.runs.is_empty(), "it is running already");
    let reports = begun.work.await.unwrap();
    assert_eq!(
        reports.iter().map(|report| &report.run).collect::<Vec<_>>(),
        begun.runs.iter().collect::<Vec<_>>()
    );
    assert!(second.work.await.unwrap().is_empty());
}

/// "Sync this order" is pressed while a sync is under way, which may be past that order: it is looked at afterwards.
#[tokio::test(start_paused = true)]
async fn cmn_18_what_a_person_names_is_looked_at_after_the_run_that_is_under_way() {
    let world = World::with(vec![seen("028-1", "create"), seen("028-2", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    let everything = engine.begin(SyncRequest::new(Trigger::Person)).unwrap();
    let keys = Some(vec![Key("028-2".into())]);
    let named = SyncRequest {
        keys,
        ..SyncRequest::new(Trigger::Ids)
    };
    let named = engine.begin(named).unwrap();
    assert!(named.runs.is_empty(), "another run has its place");
    let (first, then) = tokio::join!(everything.work, named.work);
    assert_eq!(first.unwrap().len(), 1);
    let then = then.unwrap();
    let looked: Vec<_> = then.iter().map(|report| (report.result, report.counts.read)).collect();
    assert_eq!(looked, [(RunResult::Done, 1)]);
    assert_eq!(world.records().len(), 2, "each is written once");
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
async fn cmn_12_a_page_token_that_amazon_forgot_is_no_end_of_reading() {
    let orders = (1..=5).map(|number| seen(&format!("028-{number}"), "create"));
    let mut world = World::with(orders.collect());
    world.page = 2;
    let engine = world.engine(Store::memory().unwrap());
    *world.unknown_tokens.lock().unwrap() = 1;
    let broken_off = run(&engine).await;
    assert_eq!((broken_off.result, broken_off.counts.created), (RunResult::Failed, 2));
    // The next run would go on where the page token leads.
    *world.unknown_tokens.lock().unwrap() = 1;
    assert_eq!(good(&engine).await.created, 3);
    assert_eq!(world.records().len(), 5);
    healthy(engine.store());
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
async fn r1_1_what_is_skipped_after_its_customer_was_made_is_not_called_done() {
    let world = World::with(vec![seen("028-1", "held pair")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    assert_eq!(world.records(), ["AZN-CUST-028-1"]);
    world.set(vec![seen("028-1", "skip")]);
    run(&engine).await;
    assert_eq!(state(engine.store(), "028-1"), State::Ignored);
    healthy(engine.store());
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
        ..SyncRequest::new(Trigger::Ids)
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

#[tokio::test(start_paused = true)]
async fn a_run_tells_each_of_its_stages_as_it_comes_to_it() {
    let orders = (1..=40).map(|number| seen(&format!("028-{number}"), "create"));
    let world = World::with(orders.collect());
    let engine = world.engine(Store::memory().unwrap());
    let mut events = engine.events();
    let run = engine.start(request(Trigger::Person)).unwrap();
    let (mut stages, mut said) = (Vec::new(), Vec::new());
    loop {
        match events.recv().await.unwrap() {
            Event::RunEnded { .. } => break,
            Event::RunProgress { doing, .. } => said.push(doing.id),
            _ => {}
        }
        let running = engine.status().unwrap().running;
        stages.extend(running.iter().filter(|now| now.run == run).map(|now| now.stage));
    }
    assert_eq!(stages.last(), Some(&Stage::Confirming));
    assert!(stages.contains(&Stage::Writing), "{stages:?}");
    said.dedup();
    assert_eq!(
        said,
        ["run-doing-starting", "run-doing-writing", "run-doing-confirming"]
    );
}

#[tokio::test(start_paused = true)]
async fn clock_a_wrong_clock_is_one_question_and_pauses_no_account() {
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::Before(Failure::ClockOff { minutes: 15 }));
    let engine = world.engine(Store::memory().unwrap());
    let report = run(&engine).await;
    assert_eq!(report.result, RunResult::Failed);
    assert_eq!(
        report.because.map(|because| because.id).as_deref(),
        Some("problem-clock-what")
    );
    assert_eq!(causes(engine.store(), Tab::NeedsYou), ["CLOCK"]);
    assert_eq!(engine.status().unwrap().signed_out, Vec::<String>::new());
    good(&engine).await;
    assert_eq!(
        causes(engine.store(), Tab::NeedsYou),
        Vec::<String>::new(),
        "it closes by itself"
    );
    assert_eq!(world.writes().len(), 2, "refused once, written once");
}

#[tokio::test(start_paused = true)]
async fn net_offline_is_said_while_no_service_answers_and_a_failed_look_checked_nothing() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    good(&engine).await;
    let checked = engine.status().unwrap().last_check_at;
    assert!(checked.is_some());
    tokio::time::sleep(Duration::from_mins(30)).await;
    let unreachable = Failure::Unreachable {
        because: "no route".into(),
    };
    *world.amazon_fault.lock().unwrap() = Some(unreachable.clone());
    run(&engine).await;
    let status = engine.status().unwrap();
    assert_eq!(status.offline_since, None, "NetSuite answered last");
    assert_eq!((status.retrying.0, status.last_check_at), (1, checked));

    *world.amazon_fault.lock().unwrap() = None;
    world.set(vec![seen("028-2", "create")]);
    for _ in 0..200 {
        world.fault(Fault::Before(unreachable.clone()));
    }
    run(&engine).await;
    assert_eq!(engine.status().unwrap().offline_since, None, "Amazon answered");
    *world.amazon_fault.lock().unwrap() = Some(unreachable);
    run(&engine).await;
    assert!(engine.status().unwrap().offline_since.is_some());

    *world.amazon_fault.lock().unwrap() = None;
    world.books.lock().unwrap().faults.clear();
    run(&engine).await;
    assert_eq!(engine.status().unwrap().offline_since, None);
}

#[tokio::test(start_paused = true)]
async fn db_disk_the_schedules_rest_while_the_disk_is_full_and_go_on_by_themselves() {
    let orders = (1..=200).map(|number| seen(&format!("028-{number}"), "create"));
    let world = World::with(orders.collect());
    let engine = world.engine(Store::memory().unwrap());
    let full = engine.store().pages().unwrap();
    engine.store().limit_pages(full).unwrap();
    let stop = tokio_util::sync::CancellationToken::new();
    engine::schedule::keep(engine.clone(), stop.clone());
    tokio::time::sleep(Duration::from_mins(20)).await;
    let trouble = engine.status().unwrap().workspace.expect("the disk is full");
    assert!(trouble.disk_full);
    assert!(world.writes().len() < 200, "what cannot be written down is not sent");
    let asked = world.list_calls.lock().unwrap().len();
    assert!(asked <= 200, "{asked} questions in twenty minutes");

    engine.store().limit_pages(u32::MAX).unwrap();
    tokio::time::sleep(Duration::from_mins(40)).await;
    stop.cancel();
    engine.idle().await;
    assert_eq!(engine.status().unwrap().workspace, None);
    assert_eq!(world.records().len(), 200);
    healthy(engine.store());
}
