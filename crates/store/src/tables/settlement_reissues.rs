//! Settlements that Amazon issued a second time with other content (SET-61): which document has them, what a person said
//! about it, and which records are taken back because of it.

use chrono::{DateTime, Utc};
use domain::settlement::read::{Layout, Options, Proof, Sink, Stop, read};
use domain::settlement::reissue::Fingerprint;
use domain::settlement::{Line, Posted};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{archive, settlement_lines, settlements};
use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE settlement_reissues (
    settlement  TEXT NOT NULL,
    archive     TEXT NOT NULL,       -- the document that has it with other content
    state       TEXT NOT NULL,
    fingerprint TEXT NOT NULL,       -- of what it says, to know the same content again
    found_at    INTEGER NOT NULL,
    replaced    TEXT,                -- the document that stood before this one was accepted
    taking_back TEXT,                -- JSON: the writes that are taken back because of it; nothing once they are
    reason      TEXT NOT NULL,
    who         TEXT NOT NULL,
    decided_at  INTEGER,
    PRIMARY KEY (settlement, archive)
) STRICT, WITHOUT ROWID;
";

crate::words! {
    /// What became of a re-issue.
    pub enum ReissueState {
        /// A person must say.
        Open = "open",
        /// It took the place of the first one.
        Accepted = "accepted",
        /// What is posted was kept.
        Kept = "kept",
        /// A later one came before anybody said.
        Overtaken = "overtaken",
    }
}

/// One re-issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reissue {
    /// Amazon's settlement id.
    pub settlement: String,
    /// The document.
    pub archive: String,
    /// What became of it.
    pub state: ReissueState,
    /// What it says, in short.
    pub fingerprint: String,
    /// When it was found.
    pub found_at: DateTime<Utc>,
    /// The document that stood before it was accepted.
    pub replaced: Option<String>,
    /// The writes that are being taken back because of it.
    pub taking_back: Option<Vec<String>>,
    /// Why what is posted was kept.
    pub reason: String,
    /// Who said so.
    pub who: String,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str =
    "settlement, archive, state, fingerprint, found_at, replaced, taking_back, reason, who, decided_at";

fn reissue(row: &Row<'_>) -> rusqlite::Result<Reissue> {
    Ok(Reissue {
        settlement: row.get(0)?,
        archive: row.get(1)?,
        state: row.get(2)?,
        fingerprint: row.get(3)?,
        found_at: row.get::<_, At>(4)?.0,
        replaced: row.get(5)?,
        taking_back: row.get::<_, Option<Json<Vec<String>>>>(6)?.map(|names| names.0),
        reason: row.get(7)?,
        who: row.get(8)?,
        decided_at: row.get::<_, Option<At>>(9)?.map(|at| at.0),
    })
}

/// Notes a re-issue. One that is still open is overtaken by it; the documents of those come back.
pub(super) fn found(db: &Writer<'_>, new: &Reissue) -> Result<Vec<String>> {
    let mut overtake = db.sql().prepare_cached(
        "UPDATE settlement_reissues SET state = 'overtaken', decided_at = ?2
         WHERE settlement = ?1 AND state = 'open' RETURNING archive",
    )?;
    let overtaken = overtake.query_map(params![new.settlement, At(new.found_at)], |row| row.get(0))?;
    let overtaken = overtaken.collect::<rusqlite::Result<_>>()?;
    put(db, new)?;
    Ok(overtaken)
}

/// Keeps a re-issue as it is now.
pub fn put(db: &Writer<'_>, new: &Reissue) -> Result<()> {
    let sql = format!(
        "INSERT OR REPLACE INTO settlement_reissues ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    );
    db.sql().prepare_cached(&sql)?.execute(params![
        new.settlement,
        new.archive,
        new.state,
        new.fingerprint,
        At(new.found_at),
        new.replaced,
        new.taking_back.as_ref().map(Json),
        new.reason,
        new.who,
        new.decided_at.map(At)
    ])?;
    Ok(())
}

/// All re-issues of a settlement, the oldest first.
pub fn of(db: &Reader<'_>, settlement: &str) -> Result<Vec<Reissue>> {
    let sql = format!("SELECT {COLUMNS} FROM settlement_reissues WHERE settlement = ?1 ORDER BY found_at, archive");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map([settlement], reissue)?
        .collect::<rusqlite::Result<_>>()?)
}

/// The re-issue of a settlement that a person must say something about.
pub fn open(db: &Reader<'_>, settlement: &str) -> Result<Option<Reissue>> {
    let sql = format!("SELECT {COLUMNS} FROM settlement_reissues WHERE settlement = ?1 AND state = 'open'");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([settlement], reissue)
        .optional()?)
}

/// The re-issue whose acceptance is taking writes back just now.
pub fn taking_back(db: &Reader<'_>, settlement: &str) -> Result<Option<Reissue>> {
    let sql = format!("SELECT {COLUMNS} FROM settlement_reissues WHERE settlement = ?1 AND taking_back IS NOT NULL");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([settlement], reissue)
        .optional()?)
}

/// Whether a document still holds a settlement that somebody must say something about.
pub fn is_open_in(db: &Reader<'_>, archive: &str) -> Result<bool> {
    Ok(db
        .sql()
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM settlement_reissues WHERE archive = ?1 AND state = 'open')")?
        .query_row([archive], |row| row.get(0))?)
}

/// Whether this content of a settlement was found before and not accepted since.
pub(super) fn is_known(db: &Reader<'_>, settlement: &str, fingerprint: &str) -> Result<bool> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM settlement_reissues
                            WHERE settlement = ?1 AND fingerprint = ?2 AND state <> 'accepted')",
        )?
        .query_row([settlement, fingerprint], |row| row.get(0))?)
}

/// A known settlement that the file tells otherwise, in its summary row or in any other (SET-61), and that nobody has
/// heard of in these words.
pub(super) fn told_otherwise(
    db: &Reader<'_>,
    archive: &str,
    proof: &Proof,
    print: Fingerprint,
    at: DateTime<Utc>,
) -> Result<Option<Reissue>> {
    let id = &proof.header.id;
    let Some(stored) = settlements::get(db, id)? else {
        return Ok(None);
    };
    if stored.header == proof.header && print == settlement_lines::fingerprint(db, id)? {
        return Ok(None);
    }
    let fingerprint = format!("{} {}", serde_json::to_string(&proof.header)?, print.text());
    if is_known(db, id, &fingerprint)? {
        return Ok(None);
    }
    Ok(Some(Reissue {
        settlement: id.clone(),
        archive: archive.to_owned(),
        state: ReissueState::Open,
        fingerprint,
        found_at: at,
        replaced: None,
        taking_back: None,
        reason: String::new(),
        who: String::new(),
        decided_at: None,
    }))
}

/// The lines of one settlement in an archived document, with what the document says of it; nothing when it is not in it.
pub fn read_in(db: &Reader<'_>, archive: &str, id: &str) -> Result<Option<(Issue, Vec<Line>)>> {
    let Some(content) = archive::content(db, archive)? else {
        return Ok(None);
    };
    let mut only = Only {
        settlement: id,
        lines: Vec::new(),
    };
    let reading = read(&content, &Options::default(), &mut only);
    let found = reading.settlements.iter().find(|proof| proof.header.id == id).cloned();
    let lines = only.lines;
    Ok(found.map(|proof| {
        let issue = Issue {
            archive: archive.to_owned(),
            layout: reading.layout.map(Layout::name).unwrap_or_default().to_owned(),
            encoding: reading.encoding.to_owned(),
            decimal_comma: reading.decimal_comma,
            proof,
        };
        (issue, lines)
    }))
}

/// What a document says of a settlement.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The document.
    pub archive: String,
    /// `v1` or `v2`.
    pub layout: String,
    /// The encoding's name.
    pub encoding: String,
    /// Amounts are written `1.234,56`.
    pub decimal_comma: bool,
    /// Its summary row, and whether its lines come to it.
    pub proof: Proof,
}

/// Takes the lines of one settlement.
struct Only<'a> {
    settlement: &'a str,
    lines: Vec<Line>,
}

impl Sink for Only<'_> {
    fn line(&mut self, settlement: &str, line: &Line<&str>) -> std::result::Result<(), Stop> {
        if settlement == self.settlement {
            self.lines.push(line.to_kept());
        }
        Ok(())
    }
}

/// Lets another document's telling take the place of the one that stands (SET-61), with the lines as they are numbered.
pub fn accept(db: &Writer<'_>, issue: &Issue, lines: &[Line]) -> Result<()> {
    let proof = &issue.proof;
    let header = &proof.header;
    let units = |amount| domain::money::ten_thousandths(amount);
    settlement_lines::replace(db, &header.id, lines)?;
    db.sql()
        .prepare_cached(
            "UPDATE settlements
             SET archive = ?2, layout = ?3, encoding = ?4, decimal_comma = ?5, start_at = ?6, end_at = ?7, deposit_at = ?8,
                 declared = ?9, sum = ?10, rows = ?11, lines = ?12, balanced = ?13
             WHERE id = ?1",
        )?
        .execute(params![
            header.id,
            issue.archive,
            issue.layout,
            issue.encoding,
            issue.decimal_comma,
            header.start.map(Posted::iso),
            header.end.map(Posted::iso),
            header.deposit.map(Posted::iso),
            header.declared_total.map(units).transpose()?,
            units(proof.sum)?,
            proof.rows.cast_signed(),
            proof.lines.cast_signed(),
            proof.balanced,
        ])?;
    Ok(())
}
