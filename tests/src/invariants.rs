//! The product's promises, checked on both books and on the workspace (quality-bars R1, flows.md §19).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use store::decisions::{self, State};
use store::{steps, tables};

use crate::World;

/// Everything that does not hold, in words. Empty: all is well.
pub fn broken(world: &World) -> anyhow::Result<Vec<String>> {
    let books = Books::of(&world.books());
    let mut found = Vec::new();
    orders_are_in_the_books_once(world, &books, &mut found)?;
    every_write_was_in_the_journal_first(world, &books, &mut found)?;
    transactions_balance(&books, &mut found);
    settlements_add_up(world, &mut found)?;
    posted_settlements_clear(world, &books, &mut found)?;
    for finding in engine::doctor::examine(&world.store)? {
        found.push(format!("doctor: {finding:?}"));
    }
    Ok(found)
}

/// What NetSuite holds, by kind.
pub struct Books {
    amazon: Vec<Value>,
    records: BTreeMap<String, Vec<Value>>,
    postings: Vec<Value>,
}

impl Books {
    /// Reads what control tells.
    pub fn of(books: &Value) -> Self {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let records = books["netsuite"]["records"].as_object().cloned().unwrap_or_default();
        Self {
            amazon: list(&books["amazon"]["orders"]),
            records: records.into_iter().map(|(kind, rows)| (kind, list(&rows))).collect(),
            postings: list(&books["netsuite"]["postings"]),
        }
    }

    /// Records of a kind.
    pub fn of_kind(&self, kind: &str) -> &[Value] {
        self.records.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// The records that stand for an order, hand-made ones among them: kind and record.
    pub fn of_order<'a>(&'a self, order: &str) -> Vec<(&'a str, &'a Value)> {
        let mut found = Vec::new();
        for kind in ["salesOrder", "invoice", "cashSale"] {
            for record in self.of_kind(kind) {
                let external = text(&record["externalId"]);
                let direct = record["createdFrom"].is_null();
                let named = external.ends_with(&format!("-{}", order.to_uppercase())) && external.starts_with("AZN-");
                if direct && (text(&record["otherRefNum"]) == order || named) {
                    found.push((kind, record));
                }
            }
        }
        found
    }
}

/// A JSON text or number as text.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A JSON text or number as an exact decimal.
pub fn decimal(value: &Value) -> Decimal {
    text(value).parse().unwrap_or_default()
}

/// R1-1, R1-2, R1-10: one record an order, with its total; or a reason, or a question.
fn orders_are_in_the_books_once(world: &World, books: &Books, found: &mut Vec<String>) -> anyhow::Result<()> {
    for order in &books.amazon {
        let id = text(&order["order_id"]);
        let records = books.of_order(&id);
        if records.len() > 1 {
            found.push(format!("R1-1 {id} stands in NetSuite {} times", records.len()));
        }
        let ours = records
            .iter()
            .find(|(_, record)| text(&record["externalId"]).starts_with("AZN-"));
        let known: Vec<decisions::Decision> = world
            .store
            .read(|db| decisions::about(db, &id))?
            .into_iter()
            .filter(|decision| matches!(decision.flow.as_str(), "mfn-orders" | "fba-orders"))
            .collect();
        // What was placed a moment ago is not in Amazon's lists yet (the window ends two minutes in the past).
        let placed: Option<DateTime<Utc>> = text(&order["created"]).parse().ok();
        if known.is_empty() && placed.is_some_and(|at| world.clock.now() - at < TimeDelta::minutes(10)) {
            continue;
        }
        let Some(last) = known.last() else {
            found.push(format!("R1-10 {id} was never seen ({})", text(&order["status"])));
            continue;
        };
        match last.state {
            State::Done if records.is_empty() => found.push(format!("R1-1 {id} is called done and is not in NetSuite")),
            State::Done => {}
            _ if last.reason.is_none() && last.state != State::Error => {
                found.push(format!("R1-13 {id} is {:?} without a reason", last.state));
            }
            _ => {}
        }
        if let Some((_, record)) = ours {
            let (has, wanted) = (decimal(&record["total"]), decimal(&order["for_the_books"]));
            let mismatch_is_known = last.state == State::NeedsYou;
            if has != wanted && !mismatch_is_known {
                found.push(format!("R1-2 {id}: NetSuite has {has}, Amazon says {wanted}"));
            }
        }
    }
    Ok(())
}

/// R1-12: nothing that we named is in NetSuite without a journal entry from before.
fn every_write_was_in_the_journal_first(world: &World, books: &Books, found: &mut Vec<String>) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for record in books.records.values().flatten() {
        let name = text(&record["externalId"]);
        if !name.starts_with("AZN-") {
            continue;
        }
        if !seen.insert(name.clone()) {
            found.push(format!("R1-1 {name} exists twice"));
        }
        let linked = world.store.read(|db| tables::links::named(db, &name))?;
        let planned = world.store.read(|db| steps::get(db, &name))?;
        if linked.is_none() && planned.is_none() {
            found.push(format!("R1-12 {name} is in NetSuite and not in the journal"));
        }
    }
    Ok(())
}

/// R1-7: every transaction's postings sum to nothing.
fn transactions_balance(books: &Books, found: &mut Vec<String>) {
    let mut sums: BTreeMap<String, Decimal> = BTreeMap::new();
    for posting in &books.postings {
        *sums.entry(text(&posting["transaction"])).or_default() += decimal(&posting["amount"]);
    }
    for (transaction, sum) in sums.into_iter().filter(|(_, sum)| !sum.is_zero()) {
        found.push(format!("R1-7 transaction {transaction} is off by {sum}"));
    }
}

/// R1-5, R1-6: each line once; the lines add up to the deposit or nothing is posted.
fn settlements_add_up(world: &World, found: &mut Vec<String>) -> anyhow::Result<()> {
    let known: BTreeMap<String, Value> = world.books()["amazon"]["settlements"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|settlement| (text(&settlement["settlement_id"]), settlement.clone()))
        .collect();
    for stored in world.store.read(store::settlements::all)? {
        let Some(written) = known.get(&stored.header.id) else {
            continue;
        };
        let lines = stored.lines;
        if Some(lines) != written["rows"].as_u64() {
            found.push(format!(
                "R1-5 settlement {}: {lines} lines stored, {} written",
                stored.header.id, written["rows"]
            ));
        }
        if stored.sum.amount != decimal(&written["total"]) {
            found.push(format!(
                "R1-6 settlement {}: {} stored, {} written",
                stored.header.id, stored.sum, written["total"]
            ));
        }
    }
    Ok(())
}

/// R1-7, SET-48: what a posted settlement moved through clearing sums to nothing, and its journal stands once.
fn posted_settlements_clear(world: &World, books: &Books, found: &mut Vec<String>) -> anyhow::Result<()> {
    for stored in world.store.read(store::settlements::all)? {
        let posting = world.store.read(|db| tables::postings::newest(db, &stored.header.id))?;
        if posting.is_none_or(|posting| posting.state != tables::postings::PostingState::Posted) {
            continue;
        }
        let tag = format!("-{}", stored.header.id);
        // A cash sale is in clearing from the day of sale (BIL-09); it belongs to the settlement that pays its order.
        let lines = world
            .store
            .read(|db| tables::settlement_lines::all(db, &stored.header.id))?;
        let cash_sales: BTreeSet<String> = lines
            .iter()
            .filter_map(|line| line.order())
            .map(|order| format!("AZN-CS-{}", order.to_uppercase()))
            .collect();
        let through_clearing = books.postings.iter().filter(|posting| {
            let name = text(&posting["externalid"]);
            let ours = (name.starts_with("AZN-") && name.contains(&tag)) || cash_sales.contains(&name);
            ours && text(&posting["accountname"]).contains("Amazon Clearing")
        });
        let moved: Vec<(String, Decimal)> = through_clearing
            .map(|posting| (text(&posting["externalid"]), decimal(&posting["foreignamount"])))
            .collect();
        let left: Decimal = moved.iter().map(|(_, amount)| amount).sum();
        if !left.is_zero() {
            let mut by_kind: BTreeMap<&str, Decimal> = BTreeMap::new();
            for (name, amount) in &moved {
                *by_kind.entry(name.get(..6).unwrap_or(name)).or_default() += amount;
            }
            found.push(format!(
                "SET-48 settlement {} leaves {left} in clearing: {by_kind:?}",
                stored.header.id
            ));
        }
    }
    Ok(())
}
