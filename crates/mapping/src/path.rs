//! Paths into the plain values of a source: `order.city`.

use serde_json::Value;

/// The value at a path; nothing when it is absent, null or an empty text or list.
pub(crate) fn at<'a>(source: &'a Value, path: &str) -> Option<&'a Value> {
    let found = path.split('.').try_fold(source, |value, part| value.get(part))?;
    match found {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(values) if values.is_empty() => None,
        other => Some(other),
    }
}

/// Whether the source has such a path at all, empty or not.
pub(crate) fn known(source: &Value, path: &str) -> bool {
    path.split('.')
        .try_fold(source, |value, part| value.get(part))
        .is_some()
}

/// A value as text: texts as they are, numbers with exactly their digits, switches as `true` and `false`, lists with
/// commas, a reference by its id.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(on) => on.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => fields.get("id").map(plain).unwrap_or_default(),
    }
}
