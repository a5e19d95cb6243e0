//! Current decisions as lists show them: narrowed, in an order, paged, counted, searched.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{COLUMNS, Decision, State, decision};
use crate::{Reader, Result};

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

impl Filter {
    /// Whether it narrows by nothing but what is counted already.
    fn is_counted(&self) -> bool {
        self.since.is_none() && self.due_before.is_none() && self.linked.is_none() && self.keys.is_none()
    }

    /// The index that leads to the fewest rows.
    fn index(&self) -> &'static str {
        if self.keys.is_some() || self.linked.is_some() {
            "decisions_keyed"
        } else if !self.statuses.is_empty() {
            "decisions_by_status"
        } else if !self.states.is_empty() {
            "decisions_in_state"
        } else if self.since.is_some() {
            "decisions_on"
        } else {
            "decisions_listed"
        }
    }
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
    // What is sorted are numbers; only the rows of the page are read as a whole.
    let sql = format!(
        "SELECT {COLUMNS} FROM decisions WHERE id IN
             (SELECT id FROM decisions INDEXED BY {} WHERE {} ORDER BY {order} LIMIT :limit) ORDER BY {order}",
        filter.index(),
        narrow.sql
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(narrow.bound().as_slice(), decision)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many subjects a filter shows.
pub fn count(db: &Reader<'_>, filter: &Filter) -> Result<u64> {
    if filter.is_counted() {
        return super::counted::count(db, filter);
    }
    let narrow = narrow(filter);
    let sql = format!(
        "SELECT count(*) FROM decisions INDEXED BY {} WHERE {}",
        filter.index(),
        narrow.sql
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let count: i64 = query.query_row(narrow.bound().as_slice(), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// How many subjects each of many filters shows.
pub fn count_each(db: &Reader<'_>, filters: &[Filter]) -> Result<Vec<u64>> {
    filters.iter().map(|filter| count(db, filter)).collect()
}

/// The keys of current subjects that contain a text in their key, their facts in any flow or their document numbers,
/// without regard to case, and those of the settlement of this id; at most 10,000.
pub fn search(db: &Reader<'_>, text: &str) -> Result<Vec<String>> {
    let settlement: Option<i64> = db
        .sql()
        .prepare_cached("SELECT key FROM settlements WHERE id = ?1")?
        .query_row([text], |row| row.get(0))
        .optional()?;
    let of_settlement = match settlement {
        Some(_) => "UNION SELECT order_id FROM settlement_orders WHERE settlement = ?3",
        None => "AND ?3 IS NULL",
    };
    let sql = format!(
        "SELECT key FROM decision_words WHERE instr(words, lower(?2)) > 0
         UNION SELECT key FROM links INDEXED BY links_by_document
               WHERE document IS NOT NULL AND document LIKE ?1 ESCAPE '\\' {of_settlement} LIMIT 10000"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let keys = query.query_map(params![contains(text), text, settlement], |row| row.get(0))?;
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
        let condition = "key IN (SELECT key FROM links WHERE kind = :linked)";
        narrow.push(condition, ":linked", kind.clone().into());
    }
    if let Some(keys) = &filter.keys {
        let keys = Value::from(keys.as_slice()).to_string();
        narrow.push("key IN (SELECT value FROM json_each(:keys))", ":keys", keys.into());
    }
    narrow
}

/// A `LIKE` pattern that finds `text` anywhere, with its own wildcards taken literally.
fn contains(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// How many current subjects of a flow stand in which state, by business day, from `since` on: day, state, count. A subject
/// without a business day counts on the day that it was decided about.
pub fn by_day(
    db: &Reader<'_>,
    flow: &str,
    marketplace: Option<&str>,
    since: NaiveDate,
) -> Result<Vec<(NaiveDate, State, u64)>> {
    let mut query = db.sql().prepare_cached(
        "SELECT ifnull(nullif(happened_on, ''), date(decided_at / 1000, 'unixepoch')) AS day, state, count(*)
         FROM decisions
         WHERE current = 1 AND flow = ?1 AND (?2 IS NULL OR marketplace = ?2) AND day >= ?3
         GROUP BY day, state ORDER BY day",
    )?;
    let rows = query.query_map(params![flow, marketplace, since.to_string()], |row| {
        let day: String = row.get(0)?;
        let day = day
            .parse::<NaiveDate>()
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))?;
        Ok((day, row.get(1)?, row.get::<_, i64>(2)?.unsigned_abs()))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
