//! The lines to both services, and which of them last refused the sign-in.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use wire::{Exchange, Failure, Quota, Request, Response};

/// The lines that a workspace's runs use. Replaced as a whole when an account is reconnected.
#[derive(Clone)]
pub struct Connections {
    /// The Selling Partner API, one line for each region (`na`, `eu`, `fe`).
    pub amazon: BTreeMap<String, Arc<dyn Exchange>>,
    /// Amazon's document storage: plain downloads.
    pub documents: Arc<dyn Exchange>,
    /// NetSuite.
    pub netsuite: Arc<dyn Exchange>,
    /// Writes in the air at once; the line itself holds the account's concurrency cap (default 5).
    pub writes_at_once: usize,
}

/// A line that remembers whether the account behind it no longer accepts us.
pub(crate) struct Watched {
    line: Arc<dyn Exchange>,
    signed_out: AtomicBool,
}

impl Watched {
    pub(crate) fn new(line: Arc<dyn Exchange>) -> Self {
        Self {
            line,
            signed_out: AtomicBool::new(false),
        }
    }

    pub(crate) fn is_signed_out(&self) -> bool {
        self.signed_out.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Exchange for Watched {
    async fn exchange(&self, request: Request, quota: Quota, writes: bool) -> Result<Response, Failure> {
        let answer = self.line.exchange(request, quota, writes).await;
        if matches!(answer, Err(Failure::SignedOut { .. })) {
            self.signed_out.store(true, Ordering::Relaxed);
        }
        answer
    }
}
