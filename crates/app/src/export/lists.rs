//! What stands in each list, row by row.

use chrono::{DateTime, Utc};
use domain::Currency;
use domain::settlement::{Line, Posted};
use serde::Serialize;
use store::problems::{self, Problem, Tab};
use store::{Store, audit, settlement_lines, settlements};

use super::notes::Notes;
use super::{Cell, List, Rows};
use crate::contract::{Amount, MoneyView, OrderRow, OrdersRequest, Refusal, SettlementRow, SettlementsRequest};
use crate::views;
use crate::words::Catalogue;

/// Rows read from the workspace at once.
const PAGE: u32 = 200;
const LINES_AT_ONCE: usize = 5_000;

/// The list's name in JSON.
pub(super) fn name(list: List) -> &'static str {
    match list {
        List::Orders => "orders",
        List::Settlements => "settlements",
        List::Lines => "lines",
        List::Errors => "errors",
        List::Late => "late",
        List::Audit => "audit",
        List::Checks => "checks",
    }
}

/// The columns of a settlement's lines: Amazon's own, and the note of a person.
const LINES: [&str; 20] = [
    "settlement_id",
    "line",
    "part",
    "transaction_type",
    "amount_type",
    "amount_description",
    "amount",
    "currency",
    "order_id",
    "merchant_order_id",
    "adjustment_id",
    "shipment_id",
    "marketplace_name",
    "fulfillment_id",
    "posted",
    "order_item_code",
    "sku",
    "quantity",
    "promotion_id",
    "note",
];

/// The columns by their stable names; `export-<name>` is the title.
pub(super) fn columns(list: List) -> &'static [&'static str] {
    match list {
        List::Orders => &[
            "order_id",
            "ordered",
            "date",
            "marketplace",
            "channel",
            "items",
            "units",
            "total",
            "currency",
            "amazon_status",
            "record",
            "document",
            "netsuite_id",
            "state",
            "reason",
        ],
        List::Settlements => &[
            "settlement_id",
            "start",
            "end",
            "deposit_date",
            "marketplaces",
            "currency",
            "amazon_says",
            "netsuite_has",
            "difference",
            "matched_percent",
            "stage",
            "journal",
        ],
        List::Lines => &LINES,
        List::Errors => &[
            "code",
            "cause",
            "subject",
            "flow",
            "marketplace",
            "what",
            "why",
            "amount",
            "currency",
            "first_seen",
            "last_seen",
            "attempts",
            "state",
            "closed",
            "closed_by",
            "note",
        ],
        List::Late => &[
            "order_id",
            "marketplace",
            "state",
            "delivered",
            "release_expected",
            "late_days",
            "document",
            "billed",
            "age_days",
            "amount",
            "currency",
        ],
        List::Audit => &["number", "at", "who", "did", "about", "detail", "hash"],
        List::Checks => &[
            "check",
            "amount",
            "currency",
            "happened_on",
            "deadline",
            "marketplace",
            "order_id",
            "sku",
            "settlement_id",
            "evidence",
            "mark",
            "marked",
        ],
    }
}

/// Hands out every row of a list.
pub(super) fn rows(
    store: &Store,
    list: List,
    settlement: Option<&str>,
    words: &Catalogue,
    now: DateTime<Utc>,
    each: Rows<'_>,
) -> Result<(), Refusal> {
    match list {
        List::Orders => orders(store, words, each),
        List::Settlements => views::settlements::page(store, &SettlementsRequest::default())?
            .settlements
            .into_iter()
            .try_for_each(|row| each(settlement_row(row))),
        List::Lines => lines(store, settlement, each),
        List::Errors => errors(store, words, each),
        // What is late is known from more than the workspace alone.
        List::Late => Ok(()),
        List::Audit => trail(store, each),
        List::Checks => views::checks::all(store, None, now)?
            .into_iter()
            .try_for_each(|row| each(check(row, words))),
    }
}

fn orders(store: &Store, words: &Catalogue, each: Rows<'_>) -> Result<(), Refusal> {
    let mut request = OrdersRequest {
        limit: Some(PAGE),
        ..OrdersRequest::default()
    };
    loop {
        let page = views::orders::page(store, &request, chrono::DateTime::<chrono::Utc>::MIN_UTC)?;
        for row in page.orders {
            each(order(row, words))?;
        }
        if page.after.is_none() {
            return Ok(());
        }
        request.after = page.after;
    }
}

fn order(row: OrderRow, words: &Catalogue) -> Vec<Cell> {
    let (total, currency) = amount(row.total);
    let (record, document, id) = match row.document {
        Some(document) => (
            Cell::text(document.record),
            Cell::text(document.number),
            Cell::text(document.id),
        ),
        None => (Cell::Nothing, Cell::Nothing, Cell::Nothing),
    };
    vec![
        Cell::text(row.id),
        Cell::text(row.ordered),
        Cell::text(row.date),
        Cell::text(country(&row.marketplace)),
        Cell::Word(row.channel, "channel-"),
        Cell::text(row.items),
        Cell::Count(row.units.into()),
        total,
        currency,
        Cell::text(row.amazon_status),
        record,
        document,
        id,
        Cell::Word(key(&row.state), "state-"),
        row.reason
            .map_or(Cell::Nothing, |reason| Cell::text(words.words(&reason))),
    ]
}

fn check(row: views::checks::Row, words: &Catalogue) -> Vec<Cell> {
    let (mark, marked) = (row.word(), row.mark.map(|(_, at)| at.to_rfc3339()));
    let finding = row.finding;
    let (amount, currency) = amount(Some(finding.amount.into()));
    let place = views::checks::marketplace(&finding).map_or(finding.marketplace.as_str(), country);
    vec![
        Cell::Word(finding.check.key().to_owned(), "check-"),
        amount,
        currency,
        Cell::text(finding.on.to_string()),
        finding
            .deadline
            .map_or(Cell::Nothing, |day| Cell::text(day.to_string())),
        Cell::text(place),
        finding.order.map_or(Cell::Nothing, Cell::text),
        finding.sku.map_or(Cell::Nothing, Cell::text),
        finding.settlement.map_or(Cell::Nothing, Cell::text),
        Cell::text(words.say(&finding.evidence)),
        Cell::Word(mark.to_owned(), "check-mark-"),
        marked.map_or(Cell::Nothing, Cell::text),
    ]
}

fn settlement_row(row: SettlementRow) -> Vec<Cell> {
    let marketplaces: Vec<&str> = row.marketplaces.iter().map(|id| country(id)).collect();
    let stage = if row.stage == "needs_you" { "state-" } else { "stage-" };
    vec![
        Cell::text(row.id),
        Cell::text(row.start),
        Cell::text(row.end),
        row.deposit_date.map_or(Cell::Nothing, Cell::text),
        Cell::text(marketplaces.join(" ")),
        Cell::text(row.amazon_says.currency),
        Cell::Amount(row.amazon_says.amount),
        Cell::Amount(row.netsuite_has.amount),
        Cell::Amount(row.difference.amount),
        Cell::Count(row.coverage_percent.into()),
        Cell::Word(row.stage, stage),
        row.journal
            .map_or(Cell::Nothing, |document| Cell::text(document.number)),
    ]
}

fn lines(store: &Store, only: Option<&str>, each: Rows<'_>) -> Result<(), Refusal> {
    let known = store.read(|db| match only {
        Some(id) => Ok(settlements::get(db, id)?.into_iter().collect()),
        None => settlements::all(db),
    })?;
    if let (Some(id), true) = (only, known.is_empty()) {
        return Err(Refusal::not_found(id));
    }
    for settlement in known {
        let (id, currency) = (settlement.header.id, settlement.header.currency);
        let notes = store.read(|db| Notes::of(db, &id))?;
        let mut filter = settlement_lines::Filter {
            limit: LINES_AT_ONCE,
            ..settlement_lines::Filter::default()
        };
        loop {
            let page = store.read(|db| settlement_lines::page(db, &id, &filter))?;
            filter.after = page.last().map(|line| (line.number, line.part));
            let last = page.len() < LINES_AT_ONCE;
            for one in page {
                let note = notes.of_line(&one).map_or(Cell::Nothing, Cell::text);
                let mut cells = line(&id, currency, one);
                cells.push(note);
                each(cells)?;
            }
            if last {
                break;
            }
        }
    }
    Ok(())
}

fn line(settlement: &str, currency: Currency, line: Line) -> Vec<Cell> {
    let amount = domain::money::plain(line.amount(), currency);
    vec![
        Cell::text(settlement),
        Cell::Count(line.number),
        Cell::Count(line.part.into()),
        Cell::text(line.transaction_type),
        Cell::text(line.amount_type),
        Cell::text(line.amount_description),
        Cell::Amount(amount),
        Cell::text(currency.code()),
        Cell::text(line.order_id),
        Cell::text(line.merchant_order_id),
        Cell::text(line.adjustment_id),
        Cell::text(line.shipment_id),
        Cell::text(line.marketplace_name),
        Cell::text(line.fulfillment_id),
        line.posted.map(Posted::iso).map_or(Cell::Nothing, Cell::text),
        Cell::text(line.order_item_code),
        Cell::text(line.sku),
        line.quantity
            .map_or(Cell::Nothing, |quantity| Cell::Amount(quantity.to_string())),
        Cell::text(line.promotion_id),
    ]
}

fn errors(store: &Store, words: &Catalogue, each: Rows<'_>) -> Result<(), Refusal> {
    for tab in [Tab::NeedsYou, Tab::Retrying, Tab::Resolved, Tab::Ignored] {
        for group in store.read(|db| problems::groups(db, tab))? {
            let mut after = 0;
            loop {
                let page = store.read(|db| problems::members(db, tab, &group.cause, after, PAGE))?;
                let Some(last) = page.last() else { break };
                after = last.id;
                for one in page {
                    each(error(one, words))?;
                }
            }
        }
    }
    Ok(())
}

fn error(problem: Problem, words: &Catalogue) -> Vec<Cell> {
    let (amount, currency) = amount(problem.at_stake.map(Amount::from));
    let state = match problem.tab {
        Tab::NeedsYou => "needs_you",
        Tab::Retrying => "retrying",
        Tab::Resolved => "done",
        Tab::Ignored => "skipped",
    };
    let subject = if problem.key.is_empty() {
        problem.account
    } else {
        problem.key
    };
    vec![
        Cell::text(problem.code),
        Cell::text(problem.cause),
        Cell::text(subject),
        Cell::text(problem.flow),
        problem.marketplace.map_or(Cell::Nothing, |id| Cell::text(country(&id))),
        Cell::text(words.say(&problem.what)),
        Cell::text(words.say(&problem.why)),
        amount,
        currency,
        Cell::text(problem.opened_at.to_rfc3339()),
        Cell::text(problem.last_at.to_rfc3339()),
        Cell::Count(problem.times.into()),
        Cell::Word(state.to_owned(), "state-"),
        problem
            .closed_at
            .map_or(Cell::Nothing, |at| Cell::text(at.to_rfc3339())),
        problem.closed_by.map_or(Cell::Nothing, Cell::text),
        problem.note.map_or(Cell::Nothing, Cell::text),
    ]
}

/// What is overdue, then what Amazon tells nothing of.
pub(super) fn late(view: MoneyView) -> Vec<Vec<Cell>> {
    let word = |state: &str| Cell::Word(state.to_owned(), "money-state-");
    let day = |day: Option<String>| day.map_or(Cell::Nothing, Cell::text);
    let overdue = view.late.into_iter().map(|row| {
        vec![
            Cell::text(row.order),
            Cell::text(country(&row.marketplace)),
            word("late"),
            day(row.delivered),
            Cell::text(row.expected),
            Cell::Count(row.late_days.into()),
            Cell::Nothing,
            Cell::Nothing,
            Cell::Nothing,
            Cell::Amount(row.amount.amount),
            Cell::text(row.amount.currency),
        ]
    });
    let untold = view.missing.into_iter().map(|row| {
        let (total, currency) = amount(row.amount);
        vec![
            Cell::text(row.order),
            Cell::text(country(&row.marketplace)),
            word("missing"),
            Cell::Nothing,
            Cell::Nothing,
            Cell::Nothing,
            day(row.document),
            Cell::text(row.billed),
            Cell::Count(row.age_days.into()),
            total,
            currency,
        ]
    });
    overdue.chain(untold).collect()
}

fn trail(store: &Store, each: Rows<'_>) -> Result<(), Refusal> {
    let mut before = None;
    loop {
        let page = store.read(|db| audit::list(db, None, before, PAGE))?;
        let Some(last) = page.last() else { return Ok(()) };
        before = Some(last.number);
        for entry in page {
            each(vec![
                Cell::Count(entry.number.unsigned_abs()),
                Cell::text(entry.at.to_rfc3339()),
                Cell::text(entry.who),
                Cell::text(entry.what),
                Cell::text(entry.about),
                Cell::text(entry.detail.to_string()),
                Cell::text(entry.hash),
            ])?;
        }
    }
}

fn amount(amount: Option<Amount>) -> (Cell, Cell) {
    amount.map_or((Cell::Nothing, Cell::Nothing), |amount| {
        (Cell::Amount(amount.amount), Cell::text(amount.currency))
    })
}

/// A country such as `DE`, or Amazon's id of a marketplace that the list does not have yet.
fn country(marketplace: &str) -> &str {
    amazon::marketplaces::by_id(marketplace).map_or(marketplace, |known| known.country)
}

/// The stable name of a state.
fn key(state: &impl Serialize) -> String {
    serde_json::to_value(state)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}
