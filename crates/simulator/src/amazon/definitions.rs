//! Product Type Definitions 2020-09-01: finding product types, and the schema of one, which lies in document storage
//! under an address that is good for seven days.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use serde_json::{Value, json};

use crate::chance::name_of;
use crate::market::{self, Market};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::catalogue;
use super::documents::{self, Document};
use super::product_types::{self, KINDS, Kind, REQUIREMENTS};

/// What document ids of schemas begin with.
const SCHEMA: &str = "ptd.";
const META: &str = "ptd.meta-schema";

/// Labels are told in English only, whatever is asked for.
const LOCALE: &str = "en_US";

/// `GET /definitions/2020-09-01/productTypes`.
pub fn search(asked: &Asked) -> Outcome {
    let markets = markets(asked)?;
    let (keywords, title) = (asked.many("keywords"), asked.one("itemName"));
    if !keywords.is_empty() && title.is_some() {
        return refuse(Answer::invalid("keywords and itemName cannot be used together."));
    }
    let has = |kind: &Kind, text: &str| {
        let text = text.to_lowercase();
        kind.words.iter().any(|word| text.contains(word)) || kind.name.eq_ignore_ascii_case(&text)
    };
    let found = KINDS.iter().filter(|kind| match title {
        Some(title) => has(kind, title),
        None => keywords.is_empty() || keywords.iter().any(|word| has(kind, word)),
    });
    let found: Vec<Value> = found
        .map(|kind| json!({ "name": kind.name, "displayName": kind.label, "marketplaceIds": markets }))
        .collect();
    Ok(Answer::json(
        200,
        &json!({ "productTypes": found, "productTypeVersion": version("") }),
    ))
}

/// `GET /definitions/2020-09-01/productTypes/{productType}`.
pub fn get(asked: &Asked, seed: u64, name: &str) -> Outcome {
    let market = catalogue::here(asked)?;
    if markets(asked)?.len() > 1 {
        return refuse(Answer::invalid("marketplaceIds is limited to one marketplace."));
    }
    let kind = product_types::named(name);
    let kind = kind.ok_or_else(|| Box::new(Answer::not_found(&format!("There is no product type {name}."))))?;
    let requirements = one_of(asked, "requirements", &REQUIREMENTS)?;
    let enforced = one_of(asked, "requirementsEnforced", &["ENFORCED", "NOT_ENFORCED"])?;
    let schema = format!("{SCHEMA}{}.{}.{requirements}.{enforced}", kind.name, market.id);
    let link = |id: &str, text: &str| {
        json!({
            "link": { "resource": documents::lasting_address(seed, asked, id), "verb": "GET" },
            "checksum": STANDARD.encode(Md5::digest(text.as_bytes())),
        })
    };
    let body = json!({
        "metaSchema": link(META, &product_types::meta_schema().to_string()),
        "schema": link(&schema, &text_of(kind, market, requirements, enforced)),
        "requirements": requirements,
        "requirementsEnforced": enforced,
        "propertyGroups": kind.groups(requirements),
        "locale": LOCALE,
        "marketplaceIds": [market.id],
        "productType": kind.name,
        "displayName": kind.label,
        "productTypeVersion": { "version": version(kind.name), "latest": true, "releaseCandidate": false },
    });
    Ok(Answer::json(200, &body))
}

fn markets(asked: &Asked) -> Outcome<Vec<String>> {
    catalogue::here(asked)?;
    let ids = asked.many("marketplaceIds");
    match ids
        .iter()
        .find(|id| market::by_id(id).is_none_or(|known| known.region != asked.region))
    {
        Some(id) => refuse(Answer::invalid(&format!("Invalid marketplace {id}."))),
        None => Ok(ids),
    }
}

/// The parameter, which must be one of these; the first when it is not given.
fn one_of<'a>(asked: &Asked, name: &str, allowed: &[&'a str]) -> Outcome<&'a str> {
    let Some(given) = asked.one(name) else {
        return Ok(allowed[0]);
    };
    let found = allowed.iter().find(|known| **known == given);
    found.map_or_else(
        || refuse(Answer::invalid(&format!("Invalid value '{given}' for {name}"))),
        |known| Ok(*known),
    )
}

fn text_of(kind: &Kind, market: &Market, requirements: &str, enforced: &str) -> String {
    kind.schema(market, requirements, enforced == "ENFORCED").to_string()
}

/// A version changes with what the schemas say.
fn version(kind: &str) -> String {
    format!("{}=", &name_of(&["product type version 1", kind])[..11])
}

/// The document with that id.
pub fn document(id: &str) -> Option<Document> {
    let text = if id == META {
        product_types::meta_schema().to_string()
    } else {
        let parts: Vec<&str> = id.strip_prefix(SCHEMA)?.split('.').collect();
        let [kind, market, requirements, enforced] = parts[..] else {
            return None;
        };
        text_of(
            product_types::named(kind)?,
            market::by_id(market)?,
            requirements,
            enforced,
        )
    };
    Some(Document {
        bytes: text.into_bytes(),
        gzip: false,
        content_type: "application/json",
    })
}
