//! What test runners print, turned into numbers.

use std::fmt;

/// How a suite ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Tests that ran and held.
    pub passed: u32,
    /// Tests that did not hold, and suites that could not run.
    pub failed: u32,
    /// Tests that said why they did not run.
    pub skipped: u32,
    /// What else a reader wants to know: seeds, kills, reasons for skipping.
    pub notes: Vec<String>,
}

impl fmt::Display for Totals {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{} passed, {} failed, {} skipped",
            self.passed, self.failed, self.skipped
        )
    }
}

impl std::ops::AddAssign<&Totals> for Totals {
    fn add_assign(&mut self, other: &Totals) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Reads the output of Rust's own test runner with `--show-output`.
#[derive(Default)]
pub struct Rust {
    /// The numbers so far.
    pub totals: Totals,
    /// The names of the tests that held.
    pub held: Vec<String>,
    in_successes: bool,
    said_skipped: bool,
    skipping: u32,
    /// The test whose output is being read.
    speaking: String,
}

impl Rust {
    /// One line of output; answers whether a person should see it.
    pub fn hear(&mut self, line: &str) -> bool {
        if let Some(name) = line.strip_prefix("test ").and_then(|line| line.strip_suffix(" ... ok")) {
            self.held.push(name.to_owned());
        }
        if line == "successes:" {
            self.in_successes = true;
            return false;
        }
        if line == "failures:" {
            self.in_successes = false;
            return true;
        }
        if let Some(result) = line.strip_prefix("test result: ") {
            self.in_successes = false;
            // A test that printed why it cannot run here is reported as passed by the runner.
            self.totals.passed += before(result, " passed").saturating_sub(self.skipping);
            self.totals.skipped += std::mem::take(&mut self.skipping);
            self.totals.failed += before(result, " failed");
            self.totals.skipped += before(result, " ignored");
            return before(result, " passed") + before(result, " failed") > 0;
        }
        if let Some(test) = line.strip_prefix("---- ") {
            self.said_skipped = false;
            test.trim_end_matches(" stdout ----").clone_into(&mut self.speaking);
        }
        if self.in_successes {
            self.hear_success(line);
            return false;
        }
        !(line.is_empty() || line.ends_with("... ok") || line.starts_with("running "))
    }

    fn hear_success(&mut self, line: &str) {
        let line = line.trim();
        if line.starts_with("kills: ") || line.starts_with("storm: ") {
            self.totals.notes.push(line.to_owned());
        }
        if line.starts_with("skipped: ") && !self.said_skipped {
            self.said_skipped = true;
            self.skipping += 1;
            // The runner calls it ok; it held nothing.
            self.held.retain(|test| *test != self.speaking);
            if !self.totals.notes.iter().any(|note| note == line) {
                self.totals.notes.push(line.to_owned());
            }
        }
    }
}

/// Adds one line of Vitest's or Playwright's summary, such as `12 passed (3.4s)` or `Tests  1 failed | 11 passed (12)`.
pub fn hear_browser(totals: &mut Totals, line: &str) {
    let line = plain(line);
    let line = line.trim();
    let summary = line.strip_prefix("Tests ").unwrap_or(line);
    let is_vitest = summary.len() < line.len();
    let is_playwright = line.split_once(' ').is_some_and(|(number, rest)| {
        number.parse::<u32>().is_ok()
            && ["passed", "failed", "skipped", "flaky", "did not run"]
                .iter()
                .any(|word| rest.starts_with(word))
    });
    if !(is_vitest || is_playwright) {
        return;
    }
    totals.passed += before(summary, " passed");
    totals.failed += before(summary, " failed") + before(summary, " flaky") + before(summary, " did not run");
    totals.skipped += before(summary, " skipped") + before(summary, " todo");
}

/// The whole number that stands right before `word`.
fn before(text: &str, word: &str) -> u32 {
    let Some(end) = text.find(word) else { return 0 };
    let digits: String = text[..end].chars().rev().take_while(char::is_ascii_digit).collect();
    digits.chars().rev().collect::<String>().parse().unwrap_or(0)
}

/// The line without terminal colours.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_results_add_up_and_a_test_that_says_skipped_counts_as_skipped() {
        let printed = "running 3 tests\ntest a ... ok\ntest b ... ok\ntest c ... ok\n\nsuccesses:\n\n---- b stdout ----\n\
                       skipped: no published models here\nskipped: no published models here\n\n---- c stdout ----\nkills: 20\nstorm: 200 seeds\n\n\
                       successes:\n    a\n    b\n\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                       failures:\n    d\ntest result: FAILED. 1 passed; 2 failed; 0 ignored";
        let mut rust = Rust::default();
        for line in printed.lines() {
            rust.hear(line);
        }
        assert_eq!(rust.totals.to_string(), "3 passed, 2 failed, 2 skipped");
        let notes = ["skipped: no published models here", "kills: 20", "storm: 200 seeds"];
        assert_eq!(rust.totals.notes, notes);
        assert_eq!(rust.held, ["a", "c"], "a test that was skipped did not hold");
    }

    #[test]
    fn browser_summaries_are_read_with_and_without_colours() {
        let mut totals = Totals::default();
        for line in [
            " Test Files  3 passed (3)",
            "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m1 failed\u{1b}[22m | 11 passed | 2 skipped (14)",
            "  7 passed (12.3s)",
            "  1 flaky",
            "  2 did not run",
            "  ✓  3 orders.spec.ts › 9 passed rows are shown (1s)",
        ] {
            hear_browser(&mut totals, line);
        }
        assert_eq!(totals.to_string(), "18 passed, 4 failed, 2 skipped");
    }
}
