//! Listings Restrictions 2021-08-01: what keeps the seller from offering a product.

use serde_json::{Value, json};

use crate::market;
use crate::world::shop::Shop;

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::catalogue;

/// `GET /listings/2021-08-01/restrictions`. Of all models this one alone publishes its errors as a bare list.
pub fn get(asked: &Asked, shop: &Shop, seller: &str) -> Outcome {
    restrictions(asked, shop, seller).or_else(|refusal| {
        let told: Value = serde_json::from_slice(&refusal.body).unwrap_or_default();
        refuse(Answer::json(refusal.status, &told["errors"]))
    })
}

fn restrictions(asked: &Asked, shop: &Shop, seller: &str) -> Outcome {
    let first = catalogue::here(asked)?;
    let Some(asin) = asked.one("asin") else {
        return refuse(Answer::invalid("asin is required."));
    };
    if asked.one("sellerId") != Some(seller) {
        return refuse(Answer::unauthorized("The sellerId is not that of the token."));
    }
    let condition = asked.one("conditionType").unwrap_or("new_new");
    let used = !condition.starts_with("new_");
    let mut restrictions: Vec<Value> = Vec::new();
    for id in asked.many("marketplaceIds") {
        let market = market::by_id(&id).filter(|known| known.region == first.region);
        let Some(market) = market else {
            return refuse(Answer::invalid(&format!("Invalid marketplace {id}.")));
        };
        let reason = match shop.page(asin) {
            None => json!({
                "message": "The product is not in the catalogue of this store.", "reasonCode": "ASIN_NOT_FOUND",
            }),
            Some(page) if page.gated => json!({
                "message": format!("Offers of the brand {} need approval.", page.brand),
                "reasonCode": "APPROVAL_REQUIRED",
                "links": [{
                    "resource": format!("https://sellercentral.{}/hz/approvalrequest?asin={asin}", market.name.to_lowercase()),
                    "verb": "GET", "title": "Ask for approval in Seller Central.", "type": "text/html",
                }],
            }),
            Some(page) if used && page.kind == "CANDLE" => json!({
                "message": "Candles can be sold new only.", "reasonCode": "NOT_ELIGIBLE",
            }),
            Some(_) => continue,
        };
        restrictions.push(json!({ "marketplaceId": id, "conditionType": condition, "reasons": [reason] }));
    }
    Ok(Answer::json(200, &json!({ "restrictions": restrictions })))
}
