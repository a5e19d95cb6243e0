//! Fees as a vendor bill of Amazon's that clearing pays (`settlement.vendor_bill`, SET-41), instead of lines of the journal:
//! one bill for each month that the journal has. What is not more cost than credit stays in the journal.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Dimensions;
use super::drafts::{self, dated};
use super::ledger::{Ledger, Month, RowKey, month_of};
use crate::ExternalId;
use crate::money::Money;

/// A bill of fees and the payment that settles it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeBill {
    /// `AZN-VB-…`.
    pub external_id: ExternalId,
    /// `AZN-VP-…`: the payment.
    pub payment: ExternalId,
    /// The day that both are dated.
    pub date: NaiveDate,
    /// What it comes to; its lines sum to it.
    pub amount: Money,
    /// The lines.
    pub lines: Vec<FeeLine>,
    /// `acct.clearing` resolved, when chosen.
    pub account: Option<String>,
    /// `Amazon settlement <id>`.
    pub memo: String,
}

/// One kind of fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// The account's key.
    pub key: String,
    /// The account, when chosen.
    pub account: Option<String>,
    /// What it cost; negative for what came back.
    pub amount: Decimal,
    /// Category and marketplace.
    pub memo: String,
    /// What it is filed under.
    pub dimensions: Dimensions,
}

/// The bills. Their payments stand in clearing like buyers' money, with the other sign, so that the journal clears both.
pub(super) fn bills(ledger: &mut Ledger<'_>) -> Vec<FeeBill> {
    let fees = std::mem::take(&mut ledger.fees);
    let split = ledger.input.choices.split_months;
    let deposit = month_of(ledger.deposit_day);
    let mut months: BTreeMap<Month, Vec<(RowKey, Decimal)>> = BTreeMap::new();
    for (key, amount) in fees {
        let month = if split { key.month } else { deposit };
        months.entry(month).or_default().push((key, amount));
    }
    let mut billed = Vec::new();
    for (month, rows) in months {
        let cost: Decimal = -rows.iter().map(|(_, amount)| *amount).sum::<Decimal>();
        if cost <= Decimal::ZERO {
            for (key, amount) in rows {
                ledger.add(key, amount);
            }
            continue;
        }
        for (key, amount) in &rows {
            let place = (key.month, key.marketplace.clone());
            *ledger.order_money.entry(place).or_default() += *amount;
        }
        billed.push((month, cost, rows));
    }
    let all = drafts::months(ledger);
    let last = all.iter().next_back().copied();
    let several = all.len() > 1;
    let ledger = &*ledger;
    billed
        .into_iter()
        .map(|(month, cost, rows)| bill(ledger, (month, several), dated(ledger, month, last), cost, &rows))
        .collect()
}

fn bill(
    ledger: &Ledger<'_>,
    (month, several): (Month, bool),
    date: NaiveDate,
    cost: Decimal,
    rows: &[(RowKey, Decimal)],
) -> FeeBill {
    let id = &ledger.input.settlement.id;
    let choices = &ledger.input.choices;
    let month = several.then_some(month);
    let line = |(key, amount): &(RowKey, Decimal)| {
        let market = key.marketplace.as_deref();
        FeeLine {
            key: key.key.clone(),
            account: choices.accounts.get(market, &key.key).map(str::to_owned),
            amount: -*amount,
            memo: key.memo.clone(),
            dimensions: choices
                .journal
                .filed(market.unwrap_or(&choices.journal.main), key.class.as_deref()),
        }
    };
    FeeBill {
        external_id: ExternalId::fee_bill(id, month).revised(choices.revision),
        payment: ExternalId::fee_payment(id, month).revised(choices.revision),
        date,
        amount: ledger.money(cost),
        lines: rows.iter().map(line).filter(|line| !line.amount.is_zero()).collect(),
        account: ledger.clearing(),
        memo: format!("Amazon settlement {id}"),
    }
}
