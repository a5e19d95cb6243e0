//! The review: balance bar, waterfall, tabs, journal preview, checks.

use std::collections::BTreeMap;

use domain::Text;
use domain::finances::witness::Witness;
use domain::settlement::plan::{JournalDraft, JournalLine, Tab};
use domain::settlement::waterfall::Standing;
use flows::local::Stage;
use flows::settlements::Summary;
use rust_decimal::Decimal;
use serde_json::Value;
use store::{
    Reader, Store, archive, postings, problems, row_choices, settings, settlement_choices, settlement_rows, steps,
};

use super::{Known, bank, journal, place, proofs, reissue};
use crate::contract::{
    Amount, Bar, Check, ChoiceView, Document, FileProof, JournalLineView, JournalView, PostingStep, Refusal,
    RevisionView, SettlementTab, SettlementView, State, Unexplained, VarianceView, WillWrite, Words,
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
            stage: known.stage(),
            choices: &known.choices,
            steps: &steps,
        });
        let undo = steps::of_group(db, &engine::undo_hold(id))?;
        let refused = refused(db, &steps, &undo)?;
        Ok(SettlementView {
            settlement: known.row(db, &pages)?,
            fee_percent: summary.and_then(fee_percent),
            bars: summary.map(bars).unwrap_or_default(),
            tabs: summary.map(tabs).unwrap_or_default(),
            explained: summary.map_or(0, |summary| small(summary.numbers.explained)),
            unexplained: summary.map(unexplained).unwrap_or_default(),
            journals: match summary {
                Some(summary) => journals(db, &pages, summary, &names)?,
                None => Vec::new(),
            },
            checks: checks(&known, summary),
            will_write: summary.map(will_write).unwrap_or_default(),
            can_approve: why_not.is_empty(),
            why_not: why_not.into_iter().map(Into::into).collect(),
            late: summary.and_then(|summary| late(&known, summary)),
            can_undo: can_undo(&known, &steps, &refused),
            posting: match known.stage() {
                Stage::Open => Vec::new(),
                Stage::Undoing => undoing(&undo, &refused),
                _ => progress(db, &pages, &steps, &refused)?,
            },
            variance: variance(db, &known, summary)?,
            revisions: revisions(db, id)?,
            closed: known.choice(settlement_choices::CLOSED).map(chosen),
            can_close: !matches!(known.stage(), Stage::Approved | Stage::Undoing | Stage::Closed),
            documents: documents(db, &pages, &steps)?,
            bank: bank::view(db, &pages, &known, summary)?,
            warnings: Vec::new(),
            proofs: proofs::of(&known, summary),
            reissues: reissue::all(db, &known)?,
            exact: small(left_to_accept(db, id)?),
            later: small(row_choices::count(db, id, row_choices::LATER)?),
            file: file(&known, archive::get(db, &known.stored.archive)?.as_ref()),
        })
    })?;
    Ok(view)
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
        layout: stored.layout.clone(),
        encoding: stored.encoding.clone(),
        decimal_comma: stored.decimal_comma,
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
    let at = |amount| place(amount, low, high);
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
pub(crate) struct Names(BTreeMap<String, (String, String)>);

impl Names {
    pub(crate) fn of(kept: Option<&Value>) -> Self {
        Self(
            kept.and_then(|kept| serde_json::from_value(kept.clone()).ok())
                .unwrap_or_default(),
        )
    }

    pub(crate) fn get(&self, id: &str) -> Option<(String, String)> {
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
    let mut all = vec![
        // What a person added is no proof of Amazon's.
        check(
            "check-file-adds-up",
            match (known.stored.balanced, known.adds_up()) {
                (false, true) => State::Approved,
                (balanced, _) => told(balanced),
            },
        ),
        check("check-debits-equal-credits", told(balanced)),
        check("check-clearing-zero", cleared),
    ];
    all.extend(
        summary
            .and_then(|summary| summary.witness)
            .map(|witness| finances_check(&witness)),
    );
    all
}

/// Amazon's second telling of the settlement (amazon-sp-api.md §8.5): a difference is shown, and in nobody's way.
fn finances_check(witness: &Witness) -> Check {
    let count = i64::from(witness.transactions);
    let (id, state) = if witness.difference.is_zero() {
        ("check-finances-agrees", State::Done)
    } else {
        ("check-finances-differs", State::Check)
    };
    let what = Text::new(id)
        .with("count", count)
        .with("total", witness.total)
        .with("difference", witness.difference);
    Check {
        what: what.into(),
        state,
    }
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

/// The writes that NetSuite refused, each with the cause of its error.
type Refused = BTreeMap<String, String>;

fn refused(db: &Reader<'_>, steps: &[steps::Step], undo: &[steps::Step]) -> store::Result<Refused> {
    let mut refused = Refused::new();
    for step in steps
        .iter()
        .chain(undo)
        .filter(|step| step.state == steps::StepState::Refused)
    {
        for problem in problems::open_about(db, &step.flow, &step.account, &step.key)? {
            if problem.step.as_ref() == Some(&step.name) {
                refused.insert(step.name.clone(), problem.cause);
            }
        }
    }
    Ok(refused)
}

/// What of an accepted difference was matched since the settlement was posted (SET-58).
fn late(known: &Known, summary: &Summary) -> Option<Words> {
    let amount = summary.late.filter(|_| known.stage() == Stage::Posted)?;
    Some(Text::new("late-matched").with("amount", amount).into())
}

/// What is in the books can be taken back, and so can a posting or an undo that stopped half way.
fn can_undo(known: &Known, steps: &[steps::Step], refused: &Refused) -> bool {
    let stopped = steps.iter().any(|step| step.state == steps::StepState::Refused) || !refused.is_empty();
    match known.stage() {
        Stage::Posted => true,
        Stage::Approved | Stage::Undoing => stopped,
        Stage::Open | Stage::Undone | Stage::Closed => false,
    }
}

/// How far an undo is.
fn undoing(steps: &[steps::Step], refused: &Refused) -> Vec<PostingStep> {
    let of_now = || steps.iter().filter(|step| step.state != steps::StepState::Withdrawn);
    let done = of_now().filter(|step| step.state == steps::StepState::Done).count();
    let cause = of_now().find_map(|step| refused.get(&step.name).cloned());
    let stopped = of_now().any(|step| step.state == steps::StepState::Refused);
    vec![PostingStep {
        id: "undo".to_owned(),
        state: if stopped { State::NeedsYou } else { State::Running },
        done: small(done),
        total: small(of_now().count()),
        document: None,
        cause,
    }]
}

/// Rows that match exactly and that nobody has accepted yet.
fn left_to_accept(db: &Reader<'_>, id: &str) -> store::Result<u64> {
    let all = settlement_rows::count(db, id, "matched")?;
    Ok(all.saturating_sub(row_choices::accepted_in(db, id, "matched")?))
}

/// What stands of the difference, and what a person said about it.
fn variance(db: &Reader<'_>, known: &Known, summary: Option<&Summary>) -> store::Result<VarianceView> {
    let is_open = matches!(known.stage(), Stage::Open | Stage::Undone);
    let Some(summary) = summary else {
        return Ok(VarianceView {
            weight: "none".to_owned(),
            accepted: None,
            can_accept: false,
        });
    };
    let accepted = engine::accepted(summary, &known.choices).is_some();
    let choice = known.choice(settlement_choices::ACCEPT_VARIANCE).filter(|_| accepted);
    Ok(VarianceView {
        weight: weight(db, summary)?.to_owned(),
        accepted: choice.map(chosen),
        can_accept: is_open && !accepted && known.adds_up() && !summary.difference.is_zero(),
    })
}

fn weight(db: &Reader<'_>, summary: &Summary) -> store::Result<&'static str> {
    let marketplace = summary.marketplaces.first().map_or("", String::as_str);
    let weight = engine::weight_kept(db, marketplace, summary.difference.amount, summary.amazon_says.amount)?;
    Ok(match weight {
        engine::Weight::None => "none",
        engine::Weight::Small => "small",
        engine::Weight::Open => "open",
        engine::Weight::Material => "material",
    })
}

pub(super) fn chosen(choice: &settlement_choices::Choice) -> ChoiceView {
    ChoiceView {
        reason: choice.value["reason"].as_str().unwrap_or_default().to_owned(),
        who: choice.who.clone(),
        at: choice.at.to_rfc3339(),
    }
}

fn revisions(db: &Reader<'_>, id: &str) -> store::Result<Vec<RevisionView>> {
    let all = postings::of_group(db, id)?;
    Ok(all
        .into_iter()
        .map(|posting| RevisionView {
            revision: posting.revision,
            state: state_word(posting.state).to_owned(),
            who: posting.who,
            at: posting.changed_at.to_rfc3339(),
        })
        .collect())
}

fn state_word(state: postings::PostingState) -> &'static str {
    use postings::PostingState::{Approved, Posted, Undoing, Undone};
    match state {
        Approved => "approved",
        Posted => "posted",
        Undoing => "undoing",
        Undone => "undone",
    }
}

/// How far the writes of a posting are, kind by kind.
fn progress(
    db: &Reader<'_>,
    pages: &Pages,
    steps: &[steps::Step],
    refused: &Refused,
) -> store::Result<Vec<PostingStep>> {
    let kinds = [
        ("payments", "settlement-payments"),
        ("refunds", "settlement-refunds"),
        ("fees", "settlement-fees"),
        ("journal", "settlement-journals"),
    ];
    // Most sellers have their fees in the journal and no bill of them.
    let has_any = |flow: &str| flow != "settlement-fees" || steps.iter().any(|step| step.flow == flow);
    kinds
        .into_iter()
        .filter(|(_, flow)| has_any(flow))
        .map(|(id, flow)| progress_of(db, pages, id, steps.iter().filter(|step| step.flow == flow), refused))
        .collect()
}

fn progress_of<'a>(
    db: &Reader<'_>,
    pages: &Pages,
    id: &str,
    steps: impl Iterator<Item = &'a steps::Step>,
    causes: &Refused,
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
        cause: of_kind.iter().find_map(|step| causes.get(&step.name).cloned()),
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
