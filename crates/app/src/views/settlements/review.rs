//! The review: balance bar, waterfall, tabs, journal preview, checks.

use std::collections::BTreeMap;

use domain::settlement::plan::{JournalDraft, JournalLine, Status, Tab};
use domain::settlement::waterfall::Standing;
use domain::{Money, Text};
use flows::local::Stage;
use flows::settlements::{Row, Summary};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;
use store::{Reader, Store, archive, settings, steps};

use super::{Known, journal};
use crate::contract::{
    Amount, Bar, Check, Document, FileProof, JournalLineView, JournalView, PostingStep, Refusal, SettlementTab,
    SettlementView, State, Unexplained, WillWrite,
};
use crate::directory::ACCOUNTS;
use crate::views::documents::Pages;
use crate::views::small;

/// The tabs in their order.
const TABS: [(&str, Tab); 5] = [
    ("matched", Tab::Matched),
    ("unmatched", Tab::Unmatched),
    ("different", Tab::Different),
    ("fees", Tab::Fees),
    ("reserve", Tab::Reserve),
];

/// One settlement in full.
pub fn view(store: &Store, id: &str) -> Result<SettlementView, Refusal> {
    let known = Known::one(store, id)?;
    let summary = known.summary();
    let summary = summary.as_ref();
    let view = store.read(|db| {
        let pages = Pages::of(db)?;
        let steps = steps::of_group(db, id)?;
        let names = Names::of(settings::get(db, ACCOUNTS)?.as_ref());
        let why_not = engine::why_not(&engine::Judged {
            settlement: &known.stored,
            summary,
            posting: known.posting.as_ref(),
            steps: &steps,
        });
        Ok(SettlementView {
            settlement: known.row(db, &pages)?,
            fee_percent: summary.and_then(fee_percent),
            bars: summary.map(bars).unwrap_or_default(),
            tabs: summary.map(tabs).unwrap_or_default(),
            explained: summary.map(explained).unwrap_or_default(),
            unexplained: summary.map(unexplained).unwrap_or_default(),
            journals: match summary {
                Some(summary) => journals(db, &pages, summary, &names)?,
                None => Vec::new(),
            },
            checks: checks(&known, summary),
            will_write: summary.map(will_write).unwrap_or_default(),
            can_approve: why_not.is_empty(),
            why_not: why_not.into_iter().map(Into::into).collect(),
            can_undo: known.stage() == Stage::Posted,
            posting: match known.stage() {
                Stage::Open => Vec::new(),
                _ => progress(db, &pages, &steps)?,
            },
            documents: documents(db, &pages, &steps)?,
            warnings: Vec::new(),
            file: file(&known, archive::get(db, &known.stored.archive)?.as_ref()),
        })
    })?;
    Ok(view)
}

/// Lines of the file whose money stands somewhere in NetSuite or will after posting. A line without an account is not
/// one of them, whichever tab it is listed in.
fn explained(summary: &Summary) -> u32 {
    let open = |row: &&Row| {
        matches!(
            row.status,
            Status::Waiting | Status::NeedsYou | Status::PartlyApplied | Status::Excluded
        )
    };
    small(
        summary
            .rows
            .iter()
            .filter(|row| !open(row))
            .map(|row| row.lines)
            .sum::<usize>(),
    )
}

fn file(known: &Known, document: Option<&archive::Document>) -> FileProof {
    let stored = &known.stored;
    FileProof {
        name: document.map(|document| document.file_name.clone()).unwrap_or_default(),
        hash: document
            .map(|document| document.content_hash.clone())
            .unwrap_or_default(),
        rows: small(stored.rows),
        lines: small(stored.lines),
        declared: stored
            .header
            .declared_total
            .map(|total| Amount::of(total, stored.header.currency)),
        sum: stored.sum.into(),
        balanced: stored.balanced,
    }
}

/// Fees as a share of product sales, in percent with one decimal.
fn fee_percent(summary: &Summary) -> Option<String> {
    use domain::settlement::waterfall::Bar::ProductSales;
    let sales = summary
        .bars
        .iter()
        .find(|standing| standing.bar == ProductSales)?
        .amount;
    let fees: Decimal = summary.numbers.fees.values().sum();
    (!sales.is_zero()).then(|| format!("{:.1}", (-fees * Decimal::ONE_HUNDRED / sales).round_dp(1)))
}

fn bars(summary: &Summary) -> Vec<Bar> {
    let ends = summary.bars.iter().flat_map(|standing| [standing.from, standing.to]);
    let (low, high) = ends.fold((Decimal::ZERO, Decimal::ZERO), |(low, high), end| {
        (low.min(end), high.max(end))
    });
    let at = |amount: Decimal| {
        let span = high - low;
        if span.is_zero() {
            0
        } else {
            ((amount - low) * Decimal::from(10_000) / span)
                .round()
                .to_i32()
                .unwrap_or(0)
        }
    };
    let bar = |id: &str, standing: &Standing, total: bool| Bar {
        id: id.to_owned(),
        amount: Amount::of(if total { standing.to } else { standing.amount }, summary.currency),
        from: Amount::of(if total { Decimal::ZERO } else { standing.from }, summary.currency),
        to: Amount::of(standing.to, summary.currency),
        from_at: at(if total { Decimal::ZERO } else { standing.from }),
        to_at: at(standing.to),
        zero_at: at(Decimal::ZERO),
        total,
        lines: small(standing.lines),
    };
    let mut bars: Vec<Bar> = summary
        .bars
        .iter()
        .map(|standing| bar(standing.bar.id(), standing, false))
        .collect();
    bars.extend(summary.bars.last().map(|last| bar("deposit", last, true)));
    bars
}

fn tabs(summary: &Summary) -> Vec<SettlementTab> {
    TABS.map(|(id, tab)| {
        let (count, sum) = summary.numbers.tabs.get(&tab).copied().unwrap_or_default();
        SettlementTab {
            id: id.to_owned(),
            count,
            sum: Amount::of(sum, summary.currency),
        }
    })
    .to_vec()
}

fn unexplained(summary: &Summary) -> Vec<Unexplained> {
    let part = |part: &flows::settlements::Unexplained| Unexplained {
        what: part.what.clone().into(),
        amount: part.amount.into(),
        order: part.order.clone(),
    };
    summary.unexplained.iter().map(part).collect()
}

fn journals(db: &Reader<'_>, pages: &Pages, summary: &Summary, names: &Names) -> store::Result<Vec<JournalView>> {
    summary
        .journals
        .iter()
        .map(|draft| journal_view(db, pages, draft, summary, names))
        .collect()
}

fn journal_view(
    db: &Reader<'_>,
    pages: &Pages,
    draft: &JournalDraft,
    summary: &Summary,
    names: &Names,
) -> store::Result<JournalView> {
    let debits: Decimal = draft.lines.iter().filter_map(JournalLine::debit_side).sum();
    let credits: Decimal = draft.lines.iter().filter_map(JournalLine::credit_side).sum();
    let posted = summary
        .posted
        .iter()
        .find(|(external_id, _)| external_id == draft.external_id.as_str());
    Ok(JournalView {
        date: draft.date.to_string(),
        memo: draft.memo.clone(),
        currency: draft.currency.code().to_owned(),
        lines: draft
            .lines
            .iter()
            .map(|line| journal_line(line, draft, names))
            .collect(),
        total: Amount::of(debits.max(credits), draft.currency),
        balanced: draft.balanced.is_some(),
        document: match posted {
            Some((external_id, number)) => journal(db, pages, external_id, number)?,
            None => None,
        },
    })
}

fn journal_line(line: &JournalLine, draft: &JournalDraft, names: &Names) -> JournalLineView {
    let (number, name) = line.account.as_ref().and_then(|id| names.get(id)).unwrap_or_default();
    let side = |amount: Option<Decimal>| amount.map(|amount| Amount::of(amount, draft.currency));
    JournalLineView {
        account_number: number,
        account_name: if name.is_empty() { line.memo.clone() } else { name },
        debit: side(line.debit_side()),
        credit: side(line.credit_side()),
        open: line.open,
    }
}

/// The chart of accounts as it was last read: number and name by id.
struct Names(BTreeMap<String, (String, String)>);

impl Names {
    fn of(kept: Option<&Value>) -> Self {
        Self(
            kept.and_then(|kept| serde_json::from_value(kept.clone()).ok())
                .unwrap_or_default(),
        )
    }

    fn get(&self, id: &str) -> Option<(String, String)> {
        self.0.get(id).cloned()
    }
}

fn checks(known: &Known, summary: Option<&Summary>) -> Vec<Check> {
    let check = |id: &str, state: State| Check {
        what: Text::new(id).into(),
        state,
    };
    let told = |ok: bool| if ok { State::Done } else { State::NeedsYou };
    let balanced = summary.is_some_and(|summary| summary.journals.iter().all(|draft| draft.balanced.is_some()));
    let cleared = match summary.and_then(|summary| summary.clearing) {
        Some(left) if known.stage() == Stage::Posted => told(left.is_zero()),
        _ => State::Queued,
    };
    vec![
        check("check-file-adds-up", told(known.stored.balanced)),
        check("check-debits-equal-credits", told(balanced)),
        check("check-clearing-zero", cleared),
    ]
}

fn will_write(summary: &Summary) -> Vec<WillWrite> {
    let words = |what: &str| Text::new(format!("will-write-{}", what.replace('_', "-"))).into();
    summary
        .will_write
        .iter()
        .map(|(what, count)| WillWrite {
            what: words(what),
            count: *count,
        })
        .collect()
}

/// How far the writes of a posting are, kind by kind.
fn progress(db: &Reader<'_>, pages: &Pages, steps: &[steps::Step]) -> store::Result<Vec<PostingStep>> {
    let kinds = [
        ("payments", "settlement-payments"),
        ("refunds", "settlement-refunds"),
        ("journal", "settlement-journals"),
    ];
    kinds
        .into_iter()
        .map(|(id, flow)| progress_of(db, pages, id, steps.iter().filter(|step| step.flow == flow)))
        .collect()
}

fn progress_of<'a>(
    db: &Reader<'_>,
    pages: &Pages,
    id: &str,
    steps: impl Iterator<Item = &'a steps::Step>,
) -> store::Result<PostingStep> {
    let of_kind: Vec<&steps::Step> = steps
        .filter(|step| !matches!(step.state, steps::StepState::Withdrawn | steps::StepState::Undone))
        .collect();
    let is_done = |step: &&&steps::Step| step.state == steps::StepState::Done;
    let done = of_kind.iter().filter(is_done).count();
    let refused = of_kind.iter().any(|step| step.state == steps::StepState::Refused);
    let state = match (refused, done == of_kind.len(), done) {
        (true, ..) => State::NeedsYou,
        (false, true, _) => State::Done,
        (false, false, 0) => State::Queued,
        (false, false, _) => State::Running,
    };
    let last = of_kind.iter().rfind(is_done);
    Ok(PostingStep {
        id: id.to_owned(),
        state,
        done: small(done),
        total: small(of_kind.len()),
        document: match last {
            Some(step) => pages.named(db, &step.name)?,
            None => None,
        },
    })
}

/// The records that a posting made, by the numbers that NetSuite gave them.
fn documents(db: &Reader<'_>, pages: &Pages, steps: &[steps::Step]) -> store::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for step in steps.iter().filter(|step| step.state == steps::StepState::Done) {
        documents.extend(pages.named(db, &step.name)?);
    }
    Ok(documents)
}

/// The tab of a word, and the other way round.
pub(super) fn tab_named(id: &str) -> Option<Tab> {
    TABS.iter().find(|(known, _)| *known == id).map(|(_, tab)| *tab)
}

pub(super) fn tab_ids() -> impl Iterator<Item = (&'static str, Tab)> {
    TABS.into_iter()
}

/// Whether an amount is a credit to the seller.
pub(super) fn is_credit(amount: Money) -> bool {
    amount.amount > Decimal::ZERO
}
