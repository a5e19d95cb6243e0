//! Creating, changing and deleting records. Each function runs inside one database transaction.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::check::{Reading, merge};
use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::{Fields as _, instant, reference};
use super::rules::{in_open_period, settle};
use super::standing::refresh;
use super::store::{Link, Record, Store};
use super::{apply, custom, journal, transform};

/// Who is asking, and how strictly unknown names are taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    /// A person in the browser, who may also change master data and periods.
    pub person: bool,
    /// `X-NetSuite-PropertyNameValidation: Error`.
    pub strict: bool,
    /// Sublists named by `?replace=`.
    pub replace: &'a [String],
}

/// A record that was written, with the names in the body that were dropped.
#[derive(Debug)]
pub(super) struct Written {
    pub id: i64,
    pub dropped: Vec<String>,
}

pub(super) fn create(store: &Store, kind: Kind, body: &Map<String, Value>, asker: Asker) -> Outcome<Written> {
    permitted(store, kind, asker)?;
    let mut reading = Reading::new(store, asker.strict);
    let mut fields = reading.record(kind, body)?;
    fields.retain(|_, value| !value.is_null());
    let id = store.next_id()?;
    insert(store, Record { kind, id, fields }, &[])?;
    Ok(Written {
        id,
        dropped: reading.dropped,
    })
}

pub(super) fn update(store: &Store, kind: Kind, id: i64, body: &Map<String, Value>, asker: Asker) -> Outcome<Written> {
    may_change(store, kind, asker)?;
    let before = changeable(store, kind, id, asker)?;
    let mut reading = Reading::new(store, asker.strict);
    let fields = reading.record(kind, body)?;
    let mut record = before.clone();
    merge(
        &kind.fields(store.has("SUITETAX")),
        &mut record.fields,
        fields,
        asker.replace,
    );
    external_id(store, &record)?;
    settle(store, &mut record, false)?;
    finish(store, record, &[])?;
    Ok(Written {
        id,
        dropped: reading.dropped,
    })
}

/// `PUT …/eid:X`: creates, or changes by the same sublist rules as a PATCH, so that lines without a key are added.
pub(super) fn upsert(
    store: &Store,
    kind: Kind,
    external: &str,
    body: &Map<String, Value>,
    asker: Asker,
) -> Outcome<Written> {
    if let Some(id) = store.by_external(kind.space(), external)? {
        return update(store, kind, id, body, asker);
    }
    let mut body = body.clone();
    body.default("externalId", Value::String(external.to_owned()));
    create(store, kind, &body, asker)
}

pub(super) fn delete(store: &Store, kind: Kind, id: i64, asker: Asker) -> Outcome<()> {
    permitted(store, kind, asker)?;
    let record = changeable(store, kind, id, asker)?;
    let dependents = if kind.is_transaction() {
        !store.applications_to(id)?.is_empty()
            || !store.made_from(id)?.is_empty()
            || record.id_of("reversalEntry").is_some()
    } else if kind.is_custom() {
        custom::has_children(store, &record)?
    } else {
        let column = if kind == Kind::Customer { "entity" } else { "item" };
        let sql = format!("SELECT COUNT(*) FROM transactionline WHERE {column} = ?1");
        store.connection.query_row(&sql, [id], |row| row.get::<_, i64>(0))? > 0
    };
    if dependents {
        return Err(Refused::user(
            "This record cannot be deleted because it has dependent records.",
        ));
    }
    let mut touched: BTreeSet<i64> = store.applications_of(id)?.iter().map(|one| one.doc).collect();
    touched.extend(store.made_of(id)?);
    if record.flag("isReversal") == Some(true)
        && let Some(original) = record.id_of("createdFrom")
        && let Some(mut original) = store.load("transaction", original)?
    {
        original.remove("reversalEntry");
        original.remove("reversalDate");
        store.save(&original)?;
    }
    store.remove(&record)?;
    if kind.is_transaction() {
        custom::forget(store, id)?;
    }
    ripple(store, &touched)
}

pub(super) fn transform(
    store: &Store,
    from: Kind,
    id: i64,
    to: Kind,
    body: &Map<String, Value>,
    asker: Asker,
) -> Outcome<Written> {
    permitted(store, to, asker)?;
    let source = existing(store, from, id)?;
    let mut reading = Reading::new(store, asker.strict);
    let body = reading.record(to, body)?;
    let (made, links) = drafted(store, &source, to, &body, asker)?;
    insert(store, made.clone(), &links)?;
    if to == Kind::ItemFulfillment && !store.has("ADVANCEDSHIPPING") {
        // Without Advanced Shipping the goods leaving is also the bill (netsuite.md §0, fact 9).
        let bill = if transform::bills_as_cash(&source) {
            Kind::CashSale
        } else {
            Kind::Invoice
        };
        let order = existing(store, from, id)?;
        let (bill, links) = drafted(store, &order, bill, &Map::new(), asker)?;
        insert(store, bill, &links)?;
    }
    Ok(Written {
        id: made.id,
        dropped: reading.dropped,
    })
}

/// What a transform would make, not saved.
pub(super) fn drafted(
    store: &Store,
    source: &Record,
    to: Kind,
    body: &Map<String, Value>,
    asker: Asker,
) -> Outcome<(Record, Vec<Link>)> {
    let id = store.next_id()?;
    let (mut fields, links) = transform::draft(store, source, to, body, id, asker.replace)?;
    fields.retain(|_, value| !value.is_null());
    Ok((Record { kind: to, id, fields }, links))
}

/// A record by id whose type is the one in the address.
pub(super) fn existing(store: &Store, kind: Kind, id: i64) -> Outcome<Record> {
    let record = store.load(kind.space(), id)?.ok_or_else(Refused::nonexistent)?;
    if record.kind == kind {
        Ok(record)
    } else {
        Err(Refused::nonexistent())
    }
}

/// `123`, or `eid:X` compared without case.
pub(super) fn address(store: &Store, kind: Kind, text: &str) -> Outcome<i64> {
    let id = match text.strip_prefix("eid:") {
        Some(external) => {
            in_alphabet(external)?;
            store.by_external(kind.space(), external)?
        }
        None => text.parse().ok(),
    };
    id.ok_or_else(Refused::nonexistent)
}

/// Saves a new record with all that follows from it.
fn insert(store: &Store, mut record: Record, links: &[Link]) -> Outcome<()> {
    external_id(store, &record)?;
    settle(store, &mut record, true)?;
    finish(store, record, links)
}

fn finish(store: &Store, mut record: Record, links: &[Link]) -> Outcome<()> {
    for link in links {
        store.link(link)?;
    }
    let mut touched: BTreeSet<i64> = links.iter().map(|link| link.previous_doc).collect();
    if record.kind == Kind::ItemFulfillment {
        // What is picked now may be shipped by a later change.
        touched.extend(store.made_of(record.id)?);
    }
    if record.kind.applies() {
        touched.extend(apply::take_over(store, &record)?);
    }
    refresh(store, &mut record)?;
    if record.kind == Kind::JournalEntry {
        let id = store.next_id()?;
        if let Some(opposite) = journal::reversal(&record, id) {
            record.put("reversalEntry", reference(id));
            insert(store, opposite, &[])?;
        }
    }
    store.save(&record)?;
    ripple(store, &touched)
}

/// Documents whose standing changed get it, and a new stamp.
fn ripple(store: &Store, touched: &BTreeSet<i64>) -> Outcome<()> {
    for id in touched {
        let Some(mut record) = store.load("transaction", *id)? else {
            continue;
        };
        refresh(store, &mut record)?;
        record.put("lastModifiedDate", instant(store.now));
        store.save(&record)?;
    }
    Ok(())
}

fn permitted(store: &Store, kind: Kind, asker: Asker) -> Outcome<()> {
    let taken_away = store.setting(&forbidden(kind))?.is_some();
    if asker.person || (kind.is_writable() && !taken_away) {
        return Ok(());
    }
    Err(Refused::new(
        403,
        "INSUFFICIENT_PERMISSION",
        "Your current role does not have permission to perform this action.",
    ))
}

/// An integration may change items that there are, not make or delete them.
fn may_change(store: &Store, kind: Kind, asker: Asker) -> Outcome<()> {
    if kind.is_item() && store.setting(&forbidden(kind))?.is_none() {
        return Ok(());
    }
    permitted(store, kind, asker)
}

/// The setting under which a permission is noted as taken away.
pub(super) fn forbidden(kind: Kind) -> String {
    format!("forbidden:{}", kind.name())
}

/// The setting under which a workflow holds a record.
pub(super) fn locked(kind: Kind, id: i64) -> String {
    format!("locked:{}:{id}", kind.space())
}

/// A record that may be changed now.
fn changeable(store: &Store, kind: Kind, id: i64, asker: Asker) -> Outcome<Record> {
    let record = existing(store, kind, id)?;
    if !asker.person && store.setting(&locked(kind, id))?.is_some() {
        return Err(Refused::user("This record has been locked by a user defined workflow."));
    }
    if !in_open_period(store, &record)? {
        return Err(Refused::user(
            "You cannot change this transaction: it was posted to a period that is closed.",
        ));
    }
    Ok(record)
}

fn external_id(store: &Store, record: &Record) -> Outcome<()> {
    let Some(external) = record.text("externalId") else {
        return Ok(());
    };
    in_alphabet(external)?;
    match store.by_external(record.kind.space(), external)? {
        Some(id) if id != record.id => Err(Refused::duplicate()),
        _ => Ok(()),
    }
}

/// Letters, digits, `_` and `-` (netsuite.md §0, fact 3).
fn in_alphabet(external: &str) -> Outcome<()> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !external.is_empty() && external.bytes().all(fits) {
        return Ok(());
    }
    Err(Refused::new(
        400,
        "INVALID_PARAMETER",
        format!("Invalid value for the external ID: {external}."),
    )
    .at("externalId"))
}
