//! The simulator's time: the clock that was handed in, plus an offset that can be moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use wire::Clock;

/// A clock that runs like the one handed in and can be set.
#[derive(Clone)]
pub struct Time {
    base: Arc<dyn Clock>,
    offset: Arc<AtomicI64>,
    skewed: Arc<AtomicBool>,
}

/// How far a wrong clock is off.
const SKEW: TimeDelta = TimeDelta::minutes(15);

impl Time {
    /// Runs with `base`.
    pub fn new(base: Arc<dyn Clock>) -> Self {
        Self {
            base,
            offset: Arc::new(AtomicI64::new(0)),
            skewed: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Jumps by that much; negative jumps back.
    pub fn jump(&self, by: TimeDelta) {
        self.offset.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
    }

    /// Goes wrong by a quarter of an hour, or right again.
    pub fn skew(&self) {
        let was = self.skewed.fetch_xor(true, Ordering::SeqCst);
        self.jump(if was { -SKEW } else { SKEW });
    }

    /// Jumps to that instant and runs on from there.
    pub fn set(&self, to: DateTime<Utc>) {
        self.offset
            .store((to - self.base.now()).num_milliseconds(), Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for Time {
    fn now(&self) -> DateTime<Utc> {
        self.base.now() + TimeDelta::milliseconds(self.offset.load(Ordering::SeqCst))
    }

    async fn sleep(&self, duration: Duration) {
        self.base.sleep(duration).await;
    }
}

/// `2026-11-23T08:15:00Z`, as Amazon writes instants in JSON.
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2026-11-23T08:15:00.000Z`: with milliseconds.
pub fn instant_millis(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Reads ISO 8601 in the forms that Amazon takes.
pub fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    for form in ["%Y-%m-%dT%H:%M:%S%.f", "%Y%m%dT%H%M%SZ"] {
        if let Ok(at) = chrono::NaiveDateTime::parse_from_str(text, form) {
            return Some(at.and_utc());
        }
    }
    chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map(|at| at.and_utc())
}
