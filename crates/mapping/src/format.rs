//! The named formats: what may be done to a value on its way without writing an expression (CMN-28).

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::Why;
use crate::path::plain;

/// A named format and what it needs to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// Which.
    pub name: Named,
    /// Characters of `first` and `last`, days of `shift_days`, the separator of `join`.
    #[serde(default)]
    pub argument: String,
}

/// The formats there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// As it is.
    #[default]
    AsIs,
    /// In capitals.
    Upper,
    /// In small letters.
    Lower,
    /// Without spaces around it.
    Trim,
    /// Digits only.
    Digits,
    /// The first so many characters.
    First,
    /// The last so many characters.
    Last,
    /// A date so many days later, or earlier.
    ShiftDays,
    /// The year of a date.
    Year,
    /// The year and month of a date: `2026-11`.
    YearMonth,
    /// A list with a separator.
    Join,
}

impl Named {
    /// All, in the order in which a screen offers them.
    pub const ALL: &'static [Self] = &[
        Self::AsIs,
        Self::Upper,
        Self::Lower,
        Self::Trim,
        Self::Digits,
        Self::First,
        Self::Last,
        Self::ShiftDays,
        Self::Year,
        Self::YearMonth,
        Self::Join,
    ];
}

impl Format {
    /// A value in this format.
    pub(crate) fn apply(&self, value: &Value) -> Result<String, Why> {
        let text = plain(value);
        Ok(match self.name {
            Named::AsIs => text,
            Named::Upper => text.to_uppercase(),
            Named::Lower => text.to_lowercase(),
            Named::Trim => text.trim().to_owned(),
            Named::Digits => text.chars().filter(char::is_ascii_digit).collect(),
            Named::First => text.chars().take(self.count()?).collect(),
            Named::Last => last(&text, self.count()?),
            Named::ShiftDays => shifted(date(&text)?, self.days()?)
                .ok_or_else(|| not_a("date", &text))?
                .to_string(),
            Named::Year => date(&text)?.format("%Y").to_string(),
            Named::YearMonth => date(&text)?.format("%Y-%m").to_string(),
            Named::Join => match value {
                Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(&self.argument),
                _ => text,
            },
        })
    }

    /// Whether its argument can be read.
    pub(crate) fn check(&self) -> Result<(), Why> {
        match self.name {
            Named::First | Named::Last => self.count().map(|_| ()),
            Named::ShiftDays => self.days().map(|_| ()),
            _ => Ok(()),
        }
    }

    fn count(&self) -> Result<usize, Why> {
        self.argument
            .trim()
            .parse()
            .map_err(|_| not_a("number", &self.argument))
    }

    fn days(&self) -> Result<i64, Why> {
        self.argument
            .trim()
            .parse()
            .map_err(|_| not_a("number", &self.argument))
    }
}

/// The last so many characters.
pub(crate) fn last(text: &str, count: usize) -> String {
    let skip = text.chars().count().saturating_sub(count);
    text.chars().skip(skip).collect()
}

/// A date as sources write it: ISO, with or without a time behind it.
pub(crate) fn date(text: &str) -> Result<NaiveDate, Why> {
    let day = text.get(..10).unwrap_or(text);
    day.parse().map_err(|_| not_a("date", text))
}

/// A date so many days later, or earlier.
pub(crate) fn shifted(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 {
        day.checked_sub_days(count)
    } else {
        day.checked_add_days(count)
    }
}

pub(crate) fn not_a(shape: &str, value: &str) -> Why {
    Why::NotA {
        shape: shape.to_owned(),
        value: value.to_owned(),
    }
}
