//! What the self-audit asks of this computer (flows.md §17.5).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use flows::local::{InBooks, Watermark};
use netsuite::{RecordId, RecordType};
use store::{Reader, StoreError, cursors, in_books, links};

use crate::account_of;
use crate::schedule::{scheduled, scopes_of};

/// Beyond its schedule a flow may be behind so long: over a weekend, or while a service is not to be reached.
const PATIENCE: TimeDelta = TimeDelta::days(3);

/// A page of records that are believed to be in NetSuite.
pub(crate) fn page(
    db: &Reader<'_>,
    account: &str,
    before: DateTime<Utc>,
    after: i64,
    most: u32,
) -> Result<Vec<InBooks>, StoreError> {
    let page = in_books::page(db, account, before, after, most)?;
    Ok(page.into_iter().filter_map(believed).collect())
}

/// The same by name.
pub(crate) fn named(db: &Reader<'_>, names: &[String]) -> Result<Vec<InBooks>, StoreError> {
    Ok(in_books::named(db, names)?.into_iter().filter_map(believed).collect())
}

fn believed(one: in_books::InBooks) -> Option<InBooks> {
    let record = RecordType::TRANSACTIONS
        .into_iter()
        .find(|kind| kind.rest_name() == one.record)?;
    Some(InBooks {
        link: one.link,
        kind: one.kind,
        key: one.key,
        record,
        id: RecordId(one.record_id),
        name: one.name,
        number: one.document,
        total: one.total,
        marketplace: one.marketplace,
    })
}

/// NetSuite's ids of all records that are linked with orders.
pub(crate) fn linked(db: &Reader<'_>, orders: &[String]) -> Result<BTreeMap<String, BTreeSet<RecordId>>, StoreError> {
    let mut linked: BTreeMap<String, BTreeSet<RecordId>> = BTreeMap::new();
    for link in links::of_keys(db, "order", orders)? {
        linked.entry(link.key).or_default().insert(RecordId(link.record_id));
    }
    Ok(linked)
}

/// How far the flows that run by a schedule have read. A flow that only runs when a person asks is never behind, and
/// neither is one that never ran.
pub(crate) fn watermarks(db: &Reader<'_>, account: &str, now: DateTime<Utc>) -> Result<Vec<Watermark>, StoreError> {
    let mut marks = Vec::new();
    for entry in flows::catalogue() {
        let here = scopes_of(db, entry.card.id, None)?;
        let Some(scope) = here.into_iter().find(|scope| account_of(scope) == account) else {
            continue;
        };
        let plan = scheduled(db, entry, scope, now)?;
        let (Some(last), Some(next)) = (plan.last, plan.next) else {
            continue;
        };
        let Some(cursor) = cursors::get(db, entry.card.id, account)? else {
            continue;
        };
        let every = (next - last).max(TimeDelta::zero());
        marks.push(Watermark {
            flow: entry.card.id.to_owned(),
            title: entry.card.title.to_owned(),
            // While a first window is being read, nothing is known before it began.
            read_until: cursor.until.unwrap_or(cursor.moved_at),
            expected: now - every - PATIENCE,
        });
    }
    Ok(marks)
}
