//! What a program costs: all its processes, found by the mark in their environment.

use std::fs;
use std::path::PathBuf;

use super::MARK;

/// Clock ticks in a second, as Linux tells processor time.
const TICKS: f64 = 100.0;

/// The folders under `/proc` of the processes that carry a mark.
pub fn marked(mark: &str) -> Vec<PathBuf> {
    let wanted = format!("{MARK}={mark}");
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let environment = fs::read(path.join("environ")).unwrap_or_default();
            environment
                .split(|byte| *byte == 0)
                .any(|variable| variable == wanted.as_bytes())
        })
        .collect()
}

/// Memory in megabytes: shared pages are counted once over all processes that share them (PSS).
pub fn megabytes(mark: &str) -> f64 {
    let kilobytes = |path: PathBuf| {
        let facts = fs::read_to_string(path.join("smaps_rollup")).unwrap_or_default();
        let line = facts.lines().find(|line| line.starts_with("Pss:")).unwrap_or_default();
        line.split_whitespace()
            .nth(1)
            .and_then(|number| number.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    marked(mark).into_iter().map(kilobytes).sum::<f64>() / 1024.0
}

/// Processor time so far in seconds, of all that are alive.
pub fn processor_seconds(mark: &str) -> f64 {
    let ticks = |path: PathBuf| {
        let facts = fs::read_to_string(path.join("stat")).unwrap_or_default();
        // `number (name) state parent …`: user and system time are the 12th and 13th after the name.
        let after = facts.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
        let numbers = after.split_whitespace().skip(11).take(2);
        numbers.filter_map(|number| number.parse::<f64>().ok()).sum::<f64>()
    };
    marked(mark).into_iter().map(ticks).sum::<f64>() / TICKS
}
