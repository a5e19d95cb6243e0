//! Confirm: finished transactions are read back, many in one query, and compared with what was expected (ORD-08). One
//! that NetSuite no longer shows is asked about: somebody deleted it, and nobody else would miss it (CMN-37, R1-1).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{Money, Text};
use flows::Expect;
use netsuite::queries;
use netsuite::{RecordId, suiteql};
use rust_decimal::Decimal;
use serde_json::Value;
use store::problems::{self, Tab, Which};
use store::steps::{self, Batch, Step};
use store::{Writer, links};
use wire::{Failure, ReadLine};

use crate::remote::{self, ReadBack};
use crate::run::Live;
use crate::settle;

/// Transactions read back in one query.
pub(crate) const AT_ONCE: u32 = 100;

/// What one reading back showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shown {
    /// Records that were read back.
    pub(crate) records: usize,
    /// Those that this very run wrote.
    pub(crate) fresh: usize,
    /// Those of them with a promised total.
    pub(crate) compared: usize,
    /// Those of them whose total differs.
    pub(crate) differ: usize,
}

/// Reads back what is finished and not yet confirmed.
pub(crate) async fn batch(live: &Live<'_>, batch: &Batch) -> Result<Shown, Failure> {
    let waiting = live
        .inner
        .store
        .read(|db| steps::unconfirmed(db, batch, AT_ONCE))
        .map_err(|error| lost(&error))?;
    if waiting.is_empty() {
        return Ok(Shown::default());
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
    let taxes = taxes(live, &waiting, &found).await?;
    keep(live, &waiting, &found, &taxes).map_err(|error| lost(&error))?;
    Ok(shown(live, &waiting, &found))
}

fn shown(live: &Live<'_>, waiting: &[Step], found: &BTreeMap<String, ReadBack>) -> Shown {
    let mut shown = Shown {
        records: waiting.len(),
        ..Shown::default()
    };
    // What an earlier run wrote and a person doubts now says nothing about this one.
    for step in waiting.iter().filter(|step| step.changed_at >= live.seat.since) {
        shown.fresh += 1;
        if let (Some(back), Some(promised)) = (found.get(&step.name), expected(step)) {
            shown.compared += 1;
            shown.differ += usize::from(!agrees(back, &promised));
        }
    }
    shown
}

/// The tax that NetSuite has on those whose total is not the promised one: it often is what makes the difference (TAX-05).
async fn taxes(
    live: &Live<'_>,
    waiting: &[Step],
    found: &BTreeMap<String, ReadBack>,
) -> Result<BTreeMap<RecordId, Decimal>, Failure> {
    let differ = waiting.iter().filter_map(|step| {
        let back = found.get(&step.name)?;
        let promised = expected(step)?;
        (!agrees(back, &promised)).then(|| back.id.clone())
    });
    let ids: Vec<RecordId> = differ.collect();
    let lines = match suiteql::all(&ReadLine::new(&live.netsuite), queries::taxes_of(&ids)).await {
        // The question about the total is asked in any case; without this it says less.
        Err(Failure::Refused { .. } | Failure::Misread { .. }) => Vec::new(),
        lines => lines?,
    };
    let mut taxes: BTreeMap<RecordId, Decimal> = BTreeMap::new();
    for (record, tax) in lines {
        *taxes.entry(record).or_default() += tax;
    }
    Ok(taxes)
}

fn keep(
    live: &Live<'_>,
    waiting: &[Step],
    found: &BTreeMap<String, ReadBack>,
    taxes: &BTreeMap<RecordId, Decimal>,
) -> store::Result<()> {
    let mut changed = false;
    live.inner.store.write(|db| {
        for step in waiting {
            // Looked for, once: what was not as expected has its question, and is looked for again when that is answered.
            steps::confirm(db, &step.name)?;
            let now = live.inner.now();
            match found.get(&step.name) {
                Some(back) => {
                    let tax = taxes.get(&back.id).copied();
                    changed |= compare(db, step, back, tax, now)?;
                }
                None if remote::transaction(step).is_some() => {
                    problems::open(db, &crate::problems::gone(step, now))?;
                    settle::subject(db, &step.flow, &step.account, &step.key, now)?;
                    changed = true;
                }
                None => (),
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
fn compare(
    db: &Writer<'_>,
    step: &Step,
    back: &ReadBack,
    tax: Option<Decimal>,
    now: DateTime<Utc>,
) -> store::Result<bool> {
    let record = back
        .record
        .map(netsuite::RecordType::rest_name)
        .or(step.record.as_deref())
        .unwrap_or_default();
    links::read_back(db, record, &back.id.0, Some(&back.document), back.total)?;
    let cause = crate::problems::gone_cause(step);
    let which = Which {
        cause: Some(&cause),
        ..Which::default()
    };
    let is_back = problems::close(db, &which, Tab::Resolved, None, None, now)? > 0;
    let Some(promised) = expected(step) else {
        if is_back {
            settle::subject(db, &step.flow, &step.account, &step.key, now)?;
        }
        return Ok(is_back);
    };
    let changed = if agrees(back, &promised) {
        let which = Which {
            flow: Some(&step.flow),
            step: Some(&step.name),
            ..Which::default()
        };
        problems::close(db, &which, Tab::Resolved, None, None, now)? > 0
    } else {
        let Expect::Total { total, tolerance } = promised;
        let theirs = back.total.map(|total| total.to_string()).unwrap_or_default();
        let off = back.total.map(|back| back.amount.abs() - total.amount.abs());
        let own = off.and_then(|off| own_tax(off, tax.unwrap_or_default(), &step.body, tolerance));
        let mut problem = crate::problems::total_mismatch(step, total, &theirs, &back.document, now);
        if let Some(tax) = own {
            problem.why = Text {
                id: "problem-total-differs-tax-why".into(),
                ..problem.why.with("tax", Money::new(tax, total.currency))
            };
        }
        problems::open(db, &problem)?;
        true
    };
    let changed = changed || is_back;
    if changed {
        settle::subject(db, &step.flow, &step.account, &step.key, now)?;
    }
    Ok(changed)
}

fn agrees(back: &ReadBack, promised: &Expect) -> bool {
    let Expect::Total { total, tolerance } = promised;
    back.total
        .is_some_and(|back| back.currency == total.currency && within(back.amount, total.amount, *tolerance))
}

/// The part of a record's tax that was not sent, where it is what the total is off by: NetSuite's own.
fn own_tax(off: Decimal, tax: Decimal, step: &Value, tolerance: Decimal) -> Option<Decimal> {
    let sent = step.pointer("/write/body/taxDetails/items").and_then(Value::as_array);
    let amounts = sent
        .into_iter()
        .flatten()
        .filter_map(|line| line["taxAmount"].as_number());
    let sent: Decimal = amounts
        .filter_map(|amount| amount.to_string().parse::<Decimal>().ok())
        .sum();
    let own = tax.abs() - sent.abs();
    (own > tolerance && (off - own).abs() <= tolerance).then_some(own)
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tax_05_a_total_is_told_to_be_off_by_netsuite_s_own_tax_only_where_that_is_the_difference() {
        let amount = |text: &str| text.parse::<Decimal>().unwrap();
        let own = |off: &str, tax: &str, step: &Value| own_tax(amount(off), amount(tax), step, amount("0.02"));
        let plain = json!({ "write": { "body": {} } });
        assert_eq!(own("19.00", "19.00", &plain), Some(amount("19.00")));
        assert_eq!(own("25.00", "19.00", &plain), None, "a price rule makes the rest");
        assert_eq!(own("-19.00", "19.00", &plain), None, "tax does not make a total less");
        assert_eq!(own("5.00", "0", &plain), None);
        let sent = json!({ "write": { "body": { "taxDetails": { "items": [{ "taxAmount": 19.00 }] } } } });
        assert_eq!(own("1.00", "19.00", &sent), None, "that tax is ours");
        assert_eq!(own("2.00", "21.00", &sent), Some(amount("2.00")), "and this is on top");
    }
}
