//! One row of the review: a group of Amazon's lines side by side with what NetSuite has (SET-20, SET-21).

use domain::Money;
use domain::Text;
use domain::settlement::plan::{Outcome, Status, Tab};
use domain::settlement::{Group, group::Kind};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::gather::Settled;
use super::suggested::Suggestion;
use crate::flow::Remedy;

/// A group side by side with what NetSuite has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The group.
    pub id: String,
    /// The tab that it is listed in.
    pub tab: Tab,
    /// What it is.
    pub kind: Kind,
    /// `transaction-type`, or the fee's name where the lines are one kind of fee.
    pub title: String,
    /// Category keys of its lines.
    pub categories: Vec<String>,
    /// The order.
    pub order: Option<String>,
    /// Posted, ISO 8601.
    pub posted: Option<String>,
    /// SKUs.
    pub skus: Vec<String>,
    /// Amazon's amount: the buyer's part for orders and refunds, the whole for everything else.
    pub amazon: Money,
    /// What NetSuite has or will have of it.
    pub netsuite: Money,
    /// The NetSuite document that it was matched with.
    pub document: Option<String>,
    /// Why they belong together, or why not.
    pub reason: Text,
    /// Where it stands.
    pub status: Status,
    /// The problem's code, if it has one.
    pub code: Option<String>,
    /// The answer to offer, if any.
    pub remedy: Option<Remedy>,
    /// The invoice that it may belong to, where nothing was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<Suggestion>,
    /// Rows of the file in it.
    pub lines: usize,
    /// Where its lines stand in the file: runs of neighbours, each from a line (physical number and part) to a line.
    #[serde(default)]
    pub places: Vec<[(u64, u8); 2]>,
}

/// The row of a group.
pub(super) fn row(group: &Group, outcome: &Outcome, settled: &Settled, whole_rows: bool) -> Row {
    let currency = settled.stored.header.currency;
    let of_buyer = matches!(group.kind, Kind::Payment | Kind::Refund);
    let (amazon, netsuite) = match (of_buyer, outcome.status) {
        (true, _) => (outcome.customer, outcome.posted),
        (false, Status::InJournal | Status::NothingToPost | Status::PreGoLive) => (group.net(), group.net()),
        (false, _) => (group.net(), Decimal::ZERO),
    };
    let unique = |mut values: Vec<String>| {
        values.retain(|value| !value.is_empty());
        values.sort_unstable();
        values.dedup();
        values
    };
    Row {
        id: group.id.clone(),
        tab: outcome.tab,
        kind: group.kind,
        title: title(group),
        categories: unique(
            group
                .lines
                .iter()
                .map(|known| known.category.key().to_owned())
                .collect(),
        ),
        order: group.order.clone(),
        posted: group.posted.map(domain::settlement::Posted::iso),
        skus: unique(group.lines.iter().map(|known| known.line.sku.clone()).collect()),
        amazon: Money::new(amazon, currency),
        netsuite: Money::new(netsuite, currency),
        document: outcome.document.clone(),
        reason: outcome.reason.clone(),
        status: outcome.status,
        code: outcome.code.clone(),
        remedy: remedy(group, outcome),
        suggestion: settled.suggested.get(&group.id).cloned(),
        lines: group.lines.len(),
        places: places(group, whole_rows),
    }
}

/// A group's lines as runs of neighbours. Where a row of the file is one line (V2), rows that follow each other are
/// neighbours; where it holds several (V1), only the lines of one row are, since the others may belong elsewhere.
fn places(group: &Group, whole_rows: bool) -> Vec<[(u64, u8); 2]> {
    let mut runs: Vec<[(u64, u8); 2]> = Vec::new();
    for known in &group.lines {
        let (number, part) = (known.line.number, known.line.part);
        match runs.last_mut() {
            Some([_, last]) if whole_rows && last.0 + 1 == number => *last = (number, part),
            Some([_, last]) if last.0 == number && last.1 + 1 == part => *last = (number, part),
            _ => runs.push([(number, part); 2]),
        }
    }
    runs
}

/// What Amazon calls it: the transaction type, or the words of the line where all lines say the same.
pub(super) fn title(group: &Group) -> String {
    let Some(first) = group.lines.first() else {
        return group.transaction_type.clone();
    };
    match group.kind {
        Kind::Payment | Kind::Refund => group.transaction_type.clone(),
        Kind::Other | Kind::Balance => {
            let line = &first.line;
            let named_by_type = line.amount_description.to_lowercase().contains("fee") && line.amount_type.len() > 4;
            let generic = [
                "base fee",
                "tax on fee",
                "discount on fee",
                "transactiontotalamount",
                "",
            ];
            if generic.contains(&line.amount_description.to_lowercase().as_str())
                || (named_by_type && line.amount_type.to_lowercase().ends_with("fee"))
            {
                line.amount_type.clone()
            } else {
                line.amount_description.clone()
            }
        }
    }
}

fn remedy(group: &Group, outcome: &Outcome) -> Option<Remedy> {
    match (outcome.code.as_deref(), outcome.status) {
        (Some("LINE_UNMAPPED"), _) => group.lines.first().map(|known| Remedy::MapLine {
            triple: [
                known.line.transaction_type.clone(),
                known.line.amount_type.clone(),
                known.line.amount_description.clone(),
            ],
        }),
        (Some(_), _) | (None, Status::Waiting | Status::NeedsYou | Status::PartlyApplied) => Some(Remedy::Retry),
        (None, Status::Applied | Status::InJournal | Status::NothingToPost | Status::Excluded | Status::PreGoLive) => {
            None
        }
    }
}
