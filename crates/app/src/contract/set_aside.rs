//! Setting errors aside: for a while, or for good.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Words;

/// Leave subjects out, with a reason.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Exclude {
    /// The problems, by id; all of the cause when empty, and always when `always`.
    pub problems: Vec<String>,
    /// The cause.
    pub cause: String,
    /// The person's reason.
    pub reason: String,
    /// Leave each later record of the cause out as well.
    #[serde(default)]
    pub always: bool,
}

/// What was left out.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// The sentence of the toast.
    pub said: Words,
    /// What `undo_exclude` takes back, by id.
    pub act: String,
}

/// For how long a cause is put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SnoozeFor {
    /// An hour from now.
    Hour,
    /// Until eight o'clock of the next day.
    Tomorrow,
    /// Seven days from now.
    Week,
}

/// Put a cause off: until then it counts neither on Home nor in the tray.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Snooze {
    /// The cause.
    pub cause: String,
    /// For how long.
    pub lasts: SnoozeFor,
    /// The person's time zone, such as `Europe/Paris`: whose morning is meant.
    pub zone: String,
}
