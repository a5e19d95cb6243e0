//! The versions of the seller's field mappings. Saving adds a version; the newest of a form and scope counts, and every
//! older one can be read and restored (CMN-30).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE mappings (
    version  INTEGER PRIMARY KEY AUTOINCREMENT,
    form     TEXT NOT NULL,          -- a flow's id
    scope    TEXT NOT NULL,          -- a marketplace's id, an account, or empty for the workspace
    rows     TEXT NOT NULL,
    note     TEXT NOT NULL,
    who      TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mappings_by_place ON mappings (form, scope, version);
";

/// One version of the rows of a form at a scope.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// Its number; numbers rise over all forms and scopes and are never used again. 0 before it is stored.
    pub version: i64,
    /// The kind of record that the rows fill.
    pub form: String,
    /// A marketplace's id, an account, or empty for the workspace.
    pub scope: String,
    /// The rows (`mapping::Row`) as JSON; an empty list means that the wider scope counts.
    pub rows: Value,
    /// Why it was changed, in the person's words.
    pub note: String,
    /// Who saved it.
    pub who: String,
    /// When.
    pub saved_at: DateTime<Utc>,
}

const COLUMNS: &str = "version, form, scope, rows, note, who, saved_at";

fn mapping(row: &Row<'_>) -> rusqlite::Result<Mapping> {
    Ok(Mapping {
        version: row.get(0)?,
        form: row.get(1)?,
        scope: row.get(2)?,
        rows: row.get::<_, Json<Value>>(3)?.0,
        note: row.get(4)?,
        who: row.get(5)?,
        saved_at: row.get::<_, At>(6)?.0,
    })
}

/// Saves a new version; returns its number.
pub fn add(db: &Writer<'_>, new: &Mapping) -> Result<i64> {
    db.sql()
        .prepare_cached(
            "INSERT INTO mappings (form, scope, rows, note, who, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            new.form,
            new.scope,
            Json(&new.rows),
            new.note,
            new.who,
            At(new.saved_at)
        ])?;
    Ok(db.sql().last_insert_rowid())
}

/// One version.
pub fn get(db: &Reader<'_>, version: i64) -> Result<Option<Mapping>> {
    let sql = format!("SELECT {COLUMNS} FROM mappings WHERE version = ?1");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([version], mapping)
        .optional()?)
}

/// The version that counts for every form and scope.
pub fn current(db: &Reader<'_>) -> Result<Vec<Mapping>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM mappings
         WHERE version IN (SELECT max(version) FROM mappings GROUP BY form, scope) ORDER BY form, scope"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([], mapping)?.collect::<rusqlite::Result<_>>()?)
}

/// The versions of a form at a scope, newest first.
pub fn versions(db: &Reader<'_>, form: &str, scope: &str, limit: u32) -> Result<Vec<Mapping>> {
    let sql = format!("SELECT {COLUMNS} FROM mappings WHERE form = ?1 AND scope = ?2 ORDER BY version DESC LIMIT ?3");
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(params![form, scope, limit], mapping)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where records remember the version of a mapping: the flows whose decisions plan them, the fact of such a decision, and
/// what the journal calls the records.
#[derive(Debug, Clone, Copy)]
pub struct Remembered<'a> {
    /// The flows.
    pub flows: &'a [&'a str],
    /// The fact's name.
    pub fact: &'a str,
    /// The records' types, by the services' own names.
    pub records: &'a [&'a str],
}

/// How many records each version stands in: those whose decision remembers it and that were written. One that was only
/// changed later was not built with it.
pub fn written_with(db: &Reader<'_>, place: Remembered<'_>) -> Result<Vec<(i64, u64)>> {
    let mut query = db.sql().prepare_cached(
        "SELECT CAST(fact.value ->> '$.value.value' AS INTEGER) AS version, count(DISTINCT steps.name)
         FROM steps JOIN decisions ON decisions.id = steps.decision, json_each(decisions.facts) AS fact
         WHERE steps.state = 'done' AND steps.outcome IS NOT 'updated'
           AND steps.flow IN (SELECT value FROM json_each(?1))
           AND steps.record IN (SELECT value FROM json_each(?2))
           AND fact.value ->> '$.name' = ?3
         GROUP BY version",
    )?;
    let (flows, records) = (Json(&place.flows), Json(&place.records));
    let rows = query.query_map(params![flows, records, place.fact], |row| {
        let count: i64 = row.get(1)?;
        Ok((row.get(0)?, count.unsigned_abs()))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
