//! How a record is answered: references with names and links, sublists as links or in full (netsuite.md §1, §2).

use serde_json::{Map, Value, json};

use super::envelope::Outcome;
use super::fields::{Field, Shape};
use super::kind::Kind;
use super::record::lines_of;
use super::store::{Record, Store};

/// What the query parameters ask of an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    pub origin: String,
    /// `expandSubResources=true`.
    pub expand: bool,
    /// `fields=a,b`; empty: all.
    pub fields: Vec<String>,
    /// `simpleEnumFormat=true`.
    pub simple_enums: bool,
}

impl View {
    fn href(&self, kind: Kind, id: i64) -> String {
        format!("{}/services/rest/record/v1/{}/{id}", self.origin, kind.name())
    }

    /// The whole record.
    pub fn record(&self, store: &Store, record: &Record) -> Outcome<Value> {
        let known = record.kind.fields(store.has("SUITETAX"));
        let here = self.href(record.kind, record.id);
        let mut shown = Map::new();
        shown.insert("links".to_owned(), json!([{ "rel": "self", "href": here }]));
        shown.insert("id".to_owned(), json!(record.id.to_string()));
        for (name, value) in &record.fields {
            let wanted = self.fields.is_empty() || self.fields.iter().any(|one| one.eq_ignore_ascii_case(name));
            if name.starts_with('$') || !wanted {
                continue;
            }
            let field = known.iter().find(|field| field.name == name);
            shown.insert(
                name.clone(),
                self.value(store, record, field, value, &format!("{here}/{name}"))?,
            );
        }
        shown.entry("refName").or_insert_with(|| json!(record.name()));
        Ok(Value::Object(shown))
    }

    /// One sublist as a resource of its own.
    pub fn sublist(&self, store: &Store, record: &Record, name: &str) -> Outcome<Option<Value>> {
        let known = record.kind.fields(store.has("SUITETAX"));
        let Some(field) = known.iter().find(|field| field.name.eq_ignore_ascii_case(name)) else {
            return Ok(None);
        };
        let Shape::Lines(key, fields) = field.shape else {
            return Ok(None);
        };
        let here = format!("{}/{}", self.href(record.kind, record.id), field.name);
        Ok(Some(self.lines(
            store,
            record,
            key,
            fields,
            record.fields.get(field.name),
            &here,
        )?))
    }

    /// One line of a sublist, found by its key.
    pub fn line(&self, store: &Store, record: &Record, name: &str, key: &str) -> Outcome<Option<Value>> {
        let whole = Self {
            expand: true,
            ..self.clone()
        };
        let list = whole.sublist(store, record, name)?.unwrap_or_default();
        let ends = format!("/{key}");
        let fits = |line: &&Value| {
            line["links"][0]["href"]
                .as_str()
                .is_some_and(|href| href.ends_with(&ends))
        };
        Ok(list["items"]
            .as_array()
            .and_then(|items| items.iter().find(fits))
            .cloned())
    }

    fn value(
        &self,
        store: &Store,
        record: &Record,
        field: Option<&Field>,
        value: &Value,
        here: &str,
    ) -> Outcome<Value> {
        Ok(match field.map(|field| field.shape) {
            Some(Shape::Ref(space)) => self.reference(store, space, value)?,
            Some(Shape::Choice(_)) => self.choice(record.kind, value),
            Some(Shape::Lines(key, fields)) if self.expand => {
                self.lines(store, record, key, fields, Some(value), here)?
            }
            Some(Shape::Lines(..)) => json!({ "links": [{ "rel": "self", "href": here }] }),
            Some(Shape::Record(fields)) => {
                let mut shown = Map::new();
                shown.insert("links".to_owned(), json!([{ "rel": "self", "href": here }]));
                for (name, value) in value.as_object().into_iter().flatten() {
                    let field = fields.iter().find(|field| field.name == name);
                    shown.insert(name.clone(), self.value(store, record, field, value, here)?);
                }
                Value::Object(shown)
            }
            _ => value.clone(),
        })
    }

    fn lines(
        &self,
        store: &Store,
        record: &Record,
        key: &str,
        fields: &[Field],
        list: Option<&Value>,
        here: &str,
    ) -> Outcome<Value> {
        let mut items = Vec::new();
        for (position, line) in lines_of(list).iter().enumerate() {
            let number = line
                .get(key)
                .and_then(Value::as_i64)
                .unwrap_or_else(|| i64::try_from(position + 1).unwrap_or_default());
            let href = format!("{here}/{number}");
            let mut shown = Map::new();
            shown.insert("links".to_owned(), json!([{ "rel": "self", "href": href }]));
            if self.expand {
                for (name, value) in line.iter().filter(|(name, _)| !name.starts_with('$')) {
                    let field = fields.iter().find(|field| field.name == name);
                    shown.insert(name.clone(), self.value(store, record, field, value, &href)?);
                }
            }
            items.push(Value::Object(shown));
        }
        let count = items.len();
        Ok(json!({
            "links": [{ "rel": "self", "href": here }], "items": items,
            "count": count, "hasMore": false, "offset": 0, "totalResults": count,
        }))
    }

    fn reference(&self, store: &Store, space: &str, value: &Value) -> Outcome<Value> {
        let id = value.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let Some(target) = id.map(|id| store.load(space, id)).transpose()?.flatten() else {
            return Ok(value.clone());
        };
        let link = json!([{ "rel": "self", "href": self.href(target.kind, target.id) }]);
        Ok(json!({ "links": link, "id": target.id.to_string(), "refName": target.name() }))
    }

    fn choice(&self, kind: Kind, value: &Value) -> Value {
        let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
        if self.simple_enums {
            return json!(id);
        }
        match kind.status_name(id) {
            Some(name) => json!({ "id": id, "refName": name }),
            None => json!({ "id": id, "refName": id }),
        }
    }
}
