//! Looking again at what waited for an answer, in the background: the one way in which an answer takes effect (CMN-25).

use engine::{Engine, SyncRequest, Trigger};
use store::problems::{self, Tab};

use super::{MANY, YOU, numbers};
use crate::application::Inner;
use crate::contract::{Event, Refusal, Retry, Started};
use crate::views;

/// A cause, or single problems; with neither, everything that is open.
pub(super) type Group = (Option<String>, Vec<i64>);

/// Looks again at a cause, or at single subjects.
pub(crate) fn retry(app: &Inner, asked: &Retry) -> Result<Started, Refusal> {
    let ids = numbers(&asked.problems)?;
    let causes: Vec<String> = asked
        .cause
        .iter()
        .chain(asked.causes.iter().flatten())
        .cloned()
        .collect();
    let store = app.engine.store();
    let members = store.write(|db| {
        problems::cured(db, "", &ids, "retry", YOU, app.clock.now())?;
        let mut members = ids.clone();
        for cause in causes.iter().filter(|_| ids.is_empty()) {
            problems::cured(db, cause, &[], "retry", YOU, app.clock.now())?;
            for tab in [Tab::NeedsYou, Tab::Retrying] {
                let found = problems::members(db, tab, cause, 0, MANY)?;
                members.extend(found.into_iter().map(|member| member.id));
            }
        }
        Ok(members)
    })?;
    let mut groups: Vec<Group> = causes.into_iter().map(|cause| (Some(cause), Vec::new())).collect();
    if !ids.is_empty() || groups.is_empty() {
        groups = vec![(None, ids)];
    }
    let events = app.events.clone();
    at_each(app, groups, move |engine| {
        let _ = events.send(result(engine, &members));
    });
    Ok(Started { runs: Vec::new() })
}

/// How many of some problems are settled by now (ux.md §5.4).
fn result(engine: &Engine, members: &[i64]) -> Event {
    let count = engine.store().read(|db| {
        let mut open = 0;
        for id in members {
            open += usize::from(problems::get(db, *id)?.is_some_and(|one| one.is_open()));
        }
        Ok(open)
    });
    let still = count.unwrap_or(members.len());
    Event::Retried {
        worked: views::small(members.len() - still),
        still: views::small(still),
    }
}

/// Looks again at what waited for an answer.
pub(crate) fn look_again(app: &Inner, cause: Option<&str>, problems: &[i64]) {
    at_each(app, vec![(cause.map(str::to_owned), problems.to_vec())], |_| ());
}

/// Looks again at one group after the other, in the background, and then does the rest.
pub(super) fn at_each(app: &Inner, groups: Vec<Group>, then: impl FnOnce(&Engine) + Send + 'static) {
    let engine = app.engine.clone();
    tokio::spawn(async move {
        let settles = groups.iter().any(|group| is_about_settlements(&engine, group));
        for (cause, problems) in &groups {
            if let Err(error) = engine.retry(cause.as_deref(), problems).await {
                tracing::warn!(%error, "could not look again");
            }
        }
        // What a review shows is its summary, which has no question of its own.
        if settles && let Err(error) = engine.sync(summaries()).await {
            tracing::warn!(%error, "could not sum up again");
        }
        then(&engine);
    });
}

fn summaries() -> SyncRequest {
    SyncRequest {
        flows: vec!["settlement-summaries".to_owned()],
        ..SyncRequest::new(Trigger::Retry)
    }
}

fn is_about_settlements(engine: &Engine, (cause, ids): &Group) -> bool {
    let found = engine.store().read(|db| {
        let mut members = problems::members(db, Tab::NeedsYou, cause.as_deref().unwrap_or_default(), 0, 1)?;
        for id in ids.iter().take(1) {
            members.extend(problems::get(db, *id)?);
        }
        Ok(members.iter().any(|member| member.flow.starts_with("settlement-")))
    });
    found.unwrap_or(false)
}
