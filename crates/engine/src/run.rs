//! One run from its opening to its end: look and record page by page, while the applier sends what is planned.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use domain::Text;
use flows::Progress;
use futures::FutureExt;
use store::StoreError;
use store::runs::{self, Counts, Run, Trigger};
use store::steps::Batch;
use tokio::sync::Notify;
use wire::{Exchange, Failure};

use crate::breaker::Breaker;
use crate::connections::{Accepted, Watched};
use crate::ending::close;
use crate::engine::{Engine, Far, Inner, Seat, Stage, whole as locked};
use crate::event::Event;
use crate::look::{look_and_record, look_only};
use crate::record::plus;
use crate::request::{Report, RunRequest};
use crate::{apply, rules};

/// Why a look or the whole run came to an end early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A person pressed Cancel.
    Cancelled,
    /// A write in a row that must keep its order did not get through; its problem says why.
    HeldUp,
    /// Too many of the records that were written have another total in NetSuite (CMN-36).
    Tripped { differ: usize, total: usize },
    /// The same in an earlier run, and nobody has answered yet.
    HeldBack,
    /// The service, and what it said.
    SignedOut { service: &'static str, said: String },
    /// The look failed; the next run tries again.
    Failed(Failure),
    /// Our own mistake: a panic inside the run.
    Fault,
    /// The workspace could not be read or written.
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What the two halves of a run share.
pub(crate) struct Live<'a> {
    pub(crate) inner: &'a Inner,
    pub(crate) seat: &'a Seat,
    pub(crate) amazon: Watched,
    pub(crate) documents: Arc<dyn Exchange>,
    pub(crate) netsuite: Watched,
    pub(crate) at_once: usize,
    pub(crate) counts: Mutex<Counts>,
    /// New steps were planned, or the look came to its end.
    pub(crate) planned: Notify,
    looked: AtomicBool,
    /// Nothing is left to send; what was sent is read back.
    confirming: AtomicBool,
    confirmed: AtomicU64,
    doing: Mutex<Progress>,
}

impl Live<'_> {
    pub(crate) fn add(&self, more: Counts) {
        let mut counts = locked(&self.counts);
        *counts = plus(*counts, more);
    }

    pub(crate) fn counts(&self) -> Counts {
        *locked(&self.counts)
    }

    /// Notes how far the look is.
    pub(crate) fn looking(&self, progress: Progress) {
        *locked(&self.doing) = progress;
        self.show();
    }

    /// Whether everything that the run looks at was read and decided about.
    pub(crate) fn has_looked(&self) -> bool {
        self.looked.load(Ordering::Acquire)
    }

    /// The look came to its end, good or bad: what is left is to send what was planned.
    fn looked(&self) {
        self.looked.store(true, Ordering::Release);
        self.planned.notify_one();
        self.show();
    }

    /// Everything is sent and is read back now; or something is sent after all.
    pub(crate) fn confirming(&self, now: bool) {
        if self.confirming.swap(now, Ordering::AcqRel) != now {
            self.show();
        }
    }

    /// So many records were read back.
    pub(crate) fn confirmed(&self, records: usize) {
        let records = u64::try_from(records).unwrap_or(u64::MAX);
        self.confirmed.fetch_add(records, Ordering::AcqRel);
        self.show();
    }

    fn stage(&self) -> Stage {
        match (self.has_looked(), self.confirming.load(Ordering::Acquire)) {
            (false, _) => Stage::Looking,
            (true, false) => Stage::Writing,
            (true, true) => Stage::Confirming,
        }
    }

    /// Shows how far the run is.
    pub(crate) fn show(&self) {
        let look = locked(&self.doing).clone();
        let stage = self.stage();
        let doing = match stage {
            Stage::Looking => look.doing,
            Stage::Writing => Text::new("run-doing-writing"),
            Stage::Confirming => Text::new("run-doing-confirming"),
        };
        let far = Far {
            doing,
            read: look.read,
            total: look.total,
            counts: self.counts(),
            stage,
            confirmed: self.confirmed.load(Ordering::Acquire),
        };
        self.inner.progress(self.seat, far);
    }

    /// Which of the two accounts was asked in this run and accepted us.
    pub(crate) fn accepted(&self) -> Accepted {
        Accepted {
            amazon: self.amazon.has_accepted(),
            netsuite: self.netsuite.has_accepted(),
        }
    }

    /// A failure of a read, with the service that refused the sign-in.
    pub(crate) fn stop(&self, failure: Failure) -> Stop {
        match failure {
            Failure::Cancelled => Stop::Cancelled,
            Failure::SignedOut { said } => {
                let service = if self.netsuite.is_signed_out() {
                    "netsuite"
                } else {
                    "amazon"
                };
                Stop::SignedOut { service, said }
            }
            other => Stop::Failed(other),
        }
    }
}

/// Runs a flow from its opening to its end. A panic inside is caught here and shown as our mistake.
pub(crate) async fn whole(engine: &Engine, request: RunRequest, seat: Seat) -> Report {
    let inner = &engine.0;
    let opened = open(
        inner,
        &seat,
        request.trigger,
        request.dry_run,
        request.scope.marketplaces.clone(),
    );
    let mut preview = None;
    let live = live(inner, &seat, &request.scope.region);
    let ended = match (opened, &live) {
        (Err(error), _) => Err(Stop::Store(error)),
        (Ok(()), None) => Err(Stop::SignedOut {
            service: "amazon",
            said: String::new(),
        }),
        (Ok(()), Some(live)) if request.dry_run => {
            let looking = AssertUnwindSafe(look_only(live, engine, &request)).catch_unwind();
            looking
                .await
                .unwrap_or_else(|_| Err(Stop::Fault))
                .map(|found| preview = Some(found))
        }
        (Ok(()), Some(live)) => {
            let working = AssertUnwindSafe(work(live, engine, &request)).catch_unwind();
            working.await.unwrap_or_else(|_| Err(Stop::Fault))
        }
    };
    let counts = live.as_ref().map(Live::counts).unwrap_or_default();
    let accepted = live.as_ref().map(Live::accepted).unwrap_or_default();
    if !request.dry_run {
        posted(engine);
    }
    close(inner, &seat, ended, counts, accepted, preview, request.dry_run)
}

/// Runs only the applier, for writes that a person released.
pub(crate) async fn only_apply(engine: &Engine, seat: Seat, trigger: Trigger, batch: Batch, at_once: usize) -> Report {
    let inner = &engine.0;
    let region = seat.account.split(':').next().unwrap_or_default().to_owned();
    let of_group = match &batch {
        Batch::Group(hold) => inner.store.read(|db| runs::marketplaces_of_group(db, hold)),
        Batch::Flow { .. } => Ok(Vec::new()),
    };
    let opened = of_group.and_then(|marketplaces| open(inner, &seat, trigger, false, marketplaces));
    let live = live(inner, &seat, &region);
    let ended = match (opened, live.as_ref()) {
        (Err(error), _) => Err(Stop::Store(error)),
        (Ok(()), None) => Err(Stop::SignedOut {
            service: "netsuite",
            said: String::new(),
        }),
        (Ok(()), Some(live)) => {
            live.looked();
            let applying = apply::all(
                live,
                &batch,
                at_once.min(live.at_once),
                at_once == 1,
                Breaker::default(),
            );
            AssertUnwindSafe(applying)
                .catch_unwind()
                .await
                .unwrap_or_else(|_| Err(Stop::Fault))
        }
    };
    let counts = live.as_ref().map(Live::counts).unwrap_or_default();
    let accepted = live.as_ref().map(Live::accepted).unwrap_or_default();
    posted(engine);
    close(inner, &seat, ended, counts, accepted, None, false)
}

fn posted(engine: &Engine) {
    if let Err(error) = engine.note_posted() {
        tracing::error!(%error, "which postings are whole could not be kept; the next run does it");
    }
}

fn live<'a>(inner: &'a Inner, seat: &'a Seat, region: &str) -> Option<Live<'a>> {
    let connections = inner.connections();
    let amazon = connections.amazon.get(region)?;
    Some(Live {
        inner,
        seat,
        amazon: Watched::new(inner, region, Arc::clone(amazon), &seat.cancel),
        documents: connections.documents.seat(seat.cancel.clone()),
        netsuite: Watched::new(inner, "netsuite", connections.netsuite, &seat.cancel),
        at_once: connections.writes_at_once.max(1),
        counts: Mutex::new(Counts::default()),
        planned: Notify::new(),
        looked: AtomicBool::new(false),
        confirming: AtomicBool::new(false),
        confirmed: AtomicU64::new(0),
        doing: Mutex::new(Progress {
            doing: Text::new("run-doing-starting"),
            read: 0,
            total: None,
        }),
    })
}

fn open(
    inner: &Inner,
    seat: &Seat,
    trigger: Trigger,
    dry_run: bool,
    marketplaces: Vec<String>,
) -> Result<(), StoreError> {
    let (run, flow, account) = (seat.run.clone(), seat.flow.clone(), seat.account.clone());
    if !dry_run {
        let row = Run {
            id: run.clone(),
            flow: flow.clone(),
            account: account.clone(),
            marketplaces,
            trigger,
            opened_at: seat.since,
            ended_at: None,
            result: None,
            because: None,
            counts: Counts::default(),
        };
        inner.store.write(|db| runs::insert(db, &row))?;
    }
    inner.tell(Event::RunOpened {
        run,
        flow,
        account,
        trigger,
    });
    Ok(())
}

/// Looks and applies at the same time; a full look never waits for the writes of its first page.
async fn work(live: &Live<'_>, engine: &Engine, request: &RunRequest) -> Result<(), Stop> {
    let Some(entry) = engine.entry(&request.flow) else {
        return Ok(());
    };
    let rules = live.inner.store.read(|db| rules::snapshot(db, live.seat.since))?;
    let batch = Batch::Flow {
        flow: live.seat.flow.clone(),
        account: live.seat.account.clone(),
    };
    let looking = async {
        let outcome = look_and_record(live, &entry, request, &rules).await;
        live.looked();
        outcome
    };
    let breaker = Breaker::of(live, entry.mismatch_percent(&rules))?;
    let applying = apply::all(live, &batch, live.at_once, false, breaker);
    let (looked, applied) = futures::join!(looking, applying);
    applied.and(looked)
}
