//! How a SKU finds its NetSuite item (flows.md §2): link for the marketplace, link for all, the field itself, the field
//! read loosely. Nothing is guessed.

use std::collections::BTreeSet;

use domain::Text;
use netsuite::RecordId;
use netsuite::queries::ItemField;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Rules;
use crate::flow::{Instead, Problem, Remedy};

/// A person's word that a SKU is an item (ITM-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLink {
    /// The Amazon SKU.
    pub sku: String,
    /// One marketplace, or nothing for all.
    pub marketplace: Option<String>,
    /// The item.
    pub item: RecordId,
    /// Units of the item in one unit of the SKU.
    pub factor: u32,
}

/// An item as NetSuite has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFound {
    /// Its internal id.
    pub id: RecordId,
    /// The value of the field that is matched, `itemid` by default; `parent : child` for variations.
    pub name: String,
    /// What else it is called, where marketplaces match different fields.
    #[serde(default)]
    pub also: Vec<String>,
    /// SuiteQL's `itemtype`.
    pub kind: String,
    /// Whether it can no longer be sold.
    pub inactive: bool,
    /// Whether it is the parent of variations, which cannot stand on a line (ITM-02).
    pub parent: bool,
    /// Its ASIN, when items are also matched by it (`match.by_asin`).
    #[serde(default)]
    pub asin: Option<String>,
}

impl ItemFound {
    /// Whether a SKU could be this item, read loosely (ITM-01).
    pub fn may_be(&self, sku: &str) -> bool {
        names(self).any(|name| loose(name) == loose(sku))
    }
}

/// A SKU that needs an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The SKU.
    pub sku: &'a str,
    /// The title, for the placeholder's description.
    pub title: &'a str,
    /// Amazon's product id.
    pub asin: Option<&'a str>,
}

/// What a SKU is in NetSuite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMatch {
    /// The item.
    pub item: RecordId,
    /// Units of it in one unit of the SKU.
    pub factor: u32,
    /// Whether the placeholder stands in for an unknown SKU (ITM-05).
    pub placeholder: bool,
}

impl Rules {
    /// The item of each line of an order, or every question at once. `found` holds what NetSuite answered for these SKUs
    /// and links. Where a person chose a stand-in for this order, it answers every question (ITM-05).
    pub fn items_for(
        &self,
        marketplace: &str,
        order: &str,
        lines: &[Wanted<'_>],
        found: &[ItemFound],
    ) -> Result<Vec<ItemMatch>, Instead> {
        let mut matches = Vec::new();
        let mut problems: Vec<Problem> = Vec::new();
        for line in lines {
            match self.item_for(marketplace, line, found) {
                Ok(found) => matches.push(found),
                Err(_) if self.placeholders.contains_key(order) => matches.extend(self.stand_in(order)),
                Err(problem) if problems.iter().any(|known| known.cause == problem.cause) => (),
                Err(problem) => problems.push(*problem),
            }
        }
        if problems.is_empty() {
            Ok(matches)
        } else {
            Err(Instead::Ask { problems })
        }
    }

    /// The custom item fields that hold SKUs, in whichever marketplace.
    pub fn item_fields(&self) -> Vec<ItemField> {
        let chosen = self.marketplaces.keys().filter_map(|id| self.option(id, "match.field"));
        let fields: BTreeSet<ItemField> = chosen.filter_map(ItemField::named).collect();
        fields.into_iter().collect()
    }

    fn item_for(&self, marketplace: &str, wanted: &Wanted<'_>, found: &[ItemFound]) -> Result<ItemMatch, Box<Problem>> {
        let sku = wanted.sku;
        let here = self.links_of(sku, Some(marketplace));
        let links = if here.is_empty() {
            self.links_of(sku, None)
        } else {
            here
        };
        match links.as_slice() {
            [] => (),
            [link] => {
                let known = found.iter().find(|item| item.id == link.item);
                return match known {
                    None => self.placeholder(marketplace).ok_or_else(|| not_found(marketplace, sku)),
                    Some(item) => self.usable(marketplace, sku, item, link.factor),
                };
            }
            _ => return Err(ambiguous(marketplace, sku, "problem-item-linked-twice-why")),
        }
        let exact: Vec<&ItemFound> = found
            .iter()
            .filter(|item| names(item).any(|name| name == sku))
            .collect();
        let loosely = || found.iter().filter(|item| item.may_be(sku)).collect::<Vec<_>>();
        let hits = Some(exact).filter(|hits| !hits.is_empty()).unwrap_or_else(loosely);
        let hits = if hits.is_empty() {
            self.by_asin(marketplace, wanted, found)
        } else {
            hits
        };
        match hits.as_slice() {
            [] if sku.is_empty() => self
                .placeholder(marketplace)
                .ok_or_else(|| nameless(marketplace, wanted)),
            [] => self.placeholder(marketplace).ok_or_else(|| not_found(marketplace, sku)),
            [item] => self.usable(marketplace, sku, item, 1),
            _ => Err(ambiguous(marketplace, sku, "problem-item-ambiguous-why")),
        }
    }

    /// Items with the product's ASIN, by choice, when no SKU told.
    fn by_asin<'a>(&self, marketplace: &str, wanted: &Wanted<'_>, found: &'a [ItemFound]) -> Vec<&'a ItemFound> {
        let Some(asin) = wanted.asin.filter(|_| self.is_on(marketplace, "match.by_asin")) else {
            return Vec::new();
        };
        let has_it = |item: &&ItemFound| item.asin.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(asin));
        found.iter().filter(has_it).collect()
    }

    fn usable(&self, marketplace: &str, sku: &str, item: &ItemFound, factor: u32) -> Result<ItemMatch, Box<Problem>> {
        if item.parent {
            return Err(ambiguous(marketplace, sku, "problem-item-parent-why"));
        }
        if item.inactive {
            return self.placeholder(marketplace).ok_or_else(|| inactive(marketplace, sku));
        }
        Ok(ItemMatch {
            item: item.id.clone(),
            factor: factor.max(1),
            placeholder: false,
        })
    }

    fn links_of(&self, sku: &str, marketplace: Option<&str>) -> Vec<&ItemLink> {
        self.item_links
            .iter()
            .filter(|link| link.sku == sku && link.marketplace.as_deref() == marketplace)
            .collect()
    }

    fn placeholder(&self, marketplace: &str) -> Option<ItemMatch> {
        self.record(marketplace, "orders.placeholder_item").map(stand_in)
    }

    /// What a person let stand in on this order alone.
    fn stand_in(&self, order: &str) -> Option<ItemMatch> {
        self.placeholders.get(order).cloned().map(stand_in)
    }

    /// Whether an item only stands in for an unknown SKU on this order.
    pub fn stands_in(&self, marketplace: &str, order: &str, item: &RecordId) -> bool {
        self.placeholders.get(order) == Some(item)
            || self.record(marketplace, "orders.placeholder_item").as_ref() == Some(item)
    }
}

fn stand_in(item: RecordId) -> ItemMatch {
    ItemMatch {
        item,
        factor: 1,
        placeholder: true,
    }
}

impl ItemMatch {
    /// Units of the item for units of the SKU.
    pub fn units(&self, ordered: Decimal) -> Decimal {
        ordered * Decimal::from(self.factor)
    }
}

/// An item's name, and its last part when it is `parent : child` (ITM-02).
fn names(item: &ItemFound) -> impl Iterator<Item = &str> {
    let child = item.name.rsplit_once(" : ").map(|(_, child)| child);
    std::iter::once(item.name.as_str())
        .chain(child)
        .chain(item.also.iter().map(String::as_str))
}

fn loose(name: &str) -> String {
    name.chars()
        .filter(|letter| !letter.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect()
}

fn not_found(marketplace: &str, sku: &str) -> Box<Problem> {
    problem(
        "ITEM_NOT_FOUND",
        marketplace,
        sku,
        "problem-item-not-found",
        "problem-item-not-found-why",
    )
}

/// Amazon gives no SKU: there is nothing that an item could be linked to.
fn nameless(marketplace: &str, wanted: &Wanted<'_>) -> Box<Problem> {
    let mut problem = not_found(marketplace, wanted.asin.unwrap_or(wanted.title));
    let links = |remedy: &Remedy| matches!(remedy, Remedy::LinkItem { .. });
    problem.remedies.retain(|remedy| !links(remedy));
    problem
}

fn inactive(marketplace: &str, sku: &str) -> Box<Problem> {
    problem(
        "ITEM_INACTIVE",
        marketplace,
        sku,
        "problem-item-inactive",
        "problem-item-inactive-why",
    )
}

fn ambiguous(marketplace: &str, sku: &str, why: &str) -> Box<Problem> {
    problem("ITEM_AMBIGUOUS", marketplace, sku, "problem-item-ambiguous", why)
}

fn problem(code: &str, marketplace: &str, sku: &str, what: &str, why: &str) -> Box<Problem> {
    Box::new(Problem {
        code: code.into(),
        cause: format!("{code}:{sku}"),
        what: Text::new(what).with("sku", sku),
        why: Text::new(why).with("sku", sku),
        about: vec![("sku".into(), sku.into()), ("marketplace".into(), marketplace.into())],
        at_stake: None,
        remedies: vec![
            Remedy::LinkItem {
                sku: sku.into(),
                marketplace: Some(marketplace.into()),
            },
            Remedy::UsePlaceholder { sku: sku.into() },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    })
}
