//! Help: what each flow does in NetSuite, and every error with its cause and cure.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Words;

/// What Help knows of the core.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Help {
    /// The flows, in the order in which they follow each other.
    pub flows: Vec<HelpFlow>,
    /// The errors, by code.
    pub codes: Vec<ErrorCode>,
}

/// What one flow does.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HelpFlow {
    /// Its id.
    pub id: String,
    /// The message id of its title.
    pub title: String,
    /// The message id of its promise.
    pub promise: String,
    /// The message id of what it will do in NetSuite.
    pub does: String,
}

/// One error code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ErrorCode {
    /// Its stable name.
    pub code: String,
    /// The ways in which it comes about.
    pub cases: Vec<ErrorCase>,
    /// The message ids of the buttons that cure it, the best first.
    pub cures: Vec<String>,
}

/// One way in which an error comes about, told of an order that does not exist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ErrorCase {
    /// What happened.
    pub what: Words,
    /// Why, and what helps.
    pub why: Words,
}
