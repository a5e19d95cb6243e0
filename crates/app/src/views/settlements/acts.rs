//! What a person decided about rows, and what can be done about each as it stands (ux.md §5.8).

use std::collections::BTreeMap;

use domain::settlement::group::Kind;
use domain::settlement::plan::Status;
use flows::local::Stage;
use flows::settlements::{Row, Suggestion};
use serde_json::Value;
use store::row_choices::{self, ACCEPTED, DOCUMENTS, LATER, NOTE, SPLIT, STANDALONE, WRITTEN_OFF};
use store::{Reader, postings, settlement_choices};

use crate::contract::RowActs;

/// The choices about some rows of a settlement.
pub(super) struct Chosen {
    by_row: BTreeMap<String, BTreeMap<String, Value>>,
    /// Whether the settlement's postings can still be others.
    is_open: bool,
}

impl Chosen {
    pub(super) fn of(db: &Reader<'_>, settlement: &str, rows: &[Row]) -> store::Result<Self> {
        let names: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let mut by_row: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
        for one in row_choices::of_rows(db, settlement, &names)? {
            by_row.entry(one.name).or_default().insert(one.choice, one.value);
        }
        let choices = settlement_choices::all(db, settlement)?;
        let stage = engine::stage_of(postings::newest(db, settlement)?.as_ref(), &choices);
        Ok(Self {
            by_row,
            is_open: matches!(stage, Stage::Open | Stage::Undone),
        })
    }

    fn value(&self, row: &Row, word: &str) -> Option<&Value> {
        self.by_row.get(&row.id)?.get(word)
    }

    pub(super) fn is_accepted(&self, row: &Row) -> bool {
        self.value(row, ACCEPTED).is_some()
    }

    pub(super) fn is_later(&self, row: &Row) -> bool {
        self.value(row, LATER).is_some()
    }

    pub(super) fn note(&self, row: &Row) -> Option<String> {
        self.value(row, NOTE)?["text"].as_str().map(str::to_owned)
    }

    /// The invoice that a row may belong to, while somebody can still say so.
    pub(super) fn suggestion<'r>(&self, row: &'r Row) -> Option<&'r Suggestion> {
        row.suggestion.as_ref().filter(|_| self.is_open)
    }

    pub(super) fn acts(&self, row: &Row) -> RowActs {
        let words = [DOCUMENTS, SPLIT, WRITTEN_OFF, STANDALONE];
        let chosen = words.into_iter().find(|word| self.value(row, word).is_some());
        let is_buyers = matches!(row.kind, Kind::Payment | Kind::Refund);
        let asks = matches!(row.status, Status::Waiting | Status::NeedsYou | Status::PartlyApplied);
        let in_journal = matches!(row.status, Status::InJournal | Status::NeedsYou);
        RowActs {
            accept: self.suggestion(row).is_some() || (engine::is_matched(row) && !self.is_accepted(row)),
            find: self.is_open && is_buyers && (asks || chosen == Some(DOCUMENTS)),
            create: missing(row).filter(|_| self.is_open).map(str::to_owned),
            split: self.is_open && !is_buyers && in_journal && !row.amazon.is_zero(),
            write_off: self.is_open && !engine::open_of(row).is_zero(),
            exclude: self.is_open && is_buyers && row.status != Status::Excluded,
            chosen: chosen.map(str::to_owned),
        }
    }
}

/// What a row lacks and can be asked for.
pub(crate) fn missing(row: &Row) -> Option<&'static str> {
    let is_unknown_refund = row.reason.id == "settlement-reason-refund-unknown-order";
    match (row.kind, row.code.as_deref()) {
        (Kind::Payment | Kind::Refund, Some("INVOICE_NOT_FOUND")) => Some("bill"),
        (Kind::Payment, Some("SO_NOT_FOUND")) => Some("order"),
        (Kind::Refund, Some("SO_NOT_FOUND")) => Some("credit_memo"),
        (Kind::Refund, None) if is_unknown_refund => Some("credit_memo"),
        (Kind::Other | Kind::Balance, Some("LINE_UNMAPPED")) => Some("expense"),
        _ => None,
    }
}
