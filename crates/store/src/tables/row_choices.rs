//! What a person decided about single rows of a settlement (ux.md §5.8): accepted, put off, a note, other documents, a
//! split, a write-off. Each remembers what it took the place of, so that the last act can be taken back.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE row_choices (
    settlement TEXT NOT NULL,
    choice     TEXT NOT NULL,
    name       TEXT NOT NULL,            -- the row's lasting name inside its settlement
    value      TEXT NOT NULL,            -- JSON, of the shape that the choice has; null: taken away
    who        TEXT NOT NULL,
    at         INTEGER NOT NULL,
    act        TEXT NOT NULL,            -- everything that a person decided at once
    before     TEXT NOT NULL,            -- JSON: the row of this table that this one took the place of, or null
    PRIMARY KEY (settlement, choice, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX row_choices_by_act ON row_choices (settlement, at, act);
";

/// `{"document":"INV104","amount":"32.40"}`: a person accepted the match as it stands: the record, and NetSuite's amount.
pub const ACCEPTED: &str = "accepted";
/// `{}`: the row is out of the way until somebody takes it up again.
pub const LATER: &str = "later";
/// `{"text":"…"}`: a person's words.
pub const NOTE: &str = "note";
/// `{"amount":"-0.03","account":"119","name":"5800 Rounding"}`: this much of the row is written off to that account, in the
/// settlement's currency: what Amazon paid beyond what NetSuite has.
pub const WRITTEN_OFF: &str = "written_off";
/// `{"documents":[{"id":"512","number":"INV104"}]}`: NetSuite's records that the row belongs to.
pub const DOCUMENTS: &str = "documents";
/// `{"parts":[{"account":"119","name":"6125 Fees","amount":"-12.00"}],"kind":["…","…","…"]}`: the accounts that the row's
/// amount goes to, and the kind of line where all of its lines are of one kind.
pub const SPLIT: &str = "split";
/// `{}`: a credit memo of its own gives the money back.
pub const STANDALONE: &str = "standalone";

/// One choice about one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowChoice {
    /// Amazon's settlement id.
    pub settlement: String,
    /// The row's lasting name inside its settlement.
    pub name: String,
    /// What was chosen, one of the words above.
    pub choice: String,
    /// Which, in the choice's own shape; null where it was taken away.
    pub value: Value,
    /// The person.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The act that it belongs to.
    pub act: String,
}

const COLUMNS: &str = "settlement, name, choice, value, who, at, act";

fn choice(row: &Row<'_>) -> rusqlite::Result<RowChoice> {
    Ok(RowChoice {
        settlement: row.get(0)?,
        name: row.get(1)?,
        choice: row.get(2)?,
        value: row.get::<_, Json<Value>>(3)?.0,
        who: row.get(4)?,
        at: row.get::<_, At>(5)?.0,
        act: row.get(6)?,
    })
}

/// Chooses, in place of what was chosen before.
pub fn set(db: &Writer<'_>, new: &RowChoice) -> Result<()> {
    let before = db
        .sql()
        .prepare_cached(
            "SELECT json_object('value', json(value), 'who', who, 'at', at, 'act', act, 'before', json(before))
             FROM row_choices WHERE settlement = ?1 AND choice = ?2 AND name = ?3",
        )?
        .query_row([&new.settlement, &new.choice, &new.name], |row| row.get(0))
        .optional()?
        .unwrap_or_else(|| "null".to_owned());
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO row_choices (settlement, choice, name, value, who, at, act, before)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            new.settlement,
            new.choice,
            new.name,
            Json(&new.value),
            new.who,
            At(new.at),
            new.act,
            before
        ])?;
    Ok(())
}

/// Accepts every row of a tab that nobody has accepted yet, as it stands. How many.
pub fn accept_tab(
    db: &Writer<'_>,
    settlement: &str,
    tab: &str,
    who: &str,
    at: DateTime<Utc>,
    act: &str,
) -> Result<usize> {
    let accepted = db
        .sql()
        .prepare_cached(
            "INSERT INTO row_choices (settlement, choice, name, value, who, at, act, before)
             SELECT ?1, ?2, r.name,
                    json_object('document', r.row ->> '$.document', 'amount', r.row ->> '$.netsuite.amount'), ?4, ?5, ?6, 'null'
             FROM settlement_rows r WHERE r.settlement = (SELECT key FROM settlements WHERE id = ?1) AND r.tab = ?3
             ON CONFLICT (settlement, choice, name) DO NOTHING",
        )?
        .execute(params![settlement, ACCEPTED, tab, who, At(at), act])?;
    Ok(accepted)
}

/// An acceptance lapses once its row is another one: matched with another record, of another amount, or gone. How many did.
pub fn lapse(db: &Writer<'_>, settlement: &str) -> Result<usize> {
    let lapsed = db
        .sql()
        .prepare_cached(
            "DELETE FROM row_choices WHERE settlement = ?1 AND choice = ?2 AND name NOT IN (
                 SELECT r.name FROM settlement_rows r
                 CROSS JOIN row_choices c ON c.settlement = ?1 AND c.choice = ?2 AND c.name = r.name
                 WHERE r.settlement = (SELECT key FROM settlements WHERE id = ?1)
                   AND r.row ->> '$.document' IS c.value ->> '$.document'
                   AND r.row ->> '$.netsuite.amount' IS c.value ->> '$.amount')",
        )?
        .execute([settlement, ACCEPTED])?;
    Ok(lapsed)
}

/// What was chosen with one word about a settlement's rows, the oldest first.
pub fn of(db: &Reader<'_>, settlement: &str, word: &str) -> Result<Vec<RowChoice>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM row_choices WHERE settlement = ?1 AND choice = ?2 AND value <> 'null' ORDER BY at, name"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map([settlement, word], choice)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everything that was chosen about these rows of a settlement.
pub fn of_rows(db: &Reader<'_>, settlement: &str, names: &[String]) -> Result<Vec<RowChoice>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM row_choices
         WHERE settlement = ?1 AND choice IN ('{ACCEPTED}', '{LATER}', '{NOTE}', '{WRITTEN_OFF}', '{DOCUMENTS}', '{SPLIT}',
                                              '{STANDALONE}')
           AND name IN (SELECT value FROM json_each(?2)) AND value <> 'null'"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(params![settlement, serde_json::to_string(names)?], choice)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many rows of a settlement have a choice.
pub fn count(db: &Reader<'_>, settlement: &str, word: &str) -> Result<u64> {
    let count: i64 = db
        .sql()
        .prepare_cached("SELECT count(*) FROM row_choices WHERE settlement = ?1 AND choice = ?2 AND value <> 'null'")?
        .query_row([settlement, word], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// How many rows of a tab a person has accepted.
pub fn accepted_in(db: &Reader<'_>, settlement: &str, tab: &str) -> Result<u64> {
    let none = count(db, settlement, ACCEPTED)? == 0;
    if none {
        return Ok(0);
    }
    let count: i64 = db
        .sql()
        .prepare_cached(
            "SELECT count(*) FROM settlement_rows r
             CROSS JOIN row_choices c ON c.settlement = ?1 AND c.choice = ?2 AND c.name = r.name
             WHERE r.settlement = (SELECT key FROM settlements WHERE id = ?1) AND r.tab = ?3",
        )?
        .query_row([settlement, ACCEPTED, tab], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Rows of any settlement that a person put wholly on one account, by the kind of their lines.
pub fn put_on(db: &Reader<'_>, kind: &[String; 3], account: &str) -> Result<u64> {
    let count: i64 = db
        .sql()
        .prepare_cached(
            "SELECT count(*) FROM row_choices
             WHERE choice = ?1 AND value ->> '$.kind' = json(?2) AND json_array_length(value, '$.parts') = 1
               AND value ->> '$.parts[0].account' = ?3",
        )?
        .query_row(params![SPLIT, json!(kind).to_string(), account], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The last act about a settlement's rows that still stands.
pub fn last_act(db: &Reader<'_>, settlement: &str) -> Result<Option<String>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT act FROM row_choices WHERE settlement = ?1 ORDER BY at DESC, act DESC LIMIT 1")?;
    Ok(query.query_row([settlement], |row| row.get(0)).optional()?)
}

/// The words of an act that still stands, each once.
pub fn words_of(db: &Reader<'_>, settlement: &str, act: &str) -> Result<Vec<String>> {
    let mut query = db
        .sql()
        .prepare_cached("SELECT DISTINCT choice FROM row_choices WHERE settlement = ?1 AND act = ?2 ORDER BY choice")?;
    let rows = query.query_map([settlement, act], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes an act back: what it took the place of stands again. How many choices.
pub fn undo(db: &Writer<'_>, settlement: &str, act: &str) -> Result<usize> {
    let new = db
        .sql()
        .prepare_cached("DELETE FROM row_choices WHERE settlement = ?1 AND act = ?2 AND before = 'null'")?
        .execute([settlement, act])?;
    let restored = db
        .sql()
        .prepare_cached(
            "UPDATE row_choices SET value = before -> '$.value', who = before ->> '$.who', at = before ->> '$.at',
                                    act = before ->> '$.act', before = before -> '$.before'
             WHERE settlement = ?1 AND act = ?2",
        )?
        .execute([settlement, act])?;
    Ok(new + restored)
}
