//! Money on the way: what Amazon still holds, when it should come, and what nobody tells of (ux.md §5.9, DEF-01).
//!
//! Everything comes from what the flow `finances` kept, from the settlements and from the links; no screen waits for a
//! service. Days are those of each marketplace's business.

mod accruals;
mod bills;
mod calendar;
mod market;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{Currency, Money};
use engine::Engine;
use flows::rules::{Profile, Rules};
use rust_decimal::Decimal;
use store::{Reader, cursors, open_bills};

use super::documents::Pages;
use crate::contract::{Amount, LateOrder, MissingOrder, MoneyMarket, MoneyOnTheWay, MoneyView, NextDeposit, Refusal};
pub(crate) use accruals::must_be_postable;
use market::{Account, Market};

/// The screen, of one marketplace or of all.
pub fn view(engine: &Engine, marketplace: Option<&str>, now: DateTime<Utc>) -> Result<MoneyView, Refusal> {
    let rules = engine.rules()?;
    let wanted = wanted(&rules, marketplace);
    let view = engine.store().read(|db| {
        let pages = Pages::of(db)?;
        let settled = super::settlements::paid(db)?;
        let open = open_bills::all(db)?;
        let accounts = accounts(&wanted, |account| Account::of(db, account, now))?;
        let markets = wanted.iter().filter_map(|profile| {
            let account = accounts.get(profile.account.as_str())?;
            Some(Market::new(&rules, profile, account, &settled, &open, now))
        });
        let markets: Vec<Market<'_>> = markets.collect();
        let mut late: Vec<LateOrder> = markets.iter().flat_map(|market| market.late(&pages)).collect();
        late.sort_by(|one, other| (other.late_days, &one.order).cmp(&(one.late_days, &other.order)));
        let mut missing: Vec<MissingOrder> = markets.iter().flat_map(|market| market.missing(&pages)).collect();
        missing.sort_by(|one, other| (other.age_days, &one.order).cmp(&(one.age_days, &other.order)));
        Ok(MoneyView {
            as_of: asked_last(db, accounts.keys().copied())?.map(|at| at.to_rfc3339()),
            waiting: markets.iter().map(Market::waiting).sum(),
            late_sums: sums(late.iter().map(|one| &one.amount)),
            missing_sums: sums(missing.iter().filter_map(|one| one.amount.as_ref())),
            late,
            missing,
            markets: markets.iter().map(Market::view).collect(),
            accruals: accruals::all(db, &pages, marketplace)?,
        })
    })?;
    Ok(view)
}

/// The same for Home: what is on the way for each currency, and the next deposits. Nothing before Amazon was asked once.
pub fn in_small(
    engine: &Engine,
    marketplace: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Option<MoneyOnTheWay>, Refusal> {
    let rules = engine.rules()?;
    let wanted = wanted(&rules, marketplace);
    let told = engine.store().read(|db| {
        let accounts = accounts(&wanted, |account| Account::in_small(db, account))?;
        let Some(as_of) = asked_last(db, accounts.keys().copied())? else {
            return Ok(None);
        };
        let settled = super::settlements::paid(db)?;
        let markets = wanted.iter().filter_map(|profile| {
            let account = accounts.get(profile.account.as_str())?;
            Some(Market::new(&rules, profile, account, &settled, &[], now).view())
        });
        let markets: Vec<MoneyMarket> = markets.collect();
        let next = markets.iter().filter_map(|market| {
            let deposit = market.next_deposit.clone()?;
            let marketplace = market.marketplace.clone();
            Some(NextDeposit { marketplace, deposit })
        });
        let mut next: Vec<NextDeposit> = next.collect();
        next.sort_by(|one, other| one.deposit.day.cmp(&other.deposit.day));
        Ok(Some(MoneyOnTheWay {
            as_of: as_of.to_rfc3339(),
            sums: sums(markets.iter().map(|market| &market.total)),
            next,
        }))
    })?;
    Ok(told)
}

/// The marketplace that a view is about, or all.
fn wanted<'r>(rules: &'r Rules, marketplace: Option<&str>) -> Vec<&'r Profile> {
    let profiles = rules.marketplaces.values();
    profiles
        .filter(|profile| marketplace.is_none_or(|id| id == profile.id))
        .collect()
}

/// What is kept of the accounts of these marketplaces, each read once.
fn accounts<'p>(
    wanted: &[&'p Profile],
    read: impl Fn(&str) -> store::Result<Account>,
) -> store::Result<BTreeMap<&'p str, Account>> {
    let names: BTreeSet<&str> = wanted.iter().map(|profile| profile.account.as_str()).collect();
    names.into_iter().map(|name| Ok((name, read(name)?))).collect()
}

/// When the account that was asked the longest ago was asked.
fn asked_last<'a>(db: &Reader<'_>, accounts: impl Iterator<Item = &'a str>) -> store::Result<Option<DateTime<Utc>>> {
    let mut oldest: Option<DateTime<Utc>> = None;
    for account in accounts {
        let Some(cursor) = cursors::get(db, "finances", account)?.filter(|cursor| cursor.until.is_some()) else {
            continue;
        };
        oldest = Some(oldest.map_or(cursor.moved_at, |known| known.min(cursor.moved_at)));
    }
    Ok(oldest)
}

/// A sum for each currency: amounts of two currencies are never added up.
fn sums<'a>(amounts: impl Iterator<Item = &'a Amount>) -> Vec<Amount> {
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for one in amounts {
        *sums.entry(&one.currency).or_default() += one.amount.parse::<Decimal>().unwrap_or_default();
    }
    let known = sums
        .into_iter()
        .filter_map(|(code, sum)| Some((code.parse::<Currency>().ok()?, sum)));
    known.map(|(currency, sum)| Money::new(sum, currency).into()).collect()
}
