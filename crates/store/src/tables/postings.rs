//! Groups of writes that a person approves together, such as a settlement's payments, refunds and journal: who approved
//! them, whether they were taken back, and which revision is the present one (SET-59).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::values::At;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE postings (
    hold       TEXT NOT NULL,
    revision   INTEGER NOT NULL,      -- from 1 on
    state      TEXT NOT NULL,
    who        TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (hold, revision)
) STRICT, WITHOUT ROWID;
";

crate::words! {
    /// Where a group stands.
    pub enum PostingState {
        /// A person approved it; its writes are on their way.
        Approved = "approved",
        /// All its writes are in the books.
        Posted = "posted",
        /// It is being taken back.
        Undoing = "undoing",
        /// It was taken back.
        Undone = "undone",
    }
}

/// One revision of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The group: a settlement's id.
    pub hold: String,
    /// From 1 on; undoing and posting again makes the next one.
    pub revision: u32,
    /// Where it stands.
    pub state: PostingState,
    /// Who approved it, or took it back.
    pub who: String,
    /// Since when.
    pub changed_at: DateTime<Utc>,
}

fn posting(row: &Row<'_>) -> rusqlite::Result<Posting> {
    Ok(Posting {
        hold: row.get(0)?,
        revision: row.get(1)?,
        state: row.get(2)?,
        who: row.get(3)?,
        changed_at: row.get::<_, At>(4)?.0,
    })
}

/// Adds or changes a revision.
pub fn put(db: &Writer<'_>, new: &Posting) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO postings (hold, revision, state, who, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (hold, revision) DO UPDATE SET state = excluded.state, who = excluded.who,
                                                        changed_at = excluded.changed_at",
        )?
        .execute(params![new.hold, new.revision, new.state, new.who, At(new.changed_at)])?;
    Ok(())
}

/// The newest revision of a group; nothing when nobody approved it yet.
pub fn newest(db: &Reader<'_>, hold: &str) -> Result<Option<Posting>> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT hold, revision, state, who, changed_at FROM postings WHERE hold = ?1 ORDER BY revision DESC LIMIT 1",
        )?
        .query_row([hold], posting)
        .optional()?)
}

/// The revision that the next writes of a group belong to: one more after an undo.
pub fn revision(db: &Reader<'_>, hold: &str) -> Result<u32> {
    Ok(newest(db, hold)?.map_or(1, |posting| match posting.state {
        PostingState::Approved | PostingState::Posted | PostingState::Undoing => posting.revision,
        PostingState::Undone => posting.revision + 1,
    }))
}

/// All revisions of a group, oldest first.
pub fn of_group(db: &Reader<'_>, hold: &str) -> Result<Vec<Posting>> {
    let mut query = db.sql().prepare_cached(
        "SELECT hold, revision, state, who, changed_at FROM postings WHERE hold = ?1 ORDER BY revision",
    )?;
    Ok(query.query_map([hold], posting)?.collect::<rusqlite::Result<_>>()?)
}

/// The groups whose newest revision stands in a state.
pub fn in_state(db: &Reader<'_>, state: PostingState) -> Result<Vec<Posting>> {
    let mut query = db.sql().prepare_cached(
        "SELECT hold, revision, state, who, changed_at FROM postings AS this
         WHERE state = ?1 AND revision = (SELECT max(revision) FROM postings WHERE hold = this.hold) ORDER BY hold",
    )?;
    Ok(query.query_map([state], posting)?.collect::<rusqlite::Result<_>>()?)
}
