//! How a listing is told: the `Item` of Listings Items 2021-08-01.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::time::instant;
use crate::world::shop::Shop;
use crate::world::shop::listing::{Channel, Issue, Listing};

/// The data sets that can be asked for.
pub const DATA: [&str; 8] = [
    "summaries",
    "attributes",
    "issues",
    "offers",
    "fulfillmentAvailability",
    "procurement",
    "relationships",
    "productTypes",
];

/// One SKU in the marketplaces that were asked for.
pub fn item(shop: &Shop, sku: &str, listings: &[&Listing], data: &[String], now: DateTime<Utc>) -> Value {
    let mut body = json!({ "sku": sku });
    for name in data {
        let each = |told: &dyn Fn(&Listing) -> Value| Value::Array(listings.iter().map(|one| told(one)).collect());
        body[name] = match name.as_str() {
            "summaries" => each(&|one| summary(shop, one, now)),
            "attributes" => attributes(shop, listings),
            "issues" => issues(listings),
            "offers" => Value::Array(listings.iter().flat_map(|one| offers(one, now)).collect()),
            "fulfillmentAvailability" => availability(listings),
            // What vendors sell to Amazon; a seller has none.
            "procurement" => json!([]),
            "relationships" => each(&|one| relationships(shop, one)),
            _ => each(&|one| json!({ "marketplaceId": one.market.id, "productType": one.kind })),
        };
    }
    body
}

fn summary(shop: &Shop, listing: &Listing, now: DateTime<Utc>) -> Value {
    let (buyable, discoverable) = shop.standing(listing, now);
    let mut status = Vec::new();
    if buyable {
        status.push("BUYABLE");
    }
    if discoverable {
        status.push("DISCOVERABLE");
    }
    let mut body = json!({
        "marketplaceId": listing.market.id,
        "productType": listing.kind,
        "status": status,
        "createdDate": instant(listing.created),
        "lastUpdatedDate": instant(listing.updated),
    });
    if let Some(asin) = &listing.asin {
        body["asin"] = json!(asin);
    }
    if let Some(condition) = &listing.live.condition {
        body["conditionType"] = json!(condition);
    }
    if let Some(label) = Shop::fn_sku(listing) {
        body["fnSku"] = json!(label);
    }
    if let Some(page) = shop.page_of(listing) {
        body["itemName"] = json!(page.title(listing.market));
        if let Some(image) = &page.image {
            body["mainImage"] = json!({ "link": image, "height": 1000, "width": 1000 });
        }
    }
    body
}

/// The contributions of all marketplaces together; what does not name a marketplace stands once.
fn attributes(shop: &Shop, listings: &[&Listing]) -> Value {
    let mut all: Map<String, Value> = Map::new();
    for listing in listings {
        for (name, values) in listing.attributes(shop.page_of(listing)) {
            let together = all.entry(name).or_insert_with(|| json!([]));
            let Some(together) = together.as_array_mut() else {
                continue;
            };
            for value in values {
                if !together.contains(&value) {
                    together.push(value);
                }
            }
        }
    }
    Value::Object(all)
}

fn issues(listings: &[&Listing]) -> Value {
    let mut all = Vec::new();
    for listing in listings {
        for issue in listing.all_issues() {
            let mut told = issue_body(issue);
            told["marketplaceIds"] = json!([listing.market.id]);
            all.push(told);
        }
    }
    Value::Array(all)
}

/// An issue in the published form.
pub fn issue_body(issue: &Issue) -> Value {
    let mut body = json!({
        "code": issue.code,
        "message": issue.message,
        "severity": issue.severity,
        "categories": issue.categories,
    });
    if !issue.attributes.is_empty() {
        body["attributeNames"] = json!(issue.attributes);
    }
    if !issue.actions.is_empty() {
        let actions: Vec<Value> = issue.actions.iter().map(|action| json!({ "action": action })).collect();
        body["enforcements"] = json!({ "actions": actions, "exemption": { "status": "NOT_EXEMPT" } });
    }
    body
}

fn offers(listing: &Listing, now: DateTime<Utc>) -> Vec<Value> {
    let told = listing.live.offers.iter().filter_map(|offer| {
        let price = offer.price_at(now)?;
        let (kind, label) = if offer.audience == "B2B" {
            ("B2B", "Amazon Business")
        } else {
            ("B2C", "Sell on Amazon")
        };
        Some(json!({
            "marketplaceId": listing.market.id,
            "offerType": kind,
            "price": {
                "currencyCode": offer.currency,
                "amount": format!("{:.*}", listing.market.decimals as usize, price),
            },
            "audience": { "value": offer.audience, "displayName": label },
        }))
    });
    told.collect()
}

fn availability(listings: &[&Listing]) -> Value {
    let mut all: Vec<Value> = Vec::new();
    for listing in listings {
        let Some(channel) = listing.live.channel else { continue };
        let mut entry = json!({ "fulfillmentChannelCode": channel.code(listing.market) });
        if let (Channel::Merchant, Some(units)) = (channel, listing.live.quantity) {
            entry["quantity"] = json!(units);
        }
        if !all.contains(&entry) {
            all.push(entry);
        }
    }
    Value::Array(all)
}

fn relationships(shop: &Shop, listing: &Listing) -> Value {
    let theme = listing
        .given
        .get("variation_theme")
        .and_then(|values| values.first()?["name"].as_str());
    let mut relation = json!({ "type": "VARIATION" });
    if let Some(theme) = theme {
        let attributes: Vec<String> = theme.split('/').map(str::to_lowercase).collect();
        relation["variationTheme"] = json!({ "theme": theme, "attributes": attributes });
    }
    let family = shop.family(listing);
    let parent = listing
        .parent()
        .filter(|parent| shop.listing(listing.market, parent).is_some());
    let mut relations = Vec::new();
    if !family.is_empty() {
        relation["childSkus"] = json!(family);
        relations.push(relation);
    } else if let Some(parent) = parent {
        relation["parentSkus"] = json!([parent]);
        relations.push(relation);
    }
    json!({ "marketplaceId": listing.market.id, "relationships": relations })
}
