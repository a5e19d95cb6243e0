//! Values as the tables keep them.

use chrono::{DateTime, Duration, NaiveDate};
use rusqlite::types::Value as Sql;
use rust_decimal::Decimal;
use serde_json::Value;

use super::DATE_MARK;
use crate::netsuite::record::Fields as _;
use crate::netsuite::store::{Record, Store};

pub(super) fn text(value: &str) -> Sql {
    Sql::Text(value.to_owned())
}

pub(super) fn flag(on: bool) -> Sql {
    text(if on { "T" } else { "F" })
}

pub(super) fn whole(value: Option<i64>) -> Sql {
    value.map_or(Sql::Null, Sql::Integer)
}

/// Numeric affinity turns the digits into a number.
pub(super) fn decimal(value: Option<Decimal>) -> Sql {
    value.map_or(Sql::Null, |value| Sql::Text(value.normalize().to_string()))
}

pub(super) fn field(record: &Record, name: &str) -> Sql {
    record.text(name).map_or(Sql::Null, text)
}

/// A calendar day as the tables keep it.
pub(in crate::netsuite) fn stored_day(day: NaiveDate) -> String {
    format!("{DATE_MARK}{day} 00:00:00")
}

pub(super) fn day(record: &Record, name: &str) -> Sql {
    record.day(name).map_or(Sql::Null, |day| Sql::Text(stored_day(day)))
}

pub(super) fn stamp_field(store: &Store, record: &Record, name: &str) -> Sql {
    record.text(name).map_or(Sql::Null, |at| stamp(store, at))
}

/// An instant as the company's clock shows it.
pub(super) fn stamp(store: &Store, at: &str) -> Sql {
    stamped(store, at).map_or(Sql::Null, Sql::Text)
}

/// The same as the tables keep it.
pub(in crate::netsuite) fn stamped(store: &Store, at: &str) -> Option<String> {
    let at = DateTime::parse_from_rfc3339(at).ok()?;
    let local = at.naive_utc() + Duration::minutes(i64::from(store.zone_offset_minutes));
    Some(format!("{DATE_MARK}{}", local.format("%Y-%m-%d %H:%M:%S")))
}

pub(super) fn custom_fields(record: &Record, prefix: &str) -> Vec<(String, Value)> {
    let own = record.fields.iter().filter(|(name, _)| name.starts_with(prefix));
    own.map(|(name, value)| (name.clone(), value.clone())).collect()
}

pub(super) fn json_text(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(on) => flag(*on),
        Value::String(one) => text(one),
        Value::Object(object) => object.get("id").and_then(Value::as_str).map_or(Sql::Null, text),
        other => text(&other.to_string()),
    }
}
