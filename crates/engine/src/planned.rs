//! What a decision comes to in the journal: the state that each step takes next, what is the same as before, and what a dry
//! run shows of it. Pure, so that exactly-once is one table.

use domain::text::Arg;
use domain::{Money, Text};
use flows::flow::{problems_of, steps_of};
use flows::{Fact, Instead, Judged, Step, Write};
use sha2::{Digest, Sha256};
use store::decisions::{State, Verdict};
use store::runs::Counts;
use store::steps::{self, StepState};
use store::{Reader, Result};

use crate::local_write::hex;
use crate::problems::json;
use crate::request::PreviewItem;

/// The state that a step takes next; nothing leaves it as it stands.
pub(crate) fn next(
    known: Option<&steps::Step>,
    hash: &str,
    step: &Step,
    approved: bool,
    retry: bool,
) -> Option<StepState> {
    let fresh = if step.hold.is_some() {
        StepState::Held
    } else {
        StepState::Planned
    };
    let Some(known) = known else { return Some(fresh) };
    let same = known.body_hash == hash;
    // What a person approved is sent as it stands; anything else of the group is held again.
    let again = if same && approved { StepState::Planned } else { fresh };
    match known.state {
        // A person says that Amazon did not take it: the same again changes nothing there but what is missing.
        StepState::Done if retry && matches!(step.write, Write::Amazon(_)) => Some(fresh),
        StepState::Planned | StepState::Held | StepState::Done if same => None,
        StepState::Planned | StepState::Held => Some(fresh),
        // A record is created once; absolute changes and local facts follow their source.
        StepState::Done => match &step.write {
            // A parcel told again under its reference is corrected (FUL-10).
            Write::NetSuite(netsuite::Write::Update { .. }) | Write::Amazon(_) | Write::Local(_) => Some(fresh),
            Write::NetSuite(_) => None,
        },
        StepState::Refused if same && !retry => None,
        StepState::Refused | StepState::Withdrawn => Some(again),
        // On its way: a probe tells first. Taken back: only a new revision is posted after an undo (SET-59).
        StepState::Sending | StepState::Unanswered | StepState::Undone => None,
    }
}

/// Counts a subject by where it stands now; `busy`: something is to be written.
pub(crate) fn count(counts: &mut Counts, state: State, busy: bool) {
    match state {
        State::Waiting | State::Held => counts.waiting += 1,
        State::NeedsYou => counts.needs_you += 1,
        State::Error => counts.errors += 1,
        State::Ignored | State::Excluded | State::Undone => counts.ignored += 1,
        State::Done if !busy => counts.unchanged += 1,
        // Counted when the write is done.
        State::Done | State::Ready | State::Sent => (),
    }
}

/// A decision in the words of its row: verdict, reason and first state.
pub(crate) fn verdict(judged: &Judged) -> (Verdict, Option<Text>, State) {
    match &judged.decision {
        Ok(_) => (Verdict::Act, None, State::Ready),
        Err(Instead::Skip { reason }) => (Verdict::Skip, Some(reason.clone()), State::Ignored),
        Err(Instead::Wait { reason }) => (Verdict::Wait, Some(reason.clone()), State::Waiting),
        Err(Instead::Ask { problems } | Instead::Partly { problems, .. }) => (
            Verdict::Ask,
            problems.first().map(|problem| problem.what.clone()),
            State::NeedsYou,
        ),
    }
}

/// A hash of what was seen and decided: the same again means that nothing happened.
pub(crate) fn fingerprint(judged: &Judged) -> String {
    let mut digest = Sha256::new();
    digest.update(judged.evidence.to_string());
    digest.update(json(&judged.decision).to_string());
    hex(&digest.finalize())
}

/// A hash of all that a step would do.
pub(crate) fn hash(step: &Step) -> String {
    let parts = [
        json(&step.write),
        json(&step.needs),
        json(&step.expect),
        json(&step.link),
    ];
    hex(&Sha256::digest(json(&parts).to_string()))
}

/// The facts that stand in columns of their own.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) marketplace: Option<String>,
    pub(crate) date: Option<chrono::NaiveDate>,
    pub(crate) total: Option<Money>,
}

impl Facts {
    pub(crate) fn of(facts: &[Fact]) -> Self {
        let mut found = Self::default();
        for fact in facts {
            match (fact.name.as_str(), &fact.value) {
                ("marketplace", Arg::Text(id)) => found.marketplace = Some(id.clone()),
                ("date", Arg::Day(day)) => found.date = Some(*day),
                ("total", Arg::Money(total)) => found.total = Some(*total),
                _ => (),
            }
        }
        found
    }
}

/// What a dry run shows of one subject: only what would really be written.
pub(crate) fn preview(db: &Reader<'_>, judged: &Judged) -> Result<PreviewItem> {
    let (_, reason, _) = verdict(judged);
    let mut item = PreviewItem {
        key: judged.key.0.clone(),
        facts: judged.facts.clone(),
        reason: reason.filter(|_| problems_of(&judged.decision).is_empty()),
        steps: Vec::new(),
        problems: problems_of(&judged.decision).to_vec(),
    };
    for step in steps_of(&judged.decision) {
        if !is_in_the_books(db, step)? {
            item.steps.push(step.clone());
        }
    }
    Ok(item)
}

/// Whether a step was done before and is not sent again.
pub(crate) fn is_in_the_books(db: &Reader<'_>, step: &Step) -> Result<bool> {
    let known = steps::get(db, &step.name)?;
    Ok(known.is_some_and(|known| {
        known.state == StepState::Done && next(Some(&known), &hash(step), step, true, false).is_none()
    }))
}
