//! Single cells of a bank's table: amounts with their signs and currencies, days in every form.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::Currency;
use crate::settlement::read::dates::{self, NotADate};
use crate::settlement::read::number::{self, NotAnAmount};
use crate::settlement::read::{DayMonth, Mark};

/// A cell without what spreadsheets put around it: `="85.00"`, `'85.00`.
pub fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let cell = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or(cell);
    cell.strip_prefix('\'').unwrap_or(cell).trim()
}

/// An amount's digits apart from the words beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount<'a> {
    /// Sign, digits and marks.
    pub digits: &'a str,
    /// The currency that stands beside them.
    pub currency: Option<Currency>,
    /// `DR` stands behind them: it went out.
    pub out: bool,
}

/// Takes a cell apart: `€1,234.50`, `1 234,50 EUR`, `85.00 CR`, `-$12.40`, `($12.40)`.
pub fn amount(cell: &str) -> Amount<'_> {
    let mut rest = bare(cell);
    let mut out = false;
    for (mark, is_out) in [("CR", false), ("DR", true), ("Cr", false), ("Dr", true)] {
        if let Some(less) = rest.strip_suffix(mark)
            && less.trim_end().ends_with(|c: char| c.is_ascii_digit())
        {
            (rest, out) = (less.trim_end(), is_out);
        }
    }
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        (rest, out) = (inner.trim(), !out);
    }
    // The sign may stand before the currency.
    if let Some(less) = rest.strip_prefix(['-', '−'])
        && !less.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        (rest, out) = (less.trim_start(), !out);
    }
    let mut currency = None;
    for (sign, is) in SIGNS {
        if let Some(less) = rest.strip_prefix(sign).or_else(|| rest.strip_suffix(sign)) {
            (rest, currency) = (less.trim(), is);
        }
    }
    let (before, after) = (rest.get(..3), rest.len().checked_sub(3));
    if let Some(found) = before.and_then(known) {
        (rest, currency) = (rest.get(3..).unwrap_or_default().trim(), Some(found));
    } else if let Some(at) = after
        && let Some(found) = rest.get(at..).and_then(known)
    {
        (rest, currency) = (rest.get(..at).unwrap_or_default().trim(), Some(found));
    }
    Amount {
        digits: rest,
        currency,
        out,
    }
}

/// What stands for a currency; a dollar and a yen may be several.
const SIGNS: [(&str, Option<Currency>); 5] = [
    ("€", Some(Currency::EUR)),
    ("£", Some(Currency::GBP)),
    ("$", None),
    ("¥", None),
    ("￥", None),
];

/// A currency by its code, written large.
pub fn known(code: &str) -> Option<Currency> {
    iso_currency::Currency::from_code(code)?;
    code.parse().ok()
}

/// Whether a cell is an amount under either mark.
pub fn is_amount(cell: &str) -> bool {
    let digits = amount(cell).digits;
    [Mark::Point, Mark::Comma]
        .iter()
        .any(|mark| number::amount(digits, *mark).is_ok())
}

/// The decimal mark of a file. Without evidence every mark in it parts thousands, unless the currency has three decimals.
pub fn mark<'a>(cells: impl Iterator<Item = &'a str>, decimals: u32) -> Mark {
    let mut lone = None;
    for cell in cells {
        let digits = amount(cell).digits;
        if let Some(mark) = number::evidence(digits) {
            return mark;
        }
        lone = lone.or(digits.chars().find(|c| ".,".contains(*c)));
    }
    let is_fraction = decimals > 2;
    match lone {
        Some('.') if !is_fraction => Mark::Comma,
        Some(',') if is_fraction => Mark::Comma,
        _ => Mark::Point,
    }
}

/// The amount of a cell, what went out below nought.
pub fn value(cell: &str, mark: Mark) -> Result<Decimal, NotAnAmount> {
    let apart = amount(cell);
    let read = number::amount(apart.digits, mark)?;
    let value = Decimal::new(read.ten_thousandths, 4).normalize();
    Ok(if apart.out { -value } else { value })
}

/// The day of a cell.
pub fn day(cell: &str, order: Option<DayMonth>) -> Result<NaiveDate, NotADate> {
    let cell = bare(cell);
    if cell.len() == 8 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDate::parse_from_str(cell, "%Y%m%d").map_err(|_| NotADate::Malformed);
    }
    named(cell).map_or_else(|| dates::day(cell, order), Ok)
}

/// Whether a cell is a day, whichever way round.
pub fn is_day(cell: &str) -> bool {
    !matches!(day(cell, None), Err(NotADate::Malformed))
}

/// `31 Oct 2026`, `31-oct-26`, `Oct 31, 2026`, `31 octobre 2026`.
fn named(cell: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = cell
        .split([' ', '-', '/', ',', '.', '\u{a0}'])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second, year] = parts.as_slice() else {
        return None;
    };
    let (day, month) = match (month(first), month(second)) {
        (None, Some(month)) => (first, month),
        (Some(month), None) => (second, month),
        _ => return None,
    };
    let year: i32 = match year.len() {
        2 => year.parse::<i32>().ok()? + 2000,
        4 => year.parse().ok()?,
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day.parse().ok()?)
}

/// A month by its name, in English, French, German, Spanish and Italian, as far as the names tell months apart.
fn month(word: &str) -> Option<u32> {
    let word = super::titles::folded(word);
    if !word.chars().all(char::is_alphabetic) || word.len() < 3 {
        return None;
    }
    let names: [&[&str]; 12] = [
        &["jan", "ene", "gen"],
        &["feb", "fev"],
        &["mar"],
        &["apr", "avr", "abr"],
        &["may", "mai", "mag"],
        &["jun", "juin", "giu"],
        &["jul", "juil", "lug"],
        &["aug", "aou", "ago"],
        &["sep", "set"],
        &["oct", "okt", "ott"],
        &["nov"],
        &["dec", "dez", "dic"],
    ];
    let at = names
        .iter()
        .position(|names| names.iter().any(|name| word.starts_with(name)))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]
mod tests {
    use super::*;

    #[test]
    fn set_53_amounts_are_taken_from_what_banks_write_around_them() {
        for (cell, wanted, currency) in [
            ("1,234.50", "1234.5", None),
            ("$1,234.50", "1234.5", None),
            ("-$12.40", "-12.4", None),
            ("€ 85.00", "85", Some(Currency::EUR)),
            ("85.00 EUR", "85", Some(Currency::EUR)),
            ("GBP 85.00", "85", Some(Currency::GBP)),
            ("85.00 CR", "85", None),
            ("85.00DR", "-85", None),
            ("=\"85.00\"", "85", None),
            ("(85.00)", "-85", None),
            ("($85.00)", "-85", None),
            ("+85.00", "85", None),
        ] {
            assert_eq!(value(cell, Mark::Point).unwrap().to_string(), wanted, "{cell}");
            assert_eq!(amount(cell).currency, currency, "{cell}");
        }
        assert_eq!(value("1 234,50 €", Mark::Comma).unwrap().to_string(), "1234.5");
        for wrong in ["", "much", "12.3.4", "=1+1", "@SUM(A1)"] {
            assert!(value(wrong, Mark::Point).is_err(), "{wrong}");
        }
    }

    #[test]
    fn set_53_the_mark_is_one_for_the_file_and_a_lone_group_of_three_is_thousands() {
        let of = |cells: &[&str]| mark(cells.iter().copied(), 2);
        assert_eq!(of(&["1.234", "85,00"]), Mark::Comma);
        assert_eq!(of(&["1,234", "85.00"]), Mark::Point);
        assert_eq!(of(&["1.234"]), Mark::Comma);
        assert_eq!(of(&["1,234"]), Mark::Point);
        assert_eq!(mark(["1.234"].into_iter(), 3), Mark::Point);
    }

    #[test]
    fn set_53_days_are_read_in_every_form_and_never_guessed() {
        let wanted = NaiveDate::from_ymd_opt(2026, 10, 31).unwrap();
        for cell in [
            "2026-10-31",
            "31/10/2026",
            "10/31/2026",
            "31.10.26",
            "20261031",
            "31 Oct 2026",
            "31-OCT-26",
            "Oct 31, 2026",
            "31 octobre 2026",
            "2026-10-31 23:59:00",
            "2026-10-31T23:59:00+02:00",
        ] {
            assert_eq!(day(cell, None), Ok(wanted), "{cell}");
        }
        assert_eq!(day("03/04/2026", None), Err(NotADate::Ambiguous));
        for wrong in ["", "soon", "2026-13-01", "31/10/2026x", "45960"] {
            assert_eq!(day(wrong, None), Err(NotADate::Malformed), "{wrong}");
        }
    }
}
