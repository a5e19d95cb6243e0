//! Which field of a record is filled from what: data that the screens draw, not code (decision 8).

use netsuite::RecordId;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Rules;
use crate::flow::Problem;

/// A record type and the default of its fields. Amount lines are not in it: they come only from Amazon (CMN-29).
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Form {
    /// NetSuite's REST name.
    pub record: &'static str,
    /// The rows.
    pub fields: &'static [Field],
}

/// One row: the NetSuite field, where it comes from, and because of what.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Field {
    /// NetSuite's field.
    pub name: &'static str,
    /// Where the value comes from.
    pub from: From,
    /// Why, for people.
    pub because: &'static str,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// A path into the subject: `order.id`. Left out when nothing is there.
    Path(&'static str),
    /// The first path that has a value.
    FirstOf(&'static [&'static str]),
    /// Fixed text before a path's value: `Amazon 028-…`.
    Prefixed(&'static str, &'static str),
    /// A fixed text.
    Constant(&'static str),
    /// `true` or `false`.
    Flag(bool),
    /// An option that names a NetSuite record; left out when it is not set.
    Reference(&'static str),
    /// An option that names a NetSuite record and must be set.
    MustReference(&'static str),
}

/// A record's form.
pub const fn form(record: &'static str, fields: &'static [Field]) -> Form {
    Form { record, fields }
}

/// A row of a form.
pub const fn field(name: &'static str, from: From, because: &'static str) -> Field {
    Field { name, from, because }
}

impl Rules {
    /// Fills a form from a subject's plain values, or names everything that is missing.
    pub fn fill(&self, form: &Form, marketplace: &str, subject: &Value) -> Result<Map<String, Value>, Vec<Problem>> {
        let mut body = Map::new();
        let mut problems = Vec::new();
        for row in form.fields {
            let value = match row.from {
                From::Path(path) => at(subject, path),
                From::FirstOf(paths) => paths.iter().find_map(|path| at(subject, path)),
                From::Prefixed(prefix, path) => {
                    at(subject, path).map(|value| Value::String(format!("{prefix}{}", plain(&value))))
                }
                From::Constant(text) => Some(Value::String(text.to_owned())),
                From::Flag(on) => Some(Value::Bool(on)),
                From::Reference(option) => self.record(marketplace, option).map(reference),
                From::MustReference(option) => match self.must(marketplace, option) {
                    Ok(record) => Some(reference(record)),
                    Err(problem) => {
                        problems.push(*problem);
                        None
                    }
                },
            };
            if let Some(value) = value {
                body.insert(row.name.to_owned(), value);
            }
        }
        if problems.is_empty() { Ok(body) } else { Err(problems) }
    }
}

/// A reference to a NetSuite record as its bodies write it.
pub fn reference(id: RecordId) -> Value {
    serde_json::json!({ "id": id.0 })
}

fn at(subject: &Value, path: &str) -> Option<Value> {
    let found = path.split('.').try_fold(subject, |value, part| value.get(part))?;
    match found {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        other => Some(other.clone()),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
