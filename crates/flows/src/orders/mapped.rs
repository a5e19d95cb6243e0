//! The seller's own mapping of an order's record, applied to the planned body after the built-in fields (CMN-28 to
//! CMN-31). Amounts, items, customer, currency and the names that make a record exist once cannot be reached.

use ::mapping::{Fault, Given, Ladder, Level, Place};
use amazon::Order;
use chrono::NaiveDate;
use domain::Text;
use netsuite::Write;
use serde_json::{Map, Value, json};

use super::lines::Line;
use super::source;
use crate::flow::{Problem, Remedy};
use crate::rules::{Channel, Profile, Rules};

/// What rows gave to one order's record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapped {
    body: Given,
    /// One for each planned line.
    lines: Vec<Given>,
}

/// The flow whose mapping counts for a channel's orders.
pub fn form(channel: Channel) -> &'static str {
    match channel {
        Channel::Mfn => "mfn-orders",
        Channel::Fba => "fba-orders",
    }
}

/// The rows that count for a channel's orders of a marketplace.
pub fn ladder<'a>(channel: Channel, rules: &'a Rules, profile: &Profile) -> Ladder<'a> {
    rules.mappings.ladder(form(channel), &profile.id, &profile.account)
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
    let ladder = ladder(channel, rules, profile);
    if !ladder.maps(Place::Body) && !ladder.maps(Place::Line) {
        return Ok(Mapped::default());
    }
    let head = json!({ "order": source::of_order(order, channel, day, profile) });
    let mut faults: Vec<Fault> = Vec::new();
    let mut take = |given: Result<Given, Vec<Fault>>| {
        given.unwrap_or_else(|wrong| {
            faults.extend(wrong);
            Given::new()
        })
    };
    let body = take(ladder.fill(Place::Body, &head));
    let lines = if ladder.maps(Place::Line) {
        let each = lines.iter().map(|line| {
            let source = json!({ "order": head["order"], "line": source::of_planned(order, line) });
            take(ladder.fill(Place::Line, &source))
        });
        each.collect()
    } else {
        Vec::new()
    };
    if faults.is_empty() {
        return Ok(Mapped { body, lines });
    }
    // A row that fails on several lines is one question.
    faults.dedup_by(|one, other| one.place == other.place && one.field == other.field);
    Err(faults
        .iter()
        .map(|fault| problem(fault, form(channel), scope_of(fault, &ladder, profile), &profile.id))
        .collect())
}

/// Where the row stands that failed: the closest one for the field is the first that was asked.
fn scope_of<'a>(fault: &Fault, ladder: &Ladder<'_>, profile: &'a Profile) -> &'a str {
    let mut rows = ladder.rows(fault.place);
    match rows.find(|(_, row)| row.field == fault.field).map(|(level, _)| level) {
        Some(Level::Marketplace) => &profile.id,
        Some(Level::Account) => &profile.account,
        Some(Level::Workspace) | None => "",
    }
}

/// A row that cannot be applied: a person mends it, and all records that it held up go on (CMN-25).
fn problem(fault: &Fault, form: &str, scope: &str, marketplace: &str) -> Problem {
    let (place, field) = (fault.place.as_str(), fault.field.as_str());
    Problem {
        code: "MAPPING_FAILED".into(),
        cause: format!("MAPPING_FAILED:{form}:{place}:{field}"),
        what: Text::new("problem-mapping-failed").with("field", field),
        why: fault.why.text(),
        about: vec![
            ("field".into(), field.into()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: None,
        remedies: vec![
            Remedy::FixMapping {
                form: form.into(),
                place: place.into(),
                field: field.into(),
                scope: scope.into(),
            },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    }
}

impl Mapped {
    /// Whether a row fills this field of the body with a value.
    pub fn fills(&self, field: &str) -> bool {
        self.body.get(field).is_some_and(Option::is_some)
    }

    /// A planned write with the rows' fields put over its own.
    pub fn onto(&self, mut write: Write) -> Write {
        if let Write::Create {
            body: Value::Object(body),
            ..
        } = &mut write
        {
            put(body, &self.body);
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

fn put(fields: &mut Map<String, Value>, given: &Given) {
    for (name, value) in given {
        match value {
            Some(value) => {
                fields.insert(name.clone(), value.clone());
            }
            None => {
                fields.shift_remove(name);
            }
        }
    }
}
