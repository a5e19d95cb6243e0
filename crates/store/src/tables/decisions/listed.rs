//! Current decisions as lists show them: narrowed, in an order, paged, counted, searched.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::params;
use rusqlite::types::Type;
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
