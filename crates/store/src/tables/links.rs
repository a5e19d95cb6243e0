//! Which Amazon thing is which NetSuite record.

use chrono::{DateTime, Utc};
use domain::Money;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::values::{At, money_at, money_columns};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE links (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,
    key         TEXT NOT NULL,
    record      TEXT NOT NULL,
    record_id   TEXT NOT NULL,
    external_id TEXT UNIQUE,
    document    TEXT,                -- the number that people see, such as SO1042
    adopted     INTEGER NOT NULL,
    total       INTEGER,             -- ten-thousandths of `currency`
    currency    TEXT,
    linked_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX links_by_key ON links (key, kind);
CREATE INDEX links_by_kind ON links (kind, key);
CREATE INDEX links_by_record ON links (record, record_id);
";

/// One link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is on Amazon's side: `order`, `buyer`, `settlement`, `payment`, `refund`, `journal`.
    pub kind: String,
    /// Its Amazon key.
    pub key: String,
    /// The record's type, in NetSuite's REST words.
    pub record: String,
    /// NetSuite's id.
    pub record_id: String,
    /// The name that we gave it; nothing for a record that a person made.
    pub external_id: Option<String>,
    /// The number that people see, once it was read.
    pub document: Option<String>,
    /// Whether the record was there before us.
    pub adopted: bool,
    /// The record's total when it was last read.
    pub total: Option<Money>,
    /// Since when.
    pub linked_at: DateTime<Utc>,
}

const COLUMNS: &str = "kind, key, record, record_id, external_id, document, adopted, total, currency, linked_at";

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        kind: row.get(0)?,
        key: row.get(1)?,
        record: row.get(2)?,
        record_id: row.get(3)?,
        external_id: row.get(4)?,
        document: row.get(5)?,
        adopted: row.get(6)?,
        total: money_at(row, 7)?,
        linked_at: row.get::<_, At>(9)?.0,
    })
}

/// Links a record; a link of the same external id is replaced.
pub fn put(db: &Writer<'_>, new: &Link) -> Result<()> {
    let (total, currency) = money_columns(new.total)?;
    db.sql()
        .prepare_cached(
            "INSERT INTO links (kind, key, record, record_id, external_id, document, adopted, total, currency, linked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (external_id) DO UPDATE SET
                 kind = excluded.kind, key = excluded.key, record = excluded.record, record_id = excluded.record_id,
                 document = excluded.document, adopted = excluded.adopted, total = excluded.total,
                 currency = excluded.currency, linked_at = excluded.linked_at",
        )?
        .execute(params![
            new.kind,
            new.key,
            new.record,
            new.record_id,
            new.external_id,
            new.document,
            new.adopted,
            total,
            currency,
            At(new.linked_at)
        ])?;
    Ok(())
}

/// Keeps what was read back about a record.
pub fn read_back(
    db: &Writer<'_>,
    record: &str,
    record_id: &str,
    document: Option<&str>,
    total: Option<Money>,
) -> Result<()> {
    let (units, currency) = money_columns(total)?;
    db.sql()
        .prepare_cached(
            "UPDATE links SET document = ifnull(?3, document), total = ifnull(?4, total), currency = ifnull(?5, currency)
             WHERE record = ?1 AND record_id = ?2",
        )?
        .execute(params![record, record_id, document, units, currency])?;
    Ok(())
}

/// Forgets the link of an external id: its record was taken back.
pub fn remove(db: &Writer<'_>, external_id: &str) -> Result<()> {
    db.sql()
        .prepare_cached("DELETE FROM links WHERE external_id = ?1")?
        .execute([external_id])?;
    Ok(())
}

/// The link of an external id.
pub fn named(db: &Reader<'_>, external_id: &str) -> Result<Option<Link>> {
    let sql = format!("SELECT {COLUMNS} FROM links WHERE external_id = ?1");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([external_id], link)
        .optional()?)
}

/// The links of an Amazon key, of one kind or of all, oldest first.
pub fn of_key(db: &Reader<'_>, kind: Option<&str>, key: &str) -> Result<Vec<Link>> {
    let sql = format!("SELECT {COLUMNS} FROM links WHERE key = ?2 AND (?1 IS NULL OR kind = ?1) ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map(params![kind, key], link)?
        .collect::<rusqlite::Result<_>>()?)
}

/// The Amazon keys of one kind whose record, of one type, was made by a person and linked since an instant.
pub fn adopted_since(db: &Reader<'_>, kind: &str, record: &str, since: DateTime<Utc>) -> Result<Vec<String>> {
    let mut query = db.sql().prepare_cached(
        "SELECT key FROM links WHERE kind = ?1 AND record = ?2 AND adopted AND linked_at >= ?3 ORDER BY id",
    )?;
    Ok(query
        .query_map(params![kind, record, At(since)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The links of many Amazon keys of one kind.
pub fn of_keys(db: &Reader<'_>, kind: &str, keys: &[String]) -> Result<Vec<Link>> {
    let sql =
        format!("SELECT {COLUMNS} FROM links WHERE kind = ?1 AND key IN (SELECT value FROM json_each(?2)) ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    let keys = serde_json::Value::from(keys).to_string();
    Ok(query
        .query_map(params![kind, keys], link)?
        .collect::<rusqlite::Result<_>>()?)
}
