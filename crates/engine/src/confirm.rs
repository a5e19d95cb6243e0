//! Confirm: finished transactions are read back, many in one query, and compared with what was expected (ORD-08).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Money;
use flows::Expect;
use rust_decimal::Decimal;
use store::problems::{self, Tab, Which};
use store::steps::{self, Batch, Step};
use store::{Writer, links};
use wire::Failure;

use crate::remote::{self, ReadBack};
use crate::run::Live;
use crate::settle;

/// Transactions read back in one query.
pub(crate) const AT_ONCE: u32 = 100;

/// Reads back what is finished and not yet confirmed; how many there were.
pub(crate) async fn batch(live: &Live<'_>, batch: &Batch) -> Result<usize, Failure> {
    let waiting = live
        .inner
        .store
        .read(|db| steps::unconfirmed(db, batch, AT_ONCE))
        .map_err(|error| lost(&error))?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let names: Vec<_> = waiting
        .iter()
        .filter_map(|step| remote::external_id(&step.name))
        .collect();
    let mut found = remote::read_back(&live.netsuite, &names).await?;
    // The query service may lag behind the record service by a moment: what it does not show is read one by one.
    for step in &waiting {
        if found.contains_key(&step.name) {
            continue;
        }
        if let Some(back) = remote::read_one(&live.netsuite, step).await? {
            found.insert(step.name.clone(), back);
        }
    }
    keep(live, &waiting, &found).map_err(|error| lost(&error))?;
    Ok(waiting.len())
}

fn keep(live: &Live<'_>, waiting: &[Step], found: &BTreeMap<String, ReadBack>) -> store::Result<()> {
    let mut changed = false;
    live.inner.store.write(|db| {
        for step in waiting {
            steps::confirm(db, &step.name)?;
            if let Some(back) = found.get(&step.name) {
                changed |= compare(db, step, back, live.inner.now())?;
            }
        }
        Ok(())
    })?;
    if changed {
        live.inner.tell_problems();
    }
    Ok(())
}

/// Keeps what was read back and opens, or closes, the question about its total. Whether a problem changed.
fn compare(db: &Writer<'_>, step: &Step, back: &ReadBack, now: DateTime<Utc>) -> store::Result<bool> {
    let record = back
        .record
        .map(netsuite::RecordType::rest_name)
        .or(step.record.as_deref())
        .unwrap_or_default();
    links::read_back(db, record, &back.id.0, Some(&back.document), back.total)?;
    let Some(Expect::Total { total, tolerance }) = expected(step) else {
        return Ok(false);
    };
    let agrees = |back: Money| back.currency == total.currency && within(back.amount, total.amount, tolerance);
    let changed = if back.total.is_some_and(agrees) {
        let which = Which {
            flow: Some(&step.flow),
            step: Some(&step.name),
            ..Which::default()
        };
        problems::close(db, &which, Tab::Resolved, None, None, now)? > 0
    } else {
        let theirs = back.total.map(|total| total.to_string()).unwrap_or_default();
        problems::open(
            db,
            &crate::problems::total_mismatch(step, total, &theirs, &back.document, now),
        )?;
        true
    };
    if changed {
        settle::subject(db, &step.flow, &step.account, &step.key, now)?;
    }
    Ok(changed)
}

/// What a step expects, if it expects anything.
pub(crate) fn expected(step: &Step) -> Option<Expect> {
    serde_json::from_value(step.expect.clone()?).ok()
}

/// Two totals agree, whatever sign each side writes them with.
pub(crate) fn within(theirs: Decimal, ours: Decimal, tolerance: Decimal) -> bool {
    (theirs.abs() - ours.abs()).abs() <= tolerance.abs()
}

/// The workspace failed while confirming: the next run reads back again.
fn lost(error: &store::StoreError) -> Failure {
    tracing::error!(%error, "a confirmation could not be kept");
    Failure::Unreachable {
        because: error.to_string(),
    }
}
