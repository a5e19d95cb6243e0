//! Where a subject stands, worked out from its steps and problems after each change.

use chrono::{DateTime, Utc};
use store::decisions::{self, State, Verdict};
use store::problems::{self, Tab, Which};
use store::steps::{self, Outcome, Step, StepState};
use store::{Result, Writer};

use crate::set_aside;

/// Works out and stores a subject's state. When everything it planned is in the books, its open problems close by
/// themselves (CMN-27), except those that a finished record raised. One that asks what a person always leaves out is left
/// out.
pub(crate) fn subject(db: &Writer<'_>, flow: &str, account: &str, key: &str, now: DateTime<Utc>) -> Result<State> {
    let Some(current) = decisions::standing(db, flow, account, key)? else {
        return Ok(State::Ready);
    };
    let steps = steps::of_subject(db, flow, account, key)?;
    let open = problems::open_about(db, flow, account, key)?;
    let state = state(
        current.verdict,
        current.state,
        &steps,
        open.iter().any(|problem| problem.tab == Tab::NeedsYou),
    );
    if state == State::Done {
        let which = Which {
            flow: Some(flow),
            account: Some(account),
            key: Some(key),
            ..Which::default()
        };
        problems::close(db, &which, Tab::Resolved, None, None, now)?;
    }
    if state != current.state {
        decisions::set_state(db, flow, account, key, state)?;
    }
    if state != State::Done && set_aside::by_rule(db, &open, (flow, account, key), now)? {
        return Ok(State::Excluded);
    }
    Ok(state)
}

/// The pure table behind [`subject`].
pub(crate) fn state(verdict: Verdict, before: State, steps: &[Step], needs_you: bool) -> State {
    let any = |wanted: StepState| steps.iter().any(|step| step.state == wanted);
    // A customer that was made for an order which was taken back before it was sent is not that order.
    let is_ground = |step: &Step| {
        let mut withdrawn = steps.iter().filter(|other| other.state == StepState::Withdrawn);
        withdrawn.any(|other| other.needs.contains(&step.name))
    };
    let made = |step: &Step| step.state == StepState::Done && !is_ground(step);
    match verdict {
        _ if matches!(before, State::Excluded | State::Undone) => before,
        Verdict::Ask => State::NeedsYou,
        Verdict::Wait => State::Waiting,
        Verdict::Act | Verdict::Skip if needs_you => State::NeedsYou,
        Verdict::Act | Verdict::Skip if any(StepState::Refused) => State::Error,
        Verdict::Act | Verdict::Skip if any(StepState::Sending) || any(StepState::Unanswered) => State::Sent,
        Verdict::Act if any(StepState::Planned) => State::Ready,
        Verdict::Act if any(StepState::Held) => State::Held,
        // Accepted is not applied: the flow looks again until the service shows it.
        Verdict::Act if steps.iter().any(|step| step.outcome == Some(Outcome::Sent)) => State::Sent,
        Verdict::Act => State::Done,
        Verdict::Skip if steps.iter().any(made) => State::Done,
        Verdict::Skip => State::Ignored,
    }
}
