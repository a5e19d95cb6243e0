//! OFX and QFX, version 1 (SGML, whose elements are not closed) and version 2 (XML), as OFX 2.3 §11 describes bank statements.
//!
//! Only what an entry needs is read; account numbers are passed over.

use rust_decimal::Decimal;

use super::{Entry, NaiveDate, Reading, Refusal, Wrong, said};
use crate::{Currency, Money};

/// Whether a text is OFX: its root stands in it, whatever head it has.
pub(super) fn is_one(text: &str) -> bool {
    root(text).is_some()
}

fn root(text: &str) -> Option<usize> {
    let head = text.get(..text.len().min(4_096)).unwrap_or(text);
    head.find("<OFX>").or_else(|| head.find("<ofx>"))
}

/// A tag and the text behind it.
struct Tag<'a> {
    line: u64,
    name: &'a str,
    closes: bool,
    value: String,
}

pub(super) fn read(text: &str) -> Result<Reading, Refusal> {
    let mut statement = Statement::default();
    let mut reading = Reading::default();
    let start = root(text).unwrap_or_default();
    let mut rest = text.get(start..).unwrap_or_default();
    let mut line = 1 + breaks(text.get(..start).unwrap_or_default());
    let mut is_whole = false;
    while let Some(at) = rest.find('<') {
        line += breaks(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").ok_or_else(cut_short)?;
            line += breaks(&comment[..end]);
            rest = &comment[end + 3..];
            continue;
        }
        let end = rest.find('>').ok_or_else(cut_short)?;
        let name = rest[1..end].trim();
        let (value, after) = value(&rest[end + 1..]);
        let tag = Tag {
            line,
            closes: name.starts_with('/'),
            name: name.trim_start_matches('/'),
            value,
        };
        line += breaks(&rest[..rest.len() - after.len()]);
        rest = after;
        is_whole |= tag.closes && tag.name.eq_ignore_ascii_case("OFX");
        reading.entries.extend(statement.take(&tag)?);
    }
    if !is_whole || statement.entry.is_some() {
        return Err(cut_short());
    }
    if reading.entries.is_empty() {
        return Err(Refusal::whole(Wrong::NoEntries));
    }
    Ok(reading)
}

fn cut_short() -> Refusal {
    Refusal::whole(Wrong::CutShort)
}

fn breaks(text: &str) -> u64 {
    text.matches('\n').count() as u64
}

/// The text up to the next tag, with what stands for its letters put in, and what follows.
fn value(text: &str) -> (String, &str) {
    let trimmed = text.trim_start();
    if let Some(verbatim) = trimmed.strip_prefix("<![CDATA[")
        && let Some((inside, rest)) = verbatim.split_once("]]>")
    {
        return (inside.trim().to_owned(), rest);
    }
    let end = text.find('<').unwrap_or(text.len());
    let (own, rest) = text.split_at(end);
    (unescaped(own.trim()), rest)
}

fn unescaped(text: &str) -> String {
    let names = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    names
        .iter()
        .fold(text.to_owned(), |text, (name, is)| text.replace(name, is))
}

/// Where the reader stands within the file.
#[derive(Default)]
struct Statement {
    currency: Option<Currency>,
    entry: Option<Begun>,
    /// Within `<CURRENCY>`, whose code is the one that the amount is in; that of `<ORIGCURRENCY>` is not.
    in_currency: bool,
}

struct Begun {
    line: u64,
    date: Option<NaiveDate>,
    amount: Option<(Decimal, String, u64)>,
    currency: Option<Currency>,
    name: String,
    memo: String,
}

impl Statement {
    fn take(&mut self, tag: &Tag<'_>) -> Result<Option<Entry>, Refusal> {
        let name = tag.name.to_ascii_uppercase();
        let wrong = |wrong: Wrong| Refusal::at(tag.line, &name, wrong);
        let code = || {
            tag.value
                .parse()
                .map_err(|_| wrong(Wrong::NotACurrency(said(&tag.value))))
        };
        match (name.as_str(), tag.closes) {
            ("STMTTRN", true) => return self.entry.take().map(|begun| self.finish(begun)).transpose(),
            ("STMTTRN", false) => {
                self.in_currency = false;
                let begun = Begun {
                    line: tag.line,
                    date: None,
                    amount: None,
                    currency: None,
                    name: String::new(),
                    memo: String::new(),
                };
                if self.entry.replace(begun).is_some() {
                    return Err(wrong(Wrong::CutShort));
                }
            }
            ("CURRENCY", closes) => self.in_currency = !closes,
            ("CURDEF", false) => self.currency = Some(code()?),
            _ if tag.closes => {}
            _ => {
                let in_currency = self.in_currency;
                let Some(entry) = &mut self.entry else { return Ok(None) };
                match name.as_str() {
                    "DTPOSTED" => {
                        let day = day(&tag.value).ok_or_else(|| wrong(Wrong::NotADate(said(&tag.value))))?;
                        entry.date = Some(day);
                    }
                    "TRNAMT" => {
                        let amount = amount(&tag.value).ok_or_else(|| wrong(Wrong::NotAnAmount(said(&tag.value))))?;
                        entry.amount = Some((amount, said(&tag.value), tag.line));
                    }
                    "CURSYM" if in_currency => entry.currency = Some(code()?),
                    "NAME" => entry.name.clone_from(&tag.value),
                    "MEMO" => entry.memo.clone_from(&tag.value),
                    _ => {}
                }
            }
        }
        Ok(None)
    }

    fn finish(&self, begun: Begun) -> Result<Entry, Refusal> {
        let missing = |name: &str| Refusal::at(begun.line, name, Wrong::FieldMissing);
        let date = begun.date.ok_or_else(|| missing("DTPOSTED"))?;
        let (amount, written, line) = begun.amount.clone().ok_or_else(|| missing("TRNAMT"))?;
        let currency = begun.currency.or(self.currency).ok_or_else(|| missing("CURDEF"))?;
        if amount.scale() > currency.decimals() {
            return Err(Refusal::at(line, "TRNAMT", Wrong::TooFine(written)));
        }
        Ok(Entry {
            line: begun.line,
            date,
            amount: Money::new(amount, currency),
            said: said(&format!("{} {}", begun.name, begun.memo)),
        })
    }
}

/// `20261019`, `20261019120000.000[-5:EST]`: the day as it is written.
fn day(text: &str) -> Option<NaiveDate> {
    let (digits, rest) = text.split_at_checked(8)?;
    let fits = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit() || c == '[');
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    (fits && is_digits).then(|| NaiveDate::parse_from_str(digits, "%Y%m%d").ok())?
}

/// `-1234.56`, `+85,00`: one mark, no groups (OFX 2.3 §3.2.9.2).
fn amount(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_plain = unsigned
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',');
    let marks = unsigned.matches(['.', ',']).count();
    let has_digits = unsigned.bytes().any(|byte| byte.is_ascii_digit());
    if !is_plain || marks > 1 || !has_digits || unsigned.len() > 20 {
        return None;
    }
    let amount: Decimal = text.replace(',', ".").parse().ok()?;
    Some(amount.normalize())
}
