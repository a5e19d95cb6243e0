//! A journal that exists only if it balances (SET-47..51).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Dimensions;
use crate::ExternalId;
use crate::money::{Currency, Money};

/// One line of a journal; credit positive, as Amazon signs its amounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLine {
    /// The account key: `acct.clearing`, `acct.referral_fees` …
    pub key: String,
    /// NetSuite's internal account id, once chosen.
    pub account: Option<String>,
    /// What stands in it: a category's key, `transfer`, `order-money`, `carried-forward`,
    /// `carried-part`, `variance`.
    pub what: String,
    /// Amazon's marketplace id, for accounts that carry dimensions (SET-54).
    pub marketplace: Option<String>,
    /// Positive credits, negative debits.
    pub credit: Decimal,
    /// Category and marketplace, in the words of the file.
    pub memo: String,
    /// Not explained yet: shown, never posted.
    pub open: bool,
    /// NetSuite's internal id of the customer that the line names, if any (SET-50).
    #[serde(default)]
    pub entity: Option<String>,
    /// What it is filed under (SET-54, SET-55).
    #[serde(default)]
    pub dimensions: Dimensions,
}

impl JournalLine {
    /// What stands on the debit side; nothing for a credit.
    pub fn debit_side(&self) -> Option<Decimal> {
        self.credit.is_sign_negative().then(|| -self.credit)
    }

    /// What stands on the credit side; nothing for a debit.
    pub fn credit_side(&self) -> Option<Decimal> {
        (!self.credit.is_sign_negative()).then_some(self.credit)
    }
}

/// Debits equal credits: there is no other way to make one (SET-48).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Journal {
    external_id: ExternalId,
    date: NaiveDate,
    currency: Currency,
    memo: String,
    lines: Vec<JournalLine>,
}

impl<'de> Deserialize<'de> for Journal {
    /// A stored journal is checked again: what does not balance is not read as one.
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Stored {
            external_id: ExternalId,
            date: NaiveDate,
            currency: Currency,
            memo: String,
            lines: Vec<JournalLine>,
        }
        let Stored {
            external_id,
            date,
            currency,
            memo,
            lines,
        } = Stored::deserialize(from)?;
        Self::new(external_id, date, currency, memo, lines).map_err(serde::de::Error::custom)
    }
}

/// Debits and credits differ: `JE_UNBALANCED`, a defect and never a question for a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the journal is off by {0}")]
pub struct Unbalanced(pub Money);

impl Journal {
    /// A journal, if its lines balance and none of them is open.
    pub fn new(
        external_id: ExternalId,
        date: NaiveDate,
        currency: Currency,
        memo: String,
        lines: Vec<JournalLine>,
    ) -> Result<Self, Unbalanced> {
        let off: Decimal = lines
            .iter()
            .map(|line| if line.open { Decimal::ZERO } else { line.credit })
            .sum();
        if off.is_zero() && lines.iter().all(|line| !line.open) {
            Ok(Self {
                external_id,
                date,
                currency,
                memo,
                lines,
            })
        } else {
            Err(Unbalanced(Money::new(off, currency)))
        }
    }

    /// The external id: `AZN-JE-…`.
    pub fn external_id(&self) -> &ExternalId {
        &self.external_id
    }
    /// The day it is dated.
    pub fn date(&self) -> NaiveDate {
        self.date
    }
    /// The currency of all amounts.
    pub fn currency(&self) -> Currency {
        self.currency
    }
    /// The memo.
    pub fn memo(&self) -> &str {
        &self.memo
    }
    /// The lines, debits first.
    pub fn lines(&self) -> &[JournalLine] {
        &self.lines
    }
    /// The total of either side.
    pub fn total(&self) -> Money {
        Money::new(
            self.lines.iter().filter_map(JournalLine::credit_side).sum(),
            self.currency,
        )
    }
}

/// Nets lines of one account, customer, dimensions, marketplace and memo class into one (SET-49); a line that nets to
/// zero goes.
/// Lines of one balance account are one class, lines of income and cost are a class per category.
pub(super) fn combined(lines: Vec<JournalLine>) -> Vec<JournalLine> {
    let mut order = Vec::new();
    let mut places = BTreeMap::new();
    for line in lines {
        let account = line.account.clone().unwrap_or_else(|| line.key.clone());
        let class = if line.marketplace.is_some() {
            (line.what.clone(), line.memo.clone())
        } else {
            Default::default()
        };
        let filed = (line.entity.clone(), line.dimensions.clone());
        let place = (account, filed, line.marketplace.clone(), class, line.open);
        if let Some(first) = places.get_mut(&place) {
            let first: &mut JournalLine = first;
            first.credit += line.credit;
        } else {
            order.push(place.clone());
            places.insert(place, line);
        }
    }
    let kept = order.into_iter().filter_map(|place| places.remove(&place));
    kept.filter(|line| !line.credit.is_zero()).collect()
}

/// Debits first, each side in the order it came.
pub(super) fn debits_first(lines: Vec<JournalLine>) -> Vec<JournalLine> {
    let (debits, credits): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.debit_side().is_some());
    debits.into_iter().chain(credits).collect()
}
