//! Undo of a posting (SET-59): the journal is reversed by a journal of its own, then refunds, credit memos and payments
//! that this group made are deleted, last made first. Each is a recorded step like any other write.

use domain::{ExternalId, Text};
use flows::Write;
use netsuite::{RecordId, RecordType, Target};
use serde::Serialize;
use serde_json::{Value, json};
use store::decisions::{self, State};
use store::postings::{self, Posting, PostingState};
use store::runs::Trigger;
use store::steps::{self, Batch, Change, Outcome, Step, StepState};
use store::{StoreError, audit, links};

use crate::engine::Engine;
use crate::event::Event;
use crate::problems::json as value;
use crate::remote;
use crate::request::{Report, StartError};
use crate::run;

/// What an undo will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct UndoPlan {
    /// The writes, in the order in which they are sent.
    pub steps: Vec<UndoStep>,
    /// Records that were there before the app: they stay.
    pub left: Vec<UndoStep>,
}

/// One record of an undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndoStep {
    /// The step that made the record.
    pub name: String,
    /// What happens to it, in the seller's words.
    pub title: Text,
    /// The record's type.
    pub record: String,
    /// NetSuite's id of it.
    pub record_id: String,
    /// The number that people see.
    pub document: Option<String>,
}

/// The flow that an undo's steps belong to: no flow of the catalogue may send them out of turn.
pub(crate) const UNDO: &str = "undo";

/// Records are taken back so that nothing is deleted while another one still leans on it.
const ORDER: [RecordType; 5] = [
    RecordType::JournalEntry,
    RecordType::CustomerRefund,
    RecordType::CashRefund,
    RecordType::CreditMemo,
    RecordType::CustomerPayment,
];

impl Engine {
    /// What taking a group's posting back would do. Writes nothing.
    pub fn undo_preview(&self, group: &str) -> Result<UndoPlan, StoreError> {
        self.store().read(|db| {
            let mut plan = UndoPlan::default();
            for step in reversible(steps::of_group(db, group)?) {
                let document = links::named(db, &step.name)?.and_then(|link| link.document);
                let record = step.record.clone().unwrap_or_default();
                let adopted = step.outcome == Some(Outcome::Adopted);
                let title = match (adopted, record.as_str()) {
                    (true, _) => "undo-left-as-it-was",
                    (false, "journalEntry") => "undo-reverse-journal",
                    (false, _) => "undo-delete-record",
                };
                let shown = document.clone().or(step.record_id.clone()).unwrap_or_default();
                let undone = UndoStep {
                    title: Text::new(title).with("record", record.as_str()).with("document", shown),
                    name: step.name,
                    record,
                    record_id: step.record_id.unwrap_or_default(),
                    document,
                };
                if adopted {
                    plan.left.push(undone);
                } else {
                    plan.steps.push(undone);
                }
            }
            Ok(plan)
        })
    }

    /// Takes a group's posting back. When every write got through, the group's next posting is a new revision.
    pub async fn undo(&self, group: &str, who: &str) -> Result<Report, StartError> {
        let now = self.0.now();
        let made: Vec<Step> = self.store().read(|db| {
            let steps = reversible(steps::of_group(db, group)?);
            Ok(steps
                .into_iter()
                .filter(|step| step.outcome != Some(Outcome::Adopted))
                .collect())
        })?;
        let account = made
            .first()
            .map(|step| step.account.clone())
            .ok_or_else(|| StartError::NothingHeld(group.to_owned()))?;
        let seat = self.0.sit_as(&format!("{UNDO}:{group}"), &account)?;
        let hold = format!("{UNDO}:{group}");
        self.store().write(|db| {
            // What is approved and not sent yet is not sent any more.
            for step in steps::of_group(db, group)? {
                if matches!(step.state, StepState::Planned | StepState::Held | StepState::Refused) {
                    steps::set_state(db, &step.name, StepState::Withdrawn, &Change::default(), now)?;
                }
            }
            for step in &made {
                if let Some(row) = reversal(step, &hold, now) {
                    let known = steps::get(db, &row.name)?;
                    if known.is_none_or(|known| matches!(known.state, StepState::Refused | StepState::Withdrawn)) {
                        steps::put(db, &row)?;
                    }
                }
            }
            mark(db, group, PostingState::Undoing, who, now)?;
            audit::add(db, now, who, UNDO, group, &json!({"records": made.len()}))
        })?;
        self.0.tell(Event::SettlementChanged {
            settlement: group.to_owned(),
        });
        let batch = Batch::Group(hold.clone());
        let report = run::only_apply(self, seat, Trigger::Undo, batch, 1).await;
        self.note_undone(group, &hold, &made, who)?;
        self.look_again_at_group(group, &account).await?;
        self.0.tell(Event::SettlementChanged {
            settlement: group.to_owned(),
        });
        Ok(report)
    }

    /// Undoes that a crash cut short. Those that were refused wait for a person.
    fn cut_short(&self) -> Result<Vec<Posting>, StoreError> {
        self.store().read(|db| {
            let mut cut = Vec::new();
            for posting in postings::in_state(db, PostingState::Undoing)? {
                let steps = steps::of_group(db, &format!("{UNDO}:{}", posting.hold))?;
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
                Ok(_) | Err(StartError::AlreadyRunning { .. } | StartError::NothingHeld(_)) => (),
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// What was taken back is marked so, its link forgotten; once nothing is left the group is undone.
    fn note_undone(&self, group: &str, hold: &str, made: &[Step], who: &str) -> Result<(), StoreError> {
        let now = self.0.now();
        self.store().write(|db| {
            let done = steps::of_group(db, hold)?;
            let mut all = true;
            for step in made {
                let through = done
                    .iter()
                    .any(|undo| undo.name == name(step) && undo.state == StepState::Done);
                if through {
                    steps::set_state(db, &step.name, StepState::Undone, &Change::default(), now)?;
                    links::remove(db, &step.name)?;
                    decisions::set_state(db, &step.flow, &step.account, &step.key, State::Undone)?;
                }
                all &= through;
            }
            if all {
                mark(db, group, PostingState::Undone, who, now)
            } else {
                Ok(())
            }
        })
    }
}

fn mark(
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

/// The finished steps whose records an undo is about, in the order of the undo, last made first.
fn reversible(steps: Vec<Step>) -> Vec<Step> {
    let place = |step: &Step| {
        ORDER
            .iter()
            .position(|record| step.record.as_deref() == Some(record.rest_name()))
    };
    let done = steps
        .into_iter()
        .rev()
        .filter(|step| step.state == StepState::Done && step.record_id.is_some());
    let mut found: Vec<(usize, Step)> = done.filter_map(|step| Some((place(&step)?, step))).collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, step)| step).collect()
}

fn name(step: &Step) -> String {
    if step.record.as_deref() == Some(RecordType::JournalEntry.rest_name()) {
        format!("{}-REV", step.name)
    } else {
        format!("UNDO-{}", step.name)
    }
}

/// The step that takes one record back.
fn reversal(step: &Step, hold: &str, now: chrono::DateTime<chrono::Utc>) -> Option<Step> {
    let record = ORDER
        .into_iter()
        .find(|record| step.record.as_deref() == Some(record.rest_name()))?;
    let name = name(step);
    let (write, title) = if record == RecordType::JournalEntry {
        let external_id: ExternalId = remote::external_id(&name)?;
        let body = reversed(&step.body["write"]["body"]);
        (
            netsuite::Write::Create {
                record,
                external_id,
                body,
            },
            "step-reverse-journal",
        )
    } else {
        let target = Target::Id(RecordId(step.record_id.clone()?));
        (netsuite::Write::Delete { record, target }, "step-delete-record")
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

/// The same journal with debits and credits changed over.
fn reversed(body: &Value) -> Value {
    let mut copy = body.clone();
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
        let memo = format!("{memo} (undone)");
        fields.insert("memo".to_owned(), Value::from(memo));
    }
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_59_a_reversal_changes_debits_and_credits_over() {
        let body = json!({"memo": "Amazon settlement 1", "line": {"items": [
            {"account": {"id": "1"}, "debit": 12.40}, {"account": {"id": "2"}, "credit": 12.40},
        ]}});
        let back = reversed(&body);
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
