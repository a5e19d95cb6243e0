//! Asks for a report, waits for it, fetches its document and reads its cells.

use amazon::reports::{Create, Document, Download, List, Processing, Raw, Report};
use chrono::{DateTime, Duration, Utc};
use domain::Text;
use wire::{Failure, perform};

use crate::flow::{Look, Reads};

/// While a report is young it may be ready any moment; later Amazon is asked as often as it lets us (amazon-sp-api.md §7:
/// 0.0222/s).
const SOON: Duration = Duration::seconds(20);
/// A report that failed is asked for again after that time.
const FAILED: Duration = Duration::hours(1);
/// Amazon lists reports of so many days at most (amazon-sp-api.md §7).
const LISTED: Duration = Duration::days(89);

/// A report that a look needs.
pub(crate) struct Wanted<'a> {
    /// Amazon's type of it.
    pub kind: &'static str,
    /// The first instant of its span, in whole seconds: Amazon repeats it so, and the report is known again by it.
    pub from: DateTime<Utc>,
    /// The last one.
    pub until: DateTime<Utc>,
    /// Reports that were asked for earlier are not looked at.
    pub since: DateTime<Utc>,
    /// Whether a report over another span, which an earlier run asked for and did not wait for, serves as well. Asking
    /// anew each time would wait for ever where Amazon's queue is longer than a run (R3-21).
    pub serves: &'a (dyn Fn(&Report) -> bool + Send + Sync),
}

/// How far a report is.
pub(crate) enum Prepared {
    /// It is here, and reaches so far.
    Ready(Raw, Option<DateTime<Utc>>),
    /// There was nothing to report in its whole span.
    Nothing,
    /// Ask again after that time.
    NotYet(Duration),
}

/// The report, as an earlier look has asked for it; else it is asked for now.
pub(crate) async fn prepared(reads: &Reads<'_>, wanted: &Wanted<'_>, now: DateTime<Utc>) -> Result<Prepared, Failure> {
    let Some(report) = asked_for(reads, wanted, now).await? else {
        let create = Create {
            report_type: wanted.kind.to_owned(),
            marketplaces: reads.scope.marketplaces.clone(),
            from: Some(wanted.from),
            until: Some(wanted.until),
            options: Vec::new(),
        };
        reads.amazon.call(&create).await?;
        return Ok(Prepared::NotYet(Duration::seconds(5)));
    };
    match (&report.processing_status, report.report_document_id) {
        (Processing::Done, Some(document)) => {
            Ok(Prepared::Ready(download(reads, &document).await?, report.data_end_time))
        }
        (Processing::Cancelled, _) => Ok(Prepared::Nothing),
        (Processing::Fatal, _) => Err(Failure::Unanswered {
            because: format!("Amazon could not prepare the report {}", wanted.kind),
        }),
        (Processing::InQueue | Processing::InProgress | Processing::Done | Processing::Other(_), _) => {
            let young = now - report.created_time < SOON;
            Ok(Prepared::NotYet(Duration::seconds(if young { 5 } else { 46 })))
        }
    }
}

/// The look goes on when the report may be there.
pub(crate) fn not_yet<S>(again_in: Duration, because: &str) -> Look<S> {
    Look::NotYet {
        again_in: again_in.to_std().unwrap_or_default(),
        because: Text::new(because),
    }
}

async fn asked_for(reads: &Reads<'_>, wanted: &Wanted<'_>, now: DateTime<Utc>) -> Result<Option<Report>, Failure> {
    let list = List::First {
        types: vec![wanted.kind.to_owned()],
        statuses: Vec::new(),
        marketplaces: Vec::new(),
        since: Some(wanted.since.max(now - LISTED)),
        until: None,
    };
    let mut reports = reads.amazon.call(&list).await?.reports;
    let covers_all = |report: &Report| {
        let mut shops = reads.scope.marketplaces.iter();
        shops.all(|shop| report.marketplace_ids.contains(shop))
    };
    let same = |report: &Report| {
        let span = (report.data_start_time, report.data_end_time);
        let failed = report.processing_status == Processing::Fatal && now - report.created_time > FAILED;
        span == (Some(wanted.from), Some(wanted.until)) && covers_all(report) && !failed
    };
    let serves = |report: &Report| {
        let alive = !matches!(report.processing_status, Processing::Fatal | Processing::Cancelled);
        alive && covers_all(report) && (wanted.serves)(report)
    };
    let found = reports.iter().position(same);
    let found = found.or_else(|| reports.iter().rposition(serves));
    Ok(found.map(|place| reports.swap_remove(place)))
}

/// A report's document, whole. Its address lives five minutes: one that has run out is asked for once more, never tried
/// again (amazon-sp-api.md §7).
pub(crate) async fn download(reads: &Reads<'_>, document_id: &str) -> Result<Raw, Failure> {
    let document = Document {
        document_id: document_id.to_owned(),
    };
    let mut location = reads.amazon.call(&document).await?;
    // A torn download is found out by the call itself, before anything is kept.
    match perform(reads.documents, &Download { location }).await {
        Err(Failure::Refused { .. }) => {
            location = reads.amazon.call(&document).await?;
            perform(reads.documents, &Download { location }).await
        }
        answer => answer,
    }
}

/// The cells of some columns, line by line. A report without one of them is not the report that it was taken for; a line
/// that ends early has nothing in the rest (amazon-sp-api.md §7.3).
pub(crate) fn cells<const N: usize>(raw: &Raw, columns: [&str; N]) -> Result<Vec<[String; N]>, Failure> {
    let bytes = raw.plain().map_err(|error| Failure::Unanswered {
        because: error.to_string(),
    })?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    let titles = lines.next().unwrap_or_default().trim_start_matches('\u{feff}');
    let titles: Vec<&str> = titles.split('\t').collect();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(columns) {
        let found = titles.iter().position(|title| *title == name);
        *place = found.ok_or_else(|| misread(&format!("a file without {name}")))?;
    }
    let rows = lines.filter(|line| !line.is_empty()).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        places.map(|place| cells.get(place).copied().unwrap_or_default().to_owned())
    });
    Ok(rows.collect())
}

/// An instant in a cell.
pub(crate) fn instant(cell: &str) -> Result<DateTime<Utc>, Failure> {
    let read = DateTime::parse_from_rfc3339(cell).map_err(|_| misread("a date that is not one"))?;
    Ok(read.to_utc())
}

/// A report is not what it must be.
pub(crate) fn misread(what: &str) -> Failure {
    Failure::Misread {
        what: format!("the report: {what}"),
    }
}
