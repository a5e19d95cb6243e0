//! Settlements: what their files say, each settlement once (SET-02, SET-04). The lines are in `settlement_lines`, files that
//! say something else about a settlement in `settlement_reissues`.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::settlement::read::{Layout, Options, Proof, Reading, Refusal, Sink, Source, Stop, Wrong, read};
use domain::settlement::reissue::Fingerprint;
use domain::settlement::{Header, Line, Posted};
use domain::{Currency, Money};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::settlement_lines::Lines;
use super::settlement_reissues;
use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE settlements (
    key           INTEGER PRIMARY KEY,  -- short name for the lines
    id            TEXT NOT NULL UNIQUE, -- Amazon's settlement id
    archive       TEXT NOT NULL,        -- the document it was read from
    layout        TEXT NOT NULL,        -- v1 or v2
    encoding      TEXT NOT NULL,
    decimal_comma INTEGER NOT NULL,
    currency      TEXT NOT NULL,        -- of every amount in it
    start_at      TEXT,                 -- ISO 8601, an instant or only a day
    end_at        TEXT,
    deposit_at    TEXT,
    declared      INTEGER,              -- ten-thousandths
    sum           INTEGER NOT NULL,     -- ten-thousandths
    rows          INTEGER NOT NULL,
    lines         INTEGER NOT NULL,
    balanced      INTEGER NOT NULL,
    summary       TEXT,                 -- JSON, by the summaries flow
    imported_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX settlements_by_archive ON settlements (archive);
CREATE TABLE settlement_files (
    archive    TEXT PRIMARY KEY,        -- the document that was looked into
    outcome    TEXT NOT NULL,
    wrong      TEXT NOT NULL,           -- JSON: what was refused, as codes, lines and messages
    looked_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// What lists show of a summary, apart from its long parts: the status line counts settlements at each event, and must
/// not read every line of every one for it.
pub(crate) const BRIEF: &str = "
ALTER TABLE settlements ADD COLUMN brief TEXT;  -- the summary without rows, bars, journals and terms of the difference
UPDATE settlements SET brief = json_remove(summary, '$.rows', '$.bars', '$.journals', '$.unexplained');
";

crate::words! {
    /// What became of a file.
    pub enum Outcome {
        /// Every settlement in it is new.
        Imported = "imported",
        /// Every settlement in it was there already (`SETTLEMENT_DUPLICATE`).
        Duplicate = "duplicate",
        /// A settlement in it was there already with other content (`SETTLEMENT_REISSUED`); the first one stays.
        Reissued = "reissued",
        /// It is wrong; nothing of it was kept.
        Refused = "refused",
    }
}

/// One settlement as its file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The summary row.
    pub header: Header,
    /// The document it was read from.
    pub archive: String,
    /// `v1` or `v2`.
    pub layout: String,
    /// The encoding's name.
    pub encoding: String,
    /// Amounts are written `1.234,56`.
    pub decimal_comma: bool,
    /// The sum of its lines.
    pub sum: Money,
    /// Data rows.
    pub rows: u64,
    /// Money amounts.
    pub lines: u64,
    /// The sum is the declared total, exactly.
    pub balanced: bool,
    /// What the summaries flow computed last, without its rows; in a list only its short part.
    pub summary: Option<Value>,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct Import {
    /// What became of the file.
    pub outcome: Outcome,
    /// Settlements that are new.
    pub new: Vec<String>,
    /// Settlements that were there already.
    pub known: Vec<String>,
    /// Those among them that the file tells otherwise (SET-61).
    pub reissued: Vec<String>,
    /// Documents whose re-issue of one of these nobody needs to judge any more.
    pub overtaken: Vec<String>,
    /// What the reader found.
    pub reading: Reading,
}

const COLUMNS: &str =
    "id, archive, layout, encoding, decimal_comma, currency, start_at, end_at, deposit_at, declared, sum,
                       rows, lines, balanced, summary, imported_at";

fn settlement(row: &Row<'_>) -> rusqlite::Result<Settlement> {
    let code: String = row.get(5)?;
    let currency: Currency = code
        .parse()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(5, Type::Text, Box::new(error)))?;
    let money = |units| Money::from_ten_thousandths(units, currency);
    Ok(Settlement {
        header: Header {
            id: row.get(0)?,
            start: posted_at(row, 6)?,
            end: posted_at(row, 7)?,
            deposit: posted_at(row, 8)?,
            currency,
            declared_total: row.get::<_, Option<i64>>(9)?.map(|units| money(units).amount),
        },
        archive: row.get(1)?,
        layout: row.get(2)?,
        encoding: row.get(3)?,
        decimal_comma: row.get(4)?,
        sum: money(row.get(10)?),
        rows: row.get::<_, i64>(11)?.unsigned_abs(),
        lines: row.get::<_, i64>(12)?.unsigned_abs(),
        balanced: row.get(13)?,
        summary: row.get::<_, Option<Json<Value>>>(14)?.map(|summary| summary.0),
        imported_at: row.get::<_, At>(15)?.0,
    })
}

fn posted_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Posted>> {
    let Some(text) = row.get::<_, Option<String>>(index)? else {
        return Ok(None);
    };
    let wrong =
        |error: chrono::ParseError| rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error));
    match text.len() {
        10 => text.parse().map(Posted::On).map(Some).map_err(wrong),
        _ => text.parse().map(Posted::At).map(Some).map_err(wrong),
    }
}

/// Reads a document into settlements and lines, all or nothing. A file that is wrong leaves nothing but the note that it
/// was refused; one that only does not add up is kept, shown and never posted (SET-09). `progress` hears how many
/// bytes were read and may stop the import.
pub fn import(
    db: &Writer<'_>,
    archive: &str,
    source: &dyn Source,
    options: &Options,
    at: DateTime<Utc>,
    progress: &mut dyn FnMut(u64) -> std::result::Result<(), Stop>,
) -> Result<Import> {
    // Orders come in any order: their table must fit in memory, or a large file writes the same pages again and again.
    db.sql().pragma_update(None, "cache_size", IMPORT_CACHE)?;
    let import = imported(db, archive, source, options, at, progress);
    db.sql().pragma_update(None, "cache_size", USUAL_CACHE)?;
    import
}

/// SQLite's page cache in kibibytes, as a negative number says it.
const IMPORT_CACHE: i64 = -49_152;
const USUAL_CACHE: i64 = -2_000;

fn imported(
    db: &Writer<'_>,
    archive: &str,
    source: &dyn Source,
    options: &Options,
    at: DateTime<Utc>,
    progress: &mut dyn FnMut(u64) -> std::result::Result<(), Stop>,
) -> Result<Import> {
    db.sql().execute_batch("SAVEPOINT settlement_import")?;
    let mut importing = Importing {
        lines: Lines::new(db)?,
        prints: HashMap::new(),
        progress,
        failed: None,
    };
    let reading = read(source, options, &mut importing);
    let Importing {
        lines, prints, failed, ..
    } = importing;
    if let Some(error) = failed {
        return Err(error);
    }
    if reading.refusals.iter().any(|refusal| refusal.wrong == Wrong::Stopped) {
        // Nothing is said about the file: the next run reads it from its beginning.
        return Err(crate::StoreError::Stopped);
    }
    let lines = lines.finish()?;
    let usable = reading.refusals.iter().all(only_does_not_add_up) && !reading.settlements.is_empty();
    let mut import = Import {
        outcome: Outcome::Refused,
        new: Vec::new(),
        known: Vec::new(),
        reissued: Vec::new(),
        overtaken: Vec::new(),
        reading,
    };
    if usable {
        for proof in &import.reading.settlements {
            let id = &proof.header.id;
            if let Some(key) = lines.key_of_new(id) {
                put(db, key, archive, &import.reading, proof, at)?;
                import.new.push(id.clone());
            } else {
                let print = prints.get(id).copied().unwrap_or_default();
                if let Some(reissue) = settlement_reissues::told_otherwise(db, archive, proof, print, at)? {
                    import.reissued.push(id.clone());
                    import.overtaken.extend(settlement_reissues::found(db, &reissue)?);
                }
                import.known.push(id.clone());
            }
        }
        import.outcome = match (import.reissued.is_empty(), import.new.is_empty()) {
            (false, _) => Outcome::Reissued,
            (true, true) => Outcome::Duplicate,
            (true, false) => Outcome::Imported,
        };
    } else {
        db.sql().execute_batch("ROLLBACK TO settlement_import")?;
    }
    db.sql().execute_batch("RELEASE settlement_import")?;
    note(db, archive, &import, at)?;
    Ok(import)
}

/// The file says what it says: its lines are kept, its settlement is not posted.
fn only_does_not_add_up(refusal: &Refusal) -> bool {
    matches!(refusal.wrong, Wrong::DoesNotAddUp { .. } | Wrong::NoTotal { .. })
}

struct Importing<'a, 'db> {
    lines: Lines<'db>,
    /// What the file says of settlements that are known already.
    prints: HashMap<String, Fingerprint>,
    progress: &'a mut dyn FnMut(u64) -> std::result::Result<(), Stop>,
    failed: Option<crate::StoreError>,
}

impl Sink for Importing<'_, '_> {
    fn line(&mut self, settlement: &str, line: &Line<&str>) -> std::result::Result<(), Stop> {
        match self.lines.put(settlement, line) {
            Ok(true) => Ok(()),
            Ok(false) => {
                match self.prints.get_mut(settlement) {
                    Some(print) => print.add(line),
                    None => self.prints.entry(settlement.to_owned()).or_default().add(line),
                }
                Ok(())
            }
            Err(error) => {
                self.failed = Some(error);
                Err(Stop)
            }
        }
    }

    fn progress(&mut self, bytes: u64) -> std::result::Result<(), Stop> {
        (self.progress)(bytes)
    }
}

fn put(db: &Writer<'_>, key: i64, archive: &str, reading: &Reading, proof: &Proof, at: DateTime<Utc>) -> Result<()> {
    let header = &proof.header;
    let units = |amount| domain::money::ten_thousandths(amount);
    db.sql()
        .prepare_cached(&format!(
            "INSERT INTO settlements (key, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, NULL, ?16)"
        ))?
        .execute(params![
            key,
            header.id,
            archive,
            reading.layout.map(Layout::name),
            reading.encoding,
            reading.decimal_comma,
            header.currency.code(),
            header.start.map(Posted::iso),
            header.end.map(Posted::iso),
            header.deposit.map(Posted::iso),
            header.declared_total.map(units).transpose()?,
            units(proof.sum)?,
            proof.rows.cast_signed(),
            proof.lines.cast_signed(),
            proof.balanced,
            At(at)
        ])?;
    Ok(())
}

fn note(db: &Writer<'_>, archive: &str, import: &Import, at: DateTime<Utc>) -> Result<()> {
    let wrong: Vec<Value> = import
        .reading
        .refusals
        .iter()
        .map(|refusal| {
            serde_json::json!({
                "line": refusal.line, "column": refusal.column, "code": refusal.code(), "text": refusal.text(),
            })
        })
        .collect();
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO settlement_files (archive, outcome, wrong, looked_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![archive, import.outcome, Json(wrong), At(at)])?;
    Ok(())
}

/// One settlement.
pub fn get(db: &Reader<'_>, id: &str) -> Result<Option<Settlement>> {
    let sql = format!("SELECT {COLUMNS} FROM settlements WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], settlement).optional()?)
}

/// All settlements, the oldest deposit first.
pub fn all(db: &Reader<'_>) -> Result<Vec<Settlement>> {
    let sql = format!("SELECT {COLUMNS} FROM settlements ORDER BY coalesce(deposit_at, end_at, ''), id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([], settlement)?.collect::<rusqlite::Result<_>>()?)
}

/// All settlements for a list, the oldest deposit first: `summary` has no rows, bars, journals and terms.
pub fn briefs(db: &Reader<'_>) -> Result<Vec<Settlement>> {
    let columns = COLUMNS.replace("summary", "brief");
    let sql = format!("SELECT {columns} FROM settlements ORDER BY coalesce(deposit_at, end_at, ''), id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([], settlement)?.collect::<rusqlite::Result<_>>()?)
}

/// Keeps a summary; the one before goes. Its rows are kept one by one ([`super::settlement_rows`]).
pub fn set_summary(db: &Writer<'_>, id: &str, summary: &Value) -> Result<()> {
    let key: Option<i64> = db
        .sql()
        .prepare_cached(
            "UPDATE settlements
             SET summary = json_remove(?2, '$.rows'),
                 brief = json_remove(?2, '$.rows', '$.bars', '$.journals', '$.unexplained')
             WHERE id = ?1 RETURNING key",
        )?
        .query_row(params![id, Json(summary)], |row| row.get(0))
        .optional()?;
    let rows = summary.get("rows").and_then(Value::as_array);
    match (key, rows) {
        (Some(key), Some(rows)) => super::settlement_rows::put(db, key, rows),
        _ => Ok(()),
    }
}

/// One settlement with every row of its summary, as [`set_summary`] got it.
pub fn whole(db: &Reader<'_>, id: &str) -> Result<Option<Settlement>> {
    let Some(mut found) = get(db, id)? else { return Ok(None) };
    if let Some(summary) = &mut found.summary {
        summary["rows"] = Value::Array(super::settlement_rows::all(db, id)?);
    }
    Ok(Some(found))
}

/// One settlement for a list: `summary` has no rows, bars, journals and terms.
pub fn brief(db: &Reader<'_>, id: &str) -> Result<Option<Settlement>> {
    let columns = COLUMNS.replace("summary", "brief");
    let sql = format!("SELECT {columns} FROM settlements WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], settlement).optional()?)
}

/// What became of a document and, when it was refused, why: `[{line, column, code, text}]`.
pub fn file(db: &Reader<'_>, archive: &str) -> Result<Option<(Outcome, Value)>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT outcome, wrong FROM settlement_files WHERE archive = ?1")?
        .query_row([archive], |row| Ok((row.get(0)?, row.get::<_, Json<Value>>(1)?.0)))
        .optional()?)
}

/// Documents of a report type that nobody has looked into, oldest first: their archive ids.
pub fn not_looked_into(db: &Reader<'_>, report_type: &str) -> Result<Vec<String>> {
    let mut query = db.sql().prepare_cached(
        "SELECT id FROM archive
         WHERE report_type = ?1 AND id NOT IN (SELECT archive FROM settlement_files)
         ORDER BY received_at, id",
    )?;
    Ok(query
        .query_map([report_type], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}
