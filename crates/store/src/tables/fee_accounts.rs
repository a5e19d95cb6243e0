//! Which account a kind of settlement line goes to, as far as the seller has chosen (SET-12).

use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::{Reader, Result, Writer};

pub(crate) const SCHEMA: &str = "
CREATE TABLE fee_accounts (
    transaction_type   TEXT NOT NULL,
    amount_type        TEXT NOT NULL,
    amount_description TEXT NOT NULL,
    marketplace        TEXT NOT NULL,   -- empty: all
    category           TEXT NOT NULL,
    account_key        TEXT NOT NULL,
    account_id         TEXT,            -- NetSuite's id when one account was named outright
    PRIMARY KEY (transaction_type, amount_type, amount_description, marketplace)
) STRICT, WITHOUT ROWID;
";

/// A choice for one kind of line. `*` in a text stands for anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeAccount {
    /// The report's transaction-type.
    pub transaction_type: String,
    /// The report's amount-type.
    pub amount_type: String,
    /// The report's amount-description.
    pub amount_description: String,
    /// The marketplace's id; empty for all.
    pub marketplace: String,
    /// The category that the line counts in.
    pub category: String,
    /// The account's key among the seller's accounts, such as `acct.fees`.
    pub account_key: String,
    /// NetSuite's id of an account named outright.
    pub account_id: Option<String>,
}

/// Sets a choice.
pub fn set(db: &Writer<'_>, row: &FeeAccount) -> Result<()> {
    db.sql()
        .prepare_cached(
            "INSERT INTO fee_accounts (transaction_type, amount_type, amount_description, marketplace, category,
                                       account_key, account_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (transaction_type, amount_type, amount_description, marketplace) DO UPDATE SET
                 category = excluded.category, account_key = excluded.account_key, account_id = excluded.account_id",
        )?
        .execute(params![
            row.transaction_type,
            row.amount_type,
            row.amount_description,
            row.marketplace,
            row.category,
            row.account_key,
            row.account_id
        ])?;
    Ok(())
}

/// All choices.
pub fn all(db: &Reader<'_>) -> Result<Vec<FeeAccount>> {
    let mut query = db.sql().prepare_cached(
        "SELECT transaction_type, amount_type, amount_description, marketplace, category, account_key, account_id
         FROM fee_accounts ORDER BY 1, 2, 3, 4",
    )?;
    let rows = query.query_map([], |row| {
        Ok(FeeAccount {
            transaction_type: row.get(0)?,
            amount_type: row.get(1)?,
            amount_description: row.get(2)?,
            marketplace: row.get(3)?,
            category: row.get(4)?,
            account_key: row.get(5)?,
            account_id: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
