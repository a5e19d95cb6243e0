//! Feeds 2021-06-30: places to upload to, feeds and their way through processing, and their reports
//! (amazon-sp-api.md §9).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wire::Message;

use crate::chance::uuid_of;
use crate::faults::Fault;
use crate::market::Region;
use crate::time::instant;
use crate::world::acts::Act;

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::documents::{self, Document};
use super::lists::{Lists, Words};

const STATUSES: [&str; 5] = ["CANCELLED", "DONE", "FATAL", "IN_PROGRESS", "IN_QUEUE"];

/// How long the report of a feed is kept.
const REPORT_KEPT: TimeDelta = TimeDelta::days(28);

/// Feed types that are read and acted upon.
pub const FULFILMENT: &str = "POST_ORDER_FULFILLMENT_DATA";
/// The same as a table.
pub const FLAT_FULFILMENT: &str = "POST_FLAT_FILE_FULFILLMENT_DATA";
/// Orders accepted, or cancelled by the seller.
pub const ACKNOWLEDGEMENT: &str = "POST_ORDER_ACKNOWLEDGEMENT_DATA";
/// The same as a table; cancellations only.
pub const FLAT_ACKNOWLEDGEMENT: &str = "POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA";
/// Listings, message by message.
pub const LISTINGS: &str = "JSON_LISTINGS_FEED";

/// Everything that has to do with feeds.
#[derive(Default)]
pub struct Desk {
    uploads: BTreeMap<String, Upload>,
    feeds: Vec<Feed>,
    lists: Lists,
}

/// A place to upload to.
struct Upload {
    region: Region,
    content_type: String,
    bytes: Option<Vec<u8>>,
}

/// A feed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Feed {
    region: Region,
    /// Its id.
    pub id: String,
    /// Its type.
    pub kind: String,
    markets: Vec<String>,
    created: DateTime<Utc>,
    /// When it is processed.
    pub done: DateTime<Utc>,
    /// What was uploaded.
    pub text: String,
    /// Whether it ends badly whatever it says.
    pub fatal: bool,
    /// What becomes of it otherwise than it should.
    #[serde(default)]
    pub lot: Lot,
    cancelled: bool,
    processed: Option<Processed>,
}

/// What becomes of a listings feed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lot {
    /// What it says is done.
    #[default]
    Whole,
    /// Every third message is refused for no reason of its own.
    Partly,
    /// All of it is accepted, and nothing is done.
    Ignored,
}

/// How late a late feed is.
const LATE: TimeDelta = TimeDelta::hours(8);

/// What came of a feed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Processed {
    /// The feed.
    pub feed: String,
    /// Whether it was aborted.
    pub fatal: bool,
    /// What the report says.
    pub report: String,
    /// What happened by it.
    pub acts: Vec<Act>,
}

impl Desk {
    /// Takes a feed into the queue.
    pub fn enter(&mut self, feed: Feed) {
        self.feeds.push(feed);
    }

    /// The next feed that is due.
    pub fn due(&self, now: DateTime<Utc>) -> Option<&Feed> {
        let waiting = |feed: &&Feed| feed.done <= now && !feed.cancelled && feed.processed.is_none();
        self.feeds.iter().filter(waiting).min_by_key(|feed| feed.done)
    }

    /// Files what came of a feed.
    pub fn file(&mut self, mut processed: Processed) {
        // What happened has happened; only the report is asked for again.
        processed.acts.clear();
        if let Some(feed) = self.feeds.iter_mut().find(|feed| feed.id == processed.feed) {
            feed.processed = Some(processed);
        }
    }

    /// Takes bytes up at the address that was given out.
    pub fn take(&mut self, region: Region, id: &str, message: &Message) -> Answer {
        let Some(place) = self.uploads.get_mut(id).filter(|place| place.region == region) else {
            return documents::refusal(404, "NoSuchKey", "The specified key does not exist.");
        };
        let given = message.header("content-type").unwrap_or_default();
        if given != place.content_type {
            // The type is part of what the address is signed over.
            return documents::refusal(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.",
            );
        }
        place.bytes = Some(message.body.clone());
        Answer::empty(200)
    }

    /// The report with that document id.
    pub fn report(&self, region: Region, now: DateTime<Utc>, id: &str) -> Option<Document> {
        let feed = self.feeds.iter().find(|feed| {
            feed.region == region && report_of(&feed.id) == id && feed.done <= now && feed.done + REPORT_KEPT > now
        })?;
        let json = feed.kind == LISTINGS;
        Some(Document {
            bytes: feed.processed.as_ref()?.report.clone().into_bytes(),
            gzip: json,
            content_type: match feed.kind.as_str() {
                LISTINGS => "application/json; charset=UTF-8",
                FLAT_FULFILMENT | FLAT_ACKNOWLEDGEMENT => "text/plain; charset=UTF-8",
                _ => "text/xml; charset=UTF-8",
            },
        })
    }
}

fn report_of(feed: &str) -> String {
    format!("amzn1.tortuga.4.{}", uuid_of(&["feed report", feed]))
}

/// `POST /feeds/2021-06-30/documents`.
pub fn create_document(asked: &Asked, desk: &mut Desk, seed: u64) -> Outcome {
    let body = asked.json()?;
    let Some(content_type) = body["contentType"].as_str().filter(|kind| kind.contains('/')) else {
        return refuse(Answer::invalid("contentType is required."));
    };
    let count = desk.uploads.len().to_string();
    let id = format!(
        "amzn1.tortuga.4.{}",
        uuid_of(&["upload", &asked.now.to_rfc3339(), &count])
    );
    let upload = Upload {
        region: asked.region,
        content_type: content_type.to_owned(),
        bytes: None,
    };
    desk.uploads.insert(id.clone(), upload);
    let url = documents::address(seed, asked, &id);
    Ok(Answer::json(201, &json!({ "feedDocumentId": id, "url": url })))
}

/// `POST /feeds/2021-06-30/feeds`: the feed that goes into the queue.
pub fn create(asked: &Asked, desk: &mut Desk, processing: TimeDelta, fatal: bool) -> Outcome<Feed> {
    let body = asked.json()?;
    let kind = body["feedType"].as_str().unwrap_or_default();
    if ![
        FULFILMENT,
        FLAT_FULFILMENT,
        ACKNOWLEDGEMENT,
        FLAT_ACKNOWLEDGEMENT,
        LISTINGS,
    ]
    .contains(&kind)
    {
        return refuse(Answer::invalid(&format!("Feed type {kind} is not supported")));
    }
    let markets = asked.markets(&body)?;
    if kind == LISTINGS && markets.len() > 1 {
        return refuse(Answer::invalid("A listings feed can name one marketplace only."));
    }
    let place = body["inputFeedDocumentId"].as_str().and_then(|id| desk.uploads.get(id));
    let Some(place) = place.filter(|place| place.region == asked.region) else {
        return refuse(Answer::invalid("inputFeedDocumentId names no document."));
    };
    let Some(bytes) = &place.bytes else {
        return refuse(Answer::invalid("Nothing was uploaded to the document yet."));
    };
    let charset = place.content_type.split("charset=").nth(1).unwrap_or("UTF-8");
    let encoding = encoding_rs::Encoding::for_label(charset.trim().as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let text = encoding.decode(bytes).0.into_owned();
    let id = format!("{}", 70_000_000_000_u64 + desk.feeds.len() as u64 + 1);
    Ok(Feed {
        region: asked.region,
        id,
        kind: kind.to_owned(),
        markets,
        created: asked.now,
        done: asked.now
            + processing
            + if asked.fault == Some(Fault::FeedLate) {
                LATE
            } else {
                TimeDelta::zero()
            },
        text,
        fatal,
        lot: match asked.fault {
            Some(Fault::FeedPartlyRefused) => Lot::Partly,
            Some(Fault::SubmissionIgnored) => Lot::Ignored,
            _ => Lot::Whole,
        },
        cancelled: false,
        processed: None,
    })
}

impl Feed {
    /// The account that sent it.
    pub fn region(&self) -> Region {
        self.region
    }

    /// Marketplace ids.
    pub fn markets(&self) -> &[String] {
        &self.markets
    }

    fn body(&self, now: DateTime<Utc>) -> Value {
        let begun = self.created + (self.done - self.created) / 3;
        let status = match &self.processed {
            _ if self.cancelled => "CANCELLED",
            Some(processed) if processed.fatal => "FATAL",
            Some(_) => "DONE",
            None if now >= begun => "IN_PROGRESS",
            None => "IN_QUEUE",
        };
        let mut body = json!({
            "feedId": self.id,
            "feedType": self.kind,
            "marketplaceIds": self.markets,
            "createdTime": instant(self.created),
            "processingStatus": status,
        });
        if now >= begun && !self.cancelled {
            body["processingStartTime"] = json!(instant(begun));
        }
        if self.processed.is_some() {
            body["processingEndTime"] = json!(instant(self.done));
            body["resultFeedDocumentId"] = json!(report_of(&self.id));
        }
        body
    }
}

fn of<'a>(asked: &Asked, desk: &'a mut Desk, id: &str) -> Outcome<&'a mut Feed> {
    let found = desk
        .feeds
        .iter_mut()
        .find(|feed| feed.id == id && feed.region == asked.region);
    found.map_or_else(|| refuse(Answer::not_found(&format!("No feed {id}"))), Ok)
}

/// `GET /feeds/2021-06-30/feeds/{feedId}`.
pub fn get(asked: &Asked, desk: &mut Desk, id: &str) -> Outcome {
    Ok(Answer::json(200, &of(asked, desk, id)?.body(asked.now)))
}

/// `DELETE /feeds/2021-06-30/feeds/{feedId}`: only what still waits in the queue.
pub fn cancel(asked: &Asked, desk: &mut Desk, id: &str) -> Outcome {
    let feed = of(asked, desk, id)?;
    if feed.body(asked.now)["processingStatus"] != "IN_QUEUE" {
        return refuse(Answer::invalid("The feed cannot be cancelled."));
    }
    feed.cancelled = true;
    Ok(Answer::empty(200))
}

/// `GET /feeds/2021-06-30/feeds`.
pub fn list(asked: &Asked, desk: &mut Desk) -> Outcome {
    let words = Words {
        list: "feeds",
        kinds: "feedTypes",
        kind: "feedType",
        statuses: &STATUSES,
    };
    let Desk { feeds, lists, .. } = desk;
    lists.page(asked, &words, || {
        let here = feeds.iter().filter(|feed| feed.region == asked.region);
        here.map(|feed| (feed.created, feed.body(asked.now))).collect()
    })
}

/// `GET /feeds/2021-06-30/documents/{feedDocumentId}`: an address that lives five minutes.
pub fn document(asked: &Asked, desk: &Desk, seed: u64, id: &str) -> Outcome {
    let Some(document) = desk.report(asked.region, asked.now, id) else {
        return refuse(Answer::not_found(&format!("No document {id}")));
    };
    let mut body = json!({ "feedDocumentId": id, "url": documents::address(seed, asked, id) });
    if document.gzip {
        body["compressionAlgorithm"] = json!("GZIP");
    }
    Ok(Answer::json(200, &body))
}
