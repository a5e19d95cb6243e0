//! Reports 2021-06-30: listing, requesting, following and fetching reports.

use std::sync::OnceLock;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::chance::{name_of, uuid_of};
use crate::market::Region;
use crate::time::{instant, read_instant};
use crate::world::World;
use crate::world::settlement::{Settlement, Style};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::documents::{self, Document};
use super::lists::{Lists, Words};
use super::order_body::Roles;
use super::schedules::Schedules;
use super::{listings_report, report_text, shipments_report};

/// The one settlement report that still exists. It cannot be requested.
pub const SETTLEMENT: &str = "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
/// Requestable reports that the simulator can fill.
pub const ORDERS_BY_UPDATE: &str = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL";
/// What Amazon shipped from its own stock. It can be requested, not scheduled.
pub const SHIPPED: &str = "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL";
const REQUESTABLE: [&str; 3] = [ORDERS_BY_UPDATE, LISTINGS, SHIPPED];
/// Report types that can be scheduled.
pub const SCHEDULABLE: [&str; 2] = [ORDERS_BY_UPDATE, LISTINGS];
/// All listings of a seller.
pub const LISTINGS: &str = "GET_MERCHANT_LISTINGS_ALL_DATA";

const STATUSES: [&str; 5] = ["CANCELLED", "DONE", "FATAL", "IN_PROGRESS", "IN_QUEUE"];

/// Requested reports and open listings.
#[derive(Default)]
pub struct Desk {
    /// Whether reports requested from now on fail.
    pub fatal: bool,
    requested: Vec<Requested>,
    lists: Lists,
    /// Reports that are requested by themselves.
    pub schedules: Schedules,
    made: u64,
}

/// A report that the client asked for.
struct Requested {
    region: Region,
    id: String,
    kind: String,
    markets: Vec<String>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    created: DateTime<Utc>,
    done: DateTime<Utc>,
    cancelled: Option<DateTime<Utc>>,
    fatal: bool,
    /// What a report on listings said when it was first fetched: a report does not change.
    told: OnceLock<String>,
}

/// `GET /reports/2021-06-30/reports`.
pub fn list(asked: &Asked, world: &World, desk: &mut Desk, roles: Roles) -> Outcome {
    if asked.many("reportTypes").iter().any(|kind| kind == SETTLEMENT) && !roles.finance {
        return refuse(Answer::unauthorized(
            "The application lacks the role for this report type.",
        ));
    }
    let words = Words {
        list: "reports",
        kinds: "reportTypes",
        kind: "reportType",
        statuses: &STATUSES,
    };
    let Desk { requested, lists, .. } = desk;
    lists.page(asked, &words, || {
        let mut found = settlements(asked.region, world, asked.now);
        let here = requested.iter().filter(|report| report.region == asked.region);
        found.extend(here.map(|report| (report.created, report.body(world, asked.now))));
        found
    })
}

/// Settlement reports of a region that are ready. The German one is listed twice, under two report ids, as happens when
/// one report serves several marketplaces.
fn settlements(region: Region, world: &World, now: DateTime<Utc>) -> Vec<(DateTime<Utc>, Value)> {
    let mut found = Vec::new();
    for settlement in world
        .settlements
        .iter()
        .filter(|known| known.market.region == region && known.ready <= now)
    {
        let copies = if settlement.style == Style::German { 2 } else { 1 };
        for copy in 0..copies {
            let created = settlement.ready + TimeDelta::minutes(copy * 7);
            let id = settlement_report(settlement, copy);
            let body = json!({
                "marketplaceIds": [settlement.market.id],
                "reportId": id,
                "reportType": SETTLEMENT,
                "dataStartTime": instant(settlement.start),
                "dataEndTime": instant(settlement.end),
                "createdTime": instant(created),
                "processingStatus": "DONE",
                "processingStartTime": instant(created),
                "processingEndTime": instant(created),
                "reportDocumentId": document_of(&id),
            });
            found.push((created, body));
        }
    }
    found
}

/// Each issue of a settlement is a report of its own.
fn settlement_report(settlement: &Settlement, copy: i64) -> String {
    let copy = i64::from(settlement.issue) * 2 + copy;
    let number = u64::from_str_radix(&name_of(&[&settlement.id, &copy.to_string()])[..8], 16).unwrap_or(0);
    format!("{}", 50_000_000_000 + number)
}

fn document_of(report: &str) -> String {
    format!("amzn1.spdoc.1.4.{}", uuid_of(&["document", report]))
}

/// `POST /reports/2021-06-30/reports`.
pub fn create(asked: &Asked, desk: &mut Desk, processing: TimeDelta) -> Outcome {
    let body = asked.json()?;
    let kind = body["reportType"].as_str().unwrap_or_default();
    if kind.starts_with("GET_V2_SETTLEMENT_REPORT_DATA") {
        return refuse(Answer::invalid(&format!(
            "Report type {kind} is not allowed at this time"
        )));
    }
    if !REQUESTABLE.contains(&kind) {
        return refuse(Answer::invalid(&format!("Report type {kind} is not supported")));
    }
    let markets = asked.markets(&body)?;
    let time = |name: &str| body[name].as_str().and_then(read_instant);
    let to = time("dataEndTime").unwrap_or(asked.now);
    let from = time("dataStartTime").unwrap_or(to - TimeDelta::days(1));
    let most = if kind == SHIPPED { 31 } else { 30 };
    if from > to || to - from > TimeDelta::days(most) {
        return refuse(Answer::invalid(&format!(
            "The requested range must be at most {most} days"
        )));
    }
    let id = desk.request(
        asked.region,
        kind,
        markets,
        (from, to),
        (asked.now, asked.now + processing),
    );
    Ok(Answer::json(202, &json!({ "reportId": id })))
}

impl Desk {
    /// Puts a request down; its id.
    fn request(
        &mut self,
        region: Region,
        kind: &str,
        markets: Vec<String>,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        (created, done): (DateTime<Utc>, DateTime<Utc>),
    ) -> String {
        self.made += 1;
        let id = format!("{}", 60_000_000_000_u64 + self.made);
        self.requested.push(Requested {
            region,
            id: id.clone(),
            kind: kind.to_owned(),
            markets,
            from,
            to,
            created,
            done,
            cancelled: None,
            fatal: self.fatal,
            told: OnceLock::new(),
        });
        id
    }

    /// Requests every report that a schedule asks for by then.
    pub fn keep_schedules(&mut self, now: DateTime<Utc>, processing: TimeDelta) {
        while let Some(wanted) = self.schedules.due(now) {
            let window = (wanted.at - wanted.every, wanted.at);
            let times = (wanted.at, wanted.at + processing);
            self.request(wanted.region, &wanted.kind, wanted.markets, window, times);
        }
    }
}

impl Requested {
    fn text(&self, world: &World) -> Option<String> {
        if self.fatal {
            return Some("The report could not be generated because of an internal error.\n".to_owned());
        }
        match self.kind.as_str() {
            ORDERS_BY_UPDATE => report_text::orders(world, &self.markets, self.from, self.to),
            SHIPPED => shipments_report::shipped(world, &self.markets, self.from, self.to),
            _ => {
                let told = || listings_report::listings(world, &self.markets, self.done).unwrap_or_default();
                Some(self.told.get_or_init(told).clone())
            }
        }
    }

    fn body(&self, world: &World, now: DateTime<Utc>) -> Value {
        let begun = self.created + (self.done - self.created) / 3;
        // A list of listings is never without its title line.
        let empty = self.kind != LISTINGS && self.text(world).is_none();
        let status = if self.cancelled.is_some() || (now >= self.done && empty) {
            "CANCELLED"
        } else if now >= self.done {
            if self.fatal { "FATAL" } else { "DONE" }
        } else if now >= begun {
            "IN_PROGRESS"
        } else {
            "IN_QUEUE"
        };
        let mut body = json!({
            "marketplaceIds": self.markets,
            "reportId": self.id,
            "reportType": self.kind,
            "dataStartTime": instant(self.from),
            "dataEndTime": instant(self.to),
            "createdTime": instant(self.created),
            "processingStatus": status,
        });
        if now >= begun {
            body["processingStartTime"] = json!(instant(begun));
        }
        if now >= self.done {
            body["processingEndTime"] = json!(instant(self.done));
        }
        if matches!(status, "DONE" | "FATAL") {
            body["reportDocumentId"] = json!(document_of(&self.id));
        }
        body
    }
}

/// `GET /reports/2021-06-30/reports/{reportId}`.
pub fn get(asked: &Asked, world: &World, desk: &Desk, id: &str) -> Outcome {
    let settlement = settlements(asked.region, world, asked.now)
        .into_iter()
        .map(|(_, body)| body)
        .find(|body| body["reportId"] == json!(id));
    let requested = || {
        desk.requested
            .iter()
            .find(|report| report.id == id && report.region == asked.region)
            .map(|report| report.body(world, asked.now))
    };
    match settlement.or_else(requested) {
        Some(body) => Ok(Answer::json(200, &body)),
        None => refuse(Answer::not_found(&format!("No report {id}"))),
    }
}

/// `DELETE /reports/2021-06-30/reports/{reportId}`: only reports that still wait in the queue.
pub fn cancel(asked: &Asked, desk: &mut Desk, id: &str) -> Outcome {
    match desk
        .requested
        .iter_mut()
        .find(|report| report.id == id && report.region == asked.region && report.done > asked.now)
    {
        Some(report) => {
            report.cancelled = Some(asked.now);
            Ok(Answer::empty(200))
        }
        None => refuse(Answer::invalid("The report cannot be cancelled")),
    }
}

/// `GET /reports/2021-06-30/documents/{reportDocumentId}`: an address that lives five minutes.
pub fn document(asked: &Asked, world: &World, desk: &Desk, seed: u64, id: &str) -> Outcome {
    let Some(document) = find_document(world, desk, asked.region, asked.now, id) else {
        return refuse(Answer::not_found(&format!("No document {id}")));
    };
    let url = documents::address(seed, asked, id);
    let mut body = json!({ "reportDocumentId": id, "url": url });
    if document.gzip {
        body["compressionAlgorithm"] = json!("GZIP");
    }
    Ok(Answer::json(200, &body))
}

/// The document with that id.
pub fn find_document(world: &World, desk: &Desk, region: Region, now: DateTime<Utc>, id: &str) -> Option<Document> {
    for settlement in world
        .settlements
        .iter()
        .filter(|known| known.market.region == region && known.ready <= now)
    {
        if (0..2).any(|copy| document_of(&settlement_report(settlement, copy)) == id) {
            return Some(Document {
                bytes: crate::world::flatfile::write(settlement),
                gzip: settlement.style != Style::German,
                content_type: crate::world::flatfile::content_type(settlement.style),
            });
        }
    }
    let report = desk
        .requested
        .iter()
        .find(|report| document_of(&report.id) == id && report.done <= now)?;
    // Listings still come in the old encodings of their regions, order reports in UTF-8.
    let (encoding, content_type) = match (report.kind.as_str(), region) {
        (LISTINGS, Region::Fe) => (encoding_rs::SHIFT_JIS, "text/plain; charset=Shift_JIS"),
        (LISTINGS, _) => (encoding_rs::WINDOWS_1252, "text/plain; charset=Cp1252"),
        _ => (encoding_rs::UTF_8, "text/plain; charset=UTF-8"),
    };
    let bytes = encoding.encode(&report.text(world)?).0.into_owned();
    Some(Document {
        bytes,
        gzip: true,
        content_type,
    })
}
