//! What a marketplace does to prices (`price.transform`): a handful of steps, one after the other. It is deliberately not
//! a language.
//!
//! Written as `times 1.05, add tax 19, end in 99`:
//!
//! | Step | Does |
//! |---|---|
//! | `times F` | multiplies by F |
//! | `add tax`, `add tax R` | adds the rate of the item's class, or R per cent |
//! | `end in D`, `end up in D`, `end down in D` | to the nearest, next higher, next lower price whose last digits are D |
//! | `round to M`, `round up to M`, `round down to M` | to a multiple of M |
//!
//! Digits are those of the price as it is written without its decimal mark: `end in 99` makes 12.99 EUR and 1,299 JPY.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::verdict::Withheld;
use crate::money::Currency;

/// The steps, in order; none changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Transform(Vec<Step>);

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Multiplies; above nought.
    Times(Decimal),
    /// Adds tax: this rate in per cent, or that of the item's class.
    AddTax(Option<Decimal>),
    /// Chooses a price with these last digits.
    EndIn {
        /// The digits as a number.
        digits: u32,
        /// How many digits, one to six.
        places: u32,
        /// Which of the two neighbours.
        towards: Towards,
    },
    /// Chooses a multiple of a price above nought.
    Round {
        /// The price.
        to: Decimal,
        /// Which of the two neighbours.
        towards: Towards,
    },
}

/// Which of two neighbours is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// The nearer one; the higher of two that are equally near.
    Nearest,
    /// The higher one.
    Up,
    /// The lower one.
    Down,
}

/// The text is not a transform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a step of a price transform")]
pub struct NotATransform(pub String);

/// What a transform needs to know besides the price.
pub(super) struct Around {
    pub(super) currency: Currency,
    pub(super) tax_rate: Option<Decimal>,
    pub(super) floor: Option<Decimal>,
    pub(super) ceiling: Option<Decimal>,
}

impl Transform {
    /// The most steps that a transform has.
    const MOST: usize = 8;

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it adds tax.
    pub fn adds_tax(&self) -> bool {
        self.0.iter().any(|step| matches!(step, Step::AddTax(_)))
    }

    /// The price after all steps, not yet rounded to the currency.
    pub(super) fn apply(&self, price: Decimal, around: &Around) -> Result<Decimal, Withheld> {
        let mut price = price;
        for step in &self.0 {
            price = step.apply(price, around)?;
        }
        Ok(price)
    }

    /// The price with the taxes that it adds, and nothing else: what a floor is compared on.
    pub(super) fn tax_alone(&self, price: Decimal, around: &Around) -> Result<Decimal, Withheld> {
        let mut price = price;
        for step in self.0.iter().filter(|step| matches!(step, Step::AddTax(_))) {
            price = step.apply(price, around)?;
        }
        Ok(price)
    }
}

impl Step {
    fn apply(self, price: Decimal, around: &Around) -> Result<Decimal, Withheld> {
        match self {
            Self::Times(factor) => price.checked_mul(factor).ok_or(Withheld::OutOfRange),
            Self::AddTax(rate) => with_tax(price, rate.or(around.tax_rate).ok_or(Withheld::NoTaxRate)?),
            Self::EndIn {
                digits,
                places,
                towards,
            } => {
                let unit = Decimal::new(1, around.currency.decimals());
                let digits = unit * Decimal::from(digits);
                let every = unit * Decimal::from(10_u64.pow(places));
                let chosen = neighbour(price, digits, every, towards)?;
                Ok(between(price, chosen, every, around))
            }
            Self::Round { to, towards } => neighbour(price, Decimal::ZERO, to, towards),
        }
    }
}

/// A price with tax on top, the rate in per cent.
pub(super) fn with_tax(price: Decimal, rate: Decimal) -> Result<Decimal, Withheld> {
    let tax = price
        .checked_mul(rate)
        .and_then(|tax| tax.checked_div(Decimal::ONE_HUNDRED));
    tax.and_then(|tax| price.checked_add(tax)).ok_or(Withheld::OutOfRange)
}

/// The price among `first`, `first + every`, `first + 2 × every` … that is next to this one. It is above nought.
fn neighbour(price: Decimal, first: Decimal, every: Decimal, towards: Towards) -> Result<Decimal, Withheld> {
    let count = (price - first).checked_div(every).ok_or(Withheld::OutOfRange)?.floor();
    let lower = count
        .checked_mul(every)
        .and_then(|part| part.checked_add(first))
        .ok_or(Withheld::OutOfRange)?;
    if lower == price && lower > Decimal::ZERO {
        return Ok(lower);
    }
    let higher = lower.checked_add(every).ok_or(Withheld::OutOfRange)?;
    let takes_lower = match towards {
        Towards::Up => false,
        Towards::Down => true,
        Towards::Nearest => price - lower < higher - price,
    };
    Ok(if takes_lower && lower > Decimal::ZERO {
        lower
    } else {
        higher
    })
}

/// An ending must not push a price that is within floor and ceiling out of them: then the other neighbour is taken.
fn between(price: Decimal, chosen: Decimal, every: Decimal, around: &Around) -> Decimal {
    let fits = |price: Decimal| {
        around.floor.is_none_or(|floor| price >= floor) && around.ceiling.is_none_or(|ceiling| price <= ceiling)
    };
    let other = if chosen > price { chosen - every } else { chosen + every };
    if !fits(chosen) && fits(price) && fits(other) && other > Decimal::ZERO {
        other
    } else {
        chosen
    }
}

/// A price rounded to what the currency can write.
pub(super) fn written(price: Decimal, currency: Currency, strategy: RoundingStrategy) -> Decimal {
    price.round_dp_with_strategy(currency.decimals(), strategy)
}

impl FromStr for Transform {
    type Err = NotATransform;

    fn from_str(text: &str) -> Result<Self, NotATransform> {
        let steps = text.split(',').map(str::trim).filter(|step| !step.is_empty());
        let steps: Vec<Step> = steps.map(step).collect::<Result<_, _>>()?;
        match steps.get(Self::MOST) {
            Some(beyond) => Err(NotATransform(beyond.to_string())),
            None => Ok(Self(steps)),
        }
    }
}

fn step(text: &str) -> Result<Step, NotATransform> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let found = match words.as_slice() {
        ["times", factor] => positive(factor).map(Step::Times),
        ["add", "tax"] => Some(Step::AddTax(None)),
        ["add", "tax", rate] => positive(rate)
            .filter(|rate| *rate <= Decimal::ONE_HUNDRED)
            .map(|rate| Step::AddTax(Some(rate))),
        ["end", "in", digits] => ending(digits, Towards::Nearest),
        ["end", "up", "in", digits] => ending(digits, Towards::Up),
        ["end", "down", "in", digits] => ending(digits, Towards::Down),
        ["round", "to", multiple] => rounding(multiple, Towards::Nearest),
        ["round", "up", "to", multiple] => rounding(multiple, Towards::Up),
        ["round", "down", "to", multiple] => rounding(multiple, Towards::Down),
        _ => None,
    };
    found.ok_or_else(|| NotATransform(text.to_owned()))
}

fn positive(text: &str) -> Option<Decimal> {
    text.parse().ok().filter(|number| *number > Decimal::ZERO)
}

fn ending(text: &str, towards: Towards) -> Option<Step> {
    let fits = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits = text.parse().ok().filter(|_| fits)?;
    let places = u32::try_from(text.len()).ok()?;
    Some(Step::EndIn {
        digits,
        places,
        towards,
    })
}

fn rounding(text: &str, towards: Towards) -> Option<Step> {
    positive(text).map(|to| Step::Round { to, towards })
}

impl fmt::Display for Towards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nearest => "",
            Self::Up => " up",
            Self::Down => " down",
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Times(factor) => write!(f, "times {factor}"),
            Self::AddTax(None) => f.write_str("add tax"),
            Self::AddTax(Some(rate)) => write!(f, "add tax {rate}"),
            Self::EndIn {
                digits,
                places,
                towards,
            } => write!(f, "end{towards} in {digits:0width$}", width = *places as usize),
            Self::Round { to, towards } => write!(f, "round{towards} to {to}"),
        }
    }
}

impl fmt::Display for Transform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{step}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for Transform {
    type Error = NotATransform;

    fn try_from(text: String) -> Result<Self, NotATransform> {
        text.parse()
    }
}

impl From<Transform> for String {
    fn from(transform: Transform) -> Self {
        transform.to_string()
    }
}
