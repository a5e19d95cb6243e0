//! `JSON_LISTINGS_FEED` version 2.0, worked off message by message, and its processing report (amazon-sp-api.md §9; the
//! published feed schemas).

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::chance::uuid_of;
use crate::market::{self, Market};
use crate::world::World;
use crate::world::acts::Act;
use crate::world::shop::attributes::{Op, Patch};
use crate::world::shop::listing::{Issue, Listing};
use crate::world::shop::{Submission, Work};

use super::feeds::{Feed, Lot, Processed};
use super::product_types::REQUIREMENTS;
use super::{listing_body, listing_change};

/// A document may not be larger.
const BYTES: usize = 10 * 1024 * 1024;
/// A feed may not hold more messages.
const MESSAGES: usize = 25_000;

/// What came of the messages so far.
#[derive(Default)]
struct Tally {
    issues: Vec<Value>,
    errors: usize,
    warnings: usize,
    invalid: usize,
    accepted: Vec<String>,
    acts: Vec<Act>,
}

/// Does what the feed says.
pub fn work(world: &mut World, feed: &Feed, seller: &str) -> Processed {
    let read = if feed.fatal {
        Err("The feed could not be processed because of an internal error.".to_owned())
    } else {
        document(feed, seller)
    };
    let mut tally = Tally::default();
    let (document, market) = match read {
        Ok(read) => read,
        Err(why) => {
            tally.errors = 1;
            tally
                .issues
                .push(json!({ "code": "4000000", "severity": "ERROR", "message": why }));
            return processed(world, feed, seller, tally, (0, &Value::Null), None);
        }
    };
    let messages = document["messages"].as_array().map_or(&[][..], Vec::as_slice);
    let mut numbers = HashSet::new();
    for (place, message) in messages.iter().enumerate() {
        let twice = message["messageId"]
            .as_i64()
            .is_some_and(|number| !numbers.insert(number));
        let unlucky = feed.lot == Lot::Partly && place % 3 == 2;
        let wrong = match submission(message, feed, market) {
            _ if twice => Err(vec![plain("The messageId is used twice in this feed.")]),
            _ if unlucky => Err(vec![plain(
                "The submission could not be processed because of an internal error.",
            )]),
            Err(why) => Err(vec![plain(&why)]),
            Ok(submission) => take(world, feed, market, submission, &mut tally),
        };
        if let Err(issues) = wrong {
            tally.refuse(message, &issues);
        }
    }
    let report = &document["header"]["report"];
    processed(world, feed, seller, tally, (messages.len(), report), Some(market))
}

/// The document and its marketplace, or why all of it is refused.
fn document(feed: &Feed, seller: &str) -> Result<(Value, &'static Market), String> {
    if feed.text.len() > BYTES {
        return Err("The document is larger than 10 MiB.".to_owned());
    }
    let document: Value =
        serde_json::from_str(&feed.text).map_err(|wrong| format!("The document is not valid JSON: {wrong}."))?;
    let header = &document["header"];
    if header["version"] != "2.0" {
        return Err("The header must say the version 2.0.".to_owned());
    }
    if header["sellerId"].as_str() != Some(seller) {
        return Err("The sellerId of the header is not that of the account.".to_owned());
    }
    let report = &header["report"];
    let data = report["includedData"].as_array();
    let known = |name: &Value| name.as_str().is_some_and(|name| listing_body::DATA.contains(&name));
    if !report.is_null()
        && (report["apiVersion"] != "2021-08-01" || data.is_none_or(|data| data.is_empty() || !data.iter().all(known)))
    {
        return Err("The report of the header must name includedData and the apiVersion 2021-08-01.".to_owned());
    }
    let count = document["messages"].as_array().map_or(0, Vec::len);
    if count == 0 || count > MESSAGES {
        return Err(format!("A feed must hold 1 to {MESSAGES} messages."));
    }
    let market = feed.markets().first().and_then(|id| market::by_id(id));
    Ok((document, market.ok_or("The feed names no marketplace.")?))
}

/// Whether a message has the published form, and what it asks for.
fn submission(message: &Value, feed: &Feed, market: &Market) -> Result<Submission, String> {
    let number = message["messageId"]
        .as_i64()
        .filter(|number| (1..=2_147_483_647).contains(number));
    let number = number.ok_or("'messageId' must be a whole number from 1 to 2147483647.")?;
    let text = |name: &str| message[name].as_str().filter(|text| !text.is_empty());
    let sku = text("sku").ok_or("'sku' is required but not supplied.")?;
    if sku.chars().count() > 40 {
        return Err("The SKU has more than 40 characters.".to_owned());
    }
    let operation = text("operationType").unwrap_or_default();
    let applicable: &[&str] = match operation {
        "UPDATE" => &["productType", "requirements", "attributes"],
        "PARTIAL_UPDATE" => &["productType", "attributes"],
        "PATCH" => &["productType", "patches"],
        "DELETE" => &[],
        _ => return Err("'operationType' is not one of the allowed values.".to_owned()),
    };
    for name in ["productType", "requirements", "attributes", "patches"] {
        let there = !message[name].is_null();
        if there && !applicable.contains(&name) {
            return Err(format!("'{name}' is not applicable to the operation {operation}."));
        }
        if !there && name != "requirements" && applicable.contains(&name) {
            return Err(format!("'{name}' is required but not supplied."));
        }
    }
    let attributes = || {
        let given = message["attributes"].as_object().filter(|given| !given.is_empty());
        given
            .cloned()
            .ok_or("'attributes' must name at least one attribute.".to_owned())
    };
    let work = match operation {
        "UPDATE" => {
            let requirements = text("requirements").unwrap_or(REQUIREMENTS[0]);
            if !REQUIREMENTS.contains(&requirements) {
                return Err("'requirements' is not one of the allowed values.".to_owned());
            }
            Work::Put {
                requirements: requirements.to_owned(),
                attributes: attributes()?,
            }
        }
        "PARTIAL_UPDATE" => Work::Patch(replacing(&attributes()?)?),
        "PATCH" => Work::Patch(listing_change::read_patches(&message["patches"])?),
        _ => Work::Delete,
    };
    Ok(Submission {
        id: uuid_of(&["feed", &feed.id, &number.to_string()]),
        region: feed.region(),
        sku: sku.to_owned(),
        markets: vec![market.id.to_owned()],
        kind: text("productType").unwrap_or_default().to_owned(),
        work,
    })
}

/// A partial update is a patch that replaces.
fn replacing(attributes: &Map<String, Value>) -> Result<Vec<Patch>, String> {
    let each = attributes.iter().map(|(name, values)| {
        let value = values
            .as_array()
            .filter(|list| !list.is_empty() && list.iter().all(Value::is_object));
        let value = value.ok_or_else(|| format!("'{name}' must be a list of instances."))?;
        Ok(Patch {
            op: Op::Replace,
            attribute: name.clone(),
            value: value.clone(),
        })
    });
    each.collect()
}

fn take(
    world: &mut World,
    feed: &Feed,
    market: &'static Market,
    submission: Submission,
    tally: &mut Tally,
) -> Result<(), Vec<Issue>> {
    let issues = listing_change::check(&world.shop, &[market], &submission);
    if issues.iter().any(|issue| issue.severity == "ERROR") {
        return Err(issues);
    }
    tally.accepted.push(submission.sku.clone());
    // A feed that is forgotten is accepted like any other.
    if feed.lot != Lot::Ignored {
        let act = Act::Submit(Box::new(submission));
        if world.act(&act, feed.done).is_ok() {
            tally.acts.push(act);
        }
    }
    Ok(())
}

fn plain(words: &str) -> Issue {
    Issue::error("4000001", "", "", words)
}

impl Tally {
    fn refuse(&mut self, message: &Value, issues: &[Issue]) {
        self.invalid += 1;
        for issue in issues {
            match issue.severity.as_str() {
                "ERROR" => self.errors += 1,
                _ => self.warnings += 1,
            }
            let mut told = json!({ "code": issue.code, "severity": issue.severity, "message": issue.message });
            if message["messageId"].as_i64().is_some_and(|number| number > 0) {
                told["messageId"] = message["messageId"].clone();
            }
            if let Some(sku) = message["sku"].as_str().filter(|sku| !sku.is_empty()) {
                told["sku"] = json!(sku);
            }
            if let Some(name) = issue.attributes.first() {
                told["attributeName"] = json!(name);
            }
            self.issues.push(told);
        }
    }
}

fn processed(
    world: &World,
    feed: &Feed,
    seller: &str,
    tally: Tally,
    (count, wanted): (usize, &Value),
    market: Option<&'static Market>,
) -> Processed {
    let mut report = json!({
        "header": { "sellerId": seller, "version": "2.0", "feedId": feed.id },
        "issues": tally.issues,
        "summary": {
            "errors": tally.errors, "warnings": tally.warnings, "messagesProcessed": count,
            "messagesAccepted": tally.accepted.len(), "messagesInvalid": tally.invalid,
        },
    });
    if let (Some(market), true) = (market, wanted.is_object()) {
        report["header"]["report"] = wanted.clone();
        let items = items(world, feed, market, &tally.accepted, wanted);
        report["summary"]["itemSummary"] = summed(&items);
        report["items"] = json!(items);
    }
    Processed {
        feed: feed.id.clone(),
        fatal: market.is_none(),
        report: report.to_string(),
        acts: tally.acts,
    }
}

/// The listings that accepted messages named, as they stand when the feed is done.
fn items(world: &World, feed: &Feed, market: &Market, skus: &[String], wanted: &Value) -> Vec<Value> {
    let names = wanted["includedData"].as_array().into_iter().flatten();
    let data: Vec<String> = names.filter_map(|name| name.as_str().map(str::to_owned)).collect();
    let mut seen = HashSet::new();
    let known = skus.iter().filter(|sku| seen.insert(*sku));
    let found = known.filter_map(|sku| {
        let listing: &Listing = world.shop.listing(market, sku)?;
        Some(listing_body::item(&world.shop, sku, &[listing], &data, feed.done))
    });
    found.collect()
}

fn summed(items: &[Value]) -> Value {
    let of = |severity: &str| {
        let issues = items
            .iter()
            .flat_map(|item| item["issues"].as_array().into_iter().flatten());
        issues.filter(|issue| issue["severity"] == severity).count()
    };
    json!({ "items": items.len(), "errors": of("ERROR"), "warnings": of("WARNING") })
}
