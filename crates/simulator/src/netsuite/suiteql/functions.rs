//! The functions of NetSuite's dialect that the engine does not have, or has with inexact sums.

use chrono::{Duration, NaiveDateTime};
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::netsuite::kind::Kind;
use crate::netsuite::tables::{DATE_MARK, type_name};

/// A function that always has an answer.
type Sure = fn(&Context<'_>) -> Value;
/// A function that can refuse its arguments.
type Picky = fn(&Context<'_>) -> rusqlite::Result<Value>;

pub(in crate::netsuite) fn install(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let sure: [(&str, i32, Sure); 13] = [
        ("to_number", 1, |context| numeric(decimal(context.get_raw(0)))),
        ("nvl2", 3, |context| {
            value(context, if is_null(context, 0) { 2 } else { 1 })
        }),
        ("decode", -1, decode),
        ("trunc", 1, truncate),
        ("round", 1, |context| rounded(context, 0)),
        ("floor", 1, |context| {
            whole_number(context, RoundingStrategy::ToNegativeInfinity)
        }),
        ("ceil", 1, |context| {
            whole_number(context, RoundingStrategy::ToPositiveInfinity)
        }),
        ("mod", 2, remainder),
        ("greatest", -1, |context| extreme(context, true)),
        ("least", -1, |context| extreme(context, false)),
        ("ns_status", 2, status),
        ("ns_type", 1, |context| {
            kind_of(context).map_or(Value::Null, |kind| text(type_name(kind)))
        }),
        ("to_char", 1, |context| written(context, None)),
    ];
    for (name, arguments, body) in sure {
        connection.create_scalar_function(name, arguments, flags, move |context| Ok(body(context)))?;
    }
    let picky: [(&str, i32, Picky); 5] = [
        ("ns_day", 2, |context| {
            parsed(&context.get::<String>(0)?, &context.get::<String>(1)?)
        }),
        ("to_char", 2, |context| {
            Ok(written(context, Some(&context.get::<String>(1)?)))
        }),
        ("to_date", 2, to_date),
        ("round", 2, |context| Ok(rounded(context, context.get::<u32>(1)?))),
        ("ns_shift", 2, shift),
    ];
    for (name, arguments, body) in picky {
        connection.create_scalar_function(name, arguments, flags, body)?;
    }
    connection.create_aggregate_function("sum", 1, flags, Sum)
}

/// Adds decimals, not floats: a ledger that balances must balance here too.
struct Sum;

impl Aggregate<Decimal, Option<Value>> for Sum {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Decimal> {
        Ok(Decimal::ZERO)
    }

    fn step(&self, context: &mut Context<'_>, sum: &mut Decimal) -> rusqlite::Result<()> {
        *sum += decimal(context.get_raw(0)).unwrap_or_default();
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, sum: Option<Decimal>) -> rusqlite::Result<Option<Value>> {
        Ok(sum.map(|sum| numeric(Some(sum))))
    }
}

/// The exact number that the engine's nearest one stands for.
pub(super) fn decimal(raw: ValueRef<'_>) -> Option<Decimal> {
    match raw {
        ValueRef::Integer(whole) => Some(Decimal::from(whole)),
        ValueRef::Real(real) => Decimal::try_from(real).ok(),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes).ok()?.parse().ok(),
        _ => None,
    }
}

fn numeric(number: Option<Decimal>) -> Value {
    let Some(number) = number.map(|one| one.normalize()) else {
        return Value::Null;
    };
    match (number.scale(), number.to_i64(), number.to_f64()) {
        (0, Some(whole), _) => Value::Integer(whole),
        (_, _, Some(real)) => Value::Real(real),
        _ => Value::Null,
    }
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn value(context: &Context<'_>, at: usize) -> Value {
    Value::try_from(context.get_raw(at)).unwrap_or(Value::Null)
}

/// The value as an answer would show it.
fn shown(context: &Context<'_>, at: usize) -> Option<String> {
    super::shown(context.get_raw(at), super::US_DATE)
}

fn is_null(context: &Context<'_>, at: usize) -> bool {
    context.get_raw(at) == ValueRef::Null
}

fn date(context: &Context<'_>, at: usize) -> Option<NaiveDateTime> {
    let stored = context.get_raw(at).as_str().ok()?.strip_prefix(DATE_MARK)?;
    NaiveDateTime::parse_from_str(stored, "%Y-%m-%d %H:%M:%S").ok()
}

fn dated(at: NaiveDateTime) -> Value {
    Value::Text(format!("{DATE_MARK}{}", at.format("%Y-%m-%d %H:%M:%S")))
}

/// Oracle's date pictures in chrono's words.
fn picture(format: &str) -> String {
    let quoted: String = format
        .split('"')
        .enumerate()
        .map(|(part, text)| if part % 2 == 1 { text.to_owned() } else { pictured(text) })
        .collect();
    quoted
}

fn pictured(format: &str) -> String {
    let upper = format.to_uppercase();
    let pairs = [
        ("YYYY", "%Y"),
        ("HH24", "%H"),
        ("MI", "%M"),
        ("SS", "%S"),
        ("MM", "%m"),
        ("DD", "%d"),
        ("YY", "%y"),
    ];
    let mut out = String::new();
    let mut rest = upper.as_str();
    while let Some(first) = rest.chars().next() {
        if let Some((name, chrono)) = pairs.iter().find(|(name, _)| rest.starts_with(name)) {
            out.push_str(chrono);
            rest = &rest[name.len()..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

fn written(context: &Context<'_>, format: Option<&str>) -> Value {
    match (date(context, 0), format) {
        (Some(at), Some(format)) => text(&at.format(&picture(format)).to_string()),
        (Some(at), None) => text(&at.format(super::US_DATE).to_string()),
        (None, _) => shown(context, 0).map_or(Value::Null, Value::Text),
    }
}

fn to_date(context: &Context<'_>) -> rusqlite::Result<Value> {
    if is_null(context, 0) {
        return Ok(Value::Null);
    }
    parsed(&context.get::<String>(0)?, &picture(&context.get::<String>(1)?))
}

/// A date, or midnight of a day, read in chrono's format.
fn parsed(given: &str, format: &str) -> rusqlite::Result<Value> {
    let at = NaiveDateTime::parse_from_str(given, format).or_else(|_| {
        let day = chrono::NaiveDate::parse_from_str(given, format)?;
        Ok::<_, chrono::ParseError>(day.and_hms_opt(0, 0, 0).unwrap_or_default())
    });
    at.map(dated)
        .map_err(|_| rusqlite::Error::UserFunctionError(format!("{given} is not a date in the expected format").into()))
}

fn decode(context: &Context<'_>) -> Value {
    let mut at = 1;
    while at + 1 < context.len() {
        if context.get_raw(0) == context.get_raw(at) || shown(context, 0) == shown(context, at) {
            return value(context, at + 1);
        }
        at += 2;
    }
    if at < context.len() {
        value(context, at)
    } else {
        Value::Null
    }
}

fn truncate(context: &Context<'_>) -> Value {
    match date(context, 0) {
        Some(at) => dated(at.date().and_hms_opt(0, 0, 0).unwrap_or_default()),
        None => numeric(decimal(context.get_raw(0)).map(|one| one.trunc())),
    }
}

fn rounded(context: &Context<'_>, digits: u32) -> Value {
    let round = |one: Decimal| one.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    numeric(decimal(context.get_raw(0)).map(round))
}

fn whole_number(context: &Context<'_>, towards: RoundingStrategy) -> Value {
    numeric(decimal(context.get_raw(0)).map(|one| one.round_dp_with_strategy(0, towards)))
}

fn remainder(context: &Context<'_>) -> Value {
    let (left, right) = (decimal(context.get_raw(0)), decimal(context.get_raw(1)));
    numeric(left.zip(right).and_then(|(left, right)| left.checked_rem(right)))
}

fn extreme(context: &Context<'_>, greatest: bool) -> Value {
    let mut numbers: Vec<Option<Decimal>> = (0..context.len()).map(|at| decimal(context.get_raw(at))).collect();
    numbers.sort();
    numeric(
        if greatest {
            numbers.pop()
        } else {
            numbers.into_iter().next()
        }
        .flatten(),
    )
}

fn shift(context: &Context<'_>) -> rusqlite::Result<Value> {
    let days = context.get::<i64>(1)?;
    Ok(date(context, 0).map_or(Value::Null, |at| dated(at + Duration::days(days))))
}

/// The record type that a type code in the first argument names.
fn kind_of(context: &Context<'_>) -> Option<Kind> {
    let code = context.get_raw(0).as_str().ok()?;
    Kind::ALL.into_iter().find(|kind| kind.code() == Some(code))
}

fn status(context: &Context<'_>) -> Value {
    let Some(kind) = kind_of(context) else {
        return Value::Null;
    };
    let name = context
        .get_raw(1)
        .as_str()
        .ok()
        .and_then(|letter| kind.status_name(letter));
    name.map_or(Value::Null, |name| text(&format!("{} : {name}", type_name(kind))))
}
