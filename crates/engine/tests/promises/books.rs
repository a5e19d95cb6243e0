//! Exactly once: whatever happens between the send and the answer, one order makes one record.

use std::time::Duration;

use engine::{RunResult, Trigger};
use rust_decimal::Decimal;
use serde_json::json;
use store::cause_notes::{self, CauseNote};
use store::decisions::State;
use store::problems::Tab;
use store::steps::StepState;
use store::{Store, attempts, links, settings, steps};
use wire::Failure;

use crate::world::{self, Fault, World, causes, file, good, healthy, request, run, seen, state, step_state};

const SO: &str = "AZN-SO-028-1";

#[tokio::test(start_paused = true)]
async fn one_order_becomes_one_linked_record() {
    let world = World::with(vec![seen("028-1", "create")]);
    let engine = world.engine(Store::memory().unwrap());
    let counts = good(&engine).await;
    assert_eq!((counts.read, counts.created), (1, 1));
    assert_eq!(world.records(), [SO]);
    let link = engine.store().read(|db| links::named(db, SO)).unwrap().unwrap();
    assert_eq!(
        (link.record.as_str(), link.key.as_str(), link.document.as_deref()),
        ("salesOrder", "028-1", Some("SO100"))
    );
    assert_eq!(state(engine.store(), "028-1"), State::Done);
    healthy(engine.store());
}

#[tokio::test(start_paused = true)]
async fn r1_14_a_second_run_with_no_changes_writes_nothing() {
    let world = World::with(vec![
        seen("028-1", "create"),
        seen("028-2", "skip"),
        seen("028-3", "pair"),
    ]);
    let engine = world.engine(Store::memory().unwrap());
    good(&engine).await;
    let before = (
        world.writes(),
        engine
            .store()
            .read(|db| store::decisions::about(db, "028-1"))
            .unwrap()
            .len(),
    );
    let counts = good(&engine).await;
    assert_eq!((counts.created, counts.unchanged, counts.ignored), (0, 2, 1));
    assert_eq!(
        before,
        (
            world.writes(),
            engine
                .store()
                .read(|db| store::decisions::about(db, "028-1"))
                .unwrap()
                .len()
        )
    );
}

#[tokio::test(start_paused = true)]
async fn decision_28_a_step_waits_for_its_ground_and_gets_its_id() {
    let world = World::with(vec![seen("028-3", "pair")]);
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(good(&engine).await.created, 2);
    assert_eq!(
        world.writes(),
        ["AZN-CUST-028-3", "AZN-SO-028-3"],
        "the customer first, though planned last"
    );
    let order = world.books.lock().unwrap().records["AZN-SO-028-3"].clone();
    assert_eq!(order["entity"], json!({"id": "100"}));
}

#[tokio::test(start_paused = true)]
async fn cmn_12_killed_between_send_and_answer_one_record_exists() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::Hangs);
    {
        let engine = world.engine(Store::open(file(folder.path())).unwrap());
        let killed = tokio::time::timeout(Duration::from_mins(1), engine.run(request(Trigger::Person))).await;
        assert!(killed.is_err(), "the program stops while the answer is on its way");
        assert_eq!(step_state(engine.store(), SO), StepState::Sending);
    }
    assert_eq!(world.records(), [SO], "NetSuite had made the record");
    let engine = world.engine(Store::open(file(folder.path())).unwrap());
    assert_eq!(step_state(engine.store(), SO), StepState::Unanswered);
    assert_eq!(good(&engine).await.created, 1);
    assert_eq!(world.writes(), [SO], "it was probed, and not sent again");
    assert_eq!(step_state(engine.store(), SO), StepState::Done);
    healthy(engine.store());
}

#[tokio::test(start_paused = true)]
async fn cmn_12_killed_before_the_send_arrived_the_record_is_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::NeverArrives);
    {
        let engine = world.engine(Store::open(file(folder.path())).unwrap());
        let killed = tokio::time::timeout(Duration::from_mins(1), engine.run(request(Trigger::Person))).await;
        assert!(killed.is_err());
        assert_eq!(
            step_state(engine.store(), SO),
            StepState::Sending,
            "it was on the disk before it was sent"
        );
    }
    assert_eq!(world.records(), Vec::<String>::new());
    let engine = world.engine(Store::open(file(folder.path())).unwrap());
    assert_eq!(good(&engine).await.created, 1);
    assert_eq!(world.writes(), [SO]);
}

#[tokio::test(start_paused = true)]
async fn r3_4_a_timeout_after_the_commit_is_probed_and_counted_as_ours() {
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::LostAnswer);
    let engine = world.engine(Store::memory().unwrap());
    let counts = good(&engine).await;
    assert_eq!((counts.created, counts.adopted), (1, 0));
    assert_eq!(world.writes(), [SO]);
    let tries = engine.store().read(|db| attempts::of_step(db, SO)).unwrap();
    assert_eq!(
        tries.iter().map(|attempt| attempt.kind).collect::<Vec<_>>(),
        [attempts::Kind::Send, attempts::Kind::Probe]
    );
    assert!(tries[1].started_at - tries[0].started_at >= chrono::TimeDelta::seconds(30));
}

#[tokio::test(start_paused = true)]
async fn r3_3_a_timeout_before_the_commit_is_probed_and_sent_again() {
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::Before(Failure::Unanswered {
        because: "reset".into(),
    }));
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(good(&engine).await.created, 1);
    assert_eq!(world.writes().iter().filter(|name| *name == SO).count(), 1);
    assert_eq!(world.records(), [SO]);
}

#[tokio::test(start_paused = true)]
async fn cmn_13_a_record_of_our_name_with_our_total_is_adopted() {
    let world = World::with(vec![seen("028-1", "create")]);
    let there = json!({"id": "77", "record": "salesOrder", "total": "29.90", "tranId": "SO77"});
    world.books.lock().unwrap().records.insert(SO.into(), there);
    let engine = world.engine(Store::memory().unwrap());
    let counts = good(&engine).await;
    assert_eq!((counts.created, counts.adopted), (0, 1));
    let link = engine.store().read(|db| links::named(db, SO)).unwrap().unwrap();
    assert!(link.adopted && link.record_id == "77");
}

#[tokio::test(start_paused = true)]
async fn cmn_13_a_record_of_our_name_with_another_total_is_asked_about() {
    let world = World::with(vec![seen("028-1", "create")]);
    let there = json!({"id": "77", "record": "salesOrder", "total": "31.00", "tranId": "SO77"});
    world.books.lock().unwrap().records.insert(SO.into(), there);
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(run(&engine).await.result, RunResult::DoneWithErrors);
    assert_eq!(
        causes(engine.store(), Tab::NeedsYou),
        [format!("ADOPTION_CONFLICT:{SO}")]
    );
    assert_eq!(engine.store().read(|db| links::named(db, SO)).unwrap(), None);
    assert_eq!(state(engine.store(), "028-1"), State::NeedsYou);
    healthy(engine.store());
}

#[tokio::test(start_paused = true)]
async fn ord_08_a_total_that_differs_when_read_back_is_asked_about() {
    let world = World::with(vec![seen("028-1", "create")]);
    world.books.lock().unwrap().tax = Decimal::new(190, 2);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    assert_eq!(causes(engine.store(), Tab::NeedsYou), [format!("TOTAL_MISMATCH:{SO}")]);
    assert_eq!(state(engine.store(), "028-1"), State::NeedsYou);
    // Put right in NetSuite, a retry reads it again and the problem closes by itself.
    world.books.lock().unwrap().tax = Decimal::ZERO;
    engine.retry(Some(&format!("TOTAL_MISMATCH:{SO}")), &[]).await.unwrap();
    assert_eq!(causes(engine.store(), Tab::NeedsYou), Vec::<String>::new());
    assert_eq!(state(engine.store(), "028-1"), State::Done);
    assert_eq!(world.writes(), [SO]);
}

#[tokio::test(start_paused = true)]
async fn r3_1_throttling_is_waited_out_as_long_as_asked() {
    let world = World::with(vec![seen("028-1", "create")]);
    world.fault(Fault::Before(Failure::Throttled {
        again_in: Duration::from_secs(90),
    }));
    world.fault(Fault::Before(Failure::Unreachable {
        because: "no route".into(),
    }));
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(good(&engine).await.created, 1);
    let tries = engine.store().read(|db| attempts::of_step(db, SO)).unwrap();
    assert_eq!(tries.len(), 3);
    assert!(tries[1].started_at - tries[0].started_at >= chrono::TimeDelta::seconds(90));
}

#[tokio::test(start_paused = true)]
async fn cmn_23_after_eight_tries_the_error_is_shown_and_still_tried_in_later_runs() {
    let world = World::with(vec![seen("028-1", "create")]);
    for _ in 0..8 {
        world.fault(Fault::Before(Failure::Unreachable {
            because: "no route".into(),
        }));
    }
    let engine = world.engine(Store::memory().unwrap());
    let report = run(&engine).await;
    assert_eq!((report.result, report.counts.errors), (RunResult::DoneWithErrors, 1));
    assert_eq!(causes(engine.store(), Tab::Retrying), ["NETWORK:netsuite"]);
    tokio::time::sleep(Duration::from_mins(20)).await;
    assert_eq!(run(&engine).await.counts.created, 1);
    assert_eq!(
        causes(engine.store(), Tab::Retrying),
        Vec::<String>::new(),
        "it closed by itself"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_a_question_and_is_never_reported_as_done() {
    let world = World::with(vec![seen("028-1", "create")]);
    let period = Failure::Refused {
        code: "USER_ERROR".into(),
        status: 400,
        said: "The period is closed".into(),
    };
    world.fault(Fault::Before(period));
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(run(&engine).await.counts.needs_you, 1);
    assert_eq!(causes(engine.store(), Tab::NeedsYou), ["PERIOD_CLOSED:salesOrder"]);
    run(&engine).await;
    assert_eq!(world.records(), Vec::<String>::new(), "nobody said try again");
    engine.retry(Some("PERIOD_CLOSED:salesOrder"), &[]).await.unwrap();
    assert_eq!(world.records(), [SO]);
    assert_eq!(causes(engine.store(), Tab::NeedsYou), Vec::<String>::new());
    healthy(engine.store());
}

#[tokio::test(start_paused = true)]
async fn r3_8_a_refused_sign_in_is_one_question_for_the_whole_account() {
    let world = World::with(
        (1..=20)
            .map(|number| seen(&format!("028-{number}"), "create"))
            .collect(),
    );
    for _ in 0..20 {
        world.fault(Fault::Before(Failure::SignedOut {
            said: "invalid_grant".into(),
        }));
    }
    let engine = world.engine(Store::memory().unwrap());
    assert_eq!(run(&engine).await.result, RunResult::Failed);
    assert_eq!(causes(engine.store(), Tab::NeedsYou), ["AUTH_NETSUITE:netsuite:1"]);
    assert_eq!(engine.status().unwrap().signed_out, ["netsuite:1"]);
    assert_eq!(
        engine.run_due().await.unwrap(),
        0,
        "schedules leave a signed-out account alone"
    );
    world.books.lock().unwrap().faults.clear();
    assert_eq!(good(&engine).await.created, 20, "nothing was lost meanwhile");
    assert_eq!(causes(engine.store(), Tab::NeedsYou), Vec::<String>::new());
    assert_eq!(engine.status().unwrap().signed_out, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn decision_9_buyer_data_stands_sealed_in_the_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let mut order = seen("028-1", "create");
    order.buyer = Some("Jane Canary Doe".into());
    let world = World::with(vec![order]);
    let engine = world.engine(Store::open(file(folder.path())).unwrap());
    good(&engine).await;
    let sent = world.books.lock().unwrap().records[SO].clone();
    assert_eq!(sent["shippingAddress"]["addressee"], "Jane Canary Doe");
    let step = engine.store().read(|db| steps::get(db, SO)).unwrap().unwrap();
    assert!(step.sealed.is_some() && !step.body.to_string().contains("Canary"));
}

#[tokio::test(start_paused = true)]
async fn cmn_40_after_thirty_days_buyer_data_is_unreadable_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut order = seen("028-1", "create");
    order.buyer = Some("Jane Canary Doe".into());
    let world = World::with(vec![order]);
    let engine = world.engine(Store::open(file(folder.path())).unwrap());
    good(&engine).await;
    let key = || engine.store().read(|db| store::buyer_keys::get(db, "028-1")).unwrap();
    assert_eq!(engine.forget_buyers(30).unwrap(), 0);
    assert!(key().is_some());
    tokio::time::sleep(Duration::from_hours(24 * 31)).await;
    engine.run_due().await.unwrap();
    assert!(key().is_none());
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(
            !bytes.windows(6).any(|window| window == b"Canary"),
            "no name in clear, in the file or its log"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn cmn_26_settled_errors_stay_listed_for_four_hundred_days_and_open_ones_for_good() {
    let world = World::with(vec![seen("028-1", "create"), seen("028-2", "ask")]);
    world.fault(Fault::Before(Failure::Refused {
        code: "USER_ERROR".into(),
        status: 400,
        said: "Enter a value for Location".into(),
    }));
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    let store = engine.store();
    let refused = causes(store, Tab::NeedsYou);
    let refused = refused
        .iter()
        .find(|cause| cause.starts_with("REJECTED"))
        .unwrap()
        .clone();
    for cause in [refused.as_str(), "ITEM_NOT_FOUND:LAMP"] {
        let note = CauseNote {
            cause: cause.to_owned(),
            assigned: "Bea".into(),
            note: "asked the bookkeeper".into(),
            who: "Bea".into(),
            at: world::began(),
        };
        store.write(|db| cause_notes::put(db, &note)).unwrap();
    }
    engine.retry(Some(&refused), &[]).await.unwrap();
    let sendings = || store.read(|db| attempts::of_step(db, SO)).unwrap().len();
    let note = |cause: &str| store.read(|db| cause_notes::get(db, cause)).unwrap();
    assert_eq!((causes(store, Tab::Resolved), sendings()), (vec![refused.clone()], 2));

    tokio::time::sleep(Duration::from_hours(24 * 399)).await;
    engine.run_due().await.unwrap();
    assert_eq!((causes(store, Tab::Resolved), sendings()), (vec![refused.clone()], 2));
    assert!(note(&refused).is_some());

    tokio::time::sleep(Duration::from_hours(24 * 2)).await;
    engine.run_due().await.unwrap();
    assert_eq!(causes(store, Tab::Resolved), Vec::<String>::new());
    assert_eq!(sendings(), 1, "how it was written at last is kept");
    assert!(note(&refused).is_none());
    assert_eq!(
        causes(store, Tab::NeedsYou),
        ["ITEM_NOT_FOUND:LAMP"],
        "what is open stays"
    );
    assert!(note("ITEM_NOT_FOUND:LAMP").is_some());
    healthy(store);
}

#[tokio::test(start_paused = true)]
async fn cmn_26_a_person_may_keep_settled_errors_longer_or_shorter() {
    let world = World::with(vec![seen("028-1", "ask")]);
    let engine = world.engine(Store::memory().unwrap());
    run(&engine).await;
    world.set(vec![seen("028-1", "create")]);
    engine.retry(Some("ITEM_NOT_FOUND:LAMP"), &[]).await.unwrap();
    let store = engine.store();
    store.write(|db| settings::set(db, "errors.days", &json!(90))).unwrap();
    tokio::time::sleep(Duration::from_hours(24 * 89)).await;
    engine.run_due().await.unwrap();
    assert_eq!(causes(store, Tab::Resolved), ["ITEM_NOT_FOUND:LAMP"]);
    tokio::time::sleep(Duration::from_hours(24 * 2)).await;
    engine.run_due().await.unwrap();
    assert_eq!(causes(store, Tab::Resolved), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn decision_27_with_a_vault_that_forgets_a_planned_write_is_planned_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut order = seen("028-1", "create");
    order.buyer = Some("Jane Canary Doe".into());
    let world = World::with(vec![order]);
    world.fault(Fault::Before(Failure::SignedOut { said: "expired".into() }));
    run(&world.engine(Store::open(file(folder.path())).unwrap())).await;
    assert_eq!(world.records(), Vec::<String>::new());
    // The next start has another memory-only vault, which cannot read what the first one sealed.
    let engine = world.engine(Store::open(file(folder.path())).unwrap());
    run(&engine).await;
    run(&engine).await;
    assert_eq!(world.records(), [SO]);
    assert_eq!(state(engine.store(), "028-1"), State::Done);
}
