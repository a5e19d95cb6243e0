//! Orders 2026-01-01: `searchOrders` and `getOrder`.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::chance::name_of;
use crate::faults::Fault;
use crate::market;
use crate::time::instant;
use crate::world::World;
use crate::world::order::{Channel, Order, Status};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::order_body::{self, Roles};

const STATUSES: [&str; 7] = [
    "PENDING_AVAILABILITY",
    "PENDING",
    "UNSHIPPED",
    "PARTIALLY_SHIPPED",
    "SHIPPED",
    "CANCELLED",
    "UNFULFILLABLE",
];

/// What can be asked for beside the bare order.
pub const DATASETS: [&str; 11] = [
    "BUYER",
    "RECIPIENT",
    "PROCEEDS",
    "EXPENSE",
    "PROMOTION",
    "CANCELLATION",
    "FULFILLMENT",
    "PACKAGES",
    "TAX",
    "PAYMENT",
    "FULFILLMENT_ORDERS",
];

/// Windows must end at least this long ago.
pub const SETTLING: TimeDelta = TimeDelta::minutes(2);

/// How long a pagination token lives.
const TOKEN_LIFE: TimeDelta = TimeDelta::hours(24);

/// Searches that have further pages.
#[derive(Default)]
pub struct Searches {
    open: BTreeMap<String, Search>,
    made: u64,
}

/// A search whose first page was given.
#[derive(Clone)]
struct Search {
    filters: String,
    found: Vec<String>,
    at: usize,
    before: DateTime<Utc>,
    expires: DateTime<Utc>,
}

struct Filters {
    by_creation: bool,
    after: DateTime<Utc>,
    before: DateTime<Utc>,
    statuses: Vec<String>,
    markets: Vec<String>,
    channels: Vec<String>,
}

impl Filters {
    fn read(asked: &Asked) -> Outcome<Self> {
        let created = (asked.instant("createdAfter")?, asked.instant("createdBefore")?);
        let updated = (asked.instant("lastUpdatedAfter")?, asked.instant("lastUpdatedBefore")?);
        let (by_creation, after, before) = match (created, updated) {
            ((Some(after), before), (None, None)) => (true, after, before),
            ((None, None), (Some(after), before)) => (false, after, before),
            _ => {
                return refuse(Answer::invalid(
                    "Exactly one of createdAfter and lastUpdatedAfter must be provided, with its own Before only.",
                ));
            }
        };
        let latest = asked.now - SETTLING;
        let before = before.unwrap_or(latest);
        if before > latest {
            return refuse(Answer::invalid(
                "The end of the window must be at least two minutes before the time of the request.",
            ));
        }
        if after > before {
            return refuse(Answer::invalid(
                "The beginning of the window must not be after its end.",
            ));
        }
        let markets = asked.many("marketplaceIds");
        if markets.len() > 50 {
            return refuse(Answer::invalid("At most 50 marketplaceIds can be given."));
        }
        for id in &markets {
            match market::by_id(id) {
                Some(known) if known.region == asked.region => {}
                Some(_) => {
                    return refuse(Answer::unauthorized(
                        "The marketplace does not belong to this endpoint.",
                    ));
                }
                None => return refuse(Answer::invalid(&format!("Marketplace {id} is not valid."))),
            }
        }
        Ok(Self {
            by_creation,
            after,
            before,
            statuses: asked.known("fulfillmentStatuses", &STATUSES)?,
            markets,
            channels: asked.known("fulfilledBy", &["MERCHANT", "AMAZON"])?,
        })
    }

    fn moment(&self, order: &Order, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.by_creation {
            order.created
        } else {
            order.updated(now)
        }
    }

    fn take(&self, order: &Order, now: DateTime<Utc>) -> bool {
        let moment = self.moment(order, now);
        let status = status_word(order.status(now));
        moment >= self.after
            && moment <= self.before
            && (self.statuses.is_empty() || self.statuses.iter().any(|wanted| wanted == status))
            && (self.markets.is_empty() || self.markets.iter().any(|id| id == order.market.id))
            && (self.channels.is_empty() || self.channels.iter().any(|wanted| wanted == channel_word(order.channel)))
    }
}

/// The status as Orders 2026-01-01 writes it.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::Pending => "PENDING",
        Status::Unshipped => "UNSHIPPED",
        Status::PartiallyShipped => "PARTIALLY_SHIPPED",
        Status::Shipped => "SHIPPED",
        Status::Cancelled => "CANCELLED",
    }
}

/// The channel as Orders 2026-01-01 writes it.
pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Merchant => "MERCHANT",
        Channel::Amazon => "AMAZON",
    }
}

/// `GET /orders/2026-01-01/orders`.
pub fn search(asked: &Asked, world: &World, searches: &mut Searches, roles: Roles) -> Outcome {
    let datasets = asked.known("includedData", &DATASETS)?;
    let size = asked.number("maxResultsPerPage", 1, 100, 100)?;
    let filters = Filters::read(asked)?;
    let bound = bound_parameters(asked);
    let search = match asked.one("paginationToken") {
        None => Search {
            filters: bound,
            found: find(asked, world, &filters),
            at: 0,
            before: filters.before,
            expires: asked.now + TOKEN_LIFE,
        },
        Some(token) => match searches.open.get(token) {
            Some(search) if search.expires > asked.now && search.filters == bound => search.clone(),
            Some(search) if search.expires > asked.now => {
                return refuse(Answer::invalid(
                    "The parameters differ from those of the request that generated the paginationToken.",
                ));
            }
            _ => return refuse(Answer::invalid("The paginationToken is invalid or has expired.")),
        },
    };
    let end = search.found.len().min(search.at + size);
    let mut page: Vec<&str> = search.found[search.at..end].iter().map(String::as_str).collect();
    match asked.fault {
        Some(Fault::DuplicatedPage) => {
            let earlier = search.at.saturating_sub(size);
            page.splice(
                0..0,
                search.found[earlier..search.at.max(1).min(end)]
                    .iter()
                    .map(String::as_str),
            );
        }
        Some(Fault::ReorderedPage) => page.reverse(),
        Some(Fault::AbsentFromList) if !page.is_empty() => {
            page.remove(0);
        }
        _ => {}
    }
    let orders: Vec<_> = page
        .into_iter()
        .filter_map(|id| world.order(id))
        .map(|order| order_body::write(order, asked.now, &datasets, roles))
        .collect();
    let mut body = json!({ "orders": orders });
    let before = if filters.by_creation {
        "createdBefore"
    } else {
        "lastUpdatedBefore"
    };
    body[before] = json!(instant(search.before));
    if end < search.found.len() {
        let next = match (asked.fault, asked.one("paginationToken")) {
            (Some(Fault::RepeatedNextToken), Some(sent)) => sent.to_owned(),
            _ => searches.keep(Search { at: end, ..search }),
        };
        body["pagination"] = json!({ "nextToken": next });
    }
    Ok(Answer::json(200, &body))
}

/// The parameters that a pagination token is bound to: all but page size, datasets and the token itself.
fn bound_parameters(asked: &Asked) -> String {
    let mut bound: Vec<String> = asked
        .query
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "maxResultsPerPage" | "includedData" | "paginationToken"))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    bound.sort();
    bound.join("&")
}

fn find(asked: &Asked, world: &World, filters: &Filters) -> Vec<String> {
    let here = world
        .orders()
        .iter()
        .filter(|order| order.market.region == asked.region && order.created <= asked.now);
    let mut found: Vec<(DateTime<Utc>, &str)> = here
        .filter(|order| filters.take(order, asked.now))
        .map(|order| (filters.moment(order, asked.now), order.id.as_str()))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id.to_owned()).collect()
}

impl Searches {
    /// Holds the rest of a list for a day; gives the token that resumes it.
    pub fn hold(&mut self, found: Vec<String>, at: usize, before: DateTime<Utc>, now: DateTime<Utc>) -> String {
        self.keep(Search {
            filters: "v0".to_owned(),
            found,
            at,
            before,
            expires: now + TOKEN_LIFE,
        })
    }

    /// A held list: its order numbers, where it goes on, and the end of its window.
    pub fn resume(&self, token: &str, now: DateTime<Utc>) -> Option<(Vec<String>, usize, DateTime<Utc>)> {
        let search = self
            .open
            .get(token)
            .filter(|search| search.filters == "v0" && search.expires > now)?;
        Some((search.found.clone(), search.at, search.before))
    }

    fn keep(&mut self, search: Search) -> String {
        self.made += 1;
        let token = name_of(&["page", &self.made.to_string(), &search.filters]);
        self.open.insert(token.clone(), search);
        token
    }
}

/// `GET /orders/2026-01-01/orders/{orderId}`.
pub fn get(asked: &Asked, world: &World, roles: Roles, id: &str) -> Outcome {
    let datasets = asked.known("includedData", &DATASETS)?;
    match seen(asked, world, id) {
        Some(order) => Ok(Answer::json(
            200,
            &json!({ "order": order_body::write(order, asked.now, &datasets, roles) }),
        )),
        None => refuse(Answer::not_found(&format!("No order {id}"))),
    }
}

/// The order with that number, if it exists by now in this region.
pub fn seen<'a>(asked: &Asked, world: &'a World, id: &str) -> Option<&'a Order> {
    world
        .order(id)
        .filter(|order| order.market.region == asked.region && order.created <= asked.now)
}
