//! One row: a NetSuite field, where its value comes from, when the row counts, and what happens when it is empty.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value, json};

use crate::condition::Condition;
use crate::expression;
use crate::fault::{Fault, Why};
use crate::fields::{Fields, Place};
use crate::format::{self, Format, not_a};
use crate::path::{at, known, plain};
use crate::table::Table;
use crate::template;

/// One row of a mapping (CMN-28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Where the field stands.
    pub place: Place,
    /// NetSuite's field, by its REST name.
    pub field: String,
    /// How the value is written.
    pub shape: Shape,
    /// Where the value comes from.
    pub source: Source,
    /// When the row counts; nothing means always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// What happens when the value is empty.
    #[serde(default)]
    pub otherwise: Otherwise,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// As text.
    Text,
    /// As the internal id of a record.
    Record,
    /// As yes or no.
    Flag,
    /// As an exact decimal number.
    Number,
    /// As a calendar day.
    Date,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Source {
    /// The first of these fields that has a value, in a format.
    Field {
        /// Paths into the source: `order.purchase_order`, then `order.id`.
        paths: Vec<String>,
        /// What is done to the value.
        #[serde(default)]
        format: Format,
    },
    /// Always the same.
    Constant {
        /// The value.
        value: String,
    },
    /// Text with fields in braces.
    Text {
        /// Such as `Amazon {order.id}`.
        template: String,
    },
    /// A lookup table.
    Table(Table),
    /// One sandboxed expression (decision 8).
    Expression {
        /// Such as `if order.is_prime { "Prime" } else { "" }`.
        text: String,
    },
    /// The field is not sent at all.
    Omit,
}

/// What happens when a row's value is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "then")]
pub enum Otherwise {
    /// The next row that counts, of a wider scope at last the built-in one, fills the field.
    #[default]
    Inherit,
    /// The field is not sent.
    LeaveOut,
    /// This value is taken.
    Take {
        /// The value.
        value: String,
    },
    /// The record waits and a person is asked.
    Ask,
}

/// What a row comes to.
pub(crate) enum Came {
    /// The row does not count here, or leaves it to the next.
    Passed,
    /// A value, or that there shall be none.
    To(Option<Value>),
}

impl Row {
    /// What the row comes to for these values.
    pub(crate) fn apply(&self, source: &Value) -> Result<Came, Fault> {
        self.come(source).map_err(|why| self.fault(why))
    }

    /// Everything that is wrong with the row itself, in a record of these fields; `sample` has every path that there is.
    pub fn check(&self, fields: &Fields, sample: &Value) -> Vec<Fault> {
        let mut wrong = Vec::new();
        if !fields.may_map(self.place, &self.field) {
            wrong.push(Why::Locked);
        }
        let left_out = self.source == Source::Omit || self.otherwise == Otherwise::LeaveOut;
        if left_out && fields.needs(self.place, &self.field) {
            wrong.push(Why::Needed);
        }
        if let Some(condition) = &self.when {
            wrong.extend(condition.holds(sample).err());
        }
        wrong.extend(self.check_source(sample).err());
        wrong.into_iter().map(|why| self.fault(why)).collect()
    }

    fn check_source(&self, sample: &Value) -> Result<(), Why> {
        match &self.source {
            Source::Field { paths, format } => {
                if paths.is_empty() {
                    return Err(no_path(""));
                }
                paths.iter().try_for_each(|path| there(sample, path))?;
                format.check()
            }
            Source::Text { template } => template::render(template, sample).map(|_| ()),
            Source::Table(table) => there(sample, &table.path),
            Source::Expression { text } => expression::check(text),
            Source::Constant { value } => self.shaped(value).map(|_| ()),
            Source::Omit => Ok(()),
        }
    }

    fn fault(&self, why: Why) -> Fault {
        Fault {
            place: self.place,
            field: self.field.clone(),
            why,
        }
    }

    fn come(&self, source: &Value) -> Result<Came, Why> {
        if let Some(condition) = &self.when
            && !condition.holds(source)?
        {
            return Ok(Came::Passed);
        }
        if self.source == Source::Omit {
            return Ok(Came::To(None));
        }
        let text = self.text(source)?;
        if !text.trim().is_empty() {
            return Ok(Came::To(Some(self.shaped(&text)?)));
        }
        match &self.otherwise {
            Otherwise::Inherit => Ok(Came::Passed),
            Otherwise::LeaveOut => Ok(Came::To(None)),
            Otherwise::Take { value } if value.trim().is_empty() => Ok(Came::To(None)),
            Otherwise::Take { value } => Ok(Came::To(Some(self.shaped(value)?))),
            Otherwise::Ask => Err(Why::Empty),
        }
    }

    /// The value as text; empty when there is none.
    fn text(&self, source: &Value) -> Result<String, Why> {
        match &self.source {
            Source::Field { paths, format } => {
                paths.iter().try_for_each(|path| there(source, path))?;
                let found = paths.iter().find_map(|path| at(source, path));
                found.map_or(Ok(String::new()), |value| format.apply(value))
            }
            Source::Constant { value } => Ok(value.clone()),
            Source::Text { template } => template::render(template, source),
            Source::Table(table) => {
                there(source, &table.path)?;
                table.find(at(source, &table.path).map(plain).as_deref())
            }
            Source::Expression { text } => expression::eval(text, source),
            Source::Omit => Ok(String::new()),
        }
    }

    /// The text as NetSuite takes it in this shape.
    fn shaped(&self, text: &str) -> Result<Value, Why> {
        let wanted = text.trim();
        match self.shape {
            Shape::Text => Ok(Value::from(text)),
            // Internal ids are whole numbers; some lists of NetSuite use words (netsuite.md §5).
            Shape::Record
                if wanted
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter)) =>
            {
                Ok(json!({ "id": wanted }))
            }
            Shape::Record => Err(not_a("record", text)),
            Shape::Flag => match wanted.to_lowercase().as_str() {
                "true" | "yes" | "on" | "1" | "t" => Ok(Value::Bool(true)),
                "false" | "no" | "off" | "0" | "f" => Ok(Value::Bool(false)),
                _ => Err(not_a("flag", text)),
            },
            Shape::Number => wanted
                .parse::<Decimal>()
                .ok()
                .and_then(|number| number.to_string().parse::<Number>().ok())
                .map(Value::Number)
                .ok_or_else(|| not_a("number", text)),
            Shape::Date => Ok(Value::from(format::date(wanted)?.to_string())),
        }
    }
}

fn there(source: &Value, path: &str) -> Result<(), Why> {
    if known(source, path) {
        Ok(())
    } else {
        Err(no_path(path))
    }
}

fn no_path(path: &str) -> Why {
    Why::NoSuchPath { path: path.to_owned() }
}
