//! Reads a page of orders, and what NetSuite knows about all of them at once.

use std::collections::{BTreeMap, BTreeSet};

use amazon::Order;
use amazon::orders::{Address, Buyer, FulfilledBy, Get, Include, Search, Since, missing_role};
use chrono::{DateTime, Duration, Utc};
use domain::Text;
use rust_decimal::prelude::ToPrimitive;
use wire::{Call, Failure};

use super::pages::Which;
use super::seen::{Subject, Withheld};
use super::{facts, gather};
use crate::flow::{Decision, Key, Look, Progress, Reads, Window, steps_of};
use crate::rules::{Channel, Rules};

/// Amazon refuses a window that ends later (amazon-sp-api.md §6.1).
const SETTLING: Duration = Duration::minutes(2);

/// A look of either order flow, which decides about an order by `decide`.
pub async fn look(
    reads: &Reads<'_>,
    window: &Window,
    rules: &Rules,
    channel: Channel,
    decide: Deciding,
) -> Result<Look<Subject>, Failure> {
    match window {
        Window::Span { from, until, page } => {
            let span = Span {
                from: *from,
                until: (*until).min(rules.now - SETTLING),
            };
            look_at_page(reads, &span, page.as_deref(), rules, channel).await
        }
        Window::Keys(keys) => look_at_keys(reads, keys, rules, channel, decide).await,
    }
}

/// How a flow decides.
type Deciding = fn(&Subject, &Rules) -> Decision;

struct Span {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

async fn look_at_page(
    reads: &Reads<'_>,
    span: &Span,
    page: Option<&str>,
    rules: &Rules,
    channel: Channel,
) -> Result<Look<Subject>, Failure> {
    if span.until <= span.from || reads.scope.marketplaces.is_empty() {
        return Ok(Look::Seen {
            subjects: Vec::new(),
            next: None,
            read_until: None,
        });
    }
    let shops = &reads.scope.marketplaces;
    let by_creation = read_since(shops, rules);
    let which = Which {
        marketplaces: shops.clone(),
        // The rest of a search goes on with the beginning that it was begun with.
        from: by_creation.filter(|_| page.is_none()).unwrap_or(span.from),
        token: page.map(str::to_owned),
    };
    let from = which.from;
    let search = Search {
        since: match by_creation {
            Some(_) => Since::Created {
                after: from,
                before: Some(span.until),
            },
            None => Since::Updated {
                after: from,
                before: Some(span.until),
            },
        },
        page: which.token.clone(),
        ..Search::updated(which.marketplaces.clone(), from, Some(span.until))
    };
    let reading = as_granted(reads, Include::Everything, rules.now, move |include| Search {
        include,
        ..search.clone()
    });
    let (until, found) = reads.pages.find_or_read(which, span.until, reading).await?;
    let own: Vec<Order> = found
        .orders
        .iter()
        .filter(|order| of_channel(order.fulfilled_by.as_ref(), channel) && is_recent(order, rules))
        .cloned()
        .collect();
    let read = u64::try_from(own.len()).unwrap_or(u64::MAX);
    (reads.progress)(Progress {
        doing: Text::new("progress-reading-orders"),
        read,
        total: None,
    })?;
    let mut subjects = gather::around(
        reads,
        own.into_iter().map(|order| needed(order, channel)).collect(),
        rules,
        channel,
    )
    .await?;
    tell_what_is_withheld(&mut subjects, reads, rules.now, channel);
    // Whose order it is cannot be told of an answer that cannot be read: the seller's own flow looks after it.
    let unreadable = found.unreadable.iter().filter(|_| channel == Channel::Mfn);
    subjects.extend(unreadable.map(|one| Subject::Unreadable {
        order: one.order_id.clone().unwrap_or_else(|| "?".to_owned()),
        what: one.what.clone(),
    }));
    let next = found.next.clone().map(|page| Window::Span {
        from,
        until,
        page: Some(page),
    });
    Ok(Look::Seen {
        subjects,
        read_until: Some(found.read_until.unwrap_or(until)),
        next,
    })
}

/// From when on orders are read by when they were placed (`orders.filter` = `created`, ORD-01): from the beginning of a
/// day, so that both channels read the same pages. Amazon is asked once for all marketplaces of an account: only where
/// all of them are read so is it asked so.
fn read_since(marketplaces: &[String], rules: &Rules) -> Option<DateTime<Utc>> {
    let each: Option<Vec<_>> = marketplaces.iter().map(|id| placed_since(id, rules)).collect();
    each?.into_iter().min()
}

/// Orders of this marketplace that were placed earlier are not read; nothing: all are, when they change.
fn placed_since(marketplace: &str, rules: &Rules) -> Option<DateTime<Utc>> {
    if !rules.says(marketplace, "orders.filter", "created") {
        return None;
    }
    let days = rules
        .number(marketplace, "orders.days_back")
        .and_then(|days| days.to_i64());
    let first = rules
        .now
        .checked_sub_signed(Duration::try_days(days.unwrap_or_default())?)?;
    first.date_naive().and_hms_opt(0, 0, 0).map(|first| first.and_utc())
}

fn is_recent(order: &Order, rules: &Rules) -> bool {
    let since = order.marketplace_id.as_deref().and_then(|id| placed_since(id, rules));
    since.is_none_or(|since| order.created >= since)
}

/// No buyer data is kept of orders that Amazon ships (flows.md §4, CMN-40): of the address only what decides about the
/// tax, the country and the state (TAX-03). The postal code counts as personal (amazon-sp-api.md §6.3).
fn needed(mut order: Order, channel: Channel) -> Order {
    if channel == Channel::Fba {
        order.address = order.address.as_ref().and_then(destination);
        order.buyer = Buyer {
            purchase_order: order.buyer.purchase_order,
            ..Buyer::default()
        };
    }
    order
}

/// The part of an address that decides about the tax.
fn destination(address: &Address) -> Option<Address> {
    address.country.as_ref().map(|country| Address {
        country: Some(country.clone()),
        state: address.state.clone(),
        ..Address::default()
    })
}

/// An app without a restricted role still gets its orders, without buyer data (amazon-sp-api.md §6.3, CMN-41): where
/// Amazon refuses, less is asked for, one set of data after the other. What was given is remembered for a day.
async fn as_granted<C: Call>(
    reads: &Reads<'_>,
    all: Include,
    now: DateTime<Utc>,
    call: impl Fn(Include) -> C + Send + Sync,
) -> Result<C::Output, Failure> {
    let shops = &reads.scope.marketplaces;
    let known = reads.pages.granted(shops, now);
    let allowed = |include: &Include| known.is_none_or(|known| include.is_within(known));
    let mut ladder = all.ladder().iter().copied().filter(allowed).peekable();
    while let Some(include) = ladder.next() {
        match reads.amazon.call(&call(include)).await {
            Err(failure) if missing_role(&failure) && ladder.peek().is_some() => (),
            answer => {
                // A call that never asked for buyers tells nothing about whether they are given.
                if answer.is_ok() && include != all && all == Include::Everything {
                    reads.pages.refused_more(shops, include, now);
                }
                return answer;
            }
        }
    }
    reads.amazon.call(&call(Include::WithoutRestricted)).await
}

/// Orders say what Amazon kept back for want of a role (`PII_UNAVAILABLE` is a notice, CMN-41).
fn tell_what_is_withheld(subjects: &mut [Subject], reads: &Reads<'_>, now: DateTime<Utc>, channel: Channel) {
    let Some(granted) = reads.pages.granted(&reads.scope.marketplaces, now) else {
        return;
    };
    for subject in subjects {
        if let Subject::Order(seen) = subject {
            seen.withheld = Withheld {
                buyer: channel == Channel::Mfn && !granted.buyer(),
                tax: !granted.tax(),
            };
        }
    }
}

async fn look_at_keys(
    reads: &Reads<'_>,
    keys: &[Key],
    rules: &Rules,
    channel: Channel,
    decide: Deciding,
) -> Result<Look<Subject>, Failure> {
    let ids: Vec<String> = keys.iter().map(|Key(id)| id.clone()).collect();
    // An order of the other channel belongs to the other flow.
    let mut kept = reads.local.amazon_orders(&ids).await?;
    let is_ours = |id: &String| {
        kept.get(id)
            .is_none_or(|order| of_channel(order.fulfilled_by.as_ref(), channel))
    };
    let ids: Vec<String> = ids.into_iter().filter(is_ours).collect();
    kept.retain(|id, _| ids.contains(id));
    let mut subjects = as_kept(reads, &kept, rules, channel, decide).await?;
    let settled: BTreeSet<String> = subjects.iter().map(|subject| facts::key(subject).0).collect();
    let asked: Vec<String> = ids.into_iter().filter(|id| !settled.contains(id)).collect();
    subjects.extend(as_amazon_has_them(reads, &asked, &kept, rules, channel).await?);
    Ok(Look::Seen {
        subjects,
        next: None,
        read_until: None,
    })
}

/// Orders that wait or ask and still do, by what this computer keeps of them: whatever Amazon changed came with the
/// search before. The buyer of what is kept is hidden, so an order that would be written is none of them; nor is any
/// where the search finds only orders that were placed lately.
async fn as_kept(
    reads: &Reads<'_>,
    kept: &BTreeMap<String, Order>,
    rules: &Rules,
    channel: Channel,
    decide: Deciding,
) -> Result<Vec<Subject>, Failure> {
    if reads.afresh || read_since(&reads.scope.marketplaces, rules).is_some() {
        return Ok(Vec::new());
    }
    let orders = kept.values().cloned().map(|order| needed(order, channel)).collect();
    let mut subjects = gather::around(reads, orders, rules, channel).await?;
    tell_what_is_withheld(&mut subjects, reads, rules.now, channel);
    subjects.retain(|subject| steps_of(&decide(subject, rules)).is_empty());
    Ok(subjects)
}

/// Orders that Amazon is asked for, one by one.
async fn as_amazon_has_them(
    reads: &Reads<'_>,
    ids: &[String],
    kept: &BTreeMap<String, Order>,
    rules: &Rules,
    channel: Channel,
) -> Result<Vec<Subject>, Failure> {
    let known = reads.local.orders(ids).await?;
    let elsewhere = |id: &String| {
        let home = known.get(id).and_then(|order| order.marketplace.as_ref());
        home.is_some_and(|home| !reads.scope.marketplaces.contains(home))
    };
    let mut orders = Vec::new();
    let mut subjects = Vec::new();
    for order_id in ids {
        let kept = kept.get(order_id);
        match get_whole(reads, order_id, channel, kept.is_some(), rules).await {
            Ok(mut order) => {
                // Asked for by its number, an order that Amazon ships comes without an address, because no recipient is
                // ever asked for: where it goes is what the search told before.
                if channel == Channel::Fba {
                    let before = kept.and_then(|order| order.address.as_ref());
                    order.address = order.address.as_ref().or(before).and_then(destination);
                }
                orders.push(order);
            }
            Err(Failure::Misread { what }) => subjects.push(Subject::Unreadable {
                order: order_id.clone(),
                what,
            }),
            // Asked of all accounts (CMN-18), and another one has it.
            Err(Failure::Refused { status: 400 | 404, .. }) if elsewhere(order_id) => (),
            Err(Failure::Refused {
                status: 400 | 404,
                said,
                ..
            }) => {
                subjects.push(Subject::Unreadable {
                    order: order_id.clone(),
                    what: said,
                });
            }
            Err(failure) => return Err(failure),
        }
        let read = u64::try_from(orders.len()).unwrap_or(u64::MAX);
        let total = u64::try_from(ids.len()).ok();
        (reads.progress)(Progress {
            doing: Text::new("progress-reading-orders"),
            read,
            total,
        })?;
    }
    // Asked by number, an order of the other channel may come: it belongs to the other flow.
    orders.retain(|order| of_channel(order.fulfilled_by.as_ref(), channel));
    let mut around = gather::around(reads, orders, rules, channel).await?;
    tell_what_is_withheld(&mut around, reads, rules.now, channel);
    subjects.extend(around);
    Ok(subjects)
}

/// One order with what its channel needs. Who ships an order that was never seen is asked first: buyer data is not asked
/// for one that Amazon ships (quality-bars P2).
async fn get_whole(
    reads: &Reads<'_>,
    order_id: &str,
    channel: Channel,
    is_known: bool,
    rules: &Rules,
) -> Result<Order, Failure> {
    let get = |include| Get {
        order_id: order_id.to_owned(),
        include,
    };
    if !is_known && wanted(channel) != Include::WithoutBuyer {
        let order = as_granted(reads, Include::WithoutBuyer, rules.now, get).await?;
        if !of_channel(order.fulfilled_by.as_ref(), channel) {
            return Ok(order);
        }
    }
    as_granted(reads, wanted(channel), rules.now, get).await
}

/// Who ships is not always said: such an order is the seller's to look after.
fn of_channel(by: Option<&FulfilledBy>, channel: Channel) -> bool {
    match by {
        Some(FulfilledBy::Amazon) => channel == Channel::Fba,
        Some(FulfilledBy::Merchant | FulfilledBy::Other(_)) | None => channel == Channel::Mfn,
    }
}

/// No buyer data is ever asked for orders that Amazon ships (quality-bars P2).
fn wanted(channel: Channel) -> Include {
    match channel {
        Channel::Mfn => Include::Everything,
        Channel::Fba => Include::WithoutBuyer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::sample;

    #[test]
    fn ord_01_orders_are_read_by_when_they_were_placed_only_where_all_of_an_account_are() {
        let mut rules = Rules::new(sample::noon());
        let shops = ["DE".to_owned(), "FR".to_owned()];
        assert_eq!(read_since(&shops, &rules), None);
        rules.options.set("DE", "orders.filter", "created");
        rules.options.set("DE", "orders.days_back", "7");
        assert_eq!(read_since(&shops, &rules), None, "the other one is read by its changes");
        let mut order = sample::order(Channel::Mfn).order;
        order.marketplace_id = Some("DE".into());
        order.created = "2026-11-07T00:00:00Z".parse().unwrap();
        assert!(is_recent(&order, &rules));
        order.created -= Duration::seconds(1);
        assert!(!is_recent(&order, &rules));
        order.marketplace_id = Some("FR".into());
        assert!(is_recent(&order, &rules));
        rules.options.set("", "orders.filter", "created");
        assert_eq!(
            read_since(&shops, &rules),
            "2026-10-15T00:00:00Z".parse().ok(),
            "30 days usually"
        );
    }

    #[test]
    fn tax_03_cmn_40_of_where_amazon_ships_to_only_country_and_state_are_kept() {
        let hidden = |text: &str| Some(amazon::Sensitive::new(text.to_owned()));
        let mut order = sample::order(Channel::Fba).order;
        order.address = Some(Address {
            name: hidden("Jane Doe"),
            lines: hidden("1 Main St").into_iter().collect(),
            city: Some("Vancouver".into()),
            state: Some("BC".into()),
            postal_code: hidden("V5K 0A1"),
            country: Some("CA".into()),
            ..Address::default()
        });
        let kept = needed(order.clone(), Channel::Fba).address;
        let expected = Address {
            state: Some("BC".into()),
            country: Some("CA".into()),
            ..Address::default()
        };
        assert_eq!(kept, Some(expected));
        assert_eq!(needed(order.clone(), Channel::Mfn).address, order.address);
    }
}
