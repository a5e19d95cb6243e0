//! What money is worth: which currency an account counts in, what currencies are worth, at which rate something was posted.

use domain::{Currency, ExternalId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{currency, ids, in_lists};
use crate::suiteql::Query;
use crate::write::RecordId;

/// The currencies of those of these accounts that count in one of their own, such as a bank account.
pub fn currencies_of_accounts(accounts: &[RecordId]) -> Vec<Query<(RecordId, Option<Currency>)>> {
    let query = |list: &str| {
        format!(
            "SELECT a.id, c.symbol FROM account a JOIN currency c ON c.id = a.currency WHERE a.id IN ({list}) \
             ORDER BY a.id"
        )
    };
    in_lists(&ids(accounts), query, |row| {
        Ok((row.id("id")?, currency(row, "symbol")))
    })
}

/// The rate that each of these transactions was posted at: units of the books' own currency for one of the transaction's.
pub fn rates_of(names: &[ExternalId]) -> Vec<Query<(String, Option<Decimal>)>> {
    let names: Vec<String> = names.iter().map(|name| name.as_str().to_owned()).collect();
    let query = |list: &str| {
        format!("SELECT t.externalid, t.exchangerate FROM transaction t WHERE t.externalid IN ({list}) ORDER BY t.id")
    };
    in_lists(&names, query, |row| {
        Ok((row.text("externalid")?, row.maybe_number("exchangerate")?))
    })
}

/// What a currency is worth today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worth {
    /// ISO 4217.
    pub symbol: Currency,
    /// NetSuite's id.
    pub id: RecordId,
    /// Units of the company's own currency for one of it.
    pub rate: Option<Decimal>,
    /// Whether it is the company's own.
    pub is_base: bool,
}

/// What the account's currencies are worth; those with a symbol that is no ISO code are left out.
pub fn worth() -> Query<Option<Worth>> {
    Query::new(
        "SELECT c.id, c.symbol, c.exchangerate, c.isbasecurrency FROM currency c ORDER BY c.id",
        Vec::new(),
        |row| {
            let (id, rate, is_base) = (
                row.id("id")?,
                row.maybe_number("exchangerate")?,
                row.flag("isbasecurrency"),
            );
            Ok(currency(row, "symbol").map(|symbol| Worth {
                symbol,
                id,
                rate,
                is_base,
            }))
        },
    )
}

/// The currency that a subsidiary's books count in.
pub fn currency_of_subsidiary(subsidiary: &RecordId) -> Query<Option<Currency>> {
    Query::new(
        "SELECT c.symbol FROM subsidiary s JOIN currency c ON c.id = s.currency WHERE s.id = ?",
        vec![subsidiary.0.clone()],
        |row| Ok(currency(row, "symbol")),
    )
}
