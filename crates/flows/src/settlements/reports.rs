//! Settlement reports, from Amazon's shelf into the archive.
//!
//! Amazon makes a settlement report about every two weeks and keeps it for 90 days; it can only be found, never asked
//! for. Each is kept here as it came, byte for byte, the first time it is seen.

use std::collections::BTreeSet;

use amazon::reports::{List, Report};
use chrono::{DateTime, Duration, Utc};
use domain::Text;
use domain::settlement::read::{Nothing, Options, read};
use serde::Serialize;
use wire::Failure;

use crate::flow::{
    Card, Content, Decision, Fact, Flow, Group, Key, LocalWrite, Look, Progress, Reads, Route, Step, Window, Write,
};
use crate::report::download;
use crate::rules::Rules;

/// Amazon's shelf life of a report.
const KEPT: Duration = Duration::days(90);
/// Reports may appear on the list after their time: the list is read again this far back (SET-01).
const OVERLAP: Duration = Duration::days(7);
/// Documents fetched in one look; the rest comes with the next, after these are safe.
const AT_ONCE: usize = 10;
/// The same in bytes: large documents go into the archive one by one, so that they do not add up in memory.
const BYTES_AT_ONCE: usize = 8 << 20;

/// Settlement reports.
pub struct Reports;

/// A report that was just fetched.
#[derive(Debug, Clone, Serialize)]
pub struct Fetched {
    /// Amazon's report id.
    pub report_id: String,
    /// Amazon's document id.
    pub document_id: String,
    /// The report type.
    pub report_type: String,
    /// When Amazon made it.
    pub made_at: DateTime<Utc>,
    /// Whether the bytes are gzip.
    pub gzip: bool,
    /// Size as it came.
    pub size_bytes: usize,
    /// The bytes: kept by the write, not by the evidence.
    #[serde(skip)]
    pub content: Content,
}

impl Flow for Reports {
    type Subject = Fetched;

    const CARD: Card = Card {
        id: "settlement-reports",
        title: "flow-settlement-reports",
        promise: "flow-settlement-reports-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["amazon:Finance and Accounting"],
        after: &[],
        options: &[],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Fetched>, Failure> {
        let (since, until, only, after) = match window {
            Window::Span { from, until, page } => {
                ((*from - OVERLAP).max(rules.now - KEPT), *until, None, page.as_ref())
            }
            Window::Keys(keys) => (rules.now - KEPT, rules.now, Some(keys), None),
        };
        let mut new = unseen(reads, since).await?;
        new.retain(|report| only.is_none_or(|keys| keys.iter().any(|key| key.0 == report.report_id)));
        // What an earlier look of this window fetched is in the archive by now, unless this is a dry run.
        if let Some(at) = after.and_then(|after| new.iter().position(|report| report.report_id == *after)) {
            new.drain(..=at);
        }
        let mut new = new.into_iter();
        let (mut subjects, mut bytes, mut last) = (Vec::new(), 0, None);
        while subjects.len() < AT_ONCE && bytes < BYTES_AT_ONCE {
            let Some(report) = new.next() else { break };
            last = Some(report.report_id.clone());
            let fetched = fetch(reads, report).await?;
            bytes += fetched.as_ref().map_or(0, |fetched| fetched.size_bytes);
            subjects.extend(fetched);
            let read = u64::try_from(subjects.len()).unwrap_or(u64::MAX);
            (reads.progress)(Progress {
                doing: Text::new("progress-fetching-settlements"),
                read,
                total: None,
            })?;
        }
        let rest: Vec<Key> = new.map(|report| Key(report.report_id)).collect();
        let next = go_on(window, last, rest);
        Ok(Look::Seen {
            subjects,
            next,
            read_until: only.is_none().then_some(until),
        })
    }

    fn key(seen: &Fetched) -> Key {
        Key(seen.report_id.clone())
    }

    fn decide(seen: &Fetched, _rules: &Rules) -> Decision {
        Ok(vec![Step {
            name: format!("ARCHIVE-{}", seen.report_id),
            title: Text::new("step-archive-report").with("report", seen.report_id.as_str()),
            write: Write::Local(LocalWrite::ArchiveReport {
                report_id: seen.report_id.clone(),
                document_id: seen.document_id.clone(),
                report_type: seen.report_type.clone(),
                file_name: file_name(seen),
                content: seen.content.clone(),
            }),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
        }])
    }

    fn facts(seen: &Fetched, _rules: &Rules) -> Vec<Fact> {
        vec![
            Fact {
                name: "date".into(),
                value: seen.made_at.into(),
            },
            Fact {
                name: "file".into(),
                value: file_name(seen).into(),
            },
        ]
    }

    fn sample() -> Fetched {
        Fetched {
            report_id: "50042020391".into(),
            document_id: "amzn1.spdoc.1.4.eu.sample".into(),
            report_type: amazon::reports::SETTLEMENT_V2.into(),
            made_at: DateTime::UNIX_EPOCH,
            gzip: false,
            size_bytes: 14,
            content: b"settlement-id\n".to_vec().into(),
        }
    }
}

fn file_name(seen: &Fetched) -> String {
    let end = if seen.gzip { "txt.gz" } else { "txt" };
    format!("settlement-report-{}.{end}", seen.report_id)
}

/// Where the next look of a window goes on: after the last report that this one fetched.
fn go_on(window: &Window, last: Option<String>, rest: Vec<Key>) -> Option<Window> {
    match window {
        _ if rest.is_empty() => None,
        Window::Span { from, until, .. } => Some(Window::Span {
            from: *from,
            until: *until,
            page: last,
        }),
        Window::Keys(_) => Some(Window::Keys(rest)),
    }
}

/// The list is asked once for the account, never per marketplace: its marketplace filter does not hold what it
/// promises (SET-02). A report that is archived is never fetched again.
async fn unseen(reads: &Reads<'_>, since: DateTime<Utc>) -> Result<Vec<Report>, Failure> {
    let mut list = List::settlements(Some(since));
    let mut reports: Vec<Report> = Vec::new();
    let mut tokens = BTreeSet::new();
    loop {
        let page = reads.amazon.call(&list).await?;
        reports.extend(page.reports);
        match page.next_token {
            // The same token again would go round in circles.
            Some(token) if tokens.insert(token.clone()) => list = List::Next(token),
            _ => break,
        }
    }
    let ids: Vec<String> = reports.iter().map(|report| report.report_id.clone()).collect();
    let known = reads.local.archived(&ids).await?;
    let mut seen = BTreeSet::new();
    reports.retain(|report| !known.contains(&report.report_id) && seen.insert(report.report_id.clone()));
    reports.sort_by_key(|report| report.created_time);
    Ok(reports)
}

fn proves(bytes: &[u8]) -> bool {
    read(&bytes, &Options::default(), &mut Nothing).is_proved()
}

async fn fetch(reads: &Reads<'_>, report: Report) -> Result<Option<Fetched>, Failure> {
    let Some(document_id) = report.report_document_id else {
        return Ok(None);
    };
    let mut raw = download(reads, &document_id).await?;
    // A text torn on the way comes with a good status: what does not prove is fetched once more, and the fuller one kept.
    if !proves(&raw.bytes) {
        let again = download(reads, &document_id).await?;
        if again.bytes.len() > raw.bytes.len() || proves(&again.bytes) {
            raw = again;
        }
    }
    Ok(Some(Fetched {
        report_id: report.report_id,
        document_id,
        report_type: report.report_type,
        made_at: report.created_time,
        gzip: raw.gzip,
        size_bytes: raw.bytes.len(),
        content: raw.bytes.into(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A window that stays the same is taken for a source that goes round in circles.
    #[test]
    fn set_01_more_reports_than_one_look_takes_are_gone_on_with() {
        let keys = |ids: &[&str]| ids.iter().map(|id| Key((*id).to_owned())).collect::<Vec<_>>();
        let span = |page: Option<&str>| Window::Span {
            from: DateTime::UNIX_EPOCH,
            until: DateTime::UNIX_EPOCH + KEPT,
            page: page.map(str::to_owned),
        };
        let next = go_on(&span(None), Some("R10".into()), keys(&["R11", "R12"]));
        assert_eq!(next, Some(span(Some("R10"))));
        assert_eq!(go_on(&span(Some("R10")), Some("R12".into()), Vec::new()), None);
        let next = go_on(&Window::Keys(keys(&["R1", "R2"])), Some("R1".into()), keys(&["R2"]));
        assert_eq!(next, Some(Window::Keys(keys(&["R2"]))));
    }
}
