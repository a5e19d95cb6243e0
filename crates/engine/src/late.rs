//! What is matched after a settlement was posted with an accepted difference (SET-58). Which of its groups were open then is
//! kept with the approval, so that their money is told from what its journals hold.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::ExternalId;
use domain::external_id::JournalPiece;
use domain::settlement::group::Kind;
use domain::settlement::plan::Status;
use flows::local::Stage;
use flows::settlements::{Row, Summary};
use serde::Deserialize;
use serde_json::json;
use store::postings::{self, PostingState};
use store::settlement_choices::{self, Choice, POSTED_WITHOUT};
use store::{Reader, Result, Writer, settlement_rows, settlements, steps};

/// Keeps which groups a settlement is posted without, when its variance was accepted.
pub(crate) fn note(db: &Writer<'_>, id: &str, who: &str, now: DateTime<Utc>) -> Result<()> {
    settlement_choices::clear(db, id, POSTED_WITHOUT)?;
    let summary = settlements::get(db, id)?.and_then(|stored| stored.summary);
    let Some(summary) = summary.and_then(|summary| serde_json::from_value::<Summary>(summary).ok()) else {
        return Ok(());
    };
    if crate::settlements::accepted(&summary, &settlement_choices::all(db, id)?).is_none() {
        return Ok(());
    }
    let rows = settlement_rows::all(db, id)?.into_iter();
    let open: Vec<String> = rows
        .filter_map(|row| Row::deserialize(row).ok())
        .filter(is_open_row)
        .map(|row| row.id)
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    settlement_choices::set(
        db,
        &Choice {
            settlement: id.to_owned(),
            choice: POSTED_WITHOUT.to_owned(),
            value: json!(open),
            who: who.to_owned(),
            at: now,
        },
    )
}

/// A buyer's money of which nothing is posted.
fn is_open_row(row: &Row) -> bool {
    matches!(row.kind, Kind::Payment | Kind::Refund)
        && matches!(row.status, Status::Waiting | Status::NeedsYou)
        && row.netsuite.is_zero()
}

/// The groups that a settlement was posted without, as long as it stands so.
pub(crate) fn groups(db: &Reader<'_>, id: &str, stage: Stage) -> Result<BTreeSet<String>> {
    if !matches!(stage, Stage::Approved | Stage::Posted) {
        return Ok(BTreeSet::new());
    }
    let kept = settlement_choices::get(db, id, POSTED_WITHOUT)?;
    Ok(kept
        .and_then(|kept| serde_json::from_value(kept.value).ok())
        .unwrap_or_default())
}

/// Whether some of them are not in the books yet.
pub(crate) fn is_open(db: &Reader<'_>, id: &str, groups: &BTreeSet<String>) -> Result<bool> {
    if groups.is_empty() {
        return Ok(false);
    }
    let standing = steps::standing(db, id)?;
    let taken_back = standing
        .iter()
        .filter(|(_, name)| ExternalId::is_late_journal(id, name));
    Ok(taken_back.count() < groups.len())
}

/// Whether a write of a posted settlement is of a group that it was posted without: a person says first that it may go
/// (SET-58). `key` is the subject of the write, `name` its own.
pub(crate) fn waits_for_a_word(db: &Reader<'_>, hold: &str, key: &str, name: &str) -> Result<bool> {
    let posting = postings::newest(db, hold)?;
    if posting.is_none_or(|posting| posting.state != PostingState::Posted) {
        return Ok(false);
    }
    let groups = groups(db, hold, Stage::Posted)?;
    let group = key.strip_prefix(hold).and_then(|rest| rest.strip_prefix('/'));
    let is_of_one = group.is_some_and(|group| groups.contains(group));
    if !is_of_one {
        return Ok(!groups.is_empty() && ExternalId::is_late_journal(hold, name));
    }
    let piece = JournalPiece {
        late: group.map(str::to_owned),
        ..JournalPiece::default()
    };
    let base = ExternalId::journal_piece(hold, &piece);
    let standing = steps::standing(db, hold)?;
    let is_it = |name: &str| name == base.as_str() || name.starts_with(&format!("{base}-R"));
    Ok(!standing.iter().any(|(_, name)| is_it(name)))
}
