//! Month-end entries: drafts for review, and what has changed since they were posted (DEF-02 to 04).

use domain::finances::accrual::Line;
use domain::{Currency, ExternalId, Text};
use flows::finances::accruals::MonthEnd;
use serde::Deserialize;
use store::decisions::{self, Decision, Filter, Sort, State as Stands, Verdict};
use store::{Reader, Store, problems, settings, steps};

use crate::contract::{AccrualLine, AccrualView, Amount, Refusal, State};
use crate::directory::ACCOUNTS;
use crate::views::documents::Pages;
use crate::views::settlements::Names;

/// The flow whose decisions these are.
const FLOW: &str = "accruals";
/// Months that are shown: a year of four marketplaces.
const SHOWN: u32 = 48;

/// The entries of a marketplace or of all, the newest month first. Months in which nothing was late are left out.
pub(super) fn all(db: &Reader<'_>, pages: &Pages, marketplace: Option<&str>) -> store::Result<Vec<AccrualView>> {
    let filter = Filter {
        flows: vec![FLOW.to_owned()],
        marketplace: marketplace.map(str::to_owned),
        ..Filter::default()
    };
    let names = Names::of(settings::get(db, ACCOUNTS)?.as_ref());
    let mut shown = Vec::new();
    for decision in decisions::list(db, &filter, Sort::Newest, None, SHOWN)? {
        // What cannot be read back is a decision of an earlier form.
        let Ok(seen) = MonthEnd::deserialize(&decision.evidence) else {
            continue;
        };
        if !seen.draft.is_empty() || seen.posted.is_some() {
            shown.push(one(db, pages, &names, &decision, &seen)?);
        }
    }
    Ok(shown)
}

/// Refuses an entry that cannot be posted as it stands.
pub(crate) fn must_be_postable(store: &Store, id: &str) -> Result<(), Refusal> {
    if store.read(|db| can_post(db, id))? {
        return Ok(());
    }
    Err(Refusal::new("not_ready", Text::new("error-cannot-post-accrual")))
}

fn can_post(db: &Reader<'_>, id: &str) -> store::Result<bool> {
    let group = steps::of_group(db, id)?;
    Ok(group
        .iter()
        .any(|step| step.flow == FLOW && step.state == steps::StepState::Held))
}

fn one(
    db: &Reader<'_>,
    pages: &Pages,
    names: &Names,
    decision: &Decision,
    seen: &MonthEnd,
) -> store::Result<AccrualView> {
    let name: ExternalId = seen.name();
    let id = name.as_str();
    let cause = problems::open_about(db, FLOW, &decision.account, id)?
        .into_iter()
        .next();
    let document = pages.named(db, id)?;
    let lines = match &seen.posted {
        Some(posted) if !posted.lines.is_empty() => &posted.lines,
        _ => &seen.draft.lines,
    };
    let drawn =
        |lines: &[Line]| -> Vec<AccrualLine> { lines.iter().map(|line| line_view(line, seen, names)).collect() };
    let credits = lines.iter().filter(|line| line.credit.is_sign_positive());
    Ok(AccrualView {
        id: id.to_owned(),
        marketplace: seen.marketplace.clone(),
        day: seen.month.last().to_string(),
        reversed: seen.month.next_first().to_string(),
        transactions: seen.draft.transactions,
        total: Amount::of(credits.map(|line| line.credit).sum(), seen.currency),
        lines: drawn(lines),
        drift: drawn(&seen.drift()),
        state: state(decision, seen),
        reason: decision
            .reason
            .clone()
            .filter(|_| decision.verdict == Verdict::Skip && seen.posted.is_none())
            .map(Into::into),
        cause: cause.map(|problem| problem.cause),
        can_post: can_post(db, id)?,
        document,
    })
}

fn state(decision: &Decision, seen: &MonthEnd) -> State {
    match decision.state {
        _ if seen.posted.is_some() => State::Posted,
        Stands::Held => State::Check,
        Stands::Ready | Stands::Sent => State::Running,
        Stands::Done => State::Posted,
        Stands::NeedsYou | Stands::Error => State::NeedsYou,
        Stands::Waiting => State::Queued,
        Stands::Ignored | Stands::Excluded => State::Skipped,
        Stands::Undone => State::Undone,
    }
}

fn line_view(line: &Line, seen: &MonthEnd, names: &Names) -> AccrualLine {
    let account = seen.accounts.get(&line.key);
    let (number, name) = account.and_then(|id| names.get(&id.0)).unwrap_or_default();
    let side = |wanted: bool, currency: Currency| {
        (line.credit.is_sign_positive() == wanted).then(|| Amount::of(line.credit.abs(), currency))
    };
    AccrualLine {
        account_number: number,
        account_name: if name.is_empty() { line.key.clone() } else { name },
        debit: side(false, seen.currency),
        credit: side(true, seen.currency),
    }
}
