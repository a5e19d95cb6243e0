//! Who looks after a cause, and what was noted about it (CMN-26).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::values::At;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE cause_notes (
    cause    TEXT PRIMARY KEY,
    assigned TEXT NOT NULL,           -- a person's name; empty: nobody
    note     TEXT NOT NULL,
    who      TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// What was noted about a cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseNote {
    /// The cause.
    pub cause: String,
    /// Who looks after it; empty: nobody.
    pub assigned: String,
    /// The note.
    pub note: String,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

fn cause_note(row: &Row<'_>) -> rusqlite::Result<CauseNote> {
    Ok(CauseNote {
        cause: row.get(0)?,
        assigned: row.get(1)?,
        note: row.get(2)?,
        who: row.get(3)?,
        at: row.get::<_, At>(4)?.0,
    })
}

/// Keeps what was noted; an empty note for nobody is taken away.
pub fn put(db: &Writer<'_>, new: &CauseNote) -> Result<()> {
    if new.assigned.is_empty() && new.note.is_empty() {
        db.sql()
            .prepare_cached("DELETE FROM cause_notes WHERE cause = ?1")?
            .execute([&new.cause])?;
        return Ok(());
    }
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO cause_notes (cause, assigned, note, who, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![new.cause, new.assigned, new.note, new.who, At(new.at)])?;
    Ok(())
}

/// Forgets what was noted before an instant about causes that have no error any more.
pub(crate) fn forget_unasked(db: &Writer<'_>, before: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached(
            "DELETE FROM cause_notes WHERE at < ?1
             AND NOT EXISTS (SELECT 1 FROM problems WHERE problems.cause = cause_notes.cause)",
        )?
        .execute([At(before)])?;
    Ok(())
}

/// What was noted about a cause.
pub fn get(db: &Reader<'_>, cause: &str) -> Result<Option<CauseNote>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT cause, assigned, note, who, at FROM cause_notes WHERE cause = ?1")?
        .query_row([cause], cause_note)
        .optional()?)
}
