//! Settlement reports, from Amazon's shelf into the archive.
//!
//! Amazon makes a settlement report about every two weeks and keeps it for 90 days; it can only be found, never asked
//! for. Each is kept here as it came, byte for byte, the first time it is seen.

use std::collections::BTreeSet;

use amazon::reports::{Document, Download, List, Raw, Report};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Duration, Utc};
use domain::Text;
use serde::Serialize;
use wire::{Failure, perform};

use crate::flow::{
    Card, Decision, Fact, Flow, Group, Key, LocalWrite, Look, Progress, Reads, Route, Step, Window, Write,
};
use crate::rules::Rules;

/// Amazon's shelf life of a report.
const KEPT: Duration = Duration::days(90);
/// Reports may appear on the list after their time: the list is read again this far back (SET-01).
const OVERLAP: Duration = Duration::days(7);
/// Documents fetched in one look; the rest comes with the next, after these are safe.
const AT_ONCE: usize = 10;

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
    pub content: Vec<u8>,
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
        let (since, until, only) = match window {
            Window::Span { from, until, .. } => ((*from - OVERLAP).max(rules.now - KEPT), *until, None),
            Window::Keys(keys) => (rules.now - KEPT, rules.now, Some(keys)),
        };
        let mut new = unseen(reads, since).await?;
        new.retain(|report| only.is_none_or(|keys| keys.iter().any(|key| key.0 == report.report_id)));
        let more = new.len() > AT_ONCE;
        let mut subjects = Vec::new();
        for report in new.into_iter().take(AT_ONCE) {
            subjects.extend(fetch(reads, report).await?);
            let read = u64::try_from(subjects.len()).unwrap_or(u64::MAX);
            (reads.progress)(Progress {
                doing: Text::new("progress-fetching-settlements"),
                read,
                total: None,
            })?;
        }
        let next = (more && only.is_none()).then(|| window.clone());
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
                content: STANDARD.encode(&seen.content),
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
            content: b"settlement-id\n".to_vec(),
        }
    }
}

fn file_name(seen: &Fetched) -> String {
    let end = if seen.gzip { "txt.gz" } else { "txt" };
    format!("settlement-report-{}.{end}", seen.report_id)
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

/// The address of a document lives five minutes: one that has run out is asked for once more, never tried again.
async fn fetch(reads: &Reads<'_>, report: Report) -> Result<Option<Fetched>, Failure> {
    let Some(document_id) = report.report_document_id else {
        return Ok(None);
    };
    let document = Document {
        document_id: document_id.clone(),
    };
    let mut location = reads.amazon.call(&document).await?;
    let raw: Raw = match perform(reads.documents, &Download { location }).await {
        Err(Failure::Refused { .. }) => {
            location = reads.amazon.call(&document).await?;
            perform(reads.documents, &Download { location }).await?
        }
        answer => answer?,
    };
    // A torn download is found out here, before anything is kept.
    raw.plain().map_err(|error| Failure::Unanswered {
        because: error.to_string(),
    })?;
    Ok(Some(Fetched {
        report_id: report.report_id,
        document_id,
        report_type: report.report_type,
        made_at: report.created_time,
        gzip: raw.gzip,
        size_bytes: raw.bytes.len(),
        content: raw.bytes,
    }))
}
