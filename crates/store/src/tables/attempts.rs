//! Each sending of a step: when, how long, how it ended.

use chrono::{DateTime, Utc};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE attempts (
    id         INTEGER PRIMARY KEY,
    step       TEXT NOT NULL,
    run        TEXT NOT NULL,
    kind       TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at   INTEGER,
    outcome    TEXT
) STRICT;
CREATE INDEX attempts_by_step ON attempts (step);
";

crate::words! {
    /// What was asked.
    pub enum Kind {
        /// The write itself.
        Send = "send",
        /// The read that tells whether the write happened.
        Probe = "probe",
    }
}

/// One sending.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// Row id.
    pub id: i64,
    /// The step.
    pub step: String,
    /// The run.
    pub run: String,
    /// What was asked.
    pub kind: Kind,
    /// When it was sent.
    pub started_at: DateTime<Utc>,
    /// When the answer was there; nothing when the program stopped before.
    pub ended_at: Option<DateTime<Utc>>,
    /// What came back, secrets and buyer data left out.
    pub outcome: Option<Value>,
}

/// Notes that something is about to be sent; returns the row id.
pub fn begin(db: &Writer<'_>, step: &str, run: &str, kind: Kind, at: DateTime<Utc>) -> Result<i64> {
    db.sql()
        .prepare_cached("INSERT INTO attempts (step, run, kind, started_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![step, run, kind, At(at)])?;
    Ok(db.sql().last_insert_rowid())
}

/// Notes what came back.
pub fn end(db: &Writer<'_>, id: i64, at: DateTime<Utc>, outcome: &Value) -> Result<()> {
    db.sql()
        .prepare_cached("UPDATE attempts SET ended_at = ?2, outcome = ?3 WHERE id = ?1")?
        .execute(params![id, At(at), Json(outcome)])?;
    Ok(())
}

/// Forgets the failed sendings of steps whose error was settled before an instant. How a step ended at last is kept.
pub(crate) fn forget_failed(db: &Writer<'_>, before: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached(
            "DELETE FROM attempts WHERE ended_at < ?1 AND json_extract(outcome, '$.failed') IS NOT NULL
             AND step IN (SELECT step FROM problems WHERE tab = 'resolved' AND closed_at < ?1)",
        )?
        .execute([At(before)])?;
    Ok(())
}

/// The sendings of a step, oldest first.
pub fn of_step(db: &Reader<'_>, step: &str) -> Result<Vec<Attempt>> {
    let mut query = db.sql().prepare_cached(
        "SELECT id, step, run, kind, started_at, ended_at, outcome FROM attempts WHERE step = ?1 ORDER BY id",
    )?;
    let rows = query.query_map([step], |row| {
        Ok(Attempt {
            id: row.get(0)?,
            step: row.get(1)?,
            run: row.get(2)?,
            kind: row.get(3)?,
            started_at: row.get::<_, At>(4)?.0,
            ended_at: row.get::<_, Option<At>>(5)?.map(|at| at.0),
            outcome: row.get::<_, Option<Json<Value>>>(6)?.map(|json| json.0),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
