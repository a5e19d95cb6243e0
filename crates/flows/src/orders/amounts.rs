//! What an order item costs the buyer, part by part, net of tax (flows.md §3.3, TAX-01, TAX-02).
//!
//! Whether Amazon's amounts contain the tax is read from the order itself: the one way in which its parts add up to
//! its total. Only when both ways fit, or none, does the marketplace's price basis decide.

use amazon::Order;
use amazon::orders::{Charge, Item};
use domain::Currency;
use domain::money::{CurrencyMismatch, Money, split};
use rust_decimal::Decimal;

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

/// Who is liable when the order does not say (TAX-01): Amazon in the US, the seller elsewhere.
fn amazon_liable_by_default(rules: &Rules, profile: &Profile) -> bool {
    match rules.option(&profile.id, "tax.liability_default") {
        Some(party) => party == "amazon",
        None => profile.country == "US",
    }
}

/// The amounts of every item of the order, in its order.
pub fn of_order(order: &Order, rules: &Rules, profile: &Profile) -> Result<Vec<ItemAmounts>, CurrencyMismatch> {
    let currency = order.currency().unwrap_or(profile.currency);
    let liable = amazon_liable_by_default(rules, profile);
    let gross = order
        .items
        .iter()
        .map(|item| as_given(item, currency))
        .collect::<Result<Vec<_>, _>>()?;
    let inclusive = contains_tax(order, &gross, profile);
    Ok(order
        .items
        .iter()
        .zip(gross)
        .map(|(item, amounts)| {
            let amounts = if inclusive { amounts.without_tax() } else { amounts };
            ItemAmounts {
                amazon_remits: item.amazon_remits_tax().unwrap_or(liable),
                ..amounts
            }
        })
        .collect())
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

    fn without_tax(self) -> Self {
        Self {
            price: self.price.without_tax(),
            gift_wrap: self.gift_wrap.without_tax(),
            shipping: self.shipping.without_tax(),
            other: self.other.without_tax(),
            item_discount: self.item_discount.without_tax(),
            shipping_discount: self.shipping_discount.without_tax(),
            amazon_remits: self.amazon_remits,
        }
    }
}
