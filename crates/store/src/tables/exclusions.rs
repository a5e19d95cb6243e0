//! Subjects that a person left out, with a reason and a name, and what that changed, so that it can be taken back.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::decisions::State;
use crate::problems::Tab;
use crate::steps::Unsent;
use crate::values::{At, Json};
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

/// What leaving a subject out changes, as it was.
pub(crate) const BEFORE: &str = "
ALTER TABLE exclusions ADD COLUMN act TEXT NOT NULL DEFAULT '';
ALTER TABLE exclusions ADD COLUMN before TEXT NOT NULL DEFAULT '{}';
CREATE INDEX exclusions_by_act ON exclusions (act);
";

/// What leaving a subject out changed, as it was before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Before {
    /// Where its decision stood.
    pub decision: Option<State>,
    /// The steps that were withdrawn.
    pub steps: Vec<Unsent>,
    /// The problems that were closed: the id and the tab of each.
    pub problems: Vec<(i64, Tab)>,
    /// The exclusion that this one took the place of.
    pub earlier: Option<Box<Exclusion>>,
}

/// One exclusion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// The act that it belongs to: everything that a person left out at once.
    pub act: String,
    /// What it changed.
    pub before: Before,
}

const COLUMNS: &str = "flow, account, key, reason, who, at, act, before";

fn exclusion(row: &Row<'_>) -> rusqlite::Result<Exclusion> {
    Ok(Exclusion {
        flow: row.get(0)?,
        account: row.get(1)?,
        key: row.get(2)?,
        reason: row.get(3)?,
        who: row.get(4)?,
        at: row.get::<_, At>(5)?.0,
        act: row.get(6)?,
        before: row.get::<_, Json<Before>>(7)?.0,
    })
}

/// Leaves a subject out.
pub fn put(db: &Writer<'_>, new: &Exclusion) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO exclusions (flow, account, key, reason, who, at, act, before)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            new.flow,
            new.account,
            new.key,
            new.reason,
            new.who,
            At(new.at),
            new.act,
            Json(&new.before)
        ])?;
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
    let sql = format!("SELECT {COLUMNS} FROM exclusions WHERE flow = ?1 AND account = ?2 AND key = ?3");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([flow, account, key], exclusion)
        .optional()?)
}

/// Subjects that are left out, in any flow, whose keys begin so: the parts of one thing.
pub fn under(db: &Reader<'_>, begins: &str) -> Result<Vec<Exclusion>> {
    let sql = format!("SELECT {COLUMNS} FROM exclusions WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key, flow");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([begins], exclusion)?.collect::<rusqlite::Result<_>>()?)
}

/// What was left out by one act and still is.
pub fn of_act(db: &Reader<'_>, act: &str) -> Result<Vec<Exclusion>> {
    let sql = format!("SELECT {COLUMNS} FROM exclusions WHERE act = ?1 AND act <> '' ORDER BY flow, account, key");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([act], exclusion)?.collect::<rusqlite::Result<_>>()?)
}

/// Where, why and by whom a subject is left out, in any flow.
pub fn about(db: &Reader<'_>, key: &str) -> Result<Vec<Exclusion>> {
    let sql = format!("SELECT {COLUMNS} FROM exclusions WHERE key = ?1 ORDER BY account, flow");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([key], exclusion)?.collect::<rusqlite::Result<_>>()?)
}
