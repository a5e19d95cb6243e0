//! What rows of the seller's own give to the lines of a bill (CMN-28, CMN-31). Which lines are billed, how much of each
//! and for what amount stays the order's.

use std::collections::{BTreeMap, BTreeSet};

use ::mapping::{Fault, Given, Place};
use amazon::Order;
use amazon::orders::Item;
use netsuite::queries::OrderLine;
use netsuite::{BilledLine, RecordId, Share};
use serde_json::Value;

use super::seen::Billable;
use super::shares::Shares;
use super::target::BILLS;
use crate::flow::Instead;
use crate::rules::{EXTRAS, Profile, Rules};
use crate::targets::order::of_line;

/// A line of the order as rows read it.
pub struct Line<'a> {
    /// Its number in the order.
    pub number: u32,
    /// Whether somebody closed it, so that it is on no bill.
    pub closed: bool,
    /// What kind of line it is, as on an order's own record.
    kind: &'static str,
    /// Amazon's item that it belongs to.
    item: Option<&'a Item>,
}

impl Line<'_> {
    /// The plain values.
    pub fn source(&self) -> Value {
        of_line(self.kind, self.item)
    }

    /// What tells it from its neighbours.
    pub fn label(&self) -> String {
        let sku = self.item.and_then(|item| item.sku.clone());
        sku.unwrap_or_else(|| self.number.to_string())
    }
}

/// The order's lines with what they stand for.
pub fn of<'a>(seen: &'a Billable, rules: &Rules, profile: &Profile) -> Vec<Line<'a>> {
    let extras: BTreeSet<RecordId> = EXTRAS.iter().filter_map(|key| rules.record(&profile.id, key)).collect();
    let shares = Shares::of(seen, &extras);
    let with_goods = shares.with_items();
    let goods: Vec<&OrderLine> = with_goods
        .iter()
        .filter(|(line, of)| is_itself(line, *of))
        .map(|(line, _)| *line)
        .collect();
    let items = items_of(&goods, &seen.order, rules, profile);
    let one = |(line, of): &(&OrderLine, Option<&OrderLine>)| Line {
        number: line.line,
        closed: line.closed,
        kind: if is_itself(line, *of) {
            "item"
        } else {
            kind(line, rules, profile)
        },
        item: of.and_then(|goods| items.get(&goods.line).copied()),
    };
    with_goods.iter().map(one).collect()
}

fn is_itself(line: &OrderLine, of: Option<&OrderLine>) -> bool {
    of.is_some_and(|goods| goods.line == line.line)
}

/// What rows give to the lines of a bill, by the order's line numbers; `source` is what they read of its body. The lines of a bill of the whole order
/// are named only where a row fills one of them.
pub fn given(
    seen: &Billable,
    billed: &mut Vec<BilledLine>,
    source: impl FnOnce() -> Value,
    rules: &Rules,
    profile: &Profile,
) -> Result<BTreeMap<u32, Given>, Instead> {
    let mut given = BTreeMap::new();
    if !BILLS.ladder(rules, profile).maps(Place::Line) {
        return Ok(given);
    }
    let head = source();
    let mut faults: Vec<Fault> = Vec::new();
    let is_left_out = |number: u32| {
        let named = billed.iter().find(|line| line.order_line == number);
        named.map_or(!billed.is_empty(), |line| line.share == Share::Nothing)
    };
    for line in of(seen, rules, profile) {
        if line.closed || is_left_out(line.number) {
            continue;
        }
        let mut source = head.clone();
        source["line"] = line.source();
        match BILLS.given(Place::Line, &source, rules, profile) {
            Ok(fields) if fields.is_empty() => (),
            Ok(fields) => {
                given.insert(line.number, fields);
            }
            Err(wrong) => faults.extend(wrong),
        }
    }
    if !faults.is_empty() {
        let problems = BILLS.problems(faults, rules, profile);
        return Err(Instead::Ask { problems });
    }
    if billed.is_empty() {
        billed.extend(given.keys().map(|number| BilledLine {
            order_line: *number,
            share: Share::Open,
        }));
    }
    Ok(given)
}

/// Which of Amazon's items each line of goods is: by the SKU's link or name; else, where there are as many of both, in
/// the same order.
fn items_of<'a>(goods: &[&OrderLine], order: &'a Order, rules: &Rules, profile: &Profile) -> BTreeMap<u32, &'a Item> {
    let ordered: Vec<&Item> = order.items.iter().filter(|item| item.quantity > 0).collect();
    let mut free = ordered.clone();
    let mut found = BTreeMap::new();
    for line in goods {
        if let Some(index) = free.iter().position(|item| is_sold_as(item, line, rules, profile)) {
            found.insert(line.line, free.remove(index));
        }
    }
    if found.is_empty() && ordered.len() == goods.len() {
        found.extend(goods.iter().map(|line| line.line).zip(ordered));
    }
    found
}

fn is_sold_as(item: &Item, line: &OrderLine, rules: &Rules, profile: &Profile) -> bool {
    let sku = item.sku.as_deref().unwrap_or_default();
    let here = |place: Option<&String>| place.is_none_or(|id| *id == profile.id);
    let mut links = rules
        .item_links
        .iter()
        .filter(|link| link.sku == sku && here(link.marketplace.as_ref()));
    let own = line.name.rsplit(" : ").next().unwrap_or(&line.name);
    links.any(|link| link.item == line.item) || (!sku.is_empty() && own.eq_ignore_ascii_case(sku))
}

fn kind(line: &OrderLine, rules: &Rules, profile: &Profile) -> &'static str {
    let is = |key: &str| rules.record(&profile.id, key).is_some_and(|id| id == line.item);
    let kinds = [
        ("orders.shipping_item", "shipping"),
        ("orders.giftwrap_item", "gift_wrap"),
        ("orders.item_discount_item", "discount"),
        ("orders.shipping_discount_item", "shipping_discount"),
        ("tax.item", "tax"),
    ];
    let known = kinds.into_iter().find(|(key, _)| is(key)).map(|(_, kind)| kind);
    known.unwrap_or(if line.kind == "Discount" { "discount" } else { "other" })
}
