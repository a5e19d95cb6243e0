//! What a person changed in a write that was refused: field by field, used once (CMN-26).

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE edits (
    id      INTEGER PRIMARY KEY,
    step    TEXT NOT NULL,
    field   TEXT NOT NULL,            -- of the record's body
    value   TEXT NOT NULL,            -- JSON
    who     TEXT NOT NULL,
    at      INTEGER NOT NULL,
    used_at INTEGER                   -- when it went into a plan; NULL: not yet
) STRICT;
CREATE INDEX edits_by_step ON edits (step, id);
";

/// One changed field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The step whose write it changes.
    pub step: String,
    /// The field of the record's body.
    pub field: String,
    /// Its new value.
    pub value: Value,
    /// Who changed it.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Keeps a change until the step is planned again.
pub fn put(db: &Writer<'_>, new: &Edit) -> Result<()> {
    db.sql()
        .prepare_cached("INSERT INTO edits (step, field, value, who, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![new.step, new.field, Json(&new.value), new.who, At(new.at)])?;
    Ok(())
}

/// The changes of a step that no plan has used, oldest first.
pub fn pending(db: &Reader<'_>, step: &str) -> Result<Vec<Edit>> {
    let mut query = db.sql().prepare_cached(
        "SELECT step, field, value, who, at FROM edits WHERE step = ?1 AND used_at IS NULL ORDER BY id",
    )?;
    let rows = query.query_map([step], |row| {
        Ok(Edit {
            step: row.get(0)?,
            field: row.get(1)?,
            value: row.get::<_, Json<Value>>(2)?.0,
            who: row.get(3)?,
            at: row.get::<_, At>(4)?.0,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Notes that a plan has used the changes of a step.
pub fn use_up(db: &Writer<'_>, step: &str, at: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached("UPDATE edits SET used_at = ?2 WHERE step = ?1 AND used_at IS NULL")?
        .execute(params![step, At(at)])?;
    Ok(())
}
