//! Which currency the books and the banks count in, and what others are worth.

use std::collections::{BTreeMap, BTreeSet};

use domain::Currency;
use netsuite::queries::{self, Worth};
use netsuite::{RecordId, suiteql};
use rust_decimal::Decimal;
use wire::Failure;

use crate::flow::Reads;
use crate::rules::{Profile, Rules};

/// NetSuite's currencies, and the one that the books of a marketplace count in.
pub(crate) struct Books {
    all: Vec<Worth>,
    base: Option<Currency>,
}

impl Books {
    /// In OneWorld the books count in the subsidiary's currency, else in the company's.
    pub(crate) async fn of(reads: &Reads<'_>, rules: &Rules, marketplace: &str) -> Result<Self, Failure> {
        let all = suiteql::all(&reads.netsuite, vec![queries::worth()]).await?;
        let all: Vec<Worth> = all.into_iter().flatten().collect();
        let own = match rules.record(marketplace, "subsidiary") {
            Some(subsidiary) => {
                let asked = vec![queries::currency_of_subsidiary(&subsidiary)];
                let found = suiteql::all(&reads.netsuite, asked).await?;
                found.into_iter().flatten().next()
            }
            None => None,
        };
        let base = own.or_else(|| all.iter().find(|one| one.is_base).map(|one| one.symbol));
        Ok(Self { all, base })
    }

    /// The currency of the books with NetSuite's id of it.
    pub(super) fn base(&self) -> Option<(Currency, RecordId)> {
        let base = self.base?;
        Some((base, self.id(base)?))
    }

    /// NetSuite's id of a currency.
    pub(super) fn id(&self, currency: Currency) -> Option<RecordId> {
        let found = self.all.iter().find(|one| one.symbol == currency)?;
        Some(found.id.clone())
    }

    /// Whether the books count in a currency.
    pub(super) fn is_base(&self, currency: Currency) -> bool {
        self.base == Some(currency)
    }

    /// Units of the books' currency for one of another.
    pub(crate) fn rate(&self, currency: Currency) -> Option<Decimal> {
        if self.is_base(currency) {
            return Some(Decimal::ONE);
        }
        let rate = |symbol: Currency| self.all.iter().find(|one| one.symbol == symbol)?.rate;
        let rate = rate(currency)?.checked_div(rate(self.base?)?)?;
        (rate > Decimal::ZERO).then_some(rate)
    }
}

/// What the banks of the marketplaces count in. Where there is but one currency nobody needs to ask, and an account that
/// does not tell leaves it to `je.bank_line`.
pub(super) async fn banks(
    reads: &Reads<'_>,
    rules: &Rules,
    currencies: usize,
) -> Result<BTreeMap<RecordId, Currency>, Failure> {
    if currencies < 2 {
        return Ok(BTreeMap::new());
    }
    let chosen = rules.marketplaces.keys().filter_map(|id| rules.record(id, "acct.bank"));
    let accounts: BTreeSet<RecordId> = chosen.collect();
    let asked = queries::currencies_of_accounts(&accounts.into_iter().collect::<Vec<_>>());
    match suiteql::all(&reads.netsuite, asked).await {
        Err(Failure::Refused { .. }) => Ok(BTreeMap::new()),
        found => Ok(found?
            .into_iter()
            .filter_map(|(account, currency)| Some((account, currency?)))
            .collect()),
    }
}

/// What the bank of a marketplace counts in, where it is known.
pub(super) fn bank_currency(
    rules: &Rules,
    profile: Option<&Profile>,
    banks: &BTreeMap<RecordId, Currency>,
) -> Option<Currency> {
    let bank = rules.record(&profile?.id, "acct.bank")?;
    banks.get(&bank).copied()
}
