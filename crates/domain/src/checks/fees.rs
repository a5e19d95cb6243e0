//! Fees of a SKU against its own history.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Check, Checks, Finding, Item, some};
use crate::{Currency, Money, Text};

/// A fee is looked at once so many sales came before it.
const HISTORY: usize = 3;
/// Of longer histories the last so many sales count.
const RECENT: usize = 20;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fee {
    /// The referral fee as a share of what the buyer paid without tax.
    Referral,
    /// Picking, packing and shipping by Amazon, for one unit.
    Fulfilment,
}

/// A sale as one fee sees it.
struct Sale<'a> {
    on: NaiveDate,
    /// The share in per cent, or the amount for one unit.
    level: Decimal,
    /// The same share of the goods alone, and of all that the buyer paid with its tax: where only one of them moves, it is
    /// the order that differs, and not the fee.
    others: [Decimal; 2],
    /// What the level is multiplied with: the buyer's money, or units.
    times: Decimal,
    order: &'a str,
    settlement: &'a str,
}

/// SKUs of which the latest sales pay more than a tenth above what the sales before them paid.
pub(super) fn risen(checks: &Checks) -> Vec<Finding> {
    let mut histories: BTreeMap<(Fee, &str, &str, Currency), Vec<Sale<'_>>> = BTreeMap::new();
    for (key, item) in checks.sales.iter().filter(|(_, item)| !item.sku.is_empty()) {
        for fee in [Fee::Referral, Fee::Fulfilment] {
            let Some((level, times)) = level(fee, item) else {
                continue;
            };
            let of = (fee, item.sku.as_str(), item.marketplace.as_str(), item.currency);
            histories.entry(of).or_default().push(Sale {
                on: item.on,
                level,
                others: others(fee, item, level),
                times,
                order: &key.order,
                settlement: &item.settlement,
            });
        }
    }
    let mut found = Vec::new();
    for ((fee, sku, marketplace, currency), mut sales) in histories {
        sales.sort_by(|one, other| (one.on, one.order).cmp(&(other.on, other.order)));
        found.extend(rise(&sales).map(|rise| rise.finding(fee, sku, marketplace, currency)));
    }
    found
}

fn level(fee: Fee, item: &Item) -> Option<(Decimal, Decimal)> {
    let (paid, times) = match fee {
        Fee::Referral => (-item.referral, item.base),
        Fee::Fulfilment => (-item.fulfilment, item.units),
    };
    if paid <= 0 || times <= 0 {
        return None;
    }
    let ratio = Decimal::from(paid) / Decimal::from(times);
    Some(match fee {
        Fee::Referral => (
            (ratio * Decimal::ONE_HUNDRED).round_dp(1),
            Decimal::new(times, 4) / Decimal::ONE_HUNDRED,
        ),
        Fee::Fulfilment => ((ratio / Decimal::from(10_000)).round_dp(4), Decimal::from(times)),
    })
}

fn others(fee: Fee, item: &Item, level: Decimal) -> [Decimal; 2] {
    match fee {
        Fee::Fulfilment => [level; 2],
        Fee::Referral => [item.principal, item.base + item.tax].map(|of| {
            Decimal::from(-item.referral)
                .checked_div(Decimal::from(of))
                .unwrap_or_default()
        }),
    }
}

/// The latest sales, all at one level, against those before them.
struct Rise<'a> {
    before: Decimal,
    now: Decimal,
    since: &'a Sale<'a>,
    sales: usize,
    more: Decimal,
}

fn rise<'a>(sales: &'a [Sale<'a>]) -> Option<Rise<'a>> {
    let now = sales.last()?.level;
    // Rates and fees move by the cent with the price; a level is what stays within a fiftieth of the latest.
    let same = |sale: &&Sale<'_>| (sale.level - now).abs() * Decimal::from(50) <= now;
    let count = sales.iter().rev().take_while(same).count();
    let (history, latest) = sales.split_at(sales.len() - count);
    if history.len() < HISTORY {
        return None;
    }
    let recent = &history[history.len().saturating_sub(RECENT)..];
    let before = middle(recent, |sale| sale.level);
    let is_more = |now: Decimal, before: Decimal| now > before * Decimal::new(11, 1);
    let last = sales.last()?;
    let by_all = (0..2).all(|index| is_more(last.others[index], middle(recent, |sale| sale.others[index])));
    if !is_more(now, before) || !by_all {
        return None;
    }
    let more = latest.iter().map(|sale| (sale.level - before) * sale.times).sum();
    Some(Rise {
        before,
        now,
        since: latest.first()?,
        sales: latest.len(),
        more,
    })
}

fn middle(sales: &[Sale<'_>], of: impl Fn(&Sale<'_>) -> Decimal) -> Decimal {
    let mut levels: Vec<Decimal> = sales.iter().map(of).collect();
    levels.sort_unstable();
    levels.get(levels.len() / 2).copied().unwrap_or_default()
}

impl Rise<'_> {
    fn finding(&self, fee: Fee, sku: &str, marketplace: &str, currency: Currency) -> Finding {
        let evidence = match fee {
            Fee::Referral => Text::new("check-evidence-referral-fee")
                .with("before", self.before)
                .with("now", self.now),
            Fee::Fulfilment => Text::new("check-evidence-fulfilment-fee")
                .with("before", Money::new(self.before, currency))
                .with("now", Money::new(self.now, currency)),
        };
        let name = match fee {
            Fee::Referral => "referral",
            Fee::Fulfilment => "fulfilment",
        };
        Finding {
            key: format!("fee_change/{name}/{marketplace}/{sku}/{}", self.since.order),
            check: Check::FeeChange,
            amount: Money::new(self.more, currency).rounded(),
            on: self.since.on,
            deadline: None,
            marketplace: marketplace.to_owned(),
            order: Some(self.since.order.to_owned()),
            sku: some(sku),
            settlement: Some(self.since.settlement.to_owned()),
            evidence: evidence.with("since", self.since.on).with("count", self.sales),
        }
    }
}
