//! Dry runs are kept in memory for the screen that asked for them: nothing of them is stored.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use engine::Report;

/// How many dry runs are kept.
const KEPT: usize = 20;

/// The latest dry runs.
#[derive(Default)]
pub struct Previews(Mutex<VecDeque<Report>>);

impl Previews {
    /// Keeps one more.
    pub fn put(&self, report: Report) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front(report);
        kept.truncate(KEPT);
    }

    /// The dry run with this id.
    pub fn get(&self, run: &str) -> Option<Report> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|report| report.run == run).cloned()
    }
}
