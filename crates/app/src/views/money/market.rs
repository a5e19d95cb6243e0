//! One marketplace: what of its money stands where.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::Currency;
use domain::finances::{Status, Transaction};
use flows::rules::{Profile, Rules};
use rust_decimal::Decimal;
use store::Reader;
use store::finances::{self, Balance};
use store::open_bills::OpenBill;

use super::bills::{self, Where};
use super::calendar;
use crate::contract::{Amount, ExpectedMoney, HeldFor, LateOrder, MissingOrder, MoneyMarket};
use crate::views::documents::Pages;
use crate::views::settlements::Paid;
use crate::views::small;

/// Days that a bank may take after Amazon sent the money.
const BANK_DAYS: i64 = 5;
/// Days after delivery on which Amazon releases what it holds back for `DD7`.
const AFTER_DELIVERY: i64 = 7;
/// Days that Amazon's settlements usually cover, and after which it sends the money.
const FORTNIGHT: i64 = 14;
const SENT_AFTER: i64 = 2;

/// What is kept of an account's finances.
pub(super) struct Account {
    held: Vec<Transaction>,
    /// Releases of the last days.
    freed: Vec<Transaction>,
    balances: Vec<Balance>,
    /// Orders whose money is held back, and such as were released.
    told: BTreeMap<String, BTreeSet<Status>>,
    /// Whether Finances was read to its end once.
    is_read: bool,
}

impl Account {
    /// Without what only lists of orders and the calendar need.
    pub(super) fn in_small(db: &Reader<'_>, account: &str) -> store::Result<Self> {
        Ok(Self {
            held: finances::held(db, account)?,
            freed: Vec::new(),
            balances: finances::balances(db, account)?,
            told: BTreeMap::new(),
            is_read: false,
        })
    }

    pub(super) fn of(db: &Reader<'_>, account: &str, now: DateTime<Utc>) -> store::Result<Self> {
        let since = now - Duration::days(calendar::BEFORE + 2);
        let mut freed = finances::posted(db, account, Some(&Status::Released), since, now)?;
        freed.retain(|one| one.twin.is_some());
        let mut told: BTreeMap<String, BTreeSet<Status>> = BTreeMap::new();
        for (order, status) in finances::statuses(db, account)? {
            told.entry(order).or_default().insert(status);
        }
        Ok(Self {
            held: finances::held(db, account)?,
            freed,
            balances: finances::balances(db, account)?,
            told,
            is_read: finances::reach(db, account)?.is_some(),
        })
    }
}

/// One marketplace on one day.
pub(super) struct Market<'a> {
    profile: &'a Profile,
    today: NaiveDate,
    account: &'a Account,
    held: Vec<&'a Transaction>,
    settled: Vec<&'a Paid>,
    bills: Vec<(&'a OpenBill, Where)>,
}

impl<'a> Market<'a> {
    pub(super) fn new(
        rules: &Rules,
        profile: &'a Profile,
        account: &'a Account,
        settled: &'a [Paid],
        open: &'a [OpenBill],
        now: DateTime<Utc>,
    ) -> Self {
        let today = profile.day(now);
        let of_market = |one: &&Transaction| is_of(one, profile);
        let mut settled: Vec<&Paid> = settled
            .iter()
            .filter(|one| one.marketplace == profile.id && one.pays.currency == profile.currency)
            .collect();
        settled.sort_by_key(|one| one.end);
        let days = bills::Days::of(rules, profile);
        let place = |bill: &'a OpenBill| {
            let told = account.told.get(&bill.order).filter(|_| account.is_read);
            let place = bills::place(bill, told, account.is_read.then_some(days), today);
            (bill, place)
        };
        let own = open
            .iter()
            .filter(|bill| bill.marketplace.as_deref() == Some(profile.id.as_str()));
        Self {
            held: account.held.iter().filter(of_market).collect(),
            bills: own.map(place).collect(),
            profile,
            today,
            account,
            settled,
        }
    }

    fn currency(&self) -> Currency {
        self.profile.currency
    }

    fn amount(&self, amount: Decimal) -> Amount {
        Amount::of(amount, self.currency())
    }

    fn balance(&self, kind: &str) -> Option<Decimal> {
        let own = |one: &&Balance| one.marketplace == self.profile.id && one.kind == kind;
        let found = self.account.balances.iter().find(own)?;
        (found.amount.currency == self.currency()).then_some(found.amount.amount)
    }

    /// The day on which Amazon was to release something.
    fn due(&self, one: &Transaction) -> Option<NaiveDate> {
        one.matures.map(|at| self.profile.day(at))
    }

    /// Orders whose money waits.
    pub(super) fn waiting(&self) -> u32 {
        orders(self.held.iter().copied())
    }

    pub(super) fn view(&self) -> MoneyMarket {
        let open = self.balance("available").unwrap_or_default();
        let reserve = self.balance("reserve").unwrap_or_default();
        let deferred = sum(self.held.iter().copied());
        let in_transit = self.in_transit();
        let freed = self.account.freed.iter().filter(|one| is_of(one, self.profile));
        let calendar = calendar::Calendar::of(self.profile, self.today, &self.held, freed);
        MoneyMarket {
            marketplace: self.profile.id.clone(),
            total: self.amount(open + reserve + deferred + in_transit),
            open: self.amount(open),
            deferred: self.amount(deferred),
            amazon_says: self
                .balance("deferred")
                .filter(|says| *says != deferred)
                .map(|says| self.amount(says)),
            reserve: self.amount(reserve),
            in_transit: self.amount(in_transit),
            reasons: self.reasons(),
            next_deposit: self.next_deposit(open),
            expected: calendar.expected(self.currency()),
            days: calendar.days(self.currency()),
            axis: calendar.axis(),
            beyond: self.amount(calendar.beyond),
            bills: bills::sums(&self.bills, self.currency()),
        }
    }

    /// What closed settlements pay out and the bank may not have yet.
    fn in_transit(&self) -> Decimal {
        let under_way = self.settled.iter().filter(|one| {
            let ended = one.end.is_some_and(|end| end <= self.today);
            let arrives = one
                .deposit
                .is_some_and(|day| day + Duration::days(BANK_DAYS) >= self.today);
            ended && arrives && one.pays.amount > Decimal::ZERO
        });
        under_way.map(|one| one.pays.amount).sum()
    }

    fn reasons(&self) -> Vec<HeldFor> {
        let mut by_reason: BTreeMap<&str, Vec<&Transaction>> = BTreeMap::new();
        for one in &self.held {
            by_reason
                .entry(one.reason.as_deref().unwrap_or_default())
                .or_default()
                .push(one);
        }
        let told = by_reason.into_iter().map(|(reason, of_reason)| {
            let days: Vec<NaiveDate> = of_reason.iter().filter_map(|one| self.due(one)).collect();
            HeldFor {
                reason: reason.to_owned(),
                amount: self.amount(sum(of_reason.iter().copied())),
                orders: orders(of_reason.iter().copied()),
                first: days.iter().min().map(NaiveDate::to_string),
                last: days.iter().max().map(NaiveDate::to_string),
            }
        });
        told.collect()
    }

    /// As far after the last settlement's end as that was after the one before; a day that is past is no promise.
    fn next_deposit(&self, open: Decimal) -> Option<ExpectedMoney> {
        let last = self.settled.last()?;
        let end = last.end?;
        let before = self.settled.iter().rev().nth(1).and_then(|one| one.end);
        let usual = before
            .map(|before| end - before)
            .filter(|span| *span > Duration::zero());
        let next = end + usual.unwrap_or(Duration::days(FORTNIGHT));
        let sent = last.deposit.map_or(Duration::days(SENT_AFTER), |deposit| deposit - end);
        let by_then = self
            .held
            .iter()
            .filter(|one| self.due(one).is_some_and(|due| due >= self.today && due <= next));
        let amount = open + sum(by_then.copied());
        let day = next + sent;
        (day >= self.today).then(|| ExpectedMoney {
            day: day.to_string(),
            amount: self.amount(amount),
        })
    }

    /// What should have been released before today.
    pub(super) fn late(&self, pages: &Pages) -> Vec<LateOrder> {
        let mut of_order: BTreeMap<&str, (NaiveDate, Option<&str>, Decimal)> = BTreeMap::new();
        for one in &self.held {
            let (Some(due), Some(order)) = (self.due(one), one.order.as_deref()) else {
                continue;
            };
            if due < self.today {
                let known = of_order
                    .entry(order)
                    .or_insert((due, one.reason.as_deref(), Decimal::ZERO));
                known.0 = known.0.min(due);
                known.2 += one.total.amount;
            }
        }
        let told = of_order.into_iter().map(|(order, (due, reason, amount))| LateOrder {
            order: order.to_owned(),
            marketplace: self.profile.id.clone(),
            delivered: (reason == Some("DD7")).then(|| (due - Duration::days(AFTER_DELIVERY)).to_string()),
            expected: due.to_string(),
            late_days: since(due, self.today),
            amount: self.amount(amount),
            address: pages.order(&self.profile.id, order),
        });
        told.collect()
    }

    /// What was billed long ago and is neither held back nor settled.
    pub(super) fn missing(&self, pages: &Pages) -> Vec<MissingOrder> {
        let missing = self.bills.iter().filter(|(_, place)| *place == Where::Missing);
        let told = missing.map(|(bill, _)| {
            let billed = bills::day_of(bill, self.today);
            MissingOrder {
                order: bill.order.clone(),
                marketplace: self.profile.id.clone(),
                document: bill.document.clone(),
                billed: billed.to_string(),
                age_days: since(billed, self.today),
                amount: bill.total.map(Into::into),
                address: pages.order(&self.profile.id, &bill.order),
            }
        });
        told.collect()
    }
}

fn is_of(one: &Transaction, profile: &Profile) -> bool {
    one.marketplace.as_deref() == Some(profile.id.as_str()) && one.total.currency == profile.currency
}

fn since(day: NaiveDate, today: NaiveDate) -> u32 {
    u32::try_from((today - day).num_days()).unwrap_or_default()
}

pub(super) fn sum<'t>(all: impl Iterator<Item = &'t Transaction>) -> Decimal {
    all.map(|one| one.total.amount).sum()
}

/// Orders among transactions; one without an order counts for itself.
pub(super) fn orders<'t>(all: impl Iterator<Item = &'t Transaction>) -> u32 {
    let named: BTreeSet<&str> = all.map(|one| one.order.as_deref().unwrap_or(&one.id)).collect();
    small(named.len())
}
