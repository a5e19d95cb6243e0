//! Amounts as settlements write them, into whole ten-thousandths (CMN-10, amazon-sp-api.md §8.4).

use rust_decimal::Decimal;

use crate::Currency;

/// The decimal mark of a file: decided once for all of it, because `1.234` alone says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `1,234.56`.
    Point,
    /// `1.234,56`.
    Comma,
}

impl Mark {
    fn byte(self) -> u8 {
        match self {
            Self::Point => b'.',
            Self::Comma => b',',
        }
    }
}

/// An amount as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// In whole ten-thousandths.
    pub ten_thousandths: i64,
    /// Digits that the file writes after the mark.
    pub digits: u8,
}

/// Why a cell is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAnAmount {
    /// It is not written as a number.
    Malformed,
    /// It has more than four digits after the mark: keeping it would round it.
    TooFine,
    /// It is beyond nine hundred trillion.
    TooLarge,
}

/// What one cell tells about the file's decimal mark; most cells of a whole number tell nothing.
pub fn evidence(cell: &str) -> Option<Mark> {
    let digits_after = |at: usize| cell[at + 1..].bytes().filter(u8::is_ascii_digit).count();
    match (cell.rfind('.'), cell.rfind(',')) {
        (None, None) => None,
        (Some(point), Some(comma)) if point > comma => (cell.matches('.').count() == 1).then_some(Mark::Point),
        (Some(_), Some(_)) => (cell.matches(',').count() == 1).then_some(Mark::Comma),
        (Some(point), None) => {
            if cell.matches('.').count() > 1 {
                Some(Mark::Comma)
            } else {
                (digits_after(point) != 3).then_some(Mark::Point)
            }
        }
        (None, Some(comma)) => {
            if cell.matches(',').count() > 1 {
                Some(Mark::Point)
            } else {
                (digits_after(comma) != 3).then_some(Mark::Comma)
            }
        }
    }
}

/// Reads an amount. Accepts thousands separators in whole groups, a sign before or after, parentheses, quotes and
/// non-breaking spaces of re-saved files. Never guesses: what is not clearly an amount is an error.
pub fn amount(cell: &str, mark: Mark) -> Result<Amount, NotAnAmount> {
    match plain(cell.as_bytes(), mark.byte()) {
        Some(amount) => Ok(amount),
        None => dressed(cell, mark),
    }
}

/// An amount as a person types it: `1234.5`, `1,234.50`, `1 234,50`, `-12,40`, `.5`. Three digits after a lone mark are
/// thousands where the currency has fewer decimals, unless nothing but a nought stands before it. Nothing when it is not
/// clearly an amount, or has more decimals than the currency.
pub fn typed(text: &str, currency: Currency) -> Option<Decimal> {
    let text = text.trim().replace('−', "-");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let nought = if digits.starts_with(['.', ',']) { "0" } else { "" };
    let text = format!("{sign}{nought}{digits}");
    let mark = evidence(&text).unwrap_or_else(|| {
        let whole = text.split(['.', ',']).next().unwrap_or_default();
        let is_fraction = currency.decimals() > 2 || ["0", "-0"].contains(&whole);
        if text.contains('.') == is_fraction {
            Mark::Point
        } else {
            Mark::Comma
        }
    });
    let read = amount(&text, mark).ok()?;
    let mut typed = Decimal::new(read.ten_thousandths, 4);
    typed.rescale(u32::from(read.digits));
    (typed.normalize().scale() <= currency.decimals()).then_some(typed)
}

/// The common form: a sign, digits, a mark, at most four digits.
fn plain(cell: &[u8], mark: u8) -> Option<Amount> {
    let (negative, digits) = match cell {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let (mut value, mut after, mut seen_mark, mut seen_digit) = (0_i64, 0_u8, false, false);
    for &byte in digits {
        if byte.is_ascii_digit() {
            value = value * 10 + i64::from(byte - b'0');
            after += u8::from(seen_mark);
            seen_digit = true;
        } else if byte == mark && !seen_mark && seen_digit {
            seen_mark = true;
        } else {
            return None;
        }
    }
    if after > 4 || (seen_mark && after == 0) {
        return None;
    }
    let scaled = value.checked_mul(SCALE[usize::from(4 - after)])?;
    Some(Amount {
        ten_thousandths: if negative { -scaled } else { scaled },
        digits: after,
    })
}

const SCALE: [i64; 5] = [1, 10, 100, 1_000, 10_000];

fn dressed(cell: &str, mark: Mark) -> Result<Amount, NotAnAmount> {
    let (negative, bare) = undressed(cell)?;
    let (whole, fraction) = match bare.split_once(char::from(mark.byte())) {
        None => (bare.as_str(), ""),
        Some((_, "")) => return Err(NotAnAmount::Malformed),
        Some(parts) => parts,
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NotAnAmount::Malformed);
    }
    let whole = without_groups(whole, mark)?;
    let fine = fraction.trim_end_matches('0');
    let digits = u8::try_from(fraction.len().min(4)).unwrap_or(4);
    if fine.len() > 4 {
        return Err(NotAnAmount::TooFine);
    }
    let text = format!("{whole}{fine:0<4}");
    let scaled: i64 = text.parse().map_err(|_| NotAnAmount::TooLarge)?;
    if scaled > 9_000_000_000_000_000_000 / 1_000 * 1_000 {
        return Err(NotAnAmount::TooLarge);
    }
    Ok(Amount {
        ten_thousandths: if negative { -scaled } else { scaled },
        digits,
    })
}

/// Takes quotes, spaces, sign and parentheses off.
fn undressed(cell: &str) -> Result<(bool, String), NotAnAmount> {
    let spaces = ['\u{a0}', '\u{202f}', '\u{2009}'];
    let bare = cell.trim_matches(|c: char| c.is_whitespace() || c == '"' || spaces.contains(&c));
    let (in_parentheses, bare) = match bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => (false, bare),
    };
    let minus = |c: char| c == '-' || c == '\u{2212}';
    let before = bare.starts_with(minus);
    let after = bare.len() > 1 && bare.ends_with(minus);
    if usize::from(in_parentheses) + usize::from(before) + usize::from(after) > 1 {
        return Err(NotAnAmount::Malformed);
    }
    let unsigned = bare.trim_matches(minus);
    let unsigned = if before || after || in_parentheses {
        unsigned
    } else {
        unsigned.strip_prefix('+').unwrap_or(unsigned)
    };
    let number: String = unsigned
        .trim()
        .chars()
        .map(|c| if spaces.contains(&c) { ' ' } else { c })
        .collect();
    let good = number.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
        && number
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".,' ".contains(&byte));
    if good {
        Ok((in_parentheses || before || after, number))
    } else {
        Err(NotAnAmount::Malformed)
    }
}

/// `1.234.567` to `1234567`; groups of three, or of two before the last as India writes them.
fn without_groups(whole: &str, mark: Mark) -> Result<String, NotAnAmount> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return if whole.is_empty() {
            Err(NotAnAmount::Malformed)
        } else {
            Ok(whole.to_owned())
        };
    };
    let groups: Vec<&str> = whole.split(separator).collect();
    let fits = separator != char::from(mark.byte())
        && groups
            .iter()
            .all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()))
        && groups.first().is_some_and(|first| first.len() <= 3)
        && groups.last().is_some_and(|last| last.len() == 3)
        && groups.iter().skip(1).all(|group| group.len() == 3 || group.len() == 2);
    if fits {
        Ok(groups.concat())
    } else {
        Err(NotAnAmount::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(cell: &str, mark: Mark) -> Result<i64, NotAnAmount> {
        amount(cell, mark).map(|amount| amount.ten_thousandths)
    }

    #[test]
    fn cmn_10_amounts_of_every_dress() {
        use Mark::{Comma, Point};
        for (cell, mark, wanted) in [
            ("95.00", Point, 950_000),
            ("-1,234.56", Point, -12_345_600),
            ("-1.234,56", Comma, -12_345_600),
            ("(55.00)", Point, -550_000),
            ("12.00-", Point, -120_000),
            ("\"1.234,5\"", Comma, 12_345_000),
            ("1\u{a0}234,50", Comma, 12_345_000),
            ("1'234.50", Point, 12_345_000),
            ("1,00,000.00", Point, 1_000_000_000),
            ("1234", Point, 12_340_000),
            ("1.234", Point, 12_340),
            ("1.234", Comma, 12_340_000),
            ("\u{2212}3.10", Point, -31_000),
            ("+3.10", Point, 31_000),
        ] {
            assert_eq!(read(cell, mark), Ok(wanted), "{cell}");
        }
    }

    #[test]
    fn cmn_10_what_is_not_an_amount_is_never_zero() {
        use NotAnAmount::{Malformed, TooFine, TooLarge};
        for (cell, wanted) in [
            ("", Malformed),
            ("-", Malformed),
            ("abc", Malformed),
            ("12.3.4", Malformed),
            ("95,00", Malformed),
            ("1.2E-05", Malformed),
            ("(-5.00)", Malformed),
            ("12.", Malformed),
            ("$5.00", Malformed),
            ("0.12345", TooFine),
            ("99999999999999999999", TooLarge),
        ] {
            assert_eq!(read(cell, Mark::Point), Err(wanted), "{cell}");
        }
    }

    #[test]
    fn cmn_10_what_a_person_types_is_read_in_either_habit() {
        for (text, wanted) in [
            ("1234.5", "1234.5"),
            ("1,234.50", "1234.5"),
            (" 1 234,50 ", "1234.5"),
            ("1\u{a0}234,50", "1234.5"),
            ("1.234", "1234"),
            ("1,234", "1234"),
            ("12", "12"),
        ] {
            assert_eq!(typed(text, Currency::EUR), Some(wanted.parse().unwrap()), "{text}");
        }
        for text in ["", "abc", "1,2,3.4.5", "12 EUR"] {
            assert_eq!(typed(text, Currency::EUR), None, "{text}");
        }
    }

    #[test]
    fn cmn_06_an_amount_is_understood_however_it_is_typed_and_a_text_that_is_none_is_never_zero() {
        let of = |text: &str| typed(text, Currency::EUR).map(|amount| amount.to_string());
        for (text, amount) in [
            ("1234.5", "1234.5"),
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1 234,50", "1234.50"),
            ("1\u{a0}234,50", "1234.50"),
            ("-12,40", "-12.40"),
            ("−0.03", "-0.03"),
            (".5", "0.5"),
            ("1,234", "1234"),
            ("12", "12"),
        ] {
            assert_eq!(of(text).as_deref(), Some(amount), "{text}");
        }
        for text in ["", "-", "ten", "1.2.3x", "12.345,678", "0.005", "1e3"] {
            assert_eq!(of(text), None, "{text}");
        }
        assert_eq!(typed("12.5", Currency::JPY), None, "a yen has no decimals");
    }

    #[test]
    fn cmn_10_one_cell_alone_decides_nothing_when_it_could_be_both() {
        assert_eq!(evidence("1.234"), None);
        assert_eq!(evidence("1,234"), None);
        assert_eq!(evidence("1.234,56"), Some(Mark::Comma));
        assert_eq!(evidence("1,234,567"), Some(Mark::Point));
        assert_eq!(evidence("0,5"), Some(Mark::Comma));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn cmn_10_printing_and_reading_gives_the_same_amount(
            units in -9_000_000_000_000_i64..9_000_000_000_000, comma: bool, grouped: bool, parentheses: bool,
        ) {
            let (mark, separator) = if comma { (Mark::Comma, '.') } else { (Mark::Point, ',') };
            let whole = (units.unsigned_abs() / 10_000).to_string();
            let fraction = format!("{:04}", units.unsigned_abs() % 10_000);
            let mut text = String::new();
            for (index, digit) in whole.chars().enumerate() {
                if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
                    text.push(separator);
                }
                text.push(digit);
            }
            text.push(if comma { ',' } else { '.' });
            text.push_str(&fraction);
            let text = match (units < 0, parentheses) {
                (false, _) => text,
                (true, true) => format!("({text})"),
                (true, false) => format!("-{text}"),
            };
            prop_assert_eq!(read(&text, mark), Ok(units));
        }
    }
}
