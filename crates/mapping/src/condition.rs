//! When a row counts: by channel, SKU prefix, programme, or whether a field is filled (CMN-28, CMN-31).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fault::Why;
use crate::path::{at, known, plain};

/// A row counts only while this is true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The field that is looked at.
    pub path: String,
    /// How.
    pub test: Test,
    /// What it is compared with; several values of `is_one_of` stand between commas.
    #[serde(default)]
    pub value: String,
}

/// How a field is looked at. Capitals make no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// It is this.
    Is,
    /// It is anything else, or nothing.
    IsNot,
    /// It is one of these.
    IsOneOf,
    /// It begins with this.
    StartsWith,
    /// It contains this.
    Contains,
    /// Something stands there.
    IsFilled,
    /// Nothing stands there.
    IsEmpty,
}

impl Test {
    /// All, in the order in which a screen offers them.
    pub const ALL: &'static [Self] = &[
        Self::Is,
        Self::IsNot,
        Self::IsOneOf,
        Self::StartsWith,
        Self::Contains,
        Self::IsFilled,
        Self::IsEmpty,
    ];
}

impl Condition {
    /// Whether it is true of these values.
    pub(crate) fn holds(&self, source: &Value) -> Result<bool, Why> {
        if !known(source, &self.path) {
            return Err(Why::NoSuchPath {
                path: self.path.clone(),
            });
        }
        let found = at(source, &self.path).map(|value| plain(value).to_lowercase());
        let wanted = self.value.trim().to_lowercase();
        let there = |test: &dyn Fn(&str) -> bool| found.as_deref().is_some_and(test);
        Ok(match self.test {
            Test::Is => there(&|value| value == wanted),
            Test::IsNot => !there(&|value| value == wanted),
            Test::IsOneOf => there(&|value| wanted.split(',').any(|one| one.trim() == value)),
            Test::StartsWith => there(&|value| value.starts_with(&wanted)),
            Test::Contains => there(&|value| value.contains(&wanted)),
            Test::IsFilled => found.is_some(),
            Test::IsEmpty => found.is_none(),
        })
    }
}
