//! The two reads of Finances that the product uses.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::Money;
use domain::finances::{Status, Transaction};
use serde::{Deserialize, Serialize};
use wire::{Call, Method, Misread, Quota, Request, Response};

use super::body;

/// Which transactions. Amazon can look for no others: every other identifier is only told (M: finances_2024-06-19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Posted in a span of at most 180 days; `before` must lie at least two minutes in the past.
    Posted {
        /// The first instant.
        after: DateTime<Utc>,
        /// The instant after the last.
        before: DateTime<Utc>,
    },
    /// Those that are paid out together.
    Group(String),
    /// Those of an order.
    Order(String),
}

/// `listTransactions`. A marketplace is never named: with one, Amazon leaves out orders that sellers in the United States
/// ship themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Which.
    pub wanted: Wanted,
    /// Only these; nothing means all.
    pub status: Option<Status>,
    /// The token of the page before; everything else stays the same.
    pub page: Option<String>,
}

/// A transaction that stands in an answer and cannot be read (`PARSE`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreadable {
    /// Amazon's id of it; empty if not even that could be read.
    pub id: String,
    /// The day on which it was posted.
    pub day: Option<NaiveDate>,
    /// What stood there.
    pub what: String,
}

/// One page of transactions. It may be empty and yet not be the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The transactions that could be read.
    pub transactions: Vec<Transaction>,
    /// Those that could not, each with what was wrong.
    pub unreadable: Vec<Unreadable>,
    /// The token of the next page; nothing on the last.
    pub next: Option<String>,
}

impl List {
    /// Everything posted in a span.
    pub fn posted(after: DateTime<Utc>, before: DateTime<Utc>) -> Self {
        Self {
            wanted: Wanted::Posted { after, before },
            status: None,
            page: None,
        }
    }

    /// The same with one status.
    #[must_use]
    pub fn only(self, status: Status) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }
}

impl Call for List {
    type Output = Page;
    const QUOTA: Quota = Quota::every_ms("listTransactions", 2_000, 10);

    fn request(&self) -> Request {
        let request = Request::new(Method::Get, "/finances/2024-06-19/transactions");
        let about = |request: Request, name: &str, value: &str| {
            request
                .query("relatedIdentifierName", name)
                .query("relatedIdentifierValue", value)
        };
        let request = match &self.wanted {
            Wanted::Posted { after, before } => request
                .query("postedAfter", instant(*after))
                .query("postedBefore", instant(*before)),
            Wanted::Group(id) => about(request, "FINANCIAL_EVENT_GROUP_ID", id),
            Wanted::Order(id) => about(request, "ORDER_ID", id),
        };
        let request = match &self.status {
            Some(status) => request.query("transactionStatus", status.as_str()),
            None => request,
        };
        match &self.page {
            Some(token) => request.query("nextToken", token),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Page, Misread> {
        body::read_page(&response.body)
    }
}

/// `listBalances`: what Amazon has of the seller's money now, for each marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balances {
    /// The token of the page before.
    pub page: Option<String>,
}

/// One marketplace's balances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Amazon's id of the marketplace.
    pub marketplace: String,
    /// `Standard Orders`, `Invoiced Orders` …
    pub account_type: String,
    /// Released and not paid out yet.
    pub available: Option<Money>,
    /// Held back until a day.
    pub deferred: Option<Money>,
    /// Kept as a reserve for the account as a whole.
    pub reserve: Option<Money>,
    /// All of it.
    pub total: Option<Money>,
}

/// One page of balances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalancesPage {
    /// The balances.
    pub balances: Vec<Balance>,
    /// The token of the next page.
    pub next: Option<String>,
}

impl Call for Balances {
    type Output = BalancesPage;
    const QUOTA: Quota = Quota::every_ms("listBalances", 2_000, 10);

    fn request(&self) -> Request {
        let request = Request::new(Method::Get, "/finances/2024-06-19/balances");
        match &self.page {
            Some(token) => request.query("nextToken", token),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<BalancesPage, Misread> {
        body::read_balances(&response.body)
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
