//! SuiteQL: NetSuite's dialect over a real SQL engine (decision 20, netsuite.md §6).
//!
//! A query is cut into tokens, rewritten into the engine's words, and run read-only. What NetSuite would refuse is
//! refused: other statements, `LIMIT`, unknown fields and records.

pub(super) mod functions;
mod grammar;
mod lexer;
mod rewrite;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Duration;
use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::{Value as Sql, ValueRef};
use serde_json::{Map, Value, json};

use super::envelope::{Detail, Outcome, Refused};
use super::store::Store;
use super::tables::DATE_MARK;

/// A query that cannot be answered, in the words that NetSuite would use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble(String);

impl Trouble {
    fn syntax(what: &str) -> Self {
        Self(format!("Invalid or unsupported search. Syntax error in SQL: {what}."))
    }
    fn unknown_field(name: &str) -> Self {
        Self(format!(
            "Search error occurred: Unknown identifier '{name}'. Field '{name}' not found."
        ))
    }
    fn unknown_record(name: &str) -> Self {
        Self(format!("Search error occurred: Record '{name}' was not found."))
    }
    fn refused(self) -> Refused {
        let text = format!(
            "Invalid search query. Detailed unprocessed description follows. {}",
            self.0
        );
        Refused {
            status: 400,
            code: "INVALID_PARAMETER",
            details: vec![Detail {
                text,
                path: String::new(),
            }],
            headers: Vec::new(),
        }
    }
}

/// Most rows that one page may have.
const PAGE: usize = 1000;
/// Most rows that one query may have altogether.
const ROWS: usize = 100_000;

/// One page of a query.
pub(super) struct Page {
    pub items: Vec<Value>,
    pub total: usize,
    pub offset: usize,
    pub more: bool,
}

/// Reads `limit` and `offset` as the query service and lists take them.
pub(super) fn paging(limit: Option<&str>, offset: Option<&str>) -> Outcome<(usize, usize)> {
    let bad = |name: &str, value: &str| {
        Refused::new(
            400,
            "INVALID_PARAMETER",
            format!("Invalid value '{value}' for the query parameter {name}."),
        )
    };
    let limit = match limit {
        None => PAGE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| (1..=PAGE).contains(limit))
            .ok_or_else(|| bad("limit", text))?,
    };
    let offset = match offset {
        None => 0,
        Some(text) => text.parse().map_err(|_| bad("offset", text))?,
    };
    Ok((limit, offset))
}

/// Lets nothing but reading through while what it gives is set. Set once: SQLite plans every statement anew after a guard
/// has changed.
pub(super) fn guard(connection: &Connection) -> rusqlite::Result<Arc<AtomicBool>> {
    let asked = Arc::new(AtomicBool::new(false));
    let is_asked = Arc::clone(&asked);
    connection.authorizer(Some(move |context: AuthContext<'_>| match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Function { .. } | AuthAction::Recursive => {
            Authorization::Allow
        }
        _ if is_asked.load(Ordering::Relaxed) => Authorization::Deny,
        _ => Authorization::Allow,
    }))?;
    Ok(asked)
}

/// Runs a query and cuts one page out of its rows.
pub(super) fn run(store: &Store, query: &str, parameters: &[Value], limit: usize, offset: usize) -> Outcome<Page> {
    let local = store.now + Duration::minutes(i64::from(store.zone_offset_minutes));
    let now = format!("{DATE_MARK}{}", local.format("%Y-%m-%d %H:%M:%S"));
    let date_format = date_format(store)?;
    let sql = rewrite::rewrite(query, &now, date_format).map_err(Trouble::refused)?;
    store.asked.store(true, Ordering::Relaxed);
    let page = rows(store, &sql, parameters, limit, offset);
    store.asked.store(false, Ordering::Relaxed);
    page.map_err(|error| trouble(&error).refused())
}

fn rows(store: &Store, sql: &str, parameters: &[Value], limit: usize, offset: usize) -> rusqlite::Result<Page> {
    let mut statement = store.connection.prepare(sql)?;
    if !statement.readonly() || statement.parameter_count() != parameters.len() {
        return Err(rusqlite::Error::InvalidParameterCount(
            parameters.len(),
            statement.parameter_count(),
        ));
    }
    let names = names(&statement.column_names());
    let date_format = date_format(store)?;
    let mut rows = statement.query(rusqlite::params_from_iter(parameters.iter().map(bound)))?;
    let mut items = Vec::new();
    let mut total = 0;
    while let Some(row) = rows.next()? {
        if total >= offset && items.len() < limit {
            let mut item = Map::new();
            item.insert("links".to_owned(), json!([]));
            for (at, name) in names.iter().enumerate() {
                if let Some(text) = shown(row.get_ref(at)?, date_format) {
                    item.insert(name.clone(), json!(text));
                }
            }
            items.push(Value::Object(item));
        }
        total += 1;
        if total == ROWS {
            break;
        }
    }
    let more = offset + items.len() < total;
    Ok(Page {
        items,
        total,
        offset,
        more,
    })
}

/// Keys are lower case; an expression without a name gets a number, a repeated name a suffix.
fn names(columns: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(columns.len());
    for (at, column) in columns.iter().enumerate() {
        let plain = column.chars().all(|one| one.is_alphanumeric() || one == '_');
        let mut name = if plain {
            column.to_lowercase()
        } else {
            format!("expr{}", at + 1)
        };
        if names.contains(&name) {
            name = format!("{name}_{at}");
        }
        names.push(name);
    }
    names
}

fn bound(parameter: &Value) -> Sql {
    match parameter {
        Value::String(text) => Sql::Text(text.clone()),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Sql::Integer(whole),
            None => number.as_f64().map_or(Sql::Null, Sql::Real),
        },
        Value::Bool(on) => Sql::Text(if *on { "T" } else { "F" }.to_owned()),
        _ => Sql::Null,
    }
}

/// Every value is a text; a raw date loses its time; nothing at all stands for nothing.
fn shown(raw: ValueRef<'_>, date_format: &str) -> Option<String> {
    match raw {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let shown = match text.strip_prefix(DATE_MARK) {
                Some(date) => cut(date, date_format),
                None => text.replace(DATE_MARK, ""),
            };
            Some(shown).filter(|text| !text.is_empty())
        }
        number => functions::decimal(number).map(|number| number.normalize().to_string()),
    }
}

/// The day of a stored date, in the company's date format.
fn cut(date: &str, date_format: &str) -> String {
    let day = date.split(' ').next().unwrap_or_default();
    day.parse::<chrono::NaiveDate>()
        .map_or_else(|_| day.to_owned(), |day| day.format(date_format).to_string())
}

/// The company's preference *Date Format*; a raw date in an answer follows it, so a reader has to ask for `TO_CHAR`.
fn date_format(store: &Store) -> rusqlite::Result<&'static str> {
    Ok(match store.setting("preference:DATEFORMAT")?.as_deref() {
        Some("DD/MM/YYYY") => "%d/%m/%Y",
        Some("YYYY-MM-DD") => "%Y-%m-%d",
        Some("D.M.YYYY") => "%-d.%-m.%Y",
        _ => US_DATE,
    })
}

/// `11/20/2026`.
const US_DATE: &str = "%-m/%-d/%Y";

fn trouble(error: &rusqlite::Error) -> Trouble {
    let said = match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(said)) => said.clone(),
        other => other.to_string(),
    };
    let named = |prefix: &str| {
        let rest = said.split(prefix).nth(1)?;
        Some(
            rest.split_whitespace()
                .next()
                .unwrap_or_default()
                .trim_matches('"')
                .to_owned(),
        )
    };
    if let Some(name) = named("no such column: ") {
        return Trouble::unknown_field(&name);
    }
    if let Some(name) = named("no such table: ") {
        return Trouble::unknown_record(&name);
    }
    Trouble::syntax(&said)
}
