//! What was decided about each subject, with the reason and the evidence. Earlier decisions about the same subject are
//! kept, so that an order's time line can be told.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{Money, Text};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json, money_at, money_columns};
use crate::{Reader, Result, Writer};

mod counted;
mod listed;

pub(crate) use counted::COUNTED;
pub use counted::{Sold, sold};
pub use listed::{After, Filter, Sort, by_day, count, count_each, end_of, list, search};

pub(crate) const SCHEMA: &str = "
CREATE TABLE decisions (
    id          INTEGER PRIMARY KEY,
    flow        TEXT NOT NULL,
    account     TEXT NOT NULL,
    key         TEXT NOT NULL,
    run         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    reason      TEXT,
    state       TEXT NOT NULL,
    facts       TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    marketplace TEXT,
    happened_on TEXT NOT NULL,      -- the business day, ISO; empty when there is none
    total       INTEGER,            -- ten-thousandths of `currency`
    currency    TEXT,
    decided_at  INTEGER NOT NULL,
    current     INTEGER NOT NULL    -- 1: the latest about this subject
) STRICT;
CREATE UNIQUE INDEX decisions_current ON decisions (flow, account, key) WHERE current = 1;
CREATE INDEX decisions_by_key ON decisions (key);
CREATE INDEX decisions_by_day ON decisions (happened_on, id) WHERE current = 1;
CREATE INDEX decisions_by_state ON decisions (state, flow, account) WHERE current = 1;
CREATE INDEX decisions_by_run ON decisions (run);
";

/// What lists sort and narrow by, copied out of the facts so that an index serves it.
pub(crate) const LISTED: &str = "
ALTER TABLE decisions ADD COLUMN happened_at INTEGER NOT NULL DEFAULT 0; -- the fact `ordered`, else the business day
ALTER TABLE decisions ADD COLUMN due_at INTEGER;                         -- the fact `ship_by`
ALTER TABLE decisions ADD COLUMN status TEXT NOT NULL DEFAULT '';        -- the fact `status`
UPDATE decisions SET
    happened_at = 1000 * coalesce(
        (SELECT unixepoch(json_extract(value, '$.value.value')) FROM json_each(facts)
         WHERE json_extract(value, '$.name') = 'ordered'),
        unixepoch(nullif(happened_on, '')), 0),
    due_at = 1000 * (SELECT unixepoch(json_extract(value, '$.value.value')) FROM json_each(facts)
                     WHERE json_extract(value, '$.name') = 'ship_by'),
    status = ifnull((SELECT json_extract(value, '$.value.value') FROM json_each(facts)
                     WHERE json_extract(value, '$.name') = 'status'), '');
DROP INDEX decisions_by_day;
-- Everything that lists narrow by, so that only the rows of a page are read from the table itself.
CREATE INDEX decisions_listed
    ON decisions (happened_at, id, flow, marketplace, state, status, happened_on, due_at, key) WHERE current = 1;
";

crate::words! {
    /// What was decided.
    pub enum Verdict {
        /// Writes to make.
        Act = "act",
        /// Nothing to do, and here is why.
        Skip = "skip",
        /// Not yet.
        Wait = "wait",
        /// A person must choose.
        Ask = "ask",
    }
}

crate::words! {
    /// Where a subject stands, as the screens say it (flows.md §1.6).
    pub enum State {
        /// A precondition is missing; looked at again by itself.
        Waiting = "waiting",
        /// Decided, and not sent yet.
        Ready = "ready",
        /// Decided, and held until a person approves.
        Held = "held",
        /// Sent, result pending.
        Sent = "sent",
        /// In the books.
        Done = "done",
        /// A rule leaves it out.
        Ignored = "ignored",
        /// Only a person can decide.
        NeedsYou = "needs_you",
        /// A write failed.
        Error = "error",
        /// A person left it out.
        Excluded = "excluded",
        /// Taken back by a person.
        Undone = "undone",
    }
}

/// A decision about one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// The flow.
    pub flow: String,
    /// The account: `eu:A1SELLER`.
    pub account: String,
    /// The subject's lasting name.
    pub key: String,
    /// The run that decided.
    pub run: String,
    /// A hash of what was seen and decided; the same again means that nothing happened.
    pub fingerprint: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Why nothing is written (skip, wait), or the first question (ask).
    pub reason: Option<Text>,
    /// Where the subject stands.
    pub state: State,
    /// What lists show: name and value pairs, never buyer data.
    pub facts: Value,
    /// The subject as it was seen, buyer data left out.
    pub evidence: Value,
    /// The marketplace's Amazon id.
    pub marketplace: Option<String>,
    /// The business day.
    pub happened_on: Option<NaiveDate>,
    /// The subject's amount.
    pub total: Option<Money>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
}

impl Decision {
    /// The instant that lists sort by: that of the purchase, else the start of the business day, else the oldest.
    pub fn happened_at(&self) -> DateTime<Utc> {
        let day = self.happened_on.map(|day| day.and_time(NaiveTime::MIN).and_utc());
        self.instant("ordered").or(day).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// The instant by which the subject must be dealt with: an order's latest ship time.
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        self.instant("ship_by")
    }

    fn fact(&self, name: &str) -> Option<&Value> {
        let facts = self.facts.as_array()?;
        facts.iter().find(|fact| fact["name"] == name)?.pointer("/value/value")
    }

    fn instant(&self, name: &str) -> Option<DateTime<Utc>> {
        self.fact(name)?.as_str()?.parse().ok()
    }
}

const COLUMNS: &str = "id, flow, account, key, run, fingerprint, verdict, reason, state, facts, evidence, marketplace, \
                       happened_on, total, currency, decided_at";

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let day: String = row.get(12)?;
    let happened_on = Some(day)
        .filter(|day| !day.is_empty())
        .map(|day| day.parse::<NaiveDate>())
        .transpose()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(12, Type::Text, Box::new(error)))?;
    Ok(Decision {
        id: row.get(0)?,
        flow: row.get(1)?,
        account: row.get(2)?,
        key: row.get(3)?,
        run: row.get(4)?,
        fingerprint: row.get(5)?,
        verdict: row.get(6)?,
        reason: row.get::<_, Option<Json<Text>>>(7)?.map(|text| text.0),
        state: row.get(8)?,
        facts: row.get::<_, Json<Value>>(9)?.0,
        evidence: row.get::<_, Json<Value>>(10)?.0,
        marketplace: row.get(11)?,
        happened_on,
        total: money_at(row, 13)?,
        decided_at: row.get::<_, At>(15)?.0,
    })
}

/// Stores a decision as the current one about its subject; returns its row id.
pub fn insert(db: &Writer<'_>, new: &Decision) -> Result<i64> {
    let (total, currency) = money_columns(new.total)?;
    db.sql()
        .prepare_cached(
            "UPDATE decisions SET current = 0 WHERE flow = ?1 AND account = ?2 AND key = ?3 AND current = 1",
        )?
        .execute(params![new.flow, new.account, new.key])?;
    db.sql()
        .prepare_cached(
            "INSERT INTO decisions (flow, account, key, run, fingerprint, verdict, reason, state, facts, evidence,
                                    marketplace, happened_on, total, currency, decided_at, current, happened_at, due_at,
                                    status)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 1, ?16, ?17, ?18)",
        )?
        .execute(params![
            new.flow,
            new.account,
            new.key,
            new.run,
            new.fingerprint,
            new.verdict,
            new.reason.as_ref().map(Json),
            new.state,
            Json(&new.facts),
            Json(&new.evidence),
            new.marketplace,
            new.happened_on.map(|day| day.to_string()).unwrap_or_default(),
            total,
            currency,
            At(new.decided_at),
            At(new.happened_at()),
            new.due_at().map(At),
            new.fact("status").and_then(Value::as_str).unwrap_or_default()
        ])?;
    Ok(db.sql().last_insert_rowid())
}

/// Moves the current decision about a subject to another state.
pub fn set_state(db: &Writer<'_>, flow: &str, account: &str, key: &str, state: State) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE decisions SET state = ?4 WHERE flow = ?1 AND account = ?2 AND key = ?3 AND current = 1",
        )?
        .execute(params![flow, account, key, state])?;
    Ok(())
}

/// The current decision about a subject.
pub fn current(db: &Reader<'_>, flow: &str, account: &str, key: &str) -> Result<Option<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE flow = ?1 AND account = ?2 AND key = ?3 AND current = 1");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([flow, account, key], decision)
        .optional()?)
}

/// Where a subject stands, without what was decided and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The current decision's row id.
    pub id: i64,
    /// What it was decided from and what it says ([`Decision::fingerprint`]).
    pub fingerprint: String,
    /// What it says.
    pub verdict: Verdict,
    /// Where the subject stands.
    pub state: State,
}

/// Where a subject stands: asked after every change of it, so that its facts are left where they are.
pub fn standing(db: &Reader<'_>, flow: &str, account: &str, key: &str) -> Result<Option<Standing>> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT id, fingerprint, verdict, state FROM decisions
             WHERE flow = ?1 AND account = ?2 AND key = ?3 AND current = 1",
        )?
        .query_row([flow, account, key], |row| {
            Ok(Standing {
                id: row.get(0)?,
                fingerprint: row.get(1)?,
                verdict: row.get(2)?,
                state: row.get(3)?,
            })
        })
        .optional()?)
}

/// A decision by its row id.
pub fn get(db: &Reader<'_>, id: i64) -> Result<Option<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], decision).optional()?)
}

/// The newest decision about a key in any of these flows.
pub fn newest(db: &Reader<'_>, key: &str, flows: &[&str]) -> Result<Option<Decision>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM decisions WHERE key = ?1 AND flow IN (SELECT value FROM json_each(?2))
         ORDER BY id DESC LIMIT 1"
    );
    let flows = serde_json::to_string(flows)?;
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_row([key, flows.as_str()], decision).optional()?)
}

/// All decisions about a key in any flow, oldest first.
pub fn about(db: &Reader<'_>, key: &str) -> Result<Vec<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE key = ?1 ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([key], decision)?.collect::<rusqlite::Result<_>>()?)
}

/// An order as one decision about it was told of it: a few words of its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The flow that decided.
    pub flow: String,
    /// The marketplace.
    pub marketplace: Option<String>,
    /// When the order was placed, as the evidence writes it.
    pub created: Option<String>,
    /// When it had changed last, as the evidence writes it.
    pub updated: Option<String>,
    /// Its status in Amazon's words.
    pub status: Option<String>,
}

/// How an order was told of in any flow, the oldest telling first. Their evidence is read where it stands.
pub fn tellings(db: &Reader<'_>, key: &str) -> Result<Vec<Telling>> {
    let mut query = db.sql().prepare_cached(
        "SELECT flow, marketplace, evidence ->> '$.order.created', evidence ->> '$.order.updated',
                evidence ->> '$.order.status'
         FROM decisions WHERE key = ?1 ORDER BY id",
    )?;
    let rows = query.query_map([key], |row| {
        Ok(Telling {
            flow: row.get(0)?,
            marketplace: row.get(1)?,
            created: row.get(2)?,
            updated: row.get(3)?,
            status: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The accounts in which any flow has decided about these keys; unknown keys are left out.
pub fn accounts_of(db: &Reader<'_>, keys: &[String]) -> Result<BTreeMap<String, Vec<String>>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT DISTINCT key, account FROM decisions WHERE key IN (SELECT value FROM json_each(?1))")?;
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let rows = query.query_map([Value::from(keys).to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for row in rows {
        let (key, account): (String, String) = row?;
        found.entry(key).or_default().push(account);
    }
    Ok(found)
}

/// The keys that a flow looks at again on each run: waiting, sent, asking, failed. Oldest first, at most `limit`.
pub fn open_keys(db: &Reader<'_>, flow: &str, account: &str, limit: u32) -> Result<Vec<String>> {
    let mut query = db.sql().prepare_cached(
        "SELECT key FROM decisions
         WHERE current = 1 AND flow = ?1 AND account = ?2 AND state IN ('waiting', 'sent', 'needs_you', 'error')
         ORDER BY id LIMIT ?3",
    )?;
    Ok(query
        .query_map(params![flow, account, limit], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// How many current subjects of each state the flows have.
pub fn states(db: &Reader<'_>, flow: &str) -> Result<Vec<(State, u64)>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT state, count(*) FROM decisions WHERE current = 1 AND flow = ?1 GROUP BY state")?;
    let rows = query.query_map([flow], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What one run decided, newest first, at most `limit`.
pub fn of_run(db: &Reader<'_>, run: &str, limit: u32) -> Result<Vec<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE run = ?1 ORDER BY id DESC LIMIT ?2");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map(params![run, limit], decision)?
        .collect::<rusqlite::Result<_>>()?)
}
