//! Report documents exactly as they were received, kept because Amazon forgets them after 90 days.
//!
//! Their bytes stand in parts and are read and written part by part: neither memory nor the largest value of the
//! database sets a limit to a document's size.

use std::fmt::Write as _;
use std::io::{self, Cursor, Read};

use chrono::{DateTime, Utc};
use domain::settlement::read::Source;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::values::At;
use crate::{Reader, Result, StoreError, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE archive (
    id           TEXT PRIMARY KEY,    -- Amazon's report id, or the content hash of a file given by hand
    account      TEXT NOT NULL,       -- empty for a file given by hand
    document_id  TEXT NOT NULL,
    report_type  TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    content      BLOB NOT NULL,       -- the raw bytes, gzip if they came so
    content_hash TEXT NOT NULL,       -- SHA-256 of the raw bytes, hex
    received_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX archive_by_hash ON archive (content_hash);
CREATE INDEX archive_by_type ON archive (report_type, received_at);
";

/// Since 2026-11-28 the bytes stand in parts; a document that was there before becomes one part.
pub(crate) const PARTS: &str = "
CREATE TABLE archive_parts (
    parts   INTEGER NOT NULL,   -- archive.parts
    number  INTEGER NOT NULL,   -- from 0, in the order of the bytes
    content BLOB NOT NULL,
    PRIMARY KEY (parts, number)
) STRICT;
INSERT INTO archive_parts (parts, number, content) SELECT rowid, 0, content FROM archive;
ALTER TABLE archive ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;       -- the document's name among the parts
ALTER TABLE archive ADD COLUMN size_bytes INTEGER NOT NULL DEFAULT 0;
UPDATE archive SET parts = rowid, size_bytes = length(content);
ALTER TABLE archive DROP COLUMN content;
";

/// Bytes in one part.
const PART: usize = 256 << 10;

/// One kept document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Amazon's report id, or the content hash of a file given by hand.
    pub id: String,
    /// The account; empty for a file given by hand.
    pub account: String,
    /// Amazon's document id.
    pub document_id: String,
    /// The report type.
    pub report_type: String,
    /// The name shown to people.
    pub file_name: String,
    /// SHA-256 of the raw bytes, in hexadecimal.
    pub content_hash: String,
    /// Size of the raw bytes.
    pub size_bytes: u64,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

const COLUMNS: &str = "id, account, document_id, report_type, file_name, content_hash, size_bytes, received_at";

fn document(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        id: row.get(0)?,
        account: row.get(1)?,
        document_id: row.get(2)?,
        report_type: row.get(3)?,
        file_name: row.get(4)?,
        content_hash: row.get(5)?,
        size_bytes: row.get::<_, i64>(6)?.unsigned_abs(),
        received_at: row.get::<_, At>(7)?.0,
    })
}

/// What is known of a document before its bytes are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Amazon's report id; nothing for a file given by hand, which goes by the hash of its bytes.
    pub id: Option<String>,
    /// The account; empty for a file given by hand.
    pub account: String,
    /// Amazon's document id.
    pub document_id: String,
    /// The report type.
    pub report_type: String,
    /// The name shown to people.
    pub file_name: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

/// Keeps a document while its bytes are read. One that is there already stays as it is: a report by its id, a file given
/// by hand by its bytes. The document, and whether it is new.
pub fn keep(db: &Writer<'_>, received: &Received, content: &mut dyn Read) -> Result<(Document, bool)> {
    if let Some(id) = &received.id
        && let Some(known) = get(db, id)?
    {
        return Ok((known, false));
    }
    let parts: i64 = db
        .sql()
        .prepare_cached("SELECT coalesce(max(parts), 0) + 1 FROM archive")?
        .query_row([], |row| row.get(0))?;
    let (content_hash, size_bytes) = keep_parts(db, parts, content)?;
    if received.id.is_none()
        && let Some(known) = with_hash(db, &content_hash)?
    {
        db.sql()
            .execute("DELETE FROM archive_parts WHERE parts = ?1", [parts])?;
        return Ok((known, false));
    }
    let document = Document {
        id: received.id.clone().unwrap_or_else(|| content_hash.clone()),
        account: received.account.clone(),
        document_id: received.document_id.clone(),
        report_type: received.report_type.clone(),
        file_name: received.file_name.clone(),
        content_hash,
        size_bytes,
        received_at: received.received_at,
    };
    db.sql()
        .prepare_cached(
            "INSERT INTO archive (id, account, document_id, report_type, file_name, content_hash, size_bytes, received_at, parts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            document.id,
            document.account,
            document.document_id,
            document.report_type,
            document.file_name,
            document.content_hash,
            document.size_bytes.cast_signed(),
            At(document.received_at),
            parts
        ])?;
    Ok((document, true))
}

/// Writes the bytes part by part; their hash in hexadecimal, and how many there are.
fn keep_parts(db: &Writer<'_>, parts: i64, content: &mut dyn Read) -> Result<(String, u64)> {
    let mut insert = db
        .sql()
        .prepare_cached("INSERT INTO archive_parts (parts, number, content) VALUES (?1, ?2, ?3)")?;
    let mut hash = Sha256::new();
    let (mut size, mut part) = (0, Vec::with_capacity(PART));
    for number in 0_i64.. {
        part.clear();
        let read = (&mut *content).take(PART as u64).read_to_end(&mut part);
        if read.map_err(|error| unreadable(&error))? == 0 {
            break;
        }
        hash.update(&part);
        size += part.len() as u64;
        insert.execute(params![parts, number, part])?;
    }
    let hex = hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a text cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Ok((hex, size))
}

fn unreadable(error: &io::Error) -> StoreError {
    StoreError::Unreadable {
        said: error.to_string(),
    }
}

/// A document without its content.
pub fn get(db: &Reader<'_>, id: &str) -> Result<Option<Document>> {
    let sql = format!("SELECT {COLUMNS} FROM archive WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], document).optional()?)
}

/// A document's raw bytes, to be read part by part as often as one likes.
pub struct Content<'a, 'c> {
    db: &'a Reader<'c>,
    parts: i64,
    size: u64,
}

/// A document's raw bytes.
pub fn content<'a, 'c>(db: &'a Reader<'c>, id: &str) -> Result<Option<Content<'a, 'c>>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT parts, size_bytes FROM archive WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Content {
                db,
                parts: row.get(0)?,
                size: row.get::<_, i64>(1)?.unsigned_abs(),
            })
        })
        .optional()?)
}

impl Source for Content<'_, '_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(Parts {
            content: self,
            next: 0,
            part: Cursor::default(),
            given: 0,
        }))
    }
}

struct Parts<'a, 'c> {
    content: &'a Content<'a, 'c>,
    next: i64,
    part: Cursor<Vec<u8>>,
    given: u64,
}

impl Parts<'_, '_> {
    /// Goes on to the next part, if there is one.
    fn turn(&mut self) -> rusqlite::Result<bool> {
        let mut query = self
            .content
            .db
            .sql()
            .prepare_cached("SELECT content FROM archive_parts WHERE parts = ?1 AND number = ?2")?;
        let next: Option<Vec<u8>> = query
            .query_row([self.content.parts, self.next], |row| row.get(0))
            .optional()?;
        self.next += 1;
        Ok(next.is_some_and(|part| {
            self.part = Cursor::new(part);
            true
        }))
    }
}

impl Read for Parts<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.part.read(into)?;
            self.given += count as u64;
            if count > 0 || into.is_empty() {
                return Ok(count);
            }
            if !self.turn().map_err(io::Error::other)? {
                let whole = self.given == self.content.size;
                return whole
                    .then_some(0)
                    .ok_or_else(|| io::Error::other("a part of the kept document is missing"));
            }
        }
    }
}

/// The document with these very bytes.
pub fn with_hash(db: &Reader<'_>, content_hash: &str) -> Result<Option<Document>> {
    let sql = format!("SELECT {COLUMNS} FROM archive WHERE content_hash = ?1 ORDER BY received_at LIMIT 1");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([content_hash], document)
        .optional()?)
}

/// The documents of a report type, oldest first.
pub fn of_type(db: &Reader<'_>, report_type: &str) -> Result<Vec<Document>> {
    let sql = format!("SELECT {COLUMNS} FROM archive WHERE report_type = ?1 ORDER BY received_at, id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query
        .query_map([report_type], document)?
        .collect::<rusqlite::Result<_>>()?)
}
