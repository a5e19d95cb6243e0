//! The account's concurrency limit: a request over it is refused at once and not executed (netsuite.md §12, §14).

use std::sync::atomic::{AtomicUsize, Ordering};

use super::envelope::Refused;

pub(super) struct Gate {
    open: AtomicUsize,
}

/// A slot, given back when dropped.
pub(super) struct Slot<'a>(&'a Gate);

impl Gate {
    pub fn new() -> Self {
        Self {
            open: AtomicUsize::new(0),
        }
    }

    /// Takes a slot of `limit`, of which other tenants hold `taken` at this moment.
    pub fn enter(&self, limit: usize, taken: usize) -> Result<Slot<'_>, Refused> {
        let free = limit.saturating_sub(taken);
        let entered = self.open.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |open| {
            (open < free).then_some(open + 1)
        });
        match entered {
            Ok(_) => Ok(Slot(self)),
            Err(_) => Err(Refused::new(
                429,
                "CONCURRENCY_LIMIT_EXCEEDED",
                "Concurrent request limit exceeded. Request blocked.",
            )),
        }
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}
