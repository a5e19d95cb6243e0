//! Record: decisions, planned steps, problems and the cursor, in one transaction. Up to here nothing has been written
//! anywhere else.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::text::Arg;
use flows::flow::{problems_of, steps_of};
use flows::{Judged, Step, Write};
use serde_json::Value;
use store::cursors::{self, Cursor};
use store::decisions::{self, Decision, State};
use store::postings::{self, PostingState};
use store::problems::{self, Tab, Which};
use store::runs::{self, Counts, Trigger};
use store::steps::{self, Change, Outcome, StepState};
use store::{Result, StoreError, Writer, exclusions};
use wire::Failure;

use crate::engine::{Inner, Seat};
use crate::local_write::{self, Kept};
use crate::planned::{Facts, count, fingerprint, hash, next, verdict};
use crate::problems::{asked, json, unknown_word};
use crate::{edits, late, private, remote, settle};

/// One page of decisions to store.
pub(crate) struct Page<'a> {
    pub(crate) seat: &'a Seat,
    pub(crate) trigger: Trigger,
    pub(crate) judged: &'a [Judged],
    /// Where the flow stands after this page; nothing when it looked by key.
    pub(crate) cursor: Option<Cursor>,
    /// What the run had counted before this page.
    pub(crate) counted: Counts,
    /// Hears how many bytes of a document were read, and may stop it.
    pub(crate) reading: &'a dyn Fn(u64) -> std::result::Result<(), Failure>,
}

/// What storing a page changed.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    /// What this page adds to the counts.
    pub(crate) counts: Counts,
    /// Settlements whose lines or summary changed.
    pub(crate) settlements: Vec<String>,
    /// Whether problems were opened or closed.
    pub(crate) problems: bool,
}

/// Stores a page: all of it, or nothing.
pub(crate) fn page(inner: &Inner, page: &Page<'_>) -> Result<Recorded> {
    let now = inner.now();
    inner.store.write(|db| {
        let mut recorded = Recorded::default();
        for judged in page.judged {
            Recording { inner, page, db, now }.subject(judged, &mut recorded)?;
        }
        if let Some(cursor) = &page.cursor {
            cursors::put(db, &page.seat.flow, &page.seat.account, cursor)?;
        }
        runs::count(db, &page.seat.run, plus(page.counted, recorded.counts))?;
        Ok(recorded)
    })
}

struct Recording<'a> {
    inner: &'a Inner,
    page: &'a Page<'a>,
    db: &'a Writer<'a>,
    now: DateTime<Utc>,
}

impl Recording<'_> {
    fn subject(&self, judged: &Judged, recorded: &mut Recorded) -> Result<()> {
        let Self { db, now, .. } = *self;
        let (flow, account, key) = (
            self.page.seat.flow.as_str(),
            self.page.seat.account.as_str(),
            judged.key.0.as_str(),
        );
        recorded.counts.read += 1;
        if exclusions::get(db, flow, account, key)?.is_some() {
            decisions::set_state(db, flow, account, key, State::Excluded)?;
            self.withdraw(key, &BTreeSet::new())?;
            recorded.counts.ignored += 1;
            return Ok(());
        }
        if self.is_retry() {
            steps::doubt(db, flow, account, key)?;
        }
        let previous = decisions::standing(db, flow, account, key)?;
        let fingerprint = fingerprint(judged);
        let decision = match previous {
            Some(previous) if previous.fingerprint == fingerprint && previous.state != State::Excluded => previous.id,
            _ => decisions::insert(db, &self.decision(judged, fingerprint))?,
        };
        let facts = Facts::of(&judged.facts);
        let steps = steps_of(&judged.decision);
        let busy = self.plan(key, decision, steps, facts.marketplace.as_deref(), recorded)?;
        self.problems(judged, facts.marketplace.as_deref(), recorded)?;
        self.unknown_words(judged, recorded)?;
        let state = settle::subject(db, flow, account, key, now)?;
        count(&mut recorded.counts, state, busy);
        Ok(())
    }

    fn decision(&self, judged: &Judged, fingerprint: String) -> Decision {
        let (verdict, reason, state) = verdict(judged);
        let facts = Facts::of(&judged.facts);
        Decision {
            id: 0,
            flow: self.page.seat.flow.clone(),
            account: self.page.seat.account.clone(),
            key: judged.key.0.clone(),
            run: self.page.seat.run.clone(),
            fingerprint,
            verdict,
            reason,
            state,
            facts: json(&judged.facts),
            evidence: judged.evidence.clone(),
            marketplace: facts.marketplace,
            happened_on: facts.date,
            total: facts.total,
            decided_at: self.now,
        }
    }

    /// Plans a decision's steps and withdraws those that it no longer has. Whether anything is left to do or was done.
    fn plan(
        &self,
        key: &str,
        decision: i64,
        wanted: &[Step],
        marketplace: Option<&str>,
        recorded: &mut Recorded,
    ) -> Result<bool> {
        let names: BTreeSet<&str> = wanted.iter().map(|step| step.name.as_str()).collect();
        self.withdraw(key, &names)?;
        let mut busy = false;
        for step in wanted {
            let hash = hash(step);
            let known = steps::get(self.db, &step.name)?;
            let approved = match &step.hold {
                Some(hold) => self.is_approved(hold)? && !late::waits_for_a_word(self.db, hold, key, &step.name)?,
                None => true,
            };
            let next = next(known.as_ref(), &hash, step, approved, self.is_retry());
            let Some(state) = next else { continue };
            busy = true;
            match &step.write {
                Write::NetSuite(_) | Write::Amazon(_) => self.put(key, decision, step, hash, state)?,
                Write::Local(write) => {
                    let kept = local_write::keep(self.db, self.page, step, write, self.now, &mut recorded.settlements)?;
                    self.kept(key, decision, step, hash, marketplace, kept, recorded)?;
                }
            }
        }
        Ok(busy)
    }

    /// A person asked for these very subjects.
    fn is_retry(&self) -> bool {
        matches!(self.page.trigger, Trigger::Retry | Trigger::Ids)
    }

    fn is_approved(&self, hold: &str) -> Result<bool> {
        let posting = postings::newest(self.db, hold)?;
        Ok(posting.is_some_and(|posting| matches!(posting.state, PostingState::Approved | PostingState::Posted)))
    }

    fn put(&self, key: &str, decision: i64, step: &Step, body_hash: String, state: StepState) -> Result<()> {
        let mut needs: BTreeSet<String> = step.needs.iter().map(|need| need.as_str().to_owned()).collect();
        if let Write::NetSuite(write) = &step.write {
            needs.extend(remote::names_in(write));
        }
        let whole = edits::apply(self.db, &step.name, json(&step.write), self.now)?;
        let (masked, has_buyer) = private::masked(&whole);
        let sealed = match (&self.inner.vault, has_buyer) {
            (Some(vault), true) => {
                Some(private::seal(self.db, vault.as_ref(), key, &step.name, &whole, self.now).map_err(nonsense)?)
            }
            _ => None,
        };
        let row = steps::Step {
            body: match (&sealed, &step.write) {
                (Some(_), _) => masked,
                (None, _) => whole,
            },
            sealed,
            needs: needs.into_iter().collect(),
            ..self.row(key, decision, step, body_hash, state)
        };
        steps::put(self.db, &row)
    }

    fn row(&self, key: &str, decision: i64, step: &Step, body_hash: String, state: StepState) -> steps::Step {
        steps::Step {
            name: step.name.clone(),
            decision,
            flow: self.page.seat.flow.clone(),
            account: self.page.seat.account.clone(),
            key: key.to_owned(),
            title: step.title.clone(),
            body: Value::Null,
            sealed: None,
            body_hash,
            needs: Vec::new(),
            expect: step.expect.as_ref().map(json),
            hold: step.hold.clone(),
            link: step.link.as_ref().map(crate::problems::link),
            state,
            outcome: None,
            record: None,
            record_id: None,
            confirmed: false,
            tries: 0,
            next_at: None,
            failure: None,
            planned_at: self.now,
            changed_at: self.now,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one place, and each is a different thing")]
    fn kept(
        &self,
        key: &str,
        decision: i64,
        step: &Step,
        body_hash: String,
        marketplace: Option<&str>,
        kept: Kept,
        recorded: &mut Recorded,
    ) -> Result<()> {
        let state = if matches!(kept, Kept::Refused(_)) {
            StepState::Refused
        } else {
            StepState::Done
        };
        let body = json(&step.write);
        let row = self.row(key, decision, step, body_hash, state);
        let outcome = match kept {
            Kept::New => {
                recorded.counts.created += 1;
                Some(Outcome::Kept)
            }
            Kept::Known => {
                recorded.counts.unchanged += 1;
                Some(Outcome::Kept)
            }
            Kept::Changed => {
                recorded.counts.updated += 1;
                Some(Outcome::Kept)
            }
            Kept::Adopted => {
                recorded.counts.adopted += 1;
                Some(Outcome::Adopted)
            }
            Kept::Refused(problem) => {
                let seat = self.page.seat;
                let mut problem = asked(&problem, &seat.flow, &seat.account, key, marketplace, self.now);
                problem.step = Some(step.name.clone());
                problems::open(self.db, &problem)?;
                recorded.problems = true;
                None
            }
        };
        steps::put(
            self.db,
            &steps::Step {
                body,
                outcome,
                confirmed: true,
                ..row
            },
        )
    }

    /// Takes back what was planned and not sent, and is no longer wanted.
    fn withdraw(&self, key: &str, wanted: &BTreeSet<&str>) -> Result<()> {
        for step in steps::of_subject(self.db, &self.page.seat.flow, &self.page.seat.account, key)? {
            let unsent = matches!(step.state, StepState::Planned | StepState::Held | StepState::Refused);
            if unsent && !wanted.contains(step.name.as_str()) {
                steps::set_state(self.db, &step.name, StepState::Withdrawn, &Change::default(), self.now)?;
            }
        }
        Ok(())
    }

    /// Opens the decision's questions and closes those that no longer stand.
    fn problems(&self, judged: &Judged, marketplace: Option<&str>, recorded: &mut Recorded) -> Result<()> {
        let seat = self.page.seat;
        let key = judged.key.0.as_str();
        let asked_now = problems_of(&judged.decision);
        let causes: Vec<String> = asked_now.iter().map(|problem| problem.cause.clone()).collect();
        let stale = Which {
            flow: Some(&seat.flow),
            account: Some(&seat.account),
            key: Some(key),
            except: &causes,
            keep_about_steps: true,
            ..Which::default()
        };
        let mut closed = problems::close(self.db, &stale, Tab::Resolved, None, None, self.now)?;
        // What a write was asked about is asked by the flow itself now, with all that it knows: one question, not two.
        for known in problems::open_about(self.db, &seat.flow, &seat.account, key)? {
            let again = asked_now.iter().any(|problem| problem.code == known.code);
            if let Some(step) = known.step.as_deref().filter(|_| again) {
                let which = Which {
                    cause: Some(&known.cause),
                    step: Some(step),
                    ..Which::default()
                };
                closed += problems::close(self.db, &which, Tab::Resolved, None, None, self.now)?;
            }
        }
        for problem in asked_now {
            let mut row = asked(problem, &seat.flow, &seat.account, key, marketplace, self.now);
            // The run's rules are as old as the run.
            row.opened_at = seat.since;
            problems::open(self.db, &row)?;
        }
        recorded.problems |= closed > 0 || !asked_now.is_empty();
        Ok(())
    }

    /// A word that Amazon has added since is told once, and holds nothing up (flows.md §3.7).
    fn unknown_words(&self, judged: &Judged, recorded: &mut Recorded) -> Result<()> {
        for fact in judged.facts.iter().filter(|fact| fact.name == flows::UNKNOWN_WORD) {
            let Arg::Text(word) = &fact.value else { continue };
            if !problems::about(self.db, word)?.is_empty() {
                continue;
            }
            let notice = unknown_word(self.page.seat, word, &judged.key.0, self.now);
            problems::open(self.db, &notice)?;
            let which = Which {
                key: Some(word),
                ..Which::default()
            };
            problems::close(self.db, &which, Tab::Resolved, None, None, self.now)?;
            recorded.problems = true;
        }
        Ok(())
    }
}

fn nonsense(error: private::Unreadable) -> StoreError {
    match error {
        private::Unreadable::Store(error) => error,
        other => StoreError::Nonsense {
            what: other.to_string(),
        },
    }
}

/// The sum of two counts.
pub(crate) fn plus(left: Counts, right: Counts) -> Counts {
    Counts {
        read: left.read + right.read,
        created: left.created + right.created,
        updated: left.updated + right.updated,
        adopted: left.adopted + right.adopted,
        unchanged: left.unchanged + right.unchanged,
        ignored: left.ignored + right.ignored,
        waiting: left.waiting + right.waiting,
        needs_you: left.needs_you + right.needs_you,
        errors: left.errors + right.errors,
    }
}
