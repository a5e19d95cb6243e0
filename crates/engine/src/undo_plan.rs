//! What an undo would do (SET-59), after a look at NetSuite: records that people changed or deleted stay as they are, a
//! reversal is dated in an open period, and what would have to be deleted in a closed one keeps the undo from beginning.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::{ExternalId, Text};
use flows::orders::closed_on;
use netsuite::queries::{self, Known};
use netsuite::{RecordType, suiteql};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use store::steps::{Outcome, Step, StepState};
use store::{Reader, StoreError, links};
use wire::cancel::Cancel;
use wire::{Failure, ReadLine};

use crate::engine::Engine;
use crate::request::StartError;
use crate::row_choices::main_marketplace;
use crate::undo::belonging;
use crate::{remote, rules};

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

impl UndoPlan {
    /// The closed periods in which something would have to be deleted, each once: NetSuite refuses that, and half an undo
    /// would leave the books worse than none.
    pub fn blocked(&self) -> Vec<&str> {
        let deleted = self.steps.iter().filter(|step| step.does == Does::Delete);
        let mut periods: Vec<&str> = deleted
            .filter_map(|step| Some(step.moved.as_ref()?.period.as_str()))
            .collect();
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    /// Refuses an undo that could not come to its end.
    pub(crate) fn may_begin(&self, group: &str) -> Result<(), StartError> {
        let blocked = self.blocked().into_iter();
        let why = blocked.map(|period| Text::new("undo-period-closed-refused").with("period", period));
        let reasons: Vec<Text> = why.collect();
        if reasons.is_empty() {
            return Ok(());
        }
        let group = group.to_owned();
        Err(StartError::NotReady { group, reasons })
    }
}

/// Records are taken back so that nothing is deleted while another one still leans on it.
pub(crate) const ORDER: [RecordType; 8] = [
    RecordType::JournalEntry,
    RecordType::CustomerRefund,
    RecordType::CashRefund,
    RecordType::CreditMemo,
    RecordType::CustomerPayment,
    RecordType::Invoice,
    RecordType::VendorPayment,
    RecordType::VendorBill,
];

impl Engine {
    /// What taking a group's posting back would do, after a look at NetSuite. Writes nothing.
    pub async fn undo_preview(&self, group: &str) -> Result<UndoPlan, StartError> {
        let of_group = self.store().read(|db| belonging(db, group))?;
        let only = self.taking_back(group)?;
        Ok(self.undo_plan(group, &of_group, only.as_deref()).await?)
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
    let marketplace = main_marketplace(db, group)?;
    Ok(rules::snapshot(db, now)?.says(&marketplace, "reverse.mode", "delete"))
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

/// The finished steps whose records an undo is about, in the order of the undo, last made first.
pub(crate) fn reversible(steps: &[Step]) -> Vec<&Step> {
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
