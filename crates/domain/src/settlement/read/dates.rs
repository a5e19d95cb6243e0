//! Dates as settlements write them (CMN-10, amazon-sp-api.md §8.4).

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use crate::settlement::Posted;

/// Which of two small numbers is the day: decided once for the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayMonth {
    /// `31/10/2026`.
    DayFirst,
    /// `10/31/2026`.
    MonthFirst,
}

/// A date in the slashed form whose day and month may be either way round: the two small numbers and the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slashed(pub u32, pub u32, pub i32);

impl Slashed {
    /// What this date alone tells about the file.
    pub fn evidence(self) -> Option<DayMonth> {
        match (self.0 > 12, self.1 > 12) {
            (true, false) => Some(DayMonth::DayFirst),
            (false, true) => Some(DayMonth::MonthFirst),
            _ => None,
        }
    }

    /// The day under one reading.
    pub fn day(self, order: DayMonth) -> Option<NaiveDate> {
        match order {
            DayMonth::DayFirst => NaiveDate::from_ymd_opt(self.2, self.1, self.0),
            DayMonth::MonthFirst => NaiveDate::from_ymd_opt(self.2, self.0, self.1),
        }
    }
}

/// Why a cell is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// It is not written as a date.
    Malformed,
    /// Day and month could be either way round, and nothing in the file tells.
    Ambiguous,
}

/// The date of a cell in slashed form, or nothing for the forms that are clear by themselves.
pub fn slashed(cell: &str) -> Option<Slashed> {
    match day_part(cell.trim()) {
        Some((Day::Either(slashed), _)) => Some(slashed),
        _ => None,
    }
}

/// Reads a date with or without time. `order` is the file's, if it needs one.
pub fn posted(cell: &str, order: Option<DayMonth>) -> Result<Posted, NotADate> {
    let cell = cell.trim().trim_matches('"');
    let (day, rest) = day_part(cell).ok_or(NotADate::Malformed)?;
    let day = match day {
        Day::Clear(day) => day,
        Day::Either(either) => {
            let order = order.or(either.evidence()).ok_or(NotADate::Ambiguous)?;
            either.day(order).ok_or(NotADate::Malformed)?
        }
    };
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    if rest.is_empty() {
        return Ok(Posted::On(day));
    }
    let (time, offset) = time_part(rest).ok_or(NotADate::Malformed)?;
    Ok(Posted::At((day.and_time(time) - offset).and_utc()))
}

/// The calendar day of a cell as it is written, whatever time stands behind it.
pub fn day(cell: &str, order: Option<DayMonth>) -> Result<NaiveDate, NotADate> {
    let (day, rest) = day_part(cell.trim()).ok_or(NotADate::Malformed)?;
    if !rest.is_empty() && !rest.starts_with(['T', 't', ' ']) {
        return Err(NotADate::Malformed);
    }
    match day {
        Day::Clear(day) => Ok(day),
        Day::Either(either) => {
            let order = order.or(either.evidence()).ok_or(NotADate::Ambiguous)?;
            either.day(order).ok_or(NotADate::Malformed)
        }
    }
}

enum Day {
    Clear(NaiveDate),
    Either(Slashed),
}

fn number(text: &str, at_most: usize) -> Option<(u32, &str)> {
    let length = text.bytes().take(at_most).take_while(u8::is_ascii_digit).count();
    let value = text.get(..length)?.parse().ok()?;
    Some((value, text.get(length..)?))
}

/// `2026-10-31`, `2026/10/31`, `31.10.2026`, `10/31/2026`, `10/31/26`.
fn day_part(text: &str) -> Option<(Day, &str)> {
    let (first, rest) = number(text, 4)?;
    let year_first = text.len() - rest.len() == 4;
    let mark = rest.chars().next().filter(|mark| "-/.".contains(*mark))?;
    let (second, rest) = number(rest.strip_prefix(mark)?, 2)?;
    let after_mark = rest.strip_prefix(mark)?;
    let (third, rest) = number(after_mark, 4)?;
    if year_first {
        return Some((
            Day::Clear(NaiveDate::from_ymd_opt(i32::try_from(first).ok()?, second, third)?),
            rest,
        ));
    }
    let year = match after_mark.len() - rest.len() {
        2 => third + 2000,
        4 => third,
        _ => return None,
    };
    let either = Slashed(first, second, i32::try_from(year).ok()?);
    let day = if mark == '.' {
        Day::Clear(either.day(DayMonth::DayFirst)?)
    } else {
        Day::Either(either)
    };
    Some((day, rest))
}

/// `23:30:00 UTC`, `23:30:00+00:00`, `23:30:00.000Z`, `11:30 PM`; with how far it is ahead of UTC.
fn time_part(text: &str) -> Option<(NaiveTime, TimeDelta)> {
    let (hour, rest) = number(text, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(rest) => number(rest, 2)?,
        None => (0, rest),
    };
    let rest = rest
        .strip_prefix('.')
        .map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let rest = rest.trim();
    let (hour, zone) = if let Some(zone) = rest.strip_prefix("PM").or_else(|| rest.strip_prefix("pm")) {
        (if hour == 12 { 12 } else { hour + 12 }, zone)
    } else if let Some(zone) = rest.strip_prefix("AM").or_else(|| rest.strip_prefix("am")) {
        (if hour == 12 { 0 } else { hour }, zone)
    } else {
        (hour, rest)
    };
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, offset(zone.trim())?))
}

/// How far a zone is ahead of UTC. Amazon writes UTC; the names are those that old files carry.
fn offset(zone: &str) -> Option<TimeDelta> {
    match zone {
        "" | "UTC" | "GMT" | "Z" | "z" => return Some(TimeDelta::zero()),
        "JST" => return TimeDelta::try_hours(9),
        "PST" => return TimeDelta::try_hours(-8),
        "PDT" => return TimeDelta::try_hours(-7),
        _ => {}
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, rest) = number(digits, 2)?;
    let (minutes, rest) = if rest.is_empty() {
        (0, "")
    } else {
        number(rest.trim_start_matches(':'), 2)?
    };
    (rest.is_empty() && hours < 15 && minutes < 60)
        .then(|| TimeDelta::try_minutes(sign * i64::from(hours * 60 + minutes)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cmn_10_every_form_of_a_date() {
        for (cell, wanted) in [
            ("2026-10-31 23:30:00 UTC", "2026-10-31T23:30:00Z"),
            ("31.10.2026 23:30:00 UTC", "2026-10-31T23:30:00Z"),
            ("2026/10/31 23:30:00 UTC", "2026-10-31T23:30:00Z"),
            ("2025-06-05T22:07:18+00:00", "2025-06-05T22:07:18Z"),
            ("2025-06-05T22:07:18.123Z", "2025-06-05T22:07:18Z"),
            ("2025-06-05T22:07:18-07:00", "2025-06-06T05:07:18Z"),
            ("10/31/2026", "2026-10-31"),
            ("31/10/26", "2026-10-31"),
            ("10/31/2026 11:30 PM", "2026-10-31T23:30:00Z"),
            ("07.09.2026", "2026-09-07"),
        ] {
            assert_eq!(posted(cell, None).map(Posted::iso), Ok(wanted.to_owned()), "{cell}");
        }
    }

    #[test]
    fn cmn_10_day_and_month_are_never_guessed_per_cell() {
        assert_eq!(posted("03/04/2026", None), Err(NotADate::Ambiguous));
        assert_eq!(
            posted("03/04/2026", Some(DayMonth::DayFirst)).map(Posted::iso),
            Ok("2026-04-03".to_owned())
        );
        assert_eq!(
            posted("31/12/2026", Some(DayMonth::MonthFirst)),
            Err(NotADate::Malformed)
        );
        for wrong in [
            "",
            "soon",
            "2026-13-01",
            "2026-10-31 25:00:00 UTC",
            "2026-10-31 10:00:00 XYZ",
            "45960.5",
        ] {
            assert_eq!(posted(wrong, None), Err(NotADate::Malformed), "{wrong}");
        }
    }
}
