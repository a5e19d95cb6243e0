//! What a person chose about one settlement as a whole: a variance accepted with its reason (SET-58), a marketplace named
//! once for rows that carry none (SET-16), a balancing line (SET-09).

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE settlement_choices (
    settlement TEXT NOT NULL,
    choice     TEXT NOT NULL,
    value      TEXT NOT NULL,            -- JSON, of the shape that the choice has
    who        TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (settlement, choice)
) STRICT, WITHOUT ROWID;
";

/// `{"amount":"-12.40","reason":"…"}`: the variance that was accepted, in the settlement's currency, and why.
pub const ACCEPT_VARIANCE: &str = "accept_variance";
/// `{"EUR":"A1PA6795UKMFR9"}`: a currency and Amazon's id of the marketplace that rows without a name belong to.
pub const PICKED_MARKETPLACE: &str = "picked_marketplace";
/// `{"reason":"…"}`: the settlement is closed, and no flow writes to it (SET-60); with `"elsewhere":true` because another
/// tool has posted it.
pub const CLOSED: &str = "closed";
/// `{"date":"2026-10-19","amount":"915.00","currency":"EUR","fee":"2.50","journal":true}`: what the bank has of the
/// transfer, and whether a journal has to say it (SET-53).
pub const BANK: &str = "bank";
/// `{"previous":"…","reason":"…"}`: nobody waits for the settlement that is missing between that one and this (SET-10).
pub const GAP_ACCEPTED: &str = "gap_accepted";
/// `{"amount":"5.00","category":"reserve","account":null,"reason":"…"}`: a line by hand that makes a file add up (SET-09).
pub const BALANCING_LINE: &str = "balancing_line";

/// `["3.0"]`: the groups that were open when the settlement was posted with an accepted variance, by their lasting names
/// (SET-58).
pub const POSTED_WITHOUT: &str = "posted_without";

/// One choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Amazon's settlement id.
    pub settlement: String,
    /// What was chosen, one of the words above.
    pub choice: String,
    /// Which, in the choice's own shape.
    pub value: Value,
    /// The person.
    pub who: String,
    /// When.
    pub at: DateTime<Utc>,
}

fn choice(row: &Row<'_>) -> rusqlite::Result<Choice> {
    Ok(Choice {
        settlement: row.get(0)?,
        choice: row.get(1)?,
        value: row.get::<_, Json<Value>>(2)?.0,
        who: row.get(3)?,
        at: row.get::<_, At>(4)?.0,
    })
}

/// Everything that was chosen about a settlement, by the choice's word.
pub fn all(db: &Reader<'_>, settlement: &str) -> Result<Vec<Choice>> {
    let mut query = db.sql().prepare_cached(
        "SELECT settlement, choice, value, who, at FROM settlement_choices WHERE settlement = ?1 ORDER BY choice",
    )?;
    Ok(query
        .query_map([settlement], choice)?
        .collect::<rusqlite::Result<_>>()?)
}

/// One choice about a settlement.
pub fn get(db: &Reader<'_>, settlement: &str, word: &str) -> Result<Option<Choice>> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT settlement, choice, value, who, at FROM settlement_choices WHERE settlement = ?1 AND choice = ?2",
        )?
        .query_row([settlement, word], choice)
        .optional()?)
}

/// What was chosen with one word about any settlement, oldest first.
pub fn of(db: &Reader<'_>, word: &str) -> Result<Vec<Choice>> {
    let mut query = db.sql().prepare_cached(
        "SELECT settlement, choice, value, who, at FROM settlement_choices WHERE choice = ?1 ORDER BY at, settlement",
    )?;
    Ok(query.query_map([word], choice)?.collect::<rusqlite::Result<_>>()?)
}

/// Chooses, in place of what was chosen before.
pub fn set(db: &Writer<'_>, new: &Choice) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO settlement_choices (settlement, choice, value, who, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![new.settlement, new.choice, Json(&new.value), new.who, At(new.at)])?;
    Ok(())
}

/// Takes a choice back. Whether there was one.
pub fn clear(db: &Writer<'_>, settlement: &str, choice: &str) -> Result<bool> {
    let mut change = db
        .sql()
        .prepare_cached("DELETE FROM settlement_choices WHERE settlement = ?1 AND choice = ?2")?;
    Ok(change.execute([settlement, choice])? > 0)
}
