//! A sentence for a person, named rather than written: the catalogue under `ui/locales` has it in each language.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Money;

/// One Fluent message with its variables. Screens, tray, notifications and exports turn it into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The message id, such as `reason-payment-being-verified`.
    pub id: String,
    /// The variables that the message names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, Arg>,
}

/// A variable of a message, still a value, so that each language can format it its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Arg {
    /// Verbatim text: an order number, a SKU, the vendor's own words.
    Text(String),
    /// A whole number that decides the plural form.
    Count(i64),
    /// An amount with its currency.
    Money(Money),
    /// A calendar day in the business's zone.
    Day(NaiveDate),
    /// An instant.
    Instant(DateTime<Utc>),
}

impl Text {
    /// A message without variables.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            args: BTreeMap::new(),
        }
    }

    /// The message with one more variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Arg {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}
impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}
impl From<Money> for Arg {
    fn from(money: Money) -> Self {
        Self::Money(money)
    }
}
impl From<NaiveDate> for Arg {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}
impl From<DateTime<Utc>> for Arg {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::Instant(instant)
    }
}
impl From<Decimal> for Arg {
    fn from(number: Decimal) -> Self {
        Self::Text(number.normalize().to_string())
    }
}
