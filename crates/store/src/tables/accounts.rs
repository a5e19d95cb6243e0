//! What is connected. Credentials stand here only sealed (S1).

use chrono::{DateTime, Utc};
use domain::Text;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::values::{At, Json};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE accounts (
    id           TEXT PRIMARY KEY,    -- `eu:A1SELLER`, or `netsuite:1234567`
    service      TEXT NOT NULL,
    region       TEXT NOT NULL,       -- empty for NetSuite
    outside_id   TEXT NOT NULL,       -- the seller's id, or NetSuite's account id
    name         TEXT NOT NULL,
    state        TEXT NOT NULL,
    because      TEXT,
    settings     TEXT NOT NULL,
    connected_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sealed (
    account TEXT NOT NULL,
    field   TEXT NOT NULL,
    blob    BLOB NOT NULL,
    set_at  INTEGER NOT NULL,
    PRIMARY KEY (account, field)
) STRICT, WITHOUT ROWID;
";

crate::words! {
    /// The two sides of the bridge.
    pub enum Service {
        /// The Selling Partner API.
        Amazon = "amazon",
        /// NetSuite.
        NetSuite = "netsuite",
    }
}

crate::words! {
    /// Whether an account may be used.
    pub enum AccountState {
        /// It works.
        Connected = "connected",
        /// It no longer accepts us; everything for it is paused until somebody reconnects it.
        SignedOut = "signed_out",
        /// A person paused it.
        Paused = "paused",
    }
}

/// A connected account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// `eu:A1SELLER`, or `netsuite:1234567`.
    pub id: String,
    /// Which side it is on.
    pub service: Service,
    /// Amazon's region: `na`, `eu`, `fe`; empty for NetSuite.
    pub region: String,
    /// The seller's id, or NetSuite's account id.
    pub outside_id: String,
    /// What people call it.
    pub name: String,
    /// Whether it may be used.
    pub state: AccountState,
    /// Why it may not.
    pub because: Option<Text>,
    /// What is known about it: features found when it was connected, addresses. No secrets.
    pub settings: Value,
    /// Since when.
    pub connected_at: DateTime<Utc>,
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: row.get(0)?,
        service: row.get(1)?,
        region: row.get(2)?,
        outside_id: row.get(3)?,
        name: row.get(4)?,
        state: row.get(5)?,
        because: row.get::<_, Option<Json<Text>>>(6)?.map(|text| text.0),
        settings: row.get::<_, Json<Value>>(7)?.0,
        connected_at: row.get::<_, At>(8)?.0,
    })
}

const COLUMNS: &str = "id, service, region, outside_id, name, state, because, settings, connected_at";

/// Adds or replaces an account.
pub fn put(db: &Writer<'_>, new: &Account) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO accounts (id, service, region, outside_id, name, state, because, settings, connected_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, because = excluded.because,
                                            settings = excluded.settings, connected_at = excluded.connected_at",
        )?
        .execute(params![
            new.id,
            new.service,
            new.region,
            new.outside_id,
            new.name,
            new.state,
            new.because.as_ref().map(Json),
            Json(&new.settings),
            At(new.connected_at)
        ])?;
    Ok(())
}

/// Says whether an account may be used.
pub fn set_state(db: &Writer<'_>, id: &str, state: AccountState, because: Option<&Text>) -> Result<()> {
    db.sql()
        .prepare_cached("UPDATE accounts SET state = ?2, because = ?3 WHERE id = ?1")?
        .execute(params![id, state, because.map(Json)])?;
    Ok(())
}

/// One account.
pub fn get(db: &Reader<'_>, id: &str) -> Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = ?1");
    Ok(db.sql().prepare_cached(&sql)?.query_row([id], account).optional()?)
}

/// All accounts.
pub fn all(db: &Reader<'_>) -> Result<Vec<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts ORDER BY service, id");
    let mut query = db.sql().prepare_cached(&sql)?;
    Ok(query.query_map([], account)?.collect::<rusqlite::Result<_>>()?)
}

/// Keeps a sealed secret of an account.
pub fn put_sealed(db: &Writer<'_>, account: &str, field: &str, blob: &[u8], at: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO sealed (account, field, blob, set_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (account, field) DO UPDATE SET blob = excluded.blob, set_at = excluded.set_at",
        )?
        .execute(params![account, field, blob, At(at)])?;
    Ok(())
}

/// A sealed secret of an account.
pub fn sealed(db: &Reader<'_>, account: &str, field: &str) -> Result<Option<Vec<u8>>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT blob FROM sealed WHERE account = ?1 AND field = ?2")?
        .query_row([account, field], |row| row.get(0))
        .optional()?)
}
