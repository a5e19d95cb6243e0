//! The lines to both services, and which of them last refused the sign-in.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use wire::cancel::Cancel;
use wire::{Clock, Exchange, Failure, Quota, Request, Response, Seats};

use crate::engine::Inner;
use crate::standing::Standing;

/// The lines that a workspace's runs use. Replaced as a whole when an account is reconnected.
#[derive(Clone)]
pub struct Connections {
    /// The Selling Partner API, one line for each region (`na`, `eu`, `fe`).
    pub amazon: BTreeMap<String, Arc<dyn Seats>>,
    /// Amazon's document storage: plain downloads.
    pub documents: Arc<dyn Seats>,
    /// NetSuite.
    pub netsuite: Arc<dyn Seats>,
    /// Writes in the air at once; the line itself holds the account's concurrency cap (default 5).
    pub writes_at_once: usize,
}

/// The accounts that answered a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accepted {
    pub(crate) amazon: bool,
    pub(crate) netsuite: bool,
}

/// A line that remembers whether the account behind it no longer accepts us.
pub(crate) struct Watched {
    line: Arc<dyn Exchange>,
    name: String,
    standing: Arc<Standing>,
    clock: Arc<dyn Clock>,
    signed_out: AtomicBool,
    accepted: AtomicBool,
}

impl Watched {
    /// A run's seat on a line.
    pub(crate) fn new(inner: &Inner, name: &str, line: Arc<dyn Seats>, cancel: &Cancel) -> Self {
        Self {
            line: line.seat(cancel.clone()),
            name: name.to_owned(),
            standing: Arc::clone(&inner.standing),
            clock: Arc::clone(&inner.clock),
            signed_out: AtomicBool::new(false),
            accepted: AtomicBool::new(false),
        }
    }

    pub(crate) fn is_signed_out(&self) -> bool {
        self.signed_out.load(Ordering::Relaxed)
    }

    /// Whether the account was asked at all in this run, and accepted us.
    pub(crate) fn has_accepted(&self) -> bool {
        self.accepted.load(Ordering::Relaxed) && !self.is_signed_out()
    }
}

#[async_trait]
impl Exchange for Watched {
    async fn exchange(&self, request: Request, quota: Quota, writes: bool) -> Result<Response, Failure> {
        let answer = self.line.exchange(request, quota, writes).await;
        if matches!(answer, Err(Failure::SignedOut { .. })) {
            self.signed_out.store(true, Ordering::Relaxed);
        }
        if answer.is_ok() {
            self.accepted.store(true, Ordering::Relaxed);
        }
        let answered = match &answer {
            Err(Failure::Cancelled) => None,
            Err(Failure::Unreachable { .. } | Failure::Unanswered { .. }) => Some(false),
            _ => Some(true),
        };
        if let Some(answered) = answered {
            self.standing.asked(&self.name, answered, self.clock.now());
        }
        answer
    }
}
