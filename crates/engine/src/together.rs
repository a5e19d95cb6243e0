//! The runs of one sync, side by side: each begins as soon as those whose results it uses have ended in its account
//! (CMN-19). Regions, and chains that do not lean on each other, do not wait for one another; what all of them together
//! may ask of a service is the line's to keep.

use std::sync::atomic::Ordering;

use flows::Group;
use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;

use crate::account_of;
use crate::engine::{Engine, Seat};
use crate::request::{Report, RunRequest, StartError, SyncRequest};
use crate::{plan, run};

/// A sync that has begun: the runs that are open already, and the work that must be driven to its end.
pub struct Begun {
    /// The runs that opened at once. Others follow when these have ended.
    pub runs: Vec<String>,
    /// The reports, in the order of the chains.
    pub work: BoxFuture<'static, Result<Vec<Report>, StartError>>,
}

/// One run that was asked for.
struct Asked {
    request: RunRequest,
    /// Places of the runs that must have ended before.
    before: Vec<usize>,
    /// Its place among those in progress, if it was taken already.
    seat: Option<Seat>,
    stands: Stands,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    Waiting,
    UnderWay,
    Over,
}

impl Engine {
    /// Runs flows in the order of their chains, in every account that has them on, and waits for the end (CMN-19).
    /// A flow that is running already in an account is left out there, unless subjects or days are named: what runs may
    /// not look at those, so they have their turn after it.
    pub async fn sync(&self, request: SyncRequest) -> Result<Vec<Report>, StartError> {
        self.begin(request)?.work.await
    }

    /// Begins a sync. Its first runs have their places when this comes back; nothing moves until the work is driven.
    pub fn begin(&self, request: SyncRequest) -> Result<Begun, StartError> {
        let mut asked = chained(self, plan::plan(self, &request)?);
        // An undo that was cut short needs those places first.
        let tidy_up = !request.dry_run && request.keys.is_none() && self.is_undo_cut_short()?;
        let mut runs = Vec::new();
        for one in asked.iter_mut().filter(|one| one.before.is_empty() && !tidy_up) {
            match self.0.sit(&one.request) {
                Ok(seat) => {
                    runs.push(seat.run.clone());
                    one.seat = Some(seat);
                }
                Err(StartError::AlreadyRunning { .. }) => one.stands = behind_another(&one.request),
                Err(other) => return Err(other),
            }
        }
        let engine = self.clone();
        let work = Box::pin(async move {
            if tidy_up {
                engine.finish_undoing().await?;
            }
            engine.run_then_post(asked).await
        });
        Ok(Begun { runs, work })
    }

    /// Runs these, each after those that it leans on.
    pub(crate) async fn run_all(&self, requests: Vec<RunRequest>) -> Result<Vec<Report>, StartError> {
        self.run_then_post(chained(self, requests)).await
    }

    /// Runs these; once the settlements were looked at, what posts by itself is approved (SET-46).
    async fn run_then_post(&self, asked: Vec<Asked>) -> Result<Vec<Report>, StartError> {
        let settles = asked.iter().any(|one| {
            let entry = self.entry(&one.request.flow);
            !one.request.dry_run && entry.is_some_and(|entry| entry.card.group == Group::Settlements)
        });
        let reports = all(self, asked).await?;
        if settles && !self.0.closing.load(Ordering::Acquire) {
            self.post_by_itself().await?;
        }
        Ok(reports)
    }
}

/// The requests, which stand in the order of the chains, with what each must wait for in its account.
fn chained(engine: &Engine, requests: Vec<RunRequest>) -> Vec<Asked> {
    let places: Vec<(String, String)> = requests
        .iter()
        .map(|request| (request.flow.clone(), account_of(&request.scope)))
        .collect();
    let before = |place: usize| {
        let (flow, account) = &places[place];
        let leans = leans_on(engine, flow);
        let fits = |earlier: &usize| places[*earlier].1 == *account && leans.contains(&places[*earlier].0.as_str());
        (0..place).filter(fits).collect()
    };
    requests
        .into_iter()
        .enumerate()
        .map(|(place, request)| Asked {
            request,
            before: before(place),
            seat: None,
            stands: Stands::Waiting,
        })
        .collect()
}

/// Every flow whose results a flow uses, directly or through others that may not be on.
fn leans_on(engine: &Engine, flow: &str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    let mut open = vec![flow.to_owned()];
    while let Some(flow) = open.pop() {
        for before in engine.entry(&flow).map_or(&[] as &[_], |entry| entry.card.after) {
            if !found.contains(before) {
                found.push(before);
                open.push((*before).to_owned());
            }
        }
    }
    found
}

/// How a run stands whose place another one has.
fn behind_another(request: &RunRequest) -> Stands {
    if request.keys.is_some() || request.days.is_some() {
        Stands::Waiting
    } else {
        Stands::Over
    }
}

/// Drives all of them. A run that could not begin ends nothing that is under way.
async fn all(engine: &Engine, mut asked: Vec<Asked>) -> Result<Vec<Report>, StartError> {
    let mut under_way: FuturesUnordered<BoxFuture<'_, (usize, Report)>> = FuturesUnordered::new();
    let mut reports: Vec<(usize, Report)> = Vec::new();
    let mut refused = None;
    loop {
        let left = engine.0.left.notified();
        tokio::pin!(left);
        left.as_mut().enable();
        let mut is_queued = false;
        // What a run waits for stands before it, so that one pass finds everything that may begin.
        for place in 0..asked.len() {
            let ready = asked[place]
                .before
                .iter()
                .all(|before| asked[*before].stands == Stands::Over);
            let closing = engine.0.closing.load(Ordering::Acquire);
            if asked[place].stands != Stands::Waiting || !ready || refused.is_some() || closing {
                continue;
            }
            let taken = asked[place].seat.take();
            let request = asked[place].request.clone();
            asked[place].stands = match taken.map_or_else(|| engine.0.sit(&request), Ok) {
                Ok(seat) => {
                    under_way.push(Box::pin(
                        async move { (place, run::whole(engine, request, seat).await) },
                    ));
                    Stands::UnderWay
                }
                Err(StartError::AlreadyRunning { .. }) => behind_another(&request),
                Err(other) => {
                    refused = Some(other);
                    Stands::Over
                }
            };
            is_queued |= asked[place].stands == Stands::Waiting;
        }
        tokio::select! {
            biased;
            Some((place, report)) = under_way.next() => {
                asked[place].stands = Stands::Over;
                reports.push((place, report));
            }
            () = left, if is_queued => {}
            else => break,
        }
    }
    reports.sort_by_key(|(place, _)| *place);
    match refused {
        Some(refused) => Err(refused),
        None => Ok(reports.into_iter().map(|(_, report)| report).collect()),
    }
}
