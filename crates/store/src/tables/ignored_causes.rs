//! Causes that a person leaves out always: each later record of them is left out too, with the same reason, and listed.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::values::At;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE ignored_causes (
    cause  TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    who    TEXT NOT NULL,
    at     INTEGER NOT NULL,
    act    TEXT NOT NULL             -- the exclusions that came of it carry the same name
) STRICT, WITHOUT ROWID;
";

/// One such rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IgnoredCause {
    /// The cause.
    pub cause: String,
    /// The person's reason.
    pub reason: String,
    /// The person.
    pub who: String,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The act that made it.
    pub act: String,
}

fn ignored_cause(row: &Row<'_>) -> rusqlite::Result<IgnoredCause> {
    Ok(IgnoredCause {
        cause: row.get(0)?,
        reason: row.get(1)?,
        who: row.get(2)?,
        at: row.get::<_, At>(3)?.0,
        act: row.get(4)?,
    })
}

/// Makes a rule, in place of the one before.
pub fn put(db: &Writer<'_>, new: &IgnoredCause) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO ignored_causes (cause, reason, who, at, act) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![new.cause, new.reason, new.who, At(new.at), new.act])?;
    Ok(())
}

/// The rule about a cause.
pub fn get(db: &Reader<'_>, cause: &str) -> Result<Option<IgnoredCause>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT cause, reason, who, at, act FROM ignored_causes WHERE cause = ?1")?
        .query_row([cause], ignored_cause)
        .optional()?)
}

/// Takes the rule about a cause back.
pub fn remove(db: &Writer<'_>, cause: &str) -> Result<()> {
    db.sql()
        .prepare_cached("DELETE FROM ignored_causes WHERE cause = ?1")?
        .execute([cause])?;
    Ok(())
}

/// Takes back the rule that an act made, if it made one.
pub fn remove_act(db: &Writer<'_>, act: &str) -> Result<()> {
    db.sql()
        .prepare_cached("DELETE FROM ignored_causes WHERE act = ?1")?
        .execute([act])?;
    Ok(())
}
