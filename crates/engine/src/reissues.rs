//! A settlement that Amazon issued again (SET-61): a person takes the new file, and only what it makes wrong is taken back
//! and posted anew; or what is posted is kept, with a reason. Each is written to the trail.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ExternalId;
use domain::settlement::reissue::{Difference, compare};
use flows::Local as _;
use flows::local::Stage;
use flows::settlements::reissue::{Changed, Telling, changed};
use flows::settlements::together::orders_of;
use rust_decimal::Decimal;
use serde_json::json;
use store::decisions::{self, State};
use store::postings::PostingState;
use store::problems::{self, Tab, Which};
use store::settlement_reissues::{self, Issue, Reissue, ReissueState};
use store::steps::{self, Change, StepState};
use store::{Reader, StoreError, Writer, audit, settlement_lines, settlements};

use crate::choices::NotChosen;
use crate::engine::Engine;
use crate::local::LocalFacts;
use crate::request::StartError;
use crate::undo::mark;
use crate::undo_plan::UndoPlan;

/// The flow that finds re-issues while it imports files.
const RECORDS: &str = "settlement-records";

/// What accepting a re-issue comes to.
struct Accepting {
    reissue: Reissue,
    /// The document that stands.
    replaces: String,
    issue: Issue,
    difference: Difference,
    changed: Changed,
    stage: Stage,
    /// The records that are taken back, by the steps that made them.
    names: Vec<String>,
}

impl Engine {
    /// What accepting the new file of a settlement would take back, after a look at NetSuite. Writes nothing.
    pub async fn reissue_preview(&self, id: &str) -> Result<Result<UndoPlan, NotChosen>, StartError> {
        let accepting = match self.accepting(id).await? {
            Ok(accepting) => accepting,
            Err(why) => return Ok(Err(why)),
        };
        if accepting.stage != Stage::Posted || accepting.changed.is_empty() {
            return Ok(Ok(UndoPlan::default()));
        }
        let of_group = self.store().read(|db| steps::of_group(db, id))?;
        Ok(Ok(self.undo_plan(id, &of_group, Some(&accepting.names)).await?))
    }

    /// Takes the new file of a settlement in the place of the first one. Of a posted one, the records that it makes wrong
    /// are taken back, and what it says is posted as the next revision as soon as nothing keeps it back.
    pub async fn accept_reissue(&self, id: &str, who: &str) -> Result<Result<(), NotChosen>, StartError> {
        let accepting = match self.accepting(id).await? {
            Ok(accepting) => accepting,
            Err(why) => return Ok(Err(why)),
        };
        let takes_back = accepting.stage == Stage::Posted && !accepting.changed.is_empty();
        if takes_back {
            // Asked before anything is changed here: without NetSuite nothing begins.
            let of_group = self.store().read(|db| steps::of_group(db, id))?;
            self.undo_plan(id, &of_group, Some(&accepting.names))
                .await?
                .may_begin(id)?;
        }
        let now = self.0.now();
        self.store().write(|db| {
            settlement_reissues::accept(db, &accepting.issue, &accepting.difference.kept)?;
            let taking_back = takes_back.then(|| accepting.names.clone());
            let decided = Reissue {
                state: ReissueState::Accepted,
                replaced: Some(accepting.replaces.clone()),
                taking_back,
                who: who.to_owned(),
                decided_at: Some(now),
                ..accepting.reissue.clone()
            };
            settlement_reissues::put(db, &decided)?;
            for group in &accepting.changed.gone {
                forget(db, &format!("{id}/{group}"), now)?;
            }
            if takes_back {
                mark(db, id, PostingState::Undoing, who, now)?;
            }
            settled(db, &decided.archive, State::Done, who, now)?;
            let detail = json!({
                "file": decided.archive, "instead_of": decided.replaced, "rows": accepting.difference.rows.len(),
                "takes_back": decided.taking_back,
            });
            audit::add(db, now, who, "accept-reissue", id, &detail)
        })?;
        self.0.tell_problems();
        if takes_back {
            self.undo(id, who).await?;
            self.post_again(id, who).await?;
        } else {
            self.look_at_settlement(id).await?;
        }
        self.settlement_changed(id);
        Ok(Ok(()))
    }

    /// Keeps what is posted, with a reason: the new file stays in the archive and changes nothing.
    pub fn keep_posted(&self, id: &str, reason: &str, who: &str) -> Result<Result<(), NotChosen>, StoreError> {
        let now = self.0.now();
        let kept = self.store().write(|db| {
            let Some(open) = settlement_reissues::open(db, id)? else {
                return Ok(Err(NotChosen::Nothing));
            };
            let decided = Reissue {
                state: ReissueState::Kept,
                reason: reason.to_owned(),
                who: who.to_owned(),
                decided_at: Some(now),
                ..open
            };
            settlement_reissues::put(db, &decided)?;
            settled(db, &decided.archive, State::Ignored, who, now)?;
            let detail = json!({"file": decided.archive, "reason": reason});
            audit::add(db, now, who, "keep-posted", id, &detail)?;
            Ok(Ok(()))
        })?;
        self.0.tell_problems();
        self.settlement_changed(id);
        Ok(kept)
    }

    /// Posts what the new file says, unless something keeps it back: then it waits for a person like any other.
    async fn post_again(&self, id: &str, who: &str) -> Result<(), StartError> {
        let is_undone = self.store().read(|db| crate::settlements::stage(db, id))? == Stage::Undone;
        if !is_undone {
            return Ok(());
        }
        match self.approve(id, who).await {
            Ok(_) | Err(StartError::NotWhole(_) | StartError::NotReady { .. } | StartError::NothingHeld(_)) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// The re-issue of a settlement that a person may accept now, with everything that it changes.
    async fn accepting(&self, id: &str) -> Result<Result<Accepting, NotChosen>, StartError> {
        let found = self.store().read(|db| {
            let (Some(stored), Some(reissue)) = (settlements::get(db, id)?, settlement_reissues::open(db, id)?) else {
                return Ok(None);
            };
            let told = settlement_reissues::read_in(db, &reissue.archive, id)?;
            let stage = crate::settlements::stage(db, id)?;
            let lines = settlement_lines::all(db, id)?;
            Ok(told.map(|(issue, new)| (stored, reissue, issue, new, stage, lines)))
        })?;
        let Some((stored, reissue, issue, new, stage, lines)) = found else {
            return Ok(Err(NotChosen::Nothing));
        };
        if !matches!(stage, Stage::Open | Stage::Undone | Stage::Posted) {
            return Ok(Err(NotChosen::TooLate));
        }
        let local = LocalFacts {
            store: self.store().clone(),
            vault: None,
            again: false,
            now: self.0.now(),
        };
        let all = local.settlements().await.map_err(StartError::Unasked)?;
        let Some(known) = all.into_iter().find(|one| one.header.id == id) else {
            return Ok(Err(NotChosen::Unknown));
        };
        let difference = compare(&lines, new);
        let before = Telling {
            header: &stored.header,
            lines: &lines,
        };
        let after = Telling {
            header: &issue.proof.header,
            lines: &difference.kept,
        };
        let changed = changed(&local, &self.rules()?, &known, before, after)
            .await
            .map_err(StartError::Unasked)?;
        let names = self.store().read(|db| {
            let standing = steps::standing(db, id)?.into_iter();
            let together = paid_together(db, id)?;
            let wrong = standing.filter(|(of, name)| match together.get(name) {
                Some(orders) => orders.is_empty() || changed.takes_back_shared(orders.keys()),
                None => changed.takes_back(id, name, of),
            });
            Ok(wrong.map(|(_, name)| name).collect())
        })?;
        Ok(Ok(Accepting {
            reissue,
            replaces: stored.archive,
            issue,
            difference,
            changed,
            stage,
            names,
        }))
    }
}

/// What each order was paid by a settlement's payments that several orders share (SET-26), by the payment's name: the
/// decision that wrote one remembers it.
pub fn paid_together(
    db: &Reader<'_>,
    settlement: &str,
) -> Result<BTreeMap<String, BTreeMap<String, Decimal>>, StoreError> {
    let mut together = BTreeMap::new();
    for (_, name) in steps::standing(db, settlement)? {
        if !ExternalId::is_payment_of_customer(settlement, &name) {
            continue;
        }
        let decision = match steps::get(db, &name)? {
            Some(step) => decisions::get(db, step.decision)?,
            None => None,
        };
        let orders = decision.map(|decision| orders_of(&decision.evidence));
        together.insert(name, orders.unwrap_or_default());
    }
    Ok(together)
}

/// What was open about a group that is not in the settlement any more.
fn forget(db: &Writer<'_>, key: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let which = Which {
        key: Some(key),
        ..Which::default()
    };
    problems::close(db, &which, Tab::Resolved, None, None, now)?;
    for step in steps::about(db, key)? {
        if matches!(step.state, StepState::Planned | StepState::Held | StepState::Refused) {
            steps::set_state(db, &step.name, StepState::Withdrawn, &Change::default(), now)?;
        }
    }
    for decision in decisions::about(db, key)? {
        if !matches!(decision.state, State::Done | State::Undone) {
            decisions::set_state(db, &decision.flow, &decision.account, key, State::Ignored)?;
        }
    }
    Ok(())
}

/// Once somebody has said what becomes of all that a document tells otherwise, nobody is asked about it any more.
pub(crate) fn settled(
    db: &Writer<'_>,
    archive: &str,
    state: State,
    who: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if settlement_reissues::is_open_in(db, archive)? {
        return Ok(());
    }
    let which = Which {
        flow: Some(RECORDS),
        key: Some(archive),
        ..Which::default()
    };
    problems::close(db, &which, Tab::Resolved, Some(who), None, now)?;
    for step in steps::about(db, archive)? {
        if step.flow == RECORDS && step.state == StepState::Refused {
            steps::set_state(db, &step.name, StepState::Withdrawn, &Change::default(), now)?;
        }
    }
    for decision in decisions::about(db, archive)? {
        if decision.flow == RECORDS {
            decisions::set_state(db, RECORDS, &decision.account, archive, state)?;
        }
    }
    Ok(())
}
