//! The lines of a credit memo: whole units where the money says so, amounts otherwise (SET-29, SET-30, SET-32).

use rust_decimal::Decimal;

use super::tax::Parts;
use super::{FoundDocument, FoundLine, RefundLine, RefundOf};
use crate::settlement::classify::Category;
use crate::settlement::group::{Group, Known};

/// Several lines could be meant, and the amount does not tell which.
pub(super) struct Unmatched {
    pub sku: String,
    /// The price of one unit on each of them.
    pub prices: Vec<Decimal>,
}

/// How a line of the order was found, the surest first (SET-29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rung {
    /// By Amazon's code of the order item, or nothing had to be found.
    Code,
    /// By the SKU, where the code is another or none.
    Sku,
    /// As the only line of the order.
    OnlyLine,
    /// Not at all: the money is given back without a line of goods.
    Nothing,
}

/// The lines that give back a group's money; they sum to it exactly. The least sure way in which one was found stands
/// beside them.
pub(super) fn of(group: &Group, parts: Parts, sold: &[FoundLine]) -> Result<(Vec<RefundLine>, Rung), Unmatched> {
    let mut lines = Vec::new();
    let mut least = Rung::Code;
    for item in items(group) {
        if let Some((line, rung)) = goods(&item, sold)? {
            lines.push(line);
            least = least.max(rung);
        }
    }
    for what in [
        RefundOf::Shipping,
        RefundOf::GiftWrap,
        RefundOf::Promotion,
        RefundOf::ShippingPromotion,
        RefundOf::Restocking,
        RefundOf::Other,
    ] {
        let of_it = group.lines.iter().filter(|known| charge(known).as_ref() == Some(&what));
        let back = -of_it.map(|known| known.line.amount()).sum::<Decimal>();
        lines.push(one(what, back));
    }
    lines.push(one(RefundOf::Tax, -parts.customer_tax));
    lines.retain(|line| !line.amount.is_zero());
    Ok((lines, least))
}

/// What a row gives back beside goods and tax. A promotion on shipping is taken back where it was given.
fn charge(known: &Known) -> Option<RefundOf> {
    let on_shipping = known.line.amount_description.to_lowercase().contains("shipping");
    Some(match known.category {
        Category::Shipping => RefundOf::Shipping,
        Category::GiftWrap => RefundOf::GiftWrap,
        Category::Promotion if on_shipping => RefundOf::ShippingPromotion,
        Category::Promotion => RefundOf::Promotion,
        Category::Restocking => RefundOf::Restocking,
        Category::CustomerOther => RefundOf::Other,
        _ => return None,
    })
}

/// What was sold on all bills of an order: units of one item at one price belong together, on whichever bill they stand.
pub(super) fn sold_on(bills: &[&FoundDocument]) -> Vec<FoundLine> {
    let mut sold: Vec<FoundLine> = Vec::new();
    for (place, bill) in bills.iter().enumerate() {
        for line in &bill.lines {
            let on_earlier = if place == 0 { 0 } else { sold.len() };
            let same = |known: &&mut FoundLine| {
                let named = (&known.order_item_code, &known.sku, &known.item);
                named == (&line.order_item_code, &line.sku, &line.item) && known.unit_price == line.unit_price
            };
            match sold.iter_mut().take(on_earlier).find(same) {
                Some(known) => known.quantity += line.quantity,
                None => sold.push(line.clone()),
            }
        }
    }
    sold
}

/// Units that were given back before can be given back no more (SET-30): by earlier credits, of this settlement and of
/// others, and by what `planned` says of this plan.
pub(super) fn less_given(
    mut sold: Vec<FoundLine>,
    credits: &[&FoundDocument],
    planned: impl Fn(&FoundLine) -> Decimal,
) -> Vec<FoundLine> {
    for given in credits.iter().flat_map(|credit| &credit.lines) {
        let mut rest = given.quantity;
        let same = |line: &&mut FoundLine| {
            let is_same = line.item == given.item || (!given.sku.is_empty() && line.sku == given.sku);
            is_same && line.unit_price == given.unit_price
        };
        for line in sold.iter_mut().filter(same) {
            let taken = rest.min(line.quantity);
            line.quantity -= taken;
            rest -= taken;
        }
    }
    for line in &mut sold {
        let taken = planned(line).min(line.quantity);
        line.quantity -= taken;
    }
    sold
}

fn one(what: RefundOf, amount: Decimal) -> RefundLine {
    RefundLine {
        what,
        quantity: Decimal::ONE,
        amount,
    }
}

/// The price given back for one order item.
struct Item<'a> {
    code: &'a str,
    sku: &'a str,
    back: Decimal,
}

fn items(group: &Group) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    for known in group.lines.iter().filter(|known| known.category == Category::Principal) {
        let (code, sku) = (known.line.order_item_code.as_str(), known.line.sku.as_str());
        match items.iter_mut().find(|item| item.code == code && item.sku == sku) {
            Some(item) => item.back -= known.line.amount(),
            None => items.push(Item {
                code,
                sku,
                back: -known.line.amount(),
            }),
        }
    }
    items
}

fn goods(item: &Item<'_>, sold: &[FoundLine]) -> Result<Option<(RefundLine, Rung)>, Unmatched> {
    if item.back.is_zero() {
        return Ok(None);
    }
    let Some((line, rung)) = matched(item, sold)? else {
        let sku = item.sku.to_owned();
        return Ok(Some((one(RefundOf::AmountOnly { sku }, item.back), Rung::Nothing)));
    };
    let line = match units(item.back, line) {
        Some(quantity) => RefundLine {
            what: RefundOf::Units {
                sku: line.sku.clone(),
                item: line.item.clone(),
            },
            quantity,
            amount: item.back,
        },
        None => one(RefundOf::AmountOnly { sku: line.sku.clone() }, item.back),
    };
    Ok(Some((line, rung)))
}

/// Order item code; SKU with the same price; SKU alone; the only line there is. Amazon's order item codes do not always
/// agree with the order's, so falling through is normal (SET-29).
fn matched<'f>(item: &Item<'_>, sold: &'f [FoundLine]) -> Result<Option<(&'f FoundLine, Rung)>, Unmatched> {
    let by_code = |line: &&FoundLine| !item.code.is_empty() && line.order_item_code.as_deref() == Some(item.code);
    if let Some(line) = sold.iter().find(by_code) {
        return Ok(Some((line, Rung::Code)));
    }
    let by_sku: Vec<&FoundLine> = sold
        .iter()
        .filter(|line| !item.sku.is_empty() && line.sku == item.sku)
        .collect();
    let fitting: Vec<&FoundLine> = by_sku
        .iter()
        .copied()
        .filter(|line| units(item.back, line).is_some())
        .collect();
    match (fitting.as_slice(), by_sku.as_slice()) {
        ([only], _) | ([], [only]) => Ok(Some((only, Rung::Sku))),
        ([], []) => Ok(if let [only] = sold {
            Some((only, Rung::OnlyLine))
        } else {
            None
        }),
        (several, all) => {
            let candidates = if several.is_empty() { all } else { several };
            let one_price = candidates
                .iter()
                .all(|line| line.unit_price == candidates[0].unit_price);
            if one_price {
                Ok(candidates.first().map(|line| (*line, Rung::Sku)))
            } else {
                Err(Unmatched {
                    sku: item.sku.to_owned(),
                    prices: candidates.iter().map(|line| line.unit_price).collect(),
                })
            }
        }
    }
}

/// How many whole units the money is, if it is some that were sold and not yet given back (SET-30).
fn units(back: Decimal, line: &FoundLine) -> Option<Decimal> {
    let quantity = back.checked_div(line.unit_price)?;
    let whole = quantity.fract().is_zero() && quantity >= Decimal::ONE && quantity <= line.quantity;
    (whole && quantity * line.unit_price == back).then(|| quantity.normalize())
}
