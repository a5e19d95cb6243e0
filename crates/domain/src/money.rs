//! Exact amounts that always know their currency (rules CMN-06, CMN-07; decision 10).

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An ISO 4217 code such as `EUR`.
///
/// Any three upper-case letters are accepted, so an order in a currency that we do not know yet is kept and shown
/// rather than dropped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollar.
    pub const USD: Self = Self(*b"USD");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");
    /// Pound sterling.
    pub const GBP: Self = Self(*b"GBP");
    /// Japanese yen, which has no decimals.
    pub const JPY: Self = Self(*b"JPY");
    /// No currency (ISO 4217), where a source names none.
    pub const NONE: Self = Self(*b"XXX");

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Digits after the decimal mark (ISO 4217: JPY 0, most 2). A currency that the standard does not list counts as 2.
    pub fn decimals(&self) -> u32 {
        iso_currency::Currency::from_code(self.code())
            .and_then(iso_currency::Currency::exponent)
            .map_or(2, u32::from)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text is not a currency code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a three-letter currency code")]
pub struct NotACurrency(pub String);

impl FromStr for Currency {
    type Err = NotACurrency;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let upper = text.trim().to_ascii_uppercase();
        match upper.as_bytes() {
            [a, b, c] if upper.bytes().all(|byte| byte.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(NotACurrency(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An exact amount in one currency. Serialised as `{"amount":"12.40","currency":"EUR"}`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount, as exact as its source wrote it.
    pub amount: Decimal,
    /// The currency it is counted in.
    pub currency: Currency,
}

/// Two currencies met in one sum: a mistake in the program, never a conversion (CMN-06).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot add {right} to {left}: a sum has one currency")]
pub struct CurrencyMismatch {
    /// The currency that the sum started with.
    pub left: Currency,
    /// The currency that did not fit.
    pub right: Currency,
}

/// The value has more digits than the store keeps: a `Misread`, never a rounding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} does not fit into ten-thousandths")]
pub struct DoesNotFit(pub Decimal);

impl Money {
    /// An amount in a currency.
    pub fn new(amount: Decimal, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self {
            amount: Decimal::ZERO,
            currency,
        }
    }

    /// Whether the amount is exactly zero.
    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }

    /// The sum of two amounts of one currency.
    pub fn plus(self, other: Self) -> Result<Self, CurrencyMismatch> {
        if self.currency == other.currency {
            Ok(Self::new(self.amount + other.amount, self.currency))
        } else {
            Err(CurrencyMismatch {
                left: self.currency,
                right: other.currency,
            })
        }
    }

    /// The amount with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::new(-self.amount, self.currency)
    }

    /// Rounded half away from zero to the currency's decimals: only at the posting boundary (CMN-07).
    #[must_use]
    pub fn rounded(self) -> Self {
        Self::new(
            self.amount
                .round_dp_with_strategy(self.currency.decimals(), RoundingStrategy::MidpointAwayFromZero),
            self.currency,
        )
    }

    /// The amount in whole ten-thousandths, as the store keeps it.
    pub fn ten_thousandths(&self) -> Result<i64, DoesNotFit> {
        ten_thousandths(self.amount)
    }

    /// The amount that the store kept.
    pub fn from_ten_thousandths(units: i64, currency: Currency) -> Self {
        Self::new(Decimal::new(units, 4).normalize(), currency)
    }
}

/// A plain decimal in whole ten-thousandths.
pub fn ten_thousandths(amount: Decimal) -> Result<i64, DoesNotFit> {
    let scaled = amount.checked_mul(Decimal::from(10_000)).ok_or(DoesNotFit(amount))?;
    if !scaled.fract().is_zero() {
        return Err(DoesNotFit(amount));
    }
    i64::try_from(scaled.trunc()).map_err(|_| DoesNotFit(amount))
}

impl fmt::Display for Money {
    /// `12.40 EUR`: at least the currency's decimals, never fewer digits than the amount has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", plain(self.amount, self.currency), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The amount as text with at least the currency's decimals: `12.40`, `1500`.
pub fn plain(amount: Decimal, currency: Currency) -> String {
    let shortest = amount.normalize();
    let digits = shortest.scale().max(currency.decimals());
    format!("{shortest:.*}", digits as usize)
}

/// Splits `total` over `parts` in proportion to `weights`, rounded to the currency's decimals; the last non-zero part
/// takes the remainder, so that the parts sum to the total exactly (CMN-07).
pub fn split(total: Money, weights: &[Decimal]) -> Vec<Money> {
    let whole: Decimal = weights.iter().copied().sum();
    let mut parts: Vec<Money> = weights
        .iter()
        .map(|weight| {
            let share = if whole.is_zero() {
                Decimal::ZERO
            } else {
                total.amount * *weight / whole
            };
            Money::new(share, total.currency).rounded()
        })
        .collect();
    let given: Decimal = parts.iter().map(|part| part.amount).sum();
    let rest = total.amount - given;
    let last = weights
        .iter()
        .rposition(|weight| !weight.is_zero())
        .or(weights.len().checked_sub(1));
    if let Some(part) = last.and_then(|index| parts.get_mut(index)) {
        part.amount += rest;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(text: &str) -> Money {
        Money::new(text.parse().unwrap(), Currency::EUR)
    }

    #[test]
    fn cmn_06_two_currencies_never_add_up() {
        let wrong = eur("1").plus(Money::new(Decimal::ONE, Currency::JPY));
        assert_eq!(
            wrong,
            Err(CurrencyMismatch {
                left: Currency::EUR,
                right: Currency::JPY
            })
        );
    }

    #[test]
    fn cmn_07_a_split_sums_to_the_total() {
        let parts = split(eur("10.00"), &[Decimal::ONE, Decimal::ONE, Decimal::ONE, Decimal::ZERO]);
        assert_eq!(
            parts.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["3.33 EUR", "3.33 EUR", "3.34 EUR", "0.00 EUR"]
        );
    }

    #[test]
    fn cmn_07_rounds_half_away_from_zero_to_the_currency() {
        assert_eq!(eur("-0.125").rounded().to_string(), "-0.13 EUR");
        assert_eq!(
            Money::new("1234.5".parse().unwrap(), Currency::JPY)
                .rounded()
                .to_string(),
            "1235 JPY"
        );
    }

    #[test]
    fn the_store_never_rounds() {
        assert_eq!(eur("12.3456").ten_thousandths(), Ok(123_456));
        assert!(eur("0.00001").ten_thousandths().is_err());
    }

    #[test]
    fn an_unknown_currency_is_kept() {
        assert_eq!("xts".parse::<Currency>().unwrap().to_string(), "XTS");
        assert!("EURO".parse::<Currency>().is_err());
    }
}
