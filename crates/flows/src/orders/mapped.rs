//! The seller's own mapping of an order's record, applied to the planned body after the built-in fields (CMN-28 to
//! CMN-31). Amounts, items, customer, currency and the names that make a record exist once cannot be reached.

use ::mapping::{Fault, Given, Place};
use amazon::Order;
use chrono::NaiveDate;
use netsuite::Write;
use serde_json::{Value, json};

use super::lines::Line;
use super::target;
use crate::flow::Problem;
use crate::rules::{Channel, Profile, Rules};
use crate::targets::{onto, order as source, put};

/// What rows gave to one order's record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapped {
    body: Given,
    /// One for each planned line.
    lines: Vec<Given>,
}

/// Applies the rows to an order and its planned lines, or asks about every row that cannot be applied.
pub fn map(
    order: &Order,
    lines: &[Line],
    channel: Channel,
    day: NaiveDate,
    rules: &Rules,
    profile: &Profile,
) -> Result<Mapped, Vec<Problem>> {
    let target = target::of(channel);
    let ladder = target.ladder(rules, profile);
    if !ladder.maps(Place::Body) && !ladder.maps(Place::Line) {
        return Ok(Mapped::default());
    }
    let head = json!({ "order": source::of(order, channel, day, profile) });
    let mut faults: Vec<Fault> = Vec::new();
    let mut take = |given: Result<Given, Vec<Fault>>| {
        given.unwrap_or_else(|wrong| {
            faults.extend(wrong);
            Given::new()
        })
    };
    let body = take(target.given(Place::Body, &head, rules, profile));
    let lines = if ladder.maps(Place::Line) {
        let each = lines.iter().map(|line| {
            let item = line.of.and_then(|index| order.items.get(index));
            let source = json!({ "order": head["order"], "line": source::of_line(line.kind, item) });
            take(target.given(Place::Line, &source, rules, profile))
        });
        each.collect()
    } else {
        Vec::new()
    };
    if faults.is_empty() {
        return Ok(Mapped { body, lines });
    }
    Err(target.problems(faults, rules, profile))
}

impl Mapped {
    /// Whether a row fills this field of the body with a value.
    pub fn fills(&self, field: &str) -> bool {
        self.body.get(field).is_some_and(Option::is_some)
    }

    /// A planned write with the rows' fields put over its own.
    pub fn onto(&self, write: Write) -> Write {
        let mut write = onto(write, &self.body);
        if let Write::Create {
            body: Value::Object(body),
            ..
        } = &mut write
        {
            let lines = body.get_mut("item").and_then(|item| item.get_mut("items"));
            let lines = lines.and_then(Value::as_array_mut).into_iter().flatten();
            for (line, given) in lines.zip(&self.lines) {
                if let Value::Object(line) = line {
                    put(line, given);
                }
            }
        }
        write
    }
}
