//! The query service: one SQL text with parameters, rows of text, pages (netsuite.md §6).

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use wire::{Call, Failure, Method, Misread, Quota, ReadLine, Request, Response};

use crate::json::decimal;
use crate::write::RecordId;

/// Rows on one page, NetSuite's maximum.
pub const PAGE: u32 = 1_000;
/// Rows that one query can reach by paging, NetSuite's maximum.
pub const REACH: u32 = 100_000;

/// One query and how its rows are read.
#[derive(Debug)]
pub struct Query<T> {
    /// The text, with `?` for each value.
    pub q: String,
    /// The values, in order.
    pub params: Vec<String>,
    /// Rows to leave out: the page.
    pub offset: u32,
    /// Rows on a page, at most [`PAGE`].
    pub limit: u32,
    /// Reads one row.
    pub row: fn(&Row) -> Result<T, Misread>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        Self {
            q: self.q.clone(),
            params: self.params.clone(),
            offset: self.offset,
            limit: self.limit,
            row: self.row,
        }
    }
}

/// One page of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
    /// How many there are in all.
    pub total: Option<u32>,
}

/// One row: names in lower case, values as text; what is null is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(Map<String, Value>);

impl<T> Query<T> {
    /// A query from its text, its values and how to read a row.
    pub fn new(q: impl Into<String>, params: Vec<String>, row: fn(&Row) -> Result<T, Misread>) -> Self {
        Self {
            q: q.into(),
            params,
            offset: 0,
            limit: PAGE,
            row,
        }
    }

    /// The next page, while there is one within reach.
    pub fn after(&self, page: &Rows<T>) -> Option<Self> {
        let offset = self.offset + self.limit;
        (page.has_more && offset < REACH).then(|| Self { offset, ..self.clone() })
    }
}

impl<T: Send> Call for Query<T> {
    type Output = Rows<T>;
    const QUOTA: Quota = Quota::unmetered("suiteql");

    fn request(&self) -> Request {
        Request::new(Method::Post, "/services/rest/query/v1/suiteql")
            .query("limit", self.limit.to_string())
            .query("offset", self.offset.to_string())
            .json(&json!({ "q": self.q, "params": self.params }))
            .header("prefer", "transient")
    }

    fn read(&self, response: &Response) -> Result<Rows<T>, Misread> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            items: Vec<Map<String, Value>>,
            has_more: bool,
            total_results: Option<u32>,
        }
        let answer: Answer = serde_json::from_slice(&response.body)
            .map_err(|_| Misread::new("the query's answer is not the expected JSON"))?;
        let rows = answer.items.into_iter().map(|fields| (self.row)(&Row(lower(fields))));
        Ok(Rows {
            rows: rows.collect::<Result<_, _>>()?,
            has_more: answer.has_more,
            total: answer.total_results,
        })
    }
}

fn lower(fields: Map<String, Value>) -> Map<String, Value> {
    fields
        .into_iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect()
}

/// All rows of these queries, page after page. Reaching NetSuite's limit is an error, never a shorter answer.
pub async fn all<T: Send>(line: &ReadLine<'_>, queries: Vec<Query<T>>) -> Result<Vec<T>, Failure> {
    let mut rows = Vec::new();
    for mut query in queries {
        loop {
            let page = line.call(&query).await?;
            let next = query.after(&page);
            let cut = page.has_more && next.is_none();
            rows.extend(page.rows);
            if cut {
                return Err(Failure::Misread {
                    what: format!("a query with more than {REACH} rows"),
                });
            }
            match next {
                Some(next) => query = next,
                None => break,
            }
        }
    }
    Ok(rows)
}

impl Row {
    /// A column that may be null.
    pub fn maybe(&self, column: &str) -> Option<String> {
        match self.0.get(column)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(if *flag { "T" } else { "F" }.to_owned()),
            _ => None,
        }
    }

    /// The columns whose names begin so, those that are null left out.
    pub fn beginning(&self, prefix: &str) -> BTreeMap<String, String> {
        let names = self.0.keys().filter(|name| name.starts_with(prefix));
        names
            .filter_map(|name| Some((name.clone(), self.maybe(name)?)))
            .collect()
    }

    /// A column that is never null.
    pub fn text(&self, column: &str) -> Result<String, Misread> {
        self.maybe(column)
            .ok_or_else(|| Misread::new(format!("a row without {column}")))
    }

    /// NetSuite's id in a column.
    pub fn id(&self, column: &str) -> Result<RecordId, Misread> {
        self.text(column).map(RecordId)
    }

    /// NetSuite's id in a column that may be null.
    pub fn maybe_id(&self, column: &str) -> Option<RecordId> {
        self.maybe(column).map(RecordId)
    }

    /// An exact number.
    pub fn number(&self, column: &str) -> Result<Decimal, Misread> {
        self.maybe_number(column)?
            .ok_or_else(|| Misread::new(format!("a row without {column}")))
    }

    /// An exact number that may be null.
    pub fn maybe_number(&self, column: &str) -> Result<Option<Decimal>, Misread> {
        match self.0.get(column) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match decimal(value) {
                Some(number) => Ok(Some(number)),
                None => Err(Misread::new(format!("{column} is not a number"))),
            },
        }
    }

    /// `T` or `F`; null counts as no.
    pub fn flag(&self, column: &str) -> bool {
        self.maybe(column).as_deref() == Some("T")
    }

    /// A date that the query wrote with `TO_CHAR(…, 'YYYY-MM-DD')`.
    pub fn date(&self, column: &str) -> Result<NaiveDate, Misread> {
        let text = self.text(column)?;
        NaiveDate::from_str(&text).map_err(|_| Misread::new(format!("{column}: “{text}” is not a date")))
    }

    /// An instant in the account's zone that the query wrote with `TO_CHAR(…, 'YYYY-MM-DD"T"HH24:MI:SS')` (§6.2).
    pub fn local_instant(&self, column: &str) -> Result<NaiveDateTime, Misread> {
        let text = self.text(column)?;
        NaiveDateTime::from_str(&text).map_err(|_| Misread::new(format!("{column}: “{text}” is not an instant")))
    }
}
