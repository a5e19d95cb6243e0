//! The processing report of a listings feed (Amazon's report schema, version 2).

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;
use wire::Misread;

use super::item::{Item, Severity, read_item};
use crate::orders::parse;

/// What Amazon says about a feed's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The feed.
    pub feed_id: String,
    /// What it objects to.
    pub issues: Vec<FeedIssue>,
    /// Its counts.
    pub summary: Summary,
    /// The listings, where the document asked for them and they could be read.
    pub items: Vec<Item>,
}

/// What Amazon objects to in a feed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedIssue {
    /// The message; nothing where it is about the whole document.
    pub message_id: Option<u64>,
    /// Its SKU.
    pub sku: Option<String>,
    /// Amazon's code.
    pub code: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// Amazon's words.
    pub message: String,
    /// The attribute that it is about.
    pub attribute_name: Option<String>,
}

/// A feed in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// Errors.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
    /// Messages that were looked at.
    pub messages_processed: u64,
    /// Messages that are being applied.
    pub messages_accepted: u64,
    /// Messages that are not.
    pub messages_invalid: u64,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is being applied, perhaps with warnings. That it took is seen by reading the listing back.
    Accepted(Vec<FeedIssue>),
    /// It is not applied, for these reasons.
    Refused(Vec<FeedIssue>),
    /// The report does not say: its counts and its issues do not fit what was sent. Only the listing itself tells.
    Untold,
}

impl Report {
    /// Reads a processing report.
    pub fn read(bytes: &[u8]) -> Result<Self, Misread> {
        #[derive(Deserialize)]
        struct Answer {
            header: Header,
            issues: Vec<FeedIssue>,
            summary: Summary,
            #[serde(default)]
            items: Vec<Value>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Header {
            feed_id: String,
        }
        let answer: Answer = parse(bytes, "the processing report of a listings feed")?;
        Ok(Self {
            feed_id: answer.header.feed_id,
            issues: answer.issues,
            summary: answer.summary,
            items: answer.items.iter().filter_map(|json| read_item(json).ok()).collect(),
        })
    }

    /// What became of each message, in the order of the document's SKUs.
    ///
    /// A message without an error is accepted only if the counts agree: as many processed as were sent, as many refused as
    /// have errors, and no error about the document as a whole.
    pub fn outcomes(&self, skus: &[String]) -> Vec<Outcome> {
        let mut said: HashMap<usize, Vec<FeedIssue>> = HashMap::new();
        let mut whole = false;
        for issue in &self.issues {
            match place(issue, skus) {
                Some(at) => said.entry(at).or_default().push(issue.clone()),
                None => whole |= issue.severity == Severity::Error,
            }
        }
        let refused = |issues: &Vec<FeedIssue>| issues.iter().any(|issue| issue.severity == Severity::Error);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let told = !whole
            && self.summary.messages_processed == count(skus.len())
            && self.summary.messages_invalid == count(said.values().filter(|issues| refused(issues)).count());
        let one = |at: usize| match said.remove(&at) {
            Some(issues) if refused(&issues) => Outcome::Refused(issues),
            issues if told => Outcome::Accepted(issues.unwrap_or_default()),
            _ => Outcome::Untold,
        };
        (0..skus.len()).map(one).collect()
    }
}

/// The message that an issue is about: by its number, else by its SKU.
fn place(issue: &FeedIssue, skus: &[String]) -> Option<usize> {
    let by_number = issue.message_id.and_then(|id| usize::try_from(id).ok()?.checked_sub(1));
    let by_sku = || skus.iter().position(|sku| Some(sku) == issue.sku.as_ref());
    by_number.filter(|at| *at < skus.len()).or_else(by_sku)
}
