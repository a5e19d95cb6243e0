//! The one expression of a row: text, decimals, `if` and `switch` over the source's values, and nothing else.
//!
//! It is bounded by what it may do rather than by a clock, so that the same order always comes to the same value: its
//! length, its operations and the size of what it makes keep the worst case far below the 10 milliseconds of
//! decision 8.

use std::sync::OnceLock;

use rhai::packages::{ArithmeticPackage, BasicStringPackage, LogicPackage, Package};
use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, Map, ParseErrorType, Scope};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use crate::fault::Why;
use crate::format;

/// The longest expression, in characters.
const LONGEST: usize = 2_000;
/// Steps of the engine. An expression has no loops, so only its length makes them many.
const OPERATIONS: u64 = 5_000;
/// The longest text that an expression may make, in bytes; NetSuite's longest free text is shorter.
const TEXT: usize = 4_000;
/// The longest list.
const LIST: usize = 500;
/// How deep parentheses may go.
const DEPTH: usize = 32;

/// Whether an expression is written correctly.
pub(crate) fn check(text: &str) -> Result<(), Why> {
    if text.chars().count() > LONGEST {
        return Err(Why::TooMuch);
    }
    engine()
        .compile_expression(text)
        .map(|_| ())
        .map_err(|error| match *error.0 {
            ParseErrorType::ExprTooDeep | ParseErrorType::LiteralTooLarge(..) => Why::TooMuch,
            _ => Why::Expression {
                said: error.to_string(),
            },
        })
}

/// What an expression comes to, as text. Nothing (`()`) is an empty text.
pub(crate) fn eval(text: &str, source: &Value) -> Result<String, Why> {
    check(text)?;
    let mut scope = Scope::new();
    if let Value::Object(parts) = source {
        for (name, part) in parts {
            scope.push_constant_dynamic(name.as_str(), dynamic(part));
        }
    }
    let result = engine()
        .eval_expression_with_scope::<Dynamic>(&mut scope, text)
        .map_err(|error| why(&error))?;
    Ok(words(&result))
}

fn why(error: &EvalAltResult) -> Why {
    match error {
        EvalAltResult::ErrorTooManyOperations(_)
        | EvalAltResult::ErrorDataTooLarge(..)
        | EvalAltResult::ErrorStackOverflow(_) => Why::TooMuch,
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => why(inner),
        other => Why::Expression {
            said: other.to_string(),
        },
    }
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut engine = Engine::new_raw();
        ArithmeticPackage::new().register_into_engine(&mut engine);
        LogicPackage::new().register_into_engine(&mut engine);
        BasicStringPackage::new().register_into_engine(&mut engine);
        engine
            .set_max_operations(OPERATIONS)
            .set_max_expr_depths(DEPTH)
            .set_max_string_size(TEXT)
            .set_max_array_size(LIST)
            .set_max_map_size(LIST)
            .set_fail_on_invalid_map_property(true);
        for word in ["eval", "print", "debug", "Fn", "call", "curry"] {
            engine.disable_symbol(word);
        }
        texts(&mut engine);
        values(&mut engine);
        engine
    })
}

type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// What can be done with text (CMN-28).
fn texts(engine: &mut Engine) {
    engine
        .register_fn("trim", |text: &str| text.trim().to_owned())
        .register_fn("upper", |text: &str| text.to_uppercase())
        .register_fn("lower", |text: &str| text.to_lowercase())
        .register_fn("digits", |text: &str| {
            text.chars().filter(char::is_ascii_digit).collect::<String>()
        })
        .register_fn("first", |text: &str, count: i64| {
            text.chars().take(size(count)).collect::<String>()
        })
        .register_fn("last", |text: &str, count: i64| format::last(text, size(count)))
        .register_fn("part", |text: &str, from: i64, count: i64| {
            text.chars().skip(size(from)).take(size(count)).collect::<String>()
        })
        .register_fn("contains", |text: &str, wanted: &str| text.contains(wanted))
        .register_fn("starts_with", |text: &str, wanted: &str| text.starts_with(wanted))
        .register_fn("ends_with", |text: &str, wanted: &str| text.ends_with(wanted))
        .register_fn("replace", replace)
        .register_fn("shift_days", shift_days);
}

/// What can be done with any value.
fn values(engine: &mut Engine) {
    engine
        .register_fn("empty", |value: Dynamic| words(&value).trim().is_empty())
        .register_fn("text", |value: Dynamic| words(&value))
        .register_fn("number", |text: &str| number(text))
        .register_fn("number", |whole: i64| Decimal::from(whole))
        .register_fn("number", |number: Decimal| number)
        .register_fn("round", |number: Decimal, places: i64| {
            let places = u32::try_from(places.clamp(0, 20)).unwrap_or_default();
            number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
        })
        .register_fn("count", |list: Array| i64::try_from(list.len()).unwrap_or(i64::MAX))
        .register_fn("join", |list: Array, separator: &str| {
            list.iter().map(words).collect::<Vec<_>>().join(separator)
        })
        .register_fn("coalesce", |one: Dynamic, two: Dynamic| coalesce([one, two]))
        .register_fn("coalesce", |one: Dynamic, two: Dynamic, three: Dynamic| {
            coalesce([one, two, three])
        })
        .register_fn(
            "coalesce",
            |one: Dynamic, two: Dynamic, three: Dynamic, four: Dynamic| coalesce([one, two, three, four]),
        );
}

fn size(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}

/// Refuses before the text is made: a short word replaced by a long one could grow without bound.
fn replace(text: &str, old: &str, new: &str) -> Outcome<ImmutableString> {
    if old.is_empty() {
        return Ok(text.into());
    }
    let grown = text.len() + text.matches(old).count() * new.len();
    if grown > TEXT {
        let place = rhai::Position::NONE;
        return Err(EvalAltResult::ErrorDataTooLarge("text".into(), place).into());
    }
    Ok(text.replace(old, new).into())
}

fn shift_days(text: &str, days: i64) -> Outcome<ImmutableString> {
    let wrong = || Box::<EvalAltResult>::from(format!("{text} is not a date"));
    let day = format::date(text).map_err(|_| wrong())?;
    let shifted = format::shifted(day, days).ok_or_else(wrong)?;
    Ok(shifted.to_string().into())
}

fn number(text: &str) -> Outcome<Decimal> {
    text.trim()
        .parse()
        .map_err(|_| format!("{text} is not a number").into())
}

fn coalesce<const COUNT: usize>(values: [Dynamic; COUNT]) -> Dynamic {
    let filled = |value: &Dynamic| !words(value).trim().is_empty();
    values.into_iter().find(filled).unwrap_or(Dynamic::UNIT)
}

/// A value of the source as the engine has it; numbers become whole numbers or decimals, never binary fractions.
fn dynamic(value: &Value) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(on) => (*on).into(),
        Value::Number(number) => {
            let text = number.to_string();
            let whole = text.parse::<i64>().ok().map(Dynamic::from);
            let decimal = || text.parse::<Decimal>().ok().map(Dynamic::from_decimal);
            whole.or_else(decimal).unwrap_or_else(|| text.into())
        }
        Value::String(text) => text.clone().into(),
        Value::Array(values) => values.iter().map(dynamic).collect::<Array>().into(),
        Value::Object(fields) => {
            let map: Map = fields
                .iter()
                .map(|(name, value)| (name.as_str().into(), dynamic(value)))
                .collect();
            map.into()
        }
    }
}

fn words(value: &Dynamic) -> String {
    if value.is_unit() {
        return String::new();
    }
    if let Some(list) = value.read_lock::<Array>() {
        return list.iter().map(words).collect::<Vec<_>>().join(", ");
    }
    if let Ok(number) = value.as_decimal() {
        return number.to_string();
    }
    value.to_string()
}
