//! What people noted about the rows of a settlement, line by line of its file.

use domain::settlement::Line;
use flows::settlements::Row;
use serde::Deserialize;
use store::row_choices::{self, NOTE};
use store::{Reader, settlement_rows};

/// The notes of one settlement.
pub(crate) struct Notes(Vec<(Row, String)>);

impl Notes {
    /// Every note that stands, with the row that it is about.
    pub(crate) fn of(db: &Reader<'_>, settlement: &str) -> store::Result<Self> {
        let mut notes = Vec::new();
        for one in row_choices::of(db, settlement, NOTE)? {
            let kept = settlement_rows::named(db, settlement, &one.name)?;
            let row = kept.and_then(|row| Row::deserialize(row).ok());
            let text = one.value["text"].as_str().map(str::to_owned);
            notes.extend(row.zip(text));
        }
        Ok(Self(notes))
    }

    /// What was noted about a row.
    pub(crate) fn of_row(&self, row: &Row) -> Option<&str> {
        let note = self.0.iter().find(|(known, _)| known.id == row.id);
        note.map(|(_, text)| text.as_str())
    }

    /// What was noted about the row that a line of the file stands in.
    pub(super) fn of_line(&self, line: &Line) -> Option<&str> {
        let place = (line.number, line.part);
        let holds = |row: &Row| row.places.iter().any(|[from, to]| (*from..=*to).contains(&place));
        let note = self.0.iter().find(|(row, _)| holds(row));
        note.map(|(_, text)| text.as_str())
    }
}
