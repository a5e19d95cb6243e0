//! Apply: planned steps are claimed, which puts them on the disk as `sending`, and only then sent. Whatever comes back
//! is written down before the next thing happens. A write without an answer is probed, never simply repeated.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use flows::Write;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use netsuite::{RecordId, RecordType, Refusal};
use store::steps::{self, Batch, Step};
use store::{attempts, links};
use wire::Failure;

use crate::engine::Inner;
use crate::journal::{self, Landing};
use crate::remote::{self, Fate, Names, NotSent};
use crate::run::{Live, Stop};
use crate::{confirm, private, retry};

/// Something in the air that comes back with what happened.
type Flight<'a> = Pin<Box<dyn Future<Output = Landed> + Send + 'a>>;

enum Landed {
    Sent {
        step: Box<Step>,
        write: netsuite::Write,
        attempt: i64,
        answer: Result<RecordId, NotSent>,
    },
    Probed {
        step: Box<Step>,
        write: netsuite::Write,
        attempt: i64,
        answer: Result<Fate, NotSent>,
        ours: bool,
    },
    Confirmed(Result<usize, Failure>),
}

/// Sends everything that a batch holds, and what the look still plans, until nothing is left that may be sent now.
///
/// `in_order` stops at the first write that does not get through: an undo must not go on past one.
pub(crate) async fn all(live: &Live<'_>, batch: &Batch, at_once: usize, in_order: bool) -> Result<(), Stop> {
    Applier {
        live,
        batch,
        at_once,
        in_order,
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
    air: FuturesUnordered<Flight<'a>>,
    probing: HashSet<String>,
    confirming: bool,
}

impl Applier<'_> {
    async fn run(mut self) -> Result<(), Stop> {
        let mut stop: Option<Stop> = None;
        loop {
            if stop.is_none() && self.live.seat.cancel.is_cancelled() {
                stop = Some(Stop::Cancelled);
            }
            if stop.is_none() {
                self.take_off()?;
            }
            if self.air.is_empty() {
                if let Some(stop) = stop {
                    return Err(stop);
                }
                if !self.wait().await? {
                    return Ok(());
                }
                continue;
            }
            let landed = tokio::select! {
                biased;
                landed = self.air.next() => landed,
                // New steps may have come that there is room for.
                () = self.live.planned.notified(), if self.air.len() < self.at_once && stop.is_none() => None,
                () = self.live.seat.cancel.cancelled(), if stop.is_none() => None,
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
        let room = self.at_once.saturating_sub(self.air.len());
        if room == 0 {
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
        for (step, attempt) in claimed {
            match written(self.live.inner, &step, Body::Whole)? {
                Some((write, names)) => {
                    let line = &self.live.netsuite;
                    self.air.push(Box::pin(async move {
                        let answer = remote::send(line, &write, &names).await;
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
        if !self.confirming && self.unconfirmed()? >= u64::from(confirm::AT_ONCE) {
            self.confirm();
        }
        Ok(())
    }

    fn unconfirmed(&self) -> Result<u64, Stop> {
        Ok(self
            .live
            .inner
            .store
            .read(|db| steps::count_unconfirmed(db, self.batch))?)
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
        let line = &self.live.netsuite;
        self.air.push(Box::pin(async move {
            let answer = remote::probe(line, &write, &names).await;
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
        let looked = self.live.looked.load(Ordering::Acquire);
        let due = self
            .live
            .inner
            .store
            .read(|db| steps::next_due(db, self.batch, retry::SENDINGS))?;
        let now = self.live.inner.now();
        if due.is_some_and(|due| due <= now) {
            return Ok(true);
        }
        if looked && self.unconfirmed()? > 0 {
            self.confirm();
            return Ok(true);
        }
        if looked && due.is_none() {
            return Ok(false);
        }
        let pause = due.map_or(Duration::from_hours(1), |due| until(now, due));
        tokio::select! {
            biased;
            () = self.live.seat.cancel.cancelled() => (),
            () = self.live.planned.notified() => (),
            () = self.live.inner.clock.sleep(pause) => (),
        }
        Ok(true)
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
                    && write.creates().is_some()
                    && matches!(netsuite::refusal(failure), Some(Refusal::AlreadyExists))
                {
                    journal::noted(live, attempt, failure)?;
                    let ours = step.tries > 1;
                    return self.probe(*step, ours);
                }
                let landing = match answer {
                    Ok(id) => Landing::Written {
                        id,
                        record: record_of(&write),
                    },
                    Err(NotSent::Missing(missing)) => Landing::NotYet {
                        missing: missing.to_string(),
                    },
                    // Deleting what is gone is what was wanted.
                    Err(NotSent::Failed(failure)) if is_delete(&write) && netsuite::absent(&failure) => Landing::Gone {
                        record: record_of(&write),
                    },
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
                        record: record_of(&write),
                        document,
                        total,
                        ours,
                    },
                    Ok(Fate::SendAgain) => Landing::SendAgain,
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
                    Ok(_) => Ok(()),
                    Err(Failure::SignedOut { said }) => Err(Stop::SignedOut {
                        service: "netsuite",
                        said,
                    }),
                    // Nothing is lost: the next run reads back again.
                    Err(failure) => Err(Stop::Failed(failure)),
                }
            }
        }
    }

    fn settle(&self, step: &Step, write: &netsuite::Write, attempt: i64, landing: Landing) -> Result<(), Stop> {
        let through = landing.is_through();
        journal::landed(self.live, step, write, attempt, landing)?;
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

fn is_delete(write: &netsuite::Write) -> bool {
    matches!(write, netsuite::Write::Delete { .. })
}

fn record_of(write: &netsuite::Write) -> RecordType {
    match write {
        netsuite::Write::Create { record, .. }
        | netsuite::Write::Update { record, .. }
        | netsuite::Write::Delete { record, .. }
        | netsuite::Write::Transform { to: record, .. } => *record,
    }
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
fn written(inner: &Inner, step: &Step, need: Body) -> Result<Option<(netsuite::Write, Names)>, Stop> {
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
            let Write::NetSuite(write) = serde_json::from_value(body)? else {
                return Ok(None);
            };
            let mut names = Names::new();
            for name in remote::names_in(&write) {
                if let Some(link) = links::named(db, &name)? {
                    names.insert(name, link.record_id);
                }
            }
            Ok(Some((write, names)))
        })
        .map_err(Stop::from)
}
