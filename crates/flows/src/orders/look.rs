//! Reads a page of orders, and what NetSuite knows about all of them at once.

use std::sync::Arc;

use amazon::Order;
use amazon::orders::{Buyer, FulfilledBy, Get, Include, Page, Search, missing_role};
use chrono::{DateTime, Duration, Utc};
use domain::Text;
use wire::Failure;

use super::gather;
use super::pages::Which;
use super::seen::Subject;
use crate::flow::{Key, Look, Progress, Reads, Window};
use crate::rules::{Channel, Rules};

/// Amazon refuses a window that ends later (amazon-sp-api.md §6.1).
const SETTLING: Duration = Duration::minutes(2);

/// A look of either order flow.
pub async fn look(
    reads: &Reads<'_>,
    window: &Window,
    rules: &Rules,
    channel: Channel,
) -> Result<Look<Subject>, Failure> {
    match window {
        Window::Span { from, until, page } => {
            let span = Span {
                from: *from,
                until: (*until).min(rules.now - SETTLING),
            };
            look_at_page(reads, &span, page.as_deref(), rules, channel).await
        }
        Window::Keys(keys) => look_at_keys(reads, keys, rules, channel).await,
    }
}

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
    let which = Which {
        marketplaces: reads.scope.marketplaces.clone(),
        from: span.from,
        token: page.map(str::to_owned),
    };
    let (until, found) = if let Some(found) = reads.pages.find(&which, span.until) {
        found
    } else {
        let mut search = Search::updated(which.marketplaces.clone(), span.from, Some(span.until));
        search.page.clone_from(&which.token);
        let found = Arc::new(search_once(reads, search).await?);
        reads.pages.keep(which, span.until, Arc::clone(&found));
        (span.until, found)
    };
    let own: Vec<Order> = found
        .orders
        .iter()
        .filter(|order| of_channel(order.fulfilled_by.as_ref(), channel))
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
    // Whose order it is cannot be told of an answer that cannot be read: the seller's own flow looks after it.
    let unreadable = found.unreadable.iter().filter(|_| channel == Channel::Mfn);
    subjects.extend(unreadable.map(|one| Subject::Unreadable {
        order: one.order_id.clone().unwrap_or_else(|| "?".to_owned()),
        what: one.what.clone(),
    }));
    let next = found.next.clone().map(|page| Window::Span {
        from: span.from,
        until,
        page: Some(page),
    });
    Ok(Look::Seen {
        subjects,
        read_until: Some(found.read_until.unwrap_or(until)),
        next,
    })
}

/// No buyer data is kept of orders that Amazon ships (flows.md §4, CMN-40).
fn needed(mut order: Order, channel: Channel) -> Order {
    if channel == Channel::Fba {
        order.address = None;
        order.buyer = Buyer {
            purchase_order: order.buyer.purchase_order,
            ..Buyer::default()
        };
    }
    order
}

/// An app without a restricted role still gets its orders, without buyer data (amazon-sp-api.md §6.3, CMN-41).
async fn search_once(reads: &Reads<'_>, mut search: Search) -> Result<Page, Failure> {
    loop {
        match reads.amazon.call(&search).await {
            Err(failure) if missing_role(&failure) => match search.include.fallback() {
                Some(less) if search.page.is_none() => search.include = less,
                _ => return Err(failure),
            },
            answer => return answer,
        }
    }
}

async fn look_at_keys(
    reads: &Reads<'_>,
    keys: &[Key],
    rules: &Rules,
    channel: Channel,
) -> Result<Look<Subject>, Failure> {
    let mut orders = Vec::new();
    let mut subjects = Vec::new();
    for Key(order_id) in keys {
        let get = Get {
            order_id: order_id.clone(),
            include: wanted(channel),
        };
        match get_once(reads, get).await {
            Ok(order) => orders.push(order),
            Err(Failure::Misread { what }) => subjects.push(Subject::Unreadable {
                order: order_id.clone(),
                what,
            }),
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
        let total = u64::try_from(keys.len()).ok();
        (reads.progress)(Progress {
            doing: Text::new("progress-reading-orders"),
            read,
            total,
        })?;
    }
    // Asked by number, an order of the other channel may come: it belongs to the other flow.
    orders.retain(|order| of_channel(order.fulfilled_by.as_ref(), channel));
    subjects.extend(gather::around(reads, orders, rules, channel).await?);
    Ok(Look::Seen {
        subjects,
        next: None,
        read_until: None,
    })
}

async fn get_once(reads: &Reads<'_>, mut get: Get) -> Result<amazon::Order, Failure> {
    loop {
        match reads.amazon.call(&get).await {
            Err(failure) if missing_role(&failure) => match get.include.fallback() {
                Some(less) => get.include = less,
                None => return Err(failure),
            },
            answer => return answer,
        }
    }
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
