//! Undo of a posting (SET-59): reversed and deleted in order, once, and the next posting is a new revision.

use domain::{ExternalId, Text};
use engine::{Does, Engine, RunResult, StartError, Why};
use flows::flow::{Group, Route};
use flows::{Card, Decision, Entry, Fact, Flow, Key, LinkTo, Look, Reads, Rules, Step, Window, Write, entry, skip};
use netsuite::RecordType;
use serde_json::json;
use store::Store;
use store::decisions::{self, State};
use store::postings::{self, PostingState};
use store::steps::{self, StepState};
use wire::Failure;

use crate::world::{ACCOUNT, World, healthy, request};

/// A flow whose one subject is a settlement with a payment and a journal.
struct Posting;

impl Flow for Posting {
    type Subject = String;
    const CARD: Card = Card {
        id: "orders",
        title: "t",
        promise: "p",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &[],
        after: &[],
        options: &[],
    };
    async fn look(reads: &Reads<'_>, window: &Window, _: &Rules) -> Result<Look<String>, Failure> {
        // Once posted, its own records stand in NetSuite; the revision tells a second posting from the first.
        let _ = reads;
        let read_until = match window {
            Window::Span { until, .. } => Some(*until),
            Window::Keys(_) => None,
        };
        Ok(Look::Seen {
            subjects: vec!["S1".to_owned()],
            next: None,
            read_until,
        })
    }
    fn key(seen: &String) -> Key {
        Key(seen.clone())
    }
    fn decide(seen: &String, rules: &Rules) -> Decision {
        if rules.option("", "test.posted") == Some("on") {
            return skip(Text::new("reason-posted"));
        }
        Ok(vec![journal(seen), payment(seen)])
    }
    fn facts(_: &String, _: &Rules) -> Vec<Fact> {
        Vec::new()
    }
    fn sample() -> String {
        "S1".into()
    }
}

fn payment(settlement: &str) -> Step {
    let name = ExternalId::payment(settlement, "028-1", None);
    step(name, RecordType::CustomerPayment, Vec::new(), json!({"payment": 20}))
}

fn journal(settlement: &str) -> Step {
    let body = json!({"memo": "Amazon", "line": {"items": [
        {"account": {"id": "1"}, "debit": 20}, {"account": {"id": "2"}, "credit": 20},
    ]}});
    let needs = vec![ExternalId::payment(settlement, "028-1", None)];
    step(
        ExternalId::journal(settlement, None),
        RecordType::JournalEntry,
        needs,
        body,
    )
}

fn step(name: ExternalId, record: RecordType, needs: Vec<ExternalId>, body: serde_json::Value) -> Step {
    Step {
        name: name.as_str().to_owned(),
        title: Text::new("step"),
        write: Write::NetSuite(netsuite::Write::Create {
            record,
            external_id: name.clone(),
            body,
        }),
        needs,
        expect: None,
        hold: Some("S1".into()),
        link: Some(LinkTo {
            kind: "payment".into(),
            key: name.as_str().to_owned(),
        }),
    }
}

async fn posted(world: &World) -> Engine {
    let flows: Vec<Entry> = vec![entry::<Posting>()];
    let engine = world.engine_of(Store::memory().unwrap(), flows);
    engine.run(request(engine::Trigger::Person)).await.unwrap();
    let report = engine.approve("S1", "Bea").await.unwrap();
    assert_eq!((report.result, report.counts.created), (RunResult::Done, 2));
    assert_eq!(
        world.writes(),
        ["AZN-PY-S1-028-1", "AZN-JE-S1"],
        "the journal goes last"
    );
    let option = store::options::OptionRow {
        key: "test.posted".into(),
        level: store::options::Level::Workspace,
        scope_id: String::new(),
        value: json!("on"),
    };
    engine.store().write(|db| store::options::set(db, &option)).unwrap();
    world.books.lock().unwrap().writes.clear();
    engine
}

#[tokio::test(start_paused = true)]
async fn set_59_an_undo_reverses_the_journal_and_deletes_the_payment() {
    let world = World::default();
    let engine = posted(&world).await;
    let plan = engine.undo_preview("S1").await.unwrap();
    let does: Vec<Does> = plan.steps.iter().map(|step| step.does).collect();
    assert_eq!(does, [Does::Reverse, Does::Delete]);
    let report = engine.undo("S1", "Bea").await.unwrap();
    assert_eq!(report.result, RunResult::Done, "{report:?}");
    let writes = world.writes();
    assert_eq!(writes[0], "AZN-JE-S1-REV");
    assert!(writes[1].starts_with("delete "), "{writes:?}");
    assert_eq!(world.records(), ["AZN-JE-S1", "AZN-JE-S1-REV"]);
    let reversal = world.books.lock().unwrap().records["AZN-JE-S1-REV"].clone();
    assert_eq!(reversal["line"]["items"][0]["credit"], json!(20));
    let store = engine.store();
    assert_eq!(
        store.read(|db| postings::newest(db, "S1")).unwrap().unwrap().state,
        PostingState::Undone
    );
    assert_eq!(store.read(|db| postings::revision(db, "S1")).unwrap(), 2);
    let step = store.read(|db| steps::get(db, "AZN-PY-S1-028-1")).unwrap().unwrap();
    assert_eq!(step.state, StepState::Undone);
    healthy(store);
}

#[tokio::test(start_paused = true)]
async fn set_59_an_undo_that_is_refused_stops_there_and_can_be_taken_up() {
    let world = World::default();
    let engine = posted(&world).await;
    world.books.lock().unwrap().refuses = Some("AZN-JE-S1-REV".into());
    engine.undo("S1", "Bea").await.unwrap();
    assert_eq!(
        world.records(),
        ["AZN-JE-S1", "AZN-PY-S1-028-1"],
        "the payment stays while the journal stands"
    );
    let newest = || {
        engine
            .store()
            .read(|db| postings::newest(db, "S1"))
            .unwrap()
            .unwrap()
            .state
    };
    assert_eq!(newest(), PostingState::Undoing);
    engine.undo("S1", "Bea").await.unwrap();
    assert_eq!(world.records(), ["AZN-JE-S1", "AZN-JE-S1-REV"]);
    assert_eq!(newest(), PostingState::Undone);
    let current = engine
        .store()
        .read(|db| decisions::current(db, "orders", ACCOUNT, "S1"))
        .unwrap()
        .unwrap();
    assert_ne!(current.state, State::Error);
}

#[tokio::test(start_paused = true)]
async fn set_59_what_a_person_deleted_or_changed_is_left_and_told_and_the_rest_is_taken_back() {
    let world = World::default();
    let engine = posted(&world).await;
    world.books.lock().unwrap().records.remove("AZN-PY-S1-028-1").unwrap();
    let changed = json!("21");
    world.books.lock().unwrap().records.get_mut("AZN-JE-S1").unwrap()["total"] = changed;
    let plan = engine.undo_preview("S1").await.unwrap();
    let left: Vec<(&str, Why)> = plan.left.iter().map(|one| (one.name.as_str(), one.why)).collect();
    assert_eq!(left, [("AZN-JE-S1", Why::Edited), ("AZN-PY-S1-028-1", Why::Gone)]);
    assert_eq!(plan.steps, []);
    engine.undo("S1", "Bea").await.unwrap();
    assert_eq!(world.writes(), Vec::<String>::new(), "nothing of a person's is touched");
    let newest = engine.store().read(|db| postings::newest(db, "S1")).unwrap().unwrap();
    assert_eq!(newest.state, PostingState::Undone);
    let gone = engine
        .store()
        .read(|db| steps::get(db, "AZN-PY-S1-028-1"))
        .unwrap()
        .unwrap();
    assert_eq!(gone.state, StepState::Undone);
    let kept = engine.store().read(|db| steps::get(db, "AZN-JE-S1")).unwrap().unwrap();
    assert_eq!(
        kept.state,
        StepState::Done,
        "what stays in the books stays in the journal"
    );
}

#[tokio::test(start_paused = true)]
async fn set_59_a_posting_that_stopped_half_way_is_taken_back() {
    let world = World::default();
    let flows: Vec<Entry> = vec![entry::<Posting>()];
    let engine = world.engine_of(Store::memory().unwrap(), flows);
    engine.run(request(engine::Trigger::Person)).await.unwrap();
    // The payment gets through, its journal does not.
    world.books.lock().unwrap().refuses = Some("AZN-JE-S1".into());
    engine.approve("S1", "Bea").await.unwrap();
    assert_eq!(world.records(), ["AZN-PY-S1-028-1"]);
    let plan = engine.undo_preview("S1").await.unwrap();
    assert_eq!((plan.steps.len(), plan.withdrawn), (1, 1));
    engine.undo("S1", "Bea").await.unwrap();
    assert_eq!(world.records(), Vec::<String>::new());
    let newest = engine.store().read(|db| postings::newest(db, "S1")).unwrap().unwrap();
    assert_eq!(newest.state, PostingState::Undone);
}

#[tokio::test(start_paused = true)]
async fn set_60_a_closed_group_is_neither_posted_nor_undone_until_it_is_opened_again() {
    let world = World::default();
    let engine = posted(&world).await;
    let close = store::settlement_choices::Choice {
        settlement: "S1".into(),
        choice: store::settlement_choices::CLOSED.into(),
        value: json!({"reason": "in the books"}),
        who: "Bea".into(),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    engine
        .store()
        .write(|db| store::settlement_choices::set(db, &close))
        .unwrap();
    let refused = engine.undo("S1", "Bea").await;
    assert!(matches!(refused, Err(StartError::NotReady { .. })), "{refused:?}");
    let refused = engine.approve("S1", "Bea").await;
    assert!(matches!(refused, Err(StartError::NotReady { .. })), "{refused:?}");
    assert_eq!(world.writes(), Vec::<String>::new());
    assert!(engine.reopen_settlement("S1", "Bea").unwrap());
    engine.undo("S1", "Bea").await.unwrap();
    assert_eq!(world.records(), ["AZN-JE-S1", "AZN-JE-S1-REV"]);
}
