//! A settlement's posting is approved as a whole or not at all, whoever asks the engine.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use domain::Text;
use engine::StartError;
use flows::Key;
use passerelle_tests::world::{Making, World};
use store::problems::{self, Problem, Tab};
use store::steps::{self, Step, StepState};
use store::{decisions, settlements};

#[tokio::test(start_paused = true)]
async fn a_posting_whose_journal_is_not_planned_yet_is_not_approved() {
    let world = World::open(Making::demo(1)).unwrap();
    let but_journals: Vec<&str> = flows::catalogue()
        .iter()
        .map(|entry| entry.card.id)
        .filter(|id| *id != "settlement-journals")
        .collect();
    world.run(&but_journals, None).await.unwrap();
    let before = world.trace.writes();
    let mut in_part = 0;
    for settlement in world.store.read(store::settlements::all).unwrap() {
        match world.engine().unwrap().approve(&settlement.header.id, "a person").await {
            Err(StartError::NotWhole(_)) => in_part += 1,
            Err(StartError::NothingHeld(_)) => (),
            other => panic!("{other:?}"),
        }
    }
    assert!(in_part > 0, "payments are planned, the journal is not");
    assert_eq!(world.trace.writes(), before, "nothing was written");
}

/// The first payment that waits for a person's approval.
fn payment(world: &World) -> Step {
    let all = world.store.read(settlements::all).unwrap();
    let held = all.iter().flat_map(|settlement| {
        let id = settlement.header.id.as_str();
        world.store.read(|db| steps::of_group(db, id)).unwrap()
    });
    let mut payments = held.filter(|step| step.flow == "settlement-payments" && step.state == StepState::Held);
    payments.next().unwrap()
}

#[tokio::test(start_paused = true)]
async fn ord_08_a_payment_waits_while_the_total_of_its_order_is_in_dispute() {
    let world = World::open(Making::demo(1)).unwrap();
    world.sync().await.unwrap();
    let planned = payment(&world);
    let (_, order) = planned.link.clone().unwrap();
    let about = world.store.read(|db| decisions::about(db, &order)).unwrap();
    let sold = about.iter().find(|one| one.flow.ends_with("-orders")).unwrap();
    let problem = Problem {
        key: order.clone(),
        what: Text::new("problem-total-mismatch"),
        why: Text::new("problem-total-mismatch-why"),
        ..Problem::new(
            &sold.flow,
            &sold.account,
            "TOTAL_MISMATCH",
            format!("TOTAL_MISMATCH:{order}"),
            sold.decided_at,
        )
    };
    world.store.write(|db| problems::open(db, &problem)).unwrap();
    let again = || world.run(&["settlement-payments"], Some(vec![Key(planned.key.clone())]));
    again().await.unwrap();
    let (flow, account, key) = (&planned.flow, &planned.account, &planned.key);
    let decided = || {
        world
            .store
            .read(|db| decisions::current(db, flow, account, key))
            .unwrap()
            .unwrap()
    };
    assert_eq!(decided().reason.unwrap().id, "settlement-reason-total-differs");
    let steps = || {
        world
            .store
            .read(|db| steps::of_subject(db, flow, account, key))
            .unwrap()
    };
    assert!(
        steps().iter().all(|step| step.state == StepState::Withdrawn),
        "nothing is left to approve: {:?}",
        steps()
    );
    let which = problems::Which {
        flow: Some(&sold.flow),
        cause: Some(&problem.cause),
        ..problems::Which::default()
    };
    let now = sold.decided_at;
    world
        .store
        .write(|db| problems::close(db, &which, Tab::Resolved, None, None, now))
        .unwrap();
    again().await.unwrap();
    assert!(
        steps().iter().any(|step| step.state == StepState::Held),
        "settled, it is planned again: {:?}",
        steps()
    );
}
