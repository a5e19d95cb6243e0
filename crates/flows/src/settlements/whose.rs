//! Whose a settlement is: the account that it came from, and the marketplace that each line, and most of them, belong to
//! (SET-15, SET-16).

use std::collections::BTreeMap;

use domain::finances::Transaction;
use domain::settlement::marketplace::{self, Attribution, Known as Around, Nameless};
use domain::settlement::{Header, Line, Posted};
use wire::Failure;

use crate::flow::Reads;
use crate::local::{Local, StoredSettlement};
use crate::rules::{Profile, Rules};

/// A settlement of a file given by hand belongs to the account with its currency, else to the first account.
pub(crate) fn belongs(stored: &StoredSettlement, account: &str, rules: &Rules) -> bool {
    if !stored.account.is_empty() {
        return stored.account == account;
    }
    let with_currency = rules
        .marketplaces
        .values()
        .find(|profile| profile.currency == stored.header.currency);
    with_currency
        .or_else(|| rules.marketplaces.values().next())
        .is_none_or(|profile| profile.account == account)
}

/// The marketplace whose settings count for a settlement as a whole (SET-16).
pub(super) async fn home<'r>(
    reads: &Reads<'_>,
    rules: &'r Rules,
    stored: &StoredSettlement,
) -> Result<Option<&'r Profile>, Failure> {
    let lines = reads.local.settlement_lines(&stored.header.id).await?;
    let account = reads.scope.account();
    let around = around(reads.local, rules, &stored.header, &account, &lines).await?;
    let attribution = Attribution::new(&stored.header, &lines, &around);
    let named = lines.iter().filter_map(|line| attribution.of(line));
    Ok(most_lines(rules, stored, named))
}

/// What is known around a settlement's lines that tells their marketplaces.
pub(super) async fn around(
    local: &dyn Local,
    rules: &Rules,
    header: &Header,
    account: &str,
    lines: &[Line],
) -> Result<Around, Failure> {
    let mut orders: Vec<String> = lines
        .iter()
        .filter_map(|line| line.order())
        .map(str::to_owned)
        .collect();
    orders.sort_unstable();
    orders.dedup();
    let seen = local.orders(&orders).await?;
    let orders = seen
        .into_iter()
        .filter_map(|(order, seen)| Some((order, seen.marketplace?)))
        .collect();
    let elsewhere = local.named_elsewhere(&header.id, &Nameless::of(lines)).await?;
    let market = |(id, name): (String, String)| Some((id, marketplace::named(&name)?.id.to_owned()));
    let own = rules.marketplaces.values().filter(|profile| profile.account == account);
    Ok(Around {
        account: own.map(|profile| profile.id.clone()).collect(),
        earlier: elsewhere.into_iter().filter_map(market).collect(),
        orders,
        told: told(local, account, lines).await?,
        picked: local.picked_marketplaces(&header.id).await?,
    })
}

/// What Finances told of the time in which lines without a marketplace's name were posted (SET-16).
async fn told(local: &dyn Local, account: &str, lines: &[Line]) -> Result<Vec<Transaction>, Failure> {
    let nameless = lines
        .iter()
        .filter(|line| marketplace::named(&line.marketplace_name).is_none());
    let times = nameless.filter_map(|line| match line.posted {
        Some(Posted::At(at)) => Some(at),
        _ => None,
    });
    match (times.clone().min(), times.max()) {
        (Some(first), Some(last)) => {
            let after = last + chrono::Duration::seconds(1);
            local.finances_posted(account, first, after).await
        }
        _ => Ok(Vec::new()),
    }
}

/// The marketplace whose accounts and business day count for the settlement as a whole.
pub(super) fn most_lines<'a>(
    rules: &'a Rules,
    stored: &StoredSettlement,
    named: impl Iterator<Item = String>,
) -> Option<&'a Profile> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in named {
        *counts.entry(id).or_default() += 1;
    }
    let most = counts
        .iter()
        .max_by_key(|(_, count)| **count)
        .and_then(|(id, _)| rules.marketplaces.get(id));
    most.or_else(|| {
        rules
            .marketplaces
            .values()
            .find(|profile| profile.currency == stored.header.currency)
    })
}
