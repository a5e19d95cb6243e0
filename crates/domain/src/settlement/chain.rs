//! Whether each settlement begins where the one before it ended, with the reserve and the debt that it left (SET-10).
//!
//! Findings are shown and stop nothing. They are worked out from the settlements that are known, whatever the order in
//! which the files came, so that a finding goes by itself once the missing file is there.

use std::cmp::Ordering;

use chrono::{DateTime, Duration, NaiveTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::classify::Category;
use super::{Group, Header, Posted};
use crate::Text;
use crate::money::{Currency, Money};
use crate::text::Arg;

/// A settlement as far as its neighbours matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The Amazon account, such as `eu:A1SELLER`: each has chains of its own.
    pub account: String,
    /// Amazon's settlement id.
    pub settlement: String,
    /// Its currency: each has a chain of its own.
    pub currency: Currency,
    /// When its period starts.
    pub start: Posted,
    /// When its period ends.
    pub end: Posted,
    /// What it comes to: negative for a debt that the next one begins with.
    pub total: Decimal,
    /// The sum of its *Current Reserve Amount* rows: negative, what Amazon keeps for the next one.
    pub reserve_held: Decimal,
    /// The sum of its *Previous Reserve Amount Balance* rows.
    pub reserve_released: Decimal,
    /// The sum of its *Payable to Amazon* rows.
    pub debt: Decimal,
}

impl Link {
    /// From what is known of a settlement; nothing while its file tells no period.
    pub fn of(account: &str, header: &Header, groups: &[Group]) -> Option<Self> {
        let lines = || groups.iter().flat_map(|group| &group.lines);
        let sum = |wanted: fn(&super::group::Known) -> bool| -> Decimal {
            lines()
                .filter(|known| wanted(known))
                .map(|known| known.line.amount())
                .sum()
        };
        let words = |known: &super::group::Known| {
            // V1 says it in the transaction type.
            let line = &known.line;
            format!("{} {}", line.transaction_type, line.amount_description).to_ascii_lowercase()
        };
        let of_reserve = |start: &str| -> Decimal {
            let reserves = lines().filter(|known| known.category == Category::Reserve);
            let named = reserves.filter(|known| words(known).contains(start));
            named.map(|known| known.line.amount()).sum()
        };
        Some(Self {
            account: account.to_owned(),
            settlement: header.id.clone(),
            currency: header.currency,
            start: header.start?,
            end: header.end?,
            total: header
                .declared_total
                .unwrap_or_else(|| groups.iter().map(Group::net).sum()),
            reserve_held: of_reserve("current reserve"),
            reserve_released: of_reserve("previous reserve"),
            debt: sum(|known| known.category == Category::PayableToAmazon),
        })
    }
}

/// What does not fit between two settlements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Break {
    /// A period that no settlement covers: a file is missing.
    Gap,
    /// A period that two settlements cover.
    Overlap,
    /// The reserve that came back is not the one that was kept.
    Reserve,
    /// The debt that it began with is not the one that was left.
    Debt,
}

/// One thing that does not fit, found on the later settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The settlement that it is shown on.
    pub settlement: String,
    /// The settlement before it.
    pub previous: String,
    /// What does not fit.
    pub kind: Break,
    /// `SETTLEMENT_INCOMPLETE_CHAIN` for a missing period; nothing for what a missing file would explain, or what two
    /// settlements both tell.
    pub code: Option<String>,
    /// From when, ISO 8601.
    pub from: String,
    /// Until when, ISO 8601.
    pub until: String,
    /// By how much amounts differ; nothing for periods.
    pub off: Option<Money>,
    /// The sentence, with the missing period or the amounts.
    pub what: Text,
}

/// All findings about the settlements that are known, in the order of their periods. The first of each account and
/// currency is not judged: nobody knows what was before it.
pub fn findings(known: &[Link]) -> Vec<Finding> {
    let mut links: Vec<&Link> = known.iter().collect();
    links.sort_by(|one, other| {
        let place = |link: &Link| (link.account.clone(), link.currency.code().to_owned());
        place(one).cmp(&place(other)).then(in_time(one, other))
    });
    let pairs = links.iter().zip(links.iter().skip(1));
    let chained =
        pairs.filter(|(previous, next)| previous.account == next.account && previous.currency == next.currency);
    chained.flat_map(|(previous, next)| between(previous, next)).collect()
}

fn in_time(one: &Link, other: &Link) -> Ordering {
    let at = |link: &Link| (begin(link.start), begin(link.end), link.settlement.clone());
    at(one).cmp(&at(other))
}

fn between(previous: &Link, next: &Link) -> Vec<Finding> {
    let finding = |kind, code: Option<&str>, off: Option<Decimal>, what| Finding {
        settlement: next.settlement.clone(),
        previous: previous.settlement.clone(),
        kind,
        code: code.map(str::to_owned),
        from: previous.end.iso(),
        until: next.start.iso(),
        off: off.map(|amount| Money::new(amount, next.currency)),
        what,
    };
    let told = |name: &str| {
        Text::new(name)
            .with("settlement", next.settlement.as_str())
            .with("previous", previous.settlement.as_str())
    };
    let mut found = Vec::new();
    if let Some(kind) = apart(previous.end, next.start) {
        let name = match kind {
            Break::Overlap => "settlement-chain-overlap",
            _ => "settlement-chain-gap",
        };
        let what = told(name)
            .with("from", shown(previous.end))
            .with("until", shown(next.start))
            .with("currency", next.currency.code());
        let code = Some("SETTLEMENT_INCOMPLETE_CHAIN").filter(|_| kind == Break::Gap);
        found.push(finding(kind, code, None, what));
        // What was kept and owed in between is in the file that is missing.
        return found;
    }
    let amounts = [
        (
            Break::Reserve,
            "settlement-chain-reserve",
            -previous.reserve_held,
            next.reserve_released,
        ),
        (
            Break::Debt,
            "settlement-chain-debt",
            previous.total.min(Decimal::ZERO),
            next.debt,
        ),
    ];
    for (kind, name, expected, is) in amounts {
        if expected != is {
            let money = |amount| Money::new(amount, next.currency);
            let what = told(name).with("expected", money(expected)).with("is", money(is));
            found.push(finding(kind, None, Some(is - expected), what));
        }
    }
    found
}

/// Amazon's periods meet to the second; where a file gives only days, to the day.
fn apart(end: Posted, start: Posted) -> Option<Break> {
    let slack = match (end, start) {
        (Posted::At(_), Posted::At(_)) => Duration::seconds(1),
        _ => Duration::days(1),
    };
    let between = begin(start) - begin(end);
    if between > slack {
        Some(Break::Gap)
    } else if between < -slack {
        Some(Break::Overlap)
    } else {
        None
    }
}

fn shown(posted: Posted) -> Arg {
    match posted {
        Posted::At(instant) => instant.into(),
        Posted::On(day) => day.into(),
    }
}

fn begin(posted: Posted) -> DateTime<Utc> {
    match posted {
        Posted::At(instant) => instant,
        Posted::On(day) => day.and_time(NaiveTime::MIN).and_utc(),
    }
}
