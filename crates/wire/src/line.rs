//! The line: signs, waits for its quota, sends, classifies, records.
//!
//! There is one line for each service and region, shared by all runs, so that they share its buckets, its token and
//! its concurrency. Each run takes a seat on it, so that its Cancel ends its own waiting and nobody else's.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{Either, select};
use futures::lock::Mutex;

use crate::bucket::Buckets;
use crate::call::{Exchange, Quota, Seats};
use crate::cancel::Cancel;
use crate::clock::{Chance, Clock};
use crate::failure::{Failure, Next, next};
use crate::gate::{Gate, Permit};
use crate::http::{Broken, Message, Request, Response, Transport};
use crate::record::{Exchanged, Recorder};
use crate::service::{Service, Token};

/// Why nothing happens just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The service lets us ask only so often.
    Quota,
    /// The last try failed for a passing reason; it is tried again.
    Retry,
}

/// A wait that a person may want to know about: "Amazon lets us ask again in 42 s".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The service's name.
    pub service: &'static str,
    /// The operation.
    pub operation: &'static str,
    /// How long.
    pub lasts: Duration,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub why: Why,
    /// The Cancel of whoever waits: a line is shared, a wait is one run's own.
    pub cancel: Cancel,
}

/// Is told of each wait.
pub type OnWaiting = Arc<dyn Fn(&Waiting) + Send + Sync>;

/// Performs requests for one service.
pub struct Line<S> {
    service: S,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    recorder: Option<Arc<dyn Recorder>>,
    on_waiting: Option<OnWaiting>,
    buckets: Buckets,
    gate: Arc<Gate>,
    sign_in: Mutex<SignIn>,
    refused_anew: std::sync::Mutex<HashMap<&'static str, DateTime<Utc>>>,
    /// How far the service's clock lay from ours in its last answer.
    apart: std::sync::Mutex<TimeDelta>,
}

#[derive(Default)]
struct SignIn {
    token: Option<Token>,
    refused: Option<(DateTime<Utc>, Failure)>,
}

/// After a refused sign-in, others that waited for it are told the same instead of asking again.
const REFUSAL_HOLDS: TimeDelta = TimeDelta::seconds(30);

/// Clocks that lie further apart make a signature too old or too young: it is good for five minutes, and a minute may pass
/// on the way.
const CLOCKS_APART: TimeDelta = TimeDelta::minutes(4);

/// For how long a refusal that outlived a renewal is taken as meant.
const VAIN_FOR: TimeDelta = TimeDelta::minutes(55);

/// One run's place on a line.
struct Seat<S> {
    line: Arc<Line<S>>,
    cancel: Cancel,
}

impl<S: Service> Line<S> {
    /// A line that lets `most` requests be under way at once.
    pub fn new(
        service: S,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        most: usize,
    ) -> Self {
        Self {
            service,
            transport,
            clock,
            chance,
            recorder: None,
            on_waiting: None,
            buckets: Buckets::default(),
            gate: Gate::new(most),
            sign_in: Mutex::default(),
            refused_anew: std::sync::Mutex::default(),
            apart: std::sync::Mutex::new(TimeDelta::zero()),
        }
    }

    /// The same line, showing each exchange to a recorder.
    #[must_use]
    pub fn recorded_by(mut self, recorder: Arc<dyn Recorder>) -> Self {
        self.recorder = Some(recorder);
        self
    }

    /// The same line, telling of each wait.
    #[must_use]
    pub fn telling(mut self, on_waiting: OnWaiting) -> Self {
        self.on_waiting = Some(on_waiting);
        self
    }

    /// Reads are tried again here; writes are the engine's, which alone knows how to find out whether one happened.
    async fn perform(
        &self,
        request: Request,
        quota: Quota,
        writes: bool,
        cancel: &Cancel,
    ) -> Result<Response, Failure> {
        let mut attempt = 1;
        loop {
            let failure = match self.attempt(&request, &quota, writes, cancel).await {
                Ok(response) => return Ok(response),
                Err(failure) => self.or_clock(failure),
            };
            if writes {
                return Err(failure);
            }
            let (Next::Again { after } | Next::Probe { after }) = next(&failure, attempt, false, self.chance.next())
            else {
                return Err(failure);
            };
            self.wait(after, Why::Retry, &quota, cancel).await?;
            attempt += 1;
        }
    }

    async fn attempt(
        &self,
        request: &Request,
        quota: &Quota,
        writes: bool,
        cancel: &Cancel,
    ) -> Result<Response, Failure> {
        // Signed in first: a place in the bucket is used at once, or the service would count it later than we do.
        cancel.or(self.token(None)).await??;
        self.turn(quota, cancel).await?;
        let permit = cancel.or(self.gate.enter()).await?;
        let token = cancel.or(self.token(None)).await??;
        let mut response = self.send_signed(request, token.as_ref(), writes, cancel).await?;
        if let Some(token) = &token
            && self.service.may_be_stale(&response)
            && !self.renewing_is_vain(quota)
        {
            let token = cancel.or(self.token(Some(token))).await??;
            self.turn(quota, cancel).await?;
            response = self.send_signed(request, token.as_ref(), writes, cancel).await?;
            self.note_renewal(quota, self.service.may_be_stale(&response));
        }
        self.learn(&response, quota);
        let judged = self.service.judge(response, quota);
        self.adapt(&judged, quota, &permit);
        judged
    }

    /// Waits for a place in the operation's bucket.
    async fn turn(&self, quota: &Quota, cancel: &Cancel) -> Result<(), Failure> {
        let place = self.buckets.take(quota, self.clock.now());
        if !place.wait.is_zero() {
            self.wait(place.wait, Why::Quota, quota, cancel).await?;
        }
        cancel.check()?;
        place.used();
        Ok(())
    }

    async fn wait(&self, lasts: Duration, why: Why, quota: &Quota, cancel: &Cancel) -> Result<(), Failure> {
        if let Some(tell) = &self.on_waiting {
            let until = self.clock.now() + lasts;
            tell(&Waiting {
                service: self.service.name(),
                operation: quota.bucket,
                lasts,
                until,
                why,
                cancel: cancel.clone(),
            });
        }
        cancel.or(self.clock.sleep(lasts)).await
    }

    async fn send_signed(
        &self,
        request: &Request,
        token: Option<&Token>,
        writes: bool,
        cancel: &Cancel,
    ) -> Result<Response, Failure> {
        let message = self.service.message(request, token, self.clock.now(), &*self.chance);
        let sending = self.send(message, self.service.time_limit(request));
        // What may already have happened is waited for; a read may be left alone.
        if writes {
            sending.await
        } else {
            cancel.or(sending).await?
        }
    }

    async fn send(&self, message: Message, limit: Duration) -> Result<Response, Failure> {
        if !self.service.allows(&message.url) {
            return Err(Failure::Misread {
                what: "an address that does not belong to the service".to_owned(),
            });
        }
        let started = self.clock.now();
        let kept = self.recorder.as_ref().map(|_| message.clone());
        let outcome = match select(self.transport.send(message), self.clock.sleep(limit)).await {
            Either::Left((outcome, _)) => outcome,
            Either::Right(_) => Err(Broken::NoAnswer(format!("nothing came within {} s", limit.as_secs()))),
        };
        let took = (self.clock.now() - started).to_std().unwrap_or(Duration::ZERO);
        self.note(&outcome, took);
        if let Ok(response) = &outcome {
            self.compare_clocks(response);
        }
        if let (Some(recorder), Some(message)) = (&self.recorder, &kept) {
            let service = self.service.name();
            let private = self.service.private_fields();
            recorder.record(&Exchanged {
                service,
                message,
                outcome: outcome.as_ref(),
                started,
                took,
                private,
            });
        }
        outcome.map_err(|broken| match broken {
            Broken::NeverSent(because) => Failure::Unreachable { because },
            Broken::NoAnswer(because) => Failure::Unanswered { because },
        })
    }

    /// Every answer says what time it is at the service.
    fn compare_clocks(&self, response: &Response) {
        let told = response
            .header("date")
            .and_then(|text| DateTime::parse_from_rfc2822(text).ok());
        if let Some(told) = told {
            *self.apart.lock().unwrap_or_else(PoisonError::into_inner) = told.to_utc() - self.clock.now();
        }
    }

    /// A sign-in that is refused while the clocks lie apart says nothing about the account.
    fn or_clock(&self, failure: Failure) -> Failure {
        let apart = self.apart.lock().unwrap_or_else(PoisonError::into_inner).abs();
        match failure {
            Failure::SignedOut { .. } if apart > CLOCKS_APART => Failure::ClockOff {
                minutes: apart.num_minutes(),
            },
            other => other,
        }
    }

    /// The log learns how it went, and nothing of what was said (quality-bars S6).
    fn note(&self, outcome: &Result<Response, Broken>, took: Duration) {
        let (service, milliseconds) = (self.service.name(), took.as_millis());
        match outcome {
            Ok(response) => tracing::debug!(service, milliseconds, status = response.status, "answered"),
            Err(Broken::NeverSent(_)) => tracing::debug!(service, milliseconds, "never left"),
            Err(Broken::NoAnswer(_)) => tracing::debug!(service, milliseconds, "not answered"),
        }
    }

    /// Whether this operation was lately refused with a brand-new token too: then the app lacks a role, and renewing
    /// once more would only cost a second place in the bucket.
    fn renewing_is_vain(&self, quota: &Quota) -> bool {
        let refused = self.refused_anew.lock().unwrap_or_else(PoisonError::into_inner);
        refused
            .get(quota.bucket)
            .is_some_and(|at| (self.clock.now() - *at).abs() < VAIN_FOR)
    }

    fn note_renewal(&self, quota: &Quota, still_refused: bool) {
        let mut refused = self.refused_anew.lock().unwrap_or_else(PoisonError::into_inner);
        if still_refused {
            refused.insert(quota.bucket, self.clock.now());
        } else {
            refused.remove(quota.bucket);
        }
    }

    /// A good token, renewed early and by one caller only; the others wait for it.
    async fn token(&self, refused: Option<&Token>) -> Result<Option<Token>, Failure> {
        let mut state = self.sign_in.lock().await;
        let now = self.clock.now();
        if let Some(token) = &state.token {
            let was_refused = refused.is_some_and(|refused| refused.expose() == token.expose());
            if token.is_good(now) && !was_refused {
                return Ok(Some(token.clone()));
            }
        }
        if let Some((at, failure)) = &state.refused
            && now - *at < REFUSAL_HOLDS
            && now >= *at
        {
            return Err(failure.clone());
        }
        let Some(message) = self.service.sign_in(now, &*self.chance)? else {
            return Ok(None);
        };
        let granted = match self.send(message, SIGN_IN_LIMIT).await {
            Ok(response) => self.service.token(&response, self.clock.now()),
            Err(failure) => Err(failure),
        };
        match granted {
            Ok(token) => {
                *state = SignIn {
                    token: Some(token.clone()),
                    refused: None,
                };
                Ok(Some(token))
            }
            Err(failure @ Failure::SignedOut { .. }) => {
                *state = SignIn {
                    token: None,
                    refused: Some((now, failure.clone())),
                };
                Err(failure)
            }
            // Whatever happened to the sign-in, the request itself was certainly not sent.
            Err(Failure::Unanswered { because }) => Err(Failure::Unreachable { because }),
            Err(failure) => Err(failure),
        }
    }

    fn learn(&self, response: &Response, quota: &Quota) {
        if let Some(refill) = self.service.told_refill(response) {
            self.buckets.told(quota, refill, self.clock.now());
        }
    }

    fn adapt(&self, judged: &Result<Response, Failure>, quota: &Quota, permit: &Permit) {
        match judged {
            Err(Failure::Throttled { again_in }) => {
                self.buckets.emptied(quota, *again_in, self.clock.now());
                permit.too_many();
            }
            Ok(_) => permit.went_well(),
            Err(_) => {}
        }
    }
}

const SIGN_IN_LIMIT: Duration = Duration::from_secs(30);

#[async_trait]
impl<S: Service> Exchange for Seat<S> {
    async fn exchange(&self, request: Request, quota: Quota, writes: bool) -> Result<Response, Failure> {
        self.line.perform(request, quota, writes, &self.cancel).await
    }
}

impl<S: Service + 'static> Seats for Line<S> {
    fn seat(self: Arc<Self>, cancel: Cancel) -> Arc<dyn Exchange> {
        Arc::new(Seat { line: self, cancel })
    }
}

#[async_trait]
impl<S: Service> Exchange for Line<S> {
    async fn exchange(&self, request: Request, quota: Quota, writes: bool) -> Result<Response, Failure> {
        self.perform(request, quota, writes, &Cancel::new()).await
    }
}
