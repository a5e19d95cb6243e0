//! A bank's table as text: what parts its cells, where its titles stand, what its columns hold.

use rust_decimal::Decimal;

use super::titles::{self, Columns};
use super::{Ask, Chosen, Column, DayMonth, Entry, Reading, Refusal, Wrong, cells, said};
use crate::settlement::read::Mark;
use crate::settlement::read::dates::{self, NotADate};
use crate::settlement::read::number::NotAnAmount;
use crate::{Currency, Money};

/// What may part cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows before the titles: names of the bank and of the account, the period, balances.
const MOST_ABOVE: usize = 40;
/// Line breaks within one cell beyond which a quote was never closed.
const MOST_BREAKS: usize = 20;

struct Row {
    line: u64,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, at: Option<usize>) -> &str {
        let cell = at.and_then(|at| self.cells.get(at));
        cell.map_or("", |cell| cells::bare(cell))
    }
}

/// The table's rows with its titles and what lies under them.
struct Table {
    titles: Vec<String>,
    found: Columns,
    rows: Vec<Row>,
}

pub(super) fn read(text: &str, chosen: &Chosen) -> Result<Reading, Refusal> {
    let table = table(text)?;
    let columns = chosen.columns.unwrap_or(table.found);
    let widest = table.titles.len();
    let named = [
        columns.date,
        columns.amount,
        columns.credit,
        columns.debit,
        columns.side,
        columns.currency,
        columns.said,
    ];
    if named.iter().flatten().any(|at| *at >= widest) {
        return Err(Refusal::whole(Wrong::ColumnGone));
    }
    let mut reading = Reading {
        table: table.columns(),
        columns,
        ..Reading::default()
    };
    if !columns.is_enough() {
        reading.asks.push(Ask::Columns);
        return Ok(reading);
    }
    let sheet = Sheet::of(&table, columns, chosen);
    if sheet.order.is_none() && sheet.needs_order {
        reading.asks.push(Ask::Order);
    }
    if sheet.needs_currency && chosen.currency.is_none() {
        reading.asks.push(Ask::Currency);
    }
    for row in &table.rows {
        match sheet.entry(row)? {
            Some(entry) => reading.entries.push(entry),
            None => reading.left_out += 1,
        }
    }
    if reading.entries.is_empty() {
        return Err(Refusal::whole(Wrong::NoEntries));
    }
    if !reading.asks.is_empty() {
        reading.entries.clear();
    }
    Ok(reading)
}

/// The table under the delimiter that makes most sense of it: one whose titles are understood, else the one that parts most
/// rows alike.
fn table(text: &str) -> Result<Table, Refusal> {
    // Excel's own first line, which says what parts the cells.
    let named = text.lines().next().and_then(|line| line.strip_prefix("sep="));
    let named = named.and_then(|rest| rest.bytes().next());
    let text = if named.is_some() {
        std::borrow::Cow::Owned(format!("\n{}", text.split_once('\n').map_or("", |(_, rest)| rest)))
    } else {
        std::borrow::Cow::Borrowed(text)
    };
    let mut best: Option<((bool, usize), Table)> = None;
    for delimiter in DELIMITERS {
        if named.is_some_and(|named| named != delimiter) {
            continue;
        }
        let rows = rows(&text, delimiter)?;
        let Some((alike, width)) = commonest_width(&rows) else {
            continue;
        };
        let table = Table::of(rows, width);
        let score = (table.found.is_enough(), alike * width);
        if best.as_ref().is_none_or(|(so_far, _)| score > *so_far) {
            best = Some((score, table));
        }
    }
    best.map(|(_, table)| table)
        .ok_or_else(|| Refusal::whole(Wrong::NotAStatement))
}

fn rows(text: &str, delimiter: u8) -> Result<Vec<Row>, Refusal> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Refusal::whole(Wrong::Unreadable(error.to_string())))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        if cells.iter().any(|cell| cell.matches('\n').count() > MOST_BREAKS) {
            return Err(Refusal {
                line: Some(line),
                ..Refusal::whole(Wrong::OpenQuote)
            });
        }
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    Ok(rows)
}

/// How many rows have the width that most have, and that width; nothing where nothing is parted.
fn commonest_width(rows: &[Row]) -> Option<(usize, usize)> {
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    for row in rows.iter().filter(|row| row.cells.len() > 1) {
        *widths.entry(row.cells.len()).or_default() += 1;
    }
    widths.into_iter().map(|(width, count)| (count, width)).max()
}

impl Table {
    fn of(mut rows: Vec<Row>, width: usize) -> Self {
        for at in 0..rows.len().min(MOST_ABOVE) {
            let titles: Vec<String> = rows[at].cells.iter().map(|cell| cells::bare(cell).to_owned()).collect();
            let found = titles::find(&titles, |column| first_filled(&rows[at + 1..], column));
            if found.is_enough() {
                rows.drain(..=at);
                return Self { titles, found, rows };
            }
        }
        // No titles that are understood: those of the commonest width, if they hold no digits, else none.
        let at = rows.iter().position(|row| row.cells.len() >= width).unwrap_or(0);
        let has_digits = |row: &Row| row.cells.iter().any(|cell| cell.chars().any(|c| c.is_ascii_digit()));
        let mut titles = vec![String::new(); width];
        if rows.get(at).is_some_and(|row| !has_digits(row)) {
            titles.clone_from(&rows[at].cells);
            rows.drain(..=at);
        } else {
            rows.drain(..at);
        }
        let found = titles::find(&titles, |column| first_filled(&rows, column));
        Self { titles, found, rows }
    }

    fn columns(&self) -> Vec<Column> {
        let columns = self.titles.iter().enumerate();
        columns
            .map(|(at, title)| Column {
                title: said(title),
                sample: said(first_filled(&self.rows, at).unwrap_or_default()),
            })
            .collect()
    }
}

fn first_filled(rows: &[Row], column: usize) -> Option<&str> {
    let cells = rows.iter().map(|row| row.cell(Some(column)));
    cells.into_iter().find(|cell| !cell.is_empty())
}

/// How the whole file is written: decided once from all of its rows.
struct Sheet<'a> {
    titles: &'a [String],
    columns: Columns,
    order: Option<DayMonth>,
    needs_order: bool,
    mark: Mark,
    titled: Option<Currency>,
    chosen: Option<Currency>,
    needs_currency: bool,
}

impl<'a> Sheet<'a> {
    fn of(table: &'a Table, columns: Columns, chosen: &Chosen) -> Self {
        let amounts = [columns.amount, columns.credit, columns.debit];
        let titled = amounts
            .iter()
            .flatten()
            .find_map(|at| table.titles.get(*at).and_then(|title| titles::currency(title)));
        let days = table.rows.iter().map(|row| row.cell(columns.date));
        let slashed: Vec<dates::Slashed> = days.filter_map(dates::slashed).collect();
        let told = slashed.iter().find_map(|day| day.evidence());
        let in_cells = |row: &Row| {
            let mut own = amounts.iter().map(|at| row.cell(*at));
            let beside = || own.find_map(|cell| cells::amount(cell).currency);
            cells::known(row.cell(columns.currency)).or_else(beside)
        };
        let entries = || table.rows.iter().filter(|row| is_entry(row, columns));
        let first = entries().find_map(in_cells).or(titled).or(chosen.currency);
        let amounts = amounts.iter().flatten();
        let written = amounts.flat_map(|at| table.rows.iter().map(|row| row.cell(Some(*at))));
        Self {
            titles: &table.titles,
            columns,
            order: told.or(chosen.order),
            needs_order: !slashed.is_empty(),
            mark: cells::mark(written, first.map_or(2, |currency| currency.decimals())),
            titled,
            chosen: chosen.currency,
            needs_currency: titled.is_none() && entries().any(|row| in_cells(row).is_none()),
        }
    }

    fn title(&self, at: Option<usize>) -> String {
        let title = at.and_then(|at| self.titles.get(at)).filter(|title| !title.is_empty());
        title.map_or_else(|| (at.unwrap_or_default() + 1).to_string(), |title| said(title))
    }

    fn wrong(&self, row: &Row, at: Option<usize>, wrong: Wrong) -> Refusal {
        Refusal::at(row.line, &self.title(at), wrong)
    }

    /// The entry of a row; nothing where it has no day or no amount, as balances and sums have.
    fn entry(&self, row: &Row) -> Result<Option<Entry>, Refusal> {
        if !is_entry(row, self.columns) {
            return Ok(None);
        }
        let cell = row.cell(self.columns.date);
        let date = match cells::day(cell, self.order) {
            Ok(day) => day,
            // It is asked about; which day it is does not matter until then.
            Err(NotADate::Ambiguous) => chrono::NaiveDate::MIN,
            Err(NotADate::Malformed) => return Err(self.wrong(row, self.columns.date, Wrong::NotADate(said(cell)))),
        };
        let (amount, beside, at) = self.amount(row)?;
        let own = row.cell(self.columns.currency);
        let own = match cells::known(&own.to_ascii_uppercase()) {
            None if !own.is_empty() => {
                return Err(self.wrong(row, self.columns.currency, Wrong::NotACurrency(said(own))));
            }
            known => known,
        };
        let currency = own.or(beside).or(self.titled).or(self.chosen).unwrap_or(Currency::NONE);
        if currency != Currency::NONE && amount.scale() > currency.decimals() {
            return Err(self.wrong(row, at, Wrong::TooFine(said(row.cell(at)))));
        }
        Ok(Some(Entry {
            line: row.line,
            date,
            amount: Money::new(amount, currency),
            said: said(row.cell(self.columns.said)),
        }))
    }

    /// What came in, below nought for what went out; the currency beside it; its column.
    fn amount(&self, row: &Row) -> Result<(Decimal, Option<Currency>, Option<usize>), Refusal> {
        let read = |at: Option<usize>| {
            let cell = row.cell(at);
            let value = cells::value(cell, self.mark).map_err(|why| {
                let wrong = match why {
                    NotAnAmount::TooFine => Wrong::TooFine(said(cell)),
                    NotAnAmount::Malformed | NotAnAmount::TooLarge => Wrong::NotAnAmount(said(cell)),
                };
                self.wrong(row, at, wrong)
            });
            value.map(|value| (value, cells::amount(cell).currency, at))
        };
        let Columns {
            amount,
            credit,
            debit,
            side,
            ..
        } = self.columns;
        if amount.is_some() {
            let (value, currency, at) = read(amount)?;
            let word = titles::folded(row.cell(side));
            return match word.as_str() {
                "" => Ok((value, currency, at)),
                "c" | "cr" | "credit" | "crdt" | "h" | "haben" | "bij" | "+" => Ok((value.abs(), currency, at)),
                "d" | "dr" | "debit" | "dbit" | "s" | "soll" | "af" | "-" => Ok((-value.abs(), currency, at)),
                _ => Err(self.wrong(row, side, Wrong::NotASide(said(row.cell(side))))),
            };
        }
        // Some banks fill the other column with noughts.
        let filled = |at: Option<usize>| -> Result<Option<_>, Refusal> {
            let is_there = !row.cell(at).is_empty();
            Ok(if is_there { Some(read(at)?) } else { None }.filter(|(value, ..)| !value.is_zero()))
        };
        match (filled(credit)?, filled(debit)?) {
            (Some(_), Some(_)) => Err(self.wrong(row, debit, Wrong::BothSides)),
            (Some(came), None) => Ok(came),
            // What went out is written with a minus, or without.
            (None, Some((value, currency, at))) => Ok((-value.abs(), currency, at)),
            (None, None) => Ok((Decimal::ZERO, None, credit)),
        }
    }
}

/// Whether a row has a day and an amount, right or wrong.
fn is_entry(row: &Row, columns: Columns) -> bool {
    let has_digits = |at: Option<usize>| row.cell(at).chars().any(|c| c.is_ascii_digit());
    let amounts = [columns.amount, columns.credit, columns.debit];
    has_digits(columns.date) && amounts.iter().any(|at| !row.cell(*at).is_empty())
}
