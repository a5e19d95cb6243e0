//! Reading settlement files of any size: V1 and V2, plain or gzip, in every style that Amazon and spreadsheets write.
//!
//! Two passes over the bytes: a cheap one that learns the encoding, the decimal mark and the order of day and month for
//! the whole file, and one that hands out each line and proves the sum. Memory does not grow with the file.

mod columns;
pub(crate) mod dates;
pub(crate) mod encoding;
pub(crate) mod number;
mod proof;
mod reader;
mod refusal;
mod rows;
mod shape;
mod source;

use std::io::{self, Read};

use encoding_rs::{Encoding, UTF_8};

pub use columns::Layout;
pub use dates::DayMonth;
pub use number::{Mark, typed};
pub use proof::{NamedTotal, Proof, TypeTotal};
pub use refusal::{Gap, Refusal, Wrong};
pub use source::{Bomb, Limits, Source};

use self::reader::Reader;
use super::Line;
use crate::Text;

/// What a reader is told beside the bytes.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding, when a person names it (SET-06).
    pub encoding: Option<&'static Encoding>,
    /// The decimal mark, when a person names it.
    pub mark: Option<Mark>,
    /// Which of day and month comes first, when a person says so.
    pub order: Option<DayMonth>,
    /// How far a packed file may be unpacked.
    pub limits: Limits,
    /// Keep totals by order: their number grows with the file.
    pub by_order: bool,
}

/// Takes the lines while they are read.
pub trait Sink {
    /// One money amount of a settlement.
    fn line(&mut self, settlement: &str, line: &Line<&str>) -> Result<(), Stop>;

    /// About every megabyte: how many bytes were read. Refusing stops the reading.
    fn progress(&mut self, bytes: u64) -> Result<(), Stop> {
        let _ = bytes;
        Ok(())
    }
}

/// The taker wants no more lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop;

/// Takes nothing: for a check that only wants the proof.
pub struct Nothing;

impl Sink for Nothing {
    fn line(&mut self, _: &str, _: &Line<&str>) -> Result<(), Stop> {
        Ok(())
    }
}

impl Sink for Vec<(String, Line)> {
    fn line(&mut self, settlement: &str, line: &Line<&str>) -> Result<(), Stop> {
        self.push((settlement.to_owned(), line.to_kept()));
        Ok(())
    }
}

/// What a file holds and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The layout, once the titles were understood.
    pub layout: Option<Layout>,
    /// The encoding's name, such as `UTF-8` or `Shift_JIS`.
    pub encoding: &'static str,
    /// Amounts are written `1.234,56`.
    pub decimal_comma: bool,
    /// Its settlements in the order of the file (SET-08).
    pub settlements: Vec<Proof>,
    /// What is wrong. A settlement of a file with refusals is never posted.
    pub refusals: Vec<Refusal>,
    /// What is odd, but harmless.
    pub warnings: Vec<Warning>,
}

impl Reading {
    /// At least one settlement, and every one proved.
    pub fn is_proved(&self) -> bool {
        self.refusals.is_empty() && !self.settlements.is_empty() && self.settlements.iter().all(|one| one.balanced)
    }
}

/// Odd, but harmless.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Warning {
    /// Neither a date above 12 nor the period tells day from month.
    #[error("day and month were told apart by the marketplace alone")]
    OrderOfDayAndMonthAssumed,
    /// A spreadsheet cut empty cells off.
    #[error("{0} rows are shorter than the titles; what they lack is read as empty")]
    ShortRows(u64),
    /// Columns beyond Amazon's.
    #[error("columns kept but not understood: {0}")]
    ExtraColumns(String),
    /// Not Amazon's own tab-separated form.
    #[error("the file was saved by a spreadsheet")]
    Resaved,
    /// The payout itself stands in the file as a row, and is no part of what it pays.
    #[error("line {0} is the payout itself and is not counted")]
    Payout(u64),
}

impl Warning {
    /// The sentence for a person, by name (`settlement-warning-…`).
    pub fn text(&self) -> Text {
        match self {
            Self::OrderOfDayAndMonthAssumed => Text::new("settlement-warning-day-and-month-assumed"),
            Self::ShortRows(count) => {
                Text::new("settlement-warning-short-rows").with("count", i64::try_from(*count).unwrap_or(i64::MAX))
            }
            Self::ExtraColumns(titles) => Text::new("settlement-warning-extra-columns").with("titles", titles.as_str()),
            Self::Resaved => Text::new("settlement-warning-resaved"),
            Self::Payout(line) => {
                Text::new("settlement-warning-payout").with("line", i64::try_from(*line).unwrap_or(i64::MAX))
            }
        }
    }
}

/// Reads a file. Everything wrong with it is in the answer, up to a limit; lines go to `sink` as they come, so that a
/// sink must be able to take them back when the file turns out wrong at its end.
pub fn read(source: &dyn Source, options: &Options, sink: &mut dyn Sink) -> Reading {
    let mut reading = Reading {
        encoding: UTF_8.name(),
        ..Reading::default()
    };
    if let Err(refusal) = try_read(source, options, sink, &mut reading) {
        reading.refusals.push(refusal);
    }
    reading
}

fn try_read(source: &dyn Source, options: &Options, sink: &mut dyn Sink, reading: &mut Reading) -> Result<(), Refusal> {
    let open = || source::unpacked(source, options.limits).map_err(|error| unreadable(&error));
    let encoding = match options.encoding {
        Some(named) => named,
        None => encoding::detect(open()?).map_err(|error| unreadable(&error))?,
    };
    reading.encoding = encoding.name();
    let text = || -> Result<Box<dyn Read + '_>, Refusal> {
        let bytes = open()?;
        Ok(if encoding == UTF_8 {
            bytes
        } else {
            Box::new(source::Transcoded::new(bytes, encoding))
        })
    };
    let shape = shape::of(text()?, options.mark, options.order)?;
    reading.layout = Some(shape.layout());
    reading.decimal_comma = shape.mark == Mark::Comma;
    if shape.order_assumed {
        reading.warnings.push(Warning::OrderOfDayAndMonthAssumed);
    }
    if shape.dialect.quoted {
        reading.warnings.push(Warning::Resaved);
    }
    let strange = shape.columns.strange();
    if !strange.is_empty() {
        reading.warnings.push(Warning::ExtraColumns(strange.join(", ")));
    }
    let mut reader = Reader::new(&shape, options.by_order, encoding.name());
    let end = reader.read(text()?, sink);
    reader.finish(reading, end.is_ok());
    end
}

/// What stopped the bytes from coming.
fn unreadable(error: &io::Error) -> Refusal {
    let bomb = error
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<Bomb>);
    let damaged = matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof);
    Refusal::whole(if bomb {
        Wrong::Bomb
    } else if damaged || (error.kind() == io::ErrorKind::InvalidData && error.to_string().contains("deflate")) {
        Wrong::BadGzip
    } else if error.kind() == io::ErrorKind::InvalidData {
        Wrong::NotASettlement
    } else {
        Wrong::Unreadable(error.to_string())
    })
}
