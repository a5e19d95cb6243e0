//! Finances as this computer keeps it: read for the flows, and written in the transaction that stores their decisions.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::Currency;
use domain::finances::Transaction;
use flows::local_finances::{Finances, ToldOf};
use store::finances::{self, Balance};
use store::{Result, Writer};
use wire::Failure;

use crate::local::LocalFacts;
use crate::local_write::Kept;

#[async_trait]
impl Finances for LocalFacts {
    async fn finances_since(&self, account: &str) -> std::result::Result<Option<DateTime<Utc>>, Failure> {
        self.read(|db| finances::reach(db, account))
    }

    async fn finances_changed(
        &self,
        account: &str,
        told: Vec<Transaction>,
    ) -> std::result::Result<Vec<Transaction>, Failure> {
        self.read(|db| {
            let mut changed = Vec::new();
            for one in told {
                if finances::get(db, account, &one.id)?.as_ref() != Some(&one) {
                    changed.push(one);
                }
            }
            Ok(changed)
        })
    }

    async fn finances_held(&self, account: &str) -> std::result::Result<Vec<Transaction>, Failure> {
        self.read(|db| finances::held(db, account))
    }

    async fn finances_held_at(
        &self,
        account: &str,
        at: DateTime<Utc>,
    ) -> std::result::Result<Vec<Transaction>, Failure> {
        self.read(|db| finances::held_at(db, account, at))
    }

    async fn finances_posted(
        &self,
        account: &str,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> std::result::Result<Vec<Transaction>, Failure> {
        self.read(|db| finances::posted(db, account, None, from, until))
    }

    async fn finances_of(&self, settlement: &str, currency: Currency) -> std::result::Result<ToldOf, Failure> {
        let told = self.read(|db| finances::of_settlement(db, settlement, currency))?;
        Ok(ToldOf {
            total: told.total,
            count: told.count,
            group: told.group,
        })
    }
}

/// Keeps transactions as they are told now.
pub(crate) fn keep(db: &Writer<'_>, account: &str, told: &[Transaction]) -> Result<Kept> {
    Ok(changed(finances::keep(db, account, told)? > 0))
}

/// Keeps a marketplace's balances.
pub(crate) fn keep_balance(db: &Writer<'_>, account: &str, told: &amazon::finances::Balance) -> Result<Kept> {
    let kinds = [
        ("available", told.available),
        ("deferred", told.deferred),
        ("reserve", told.reserve),
    ];
    let mut new = false;
    for (kind, amount) in kinds {
        if let Some(amount) = amount {
            let balance = Balance {
                marketplace: told.marketplace.clone(),
                kind: kind.to_owned(),
                amount,
            };
            new |= finances::set_balance(db, account, &balance)?;
        }
    }
    Ok(changed(new))
}

/// Notes from when on everything was read.
pub(crate) fn note_reach(db: &Writer<'_>, account: &str, since: DateTime<Utc>) -> Result<Kept> {
    finances::set_reach(db, account, since)?;
    Ok(Kept::Changed)
}

fn changed(is_new: bool) -> Kept {
    if is_new { Kept::Changed } else { Kept::Known }
}
