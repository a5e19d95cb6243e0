//! A transfer that reaches a bank account in another currency (SET-53): the settlement's journal leaves it in transit, and
//! a second, small one brings it home with what the bank took and what the exchange changed.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::journal::debits_first;
use super::{Accounts, Dimensions, Journal, JournalLine};
use crate::ExternalId;
use crate::money::Money;

/// What the bank says of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What came in, in the bank account's currency.
    pub received: Money,
    /// What the bank kept for itself, positive, in the same currency; zero for none.
    pub fee: Money,
    /// The value date.
    pub date: NaiveDate,
    /// What one unit of the settlement's currency is worth in the bank's, as the books counted the transfer.
    pub rate: Decimal,
}

/// Why there is no such journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotBanked {
    /// The settlement sent no money to the bank.
    #[error("nothing was transferred")]
    NothingTransferred,
    /// Bank and settlement count in one currency: the transfer needs no exchange.
    #[error("the bank counts in the settlement's currency")]
    SameCurrency,
    /// Fee and receipt are in two currencies.
    #[error("the fee is not in the bank's currency")]
    OtherCurrency,
    /// An amount or the rate is nought or less.
    #[error("an amount or the rate is nought or less")]
    NotPositive,
}

/// The second journal, `AZN-JE-<settlement>-B`, in the bank's currency: the bank and the fee against what was in transit,
/// the rest of it being the exchange difference (`acct.exchange_difference`: a debit is a loss).
///
/// # Errors
///
/// When there is nothing to exchange, or the bank's numbers cannot be meant.
pub fn journal(settlement: &str, transfer: Money, receipt: Receipt, accounts: &Accounts) -> Result<Journal, NotBanked> {
    let Receipt {
        received,
        fee,
        date,
        rate,
    } = receipt;
    if transfer.amount <= Decimal::ZERO {
        return Err(NotBanked::NothingTransferred);
    }
    if transfer.currency == received.currency {
        return Err(NotBanked::SameCurrency);
    }
    if fee.currency != received.currency {
        return Err(NotBanked::OtherCurrency);
    }
    if received.amount <= Decimal::ZERO || fee.amount < Decimal::ZERO || rate <= Decimal::ZERO {
        return Err(NotBanked::NotPositive);
    }
    let in_transit = Money::new(transfer.amount * rate, received.currency).rounded().amount;
    let line = |what: &str, key: &str, credit: Decimal| JournalLine {
        key: key.to_owned(),
        account: accounts.get(None, key).map(str::to_owned),
        what: what.to_owned(),
        marketplace: None,
        credit,
        memo: what.to_owned(),
        open: false,
        entity: None,
        dimensions: Dimensions::default(),
    };
    let difference = in_transit - received.amount - fee.amount;
    let mut lines = vec![
        line("transfer", "acct.bank", -received.amount),
        line("bank-fee", "acct.bank_fees", -fee.amount),
        line("exchange-difference", "acct.exchange_difference", -difference),
        line("transfer", "acct.in_transit", in_transit),
    ];
    lines.retain(|line| !line.credit.is_zero());
    let memo = format!("Amazon settlement {settlement} · {transfer}");
    let name = ExternalId::bank_journal(settlement);
    // The difference is what is left, so that the lines balance whatever the rate.
    Journal::new(name, date, received.currency, memo, debits_first(lines)).map_err(|_| NotBanked::NotPositive)
}
