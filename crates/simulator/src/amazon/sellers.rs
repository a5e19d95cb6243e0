//! Sellers v1 and Tokens 2021-03-01.

use serde_json::{Value, json};

use crate::market::{self, Market};
use crate::world::World;

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::signin::{Opens, SignIn};

fn participation(market: &Market) -> Value {
    json!({
        "marketplace": {
            "id": market.id,
            "name": market.name,
            "countryCode": market.country,
            "defaultCurrencyCode": market.currency,
            "defaultLanguageCode": market.language,
            "domainName": format!("www.{}", market.name.to_lowercase()),
        },
        "storeName": "Atelier Lumen",
        "participation": { "isParticipating": true, "hasSuspendedListings": false },
    })
}

/// Where the seller sells: its four marketplaces, and every other in which somebody bought.
fn participations(asked: &Asked, world: &World) -> Vec<Value> {
    market::everywhere()
        .filter(|market| market.region == asked.region)
        .filter(|market| world.sells_in(market))
        .map(participation)
        .collect()
}

/// `GET /sellers/v1/marketplaceParticipations`.
pub fn marketplace_participations(asked: &Asked, world: &World) -> Answer {
    Answer::json(200, &json!({ "payload": participations(asked, world) }))
}

/// `GET /sellers/v1/account`.
pub fn account(asked: &Asked, world: &World) -> Answer {
    let address =
        json!({ "addressLine1": "12 rue des Tanneurs", "city": "Lyon", "postalCode": "69005", "countryCode": "FR" });
    Answer::json(
        200,
        &json!({
            "payload": {
                "marketplaceParticipationList": participations(asked, world),
                "businessType": "PRIVATE_LIMITED",
                "sellingPlan": "PROFESSIONAL",
                "business": {
                    "name": "Atelier Lumen SAS",
                    "registeredBusinessAddress": address,
                    "companyRegistrationNumber": "812345678",
                    "companyTaxIdentificationNumber": "FR40812345678",
                },
                "primaryContact": { "name": "Camille Aubry", "address": address },
            }
        }),
    )
}

/// `POST /tokens/2021-03-01/restrictedDataToken`.
pub fn restricted_token(asked: &Asked, sign_in: &mut SignIn) -> Outcome {
    let wrong = |details: &str| {
        refuse(Answer::error(
            400,
            "InvalidRequest",
            "Request is missing or has invalid parameters",
            details,
        ))
    };
    let body = asked.json()?;
    let Some(resources) = body["restrictedResources"]
        .as_array()
        .filter(|list| (1..=50).contains(&list.len()))
    else {
        return wrong("Resource not provided.");
    };
    let mut opens = Vec::new();
    for resource in resources {
        let method = resource["method"].as_str().unwrap_or_default();
        let path = resource["path"].as_str().unwrap_or_default();
        let restricted = path.starts_with("/orders/v0/orders") || path.starts_with("/reports/2021-06-30/documents/");
        if !["GET", "PUT", "POST", "DELETE"].contains(&method) || !restricted {
            return wrong("Resource not provided.");
        }
        let elements: Vec<String> = resource["dataElements"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect();
        if elements
            .iter()
            .any(|one| !["buyerInfo", "shippingAddress", "buyerTaxInformation"].contains(&one.as_str()))
        {
            return wrong("Invalid data element.");
        }
        opens.push((method.to_owned(), path.to_owned(), elements));
    }
    let token = sign_in.give("Atz.sprdt", Opens::Restricted(asked.region, opens), asked.now);
    Ok(Answer::json(
        200,
        &json!({ "restrictedDataToken": token, "expiresIn": 3600 }),
    ))
}
