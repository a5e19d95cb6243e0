//! What is going on now: the status line, the flows, a run.

use engine::Stage;
use store::{problems, runs};

use crate::application::Inner;
use crate::contract::{
    FlowCard, FlowsView, Marketplace, Phase, Refusal, RunRecord, RunRow, RunView, Running, State, Status, StatusState,
};
use crate::views::standing::Standing;
use crate::{pause, views};

/// The status line, the tray and the bottom bar.
pub(crate) fn status(app: &Inner) -> Result<Status, Refusal> {
    let now = app.engine.status()?;
    let store = app.engine.store();
    let to_review = views::settlements::to_review(store)?;
    let needs_you = u32::try_from(now.needs_you.0).unwrap_or(u32::MAX);
    let rest = pause::rest(store)?;
    let standing = Standing::of(&now, to_review, app.clock.now()).resting(rest);
    let state = if now.paused {
        StatusState::Paused
    } else {
        standing.state
    };
    Ok(Status {
        demo: app.demo,
        company: "Atelier Lumen".to_owned(),
        sentence: standing.sentence.into(),
        state,
        needs_you,
        to_review: u32::try_from(to_review).unwrap_or(u32::MAX),
        running: now.running.iter().map(running).collect(),
        last_sync: now.last_check_at.map(|at| at.to_rfc3339()),
        next_sync: now.next_due_at.map(|at| at.to_rfc3339()),
        paused_until: rest.and_then(|rest| rest.until).map(|until| until.to_rfc3339()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        marketplaces: marketplaces(app)?,
    })
}

fn marketplaces(app: &Inner) -> Result<Vec<Marketplace>, Refusal> {
    let all = app.engine.store().read(store::marketplaces::all)?;
    let zone = |id: &str| {
        amazon::marketplaces::by_id(id).map_or_else(|| "UTC".to_owned(), |known| known.zone.name().to_owned())
    };
    Ok(all
        .into_iter()
        .map(|row| Marketplace {
            zone: zone(&row.id),
            id: row.id,
            country: row.country,
            currency: row.currency,
            go_live: row.go_live.map(|day| day.to_string()),
        })
        .collect())
}

fn running(run: &engine::RunningNow) -> Running {
    let counts = views::runs::counts(run.counts);
    let finished =
        counts.created + counts.updated + counts.adopted + counts.unchanged + counts.ignored + counts.waiting;
    Running {
        run: run.run.clone(),
        title: views::runs::title(&run.flow),
        doing: Some(run.doing.clone().into()),
        done: finished.max(u32::try_from(run.read).unwrap_or(u32::MAX)),
        total: run.total.map(|total| u32::try_from(total).unwrap_or(u32::MAX)),
    }
}

/// The Flows screen.
pub(crate) fn flows(app: &Inner) -> Result<FlowsView, Refusal> {
    let now = app.engine.status()?;
    let store = app.engine.store();
    let groups = store.read(|db| problems::awake(db, problems::Tab::NeedsYou, app.clock.now()))?;
    let mut cards = Vec::new();
    for entry in flows::catalogue() {
        let card = entry.card;
        let filter = runs::Filter {
            flow: Some(card.id.to_owned()),
            ..runs::Filter::default()
        };
        let recent = store.read(|db| runs::list(db, &filter, None, 10))?;
        let open = groups
            .iter()
            .filter(|group| group.flows.iter().any(|flow| flow == card.id))
            .map(|group| group.count)
            .sum::<u64>();
        cards.push(FlowCard {
            id: card.id.to_owned(),
            title: card.title.to_owned(),
            promise: card.promise.to_owned(),
            route: word(&card.route),
            group: word(&card.group),
            every_minutes: card.every_minutes,
            on: !app.engine.scopes(card.id, None)?.is_empty(),
            after: card.after.iter().map(ToString::to_string).collect(),
            last_run: recent.iter().find(|run| run.ended_at.is_some()).map(views::runs::row),
            next_run: engine::schedule::next_due_of(&app.engine, card.id)?.map(|at| at.to_rfc3339()),
            problems: u32::try_from(open).unwrap_or(u32::MAX),
            running: now
                .running
                .iter()
                .find(|run| run.flow == card.id)
                .map(|run| run.run.clone()),
            average_ms: average(&recent),
            mapped: views::mappings::has_form(card.id),
        });
    }
    Ok(FlowsView { flows: cards })
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn average(recent: &[runs::Run]) -> Option<u32> {
    let lasted: Vec<i64> = recent
        .iter()
        .filter_map(|run| Some((run.ended_at? - run.opened_at).num_milliseconds()))
        .collect();
    let count = i64::try_from(lasted.len()).ok().filter(|count| *count > 0)?;
    u32::try_from(lasted.iter().sum::<i64>() / count).ok()
}

/// One run: in progress, ended, or a dry run kept for the screen.
pub(crate) fn run(app: &Inner, id: &str) -> Result<RunView, Refusal> {
    if let Some(report) = app.previews.get(id) {
        return Ok(preview(&report, app.clock.now().to_rfc3339()));
    }
    let mut view = views::runs::view(app.engine.store(), id)?;
    if let Some(live) = app
        .engine
        .status()?
        .running
        .into_iter()
        .find(|running| running.run == id)
    {
        let shown = running(&live);
        view.run.counts = views::runs::counts(live.counts);
        view.doing = shown.doing;
        view.done = shown.done;
        view.total = shown.total;
        let cancel = app.engine.cancel_of(id);
        view.waiting = cancel.and_then(|cancel| app.waits.of(&cancel, app.clock.now()));
        view.phases = phases(&live);
    }
    Ok(view)
}

/// Each page is decided about and sent while the next one is read, so that several phases may be under way at once.
fn phases(live: &engine::RunningNow) -> Vec<Phase> {
    let small = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    let counts = live.counts;
    let written = counts.created + counts.updated + counts.adopted;
    let decided = counts.read;
    let begun = |count: u64| if count > 0 { State::Running } else { State::Queued };
    let states = match live.stage {
        Stage::Looking => [State::Running, begun(decided), begun(written), State::Queued],
        Stage::Writing => [State::Done, State::Done, State::Running, State::Queued],
        Stage::Confirming => [State::Done, State::Done, State::Done, State::Running],
    };
    let numbers = [
        (live.read.max(decided), live.total),
        (decided, None),
        (written, None),
        (live.confirmed, None),
    ];
    views::runs::PHASES
        .iter()
        .zip(states)
        .zip(numbers)
        .map(|((id, state), (done, total))| Phase {
            id: (*id).to_owned(),
            state,
            done: small(done),
            total: total.map(small),
        })
        .collect()
}

fn preview(report: &engine::Report, now: String) -> RunView {
    let items = report
        .preview
        .as_ref()
        .map(|preview| preview.items.as_slice())
        .unwrap_or_default();
    let records = items
        .iter()
        .take(500)
        .map(|item| preview_record(item, &now))
        .collect::<Vec<_>>();
    let done = u32::try_from(items.len()).unwrap_or(u32::MAX);
    RunView {
        run: RunRow {
            id: report.run.clone(),
            flow: report.flow.clone(),
            title: views::runs::title(&report.flow),
            scope: views::runs::scope(&report.account),
            marketplaces: Vec::new(),
            trigger: "you".to_owned(),
            state: views::runs::state(Some(report.result)),
            started: now.clone(),
            ended: Some(now),
            dry_run: true,
            counts: views::runs::counts(report.counts),
        },
        phases: ["look", "decide"]
            .map(|id| Phase {
                id: id.to_owned(),
                state: State::Done,
                done,
                total: Some(done),
            })
            .to_vec(),
        doing: None,
        done,
        total: Some(done),
        waiting: None,
        ended_because: report.because.clone().map(Into::into),
        records,
    }
}

fn preview_record(item: &engine::PreviewItem, now: &str) -> RunRecord {
    let facts = views::facts::Facts::of(&serde_json::to_value(&item.facts).unwrap_or_default());
    let (what, state) = match (&item.reason, item.problems.first(), item.steps.first()) {
        (_, Some(problem), _) => (problem.what.clone(), State::NeedsYou),
        (Some(reason), None, _) => (reason.clone(), State::Skipped),
        (None, None, Some(step)) => (step.title.clone(), State::Queued),
        (None, None, None) => (domain::Text::new("record-done"), State::Done),
    };
    let body: Vec<serde_json::Value> = item
        .steps
        .iter()
        .filter_map(|step| serde_json::to_value(&step.write).ok())
        .collect();
    RunRecord {
        key: item.key.clone(),
        what: what.into(),
        state,
        amount: facts.money("total").map(Into::into),
        at: now.to_owned(),
        body: (!body.is_empty()).then(|| serde_json::to_string_pretty(&body).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(stage: Stage, read: u64, created: u64, confirmed: u64) -> engine::RunningNow {
        engine::RunningNow {
            run: "r1".into(),
            flow: "mfn-orders".into(),
            account: "eu:A1".into(),
            since: chrono::DateTime::UNIX_EPOCH,
            doing: domain::Text::new("run-doing-starting"),
            read,
            total: None,
            counts: engine::Counts {
                read,
                created,
                ..engine::Counts::default()
            },
            stage,
            confirmed,
        }
    }

    fn states(live: &engine::RunningNow) -> Vec<(State, u32)> {
        phases(live)
            .into_iter()
            .map(|phase| (phase.state, phase.done))
            .collect()
    }

    #[test]
    fn the_phases_of_a_run_move_with_it() {
        use State::{Done, Queued, Running};
        assert_eq!(
            states(&live(Stage::Looking, 0, 0, 0)),
            [(Running, 0), (Queued, 0), (Queued, 0), (Queued, 0)]
        );
        assert_eq!(
            states(&live(Stage::Looking, 50, 3, 0)),
            [(Running, 50), (Running, 50), (Running, 3), (Queued, 0)]
        );
        assert_eq!(
            states(&live(Stage::Writing, 90, 40, 0)),
            [(Done, 90), (Done, 90), (Running, 40), (Queued, 0)]
        );
        assert_eq!(
            states(&live(Stage::Confirming, 90, 80, 0)),
            [(Done, 90), (Done, 90), (Done, 80), (Running, 0)]
        );
    }
}
