//! Token buckets in exact arithmetic: one per operation, never refilled by learning a new rate.
//!
//! A bucket is one instant, the *theoretical arrival time* of the generic cell rate algorithm: how far in the future
//! the tokens already given away reach. Places are handed out in the order of asking.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::call::Quota;

/// All buckets of one line, by operation.
#[derive(Default)]
pub(crate) struct Buckets(Mutex<HashMap<&'static str, Bucket>>);

struct Bucket {
    refill: TimeDelta,
    burst: u32,
    /// Beyond `now`, by one `refill` for each token that is gone.
    arrival: DateTime<Utc>,
    seen: DateTime<Utc>,
}

/// A place in a bucket, given back when it is dropped before it was used.
pub(crate) struct Place<'a> {
    buckets: &'a Buckets,
    bucket: &'static str,
    /// How long until the place may be used.
    pub(crate) wait: Duration,
    used: bool,
}

impl Buckets {
    /// Takes the next place.
    pub(crate) fn take(&self, quota: &Quota, now: DateTime<Utc>) -> Place<'_> {
        let wait = if quota.refill.is_zero() {
            Duration::ZERO
        } else {
            self.with(quota.bucket, |all| {
                all.entry(quota.bucket)
                    .or_insert_with(|| Bucket::full(quota, now))
                    .take(now)
            })
        };
        Place {
            buckets: self,
            bucket: quota.bucket,
            wait,
            used: false,
        }
    }

    /// The service told the rate that is in force.
    pub(crate) fn told(&self, quota: &Quota, refill: Duration, now: DateTime<Utc>) {
        self.each(quota.bucket, |bucket| bucket.retune(delta(refill), now));
    }

    /// The service said that the bucket is empty.
    pub(crate) fn emptied(&self, quota: &Quota, again_in: Duration, now: DateTime<Utc>) {
        self.each(quota.bucket, |bucket| {
            bucket.keep_up(now);
            bucket.arrival = bucket.arrival.max(now + delta(again_in) + bucket.slack());
        });
    }

    fn each(&self, name: &'static str, change: impl FnOnce(&mut Bucket)) {
        self.with(name, |all| {
            if let Some(bucket) = all.get_mut(name) {
                change(bucket);
            }
        });
    }

    fn with<R>(&self, _name: &'static str, change: impl FnOnce(&mut HashMap<&'static str, Bucket>) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Place<'_> {
    /// The place is used: the request goes out.
    pub(crate) fn used(mut self) {
        self.used = true;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !self.used {
            self.buckets.each(self.bucket, |bucket| bucket.arrival -= bucket.refill);
        }
    }
}

impl Bucket {
    fn full(quota: &Quota, now: DateTime<Utc>) -> Self {
        Self {
            refill: delta(quota.refill),
            burst: quota.burst.max(1),
            arrival: now,
            seen: now,
        }
    }

    /// The time that all tokens but one take to come back.
    fn slack(&self) -> TimeDelta {
        self.refill * i32::try_from(self.burst - 1).unwrap_or(i32::MAX)
    }

    /// A clock that was set back must not make anybody wait for longer.
    fn keep_up(&mut self, now: DateTime<Utc>) {
        if now < self.seen {
            self.arrival -= self.seen - now;
        }
        self.seen = now;
    }

    fn take(&mut self, now: DateTime<Utc>) -> Duration {
        self.keep_up(now);
        let arrival = self.arrival.max(now);
        self.arrival = arrival + self.refill;
        let wait = (arrival - self.slack() - now).to_std().unwrap_or(Duration::ZERO);
        if wait.is_zero() { wait } else { wait + self.margin() }
    }

    /// Two messages may travel at different speeds; without a little room the second could arrive before its token.
    fn margin(&self) -> Duration {
        (self.refill / 20)
            .to_std()
            .unwrap_or(Duration::ZERO)
            .min(Duration::from_secs(1))
    }

    /// Changes the rate and keeps the level: as many tokens are gone as before.
    fn retune(&mut self, refill: TimeDelta, now: DateTime<Utc>) {
        self.keep_up(now);
        let (old, new) = (nanoseconds(self.refill), nanoseconds(refill));
        // Rates are told with few digits: 0.0056 is 178.571 s. A difference within a hundredth is rounding.
        if new <= 0 || (new - old).abs() * 100 <= old {
            return;
        }
        let gone = nanoseconds(self.arrival - now).max(0);
        let scaled = i64::try_from(gone * new / old.max(1)).unwrap_or(i64::MAX);
        self.arrival = now + TimeDelta::nanoseconds(scaled);
        self.refill = refill;
    }
}

fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}

fn nanoseconds(delta: TimeDelta) -> i128 {
    i128::from(delta.num_seconds()) * 1_000_000_000 + i128::from(delta.subsec_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEARCH: Quota = Quota::every_ms("search", 10_000, 3);

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(1_000_000 + seconds)
    }

    fn waits(buckets: &Buckets, now: DateTime<Utc>, count: usize) -> Vec<u128> {
        let one = || {
            let place = buckets.take(&SEARCH, now);
            let wait = place.wait.as_millis();
            place.used();
            wait
        };
        std::iter::repeat_with(one).take(count).collect()
    }

    #[test]
    fn p1_a_full_bucket_gives_its_burst_and_then_one_token_per_refill() {
        let buckets = Buckets::default();
        assert_eq!(
            waits(&buckets, at(0), 5),
            [0, 0, 0, 10_500, 20_500],
            "with room of a twentieth for slow messages"
        );
        assert_eq!(
            waits(&buckets, at(100), 4),
            [0, 0, 0, 10_500],
            "full again, and never more than full"
        );
    }

    #[test]
    fn a_told_rate_keeps_the_level() {
        let buckets = Buckets::default();
        assert_eq!(waits(&buckets, at(0), 2), [0, 0]);
        buckets.told(&SEARCH, Duration::from_secs(40), at(0));
        assert_eq!(waits(&buckets, at(0), 2), [0, 41_000], "one token is left, not three");
        buckets.told(&SEARCH, Duration::from_secs(10), at(0));
        assert_eq!(waits(&buckets, at(0), 1), [20_500]);
    }

    #[test]
    fn a_rate_told_with_few_digits_changes_nothing() {
        let quota = Quota::every_ms("searchOrders", 178_572, 1);
        let buckets = Buckets::default();
        buckets.take(&quota, at(0)).used();
        buckets.told(&quota, Duration::from_nanos(178_571_428_572), at(0));
        let place = buckets.take(&quota, at(0));
        assert_eq!(place.wait, Duration::from_millis(179_572));
    }

    #[test]
    fn a_place_that_is_not_used_is_given_back() {
        let buckets = Buckets::default();
        waits(&buckets, at(0), 3);
        drop(buckets.take(&SEARCH, at(0)));
        assert_eq!(waits(&buckets, at(0), 1), [10_500]);
    }

    #[test]
    fn after_a_refusal_for_quota_the_bucket_is_empty() {
        let buckets = Buckets::default();
        waits(&buckets, at(0), 1);
        buckets.emptied(&SEARCH, Duration::from_secs(30), at(0));
        assert_eq!(waits(&buckets, at(0), 2), [30_500, 40_500]);
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        let buckets = Buckets::default();
        waits(&buckets, at(0), 3);
        assert_eq!(waits(&buckets, at(-3_600), 1), [10_500]);
    }

    #[test]
    fn an_unmetered_call_never_waits() {
        let buckets = Buckets::default();
        let quota = Quota::unmetered("record");
        assert!((0..1_000).all(|_| buckets.take(&quota, at(0)).wait.is_zero()));
    }
}
