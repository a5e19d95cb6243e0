//! When something is to happen again: pure arithmetic on a person's wish, the account's zone and quiet hours
//! (flows.md §1.9, CMN-21).

use std::str::FromStr;

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use croner::Cron;
use serde::{Deserialize, Serialize};

/// The shortest cadence that a person may choose (flows.md §1.9).
pub const LEAST_MINUTES: u32 = 5;

/// How often something happens by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Only when a person asks.
    Off(bool),
    /// Every so many minutes, at least [`LEAST_MINUTES`], counted from the full hour: flows of one cadence are due at
    /// the same instant and share what they ask of Amazon.
    EveryMinutes(u32),
    /// A cron text in the account's zone, such as `0 6 * * 1-5`.
    Cron(String),
}

/// Hours in which nothing begins by itself, in the account's zone. They may reach over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// The first minute of the rest.
    pub from: NaiveTime,
    /// The first minute after it.
    pub to: NaiveTime,
}

/// A rhythm that cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRhythm {
    /// More often than Amazon's allowance is good for.
    #[error("a schedule runs at most every {LEAST_MINUTES} minutes")]
    TooOften,
    /// The cron text is none.
    #[error("“{0}” is no cron text")]
    NoCron(String),
    /// Quiet hours without an end.
    #[error("quiet hours must begin and end at different times")]
    AlwaysQuiet,
}

impl Rhythm {
    /// Whether it can be kept.
    pub fn check(&self) -> Result<(), BadRhythm> {
        match self {
            Self::EveryMinutes(minutes) if *minutes < LEAST_MINUTES => Err(BadRhythm::TooOften),
            Self::Cron(text) => cron(text).map(|_| ()).ok_or_else(|| BadRhythm::NoCron(text.clone())),
            Self::Off(_) | Self::EveryMinutes(_) => Ok(()),
        }
    }

    /// The first instant after `last` that it names, quiet hours left out. Nothing: it is off, or names none.
    pub fn next(&self, last: DateTime<Utc>, zone: Tz, quiet: Option<Quiet>) -> Option<DateTime<Utc>> {
        let at = match self {
            Self::Off(_) => return None,
            Self::EveryMinutes(minutes) => next_full(last, (*minutes).max(LEAST_MINUTES)),
            Self::Cron(text) => {
                // A pattern that names every minute is held to the same least span.
                let after = last + TimeDelta::minutes(i64::from(LEAST_MINUTES)) - TimeDelta::seconds(1);
                let next = cron(text)?.find_next_occurrence(&after.with_timezone(&zone), false);
                next.ok()?.to_utc()
            }
        };
        Some(quiet.map_or(at, |quiet| quiet.end(at, zone)))
    }
}

/// A cron text of five fields; seconds would be more often than anybody may ask.
fn cron(text: &str) -> Option<Cron> {
    (text.split_whitespace().count() == 5)
        .then(|| Cron::from_str(text).ok())
        .flatten()
}

/// The next multiple of the cadence. A run by hand shortly before one stands for it, so that nobody asks twice.
fn next_full(last: DateTime<Utc>, minutes: u32) -> DateTime<Utc> {
    let span = i64::from(minutes) * 60;
    let earliest = last.timestamp() + span / 2;
    let full = (earliest + span - 1).div_euclid(span) * span;
    DateTime::from_timestamp(full, 0).unwrap_or(last + TimeDelta::seconds(span))
}

impl Quiet {
    /// Whether these are hours at all.
    pub fn check(self) -> Result<(), BadRhythm> {
        if self.from == self.to {
            Err(BadRhythm::AlwaysQuiet)
        } else {
            Ok(())
        }
    }

    /// Whether an instant falls into them.
    pub fn holds(self, at: DateTime<Utc>, zone: Tz) -> bool {
        self.contains(at.with_timezone(&zone).time())
    }

    fn contains(self, time: NaiveTime) -> bool {
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }

    /// The instant itself, or the end of the quiet hours that it falls into.
    pub(crate) fn end(self, at: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let local = at.with_timezone(&zone);
        if !self.contains(local.time()) {
            return at;
        }
        let today = local.date_naive();
        let day = if local.time() < self.to {
            Some(today)
        } else {
            today.succ_opt()
        };
        let ends = day.map(|day| day.and_time(self.to));
        // A time that the clocks skip in spring: an hour later there is one again.
        let found = ends.and_then(|ends| {
            zone.from_local_datetime(&ends)
                .earliest()
                .or_else(|| zone.from_local_datetime(&(ends + TimeDelta::hours(1))).earliest())
        });
        found.map_or(at, |ends| ends.to_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    const PARIS: Tz = chrono_tz::Europe::Paris;

    #[test]
    fn cmn_21_a_cadence_falls_on_full_multiples_so_that_flows_share_their_calls() {
        let next = |minutes, last| Rhythm::EveryMinutes(minutes).next(at(last), PARIS, None);
        assert_eq!(next(15, "2026-11-23T08:00:03Z"), Some(at("2026-11-23T08:15:00Z")));
        assert_eq!(next(30, "2026-11-23T08:00:00Z"), Some(at("2026-11-23T08:30:00Z")));
        assert_eq!(next(5, "2026-11-23T08:00:09Z"), Some(at("2026-11-23T08:05:00Z")));
        assert_eq!(
            next(15, "2026-11-23T08:14:30Z"),
            Some(at("2026-11-23T08:30:00Z")),
            "run by hand just before"
        );
        assert_eq!(
            next(1, "2026-11-23T08:00:00Z"),
            next(5, "2026-11-23T08:00:00Z"),
            "never more often"
        );
    }

    #[test]
    fn a_cron_text_is_read_in_the_accounts_zone_over_both_changes_of_the_clocks() {
        let next = |last| Rhythm::Cron("0 6 * * *".into()).next(at(last), PARIS, None);
        assert_eq!(next("2026-11-23T08:00:00Z"), Some(at("2026-11-24T05:00:00Z")));
        assert_eq!(
            next("2026-03-28T08:00:00Z"),
            Some(at("2026-03-29T04:00:00Z")),
            "summer time begins that night"
        );
        assert_eq!(
            next("2026-10-24T08:00:00Z"),
            Some(at("2026-10-25T05:00:00Z")),
            "and ends that night"
        );
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        assert_eq!(Rhythm::EveryMinutes(4).check(), Err(BadRhythm::TooOften));
        assert_eq!(
            Rhythm::Cron("* * * * * *".into()).check(),
            Err(BadRhythm::NoCron("* * * * * *".into()))
        );
        assert_eq!(
            Rhythm::Cron("every day".into()).check(),
            Err(BadRhythm::NoCron("every day".into()))
        );
        assert_eq!(Rhythm::Cron("0 6 * * 1-5".into()).check(), Ok(()));
        assert_eq!(Rhythm::Off(true).next(at("2026-11-23T08:00:00Z"), PARIS, None), None);
        let whole_day = Quiet {
            from: time("06:00:00"),
            to: time("06:00:00"),
        };
        assert_eq!(whole_day.check(), Err(BadRhythm::AlwaysQuiet));
    }

    #[test]
    fn quiet_hours_put_off_to_their_end() {
        let night = Quiet {
            from: time("22:00:00"),
            to: time("06:00:00"),
        };
        let next = |last| Rhythm::EveryMinutes(15).next(at(last), PARIS, Some(night));
        assert_eq!(
            next("2026-11-23T20:30:00Z"),
            Some(at("2026-11-23T20:45:00Z")),
            "a quarter to ten in the evening"
        );
        assert_eq!(
            next("2026-11-23T20:45:00Z"),
            Some(at("2026-11-24T05:00:00Z")),
            "six in the morning"
        );
        assert_eq!(
            next("2026-11-24T01:00:00Z"),
            Some(at("2026-11-24T05:00:00Z")),
            "after midnight too"
        );
        let noon = Quiet {
            from: time("12:00:00"),
            to: time("13:00:00"),
        };
        let at_half_past = Rhythm::Cron("30 12 * * *".into()).next(at("2026-11-23T08:00:00Z"), PARIS, Some(noon));
        assert_eq!(at_half_past, Some(at("2026-11-23T12:00:00Z")));
    }
}
