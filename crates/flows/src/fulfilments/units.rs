//! From what the warehouse took off the shelf to what Amazon counts (FUL-04, FUL-05): lines of fulfilments become units
//! of order items. Packs are divided by their factor and kits by their components; what does not come out whole yet
//! waits for the rest.

use std::collections::{BTreeMap, BTreeSet};

use amazon::orders::Item;
use netsuite::queries::{Member, OrderLine};
use netsuite::{RecordId, Shipped};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::seen::{Document, Shipping};
use crate::flow::{Instead, Problem};
use crate::rules::{EXTRAS, ItemFound, ItemLink, Profile, Rules, Wanted};

/// Units of order items, fulfilment by fulfilment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// What each fulfilment completes: order item id and units, in the order of Amazon's items.
    pub of: Vec<(RecordId, Vec<(String, u32)>)>,
    /// Whether some pack or kit is begun and not complete.
    pub incomplete: bool,
}

/// A line of a sales order that is an order item.
struct Line<'a> {
    document: &'a RecordId,
    number: u32,
    item: &'a RecordId,
    order_item: &'a str,
    factor: Decimal,
}

/// What the fulfilments that left come to, or what has to be said first.
pub fn of(seen: &Shipping, rules: &Rules, profile: &Profile) -> Result<Units, Instead> {
    let lines = lines(seen, rules, profile)?;
    let mut before: BTreeMap<usize, Decimal> = BTreeMap::new();
    let mut units = Units {
        of: Vec::new(),
        incomplete: false,
    };
    for shipped in seen.left() {
        let mut of: Vec<(String, u32)> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let taken = before.entry(index).or_default();
            let whole_before = taken.floor();
            *taken += quantity(seen, shipped, line) / line.factor;
            let more = (taken.floor() - whole_before).to_u32().unwrap_or_default();
            if more > 0 {
                match of.iter_mut().find(|(id, _)| id == line.order_item) {
                    Some((_, count)) => *count += more,
                    None => of.push((line.order_item.to_owned(), more)),
                }
            }
        }
        units.of.push((shipped.id.clone(), of));
    }
    units.incomplete = before.values().any(|taken| !taken.fract().is_zero());
    Ok(units)
}

/// Which line of a sales order is which order item: as the product's own field on the line says; else by the item that
/// the SKU stands for, and where one item stands on several lines, in the same order on both sides (O7); else, where the
/// SKU stands for something else by now, as the lines were written.
fn lines<'a>(seen: &'a Shipping, rules: &Rules, profile: &Profile) -> Result<Vec<Line<'a>>, Instead> {
    let mut lines = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for document in &seen.documents {
        let found = found(document, rules, &profile.id);
        let written = as_written(seen, document, rules, profile);
        let (mut used, mut unmatched) = (BTreeSet::new(), Vec::new());
        // What was cancelled comes after what is still ordered: it may have left all the same (FUL-04).
        for item in seen.items().chain(seen.cancelled()) {
            let said = written.iter().find(|one| one.order_item == item.id && one.named);
            let matched = match said {
                Some(said) => Ok(Some((said.line, factor(item, said, rules, profile)))),
                None => by_sku(&seen.order.id, item, document, &found, &used, rules, profile),
            };
            match matched {
                Ok(Some((line, factor))) => {
                    used.insert(line.line);
                    lines.push(as_line(document, line, item, factor));
                }
                other => unmatched.push((item, other.err())),
            }
        }
        for (item, instead) in unmatched {
            let said = written.iter().find(|one| one.order_item == item.id);
            match (said.filter(|said| used.insert(said.line.line)), instead) {
                (Some(said), _) => {
                    let factor = factor(item, said, rules, profile);
                    lines.push(as_line(document, said.line, item, factor));
                }
                // Nothing has to be known of what nobody orders any more.
                (None, _) if item.quantity == 0 => (),
                (None, Some(Instead::Ask { problems: asked })) => {
                    let new = |one: &Problem| problems.iter().all(|known| known.cause != one.cause);
                    let asked: Vec<Problem> = asked.into_iter().filter(new).collect();
                    problems.extend(asked);
                }
                (None, Some(instead)) => return Err(instead),
                (None, None) => (),
            }
        }
    }
    if problems.is_empty() {
        Ok(lines)
    } else {
        Err(Instead::Ask { problems })
    }
}

fn as_line<'a>(document: &'a Document, line: &'a OrderLine, item: &'a Item, factor: u32) -> Line<'a> {
    Line {
        document: &document.id,
        number: line.line,
        item: &line.item,
        order_item: &item.id,
        factor: Decimal::from(factor.max(1)),
    }
}

fn by_sku<'a>(
    order: &str,
    item: &Item,
    document: &'a Document,
    found: &[ItemFound],
    used: &BTreeSet<u32>,
    rules: &Rules,
    profile: &Profile,
) -> Result<Option<(&'a OrderLine, u32)>, Instead> {
    let wanted = Wanted {
        sku: item.sku.as_deref().unwrap_or_default(),
        title: item.title.as_deref().unwrap_or_default(),
        asin: item.asin.as_deref(),
    };
    let Some(matched) = rules
        .items_for(&profile.id, order, &[wanted], found)?
        .into_iter()
        .next()
    else {
        return Ok(None);
    };
    let ordered = matched.units(Decimal::from(item.quantity));
    let free = |line: &&OrderLine| line.item == matched.item && !used.contains(&line.line);
    let exact = document
        .lines
        .iter()
        .filter(free)
        .find(|line| line.quantity == Some(ordered));
    let line = exact.or_else(|| document.lines.iter().find(free));
    Ok(line.map(|line| (line, matched.factor)))
}

/// An order item's line as it was written.
struct Said<'a> {
    order_item: &'a str,
    line: &'a OrderLine,
    quantity: Decimal,
    /// Whether the line itself names the order item.
    named: bool,
}

/// The lines of goods that this computer wrote, each with its order item: by the product's own field, else in the
/// order of Amazon's items, if there are as many.
fn as_written<'a>(seen: &'a Shipping, document: &'a Document, rules: &Rules, profile: &Profile) -> Vec<Said<'a>> {
    let extras: BTreeSet<RecordId> = EXTRAS.iter().filter_map(|key| rules.record(&profile.id, key)).collect();
    let mut theirs = document.lines.iter();
    let mut goods = Vec::new();
    for one in &document.written {
        let line = theirs.find(|line| line.item == one.item);
        if let (Some(quantity), false) = (one.quantity, extras.contains(&one.item)) {
            goods.push((one, line, quantity));
        }
    }
    let all: Vec<&Item> = seen.order.items.iter().collect();
    let ordered: Vec<&Item> = seen.items().collect();
    let in_order = [all, ordered].into_iter().find(|items| items.len() == goods.len());
    let said = goods
        .into_iter()
        .enumerate()
        .filter_map(|(index, (one, line, quantity))| {
            let by_place = || {
                in_order
                    .as_ref()
                    .and_then(|items| items.get(index))
                    .map(|item| item.id.as_str())
            };
            Some(Said {
                order_item: one.order_item.as_deref().or_else(by_place)?,
                line: line?,
                quantity,
                named: one.order_item.is_some(),
            })
        });
    said.collect()
}

/// Units of the item in one unit of the SKU: as it is linked, else, where the SKU is linked with something else by now,
/// as it was written.
fn factor(item: &Item, said: &Said<'_>, rules: &Rules, profile: &Profile) -> u32 {
    let sku = item.sku.as_deref().unwrap_or_default();
    let here = |link: &&ItemLink| {
        let place = link.marketplace.as_ref();
        link.sku == sku && place.is_none_or(|id| *id == profile.id)
    };
    let mut links = rules.item_links.iter().filter(here).peekable();
    if links.peek().is_none() {
        return 1;
    }
    let linked = links.find(|link| link.item == said.line.item).map(|link| link.factor);
    let ratio = || {
        let ratio = said.quantity.checked_div(Decimal::from(item.quantity))?;
        ratio.fract().is_zero().then(|| ratio.to_u32()).flatten()
    };
    linked.or_else(ratio).unwrap_or(1)
}

/// Order items whose line somebody closed before anything of it left, and that Amazon still expects.
pub fn closed(seen: &Shipping, rules: &Rules, profile: &Profile) -> Result<Vec<String>, Instead> {
    let lines = lines(seen, rules, profile)?;
    let given_up = |line: &&Line<'_>| {
        let document = seen.documents.iter().find(|one| one.id == *line.document);
        document.is_some_and(|document| {
            let whole = matches!(document.status.as_str(), "C" | "H");
            let own = document.lines.iter().find(|one| one.line == line.number);
            own.is_some_and(|own| (own.closed || whole) && own.shipped.is_zero())
        })
    };
    let ordered = |line: &&Line<'_>| seen.items().any(|item| item.id == line.order_item);
    Ok(lines
        .iter()
        .filter(ordered)
        .filter(given_up)
        .map(|line| line.order_item.to_owned())
        .collect())
}

/// The items on a sales order, as SKUs are matched with them. What stands on an order may be inactive by now.
fn found(document: &Document, rules: &Rules, marketplace: &str) -> Vec<ItemFound> {
    let field = rules.option(marketplace, "match.field").unwrap_or_default();
    let mut found: Vec<ItemFound> = Vec::new();
    for line in &document.lines {
        if found.iter().any(|item| item.id == line.item) {
            continue;
        }
        let name = match field {
            "upccode" => line.upc.clone(),
            "externalid" => line.external_id.clone(),
            custom => line.fields.get(custom).cloned(),
        };
        found.push(ItemFound {
            id: line.item.clone(),
            name: name.unwrap_or_else(|| line.name.clone()),
            also: Vec::new(),
            kind: line.kind.clone(),
            inactive: false,
            parent: false,
            asin: None,
        });
    }
    found
}

/// Units of a line's item that a fulfilment holds.
fn quantity(seen: &Shipping, shipped: &Shipped, line: &Line<'_>) -> Decimal {
    // A fulfilment is made from one sales order, and its lines carry that order's line numbers.
    if shipped.order.as_ref().is_some_and(|order| order != line.document) {
        return Decimal::ZERO;
    }
    taken(shipped, line.number, line.item, &seen.members)
}

/// Units of an order's line that a fulfilment holds. Where only a kit's components stand there, as many kits as the
/// scarcest of them makes.
pub(crate) fn taken(shipped: &Shipped, number: u32, item: &RecordId, members: &[Member]) -> Decimal {
    let own: Vec<_> = shipped
        .lines
        .iter()
        .filter(|one| one.order_line == Some(number) && one.kit.is_none())
        .collect();
    if !own.is_empty() {
        return own.iter().map(|one| one.quantity).sum();
    }
    let members = members.iter().filter(|member| member.kit == *item);
    let kits = members.map(|member| {
        let packed = shipped
            .lines
            .iter()
            .filter(|one| one.kit == Some(number) && one.item == member.item);
        let packed: Decimal = packed.map(|one| one.quantity).sum();
        packed.checked_div(member.quantity).unwrap_or_default()
    });
    kits.min().unwrap_or_default()
}
