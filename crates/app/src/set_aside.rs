//! Setting errors aside (ux.md §5.4): put off until a time, or left out once or always; each can be taken back.

use chrono::TimeDelta;
use domain::Text;
use store::problems::{self, Problem, Tab};
use store::{exclusions, ignored_causes};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{ByCause, ById, Done, Exclude, LeftOut, Refusal, Snooze, SnoozeFor};
use crate::remedies::{MANY, YOU, numbers};
use crate::settlements::look_again;

/// Puts a cause off. The time is the engine's clock's; the morning is that of the person's zone.
pub(crate) fn snooze(app: &Inner, asked: &Snooze) -> Result<Done, Refusal> {
    let now = app.clock.now();
    let until = match asked.lasts {
        SnoozeFor::Hour => now + TimeDelta::hours(1),
        SnoozeFor::Tomorrow => {
            engine::next_morning(now, &asked.zone).ok_or_else(|| Refusal::bad_request("zone", &asked.zone))?
        }
        SnoozeFor::Week => now + TimeDelta::days(7),
    };
    if !app.engine.snooze(&asked.cause, until, YOU)? {
        return Err(Refusal::not_found(&asked.cause));
    }
    Ok(done(Text::new("said-snoozed").with("until", until)))
}

/// Lets a cause count again before its time.
pub(crate) fn wake(app: &Inner, asked: &ByCause) -> Result<Done, Refusal> {
    if !app.engine.wake(&asked.cause, YOU)? {
        return Err(Refusal::not_found(&asked.cause));
    }
    Ok(done(Text::new("said-woken")))
}

/// Leaves subjects out, with a reason.
pub(crate) fn exclude(app: &Inner, asked: &Exclude) -> Result<LeftOut, Refusal> {
    let reason = asked.reason.trim();
    if reason.is_empty() {
        return Err(Refusal::bad_request("reason", "a reason is needed"));
    }
    let ids = numbers(&asked.problems)?;
    let left_out = app.engine.exclude(&asked.cause, &ids, asked.always, reason, YOU)?;
    if left_out.count == 0 {
        return Err(Refusal::new("not_ready", Text::new("error-nothing-to-leave-out")));
    }
    let said = if asked.always {
        "said-excluded-always"
    } else {
        "said-excluded"
    };
    Ok(LeftOut {
        said: Text::new(said).with("count", left_out.count).into(),
        act: left_out.act,
    })
}

/// Takes back what was left out a moment ago: everything stands as it stood.
pub(crate) fn undo_exclude(app: &Inner, asked: &ById) -> Result<Done, Refusal> {
    let left_out = app.engine.store().read(|db| exclusions::of_act(db, &asked.id))?;
    let count = app.engine.undo_exclude(&asked.id, YOU)?;
    if count == 0 {
        return Err(Refusal::not_found(&asked.id));
    }
    // A settlement whose order is taken in again is matched anew.
    let mut settlements: Vec<&str> = left_out
        .iter()
        .filter(|one| one.flow.starts_with("settlement-"))
        .filter_map(|one| Some(one.key.split_once('/')?.0))
        .collect();
    settlements.dedup();
    for id in settlements {
        look_again(app, id);
    }
    Ok(done(Text::new("said-exclude-undone").with("count", count)))
}

/// Takes the subjects of a cause in again that a person had left out, and looks at them; it is left out always no more.
pub(crate) fn include(app: &Inner, asked: &ByCause) -> Result<Done, Refusal> {
    let store = app.engine.store();
    let members = store.read(|db| problems::members(db, Tab::Ignored, &asked.cause, 0, MANY))?;
    if members.is_empty() {
        return Err(Refusal::not_found(&asked.cause));
    }
    store.write(|db| {
        ignored_causes::remove(db, &asked.cause)?;
        problems::taken_back(db, &asked.cause, YOU)
    })?;
    let count = members.len();
    let engine = app.engine.clone();
    tokio::spawn(async move {
        for member in members {
            if let Err(error) = include_one(&engine, &member).await {
                tracing::warn!(%error, "a subject could not be taken in again");
            }
        }
    });
    Ok(done(Text::new("said-included").with("count", count)))
}

async fn include_one(engine: &engine::Engine, member: &Problem) -> Result<(), engine::StartError> {
    let scopes = engine.scopes(&member.flow, None)?;
    let scope = scopes
        .into_iter()
        .find(|scope| engine::account_of(scope) == member.account);
    if let Some(scope) = scope {
        engine.include(&member.flow, scope, &member.key, YOU).await?;
    }
    Ok(())
}
