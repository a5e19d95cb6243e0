//! Catalog Items 2022-04-01: detail pages by ASIN, by the number on the box, by the seller's SKU, by words.

use serde_json::{Value, json};

use crate::market::{self, Market};
use crate::world::shop::Shop;
use crate::world::shop::listing::code_kind;
use crate::world::shop::page::Page;

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
const KINDS: [&str; 8] = ["ASIN", "EAN", "GTIN", "ISBN", "JAN", "MINSAN", "SKU", "UPC"];

/// The first of the marketplaces that a request names; it must belong to the endpoint.
pub fn here(asked: &Asked) -> Outcome<&'static Market> {
    let ids = asked.many("marketplaceIds");
    match ids.first().and_then(|id| market::by_id(id)) {
        Some(known) if known.region == asked.region => Ok(known),
        Some(_) => refuse(Answer::unauthorized(
            "The marketplace does not belong to this endpoint.",
        )),
        None => refuse(Answer::invalid("marketplaceIds is required.")),
    }
}

/// The data sets that a request asks for: the summaries, if it does not say.
pub fn included(asked: &Asked, known: &[&str]) -> Outcome<Vec<String>> {
    let given = asked.known("includedData", known)?;
    Ok(if given.is_empty() {
        vec!["summaries".to_owned()]
    } else {
        given
    })
}

/// `GET /catalog/2022-04-01/items/{asin}`.
pub fn item(asked: &Asked, shop: &Shop, asin: &str) -> Outcome {
    let market = here(asked)?;
    let data = included(asked, &CATALOGUE_DATA)?;
    match shop.page(asin) {
        Some(page) => Ok(Answer::json(200, &body(shop, page, market, &data))),
        None => refuse(Answer::not_found(&format!(
            "Requested item '{asin}' not found in marketplace {}.",
            market.id
        ))),
    }
}

/// `GET /catalog/2022-04-01/items`.
pub fn search(asked: &Asked, shop: &Shop, seller: &str) -> Outcome {
    let market = here(asked)?;
    let data = included(asked, &CATALOGUE_DATA)?;
    let (identifiers, keywords) = (asked.many("identifiers"), asked.many("keywords"));
    let kind = asked.known("identifiersType", &KINDS)?.into_iter().next();
    if identifiers.is_empty() == keywords.is_empty()
        || kind.is_some() == identifiers.is_empty()
        || identifiers.len() > 20
        || keywords.len() > 20
    {
        return refuse(Answer::invalid(
            "Either identifiers with identifiersType, or keywords, must be given, at most 20.",
        ));
    }
    if kind.as_deref() == Some("SKU") && asked.one("sellerId") != Some(seller) {
        return refuse(Answer::invalid("sellerId is required when identifiersType is SKU."));
    }
    let found: Vec<&Page> = match kind.as_deref() {
        Some("ASIN") => identifiers.iter().filter_map(|asin| shop.page(asin)).collect(),
        Some("SKU") => {
            let listings = identifiers.iter().filter_map(|sku| shop.listing(market, sku));
            listings.filter_map(|listing| shop.page_of(listing)).collect()
        }
        Some(_) => shop
            .pages()
            .filter(|page| identifiers.iter().any(|code| page.has(code)))
            .collect(),
        None => shop.pages().filter(|page| speaks_of(page, market, &keywords)).collect(),
    };
    paged(asked, "numberOfResults", found.len(), |place| {
        body(shop, found[place], market, &data)
    })
}

fn speaks_of(page: &Page, market: &Market, keywords: &[String]) -> bool {
    let title = format!("{} {}", page.title(market), page.brand).to_lowercase();
    keywords.iter().all(|word| title.contains(&word.to_lowercase()))
}

/// A page of results; tokens say where the next and the previous one begin. No more than the first thousand can be
/// reached.
pub fn paged(asked: &Asked, count: &str, total: usize, shown: impl Fn(usize) -> Value) -> Outcome {
    const REACHABLE: usize = 1_000;
    let size = asked.number("pageSize", 1, 20, 10)?;
    let at = match asked.one("pageToken") {
        None => 0,
        Some(token) => {
            let place = token.strip_prefix("page-").and_then(|rest| rest.parse().ok());
            let place: Option<usize> = place.filter(|place| *place < REACHABLE);
            place.ok_or_else(|| Box::new(Answer::invalid("The pageToken is invalid.")))?
        }
    };
    let end = (at + size).min(total).min(REACHABLE);
    let items: Vec<Value> = (at..end).map(shown).collect();
    let mut answer = json!({ "items": items });
    answer[count] = json!(total);
    let mut tokens = json!({});
    if end < total.min(REACHABLE) {
        tokens["nextToken"] = json!(format!("page-{end}"));
    }
    if at > 0 {
        tokens["previousToken"] = json!(format!("page-{}", at.saturating_sub(size)));
    }
    if tokens.as_object().is_some_and(|tokens| !tokens.is_empty()) {
        answer["pagination"] = tokens;
    }
    Ok(Answer::json(200, &answer))
}

fn body(shop: &Shop, page: &Page, market: &Market, data: &[String]) -> Value {
    let mut body = json!({ "asin": page.asin });
    for name in data {
        body[name] = match name.as_str() {
            "summaries" => json!([{
                "marketplaceId": market.id,
                "brand": page.brand,
                "itemName": page.title(market),
                "itemClassification": "BASE_PRODUCT",
                "packageQuantity": 1,
            }]),
            "identifiers" => json!([{ "marketplaceId": market.id, "identifiers": identifiers(shop, page, market) }]),
            "productTypes" => json!([{ "marketplaceId": market.id, "productType": page.kind }]),
            "attributes" => json!({
                "brand": [{ "value": page.brand, "marketplace_id": market.id }],
                "item_name": [{ "value": page.title(market), "language_tag": market.language, "marketplace_id": market.id }],
            }),
            "images" => {
                let image = page.image.as_ref();
                let images: Vec<Value> = image
                    .map(|link| json!({ "variant": "MAIN", "link": link, "height": 1000, "width": 1000 }))
                    .into_iter()
                    .collect();
                json!([{ "marketplaceId": market.id, "images": images }])
            }
            "salesRanks" | "classifications" | "dimensions" | "vendorDetails" => {
                json!([{ "marketplaceId": market.id }])
            }
            _ => json!([{ "marketplaceId": market.id, "relationships": [] }]),
        };
    }
    body
}

fn identifiers(shop: &Shop, page: &Page, market: &Market) -> Vec<Value> {
    let codes = page.codes.iter();
    let mut all: Vec<Value> = codes
        .map(|code| json!({ "identifierType": code_kind(code).to_uppercase(), "identifier": code }))
        .collect();
    let listings = shop.listings(market.region).filter(|one| one.market.id == market.id);
    let ours = listings.filter(|one| one.asin.as_deref() == Some(page.asin.as_str()));
    all.extend(ours.map(|one| json!({ "identifierType": "SKU", "identifier": one.sku })));
    all
}
