//! An archived settlement report becomes settlement records; a summary is kept beside them, and says when a posting is
//! planned as a whole.

use chrono::{DateTime, Utc};
use domain::Text;
use domain::settlement::read::{Options, Stop};
use flows::settlements::Summary;
use serde_json::Value;
use store::settlements::{Import, Outcome};
use store::steps::{self, Step, StepState};
use store::{Reader, Result, Writer, archive, settlements};
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
    changed.extend(import.new.iter().cloned());
    Ok(match import.outcome {
        Outcome::Imported => Kept::New,
        Outcome::Duplicate => Kept::Known,
        Outcome::Reissued => {
            let settlement = import.known.first().map_or("", String::as_str);
            let what = Text::new("problem-settlement-reissued").with("settlement", settlement);
            let what = what.with("file", document.file_name.as_str());
            let why = Text::new("problem-settlement-reissued-why");
            Kept::Refused(Box::new(problem(
                "SETTLEMENT_REISSUED",
                id,
                &document.file_name,
                what,
                why,
            )))
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

/// Keeps a settlement's summary.
pub(crate) fn summarise(db: &Writer<'_>, id: &str, summary: &Value) -> Result<()> {
    settlements::set_summary(db, id, summary)
}

/// Whether every write that a summary announces is planned and held: a person approves the whole or nothing. A run that
/// was cut short may have planned the payments and not yet the journal.
pub fn is_wholly_planned(summary: &Summary, steps: &[Step]) -> bool {
    let announced: u32 = summary.will_write.iter().map(|(_, count)| count).sum();
    let held = steps.iter().filter(|step| step.state == StepState::Held).count();
    u32::try_from(held).unwrap_or(u32::MAX) >= announced
}

/// The same for a group by its name; what has no summary is whole as it stands.
pub(crate) fn is_whole(db: &Reader<'_>, group: &str) -> Result<bool> {
    let Some(summary) = settlements::get(db, group)?.and_then(|settlement| settlement.summary) else {
        return Ok(true);
    };
    let summary: Summary = serde_json::from_value(summary)?;
    Ok(is_wholly_planned(&summary, &steps::of_group(db, group)?))
}
