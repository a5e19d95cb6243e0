//! The company's database: records as JSON, what ties them together, and beside them the tables that SuiteQL shows.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::Fields as _;
use super::tables;

/// A record with its fields in REST's names; fields that begin with `$` are ours and never shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub kind: Kind,
    pub id: i64,
    pub fields: Map<String, Value>,
}

/// One amount put by a payment, credit memo or refund against another document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Application {
    pub applying: i64,
    pub doc: i64,
    pub amount: Decimal,
}

/// One line made from another: order line to fulfilment or bill line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub previous_doc: i64,
    pub previous_line: i64,
    pub next_doc: i64,
    pub next_line: i64,
    pub quantity: Decimal,
    /// `ShipRcpt` or `OrdBill`.
    pub kind: &'static str,
}

/// The database and the switches that the business rules look at.
pub(super) struct Store {
    pub connection: Connection,
    /// Whether a query of SuiteQL is being answered, which may read and nothing else.
    pub asked: Arc<AtomicBool>,
    /// Items and locations whose stock moved in this change.
    pub moved: RefCell<BTreeSet<(i64, i64)>>,
    pub custom_fields: Vec<String>,
    pub features: Vec<String>,
    /// Now, set at the start of each request.
    pub now: DateTime<Utc>,
    pub zone_offset_minutes: i32,
    /// How long one record takes to write, which decides when an asynchronous job is done.
    pub write_time: Duration,
}

const OWN_TABLES: &str = "
CREATE TABLE IF NOT EXISTS ns_record (
  space TEXT NOT NULL, id INTEGER NOT NULL, kind TEXT NOT NULL, external TEXT, name TEXT, body TEXT NOT NULL,
  PRIMARY KEY (space, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS ns_external ON ns_record (space, external) WHERE external IS NOT NULL;
CREATE TABLE IF NOT EXISTS ns_application (applying INTEGER NOT NULL, doc INTEGER NOT NULL, amount TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS ns_applying ON ns_application (applying);
CREATE INDEX IF NOT EXISTS ns_applied ON ns_application (doc);
CREATE TABLE IF NOT EXISTS ns_link (previous_doc INTEGER NOT NULL, previous_line INTEGER NOT NULL,
  next_doc INTEGER NOT NULL, next_line INTEGER NOT NULL, quantity TEXT NOT NULL, kind TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS ns_previous ON ns_link (previous_doc);
CREATE INDEX IF NOT EXISTS ns_next ON ns_link (next_doc);
CREATE TABLE IF NOT EXISTS ns_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ns_job (id INTEGER PRIMARY KEY, key TEXT UNIQUE, done INTEGER NOT NULL, body TEXT NOT NULL);
";

impl Store {
    pub fn open(path: Option<&Path>, custom_fields: Vec<String>) -> rusqlite::Result<Self> {
        let connection = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        // The far side of the wire must outlive a killed app, not a power cut.
        connection
            .execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA case_sensitive_like=ON;")?;
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection.execute_batch(OWN_TABLES)?;
        tables::create(&connection, &custom_fields)?;
        super::suiteql::functions::install(&connection)?;
        let asked = super::suiteql::guard(&connection)?;
        Ok(Self {
            asked,
            connection,
            moved: RefCell::default(),
            custom_fields,
            features: Vec::new(),
            now: DateTime::UNIX_EPOCH,
            zone_offset_minutes: 0,
            write_time: Duration::ZERO,
        })
    }

    /// Runs one change of the books. It is kept when it succeeds and says so; otherwise nothing of it remains.
    pub fn change<T>(&self, work: impl FnOnce() -> Outcome<(T, bool)>) -> Outcome<T> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = work().and_then(|done| super::movement::balance(self).map(|()| done));
        self.moved.borrow_mut().clear();
        let keep = done.as_ref().is_ok_and(|(_, keep)| *keep);
        self.connection
            .execute_batch(if keep { "COMMIT" } else { "ROLLBACK" })?;
        done.map(|(value, _)| value)
    }

    pub fn has(&self, feature: &str) -> bool {
        self.features.iter().any(|on| on == feature)
    }

    pub fn setting(&self, name: &str) -> rusqlite::Result<Option<String>> {
        self.connection
            .prepare_cached("SELECT value FROM ns_setting WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()
    }

    pub fn set(&self, name: &str, value: &str) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("INSERT INTO ns_setting VALUES (?1, ?2) ON CONFLICT(name) DO UPDATE SET value = ?2")?
            .execute([name, value])?;
        Ok(())
    }

    /// All settings whose name begins so, without that beginning.
    pub fn settings(&self, beginning: &str) -> Outcome<Vec<(String, String)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT substr(name, length(?1) + 1), value FROM ns_setting
             WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name",
        )?;
        let rows = statement
            .query_map([beginning], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    pub fn unset(&self, name: &str) -> rusqlite::Result<()> {
        self.connection
            .execute("DELETE FROM ns_setting WHERE name = ?1", [name])?;
        Ok(())
    }

    /// A company preference such as `LOCMANDATORY`.
    pub fn preference(&self, name: &str) -> Outcome<String> {
        Ok(self.setting(&format!("preference:{name}"))?.unwrap_or_default())
    }

    pub fn next_id(&self) -> rusqlite::Result<i64> {
        let next = self
            .setting("next_id")?
            .and_then(|text| text.parse().ok())
            .unwrap_or(1000);
        self.set("next_id", &(next + 1i64).to_string())?;
        Ok(next)
    }

    pub fn load(&self, space: &str, id: i64) -> Outcome<Option<Record>> {
        let found: Option<(String, String)> = self
            .connection
            .prepare_cached("SELECT kind, body FROM ns_record WHERE space = ?1 AND id = ?2")?
            .query_row(params![space, id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(kind, body)| revive(&kind, id, &body)).transpose()
    }

    /// Loads a record that another one refers to: it must be there.
    pub fn need(&self, space: &str, id: i64) -> Outcome<Record> {
        self.load(space, id)?.ok_or_else(Refused::nonexistent)
    }

    pub fn by_external(&self, space: &str, external: &str) -> Outcome<Option<i64>> {
        Ok(self
            .connection
            .prepare_cached("SELECT id FROM ns_record WHERE space = ?1 AND external = ?2")?
            .query_row([space, &external.to_uppercase()], |row| row.get(0))
            .optional()?)
    }

    /// Ids of all records of a kind in ascending order.
    pub fn ids(&self, kind: Kind) -> Outcome<Vec<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM ns_record WHERE space = ?1 AND kind = ?2 ORDER BY id")?;
        let ids = statement
            .query_map([kind.space(), kind.name()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }

    pub fn all(&self) -> Outcome<Vec<Record>> {
        let mut statement = self
            .connection
            .prepare("SELECT kind, id, body FROM ns_record ORDER BY space, id")?;
        let rows: Vec<(String, i64, String)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        rows.iter().map(|(kind, id, body)| revive(kind, *id, body)).collect()
    }

    /// Writes the record and shows it to SuiteQL.
    pub fn save(&self, record: &Record) -> Outcome<()> {
        let external = record.text("externalId").map(str::to_uppercase);
        self.connection
            .prepare_cached(
                "INSERT INTO ns_record (space, id, kind, external, name, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT(space, id) DO UPDATE SET external = ?4, name = ?5, body = ?6",
            )?
            .execute(params![
                record.kind.space(),
                record.id,
                record.kind.name(),
                external,
                record.name(),
                Value::Object(record.fields.clone()).to_string()
            ])
            .map_err(|error| match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::ConstraintViolation) => Refused::duplicate(),
                _ => error.into(),
            })?;
        tables::show(self, record)
    }

    pub fn remove(&self, record: &Record) -> Outcome<()> {
        tables::hide(self, record)?;
        self.connection.execute(
            "DELETE FROM ns_record WHERE space = ?1 AND id = ?2",
            params![record.kind.space(), record.id],
        )?;
        if record.kind.is_transaction() {
            self.connection
                .execute("DELETE FROM ns_application WHERE applying = ?1", [record.id])?;
            self.connection
                .execute("DELETE FROM ns_link WHERE next_doc = ?1", [record.id])?;
        }
        Ok(())
    }

    /// What `applying` was put against.
    pub fn applications_of(&self, applying: i64) -> Outcome<Vec<Application>> {
        self.applications("applying", applying)
    }

    /// What was put against `doc`.
    pub fn applications_to(&self, doc: i64) -> Outcome<Vec<Application>> {
        self.applications("doc", doc)
    }

    fn applications(&self, column: &str, id: i64) -> Outcome<Vec<Application>> {
        let sql = format!("SELECT applying, doc, amount FROM ns_application WHERE {column} = ?1 ORDER BY rowid");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([id], |row| {
            let amount: String = row.get(2)?;
            Ok(Application {
                applying: row.get(0)?,
                doc: row.get(1)?,
                amount: amount.parse().unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Replaces what `applying` is put against.
    pub fn apply(&self, applying: i64, applications: &[Application]) -> Outcome<()> {
        self.connection
            .execute("DELETE FROM ns_application WHERE applying = ?1", [applying])?;
        for one in applications {
            self.connection
                .prepare_cached("INSERT INTO ns_application VALUES (?1, ?2, ?3)")?
                .execute(params![applying, one.doc, one.amount.to_string()])?;
        }
        Ok(())
    }

    pub fn link(&self, link: &Link) -> Outcome<()> {
        self.connection
            .prepare_cached("INSERT INTO ns_link VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![
                link.previous_doc,
                link.previous_line,
                link.next_doc,
                link.next_line,
                link.quantity.to_string(),
                link.kind
            ])?;
        Ok(())
    }

    /// How much of an order's line has gone into documents of that kind.
    pub fn linked(&self, doc: i64, line: i64, kind: &str) -> Outcome<Decimal> {
        let mut statement = self.connection.prepare_cached(
            "SELECT quantity FROM ns_link WHERE previous_doc = ?1 AND previous_line = ?2 AND kind = ?3",
        )?;
        let texts: Vec<String> = statement
            .query_map(params![doc, line, kind], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(texts.iter().filter_map(|text| text.parse::<Decimal>().ok()).sum())
    }

    /// How much of an order's line has gone into fulfilments that were shipped.
    pub fn shipped(&self, doc: i64, line: i64) -> Outcome<Decimal> {
        let mut statement = self.connection.prepare_cached(
            "SELECT l.quantity FROM ns_link l LEFT JOIN ns_record r ON r.space = 'transaction' AND r.id = l.next_doc
             WHERE l.previous_doc = ?1 AND l.previous_line = ?2 AND l.kind = 'ShipRcpt'
               AND (r.id IS NULL OR json_extract(r.body, '$.shipStatus.id') = 'C')",
        )?;
        let texts: Vec<String> = statement
            .query_map(params![doc, line], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(texts.iter().filter_map(|text| text.parse::<Decimal>().ok()).sum())
    }

    /// The documents made from this one.
    pub fn made_from(&self, doc: i64) -> Outcome<Vec<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT next_doc FROM ns_link WHERE previous_doc = ?1")?;
        let ids = statement
            .query_map([doc], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }

    /// The documents that this one was made from.
    pub fn made_of(&self, doc: i64) -> Outcome<Vec<i64>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT previous_doc FROM ns_link WHERE next_doc = ?1")?;
        let ids = statement
            .query_map([doc], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(ids)
    }
}

fn revive(kind: &str, id: i64, body: &str) -> Outcome<Record> {
    let kind = Kind::named(kind).ok_or_else(Refused::unexpected)?;
    match serde_json::from_str(body) {
        Ok(Value::Object(fields)) => Ok(Record { kind, id, fields }),
        _ => Err(Refused::unexpected()),
    }
}
