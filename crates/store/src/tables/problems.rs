//! What a person must settle, grouped by cause (CMN-24 to CMN-27). Nothing leaves the list except by success, by a rule
//! that can be read, or by a person (CMN-23).

use chrono::{DateTime, Utc};
use domain::{Money, Text};
use rusqlite::{OptionalExtension, Row, named_params, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::tables::{attempts, cause_notes};
use crate::values::{At, Json, money_at, money_columns};
use crate::{Reader, Result, Writer, snoozes};

pub(crate) const SCHEMA: &str = "
CREATE TABLE problems (
    id          INTEGER PRIMARY KEY,
    flow        TEXT NOT NULL,
    account     TEXT NOT NULL,
    key         TEXT NOT NULL,
    step        TEXT,
    marketplace TEXT,
    tab         TEXT NOT NULL,
    code        TEXT NOT NULL,
    cause       TEXT NOT NULL,
    what        TEXT NOT NULL,
    why         TEXT NOT NULL,
    about       TEXT NOT NULL,
    remedies    TEXT NOT NULL,
    stake       INTEGER,            -- ten-thousandths of `currency`
    currency    TEXT,
    opened_at   INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    times       INTEGER NOT NULL,
    closed_at   INTEGER,
    closed_by   TEXT,               -- a person's name, or NULL: by itself
    note        TEXT
) STRICT;
CREATE UNIQUE INDEX problems_open ON problems (flow, account, key, cause) WHERE tab IN ('needs_you', 'retrying');
CREATE INDEX problems_by_cause ON problems (tab, cause, id);
CREATE INDEX problems_by_key ON problems (key);
";

/// What a person did about an open problem; gone when it is seen again all the same.
pub(crate) const CURES: &str = "
ALTER TABLE problems ADD COLUMN cure TEXT;
ALTER TABLE problems ADD COLUMN cured_by TEXT;
";

/// When the person did so: a run that began before knew nothing of it.
pub(crate) const CURED_AT: &str = "ALTER TABLE problems ADD COLUMN cured_at INTEGER;";

crate::words! {
    /// The tabs of the Errors screen (ux.md §5.4).
    pub enum Tab {
        /// Only a person can settle it.
        NeedsYou = "needs_you",
        /// The app tries again by itself.
        Retrying = "retrying",
        /// Settled.
        Resolved = "resolved",
        /// A person set it aside, with a reason.
        Ignored = "ignored",
    }
}

/// One problem of one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Row id; 0 before it is stored.
    pub id: i64,
    /// The flow.
    pub flow: String,
    /// The account.
    pub account: String,
    /// The subject; empty when it is about the account or the flow itself.
    pub key: String,
    /// The step that was refused, if it is about one.
    pub step: Option<String>,
    /// The marketplace's Amazon id.
    pub marketplace: Option<String>,
    /// Where it stands.
    pub tab: Tab,
    /// The stable code of flows.md §1.7.
    pub code: String,
    /// Problems of one cause are one group.
    pub cause: String,
    /// What happened, in one sentence.
    pub what: Text,
    /// Why, in one sentence.
    pub why: Text,
    /// What it is about: pairs of kind and name.
    pub about: Value,
    /// The answers that one can press, as JSON.
    pub remedies: Value,
    /// Money that waits for the answer.
    pub at_stake: Option<Money>,
    /// When it was first seen.
    pub opened_at: DateTime<Utc>,
    /// When it was last seen.
    pub last_at: DateTime<Utc>,
    /// How often it was seen.
    pub times: u32,
    /// When it was settled.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who settled it; nothing: it closed by itself.
    pub closed_by: Option<String>,
    /// The person's reason.
    pub note: Option<String>,
    /// What a person did about it last, and who: the word of a remedy, such as `link_item`.
    pub cure: Option<(String, String)>,
}

impl Problem {
    /// A question that needs a person, seen for the first time, without its particulars.
    pub fn new(flow: &str, account: &str, code: &str, cause: impl Into<String>, at: DateTime<Utc>) -> Self {
        Self {
            id: 0,
            flow: flow.to_owned(),
            account: account.to_owned(),
            key: String::new(),
            step: None,
            marketplace: None,
            tab: Tab::NeedsYou,
            code: code.to_owned(),
            cause: cause.into(),
            what: Text::new("problem-run-fault-what"),
            why: Text::new("problem-run-fault-why"),
            about: Value::Array(Vec::new()),
            remedies: Value::Array(Vec::new()),
            at_stake: None,
            opened_at: at,
            last_at: at,
            times: 1,
            closed_at: None,
            closed_by: None,
            note: None,
            cure: None,
        }
    }

    /// Whether it still waits for a person or for another try.
    pub fn is_open(&self) -> bool {
        matches!(self.tab, Tab::NeedsYou | Tab::Retrying)
    }
}

const COLUMNS: &str = "id, flow, account, key, step, marketplace, tab, code, cause, what, why, about, remedies, stake, \
                       currency, opened_at, last_at, times, closed_at, closed_by, note, cure, cured_by";

fn problem(row: &Row<'_>) -> rusqlite::Result<Problem> {
    Ok(Problem {
        id: row.get(0)?,
        flow: row.get(1)?,
        account: row.get(2)?,
        key: row.get(3)?,
        step: row.get(4)?,
        marketplace: row.get(5)?,
        tab: row.get(6)?,
        code: row.get(7)?,
        cause: row.get(8)?,
        what: row.get::<_, Json<Text>>(9)?.0,
        why: row.get::<_, Json<Text>>(10)?.0,
        about: row.get::<_, Json<Value>>(11)?.0,
        remedies: row.get::<_, Json<Value>>(12)?.0,
        at_stake: money_at(row, 13)?,
        opened_at: row.get::<_, At>(15)?.0,
        last_at: row.get::<_, At>(16)?.0,
        times: row.get(17)?,
        closed_at: row.get::<_, Option<At>>(18)?.map(|at| at.0),
        closed_by: row.get(19)?,
        note: row.get(20)?,
        cure: row.get::<_, Option<String>>(21)?.zip(row.get::<_, Option<String>>(22)?),
    })
}

/// Opens a problem, or notes that an open one was seen again. Its `opened_at` says how old the facts are that it was seen
/// in: what a person did since then about an open one is still to be tried.
pub fn open(db: &Writer<'_>, new: &Problem) -> Result<()> {
    let (stake, currency) = money_columns(new.at_stake)?;
    db.sql()
        .prepare_cached(
            "INSERT INTO problems (flow, account, key, step, marketplace, tab, code, cause, what, why, about, remedies,
                                   stake, currency, opened_at, last_at, times)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 1)
             ON CONFLICT (flow, account, key, cause) WHERE tab IN ('needs_you', 'retrying') DO UPDATE SET
                 tab = excluded.tab, step = excluded.step, what = excluded.what, why = excluded.why,
                 about = excluded.about, remedies = excluded.remedies, stake = excluded.stake,
                 currency = excluded.currency, last_at = excluded.last_at, times = times + 1,
                 cure = CASE WHEN cured_at > excluded.opened_at THEN cure END,
                 cured_by = CASE WHEN cured_at > excluded.opened_at THEN cured_by END",
        )?
        .execute(params![
            new.flow,
            new.account,
            new.key,
            new.step,
            new.marketplace,
            new.tab,
            new.code,
            new.cause,
            Json(&new.what),
            Json(&new.why),
            Json(&new.about),
            Json(&new.remedies),
            stake,
            currency,
            At(new.opened_at),
            At(new.last_at)
        ])?;
    Ok(())
}

/// Which open problems a success or a person closes.
#[derive(Debug, Clone, Default)]
pub struct Which<'a> {
    /// Of this flow.
    pub flow: Option<&'a str>,
    /// Of this account.
    pub account: Option<&'a str>,
    /// About this subject.
    pub key: Option<&'a str>,
    /// Of this cause.
    pub cause: Option<&'a str>,
    /// About this step.
    pub step: Option<&'a str>,
    /// Except these causes, which were seen again just now.
    pub except: &'a [String],
    /// Except those about a step, which only its success or a person closes.
    pub keep_about_steps: bool,
}

/// Closes open problems; how many there were. `by` is nothing when they closed by themselves (CMN-27).
pub fn close(
    db: &Writer<'_>,
    which: &Which<'_>,
    tab: Tab,
    by: Option<&str>,
    note: Option<&str>,
    at: DateTime<Utc>,
) -> Result<usize> {
    let except = Value::from(which.except).to_string();
    Ok(db
        .sql()
        .prepare_cached(
            "UPDATE problems SET tab = :tab, closed_at = :at, closed_by = :by, note = :note
             WHERE tab IN ('needs_you', 'retrying')
               AND (:flow IS NULL OR flow = :flow) AND (:account IS NULL OR account = :account)
               AND (:key IS NULL OR key = :key) AND (:cause IS NULL OR cause = :cause) AND (:step IS NULL OR step = :step)
               AND cause NOT IN (SELECT value FROM json_each(:except))
               AND NOT (:keep AND step IS NOT NULL)",
        )?
        .execute(named_params! {
            ":tab": tab, ":at": At(at), ":by": by, ":note": note, ":flow": which.flow, ":account": which.account,
            ":key": which.key, ":cause": which.cause, ":except": except,
            ":keep": which.keep_about_steps, ":step": which.step,
        })?)
}

/// Notes what a person did about the open problems of a cause, or about single ones; when they close by themselves
/// afterwards, it was the person who solved them.
pub fn cured(db: &Writer<'_>, cause: &str, ids: &[i64], cure: &str, who: &str, at: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE problems SET cure = ?3, cured_by = ?4, cured_at = ?5
             WHERE tab IN ('needs_you', 'retrying') AND (cause = ?1 OR id IN (SELECT value FROM json_each(?2)))",
        )?
        .execute(params![cause, Value::from(ids).to_string(), cure, who, At(at)])?;
    Ok(())
}

/// Opens again what a person had set aside, as if it never had been; nothing changes where the same is asked anew.
pub fn reopen(db: &Writer<'_>, id: i64, tab: Tab) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE OR IGNORE problems SET tab = ?2, closed_at = NULL, closed_by = NULL, note = NULL
             WHERE id = ?1 AND tab = 'ignored'",
        )?
        .execute(params![id, tab])?;
    Ok(())
}

/// A person takes back having set a cause aside; what is looked at again opens its own questions.
pub fn taken_back(db: &Writer<'_>, cause: &str, who: &str) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE problems SET tab = 'resolved', cure = 'include', cured_by = ?2 WHERE tab = 'ignored' AND cause = ?1",
        )?
        .execute(params![cause, who])?;
    Ok(())
}

/// Forgets what was settled before an instant (CMN-26): the errors, the failed sendings that they showed, and what was
/// noted about causes that have no error left. How many errors. What a person set aside is kept, so that it can be
/// taken in again.
pub fn forget_settled(db: &Writer<'_>, before: DateTime<Utc>) -> Result<usize> {
    attempts::forget_failed(db, before)?;
    let forgotten = db
        .sql()
        .prepare_cached("DELETE FROM problems WHERE tab = 'resolved' AND closed_at < ?1")?
        .execute([At(before)])?;
    cause_notes::forget_unasked(db, before)?;
    Ok(forgotten)
}

/// The same about one subject, whatever its causes.
pub fn taken_back_about(db: &Writer<'_>, key: &str, who: &str) -> Result<()> {
    db.sql()
        .prepare_cached(
            "UPDATE problems SET tab = 'resolved', cure = 'include', cured_by = ?2 WHERE tab = 'ignored' AND key = ?1",
        )?
        .execute(params![key, who])?;
    Ok(())
}

/// Problems of one cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The cause.
    pub cause: String,
    /// Its code.
    pub code: String,
    /// How many subjects it holds up.
    pub count: u64,
    /// Since when.
    pub since: DateTime<Utc>,
    /// When it was last seen or settled.
    pub last_at: DateTime<Utc>,
    /// The money at stake, one sum for each currency.
    pub at_stake: Vec<Money>,
    /// The flows it appears in.
    pub flows: Vec<String>,
    /// The marketplaces it appears in.
    pub marketplaces: Vec<String>,
    /// The newest problem of the group, as an example.
    pub example: Problem,
}

/// The groups of a tab, the largest first.
pub fn groups(db: &Reader<'_>, tab: Tab) -> Result<Vec<Group>> {
    let mut query = db.sql().prepare_cached(
        "SELECT cause, count(*), min(opened_at), max(ifnull(closed_at, last_at)), max(id),
                json_group_array(DISTINCT flow), json_group_array(DISTINCT marketplace)
         FROM problems WHERE tab = ?1 GROUP BY cause ORDER BY count(*) DESC, min(opened_at)",
    )?;
    let rows = query.query_map([tab], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, i64>(1)?.unsigned_abs(),
            row.get::<_, At>(2)?.0,
            row.get::<_, At>(3)?.0,
            row.get::<_, i64>(4)?,
            row.get::<_, Json<Vec<String>>>(5)?.0,
            row.get::<_, Json<Vec<Option<String>>>>(6)?.0,
        ))
    })?;
    let mut groups = Vec::new();
    for row in rows {
        let (cause, count, since, last_at, newest, flows, marketplaces) = row?;
        let Some(example) = get(db, newest)? else { continue };
        let at_stake = stakes(db, tab, &cause)?;
        let marketplaces = marketplaces.into_iter().flatten().collect();
        groups.push(Group {
            code: example.code.clone(),
            cause,
            count,
            since,
            last_at,
            at_stake,
            flows,
            marketplaces,
            example,
        });
    }
    Ok(groups)
}

fn stakes(db: &Reader<'_>, tab: Tab, cause: &str) -> Result<Vec<Money>> {
    let mut query = db.sql().prepare_cached(
        "SELECT sum(stake), currency FROM problems
         WHERE tab = ?1 AND cause = ?2 AND currency IS NOT NULL GROUP BY currency ORDER BY currency",
    )?;
    let rows = query.query_map(params![tab, cause], |row| money_at(row, 0))?;
    Ok(rows
        .collect::<rusqlite::Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// The groups of an open tab that do not sleep at an instant.
pub fn awake(db: &Reader<'_>, tab: Tab, now: DateTime<Utc>) -> Result<Vec<Group>> {
    let asleep = snoozes::asleep(db, now)?;
    let mut groups = groups(db, tab)?;
    groups.retain(|group| asleep.iter().all(|snooze| snooze.cause != group.cause));
    Ok(groups)
}

/// One problem.
pub fn get(db: &Reader<'_>, id: i64) -> Result<Option<Problem>> {
    let sql = format!("SELECT {COLUMNS} FROM problems WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], problem).optional()?)
}

/// The members of a group, from after row `after` on.
pub fn members(db: &Reader<'_>, tab: Tab, cause: &str, after: i64, limit: u32) -> Result<Vec<Problem>> {
    let sql = format!("SELECT {COLUMNS} FROM problems WHERE tab = ?1 AND cause = ?2 AND id > ?3 ORDER BY id LIMIT ?4");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map(params![tab, cause, after, limit], problem)?
        .collect::<rusqlite::Result<_>>()?)
}

/// Every problem there ever was about a key, oldest first.
pub fn about(db: &Reader<'_>, key: &str) -> Result<Vec<Problem>> {
    let sql = format!("SELECT {COLUMNS} FROM problems WHERE key = ?1 ORDER BY id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([key], problem)?.collect::<rusqlite::Result<_>>()?)
}

/// The open problems about a subject or a part of it, whose key goes on after a stroke: `18204117642/group`.
pub fn open_within(db: &Reader<'_>, key: &str) -> Result<Vec<Problem>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM problems
         WHERE tab IN ('needs_you', 'retrying') AND (key = ?1 OR (key > ?1 || '/' AND key < ?1 || '0')) ORDER BY id"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([key], problem)?.collect::<rusqlite::Result<_>>()?)
}

/// How many causes and how many problems a tab holds; of the open ones those that do not sleep at an instant.
pub fn count(db: &Reader<'_>, tab: Tab, now: DateTime<Utc>) -> Result<(u64, u64)> {
    let asleep: Vec<String> = snoozes::asleep(db, now)?
        .into_iter()
        .map(|snooze| snooze.cause)
        .collect();
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT count(DISTINCT cause), count(*) FROM problems
             WHERE tab = ?1 AND (?1 NOT IN ('needs_you', 'retrying') OR cause NOT IN (SELECT value FROM json_each(?2)))",
        )?
        .query_row(params![tab, Value::from(asleep).to_string()], |row| {
            Ok((
                row.get::<_, i64>(0)?.unsigned_abs(),
                row.get::<_, i64>(1)?.unsigned_abs(),
            ))
        })?)
}

/// The open problems with a code: flow and key of each.
pub fn open_with(db: &Reader<'_>, code: &str) -> Result<Vec<(String, String)>> {
    let sql = "SELECT flow, key FROM problems WHERE code = ?1 AND tab IN ('needs_you', 'retrying')";
    let mut query = db.sql().prepare_cached(sql)?;
    Ok(query
        .query_map([code], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The open problems of one subject in one flow.
pub fn open_about(db: &Reader<'_>, flow: &str, account: &str, key: &str) -> Result<Vec<Problem>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM problems
         WHERE flow = ?1 AND account = ?2 AND key = ?3 AND tab IN ('needs_you', 'retrying') ORDER BY id"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map([flow, account, key], problem)?
        .collect::<rusqlite::Result<_>>()?)
}
