//! What is wrong with a statement: named with line, field and the cure (CMN-10, CMN-24).

use crate::Text;
use crate::text::Arg;

/// One thing that is wrong. The file counts for nothing then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The line, from 1, when it is about one.
    pub line: Option<u64>,
    /// The column's title or the field of OFX, when it is about one.
    pub field: Option<String>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// The ways in which a statement can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the sentences are in the catalogue, under bank-file-…")]
pub enum Wrong {
    Unreadable(String),
    Empty,
    TooLarge,
    NotText,
    NotAStatement,
    NoEntries,
    CutShort,
    OpenQuote,
    ColumnGone,
    FieldMissing,
    NotAnAmount(String),
    TooFine(String),
    NotADate(String),
    NotASide(String),
    NotACurrency(String),
    BothSides,
}

impl Refusal {
    pub(super) fn at(line: u64, field: &str, wrong: Wrong) -> Self {
        Self {
            line: Some(line),
            field: Some(field.to_owned()),
            wrong,
        }
    }

    pub(super) fn whole(wrong: Wrong) -> Self {
        Self {
            line: None,
            field: None,
            wrong,
        }
    }

    /// The sentence for a person: file, place, cause and cure in one message (`bank-file-…`).
    pub fn text(&self, file: &str) -> Text {
        let (name, cell) = match &self.wrong {
            Wrong::Unreadable(said) => ("bank-file-unreadable", Some(("said", said))),
            Wrong::Empty => ("bank-file-empty", None),
            Wrong::TooLarge => ("bank-file-too-large", None),
            Wrong::NotText => ("bank-file-not-text", None),
            Wrong::NotAStatement => ("bank-file-not-a-statement", None),
            Wrong::NoEntries => ("bank-file-no-entries", None),
            Wrong::CutShort => ("bank-file-cut-short", None),
            Wrong::OpenQuote => ("bank-file-open-quote", None),
            Wrong::ColumnGone => ("bank-file-column-gone", None),
            Wrong::FieldMissing => ("bank-file-field-missing", None),
            Wrong::NotAnAmount(cell) => ("bank-file-not-an-amount", Some(("cell", cell))),
            Wrong::TooFine(cell) => ("bank-file-too-fine", Some(("cell", cell))),
            Wrong::NotADate(cell) => ("bank-file-not-a-date", Some(("cell", cell))),
            Wrong::NotASide(cell) => ("bank-file-not-a-side", Some(("cell", cell))),
            Wrong::NotACurrency(cell) => ("bank-file-not-a-currency", Some(("cell", cell))),
            Wrong::BothSides => ("bank-file-both-sides", None),
        };
        let text = Text::new(name).with("file", file);
        let text = match &self.field {
            Some(field) => text.with("field", field.as_str()),
            None => text,
        };
        let text = match self.line.and_then(|line| i64::try_from(line).ok()) {
            Some(line) => text.with("line", Arg::Count(line)),
            None => text,
        };
        match cell {
            Some((name, value)) => text.with(name, value.as_str()),
            None => text,
        }
    }
}
