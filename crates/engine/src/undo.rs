//! Undo of a posting (SET-59): the journal is reversed by a journal of its own, then refunds, credit memos and payments
//! that this group made are deleted, last made first. Each is a recorded step like any other write.
//!
//! NetSuite is looked at first, so that the preview tells what is there now: records that people changed or deleted stay
//! as they are, and a reversal is dated in an open period.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::{ExternalId, Text};
use flows::Write;
use flows::orders::closed_on;
use flows::settlements::Summary;
use netsuite::queries::{self, Known};
use netsuite::{RecordId, RecordType, Target, suiteql};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};
use store::decisions::{self, State};
use store::postings::{self, Posting, PostingState};
use store::runs::Trigger;
use store::steps::{self, Batch, Change, Outcome, Step, StepState};
use store::settlement_reissues::{self, Reissue};
use store::{Reader, StoreError, audit, links};
use wire::cancel::Cancel;
use wire::{Failure, ReadLine};

use crate::engine::Engine;
use crate::event::Event;
use crate::person::APPROVAL;
use crate::problems::json as value;
use crate::remote;
use crate::request::{Report, StartError};
use crate::{rules, run};

/// What an undo will do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct UndoPlan {
    /// The writes, in the order in which they are sent.
    pub steps: Vec<UndoStep>,
    /// Records that stay as they are.
    pub left: Vec<Left>,
    /// Writes that were approved and not sent: they are not sent any more.
    pub withdrawn: usize,
}

/// One record of an undo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UndoStep {
    /// The step that made the record.
    pub name: String,
    /// What happens to it.
    pub does: Does,
    /// The record's type.
    pub record: String,
    /// NetSuite's id of it.
    pub record_id: String,
    /// The number that people see.
    pub document: Option<String>,
    /// The closed period that its own day falls into.
    pub moved: Option<Moved>,
}

/// What an undo does to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Does {
    /// A journal of its own takes it back.
    Reverse,
    /// It is deleted.
    Delete,
}

/// A record's day falls into a period that is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// NetSuite's name of the period.
    pub period: String,
    /// The first open day, on which a reversal is dated; nothing where there is none, or where a record would have to be
    /// deleted, which NetSuite refuses in a closed period.
    pub to: Option<NaiveDate>,
}

/// A record that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Left {
    /// The step that made it or linked it.
    pub name: String,
    /// Why it stays.
    pub why: Why,
    /// The record's type.
    pub record: String,
    /// The number that people see, else NetSuite's id.
    pub document: String,
}

/// Why a record stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Why {
    /// It was there before the app.
    Adopted,
    /// A person changed its amount since.
    Edited,
    /// A person deleted it already.
    Gone,
}

/// The flow that an undo's steps belong to: no flow of the catalogue may send them out of turn.
pub(crate) const UNDO: &str = "undo";

/// The group of the writes that take a group back.
pub fn undo_hold(group: &str) -> String {
    format!("{UNDO}:{group}")
}

/// Records are taken back so that nothing is deleted while another one still leans on it.
const ORDER: [RecordType; 5] = [
    RecordType::JournalEntry,
    RecordType::CustomerRefund,
    RecordType::CashRefund,
    RecordType::CreditMemo,
    RecordType::CustomerPayment,
];

impl Engine {
    /// What taking a group's posting back would do, after a look at NetSuite. Writes nothing.
    pub async fn undo_preview(&self, group: &str) -> Result<UndoPlan, StartError> {
        let of_group = self.store().read(|db| steps::of_group(db, group))?;
        let only = self.taking_back(group)?;
        Ok(self.undo_plan(group, &of_group, only.as_deref()).await?)
    }

    /// The only records that an undo is about, while it makes room for what a new file says (SET-61).
    fn taking_back(&self, group: &str) -> Result<Option<Vec<String>>, StoreError> {
        let reissue = self.store().read(|db| settlement_reissues::taking_back(db, group))?;
        Ok(reissue.and_then(|one| one.taking_back))
    }

    /// Takes a group's posting back. When every write got through, the group's next posting is a new revision.
    pub async fn undo(&self, group: &str, who: &str) -> Result<Report, StartError> {
        let now = self.0.now();
        let of_group = self.store().read(|db| steps::of_group(db, group))?;
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
        self.0.tell(Event::SettlementChanged {
            settlement: group.to_owned(),
        });
        let batch = Batch::Group(hold.clone());
        let report = run::only_apply(self, seat, Trigger::Undo, batch, 1).await;
        self.note_undone(group, &hold, &of_group, &plan, who)?;
        self.look_again_at_group(group, &account).await?;
        self.0.tell(Event::SettlementChanged {
            settlement: group.to_owned(),
        });
        Ok(report)
    }

    /// A closed settlement is not undone, and none while the fate of one of its writes is unknown.
    fn may_be_undone(&self, group: &str, of_group: &[Step]) -> Result<(), StartError> {
        let is_closed = self.store().read(|db| crate::settlements::stage(db, group))? == flows::local::Stage::Closed;
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

    /// What an undo would do to all records of a group, or to some of them.
    pub(crate) async fn undo_plan(
        &self,
        group: &str,
        of_group: &[Step],
        only: Option<&[String]>,
    ) -> Result<UndoPlan, UndoFailed> {
        let mut made = reversible(of_group);
        made.retain(|step| only.is_none_or(|names| names.contains(&step.name)));
        let line = Arc::clone(&self.0.connections().netsuite).seat(Cancel::new());
        let reads = ReadLine::new(line.as_ref());
        let names: Vec<ExternalId> = made.iter().filter_map(|step| remote::external_id(&step.name)).collect();
        let known = suiteql::all(&reads, queries::by_external_id(&names)).await?;
        let known: BTreeMap<String, Known> = known
            .into_iter()
            .filter_map(|one| Some((one.external_id.clone()?, one)))
            .collect();
        let periods = suiteql::all(&reads, vec![queries::periods()]).await?;
        let deletes = self.store().read(|db| deletes_journals(db, group, self.0.now()))?;
        let mut plan = UndoPlan {
            withdrawn: of_group
                .iter()
                .filter(|step| matches!(step.state, StepState::Planned | StepState::Refused))
                .count(),
            ..UndoPlan::default()
        };
        self.store().read(|db| {
            for step in made {
                let record = step.record.clone().unwrap_or_default();
                let known = known.get(&step.name);
                let linked = links::named(db, &step.name)?.and_then(|link| link.document);
                let document = linked.or(known.map(|one| one.number.clone()).filter(|number| !number.is_empty()));
                let why = match known {
                    _ if step.outcome == Some(Outcome::Adopted) => Some(Why::Adopted),
                    None => Some(Why::Gone),
                    Some(known) if is_edited(step, known) => Some(Why::Edited),
                    Some(_) => None,
                };
                if let Some(why) = why {
                    plan.left.push(Left {
                        name: step.name.clone(),
                        why,
                        record,
                        document: document.or(step.record_id.clone()).unwrap_or_default(),
                    });
                    continue;
                }
                let day = known.map(|known| known.date);
                let closed = day.and_then(|day| closed_on(&periods, day));
                let is_journal = record == RecordType::JournalEntry.rest_name();
                // One that nobody approved yet has moved nothing.
                let waits = known.is_some_and(|known| known.status == WAITS_FOR_APPROVAL);
                let does = match (is_journal, waits || (deletes && closed.is_none())) {
                    (true, false) => Does::Reverse,
                    (true, true) | (false, _) => Does::Delete,
                };
                plan.steps.push(UndoStep {
                    name: step.name.clone(),
                    does,
                    record,
                    record_id: step.record_id.clone().unwrap_or_default(),
                    document,
                    moved: closed.map(|closed| Moved {
                        period: closed.name,
                        to: closed.first_open.filter(|_| does == Does::Reverse),
                    }),
                });
            }
            Ok(())
        })?;
        Ok(plan)
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
            }
            mark(db, group, PostingState::Undone, who, now)
        })
    }
}

/// The status of a journal that nobody has approved (netsuite.md §5).
const WAITS_FOR_APPROVAL: &str = "A";

/// Why an undo could not be planned.
pub(crate) enum UndoFailed {
    Store(StoreError),
    Asked(Failure),
}

impl From<StoreError> for UndoFailed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Failure> for UndoFailed {
    fn from(failure: Failure) -> Self {
        Self::Asked(failure)
    }
}

impl From<UndoFailed> for StartError {
    fn from(failed: UndoFailed) -> Self {
        match failed {
            UndoFailed::Store(error) => Self::Store(error),
            UndoFailed::Asked(failure) => Self::Unasked(failure),
        }
    }
}

/// Whether journals are deleted where their period is still open (`reverse.mode`).
fn deletes_journals(db: &Reader<'_>, group: &str, now: chrono::DateTime<chrono::Utc>) -> store::Result<bool> {
    let summary = store::settlements::get(db, group)?.and_then(|stored| stored.summary);
    let summary: Option<Summary> = summary.map(serde_json::from_value).transpose()?;
    let marketplace = summary.and_then(|summary| summary.marketplaces.into_iter().next());
    let rules = rules::snapshot(db, now)?;
    Ok(rules.says(&marketplace.unwrap_or_default(), "reverse.mode", "delete"))
}

/// Whether a person changed a record's amount since it was made: NetSuite's total is another one than was written.
fn is_edited(step: &Step, known: &Known) -> bool {
    let body = &step.body["write"]["body"];
    let written = match step.record.as_deref() {
        Some("customerPayment") => number(&body["payment"]),
        Some("journalEntry") => {
            let lines = body["line"]["items"].as_array();
            let debits = lines.map(|lines| lines.iter().filter_map(|line| number(&line["debit"])).sum::<Decimal>());
            debits.filter(|debits| !debits.is_zero())
        }
        _ => crate::confirm::expected(step).map(|flows::Expect::Total { total, .. }| total.amount.abs()),
    };
    // NetSuite shows no total of some kinds of record.
    written.is_some_and(|written| !known.total.is_zero() && known.total.abs() != written.abs())
}

fn number(field: &Value) -> Option<Decimal> {
    match field {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.parse().ok(),
        _ => None,
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
fn reversible(steps: &[Step]) -> Vec<&Step> {
    let place = |step: &Step| {
        ORDER
            .iter()
            .position(|record| step.record.as_deref() == Some(record.rest_name()))
    };
    let done = steps
        .iter()
        .rev()
        .filter(|step| step.state == StepState::Done && step.record_id.is_some());
    let mut found: Vec<(usize, &Step)> = done.filter_map(|step| Some((place(step)?, step))).collect();
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, step)| step).collect()
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
