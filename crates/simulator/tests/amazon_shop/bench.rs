//! A small client for listings: asks, waits, looks at the storefront.

use chrono::TimeDelta;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use simulator::{Company, control};
use wire::{Method, Response};

use crate::common::{Client, json, options};

pub const US: &str = "ATVPDKIKX0DER";
pub const DE: &str = "A1PA6795UKMFR9";
pub const UK: &str = "A1F83G8C2ARO7P";
pub const JP: &str = "A1VC38T7YXB528";

/// A client of the company that sells what the demo company sells, before anybody has bought.
pub async fn shop() -> Client {
    Client::of(options(Company::Empty)).await
}

/// Everything that can be asked of a listing.
pub const ALL: &str =
    "summaries,attributes,issues,offers,fulfillmentAvailability,procurement,relationships,productTypes";

pub fn region(market: &str) -> &'static str {
    match market {
        US => "na",
        JP => "fe",
        _ => "eu",
    }
}

pub fn path(client: &Client, sku: &str) -> String {
    let seller = client.credentials["seller_id"].as_str().unwrap();
    format!(
        "/listings/2021-08-01/items/{seller}/{}",
        utf8_percent_encode(sku, NON_ALPHANUMERIC)
    )
}

/// One call; the clock goes on by a second, so that quotas last.
pub async fn call(client: &Client, method: Method, market: &str, path: &str, body: &Value) -> Response {
    let answer = client.call(method, region(market), path, body).await;
    client.jump(TimeDelta::seconds(1));
    answer
}

pub async fn change(client: &Client, method: Method, market: &str, sku: &str, more: &str, body: &Value) -> Response {
    let path = format!("{}?marketplaceIds={market}{more}", path(client, sku));
    call(client, method, market, &path, body).await
}

pub async fn patch(client: &Client, market: &str, sku: &str, patches: Value) -> Value {
    let body = json!({ "productType": "PRODUCT", "patches": patches });
    let answer = change(client, Method::Patch, market, sku, "", &body).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    json(&answer)
}

pub async fn put(client: &Client, market: &str, sku: &str, body: &Value) -> Value {
    let answer = change(client, Method::Put, market, sku, "", body).await;
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    json(&answer)
}

/// The listing with everything that can be asked of it.
pub async fn listing(client: &Client, market: &str, sku: &str) -> Value {
    let path = format!("{}?marketplaceIds={market}&includedData={ALL}", path(client, sku));
    json(&call(client, Method::Get, market, &path, &Value::Null).await)
}

/// The offer as buyers see it.
pub fn seen(client: &Client, market: &str, sku: &str) -> Value {
    let (status, front) = control::answer(
        &client.simulator,
        Method::Get,
        &format!("/storefront/{market}"),
        &Value::Null,
    );
    assert_eq!(status, 200);
    let offers = front["offers"].as_array().unwrap();
    offers
        .iter()
        .find(|offer| offer["sku"] == sku)
        .cloned()
        .unwrap_or(Value::Null)
}

/// Long enough for everything that was accepted.
pub fn later(client: &Client) {
    client.jump(TimeDelta::minutes(5));
}

/// Somebody does something to a listing.
pub fn done(client: &Client, sku: &str, market: &str, change: Value) {
    let body = json!({ "sku": sku, "marketplace": market, "change": change });
    let (status, answer) = control::answer(&client.simulator, Method::Post, "/listings", &body);
    assert_eq!(status, 200, "{body}: {answer}");
}

pub fn price(market: &str, currency: &str, amount: &str) -> Value {
    let amount: serde_json::Number = amount.parse().unwrap();
    json!([{ "op": "replace", "path": "/attributes/purchasable_offer", "value": [{
        "marketplace_id": market, "currency": currency, "audience": "ALL",
        "our_price": [{ "schedule": [{ "value_with_tax": amount }] }],
    }] }])
}

pub fn quantity(units: i64) -> Value {
    json!([{ "op": "replace", "path": "/attributes/fulfillment_availability",
        "value": [{ "fulfillment_channel_code": "DEFAULT", "quantity": units }] }])
}

/// The whole of a candle, with everything that its type wants.
pub fn candle(market: &str, language: &str, currency: &str, code: &str) -> Value {
    let told = |text: &str| json!([{ "value": text, "language_tag": language, "marketplace_id": market }]);
    let plain = |text: &str| json!([{ "value": text, "marketplace_id": market }]);
    json!({ "productType": "CANDLE", "requirements": "LISTING", "attributes": {
        "item_name": told("Scented Candle, Rain, 220 g"),
        "brand": told("Atelier Lumen"),
        "product_description": told("A candle that smells of rain on warm stone."),
        "bullet_point": [
            { "value": "Soy wax", "language_tag": language, "marketplace_id": market },
            { "value": "Burns for forty hours", "language_tag": language, "marketplace_id": market },
        ],
        "country_of_origin": plain("FR"),
        "scent": told("Rain"),
        "burn_time": [{ "value": 40, "unit": "hours", "marketplace_id": market }],
        "externally_assigned_product_identifier": [{ "type": "ean", "value": code, "marketplace_id": market }],
        "condition_type": plain("new_new"),
        "purchasable_offer": price(market, currency, "24.90")[0]["value"],
        "fulfillment_availability": [{ "fulfillment_channel_code": "DEFAULT", "quantity": 8 }],
    } })
}
