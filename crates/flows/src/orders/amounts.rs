//! What an order item costs the buyer, part by part, net of tax (flows.md §3.3, TAX-01, TAX-02).
//!
//! Whether Amazon's amounts contain the tax is read from the order itself: the one way in which its parts add up to
//! its total. Only when both ways fit, or none, does the marketplace's price basis decide.

use amazon::Order;
use amazon::orders::{Charge, Item};
use domain::Currency;
use domain::money::{CurrencyMismatch, Money, split};
use netsuite::RecordId;
use rust_decimal::Decimal;

use super::tax;
use crate::rules::{Profile, Rules};

/// An amount without tax, and the tax on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    /// Without tax.
    pub net: Decimal,
    /// The tax on it.
    pub tax: Decimal,
}

/// One order item's money. Discounts are positive and are taken off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemAmounts {
    /// The goods.
    pub price: Part,
    /// Gift wrap.
    pub gift_wrap: Part,
    /// Shipping.
    pub shipping: Part,
    /// Cash on delivery and whatever else Amazon charges the buyer.
    pub other: Part,
    /// Off the goods, the gift wrap and the rest.
    pub item_discount: Part,
    /// Off the shipping.
    pub shipping_discount: Part,
    /// Whether Amazon collects and remits the tax.
    pub amazon_remits: bool,
}

/// Why an order's amounts cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// They are in two currencies.
    TwoCurrencies,
    /// A price contains the seller's own tax, Amazon does not say how much, and no rate is chosen (TAX-02). With the
    /// tax code whose rate is missing.
    NoRate(Option<RecordId>),
}

impl From<CurrencyMismatch> for Unclear {
    fn from(_: CurrencyMismatch) -> Self {
        Self::TwoCurrencies
    }
}

/// The amounts of every item of the order, in its order.
pub fn of_order(order: &Order, rules: &Rules, profile: &Profile) -> Result<Vec<ItemAmounts>, Unclear> {
    let currency = order.currency().unwrap_or(profile.currency);
    let gross = order
        .items
        .iter()
        .map(|item| as_given(item, currency))
        .collect::<Result<Vec<_>, _>>()?;
    let inclusive = contains_tax(order, &gross, profile);
    let of_item = |(item, amounts): (&Item, ItemAmounts)| {
        let amazon_remits = tax::amazon_owes(item, rules, profile);
        let amounts = match derived_rate(order, item, &amounts, rules, profile)? {
            Some(rate) => amounts.with_derived_tax(rate, currency).without_tax(),
            None if inclusive => amounts.without_tax(),
            None => amounts,
        };
        Ok(ItemAmounts {
            amazon_remits,
            ..amounts
        })
    };
    order.items.iter().zip(gross).map(of_item).collect()
}

/// The rate to take the seller's tax out of a price with, when Amazon gives no split (TAX-02): percent. Nothing where
/// there is nothing to take out, or where NetSuite does it.
fn derived_rate(
    order: &Order,
    item: &Item,
    amounts: &ItemAmounts,
    rules: &Rules,
    profile: &Profile,
) -> Result<Option<Decimal>, Unclear> {
    let split = item.breakdowns.iter().any(|part| part.kind == Charge::Tax);
    if !profile.tax_inclusive || split || tax::amazon_owes(item, rules, profile) {
        return Ok(None);
    }
    let case = tax::case(order, item, rules, profile);
    let rate = rules.tax_rate(&profile.id, case, super::record::iso_country(&profile.country));
    let sent_gross = rules.says(&profile.id, "tax.mode", "netsuite") && rules.is_on(&profile.id, "tax.prices_include");
    let worth_nothing = item.quantity == 0 || amounts.net().is_zero();
    if rate.is_none() && !sent_gross && !worth_nothing {
        let code = rules.tax_code(&profile.id, case);
        return Err(Unclear::NoRate(code.map(|found| found.code)));
    }
    Ok(rate)
}

/// How far an order's discounts go beyond its worth (ORD-10); nothing for nearly all.
pub fn beyond_worth(order: &Order, amounts: &[ItemAmounts]) -> Decimal {
    let ordered = order.items.iter().zip(amounts).filter(|(item, _)| item.quantity > 0);
    let worth: Decimal = ordered.map(|(_, money)| money.net()).sum::<Decimal>() + tip(order);
    (-worth).max(Decimal::ZERO)
}

/// A tip for the driver stands at the order only.
pub fn tip(order: &Order) -> Decimal {
    let tips = order.breakdowns.iter().filter(|part| part.kind == Charge::DeliveryTip);
    tips.map(|part| part.subtotal.amount).sum()
}

fn contains_tax(order: &Order, items: &[ItemAmounts], profile: &Profile) -> bool {
    let parts: Decimal = items.iter().map(ItemAmounts::net).sum();
    let tax: Decimal = items.iter().map(ItemAmounts::tax).sum();
    let Some(total) = order.grand_total else {
        return profile.tax_inclusive;
    };
    match (parts == total.amount, parts + tax == total.amount) {
        (true, false) => true,
        (false, true) => false,
        (true, true) | (false, false) => profile.tax_inclusive,
    }
}

/// Amazon's figures as they stand: `net` may still contain the tax.
fn as_given(item: &Item, currency: Currency) -> Result<ItemAmounts, CurrencyMismatch> {
    let of = |kind: &Charge| -> Result<Part, CurrencyMismatch> {
        Ok(Part {
            net: value(item.charge(kind)?, currency)?,
            tax: value(item.tax_on(kind)?, currency)?,
        })
    };
    let mut price = of(&Charge::Item)?;
    let (cod, rest) = (of(&Charge::CodFee)?, of(&Charge::OtherCharge)?);
    let (gift_wrap, shipping) = (of(&Charge::GiftWrap)?, of(&Charge::Shipping)?);
    let other = Part {
        net: cod.net + rest.net,
        tax: cod.tax + rest.tax,
    };
    let shipping_off = value(item.discount_on(&Charge::Shipping)?, currency)?;
    let item_off = value(item.discount()?, currency)? - shipping_off;
    let tax_off = value(item.tax_on(&Charge::Discount)?, currency)?;
    let shares = split(Money::new(tax_off, currency), &[shipping_off, item_off]);
    let share = |index: usize| shares.get(index).map_or(Decimal::ZERO, |money| money.amount);
    // Amazon states the whole tax and its parts; what the parts leave over belongs to the goods.
    let stated = value(item.tax()?, currency)?;
    price.tax += stated - (price.tax + gift_wrap.tax + shipping.tax + other.tax - tax_off);
    Ok(ItemAmounts {
        price,
        gift_wrap,
        shipping,
        other,
        item_discount: Part {
            net: item_off,
            tax: share(1),
        },
        shipping_discount: Part {
            net: shipping_off,
            tax: share(0),
        },
        amazon_remits: false,
    })
}

fn value(money: Option<Money>, currency: Currency) -> Result<Decimal, CurrencyMismatch> {
    Money::zero(currency)
        .plus(money.unwrap_or(Money::zero(currency)))
        .map(|sum| sum.amount)
}

impl Part {
    fn without_tax(self) -> Self {
        Self {
            net: self.net - self.tax,
            tax: self.tax,
        }
    }
}

impl ItemAmounts {
    /// Everything without tax.
    pub fn net(&self) -> Decimal {
        self.price.net + self.gift_wrap.net + self.shipping.net + self.other.net
            - self.item_discount.net
            - self.shipping_discount.net
    }

    /// All tax.
    pub fn tax(&self) -> Decimal {
        self.price.tax + self.gift_wrap.tax + self.shipping.tax + self.other.tax
            - self.item_discount.tax
            - self.shipping_discount.tax
    }

    /// The same for each part.
    pub(super) fn each(self, change: impl Fn(Part) -> Part) -> Self {
        Self {
            price: change(self.price),
            gift_wrap: change(self.gift_wrap),
            shipping: change(self.shipping),
            other: change(self.other),
            item_discount: change(self.item_discount),
            shipping_discount: change(self.shipping_discount),
            amazon_remits: self.amazon_remits,
        }
    }

    /// The tax inside each amount at so many percent, rounded once (CMN-07).
    fn with_derived_tax(self, percent: Decimal, currency: Currency) -> Self {
        self.each(|part| {
            let whole = Decimal::ONE_HUNDRED + percent;
            let tax = (part.net * percent).checked_div(whole).unwrap_or_default();
            Part {
                net: part.net,
                tax: Money::new(tax, currency).rounded().amount,
            }
        })
    }

    fn without_tax(self) -> Self {
        self.each(Part::without_tax)
    }
}
