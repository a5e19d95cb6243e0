//! What was decided about each subject, with the reason and the evidence. Earlier decisions about the same subject are
//! kept, so that an order's time line can be told.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{Money, Text};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json, money_at, money_columns};
use crate::{Reader, Result, Writer};

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

/// A decision by its row id.
pub fn get(db: &Reader<'_>, id: i64) -> Result<Option<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], decision).optional()?)
}

/// All decisions about a key in any flow, oldest first.
pub fn about(db: &Reader<'_>, key: &str) -> Result<Vec<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE key = ?1 ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([key], decision)?.collect::<rusqlite::Result<_>>()?)
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

/// Which subjects a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The flows whose subjects are listed.
    pub flows: Vec<String>,
    /// Only these states; empty: all.
    pub states: Vec<State>,
    /// Only these statuses of the source, such as `UNSHIPPED`; empty: all.
    pub statuses: Vec<String>,
    /// Only this marketplace.
    pub marketplace: Option<String>,
    /// Only business days from this one on.
    pub since: Option<NaiveDate>,
    /// Only what is due before this instant.
    pub due_before: Option<DateTime<Utc>>,
    /// Only subjects that a record of this kind is linked to, such as `refund`.
    pub linked: Option<String>,
    /// Only these subjects, such as those that [`search`] found.
    pub keys: Option<Vec<String>>,
}

/// In which order a list shows its subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The latest purchase first.
    #[default]
    Newest,
    /// What is due soonest first.
    Due,
}

/// Sorts behind every instant.
const NEVER: i64 = 9_007_199_254_740_991;

impl Sort {
    /// What comes after a row, and the order, in SQL.
    const fn sql(self) -> (&'static str, &'static str) {
        match self {
            Self::Newest => ("(happened_at, id) < (:first, :second)", "happened_at DESC, id DESC"),
            Self::Due => (
                "(ifnull(due_at, 9007199254740991), id) > (:first, :second)",
                "ifnull(due_at, 9007199254740991), id",
            ),
        }
    }

    /// Where a row stands in this order.
    fn of(self, row: &Decision) -> After {
        let first = match self {
            Self::Newest => row.happened_at().timestamp_millis(),
            Self::Due => row.due_at().map_or(NEVER, |at| at.timestamp_millis()),
        };
        After { first, second: row.id }
    }
}

/// Where a page ended: the next one goes on from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct After {
    /// The last row's sort key.
    pub first: i64,
    /// The last row's id.
    pub second: i64,
}

/// Where a page of these rows ended.
pub fn end_of(rows: &[Decision], sort: Sort) -> Option<After> {
    rows.last().map(|row| sort.of(row))
}

/// Current decisions in an order; paged by key, never by offset (P5).
pub fn list(db: &Reader<'_>, filter: &Filter, sort: Sort, after: Option<After>, limit: u32) -> Result<Vec<Decision>> {
    let (beyond, order) = sort.sql();
    let mut narrow = narrow(filter);
    if let Some(After { first, second }) = after {
        narrow.push(beyond, ":first", first.into());
        narrow.values.push((":second", second.into()));
    }
    narrow.values.push((":limit", limit.into()));
    let sql = format!(
        "SELECT {COLUMNS} FROM decisions INDEXED BY decisions_listed WHERE {} ORDER BY {order} LIMIT :limit",
        narrow.sql
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(narrow.bound().as_slice(), decision)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many subjects a filter shows.
pub fn count(db: &Reader<'_>, filter: &Filter) -> Result<u64> {
    let narrow = narrow(filter);
    let sql = format!(
        "SELECT count(*) FROM decisions INDEXED BY decisions_listed WHERE {}",
        narrow.sql
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let count: i64 = query.query_row(narrow.bound().as_slice(), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// How many subjects each of many filters shows, counted in one pass.
pub fn count_each(db: &Reader<'_>, filters: &[Filter]) -> Result<Vec<u64>> {
    let mut columns = Vec::new();
    let mut values = Vec::new();
    for (index, filter) in filters.iter().enumerate() {
        let narrow = narrow(filter);
        let mut condition = narrow.sql;
        for (name, value) in narrow.values {
            let own = format!("{name}_{index}");
            condition = condition.replace(name, &own);
            values.push((own, value));
        }
        columns.push(format!("count(*) FILTER (WHERE {condition})"));
    }
    let sql = format!(
        "SELECT {} FROM decisions INDEXED BY decisions_listed WHERE current = 1",
        columns.join(", ")
    );
    let bound: Vec<(&str, &dyn rusqlite::ToSql)> = values
        .iter()
        .map(|(name, value)| (name.as_str(), value as &dyn rusqlite::ToSql))
        .collect();
    let mut query = db.sql().prepare_cached(&sql)?;
    let counts = query.query_row(bound.as_slice(), |row| {
        (0..filters.len())
            .map(|index| Ok(row.get::<_, i64>(index)?.unsigned_abs()))
            .collect()
    })?;
    Ok(counts)
}

/// The keys of current subjects that contain a text in their key, their facts in any flow or their document numbers,
/// without regard to case, and those of the settlement of this id; at most 10,000.
pub fn search(db: &Reader<'_>, text: &str) -> Result<Vec<String>> {
    let mut query = db.sql().prepare_cached(
        "SELECT key FROM decisions WHERE current = 1 AND (key LIKE ?1 ESCAPE '\\' OR facts LIKE ?1 ESCAPE '\\')
         UNION SELECT key FROM links WHERE document LIKE ?1 ESCAPE '\\'
         UNION SELECT order_id FROM settlement_orders
               WHERE settlement = (SELECT settlements.key FROM settlements WHERE settlements.id = ?2)
         LIMIT 10000",
    )?;
    let keys = query.query_map([contains(text).as_str(), text], |row| row.get(0))?;
    Ok(keys.collect::<rusqlite::Result<_>>()?)
}

/// The conditions of a filter that are set, and their values: SQLite then answers most of them from one index.
struct Narrow {
    sql: String,
    values: Vec<(&'static str, rusqlite::types::Value)>,
}

impl Narrow {
    fn push(&mut self, condition: &str, name: &'static str, value: rusqlite::types::Value) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.push((name, value));
    }

    fn bound(&self) -> Vec<(&str, &dyn rusqlite::ToSql)> {
        self.values
            .iter()
            .map(|(name, value)| (*name, value as &dyn rusqlite::ToSql))
            .collect()
    }
}

fn narrow(filter: &Filter) -> Narrow {
    let mut narrow = Narrow {
        sql: "current = 1".to_owned(),
        values: Vec::new(),
    };
    let lists: [(&str, &'static str, Vec<&str>); 3] = [
        (
            "flow IN (SELECT value FROM json_each(:flows))",
            ":flows",
            filter.flows.iter().map(String::as_str).collect(),
        ),
        (
            "state IN (SELECT value FROM json_each(:states))",
            ":states",
            filter.states.iter().map(|state| state.word()).collect(),
        ),
        (
            "status IN (SELECT value FROM json_each(:statuses))",
            ":statuses",
            filter.statuses.iter().map(String::as_str).collect(),
        ),
    ];
    for (condition, name, words) in lists {
        if !words.is_empty() {
            narrow.push(condition, name, Value::from(words).to_string().into());
        }
    }
    if let Some(marketplace) = &filter.marketplace {
        narrow.push("marketplace = :marketplace", ":marketplace", marketplace.clone().into());
    }
    if let Some(since) = filter.since {
        narrow.push("happened_on >= :since", ":since", since.to_string().into());
    }
    if let Some(due) = filter.due_before {
        narrow.push("due_at < :due", ":due", due.timestamp_millis().into());
    }
    if let Some(kind) = &filter.linked {
        let condition = "EXISTS (SELECT 1 FROM links WHERE links.key = decisions.key AND links.kind = :linked)";
        narrow.push(condition, ":linked", kind.clone().into());
    }
    if let Some(keys) = &filter.keys {
        let keys = Value::from(keys.as_slice()).to_string();
        narrow.push("key IN (SELECT value FROM json_each(:keys))", ":keys", keys.into());
    }
    narrow
}

/// A `LIKE` pattern that finds `text` anywhere, with its own wildcards taken literally.
pub(crate) fn contains(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
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
