//! A settlement that Amazon issued again: what its new file says otherwise, and what accepting it would do (SET-61).

use domain::Text;
use domain::settlement::reissue::{Difference, Fate, Owner, Row, compare};
use domain::settlement::{Header, Line, Posted};
use domain::{Currency, Money};
use engine::NotChosen;
use flows::local::Stage;
use rust_decimal::Decimal;
use store::settlement_reissues::{self, Issue, ReissueState};
use store::{Reader, Store, archive, settlement_lines, settlements};

use super::{Known, undo};
use crate::application::Inner;
use crate::contract::{
    Amount, HeaderChange, Refusal, ReissueDifference, ReissueGroup, ReissueRow, ReissueView, UndoPreview,
};
use crate::views::small;

/// Groups that one answer shows.
const GROUPS: usize = 200;
/// Rows of a group that one answer shows.
const ROWS: usize = 50;

/// The re-issues of a settlement, the newest first.
pub(super) fn all(db: &Reader<'_>, known: &Known) -> store::Result<Vec<ReissueView>> {
    let found = settlement_reissues::of(db, &known.stored.header.id)?;
    let is_free = matches!(known.stage(), Stage::Open | Stage::Undone | Stage::Posted);
    let mut views = Vec::new();
    for one in found.into_iter().rev() {
        let document = archive::get(db, &one.archive)?;
        views.push(ReissueView {
            file: document.map_or_else(|| one.archive.clone(), |document| document.file_name),
            archive: one.archive,
            found_at: one.found_at.to_rfc3339(),
            state: one.state.word().to_owned(),
            who: one.who,
            decided_at: one.decided_at.map(|at| at.to_rfc3339()),
            reason: one.reason,
            can_decide: one.state == ReissueState::Open && is_free,
        });
    }
    Ok(views)
}

/// What the newest file of a settlement says otherwise.
pub fn difference(store: &Store, id: &str) -> Result<ReissueDifference, Refusal> {
    let found = store.read(|db| {
        let (Some(stored), Some(open)) = (settlements::get(db, id)?, settlement_reissues::open(db, id)?) else {
            return Ok(None);
        };
        let told = settlement_reissues::read_in(db, &open.archive, id)?;
        let lines = settlement_lines::all(db, id)?;
        Ok(told.map(|(issue, new)| (stored, issue, compare(&lines, new))))
    })?;
    let (stored, issue, difference) = found.ok_or_else(|| Refusal::not_found(id))?;
    let header = &stored.header;
    let before = header.declared_total.unwrap_or(stored.sum.amount);
    Ok(told(header, before, &issue, &difference))
}

fn told(header: &Header, before: Decimal, issue: &Issue, difference: &Difference) -> ReissueDifference {
    let proof = &issue.proof;
    let groups = difference.groups();
    let more = small(groups.len().saturating_sub(GROUPS));
    let shown = groups.into_iter().take(GROUPS);
    ReissueDifference {
        added: small(difference.count(Fate::Added)),
        removed: small(difference.count(Fate::Removed)),
        changed: small(difference.count(Fate::Changed)),
        same: small(difference.same),
        before: Amount::of(before, header.currency),
        after: Amount::of(proof.header.declared_total.unwrap_or(proof.sum), proof.header.currency),
        balanced: proof.balanced,
        header: header_changes(header, &proof.header),
        groups: shown
            .map(|(owner, rows)| group(owner, &rows, header.currency))
            .collect(),
        more,
    }
}

fn header_changes(before: &Header, after: &Header) -> Vec<HeaderChange> {
    let day = |posted: Option<Posted>| posted.map(Posted::iso).unwrap_or_default();
    let total = |header: &Header| {
        let total = header.declared_total.map(|total| Money::new(total, header.currency));
        total.map(|total| total.to_string()).unwrap_or_default()
    };
    let all = [
        ("reissue-header-start", day(before.start), day(after.start)),
        ("reissue-header-end", day(before.end), day(after.end)),
        ("reissue-header-deposit", day(before.deposit), day(after.deposit)),
        ("reissue-header-total", total(before), total(after)),
    ];
    let other = all.into_iter().filter(|(_, before, after)| before != after);
    other
        .map(|(what, before, after)| HeaderChange {
            what: Text::new(what).into(),
            before,
            after,
        })
        .collect()
}

fn group(owner: Owner, rows: &[&Row], currency: Currency) -> ReissueGroup {
    let (title, is_order) = match owner {
        Owner::Order(order) => (order, true),
        Owner::Kind(kind) => (kind, false),
    };
    ReissueGroup {
        title,
        is_order,
        off: Amount::of(rows.iter().map(|row| row.off()).sum(), currency),
        more: small(rows.len().saturating_sub(ROWS)),
        rows: rows.iter().take(ROWS).map(|row| shown(row, currency)).collect(),
    }
}

fn shown(row: &Row, currency: Currency) -> ReissueRow {
    let amount = |line: &Option<Line>| line.as_ref().map(|line| Amount::of(line.amount(), currency));
    let words = row.line().map(|line| {
        let words = [&line.transaction_type, &line.amount_type, &line.amount_description];
        let told: Vec<&str> = words
            .into_iter()
            .map(String::as_str)
            .filter(|word| !word.is_empty())
            .collect();
        told.join(" · ")
    });
    ReissueRow {
        fate: match row.fate {
            Fate::Added => "added",
            Fate::Removed => "removed",
            Fate::Changed => "changed",
        }
        .to_owned(),
        what: words.unwrap_or_default(),
        sku: row.line().map(|line| line.sku.clone()).unwrap_or_default(),
        before: amount(&row.before),
        after: amount(&row.after),
    }
}

/// What accepting the new file will do, in words with counts, before it is done.
pub(crate) async fn preview(app: &Inner, id: &str) -> Result<UndoPreview, Refusal> {
    let plan = match app.engine.reissue_preview(id).await? {
        Ok(plan) => plan,
        Err(NotChosen::TooLate) => return Err(Refusal::new("not_ready", Text::new("error-reissue-too-late"))),
        Err(NotChosen::Unknown | NotChosen::Nothing) => return Err(Refusal::not_found(id)),
    };
    let mut will = undo::will(&plan);
    will.push(Text::new("reissue-will-match").into());
    Ok(UndoPreview {
        title: Text::new("reissue-question").with("settlement", id).into(),
        will,
        cannot: undo::cannot(&plan),
        can: plan.blocked().is_empty(),
    })
}
