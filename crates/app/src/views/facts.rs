//! Reading the facts that flows keep about their subjects.

use domain::Money;
use domain::text::Arg;
use serde_json::Value;

/// The facts of one decision, by name.
pub struct Facts(Vec<flows::Fact>);

impl Facts {
    /// Reads stored facts; unreadable ones count as absent.
    pub fn of(stored: &Value) -> Self {
        Self(serde_json::from_value(stored.clone()).unwrap_or_default())
    }

    fn get(&self, name: &str) -> Option<&Arg> {
        self.0.iter().find(|fact| fact.name == name).map(|fact| &fact.value)
    }

    /// What a person should know about the subject without being asked.
    pub fn notices(&self) -> impl Iterator<Item = &flows::Fact> {
        self.0.iter().filter(|fact| fact.name.starts_with("notice-"))
    }

    /// A text fact; empty when there is none.
    pub fn text(&self, name: &str) -> String {
        match self.get(name) {
            Some(Arg::Text(text)) => text.clone(),
            Some(Arg::Day(day)) => day.to_string(),
            Some(Arg::Instant(instant)) => instant.to_rfc3339(),
            Some(Arg::Count(count)) => count.to_string(),
            Some(Arg::Money(_)) | None => String::new(),
        }
    }

    /// A whole number; zero when there is none.
    pub fn count(&self, name: &str) -> u32 {
        match self.get(name) {
            Some(Arg::Count(count)) => u32::try_from(*count).unwrap_or(0),
            _ => 0,
        }
    }

    /// An amount.
    pub fn money(&self, name: &str) -> Option<Money> {
        match self.get(name) {
            Some(Arg::Money(money)) => Some(*money),
            _ => None,
        }
    }
}
