//! A bank's file is looked into for the transfers that nobody has found in the bank yet (SET-53). It proposes, and keeps
//! nothing: what a person accepts is entered like what a person types.

use std::collections::BTreeSet;

use domain::bank::matching::{Deposit, Found, Taken, find};
use domain::bank::{self, Ask, Chosen, Columns, DayMonth, Entry, Reading};
use domain::settlement::read::Source;
use domain::{Currency, Text};
use store::{Store, marketplaces};

use crate::application::Inner;
use crate::contract::{
    BankColumn, BankColumns, BankDeposit, BankEntry, BankFile, ReadBankFile, Refusal, SettlementRow, SettlementsRequest,
};
use crate::views;

/// Reads the file and looks for each open transfer in it.
pub(crate) async fn look(app: &Inner, asked: ReadBankFile) -> Result<BankFile, Refusal> {
    let chosen = Chosen {
        columns: asked.columns.map(columns),
        currency: asked.currency.as_deref().map(currency).transpose()?,
        order: asked.day_first.map(|first| {
            if first {
                DayMonth::DayFirst
            } else {
                DayMonth::MonthFirst
            }
        }),
    };
    let file = app.uploads.last(asked.upload.as_deref(), &asked.content)?;
    let store = app.engine.store().clone();
    // A file of megabytes takes a moment, and this thread has screens to answer.
    let work = move || answer(&store, &asked.name, &file, &chosen);
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(error) => Err(Refusal::new("fault", Text::new("error-fault")).because(&error)),
    }
}

fn answer(store: &Store, name: &str, file: &dyn Source, chosen: &Chosen) -> Result<BankFile, Refusal> {
    let reading = bank::read(file, chosen).map_err(|refusal| {
        let cause = format!("{:?}", refusal.wrong);
        Refusal::new("bad_request", refusal.text(name)).about("content", cause)
    })?;
    let (open, taken) = store.read(engine::bank_deposits)?;
    let sold_in = store.read(marketplaces::all)?.into_iter().map(|one| one.currency);
    let transfers = open.iter().map(|deposit| deposit.transfer.currency.code().to_owned());
    let currencies: BTreeSet<String> = transfers.chain(sold_in).collect();
    let rows = views::settlements::page(store, &SettlementsRequest::default())?.settlements;
    let days = || reading.entries.iter().map(|entry| entry.date);
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(BankFile {
        entries: count(reading.entries.len()),
        left_out: count(reading.left_out),
        first_day: days().min().map(|day| day.to_string()),
        last_day: days().max().map(|day| day.to_string()),
        titles: reading
            .table
            .iter()
            .map(|column| BankColumn {
                title: column.title.clone(),
                sample: column.sample.clone(),
            })
            .collect(),
        columns: shown(reading.columns),
        asks: reading.asks.iter().map(|ask| word(*ask).to_owned()).collect(),
        currencies: currencies.into_iter().collect(),
        deposits: if reading.asks.is_empty() {
            deposits(&reading, &open, &taken, &rows)
        } else {
            Vec::new()
        },
    })
}

fn deposits(reading: &Reading, open: &[Deposit], taken: &[Taken], rows: &[SettlementRow]) -> Vec<BankDeposit> {
    let found = find(open, &reading.entries, taken);
    let named = open.iter().zip(found).filter_map(|(deposit, found)| {
        let row = rows.iter().find(|row| row.id == deposit.settlement)?;
        let (entry, why) = told(&found);
        Some(BankDeposit {
            settlement: deposit.settlement.clone(),
            marketplaces: row.marketplaces.clone(),
            start: row.start.clone(),
            end: row.end.clone(),
            transfer: deposit.transfer.into(),
            deposit_date: deposit.day.to_string(),
            found: entry,
            why,
        })
    });
    let mut deposits: Vec<BankDeposit> = named.collect();
    deposits.sort_by(|a, b| {
        let order = |one: &BankDeposit| (one.found.is_none(), one.deposit_date.clone(), one.settlement.clone());
        order(a).cmp(&order(b))
    });
    deposits
}

/// The entry to accept, or the reason why there is none.
fn told(found: &Found<'_>) -> (Option<BankEntry>, Option<crate::contract::Words>) {
    let at = |entry: &Entry| i64::try_from(entry.line).unwrap_or(i64::MAX);
    let why = match found {
        Found::One(entry) => return (Some(shown_entry(entry)), None),
        Found::Several(entries) => {
            let lines: Vec<String> = entries.iter().map(|entry| entry.line.to_string()).collect();
            Text::new("bank-file-why-several").with("lines", lines.join(", "))
        }
        Found::Shared(entry, other) => Text::new("bank-file-why-shared")
            .with("line", at(entry))
            .with("settlement", other.as_str()),
        Found::OtherDay(entry) => Text::new("bank-file-why-other-day")
            .with("line", at(entry))
            .with("day", entry.date),
        Found::WentOut(entry) => Text::new("bank-file-why-went-out")
            .with("line", at(entry))
            .with("day", entry.date),
        Found::OtherCurrency(other) => Text::new("bank-file-why-other-currency").with("currency", other.code()),
        Found::Nothing => Text::new("bank-file-why-nothing"),
    };
    (None, Some(why.into()))
}

fn shown_entry(entry: &Entry) -> BankEntry {
    BankEntry {
        line: u32::try_from(entry.line).unwrap_or(u32::MAX),
        date: entry.date.to_string(),
        amount: entry.amount.into(),
        said: entry.said.clone(),
    }
}

fn currency(code: &str) -> Result<Currency, Refusal> {
    code.parse().map_err(|_| Refusal::bad_request("currency", code))
}

fn word(ask: Ask) -> &'static str {
    match ask {
        Ask::Columns => "columns",
        Ask::Order => "order",
        Ask::Currency => "currency",
    }
}

fn columns(asked: BankColumns) -> Columns {
    let at = |column: Option<u32>| column.and_then(|at| usize::try_from(at).ok());
    Columns {
        date: at(asked.date),
        amount: at(asked.amount),
        credit: at(asked.credit),
        debit: at(asked.debit),
        side: at(asked.side),
        currency: at(asked.currency),
        said: at(asked.said),
    }
}

fn shown(columns: Columns) -> BankColumns {
    let at = |column: Option<usize>| column.and_then(|at| u32::try_from(at).ok());
    BankColumns {
        date: at(columns.date),
        amount: at(columns.amount),
        credit: at(columns.credit),
        debit: at(columns.debit),
        side: at(columns.side),
        currency: at(columns.currency),
        said: at(columns.said),
    }
}
