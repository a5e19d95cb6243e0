//! Records that NetSuite is believed to have, as the self-audit holds them against NetSuite: links with the steps that
//! made them.

use chrono::{DateTime, Utc};
use domain::Money;
use rusqlite::{Row, params};

use crate::values::{At, money_at};
use crate::{Reader, Result};

/// A record that was written or linked and has not been taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InBooks {
    /// The link's rising number.
    pub link: i64,
    /// What it is on Amazon's side: `order`, `bill`, `payment` …
    pub kind: String,
    /// Its Amazon key.
    pub key: String,
    /// The record's type, in NetSuite's REST words.
    pub record: String,
    /// NetSuite's id.
    pub record_id: String,
    /// The name that it was written or linked under.
    pub name: String,
    /// The number that people see, once it was read.
    pub document: Option<String>,
    /// Its total when it was last read.
    pub total: Option<Money>,
    /// The marketplace that its decision was about.
    pub marketplace: Option<String>,
}

const FROM: &str = "SELECT l.id, l.kind, l.key, l.record, l.record_id, l.external_id, l.document, l.total, l.currency, \
    d.marketplace FROM links l JOIN steps s ON s.name = l.external_id JOIN decisions d ON d.id = s.decision \
    WHERE l.record <> 'customer' AND s.state = 'done'";

/// A person knows of it already.
const UNASKED: &str = "AND NOT EXISTS (SELECT 1 FROM problems p WHERE p.key IN (l.key, s.key) \
    AND p.tab IN ('needs_you', 'retrying'))";

fn in_books(row: &Row<'_>) -> rusqlite::Result<InBooks> {
    Ok(InBooks {
        link: row.get(0)?,
        kind: row.get(1)?,
        key: row.get(2)?,
        record: row.get(3)?,
        record_id: row.get(4)?,
        name: row.get(5)?,
        document: row.get(6)?,
        total: money_at(row, 7)?,
        marketplace: row.get(9)?,
    })
}

/// Those of an account that were linked before an instant, after a link, oldest first. What a question is open about is
/// left out: a person knows of it.
pub fn page(db: &Reader<'_>, account: &str, before: DateTime<Utc>, after: i64, most: u32) -> Result<Vec<InBooks>> {
    let sql = format!("{FROM} AND l.id > ?1 AND l.linked_at < ?2 AND s.account = ?3 {UNASKED} ORDER BY l.id LIMIT ?4");
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(params![after, At(before), account, most], in_books)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of these names, but for those that another question is open about.
pub fn named(db: &Reader<'_>, names: &[String]) -> Result<Vec<InBooks>> {
    let sql = format!("{FROM} AND l.external_id IN (SELECT value FROM json_each(?1)) {UNASKED} ORDER BY l.id");
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map([serde_json::Value::from(names).to_string()], in_books)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of these orders that stand in a settlement, with when the first of those came here.
pub fn settled(db: &Reader<'_>, orders: &[String]) -> Result<Vec<(String, DateTime<Utc>)>> {
    let mut query = db.sql().prepare_cached(
        "SELECT o.order_id, min(s.imported_at)
         FROM settlement_orders o JOIN settlements s ON s.key = o.settlement
         WHERE o.order_id IN (SELECT value FROM json_each(?1)) GROUP BY o.order_id",
    )?;
    let rows = query.query_map([serde_json::Value::from(orders).to_string()], |row| {
        Ok((row.get(0)?, row.get::<_, At>(1)?.0))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
