//! Flows and runs, from the store and from what is running.

use store::{Store, attempts, decisions, runs, steps};

use super::facts::Facts;
use crate::contract::{Counts, Phase, Refusal, RunRecord, RunRow, RunView, RunsPage, RunsRequest, State};

/// The message id of a flow's title.
pub fn title(flow: &str) -> String {
    flows::catalogue()
        .iter()
        .find(|entry| entry.card.id == flow)
        .map_or_else(|| flow.to_owned(), |entry| entry.card.title.to_owned())
}

/// Runs, newest first.
pub fn page(store: &Store, request: &RunsRequest) -> Result<RunsPage, Refusal> {
    let limit = request.limit.unwrap_or(50).clamp(1, 200);
    let filter = runs::Filter {
        flow: request.flow.clone(),
        account: None,
        marketplace: request.marketplace.clone(),
    };
    let rows = store.read(|db| runs::list(db, &filter, request.after.as_deref(), limit))?;
    let after = (rows.len() == limit as usize)
        .then(|| rows.last().map(|run| run.id.clone()))
        .flatten();
    Ok(RunsPage {
        runs: rows.iter().map(row).collect(),
        after,
    })
}

/// One run as a row.
pub fn row(run: &runs::Run) -> RunRow {
    RunRow {
        id: run.id.clone(),
        flow: run.flow.clone(),
        title: title(&run.flow),
        scope: scope(&run.account),
        marketplaces: run.marketplaces.clone(),
        trigger: trigger(run.trigger).to_owned(),
        state: state(run.result),
        started: run.opened_at.to_rfc3339(),
        ended: run.ended_at.map(|at| at.to_rfc3339()),
        dry_run: false,
        counts: counts(run.counts),
    }
}

/// `eu:A1SELLER` is shown as its region.
pub fn scope(account: &str) -> String {
    account.split(':').next().unwrap_or(account).to_ascii_uppercase()
}

fn trigger(trigger: runs::Trigger) -> &'static str {
    use runs::Trigger::{Approval, Chained, Ids, Person, Retry, Schedule, StartUp, Undo};
    match trigger {
        Schedule => "schedule",
        Person | Ids | Approval | Undo => "you",
        Retry => "retry",
        Chained => "chain",
        StartUp => "start",
    }
}

/// How a run's end is shown.
pub fn state(result: Option<runs::RunResult>) -> State {
    use runs::RunResult::{Cancelled, Done, DoneWithErrors, Failed, Interrupted, Skipped};
    match result {
        None => State::Running,
        Some(Done) => State::Done,
        Some(DoneWithErrors) => State::NeedsYou,
        Some(Failed) => State::Retrying,
        Some(Cancelled | Interrupted) => State::Paused,
        Some(Skipped) => State::Skipped,
    }
}

/// The counts as the screen has them.
pub fn counts(counts: runs::Counts) -> Counts {
    let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Counts {
        read: small(counts.read),
        created: small(counts.created),
        updated: small(counts.updated),
        adopted: small(counts.adopted),
        unchanged: small(counts.unchanged),
        ignored: small(counts.ignored),
        waiting: small(counts.waiting),
        needs_you: small(counts.needs_you),
        errors: small(counts.errors),
    }
}

/// The phases of every run.
pub const PHASES: [&str; 4] = ["look", "decide", "apply", "confirm"];

/// The phases as an ended run left them. One that did not reach its end stopped somewhere: what it never came to is not
/// ticked, and what it had begun stands as the run does.
fn phases(run: &runs::Run) -> Vec<Phase> {
    use runs::RunResult::{Cancelled, Done, DoneWithErrors, Failed, Interrupted, Skipped};
    let counts = run.counts;
    let written = counts.created + counts.updated + counts.adopted;
    let stopped = state(run.result);
    let begun = |count: u64| if count > 0 { stopped } else { State::Skipped };
    let states = match run.result {
        None => [State::Running; 4],
        Some(Done | DoneWithErrors) => [State::Done; 4],
        Some(Failed | Cancelled | Interrupted) => [stopped, begun(counts.read), begun(written), State::Skipped],
        Some(Skipped) => [State::Skipped; 4],
    };
    let numbers = [counts.read, counts.read, written, 0];
    let phases = PHASES.iter().zip(states).zip(numbers);
    phases
        .map(|((id, state), done)| Phase {
            id: (*id).to_owned(),
            state,
            done: u32::try_from(done).unwrap_or(u32::MAX),
            total: None,
        })
        .collect()
}

/// What a run that is over did, record by record.
pub fn view(store: &Store, id: &str) -> Result<RunView, Refusal> {
    let (run, decided) = store.read(|db| Ok((runs::get(db, id)?, decisions::of_run(db, id, 50)?)))?;
    let run = run.ok_or_else(|| Refusal::not_found(id))?;
    let ended = run.ended_at.is_some();
    let phases = phases(&run);
    Ok(RunView {
        phases,
        doing: None,
        done: counts(run.counts).read,
        total: ended.then(|| counts(run.counts).read),
        waiting: None,
        ended_because: run.because.clone().map(Into::into),
        records: decided.iter().map(record).collect(),
        run: row(&run),
    })
}

fn record(decision: &decisions::Decision) -> RunRecord {
    let facts = Facts::of(&decision.facts);
    RunRecord {
        key: decision.key.clone(),
        what: decision
            .reason
            .clone()
            .map_or_else(|| verdict_words(decision), Into::into),
        state: subject_state(decision.state),
        amount: decision.total.or_else(|| facts.money("total")).map(Into::into),
        at: decision.decided_at.to_rfc3339(),
        body: None,
    }
}

fn verdict_words(decision: &decisions::Decision) -> crate::contract::Words {
    let id = match decision.state {
        decisions::State::Done => "record-done",
        decisions::State::Held => "record-held",
        decisions::State::Error => "record-error",
        _ => "record-planned",
    };
    domain::Text::new(id).into()
}

/// A subject's state in the two words of the glossary.
pub fn subject_state(state: decisions::State) -> State {
    use decisions::State::{Done, Error, Excluded, Held, Ignored, NeedsYou, Ready, Sent, Undone, Waiting};
    match state {
        Waiting | Ready => State::Queued,
        Held => State::Check,
        Sent => State::Running,
        Done => State::Done,
        Ignored | Excluded => State::Skipped,
        NeedsYou => State::NeedsYou,
        Error => State::Retrying,
        Undone => State::Undone,
    }
}

/// A step's state in the two words of the glossary.
pub fn step_state(step: &steps::Step) -> State {
    use steps::StepState::{Done, Held, Planned, Refused, Sending, Unanswered, Undone, Withdrawn};
    match step.state {
        Planned if step.tries > 0 => State::Retrying,
        Planned => State::Queued,
        Held => State::Check,
        Sending => State::Running,
        Unanswered => State::Retrying,
        Done => State::Done,
        Refused => State::NeedsYou,
        Withdrawn => State::Skipped,
        Undone => State::Undone,
    }
}

/// How often a step was sent, over all its plans.
pub fn sendings(store: &Store, step: &str) -> Result<u32, Refusal> {
    let attempts = store.read(|db| attempts::of_step(db, step))?;
    Ok(u32::try_from(attempts.len()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn left(result: runs::RunResult, read: u64, created: u64) -> Vec<State> {
        let run = runs::Run {
            id: "r1".into(),
            flow: "mfn-orders".into(),
            account: "eu:A1".into(),
            marketplaces: Vec::new(),
            trigger: runs::Trigger::Schedule,
            opened_at: DateTime::UNIX_EPOCH,
            ended_at: Some(DateTime::UNIX_EPOCH),
            result: Some(result),
            because: None,
            counts: runs::Counts {
                read,
                created,
                ..runs::Counts::default()
            },
        };
        phases(&run).into_iter().map(|phase| phase.state).collect()
    }

    #[test]
    fn only_a_run_that_reached_its_end_has_all_its_phases_ticked() {
        use runs::RunResult::{Cancelled, Done, Failed};
        assert_eq!(left(Done, 9, 9), [State::Done; 4]);
        assert_eq!(
            left(Failed, 0, 0),
            [State::Retrying, State::Skipped, State::Skipped, State::Skipped]
        );
        assert_eq!(
            left(Cancelled, 9, 4),
            [State::Paused, State::Paused, State::Paused, State::Skipped]
        );
    }
}
