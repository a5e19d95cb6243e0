//! Settlement records: an archived file becomes its settlement, header and lines, each exactly once.
//!
//! What the file says is kept as it stands; whether it adds up is shown, and what does not add up is never posted.

use chrono::DateTime;
use domain::Text;
use wire::Failure;

use crate::flow::{Card, Decision, Fact, Flow, Group, Key, LocalWrite, Look, Reads, Route, Step, Window, Write};
use crate::local::ArchivedFile;
use crate::rules::Rules;

/// Settlement records.
pub struct Records;

impl Flow for Records {
    type Subject = ArchivedFile;

    const CARD: Card = Card {
        id: "settlement-records",
        title: "flow-settlement-records",
        promise: "flow-settlement-records-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &[],
        after: &["settlement-reports"],
        options: &[],
    };

    async fn look(reads: &Reads<'_>, window: &Window, _rules: &Rules) -> Result<Look<ArchivedFile>, Failure> {
        let mut subjects = reads.local.files_to_import().await?;
        let read_until = match window {
            Window::Span { until, .. } => Some(*until),
            Window::Keys(keys) => {
                subjects.retain(|file| keys.iter().any(|key| key.0 == file.report_id));
                None
            }
        };
        Ok(Look::Seen {
            subjects,
            next: None,
            read_until,
        })
    }

    fn key(seen: &ArchivedFile) -> Key {
        Key(seen.report_id.clone())
    }

    fn decide(seen: &ArchivedFile, _rules: &Rules) -> Decision {
        Ok(vec![Step {
            name: format!("IMPORT-{}", seen.report_id),
            title: Text::new("step-import-settlement").with("file", seen.file_name.as_str()),
            write: Write::Local(LocalWrite::ImportSettlement {
                report_id: seen.report_id.clone(),
            }),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
        }])
    }

    fn facts(seen: &ArchivedFile, _rules: &Rules) -> Vec<Fact> {
        vec![
            Fact {
                name: "file".into(),
                value: seen.file_name.as_str().into(),
            },
            Fact {
                name: "date".into(),
                value: seen.received_at.into(),
            },
        ]
    }

    fn sample() -> ArchivedFile {
        ArchivedFile {
            report_id: "50042020391".into(),
            file_name: "settlement-report-50042020391.txt".into(),
            account: "eu:A1SELLER".into(),
            received_at: DateTime::UNIX_EPOCH,
        }
    }
}
