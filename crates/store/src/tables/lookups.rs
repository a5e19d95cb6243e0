//! The seller's lookup tables: item links with their factor, ship methods, customers, accounts. A table is a name, a
//! row is "from this to that", for one marketplace or for all.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE lookups (
    name        TEXT NOT NULL,
    marketplace TEXT NOT NULL,        -- empty: all
    source      TEXT NOT NULL,
    target      TEXT NOT NULL,
    set_at      INTEGER NOT NULL,
    PRIMARY KEY (name, source, marketplace)
) STRICT, WITHOUT ROWID;
";

/// The table of product links: SKU to `{\"item\": id, \"name\": …, \"factor\": \"1\"}`.
pub const ITEMS: &str = "items";

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lookup {
    /// The table: `items`, `ship-methods`, `customers`, `accounts` …
    pub name: String,
    /// The marketplace's id; empty for all.
    pub marketplace: String,
    /// What stands on Amazon's side.
    pub source: String,
    /// What it becomes.
    pub target: Value,
    /// When it was set.
    pub set_at: DateTime<Utc>,
}

fn lookup(row: &Row<'_>) -> rusqlite::Result<Lookup> {
    Ok(Lookup {
        name: row.get(0)?,
        marketplace: row.get(1)?,
        source: row.get(2)?,
        target: row.get::<_, Json<Value>>(3)?.0,
        set_at: row.get::<_, At>(4)?.0,
    })
}

/// Sets a row.
pub fn set(db: &Writer<'_>, row: &Lookup) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO lookups (name, marketplace, source, target, set_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (name, source, marketplace) DO UPDATE SET target = excluded.target, set_at = excluded.set_at",
        )?
        .execute(params![
            row.name,
            row.marketplace,
            row.source,
            Json(&row.target),
            At(row.set_at)
        ])?;
    Ok(())
}

/// Removes a row.
pub fn remove(db: &Writer<'_>, name: &str, marketplace: &str, source: &str) -> Result<()> {
    db.sql()
        .prepare_cached("DELETE FROM lookups WHERE name = ?1 AND marketplace = ?2 AND source = ?3")?
        .execute([name, marketplace, source])?;
    Ok(())
}

/// The row that counts for a marketplace: its own, else that for all.
pub fn get(db: &Reader<'_>, name: &str, marketplace: &str, source: &str) -> Result<Option<Lookup>> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT name, marketplace, source, target, set_at FROM lookups
             WHERE name = ?1 AND source = ?3 AND marketplace IN (?2, '') ORDER BY marketplace DESC LIMIT 1",
        )?
        .query_row([name, marketplace, source], lookup)
        .optional()?)
}

/// A whole table.
pub fn table(db: &Reader<'_>, name: &str) -> Result<Vec<Lookup>> {
    let mut query = db.sql().prepare_cached(
        "SELECT name, marketplace, source, target, set_at FROM lookups WHERE name = ?1 ORDER BY source, marketplace",
    )?;
    Ok(query.query_map([name], lookup)?.collect::<rusqlite::Result<_>>()?)
}
