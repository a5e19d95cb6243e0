//! Why a row could not be applied, in words that a person can act on.

use domain::Text;
use serde::{Deserialize, Serialize};

use crate::fields::Place;

/// A row that cannot be applied, or cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where the field stands.
    pub place: Place,
    /// NetSuite's field.
    pub field: String,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// The field is locked, or no field that a row may name (CMN-29).
    Locked,
    /// The source does not have this path.
    NoSuchPath {
        /// The path.
        path: String,
    },
    /// The row asks when it comes out empty, and it did.
    Empty,
    /// The service refuses the record without this field, and the row would leave it out.
    Needed,
    /// The line stands below a kit, and how NetSuite will number it is not known before the order is there.
    BelowKit,
    /// The table has no row for this value, and is switched to fail (CMN-28).
    NoMatch {
        /// The value that was looked for.
        value: String,
    },
    /// The table has rows that disagree about this value.
    SeveralMatches {
        /// The value that was looked for.
        value: String,
    },
    /// The value cannot be written as a record's id, a number, a date or yes and no.
    NotA {
        /// `record`, `number`, `date` or `flag`.
        shape: String,
        /// The value.
        value: String,
    },
    /// The expression or text is not written correctly, or cannot be computed.
    Expression {
        /// The engine's own words.
        said: String,
    },
    /// The expression takes more than its bounds allow.
    TooMuch,
}

impl Why {
    /// The sentence that the screen shows under the field.
    pub fn text(&self) -> Text {
        match self {
            Self::Locked => Text::new("mapping-fault-locked"),
            Self::NoSuchPath { path } => Text::new("mapping-fault-no-such-path").with("path", path.as_str()),
            Self::Empty => Text::new("mapping-fault-empty"),
            Self::Needed => Text::new("mapping-fault-needed"),
            Self::BelowKit => Text::new("mapping-fault-below-kit"),
            Self::NoMatch { value } => Text::new("mapping-fault-no-match").with("value", value.as_str()),
            Self::SeveralMatches { value } => Text::new("mapping-fault-several-matches").with("value", value.as_str()),
            Self::NotA { shape, value } => {
                Text::new(format!("mapping-fault-not-a-{shape}")).with("value", value.as_str())
            }
            Self::Expression { said } => Text::new("mapping-fault-expression").with("said", said.as_str()),
            Self::TooMuch => Text::new("mapping-fault-too-much"),
        }
    }
}
