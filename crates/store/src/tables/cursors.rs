//! How far each flow has looked. A cursor moves only in the transaction that stores the decisions it covers (CMN-17).
//! Beside the account's cursor stands, for each marketplace that it covers, from which instant on (CMN-32).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE cursors (
    flow     TEXT NOT NULL,
    account  TEXT NOT NULL,
    until    INTEGER,
    window   TEXT,
    moved_at INTEGER NOT NULL,
    PRIMARY KEY (flow, account)
) STRICT, WITHOUT ROWID;
";

/// How far one flow has looked in one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    /// Everything before this instant was stored or parked. Nothing: no window was finished yet.
    pub until: Option<DateTime<Utc>>,
    /// The rest of a window that was left in the middle, as JSON.
    pub window: Option<Value>,
    /// When it last moved.
    pub moved_at: DateTime<Utc>,
}

/// Where a flow stands.
pub fn get(db: &Reader<'_>, flow: &str, account: &str) -> Result<Option<Cursor>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT until, window, moved_at FROM cursors WHERE flow = ?1 AND account = ?2")?
        .query_row([flow, account], |row| {
            Ok(Cursor {
                until: row.get::<_, Option<At>>(0)?.map(|at| at.0),
                window: row.get::<_, Option<Json<Value>>>(1)?.map(|json| json.0),
                moved_at: row.get::<_, At>(2)?.0,
            })
        })
        .optional()?)
}

/// Moves a cursor.
pub fn put(db: &Writer<'_>, flow: &str, account: &str, to: &Cursor) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO cursors (flow, account, until, window, moved_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (flow, account) DO UPDATE SET until = excluded.until, window = excluded.window,
                                                       moved_at = excluded.moved_at",
        )?
        .execute(params![
            flow,
            account,
            to.until.map(At),
            to.window.as_ref().map(Json),
            At(to.moved_at)
        ])?;
    Ok(())
}

/// From which instant on each marketplace is covered by the account's cursor, by Amazon's id.
pub fn beginnings(db: &Reader<'_>, flow: &str, account: &str) -> Result<BTreeMap<String, DateTime<Utc>>> {
    let prefix = format!("{account}/");
    let mut rows = db.sql().prepare_cached(
        "SELECT substr(account, length(?2) + 1), until FROM cursors
         WHERE flow = ?1 AND substr(account, 1, length(?2)) = ?2 AND until IS NOT NULL",
    )?;
    let found = rows.query_map([flow, &prefix], |row| Ok((row.get(0)?, row.get::<_, At>(1)?.0)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Notes the marketplaces that the account's cursor covers, and from when on; all others are forgotten, so that one
/// that is switched on again is caught up with.
pub fn set_beginnings(
    db: &Writer<'_>,
    flow: &str,
    account: &str,
    beginnings: &BTreeMap<String, DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let prefix = format!("{account}/");
    db.sql()
        .prepare_cached("DELETE FROM cursors WHERE flow = ?1 AND substr(account, 1, length(?2)) = ?2")?
        .execute([flow, &prefix])?;
    for (marketplace, from) in beginnings {
        let mark = Cursor {
            until: Some(*from),
            window: None,
            moved_at: now,
        };
        put(db, flow, &format!("{prefix}{marketplace}"), &mark)?;
    }
    Ok(())
}
