//! One sealed key for each order's buyer data. Destroying the key makes the data unreadable everywhere, backups
//! included (decision 9).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use crate::values::At;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE buyer_keys (
    key     TEXT PRIMARY KEY,         -- the order
    sealed  BLOB NOT NULL,            -- its own key under the master key
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX buyer_keys_by_age ON buyer_keys (made_at);
";

/// Keeps an order's sealed key.
pub fn put(db: &Writer<'_>, key: &str, sealed: &[u8], at: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached("INSERT OR IGNORE INTO buyer_keys (key, sealed, made_at) VALUES (?1, ?2, ?3)")?
        .execute(params![key, sealed, At(at)])?;
    Ok(())
}

/// An order's sealed key; nothing when there never was one or it was destroyed.
pub fn get(db: &Reader<'_>, key: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT sealed FROM buyer_keys WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

/// An order has nothing left to send.
const SETTLED: &str = "NOT EXISTS (SELECT 1 FROM steps WHERE steps.key = buyer_keys.key
     AND steps.state IN ('planned', 'held', 'sending', 'unanswered'))";

/// Orders with a key made before an instant that have nothing left to send.
pub fn settled(db: &Reader<'_>, before: DateTime<Utc>) -> Result<Vec<String>> {
    let sql = format!("SELECT key FROM buyer_keys WHERE made_at < ?1 AND {SETTLED} ORDER BY key");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map([At(before)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// Destroys an order's key unless something is left to send; whether it did.
pub fn destroy_settled(db: &Writer<'_>, key: &str) -> Result<bool> {
    let sql = format!("DELETE FROM buyer_keys WHERE key = ?1 AND {SETTLED}");
    Ok(db.sql().execute(&sql, [key])? > 0)
}

/// Destroys one order's key.
pub fn destroy(db: &Writer<'_>, key: &str) -> Result<()> {
    db.sql().execute("DELETE FROM buyer_keys WHERE key = ?1", [key])?;
    Ok(())
}
