//! The journals of a settlement: one, or one per month (SET-46..51).

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use super::journal::{combined, debits_first};
use super::ledger::{Ledger, Month, month_of};
use super::{Journal, JournalDraft, JournalLine};
use crate::ExternalId;
use crate::settlement::Posted;

/// Draws the journals. `booked` is the variance that is posted, `open` the one that is only shown.
pub(super) fn of(ledger: &Ledger<'_>, deposit: Decimal, booked: Decimal, open: Decimal) -> Vec<JournalDraft> {
    let months = months(ledger);
    let Some(last) = months.iter().next_back().copied() else {
        return Vec::new();
    };
    let mut carried = Decimal::ZERO;
    let mut drafts = Vec::new();
    for month in &months {
        let mut lines = month_lines(ledger, *month, &months);
        if *month == last {
            lines.insert(0, transfer(ledger, deposit));
            lines.push(line(ledger, "carried-forward", "acct.carried_forward", carried, false));
            lines.push(line(ledger, "variance", "acct.variance", -booked, false));
            lines.push(line(ledger, "variance", "acct.variance", -open, true));
        } else {
            let net: Decimal = lines.iter().map(|line| line.credit).sum();
            carried += net;
            lines.push(line(ledger, "carried-forward", "acct.carried_forward", -net, false));
        }
        lines.retain(|line| !line.credit.is_zero());
        if ledger.input.choices.combine_same_account {
            lines = combined(lines);
        }
        if !lines.is_empty() {
            let date = if *month == last {
                ledger.deposit_day
            } else {
                last_day(*month)
            };
            drafts.push(draft(
                ledger,
                (months.len() > 1).then_some(*month),
                date,
                debits_first(lines),
            ));
        }
    }
    drafts
}

/// The months that rows fall in and the month of the deposit; one when months are not split.
fn months(ledger: &Ledger<'_>) -> BTreeSet<Month> {
    let deposit = month_of(ledger.deposit_day);
    let of_rows = ledger
        .rows
        .keys()
        .map(|key| key.month)
        .chain(ledger.order_money.keys().copied());
    if ledger.input.choices.split_months {
        of_rows.chain([deposit]).collect()
    } else {
        BTreeSet::from([deposit])
    }
}

fn month_lines(ledger: &Ledger<'_>, month: Month, months: &BTreeSet<Month>) -> Vec<JournalLine> {
    // Without the month split there is one month, and everything is in it.
    let here = |other: Month| months.len() == 1 || other == month;
    let money: Decimal = ledger
        .order_money
        .iter()
        .filter(|(other, _)| here(**other))
        .map(|(_, amount)| *amount)
        .sum();
    let mut lines: Vec<JournalLine> = Vec::new();
    for key in ledger.row_order.iter().filter(|key| here(key.month)) {
        let amount = ledger.rows.get(key).copied().unwrap_or_default();
        let account = ledger
            .input
            .choices
            .accounts
            .get(key.marketplace.as_deref(), &key.key)
            .map(str::to_owned);
        let same = |line: &&mut JournalLine| {
            key.alone.is_empty()
                && line.what == key.what
                && line.key == key.key
                && line.marketplace == key.marketplace
                && line.memo == key.memo
        };
        match lines.iter_mut().find(same) {
            Some(line) => line.credit += amount,
            None => lines.push(JournalLine {
                key: key.key.clone(),
                account,
                what: key.what.clone(),
                marketplace: key.marketplace.clone(),
                credit: amount,
                memo: key.memo.clone(),
                open: false,
            }),
        }
    }
    lines.push(line(ledger, "order-money", "acct.clearing", money, false));
    lines
}

/// The bank gets the deposit; a negative one is owed to Amazon (SET-47).
fn transfer(ledger: &Ledger<'_>, deposit: Decimal) -> JournalLine {
    let key = match (deposit.is_sign_negative(), ledger.input.choices.bank_in_transit) {
        (true, _) => "acct.due_to_amazon",
        (false, true) => "acct.in_transit",
        (false, false) => "acct.bank",
    };
    line(ledger, "transfer", key, -deposit, false)
}

fn line(ledger: &Ledger<'_>, what: &str, key: &str, credit: Decimal, open: bool) -> JournalLine {
    JournalLine {
        key: key.to_owned(),
        account: ledger.input.choices.accounts.get(None, key).map(str::to_owned),
        what: what.to_owned(),
        marketplace: None,
        credit,
        memo: what.to_owned(),
        open,
    }
}

fn last_day(month: Month) -> NaiveDate {
    let first =
        NaiveDate::from_ymd_opt(i32::try_from(month / 100).unwrap_or_default(), month % 100, 1).unwrap_or_default();
    first
        .checked_add_months(Months::new(1))
        .and_then(|next| next.pred_opt())
        .unwrap_or(first)
}

fn draft(ledger: &Ledger<'_>, month: Option<Month>, date: NaiveDate, lines: Vec<JournalLine>) -> JournalDraft {
    let header = &ledger.input.settlement;
    let day = |posted: Option<Posted>| {
        posted
            .map(|posted| posted.business_date(ledger.zone).to_string())
            .unwrap_or_default()
    };
    let memo = format!(
        "Amazon settlement {} {}–{}",
        header.id,
        day(header.start),
        day(header.end)
    );
    let external_id = ExternalId::journal(&header.id, month).revised(ledger.input.choices.revision);
    let balanced = Journal::new(external_id.clone(), date, ledger.currency, memo.clone(), lines.clone()).ok();
    JournalDraft {
        external_id,
        date,
        currency: ledger.currency,
        memo,
        lines,
        balanced,
    }
}
