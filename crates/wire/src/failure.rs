//! How a call can end badly, and what to do next: one pure table.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Every call that does not succeed ends in one of these; nothing above `wire` needs to know more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Failure {
    /// Understood and rejected.
    #[error("{said}")]
    Refused {
        /// The vendor's code, such as `InvalidInput` or `USER_ERROR`.
        code: String,
        /// The HTTP status.
        status: u16,
        /// What the vendor said, in its words.
        said: String,
    },
    /// Over quota; certainly not executed.
    #[error("asked to slow down")]
    Throttled {
        /// The least time to wait.
        again_in: Duration,
    },
    /// Certainly never arrived.
    #[error("could not be reached: {because}")]
    Unreachable {
        /// The transport's words.
        because: String,
    },
    /// Sent, no usable answer: it may have happened. Probe before sending again.
    #[error("no answer came back: {because}")]
    Unanswered {
        /// The transport's words, or the 5xx status.
        because: String,
    },
    /// The account no longer accepts us: pause everything for it, one notice.
    #[error("the account no longer accepts the sign-in: {said}")]
    SignedOut {
        /// What the vendor said.
        said: String,
    },
    /// The sign-in was refused while this computer's clock is wrong: the account itself may well accept us.
    #[error("this computer's clock is {minutes} minutes off, and the sign-in was refused")]
    ClockOff {
        /// How many minutes the service's clock and ours lie apart.
        minutes: i64,
    },
    /// An answer that we do not understand.
    #[error("an answer we do not understand: {what}")]
    Misread {
        /// What was expected and what stood there.
        what: String,
    },
    /// The person pressed Cancel while the call waited for its turn; nothing was sent.
    #[error("cancelled")]
    Cancelled,
}

/// What to do after a call that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Send it again after this time.
    Again {
        /// How long to wait.
        after: Duration,
    },
    /// It may have happened: after this time, ask whether it did before sending it again.
    Probe {
        /// How long to wait.
        after: Duration,
    },
    /// Leave it to a person or to the next scheduled run.
    GiveUp,
}

/// Sendings before giving up (flows.md §1.7).
pub const TRIES: u32 = 8;
const FIRST_WAIT: Duration = Duration::from_secs(2);
const LONGEST_WAIT: Duration = Duration::from_mins(15);
/// A lost answer may belong to a write that is still going on (netsuite.md §13).
const BEFORE_PROBE: Duration = Duration::from_secs(30);

/// Decides what follows the failure of the `attempt`-th sending (the first is 1).
///
/// `writes` tells whether sending it twice could change anything; `chance` gives the jitter.
pub fn next(failure: &Failure, attempt: u32, writes: bool, chance: u64) -> Next {
    if attempt >= TRIES {
        return Next::GiveUp;
    }
    let after = back_off(attempt, chance);
    match failure {
        Failure::Throttled { again_in } => Next::Again {
            after: (*again_in).saturating_add(jitter(chance)).max(after),
        },
        Failure::Unanswered { .. } if writes => Next::Probe {
            after: after.max(BEFORE_PROBE),
        },
        Failure::Unreachable { .. } | Failure::Unanswered { .. } => Next::Again { after },
        Failure::Refused { .. }
        | Failure::SignedOut { .. }
        | Failure::ClockOff { .. }
        | Failure::Misread { .. }
        | Failure::Cancelled => Next::GiveUp,
    }
}

/// 2 s, 4 s, 8 s … 15 min, of which the upper half is left to chance, so that many calls do not come back at once.
fn back_off(attempt: u32, chance: u64) -> Duration {
    let doubled = FIRST_WAIT
        .saturating_mul(1 << attempt.saturating_sub(1).min(16))
        .min(LONGEST_WAIT);
    let half = doubled / 2;
    let share = u32::try_from(chance % 1_001).unwrap_or(0);
    half + half * share / 1_000
}

/// Up to one second on top of a wait that the service asked for.
fn jitter(chance: u64) -> Duration {
    Duration::from_millis(chance % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(failure: &Failure, attempt: u32, writes: bool, chance: u64) -> String {
        match next(failure, attempt, writes, chance) {
            Next::Again { after } => format!("again {after:?}"),
            Next::Probe { after } => format!("probe {after:?}"),
            Next::GiveUp => "give up".to_owned(),
        }
    }

    fn unreachable() -> Failure {
        Failure::Unreachable { because: String::new() }
    }

    #[test]
    fn cmn_transient_failures_back_off_from_2_seconds_to_15_minutes_and_end_after_8_tries() {
        let longest: Vec<String> = (1..=8)
            .map(|attempt| said(&unreachable(), attempt, true, 1_000))
            .collect();
        let expected = [
            "again 2s",
            "again 4s",
            "again 8s",
            "again 16s",
            "again 32s",
            "again 64s",
            "again 128s",
            "give up",
        ];
        assert_eq!(longest, expected);
        assert_eq!(
            said(&unreachable(), 1, true, 0),
            "again 1s",
            "the upper half of the wait is left to chance"
        );
        assert_eq!(back_off(30, 1_000), LONGEST_WAIT);
    }

    #[test]
    fn a_write_whose_answer_was_lost_is_probed_and_a_read_is_repeated() {
        let lost = Failure::Unanswered { because: String::new() };
        assert_eq!(said(&lost, 1, true, 1_000), "probe 30s");
        assert_eq!(said(&lost, 6, true, 1_000), "probe 64s");
        assert_eq!(said(&lost, 1, false, 1_000), "again 2s");
    }

    #[test]
    fn what_the_service_asks_to_wait_is_waited_at_least() {
        let slow = Failure::Throttled {
            again_in: Duration::from_secs(179),
        };
        assert_eq!(said(&slow, 1, true, 500), "again 179.5s");
        assert_eq!(
            said(
                &Failure::Throttled {
                    again_in: Duration::ZERO
                },
                3,
                false,
                1_000
            ),
            "again 8s"
        );
    }

    #[test]
    fn what_waiting_cannot_cure_is_given_up() {
        let refused = Failure::Refused {
            code: "InvalidInput".into(),
            status: 400,
            said: String::new(),
        };
        let out = Failure::SignedOut { said: String::new() };
        let misread = Failure::Misread { what: String::new() };
        let clock = Failure::ClockOff { minutes: 15 };
        for failure in [refused, out, clock, misread, Failure::Cancelled] {
            assert_eq!(next(&failure, 1, false, 0), Next::GiveUp, "{failure:?}");
        }
    }
}
