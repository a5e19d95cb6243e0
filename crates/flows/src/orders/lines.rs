//! The lines of an order's record, in the order of flows.md §3.3, with exact amounts (CMN-08).

use amazon::Order;
use domain::{Currency, Money};
use netsuite::{RecordId, SaleLine};
use rust_decimal::Decimal;

use super::amounts::{self, ItemAmounts, Part};
use super::tax::{self, Placed};
use crate::flow::Problem;
use crate::rules::{ItemMatch, Rules};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The item.
    pub item: RecordId,
    /// Units; discounts have none.
    pub quantity: Option<Decimal>,
    /// The exact amount, without tax; negative on discounts.
    pub amount: Decimal,
    /// The tax that belongs to it, when tax is written on the lines.
    pub tax: Decimal,
    /// What people read.
    pub description: String,
    /// What kind of line it is: `item`, `discount`, `shipping`, `shipping_discount`, `gift_wrap`, `tax`, `other`.
    pub kind: &'static str,
    /// The order's item that it belongs to, by its place in the order; nothing for a line of the whole order.
    pub of: Option<usize>,
}

/// The lines, and what happened to the tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// In order.
    pub lines: Vec<Line>,
    /// Shipping in the header field (`orders.shipping_mode` = `header`).
    pub header_shipping: Option<Decimal>,
    /// Tax written as amounts on the lines (`overwrite`).
    pub tax_on_lines: Decimal,
    /// Tax left off: Amazon collects and remits it.
    pub tax_left_off: Decimal,
    /// Discount beyond the order's worth that was left off (ORD-10).
    pub capped: Decimal,
}

impl Lines {
    /// What NetSuite's total must be.
    pub fn total(&self) -> Decimal {
        self.lines.iter().map(|line| line.amount).sum::<Decimal>()
            + self.header_shipping.unwrap_or_default()
            + self.tax_on_lines
    }
}

/// Draws the lines of an order, or names every setting that is missing. What items with different tax codes cost beside
/// the goods stays `apart`: a line has one code.
pub fn draw(
    order: &Order,
    amounts: &[ItemAmounts],
    matches: &[ItemMatch],
    apart: bool,
    rules: &Rules,
    marketplace: &str,
) -> Result<Lines, Vec<Problem>> {
    let Placed {
        amounts,
        own_line,
        on_lines,
        left_off,
    } = tax::place(order, amounts, rules, marketplace);
    let mut pen = Pen {
        rules,
        marketplace,
        of: None,
        lines: Vec::new(),
        problems: Vec::new(),
    };
    let merge = rules.is_on(marketplace, "orders.merge_shipping") && !apart;
    // The header's field takes no tax: shipping whose tax is on the lines needs a line of its own.
    let untaxed = amounts.iter().all(|money| money.shipping.tax.is_zero());
    let header = untaxed && rules.says(marketplace, "orders.shipping_mode", "header");
    let by_line = apart || rules.says(marketplace, "orders.discount_mode", "line");
    let mut shipping = Part::default();
    let mut shipping_off = Part::default();
    let mut item_off = Part::default();
    for (index, ((item, money), found)) in order.items.iter().zip(&amounts).zip(matches).enumerate() {
        if item.quantity == 0 {
            continue;
        }
        pen.of = Some(index);
        pen.goods(item, money.price, found);
        let promotions = item.promotion_ids.join(", ");
        if by_line {
            pen.off("orders.item_discount_item", money.item_discount, &promotions);
        } else {
            item_off = plus(item_off, money.item_discount);
        }
        let message = item
            .gift_message
            .as_ref()
            .map(|text| quoted(text.reveal()))
            .unwrap_or_default();
        pen.extra("orders.giftwrap_item", money.gift_wrap, &message);
        if merge || header {
            shipping = plus(shipping, money.shipping);
            shipping_off = plus(shipping_off, money.shipping_discount);
        } else {
            pen.extra("orders.shipping_item", money.shipping, "");
            pen.off("orders.shipping_discount_item", money.shipping_discount, &promotions);
        }
        pen.extra("orders.other_charge_item", money.other, "");
    }
    pen.of = None;
    let promotions = all_promotions(order);
    pen.off("orders.item_discount_item", item_off, &promotions);
    let header_shipping = (header && !shipping.net.is_zero()).then_some(shipping.net);
    if header_shipping.is_none() {
        pen.extra("orders.shipping_item", shipping, "");
    }
    pen.off("orders.shipping_discount_item", shipping_off, &promotions);
    let tip = Part {
        net: amounts::tip(order),
        tax: Decimal::ZERO,
    };
    pen.extra("orders.other_charge_item", tip, "");
    let capped = pen.cap(header_shipping.unwrap_or_default());
    pen.extra("tax.item", own_line, "");
    if pen.problems.is_empty() {
        Ok(Lines {
            lines: pen.lines,
            header_shipping,
            tax_on_lines: on_lines,
            tax_left_off: left_off,
            capped,
        })
    } else {
        Err(pen.problems)
    }
}

struct Pen<'a> {
    rules: &'a Rules,
    marketplace: &'a str,
    /// The item whose lines are being drawn.
    of: Option<usize>,
    lines: Vec<Line>,
    problems: Vec<Problem>,
}

impl Pen<'_> {
    fn goods(&mut self, item: &amazon::orders::Item, price: Part, found: &ItemMatch) {
        let title = item.title.clone().unwrap_or_default();
        let sku = item.sku.as_deref().unwrap_or_default();
        self.lines.push(Line {
            item: found.item.clone(),
            quantity: Some(found.units(Decimal::from(item.quantity))),
            amount: price.net,
            tax: price.tax,
            description: if found.placeholder {
                format!("{sku} {title}")
            } else {
                title
            },
            kind: "item",
            of: self.of,
        });
    }

    /// A charge on an item of its own, if there is one.
    fn extra(&mut self, option: &str, part: Part, description: &str) {
        if part.net.is_zero() && part.tax.is_zero() {
            return;
        }
        self.on(option, Some(Decimal::ONE), part, description);
    }

    /// A discount, if there is one.
    fn off(&mut self, option: &str, part: Part, description: &str) {
        if part.net.is_zero() {
            return;
        }
        self.on(
            option,
            None,
            Part {
                net: -part.net,
                tax: -part.tax,
            },
            description,
        );
    }

    fn on(&mut self, option: &str, quantity: Option<Decimal>, part: Part, description: &str) {
        match self.rules.must(self.marketplace, option) {
            Ok(item) => {
                let description = description.to_owned();
                self.lines.push(Line {
                    item,
                    quantity,
                    amount: part.net,
                    tax: part.tax,
                    description,
                    kind: kind_of(option),
                    of: self.of,
                });
            }
            Err(problem) if self.problems.iter().any(|known| known.cause == problem.cause) => (),
            Err(problem) => self.problems.push(*problem),
        }
    }

    /// ORD-10: a promotion never makes the order worth less than nothing.
    fn cap(&mut self, header: Decimal) -> Decimal {
        let worth: Decimal = self.lines.iter().map(|line| line.amount).sum::<Decimal>() + header;
        if worth >= Decimal::ZERO {
            return Decimal::ZERO;
        }
        if let Some(discount) = self
            .lines
            .iter_mut()
            .rev()
            .find(|line| line.quantity.is_none() && line.amount <= worth)
        {
            discount.amount -= worth;
        }
        -worth
    }
}

/// What the buyer wrote stands in quotation marks, by which the journal knows it and keeps it under the buyer's key.
fn quoted(message: &str) -> String {
    format!("“{message}”")
}

/// Whether a description is what a buyer wrote (CMN-40).
pub fn is_message(description: &str) -> bool {
    description.starts_with('“') && description.ends_with('”')
}

fn plus(left: Part, right: Part) -> Part {
    Part {
        net: left.net + right.net,
        tax: left.tax + right.tax,
    }
}

pub(super) fn all_promotions(order: &Order) -> String {
    let mut ids: Vec<&str> = order
        .items
        .iter()
        .flat_map(|item| item.promotion_ids.iter().map(String::as_str))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids.join(", ")
}

/// What the line on a charge's own item is.
fn kind_of(option: &str) -> &'static str {
    match option {
        "orders.item_discount_item" => "discount",
        "orders.shipping_item" => "shipping",
        "orders.shipping_discount_item" => "shipping_discount",
        "orders.giftwrap_item" => "gift_wrap",
        "tax.item" => "tax",
        _ => "other",
    }
}

impl Line {
    /// The line as NetSuite's record service takes it: the exact amount, a rate with enough digits (CMN-08), and never
    /// a price level that could reprice it (ORD-09).
    pub fn to_sale(&self, currency: Currency) -> SaleLine {
        let amount = Money::new(self.amount, currency).rounded().amount;
        let line = match self.quantity {
            Some(quantity) => SaleLine::new(self.item.clone(), quantity.normalize(), amount),
            None => SaleLine::amount_only(self.item.clone(), amount),
        };
        line.described(self.description.clone())
    }
}
