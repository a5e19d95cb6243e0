//! An archived settlement report becomes settlement records; a summary is kept beside them.

use chrono::{DateTime, Utc};
use domain::Text;
use domain::settlement::read::Options;
use serde_json::Value;
use store::settlements::{Import, Outcome};
use store::{Result, Writer, archive, settlements};

use crate::local_write::Kept;

/// Reads an archived document into settlements. A file that is wrong leaves nothing but the question about it.
pub(crate) fn import(db: &Writer<'_>, id: &str, now: DateTime<Utc>, changed: &mut Vec<String>) -> Result<Kept> {
    let (Some(document), Some(bytes)) = (archive::get(db, id)?, archive::content(db, id)?) else {
        let problem = problem("PARSE", id, id, unusable(id), Text::new("problem-settlement-file-gone"));
        return Ok(Kept::Refused(Box::new(problem)));
    };
    let import = settlements::import(db, id, &bytes, &Options::default(), now, &mut |_| Ok(()))?;
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
