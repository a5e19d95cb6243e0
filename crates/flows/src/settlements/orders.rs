//! Orders that a settlement names and that nobody here knows: Amazon is asked for each of them once, by its number.
//!
//! An order of after go-live is then brought in by its own flow, billed, and paid from the settlement. One that was bought
//! before needs no record: its money goes to an account of its own. What Amazon does not know any more is said to be so.
//! The answers are kept, so that no later look asks again.

use std::collections::{BTreeMap, BTreeSet};

use amazon::orders::{Get, Include};
use chrono::{DateTime, Utc};
use domain::Text;
use domain::settlement::plan::AtAmazon;
use netsuite::{queries, suiteql};
use serde::{Deserialize, Serialize};
use wire::Failure;

use super::gather::is_open;
use super::whose::belongs;
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Key, LocalWrite, Look, Progress, Reads, Route, Step, Window, Write, skip,
};
use crate::orders::names_of;
use crate::rules::{Channel, Profile, Rules};

/// The flow's id: its decisions are where the answers are kept.
const ID: &str = "settlement-orders";
/// Orders of one look: what was answered is kept before more is asked.
const AT_ONCE: usize = 20;

/// Orders that settlements name.
pub struct Orders;

/// An order that a settlement names, as Amazon answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Amazon's order number.
    pub order: String,
    /// The first settlement that named it.
    pub settlement: String,
    /// What Amazon said of it; nothing: that it does not know it.
    pub answer: Option<Answer>,
}

/// What Amazon said of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// When it was placed.
    pub placed: DateTime<Utc>,
    /// Amazon's id of its marketplace.
    pub marketplace: Option<String>,
    /// Who ships it.
    pub channel: Channel,
}

impl Flow for Orders {
    type Subject = Asked;

    const CARD: Card = Card {
        id: ID,
        title: "flow-settlement-orders",
        promise: "flow-settlement-orders-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["amazon:Inventory and Order Tracking"],
        after: &["settlement-records", "mfn-orders", "fba-orders"],
        options: &[],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Asked>, Failure> {
        match window {
            Window::Span { from, until, page } => {
                let unknown = unknown(reads, rules).await?;
                // A page goes on behind the last order that was asked for, whether or not the answers were kept.
                let after = page.clone().unwrap_or_default();
                let mut left = unknown.into_iter().filter(|(order, _)| *order > after);
                let now: Vec<(String, String)> = left.by_ref().take(AT_ONCE).collect();
                let last = now.last().map(|(order, _)| order.clone());
                let next = left.next().map(|_| Window::Span {
                    from: *from,
                    until: *until,
                    page: last,
                });
                Ok(Look::Seen {
                    subjects: ask(reads, now).await?,
                    next,
                    read_until: Some(*until),
                })
            }
            Window::Keys(keys) => {
                let named = keys.iter().map(|key| (key.0.clone(), String::new())).collect();
                Ok(Look::Seen {
                    subjects: ask(reads, named).await?,
                    next: None,
                    read_until: None,
                })
            }
        }
    }

    fn key(seen: &Asked) -> Key {
        Key(seen.order.clone())
    }

    fn decide(seen: &Asked, rules: &Rules) -> Decision {
        let Some(answer) = &seen.answer else {
            return skip(Text::new("reason-order-unknown-to-amazon"));
        };
        let marketplace = answer.marketplace.as_deref().and_then(|id| rules.marketplaces.get(id));
        if is_before_go_live(Some(answer.placed), marketplace) {
            return skip(Text::new("reason-settled-order-before-go-live"));
        }
        Ok(vec![Step {
            name: format!("LOOK-{}-SETTLED", seen.order),
            title: Text::new("step-look-at-order").with("order", seen.order.as_str()),
            write: Write::Local(LocalWrite::LookAtOrder {
                order_id: seen.order.clone(),
                channel: answer.channel,
            }),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
        }])
    }

    fn facts(seen: &Asked, _rules: &Rules) -> Vec<Fact> {
        let fact = |name: &str, value: domain::text::Arg| Fact {
            name: name.into(),
            value,
        };
        let marketplace = seen.answer.as_ref().and_then(|answer| answer.marketplace.as_deref());
        let settlement = Some(seen.settlement.as_str()).filter(|settlement| !settlement.is_empty());
        let named = settlement.map(|settlement| fact("settlement", settlement.into()));
        let at = marketplace.map(|id| fact("marketplace", id.into()));
        named.into_iter().chain(at).collect()
    }

    fn sample() -> Asked {
        Asked {
            order: "111-0000000-0000001".into(),
            settlement: "90001".into(),
            answer: Some(Answer {
                placed: DateTime::UNIX_EPOCH + chrono::Duration::days(20_700),
                marketplace: Some("ATVPDKIKX0DER".into()),
                channel: Channel::Fba,
            }),
        }
    }
}

/// Orders of open settlements that neither the order flows nor an earlier question know, with the settlement that names
/// each, by number.
async fn unknown(reads: &Reads<'_>, rules: &Rules) -> Result<BTreeMap<String, String>, Failure> {
    let account = reads.scope.account();
    let go_live = rules.marketplaces.values().filter_map(|profile| profile.go_live).min();
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for stored in reads.local.settlements().await? {
        if !belongs(&stored, &account, rules) || !is_open(&stored) {
            continue;
        }
        for line in reads.local.settlement_lines(&stored.header.id).await? {
            let elsewhere = domain::settlement::marketplace::is_from_elsewhere(&line.marketplace_name);
            // Settled before anything was live, it was bought before it too.
            let day = line.posted.map(|posted| posted.business_date(chrono_tz::Tz::UTC));
            let early = day.zip(go_live).is_some_and(|(day, go_live)| day < go_live);
            // Where settlements are posted as totals, nobody needs to know their orders (SET-62).
            let here = rules.marketplaces.values().find(|profile| {
                let own = line.marketplace_name.trim();
                profile.settlement_name.eq_ignore_ascii_case(own)
            });
            let summed = here.is_some_and(|profile| rules.sums(&profile.id));
            let order = line
                .order()
                .filter(|order| is_amazons(order) && !elsewhere && !early && !summed);
            if let Some(order) = order {
                named
                    .entry(order.to_owned())
                    .or_insert_with(|| stored.header.id.clone());
            }
        }
    }
    let orders: Vec<String> = named.keys().cloned().collect();
    let seen = whereabouts(reads, &orders).await?;
    named.retain(|order, _| !seen.contains_key(order));
    let in_books = in_the_books(reads, named.keys().cloned().collect()).await?;
    named.retain(|order, _| !in_books.contains(order));
    Ok(named)
}

/// Those of these orders that have a record in NetSuite, whoever made it: it says what must be known.
async fn in_the_books(reads: &Reads<'_>, orders: Vec<String>) -> Result<BTreeSet<String>, Failure> {
    let order_of: BTreeMap<String, &String> = orders
        .iter()
        .flat_map(|order| {
            let names = names_of(order, 0).into_iter();
            names.map(move |name| (name.as_str().to_owned(), order))
        })
        .collect();
    let names: Vec<_> = orders.iter().flat_map(|order| names_of(order, 0)).collect();
    let (by_name, by_number) = futures::try_join!(
        suiteql::all(&reads.netsuite, queries::by_external_id(&names)),
        suiteql::all(&reads.netsuite, queries::by_order_number(&orders)),
    )?;
    let known = by_name.into_iter().chain(by_number);
    let found = known.filter_map(|one| {
        let ours = one.external_id.as_ref().and_then(|name| order_of.get(name));
        ours.map(|order| (*order).clone()).or(one.other_ref_num)
    });
    Ok(found.collect())
}

/// An Amazon order number: three, seven and seven digits.
pub(super) fn is_amazons(order: &str) -> bool {
    let parts: Vec<&str> = order.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [3, 7, 7] && order.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

async fn ask(reads: &Reads<'_>, orders: Vec<(String, String)>) -> Result<Vec<Asked>, Failure> {
    let total = u64::try_from(orders.len()).ok();
    let mut asked = Vec::new();
    for (read, (order, settlement)) in (0_u64..).zip(orders) {
        (reads.progress)(Progress {
            doing: Text::new("progress-asking-for-settled-orders"),
            read,
            total,
        })?;
        let get = Get {
            order_id: order.clone(),
            include: Include::WithoutRestricted,
        };
        let answer = match reads.amazon.call(&get).await {
            Ok(order) => Some(Answer {
                placed: order.created,
                marketplace: order.marketplace_id.clone(),
                channel: if order.fulfilled_by == Some(amazon::orders::FulfilledBy::Amazon) {
                    Channel::Fba
                } else {
                    Channel::Mfn
                },
            }),
            // Amazon forgets orders after two years.
            Err(Failure::Refused { .. } | Failure::Misread { .. }) => None,
            Err(failure) => return Err(failure),
        };
        asked.push(Asked {
            order,
            settlement,
            answer,
        });
    }
    Ok(asked)
}

/// What is known of an order's place at Amazon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whereabouts {
    /// When it was placed.
    pub placed: Option<DateTime<Utc>>,
    /// Whether Amazon knows it.
    pub amazon: AtAmazon,
}

/// What the order flows saw of these orders, and else what Amazon answered; orders that nobody asked for are left out.
pub(super) async fn whereabouts(
    reads: &Reads<'_>,
    orders: &[String],
) -> Result<BTreeMap<String, Whereabouts>, Failure> {
    let seen = reads.local.orders(orders).await?;
    let rest: BTreeSet<&String> = orders
        .iter()
        .filter(|order| seen.get(*order).is_none_or(|seen| seen.ordered.is_none()))
        .collect();
    let rest: Vec<String> = rest.into_iter().cloned().collect();
    let answered = reads.local.seen_before(ID, &rest).await?;
    let mut known: BTreeMap<String, Whereabouts> = seen
        .into_iter()
        .map(|(order, seen)| {
            let amazon = AtAmazon::Known;
            let placed = seen.ordered;
            (order, Whereabouts { placed, amazon })
        })
        .collect();
    for (order, evidence) in answered {
        // What cannot be read back is asked again.
        let Ok(asked) = serde_json::from_value::<Asked>(evidence) else {
            continue;
        };
        let amazon = match asked.answer {
            Some(_) => AtAmazon::Known,
            None => AtAmazon::Unknown,
        };
        let placed = asked.answer.map(|answer| answer.placed);
        known.insert(order, Whereabouts { placed, amazon });
    }
    Ok(known)
}

/// Bought before the go-live day of its marketplace (SET-38).
pub(super) fn is_before_go_live(placed: Option<DateTime<Utc>>, profile: Option<&Profile>) -> bool {
    let Some((placed, profile)) = placed.zip(profile) else {
        return false;
    };
    profile.go_live.is_some_and(|go_live| profile.day(placed) < go_live)
}
