//! The edge of the machine: the only real clock, the only real wait, the only real randomness. Beside them stand their
//! virtual twins for tests and storms.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place that may ask the machine for time"
)]

use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use wire::Clock;
use wire::clock::Chance;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// The machine's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn next(&self) -> u64 {
        rand::random()
    }
}

/// A clock that stands on tokio's paused time: a day passes as soon as everybody waits.
#[derive(Debug, Clone)]
pub struct VirtualClock {
    began: DateTime<Utc>,
    origin: tokio::time::Instant,
}

impl VirtualClock {
    /// A clock that shows `began` now. Made inside a runtime whose time is paused.
    pub fn starting(began: DateTime<Utc>) -> Self {
        Self {
            began,
            origin: tokio::time::Instant::now(),
        }
    }
}

#[async_trait]
impl Clock for VirtualClock {
    fn now(&self) -> DateTime<Utc> {
        self.began + TimeDelta::from_std(self.origin.elapsed()).unwrap_or(TimeDelta::MAX)
    }
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// Randomness that a seed decides.
#[derive(Debug)]
pub struct SeededChance(Mutex<ChaCha8Rng>);

impl SeededChance {
    /// The same seed gives the same numbers on every machine.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl Chance for SeededChance {
    fn next(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).next_u64()
    }
}
