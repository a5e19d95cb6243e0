//! How the app itself behaves: language, theme, density, the last page. Not about any company.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use crate::values::Json;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Sets a value.
pub fn set(db: &Writer<'_>, key: &str, value: &Value) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![key, Json(value)])?;
    Ok(())
}

/// A value.
pub fn get(db: &Reader<'_>, key: &str) -> Result<Option<Value>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
        .query_row([key], |row| Ok(row.get::<_, Json<Value>>(0)?.0))
        .optional()?)
}

/// All values, by key.
pub fn all(db: &Reader<'_>) -> Result<Vec<(String, Value)>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT key, value FROM settings ORDER BY key")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, Json<Value>>(1)?.0)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
