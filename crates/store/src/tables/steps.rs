//! The journal: each planned write, its state, and the record it produced. A row is on the disk before anything is
//! sent (quality-bars R1 #12).

use chrono::{DateTime, Utc};
use domain::Text;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE steps (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    decision   INTEGER NOT NULL REFERENCES decisions (id),
    flow       TEXT NOT NULL,
    account    TEXT NOT NULL,
    key        TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,        -- the write; buyer data masked when `sealed` is there
    sealed     BLOB,                 -- the whole write under the order's own key (decision 9)
    body_hash  TEXT NOT NULL,
    expect     TEXT,
    hold       TEXT,
    link_kind  TEXT,
    link_key   TEXT,
    state      TEXT NOT NULL,
    outcome    TEXT,
    record     TEXT,
    record_id  TEXT,
    confirmed  INTEGER NOT NULL,     -- 1: read back and found as expected, or nothing was expected
    tries      INTEGER NOT NULL,
    next_at    INTEGER,              -- not before; NULL: at once
    failure    TEXT,
    planned_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX steps_by_state ON steps (state, flow, account, id);
CREATE INDEX steps_by_key ON steps (key);
CREATE INDEX steps_by_hold ON steps (hold, state) WHERE hold IS NOT NULL;
CREATE INDEX steps_unconfirmed ON steps (flow, account) WHERE state = 'done' AND confirmed = 0;

CREATE TABLE step_needs (
    step        TEXT NOT NULL REFERENCES steps (name) ON DELETE CASCADE,
    external_id TEXT NOT NULL,
    PRIMARY KEY (step, external_id)
) STRICT, WITHOUT ROWID;
";

/// Since 2026-11-30 the index of what is still to be read back tells since when, so that counting them touches no step.
pub(crate) const UNREAD: &str = "
DROP INDEX steps_unconfirmed;
CREATE INDEX steps_unconfirmed ON steps (flow, account, changed_at) WHERE state = 'done' AND confirmed = 0;
";

crate::words! {
    /// Where a step stands (architecture §5).
    pub enum StepState {
        /// Recorded, not sent.
        Planned = "planned",
        /// Recorded, and waiting for a person's approval.
        Held = "held",
        /// On its way: after a crash, probe before sending again.
        Sending = "sending",
        /// Sent, no usable answer: probe before sending again.
        Unanswered = "unanswered",
        /// It is in the books.
        Done = "done",
        /// Understood and rejected.
        Refused = "refused",
        /// The facts changed before it was sent.
        Withdrawn = "withdrawn",
        /// It was in the books, and a person took it back.
        Undone = "undone",
    }
}

crate::words! {
    /// What a finished step did.
    pub enum Outcome {
        /// It made a record.
        Created = "created",
        /// It changed a record.
        Updated = "updated",
        /// The record was there already; it was compared and linked.
        Adopted = "adopted",
        /// It removed a record.
        Deleted = "deleted",
        /// It was kept on this computer.
        Kept = "kept",
        /// The service accepted it; whether it took is seen by looking again.
        Sent = "sent",
    }
}

/// One planned write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Its name among all steps, computed from the source.
    pub name: String,
    /// The decision that planned it.
    pub decision: i64,
    /// The flow.
    pub flow: String,
    /// The account.
    pub account: String,
    /// The subject.
    pub key: String,
    /// What it does, in the seller's words.
    pub title: Text,
    /// The write as JSON; buyer data masked when `sealed` holds the whole.
    pub body: Value,
    /// The whole write, sealed.
    #[serde(skip)]
    pub sealed: Option<Vec<u8>>,
    /// A hash of the whole write.
    pub body_hash: String,
    /// External ids of records that must be linked first.
    pub needs: Vec<String>,
    /// What must be true afterwards, as JSON.
    pub expect: Option<Value>,
    /// The group that a person approves.
    pub hold: Option<String>,
    /// The Amazon thing that the record is linked to: kind and key.
    pub link: Option<(String, String)>,
    /// Where it stands.
    pub state: StepState,
    /// What it did.
    pub outcome: Option<Outcome>,
    /// The record's type.
    pub record: Option<String>,
    /// NetSuite's id of the record.
    pub record_id: Option<String>,
    /// Whether it was read back and found as expected.
    pub confirmed: bool,
    /// Sendings so far, since it was planned.
    pub tries: u32,
    /// Not before this instant.
    pub next_at: Option<DateTime<Utc>>,
    /// How the last sending failed, as JSON.
    pub failure: Option<Value>,
    /// When it was planned.
    pub planned_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

const COLUMNS: &str = "name, decision, flow, account, key, title, body, sealed, body_hash, expect, hold, link_kind, \
                       link_key, state, outcome, record, record_id, confirmed, tries, next_at, failure, planned_at, \
                       changed_at, (SELECT json_group_array(external_id) FROM step_needs WHERE step = steps.name)";

fn step(row: &Row<'_>) -> rusqlite::Result<Step> {
    let link: (Option<String>, Option<String>) = (row.get(11)?, row.get(12)?);
    Ok(Step {
        name: row.get(0)?,
        decision: row.get(1)?,
        flow: row.get(2)?,
        account: row.get(3)?,
        key: row.get(4)?,
        title: row.get::<_, Json<Text>>(5)?.0,
        body: row.get::<_, Json<Value>>(6)?.0,
        sealed: row.get(7)?,
        body_hash: row.get(8)?,
        expect: row.get::<_, Option<Json<Value>>>(9)?.map(|json| json.0),
        hold: row.get(10)?,
        link: link.0.zip(link.1),
        state: row.get(13)?,
        outcome: row.get(14)?,
        record: row.get(15)?,
        record_id: row.get(16)?,
        confirmed: row.get(17)?,
        tries: row.get(18)?,
        next_at: row.get::<_, Option<At>>(19)?.map(|at| at.0),
        failure: row.get::<_, Option<Json<Value>>>(20)?.map(|json| json.0),
        planned_at: row.get::<_, At>(21)?.0,
        changed_at: row.get::<_, At>(22)?.0,
        needs: row.get::<_, Json<Vec<String>>>(23)?.0,
    })
}

/// Records a step; a step of the same name is replaced (the engine asks first whether it may).
pub fn put(db: &Writer<'_>, new: &Step) -> Result<()> {
    let (kind, key) = new.link.clone().unzip();
    db.sql()
        .prepare_cached(
            "INSERT INTO steps (name, decision, flow, account, key, title, body, sealed, body_hash, expect, hold,
                                link_kind, link_key, state, outcome, record, record_id, confirmed, tries, next_at,
                                failure, planned_at, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                     ?22, ?23)
             ON CONFLICT (name) DO UPDATE SET
                 decision = excluded.decision, flow = excluded.flow, account = excluded.account, key = excluded.key,
                 title = excluded.title, body = excluded.body, sealed = excluded.sealed,
                 body_hash = excluded.body_hash, expect = excluded.expect, hold = excluded.hold,
                 link_kind = excluded.link_kind, link_key = excluded.link_key, state = excluded.state,
                 outcome = excluded.outcome, record = excluded.record, record_id = excluded.record_id,
                 confirmed = excluded.confirmed, tries = excluded.tries, next_at = excluded.next_at,
                 failure = excluded.failure, planned_at = excluded.planned_at, changed_at = excluded.changed_at",
        )?
        .execute(params![
            new.name,
            new.decision,
            new.flow,
            new.account,
            new.key,
            Json(&new.title),
            Json(&new.body),
            new.sealed,
            new.body_hash,
            new.expect.as_ref().map(Json),
            new.hold,
            kind,
            key,
            new.state,
            new.outcome,
            new.record,
            new.record_id,
            new.confirmed,
            new.tries,
            new.next_at.map(At),
            new.failure.as_ref().map(Json),
            At(new.planned_at),
            At(new.changed_at)
        ])?;
    db.sql()
        .prepare_cached("DELETE FROM step_needs WHERE step = ?1")?
        .execute([&new.name])?;
    for need in &new.needs {
        db.sql()
            .prepare_cached("INSERT OR IGNORE INTO step_needs (step, external_id) VALUES (?1, ?2)")?
            .execute([&new.name, need])?;
    }
    Ok(())
}

/// One step.
pub fn get(db: &Reader<'_>, name: &str) -> Result<Option<Step>> {
    let sql = format!("SELECT {COLUMNS} FROM steps WHERE name = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([name], step).optional()?)
}

/// Which planned steps may be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch {
    /// Those of one flow in one account.
    Flow {
        /// The flow.
        flow: String,
        /// The account.
        account: String,
    },
    /// Those that were held as one group, in any flow.
    Group(String),
}

impl Batch {
    /// The condition over `?1` and `?2`, and their values: written so that an index serves each kind.
    fn condition(&self) -> (&'static str, &str, &str) {
        match self {
            Self::Flow { flow, account } => ("flow = ?1 AND account = ?2", flow, account),
            Self::Group(hold) => ("hold = ?1 AND ?2 = ''", hold, ""),
        }
    }

    /// The table to look in for what was not yet read back: of a flow these are few among many finished ones.
    fn unread(&self) -> &'static str {
        match self {
            Self::Flow { .. } => "steps INDEXED BY steps_unconfirmed",
            Self::Group(_) => "steps",
        }
    }
}

const GROUNDED: &str = "NOT EXISTS (SELECT 1 FROM step_needs AS need WHERE need.step = steps.name
                        AND NOT EXISTS (SELECT 1 FROM links WHERE links.external_id = need.external_id))";

/// Takes planned steps whose time has come and whose ground is confirmed, and marks them `sending`, in the order of
/// their planning. They are the caller's to send once the transaction is on the disk.
pub fn claim(db: &Writer<'_>, batch: &Batch, now: DateTime<Utc>, limit: usize) -> Result<Vec<Step>> {
    let (mine, first, second) = batch.condition();
    let sql = format!(
        "SELECT {COLUMNS} FROM steps
         WHERE state = 'planned' AND {mine} AND (next_at IS NULL OR next_at <= ?3) AND {GROUNDED}
         ORDER BY id LIMIT ?4"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = query.query_map(params![first, second, At(now), limit], step)?;
    let mut claimed: Vec<Step> = rows.collect::<rusqlite::Result<_>>()?;
    for step in &mut claimed {
        step.state = StepState::Sending;
        step.tries += 1;
        step.changed_at = now;
        db.sql()
            .prepare_cached("UPDATE steps SET state = 'sending', tries = tries + 1, changed_at = ?2 WHERE name = ?1")?
            .execute(params![step.name, At(now)])?;
    }
    Ok(claimed)
}

/// When the next planned step whose ground is confirmed may be sent, among those with fewer than `tries` sendings.
pub fn next_due(db: &Reader<'_>, batch: &Batch, tries: u32) -> Result<Option<DateTime<Utc>>> {
    let (mine, first, second) = batch.condition();
    let sql = format!(
        "SELECT min(ifnull(next_at, 0)) FROM steps
         WHERE state IN ('planned', 'unanswered') AND {mine} AND tries < ?3 AND {GROUNDED}"
    );
    let at: Option<At> = db
        .sql()
        .prepare_cached(&sql)?
        .query_row(params![first, second, tries], |row| row.get(0))?;
    Ok(at.map(|at| at.0))
}

/// The flow and account of each unfinished step whose record a planned step of the batch still needs.
pub fn makers(db: &Reader<'_>, batch: &Batch) -> Result<Vec<(String, String)>> {
    let (mine, first, second) = batch.condition();
    let sql = format!(
        "SELECT DISTINCT flow, account FROM steps
         WHERE state IN ('planned', 'sending', 'unanswered') AND name IN (
             SELECT need.external_id FROM step_needs AS need
             WHERE need.step IN (SELECT name FROM steps WHERE state = 'planned' AND {mine})
             AND NOT EXISTS (SELECT 1 FROM links WHERE links.external_id = need.external_id))
         ORDER BY flow, account"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map([first, second], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Steps that were sent and whose fate is unknown, due for a probe.
pub fn in_the_air(db: &Reader<'_>, batch: &Batch, now: DateTime<Utc>) -> Result<Vec<Step>> {
    let (mine, first, second) = batch.condition();
    let sql = format!(
        "SELECT {COLUMNS} FROM steps
         WHERE state = 'unanswered' AND {mine} AND (next_at IS NULL OR next_at <= ?3) ORDER BY id"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map(params![first, second, At(now)], step)?
        .collect::<rusqlite::Result<_>>()?)
}

/// After a stop: every step that was on its way becomes unanswered, so that it is probed before anything is repeated.
pub fn sending_becomes_unanswered(db: &Writer<'_>, now: DateTime<Utc>) -> Result<usize> {
    Ok(db.sql().execute(
        "UPDATE steps SET state = 'unanswered', next_at = NULL, changed_at = ?1 WHERE state = 'sending'",
        [At(now)],
    )?)
}

/// Before a batch is gone through: what is still on its way belongs to a run that broke off, since no two go through one
/// batch at a time. It is probed before anything is repeated. What is held as a group is that group's own.
pub fn broken_off(db: &Writer<'_>, batch: &Batch, now: DateTime<Utc>) -> Result<usize> {
    let (mine, first, second) = batch.condition();
    let alone = match batch {
        Batch::Flow { .. } => "AND hold IS NULL",
        Batch::Group(_) => "",
    };
    let sql = format!(
        "UPDATE steps SET state = 'unanswered', next_at = NULL, changed_at = ?3 WHERE state = 'sending' AND {mine} {alone}"
    );
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .execute(params![first, second, At(now)])?)
}

/// How a sending ended.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The new failure, as JSON; nothing clears it.
    pub failure: Option<Value>,
    /// Not before this instant.
    pub next_at: Option<DateTime<Utc>>,
    /// Whether the count of sendings starts anew.
    pub forget_tries: bool,
}

/// Moves a step to a state that is not `done`.
pub fn set_state(db: &Writer<'_>, name: &str, state: StepState, change: &Change, now: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE steps SET state = ?2, failure = ?3, next_at = ?4, changed_at = ?5,
                              tries = CASE WHEN ?6 THEN 0 ELSE tries END
             WHERE name = ?1",
        )?
        .execute(params![
            name,
            state,
            change.failure.as_ref().map(Json),
            change.next_at.map(At),
            At(now),
            change.forget_tries
        ])?;
    Ok(())
}

/// Where a step stood that nobody had sent, so that it can stand there again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unsent {
    /// The step.
    pub name: String,
    /// Where it stood.
    pub state: StepState,
    /// How its last sending failed.
    pub failure: Option<Value>,
    /// Not before this instant.
    pub next_at: Option<DateTime<Utc>>,
    /// When it had last changed.
    pub changed_at: DateTime<Utc>,
}

impl Step {
    /// Where it stands, if nobody has sent it.
    pub fn unsent(&self) -> Option<Unsent> {
        let unsent = matches!(self.state, StepState::Planned | StepState::Held | StepState::Refused);
        unsent.then(|| Unsent {
            name: self.name.clone(),
            state: self.state,
            failure: self.failure.clone(),
            next_at: self.next_at,
            changed_at: self.changed_at,
        })
    }
}

/// Lets a withdrawn step stand where it stood; nothing changes for one that was planned anew meanwhile.
pub fn restore(db: &Writer<'_>, to: &Unsent) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE steps SET state = ?2, failure = ?3, next_at = ?4, changed_at = ?5
             WHERE name = ?1 AND state = 'withdrawn'",
        )?
        .execute(params![
            to.name,
            to.state,
            to.failure.as_ref().map(Json),
            to.next_at.map(At),
            At(to.changed_at)
        ])?;
    Ok(())
}

/// Counts one more try: a probe that got no answer either.
pub fn count_try(db: &Writer<'_>, name: &str) -> Result<()> {
    db.sql()
        .prepare_cached("UPDATE steps SET tries = tries + 1 WHERE name = ?1")?
        .execute([name])?;
    Ok(())
}

/// A step reached the books.
#[derive(Debug, Clone)]
pub struct Finished<'a> {
    /// The step.
    pub name: &'a str,
    /// What it did.
    pub outcome: Outcome,
    /// The record's type.
    pub record: Option<&'a str>,
    /// NetSuite's id of it.
    pub record_id: Option<&'a str>,
    /// Whether nothing is left to be read back.
    pub confirmed: bool,
}

/// Marks a step `done`.
pub fn finish(db: &Writer<'_>, done: &Finished<'_>, now: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE steps SET state = 'done', outcome = ?2, record = ?3, record_id = ?4, confirmed = ?5, failure = NULL,
                              next_at = NULL, changed_at = ?6
             WHERE name = ?1",
        )?
        .execute(params![done.name, done.outcome, done.record, done.record_id, done.confirmed, At(now)])?;
    Ok(())
}

/// Notes that a finished step was read back.
pub fn confirm(db: &Writer<'_>, name: &str) -> Result<()> {
    db.sql()
        .prepare_cached("UPDATE steps SET confirmed = 1 WHERE name = ?1")?
        .execute([name])?;
    Ok(())
}

/// Asks for the finished transactions of one subject to be read back again: those that a question is open about.
pub fn doubt(db: &Writer<'_>, flow: &str, account: &str, key: &str) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE steps SET confirmed = 0
             WHERE flow = ?1 AND account = ?2 AND key = ?3 AND state = 'done'
               AND EXISTS (SELECT 1 FROM problems WHERE problems.key = ?3 AND problems.step = steps.name
                           AND problems.tab IN ('needs_you', 'retrying')
                           AND (steps.expect IS NOT NULL OR problems.code = 'NETSUITE_EDITED'))",
        )?
        .execute([flow, account, key])?;
    Ok(())
}

/// Finished steps that were not yet read back.
pub fn unconfirmed(db: &Reader<'_>, batch: &Batch, limit: u32) -> Result<Vec<Step>> {
    let (mine, first, second) = batch.condition();
    let steps = batch.unread();
    let sql =
        format!("SELECT {COLUMNS} FROM {steps} WHERE state = 'done' AND confirmed = 0 AND {mine} ORDER BY id LIMIT ?3");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map(params![first, second, limit], step)?
        .collect::<rusqlite::Result<_>>()?)
}

/// How many finished steps were not yet read back, of those that changed since an instant.
pub fn count_unconfirmed(db: &Reader<'_>, batch: &Batch, since: DateTime<Utc>) -> Result<u64> {
    let (mine, first, second) = batch.condition();
    let steps = batch.unread();
    let sql =
        format!("SELECT count(*) FROM {steps} WHERE state = 'done' AND confirmed = 0 AND changed_at >= ?3 AND {mine}");
    let count: i64 = db
        .sql()
        .prepare_cached(&sql)?
        .query_row(params![first, second, At(since)], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The steps of one subject in one flow, in the order of their planning.
pub fn of_subject(db: &Reader<'_>, flow: &str, account: &str, key: &str) -> Result<Vec<Step>> {
    let sql = format!("SELECT {COLUMNS} FROM steps WHERE key = ?3 AND flow = ?1 AND account = ?2 ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map([flow, account, key], step)?
        .collect::<rusqlite::Result<_>>()?)
}

/// The records of a held group that were made or adopted and have not been taken back, with what each belongs to. Their
/// bodies are left where they are.
pub fn standing(db: &Reader<'_>, hold: &str) -> Result<Vec<(String, String)>> {
    let mut query = db.sql().prepare_cached(
        "SELECT coalesce(link_key, key), name FROM steps
         WHERE hold = ?1 AND state = 'done' AND outcome IN ('created', 'adopted') ORDER BY id",
    )?;
    let names = query.query_map([hold], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// All steps about a key in any flow, in the order of their planning.
pub fn about(db: &Reader<'_>, key: &str) -> Result<Vec<Step>> {
    let sql = format!("SELECT {COLUMNS} FROM steps WHERE key = ?1 ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([key], step)?.collect::<rusqlite::Result<_>>()?)
}

/// The steps of a held group, in the order of their planning.
pub fn of_group(db: &Reader<'_>, hold: &str) -> Result<Vec<Step>> {
    let sql = format!("SELECT {COLUMNS} FROM steps WHERE hold = ?1 ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([hold], step)?.collect::<rusqlite::Result<_>>()?)
}

/// The journal entries that were planned and not withdrawn, whatever became of them.
pub fn journals(db: &Reader<'_>) -> Result<Vec<Step>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM steps
         WHERE state <> 'withdrawn' AND sealed IS NULL AND body LIKE '%\"record\":\"journalEntry\"%' ORDER BY id"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([], step)?.collect::<rusqlite::Result<_>>()?)
}

/// Releases the held steps of a group; how many there were.
pub fn release(db: &Writer<'_>, hold: &str, now: DateTime<Utc>) -> Result<usize> {
    Ok(db.sql().execute(
        "UPDATE steps SET state = 'planned', next_at = NULL, tries = 0, changed_at = ?2 WHERE hold = ?1 AND state = 'held'",
        params![hold, At(now)],
    )?)
}

/// The steps that stand in a state, oldest first, at most `limit`.
pub fn in_state(db: &Reader<'_>, state: StepState, limit: u32) -> Result<Vec<Step>> {
    let sql = format!("SELECT {COLUMNS} FROM steps WHERE state = ?1 ORDER BY id LIMIT ?2");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map(params![state, limit], step)?
        .collect::<rusqlite::Result<_>>()?)
}
