//! What the seller has changed from the defaults, resolved marketplace → account → workspace (CMN-02).

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::Json;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE options (
    key      TEXT NOT NULL,
    level    TEXT NOT NULL,
    scope_id TEXT NOT NULL,          -- a marketplace's id, an account, or empty for the workspace
    value    TEXT NOT NULL,
    PRIMARY KEY (key, level, scope_id)
) STRICT, WITHOUT ROWID;
";

crate::words! {
    /// Where a value was set.
    pub enum Level {
        /// For one marketplace.
        Marketplace = "marketplace",
        /// For one account.
        Account = "account",
        /// For the whole workspace.
        Workspace = "workspace",
    }
}

/// One value that a person set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OptionRow {
    /// The option's key, such as `fba.import_as`.
    pub key: String,
    /// Where it was set.
    pub level: Level,
    /// The marketplace's id or the account; empty for the workspace.
    pub scope_id: String,
    /// The value as JSON.
    pub value: Value,
}

/// Sets a value.
pub fn set(db: &Writer<'_>, row: &OptionRow) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO options (key, level, scope_id, value) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (key, level, scope_id) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![row.key, row.level, row.scope_id, Json(&row.value)])?;
    Ok(())
}

/// Clears a value, so that the next wider one counts.
pub fn clear(db: &Writer<'_>, key: &str, level: Level, scope_id: &str) -> Result<()> {
    db.sql()
        .prepare_cached("DELETE FROM options WHERE key = ?1 AND level = ?2 AND scope_id = ?3")?
        .execute(params![key, level, scope_id])?;
    Ok(())
}

/// One value, exactly where it was set.
pub fn get(db: &Reader<'_>, key: &str, level: Level, scope_id: &str) -> Result<Option<Value>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT value FROM options WHERE key = ?1 AND level = ?2 AND scope_id = ?3")?
        .query_row(params![key, level, scope_id], |row| Ok(row.get::<_, Json<Value>>(0)?.0))
        .optional()?)
}

/// The value that counts, and where it was set; nothing when the built-in default counts.
pub fn effective(db: &Reader<'_>, key: &str, marketplace: &str, account: &str) -> Result<Option<(Value, Level)>> {
    let ladder = [
        (Level::Marketplace, marketplace),
        (Level::Account, account),
        (Level::Workspace, ""),
    ];
    for (level, scope_id) in ladder {
        if let Some(value) = get(db, key, level, scope_id)? {
            return Ok(Some((value, level)));
        }
    }
    Ok(None)
}

/// Everything that was set.
pub fn all(db: &Reader<'_>) -> Result<Vec<OptionRow>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT key, level, scope_id, value FROM options ORDER BY key, level, scope_id")?;
    let rows = query.query_map([], |row| {
        Ok(OptionRow {
            key: row.get(0)?,
            level: row.get(1)?,
            scope_id: row.get(2)?,
            value: row.get::<_, Json<Value>>(3)?.0,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
