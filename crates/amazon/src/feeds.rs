//! Feeds 2021-06-30: make a document, upload it, hand it in, ask how it went, read the report (amazon-sp-api.md §9).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::orders::parse;
use crate::reports::{Location, Processing};
use crate::service::path_value;

/// The content type of the order feeds. The upload must state the same, letter for letter.
pub const XML: &str = "text/xml; charset=UTF-8";

/// `createFeedDocument`: a place to upload to. It changes nothing that a seller owns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateDocument {
    /// The content type of what will be uploaded.
    pub content_type: &'static str,
}

/// Where a feed's content goes, during the next five minutes. The address is itself a credential: no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Amazon's document id.
    pub document_id: String,
    /// The presigned address.
    pub url: String,
}

impl Call for CreateDocument {
    type Output = Place;
    const QUOTA: Quota = Quota::every_ms("createFeedDocument", 2_000, 15);
    const WRITES: bool = true;

    fn request(&self) -> Request {
        Request::new(Method::Post, "/feeds/2021-06-30/documents").json(&json!({ "contentType": self.content_type }))
    }

    fn read(&self, response: &Response) -> Result<Place, Misread> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            feed_document_id: String,
            url: String,
        }
        let answer: Answer = parse(&response.body, "createFeedDocument")?;
        Ok(Place {
            document_id: answer.feed_document_id,
            url: answer.url,
        })
    }
}

/// Uploads a feed's content: plain bytes without any credentials. Performed on a line of [`crate::Documents`].
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// Where to.
    pub url: String,
    /// The content type that the place was made for.
    pub content_type: &'static str,
    /// The document.
    pub text: String,
}

impl Call for Upload {
    type Output = ();
    const QUOTA: Quota = Quota::unmetered("document");
    const WRITES: bool = true;

    fn request(&self) -> Request {
        let mut request = Request::new(Method::Put, &self.url).header("content-type", self.content_type);
        request.body = self.text.clone().into_bytes();
        request
    }

    fn read(&self, _response: &Response) -> Result<(), Misread> {
        Ok(())
    }
}

/// `createFeed`: hands an uploaded document in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    /// The feed type.
    pub feed_type: String,
    /// The marketplaces.
    pub marketplaces: Vec<String>,
    /// The uploaded document.
    pub document_id: String,
}

impl Call for Create {
    /// The feed's id.
    type Output = String;
    const QUOTA: Quota = Quota::every_ms("createFeed", 120_482, 15);
    const WRITES: bool = true;

    fn request(&self) -> Request {
        Request::new(Method::Post, "/feeds/2021-06-30/feeds").json(&json!({
            "feedType": self.feed_type,
            "marketplaceIds": self.marketplaces,
            "inputFeedDocumentId": self.document_id,
        }))
    }

    fn read(&self, response: &Response) -> Result<String, Misread> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Answer {
            feed_id: String,
        }
        parse::<Answer>(&response.body, "createFeed").map(|answer| answer.feed_id)
    }
}

/// `getFeed`: how far a feed is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Get {
    /// The feed's id.
    pub feed_id: String,
}

/// A feed as Amazon describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    /// Amazon's feed id.
    pub feed_id: String,
    /// The feed type.
    pub feed_type: String,
    /// How far it is.
    pub processing_status: Processing,
    /// When it was handed in.
    pub created_time: DateTime<Utc>,
    /// Where its processing report is, once it is done.
    pub result_feed_document_id: Option<String>,
}

impl Call for Get {
    type Output = Feed;
    const QUOTA: Quota = Quota::every_ms("getFeed", 500, 15);

    fn request(&self) -> Request {
        Request::new(
            Method::Get,
            format!("/feeds/2021-06-30/feeds/{}", path_value(&self.feed_id)),
        )
    }

    fn read(&self, response: &Response) -> Result<Feed, Misread> {
        parse(&response.body, "getFeed")
    }
}

/// `getFeedDocument`: where a processing report can be downloaded during the next five minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Amazon's document id.
    pub document_id: String,
}

impl Call for Document {
    type Output = Location;
    const QUOTA: Quota = Quota::every_ms("getFeedDocument", 45_046, 10);

    fn request(&self) -> Request {
        Request::new(
            Method::Get,
            format!("/feeds/2021-06-30/documents/{}", path_value(&self.document_id)),
        )
    }

    fn read(&self, response: &Response) -> Result<Location, Misread> {
        Location::read(response, "getFeedDocument")
    }
}

/// What the processing report of an order feed says against its messages; empty when all were taken.
pub fn errors(report: &str) -> Vec<String> {
    let results = report.split("<Result>").skip(1);
    let is_error = |result: &&str| element(result, "ResultCode").is_some_and(|code| code.eq_ignore_ascii_case("error"));
    let mut errors: Vec<String> = results
        .filter(is_error)
        .map(|result| element(result, "ResultDescription").unwrap_or("Error").to_owned())
        .collect();
    let counted = element(report, "MessagesWithError").and_then(|count| count.parse::<u32>().ok());
    if errors.is_empty() && counted.is_some_and(|count| count > 0) {
        errors.push("Error".to_owned());
    }
    errors
}

fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (inner, _) = rest.split_once(&format!("</{name}>"))?;
    Some(inner.trim())
}
