//! One result as one JSON line.

use serde_json::json;

/// A measured value against its peer or its bound; smaller is better.
pub struct Line<'a> {
    /// The bar, such as `P4`.
    pub bar: &'a str,
    /// What was measured.
    pub step: &'a str,
    /// The unit of `value` and `peer`.
    pub unit: &'a str,
    /// Ours.
    pub value: f64,
    /// The peer's name and value, when there is one.
    pub peer: Option<(&'a str, f64)>,
    /// The largest ratio to the peer, or the largest value without one.
    pub bound: f64,
}

impl Line<'_> {
    /// Prints the line.
    pub fn print(&self) {
        let ratio = self.peer.map(|(_, peer)| self.value / peer);
        let judged = ratio.unwrap_or(self.value);
        let line = json!({
            "bar": self.bar, "step": self.step, "unit": self.unit, "value": rounded(self.value),
            "peer_name": self.peer.map(|(name, _)| name), "peer": self.peer.map(|(_, peer)| rounded(peer)),
            "ratio": ratio.map(rounded), "bound": self.bound, "pass": judged <= self.bound,
        });
        println!("{line}");
    }
}

/// Prints a figure that has a bound of its own and no peer.
pub fn figure(bar: &str, step: &str, unit: &str, value: f64, bound: f64) {
    Line {
        bar,
        step,
        unit,
        value,
        peer: None,
        bound,
    }
    .print();
}

/// A bar that cannot be measured here, and why.
pub fn skipped(bar: &str, why: &str) {
    println!("{}", json!({"bar": bar, "skipped": why}));
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
