//! The functions of NetSuite's dialect that the engine does not have, or has with inexact sums.

use chrono::{Duration, NaiveDateTime};
use rusqlite::Connection;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::{Value, ValueRef};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::netsuite::kind::Kind;
use crate::netsuite::tables::{DATE_MARK, type_name};

type Answer = rusqlite::Result<Value>;

pub(in crate::netsuite) fn install(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let scalars: [(&str, i32, fn(&Context<'_>) -> Answer); 17] = [
        ("to_char", 1, to_char),
        ("to_char", 2, to_char),
        ("to_date", 2, to_date),
        ("to_number", 1, |context| Ok(numeric(decimal(context.get_raw(0))))),
        ("nvl2", 3, |context| {
            Ok(value(context, if is_null(context, 0) { 2 } else { 1 }))
        }),
        ("decode", -1, decode),
        ("trunc", 1, truncate),
        ("round", 1, |context| Ok(rounded(context, 0))),
        ("round", 2, |context| Ok(rounded(context, context.get::<u32>(1)?))),
        ("floor", 1, |context| {
            Ok(numeric(decimal(context.get_raw(0)).map(|one| one.floor())))
        }),
        ("ceil", 1, |context| {
            Ok(numeric(decimal(context.get_raw(0)).map(|one| one.ceil())))
        }),
        ("mod", 2, remainder),
        ("greatest", -1, |context| Ok(extreme(context, true))),
        ("least", -1, |context| Ok(extreme(context, false))),
        ("ns_shift", 2, shift),
        ("ns_status", 2, status),
        ("ns_type", 1, |context| {
            Ok(kind_of(context, 0).map_or(Value::Null, |kind| text(type_name(kind))))
        }),
    ];
    for (name, arguments, body) in scalars {
        connection.create_scalar_function(name, arguments, flags, move |context| body(context))?;
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

fn to_char(context: &Context<'_>) -> Answer {
    if is_null(context, 0) {
        return Ok(Value::Null);
    }
    match date(context, 0) {
        Some(at) if context.len() == 2 => Ok(text(
            &at.format(&picture(context.get::<String>(1)?.as_str())).to_string(),
        )),
        Some(at) => Ok(text(&at.format("%-m/%-d/%Y").to_string())),
        None => Ok(text(&shown(context, 0).unwrap_or_default())),
    }
}

fn to_date(context: &Context<'_>) -> Answer {
    if is_null(context, 0) {
        return Ok(Value::Null);
    }
    let (given, format) = (context.get::<String>(0)?, picture(&context.get::<String>(1)?));
    let parsed = NaiveDateTime::parse_from_str(&given, &format).or_else(|_| {
        chrono::NaiveDate::parse_from_str(&given, &format).map(|day| day.and_hms_opt(0, 0, 0).unwrap_or_default())
    });
    parsed
        .map(dated)
        .map_err(|_| rusqlite::Error::UserFunctionError(format!("the date {given} does not match the format").into()))
}

fn decode(context: &Context<'_>) -> Answer {
    let mut at = 1;
    while at + 1 < context.len() {
        if context.get_raw(0) == context.get_raw(at) || shown(context, 0) == shown(context, at) {
            return Ok(value(context, at + 1));
        }
        at += 2;
    }
    Ok(if at < context.len() {
        value(context, at)
    } else {
        Value::Null
    })
}

fn truncate(context: &Context<'_>) -> Answer {
    Ok(match date(context, 0) {
        Some(at) => dated(at.date().and_hms_opt(0, 0, 0).unwrap_or_default()),
        None => numeric(decimal(context.get_raw(0)).map(|one| one.trunc())),
    })
}

fn rounded(context: &Context<'_>, digits: u32) -> Value {
    let round = |one: Decimal| one.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    numeric(decimal(context.get_raw(0)).map(round))
}

fn remainder(context: &Context<'_>) -> Answer {
    let (left, right) = (decimal(context.get_raw(0)), decimal(context.get_raw(1)));
    Ok(numeric(
        left.zip(right).and_then(|(left, right)| left.checked_rem(right)),
    ))
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

fn shift(context: &Context<'_>) -> Answer {
    let days = context.get::<i64>(1)?;
    Ok(date(context, 0).map_or(Value::Null, |at| dated(at + Duration::days(days))))
}

fn kind_of(context: &Context<'_>, at: usize) -> Option<Kind> {
    let code = context.get_raw(at).as_str().ok()?;
    Kind::ALL.into_iter().find(|kind| kind.code() == Some(code))
}

fn status(context: &Context<'_>) -> Answer {
    let Some(kind) = kind_of(context, 0) else {
        return Ok(Value::Null);
    };
    let name = context
        .get_raw(1)
        .as_str()
        .ok()
        .and_then(|letter| kind.status_name(letter));
    Ok(name.map_or(Value::Null, |name| text(&format!("{} : {name}", type_name(kind)))))
}
