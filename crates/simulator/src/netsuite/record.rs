//! Reading and setting the fields of a record without caring how JSON spells them.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value, json};

use super::store::Record;

/// Exact digits as a JSON number.
pub(super) fn number(amount: Decimal) -> Value {
    let amount = amount.normalize();
    serde_json::from_str::<Number>(&amount.to_string()).map_or(Value::Null, Value::Number)
}

/// A reference as it is kept: the internal id alone.
pub(super) fn reference(id: i64) -> Value {
    json!({ "id": id.to_string() })
}

/// A choice of a list, such as a status.
pub(super) fn choice(id: &str) -> Value {
    json!({ "id": id })
}

/// An instant in the form that REST answers.
pub(super) fn instant(at: DateTime<Utc>) -> Value {
    json!(at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// What both a record and one of its lines can be asked.
pub(super) trait Fields {
    fn map(&self) -> &Map<String, Value>;
    fn map_mut(&mut self) -> &mut Map<String, Value>;

    fn text(&self, name: &str) -> Option<&str> {
        self.map()
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }
    fn decimal(&self, name: &str) -> Option<Decimal> {
        self.map().get(name).and_then(decimal_of)
    }
    fn flag(&self, name: &str) -> Option<bool> {
        self.map().get(name).and_then(Value::as_bool)
    }
    fn whole(&self, name: &str) -> Option<i64> {
        self.map().get(name).and_then(Value::as_i64)
    }
    fn day(&self, name: &str) -> Option<NaiveDate> {
        self.text(name).and_then(|text| text.parse().ok())
    }
    /// The id of a reference to a record.
    fn id_of(&self, name: &str) -> Option<i64> {
        self.choice_of(name).and_then(|id| id.parse().ok())
    }
    /// The id of a choice or reference as text.
    fn choice_of(&self, name: &str) -> Option<&str> {
        self.map()
            .get(name)
            .and_then(|value| value.get("id"))
            .and_then(Value::as_str)
    }
    fn put(&mut self, name: &str, value: Value) {
        if value.is_null() {
            self.map_mut().remove(name);
        } else {
            self.map_mut().insert(name.to_owned(), value);
        }
    }
    fn remove(&mut self, name: &str) -> Option<Value> {
        self.map_mut().remove(name)
    }
    /// Sets a value where none stands.
    fn default(&mut self, name: &str, value: Value) {
        if !self.map().contains_key(name) {
            self.put(name, value);
        }
    }
}

impl Fields for Map<String, Value> {
    fn map(&self) -> &Map<String, Value> {
        self
    }
    fn map_mut(&mut self) -> &mut Map<String, Value> {
        self
    }
}

impl Fields for Record {
    fn map(&self) -> &Map<String, Value> {
        &self.fields
    }
    fn map_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.fields
    }
}

impl Record {
    /// What `refName` and `BUILTIN.DF` show.
    pub fn name(&self) -> String {
        ["tranId", "entityId", "itemId", "name", "acctName", "periodName"]
            .iter()
            .find_map(|field| self.text(field))
            .map_or_else(|| self.id.to_string(), str::to_owned)
    }

    /// What a document is worth: its total, or what was paid.
    pub fn worth(&self) -> Decimal {
        self.decimal("total")
            .or_else(|| self.decimal("payment"))
            .unwrap_or_default()
    }

    /// The lines of a sublist.
    pub fn lines(&self, sublist: &str) -> Vec<Map<String, Value>> {
        lines_of(self.fields.get(sublist))
    }

    /// Replaces the lines of a sublist.
    pub fn put_lines(&mut self, sublist: &str, lines: Vec<Map<String, Value>>) {
        let items: Vec<Value> = lines.into_iter().map(Value::Object).collect();
        self.put(sublist, json!({ "items": items }));
    }
}

/// The objects below `items`.
pub(super) fn lines_of(sublist: Option<&Value>) -> Vec<Map<String, Value>> {
    let items = sublist.and_then(|list| list.get("items")).and_then(Value::as_array);
    items
        .map(|items| items.iter().filter_map(|item| item.as_object().cloned()).collect())
        .unwrap_or_default()
}

pub(super) fn decimal_of(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
        }
        _ => None,
    }
}
