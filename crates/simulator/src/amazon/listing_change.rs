//! Listings Items 2021-08-01, for writing: `put`, `patch`, `delete`. An answer says what was accepted, not what is live.

use serde_json::{Map, Value, json};
use wire::Method;

use crate::market::Market;
use crate::world::shop::attributes::{Op, Patch};
use crate::world::shop::listing::Issue;
use crate::world::shop::{Shop, Submission, Work};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::listing_body::issue_body;
use super::product_types::REQUIREMENTS;
use super::{listing_checks, listings};

/// What a request comes to: its answer, and what was accepted by it.
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// To be entered in the shop; nothing for a preview or a refusal.
    pub accepted: Option<Submission>,
}

/// The longest SKU.
const LONGEST: usize = 40;

/// `PUT`, `PATCH` or `DELETE /listings/2021-08-01/items/{sellerId}/{sku}`.
pub fn change(asked: &Asked, shop: &Shop, seller: (&str, &str), sku: &str, id: String) -> Outcome<Answered> {
    listings::own(seller)?;
    let markets = listings::markets(asked)?;
    if sku.trim().is_empty() || sku.chars().count() > LONGEST {
        return refuse(Answer::invalid(&format!(
            "The SKU must have 1 to {LONGEST} characters."
        )));
    }
    if asked.method != Method::Patch && asked.many("marketplaceIds").len() > 1 {
        return refuse(Answer::invalid("marketplaceIds can name one marketplace only."));
    }
    let preview = asked.known("mode", &["VALIDATION_PREVIEW"])?.len() == 1;
    let mut data = asked.known("includedData", &["identifiers", "issues"])?;
    if data.is_empty() {
        data.push("issues".to_owned());
    }
    let body = if asked.method == Method::Delete {
        Value::Null
    } else {
        asked.json()?
    };
    let (kind, work) = match asked.method {
        Method::Put => put(&body)?,
        Method::Patch => patches(&body)?,
        _ => (String::new(), Work::Delete),
    };
    let submission = Submission {
        id,
        region: asked.region,
        sku: sku.to_owned(),
        markets: markets.iter().map(|market| market.id.to_owned()).collect(),
        kind,
        work,
    };
    let issues = check(shop, &markets, &submission);
    let wrong = issues.iter().any(|issue| issue.severity == "ERROR");
    let status = match (wrong, preview) {
        (true, _) => "INVALID",
        (false, true) => "VALID",
        (false, false) => "ACCEPTED",
    };
    let mut answer = json!({ "sku": sku, "status": status, "submissionId": submission.id });
    if data.iter().any(|name| name == "issues") {
        answer["issues"] = issues.iter().map(issue_body).collect();
    }
    if data.iter().any(|name| name == "identifiers") {
        answer["identifiers"] = identifiers(shop, &markets, &submission);
    }
    Ok(Answered {
        answer: Answer::json(200, &answer),
        accepted: (status == "ACCEPTED").then_some(submission),
    })
}

/// Everything that is wrong with a submission.
pub fn check(shop: &Shop, markets: &[&'static Market], submission: &Submission) -> Vec<Issue> {
    let (sku, kind) = (&submission.sku, &submission.kind);
    let mut issues = Vec::new();
    for market in markets {
        match &submission.work {
            Work::Put {
                requirements,
                attributes,
            } => issues.extend(listing_checks::put(shop, market, kind, requirements, attributes)),
            Work::Patch(patches) => issues.extend(listing_checks::patch(shop, market, sku, kind, patches)),
            Work::Delete => {}
        }
    }
    if let Work::Patch(patches) = &submission.work {
        let elsewhere = |value: &&Value| {
            let named = value["marketplace_id"].as_str();
            named.is_some_and(|id| !markets.iter().any(|market| market.id == id))
        };
        for patch in patches
            .iter()
            .filter(|patch| patch.value.iter().any(|value| elsewhere(&value)))
        {
            let words = format!("'{}' names a marketplace that the request does not.", patch.attribute);
            issues.push(Issue::error("90244", &patch.attribute, "INVALID_ATTRIBUTE", words));
        }
    }
    issues.dedup();
    issues
}

fn put(body: &Value) -> Outcome<(String, Work)> {
    let kind = text(body, "productType")?;
    let requirements = body["requirements"].as_str().unwrap_or(REQUIREMENTS[0]);
    let Some(attributes) = body["attributes"].as_object() else {
        return refuse(Answer::invalid("attributes must be an object."));
    };
    if !REQUIREMENTS.contains(&requirements) {
        return refuse(Answer::invalid(&format!(
            "Invalid value '{requirements}' for requirements"
        )));
    }
    let work = Work::Put {
        requirements: requirements.to_owned(),
        attributes: attributes.clone(),
    };
    Ok((kind, work))
}

fn patches(body: &Value) -> Outcome<(String, Work)> {
    let kind = text(body, "productType")?;
    match read_patches(&body["patches"]) {
        Ok(patches) => Ok((kind, Work::Patch(patches))),
        Err(wrong) => refuse(Answer::invalid(&wrong)),
    }
}

fn text(body: &Value, name: &str) -> Outcome<String> {
    match body[name].as_str().filter(|text| !text.is_empty()) {
        Some(text) => Ok(text.to_owned()),
        None => refuse(Answer::invalid(&format!("{name} is required."))),
    }
}

/// Reads the operations of a patch. Only whole attributes can be named; `/attributes/` may be left out of the path
/// (SP-API issue 910).
pub fn read_patches(list: &Value) -> Result<Vec<Patch>, String> {
    let list = list
        .as_array()
        .filter(|list| !list.is_empty())
        .ok_or("patches must name at least one operation.")?;
    let mut patches = Vec::new();
    for (place, one) in list.iter().enumerate() {
        let op = match one["op"].as_str() {
            Some("add") => Op::Add,
            Some("replace") => Op::Replace,
            Some("merge") => Op::Merge,
            Some("delete") => Op::Delete,
            other => {
                return Err(format!(
                    "Invalid op '{}' in patch at index of {place}.",
                    other.unwrap_or_default()
                ));
            }
        };
        let path = one["path"].as_str().unwrap_or_default();
        let name = path.strip_prefix("/attributes").unwrap_or(path).trim_start_matches('/');
        if name.is_empty() || name.contains('/') || !path.starts_with('/') {
            return Err(format!(
                "Invalid path '{path}' in patch at index of {place}: only whole attributes can be patched."
            ));
        }
        let value = one["value"]
            .as_array()
            .filter(|value| !value.is_empty() && value.iter().all(Value::is_object));
        let Some(value) = value else {
            return Err(format!("Invalid empty value provided in patch at index of {place}."));
        };
        patches.push(Patch {
            op,
            attribute: name.to_owned(),
            value: value.clone(),
        });
    }
    Ok(patches)
}

fn identifiers(shop: &Shop, markets: &[&'static Market], submission: &Submission) -> Value {
    let empty = Map::new();
    let attributes = match &submission.work {
        Work::Put { attributes, .. } => attributes,
        _ => &empty,
    };
    let named = listing_checks::asin_of(shop, attributes);
    let each = markets.iter().filter_map(|market| {
        let known = shop
            .listing(market, &submission.sku)
            .and_then(|listing| listing.asin.clone());
        let asin = known.or_else(|| named.clone())?;
        Some(json!({ "marketplaceId": market.id, "asin": asin }))
    });
    each.collect()
}
