//! Lookup tables: this value becomes that value.

use serde::{Deserialize, Serialize};

use crate::fault::Why;

/// A lookup table of a row (CMN-28).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Where the value that is looked for stands.
    pub path: String,
    /// The rows.
    pub rows: Vec<Pair>,
    /// What a value without a row becomes; empty means nothing.
    #[serde(default)]
    pub default: String,
    /// Fail when not exactly one result fits, instead of taking the default or the first.
    #[serde(default)]
    pub unique: bool,
}

/// From this to that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// The value that is looked for; capitals and spaces around it make no difference.
    pub from: String,
    /// What it becomes.
    pub to: String,
}

impl Table {
    /// What a value becomes. A value that is not there at all is no failure: there is nothing to look for.
    pub(crate) fn find(&self, value: Option<&str>) -> Result<String, Why> {
        let Some(value) = value else {
            return Ok(self.default.clone());
        };
        let wanted = value.trim().to_lowercase();
        let mut found = self.rows.iter().filter(|row| row.from.trim().to_lowercase() == wanted);
        let Some(first) = found.next() else {
            return if self.unique {
                Err(Why::NoMatch {
                    value: value.to_owned(),
                })
            } else {
                Ok(self.default.clone())
            };
        };
        if self.unique && found.any(|other| other.to != first.to) {
            return Err(Why::SeveralMatches {
                value: value.to_owned(),
            });
        }
        Ok(first.to.clone())
    }
}
