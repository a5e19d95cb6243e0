//! What is wrong with a file: named with line, column, a stable code and the cure (CMN-10, CMN-24).

use std::fmt;

use crate::Text;
use crate::text::Arg;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The physical line, from 1, when it is about one.
    pub line: Option<u64>,
    /// The column's title, when it is about one.
    pub column: Option<String>,
    /// What is wrong.
    pub wrong: Wrong,
}

/// The ways in which a file can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the sentences are below")]
pub enum Wrong {
    Unreadable(String),
    Empty,
    NotASettlement,
    Xml,
    Spreadsheet,
    Bomb,
    BadGzip,
    BadText {
        encoding: &'static str,
    },
    ColumnMissing,
    ColumnTwice,
    TitlesChanged,
    NoRows,
    NotAnAmount(String),
    AmountMissing,
    TooFine(String),
    TooLarge(String),
    NotADate(String),
    AmbiguousDate(String),
    NotAQuantity(String),
    NoSettlementId,
    NoCurrency {
        settlement: String,
    },
    TwoCurrencies {
        settlement: String,
        first: String,
        second: String,
    },
    TwoTotals {
        settlement: String,
    },
    CutShort,
    NoTotal {
        settlement: String,
    },
    DoesNotAddUp(Box<Gap>),
    Stopped,
}

/// How far a settlement's lines are from its total, as texts in the settlement's digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The settlement.
    pub settlement: String,
    /// Its total.
    pub declared: String,
    /// What its lines make.
    pub sum: String,
    /// The second less the first.
    pub difference: String,
}

impl Refusal {
    pub(super) fn at(line: u64, column: Option<&str>, wrong: Wrong) -> Self {
        Self {
            line: Some(line),
            column: column.map(str::to_owned),
            wrong,
        }
    }

    pub(super) fn whole(wrong: Wrong) -> Self {
        Self {
            line: None,
            column: None,
            wrong,
        }
    }

    /// The stable code of flows.md §1.7.
    pub fn code(&self) -> &'static str {
        match self.wrong {
            Wrong::ColumnMissing | Wrong::ColumnTwice | Wrong::TitlesChanged => "SCHEMA_CHANGED",
            Wrong::NotASettlement | Wrong::Xml | Wrong::Spreadsheet | Wrong::Bomb => "UNSUPPORTED",
            Wrong::CutShort
            | Wrong::NoTotal { .. }
            | Wrong::TwoTotals { .. }
            | Wrong::NoRows
            | Wrong::DoesNotAddUp(_) => "SETTLEMENT_INCONSISTENT",
            _ => "PARSE",
        }
    }

    /// Whether the bytes could not be had at all, as opposed to being wrong.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.wrong, Wrong::Unreadable(_))
    }

    /// The sentence for a person, by name: cause and cure in one message (`settlement-file-…`).
    pub fn text(&self) -> Text {
        let text = Text::new(format!("settlement-file-{}", self.wrong.name()));
        let text = match &self.column {
            Some(column) => text.with("column", column.as_str()),
            None => text,
        };
        let line = self.line.and_then(|line| i64::try_from(line).ok());
        let text = match line {
            Some(line) => text.with("line", Arg::Count(line)),
            None => text,
        };
        self.wrong
            .facts()
            .into_iter()
            .fold(text, |text, (name, value)| text.with(name, value))
    }
}

impl Wrong {
    fn name(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Empty => "empty",
            Self::NotASettlement => "not-a-settlement",
            Self::Xml => "xml",
            Self::Spreadsheet => "spreadsheet",
            Self::Bomb => "bomb",
            Self::BadGzip => "bad-gzip",
            Self::BadText { .. } => "bad-text",
            Self::ColumnMissing => "column-missing",
            Self::ColumnTwice => "column-twice",
            Self::TitlesChanged => "titles-changed",
            Self::NoRows => "no-rows",
            Self::NotAnAmount(_) => "not-an-amount",
            Self::AmountMissing => "amount-missing",
            Self::TooFine(_) => "too-fine",
            Self::TooLarge(_) => "too-large",
            Self::NotADate(_) => "not-a-date",
            Self::AmbiguousDate(_) => "ambiguous-date",
            Self::NotAQuantity(_) => "not-a-quantity",
            Self::NoSettlementId => "no-settlement-id",
            Self::NoCurrency { .. } => "no-currency",
            Self::TwoCurrencies { .. } => "two-currencies",
            Self::TwoTotals { .. } => "two-totals",
            Self::CutShort => "cut-short",
            Self::NoTotal { .. } => "no-total",
            Self::DoesNotAddUp(_) => "does-not-add-up",
            Self::Stopped => "stopped",
        }
    }

    fn facts(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Unreadable(said) => vec![("said", said)],
            Self::BadText { encoding } => vec![("encoding", encoding)],
            Self::NotAnAmount(cell)
            | Self::TooFine(cell)
            | Self::TooLarge(cell)
            | Self::NotADate(cell)
            | Self::AmbiguousDate(cell)
            | Self::NotAQuantity(cell) => vec![("cell", cell)],
            Self::NoCurrency { settlement } | Self::TwoTotals { settlement } | Self::NoTotal { settlement } => {
                vec![("settlement", settlement)]
            }
            Self::TwoCurrencies {
                settlement,
                first,
                second,
            } => {
                vec![("settlement", settlement), ("first", first), ("second", second)]
            }
            Self::DoesNotAddUp(gap) => vec![
                ("settlement", gap.settlement.as_str()),
                ("declared", gap.declared.as_str()),
                ("sum", gap.sum.as_str()),
                ("difference", gap.difference.as_str()),
            ],
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Refusal {
    /// English, for logs and the command line; screens use [`Refusal::text`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column = self.column.as_deref().unwrap_or("?");
        match &self.wrong {
            Wrong::Unreadable(said) => write!(f, "the file cannot be read: {said}"),
            Wrong::Empty => f.write_str("the file is empty: download it again"),
            Wrong::NotASettlement => f.write_str(
                "this is not a settlement report, its first line has none of the column titles: \
                 in Seller Central open Payments, All Statements, and download “Flat File V2”",
            ),
            Wrong::Xml => f.write_str("this is the XML settlement report: use “Flat File V2”"),
            Wrong::Spreadsheet => f.write_str(
                "this is a workbook or archive, not a text file: use the file as Amazon gave it, or save the sheet as “Text (tab delimited)”",
            ),
            Wrong::Bomb => f.write_str("the packed file unpacks to more than it may: unpack it yourself, or raise the limit"),
            Wrong::BadGzip => f.write_str("the packed file is damaged or cut short: download it again"),
            Wrong::BadText { encoding } => write!(f, "the text is not {encoding}: name the encoding"),
            Wrong::ColumnMissing => write!(f, "the column “{column}” is missing: use the file as Amazon gave it"),
            Wrong::ColumnTwice => write!(f, "the column “{column}” stands twice: use the file as Amazon gave it"),
            Wrong::TitlesChanged => {
                f.write_str("from this line on the columns are others, as in files that were joined: give each file on its own")
            }
            Wrong::NoRows => f.write_str("there are titles but no rows: download the file again"),
            Wrong::NotAnAmount(cell) => {
                write!(f, "“{cell}” in {column} is not an amount in this file's style: use the file as Amazon gave it")
            }
            Wrong::AmountMissing => write!(f, "the row has a type but no {column}: use the file as Amazon gave it"),
            Wrong::TooFine(cell) => write!(
                f,
                "“{cell}” in {column} has more than four digits after the mark, as a spreadsheet leaves them: \
                 use the file as Amazon gave it"
            ),
            Wrong::TooLarge(cell) => write!(f, "“{cell}” in {column} is too large for an amount of money"),
            Wrong::NotADate(cell) => write!(f, "“{cell}” in {column} is not a date: use the file as Amazon gave it"),
            Wrong::AmbiguousDate(cell) => {
                write!(f, "“{cell}” in {column}: nothing in the file tells day from month: say which comes first")
            }
            Wrong::NotAQuantity(cell) => write!(f, "“{cell}” in {column} is not a whole number of units"),
            Wrong::NoSettlementId => f.write_str("the row has no settlement-id: use the file as Amazon gave it"),
            Wrong::NoCurrency { settlement } => {
                write!(f, "settlement {settlement} names no currency: use the file as Amazon gave it")
            }
            Wrong::TwoCurrencies { settlement, first, second } => {
                write!(f, "settlement {settlement} is in {first}, but this row is in {second}: use the file as Amazon gave it")
            }
            Wrong::TwoTotals { settlement } => {
                write!(f, "settlement {settlement} has two different totals: give each file on its own")
            }
            Wrong::CutShort => f.write_str("the last line is cut short: download the file again"),
            Wrong::NoTotal { settlement } => write!(
                f,
                "settlement {settlement} has no total to prove its lines against: use a file with the summary row that Amazon puts first"
            ),
            Wrong::DoesNotAddUp(gap) => write!(
                f,
                "settlement {} does not add up: its total says {}, its lines make {}, {} apart: \
                 download the file again, or wait until Amazon re-issues it",
                gap.settlement, gap.declared, gap.sum, gap.difference
            ),
            Wrong::Stopped => f.write_str("stopped before the end"),
        }
    }
}
