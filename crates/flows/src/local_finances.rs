//! What this computer keeps of Finances, as flows may ask for it.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::Currency;
use domain::finances::Transaction;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Failure;

/// Finances as kept here, read-only.
#[async_trait]
pub trait Finances: Send + Sync {
    /// From when on everything that Amazon posted to an account was read; nothing before the first reading is through.
    async fn finances_since(&self, account: &str) -> Result<Option<DateTime<Utc>>, Failure>;

    /// Those of these transactions that are not kept as they are told now.
    async fn finances_changed(&self, account: &str, told: Vec<Transaction>) -> Result<Vec<Transaction>, Failure>;

    /// What Amazon holds back of an account's money, as far as it was told.
    async fn finances_held(&self, account: &str) -> Result<Vec<Transaction>, Failure>;

    /// What of it was held back at an instant.
    async fn finances_held_at(&self, account: &str, at: DateTime<Utc>) -> Result<Vec<Transaction>, Failure>;

    /// What was posted in a span.
    async fn finances_posted(
        &self,
        account: &str,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Transaction>, Failure>;

    /// What was told of a settlement in its currency.
    async fn finances_of(&self, settlement: &str, currency: Currency) -> Result<ToldOf, Failure>;
}

/// What Finances told of a settlement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldOf {
    /// The sum of its transactions.
    pub total: Decimal,
    /// Their number.
    pub count: u32,
    /// The group that is paid out with it.
    pub group: Option<String>,
}

/// Transactions on their way into their table: shared, never copied, never in a journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transactions(Arc<Vec<Transaction>>);

impl Transactions {
    /// The transactions.
    pub fn all(&self) -> &[Transaction] {
        &self.0
    }
}

impl From<Vec<Transaction>> for Transactions {
    fn from(all: Vec<Transaction>) -> Self {
        Self(Arc::new(all))
    }
}
