//! From the engine's events to the screen's: fewer, in the contract's words, with a notice when a person is needed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::Text;
use engine::{Engine, Event as Happened};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;
use wire::line::{OnWaiting, Waiting, Why};
use wire::{Cancel, Clock};

use crate::contract::{Event, Words};
use crate::notices::Teller;
use crate::views::runs;

/// Waits that are going on, so that a screen can say why nothing moves.
#[derive(Default)]
pub struct Waits(Mutex<Vec<Waiting>>);

impl Waits {
    /// The listener to hand to the lines.
    pub fn listener(self: &Arc<Self>) -> OnWaiting {
        let waits = Arc::clone(self);
        Arc::new(move |waiting: &Waiting| {
            let mut kept = waits.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|known| known.until > waiting.until - waiting.lasts);
            kept.push(waiting.clone());
        })
    }

    /// The longest wait that is still going on and lasts long enough to be worth a word.
    pub fn of(&self, run: &Cancel, now: DateTime<Utc>) -> Option<Words> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let longest = kept
            .iter()
            .filter(|waiting| waiting.cancel == *run && !run.is_pressed() && waiting.until > now)
            .max_by_key(|waiting| waiting.until)?;
        let seconds = (longest.until - now).num_seconds().max(1);
        if longest.lasts < Duration::from_secs(2) {
            return None;
        }
        let id = match (longest.why, longest.service) {
            (Why::Quota, "netsuite") => "run-waiting-netsuite",
            (Why::Quota, _) => "run-waiting-amazon",
            (Why::Retry, _) => "run-waiting-retry",
        };
        Some(Text::new(id).with("seconds", seconds).into())
    }
}

/// How often what is held back is looked at again.
const GLANCE: Duration = Duration::from_mins(1);

/// Forwards events until `stop`.
pub fn watch(engine: &Engine, clock: &Arc<dyn Clock>, events: &broadcast::Sender<Event>, stop: &CancellationToken) {
    let mut happened = engine.events();
    let (engine, clock, events, stop) = (engine.clone(), Arc::clone(clock), events.clone(), stop.clone());
    tokio::spawn(async move {
        let mut teller = Teller::beginning(&engine, clock.now());
        loop {
            let next = tokio::select! {
                () = stop.cancelled() => return,
                next = happened.recv() => next,
                () = clock.sleep(GLANCE), if teller.holds() => {
                    teller.tell(&engine, clock.now(), &events);
                    continue;
                }
            };
            match next {
                Ok(event) => {
                    let ended = matches!(event, Happened::RunEnded { .. });
                    // Nobody listening is fine: screens read their own state when they open.
                    let _ = events.send(translate(event));
                    if ended {
                        teller.tell(&engine, clock.now(), &events);
                        let _ = events.send(Event::StatusChanged);
                    }
                }
                Err(RecvError::Lagged(_)) => {
                    let _ = events.send(Event::StatusChanged);
                }
                Err(RecvError::Closed) => return,
            }
        }
    });
}

fn translate(event: Happened) -> Event {
    match event {
        Happened::RunOpened { run, flow, .. } => Event::RunOpened { run, flow },
        Happened::RunProgress { run, .. } | Happened::StepDone { run, .. } => Event::RunProgress { run },
        Happened::RunEnded { run, flow, result, .. } => Event::RunEnded {
            run,
            flow,
            state: runs::state(Some(result)),
        },
        Happened::ProblemsChanged { .. } => Event::ProblemsChanged,
        Happened::SettlementChanged { settlement } => Event::SettlementChanged { settlement },
        Happened::StatusChanged => Event::StatusChanged,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn waiting(cancel: &Cancel, until: DateTime<Utc>) -> Waiting {
        Waiting {
            service: "amazon",
            operation: "searchOrders",
            lasts: Duration::from_mins(1),
            until,
            why: Why::Quota,
            cancel: cancel.clone(),
        }
    }

    #[test]
    fn a_wait_is_shown_by_the_run_that_waits_and_only_until_it_is_cancelled() {
        let now = DateTime::UNIX_EPOCH;
        let (europe, america) = (Cancel::new(), Cancel::new());
        let waits = Arc::new(Waits::default());
        waits.listener()(&waiting(&europe, now + TimeDelta::seconds(60)));
        assert!(waits.of(&europe, now).is_some());
        assert!(waits.of(&america, now).is_none(), "another region does not wait");
        assert!(waits.of(&europe, now + TimeDelta::seconds(61)).is_none());
        europe.press();
        assert!(waits.of(&europe, now).is_none(), "a cancelled run waits no more");
    }
}
