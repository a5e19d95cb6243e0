//! What Amazon posted to the account, and what it holds back: read and kept, nothing else.
//!
//! Money that Amazon holds back stands in no settlement before it is released. Amazon's Finances tells of it from the day
//! on which an order left, with the reason and the day of its release, and tells once more what stands in each
//! settlement.
//! Each transaction is kept as it was told last; what was held back is asked about again until it is released.
//! Nothing is written in NetSuite.

use amazon::finances::{Balance, Unreadable};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::finances::{Goods, Part, Status, Transaction};
use domain::{Currency, Money, Text};
use rust_decimal::Decimal;
use serde::Serialize;
use sha2::{Digest, Sha256};
use wire::Failure;

use super::reading;
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Key, LocalWrite, Look, Problem, Reads, Remedy, Route, Step, Window, Write, ask,
    skip,
};
use crate::local_finances::Transactions;
use crate::rules::Rules;

/// Amazon's second telling of the seller's money.
pub struct Finances;

/// Something that Finances told and that is not kept like that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Told {
    /// Transactions that were posted on one day in one marketplace.
    Day(Day),
    /// What Amazon has of a marketplace's money now.
    Balance {
        /// The account.
        account: String,
        /// The balance.
        balance: Balance,
    },
    /// From when on everything was read.
    Reach {
        /// The account.
        account: String,
        /// The first instant.
        since: DateTime<Utc>,
    },
    /// A transaction that cannot be read.
    Unreadable(Unreadable),
    /// One that could not be read before is among those that can.
    ReadNow {
        /// The name under which it was asked about.
        key: String,
    },
}

/// Transactions of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The account.
    pub account: String,
    /// The day of posting, UTC.
    pub day: NaiveDate,
    /// Amazon's id of the marketplace; empty where Amazon names none.
    pub marketplace: String,
    /// How many of them are new or have changed.
    pub count: u32,
    /// A hash of all that they say.
    pub digest: String,
    /// The transactions: kept by the write, not by the evidence.
    #[serde(skip)]
    pub transactions: Transactions,
}

impl Flow for Finances {
    type Subject = Told;

    const CARD: Card = Card {
        id: "finances",
        title: "flow-finances",
        promise: "flow-finances-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["amazon:Finance and Accounting"],
        after: &["settlement-records"],
        options: &["money.missing_days", "money.missing_days_b2b"],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Told>, Failure> {
        match window {
            Window::Span { from, until, page } => {
                reading::span(reads, rules.now, (*from, *until), page.as_deref()).await
            }
            Window::Keys(keys) => reading::named(reads, rules.now, keys).await,
        }
    }

    fn key(seen: &Told) -> Key {
        key(seen)
    }

    fn decide(seen: &Told, _rules: &Rules) -> Decision {
        match seen {
            Told::Day(day) => Ok(vec![kept(
                format!("FINANCES-{}-{}-{}", day.account, day.day, day.marketplace),
                Text::new("step-keep-transactions")
                    .with("count", i64::from(day.count))
                    .with("day", day.day),
                LocalWrite::KeepTransactions {
                    digest: day.digest.clone(),
                    transactions: day.transactions.clone(),
                },
            )]),
            Told::Balance { account, balance } => Ok(vec![kept(
                format!("BALANCE-{account}-{}", balance.marketplace),
                Text::new("step-keep-balance"),
                LocalWrite::KeepBalance {
                    balance: balance.clone(),
                },
            )]),
            Told::Reach { account, since } => Ok(vec![kept(
                format!("FINANCES-{account}"),
                Text::new("step-note-reach").with("day", since.date_naive()),
                LocalWrite::NoteReach { since: *since },
            )]),
            Told::Unreadable(one) => ask(vec![unreadable(one)]),
            Told::ReadNow { .. } => skip(Text::new("reason-transaction-read")),
        }
    }

    fn facts(seen: &Told, _rules: &Rules) -> Vec<Fact> {
        let fact = |name: &str, value: domain::text::Arg| Fact {
            name: name.into(),
            value,
        };
        match seen {
            Told::Day(day) => {
                let marketplace =
                    (!day.marketplace.is_empty()).then(|| fact("marketplace", day.marketplace.as_str().into()));
                marketplace.into_iter().chain([fact("date", day.day.into())]).collect()
            }
            Told::Balance { balance, .. } => {
                let marketplace = fact("marketplace", balance.marketplace.as_str().into());
                let total = balance.total.map(|total| fact("total", total.into()));
                [Some(marketplace), total].into_iter().flatten().collect()
            }
            Told::Reach { .. } | Told::Unreadable(_) | Told::ReadNow { .. } => Vec::new(),
        }
    }

    fn sample() -> Told {
        let held = sample();
        Told::Day(Day::of(
            "eu:A1SELLER",
            held.posted.date_naive(),
            "A1PA6795UKMFR9",
            vec![held],
        ))
    }
}

impl Day {
    /// Transactions of a day.
    pub fn of(account: &str, day: NaiveDate, marketplace: &str, all: Vec<Transaction>) -> Self {
        let said = serde_json::to_string(&all).unwrap_or_default();
        let digest = Sha256::digest(said).iter().fold(String::new(), |mut hex, byte| {
            hex.extend(
                [byte >> 4, byte & 15]
                    .iter()
                    .filter_map(|half| char::from_digit((*half).into(), 16)),
            );
            hex
        });
        Self {
            account: account.to_owned(),
            day,
            marketplace: marketplace.to_owned(),
            count: u32::try_from(all.len()).unwrap_or(u32::MAX),
            digest,
            transactions: all.into(),
        }
    }
}

fn kept(name: String, title: Text, write: LocalWrite) -> Step {
    Step {
        name,
        title,
        write: Write::Local(write),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: None,
    }
}

/// A shipment whose money is held back.
pub(super) fn sample() -> Transaction {
    // 14 November 2026.
    let posted = DateTime::UNIX_EPOCH + Duration::days(20_771);
    let part = |family: &str, kind: &str, amount| Part {
        family: family.into(),
        kind: kind.into(),
        amount: Decimal::new(amount, 2),
    };
    Transaction {
        id: "b1qD0oAliFkLiqRyGbmeT0DoS2Z2kHzi7TZ92z-vARI".into(),
        kind: "Shipment".into(),
        status: Status::Deferred,
        posted,
        total: Money::new(Decimal::new(17_000, 2), Currency::EUR),
        marketplace: Some("A1PA6795UKMFR9".into()),
        order: Some("028-1234567-1234567".into()),
        settlement: None,
        group: None,
        twin: None,
        reason: Some("DD7".into()),
        matures: Some(posted + Duration::days(10)),
        goods: vec![Goods {
            sku: "LAMP-RED-EU".into(),
            units: Some(Decimal::TWO),
        }],
        parts: vec![
            part("ProductCharges", "OurPricePrincipal", 20_000),
            part("AmazonFees", "Commission", -3_000),
        ],
    }
}

/// The lasting name of what was told.
pub(super) fn key(seen: &Told) -> Key {
    Key(match seen {
        Told::Day(day) => format!("{}/{}", day.day, day.marketplace),
        Told::Balance { balance, .. } => format!("balance/{}", balance.marketplace),
        Told::Reach { .. } => "since".to_owned(),
        Told::Unreadable(one) => reading::key_of(one),
        Told::ReadNow { key } => key.clone(),
    })
}

fn unreadable(one: &Unreadable) -> Problem {
    Problem {
        code: "PARSE".into(),
        cause: format!("PARSE:finances:{}", one.id),
        what: Text::new("problem-transaction-unreadable").with("transaction", one.id.as_str()),
        why: Text::new("problem-transaction-unreadable-why").with("detail", one.what.as_str()),
        about: vec![("transaction".into(), one.id.clone())],
        at_stake: None,
        remedies: vec![Remedy::Retry, Remedy::Exclude],
    }
}
