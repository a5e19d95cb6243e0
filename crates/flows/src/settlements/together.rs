//! Payments that the orders of a customer share (`payment.granularity` = `per_customer`, SET-26): which group's decision
//! writes one, and how much of one belongs to which order.
//!
//! NetSuite keeps such a payment under the settlement's name and the customer's. What it pays is remembered with the
//! decision that wrote it; where that does not fit, or is not known here, NetSuite's own applications tell.

use std::collections::BTreeMap;

use domain::settlement::plan::{Application, Payment, Posting};
use domain::{ExternalId, Money};
use netsuite::queries::{self, Known};
use netsuite::{RecordId, RecordType, suiteql};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Failure;

use super::gather::Settled;
use crate::flow::Reads;

/// A group's part in a payment that is to be written for several.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Together {
    /// Its decision writes the payment, for all of them.
    Leads(Box<Shared>),
    /// It is paid by the payment of that name, which another group's decision writes.
    Follows(ExternalId),
}

/// A payment for several groups.
#[derive(Debug, Clone, Serialize)]
pub struct Shared {
    /// The payment: an invoice stands in it once.
    pub payment: Payment,
    /// What each order is paid by it.
    pub orders: BTreeMap<String, Decimal>,
    /// The lasting names of the groups.
    pub groups: Vec<String>,
}

/// What each order was paid by the shared payment of a decision, by the evidence that was kept of it; empty where it wrote
/// none.
pub fn orders_of(evidence: &serde_json::Value) -> BTreeMap<String, Decimal> {
    BTreeMap::deserialize(&evidence["together"]["leads"]["orders"]).unwrap_or_default()
}

/// The part of each group in the shared payments that a plan still has to write, by the group's lasting name. The first
/// group of a payment leads it.
pub(super) fn of(settled: &Settled) -> BTreeMap<String, Together> {
    let mut leaders: BTreeMap<ExternalId, (String, Shared)> = BTreeMap::new();
    let mut parts = BTreeMap::new();
    for outcome in &settled.plan.outcomes {
        for posting in &outcome.postings {
            let Posting::Payment(payment) = posting else { continue };
            let name = &payment.external_id;
            let is_shared = ExternalId::is_payment_of_customer(settled.id(), name.as_str());
            if !is_shared || payment.exists.is_some() {
                continue;
            }
            match leaders.get_mut(name) {
                Some((_, shared)) => {
                    shared.add(payment, &outcome.group);
                    parts.insert(outcome.group.clone(), Together::Follows(name.clone()));
                }
                None => {
                    leaders.insert(
                        name.clone(),
                        (outcome.group.clone(), Shared::of(payment, &outcome.group)),
                    );
                }
            }
        }
    }
    let leading = leaders.into_values();
    parts.extend(leading.map(|(group, shared)| (group, Together::Leads(Box::new(shared)))));
    parts
}

impl Shared {
    fn of(payment: &Payment, group: &str) -> Self {
        Self {
            payment: payment.clone(),
            orders: BTreeMap::from([(payment.order.clone(), payment.amount.amount)]),
            groups: vec![group.to_owned()],
        }
    }

    fn add(&mut self, payment: &Payment, group: &str) {
        let sum = self.payment.amount.amount + payment.amount.amount;
        self.payment.amount = Money::new(sum, self.payment.amount.currency);
        *self.orders.entry(payment.order.clone()).or_default() += payment.amount.amount;
        self.groups.push(group.to_owned());
        for one in &payment.applications {
            let mut known = self.payment.applications.iter_mut();
            match known.find(|known| known.invoice == one.invoice) {
                Some(known) => known.amount += one.amount,
                None => self.payment.applications.push(Application::clone(one)),
            }
        }
    }
}

/// The shared payments that NetSuite has, as each of their orders has them: the total is the order's part. `written` are a
/// settlement's records, `told` is what was kept here of what each payment pays, `by_order` what NetSuite has.
pub(super) async fn shares(
    reads: &Reads<'_>,
    settlement: &str,
    written: &[Known],
    told: &BTreeMap<String, BTreeMap<String, Decimal>>,
    by_order: &BTreeMap<String, Vec<Known>>,
) -> Result<Vec<(String, Known)>, Failure> {
    let is_shared = |one: &&Known| {
        let name = one.external_id.as_deref().unwrap_or_default();
        ExternalId::is_payment_of_customer(settlement, name)
    };
    let mut shares: Vec<(String, Known)> = Vec::new();
    let mut asked: Vec<&Known> = Vec::new();
    for payment in written.iter().filter(is_shared) {
        let kept = told_of(payment, told);
        if kept.values().sum::<Decimal>() == payment.total {
            shares.extend(kept.iter().map(|(order, share)| part(payment, order, *share)));
        } else {
            asked.push(payment);
        }
    }
    if asked.is_empty() {
        return Ok(shares);
    }
    let ids: Vec<RecordId> = asked.iter().map(|payment| payment.id.clone()).collect();
    let applied = suiteql::all(&reads.netsuite, queries::applied_by(&ids)).await?;
    let order_of: BTreeMap<&RecordId, &String> = by_order
        .iter()
        .flat_map(|(order, known)| known.iter().map(move |one| (one, order)))
        .filter(|(one, _)| one.record == Some(RecordType::Invoice))
        .map(|(one, order)| (&one.id, order))
        .collect();
    for payment in asked {
        let mut parts: BTreeMap<String, Decimal> = BTreeMap::new();
        parts.extend(
            told_of(payment, told)
                .keys()
                .map(|order| (order.clone(), Decimal::ZERO)),
        );
        for (_, invoice, amount) in applied.iter().filter(|(by, ..)| *by == payment.id) {
            if let Some(order) = order_of.get(invoice) {
                *parts.entry((*order).clone()).or_default() += *amount;
            }
        }
        shares.extend(parts.iter().map(|(order, share)| part(payment, order, *share)));
    }
    Ok(shares)
}

fn told_of(payment: &Known, told: &BTreeMap<String, BTreeMap<String, Decimal>>) -> BTreeMap<String, Decimal> {
    let name = payment.external_id.as_deref().unwrap_or_default();
    told.get(name).cloned().unwrap_or_default()
}

fn part(payment: &Known, order: &str, share: Decimal) -> (String, Known) {
    let part = Known {
        total: share,
        ..payment.clone()
    };
    (order.to_owned(), part)
}
