//! Reports 2021-06-30: list, ask for, look at, find the document, download it (amazon-sp-api.md §7).

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::orders::parse;
use crate::service::path_value;
use crate::vocabulary::vocabulary;

/// The one settlement report that Amazon still makes. It can only be found, never requested (fact 5).
pub const SETTLEMENT_V2: &str = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
/// Every line of every order that changed in a span of at most 30 days, in both channels (§7).
pub const ORDERS_BY_UPDATE: &str = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL";
/// Every unit that Amazon shipped from its own stock in a span of at most 31 days, renewed every four hours (§7).
pub const FULFILLED_SHIPMENTS: &str = "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL";

vocabulary! {
    /// How far a report is. `Cancelled` also means that there was nothing to report.
    Processing {
        InQueue = "IN_QUEUE",
        InProgress = "IN_PROGRESS",
        Done = "DONE",
        Cancelled = "CANCELLED",
        Fatal = "FATAL",
    }
}

/// A report as Amazon describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Amazon's report id.
    pub report_id: String,
    /// The report type.
    pub report_type: String,
    /// How far it is.
    pub processing_status: Processing,
    /// When it was made.
    pub created_time: DateTime<Utc>,
    /// The first instant that it covers.
    pub data_start_time: Option<DateTime<Utc>>,
    /// The last instant that it covers.
    pub data_end_time: Option<DateTime<Utc>>,
    /// The marketplaces that it covers.
    #[serde(default)]
    pub marketplace_ids: Vec<String>,
    /// Where its content is, once it is done.
    pub report_document_id: Option<String>,
}

/// `getReports`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// The first page of a search.
    First {
        /// Report types, at most 10.
        types: Vec<String>,
        /// Only these states; empty means all.
        statuses: Vec<Processing>,
        /// Only these marketplaces, at most 10; empty means all.
        marketplaces: Vec<String>,
        /// Made at or after; at most 90 days ago, which is also what nothing means.
        since: Option<DateTime<Utc>>,
        /// Made at or before.
        until: Option<DateTime<Utc>>,
    },
    /// The next page: the token must stand alone (§5).
    Next(String),
}

/// One page of reports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reports {
    /// The reports.
    pub reports: Vec<Report>,
    /// The token of the next page.
    pub next_token: Option<String>,
}

impl List {
    /// All settlement reports that are done, made since an instant.
    pub fn settlements(since: Option<DateTime<Utc>>) -> Self {
        Self::First {
            types: vec![SETTLEMENT_V2.to_owned()],
            statuses: vec![Processing::Done],
            marketplaces: Vec::new(),
            since,
            until: None,
        }
    }
}

impl Call for List {
    type Output = Reports;
    const QUOTA: Quota = Quota::every_ms("getReports", 45_046, 10);

    fn request(&self) -> Request {
        let request = Request::new(Method::Get, "/reports/2021-06-30/reports");
        match self {
            Self::Next(token) => request.query("nextToken", token),
            Self::First {
                types,
                statuses,
                marketplaces,
                since,
                until,
            } => {
                let mut request = request.query("reportTypes", types.join(",")).query("pageSize", "100");
                if !statuses.is_empty() {
                    let words: Vec<&str> = statuses.iter().map(Processing::as_str).collect();
                    request = request.query("processingStatuses", words.join(","));
                }
                if !marketplaces.is_empty() {
                    request = request.query("marketplaceIds", marketplaces.join(","));
                }
                if let Some(since) = since {
                    request = request.query("createdSince", instant(*since));
                }
                match until {
                    Some(until) => request.query("createdUntil", instant(*until)),
                    None => request,
                }
            }
        }
    }

    fn read(&self, response: &Response) -> Result<Reports, Misread> {
        parse(&response.body, "getReports")
    }
}

/// `getReport`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Get {
    /// Amazon's report id.
    pub report_id: String,
}

impl Call for Get {
    type Output = Report;
    const QUOTA: Quota = Quota::every_ms("getReport", 500, 15);

    fn request(&self) -> Request {
        Request::new(
            Method::Get,
            format!("/reports/2021-06-30/reports/{}", path_value(&self.report_id)),
        )
    }

    fn read(&self, response: &Response) -> Result<Report, Misread> {
        parse(&response.body, "getReport")
    }
}

/// `createReport`: asks Amazon to prepare a report. It changes nothing that a seller owns, so a repeat is harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The report type.
    pub report_type: String,
    /// The marketplaces, 1 to 25.
    pub marketplaces: Vec<String>,
    /// The first instant to cover.
    pub from: Option<DateTime<Utc>>,
    /// The last instant to cover.
    pub until: Option<DateTime<Utc>>,
    /// Options of the type.
    pub options: Vec<(String, String)>,
}

impl Call for Create {
    /// The new report's id.
    type Output = String;
    const QUOTA: Quota = Quota::every_ms("createReport", 59_881, 15);

    fn request(&self) -> Request {
        let mut body = Map::new();
        body.insert("reportType".to_owned(), self.report_type.clone().into());
        body.insert("marketplaceIds".to_owned(), self.marketplaces.clone().into());
        for (name, at) in [("dataStartTime", self.from), ("dataEndTime", self.until)] {
            if let Some(at) = at {
                body.insert(name.to_owned(), instant(at).into());
            }
        }
        if !self.options.is_empty() {
            let options: Map<String, Value> = self
                .options
                .iter()
                .map(|(k, v)| (k.clone(), v.clone().into()))
                .collect();
            body.insert("reportOptions".to_owned(), options.into());
        }
        Request::new(Method::Post, "/reports/2021-06-30/reports").json(&body.into())
    }

    fn read(&self, response: &Response) -> Result<String, Misread> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            report_id: String,
        }
        parse::<Answer>(&response.body, "createReport").map(|answer| answer.report_id)
    }
}

/// `getReportDocument`: where a report's content can be downloaded during the next five minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Amazon's document id.
    pub document_id: String,
}

/// Where a document is. The address is itself a credential: no `Debug`, and masked in recordings.
#[derive(Clone, PartialEq, Eq)]
pub struct Location {
    /// The presigned address, valid for five minutes; ask again rather than try again.
    pub url: String,
    /// Whether the content is compressed with gzip.
    pub gzip: bool,
}

impl Call for Document {
    type Output = Location;
    const QUOTA: Quota = Quota::every_ms("getReportDocument", 59_881, 15);

    fn request(&self) -> Request {
        Request::new(
            Method::Get,
            format!("/reports/2021-06-30/documents/{}", path_value(&self.document_id)),
        )
    }

    fn read(&self, response: &Response) -> Result<Location, Misread> {
        Location::read(response, "getReportDocument")
    }
}

impl Location {
    /// Where a document of an operation is, as reports and feeds tell it alike.
    pub(crate) fn read(response: &Response, operation: &'static str) -> Result<Self, Misread> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            url: String,
            compression_algorithm: Option<String>,
        }
        let Answer {
            url,
            compression_algorithm,
        } = parse(&response.body, operation)?;
        match compression_algorithm.as_deref() {
            None => Ok(Self { url, gzip: false }),
            Some("GZIP") => Ok(Self { url, gzip: true }),
            Some(other) => Err(Misread::new(format!(
                "a document compressed with {other}, which is not known here"
            ))),
        }
    }
}

/// Downloads a document from Amazon's storage: a plain GET without any credentials (§7.1 step 4).
///
/// Performed on a line of [`crate::Documents`].
#[derive(Clone, PartialEq, Eq)]
pub struct Download {
    /// Where it is.
    pub location: Location,
}

/// A document as it came: still compressed, still in its own character set. Archive this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether they are gzip.
    pub gzip: bool,
    /// The `Content-Type` that storage stated.
    pub content_type: Option<String>,
}

impl Call for Download {
    type Output = Raw;
    const QUOTA: Quota = Quota::unmetered("document");

    fn request(&self) -> Request {
        Request::new(Method::Get, &self.location.url)
    }

    /// A compressed document is unpacked once to see that it is whole: what is archived must be readable for ever.
    fn read(&self, response: &Response) -> Result<Raw, Misread> {
        self.take(response.clone())
    }

    fn take(&self, response: Response) -> Result<Raw, Misread> {
        let raw = Raw {
            gzip: self.location.gzip,
            content_type: response.header("content-type").map(str::to_owned),
            bytes: response.body,
        };
        raw.check()
            .map_err(|error| Misread::new(format!("a document that cannot be unpacked: {error}")))?;
        Ok(raw)
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
