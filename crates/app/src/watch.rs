//! From the engine's events to the screen's: fewer, in the contract's words, with a notice when a person is needed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::Text;
use engine::{Engine, Event as Happened};
use store::snoozes;
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

/// How often what is held back or put off is looked at again.
const GLANCE: Duration = Duration::from_mins(1);

/// Forwards events until `stop`.
pub fn watch(engine: &Engine, clock: &Arc<dyn Clock>, events: &broadcast::Sender<Event>, stop: &CancellationToken) {
    let mut happened = engine.events();
    let (engine, clock, events, stop) = (engine.clone(), Arc::clone(clock), events.clone(), stop.clone());
    tokio::spawn(async move {
        let mut teller = Teller::beginning(&engine, clock.now());
        let mut wakes = first_to_wake(&engine, clock.now());
        loop {
            let glance = glance(wakes, clock.now());
            let next = tokio::select! {
                () = stop.cancelled() => return,
                next = happened.recv() => Some(next),
                () = clock.sleep(glance), if teller.holds() || wakes.is_some() => None,
            };
            let now = clock.now();
            let glanced = next.is_none();
            let woke = wakes.is_some_and(|until| until <= now);
            let ended = matches!(next, Some(Ok(Happened::RunEnded { .. })));
            // Nobody listening is fine: screens read their own state when they open.
            match next {
                Some(Ok(event)) => _ = events.send(translate(event)),
                Some(Err(RecvError::Lagged(_))) => _ = events.send(Event::StatusChanged),
                Some(Err(RecvError::Closed)) => return,
                None => (),
            }
            if woke {
                // What was put off counts again: lists and tray read anew.
                let _ = events.send(Event::ProblemsChanged);
            }
            let next_to_wake = first_to_wake(&engine, now);
            // What was put off just now is told as news when it comes back.
            if ended || woke || next_to_wake != wakes || (glanced && teller.holds()) {
                teller.tell(&engine, now, &events);
            }
            if ended || woke {
                let _ = events.send(Event::StatusChanged);
            }
            wakes = next_to_wake;
        }
    });
}

/// When the first cause that a person put off comes back by itself.
fn first_to_wake(engine: &Engine, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let asleep = engine.store().read(|db| snoozes::asleep(db, now)).unwrap_or_default();
    asleep.first().map(|snooze| snooze.until)
}

/// How long to wait before looking again: to the minute, and no longer than until the first cause comes back.
fn glance(wakes: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Duration {
    let left = wakes.and_then(|until| (until - now).to_std().ok());
    left.map_or(GLANCE, |left| left.min(GLANCE))
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
    use engine::Parts;
    use engine::edge::{SystemChance, VirtualClock};
    use simulator::{Company, Options, Simulator};
    use store::problems::{self, Problem};
    use store::{Place, Store};

    use crate::connect::{Described, Wiring};

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

    fn idle(clock: &Arc<dyn Clock>) -> Engine {
        let simulator = Simulator::open(Options::new(1, Company::Empty, Arc::clone(clock))).unwrap();
        let connections = Described::of(&simulator).unwrap().connect(&Wiring {
            transport: simulator.transport(),
            clock: Arc::clone(clock),
            chance: Arc::new(SystemChance),
            recorder: None,
            on_waiting: None,
            netsuite_at_once: 1,
        });
        Engine::open(Parts {
            store: Store::open(Place::Memory).unwrap(),
            connections,
            clock: Arc::clone(clock),
            chance: Arc::new(SystemChance),
            vault: None,
            flows: Vec::new(),
        })
        .unwrap()
    }

    fn question(at: DateTime<Utc>) -> Problem {
        Problem {
            key: "028-1".into(),
            what: Text::new("problem-item-not-found"),
            why: Text::new("problem-item-not-found-why"),
            ..Problem::new("mfn-orders", "eu:A1", "ITEM_NOT_FOUND", "ITEM_NOT_FOUND:LAMP", at)
        }
    }

    /// ux.md §5.4: it comes back by itself, at its minute, and is told like anything new that needs somebody.
    #[tokio::test(start_paused = true)]
    async fn cmn_26_a_cause_that_was_snoozed_is_told_when_its_time_has_come() {
        let noon: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let clock: Arc<dyn Clock> = Arc::new(VirtualClock::starting(noon));
        let engine = idle(&clock);
        engine.store().write(|db| problems::open(db, &question(noon))).unwrap();
        let (events, mut heard) = broadcast::channel(64);
        watch(&engine, &clock, &events, &CancellationToken::new());
        // What stood open at the start is on Home already.
        tokio::task::yield_now().await;
        engine
            .snooze("ITEM_NOT_FOUND:LAMP", noon + TimeDelta::minutes(90), "you")
            .unwrap();
        let route = loop {
            if let Event::Notice { route, .. } = heard.recv().await.unwrap() {
                break route;
            }
        };
        assert_eq!(route, "/errors/ITEM_NOT_FOUND:LAMP");
        assert_eq!(clock.now(), noon + TimeDelta::minutes(90));
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
