//! Looks at the sales orders that changed in NetSuite, with what left of them and what is billed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::Text;
use netsuite::queries::{self, Known, OrderLine, Period};
use netsuite::{RecordId, RecordType, suiteql};
use wire::Failure;

use super::bills::posting_days;
use super::seen::{Billable, Written};
use crate::flow::{Look, Progress, Reads, Window};
use crate::fulfilments::{Documents, amazon_number, documents, shipped};
use crate::local::SentOf;
use crate::orders::closed_on;
use crate::orders::seen::ClosedPeriod;
use crate::rules::Rules;

/// A look at what may be billed.
pub async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Billable>, Failure> {
    let Documents {
        records: known,
        next,
        read_until,
    } = documents(reads, window).await?;
    (reads.progress)(Progress {
        doing: Text::new("progress-reading-sales-orders"),
        read: u64::try_from(known.len()).unwrap_or(u64::MAX),
        total: None,
    })?;
    let subjects = around(reads, known, rules).await?;
    Ok(Look::Seen {
        subjects,
        next,
        read_until,
    })
}

/// Everything about these sales orders that a decision needs. Only orders of this account that the order flows know.
async fn around(reads: &Reads<'_>, documents: Vec<Known>, rules: &Rules) -> Result<Vec<Billable>, Failure> {
    let mut by_order: BTreeMap<String, Known> = BTreeMap::new();
    for known in documents {
        if let Some(order) = amazon_number(&known, rules) {
            // The record that we made comes before one that a person made.
            let ours = known.external_id.is_some();
            if ours || !by_order.contains_key(&order) {
                by_order.insert(order, known);
            }
        }
    }
    let numbers: Vec<String> = by_order.keys().cloned().collect();
    let mut orders = reads.local.amazon_orders(&numbers).await?;
    orders.retain(|_, order| {
        let marketplace = order.marketplace_id.as_ref();
        marketplace.is_some_and(|id| reads.scope.marketplaces.contains(id))
    });
    by_order.retain(|order, _| orders.contains_key(order));
    let ids: Vec<RecordId> = by_order.values().map(|known| known.id.clone()).collect();
    let numbers: Vec<String> = by_order.keys().cloned().collect();
    let (made, carrying, lines, methods, periods) = futures::try_join!(
        suiteql::all(&reads.netsuite, queries::made_from(&ids)),
        suiteql::all(&reads.netsuite, queries::by_order_number(&numbers)),
        suiteql::all(&reads.netsuite, queries::order_lines(&ids, &[])),
        suiteql::all(&reads.netsuite, queries::payment_methods(&ids)),
        suiteql::all(&reads.netsuite, vec![queries::periods()]),
    )?;
    let (mut open, mut ours, sent) = futures::try_join!(
        reads.local.open_questions(&numbers),
        reads.local.made("billing", &numbers),
        reads.local.sent(&numbers),
    )?;
    let lines: Vec<OrderLine> = lines.into_iter().flatten().collect();
    let in_parts: BTreeSet<&RecordId> = by_order
        .values()
        .filter(|known| is_in_parts(known, &made))
        .map(|known| &known.id)
        .collect();
    let fulfilments = made.iter().filter(|(source, made)| {
        made.record == Some(RecordType::ItemFulfillment) && by_order.values().any(|known| known.id == *source)
    });
    let (wanted, plain): (Vec<_>, Vec<_>) = fulfilments.partition(|(source, _)| in_parts.contains(source));
    let kits: BTreeSet<RecordId> = lines
        .iter()
        .filter(|line| line.kind == "Kit" && in_parts.contains(&line.order))
        .map(|line| line.item.clone())
        .collect();
    let members = suiteql::all(
        &reads.netsuite,
        queries::kit_members(&kits.into_iter().collect::<Vec<_>>()),
    )
    .await?;
    let mut left = shipped(reads, wanted.into_iter().map(|(_, made)| made.id.clone()).collect()).await?;
    left.extend(plain.into_iter().map(|(source, made)| without_lines(source, made)));
    let mut subjects = Vec::new();
    for (number, document) in by_order {
        let Some(order) = orders.remove(&number) else { continue };
        let own: Vec<OrderLine> = lines.iter().filter(|line| line.order == document.id).cloned().collect();
        let is_from_it = |bill: &Known| {
            made.iter()
                .any(|(source, made)| *source == document.id && made.id == bill.id)
        };
        let mut seen = Billable {
            members: members
                .iter()
                .filter(|member| own.iter().any(|line| line.item == member.kit))
                .cloned()
                .collect(),
            written: SentOf::whole(&sent, &number).map(|sent| Written::of(sent, &own)),
            lines: own,
            standalone: carrying
                .iter()
                .filter(|bill| bill.other_ref_num.as_deref() == Some(&number) && is_bill(bill))
                .filter(|bill| bill.status != "V" && !is_from_it(bill))
                .cloned()
                .collect(),
            made: ours.remove(&number).unwrap_or_default(),
            left: left
                .iter()
                .filter(|one| one.has_left() && one.order.as_ref() == Some(&document.id))
                .cloned()
                .collect(),
            bills: made
                .iter()
                .filter(|(source, made)| *source == document.id && is_bill(made))
                .map(|(_, made)| made.clone())
                .collect(),
            payment_method: methods
                .iter()
                .find(|(id, _)| *id == document.id)
                .and_then(|(_, method)| method.clone()),
            closed: BTreeMap::new(),
            open: open.remove(&number).unwrap_or_default(),
            order,
            document,
        };
        seen.closed = closed(&seen, &periods, rules);
        subjects.push(seen);
    }
    Ok(subjects)
}

/// An order that left at once and is not billed at all needs no look at its fulfilment's lines.
fn is_in_parts(known: &Known, made: &[(RecordId, Known)]) -> bool {
    let own = || {
        made.iter()
            .filter(|(source, _)| *source == known.id)
            .map(|(_, made)| made)
    };
    let fulfilments = own()
        .filter(|one| one.record == Some(RecordType::ItemFulfillment))
        .count();
    let billed = own().any(is_bill);
    matches!(known.status.as_str(), "D" | "E") || fulfilments > 1 || (billed && known.status != "G")
}

fn is_bill(known: &Known) -> bool {
    matches!(known.record, Some(RecordType::Invoice | RecordType::CashSale))
}

fn without_lines(source: &RecordId, made: &Known) -> netsuite::Shipped {
    netsuite::Shipped {
        id: made.id.clone(),
        order: Some(source.clone()),
        number: made.number.clone(),
        status: made.status.clone(),
        date: made.date,
        method: None,
        location: None,
        lines: Vec::new(),
        tracking: Vec::new(),
        confirmation: None,
    }
}

fn closed(seen: &Billable, periods: &[Period], rules: &Rules) -> BTreeMap<NaiveDate, ClosedPeriod> {
    let days = posting_days(seen, rules).into_iter();
    days.filter_map(|day| Some((day, closed_on(periods, day)?))).collect()
}
