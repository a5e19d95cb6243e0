//! Report documents exactly as they were received, kept because Amazon forgets them after 90 days.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::values::At;
use crate::{Reader, Result, Writer};

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

const COLUMNS: &str = "id, account, document_id, report_type, file_name, content_hash, length(content), received_at";

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

/// Keeps a document. One that is there already stays as it is.
pub fn put(db: &Writer<'_>, new: &Document, content: &[u8]) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT OR IGNORE INTO archive (id, account, document_id, report_type, file_name, content, content_hash, received_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            new.id,
            new.account,
            new.document_id,
            new.report_type,
            new.file_name,
            content,
            new.content_hash,
            At(new.received_at)
        ])?;
    Ok(())
}

/// A document without its content.
pub fn get(db: &Reader<'_>, id: &str) -> Result<Option<Document>> {
    let sql = format!("SELECT {COLUMNS} FROM archive WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], document).optional()?)
}

/// A document's raw bytes.
pub fn content(db: &Reader<'_>, id: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT content FROM archive WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
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
