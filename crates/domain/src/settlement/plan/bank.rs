//! What a bank says of a transfer (SET-53, ux.md §5.8). Where the transfer waits in transit, a second, small journal brings
//! it home with what the bank took and what the exchange changed; where it stands on the bank account already, only what the
//! bank took is missing.

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
    /// What one unit of the settlement's currency is worth in the bank's, as the books counted the transfer; 1 where the
    /// two are one currency.
    pub rate: Decimal,
}

/// Where the settlement's journal has put the transfer (§10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    /// In transit (`acct.in_transit`): the bank has to get it yet.
    InTransit,
    /// On the bank account (`acct.bank`).
    OnBank,
}

/// Why there is no such journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotBanked {
    /// The settlement sent no money to the bank.
    #[error("nothing was transferred")]
    NothingTransferred,
    /// The transfer stands on the bank account in the settlement's currency, and the bank tells of another one.
    #[error("the transfer is on the bank account in another currency")]
    OtherCurrency,
    /// Fee and receipt are in two currencies.
    #[error("the fee is not in the bank's currency")]
    FeeInOtherCurrency,
    /// An amount or the rate is nought or less.
    #[error("an amount or the rate is nought or less")]
    NotPositive,
    /// In one currency what came in and what the bank took are the transfer, exactly.
    #[error("receipt and fee are not the transfer")]
    DoesNotAddUp,
}

impl Receipt {
    /// What a person entered, before the books' rate is known. In the transfer's own currency what is missing is what the
    /// bank took, whatever was said about it.
    ///
    /// # Errors
    ///
    /// When the amounts cannot be meant.
    pub fn entered(
        transfer: Money,
        stands: Stands,
        received: Money,
        fee: Decimal,
        date: NaiveDate,
    ) -> Result<Self, NotBanked> {
        let fee = if received.currency == transfer.currency {
            transfer.amount - received.amount
        } else {
            fee
        };
        let receipt = Self {
            received,
            fee: Money::new(fee, received.currency),
            date,
            rate: Decimal::ONE,
        };
        receipt.check(transfer, stands)?;
        Ok(receipt)
    }

    fn check(&self, transfer: Money, stands: Stands) -> Result<(), NotBanked> {
        let one_currency = transfer.currency == self.received.currency;
        if transfer.amount <= Decimal::ZERO {
            Err(NotBanked::NothingTransferred)
        } else if self.fee.currency != self.received.currency {
            Err(NotBanked::FeeInOtherCurrency)
        } else if self.received.amount <= Decimal::ZERO || self.rate <= Decimal::ZERO {
            Err(NotBanked::NotPositive)
        } else if one_currency && self.received.amount + self.fee.amount != transfer.amount {
            Err(NotBanked::DoesNotAddUp)
        } else if self.fee.amount < Decimal::ZERO {
            Err(if one_currency {
                NotBanked::DoesNotAddUp
            } else {
                NotBanked::NotPositive
            })
        } else if !one_currency && stands == Stands::OnBank {
            Err(NotBanked::OtherCurrency)
        } else {
            Ok(())
        }
    }
}

/// The second journal, `AZN-JE-<settlement>-B`, in the bank's currency: the bank and the fee against what was in transit,
/// the rest of it being the exchange difference (`acct.exchange_difference`: a debit is a loss). Of a transfer that stands
/// on the bank already only the fee is booked; without one there is nothing to book.
///
/// # Errors
///
/// When nothing was transferred, or the bank's numbers cannot be meant.
pub fn journal(
    name: ExternalId,
    settlement: &str,
    transfer: Money,
    stands: Stands,
    receipt: Receipt,
    accounts: &Accounts,
) -> Result<Option<Journal>, NotBanked> {
    receipt.check(transfer, stands)?;
    let Receipt {
        received,
        fee,
        date,
        rate,
    } = receipt;
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
    let mut lines = match stands {
        Stands::InTransit => {
            let in_transit = Money::new(transfer.amount * rate, received.currency).rounded().amount;
            let difference = in_transit - received.amount - fee.amount;
            vec![
                line("transfer", "acct.bank", -received.amount),
                line("bank-fee", "acct.bank_fees", -fee.amount),
                line("exchange-difference", "acct.exchange_difference", -difference),
                line("transfer", "acct.in_transit", in_transit),
            ]
        }
        Stands::OnBank => vec![
            line("bank-fee", "acct.bank_fees", -fee.amount),
            line("bank-fee", "acct.bank", fee.amount),
        ],
    };
    lines.retain(|line| !line.credit.is_zero());
    if lines.is_empty() {
        return Ok(None);
    }
    let memo = format!("Amazon settlement {settlement} · {transfer}");
    // The difference is what is left, so that the lines balance whatever the rate.
    Journal::new(name, date, received.currency, memo, debits_first(lines))
        .map(Some)
        .map_err(|_| NotBanked::NotPositive)
}
