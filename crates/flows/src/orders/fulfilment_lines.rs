//! What rows of the seller's own give to the lines of a fulfilment that the product writes (CMN-28). What left, how much
//! of it and from where stays what Amazon and the settings say.

use std::collections::BTreeMap;

use ::mapping::{Fault, Given, Place, Why};
use amazon::orders::Item;
use netsuite::fulfilment::FulfilledLine;
use rust_decimal::Decimal;
use serde_json::Value;

use super::draft::wanted;
use super::fulfilment_target::FULFILMENTS;
use super::lines::Line;
use super::questions::questions;
use super::seen::KnownRecord;
use super::standing::Case;
use crate::flow::Instead;
use crate::targets::order::of_line;

/// A line of goods of the order that is fulfilled.
pub struct Goods<'a> {
    number: u32,
    units: Decimal,
    item: Option<&'a Item>,
    /// NetSuite counts a kit's components among the lines, so what stands below one is not numbered as it was sent.
    below_kit: bool,
}

/// The goods of an order that is made in the same breath: its lines are numbered as they are sent.
pub fn of_draft<'a>(of: &Case<'a>, lines: &[Line]) -> Vec<Goods<'a>> {
    let mut below_kit = false;
    let mut goods = Vec::new();
    for (number, line) in (1..).zip(lines) {
        let known = of.seen.items.iter().find(|item| item.id == line.item);
        let kind = known.map(|item| item.kind.as_str());
        if line.kind == "item" && kind.is_some_and(is_shipped) {
            goods.push(Goods {
                number,
                units: line.quantity.unwrap_or_default(),
                item: line.of.and_then(|index| of.seen.order.items.get(index)),
                below_kit,
            });
        }
        below_kit |= matches!(kind, Some("Kit" | "Group"));
    }
    goods
}

/// The goods of an order that stands in NetSuite, under the numbers that it has there.
pub fn of_record<'a>(of: &Case<'a>, record: &KnownRecord) -> Vec<Goods<'a>> {
    let ordered: Vec<&Item> = of.seen.order.items.iter().filter(|item| item.quantity > 0).collect();
    let mut theirs: Vec<_> = record.lines.iter().collect();
    let mut goods = Vec::new();
    for item in ordered {
        let (marketplace, order) = (&of.profile.id, &of.seen.order.id);
        let Ok(matched) = of.rules.items_for(marketplace, order, &[wanted(item)], &of.seen.items) else {
            continue;
        };
        let line = matched
            .first()
            .and_then(|matched| theirs.iter().position(|line| line.item == matched.item));
        goods.extend(line.map(|index| theirs.remove(index)).map(|line| Goods {
            number: line.line,
            units: line.quantity - line.shipped,
            item: Some(item),
            below_kit: false,
        }));
    }
    goods
}

/// Whether an item of this kind stands on fulfilments.
fn is_shipped(kind: &str) -> bool {
    matches!(kind, "InvtPart" | "Assembly" | "Kit" | "NonInvtPart")
}

/// What rows give to the lines, by the order's line numbers; `source` is what they read of the body. Where everything
/// that is open leaves, only the lines that a row fills are named.
pub fn given(
    of: &Case<'_>,
    goods: &[Goods<'_>],
    lines: &mut Vec<FulfilledLine>,
    source: impl Fn() -> Value,
) -> Result<BTreeMap<u32, Given>, Instead> {
    let mut given = BTreeMap::new();
    if !FULFILMENTS.ladder(of.rules, of.profile).maps(Place::Line) {
        return Ok(given);
    }
    let mut faults: Vec<Fault> = Vec::new();
    for line in goods {
        let mut source = source();
        source["line"] = of_line("item", line.item);
        match FULFILMENTS.given(Place::Line, &source, of.rules, of.profile) {
            Ok(fields) if line.below_kit => faults.extend(fields.into_keys().map(below_kit)),
            Ok(fields) if fields.is_empty() => (),
            Ok(fields) => {
                given.insert(line.number, fields);
            }
            Err(wrong) => faults.extend(wrong),
        }
    }
    if !faults.is_empty() {
        let problems = FULFILMENTS.problems(faults, of.rules, of.profile);
        return Err(questions(&of.seen.order, problems));
    }
    if lines.is_empty() {
        let filled = goods.iter().filter(|line| given.contains_key(&line.number));
        lines.extend(filled.map(|line| FulfilledLine {
            order_line: line.number,
            quantity: line.units,
        }));
    }
    // A line that stays behind says nothing.
    given.retain(|number, _| {
        let left = lines.iter().find(|line| line.order_line == *number);
        left.is_none_or(|line| !line.quantity.is_zero())
    });
    Ok(given)
}

fn below_kit(field: String) -> Fault {
    Fault {
        place: Place::Line,
        field,
        why: Why::BelowKit,
    }
}
