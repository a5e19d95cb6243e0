//! The workspace's lists as files of the seller's own: a table for a spreadsheet, or JSON for a program (flows.md CMN-26,
//! §1.13, §17.3).
//!
//! No list holds buyer data (CMN-40). Rows are written as they are read, so a settlement of any size can be exported.

mod lists;
pub(crate) mod notes;
mod sheet;

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::PathBuf;

use domain::Text;
use serde_json::{Map, Value};
use store::Store;

use crate::contract::{ExportedList, Refusal};
use crate::words::Catalogue;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Every order with where it stands.
    Orders,
    /// Every settlement with what Amazon says and NetSuite has.
    Settlements,
    /// The lines of one settlement, or of all, as Amazon's files have them.
    Lines,
    /// Every error, open and settled.
    Errors,
    /// Everything that was written outside, set, approved or excluded, with the hashes that chain it.
    Audit,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated with titles in the reader's language; no cell can be taken for a formula (quality-bars S5).
    Csv,
    /// Comma-separated, every text exactly as it is: for programs, not for spreadsheets.
    RawCsv,
    /// One JSON document with stable names; amounts are decimal text.
    Json,
}

/// One value of a row.
pub(crate) enum Cell {
    /// Text from outside or a sentence.
    Text(String),
    /// An exact decimal.
    Amount(String),
    /// A whole number.
    Count(u64),
    /// A word of the product: its stable name, and the message that says it.
    Word(String, &'static str),
    /// Nothing.
    Nothing,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(text)
        }
    }
}

/// Takes the rows of a list.
pub(crate) type Rows<'a> = &'a mut dyn FnMut(Vec<Cell>) -> Result<(), Refusal>;

/// Writes a list; how many rows it had. `settlement` narrows [`List::Lines`] to one.
pub fn export(
    store: &Store,
    list: List,
    settlement: Option<&str>,
    form: Form,
    words: &Catalogue,
    out: &mut dyn Write,
) -> Result<u64, Refusal> {
    let columns = lists::columns(list);
    let mut written = 0;
    begin(list, columns, form, words, out).map_err(|error| not_written(&error))?;
    lists::rows(store, list, settlement, words, &mut |cells| {
        let row = match form {
            Form::Csv => sheet::row(&cells, words, sheet::guarded),
            Form::RawCsv => sheet::row(&cells, words, str::to_owned),
            Form::Json => object(columns, cells, written == 0),
        };
        written += 1;
        out.write_all(row.as_bytes()).map_err(|error| not_written(&error))
    })?;
    let end = if form == Form::Json { "\n]}\n" } else { "" };
    out.write_all(end.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| not_written(&error))?;
    Ok(written)
}

/// A list that could not be written, as a refusal with its cure.
pub fn not_written(error: &io::Error) -> Refusal {
    Refusal::new("store", Text::new("error-file-not-written")).because(error)
}

/// A file for whoever asked: put among the downloads, or handed back for the page to offer.
pub(crate) fn hand_over(name: String, content: Vec<u8>, saving: bool) -> Result<ExportedList, Refusal> {
    if !saving {
        let content = String::from_utf8_lossy(&content).into_owned();
        let saved = None;
        return Ok(ExportedList { name, content, saved });
    }
    let path = save(&name, &content).map_err(|error| not_written(&error))?;
    Ok(ExportedList {
        name,
        content: String::new(),
        saved: Some(path.display().to_string()),
    })
}

/// Puts a file into the folder of downloads, beside what is there: nothing is overwritten.
pub fn save(name: &str, content: &[u8]) -> io::Result<PathBuf> {
    let folders = directories::UserDirs::new();
    let folder = folders
        .as_ref()
        .map(|folders| folders.download_dir().unwrap_or_else(|| folders.home_dir()))
        .ok_or(io::ErrorKind::NotFound)?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    for copy in 1..=1_000 {
        let file = match copy {
            1 => name.to_owned(),
            more => format!("{stem} ({more}).{ending}"),
        };
        let path = folder.join(file);
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut open) => return open.write_all(content).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => (),
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn begin(list: List, columns: &[&str], form: Form, words: &Catalogue, out: &mut dyn Write) -> io::Result<()> {
    match form {
        // The mark at the start tells spreadsheets that the letters are UTF-8.
        Form::Csv => {
            let titles = columns.iter().map(|column| {
                let message = format!("export-{}", column.replace('_', "-"));
                sheet::cell(&sheet::guarded(&words.say(&Text::new(message))))
            });
            write!(out, "\u{feff}{}\r\n", titles.collect::<Vec<_>>().join(","))
        }
        Form::RawCsv => write!(out, "{}\r\n", columns.join(",")),
        Form::Json => write!(out, "{{\"{}\":[", lists::name(list)),
    }
}

fn object(columns: &[&str], cells: Vec<Cell>, first: bool) -> String {
    let mut object = Map::new();
    for (column, cell) in columns.iter().zip(cells) {
        let value = match cell {
            Cell::Text(text) | Cell::Amount(text) | Cell::Word(text, _) => Value::String(text),
            Cell::Count(count) => Value::from(count),
            Cell::Nothing => Value::Null,
        };
        object.insert((*column).to_owned(), value);
    }
    format!("{}\n{}", if first { "" } else { "," }, Value::Object(object))
}
