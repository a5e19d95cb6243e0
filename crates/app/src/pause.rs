//! Pausing the schedules: for a while, or until the person lets them go on (ux.md §7).
//!
//! The wish is kept in the workspace, so it outlives the program; the engine only knows yes or no.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::Text;
use engine::Engine;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{Store, audit, settings};
use tokio_util::sync::CancellationToken;
use wire::Clock;

use crate::application::Inner;
use crate::contract::{Done, Pause, Refusal};

/// Where the wish is kept.
const KEY: &str = "schedules.rest";
/// The longest wait at once: a computer that slept looks at its clock again.
const GLANCE: Duration = Duration::from_mins(1);

/// A rest of the schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rest {
    /// When they go on by themselves; nothing means when the person says so.
    pub(crate) until: Option<DateTime<Utc>>,
}

impl Rest {
    /// The sentence of Home and of the tray.
    pub(crate) fn sentence(self) -> Text {
        match self.until {
            Some(until) => Text::new("home-paused-until").with("when", until),
            None => Text::new("home-paused"),
        }
    }
}

/// What the rest is carried out with.
pub(crate) struct Keeper {
    pub(crate) engine: Engine,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) stop: CancellationToken,
}

/// The rest that is going on, if there is one.
pub(crate) fn rest(store: &Store) -> Result<Option<Rest>, Refusal> {
    let kept = store.read(|db| settings::get(db, KEY))?;
    Ok(kept.and_then(|value| serde_json::from_value(value).ok()))
}

/// Answers the command: keeps the wish, says it in the audit, and carries it out.
pub(crate) fn set(app: &Inner, asked: &Pause) -> Result<Done, Refusal> {
    let now = app.clock.now();
    let rest = asked.paused.then(|| Rest {
        until: asked.minutes.map(|minutes| now + TimeDelta::minutes(minutes.into())),
    });
    app.engine.store().write(|db| {
        settings::set(db, KEY, &json!(rest))?;
        let what = if asked.paused { "pause" } else { "resume" };
        audit::add(db, now, "you", what, "schedules", &json!(rest))
    })?;
    app.keeper().carry_out(rest);
    let said = rest.map_or_else(|| Text::new("said-resumed"), Rest::sentence);
    Ok(Done { said: said.into() })
}

impl Keeper {
    /// Takes up the rest that an earlier run of the program was told of.
    pub(crate) fn restore(self) -> Result<(), Refusal> {
        if let Some(kept) = rest(self.engine.store())? {
            self.carry_out(Some(kept));
        }
        Ok(())
    }

    fn carry_out(self, rest: Option<Rest>) {
        self.engine.pause(rest.is_some());
        if let Some(until) = rest.and_then(|rest| rest.until) {
            tokio::spawn(async move {
                if ended(self.engine.store(), &*self.clock, until, &self.stop).await {
                    self.engine.pause(false);
                }
            });
        }
    }
}

/// Waits for the end of a rest and forgets it; no, when something else was chosen meanwhile or the program ends.
async fn ended(store: &Store, clock: &dyn Clock, until: DateTime<Utc>, stop: &CancellationToken) -> bool {
    let wish = Some(Rest { until: Some(until) });
    while clock.now() < until {
        let left = (until - clock.now()).to_std().unwrap_or_default();
        tokio::select! {
            () = stop.cancelled() => return false,
            () = clock.sleep(left.min(GLANCE)) => {}
        }
        if matches!(rest(store), Ok(now) if now != wish) {
            return false;
        }
    }
    if let Err(error) = store.write(|db| settings::set(db, KEY, &Value::Null)) {
        tracing::warn!(%error, "the end of the pause could not be kept");
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::edge::VirtualClock;
    use store::Place;

    fn resting(until: DateTime<Utc>) -> Store {
        let store = Store::open(Place::Memory).unwrap();
        let rest = Rest { until: Some(until) };
        store.write(|db| settings::set(db, KEY, &json!(rest))).unwrap();
        store
    }

    fn noon() -> DateTime<Utc> {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_rest_ends_by_itself_at_its_minute() {
        let clock = VirtualClock::starting(noon());
        let until = noon() + TimeDelta::minutes(60);
        let store = resting(until);
        assert!(ended(&store, &clock, until, &CancellationToken::new()).await);
        assert_eq!(clock.now(), until);
        assert_eq!(rest(&store).unwrap(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_rest_that_was_replaced_ends_nothing() {
        let clock = VirtualClock::starting(noon());
        let store = resting(noon() + TimeDelta::minutes(90));
        assert!(
            !ended(
                &store,
                &clock,
                noon() + TimeDelta::minutes(60),
                &CancellationToken::new()
            )
            .await
        );
        assert!(rest(&store).unwrap().is_some());
    }
}
