//! The trail (flows.md §1.13): who wrote, set, excluded or approved what, and when. Rows are only ever added, and each
//! one carries a hash over itself and the one before it, so that a change made behind the app's back shows.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    who    TEXT NOT NULL,
    what   TEXT NOT NULL,
    about  TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash   TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_about ON audit (about);
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END;
";

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 on without gaps.
    pub number: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// A person, or the flow and run that did it.
    pub who: String,
    /// What was done: `write`, `option`, `lookup`, `exclude`, `approve`, `undo` …
    pub what: String,
    /// The thing it was done to: a key, a record's name, an option.
    pub about: String,
    /// The rest as JSON: hashes before and after, NetSuite's id. Never buyer data.
    pub detail: Value,
    /// Hash over this line and the one before it.
    pub hash: String,
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        number: row.get(0)?,
        at: row.get::<_, At>(1)?.0,
        who: row.get(2)?,
        what: row.get(3)?,
        about: row.get(4)?,
        detail: row.get::<_, Json<Value>>(5)?.0,
        hash: row.get(6)?,
    })
}

fn hash(before: &str, at: DateTime<Utc>, texts: [&str; 4]) -> String {
    let mut digest = Sha256::new();
    digest.update(before);
    digest.update(at.timestamp_millis().to_be_bytes());
    for text in texts {
        digest.update(text.len().to_be_bytes());
        digest.update(text);
    }
    digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Adds a line.
pub fn add(db: &Writer<'_>, at: DateTime<Utc>, who: &str, what: &str, about: &str, detail: &Value) -> Result<()> {
    let before: String = db
        .sql()
        .prepare_cached("SELECT hash FROM audit ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or_default();
    let hash = hash(&before, at, [who, what, about, &detail.to_string()]);
    db.sql()
        .prepare_cached("INSERT INTO audit (at, who, what, about, detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![At(at), who, what, about, Json(detail), hash])?;
    Ok(())
}

/// Lines, newest first, from before line `before` on; of one thing, or of all.
pub fn list(db: &Reader<'_>, about: Option<&str>, before: Option<i64>, limit: u32) -> Result<Vec<Entry>> {
    let mut query = db.sql().prepare_cached(
        "SELECT number, at, who, what, about, detail, hash FROM audit
         WHERE (?1 IS NULL OR about = ?1) AND (?2 IS NULL OR number < ?2) ORDER BY number DESC LIMIT ?3",
    )?;
    Ok(query
        .query_map(params![about, before, limit], entry)?
        .collect::<rusqlite::Result<_>>()?)
}

/// The number of the first line that does not fit the one before it; nothing when the trail is whole.
pub fn first_broken(db: &Reader<'_>) -> Result<Option<i64>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT number, at, who, what, about, detail, hash FROM audit ORDER BY number")?;
    let mut before = String::new();
    for (index, row) in query.query_map([], entry)?.enumerate() {
        let line = row?;
        let expected = hash(
            &before,
            line.at,
            [&line.who, &line.what, &line.about, &line.detail.to_string()],
        );
        let in_order = usize::try_from(line.number).is_ok_and(|number| number == index + 1);
        if line.hash != expected || !in_order {
            return Ok(Some(line.number));
        }
        before = line.hash;
    }
    Ok(None)
}
