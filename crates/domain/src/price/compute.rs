//! From price levels to a price: PRC-02…05, sales, business prices, floor and ceiling.

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::given::{Basis, Rules, SaleRule, Sku};
use super::levels::{AtLevel, breaks, chosen, no_price};
use super::transform::{Around, with_tax, written};
use super::verdict::{Business, Computed, Note, Origin, Part, Price, Sale, Tier, Withheld};
use crate::money::Money;

/// Amazon's most quantity tiers (`price.business_breaks`).
const MOST_TIERS: usize = 5;

/// What the SKU's price is on a day of the marketplace, whether or not it may be sent.
///
/// Order: the price at the level (or the alias' own), converted, times the pack, plus tax, transformed, rounded to the
/// currency. Floor and ceiling go the same way without the transform's factors and endings; the floor is rounded up and
/// the ceiling down. A price outside of them is withheld, never moved.
pub fn compute(sku: &Sku, rules: &Rules, today: NaiveDate) -> Result<Computed, Withheld> {
    if sku.factor <= Decimal::ZERO {
        return Err(Withheld::WrongFactor);
    }
    if rules.basis == Basis::AddTax && rules.transform.adds_tax() {
        return Err(Withheld::TaxTwice);
    }
    let mut notes = Vec::new();
    let mut work = Work {
        sku,
        rules,
        around: Around {
            currency: rules.currency,
            tax_rate: sku.tax_rate,
            floor: None,
            ceiling: None,
        },
    };
    let (base, pack) = work.base()?;
    let levels = Levels::of(sku, rules, &mut notes);
    let minimum = work.bound(levels.floor, RoundingStrategy::AwayFromZero)?;
    let maximum = work.bound(levels.ceiling, RoundingStrategy::ToZero)?;
    if let (Some(floor), Some(ceiling)) = (minimum, maximum)
        && floor.amount > ceiling.amount
    {
        return Err(Withheld::FloorAboveCeiling { floor, ceiling });
    }
    work.around.floor = minimum.map(|floor| floor.amount);
    work.around.ceiling = maximum.map(|ceiling| ceiling.amount);
    let before_transform = work.dressed(base.price, pack)?;
    let regular = work.finished(before_transform)?;
    let price = Price {
        regular,
        sale: work.sale(levels.sale, regular, today, &mut notes)?,
        business: work.business(levels.business, &mut notes)?,
        minimum,
        maximum,
        list: work.bound(levels.list, RoundingStrategy::MidpointAwayFromZero)?,
    };
    within(&price)?;
    Ok(Computed {
        price,
        origin: Origin {
            base: base.told,
            own: sku.own.is_some(),
            conversion: base.conversion,
            pack,
            tax_rate: (rules.basis == Basis::AddTax).then_some(sku.tax_rate).flatten(),
            before_transform,
        },
        notes,
    })
}

struct Work<'a> {
    sku: &'a Sku,
    rules: &'a Rules,
    around: Around,
}

/// The levels beside the selling price that say something of this SKU. Where the alias has the price of a pack and the
/// levels those of one unit, none of them does.
struct Levels<'a> {
    sale: Option<&'a SaleRule>,
    business: Option<(&'a str, bool)>,
    floor: Option<&'a str>,
    ceiling: Option<&'a str>,
    list: Option<&'a str>,
}

impl<'a> Levels<'a> {
    fn of(sku: &Sku, rules: &'a Rules, notes: &mut Vec<Note>) -> Self {
        let mut levels = Self {
            sale: rules.sale.as_ref(),
            business: rules.business.as_ref().map(|rule| (rule.level.as_str(), rule.breaks)),
            floor: rules.floor_level.as_deref(),
            ceiling: rules.ceiling_level.as_deref(),
            list: rules.list_level.as_deref(),
        };
        if sku.factor != Decimal::ONE && !rules.pack_multiplies {
            let parts = [
                (Part::Sale, levels.sale.take().is_some()),
                (Part::Business, levels.business.take().is_some()),
                (Part::Minimum, levels.floor.take().is_some()),
                (Part::Maximum, levels.ceiling.take().is_some()),
                (Part::List, levels.list.take().is_some()),
            ];
            let left_out = parts.into_iter().filter(|(_, was_set)| *was_set);
            notes.extend(left_out.map(|(part, _)| Note::LeftOutForPack(part)));
        }
        levels
    }
}

impl Work<'_> {
    /// The price that everything starts from, and the pack that it is multiplied by.
    fn base(&self) -> Result<(AtLevel, Option<Decimal>), Withheld> {
        if let Some(own) = self.sku.own.filter(|own| !own.is_zero()) {
            if own.currency != self.rules.currency {
                return Err(Withheld::OwnPriceCurrency(own.currency));
            }
            if own.amount < Decimal::ZERO {
                return Err(Withheld::Negative { level: None });
            }
            let at = AtLevel {
                told: own,
                conversion: None,
                price: own.amount,
                from: Decimal::ZERO,
            };
            return Ok((at, None));
        }
        let factor = self.sku.factor;
        let pack = self.pack();
        if factor != Decimal::ONE && pack.is_none() {
            return Err(Withheld::NoPackPrice { factor });
        }
        let level = self.rules.level.as_deref().ok_or(Withheld::NoLevel)?;
        let at = chosen(&breaks(self.sku, self.rules, level)?, self.rules.quantity_break);
        let at = at.ok_or_else(|| no_price(self.sku, self.rules, level))?;
        Ok((at, pack))
    }

    /// The pack that prices of the levels are multiplied by.
    fn pack(&self) -> Option<Decimal> {
        Some(self.sku.factor).filter(|factor| self.rules.pack_multiplies && *factor != Decimal::ONE)
    }

    /// A price of the marketplace's currency as buyers would see it, without transform.
    fn dressed(&self, price: Decimal, pack: Option<Decimal>) -> Result<Decimal, Withheld> {
        let price = price
            .checked_mul(pack.unwrap_or(Decimal::ONE))
            .ok_or(Withheld::OutOfRange)?;
        match self.rules.basis {
            Basis::AsIs => Ok(price),
            Basis::AddTax => with_tax(price, self.sku.tax_rate.ok_or(Withheld::NoTaxRate)?),
        }
    }

    /// The same, transformed and rounded to the currency.
    fn finished(&self, dressed: Decimal) -> Result<Money, Withheld> {
        let price = self.rules.transform.apply(dressed, &self.around)?;
        self.money(price, RoundingStrategy::MidpointAwayFromZero)
    }

    fn money(&self, price: Decimal, strategy: RoundingStrategy) -> Result<Money, Withheld> {
        let price = written(price, self.rules.currency, strategy);
        if price <= Decimal::ZERO {
            return Err(Withheld::OutOfRange);
        }
        Ok(Money::new(price, self.rules.currency))
    }

    /// A floor, a ceiling or a list price: nothing where the level is blank.
    fn bound(&self, level: Option<&str>, strategy: RoundingStrategy) -> Result<Option<Money>, Withheld> {
        let Some(level) = level else { return Ok(None) };
        let Some(at) = breaks(self.sku, self.rules, level)?.first().copied() else {
            return Ok(None);
        };
        let dressed = self.dressed(at.price, self.pack())?;
        let taxed = self.rules.transform.tax_alone(dressed, &self.around)?;
        self.money(taxed, strategy).map(Some)
    }

    fn sale(
        &self,
        rule: Option<&SaleRule>,
        regular: Money,
        today: NaiveDate,
        notes: &mut Vec<Note>,
    ) -> Result<Option<Sale>, Withheld> {
        let Some(rule) = rule else { return Ok(None) };
        let breaks = breaks(self.sku, self.rules, &rule.level)?;
        let Some(at) = chosen(&breaks, self.rules.quantity_break) else {
            return Ok(None);
        };
        if rule.from > rule.to {
            notes.push(Note::SaleEndsBeforeItBegins);
            return Ok(None);
        }
        if rule.to < today {
            notes.push(Note::SaleEnded);
            return Ok(None);
        }
        let price = self.finished(self.dressed(at.price, self.pack())?)?;
        if price.amount >= regular.amount {
            notes.push(Note::SaleNotLower);
            return Ok(None);
        }
        Ok(Some(Sale {
            price,
            from: rule.from,
            to: rule.to,
        }))
    }

    fn business(&self, rule: Option<(&str, bool)>, notes: &mut Vec<Note>) -> Result<Option<Business>, Withheld> {
        let Some((level, with_breaks)) = rule else {
            return Ok(None);
        };
        let breaks = breaks(self.sku, self.rules, level)?;
        let Some((first, further)) = breaks.split_first() else {
            return Ok(None);
        };
        let price = self.finished(self.dressed(first.price, self.pack())?)?;
        let mut tiers: Vec<Tier> = Vec::new();
        let further = if with_breaks { further } else { &[] };
        for at in further {
            let tier = Tier {
                from: self.units(at.from),
                price: self.finished(self.dressed(at.price, self.pack())?)?,
            };
            let last = tiers
                .last()
                .map_or((1, price.amount), |last| (last.from, last.price.amount));
            if tiers.len() < MOST_TIERS && tier.from > last.0 && tier.price.amount < last.1 {
                tiers.push(tier);
            }
        }
        if tiers.len() < further.len() {
            notes.push(Note::TiersLeftOut(further.len() - tiers.len()));
        }
        Ok(Some(Business { price, tiers }))
    }

    /// A break's quantity in units of the SKU: so many that the break is reached.
    fn units(&self, from: Decimal) -> u32 {
        let units = from.checked_div(self.sku.factor).unwrap_or_default().ceil();
        units.to_u32().unwrap_or(u32::MAX)
    }
}

/// That no price lies outside of floor and ceiling.
fn within(price: &Price) -> Result<(), Withheld> {
    let tiers = price.business.iter().flat_map(|business| &business.tiers);
    let parts = [
        (Part::Regular, Some(price.regular)),
        (Part::Sale, price.sale.as_ref().map(|sale| sale.price)),
        (Part::Business, price.business.as_ref().map(|business| business.price)),
    ];
    let parts = parts.into_iter().filter_map(|(part, price)| Some((part, price?)));
    for (part, one) in parts.chain(tiers.map(|tier| (Part::Tier, tier.price))) {
        if let Some(floor) = price.minimum.filter(|floor| one.amount < floor.amount) {
            let price = one;
            return Err(Withheld::BelowFloor { part, price, floor });
        }
        if let Some(ceiling) = price.maximum.filter(|ceiling| one.amount > ceiling.amount) {
            let price = one;
            return Err(Withheld::AboveCeiling { part, price, ceiling });
        }
    }
    Ok(())
}
