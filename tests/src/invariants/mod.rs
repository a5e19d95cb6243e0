//! The product's promises, checked on both books and on the workspace (quality-bars R1, flows.md §19).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use simulator::Simulator;
use simulator::world::order::Order;
use store::decisions::{self, Decision, State};
use store::{Store, steps, tables};

use crate::World;

mod bills;
mod buyers;
mod orders;
mod problems;
pub(crate) mod settlements;
mod shipments;

/// What is due within this time may still be on its way: Amazon's lists end two minutes in the past, and a flow looks
/// again a quarter of an hour later.
const FRESH: TimeDelta = TimeDelta::minutes(20);

/// Both services and the workspace, as they stand.
pub struct Scene<'a> {
    /// Both services.
    pub simulator: &'a Simulator,
    /// The workspace.
    pub store: &'a Store,
    /// The time of all of them.
    pub now: DateTime<Utc>,
    /// Orders whose record a person edited in NetSuite: it stays as it was left.
    pub edited: BTreeSet<String>,
    /// Records of ours whose journal entries went with a workspace that an older copy took the place of.
    pub forgotten: BTreeSet<String>,
    books: Books,
}

/// Everything that does not hold once nothing goes wrong any more and everybody came to rest, in words. Empty: all is
/// well.
pub fn broken(world: &World) -> anyhow::Result<Vec<String>> {
    let mut scene = Scene::of(&world.simulator, &world.store, world.clock.now(), world.edited.clone());
    scene.forgotten.clone_from(&world.forgotten);
    let mut found = broken_at_any_time(&scene)?;
    let at_rest = [
        orders::are_in_the_books,
        orders::have_one_customer_each,
        shipments::are_confirmed_once,
        bills::stand_for_what_left,
        settlements::clear,
        settlements::put_each_row_in_one_place,
        buyers::are_not_told,
    ];
    for check in at_rest {
        check(&scene, &mut found)?;
    }
    Ok(found)
}

/// What may not even be broken in the middle of a run, nor by a computer that died in it.
pub fn broken_at_any_time(scene: &Scene<'_>) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    orders::stand_once(scene, &mut found);
    every_write_was_in_the_journal_first(scene, &mut found)?;
    transactions_balance(&scene.books, &mut found);
    shipments::are_of_goods_that_left(scene, &mut found)?;
    bills::are_within_their_orders(scene, &mut found);
    settlements::add_up(scene, &mut found)?;
    settlements::are_posted_once(scene, &mut found);
    problems::stand_in_help(scene, &mut found)?;
    for finding in engine::doctor::examine(scene.store)? {
        found.push(format!("doctor: {finding:?}"));
    }
    Ok(found)
}

impl<'a> Scene<'a> {
    /// Looks at everything once.
    pub fn of(simulator: &'a Simulator, store: &'a Store, now: DateTime<Utc>, edited: BTreeSet<String>) -> Self {
        Self {
            books: Books::of(&simulator.books()),
            simulator,
            store,
            now,
            edited,
            forgotten: BTreeSet::new(),
        }
    }

    /// The orders as they really happened, so far.
    fn orders(&self) -> Vec<Order> {
        let state = self.simulator.amazon().state();
        let told = state.world.orders().iter();
        told.filter(|order| order.created <= self.now).cloned().collect()
    }

    /// What a flow last said of an order.
    fn said(&self, flow: &str, order: &str) -> anyhow::Result<Option<Decision>> {
        let about = self.store.read(|db| decisions::about(db, order))?;
        Ok(about.into_iter().rfind(|decision| decision.flow == flow))
    }

    /// What the order flows last said of an order.
    fn said_of_order(&self, order: &str) -> anyhow::Result<Option<Decision>> {
        let about = self.store.read(|db| decisions::about(db, order))?;
        let is_order = |decision: &Decision| matches!(decision.flow.as_str(), "mfn-orders" | "fba-orders");
        Ok(about.into_iter().rfind(is_order))
    }

    /// The record that plays a part in the company.
    fn role(&self, name: &str) -> Option<String> {
        self.simulator.opening_books().role(name).map(|id| id.to_string())
    }

    /// The item that a SKU stands for, and its units in one of the SKU: as the seller linked it, else as it is called.
    fn item(&self, sku: &str, marketplace: &str) -> anyhow::Result<Option<(String, Decimal)>> {
        let links = self.store.read(|db| store::lookups::table(db, store::lookups::ITEMS))?;
        let link = |place: &str| links.iter().find(|row| row.source == sku && row.marketplace == place);
        if let Some(link) = link(marketplace).or_else(|| link("")) {
            let factor = text(&link.target["factor"]).parse().unwrap_or(Decimal::ONE);
            return Ok(Some((text(&link.target["item"]), factor)));
        }
        let items = &self.simulator.opening_books().items;
        let item = items.iter().find(|item| item.name == sku);
        Ok(item.map(|item| (item.id.to_string(), Decimal::ONE)))
    }

    /// Whether an option has that value anywhere.
    fn chose(&self, key: &str, value: &str) -> anyhow::Result<bool> {
        let all = self.store.read(store::options::all)?;
        Ok(all.iter().any(|row| row.key == key && row.value == value))
    }
}

/// Whether a person or another look is to settle it.
fn is_asked(state: State) -> bool {
    matches!(state, State::NeedsYou | State::Error | State::Excluded)
}

/// The internal id in a reference.
fn id_of(reference: &Value) -> String {
    text(&reference["id"])
}

/// The lines of a sublist.
pub(crate) fn lines_of<'a>(record: &'a Value, list: &str) -> &'a [Value] {
    record[list]["items"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What NetSuite holds, by kind.
pub struct Books {
    records: BTreeMap<String, Vec<Value>>,
    postings: Vec<Value>,
    applications: Vec<Value>,
}

impl Books {
    /// Reads what control tells.
    pub fn of(books: &Value) -> Self {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let records = books["netsuite"]["records"].as_object().cloned().unwrap_or_default();
        Self {
            records: records.into_iter().map(|(kind, rows)| (kind, list(&rows))).collect(),
            postings: list(&books["netsuite"]["postings"]),
            applications: list(&books["netsuite"]["applications"]),
        }
    }

    /// Records of a kind.
    pub fn of_kind(&self, kind: &str) -> &[Value] {
        self.records.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// All records.
    pub fn all(&self) -> impl Iterator<Item = &Value> {
        self.records.values().flatten()
    }

    /// Every amount in the ledger.
    pub fn postings(&self) -> &[Value] {
        &self.postings
    }

    /// What was put against what: `doc`, `applying`, `amount`.
    pub fn applications(&self) -> &[Value] {
        &self.applications
    }

    /// The records that stand for an order, hand-made ones among them: kind and record.
    pub fn of_order<'a>(&'a self, order: &str) -> Vec<(&'a str, &'a Value)> {
        let mut found = Vec::new();
        for kind in ["salesOrder", "invoice", "cashSale"] {
            for record in self.of_kind(kind) {
                let external = text(&record["externalId"]);
                let direct = record["createdFrom"].is_null();
                let whole = format!("-{}", order.to_uppercase());
                // A shipment's own bill has its number behind the order's.
                let (head, number) = external.rsplit_once('-').unwrap_or_default();
                let is_part = head.ends_with(&whole) && number.len() < 3;
                // The invoice of a refund that Amazon took back is no sale (SET-37).
                let ours = external.starts_with("AZN-") && !external.starts_with("AZN-RI-");
                let named = ours && (external.ends_with(&whole) || is_part);
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

/// R1-12: nothing that we named is in NetSuite without a journal entry from before.
fn every_write_was_in_the_journal_first(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    let mut seen = BTreeSet::new();
    for record in scene.books.records.values().flatten() {
        let name = text(&record["externalId"]);
        if !name.starts_with("AZN-") {
            continue;
        }
        if !seen.insert(name.clone()) {
            found.push(format!("R1-1 {name} exists twice"));
        }
        let linked = scene.store.read(|db| tables::links::named(db, &name))?;
        let planned = scene.store.read(|db| steps::get(db, &name))?;
        if linked.is_none() && planned.is_none() && !scene.forgotten.contains(&name) {
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
