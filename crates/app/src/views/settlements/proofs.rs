//! What else is said of a settlement's file: its chain, unusual signs, what it lacks (SET-09, SET-10, SET-13).

use domain::settlement::Category;
use domain::settlement::chain::{Break, Finding};
use domain::settlement::plan::Balancing;
use flows::local::Stage;
use flows::settlements::Summary;
use store::settlement_choices::{BALANCING_LINE, GAP_ACCEPTED};

use super::Known;
use super::review::chosen;
use crate::contract::{AddedLine, Amount, BalancingCategory, ChainFinding, MissingView, ProofsView, UnusualLines};

pub(super) fn of(known: &Known, summary: Option<&Summary>) -> ProofsView {
    let chain = summary.map(|summary| summary.chain.as_slice()).unwrap_or_default();
    let gap = chain.iter().find(|finding| finding.code.is_some());
    let accepted = known.choice(GAP_ACCEPTED);
    ProofsView {
        gap_accepted: accepted
            .filter(|choice| gap.is_some_and(|gap| choice.value["previous"] == gap.previous.as_str()))
            .map(chosen),
        chain: chain.iter().map(finding).collect(),
        unusual: summary.map(unusual).unwrap_or_default(),
        missing: missing(known, summary),
    }
}

fn finding(finding: &Finding) -> ChainFinding {
    ChainFinding {
        kind: match finding.kind {
            Break::Gap => "gap",
            Break::Overlap => "overlap",
            Break::Reserve => "reserve",
            Break::Debt => "debt",
        }
        .to_owned(),
        what: finding.what.clone().into(),
        off: finding.off.map(Into::into),
    }
}

fn unusual(summary: &Summary) -> Vec<UnusualLines> {
    let lines = summary.numbers.unusual.iter();
    lines
        .map(|(category, (count, amount))| UnusualLines {
            category: title(category),
            count: *count,
            amount: Amount::of(*amount, summary.currency),
        })
        .collect()
}

fn title(category: &str) -> String {
    format!("line-category-{category}")
}

fn missing(known: &Known, summary: Option<&Summary>) -> Option<MissingView> {
    let amount = engine::missing(&known.stored)?;
    let likely = summary.and_then(|summary| summary.likely.clone());
    let choice = known
        .choice(BALANCING_LINE)
        .filter(|_| engine::adds_up(&known.stored, &known.choices));
    let added = choice.and_then(|choice| {
        let line: Balancing = serde_json::from_value(choice.value.clone()).ok()?;
        Some(AddedLine {
            category: title(line.category.key()),
            said: chosen(choice),
        })
    });
    Some(MissingView {
        amount: Amount::of(amount, known.currency()),
        proposed: likely
            .as_ref()
            .map_or(Category::Reserve, |(_, category)| *category)
            .key()
            .to_owned(),
        likely: likely.map(|(text, _)| text.into()),
        categories: categories().map(category).collect(),
        added,
        can_add: matches!(known.stage(), Stage::Open | Stage::Undone),
    })
}

/// What a line by hand may be.
pub(crate) fn categories() -> impl Iterator<Item = Category> {
    Category::ALL.iter().copied().filter(|one| Balancing::may_be(*one))
}

fn category(category: Category) -> BalancingCategory {
    BalancingCategory {
        id: category.key().to_owned(),
        title: title(category.key()),
        needs_account: category.account().is_empty(),
    }
}
