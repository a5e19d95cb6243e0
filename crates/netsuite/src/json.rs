//! Bodies as NetSuite wants them: exact decimals as JSON numbers, references as `{"id": …}`.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value, json};

use crate::write::{RecordId, Target};

/// The fields of a record; what is absent is left out, never sent as null.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body(Map<String, Value>);

impl Body {
    pub(crate) fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn text(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(text) if !text.is_empty() => self.set(name, text),
            _ => self,
        }
    }

    pub(crate) fn number(self, name: &str, value: Option<Decimal>) -> Self {
        match value {
            Some(decimal) => self.set(name, number(decimal)),
            None => self,
        }
    }

    pub(crate) fn day(self, name: &str, value: Option<NaiveDate>) -> Self {
        match value {
            Some(day) => self.set(name, day.format("%Y-%m-%d").to_string()),
            None => self,
        }
    }

    pub(crate) fn id(self, name: &str, value: Option<&RecordId>) -> Self {
        match value {
            Some(id) => self.set(name, json!({ "id": id.0 })),
            None => self,
        }
    }

    pub(crate) fn reference(self, name: &str, value: Option<&Target>) -> Self {
        match value {
            Some(target) => self.set(name, reference(target)),
            None => self,
        }
    }

    pub(crate) fn items(self, name: &str, lines: Vec<Value>) -> Self {
        if lines.is_empty() {
            self
        } else {
            self.set(name, json!({ "items": lines }))
        }
    }

    /// Fields that the seller mapped; they win over ours, since a person chose them.
    pub(crate) fn more(mut self, fields: &[(String, Value)]) -> Self {
        self.0.extend(fields.iter().cloned());
        self
    }

    pub(crate) fn finish(self) -> Value {
        Value::Object(self.0)
    }
}

/// A decimal as a JSON number with exactly its digits.
pub(crate) fn number(decimal: Decimal) -> Value {
    decimal.to_string().parse::<Number>().map_or(Value::Null, Value::Number)
}

/// `{"id": "7"}`, or `{"$named": "AZN-…"}` until the engine knows the id (decision 28).
pub(crate) fn reference(target: &Target) -> Value {
    match target {
        Target::Id(id) => json!({ "id": id.0 }),
        Target::Named(name) => json!({ "$named": name.as_str() }),
    }
}

/// A number that NetSuite answered, as a JSON number or as text.
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}
