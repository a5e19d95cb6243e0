//! The last settlements of a marketplace beside each other: fees, deposits and the reserve (ux.md §8).
//!
//! Read from the short part of the summaries alone. Everything that is drawn is placed here, with exact decimals.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Currency;
use domain::settlement::Category;
use rust_decimal::Decimal;
use store::Store;

use super::{Brief, Known, day, place};
use crate::contract::{
    Amount, Axis, FeeFamily, FeePart, HistoryColumn, Refusal, SettlementHistory, SettlementHistoryRequest, Tick,
};

/// Settlements that are looked back on.
const COLUMNS: usize = 12;
/// Families that are told apart; the rest is `other`.
const FAMILIES: usize = 6;
const OTHER: &str = "other";

/// The history of a marketplace.
pub fn history(store: &Store, request: &SettlementHistoryRequest) -> Result<SettlementHistory, Refusal> {
    let mut all = store.read(Known::all)?;
    all.reverse();
    all.retain(|known| known.brief.is_some());
    let mut marketplaces: Vec<String> = Vec::new();
    for id in all.iter().filter_map(Known::main_marketplace) {
        if !marketplaces.iter().any(|known| known == id) {
            marketplaces.push(id.to_owned());
        }
    }
    let marketplace = request.marketplace.clone().or_else(|| marketplaces.first().cloned());
    let mut own: Vec<&Known> = all
        .iter()
        .filter(|known| marketplace.is_some() && known.main_marketplace() == marketplace.as_deref())
        .collect();
    // Amounts of two currencies do not stand on one axis: the newest one's counts.
    let currency = own.first().map_or(Currency::EUR, |known| known.currency());
    own.retain(|known| known.currency() == currency);
    let next = next(&own);
    own.truncate(COLUMNS);
    own.reverse();
    let briefs: Vec<(&Known, &Brief)> = own
        .iter()
        .filter_map(|known| Some((*known, known.brief.as_ref()?)))
        .collect();
    Ok(drawn(&briefs, currency, marketplace, marketplaces, next))
}

/// As far after the newest end as that was after the one before; a fortnight where there is only one.
fn next(newest_first: &[&Known]) -> Option<String> {
    let ends: Vec<NaiveDate> = newest_first
        .iter()
        .filter_map(|known| day(known.stored.header.end)?.parse().ok())
        .collect();
    let last = *ends.first()?;
    let usual = chrono::TimeDelta::days(14);
    let since = ends.get(1).map_or(usual, |before| last - *before);
    let since = if since > chrono::TimeDelta::zero() {
        since
    } else {
        usual
    };
    last.checked_add_signed(since).map(|day| day.to_string())
}

fn drawn(
    briefs: &[(&Known, &Brief)],
    currency: Currency,
    marketplace: Option<String>,
    marketplaces: Vec<String>,
    next: Option<String>,
) -> SettlementHistory {
    let families = families(briefs);
    let stacks: Vec<Stack> = briefs.iter().map(|(_, brief)| Stack::of(brief, &families)).collect();
    let amounts = Scale::of(stacks.iter().flat_map(Stack::ends));
    let percents = Scale::of(stacks.iter().filter_map(Stack::shares).flatten().flatten());
    let deposits = Scale::of(
        briefs
            .iter()
            .flat_map(|(_, brief)| [brief.amazon_says.amount, reserve(brief)]),
    );
    let fees: Decimal = stacks.iter().map(Stack::total).sum();
    let sales: Decimal = stacks.iter().map(|stack| stack.sales).sum();
    let columns = briefs.iter().zip(&stacks).map(|((known, brief), stack)| HistoryColumn {
        id: known.stored.header.id.clone(),
        start: day(known.stored.header.start).unwrap_or_default(),
        end: day(known.stored.header.end).unwrap_or_default(),
        deposit_date: day(known.stored.header.deposit),
        sales: Amount::of(stack.sales, currency),
        fees: Amount::of(stack.total(), currency),
        fee_percent: share(stack.total(), stack.sales).map(percent),
        parts: stack.parts(&families, &amounts, &percents, currency),
        deposit: brief.amazon_says.into(),
        deposit_at: deposits.at(brief.amazon_says.amount),
        reserve: Amount::of(reserve(brief), currency),
        reserve_at: deposits.at(reserve(brief)),
    });
    SettlementHistory {
        marketplace,
        marketplaces,
        settlements: columns.collect(),
        families: families
            .iter()
            .enumerate()
            .map(|(index, family)| FeeFamily {
                id: (*family).to_owned(),
                amount: Amount::of(stacks.iter().filter_map(|stack| stack.fees.get(index)).sum(), currency),
            })
            .collect(),
        fees: Amount::of(fees, currency),
        fee_percent: share(fees, sales).map(percent),
        amounts: amounts.axis(),
        percents: percents.axis(),
        deposits: deposits.axis(),
        next,
    }
}

/// What Amazon kept back at the end of a settlement, as money that it holds.
fn reserve(brief: &Brief) -> Decimal {
    -brief.numbers.balances.get("reserve-held").copied().unwrap_or_default()
}

/// The family that a category of fees is told under.
fn family(key: &str) -> &'static str {
    match Category::from_key(key) {
        Some(Category::ReferralFee) => "referral",
        Some(Category::FulfilmentFee) => "fulfilment",
        Some(Category::Storage | Category::LongTermStorage) => "storage",
        Some(Category::Advertising) => "advertising",
        Some(Category::Subscription) => "subscription",
        Some(Category::InboundFreight) => "inbound",
        Some(Category::RefundFee | Category::Removal) => "returns",
        Some(Category::SellingFee) => "selling",
        Some(Category::PromotionCost) => "promotions",
        _ => OTHER,
    }
}

/// The largest families of all settlements, the largest first; what is left over comes last.
fn families(briefs: &[(&Known, &Brief)]) -> Vec<&'static str> {
    let mut totals: BTreeMap<&'static str, Decimal> = BTreeMap::new();
    for (key, amount) in briefs.iter().flat_map(|(_, brief)| &brief.numbers.fees) {
        *totals.entry(family(key)).or_default() += amount.abs();
    }
    let mut named: Vec<(&str, Decimal)> = totals
        .iter()
        .filter(|(family, total)| **family != OTHER && !total.is_zero())
        .map(|(family, total)| (*family, *total))
        .collect();
    named.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    let has_rest = named.len() > FAMILIES || totals.get(OTHER).is_some_and(|total| !total.is_zero());
    let mut families: Vec<&str> = named.into_iter().take(FAMILIES).map(|(family, _)| family).collect();
    families.extend(has_rest.then_some(OTHER));
    families
}

/// The fees of one settlement by family, as money that Amazon took.
struct Stack {
    fees: Vec<Decimal>,
    sales: Decimal,
}

impl Stack {
    fn of(brief: &Brief, families: &[&str]) -> Self {
        let mut fees = vec![Decimal::ZERO; families.len()];
        let place = |wanted: &str| families.iter().position(|known| *known == wanted);
        for (key, amount) in &brief.numbers.fees {
            let place = place(family(key)).or_else(|| place(OTHER));
            if let Some(sum) = place.and_then(|place| fees.get_mut(place)) {
                *sum -= amount;
            }
        }
        Self {
            fees,
            sales: brief.numbers.sales,
        }
    }

    fn total(&self) -> Decimal {
        self.fees.iter().sum()
    }

    /// Where each part begins and ends: what was taken grows upwards from zero, what was given back downwards.
    fn spans(parts: &[Decimal]) -> Vec<[Decimal; 2]> {
        let (mut above, mut below) = (Decimal::ZERO, Decimal::ZERO);
        let mut spans = Vec::new();
        for part in parts {
            let end = if part.is_sign_negative() {
                &mut below
            } else {
                &mut above
            };
            spans.push([*end, *end + part]);
            *end += part;
        }
        spans
    }

    fn ends(&self) -> impl Iterator<Item = Decimal> + use<> {
        Self::spans(&self.fees).into_iter().flatten()
    }

    fn shares(&self) -> Option<Vec<[Decimal; 2]>> {
        let shares: Option<Vec<Decimal>> = self.fees.iter().map(|fee| share(*fee, self.sales)).collect();
        shares.map(|shares| Self::spans(&shares))
    }

    fn parts(&self, families: &[&str], amounts: &Scale, percents: &Scale, currency: Currency) -> Vec<FeePart> {
        let shares = self.shares();
        let spans = Self::spans(&self.fees);
        let parts = families.iter().zip(&self.fees).zip(spans).enumerate();
        parts
            .map(|(index, ((family, fee), span))| FeePart {
                family: (*family).to_owned(),
                amount: Amount::of(*fee, currency),
                percent: share(*fee, self.sales).map(percent),
                amount_at: span.map(|end| amounts.at(end)),
                percent_at: shares
                    .as_ref()
                    .and_then(|shares| shares.get(index))
                    .map(|span| span.map(|end| percents.at(end))),
            })
            .collect()
    }
}

/// A part as a percentage of a whole.
fn share(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (whole > Decimal::ZERO).then(|| part * Decimal::ONE_HUNDRED / whole)
}

fn percent(share: Decimal) -> String {
    format!("{:.1}", share.round_dp(1))
}

/// An axis from zero, or through it, with round marks.
pub(in crate::views) struct Scale {
    low: Decimal,
    high: Decimal,
    step: Decimal,
}

impl Scale {
    /// About this many marks above zero.
    const MARKS: u32 = 4;

    pub(in crate::views) fn of(values: impl Iterator<Item = Decimal>) -> Self {
        let (low, high) = values.fold((Decimal::ZERO, Decimal::ZERO), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let step = Self::step((high - low) / Decimal::from(Self::MARKS));
        let whole = |value: Decimal| if step.is_zero() { value } else { value / step };
        Self {
            low: whole(low).floor() * step,
            high: whole(high).ceil() * step,
            step,
        }
    }

    /// The smallest of 1, 2 and 5 with some noughts that is not less.
    fn step(least: Decimal) -> Decimal {
        if least <= Decimal::ZERO {
            return Decimal::ZERO;
        }
        let mut unit = Decimal::new(1, 4);
        while unit * Decimal::TEN < least {
            unit *= Decimal::TEN;
        }
        let steps = [1, 2, 5, 10].map(|times| unit * Decimal::from(times));
        steps
            .into_iter()
            .find(|step| *step >= least)
            .unwrap_or(unit * Decimal::TEN)
    }

    pub(in crate::views) fn at(&self, value: Decimal) -> i32 {
        place(value, self.low, self.high)
    }

    pub(in crate::views) fn axis(&self) -> Axis {
        let mut ticks = Vec::new();
        let mut value = self.low;
        while value <= self.high && !self.step.is_zero() {
            ticks.push(Tick {
                at: self.at(value),
                value: value.normalize().to_string(),
            });
            value += self.step;
        }
        Axis {
            zero_at: self.at(Decimal::ZERO),
            ticks,
        }
    }
}
