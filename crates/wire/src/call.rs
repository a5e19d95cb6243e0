//! A remote call as a value: it can build its request and read its response, and cannot perform itself.

use std::sync::Arc;
use std::time::Duration;

use crate::cancel::Cancel;
use crate::http::{Request, Response};

/// Which bucket a call draws from, with the published rate that fills it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The bucket's name: the operation, such as `searchOrders`.
    pub bucket: &'static str,
    /// Time that one token takes to come back. Zero: not limited by a bucket.
    pub refill: Duration,
    /// Tokens in a full bucket.
    pub burst: u32,
}

impl Quota {
    /// A bucket that earns one token per `refill_ms` and holds `burst`.
    pub const fn every_ms(bucket: &'static str, refill_ms: u64, burst: u32) -> Self {
        Self {
            bucket,
            refill: Duration::from_millis(refill_ms),
            burst,
        }
    }

    /// No bucket: only the service's concurrency cap applies.
    pub const fn unmetered(bucket: &'static str) -> Self {
        Self {
            bucket,
            refill: Duration::ZERO,
            burst: u32::MAX,
        }
    }
}

/// An answer that we do not understand. The raw answer is kept; this flow stops, the others go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Misread {
    /// What was expected and what stood there, without buyer data.
    pub what: String,
}

impl Misread {
    /// A misreading described in words.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into() }
    }
}

/// One remote call, described. `amazon::orders::Search { … }` is such a value.
pub trait Call: Send + Sync {
    /// What the answer means.
    type Output: Send;
    /// Which bucket the call draws from.
    const QUOTA: Quota;
    /// Whether sending it twice by mistake could change anything. `false` only for plain reads.
    const WRITES: bool = false;
    /// Method, path, query, body.
    fn request(&self) -> Request;
    /// Reads a successful answer. Status codes and vendor error bodies were dealt with before.
    fn read(&self, response: &Response) -> Result<Self::Output, Misread>;
    /// The same for an answer that nobody else needs: a document keeps its bytes instead of copying them.
    fn take(&self, response: Response) -> Result<Self::Output, Misread> {
        self.read(&response)
    }
}

/// Performs described calls for one service: signs, waits for the quota, sends, classifies, records.
///
/// It is the one seam between those who describe calls and the line that performs them.
#[async_trait::async_trait]
pub trait Exchange: Send + Sync {
    /// Sends one request and brings back a successful answer, or how it failed.
    async fn exchange(&self, request: Request, quota: Quota, writes: bool) -> Result<Response, crate::Failure>;
}

/// A line on which each run takes a seat of its own: its Cancel ends its own waiting and nobody else's (CMN-22).
pub trait Seats: Send + Sync {
    /// The run's end of the line.
    fn seat(self: Arc<Self>, cancel: Cancel) -> Arc<dyn Exchange>;
}

/// Performs a call on an exchange.
pub async fn perform<C: Call>(line: &dyn Exchange, call: &C) -> Result<C::Output, crate::Failure> {
    let response = line.exchange(call.request(), C::QUOTA, C::WRITES).await?;
    call.take(response)
        .map_err(|misread| crate::Failure::Misread { what: misread.what })
}

/// A line that can only read: a call that writes does not compile on it.
#[derive(Clone, Copy)]
pub struct ReadLine<'a>(&'a dyn Exchange);

impl<'a> ReadLine<'a> {
    /// A reading end of the exchange.
    pub fn new(line: &'a dyn Exchange) -> Self {
        Self(line)
    }

    /// Performs a call that reads.
    pub async fn call<C: Call>(&self, call: &C) -> Result<C::Output, crate::Failure> {
        const { assert!(!C::WRITES, "a flow has no means of writing") };
        perform(self.0, call).await
    }
}
