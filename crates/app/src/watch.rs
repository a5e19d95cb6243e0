//! From the engine's events to the screen's: fewer, in the contract's words, with a notice when a person is needed.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::Text;
use engine::{Engine, Event as Happened};
use store::problems;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;
use wire::line::{OnWaiting, Waiting, Why};

use crate::contract::{Event, Words};
use crate::views::{runs, settlements};

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
    pub fn now(&self, now: DateTime<Utc>) -> Option<Words> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let longest = kept
            .iter()
            .filter(|waiting| waiting.until > now)
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

/// Forwards events until `stop`.
pub fn watch(engine: &Engine, events: &broadcast::Sender<Event>, stop: &CancellationToken) {
    let mut happened = engine.events();
    let (engine, events, stop) = (engine.clone(), events.clone(), stop.clone());
    tokio::spawn(async move {
        let mut known = causes(&engine);
        let mut ready = settlements::to_review(engine.store()).unwrap_or(0);
        loop {
            let next = tokio::select! {
                () = stop.cancelled() => return,
                next = happened.recv() => next,
            };
            match next {
                Ok(event) => {
                    let quiet = matches!(event, Happened::RunEnded { .. });
                    // Nobody listening is fine: screens read their own state when they open.
                    let _ = events.send(translate(event));
                    if quiet {
                        notices(&engine, &events, &mut known, &mut ready);
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

fn causes(engine: &Engine) -> BTreeSet<String> {
    let groups = engine
        .store()
        .read(|db| problems::groups(db, problems::Tab::NeedsYou))
        .unwrap_or_default();
    groups.into_iter().map(|group| group.cause).collect()
}

/// One notice per new cause, and one when another settlement is ready (ux.md §7).
fn notices(engine: &Engine, events: &broadcast::Sender<Event>, known: &mut BTreeSet<String>, ready: &mut usize) {
    let groups = engine
        .store()
        .read(|db| problems::groups(db, problems::Tab::NeedsYou))
        .unwrap_or_default();
    for group in groups.iter().filter(|group| !known.contains(&group.cause)) {
        let _ = events.send(Event::Notice {
            title: Text::new("notice-needs-you-title").into(),
            body: group.example.what.clone().into(),
            route: format!("/errors/{}", group.cause),
        });
    }
    *known = groups.into_iter().map(|group| group.cause).collect();
    let now = settlements::to_review(engine.store()).unwrap_or(*ready);
    if now > *ready {
        let _ = events.send(Event::Notice {
            title: Text::new("notice-review-title").into(),
            body: Text::new("notice-review").with("count", now).into(),
            route: "/settlements".to_owned(),
        });
    }
    *ready = now;
}
