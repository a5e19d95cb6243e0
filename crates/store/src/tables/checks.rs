//! What a person did about findings of the checks that earn money (flows.md §17.4). The findings themselves are made anew
//! from the lines; one that is marked is kept as it was, so that a case that was filed never leaves the list by itself.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Money;
use domain::checks::{Finding, Shipped};
use rusqlite::{Row, params};

use crate::values::{At, Json, money_at};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE check_marks (
    key       TEXT PRIMARY KEY,   -- the finding's lasting name
    mark      TEXT NOT NULL,
    finding   TEXT NOT NULL,      -- JSON, as it was when it was marked first
    who       TEXT NOT NULL,
    marked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

crate::words! {
    /// What became of a finding.
    pub enum State {
        /// A case was opened with Amazon.
        Filed = "filed",
        /// Amazon paid.
        Won = "won",
        /// Amazon does not pay.
        Lost = "lost",
    }
}

/// A marked finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What became of it.
    pub state: State,
    /// The finding.
    pub finding: Finding,
    /// Who marked it.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Marks a finding, in place of an earlier mark.
pub fn mark(db: &Writer<'_>, new: &Mark) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO check_marks (key, mark, finding, who, marked_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key) DO UPDATE SET mark = excluded.mark, who = excluded.who, marked_at = excluded.marked_at",
        )?
        .execute(params![
            new.finding.key,
            new.state,
            Json(&new.finding),
            new.who,
            At(new.at)
        ])?;
    Ok(())
}

/// Takes a mark back; whether there was one.
pub fn unmark(db: &Writer<'_>, key: &str) -> Result<bool> {
    let gone = db.sql().execute("DELETE FROM check_marks WHERE key = ?1", [key])?;
    Ok(gone > 0)
}

/// Every mark, the newest first.
pub fn marks(db: &Reader<'_>) -> Result<Vec<Mark>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT mark, finding, who, marked_at FROM check_marks ORDER BY marked_at DESC, key")?;
    let rows = query.query_map([], |row| {
        Ok(Mark {
            state: row.get(0)?,
            finding: row.get::<_, Json<Finding>>(1)?.0,
            who: row.get(2)?,
            at: row.get::<_, At>(3)?.0,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Orders that left since an instant, cost something, and stand in no settlement.
pub fn never_settled(db: &Reader<'_>, flows: &[&str], since: DateTime<Utc>) -> Result<Vec<Shipped>> {
    let mut query = db.sql().prepare_cached(
        "SELECT d.key, ifnull(d.marketplace, ''), d.total, d.currency, d.happened_on
         FROM decisions d INDEXED BY decisions_listed
         WHERE d.current = 1 AND d.happened_at >= ?2 AND d.status = 'SHIPPED'
           AND d.flow IN (SELECT value FROM json_each(?1)) AND d.total > 0 AND d.state <> 'excluded'
           AND NOT EXISTS (SELECT 1 FROM settlement_orders o WHERE o.order_id = d.key)
         ORDER BY d.happened_at, d.id",
    )?;
    let flows = serde_json::Value::from(flows).to_string();
    let rows = query.query_map(params![flows, At(since)], shipped)?;
    let rows: Vec<Option<Shipped>> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().flatten().collect())
}

fn shipped(row: &Row<'_>) -> rusqlite::Result<Option<Shipped>> {
    let total: Option<Money> = money_at(row, 2)?;
    let on: Option<NaiveDate> = row.get::<_, String>(4)?.parse().ok();
    let (order, marketplace) = (row.get(0)?, row.get(1)?);
    Ok(total.zip(on).map(|(total, on)| Shipped {
        order,
        marketplace,
        total,
        on,
    }))
}

/// What tells whether settlements came since: how many there are, and when the last one was imported.
pub fn stamp(db: &Reader<'_>) -> Result<(i64, i64)> {
    Ok(db.sql().query_row(
        "SELECT count(*), ifnull(max(imported_at), 0) FROM settlements",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}
