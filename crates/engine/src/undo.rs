//! Undo of a posting (SET-59): the journal is reversed by a journal of its own, then refunds, credit memos and payments
//! that this group made are deleted, last made first. Each is a recorded step like any other write.
//!
//! What is done to which record is planned first ([`crate::undo_plan`]); an undo that NetSuite could not let through to its
//! end does not begin.

use chrono::NaiveDate;
use domain::{ExternalId, Text};
use flows::Write;
use flows::local::Stage;
use flows::settlements::bank::{settlement_of, subject};
use netsuite::{RecordId, Target};
use serde_json::{Value, json};
use store::decisions::{self, State};
use store::postings::{self, Posting, PostingState};
use store::runs::Trigger;
use store::settlement_reissues::{self, Reissue};
use store::steps::{self, Batch, Change, Step, StepState};
use store::{Reader, StoreError, audit, links, settlement_choices};

use crate::engine::Engine;
use crate::person::APPROVAL;
use crate::problems::json as value;
use crate::request::{Report, StartError};
use crate::undo_plan::{Does, ORDER, UndoPlan, UndoStep, Why, reversible};
use crate::{remote, run};

/// The flow that an undo's steps belong to: no flow of the catalogue may send them out of turn.
pub(crate) const UNDO: &str = "undo";

/// The group of the writes that take a group back.
pub fn undo_hold(group: &str) -> String {
    format!("{UNDO}:{group}")
}

impl Engine {
    /// The only records that an undo is about, while it makes room for what a new file says (SET-61).
    pub(crate) fn taking_back(&self, group: &str) -> Result<Option<Vec<String>>, StoreError> {
        let reissue = self.store().read(|db| settlement_reissues::taking_back(db, group))?;
        Ok(reissue.and_then(|one| one.taking_back))
    }

    /// Takes a group's posting back. When every write got through, the group's next posting is a new revision.
    pub async fn undo(&self, group: &str, who: &str) -> Result<Report, StartError> {
        let now = self.0.now();
        let of_group = self.store().read(|db| belonging(db, group))?;
        let account = of_group
            .first()
            .map(|step| step.account.clone())
            .ok_or_else(|| StartError::NothingHeld(group.to_owned()))?;
        self.may_be_undone(group, &of_group)?;
        let hold = undo_hold(group);
        let seat = self.0.sit_as(&hold, &account)?;
        // Nothing of the group is sent meanwhile.
        let _approval = self.0.sit_as(&format!("{APPROVAL}:{group}"), &account)?;
        let only = self.taking_back(group)?;
        let plan = self.undo_plan(group, &of_group, only.as_deref()).await?;
        plan.may_begin(group)?;
        self.store().write(|db| {
            // What is approved and not sent yet is not sent any more.
            for step in &of_group {
                if matches!(step.state, StepState::Planned | StepState::Held | StepState::Refused) {
                    steps::set_state(db, &step.name, StepState::Withdrawn, &Change::default(), now)?;
                }
            }
            for undone in &plan.steps {
                let Some(step) = of_group.iter().find(|step| step.name == undone.name) else {
                    continue;
                };
                if let Some(row) = reversal(step, undone, &hold, now) {
                    let known = steps::get(db, &row.name)?;
                    if known.is_none_or(|known| matches!(known.state, StepState::Refused | StepState::Withdrawn)) {
                        steps::put(db, &row)?;
                    }
                }
            }
            mark(db, group, PostingState::Undoing, who, now)?;
            let left: Vec<&str> = plan.left.iter().map(|one| one.name.as_str()).collect();
            let detail = json!({"records": plan.steps.len(), "left": left, "not_sent": plan.withdrawn});
            audit::add(db, now, who, UNDO, group, &detail)
        })?;
        self.settlement_changed(group);
        let batch = Batch::Group(hold.clone());
        let report = run::only_apply(self, seat, Trigger::Undo, batch, 1).await;
        self.note_undone(group, &hold, &of_group, &plan, who)?;
        self.look_again_at_group(group, &account).await?;
        self.settlement_changed(group);
        Ok(report)
    }

    /// A closed settlement is not undone, and none while the fate of one of its writes is unknown.
    fn may_be_undone(&self, group: &str, of_group: &[Step]) -> Result<(), StartError> {
        let settlement = settlement_of(group).unwrap_or(group);
        let is_closed = self.store().read(|db| crate::settlements::stage(db, settlement))? == Stage::Closed;
        let in_the_air = of_group
            .iter()
            .any(|step| matches!(step.state, StepState::Sending | StepState::Unanswered));
        let reason = match (is_closed, in_the_air) {
            (true, _) => "why-not-closed",
            (false, true) => "why-not-posting",
            (false, false) => return Ok(()),
        };
        Err(StartError::NotReady {
            group: group.to_owned(),
            reasons: vec![Text::new(reason)],
        })
    }

    /// Undoes that a crash cut short. Those that were refused wait for a person.
    fn cut_short(&self) -> Result<Vec<Posting>, StoreError> {
        self.store().read(|db| {
            let mut cut = Vec::new();
            for posting in postings::in_state(db, PostingState::Undoing)? {
                let steps = steps::of_group(db, &undo_hold(&posting.hold))?;
                if !steps.iter().any(|step| step.state == StepState::Refused) {
                    cut.push(posting);
                }
            }
            Ok(cut)
        })
    }

    pub(crate) fn is_undo_cut_short(&self) -> Result<bool, StoreError> {
        Ok(!self.cut_short()?.is_empty())
    }

    /// Goes on with every undo that a crash cut short.
    pub(crate) async fn finish_undoing(&self) -> Result<(), StartError> {
        for posting in self.cut_short()? {
            match self.undo(&posting.hold, &posting.who).await {
                Ok(_)
                | Err(
                    StartError::AlreadyRunning { .. }
                    | StartError::NothingHeld(_)
                    | StartError::NotReady { .. }
                    | StartError::Unasked(_),
                ) => (),
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// What was taken back is marked so, its link forgotten; once nothing else is left the group is undone.
    fn note_undone(
        &self,
        group: &str,
        hold: &str,
        of_group: &[Step],
        plan: &UndoPlan,
        who: &str,
    ) -> Result<(), StoreError> {
        let now = self.0.now();
        self.store().write(|db| {
            let done = steps::of_group(db, hold)?;
            let is_through = |name: &str| {
                done.iter()
                    .any(|undo| undo.name == name && undo.state == StepState::Done)
            };
            let mut all = true;
            for step in reversible(of_group) {
                let planned = plan.steps.iter().find(|one| one.name == step.name);
                let is_gone = plan
                    .left
                    .iter()
                    .any(|one| one.name == step.name && one.why == Why::Gone);
                let through = planned.is_some_and(|one| is_through(&name(step, one.does)));
                if through || is_gone {
                    steps::set_state(db, &step.name, StepState::Undone, &Change::default(), now)?;
                    links::remove(db, &step.name)?;
                    decisions::set_state(db, &step.flow, &step.account, &step.key, State::Undone)?;
                }
                all &= planned.is_none() || through;
            }
            if !all {
                return Ok(());
            }
            if let Some(reissue) = settlement_reissues::taking_back(db, group)? {
                let done = Reissue {
                    taking_back: None,
                    ..reissue
                };
                settlement_reissues::put(db, &done)?;
                // What the bank has stays as it was entered: only a part is posted anew.
                return mark(db, group, PostingState::Undone, who, now);
            }
            mark(db, group, PostingState::Undone, who, now)?;
            // What the bank has of it is entered anew once it is posted again (SET-53).
            let settlement = settlement_of(group).unwrap_or(group);
            let was_entered = settlement_choices::clear(db, settlement, settlement_choices::BANK)?;
            if was_entered && settlement == group {
                mark(db, &subject(settlement), PostingState::Undone, who, now)?;
            }
            Ok(())
        })
    }
}

/// The writes that an undo of a group is about: its own, and the journal of its bank, which leans on them (SET-53).
pub(crate) fn belonging(db: &Reader<'_>, group: &str) -> Result<Vec<Step>, StoreError> {
    if let Some(settlement) = settlement_of(group) {
        return crate::bank::written(db, settlement);
    }
    let mut steps = steps::of_group(db, group)?;
    steps.extend(crate::bank::written(db, group)?);
    Ok(steps)
}

pub(crate) fn mark(
    db: &store::Writer<'_>,
    group: &str,
    state: PostingState,
    who: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> store::Result<()> {
    let revision = postings::newest(db, group)?.map_or(1, |posting| posting.revision);
    postings::put(
        db,
        &Posting {
            hold: group.to_owned(),
            revision,
            state,
            who: who.to_owned(),
            changed_at: now,
        },
    )
}

fn name(step: &Step, does: Does) -> String {
    match does {
        Does::Reverse => format!("{}-REV", step.name),
        Does::Delete => format!("UNDO-{}", step.name),
    }
}

/// The step that takes one record back.
fn reversal(step: &Step, undone: &UndoStep, hold: &str, now: chrono::DateTime<chrono::Utc>) -> Option<Step> {
    let record = ORDER
        .into_iter()
        .find(|record| step.record.as_deref() == Some(record.rest_name()))?;
    let name = name(step, undone.does);
    let (write, title) = match undone.does {
        Does::Reverse => {
            let external_id: ExternalId = remote::external_id(&name)?;
            let day = undone.moved.as_ref().and_then(|moved| moved.to);
            let body = reversed(&step.body["write"]["body"], day);
            let write = netsuite::Write::Create {
                record,
                external_id,
                body,
            };
            (write, "step-reverse-journal")
        }
        Does::Delete => {
            let target = Target::Id(RecordId(step.record_id.clone()?));
            (netsuite::Write::Delete { record, target }, "step-delete-record")
        }
    };
    let body = value(&Write::NetSuite(write));
    Some(Step {
        title: Text::new(title).with("record", record.rest_name()),
        body_hash: crate::local_write::hex(&<sha2::Sha256 as sha2::Digest>::digest(body.to_string())),
        body,
        sealed: None,
        needs: Vec::new(),
        expect: None,
        hold: Some(hold.to_owned()),
        link: step.link.as_ref().map(|(_, key)| ("reversal".to_owned(), key.clone())),
        state: StepState::Planned,
        outcome: None,
        record: None,
        record_id: None,
        confirmed: false,
        tries: 0,
        next_at: None,
        failure: None,
        planned_at: now,
        changed_at: now,
        name,
        flow: UNDO.to_owned(),
        ..step.clone()
    })
}

/// The same journal with debits and credits changed over, on its own day or, where that is in a closed period, on
/// another one that its memo explains (SET-52).
fn reversed(body: &Value, day: Option<NaiveDate>) -> Value {
    let mut copy = body.clone();
    let own_day = copy["tranDate"].as_str().map(str::to_owned);
    let lines = copy
        .get_mut("line")
        .and_then(|line| line.get_mut("items"))
        .and_then(Value::as_array_mut);
    for line in lines.into_iter().flatten() {
        if let Value::Object(fields) = line {
            *fields = std::mem::take(fields)
                .into_iter()
                .map(|(name, value)| match name.as_str() {
                    "debit" => ("credit".to_owned(), value),
                    "credit" => ("debit".to_owned(), value),
                    _ => (name, value),
                })
                .collect();
        }
    }
    if let Value::Object(fields) = &mut copy
        && let Some(Value::String(memo)) = fields.get("memo")
    {
        let memo = match (day, &own_day) {
            (Some(_), Some(own)) => format!("{memo} (undone, of {own})"),
            _ => format!("{memo} (undone)"),
        };
        fields.insert("memo".to_owned(), Value::from(memo));
    }
    if let (Value::Object(fields), Some(day)) = (&mut copy, day) {
        fields.insert("tranDate".to_owned(), Value::from(day.to_string()));
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_59_a_reversal_of_a_closed_month_is_dated_in_an_open_one_and_says_of_which_day_it_is() {
        let body = json!({"memo": "Amazon settlement 1", "tranDate": "2026-10-31", "line": {"items": []}});
        let back = reversed(&body, NaiveDate::from_ymd_opt(2026, 11, 1));
        assert_eq!(back["tranDate"], "2026-11-01");
        assert_eq!(back["memo"], "Amazon settlement 1 (undone, of 2026-10-31)");
        assert_eq!(reversed(&body, None)["tranDate"], "2026-10-31");
    }

    #[test]
    fn set_59_a_reversal_changes_debits_and_credits_over() {
        let body = json!({"memo": "Amazon settlement 1", "line": {"items": [
            {"account": {"id": "1"}, "debit": 12.40}, {"account": {"id": "2"}, "credit": 12.40},
        ]}});
        let back = reversed(&body, None);
        assert_eq!(
            back["line"]["items"][0],
            json!({"account": {"id": "1"}, "credit": 12.40})
        );
        assert_eq!(
            back["line"]["items"][1],
            json!({"account": {"id": "2"}, "debit": 12.40})
        );
    }
}
