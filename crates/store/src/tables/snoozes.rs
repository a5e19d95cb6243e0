//! Causes that a person put off until a time (ux.md §5.4). Nothing of them closes: they come back by the clock alone.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::values::At;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE snoozes (
    cause TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    who   TEXT NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// One cause that sleeps. It sleeps for what was open when it was put off: once all of that is settled, a new question of
/// the same cause is news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// The cause.
    pub cause: String,
    /// When it comes back by itself.
    pub until: DateTime<Utc>,
    /// The person.
    pub who: String,
    /// When it was put off.
    pub at: DateTime<Utc>,
}

fn snooze(row: &Row<'_>) -> rusqlite::Result<Snooze> {
    Ok(Snooze {
        cause: row.get(0)?,
        until: row.get::<_, At>(1)?.0,
        who: row.get(2)?,
        at: row.get::<_, At>(3)?.0,
    })
}

/// Puts a cause off, in place of what was said of it before.
pub fn put(db: &Writer<'_>, new: &Snooze) -> Result<()> {
    db.sql()
        .prepare_cached("INSERT OR REPLACE INTO snoozes (cause, until, who, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![new.cause, At(new.until), new.who, At(new.at)])?;
    Ok(())
}

/// Wakes a cause. Whether it was put off.
pub fn remove(db: &Writer<'_>, cause: &str) -> Result<bool> {
    let mut change = db.sql().prepare_cached("DELETE FROM snoozes WHERE cause = ?1")?;
    Ok(change.execute([cause])? > 0)
}

/// The causes that sleep at an instant; the first to come back stands first.
pub fn asleep(db: &Reader<'_>, now: DateTime<Utc>) -> Result<Vec<Snooze>> {
    let mut query = db.sql().prepare_cached(
        "SELECT cause, until, who, at FROM snoozes
         WHERE until > ?1 AND EXISTS (
             SELECT 1 FROM problems WHERE problems.cause = snoozes.cause AND problems.opened_at <= snoozes.at
             AND problems.tab IN ('needs_you', 'retrying'))
         ORDER BY until, cause",
    )?;
    Ok(query.query_map([At(now)], snooze)?.collect::<rusqlite::Result<_>>()?)
}
