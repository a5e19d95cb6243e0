//! Catalog Items 2022-04-01 and Listings Items 2021-08-01, for reading.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::market::{self, Market};
use crate::time::instant;
use crate::world::World;
use crate::world::product::{self, Product};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;

const CATALOGUE_DATA: [&str; 10] = [
    "attributes",
    "classifications",
    "dimensions",
    "identifiers",
    "images",
    "productTypes",
    "relationships",
    "salesRanks",
    "summaries",
    "vendorDetails",
];
const LISTING_DATA: [&str; 8] = [
    "summaries",
    "attributes",
    "issues",
    "offers",
    "fulfillmentAvailability",
    "procurement",
    "relationships",
    "productTypes",
];

fn here(asked: &Asked) -> Outcome<&'static Market> {
    let ids = asked.many("marketplaceIds");
    match ids.first().and_then(|id| market::by_id(id)) {
        Some(known) if known.region == asked.region => Ok(known),
        Some(_) => refuse(Answer::unauthorized(
            "The marketplace does not belong to this endpoint.",
        )),
        None => refuse(Answer::invalid("marketplaceIds is required.")),
    }
}

fn included(asked: &Asked, known: &[&str]) -> Outcome<Vec<String>> {
    let given = asked.known("includedData", known)?;
    Ok(if given.is_empty() {
        vec!["summaries".to_owned()]
    } else {
        given
    })
}

/// `GET /catalog/2022-04-01/items/{asin}`.
pub fn item(asked: &Asked, asin: &str) -> Outcome {
    let market = here(asked)?;
    let data = included(asked, &CATALOGUE_DATA)?;
    match product::all().find(|known| known.asin == asin) {
        Some(known) => Ok(Answer::json(200, &catalogue_body(known, market, &data))),
        None => refuse(Answer::not_found(&format!(
            "Requested item '{asin}' not found in marketplace {}.",
            market.id
        ))),
    }
}

/// `GET /catalog/2022-04-01/items`.
pub fn search_items(asked: &Asked) -> Outcome {
    let market = here(asked)?;
    let data = included(asked, &CATALOGUE_DATA)?;
    let (identifiers, keywords) = (asked.many("identifiers"), asked.many("keywords"));
    let kind = asked.one("identifiersType");
    if identifiers.is_empty() == keywords.is_empty()
        || (kind.is_none() && !identifiers.is_empty())
        || identifiers.len() > 20
    {
        return refuse(Answer::invalid(
            "Either identifiers with identifiersType, or keywords, must be given.",
        ));
    }
    let found = product::all().filter(|known| match kind {
        Some(kind) => identifiers.iter().any(|wanted| names(known, kind, wanted)),
        None => keywords
            .iter()
            .all(|word| known.title(market).to_lowercase().contains(&word.to_lowercase())),
    });
    page(
        asked,
        "numberOfResults",
        found.map(|known| catalogue_body(known, market, &data)).collect(),
    )
}

fn names(known: &Product, kind: &str, wanted: &str) -> bool {
    match kind {
        "ASIN" => known.asin == wanted,
        "SKU" => known.sku == wanted,
        "EAN" | "GTIN" => known.ean == wanted,
        _ => false,
    }
}

/// A page of results; the token says where the next one begins.
fn page(asked: &Asked, count: &str, all: Vec<Value>) -> Outcome {
    let size = asked.number("pageSize", 1, 20, 10)?;
    let at: usize = asked
        .one("pageToken")
        .and_then(|token| token.strip_prefix("page-")?.parse().ok())
        .unwrap_or(0);
    let total = all.len();
    let items: Vec<Value> = all.into_iter().skip(at).take(size).collect();
    let mut body = json!({ "items": items });
    body[count] = json!(total);
    if at + size < total {
        body["pagination"] = json!({ "nextToken": format!("page-{}", at + size) });
    }
    Ok(Answer::json(200, &body))
}

fn catalogue_body(known: &Product, market: &Market, data: &[String]) -> Value {
    let mut body = json!({ "asin": known.asin });
    for name in data {
        body[name] = match name.as_str() {
            "summaries" => json!([{
                "marketplaceId": market.id,
                "brand": "Atelier Lumen",
                "itemName": known.title(market),
                "itemClassification": "BASE_PRODUCT",
                "packageQuantity": 1,
                "partNumber": known.sku,
            }]),
            "identifiers" => json!([{
                "marketplaceId": market.id,
                "identifiers": [
                    { "identifierType": "EAN", "identifier": known.ean },
                    { "identifierType": "SKU", "identifier": known.sku },
                ],
            }]),
            "productTypes" => json!([{ "marketplaceId": market.id, "productType": kind(known) }]),
            "attributes" => json!({ "brand": [{ "value": "Atelier Lumen", "marketplace_id": market.id }] }),
            "images" => json!([{ "marketplaceId": market.id, "images": [] }]),
            "salesRanks" | "classifications" | "dimensions" | "vendorDetails" => {
                json!([{ "marketplaceId": market.id }])
            }
            _ => json!([{ "marketplaceId": market.id, "relationships": [] }]),
        };
    }
    body
}

fn kind(known: &Product) -> &'static str {
    match known.sku.split('-').next() {
        Some("CANDLE" | "TEALIGHT") => "CANDLE",
        Some("SHADE") => "LAMP_SHADE",
        Some("BULB") => "LIGHT_BULB",
        _ => "LAMP",
    }
}

/// `GET /listings/2021-08-01/items/{sellerId}/{sku}`.
pub fn listing(asked: &Asked, world: &World, seller: (&str, &str), sku: &str) -> Outcome {
    let market = here(asked)?;
    let data = included(asked, &LISTING_DATA)?;
    match product::by_sku(sku).filter(|known| seller.0 == seller.1 && listed(known, market)) {
        Some(known) => Ok(Answer::json(200, &listing_body(known, market, &data, world))),
        None => refuse(Answer::not_found(&format!(
            "SKU '{sku}' not found in marketplace {}.",
            market.id
        ))),
    }
}

/// `GET /listings/2021-08-01/items/{sellerId}`.
pub fn search_listings(asked: &Asked, world: &World, seller: (&str, &str)) -> Outcome {
    let market = here(asked)?;
    let data = included(asked, &LISTING_DATA)?;
    let identifiers = asked.many("identifiers");
    let kind = asked.one("identifiersType");
    if kind.is_some() == identifiers.is_empty() || identifiers.len() > 20 {
        return refuse(Answer::invalid(
            "identifiers and identifiersType go together, at most 20.",
        ));
    }
    let found = product::all()
        .filter(|known| seller.0 == seller.1 && listed(known, market))
        .filter(|known| kind.is_none_or(|kind| identifiers.iter().any(|wanted| names(known, kind, wanted))));
    page(
        asked,
        "numberOfResults",
        found.map(|known| listing_body(known, market, &data, world)).collect(),
    )
}

/// The red lamp with the European plug is listed in Germany alone.
pub fn listed(known: &Product, market: &Market) -> bool {
    known.sku != "LAMP-RED-EU" || market.code == "DE"
}

fn listing_body(known: &Product, market: &Market, data: &[String], world: &World) -> Value {
    let mut body = json!({ "sku": known.sku });
    let price = known.price(market);
    for name in data {
        body[name] = match name.as_str() {
            "summaries" => json!([{
                "marketplaceId": market.id,
                "asin": known.asin,
                "productType": kind(known),
                "conditionType": "new_new",
                "status": ["BUYABLE", "DISCOVERABLE"],
                "itemName": known.title(market),
                "createdDate": instant(world.epoch - chrono::TimeDelta::days(400)),
                "lastUpdatedDate": instant(world.epoch - chrono::TimeDelta::days(40)),
            }]),
            "offers" => json!([{
                "marketplaceId": market.id,
                "offerType": "B2C",
                "price": { "currencyCode": market.currency, "amount": format!("{:.*}", market.decimals as usize, price) },
            }]),
            "fulfillmentAvailability" => json!([{ "fulfillmentChannelCode": "DEFAULT", "quantity": 25 }]),
            "productTypes" => json!([{ "marketplaceId": market.id, "productType": kind(known) }]),
            "procurement" => json!([{ "costPrice": cost(market, price) }]),
            "attributes" => json!({ "item_name": [{ "value": known.title(market), "marketplace_id": market.id }] }),
            "relationships" => json!([{ "marketplaceId": market.id, "relationships": [] }]),
            _ => json!([]),
        };
    }
    body
}

fn cost(market: &Market, price: Decimal) -> Value {
    let amount = crate::chance::rounded(price * Decimal::new(4, 1), market.decimals);
    json!({ "currencyCode": market.currency, "amount": amount.to_string() })
}
