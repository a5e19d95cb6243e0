//! The two reads of Orders 2026-01-01.

use chrono::{DateTime, SecondsFormat, Utc};
use wire::{Call, Failure, Method, Misread, Quota, Request, Response};

use super::body::{self, Unreadable};
use super::order::{FulfilledBy, Order, OrderStatus};
use crate::service::path_value;

/// Which instant the search goes by. Exactly one of the two may be asked (amazon-sp-api.md §6.1).
///
/// `before` must lie at least two minutes in the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// Changed in this span: the default (ORD-01).
    Updated {
        /// The first instant.
        after: DateTime<Utc>,
        /// The last instant.
        before: Option<DateTime<Utc>>,
    },
    /// Placed in this span.
    Created {
        /// The first instant.
        after: DateTime<Utc>,
        /// The last instant.
        before: Option<DateTime<Utc>>,
    },
}

/// Which parts of an order to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Include {
    /// All that the flows use.
    #[default]
    Everything,
    /// The same without buyer and recipient: orders that Amazon ships need neither (quality-bars P2).
    WithoutBuyer,
    /// The same without tax, for an app that may read buyers and lacks the role for tax (amazon-sp-api.md §6.3).
    WithoutTax,
    /// The same without buyer, recipient and tax, for an app that lacks every restricted role.
    WithoutRestricted,
}

impl Include {
    fn words(self) -> &'static str {
        match self {
            Self::Everything => {
                "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT"
            }
            Self::WithoutBuyer => "PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT",
            Self::WithoutTax => "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,PAYMENT",
            Self::WithoutRestricted => "PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,PAYMENT",
        }
    }

    /// What to ask for, one after the other, while Amazon refuses for a missing role. Buyers are given up before tax:
    /// an order goes on without a name, and without its tax nobody knows who owes it (TAX-01).
    pub fn ladder(self) -> &'static [Self] {
        match self {
            Self::Everything => &[
                Self::Everything,
                Self::WithoutBuyer,
                Self::WithoutTax,
                Self::WithoutRestricted,
            ],
            Self::WithoutBuyer => &[Self::WithoutBuyer, Self::WithoutRestricted],
            Self::WithoutTax => &[Self::WithoutTax, Self::WithoutRestricted],
            Self::WithoutRestricted => &[Self::WithoutRestricted],
        }
    }

    /// Whether buyer and recipient are among it.
    pub fn buyer(self) -> bool {
        matches!(self, Self::Everything | Self::WithoutTax)
    }

    /// Whether tax is among it: who collects it, and the buyer's registrations.
    pub fn tax(self) -> bool {
        matches!(self, Self::Everything | Self::WithoutBuyer)
    }

    /// Whether nothing is asked for that the other does not ask for.
    pub fn is_within(self, other: Self) -> bool {
        (!self.buyer() || other.buyer()) && (!self.tax() || other.tax())
    }
}

/// Whether Amazon refused because the app lacks a role, the region is wrong or the app was revoked (HTTP 403 with a
/// fresh token): ask for less, down the [`Include::ladder`], then tell the seller.
pub fn missing_role(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused { status: 403, .. })
}

/// `searchOrders`: up to 100 orders a page, items included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// By which instant.
    pub since: Since,
    /// Amazon's marketplace ids, at most 50: one search for all marketplaces of a region (P2, P3).
    pub marketplaces: Vec<String>,
    /// Only these statuses; empty means all.
    pub statuses: Vec<OrderStatus>,
    /// Only these; nothing means both.
    pub fulfilled_by: Option<FulfilledBy>,
    /// Which parts.
    pub include: Include,
    /// The token of the page before; the other filters stay the same. It lives 24 hours.
    pub page: Option<String>,
}

/// One page of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The orders that could be read.
    pub orders: Vec<Order>,
    /// Orders that could not, each with what was wrong (`PARSE`): the others go on.
    pub unreadable: Vec<Unreadable>,
    /// The token of the next page; nothing on the last.
    pub next: Option<String>,
    /// How far Amazon looked, for the watermark: `lastUpdatedBefore` or `createdBefore` of the answer.
    pub read_until: Option<DateTime<Utc>>,
}

impl Search {
    /// Everything of these marketplaces that changed in a span.
    pub fn updated(marketplaces: Vec<String>, after: DateTime<Utc>, before: Option<DateTime<Utc>>) -> Self {
        Self {
            since: Since::Updated { after, before },
            marketplaces,
            statuses: Vec::new(),
            fulfilled_by: None,
            include: Include::default(),
            page: None,
        }
    }
}

impl Call for Search {
    type Output = Page;
    const QUOTA: Quota = Quota::every_ms("searchOrders", 178_572, 20);

    fn request(&self) -> Request {
        let (first, last, after, before) = match &self.since {
            Since::Updated { after, before } => ("lastUpdatedAfter", "lastUpdatedBefore", after, before),
            Since::Created { after, before } => ("createdAfter", "createdBefore", after, before),
        };
        let mut request = Request::new(Method::Get, "/orders/2026-01-01/orders")
            .query(first, instant(*after))
            .query("marketplaceIds", self.marketplaces.join(","))
            .query("maxResultsPerPage", "100")
            .query("includedData", self.include.words());
        if let Some(before) = before {
            request = request.query(last, instant(*before));
        }
        if !self.statuses.is_empty() {
            let words: Vec<&str> = self.statuses.iter().map(OrderStatus::as_str).collect();
            request = request.query("fulfillmentStatuses", words.join(","));
        }
        if let Some(by) = &self.fulfilled_by {
            request = request.query("fulfilledBy", by.as_str());
        }
        match &self.page {
            Some(token) => request.query("paginationToken", token),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Page, Misread> {
        body::read_page(&response.body)
    }
}

/// `getOrder`: one order by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Get {
    /// Amazon's order number.
    pub order_id: String,
    /// Which parts.
    pub include: Include,
}

impl Call for Get {
    type Output = Order;
    const QUOTA: Quota = Quota::every_ms("getOrder", 2_000, 30);

    fn request(&self) -> Request {
        Request::new(
            Method::Get,
            format!("/orders/2026-01-01/orders/{}", path_value(&self.order_id)),
        )
        .query("includedData", self.include.words())
    }

    fn read(&self, response: &Response) -> Result<Order, Misread> {
        body::read_one(&response.body)
    }
}

/// An instant as Amazon writes it: ISO 8601 in UTC.
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
