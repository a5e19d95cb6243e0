//! The `q` parameter of record lists: `email START_WITH "a" AND isInactive IS false` (netsuite.md §2).

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::decimal_of;
use super::store::Record;

/// A filter that was understood: any of the groups has all of its conditions.
pub(super) struct Filter(Vec<Vec<Condition>>);

struct Condition {
    field: String,
    operator: String,
    values: Vec<String>,
}

impl Filter {
    /// Reads the parameter; unknown fields and operators are refused.
    pub fn read(kind: Kind, text: &str) -> Outcome<Self> {
        let words = words(text)?;
        let mut groups = vec![Vec::new()];
        let mut rest = words.as_slice();
        while let [field, operator, tail @ ..] = rest {
            let known = kind.fields(true).into_iter().map(|field| field.name);
            let field = known
                .chain(["id"])
                .find(|name| name.eq_ignore_ascii_case(field))
                .ok_or_else(|| bad(field))?;
            let operator = operator.to_uppercase();
            let takes_value = !operator.starts_with("EMPTY");
            let values = if takes_value {
                tail.first().ok_or_else(|| bad(text))?
            } else {
                ""
            };
            if let Some(group) = groups.last_mut() {
                let values = values.split('\u{1f}').map(str::to_owned).collect();
                group.push(Condition {
                    field: field.to_owned(),
                    operator,
                    values,
                });
            }
            rest = if takes_value { &tail[1..] } else { tail };
            match rest {
                [] => return Ok(Self(groups)),
                [joint, tail @ ..] if joint.eq_ignore_ascii_case("and") => rest = tail,
                [joint, tail @ ..] if joint.eq_ignore_ascii_case("or") => {
                    groups.push(Vec::new());
                    rest = tail;
                }
                [other, ..] => return Err(bad(other)),
            }
        }
        Err(bad(text))
    }

    pub fn fits(&self, record: &Record) -> Outcome<bool> {
        for group in &self.0 {
            let mut all = true;
            for condition in group {
                all &= condition.holds(record)?;
            }
            if all {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

impl Condition {
    fn holds(&self, record: &Record) -> Outcome<bool> {
        let stored = if self.field == "id" {
            Some(Value::String(record.id.to_string()))
        } else {
            record.fields.get(&self.field).cloned()
        };
        let own = stored.as_ref().map(plain).unwrap_or_default();
        let first = self.values.first().map(String::as_str).unwrap_or_default();
        let (lower, wanted) = (own.to_lowercase(), first.to_lowercase());
        let (operator, negated) = match self.operator.strip_suffix("_NOT") {
            Some(operator) => (operator, true),
            None => (self.operator.as_str(), false),
        };
        let numbers = || stored.as_ref().and_then(decimal_of).zip(first.parse::<Decimal>().ok());
        let days = || {
            own.parse::<NaiveDate>()
                .ok()
                .zip(NaiveDate::parse_from_str(first, "%m/%d/%Y").ok())
        };
        let holds = match operator {
            "IS" => lower == wanted,
            "CONTAIN" => lower.contains(&wanted),
            "START_WITH" => lower.starts_with(&wanted),
            "END_WITH" => lower.ends_with(&wanted),
            "EMPTY" => own.is_empty(),
            "ANY_OF" => self.values.contains(&own),
            "EQUAL" => numbers().is_some_and(|(own, wanted)| own == wanted),
            "GREATER" => numbers().is_some_and(|(own, wanted)| own > wanted),
            "LESS" => numbers().is_some_and(|(own, wanted)| own < wanted),
            "ON" => days().is_some_and(|(own, wanted)| own == wanted),
            "ON_OR_AFTER" => days().is_some_and(|(own, wanted)| own >= wanted),
            "ON_OR_BEFORE" => days().is_some_and(|(own, wanted)| own <= wanted),
            "AFTER" => days().is_some_and(|(own, wanted)| own > wanted),
            "BEFORE" => days().is_some_and(|(own, wanted)| own < wanted),
            _ => return Err(bad(&self.operator)),
        };
        Ok(holds != negated)
    }
}

fn bad(what: &str) -> Refused {
    Refused::new(
        400,
        "INVALID_PARAMETER",
        format!("Invalid search query. Cannot parse the value of the query parameter q near: {what}."),
    )
}

/// What a field is compared by: its text, or the id of what it refers to.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(object) => object.get("id").and_then(Value::as_str).unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}

/// Words, quoted texts without their quotes, and lists as one word with their entries set apart.
fn words(text: &str) -> Outcome<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (word, tail) = if let Some(inner) = rest.strip_prefix('"') {
            let (word, tail) = inner.split_once('"').ok_or_else(|| bad(rest))?;
            (word.to_owned(), tail)
        } else if let Some(inner) = rest.strip_prefix('[') {
            let (list, tail) = inner.split_once(']').ok_or_else(|| bad(rest))?;
            let entries: Vec<&str> = list.split(',').map(|entry| entry.trim().trim_matches('"')).collect();
            (entries.join("\u{1f}"), tail)
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        };
        words.push(word);
        rest = tail.trim_start();
    }
    Ok(words)
}
