//! How a file is written: titles, decimal mark, order of day and month. Decided once per file, never per cell (CMN-10).

use std::io::Read;

use chrono::{NaiveDate, TimeDelta};

use super::columns::{Columns, Layout, NOWHERE};
use super::dates::{self, DayMonth, Slashed};
use super::number::{self, Mark};
use super::refusal::{Refusal, Wrong};
use super::rows::{Cells, Dialect, Lines, Row};
use crate::money::Currency;

/// Dates looked at before the settlement period has to decide.
const DATES_KEPT: usize = 4_096;

#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub dialect: Dialect,
    pub columns: Columns,
    pub titles_line: u64,
    pub mark: Mark,
    pub order: Option<DayMonth>,
    /// The order of day and month was taken from the marketplace, not from a date.
    pub order_assumed: bool,
}

/// Reads as far as needed to know, usually the first two rows.
pub(super) fn of(input: impl Read, mark: Option<Mark>, order: Option<DayMonth>) -> Result<Shape, Refusal> {
    let mut lines = Lines::new(input);
    let mut cells = Cells::default();
    let (dialect, columns, titles_line) = titles(&mut lines, &mut cells)?;
    let mut evidence = Evidence {
        mark,
        order,
        ..Evidence::default()
    };
    while !evidence.decided() {
        let Some(line) = lines.next().map_err(|error| super::unreadable(&error))? else {
            break;
        };
        let Ok(text) = std::str::from_utf8(line.text) else {
            continue;
        };
        evidence.take(cells.split(text, dialect), &columns);
    }
    let (order, order_assumed) = evidence.order();
    Ok(Shape {
        dialect,
        columns,
        titles_line,
        mark: evidence.mark.unwrap_or(Mark::Point),
        order,
        order_assumed,
    })
}

/// The first line that is not blank must be the titles.
fn titles(lines: &mut Lines<impl Read>, cells: &mut Cells) -> Result<(Dialect, Columns, u64), Refusal> {
    loop {
        let Some(line) = lines.next().map_err(|error| super::unreadable(&error))? else {
            return Err(Refusal::whole(Wrong::Empty));
        };
        if line.text.starts_with(b"PK\x03\x04") || line.text.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err(Refusal::whole(Wrong::Spreadsheet));
        }
        let text = String::from_utf8_lossy(line.text);
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            continue;
        }
        if text.trim_start().starts_with('<') {
            let html =
                text.to_ascii_lowercase().contains("<html") || text.to_ascii_lowercase().contains("<!doctype html");
            return Err(Refusal::at(
                line.number,
                None,
                if html { Wrong::NotASettlement } else { Wrong::Xml },
            ));
        }
        let dialect = Dialect::of(text);
        let number = line.number;
        let columns = Columns::of(cells.split(text, dialect), number)?;
        return Ok((dialect, columns, number));
    }
}

#[derive(Default)]
struct Evidence {
    mark: Option<Mark>,
    order: Option<DayMonth>,
    /// A date of a data row was clear by itself, so the file needs no order.
    clear: bool,
    slashed: Vec<Slashed>,
    period: Option<(Slashed, Slashed)>,
    marketplace: Option<bool>,
}

impl Evidence {
    fn decided(&self) -> bool {
        self.mark.is_some() && (self.order.is_some() || (self.clear && self.slashed.is_empty()))
    }

    fn take(&mut self, row: Row<'_>, columns: &Columns) {
        if self.mark.is_none() {
            let mut amounts = columns
                .amounts
                .iter()
                .map(|column| column.amount)
                .chain([columns.total]);
            self.mark = amounts.find_map(|index| number::evidence(row.cell(index)));
            // A currency without decimals never decides: its marks can only part thousands.
            let whole = row
                .cell(columns.currency)
                .parse::<Currency>()
                .is_ok_and(|currency| currency.decimals() == 0);
            self.mark = self.mark.or(whole.then_some(Mark::Point));
        }
        if columns.marketplace_name != NOWHERE && self.marketplace.is_none() {
            let name = row.cell(columns.marketplace_name);
            self.marketplace = (!name.is_empty()).then(|| name.eq_ignore_ascii_case("amazon.com"));
        }
        if let (Some(start), Some(end)) = (
            dates::slashed(row.cell(columns.start)),
            dates::slashed(row.cell(columns.end)),
        ) {
            self.period = Some((start, end));
        }
        let of_row = [
            posted_cell(row, columns).1,
            row.cell(columns.start),
            row.cell(columns.end),
            row.cell(columns.deposit),
        ];
        for cell in of_row.into_iter().filter(|cell| !cell.is_empty()) {
            match dates::slashed(cell) {
                None => self.clear |= row.cell(columns.total).is_empty(),
                Some(date) => {
                    self.order = self.order.or(date.evidence());
                    if self.slashed.len() < DATES_KEPT {
                        self.slashed.push(date);
                    }
                }
            }
        }
    }

    /// A value above 12, else the settlement period, else the marketplace (CMN-10).
    fn order(&self) -> (Option<DayMonth>, bool) {
        if self.order.is_some() || self.slashed.is_empty() {
            return (self.order, false);
        }
        let fits = |order| self.fits(order);
        match (fits(DayMonth::DayFirst), fits(DayMonth::MonthFirst)) {
            (true, false) => (Some(DayMonth::DayFirst), false),
            (false, true) => (Some(DayMonth::MonthFirst), false),
            _ => {
                let by_marketplace = |american| {
                    if american {
                        DayMonth::MonthFirst
                    } else {
                        DayMonth::DayFirst
                    }
                };
                (self.marketplace.map(by_marketplace), true)
            }
        }
    }

    /// Every date is inside the settlement period, and the period is not longer than a quarter.
    fn fits(&self, order: DayMonth) -> bool {
        let Some((start, end)) = self.period else { return true };
        let (Some(start), Some(end)) = (start.day(order), end.day(order)) else {
            return false;
        };
        let inside = |day: NaiveDate| day >= start - TimeDelta::days(1) && day <= end + TimeDelta::days(15);
        start <= end
            && end - start <= TimeDelta::days(92)
            && self.slashed.iter().all(|date| date.day(order).is_some_and(inside))
    }
}

/// The column and cell that say when a row was posted: the time if there is one, else the day.
pub(super) fn posted_cell<'a>(row: Row<'a>, columns: &Columns) -> (&'static str, &'a str) {
    let time = row.cell(columns.posted_time);
    if time.is_empty() {
        ("posted-date", row.cell(columns.posted_day))
    } else {
        ("posted-date-time", time)
    }
}

impl Shape {
    /// V1 or V2.
    pub(super) fn layout(&self) -> Layout {
        self.columns.layout
    }
}
