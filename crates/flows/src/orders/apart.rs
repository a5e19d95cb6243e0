//! An order whose shipments are billed one by one: each shipment is decided about like an order of its own, with its own
//! units, amounts, day and record, and the order is done when all are.
//!
//! The seller chooses it (`orders.fba.invoice_per_shipment`, ORD-06), or a settlement has waited for the bill of what has
//! left for as many days as the seller grants (`payment.partial_fba_days`, §10.7).

use amazon::{Order, OrderStatus};
use chrono::{Duration, NaiveDate};
use domain::{ExternalId, Text};
use rust_decimal::prelude::ToPrimitive;

use super::record::Becomes;
use super::seen::{KnownRecord, Seen};
use super::shipment::{Shipment, is_complete, part_of, with_rest};
use super::standing::Case;
use crate::flow::{Decision, Instead, Problem, Step, skip};

/// A shipment of an order, beside the order as a whole.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// Its number: the place among the order's shipments, from 1.
    pub number: u32,
    /// The whole order.
    pub whole: &'a Seen,
    /// The day of the order's first shipment, by which shared customers rotate: one order has one customer.
    pub first_day: NaiveDate,
}

/// How an order becomes records.
pub enum Becoming {
    /// One record.
    Whole,
    /// One for each shipment.
    Apart,
    /// One for each shipment, and Amazon's report has not told of all of them.
    NotReported,
}

/// How the order becomes records: as it was begun, or else as the seller chose.
pub fn becoming(of: &Case<'_>, becomes: Becomes) -> Becoming {
    let (seen, order) = (of.seen, &of.seen.order);
    let several = seen.sent.len() > 1;
    let shipments: Vec<Shipment> = seen.shipments().cloned().collect();
    let is_partly = order.status == OrderStatus::PartiallyShipped;
    let is_begun = seen.sent.iter().any(|one| one.written.is_some()) || !records(seen).is_empty();
    if is_begun {
        return if several || is_partly || is_complete(order, &shipments) {
            Becoming::Apart
        } else {
            Becoming::NotReported
        };
    }
    let is_bill = matches!(becomes, Becomes::Invoice | Becomes::CashSale);
    let is_new = seen.records.is_empty() && seen.written.is_none();
    if is_bill && is_new && is_partly && !shipments.is_empty() && is_waited_for(of) {
        return Becoming::Apart;
    }
    let chosen = is_bill && of.rules.is_on(&of.profile.id, "orders.fba.invoice_per_shipment");
    if !chosen || !is_new || order.status != OrderStatus::Shipped {
        return Becoming::Whole;
    }
    match (is_complete(order, &shipments), several) {
        (false, _) => Becoming::NotReported,
        (true, false) => Becoming::Whole,
        (true, true) => Becoming::Apart,
    }
}

/// Whether a settlement has waited for its bill for longer than the seller grants.
fn is_waited_for(of: &Case<'_>) -> bool {
    let days = of.rules.number(&of.profile.id, "payment.partial_fba_days");
    let days = days.and_then(|days| days.to_i64()).and_then(Duration::try_days);
    let due = of.seen.settled.zip(days).map(|(since, days)| since + days);
    due.is_some_and(|due| due <= of.rules.now)
}

/// The decision about an order, made shipment by shipment.
pub fn decide(of: &Case<'_>, decide: impl Fn(&Case<'_>) -> Decision) -> Decision {
    let seen = of.seen;
    let shipments: Vec<Shipment> = seen.shipments().cloned().collect();
    let mut all = Together::default();
    for (index, sent) in seen.sent.iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let part = |order: &Order| part_of(order, &with_rest(order, &shipments), index);
        let mut order = part(&seen.order);
        if order.items.is_empty() {
            continue;
        }
        if order.status == OrderStatus::PartiallyShipped {
            order.status = OrderStatus::Shipped;
        }
        let mut written = sent.written.clone();
        if let Some(written) = &mut written {
            written.amazon = written.amazon.as_ref().map(part);
        }
        let own = |record: &&KnownRecord| part_number(&seen.order.id, record) == Some(number);
        let of_part = Seen {
            order,
            records: seen.records.iter().filter(own).cloned().collect(),
            written,
            closed: sent.closed.clone(),
            sent: Vec::new(),
            ..seen.clone()
        };
        let case = Case {
            seen: &of_part,
            day: of.profile.day(sent.shipment.at),
            part: Some(Part {
                number,
                whole: seen,
                first_day: of.day,
            }),
            ..*of
        };
        all.add(decide(&case));
    }
    all.decision()
}

/// The records of an order's shipments.
pub fn records(seen: &Seen) -> Vec<&KnownRecord> {
    let of_shipment = |record: &&KnownRecord| part_number(&seen.order.id, record).is_some();
    seen.records.iter().filter(of_shipment).collect()
}

/// Which shipment of the order a record of ours bills.
fn part_number(order: &str, record: &KnownRecord) -> Option<u32> {
    numbered(order, record.external_id.as_deref()?)
}

/// Which shipment of the order the record of this name bills; nothing for a record of the whole order.
pub fn numbered(order: &str, name: &str) -> Option<u32> {
    let kinds = [ExternalId::invoice(order, None), ExternalId::cash_sale(order, None)];
    let tail = kinds.iter().find_map(|whole| name.strip_prefix(whole.as_str()))?;
    tail.strip_prefix('-')?.parse().ok()
}

/// Decisions about parts of one order, as one.
#[derive(Default)]
struct Together {
    steps: Vec<Step>,
    problems: Vec<Problem>,
    wait: Option<Text>,
    skip: Option<Text>,
}

impl Together {
    fn add(&mut self, decision: Decision) {
        let (steps, problems) = match decision {
            Ok(steps) => (steps, Vec::new()),
            Err(Instead::Partly { steps, problems }) => (steps, problems),
            Err(Instead::Ask { problems }) => (Vec::new(), problems),
            Err(Instead::Wait { reason }) => return self.wait = Some(reason),
            Err(Instead::Skip { reason }) => return self.skip = Some(reason),
        };
        // A customer that all of them need is made once, and what all of them ask is asked once.
        let is_new = |step: &Step| self.steps.iter().all(|known| known.name != step.name);
        let steps: Vec<Step> = steps.into_iter().filter(is_new).collect();
        self.steps.extend(steps);
        let is_new = |problem: &Problem| self.problems.iter().all(|known| known.cause != problem.cause);
        let problems: Vec<Problem> = problems.into_iter().filter(is_new).collect();
        self.problems.extend(problems);
    }

    fn decision(self) -> Decision {
        let Self { steps, problems, .. } = self;
        match (steps.is_empty(), problems.is_empty(), self.wait) {
            (true, false, _) => Err(Instead::Ask { problems }),
            (false, false, _) => Err(Instead::Partly { steps, problems }),
            (_, true, Some(reason)) => Err(Instead::Wait { reason }),
            (false, true, None) => Ok(steps),
            (true, true, None) => skip(self.skip.unwrap_or_else(|| Text::new("reason-nothing-ordered"))),
        }
    }
}
