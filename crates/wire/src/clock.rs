//! Time, handed in: nothing in the product asks the machine for it except the engine's edge.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// The only source of "now" and the only way to wait.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
    /// Waits; virtual in tests and storms.
    async fn sleep(&self, duration: Duration);
}

/// Chance, handed in: jitter and names that must not collide. Deterministic in tests and storms.
pub trait Chance: Send + Sync {
    /// The next 64 random bits.
    fn next(&self) -> u64;
}
