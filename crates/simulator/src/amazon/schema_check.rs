//! Checks attributes against a schema: the part of JSON Schema 2019-09 that the product types use, and the words that
//! Amazon adds (`maxUniqueItems`, `maxUtf8ByteLength`).

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::world::shop::listing::amount;

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// The attribute, then the way below it, such as `purchasable_offer.our_price`.
    pub at: String,
    /// What is wrong.
    pub what: What,
}

/// How it does not fit.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// It must be there.
    Missing,
    /// No such name.
    Unknown,
    /// Too few values; so many are needed.
    TooFew(u64),
    /// Too many values; so many are the most.
    TooMany(u64),
    /// Not one of the allowed values.
    NotAllowed(String),
    /// Not of this type.
    WrongType(String),
    /// Too small, too large or too long.
    OutOfBounds(String),
}

/// Everything in the attributes that does not fit.
pub fn misfits(schema: &Value, attributes: &Map<String, Value>) -> Vec<Misfit> {
    let mut found = Vec::new();
    let check = Check { root: schema };
    check.object(schema, attributes, "", &mut found);
    found
}

struct Check<'a> {
    root: &'a Value,
}

impl Check<'_> {
    fn value(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<Misfit>) {
        let schema = self.resolved(schema);
        let mut note = |what| {
            found.push(Misfit {
                at: at.to_owned(),
                what,
            });
        };
        if let Some(wanted) = schema["type"].as_str().filter(|wanted| !is(wanted, value)) {
            note(What::WrongType(wanted.to_owned()));
            return;
        }
        if let Some(allowed) = schema["enum"].as_array().filter(|allowed| !allowed.contains(value)) {
            let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            note(What::NotAllowed(format!(
                "'{said}' is not one of {}",
                Value::Array(allowed.clone())
            )));
            return;
        }
        if let Some(number) = amount(value) {
            let bound = |name: &str| amount(&schema[name]);
            let beyond = bound("minimum").is_some_and(|least| number < least)
                || bound("maximum").is_some_and(|most| number > most);
            if beyond {
                note(What::OutOfBounds(number.to_string()));
            }
        }
        if let Some(text) = value.as_str() {
            let bytes = text.len() as u64;
            let long = schema["maxUtf8ByteLength"].as_u64().is_some_and(|most| bytes > most);
            let short = schema["minLength"]
                .as_u64()
                .is_some_and(|least| (text.chars().count() as u64) < least);
            if long || short {
                note(What::OutOfBounds(format!("{bytes} bytes")));
            }
        }
        match value {
            Value::Object(object) => self.object(schema, object, at, found),
            Value::Array(list) => self.list(schema, list, at, found),
            _ => {}
        }
    }

    fn list(&self, schema: &Value, list: &[Value], at: &str, found: &mut Vec<Misfit>) {
        let count = list.len() as u64;
        let mut note = |what| {
            found.push(Misfit {
                at: at.to_owned(),
                what,
            });
        };
        if let Some(least) = schema["minItems"].as_u64().filter(|least| count < *least) {
            note(What::TooFew(least));
        }
        if let Some(most) = schema["maxItems"].as_u64().filter(|most| count > *most) {
            note(What::TooMany(most));
        }
        if let Some(most) = schema["maxUniqueItems"].as_u64() {
            let selectors: Vec<&str> = schema["selectors"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            // Items that the same selectors choose count together, unless the attribute may be there for several.
            let mut together: HashMap<String, u64> = HashMap::new();
            for item in list {
                let key: Vec<String> = selectors.iter().map(|name| item[*name].to_string()).collect();
                *together.entry(key.join(" ")).or_default() += 1;
            }
            if together.values().any(|count| *count > most) {
                note(What::TooMany(most));
            }
        }
        if schema["items"].is_object() {
            for item in list {
                self.value(&schema["items"], item, at, found);
            }
        }
    }

    fn object(&self, schema: &Value, object: &Map<String, Value>, at: &str, found: &mut Vec<Misfit>) {
        let below = |name: &str| {
            if at.is_empty() {
                name.to_owned()
            } else {
                format!("{at}.{name}")
            }
        };
        for name in names(&schema["required"]).filter(|name| !object.contains_key(*name)) {
            found.push(Misfit {
                at: below(name),
                what: What::Missing,
            });
        }
        for (name, value) in object {
            let known = &schema["properties"][name.as_str()];
            if known.is_object() {
                self.value(known, value, &below(name), found);
            } else if schema["additionalProperties"] == Value::Bool(false) {
                found.push(Misfit {
                    at: below(name),
                    what: What::Unknown,
                });
            }
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.object(part, object, at, found);
        }
        if let Some(ways) = schema["anyOf"].as_array()
            && !ways.iter().any(|way| self.fits(way, object))
            && let Some(last) = ways
                .iter()
                .rev()
                .find_map(|way| names(&way["required"]).find(|name| name.contains("assigned")))
        {
            found.push(Misfit {
                at: below(last),
                what: What::Missing,
            });
        }
        if schema["if"].is_object() {
            let branch = if self.fits(&schema["if"], object) {
                "then"
            } else {
                "else"
            };
            if schema[branch].is_object() {
                self.object(&schema[branch], object, at, found);
            }
        }
    }

    /// Whether a condition holds: names that are there, and lists that contain a value.
    fn fits(&self, condition: &Value, object: &Map<String, Value>) -> bool {
        let there = names(&condition["required"]).all(|name| object.contains_key(name));
        let contains = condition["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .all(|(name, wanted)| {
                let list = object.get(name).and_then(Value::as_array);
                list.is_none_or(|list| {
                    let one = |item: &Value| {
                        let mut misfits = Vec::new();
                        self.value(&wanted["contains"], item, "", &mut misfits);
                        misfits.is_empty()
                    };
                    !wanted["contains"].is_object() || list.iter().any(one)
                })
            });
        there && contains
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            Some(name) => &self.root["$defs"][name],
            None => schema,
        }
    }
}

fn names(list: &Value) -> impl DoubleEndedIterator<Item = &str> {
    list.as_array()
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter_map(Value::as_str)
}

fn is(wanted: &str, value: &Value) -> bool {
    match wanted {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => amount(value).is_some_and(|number| number == number.trunc() && number.abs() < Decimal::MAX),
        _ => true,
    }
}
