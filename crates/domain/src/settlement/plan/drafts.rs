//! The journals of a settlement: one, or one for each month, for each marketplace, for each so many lines (SET-46..54,
//! CMN-38). Each balances by itself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use super::journal::{combined, debits_first};
use super::ledger::{Ledger, Month, RowKey, month_of};
use super::{Dimensions, Journal, JournalDraft, JournalLine};
use crate::external_id::{ExternalId, JournalPiece};
use crate::marketplaces;
use crate::money::Currency;
use crate::settlement::Posted;

/// Draws the journals. `booked` is the variance that is posted, `open` the one that is only shown.
pub(super) fn of(
    ledger: &Ledger<'_>,
    months: &BTreeSet<Month>,
    deposit: Decimal,
    booked: Decimal,
    open: Decimal,
) -> Vec<JournalDraft> {
    let Some(last) = months.iter().next_back().copied() else {
        return Vec::new();
    };
    let main = main(ledger);
    let mut drafts = Vec::new();
    for share in shares(ledger, &main, deposit, booked, open) {
        let mut carried = Decimal::ZERO;
        for month in months {
            let mut lines = share.lines(ledger, *month, months);
            let other = |what, key, credit, open| line(ledger, &share, what, key, credit, open);
            if *month == last {
                lines.insert(0, other("transfer", transfer(ledger, deposit), -share.transfer, false));
                lines.push(other("carried-forward", "acct.carried_forward", carried, false));
                lines.push(other("variance", "acct.variance", -share.booked, false));
                lines.push(other("variance", "acct.variance", -share.open, true));
            } else {
                let net: Decimal = lines.iter().map(|line| line.credit).sum();
                carried += net;
                lines.push(other("carried-forward", "acct.carried_forward", -net, false));
            }
            lines.retain(|line| !line.credit.is_zero());
            if ledger.input.choices.combine_same_account {
                lines = combined(lines);
            }
            let parts = parts(ledger, &share, debits_first(lines));
            let several = parts.len() > 1;
            for (number, lines) in (1..).zip(parts) {
                let piece = JournalPiece {
                    country: share.country(),
                    month: (months.len() > 1).then_some(*month),
                    part: several.then_some(number),
                    late: None,
                };
                let date = dated(ledger, *month, Some(last));
                drafts.push(draft(ledger, &piece, date, ledger.currency, lines));
            }
        }
    }
    drafts
}

/// The months that rows fall in and the month of the deposit; one when months are not split.
pub(super) fn months(ledger: &Ledger<'_>) -> BTreeSet<Month> {
    let deposit = month_of(ledger.deposit_day);
    let of_rows = ledger
        .rows
        .keys()
        .map(|key| key.month)
        .chain(ledger.order_money.keys().map(|(month, _)| *month));
    if ledger.input.choices.split_months {
        of_rows.chain([deposit]).collect()
    } else {
        BTreeSet::from([deposit])
    }
}

/// The marketplace that what belongs to none is filed under.
fn main(ledger: &Ledger<'_>) -> String {
    let chosen = &ledger.input.choices.journal.main;
    if !chosen.is_empty() {
        return chosen.clone();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for known in ledger.input.groups.iter().flat_map(|group| &group.lines) {
        if let Some(id) = &known.marketplace {
            *counts.entry(id).or_default() += 1;
        }
    }
    let most = counts.iter().max_by_key(|(_, count)| **count);
    most.map(|(id, _)| (*id).to_owned()).unwrap_or_default()
}

/// What of a settlement stands in one set of journals: all of it, or one marketplace's part.
struct Share<'a> {
    main: &'a str,
    /// The marketplace; nothing when the share is the whole.
    market: Option<String>,
    /// Its part of the transfer.
    transfer: Decimal,
    booked: Decimal,
    open: Decimal,
}

/// One share, or one for each marketplace that the settlement names. Each takes its net of the transfer; what belongs to
/// no marketplace, and the variance, is the main one's (SET-54).
fn shares<'a>(ledger: &Ledger<'_>, main: &'a str, deposit: Decimal, booked: Decimal, open: Decimal) -> Vec<Share<'a>> {
    let whole = |market| Share {
        main,
        market,
        transfer: deposit,
        booked,
        open,
    };
    let mut nets: BTreeMap<&str, Decimal> = BTreeMap::new();
    let rows = ledger.rows.iter().map(|(key, amount)| (&key.marketplace, amount));
    let money = ledger.order_money.iter().map(|((_, market), amount)| (market, amount));
    for (market, amount) in rows.chain(money) {
        *nets.entry(market.as_deref().unwrap_or(main)).or_default() += *amount;
    }
    if !(booked + open).is_zero() {
        nets.entry(main).or_default();
    }
    if !ledger.input.choices.journal.per_marketplace || nets.len() < 2 {
        return vec![whole(None)];
    }
    nets.remove(main);
    let others: Decimal = nets.values().sum();
    let mut shares = vec![Share {
        transfer: deposit - others,
        ..whole(Some(main.to_owned()))
    }];
    shares.extend(nets.into_iter().map(|(market, net)| Share {
        transfer: net,
        booked: Decimal::ZERO,
        open: Decimal::ZERO,
        ..whole(Some(market.to_owned()))
    }));
    shares
}

impl Share<'_> {
    /// Whether what belongs to this marketplace, or to none, stands in it.
    fn holds(&self, market: Option<&str>) -> bool {
        self.market
            .as_deref()
            .is_none_or(|own| market.unwrap_or(self.main) == own)
    }

    /// `DE`, as names and memos say it; nothing for the whole.
    fn country(&self) -> Option<String> {
        let id = self.market.as_deref()?;
        Some(marketplaces::by_id(id).map_or_else(|| id.to_owned(), |market| market.country.to_owned()))
    }

    /// The rows and the order money of a month; everything, when months are not split.
    fn lines(&self, ledger: &Ledger<'_>, month: Month, months: &BTreeSet<Month>) -> Vec<JournalLine> {
        let here = |other: Month, market: Option<&str>| (months.len() == 1 || other == month) && self.holds(market);
        let journal = &ledger.input.choices.journal;
        let mut lines: Vec<JournalLine> = Vec::new();
        let mut places: BTreeMap<RowKey, usize> = BTreeMap::new();
        for key in ledger
            .row_order
            .iter()
            .filter(|key| here(key.month, key.marketplace.as_deref()))
        {
            let amount = ledger.rows.get(key).copied().unwrap_or_default();
            let same = RowKey { month, ..key.clone() };
            if let Some(line) = places.get(&same).and_then(|place| lines.get_mut(*place)) {
                line.credit += amount;
                continue;
            }
            places.insert(same, lines.len());
            let market = key.marketplace.as_deref();
            lines.push(JournalLine {
                key: key.key.clone(),
                account: ledger.input.choices.accounts.get(market, &key.key).map(str::to_owned),
                what: key.what.clone(),
                marketplace: key.marketplace.clone(),
                credit: amount,
                memo: key.memo.clone(),
                open: false,
                entity: journal.entity(market),
                dimensions: journal.filed(market.unwrap_or(self.main), key.class.as_deref()),
            });
        }
        let mut money: BTreeMap<(Option<String>, Dimensions), Decimal> = BTreeMap::new();
        for ((other, market), amount) in &ledger.order_money {
            let market = market.as_deref();
            if here(*other, market) {
                let filed = journal.filed(market.unwrap_or(self.main), None);
                *money.entry((journal.entity(market), filed)).or_default() += *amount;
            }
        }
        lines.extend(money.into_iter().map(|((entity, dimensions), amount)| JournalLine {
            entity,
            dimensions,
            ..line(ledger, self, "order-money", "acct.clearing", amount, false)
        }));
        lines
    }
}

/// The bank gets the deposit; a negative one is owed to Amazon (SET-47). Of a settlement of nought nothing gets to the
/// bank: what its marketplaces owe each other is carried from one to the other.
fn transfer(ledger: &Ledger<'_>, deposit: Decimal) -> &'static str {
    match (deposit.is_sign_negative(), ledger.input.choices.bank_in_transit) {
        _ if deposit.is_zero() => "acct.carried_forward",
        (true, _) => "acct.due_to_amazon",
        (false, true) => "acct.in_transit",
        (false, false) => "acct.bank",
    }
}

fn line(ledger: &Ledger<'_>, share: &Share<'_>, what: &str, key: &str, credit: Decimal, open: bool) -> JournalLine {
    let journal = &ledger.input.choices.journal;
    JournalLine {
        key: key.to_owned(),
        account: ledger.input.choices.accounts.get(None, key).map(str::to_owned),
        what: what.to_owned(),
        marketplace: None,
        credit,
        memo: what.to_owned(),
        open,
        entity: None,
        dimensions: journal.filed(share.market.as_deref().unwrap_or(share.main), None),
    }
}

/// A line beside the months' journals, filed under its marketplace.
pub(super) fn plain(ledger: &Ledger<'_>, what: &str, key: &str, market: Option<&str>, credit: Decimal) -> JournalLine {
    let choices = &ledger.input.choices;
    let main = main(ledger);
    JournalLine {
        key: key.to_owned(),
        account: choices.accounts.get(market, key).map(str::to_owned),
        what: what.to_owned(),
        marketplace: market.map(str::to_owned),
        credit,
        memo: what.to_owned(),
        open: false,
        entity: choices.journal.entity(market),
        dimensions: choices.journal.filed(market.unwrap_or(&main), None),
    }
}

/// Lines in parts that NetSuite's pages can still edit, each balanced on the account of what is carried forward: over
/// all parts it comes to nothing (CMN-38).
fn parts(ledger: &Ledger<'_>, share: &Share<'_>, lines: Vec<JournalLine>) -> Vec<Vec<JournalLine>> {
    let most = ledger.input.choices.journal.most_lines.max(2);
    if lines.is_empty() || lines.len() <= most {
        return Vec::from_iter((!lines.is_empty()).then_some(lines));
    }
    let part = |chunk: &[JournalLine]| {
        let mut part = chunk.to_vec();
        let off: Decimal = part.iter().map(|line| line.credit).sum();
        if !off.is_zero() {
            part.push(line(ledger, share, "carried-part", "acct.carried_forward", -off, false));
        }
        debits_first(part)
    };
    lines.chunks(most - 1).map(part).collect()
}

/// The day of a month's journal: the deposit's in the last one, else the month's last.
pub(super) fn dated(ledger: &Ledger<'_>, month: Month, last: Option<Month>) -> NaiveDate {
    if Some(month) == last {
        ledger.deposit_day
    } else {
        last_day(month)
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

/// A draft under its name, with the memo that says which of the settlement's journals it is.
pub(super) fn draft(
    ledger: &Ledger<'_>,
    piece: &JournalPiece,
    date: NaiveDate,
    currency: Currency,
    lines: Vec<JournalLine>,
) -> JournalDraft {
    let header = &ledger.input.settlement;
    let day = |posted: Option<Posted>| {
        posted
            .map(|posted| posted.business_date(ledger.zone).to_string())
            .unwrap_or_default()
    };
    let mut memo = format!(
        "Amazon settlement {} {}–{}",
        header.id,
        day(header.start),
        day(header.end)
    );
    if let Some(country) = &piece.country {
        memo.push_str(" · ");
        memo.push_str(country);
    }
    if let Some(part) = piece.part {
        memo.push_str(" · P");
        memo.push_str(&part.to_string());
    }
    if piece.late.is_some() {
        memo.push_str(" · matched later");
    }
    let choices = &ledger.input.choices;
    let external_id =
        ExternalId::journal_piece(&header.id, piece).standing(choices.revision, |name| choices.journals.contains(name));
    let balanced = Journal::new(external_id.clone(), date, currency, memo.clone(), lines.clone()).ok();
    JournalDraft {
        external_id,
        date,
        currency,
        memo,
        lines,
        balanced,
    }
}
