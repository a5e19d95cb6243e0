//! FBA Inventory v1: summaries of what Amazon keeps for the seller, by marketplace.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::market::{self, Market};
use crate::time::instant;
use crate::world::World;
use crate::world::shop::listing::Listing;
use crate::world::shop::{Fba, Shop};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;

/// Summaries on one page.
const PAGE: usize = 50;
/// A token for the next page lives so long (amazon-sp-api.md §5).
const TOKEN_LIFE: TimeDelta = TimeDelta::seconds(30);

/// `GET /fba/inventory/v1/summaries`.
pub fn summaries(asked: &Asked, world: &World) -> Outcome {
    let market = market(asked)?;
    let mut skus = asked.many("sellerSkus");
    if skus.len() > 50 {
        return refuse(Answer::invalid("At most 50 sellerSkus can be given."));
    }
    skus.extend(asked.one("sellerSku").map(str::to_owned));
    let since = asked.instant("startDateTime")?;
    let shop = &world.shop;
    let mut found: Vec<(&Listing, &Fba)> = Vec::new();
    for listing in shop.listings(asked.region).filter(|one| one.market.id == market.id) {
        let stock = shop.fba.get(&(asked.region, listing.sku.clone()));
        let Some(stock) = stock.filter(|_| skus.is_empty() || skus.contains(&listing.sku)) else {
            continue;
        };
        let changed = stock.updated.is_none_or(|at| since.is_none_or(|since| at >= since));
        if changed {
            found.push((listing, stock));
        }
    }
    let details = asked.one("details") == Some("true");
    let start = begun(asked)?;
    let page: Vec<Value> = found
        .iter()
        .skip(start)
        .take(PAGE)
        .map(|(listing, stock)| summary(shop, market, listing, stock, details))
        .collect();
    let mut body = json!({ "payload": {
        "granularity": { "granularityType": "Marketplace", "granularityId": market.id }, "inventorySummaries": page,
    } });
    if start + PAGE < found.len() {
        body["pagination"] = json!({ "nextToken": format!("{}.{}", start + PAGE, asked.now.timestamp()) });
    }
    Ok(Answer::json(200, &body))
}

fn market(asked: &Asked) -> Outcome<&'static Market> {
    if asked.one("granularityType") != Some("Marketplace") {
        return refuse(Answer::invalid("granularityType must be Marketplace."));
    }
    let ids = asked.many("marketplaceIds");
    let known = ids
        .first()
        .filter(|id| ids.len() == 1 && asked.one("granularityId") == Some(id.as_str()));
    match known.and_then(|id| market::by_id(id)) {
        Some(market) if market.region == asked.region => Ok(market),
        Some(_) => refuse(Answer::unauthorized(
            "The marketplace does not belong to this endpoint.",
        )),
        None => refuse(Answer::invalid(
            "granularityId and the one marketplaceIds must name the same marketplace.",
        )),
    }
}

/// Where a page begins.
fn begun(asked: &Asked) -> Outcome<usize> {
    let Some(token) = asked.one("nextToken") else {
        return Ok(0);
    };
    let parts = token.split_once('.');
    let known = parts.and_then(|(start, made)| {
        let made = DateTime::<Utc>::from_timestamp(made.parse().ok()?, 0)?;
        Some((start.parse().ok()?, made))
    });
    match known {
        Some((start, made)) if asked.now - made <= TOKEN_LIFE => Ok(start),
        _ => refuse(Answer::invalid("The nextToken is not valid or has expired.")),
    }
}

fn summary(shop: &Shop, market: &Market, listing: &Listing, stock: &Fba, details: bool) -> Value {
    let page = shop.page_of(listing);
    let mut body = json!({
        "sellerSku": listing.sku,
        "condition": "NewItem",
        "productName": page.map_or("", |page| page.title(market)),
        "totalQuantity": stock.fulfillable + stock.inbound + stock.reserved + stock.unfulfillable,
        "stores": [],
    });
    if let Some(asin) = &listing.asin {
        body["asin"] = json!(asin);
        body["fnSku"] = json!(Shop::label(asin, &listing.sku));
    }
    if let Some(at) = stock.updated {
        body["lastUpdatedTime"] = json!(instant(at));
    }
    if details {
        body["inventoryDetails"] = json!({
            "fulfillableQuantity": stock.fulfillable,
            "inboundWorkingQuantity": 0,
            "inboundShippedQuantity": stock.inbound,
            "inboundReceivingQuantity": 0,
            "reservedQuantity": {
                "totalReservedQuantity": stock.reserved,
                "pendingCustomerOrderQuantity": stock.reserved,
                "pendingTransshipmentQuantity": 0,
                "fcProcessingQuantity": 0,
            },
            "researchingQuantity": { "totalResearchingQuantity": 0, "researchingQuantityBreakdown": [] },
            "unfulfillableQuantity": {
                "totalUnfulfillableQuantity": stock.unfulfillable,
                "customerDamagedQuantity": 0,
                "warehouseDamagedQuantity": stock.unfulfillable,
                "distributorDamagedQuantity": 0,
                "carrierDamagedQuantity": 0,
                "defectiveQuantity": 0,
                "expiredQuantity": 0,
            },
        });
    }
    body
}
