//! What Amazon posted to the seller's account, and what it has of the seller's money (flows.md §11): the second telling
//! beside the settlement files. A transaction is kept as it was told last.

use chrono::{DateTime, Utc};
use domain::finances::{Goods, Part, Status, Transaction};
use domain::{Currency, Money};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::values::{At, Json, money_at, money_columns};
use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE finance_transactions (
    account     TEXT NOT NULL,
    id          TEXT NOT NULL,          -- Amazon's transaction id
    kind        TEXT NOT NULL,
    status      TEXT NOT NULL,
    posted      INTEGER NOT NULL,
    amount      INTEGER NOT NULL,       -- ten-thousandths of `currency`
    currency    TEXT NOT NULL,
    marketplace TEXT,
    order_id    TEXT,
    settlement  TEXT,
    event_group TEXT,
    twin        TEXT,                   -- its release, or what it releases
    reason      TEXT,
    matures     INTEGER,
    skus        TEXT NOT NULL,          -- JSON
    parts       TEXT NOT NULL,          -- JSON; they sum to the amount
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX finance_transactions_by_status ON finance_transactions (account, status, posted);
CREATE INDEX finance_transactions_by_posted ON finance_transactions (account, posted);
CREATE INDEX finance_transactions_by_settlement ON finance_transactions (settlement) WHERE settlement IS NOT NULL;
CREATE INDEX finance_transactions_by_order ON finance_transactions (order_id) WHERE order_id IS NOT NULL;
CREATE TABLE finance_balances (
    account     TEXT NOT NULL,
    marketplace TEXT NOT NULL,
    kind        TEXT NOT NULL,          -- available, deferred or reserve
    amount      INTEGER NOT NULL,       -- ten-thousandths of `currency`
    currency    TEXT NOT NULL,
    PRIMARY KEY (account, marketplace, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE finance_reach (
    account TEXT PRIMARY KEY,
    since   INTEGER NOT NULL            -- everything posted from here on to the cursor was read
) STRICT, WITHOUT ROWID;
";

const COLUMNS: &str = "id, kind, status, posted, amount, currency, marketplace, order_id, settlement, event_group, twin, \
                       reason, matures, skus, parts";

fn transaction(row: &Row<'_>) -> rusqlite::Result<Transaction> {
    let code: String = row.get(5)?;
    let currency: Currency = code
        .parse()
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(5, Type::Text, Box::new(error)))?;
    Ok(Transaction {
        id: row.get(0)?,
        kind: row.get(1)?,
        status: Status::from(row.get::<_, String>(2)?),
        posted: row.get::<_, At>(3)?.0,
        total: Money::from_ten_thousandths(row.get(4)?, currency),
        marketplace: row.get(6)?,
        order: row.get(7)?,
        settlement: row.get(8)?,
        group: row.get(9)?,
        twin: row.get(10)?,
        reason: row.get(11)?,
        matures: row.get::<_, Option<At>>(12)?.map(|at| at.0),
        goods: row.get::<_, Json<Vec<Goods>>>(13)?.0,
        parts: row.get::<_, Json<Vec<Part>>>(14)?.0,
    })
}

/// Keeps transactions as they are told now. How many of them were new or had changed.
pub fn keep(db: &Writer<'_>, account: &str, told: &[Transaction]) -> Result<usize> {
    let mut changed = 0;
    for one in told {
        if get(db, account, &one.id)?.as_ref() == Some(one) {
            continue;
        }
        db.sql()
            .prepare_cached(&format!(
                "INSERT OR REPLACE INTO finance_transactions (account, {COLUMNS})
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
            ))?
            .execute(params![
                account,
                one.id,
                one.kind,
                one.status.as_str(),
                At(one.posted),
                one.total.ten_thousandths()?,
                one.total.currency.code(),
                one.marketplace,
                one.order,
                one.settlement,
                one.group,
                one.twin,
                one.reason,
                one.matures.map(At),
                Json(&one.goods),
                Json(&one.parts),
            ])?;
        changed += 1;
    }
    Ok(changed)
}

/// One transaction.
pub fn get(db: &Reader<'_>, account: &str, id: &str) -> Result<Option<Transaction>> {
    let sql = format!("SELECT {COLUMNS} FROM finance_transactions WHERE account = ?1 AND id = ?2");
    Ok(db
        .sql()
        .prepare_cached(&sql)?
        .query_row([account, id], transaction)
        .optional()?)
}

/// What was posted in a span, of one status or of all, oldest first.
pub fn posted(
    db: &Reader<'_>,
    account: &str,
    status: Option<&Status>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Transaction>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM finance_transactions
         WHERE account = ?1 AND (?2 IS NULL OR status = ?2) AND posted >= ?3 AND posted < ?4 ORDER BY posted, id"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(
        params![account, status.map(Status::as_str), At(from), At(until)],
        transaction,
    )?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What Amazon holds back, oldest first.
pub fn held(db: &Reader<'_>, account: &str) -> Result<Vec<Transaction>> {
    posted(
        db,
        account,
        Some(&Status::Deferred),
        DateTime::UNIX_EPOCH,
        DateTime::<Utc>::MAX_UTC,
    )
}

/// What of an account's money was held back at an instant: it still is, or it was released only afterwards.
pub fn held_at(db: &Reader<'_>, account: &str, at: DateTime<Utc>) -> Result<Vec<Transaction>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM finance_transactions AS this
         WHERE account = ?1 AND posted < ?2 AND (status = 'DEFERRED' OR status = 'DEFERRED_RELEASED' AND coalesce(
             (SELECT free.posted FROM finance_transactions AS free WHERE free.account = ?1 AND free.id = this.twin),
             matures, 0) >= ?2)
         ORDER BY posted, id"
    );
    let mut query = db.sql().prepare_cached(&sql)?;
    let rows = query.query_map(params![account, At(at)], transaction)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What Finances told of one settlement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// The sum of its transactions: released ones, without payouts.
    pub total: Decimal,
    /// Their number.
    pub count: u32,
    /// The group that Amazon pays out with it.
    pub group: Option<String>,
}

/// What was told of a settlement of a currency.
pub fn of_settlement(db: &Reader<'_>, settlement: &str, currency: Currency) -> Result<Told> {
    Ok(db
        .sql()
        .prepare_cached(
            "SELECT coalesce(sum(amount), 0), count(*), max(event_group) FROM finance_transactions
             WHERE settlement = ?1 AND currency = ?2 AND status = 'RELEASED' AND lower(kind) <> 'transfer'",
        )?
        .query_row([settlement, currency.code()], |row| {
            Ok(Told {
                total: Decimal::new(row.get(0)?, 4).normalize(),
                count: row.get(1)?,
                group: row.get(2)?,
            })
        })?)
}

/// Orders of an account with a transaction that says where their money is: `DEFERRED` or `RELEASED`, by order.
pub fn statuses(db: &Reader<'_>, account: &str) -> Result<Vec<(String, Status)>> {
    let mut query = db.sql().prepare_cached(
        "SELECT DISTINCT order_id, status FROM finance_transactions
         WHERE account = ?1 AND order_id IS NOT NULL AND kind = 'Shipment' AND status IN ('DEFERRED', 'RELEASED')",
    )?;
    let rows = query.query_map([account], |row| {
        Ok((row.get(0)?, Status::from(row.get::<_, String>(1)?)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A balance that Amazon told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Amazon's id of the marketplace.
    pub marketplace: String,
    /// `available`, `deferred` or `reserve`.
    pub kind: String,
    /// The amount.
    pub amount: Money,
}

/// Keeps a balance in place of the one told before. Whether it has changed.
pub fn set_balance(db: &Writer<'_>, account: &str, new: &Balance) -> Result<bool> {
    let before = balances(db, account)?;
    let same = |known: &&Balance| (&known.marketplace, &known.kind) == (&new.marketplace, &new.kind);
    let changed = before.iter().find(same).is_none_or(|known| known.amount != new.amount);
    let (units, code) = money_columns(Some(new.amount))?;
    db.sql()
        .prepare_cached(
            "INSERT OR REPLACE INTO finance_balances (account, marketplace, kind, amount, currency)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![account, new.marketplace, new.kind, units, code])?;
    Ok(changed)
}

/// The balances of an account as they were told last.
pub fn balances(db: &Reader<'_>, account: &str) -> Result<Vec<Balance>> {
    let mut query = db.sql().prepare_cached(
        "SELECT marketplace, kind, amount, currency FROM finance_balances WHERE account = ?1
         ORDER BY marketplace, kind",
    )?;
    let rows = query.query_map([account], |row| {
        Ok(Balance {
            marketplace: row.get(0)?,
            kind: row.get(1)?,
            amount: money_at(row, 2)?.unwrap_or(Money::zero(Currency::NONE)),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// From when on everything that was posted has been read; nothing before the first reading came to its end.
pub fn reach(db: &Reader<'_>, account: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(db
        .sql()
        .prepare_cached("SELECT since FROM finance_reach WHERE account = ?1")?
        .query_row([account], |row| Ok(row.get::<_, At>(0)?.0))
        .optional()?)
}

/// Notes from when on everything was read.
pub fn set_reach(db: &Writer<'_>, account: &str, since: DateTime<Utc>) -> Result<()> {
    db.sql()
        .prepare_cached("INSERT OR REPLACE INTO finance_reach (account, since) VALUES (?1, ?2)")?
        .execute(params![account, At(since)])?;
    Ok(())
}
