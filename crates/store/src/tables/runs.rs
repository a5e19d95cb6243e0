//! When a flow looked, over which window, and how it ended (CMN-15).

use chrono::{DateTime, Utc};
use domain::Text;
use rusqlite::{OptionalExtension, Row, named_params, params};
use serde::{Deserialize, Serialize};

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE runs (
    id        TEXT PRIMARY KEY,      -- time-ordered
    flow      TEXT NOT NULL,
    account   TEXT NOT NULL,
    trigger   TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    ended_at  INTEGER,
    result    TEXT,
    because   TEXT,
    counts    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX runs_by_flow ON runs (flow, account, opened_at);
CREATE INDEX runs_open ON runs (flow) WHERE ended_at IS NULL;
";

/// Since 2026-11-30 a run says for which marketplaces it ran; of those before nobody knows.
pub(crate) const MARKETPLACES: &str = "
ALTER TABLE runs ADD COLUMN marketplaces TEXT NOT NULL DEFAULT '[]'; -- Amazon's ids
";

crate::words! {
    /// What set a run off.
    pub enum Trigger {
        /// The clock.
        Schedule = "schedule",
        /// A person pressed *Sync now* or *Run now*.
        Person = "person",
        /// A person named the things to look at (CMN-18).
        Ids = "ids",
        /// A run before it in the chain (CMN-19).
        Chained = "chained",
        /// A person, or a changed mapping, asked to try again.
        Retry = "retry",
        /// A person approved held writes.
        Approval = "approval",
        /// A person took a posting back (SET-59).
        Undo = "undo",
        /// The program started and found writes in the air.
        StartUp = "start_up",
    }
}

crate::words! {
    /// How a run ended.
    pub enum RunResult {
        /// Everything that could be done was done.
        Done = "done",
        /// Done, and some things need a person or another try.
        DoneWithErrors = "done_with_errors",
        /// The look itself failed.
        Failed = "failed",
        /// A person pressed Cancel.
        Cancelled = "cancelled",
        /// It did not start: the account is paused.
        Skipped = "skipped",
        /// The program stopped in the middle; the next run picked up from there.
        Interrupted = "interrupted",
    }
}

/// What a run counted (decisions.md, `passerelle sync`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Subjects read.
    pub read: u64,
    /// Records created.
    pub created: u64,
    /// Records updated.
    pub updated: u64,
    /// Records found to exist already and linked.
    pub adopted: u64,
    /// Subjects that had not changed since the last look, or that were in the books already.
    pub unchanged: u64,
    /// Subjects that a rule leaves out.
    pub ignored: u64,
    /// Subjects that wait for something.
    pub waiting: u64,
    /// Subjects that a person must decide about.
    pub needs_you: u64,
    /// Writes that failed.
    pub errors: u64,
}

/// One look of one flow in one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// A time-ordered id.
    pub id: String,
    /// The flow's id.
    pub flow: String,
    /// The account: `eu:A1SELLER`.
    pub account: String,
    /// The marketplaces that it ran for, by Amazon's ids; nothing where that is not known.
    pub marketplaces: Vec<String>,
    /// What set it off.
    pub trigger: Trigger,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When it ended; nothing while it runs.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub result: Option<RunResult>,
    /// Why it ended so, when that needs saying.
    pub because: Option<Text>,
    /// What it counted.
    pub counts: Counts,
}

const COLUMNS: &str = "id, flow, account, trigger, opened_at, ended_at, result, because, counts, marketplaces";

fn run(row: &Row<'_>) -> rusqlite::Result<Run> {
    Ok(Run {
        id: row.get(0)?,
        flow: row.get(1)?,
        account: row.get(2)?,
        trigger: row.get(3)?,
        opened_at: row.get::<_, At>(4)?.0,
        ended_at: row.get::<_, Option<At>>(5)?.map(|at| at.0),
        result: row.get(6)?,
        because: row.get::<_, Option<Json<Text>>>(7)?.map(|text| text.0),
        counts: row.get::<_, Json<Counts>>(8)?.0,
        marketplaces: row.get::<_, Json<Vec<String>>>(9)?.0,
    })
}

/// Which runs a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this flow.
    pub flow: Option<String>,
    /// Only this account.
    pub account: Option<String>,
    /// Only runs for this marketplace, among others.
    pub marketplace: Option<String>,
}

/// Opens a run.
pub fn insert(db: &Writer<'_>, new: &Run) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO runs (id, flow, account, trigger, opened_at, counts, marketplaces)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            new.id,
            new.flow,
            new.account,
            new.trigger,
            At(new.opened_at),
            Json(new.counts),
            Json(&new.marketplaces)
        ])?;
    Ok(())
}

/// The marketplaces that the writes of a group belong to.
pub fn marketplaces_of_group(db: &Reader<'_>, hold: &str) -> Result<Vec<String>> {
    let mut query = db.sql().prepare_cached(
        "SELECT DISTINCT marketplace FROM decisions
         WHERE marketplace IS NOT NULL AND id IN (SELECT decision FROM steps WHERE hold = ?1) ORDER BY marketplace",
    )?;
    let rows = query.query_map([hold], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps what a run has counted so far.
pub fn count(db: &Writer<'_>, id: &str, counts: Counts) -> Result<()> {
    db.sql()
        .prepare_cached("UPDATE runs SET counts = ?2 WHERE id = ?1")?
        .execute(params![id, Json(counts)])?;
    Ok(())
}

/// Ends a run.
pub fn end(
    db: &Writer<'_>,
    id: &str,
    at: DateTime<Utc>,
    result: RunResult,
    because: Option<&Text>,
    counts: Counts,
) -> Result<()> {
    db.sql()
        .prepare_cached("UPDATE runs SET ended_at = ?2, result = ?3, because = ?4, counts = ?5 WHERE id = ?1")?
        .execute(params![id, At(at), result, because.map(Json), Json(counts)])?;
    Ok(())
}

/// Ends the runs that a stopped program left open; how many there were.
pub fn close_interrupted(db: &Writer<'_>, at: DateTime<Utc>) -> Result<usize> {
    Ok(db.sql().execute(
        "UPDATE runs SET ended_at = ?1, result = ?2 WHERE ended_at IS NULL",
        params![At(at), RunResult::Interrupted],
    )?)
}

/// When a flow last looked to the end of what there was: neither some orders that a person named nor a mere sending counts,
/// and a look that failed has seen nothing.
pub fn last_check(db: &Reader<'_>) -> Result<Option<DateTime<Utc>>> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT ended_at FROM runs
             WHERE result IN ('done', 'done_with_errors') AND trigger NOT IN ('ids', 'retry', 'approval', 'undo')
             ORDER BY id DESC LIMIT 1",
        )?
        .query_row([], |row| row.get::<_, Option<At>>(0))
        .optional()?
        .flatten()
        .map(|at| at.0))
}

/// One run.
pub fn get(db: &Reader<'_>, id: &str) -> Result<Option<Run>> {
    let sql = format!("SELECT {COLUMNS} FROM runs WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], run).optional()?)
}

/// Runs, newest first, from before the run `before` on.
pub fn list(db: &Reader<'_>, filter: &Filter, before: Option<&str>, limit: u32) -> Result<Vec<Run>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM runs
         WHERE (:flow IS NULL OR flow = :flow) AND (:account IS NULL OR account = :account)
           AND (:before IS NULL OR id < :before)
           AND (:marketplace IS NULL OR EXISTS (SELECT 1 FROM json_each(marketplaces) WHERE value = :marketplace))
         ORDER BY id DESC LIMIT :limit"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(
        named_params! {
            ":flow": filter.flow,
            ":account": filter.account,
            ":marketplace": filter.marketplace,
            ":before": before,
            ":limit": limit
        },
        run,
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The latest run of a flow in an account, running or ended.
pub fn latest(db: &Reader<'_>, flow: &str, account: &str) -> Result<Option<Run>> {
    let sql =
        format!("SELECT {COLUMNS} FROM runs WHERE flow = ?1 AND account = ?2 ORDER BY opened_at DESC, id DESC LIMIT 1");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([flow, account], run)
        .optional()?)
}

/// How many runs there are.
pub fn total(db: &Reader<'_>) -> Result<u64> {
    Ok(db
        .sql()
        .query_row("SELECT count(*) FROM runs", [], |row| row.get::<_, i64>(0))?
        .unsigned_abs())
}
