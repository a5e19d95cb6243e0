//! Reads a request body into the form in which records are kept: names in their right case, references resolved,
//! values of the right shape. Nothing here knows what a record is for.

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value, json};

use super::envelope::{Outcome, Refused};
use super::fields::{Field, Shape};
use super::kind::Kind;
use super::record::{Fields as _, decimal_of};
use super::store::Store;

/// One body being read.
pub(super) struct Reading<'a> {
    store: &'a Store,
    /// `X-NetSuite-PropertyNameValidation: Error`; otherwise unknown names are dropped with a warning.
    strict: bool,
    /// Names that were dropped.
    pub dropped: Vec<String>,
}

impl<'a> Reading<'a> {
    pub fn new(store: &'a Store, strict: bool) -> Self {
        Self {
            store,
            strict,
            dropped: Vec::new(),
        }
    }

    /// The body of a record. A `null` stays: it means that the field is to be emptied.
    pub fn record(&mut self, kind: Kind, body: &Map<String, Value>) -> Outcome<Map<String, Value>> {
        let mut fields = kind.fields(self.store.has("SUITETAX"));
        // A property of a feature that is off is unknown.
        let off = |feature: &str, names: &[&str], field: &Field| {
            !self.store.has(feature)
                && names.contains(&field.name)
                && kind != Kind::Subsidiary
                && kind != Kind::Currency
        };
        fields.retain(|field| {
            !off("SUBSIDIARIES", &["subsidiary"], field)
                && !off("MULTICURRENCY", &["currency", "exchangeRate", "currencyList"], field)
        });
        self.object(&fields, body, "")
    }

    fn object(&mut self, fields: &[Field], body: &Map<String, Value>, at: &str) -> Outcome<Map<String, Value>> {
        let mut read = Map::new();
        for (name, value) in body {
            let path = if at.is_empty() {
                name.clone()
            } else {
                format!("{at}.{name}")
            };
            if name == "links" {
                continue;
            }
            if let Some(field) = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name)) {
                if !field.read_only {
                    read.insert(field.name.to_owned(), self.value(field, value, &path)?);
                }
            } else if self.store.custom_fields.iter().any(|custom| custom == name) {
                read.insert(name.clone(), value.clone());
            } else if self.strict {
                return Err(Refused::content(format!(
                    "Invalid content in the request body. The following property is not known: {name}."
                ))
                .at(&path));
            } else {
                self.dropped.push(path);
            }
        }
        Ok(read)
    }

    fn value(&mut self, field: &Field, value: &Value, path: &str) -> Outcome<Value> {
        if value.is_null() {
            return Ok(Value::Null);
        }
        let read = match field.shape {
            Shape::Text => value.as_str().map(|text| json!(text)),
            Shape::Number => decimal_of(value).map(|_| value.clone()),
            Shape::Whole => value.as_i64().map(|whole| json!(whole)),
            Shape::Flag => value.as_bool().map(|flag| json!(flag)),
            Shape::Day => value
                .as_str()
                .filter(|text| text.parse::<NaiveDate>().is_ok())
                .map(|text| json!(text)),
            Shape::Instant => value
                .as_str()
                .filter(|text| DateTime::parse_from_rfc3339(text).is_ok())
                .map(|text| json!(text)),
            Shape::Choice(allowed) => return choice(field.name, allowed, value, path),
            Shape::Ref(space) => return self.reference(field.name, space, value, path),
            Shape::Record(fields) => match value.as_object() {
                Some(object) => return Ok(Value::Object(self.object(fields, object, path)?)),
                None => None,
            },
            Shape::Lines(_, fields) => return self.lines(fields, value, path),
            Shape::Shown => return Err(Refused::invalid_field(&value.to_string(), field.name, path)),
        };
        read.ok_or_else(|| {
            Refused::content(format!(
                "Invalid content in the request body. Invalid value for the property {path}: {value}."
            ))
            .at(path)
        })
    }

    fn lines(&mut self, fields: &[Field], value: &Value, path: &str) -> Outcome<Value> {
        let Some(items) = value.get("items").and_then(Value::as_array) else {
            return Err(Refused::content(format!(
                "Invalid content in the request body. The sublist {path} must hold its lines in items."
            ))
            .at(path));
        };
        let mut lines = Vec::with_capacity(items.len());
        for (position, item) in items.iter().enumerate() {
            let at = format!("{path}.items[{position}]");
            let object = item
                .as_object()
                .ok_or_else(|| Refused::content("Invalid content in the request body.").at(&at))?;
            lines.push(Value::Object(self.object(fields, object, &at)?));
        }
        Ok(json!({ "items": lines }))
    }

    fn reference(&self, name: &str, space: &str, value: &Value, path: &str) -> Outcome<Value> {
        let (shown, id) = match (value.get("id"), value.get("externalId")) {
            (Some(id), _) => {
                let shown = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
                let id = shown.parse().ok();
                (shown, id)
            }
            (None, Some(external)) => {
                let shown = external.as_str().unwrap_or_default().to_owned();
                let id = self.store.by_external(space, &shown)?;
                (shown, id)
            }
            (None, None) => {
                return Err(Refused::content(format!(
                    "Invalid content in the request body. The property {path} needs an id."
                ))
                .at(path));
            }
        };
        // Custom forms have negative or account-specific ids.
        let found = match id {
            Some(id) => self.store.load(space, id)?,
            None => None,
        };
        match found {
            Some(record) if record.flag("isInactive") != Some(true) => Ok(json!({ "id": record.id.to_string() })),
            _ => Err(Refused::invalid_field(&shown, &name.to_lowercase(), path)),
        }
    }
}

fn choice(name: &str, allowed: &[&str], value: &Value, path: &str) -> Outcome<Value> {
    let id = value.get("id").unwrap_or(value);
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    if allowed.is_empty() || allowed.contains(&id.as_str()) {
        Ok(json!({ "id": id }))
    } else {
        Err(Refused::invalid_field(&id, &name.to_lowercase(), path))
    }
}

/// Puts a body over what is there, by the sublist rules of netsuite.md §2.1.
///
/// Keyed lines with a matching key are changed, all others are **added**; without a key lines are always added. With
/// `replace` naming the sublist, lines that the body does not name are removed.
pub(super) fn merge(fields: &[Field], standing: &mut Map<String, Value>, body: Map<String, Value>, replace: &[String]) {
    for (name, value) in body {
        let shape = fields.iter().find(|field| field.name == name).map(|field| field.shape);
        match (shape, value) {
            (_, Value::Null) => {
                standing.remove(&name);
            }
            (Some(Shape::Lines(key, _)), value) => {
                let replaced = replace.iter().any(|one| one.eq_ignore_ascii_case(&name));
                let lines = merge_lines(key, standing.get(&name), &value, replaced);
                standing.insert(name, json!({ "items": lines }));
            }
            (_, value) => {
                standing.insert(name, value);
            }
        }
    }
}

fn merge_lines(key: &str, standing: Option<&Value>, body: &Value, replaced: bool) -> Vec<Value> {
    let items = |list: Option<&Value>| {
        list.and_then(|list| list.get("items"))
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let mut kept = items(standing);
    let mut named = vec![false; kept.len()];
    let mut added = Vec::new();
    for line in items(Some(body)) {
        let matching = line
            .get(key)
            .and_then(|value| kept.iter().position(|old| old.get(key) == Some(value)));
        match matching {
            Some(position) => {
                named[position] = true;
                overwrite(&mut kept[position], line);
            }
            None => added.push(line),
        }
    }
    let mut lines: Vec<Value> = kept
        .into_iter()
        .zip(named)
        .filter(|(_, named)| *named || !replaced)
        .map(|(line, _)| line)
        .collect();
    lines.extend(added);
    lines
}

fn overwrite(line: &mut Value, by: Value) {
    let (Some(line), Value::Object(by)) = (line.as_object_mut(), by) else {
        return;
    };
    // Quantity, rate and amount hang together: what is not named again follows from what is.
    if by.contains_key("quantity") || by.contains_key("rate") {
        line.remove("amount");
    } else if by.contains_key("amount") {
        line.remove("rate");
    }
    for (name, value) in by {
        if value.is_null() {
            line.remove(&name)
        } else {
            line.insert(name, value)
        };
    }
}
