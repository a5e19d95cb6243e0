//! The second pass: rows become lines, and the running totals of their settlements.

use std::collections::HashMap;
use std::io::Read;

use super::columns::{Again, AmountColumn, Columns, Layout};
use super::dates::{self, NotADate};
use super::number::{self, NotAnAmount};
use super::proof::Running;
use super::refusal::{Refusal, Wrong};
use super::rows::{Cells, Lines, Row};
use super::shape::{Shape, posted_cell};
use super::{Reading, Sink, Stop, Warning, unreadable};
use crate::settlement::classify::Vocabulary;
use crate::settlement::{Line, Posted};

/// Refusals that are listed before reading stops: a file with this many is not worth more.
const MOST_REFUSALS: usize = 50;

/// Progress is told about this often.
const PROGRESS_BYTES: u64 = 1 << 20;

pub(super) struct Reader<'s> {
    shape: &'s Shape,
    encoding: &'static str,
    by_order: bool,
    settlements: Vec<Running>,
    places: HashMap<String, usize>,
    last: usize,
    refusals: Vec<Refusal>,
    short_rows: u64,
    /// The last date cell and what it says: lines of one order share it.
    date: (String, Option<Posted>),
}

impl<'s> Reader<'s> {
    pub(super) fn new(shape: &'s Shape, by_order: bool, encoding: &'static str) -> Self {
        Self {
            shape,
            encoding,
            by_order,
            settlements: Vec::new(),
            places: HashMap::new(),
            last: 0,
            refusals: Vec::new(),
            short_rows: 0,
            date: (String::new(), None),
        }
    }

    pub(super) fn read(&mut self, input: Box<dyn Read + '_>, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let mut lines = Lines::new(input);
        let mut cells = Cells::default();
        let mut told = 0;
        while let Some(line) = lines.next().map_err(|error| unreadable(&error))? {
            let number = line.number;
            if number <= self.shape.titles_line {
                continue;
            }
            let Ok(text) = std::str::from_utf8(line.text) else {
                self.refusals.push(Refusal::at(
                    number,
                    None,
                    Wrong::BadText {
                        encoding: self.encoding,
                    },
                ));
                return Ok(());
            };
            let row = cells.split(text, self.shape.dialect);
            let short = row.count() < self.shape.columns.count;
            if row.is_blank() {
                continue;
            }
            match self.shape.columns.again(row) {
                None => {}
                Some(Again::Same) => continue,
                Some(Again::Others) => {
                    self.refusals.push(Refusal::at(number, None, Wrong::TitlesChanged));
                    return Ok(());
                }
            }
            if short && !line.finished && self.short_rows == 0 {
                let last = row.count().saturating_sub(1);
                let column = self.shape.columns.titles.get(last).map(String::as_str);
                self.refusals.push(Refusal::at(number, column, Wrong::CutShort));
                return Ok(());
            }
            self.short_rows += u64::from(short);
            self.row(row, number, sink)?;
            if self.refusals.len() >= MOST_REFUSALS {
                return Ok(());
            }
            if lines.taken() - told >= PROGRESS_BYTES {
                told = lines.taken();
                sink.progress(told).map_err(|Stop| Refusal::whole(Wrong::Stopped))?;
            }
        }
        Ok(())
    }

    /// One row: the summary of a settlement, or its amounts.
    fn row(&mut self, row: Row<'_>, number: u64, sink: &mut dyn Sink) -> Result<(), Refusal> {
        let columns = &self.shape.columns;
        let id = row.cell(columns.settlement_id);
        if id.is_empty() {
            self.refusals
                .push(Refusal::at(number, Some("settlement-id"), Wrong::NoSettlementId));
            return Ok(());
        }
        let place = self.settlement(id, number);
        let has_amount = columns.amounts.iter().any(|column| !row.cell(column.amount).is_empty());
        let total = row.cell(columns.total);
        // The summary row is known by its total, not by an empty transaction type; one whose total is missing has the
        // settlement's dates instead (amazon-sp-api.md §8.1).
        let dated = !row.cell(columns.start).is_empty() || !row.cell(columns.deposit).is_empty();
        let of_settlement = !total.is_empty() || (dated && row.cell(columns.transaction_type).is_empty());
        let is_summary = of_settlement && !has_amount && row.cell(columns.amount_type).is_empty();
        if !total.is_empty() {
            self.total(place, total, is_summary, number);
        }
        self.facts(place, row, number);
        if is_summary {
            return Ok(());
        }
        if let Some(settlement) = self.settlements.get_mut(place) {
            settlement.rows += 1;
        }
        if !has_amount && columns.layout == Layout::V2 {
            self.refusals
                .push(Refusal::at(number, Some("amount"), Wrong::AmountMissing));
            return Ok(());
        }
        let posted = self.posted(row, number);
        let quantity = self.quantity(row, number);
        for (part, column) in (0..).zip(&columns.amounts) {
            self.amount(row, number, part, *column, place, posted, quantity, sink)?;
        }
        Ok(())
    }

    fn settlement(&mut self, id: &str, number: u64) -> usize {
        if self.settlements.get(self.last).is_some_and(|last| last.id == id) {
            return self.last;
        }
        let place = self.places.get(id).copied().unwrap_or_else(|| {
            self.settlements.push(Running::new(id, number, self.by_order));
            self.places.insert(id.to_owned(), self.settlements.len() - 1);
            self.settlements.len() - 1
        });
        self.last = place;
        place
    }

    fn total(&mut self, place: usize, cell: &str, is_summary: bool, number: u64) {
        let amount = number::amount(cell, self.shape.mark);
        let Some(settlement) = self.settlements.get_mut(place) else {
            return;
        };
        match amount {
            Err(wrong) => self.refusals.push(not_an_amount(number, "total-amount", cell, wrong)),
            Ok(amount) => {
                settlement.digits = settlement.digits.max(amount.digits);
                let slot = if is_summary {
                    &mut settlement.declared
                } else {
                    &mut settlement.repeated_total
                };
                if slot.is_some_and(|earlier| earlier != amount.ten_thousandths) {
                    let wrong = Wrong::TwoTotals {
                        settlement: settlement.id.clone(),
                    };
                    self.refusals.push(Refusal::at(number, Some("total-amount"), wrong));
                }
                *slot = Some(amount.ten_thousandths);
                if is_summary && !settlement.has_summary {
                    (settlement.has_summary, settlement.line) = (true, number);
                }
            }
        }
    }

    /// Period, deposit date and currency: on the summary row, in some files on every row.
    fn facts(&mut self, place: usize, row: Row<'_>, number: u64) {
        let columns = &self.shape.columns;
        let order = self.shape.order;
        let Some(settlement) = self.settlements.get_mut(place) else {
            return;
        };
        let currency = row.cell(columns.currency);
        if !currency.is_empty() && settlement.currency.is_none_or(|known| known.code() != currency) {
            match (currency.parse(), settlement.currency) {
                (Ok(read), None) => settlement.currency = Some(read),
                (Ok(read), Some(known)) if read == known => {}
                (_, known) => {
                    let wrong = Wrong::TwoCurrencies {
                        settlement: settlement.id.clone(),
                        first: known.map_or_else(|| "?".to_owned(), |known| known.to_string()),
                        second: currency.to_owned(),
                    };
                    self.refusals.push(Refusal::at(number, Some("currency"), wrong));
                }
            }
        }
        for (title, index, slot) in [
            ("settlement-start-date", columns.start, &mut settlement.start),
            ("settlement-end-date", columns.end, &mut settlement.end),
            ("deposit-date", columns.deposit, &mut settlement.deposit),
        ] {
            let cell = row.cell(index);
            if cell.is_empty() || slot.is_some() {
                continue;
            }
            match dates::posted(cell, order) {
                Ok(read) => *slot = Some(read),
                Err(wrong) => self.refusals.push(not_a_date(number, title, cell, wrong)),
            }
        }
    }

    fn posted(&mut self, row: Row<'_>, number: u64) -> Option<Posted> {
        let (title, cell) = posted_cell(row, &self.shape.columns);
        if cell == self.date.0 {
            return self.date.1;
        }
        let posted = if cell.is_empty() {
            None
        } else {
            dates::posted(cell, self.shape.order)
                .map_err(|wrong| self.refusals.push(not_a_date(number, title, cell, wrong)))
                .ok()
        };
        self.date.0.clear();
        self.date.0.push_str(cell);
        self.date.1 = posted;
        posted
    }

    fn quantity(&mut self, row: Row<'_>, number: u64) -> Option<i64> {
        let cell = row.cell(self.shape.columns.quantity);
        if cell.is_empty() {
            return None;
        }
        let whole = number::amount(cell, self.shape.mark)
            .ok()
            .filter(|amount| amount.ten_thousandths % 10_000 == 0);
        if whole.is_none() {
            let wrong = Wrong::NotAQuantity(cell.to_owned());
            self.refusals
                .push(Refusal::at(number, Some("quantity-purchased"), wrong));
        }
        whole.map(|amount| amount.ten_thousandths / 10_000)
    }

    #[allow(
        clippy::too_many_arguments,
        reason = "what a row's amounts share is worked out once per row"
    )]
    fn amount(
        &mut self,
        row: Row<'_>,
        number: u64,
        part: u8,
        column: AmountColumn,
        place: usize,
        posted: Option<Posted>,
        quantity: Option<i64>,
        sink: &mut dyn Sink,
    ) -> Result<(), Refusal> {
        let columns = &self.shape.columns;
        let cell = row.cell(column.amount);
        if cell.is_empty() {
            return Ok(());
        }
        let amount = match number::amount(cell, self.shape.mark) {
            Ok(amount) => amount,
            Err(wrong) => {
                self.refusals.push(not_an_amount(number, column.title, cell, wrong));
                return Ok(());
            }
        };
        let Some(settlement) = self.settlements.get_mut(place) else {
            return Ok(());
        };
        settlement.digits = settlement.digits.max(amount.digits);
        if settlement.is_payout(
            row.cell(columns.transaction_type),
            row.cell(column.description),
            amount.ten_thousandths,
        ) {
            settlement.payout = Some(number);
            return Ok(());
        }
        let own_type = row.cell(columns.amount_type);
        let line = Line {
            number,
            part,
            ten_thousandths: amount.ten_thousandths,
            transaction_type: row.cell(columns.transaction_type),
            amount_type: if columns.layout == Layout::V1 {
                column.amount_type
            } else {
                own_type
            },
            amount_description: row.cell(column.description),
            order_id: row.cell(columns.order_id),
            merchant_order_id: row.cell(columns.merchant_order_id),
            adjustment_id: row.cell(columns.adjustment_id),
            shipment_id: row.cell(columns.shipment_id),
            marketplace_name: row.cell(columns.marketplace_name),
            fulfillment_id: row.cell(columns.fulfillment_id),
            posted,
            order_item_code: row.cell(columns.order_item_code),
            sku: row.cell(columns.sku),
            quantity,
            promotion_id: row.cell(columns.promotion_id),
            extra: extra(row, columns),
        };
        let triple = [line.transaction_type, line.amount_type, line.amount_description];
        settlement.add(triple, line.marketplace_name, line.order_id, amount.ten_thousandths);
        sink.line(&settlement.id, &line)
            .map_err(|Stop| Refusal::whole(Wrong::Stopped))
    }

    pub(super) fn finish(self, reading: &mut Reading, to_the_end: bool) {
        if self.short_rows > 0 {
            reading.warnings.push(Warning::ShortRows(self.short_rows));
        }
        let intact = to_the_end && self.refusals.is_empty();
        reading.refusals.extend(self.refusals);
        if self.settlements.is_empty() && intact {
            reading
                .refusals
                .push(Refusal::at(self.shape.titles_line, None, Wrong::NoRows));
        }
        let mut vocabulary = Vocabulary::default();
        for settlement in self.settlements {
            reading.warnings.extend(settlement.payout.map(Warning::Payout));
            let (proof, refusals) = settlement.finished(intact, &mut vocabulary);
            reading.settlements.push(proof);
            reading.refusals.extend(refusals);
        }
    }
}

fn extra<'a>(row: Row<'a>, columns: &'a Columns) -> Vec<(&'a str, &'a str)> {
    let kept = columns
        .extra
        .iter()
        .map(|(index, title)| (title.as_str(), row.cell(*index)));
    kept.filter(|(_, value)| !value.is_empty()).collect()
}

fn not_an_amount(number: u64, column: &str, cell: &str, wrong: NotAnAmount) -> Refusal {
    let cell = cell.to_owned();
    let wrong = match wrong {
        NotAnAmount::Malformed => Wrong::NotAnAmount(cell),
        NotAnAmount::TooFine => Wrong::TooFine(cell),
        NotAnAmount::TooLarge => Wrong::TooLarge(cell),
    };
    Refusal::at(number, Some(column), wrong)
}

fn not_a_date(number: u64, column: &str, cell: &str, wrong: NotADate) -> Refusal {
    let cell = cell.to_owned();
    let wrong = match wrong {
        NotADate::Malformed => Wrong::NotADate(cell),
        NotADate::Ambiguous => Wrong::AmbiguousDate(cell),
    };
    Refusal::at(number, Some(column), wrong)
}
