//! When a write is tried again (flows.md §1.7): honour what the service asks, else grow from two seconds to a quarter of
//! an hour, with jitter; after eight sendings, once in each scheduled run.

use std::time::Duration;

use wire::clock::Chance;

/// Sendings before a run gives a step up for this time.
pub(crate) const SENDINGS: u32 = 8;
/// Before a write without an answer is probed: the service may still be at work on it (netsuite.md §13).
pub(crate) const BEFORE_PROBE: Duration = Duration::from_secs(30);

const FIRST: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_mins(15);

/// The wait after sending number `sending` (from 1 on), at least as long as the service asked.
pub(crate) fn wait(sending: u32, asked: Duration, chance: &dyn Chance) -> Duration {
    let grown = FIRST
        .saturating_mul(1 << sending.saturating_sub(1).min(16))
        .min(LONGEST);
    let base = grown.max(asked);
    // Up to a fifth more, so that many steps do not come back at the same instant.
    base + base / 5 * u32::try_from(chance.next() % 1_000).unwrap_or(0) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u64);
    impl Chance for Fixed {
        fn next(&self) -> u64 {
            self.0
        }
    }

    #[test]
    fn cmn_23_waits_grow_from_two_seconds_to_a_quarter_of_an_hour() {
        let waits: Vec<u64> = (1..=12)
            .map(|sending| wait(sending, Duration::ZERO, &Fixed(0)).as_secs())
            .collect();
        assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    }

    #[test]
    fn what_the_service_asks_is_the_least() {
        let asked = Duration::from_mins(2);
        assert!(wait(1, asked, &Fixed(0)) >= asked);
        assert!(wait(1, asked, &Fixed(999)) <= asked + asked / 5);
    }
}
