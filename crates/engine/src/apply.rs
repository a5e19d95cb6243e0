//! Apply: planned steps are claimed, which puts them on the disk as `sending`, and only then sent. Whatever comes back
//! is written down before the next thing happens. A write without an answer is probed, never simply repeated.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use netsuite::{RecordId, Refusal};
use store::steps::{self, Batch, Step};
use store::{attempts, links};
use wire::Failure;

use crate::breaker::Breaker;
use crate::confirm::{self, Shown};
use crate::engine::Inner;
use crate::journal::{self, Landing};
use crate::outgoing::Outgoing;
use crate::remote::{Fate, Names, NotSent};
use crate::run::{Live, Stop};
use crate::{private, retry};

/// Something in the air that comes back with what happened.
type Flight<'a> = Pin<Box<dyn Future<Output = Landed> + Send + 'a>>;

enum Landed {
    Sent {
        step: Box<Step>,
        write: Outgoing,
        attempt: i64,
        answer: Result<RecordId, NotSent>,
    },
    Probed {
        step: Box<Step>,
        write: Outgoing,
        attempt: i64,
        answer: Result<Fate, NotSent>,
        ours: bool,
    },
    Confirmed(Result<Shown, Failure>),
}

/// Sends everything that a batch holds, and what the look still plans, until nothing is left that may be sent now.
///
/// `in_order` stops at the first write that does not get through: an undo must not go on past one.
pub(crate) async fn all(
    live: &Live<'_>,
    batch: &Batch,
    at_once: usize,
    in_order: bool,
    breaker: Breaker,
) -> Result<(), Stop> {
    let now = live.inner.now();
    live.inner.store.write(|db| steps::broken_off(db, batch, now))?;
    Applier {
        live,
        batch,
        at_once,
        in_order,
        breaker,
        air: FuturesUnordered::new(),
        probing: HashSet::new(),
        confirming: false,
    }
    .run()
    .await
}

struct Applier<'a> {
    live: &'a Live<'a>,
    batch: &'a Batch,
    at_once: usize,
    in_order: bool,
    breaker: Breaker,
    air: FuturesUnordered<Flight<'a>>,
    probing: HashSet<String>,
    confirming: bool,
}

impl Applier<'_> {
    async fn run(mut self) -> Result<(), Stop> {
        let mut stop: Option<Stop> = None;
        loop {
            if stop.is_none() && self.live.seat.cancel.is_pressed() {
                stop = Some(Stop::Cancelled);
            }
            // What is in the air lands all the same, and its answer is kept.
            if stop.is_none()
                && let Err(early) = self.take_off()
            {
                stop = Some(early);
            }
            if self.air.is_empty() {
                if let Some(stop) = stop {
                    return Err(stop);
                }
                if !self.wait().await? {
                    return if self.breaker.is_tripped() {
                        Err(Stop::HeldBack)
                    } else {
                        Ok(())
                    };
                }
                continue;
            }
            let landed = tokio::select! {
                biased;
                landed = self.air.next() => landed,
                // New steps may have come that there is room for.
                () = self.live.planned.notified(), if self.air.len() < self.at_once && stop.is_none() => None,
                () = self.live.seat.cancel.pressed(), if stop.is_none() => None,
            };
            if let Some(landed) = landed
                && let Err(early) = self.land(landed)
            {
                stop.get_or_insert(early);
            }
        }
    }

    /// Sends off as much as there is room for: probes first, since what they find may release other steps.
    fn take_off(&mut self) -> Result<(), Stop> {
        let now = self.live.inner.now();
        let room = self.at_once.saturating_sub(self.air.len());
        if room == 0 {
            return Ok(());
        }
        let lost = self
            .live
            .inner
            .store
            .read(|db| steps::in_the_air(db, self.batch, now))?;
        let fresh: Vec<Step> = lost
            .into_iter()
            .filter(|step| !self.probing.contains(&step.name))
            .take(room)
            .collect();
        for step in fresh {
            self.probe(step, true)?;
        }
        self.claim()?;
        // What an earlier run wrote and a person doubts is read back beside it, or at the end: it says nothing about this run.
        if !self.confirming && self.unconfirmed(self.live.seat.since)? >= self.breaker.enough() {
            self.confirm();
        }
        Ok(())
    }

    /// Sends off planned steps, as many as there is room for.
    fn claim(&mut self) -> Result<(), Stop> {
        let now = self.live.inner.now();
        let room = self.at_once.saturating_sub(self.air.len());
        if room == 0 || self.breaker.is_tripped() {
            return Ok(());
        }
        let run = self.live.seat.run.as_str();
        let claimed = self.live.inner.store.write(|db| {
            let claimed = steps::claim(db, self.batch, now, room)?;
            let begun = claimed.into_iter().map(|step| {
                let attempt = attempts::begin(db, &step.name, run, attempts::Kind::Send, now)?;
                Ok((step, attempt))
            });
            begun.collect::<store::Result<Vec<_>>>()
        })?;
        if !claimed.is_empty() {
            self.live.confirming(false);
        }
        for (step, attempt) in claimed {
            match written(self.live.inner, &step, Body::Whole)? {
                Some((write, names)) => {
                    let live = self.live;
                    self.air.push(Box::pin(async move {
                        let answer = write.send(live, &names).await;
                        Landed::Sent {
                            step: Box::new(step),
                            write,
                            attempt,
                            answer,
                        }
                    }));
                }
                None => journal::unreadable(self.live, &step, attempt)?,
            }
        }
        Ok(())
    }

    fn unconfirmed(&self, since: DateTime<Utc>) -> Result<u64, Stop> {
        Ok(self
            .live
            .inner
            .store
            .read(|db| steps::count_unconfirmed(db, self.batch, since))?)
    }

    fn confirm(&mut self) {
        self.confirming = true;
        let (live, batch) = (self.live, self.batch);
        self.air.push(Box::pin(
            async move { Landed::Confirmed(confirm::batch(live, batch).await) },
        ));
    }

    /// Asks whether a write happened. `ours`: the record, if it is there, is our own sending's.
    fn probe(&mut self, step: Step, ours: bool) -> Result<(), Stop> {
        let Some((write, names)) = written(self.live.inner, &step, Body::ForProbe)? else {
            return journal::unreadable(self.live, &step, 0);
        };
        let now = self.live.inner.now();
        let run = self.live.seat.run.as_str();
        let attempt = self
            .live
            .inner
            .store
            .write(|db| attempts::begin(db, &step.name, run, attempts::Kind::Probe, now))?;
        self.probing.insert(step.name.clone());
        let live = self.live;
        self.air.push(Box::pin(async move {
            let answer = write.probe(live, &names).await;
            Landed::Probed {
                step: Box::new(step),
                write,
                attempt,
                answer,
                ours,
            }
        }));
        Ok(())
    }

    /// Nothing is in the air. Whether there is, or will be, more to do.
    async fn wait(&mut self) -> Result<bool, Stop> {
        let linked = self.live.inner.linked.notified();
        tokio::pin!(linked);
        linked.as_mut().enable();
        let looked = self.live.has_looked();
        let due = self
            .live
            .inner
            .store
            .read(|db| steps::next_due(db, self.batch, retry::SENDINGS))?;
        // What is planned waits for the person's answer.
        let due = due.filter(|_| !self.breaker.is_tripped());
        let now = self.live.inner.now();
        if due.is_some_and(|due| due <= now) {
            return Ok(true);
        }
        if looked && self.unconfirmed(DateTime::UNIX_EPOCH)? > 0 {
            self.live.confirming(true);
            self.confirm();
            return Ok(true);
        }
        if looked && due.is_none() && !self.leans_on_another_run()? {
            return Ok(false);
        }
        let pause = due.map_or(Duration::from_hours(1), |due| until(now, due));
        tokio::select! {
            biased;
            () = self.live.seat.cancel.pressed() => (),
            () = self.live.planned.notified() => (),
            () = linked => (),
            () = self.live.inner.clock.sleep(pause) => (),
        }
        Ok(true)
    }

    /// Whether a step waits for a record that another run is just about to make: both channels may need one customer.
    fn leans_on_another_run(&self) -> Result<bool, Stop> {
        let seat = self.live.seat;
        let makers = self.live.inner.store.read(|db| steps::makers(db, self.batch))?;
        Ok(makers.iter().any(|(flow, account)| {
            let own = *flow == seat.flow && *account == seat.account;
            !own && self.live.inner.is_running(flow, account)
        }))
    }

    /// Writes down what came back. An error ends the run once everything in the air has landed.
    fn land(&mut self, landed: Landed) -> Result<(), Stop> {
        let live = self.live;
        match landed {
            Landed::Sent {
                step,
                write,
                attempt,
                answer,
            } => {
                // The name is taken, perhaps by ourselves in a sending whose answer was lost.
                if let Err(NotSent::Failed(failure)) = &answer
                    && write.creates()
                    && matches!(netsuite::refusal(failure), Some(Refusal::AlreadyExists))
                {
                    journal::noted(live, attempt, failure)?;
                    let ours = step.tries > 1;
                    return self.probe(*step, ours);
                }
                let landing = match answer {
                    Ok(id) => Landing::Written {
                        id,
                        record: write.record(),
                    },
                    Err(NotSent::Missing(missing)) => Landing::NotYet {
                        missing: missing.to_string(),
                    },
                    // Deleting what is gone is what was wanted.
                    Err(NotSent::Failed(failure)) if write.is_delete() && netsuite::absent(&failure) => {
                        Landing::Gone { record: write.record() }
                    }
                    Err(NotSent::Failed(failure)) => Landing::Failed(failure),
                };
                self.settle(&step, &write, attempt, landing)
            }
            Landed::Probed {
                step,
                write,
                attempt,
                answer,
                ours,
            } => {
                self.probing.remove(&step.name);
                let landing = match answer {
                    Ok(Fate::Happened { id, document, total }) => Landing::Found {
                        id,
                        record: write.record(),
                        document,
                        total,
                        ours,
                    },
                    Ok(Fate::SendAgain) => Landing::SendAgain,
                    Ok(Fate::LookAgain) => {
                        journal::look_again(live, &step, attempt, "whether it was written is seen by looking again")?;
                        return Ok(());
                    }
                    Err(NotSent::Missing(missing)) => Landing::NotYet {
                        missing: missing.to_string(),
                    },
                    Err(NotSent::Failed(failure)) => Landing::ProbeFailed(failure),
                };
                self.settle(&step, &write, attempt, landing)
            }
            Landed::Confirmed(answer) => {
                self.confirming = false;
                match answer {
                    Ok(shown) => {
                        live.confirmed(shown.records);
                        self.breaker.add(&shown)
                    }
                    // Nothing is lost: the next run reads back again.
                    Err(failure) => Err(live.stop(failure)),
                }
            }
        }
    }

    fn settle(&self, step: &Step, write: &Outgoing, attempt: i64, landing: Landing) -> Result<(), Stop> {
        let through = landing.is_through();
        journal::landed(self.live, step, write, attempt, landing)?;
        self.live.inner.linked.notify_waiters();
        self.live.show();
        if self.in_order && !through {
            return Err(Stop::HeldUp);
        }
        Ok(())
    }
}

fn until(now: DateTime<Utc>, due: DateTime<Utc>) -> Duration {
    (due - now).max(TimeDelta::milliseconds(1)).to_std().unwrap_or_default()
}

/// How much of a write is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// All of it.
    Whole,
    /// Its type and its name: buyer data may be masked.
    ForProbe,
}

/// A step's write and the ids that it refers to. Nothing: its buyer data cannot be read any more.
fn written(inner: &Inner, step: &Step, need: Body) -> Result<Option<(Outgoing, Names)>, Stop> {
    inner
        .store
        .read(|db| {
            let body = match &step.sealed {
                None => step.body.clone(),
                Some(sealed) => match private::open(db, inner.vault.as_deref(), &step.key, &step.name, sealed) {
                    Ok(body) => body,
                    Err(private::Unreadable::Store(error)) => return Err(error),
                    Err(private::Unreadable::Gone | private::Unreadable::Vault(_)) if need == Body::ForProbe => {
                        step.body.clone()
                    }
                    Err(private::Unreadable::Gone | private::Unreadable::Vault(_)) => return Ok(None),
                },
            };
            let Some(write) = Outgoing::of(serde_json::from_value(body)?) else {
                return Ok(None);
            };
            let mut names = Names::new();
            for name in write.names() {
                if let Some(link) = links::named(db, &name)? {
                    names.insert(name, link.record_id);
                }
            }
            Ok(Some((write, names)))
        })
        .map_err(Stop::from)
}
