//! What a person decides: approve, try again, take in again. Each is written to the trail.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use flows::local::Stage;
use flows::{Key, Scope};
use serde_json::json;
use store::decisions::{self, State};
use store::exclusions;
use store::postings::{self, Posting, PostingState};
use store::problems::{self, Problem, Tab};
use store::runs::Trigger;
use store::steps::{self, Batch, StepState};
use store::{StoreError, audit, links};

use crate::account_of;
use crate::engine::Engine;
use crate::event::Event;
use crate::request::{Report, RunRequest, StartError};
use crate::settlements::Readiness;
use crate::undo::UNDO;
use crate::{late, run, settlements};

/// The name of a run that sends what a person approved.
pub(crate) const APPROVAL: &str = "approval";
/// How often a run that a person waits for asks whether its place is free: ten minutes in all.
const PATIENCE: u32 = 1_200;
/// How long it waits between.
const PAUSE: Duration = Duration::from_millis(500);
/// Problems of one group that one retry takes up.
const MANY: u32 = 10_000;

impl Engine {
    /// Releases the held writes of a group (a settlement's id) and sends them, then looks at the group again so that
    /// its summary tells the new state.
    pub async fn approve(&self, group: &str, who: &str) -> Result<Report, StartError> {
        let now = self.0.now();
        let account = self.account_of_group(group)?;
        let seat = self.0.sit_as(&format!("{APPROVAL}:{group}"), &account)?;
        match self.store().read(|db| settlements::readiness(db, group))? {
            Readiness::Ready => (),
            Readiness::NotWhole => return Err(StartError::NotWhole(group.to_owned())),
            Readiness::Kept(reasons) => {
                let group = group.to_owned();
                return Err(StartError::NotReady { group, reasons });
            }
        }
        self.store().write(|db| {
            if matches!(settlements::stage(db, group)?, Stage::Open | Stage::Undone) {
                late::note(db, group, who, now)?;
            }
            let count = steps::release(db, group, now)?;
            let posting = Posting {
                hold: group.to_owned(),
                revision: postings::revision(db, group)?,
                state: PostingState::Approved,
                who: who.to_owned(),
                changed_at: now,
            };
            postings::put(db, &posting)?;
            audit::add(
                db,
                now,
                who,
                "approve",
                group,
                &json!({"writes": count, "revision": posting.revision}),
            )
        })?;
        self.settlement_changed(group);
        let batch = Batch::Group(group.to_owned());
        let report = run::only_apply(self, seat, Trigger::Approval, batch, usize::MAX).await;
        self.look_again_at_group(group, &account).await?;
        self.settlement_changed(group);
        Ok(report)
    }

    fn account_of_group(&self, group: &str) -> Result<String, StartError> {
        let steps = self.store().read(|db| steps::of_group(db, group))?;
        steps
            .first()
            .map(|step| step.account.clone())
            .ok_or_else(|| StartError::NothingHeld(group.to_owned()))
    }

    /// A group is posted once all its writes are in the books, whichever run sent the last one.
    pub(crate) fn note_posted(&self) -> Result<(), StoreError> {
        let now = self.0.now();
        let posted = self.store().write(|db| {
            let mut posted = Vec::new();
            for posting in postings::in_state(db, PostingState::Approved)? {
                let group = steps::of_group(db, &posting.hold)?;
                let over = |step: &steps::Step| {
                    matches!(step.state, StepState::Done | StepState::Withdrawn | StepState::Undone)
                };
                if group.iter().all(over) {
                    posted.push(posting.hold.clone());
                    postings::put(
                        db,
                        &Posting {
                            state: PostingState::Posted,
                            changed_at: now,
                            ..posting
                        },
                    )?;
                }
            }
            Ok(posted)
        })?;
        for settlement in posted {
            self.0.tell(Event::SettlementChanged { settlement });
        }
        Ok(())
    }

    /// Lets the flows of a group, and those that use their results, look at it once more.
    pub(crate) async fn look_again_at_group(&self, group: &str, account: &str) -> Result<(), StartError> {
        let planned: BTreeSet<String> = self
            .store()
            .read(|db| Ok(steps::of_group(db, group)?.into_iter().map(|step| step.flow).collect()))?;
        for entry in crate::schedule::chained(self.flows()) {
            let card = entry.card;
            let concerned = planned.contains(card.id) || card.after.iter().any(|before| planned.contains(*before));
            let scope = self
                .scopes(card.id, None)?
                .into_iter()
                .find(|scope| account_of(scope) == account);
            if let (true, Some(scope)) = (concerned, scope) {
                let keys = Some(vec![Key(group.to_owned())]);
                let request = RunRequest {
                    keys,
                    ..RunRequest::new(card.id, scope, Trigger::Chained)
                };
                self.run_when_free(request).await?;
            }
        }
        Ok(())
    }

    /// Runs as soon as the flow's place in the account is free: what a person just did must be seen, even while a
    /// sync is going on. Nothing when that sync outlasts all patience; the next run then looks anyway.
    pub(crate) async fn run_when_free(&self, request: RunRequest) -> Result<Option<Report>, StartError> {
        for _ in 0..PATIENCE {
            match self.run(request.clone()).await {
                Ok(report) => return Ok(Some(report)),
                Err(StartError::AlreadyRunning { .. }) => self.0.clock.sleep(PAUSE).await,
                Err(other) => return Err(other),
            }
        }
        Ok(None)
    }

    /// Looks again at what waited for an answer: the members of a cause, single problems, or, with neither, everything
    /// that waits, asks or failed. Refused writes are planned anew.
    pub async fn retry(&self, cause: Option<&str>, problems: &[i64]) -> Result<Vec<Report>, StartError> {
        let mut wanted = self.keys_of(cause, problems)?;
        if cause.is_none() && problems.is_empty() {
            wanted = self.open_keys()?;
        }
        let mut reports = self.retry_undo(cause, problems).await?;
        for entry in crate::schedule::chained(self.flows()) {
            for scope in self.scopes(entry.card.id, None)? {
                let place = (entry.card.id.to_owned(), account_of(&scope));
                let Some(keys) = wanted.remove(&place) else { continue };
                // A problem of a whole run has no key: then the flow simply runs.
                let keys: Option<Vec<Key>> = if keys.contains("") {
                    None
                } else {
                    Some(keys.into_iter().map(Key).collect())
                };
                let request = RunRequest {
                    keys,
                    ..RunRequest::new(place.0, scope, Trigger::Retry)
                };
                reports.extend(self.run_when_free(request).await?);
            }
        }
        Ok(reports)
    }

    /// An undo that was held up goes on where it stopped.
    async fn retry_undo(&self, cause: Option<&str>, problems: &[i64]) -> Result<Vec<Report>, StartError> {
        let mut groups = BTreeSet::new();
        for problem in self
            .members(cause, problems)?
            .into_iter()
            .filter(|problem| problem.flow == UNDO)
        {
            let step = self
                .store()
                .read(|db| steps::get(db, &problem.step.unwrap_or_default()))?;
            let hold = step.and_then(|step| step.hold).unwrap_or_default();
            groups.extend(hold.strip_prefix("undo:").map(str::to_owned));
        }
        let mut reports = Vec::new();
        for group in groups {
            reports.push(self.undo(&group, "you").await?);
        }
        Ok(reports)
    }

    fn open_keys(&self) -> Result<BTreeMap<(String, String), BTreeSet<String>>, StoreError> {
        let mut wanted = BTreeMap::new();
        for entry in self.flows() {
            let flow = entry.card.id;
            for scope in self.scopes(flow, None)? {
                let account = account_of(&scope);
                let keys = self.store().read(|db| decisions::open_keys(db, flow, &account, MANY))?;
                if !keys.is_empty() {
                    wanted.insert((flow.to_owned(), account), keys.into_iter().collect());
                }
            }
        }
        Ok(wanted)
    }

    /// The subjects behind a cause or single problems, by flow and account.
    fn keys_of(
        &self,
        cause: Option<&str>,
        ids: &[i64],
    ) -> Result<BTreeMap<(String, String), BTreeSet<String>>, StoreError> {
        let mut wanted: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for problem in self.members(cause, ids)? {
            wanted
                .entry((problem.flow, problem.account))
                .or_default()
                .insert(problem.key);
        }
        // Whoever found that a record is gone, it is made again by the flow that made it.
        let gone = cause.and_then(|cause| cause.strip_prefix(crate::problems::GONE));
        if let Some(step) = gone
            .map(|name| self.store().read(|db| steps::get(db, name)))
            .transpose()?
            .flatten()
        {
            wanted.entry((step.flow, step.account)).or_default().insert(step.key);
        }
        Ok(wanted)
    }

    pub(crate) fn members(&self, cause: Option<&str>, ids: &[i64]) -> Result<Vec<Problem>, StoreError> {
        self.store().read(|db| {
            let mut found = Vec::new();
            for id in ids {
                found.extend(problems::get(db, *id)?);
            }
            if let (Some(cause), true) = (cause, ids.is_empty()) {
                found.extend(problems::members(db, Tab::NeedsYou, cause, 0, MANY)?);
                found.extend(problems::members(db, Tab::Retrying, cause, 0, MANY)?);
            }
            Ok(found)
        })
    }

    /// What made or linked a record that a person deleted in NetSuite counts as never done, and so does all that was done to
    /// the record since: the next look at its subject plans it again, under the same name, so that one that is there
    /// after all is found and not doubled (CMN-14, CMN-37). Whether there was such a step.
    pub fn make_again(&self, step: &str, who: &str) -> Result<bool, StoreError> {
        let now = self.0.now();
        self.store().write(|db| {
            let Some(known) = steps::get(db, step)?.filter(|known| known.state == StepState::Done) else {
                return Ok(false);
            };
            let Some(made) = made_record(&known) else {
                return Ok(false);
            };
            let change = steps::Change {
                forget_tries: true,
                ..steps::Change::default()
            };
            for other in steps::of_subject(db, &known.flow, &known.account, &known.key)? {
                let leans = other.needs.contains(&known.name) || record_of(&other) == Some(made);
                if other.state == StepState::Done && (other.name == known.name || leans) {
                    steps::set_state(db, &other.name, StepState::Withdrawn, &change, now)?;
                    links::remove(db, &other.name)?;
                }
            }
            audit::add(db, now, who, "make-again", step, &json!({"record": made.1}))?;
            Ok(true)
        })
    }

    /// Takes a subject in again that a person had left out, and looks at it.
    pub async fn include(&self, flow: &str, scope: Scope, key: &str, who: &str) -> Result<Report, StartError> {
        let now = self.0.now();
        let account = account_of(&scope);
        self.store().write(|db| {
            exclusions::remove(db, flow, &account, key)?;
            decisions::set_state(db, flow, &account, key, State::Waiting)?;
            audit::add(db, now, who, "include", key, &json!({"flow": flow}))
        })?;
        let keys = Some(vec![Key(key.to_owned())]);
        self.run(RunRequest {
            keys,
            ..RunRequest::new(flow, scope, Trigger::Retry)
        })
        .await
    }
}

/// The record that a step made or linked: its type and NetSuite's id. A write with buyer data is sealed, yet what it does
/// stands in clear.
fn made_record(step: &steps::Step) -> Option<(&str, &str)> {
    let write = &step.body["write"];
    let made = match step.body["to"].as_str() {
        Some("net_suite") => matches!(write["do"].as_str(), Some("create" | "transform")),
        Some("local") => write["keep"] == "adopt",
        _ => false,
    };
    record_of(step).filter(|_| made)
}

/// The record that a step is about, as its answer told it or, where nothing was sent, as it says itself.
fn record_of(step: &steps::Step) -> Option<(&str, &str)> {
    let write = &step.body["write"];
    let record = step.record.as_deref().or(write["record"].as_str())?;
    let id = step.record_id.as_deref().or(write["id"].as_str())?;
    Some((record, id))
}
