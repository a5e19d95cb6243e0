//! Statements of a bank account, given as files: CSV of any bank, OFX and QFX of both kinds (SET-53).
//!
//! **For:** the bytes of a file into dated amounts ([`read`]), and those into proposals for the transfers that nobody has
//! found in the bank yet ([`matching`]).
//!
//! **Deliberately not here:** account numbers. The reader of OFX passes over them, a table's other columns are not kept,
//! and nothing of a file is stored: what is accepted is entered like what a person types.
//!
//! **Open first:** [`Reading`].

mod cells;
pub mod matching;
mod ofx;
mod refusal;
mod table;
mod titles;

use std::io::{self, Read as _};

use chrono::NaiveDate;

pub use refusal::{Refusal, Wrong};
pub use titles::Columns;

pub use crate::settlement::read::DayMonth;
use crate::settlement::read::{Source, encoding};
use crate::{Currency, Money};

/// Bytes that a statement may have: years of a busy account are a few megabytes.
pub const MOST_BYTES: u64 = 16 << 20;

/// What a person chose about a file that does not tell it.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// The columns of a table.
    pub columns: Option<Columns>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Which of day and month comes first.
    pub order: Option<DayMonth>,
}

/// What a file does not tell, so that a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Which columns hold the day and the amounts.
    Columns,
    /// Which of day and month comes first.
    Order,
    /// What its amounts are counted in.
    Currency,
}

/// One entry of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The line of the file that it begins on, from 1.
    pub line: u64,
    /// The bank's day.
    pub date: NaiveDate,
    /// What came in; less than nought for what went out.
    pub amount: Money,
    /// What the bank says of it, shortened.
    pub said: String,
}

/// A column of a table, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title; empty without one.
    pub title: String,
    /// Its first filled cell.
    pub sample: String,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Its columns, where it is a table.
    pub table: Vec<Column>,
    /// Those that were taken.
    pub columns: Columns,
    /// What has to be chosen first. There are entries only when nothing has.
    pub asks: Vec<Ask>,
    /// Its entries in the order of the file.
    pub entries: Vec<Entry>,
    /// Rows under the titles that are no entry, such as a balance: they have no day or no amount.
    pub left_out: usize,
}

/// Reads a statement.
///
/// # Errors
///
/// When the file is none, or one of its entries cannot be read: all of it counts, or nothing.
pub fn read(source: &dyn Source, chosen: &Chosen) -> Result<Reading, Refusal> {
    let text = text(source)?;
    if text.trim().is_empty() {
        return Err(Refusal::whole(Wrong::Empty));
    }
    if ofx::is_one(&text) {
        ofx::read(&text)
    } else {
        table::read(&text, chosen)
    }
}

fn text(source: &dyn Source) -> Result<String, Refusal> {
    let unreadable = |error: io::Error| Refusal::whole(Wrong::Unreadable(error.to_string()));
    let mut bytes = Vec::new();
    let mut input = source.open().map_err(unreadable)?.take(MOST_BYTES + 1);
    input.read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Refusal::whole(Wrong::TooLarge));
    }
    // A workbook or an archive, a workbook of old, a page for printing.
    if [b"PK\x03\x04".as_slice(), b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b"]
        .iter()
        .any(|start| bytes.starts_with(start))
    {
        return Err(Refusal::whole(Wrong::NotText));
    }
    let encoding = encoding::detect(bytes.as_slice()).map_err(unreadable)?;
    let (text, _, damaged) = encoding.decode(&bytes);
    if damaged || text.contains('\0') {
        return Err(Refusal::whole(Wrong::NotText));
    }
    Ok(text.into_owned())
}

/// What the bank says, short and on one line.
fn said(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(120).collect()
}
