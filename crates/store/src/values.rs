//! How values stand in SQLite: instants as whole milliseconds, JSON as text, words as text, money as whole
//! ten-thousandths beside its currency (decision 10).

use chrono::{DateTime, Utc};
use domain::{Currency, Money};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Type, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An instant as milliseconds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(pub DateTime<Utc>);

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.timestamp_millis()))
    }
}

impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let millis = i64::column_result(value)?;
        DateTime::from_timestamp_millis(millis)
            .map(At)
            .ok_or(FromSqlError::OutOfRange(millis))
    }
}

/// A value kept as JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text =
            serde_json::to_string(&self.0).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(ToSqlOutput::from(text))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?)
            .map(Json)
            .map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// The two columns of an amount that may be missing: whole ten-thousandths, and the currency.
pub fn money_columns(money: Option<Money>) -> crate::Result<(Option<i64>, Option<String>)> {
    match money {
        None => Ok((None, None)),
        Some(money) => Ok((Some(money.ten_thousandths()?), Some(money.currency.code().to_owned()))),
    }
}

/// The amount that two columns, side by side from `index` on, hold.
pub fn money_at(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Option<Money>> {
    let units: Option<i64> = row.get(index)?;
    let code: Option<String> = row.get(index + 1)?;
    match (units, code) {
        (Some(units), Some(code)) => {
            let currency: Currency = code
                .parse()
                .map_err(|error| rusqlite::Error::FromSqlConversionFailure(index + 1, Type::Text, Box::new(error)))?;
            Ok(Some(Money::from_ten_thousandths(units, currency)))
        }
        _ => Ok(None),
    }
}

/// A word that is none of those that a column may hold.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a known {1}")]
pub struct UnknownWord(pub String, pub &'static str);

/// Declares an enum that stands in a column as one lower-case word and crosses to the screen as the same word.
#[macro_export]
macro_rules! words {
    ($(#[$outer:meta])* pub enum $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// The word in the column.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            /// Every word, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(rusqlite::types::ToSqlOutput::from(self.word()))
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                let word = value.as_str()?;
                Self::ALL.iter().copied().find(|known| known.word() == word).ok_or_else(|| {
                    rusqlite::types::FromSqlError::Other(Box::new($crate::values::UnknownWord(
                        word.to_owned(),
                        stringify!($name),
                    )))
                })
            }
        }
    };
}
