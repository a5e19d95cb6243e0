//! Subjects that a person left out, with a reason and a name.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::values::At;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE exclusions (
    flow    TEXT NOT NULL,
    account TEXT NOT NULL,
    key     TEXT NOT NULL,
    reason  TEXT NOT NULL,
    who     TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (flow, account, key)
) STRICT, WITHOUT ROWID;
";

/// One exclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// The flow.
    pub flow: String,
    /// The account.
    pub account: String,
    /// The subject.
    pub key: String,
    /// The person's reason.
    pub reason: String,
    /// The person.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

fn exclusion(row: &Row<'_>) -> rusqlite::Result<Exclusion> {
    Ok(Exclusion {
        flow: row.get(0)?,
        account: row.get(1)?,
        key: row.get(2)?,
        reason: row.get(3)?,
        who: row.get(4)?,
        at: row.get::<_, At>(5)?.0,
    })
}

/// Leaves a subject out.
pub fn put(db: &Writer<'_>, new: &Exclusion) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO exclusions (flow, account, key, reason, who, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![new.flow, new.account, new.key, new.reason, new.who, At(new.at)])?;
    Ok(())
}

/// Takes a subject in again.
pub fn remove(db: &Writer<'_>, flow: &str, account: &str, key: &str) -> Result<()> {
    db.sql()
        .prepare_cached("DELETE FROM exclusions WHERE flow = ?1 AND account = ?2 AND key = ?3")?
        .execute([flow, account, key])?;
    Ok(())
}

/// Whether and why a subject is left out.
pub fn get(db: &Reader<'_>, flow: &str, account: &str, key: &str) -> Result<Option<Exclusion>> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT flow, account, key, reason, who, at FROM exclusions WHERE flow = ?1 AND account = ?2 AND key = ?3",
        )?
        .query_row([flow, account, key], exclusion)
        .optional()?)
}

/// Where, why and by whom a subject is left out, in any flow.
pub fn about(db: &Reader<'_>, key: &str) -> Result<Vec<Exclusion>> {
    let mut query = db.sql().prepare_cached(
        "SELECT flow, account, key, reason, who, at FROM exclusions WHERE key = ?1 ORDER BY account, flow",
    )?;
    Ok(query.query_map([key], exclusion)?.collect::<rusqlite::Result<_>>()?)
}
