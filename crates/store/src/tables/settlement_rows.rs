//! The rows of settlements' summaries, one by one: a page of a settlement with a hundred thousand of them reads that page
//! and nothing else (quality-bars P5).
//!
//! The summary gives them in the order of the file; here each stands at its place within its tab, counted from 0.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE settlement_rows (
    id         INTEGER PRIMARY KEY,
    settlement INTEGER NOT NULL,   -- settlements.key
    tab        TEXT NOT NULL,
    place      INTEGER NOT NULL,   -- among the rows of its tab, from 0
    name       TEXT NOT NULL,      -- its lasting name inside the settlement
    find       TEXT NOT NULL,      -- what it is found by, in lower case: title, order, document, SKUs, amounts
    shape      TEXT NOT NULL,      -- kind, sign and categories, as JSON
    row        TEXT NOT NULL       -- JSON, by the summaries flow
) STRICT;
-- Counting and searching read this alone, never the rows themselves.
CREATE UNIQUE INDEX settlement_rows_by_place ON settlement_rows (settlement, tab, place, name, find, shape);
INSERT INTO settlement_rows (settlement, tab, place, name, find, shape, row)
SELECT s.key, r.value ->> 'tab', row_number() OVER (PARTITION BY s.key, r.value ->> 'tab' ORDER BY r.key) - 1,
       r.value ->> 'id',
       lower(r.value ->> 'title' || ' ' || coalesce(r.value ->> 'order', '') || ' ' || coalesce(r.value ->> 'document', '')
             || ' ' || coalesce(r.value ->> 'skus', '') || ' ' || (r.value ->> '$.amazon.amount')),
       json_array(r.value ->> 'kind',
                  CASE WHEN CAST(r.value ->> '$.amazon.amount' AS REAL) > 0 THEN '+' ELSE '-' END,
                  json(r.value -> 'categories')),
       r.value
FROM settlements s, json_each(s.summary, '$.rows') r;
UPDATE settlements
SET summary = json_set(json_remove(summary, '$.rows'), '$.numbers.explained',
        (SELECT coalesce(sum(r.value ->> 'lines'), 0) FROM json_each(summary, '$.rows') r
         WHERE r.value ->> 'status' NOT IN ('waiting', 'needs_you', 'partly_applied', 'excluded')),
    '$.numbers.sales', coalesce(
        (SELECT b.value ->> 'amount' FROM json_each(summary, '$.bars') b WHERE b.value ->> 'bar' = 'product_sales'), '0'))
WHERE summary IS NOT NULL;
UPDATE settlements SET brief = json_remove(summary, '$.bars', '$.journals', '$.unexplained') WHERE summary IS NOT NULL;
";

/// Which rows are meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Part of what a row is found by, in any case.
    pub search: Option<String>,
    /// Only rows of these shapes ([`shapes`]); nothing means all.
    pub shapes: Option<Vec<String>>,
    /// Only rows of these names; nothing means all.
    pub only: Option<Vec<String>>,
    /// No rows of these names.
    pub without: Vec<String>,
}

impl Filter {
    fn is_empty(&self) -> bool {
        self.search.is_none() && self.shapes.is_none() && self.only.is_none() && self.without.is_empty()
    }
}

/// The rows that a filter leaves, tab by tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The tabs that have any, with how many.
    pub tabs: Vec<(String, u64)>,
    /// The places that were asked for, in the tab that was asked for.
    pub places: Vec<u64>,
}

/// Puts a settlement's rows in the place of those before. `rows` are objects with `id`, `tab`, `title`, `kind`,
/// `categories`, `skus`, `amazon` and, where there is one, `order` and `document`.
pub(super) fn put(db: &Writer<'_>, key: i64, rows: &[Value]) -> Result<()> {
    db.sql()
        .prepare_cached("DELETE FROM settlement_rows WHERE settlement = ?1")?
        .execute([key])?;
    let mut insert = db.sql().prepare_cached(
        "INSERT INTO settlement_rows (settlement, tab, place, name, find, shape, row) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    let mut places: Vec<(&str, i64)> = Vec::new();
    for row in rows {
        let tab = text(&row["tab"]);
        let at = places.iter().position(|(known, _)| *known == tab).unwrap_or_else(|| {
            places.push((tab, 0));
            places.len() - 1
        });
        let place = places.get_mut(at).map_or(0, |(_, next)| {
            *next += 1;
            *next - 1
        });
        insert.execute(params![
            key,
            tab,
            place,
            text(&row["id"]),
            find(row),
            shape(row).to_string(),
            row.to_string()
        ])?;
    }
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn find(row: &Value) -> String {
    let skus = row["skus"].as_array().into_iter().flatten().map(text);
    let words = [&row["title"], &row["order"], &row["document"], &row["amazon"]["amount"]];
    let words = words.into_iter().map(text).chain(skus);
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

fn shape(row: &Value) -> Value {
    let amount = text(&row["amazon"]["amount"]);
    let credit = !amount.starts_with('-') && amount.contains(|digit| ('1'..='9').contains(&digit));
    serde_json::json!([row["kind"], if credit { "+" } else { "-" }, row["categories"]])
}

/// The shapes of a settlement's rows, each once: `[kind, "+" or "-", [category, …]]` as JSON.
pub fn shapes(db: &Reader<'_>, settlement: &str) -> Result<Vec<String>> {
    let mut query = db.sql().prepare_cached(
        "SELECT DISTINCT shape FROM settlement_rows WHERE settlement = (SELECT key FROM settlements WHERE id = ?1)",
    )?;
    let rows = query.query_map([settlement], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Counts the rows of each tab that a filter leaves, and picks some of one tab by their index among those.
pub fn find_in(
    db: &Reader<'_>,
    settlement: &str,
    filter: &Filter,
    tab: &str,
    from: u64,
    limit: usize,
) -> Result<Found> {
    let search = filter.search.as_ref().map(|search| search.trim().to_lowercase());
    let shapes = filter.shapes.as_ref().map(serde_json::to_string).transpose()?;
    let only = filter.only.as_ref().map(serde_json::to_string).transpose()?;
    let without = serde_json::to_string(&filter.without)?;
    if filter.is_empty() {
        return everything(db, settlement, tab, from, limit);
    }
    let mut query = db.sql().prepare_cached(
        "SELECT tab, place FROM settlement_rows
         WHERE settlement = (SELECT key FROM settlements WHERE id = ?1)
           AND (?2 IS NULL OR instr(find, ?2) > 0)
           AND (?3 IS NULL OR shape IN (SELECT value FROM json_each(?3)))
           AND (?4 IS NULL OR name IN (SELECT value FROM json_each(?4)))
           AND name NOT IN (SELECT value FROM json_each(?5))
         ORDER BY tab, place",
    )?;
    let mut rows = query.query(params![settlement, search, shapes, only, without])?;
    let mut found = Found::default();
    while let Some(row) = rows.next()? {
        let of = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        match found.tabs.last_mut() {
            Some((last, count)) if last == of => *count += 1,
            _ => found.tabs.push((of.to_owned(), 1)),
        }
        let index = found.tabs.last().map_or(0, |(_, count)| count - 1);
        if of == tab && index >= from && found.places.len() < limit {
            found.places.push(row.get::<_, i64>(1)?.unsigned_abs());
        }
    }
    Ok(found)
}

/// Without a filter a row's index is its place, and the last place of a tab tells its count.
fn everything(db: &Reader<'_>, settlement: &str, tab: &str, from: u64, limit: usize) -> Result<Found> {
    let mut query = db.sql().prepare_cached(
        "WITH RECURSIVE own (key) AS (SELECT key FROM settlements WHERE id = ?1),
         tabs (tab) AS (
             SELECT (SELECT min(tab) FROM settlement_rows WHERE settlement = (SELECT key FROM own))
             UNION ALL
             SELECT (SELECT min(r.tab) FROM settlement_rows r
                     WHERE r.settlement = (SELECT key FROM own) AND r.tab > tabs.tab)
             FROM tabs WHERE tabs.tab IS NOT NULL)
         SELECT tab, (SELECT max(place) FROM settlement_rows r
                      WHERE r.settlement = (SELECT key FROM own) AND r.tab = tabs.tab)
         FROM tabs WHERE tab IS NOT NULL",
    )?;
    let tabs = query.query_map([settlement], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs() + 1))
    })?;
    let tabs: Vec<(String, u64)> = tabs.collect::<rusqlite::Result<_>>()?;
    let count = tabs.iter().find(|(of, _)| of == tab).map_or(0, |(_, count)| *count);
    Ok(Found {
        tabs,
        places: (from..count).take(limit).collect(),
    })
}

/// Rows of a tab by their places, which rise.
pub fn at(db: &Reader<'_>, settlement: &str, tab: &str, places: &[u64]) -> Result<Vec<Value>> {
    let mut query = db.sql().prepare_cached(
        "SELECT row FROM settlement_rows
         WHERE settlement = (SELECT key FROM settlements WHERE id = ?1) AND tab = ?2
           AND place IN (SELECT value FROM json_each(?3)) ORDER BY place",
    )?;
    let rows = query.query_map(params![settlement, tab, serde_json::to_string(places)?], |row| {
        row.get::<_, crate::values::Json<Value>>(0)
    })?;
    Ok(rows.map(|row| row.map(|row| row.0)).collect::<rusqlite::Result<_>>()?)
}

/// How many rows a tab of a settlement has.
pub fn count(db: &Reader<'_>, settlement: &str, tab: &str) -> Result<u64> {
    let count: i64 = db
        .sql()
        .prepare_cached(
            "SELECT coalesce(max(place) + 1, 0) FROM settlement_rows
             WHERE settlement = (SELECT key FROM settlements WHERE id = ?1) AND tab = ?2",
        )?
        .query_row([settlement, tab], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// One row by its name.
pub fn named(db: &Reader<'_>, settlement: &str, name: &str) -> Result<Option<Value>> {
    let mut query = db.sql().prepare_cached(
        "SELECT row FROM settlement_rows
         WHERE settlement = (SELECT key FROM settlements WHERE id = ?1) AND name = ?2",
    )?;
    let found = query.query_row(params![settlement, name], |row| {
        row.get::<_, crate::values::Json<Value>>(0)
    });
    Ok(found.optional()?.map(|row| row.0))
}

/// Every row of a settlement: the tabs in their alphabet, each in the order of the file.
pub fn all(db: &Reader<'_>, settlement: &str) -> Result<Vec<Value>> {
    let mut query = db.sql().prepare_cached(
        "SELECT row FROM settlement_rows
         WHERE settlement = (SELECT key FROM settlements WHERE id = ?1) ORDER BY tab, place",
    )?;
    let rows = query.query_map([settlement], |row| row.get::<_, crate::values::Json<Value>>(0))?;
    Ok(rows.map(|row| row.map(|row| row.0)).collect::<rusqlite::Result<_>>()?)
}
