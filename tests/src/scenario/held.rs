//! What the screen *Money on the way* must show, and the month-end entries on it (DEF-01 to 04).

use anyhow::Context;
use app::contract::{AccrualLine, MoneyMarket, MoneyView};
use serde_json::json;

use super::shown::is;
use crate::invariants::decimal;
use crate::world::World;

fn view(world: &World) -> anyhow::Result<MoneyView> {
    let view = app::views::money::view(world.engine()?, None, wire::Clock::now(&*world.clock));
    view.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))
}

fn plain(amount: &str) -> String {
    decimal(&json!(amount)).normalize().to_string()
}

/// What Amazon holds in a marketplace, each as `deferred 12.5`, `DD7 12.5 of 1 until 2026-12-03`, `late 111-… 12.5 by 3`,
/// `bills held 1 20`; what is nothing is left out.
pub(super) fn money(world: &World, marketplace: &str, wanted: &[String]) -> anyhow::Result<()> {
    let known = amazon::marketplaces::by_country(marketplace).context("no such marketplace")?;
    let view = view(world)?;
    let market = view.markets.iter().find(|market| market.marketplace == known.id);
    let mut found = parts(market.context("it is not on the screen")?);
    let late = view.late.iter().filter(|one| one.marketplace == known.id);
    found.extend(late.map(|one| format!("late {} {} by {}", one.order, plain(&one.amount.amount), one.late_days)));
    let missing = view.missing.iter().filter(|one| one.marketplace == known.id);
    found.extend(missing.map(|one| format!("missing {} for {}", one.order, one.age_days)));
    is(wanted.to_vec(), found, "as money on the way")
}

fn parts(market: &MoneyMarket) -> Vec<String> {
    let sums = [
        ("open", &market.open),
        ("deferred", &market.deferred),
        ("reserve", &market.reserve),
        ("in_transit", &market.in_transit),
    ];
    let sums = sums.into_iter().filter(|(_, amount)| plain(&amount.amount) != "0");
    let mut found: Vec<String> = sums
        .map(|(name, amount)| format!("{name} {}", plain(&amount.amount)))
        .collect();
    found.extend(market.reasons.iter().map(|held| {
        let until = held.last.as_deref().unwrap_or("nobody knows");
        format!(
            "{} {} of {} until {until}",
            held.reason,
            plain(&held.amount.amount),
            held.orders
        )
    }));
    let bills = market.bills.iter().filter(|one| one.bills > 0 && one.state != "all");
    found.extend(bills.map(|one| format!("bills {} {} {}", one.state, one.bills, plain(&one.amount.amount))));
    found
}

/// A month-end entry: its state, its lines as `debit Amazon Referral Fees 2.7`, and what has changed since as `drift …`.
pub(super) fn accrual(world: &World, id: &str, wanted: &[String]) -> anyhow::Result<()> {
    let view = view(world)?;
    let Some(entry) = view.accruals.iter().find(|entry| entry.id == id) else {
        return is(wanted.to_vec(), Vec::new(), "as month-end entry");
    };
    let state = serde_json::to_value(entry.state)?;
    let mut found = vec![state.as_str().unwrap_or_default().to_owned()];
    found.extend(entry.lines.iter().map(line));
    found.extend(entry.drift.iter().map(|one| format!("drift {}", line(one))));
    is(wanted.to_vec(), found, "as month-end entry")
}

fn line(one: &AccrualLine) -> String {
    let (side, amount) = match (&one.debit, &one.credit) {
        (Some(amount), _) => ("debit", amount),
        (None, Some(amount)) => ("credit", amount),
        (None, None) => return format!("{} without an amount", one.account_name),
    };
    format!("{side} {} {}", one.account_name, plain(&amount.amount))
}

/// What Finances says of a settlement: total, and how far it is from what the settlement pays.
pub(super) fn witness(world: &World, id: &str, total: &str, difference: &str) -> anyhow::Result<()> {
    let stored = world.store.read(|db| store::settlements::get(db, id))?;
    let summary = stored
        .and_then(|stored| stored.summary)
        .context("it has no summary yet")?;
    let witness = &summary["witness"];
    let found = ["total", "difference"].map(|name| decimal(&witness[name]["amount"]).normalize().to_string());
    is([plain(total), plain(difference)], found, "by Finances")
}
