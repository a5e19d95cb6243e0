//! An archived settlement report becomes settlement records; a summary is kept beside them, and says when a posting is
//! planned as a whole.

use chrono::{DateTime, Utc};
use domain::Text;
use domain::settlement::plan::Balancing;
use domain::settlement::read::{Options, Stop};
use flows::local::Stage;
use flows::settlements::Summary;
use rust_decimal::Decimal;
use serde_json::Value;
use store::decisions::State;
use store::postings::{self, Posting, PostingState};
use store::settlement_choices::{self, Choice};
use store::settlements::{Import, Outcome, Settlement};
use store::steps::{self, Step, StepState};
use store::{Reader, Result, Writer, archive, audit, row_choices, settlements};
use wire::Failure;

use crate::local_write::Kept;

/// Reads an archived document into settlements. A file that is wrong leaves nothing but the question about it.
/// `reading` hears how far it is and may stop it.
pub(crate) fn import(
    db: &Writer<'_>,
    id: &str,
    now: DateTime<Utc>,
    reading: &dyn Fn(u64) -> std::result::Result<(), Failure>,
    changed: &mut Vec<String>,
) -> Result<Kept> {
    let (Some(document), Some(content)) = (archive::get(db, id)?, archive::content(db, id)?) else {
        let problem = problem("PARSE", id, id, unusable(id), Text::new("problem-settlement-file-gone"));
        return Ok(Kept::Refused(Box::new(problem)));
    };
    let go_on = &mut |bytes| reading(bytes).map_err(|_| Stop);
    let import = settlements::import(db, id, &content, &Options::default(), now, go_on)?;
    changed.extend(import.new.iter().chain(&import.reissued).cloned());
    for archive in &import.overtaken {
        crate::reissues::settled(db, archive, State::Ignored, "app", now)?;
    }
    Ok(match import.outcome {
        Outcome::Imported => Kept::New,
        Outcome::Duplicate => Kept::Known,
        Outcome::Reissued => {
            let what = Text::new("problem-settlement-reissued").with("settlement", import.reissued.join(", "));
            let what = what.with("file", document.file_name.as_str());
            let why = Text::new("problem-settlement-reissued-why");
            let asked = problem("SETTLEMENT_REISSUED", id, &document.file_name, what, why);
            let compare = |settlement: &String| flows::Remedy::CompareReissue {
                settlement: settlement.clone(),
            };
            Kept::Refused(Box::new(flows::Problem {
                remedies: import.reissued.iter().map(compare).collect(),
                ..asked
            }))
        }
        Outcome::Refused => {
            let (code, why) = first_refusal(&import);
            let file = document.file_name.as_str();
            Kept::Refused(Box::new(problem(code, id, file, unusable(file), why)))
        }
    })
}

fn first_refusal(import: &Import) -> (&'static str, Text) {
    let first = import.reading.refusals.first();
    first.map_or_else(
        || ("PARSE", Text::new("problem-settlement-file-gone")),
        |refusal| (refusal.code(), refusal.text()),
    )
}

fn unusable(file: &str) -> Text {
    Text::new("problem-settlement-file-refused").with("file", file)
}

fn problem(code: &str, id: &str, file: &str, what: Text, why: Text) -> flows::Problem {
    flows::Problem {
        code: code.to_owned(),
        cause: format!("{code}:{id}"),
        what,
        why,
        about: vec![("file".to_owned(), file.to_owned())],
        at_stake: None,
        remedies: vec![flows::Remedy::Exclude],
    }
}

/// Keeps a settlement's summary. What a person accepted of a match that is another one now counts no more; what the
/// posting itself made of a row lets its acceptance stand.
pub(crate) fn summarise(db: &Writer<'_>, id: &str, summary: &Value, now: DateTime<Utc>) -> Result<()> {
    settlements::set_summary(db, id, summary)?;
    let lapsed = match stage(db, id)? {
        Stage::Open | Stage::Undone => row_choices::lapse(db, id)?,
        Stage::Approved | Stage::Posted | Stage::Undoing | Stage::Closed => 0,
    };
    if lapsed > 0 {
        let detail = serde_json::json!({ "count": lapsed });
        audit::add(db, now, crate::automatic::APP, "acceptances-lapsed", id, &detail)?;
    }
    Ok(())
}

/// How far the posting of a settlement is. A closed one is closed, wherever its posting stood (SET-60).
pub fn stage(db: &Reader<'_>, id: &str) -> Result<Stage> {
    Ok(stage_of(
        postings::newest(db, id)?.as_ref(),
        &settlement_choices::all(db, id)?,
    ))
}

/// The same of what was read already: its newest posting, and what a person chose about it.
pub fn stage_of(posting: Option<&Posting>, choices: &[Choice]) -> Stage {
    if choices.iter().any(|one| one.choice == settlement_choices::CLOSED) {
        return Stage::Closed;
    }
    match posting.map(|posting| posting.state) {
        None => Stage::Open,
        Some(PostingState::Approved) => Stage::Approved,
        Some(PostingState::Posted) => Stage::Posted,
        Some(PostingState::Undoing) => Stage::Undoing,
        Some(PostingState::Undone) => Stage::Undone,
    }
}

/// The variance that a person accepted last, whether or not it still stands: what NetSuite will have less what Amazon pays.
pub(crate) fn accepted_last(choices: &[Choice]) -> Option<Decimal> {
    let choice = choices
        .iter()
        .find(|one| one.choice == settlement_choices::ACCEPT_VARIANCE)?;
    choice.value["amount"].as_str()?.parse().ok()
}

/// The variance that a person accepted, as long as it is still the one that stands (SET-58): what NetSuite will have less
/// what Amazon pays.
pub fn accepted(summary: &Summary, choices: &[Choice]) -> Option<Decimal> {
    let amount = accepted_last(choices)?;
    (amount == -summary.difference.amount && !amount.is_zero()).then_some(amount)
}

/// The line by hand that a person added to a file, whether or not it still fits.
pub(crate) fn balancing(choices: &[Choice]) -> Option<Balancing> {
    let choice = choices
        .iter()
        .find(|one| one.choice == settlement_choices::BALANCING_LINE)?;
    serde_json::from_value(choice.value.clone()).ok()
}

/// What a file lacks: its declared total less the sum of its lines; nothing where it adds up or tells no total.
pub fn missing(settlement: &Settlement) -> Option<Decimal> {
    let missing = settlement.header.declared_total? - settlement.sum.amount;
    (!missing.is_zero()).then_some(missing)
}

/// Whether a file adds up, by itself or with the line that a person named (SET-09).
pub fn adds_up(settlement: &Settlement, choices: &[Choice]) -> bool {
    settlement.balanced
        || balancing(choices).is_some_and(|line| Some(line.amount) == missing(settlement) && line.key().is_some())
}

/// A settlement as its posting is judged.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// What its file says.
    pub settlement: &'a Settlement,
    /// What the summaries flow found last; nothing before it was matched.
    pub summary: Option<&'a Summary>,
    /// How far its posting is.
    pub stage: Stage,
    /// What a person chose about it.
    pub choices: &'a [Choice],
    /// Every write of the group.
    pub steps: &'a [Step],
}

/// Why a settlement may not be posted as it stands, in the seller's words; empty when it may (SET-46, ux.md §5.8): it is
/// matched and wholly planned, no tick is red, and no cent is left that nobody accepted. Orders that are part of a
/// variance which a person accepted keep nothing back (SET-58).
pub fn why_not(judged: &Judged<'_>) -> Vec<Text> {
    // What of an accepted difference was matched since is posted beside what stands (SET-58).
    let late = judged.summary.is_some_and(|summary| summary.late.is_some());
    match judged.stage {
        Stage::Posted if late => (),
        Stage::Posted => return vec![Text::new("why-not-posted")],
        Stage::Approved => return vec![Text::new("why-not-posting")],
        Stage::Undoing => return vec![Text::new("why-not-undoing")],
        Stage::Closed => return vec![Text::new("why-not-closed")],
        Stage::Open | Stage::Undone => (),
    }
    let Some(summary) = judged.summary else {
        return vec![Text::new("why-not-not-matched")];
    };
    let accepted = late || accepted(summary, judged.choices).is_some();
    // Groups that ask are part of what was accepted.
    let mut reasons = summary.why_not.clone();
    reasons.retain(|reason| {
        !(accepted && ["settlement-why-not-asking", "settlement-held-variance"].contains(&reason.id.as_str()))
    });
    if reasons.is_empty() {
        let ticks = [
            (summary.accounts_ready, "why-not-accounts"),
            (summary.tax_ready, "why-not-tax"),
            (adds_up(judged.settlement, judged.choices), "why-not-inconsistent"),
        ];
        reasons.extend(ticks.iter().filter(|(ready, _)| !ready).map(|(_, why)| Text::new(*why)));
    }
    if !summary.orders_ready && !accepted {
        reasons.push(Text::new("why-not-orders").with("count", open_groups(summary)));
    }
    if reasons.is_empty() && !is_wholly_planned(summary, judged.steps) {
        reasons.push(Text::new("why-not-not-matched"));
    }
    reasons
}

/// Groups of the buyers' whose money is not in NetSuite yet.
fn open_groups(summary: &Summary) -> i64 {
    let of = |status: &str| summary.numbers.statuses.get(status).copied().unwrap_or_default();
    i64::from(of("waiting") + of("needs_you"))
}

/// Whether every write that a summary announces is planned and held: a person approves the whole or nothing. A run that
/// was cut short may have planned the payments and not yet the journal.
pub fn is_wholly_planned(summary: &Summary, steps: &[Step]) -> bool {
    let announced: u32 = summary.will_write.iter().map(|(_, count)| count).sum();
    let held = steps.iter().filter(|step| step.state == StepState::Held).count();
    u32::try_from(held).unwrap_or(u32::MAX) >= announced
}

/// How a group stands that somebody wants to post.
pub(crate) enum Readiness {
    /// It may be posted.
    Ready,
    /// Not every write of it is planned.
    NotWhole,
    /// Something keeps it back.
    Kept(Vec<Text>),
}

/// The same for a group by its name; what has no summary is whole as it stands. Once approved, the rest of a group goes
/// on as it stands, unless it was closed since.
pub(crate) fn readiness(db: &Reader<'_>, group: &str) -> Result<Readiness> {
    let stage = stage(db, group)?;
    if stage == Stage::Closed {
        return Ok(Readiness::Kept(vec![Text::new("why-not-closed")]));
    }
    let Some(settlement) = settlements::get(db, group)?.filter(|_| stage != Stage::Approved) else {
        return Ok(Readiness::Ready);
    };
    let Some(summary) = settlement.summary.clone() else {
        return Ok(Readiness::Ready);
    };
    let summary: Summary = serde_json::from_value(summary)?;
    if stage == Stage::Posted && summary.late.is_none() {
        return Ok(Readiness::Ready);
    }
    let steps = steps::of_group(db, group)?;
    if !is_wholly_planned(&summary, &steps) {
        return Ok(Readiness::NotWhole);
    }
    let reasons = why_not(&Judged {
        settlement: &settlement,
        summary: Some(&summary),
        stage,
        choices: &settlement_choices::all(db, group)?,
        steps: &steps,
    });
    Ok(if reasons.is_empty() {
        Readiness::Ready
    } else {
        Readiness::Kept(reasons)
    })
}
