//! Where an order's tax goes (flows.md §3.4): on its lines, on a line of its own, or nowhere.

use amazon::Order;
use amazon::orders::Item;
use rust_decimal::Decimal;

use super::amounts::{ItemAmounts, Part};
use super::seen::{Existing, Seen};
use crate::rules::{Profile, Rules, TaxCase, TaxCode};

/// The amounts with the tax that stays on them, and what became of the rest.
pub struct Placed {
    /// For each item, in the order's order; tax only where it is written on the lines.
    pub amounts: Vec<ItemAmounts>,
    /// For a line of its own.
    pub own_line: Part,
    /// Tax on the lines, in all.
    pub on_lines: Decimal,
    /// Tax that is not written: Amazon remits it, or NetSuite computes it.
    pub left_off: Decimal,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    OnTheLine,
    OwnLine,
    LeftOff,
    /// NetSuite takes it out of the price again.
    InThePrice,
}

/// Puts the tax of each item where the mode says (TAX-01, TAX-05).
pub fn place(order: &Order, amounts: &[ItemAmounts], rules: &Rules, marketplace: &str) -> Placed {
    let mut placed = Placed {
        amounts: Vec::new(),
        own_line: Part::default(),
        on_lines: Decimal::ZERO,
        left_off: Decimal::ZERO,
    };
    for (item, money) in order.items.iter().zip(amounts) {
        let tax = if item.quantity > 0 { money.tax() } else { Decimal::ZERO };
        let place = place_of(money, rules, marketplace);
        match place {
            Place::OnTheLine => placed.on_lines += tax,
            Place::OwnLine => placed.own_line.net += tax,
            Place::LeftOff => placed.left_off += tax,
            Place::InThePrice => (),
        }
        placed.amounts.push(money.clone().each(|part| match place {
            Place::OnTheLine => part,
            Place::InThePrice => Part {
                net: part.net + part.tax,
                tax: Decimal::ZERO,
            },
            Place::OwnLine | Place::LeftOff => Part {
                net: part.net,
                tax: Decimal::ZERO,
            },
        }));
    }
    placed
}

fn place_of(money: &ItemAmounts, rules: &Rules, marketplace: &str) -> Place {
    match rules.option(marketplace, "tax.mode") {
        Some("line_item") => Place::OwnLine,
        Some("overwrite") => Place::OnTheLine,
        Some("netsuite") if rules.is_on(marketplace, "tax.prices_include") => Place::InThePrice,
        Some("netsuite") => Place::LeftOff,
        _ if money.amazon_remits => Place::LeftOff,
        _ if on_the_lines(rules, marketplace) => Place::OnTheLine,
        _ => Place::OwnLine,
    }
}

/// Whether Amazon owes the tax of an item (TAX-01): as the order says; without a word Amazon in the US, the seller
/// elsewhere, or as chosen.
pub fn amazon_owes(item: &Item, rules: &Rules, profile: &Profile) -> bool {
    item.amazon_remits_tax()
        .unwrap_or_else(|| match rules.option(&profile.id, "tax.liability_default") {
            Some(party) => party == "amazon",
            None => profile.country == "US",
        })
}

/// What decides which tax code an item's lines get (TAX-03).
pub fn case<'a>(order: &'a Order, item: &Item, rules: &'a Rules, profile: &'a Profile) -> TaxCase<'a> {
    let home = super::record::iso_country(&profile.country);
    let address = order.address.as_ref();
    let left_from = order.packages.iter().find_map(|package| package.ship_from.as_deref());
    TaxCase {
        from: left_from
            .or_else(|| rules.option(&profile.id, "tax.ship_from"))
            .unwrap_or(home),
        to: address.and_then(|address| address.country.as_deref()).unwrap_or(home),
        state: address.and_then(|address| address.state.as_deref()),
        liable: if amazon_owes(item, rules, profile) {
            "amazon"
        } else {
            "seller"
        },
        buyer: if order.buyer_tax_registrations.is_empty() {
            "consumer"
        } else {
            "business"
        },
    }
}

/// The tax that Amazon collects and remits.
pub fn remitted(order: &Order, rules: &Rules, profile: &Profile) -> Decimal {
    let items = order.items.iter().filter(|item| amazon_owes(item, rules, profile));
    items
        .filter_map(|item| item.tax().ok().flatten())
        .map(|tax| tax.amount)
        .sum()
}

/// How far the total that NetSuite computed is from what the buyer pays, less the tax that Amazon remits: its own tax is
/// then not Amazon's. Nothing where NetSuite does not compute the tax.
pub fn variance(seen: &Seen, rules: &Rules, profile: &Profile) -> Option<Decimal> {
    let order = &seen.order;
    let Existing::Ours(record) = seen.existing(rules) else {
        return None;
    };
    if !rules.says(&profile.id, "tax.mode", "netsuite") {
        return None;
    }
    let stated = order.grand_total?;
    Some(record.total - (stated.amount - remitted(order, rules, profile)))
}

/// The tax codes of an order's items, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    of_items: Vec<Option<TaxCode>>,
    /// The code of what belongs to the whole order: its first item's.
    of_order: Option<TaxCode>,
    /// Whether a code is told also where there is no tax: reverse charge, export, what Amazon remits.
    without_tax: bool,
}

/// The code of each item of an order.
pub fn codes(order: &Order, rules: &Rules, profile: &Profile) -> Codes {
    let found = |item: &Item| rules.tax_code(&profile.id, case(order, item, rules, profile));
    let of_items: Vec<_> = order.items.iter().map(found).collect();
    let first = order.items.iter().position(|item| item.quantity > 0);
    Codes {
        of_order: first.and_then(|index| of_items.get(index).cloned().flatten()),
        of_items,
        without_tax: on_the_lines(rules, &profile.id),
    }
}

/// Whether Amazon's tax stands on the lines at all: only SuiteTax accounts have tax types, and only they take a code and
/// an amount there (netsuite.md §8).
fn on_the_lines(rules: &Rules, marketplace: &str) -> bool {
    let elsewhere = matches!(rules.option(marketplace, "tax.mode"), Some("line_item" | "netsuite"));
    !elsewhere && rules.record(marketplace, "tax.type").is_some()
}

impl Codes {
    /// The code that a line is told with its tax; nothing for a line without tax of which no row of the table speaks.
    pub fn told(&self, item: Option<usize>, tax: Decimal) -> Option<&TaxCode> {
        let found = self.of(item)?;
        (!tax.is_zero() || (self.without_tax && found.by_row)).then_some(found)
    }

    fn of(&self, item: Option<usize>) -> Option<&TaxCode> {
        match item {
            Some(index) => self.of_items.get(index)?.as_ref(),
            None => self.of_order.as_ref(),
        }
    }

    /// Whether items have different codes on their lines: what they cost beside the goods is then not put together.
    pub fn differ(&self, order: &Order) -> bool {
        let ordered = order.items.iter().zip(&self.of_items);
        let mut ordered = ordered.filter(|(item, _)| item.quantity > 0);
        self.without_tax && ordered.any(|(_, code)| *code != self.of_order)
    }
}
