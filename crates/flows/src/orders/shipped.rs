//! Orders that left without NetSuite: shipped by Amazon, or under a label that was bought there (flows.md §3.2, §3.6).

use amazon::Order;
use amazon::OrderStatus;
use amazon::orders::Program;
use chrono::NaiveDate;
use domain::{ExternalId, Text};
use netsuite::fulfilment::{FulfilledLine, Parcel};
use netsuite::{ItemFulfilment, RecordId, Target};

use super::fulfilment_lines::{self, Goods};
use super::fulfilment_target::{self, FULFILMENTS, left_on};
use super::questions::questions;
use super::relined::{self, has_lines, relined};
use super::seen::KnownRecord;
use super::standing::Case;
use super::wanted::wanted;
use super::written::Written;
use crate::flow::{Decision, Instead, Step, Write, skip};
use crate::rules::{Profile, Rules, option_missing};
use crate::targets::{onto, onto_lines};

/// The fulfilment of these lines, or of everything that is open, on the day it left; `goods` are the order's lines of
/// goods.
pub fn fulfilment(
    of: &Case<'_>,
    target: Target,
    day: NaiveDate,
    location: RecordId,
    mut lines: Vec<FulfilledLine>,
    goods: &[Goods<'_>],
) -> Result<Step, Instead> {
    let order = &of.seen.order;
    let source = || fulfilment_target::source(order, of.channel, day, Some(&location), of.profile);
    let given = FULFILMENTS.body(of.rules, of.profile, source);
    let given = given.map_err(|wrong| questions(order, wrong))?;
    let given_lines = fulfilment_lines::given(of, goods, &mut lines, source)?;
    let parcels = order.packages.iter().filter_map(|package| {
        Some(Parcel {
            tracking: package.tracking.clone()?,
            description: package.carrier.clone(),
        })
    });
    let needs = match &target {
        Target::Named(name) => vec![name.clone()],
        Target::Id(_) => Vec::new(),
    };
    let fulfilment = ItemFulfilment {
        external_id: ExternalId::fulfilment(&order.id, 1),
        order: target,
        location,
        date: day,
        lines,
        packages: parcels.collect(),
        memo: Some(format!("Amazon {}", order.id)),
        more: Vec::new(),
    };
    Ok(Step {
        name: fulfilment.external_id.as_str().to_owned(),
        title: Text::new("step-create-fulfilment").with("order", order.id.as_str()),
        needs,
        expect: None,
        hold: None,
        link: None,
        write: Write::NetSuite(onto_lines(onto(fulfilment.transform(), &given), &given_lines)),
    })
}

/// A new order that left already under a label bought at Amazon: its fulfilment is written with it, and nothing is sent
/// back (`orders.sfp.fulfilment_source` = `amazon_label`).
pub fn labelled_at_amazon(of: &Case<'_>, goods: &[Goods<'_>]) -> Result<Option<Step>, Instead> {
    if !follows_amazon(&of.seen.order, of.rules, of.profile) {
        return Ok(None);
    }
    let order = Target::Named(ExternalId::sales_order(&of.seen.order.id));
    left(of, order, Vec::new(), goods).map(Some)
}

/// Shipped at Amazon, and the order in NetSuite is still open: the fulfilment follows by choice, or the seller is told.
/// What was cancelled follows first, and a question comes before either.
pub fn left_without_netsuite(
    of: &Case<'_>,
    record: &KnownRecord,
    written: Option<&Written>,
    verdict: Decision,
) -> Decision {
    let mut steps = match verdict {
        Ok(steps) => steps,
        Err(Instead::Skip { .. }) => Vec::new(),
        Err(instead) => return Err(instead),
    };
    if follows_amazon(&of.seen.order, of.rules, of.profile) {
        let lines = written.and_then(|written| cancelled_apart(of, record, written));
        let goods = fulfilment_lines::of_record(of, record);
        let order = Target::Id(record.id.clone());
        steps.push(left(of, order, lines.unwrap_or_default(), &goods)?);
    }
    if steps.is_empty() {
        return skip(Text::new("reason-shipped-at-amazon").with("document", record.number.as_str()));
    }
    Ok(steps)
}

/// The lines that left by name, where the record still has units that were cancelled; else everything is meant.
fn cancelled_apart(of: &Case<'_>, record: &KnownRecord, written: &Written) -> Option<Vec<FulfilledLine>> {
    let wanted = wanted(of, record, written)?;
    if has_lines(record, &wanted.lines) {
        return None;
    }
    let placeholder = of.rules.record(&of.profile.id, "orders.placeholder_item");
    let is_goods = |item: &str| {
        let known = of.seen.items.iter().any(|one| one.id.0 == item);
        known || placeholder.as_ref().is_some_and(|id| id.0 == item)
    };
    Some(relined::left(&relined(record, written, &wanted.lines)?, is_goods))
}

/// Whether the fulfilment in NetSuite is made from what Amazon knows of the parcels.
pub fn follows_amazon(order: &Order, rules: &Rules, profile: &Profile) -> bool {
    let prime = order.has(&Program::Prime);
    let label = prime && rules.says(&profile.id, "orders.sfp.fulfilment_source", "amazon_label");
    order.status == OrderStatus::Shipped && (label || rules.is_on(&profile.id, "orders.adopt_amazon_shipment"))
}

fn left(of: &Case<'_>, target: Target, lines: Vec<FulfilledLine>, goods: &[Goods<'_>]) -> Result<Step, Instead> {
    let (order, marketplace) = (&of.seen.order, of.profile.id.as_str());
    let Some(location) = of.rules.record(marketplace, "location.mfn") else {
        return Err(questions(order, vec![option_missing(marketplace, "location.mfn")]));
    };
    fulfilment(of, target, left_on(order, of.profile), location, lines, goods)
}
