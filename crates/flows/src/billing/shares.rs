//! How an order is split over several bills (BIL-04): goods by their units, a discount with its item, and everything
//! else, such as shipping and gift wrap, on the first one. Cents are rounded once, and the bill that completes a line
//! takes what is left of it (CMN-07). What somebody closed before it was billed is on no bill.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Currency, Money};
use netsuite::queries::{Member, OrderLine};
use netsuite::{Beside, BilledLine, BilledTax, RecordId, Share, Shipped};
use rust_decimal::Decimal;

use super::seen::{Billable, Written};
use crate::fulfilments::taken;

/// Units by the order's line.
type Units = BTreeMap<u32, Decimal>;

/// One bill of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Every line of the order that is open, and how much of it.
    pub lines: Vec<BilledLine>,
    /// Shipping in the head and tax of this part.
    pub beside: Beside,
    /// What all of it comes to.
    pub total: Decimal,
}

/// An order that is billed in parts.
pub struct Shares<'a> {
    lines: &'a [OrderLine],
    left: &'a [Shipped],
    members: &'a [Member],
    written: Option<&'a Written>,
    extras: &'a BTreeSet<RecordId>,
    currency: Currency,
}

/// What is billed already.
#[derive(Debug, Clone, Default)]
pub struct Before<'a> {
    /// Fulfilments that have a bill of ours: what is billed counts for them first.
    pub ours: Vec<&'a RecordId>,
    /// Whether there is any bill, by whomever.
    pub any: bool,
    /// Whether everything has left.
    pub complete: bool,
}

/// What one bill takes of the lines that are no goods.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// The first bill of all: everything.
    All,
    /// Our first one after others billed some of it: the units that they left.
    WhatOthersLeft,
    /// It is billed.
    Nothing,
}

impl<'a> Shares<'a> {
    /// The shares of an order; `extras` are the items that the product itself puts beside the goods.
    pub fn of(seen: &'a Billable, extras: &'a BTreeSet<RecordId>) -> Self {
        Self {
            lines: &seen.lines,
            left: &seen.left,
            members: &seen.members,
            written: seen.written.as_ref(),
            extras,
            currency: seen.total().currency,
        }
    }

    /// The bills that are still to be made, each for the fulfilment beside it.
    pub fn parts(&self, before: &Before<'_>) -> Vec<(RecordId, Part)> {
        let mut billed = self.billed();
        let covered = self.covered(&before.ours);
        let mut rest = match (before.any, before.ours.is_empty()) {
            (false, _) => Rest::All,
            (true, true) => Rest::WhatOthersLeft,
            (true, false) => Rest::Nothing,
        };
        let mut parts = Vec::new();
        for (one, covered) in self.left.iter().zip(covered) {
            let mut now = Units::new();
            for line in self.open_goods() {
                let open = line.quantity.unwrap_or_default() - of(&billed, line.line);
                let units = self.units(one, line) - of(&covered, line.line);
                let units = units.min(open).max(Decimal::ZERO);
                if !units.is_zero() {
                    now.insert(line.line, units);
                }
            }
            if now.is_empty() {
                continue;
            }
            parts.push((one.id.clone(), self.part(&billed, &now, rest)));
            billed = plus(billed, now);
            rest = Rest::Nothing;
        }
        // Everybody's goods are billed, and nobody billed the shipping.
        if let (true, true, Some(last)) = (parts.is_empty(), before.complete, self.left.last()) {
            let part = self.part(&billed, &Units::new(), rest);
            if part.lines.iter().any(|line| line.share != Share::Nothing) {
                parts.push((last.id.clone(), part));
            }
        }
        parts
    }

    /// Everything that is not closed, on one bill.
    pub fn everything(&self) -> Part {
        let open = |line: &OrderLine| (line.line, line.quantity.unwrap_or_default() - line.billed);
        let now = self.open_goods().map(open).filter(|(_, units)| !units.is_zero());
        self.part(&self.billed(), &now.collect(), Rest::All)
    }

    /// What was closed before it was billed, with its tax and its discount: the order's total still has it.
    pub fn given_up(&self) -> Decimal {
        let mut sum = Decimal::ZERO;
        for (line, item) in self.with_items() {
            let closed = line.closed || item.is_some_and(|item| item.closed);
            let billed = item.unwrap_or(line).billed;
            let ordered = item.unwrap_or(line).quantity.unwrap_or(Decimal::ONE);
            let whole = line.amount + self.tax(line);
            if closed {
                sum += whole - self.rounded((whole * billed).checked_div(ordered).unwrap_or_default());
            }
        }
        sum
    }

    /// Goods that left and cannot be billed any more, because somebody closed their line.
    pub fn stranded(&self) -> Option<&OrderLine> {
        let mut closed = self.lines.iter().filter(|line| line.closed && self.is_goods(line));
        closed.find(|line| line.shipped > line.billed)
    }

    fn billed(&self) -> Units {
        self.open_goods().map(|line| (line.line, line.billed)).collect()
    }

    /// What is billed of each fulfilment: those with a bill of ours first, then the earliest.
    fn covered(&self, ours: &[&RecordId]) -> Vec<Units> {
        let mut billed = self.billed();
        let mut covered = vec![Units::new(); self.left.len()];
        for with_ours in [true, false] {
            for (one, covered) in self.left.iter().zip(&mut covered) {
                if ours.contains(&&one.id) != with_ours {
                    continue;
                }
                for line in self.open_goods() {
                    let rest = billed.entry(line.line).or_default();
                    let units = self.units(one, line).min(*rest);
                    *rest -= units;
                    covered.insert(line.line, units);
                }
            }
        }
        covered
    }

    /// Units of a line in a fulfilment. A kit that is not whole yet is not billed.
    fn units(&self, shipped: &Shipped, line: &OrderLine) -> Decimal {
        let units = taken(shipped, line.line, &line.item, self.members);
        if line.kind == "Kit" { units.floor() } else { units }
    }

    fn part(&self, before: &Units, now: &Units, rest: Rest) -> Part {
        let mut lines = Vec::new();
        let mut taxes = Vec::new();
        let mut total = Decimal::ZERO;
        for (line, item) in self.with_items() {
            if line.closed {
                continue;
            }
            let share = match item {
                Some(item) => self.pro_rata(line, item, before, now),
                None => whole(line, rest),
            };
            total += amount(&share);
            if let Some(tax) = self.tax_share(line, item, &share, before, now) {
                total += tax.tax.amount;
                taxes.push(tax);
            }
            lines.push(BilledLine {
                order_line: line.line,
                share,
            });
        }
        let in_head = self
            .written
            .map(|written| written.shipping)
            .filter(|cost| !cost.is_zero());
        let shipping = in_head.map(|cost| if rest == Rest::All { cost } else { Decimal::ZERO });
        total += shipping.unwrap_or_default();
        let overrides = self.written.is_some_and(|written| !written.taxes.is_empty());
        let beside = Beside {
            shipping,
            taxes: overrides.then_some(taxes),
        };
        Part { lines, beside, total }
    }

    /// Each line with the goods that it belongs to: itself, or the goods that a discount stands right below.
    pub(super) fn with_items(&self) -> Vec<(&'a OrderLine, Option<&'a OrderLine>)> {
        let mut goods: Option<&OrderLine> = None;
        let with_item = |line: &'a OrderLine| {
            let discount = line.quantity.is_none() && line.kind == "Discount";
            if self.is_goods(line) {
                goods = Some(line);
            } else if !discount {
                goods = None;
            }
            (line, goods)
        };
        self.lines.iter().map(with_item).collect()
    }

    fn pro_rata(&self, line: &OrderLine, item: &OrderLine, before: &Units, now: &Units) -> Share {
        let Some(units) = now.get(&item.line) else {
            return Share::Nothing;
        };
        let amount = self.between(line.amount, item, before, now);
        if line.line == item.line {
            let quantity = *units;
            Share::Units { quantity, amount }
        } else {
            Share::Amount(amount)
        }
    }

    /// The part of an amount that belongs to the units billed now: what all units so far come to, less what was billed.
    fn between(&self, amount: Decimal, item: &OrderLine, before: &Units, now: &Units) -> Decimal {
        let ordered = item.quantity.unwrap_or_default();
        let up_to = |units: Decimal| self.rounded((amount * units).checked_div(ordered).unwrap_or_default());
        let before = of(before, item.line);
        up_to(before + of(now, item.line)) - up_to(before)
    }

    fn rounded(&self, amount: Decimal) -> Decimal {
        Money::new(amount, self.currency).rounded().amount
    }

    fn tax(&self, line: &OrderLine) -> Decimal {
        self.written.map(|written| written.tax(line.line)).unwrap_or_default()
    }

    /// The tax that goes with a line's share.
    fn tax_share(
        &self,
        line: &OrderLine,
        item: Option<&OrderLine>,
        share: &Share,
        before: &Units,
        now: &Units,
    ) -> Option<BilledTax> {
        let mut tax = self.written?.taxes.get(&line.line)?.clone();
        if *share == Share::Nothing {
            return None;
        }
        if let Some(item) = item {
            tax.tax.amount = self.between(tax.tax.amount, item, before, now);
        }
        tax.tax.basis = amount(share);
        Some(tax)
    }

    fn open_goods(&self) -> impl Iterator<Item = &'a OrderLine> {
        let open = self.lines.iter().filter(|line| !line.closed && self.is_goods(line));
        open.collect::<Vec<_>>().into_iter()
    }

    /// Lines of goods: what is neither a charge nor a discount that the product itself puts on orders.
    fn is_goods(&self, line: &OrderLine) -> bool {
        let kind = matches!(
            line.kind.as_str(),
            "InvtPart" | "Assembly" | "Kit" | "NonInvtPart" | "Group"
        );
        kind && line.quantity.is_some() && !self.extras.contains(&line.item)
    }
}

fn amount(share: &Share) -> Decimal {
    match share {
        Share::Units { amount, .. } | Share::Amount(amount) => *amount,
        Share::Open | Share::Nothing => Decimal::ZERO,
    }
}

/// A line that belongs to no goods. Where others billed, only units tell whether it is billed.
fn whole(line: &OrderLine, rest: Rest) -> Share {
    match (rest, line.quantity) {
        (Rest::All, Some(quantity)) => Share::Units {
            quantity,
            amount: line.amount,
        },
        (Rest::All, None) => Share::Amount(line.amount),
        (Rest::WhatOthersLeft, Some(quantity)) if line.billed.is_zero() => Share::Units {
            quantity,
            amount: line.amount,
        },
        (Rest::WhatOthersLeft | Rest::Nothing, _) => Share::Nothing,
    }
}

fn of(units: &Units, line: u32) -> Decimal {
    units.get(&line).copied().unwrap_or_default()
}

fn plus(mut left: Units, right: Units) -> Units {
    for (line, units) in right {
        *left.entry(line).or_default() += units;
    }
    left
}
