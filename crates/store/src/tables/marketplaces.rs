//! The marketplaces that the accounts take part in, and from when on each one's books are kept (CMN-32).

use chrono::NaiveDate;
use rusqlite::types::Type;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::Json;
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE marketplaces (
    id       TEXT NOT NULL,           -- Amazon's id, such as A1PA6795UKMFR9
    account  TEXT NOT NULL REFERENCES accounts (id),
    country  TEXT NOT NULL,
    currency TEXT NOT NULL,
    enabled  INTEGER NOT NULL,
    go_live  TEXT,                    -- the first business day, ISO; nothing may be written without it
    settings TEXT NOT NULL,
    PRIMARY KEY (id, account)
) STRICT, WITHOUT ROWID;
";

/// One marketplace of one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marketplace {
    /// Amazon's id.
    pub id: String,
    /// The account: `eu:A1SELLER`.
    pub account: String,
    /// ISO country code.
    pub country: String,
    /// ISO currency code.
    pub currency: String,
    /// Whether flows look at it.
    pub enabled: bool,
    /// Orders from before this business day are never imported by schedule.
    pub go_live: Option<NaiveDate>,
    /// What else was chosen for it.
    pub settings: Value,
}

fn marketplace(row: &Row<'_>) -> rusqlite::Result<Marketplace> {
    let day: Option<String> = row.get(5)?;
    let go_live = day
        .map(|day| day.parse::<NaiveDate>())
        .transpose()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(5, Type::Text, Box::new(error)))?;
    Ok(Marketplace {
        id: row.get(0)?,
        account: row.get(1)?,
        country: row.get(2)?,
        currency: row.get(3)?,
        enabled: row.get(4)?,
        go_live,
        settings: row.get::<_, Json<Value>>(6)?.0,
    })
}

/// Adds or replaces a marketplace.
pub fn put(db: &Writer<'_>, new: &Marketplace) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO marketplaces (id, account, country, currency, enabled, go_live, settings)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id, account) DO UPDATE SET
                 country = excluded.country, currency = excluded.currency, enabled = excluded.enabled,
                 go_live = excluded.go_live, settings = excluded.settings",
        )?
        .execute(params![
            new.id,
            new.account,
            new.country,
            new.currency,
            new.enabled,
            new.go_live.map(|day| day.to_string()),
            Json(&new.settings)
        ])?;
    Ok(())
}

/// All marketplaces, by account.
pub fn all(db: &Reader<'_>) -> Result<Vec<Marketplace>> {
    let mut query = db.sql().prepare_cached(
        "SELECT id, account, country, currency, enabled, go_live, settings FROM marketplaces ORDER BY account, country, id",
    )?;
    Ok(query.query_map([], marketplace)?.collect::<rusqlite::Result<_>>()?)
}
