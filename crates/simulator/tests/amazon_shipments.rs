//! Shipments confirmed by the seller, and what befalls orders while the story goes on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use chrono::TimeDelta;
use common::{Client, json, options};
use serde_json::{Value, json};
use simulator::{Company, Fault, Options, Rule, control};
use wire::Method;

fn post(client: &Client, path: &str, body: &Value) -> Value {
    let (status, answer) = control::answer(&client.simulator, Method::Post, path, body);
    assert_eq!(status, 200, "{path} {body}: {answer}");
    answer
}

/// Somebody buys; the order as the books tell it.
fn buys(client: &Client, order: &Value) -> Value {
    post(client, "/orders", order)
}

async fn read(client: &Client, region: &str, id: &str) -> Value {
    let path = format!("/orders/2026-01-01/orders/{id}?includedData={}", common::ALL);
    json(&client.get(region, &path).await)["order"].clone()
}

fn parcel(reference: &str, tracking: &str, items: &[(&Value, u32)]) -> Value {
    let items: Vec<Value> = items
        .iter()
        .map(|(id, units)| json!({ "orderItemId": id, "quantity": units }))
        .collect();
    json!({
        "packageReferenceId": reference, "carrierCode": "UPS", "shippingMethod": "Ground", "trackingNumber": tracking,
        "shipDate": "2026-11-23T09:00:00Z", "orderItems": items,
    })
}

async fn confirm(client: &Client, id: &str, parcel: &Value) -> (u16, String) {
    client.jump(TimeDelta::seconds(1));
    let body = json!({ "marketplaceId": "ATVPDKIKX0DER", "packageDetail": parcel });
    let path = format!("/orders/v0/orders/{id}/shipmentConfirmation");
    let answer = client.call(Method::Post, "na", &path, &body).await;
    let message = if answer.status == 204 {
        assert!(answer.body.is_empty());
        String::new()
    } else {
        json(&answer)["errors"][0]["message"].as_str().unwrap().to_owned()
    };
    (answer.status, message)
}

async fn status(client: &Client, id: &str) -> String {
    read(client, "na", id).await["fulfillment"]["fulfillmentStatus"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn two_lines() -> Value {
    json!({ "lines": [{ "sku": "LAMP-RED", "quantity": 2 }, { "sku": "TEALIGHT-12", "quantity": 1 }] })
}

#[tokio::test]
async fn f1_f2_f3_parcels_move_an_order_on_after_a_while() {
    let client = Client::demo().await;
    let order = buys(&client, &two_lines());
    let id = order["order_id"].as_str().unwrap();
    let (lamp, lights) = (&order["lines"][0]["order_item_id"], &order["lines"][1]["order_item_id"]);
    let first = confirm(&client, id, &parcel("1", "1Z1", &[(lamp, 1)])).await;
    assert_eq!(first.0, 204);
    assert_eq!(
        status(&client, id).await,
        "UNSHIPPED",
        "it takes a minute until it is shown"
    );
    client.jump(TimeDelta::minutes(1));
    assert_eq!(status(&client, id).await, "PARTIALLY_SHIPPED");
    let rest = parcel("2", "1Z2", &[(lamp, 1), (lights, 1)]);
    assert_eq!(confirm(&client, id, &rest).await.0, 204);
    client.jump(TimeDelta::minutes(1));
    let shipped = read(&client, "na", id).await;
    assert_eq!(shipped["fulfillment"]["fulfillmentStatus"], "SHIPPED");
    assert_eq!(shipped["packages"].as_array().unwrap().len(), 2);
    assert_eq!(shipped["packages"][1]["trackingNumber"], "1Z2");
    assert_eq!(shipped["orderItems"][0]["fulfillment"]["quantityFulfilled"], 2);
    let late = confirm(&client, id, &parcel("3", "1Z3", &[(lamp, 1)])).await;
    assert!(
        late.0 == 400 && late.1.contains("PackageToUpdateNotFound"),
        "F7: {late:?}"
    );
}

#[tokio::test]
async fn f8_the_same_reference_corrects_the_parcel() {
    let client = Client::demo().await;
    let order = buys(&client, &two_lines());
    let id = order["order_id"].as_str().unwrap();
    let all = |tracking: &str| {
        let items = [&order["lines"][0]["order_item_id"], &order["lines"][1]["order_item_id"]];
        parcel("1", tracking, &[(items[0], 2), (items[1], 1)])
    };
    assert_eq!(confirm(&client, id, &all("1Z-WRONG")).await.0, 204);
    client.jump(TimeDelta::minutes(5));
    let before = read(&client, "na", id).await;
    assert_eq!(before["packages"][0]["trackingNumber"], "1Z-WRONG");
    assert_eq!(confirm(&client, id, &all("1Z-RIGHT")).await.0, 204);
    client.jump(TimeDelta::minutes(1));
    let after = read(&client, "na", id).await;
    assert_eq!(after["packages"].as_array().unwrap().len(), 1);
    assert_eq!(after["packages"][0]["trackingNumber"], "1Z-RIGHT");
    assert_eq!(after["fulfillment"]["fulfillmentStatus"], "SHIPPED");
    assert_ne!(before["lastUpdatedTime"], after["lastUpdatedTime"]);
}

#[tokio::test]
async fn f9_what_cannot_be_is_refused_and_changes_nothing() {
    let client = Client::demo().await;
    let order = buys(&client, &two_lines());
    let id = order["order_id"].as_str().unwrap();
    let prime = buys(&client, &json!({ "programs": ["FBM_SHIP_PLUS"] }));
    let lamp = &order["lines"][0]["order_item_id"];
    let good = parcel("1", "1Z1", &[(lamp, 1)]);
    let with = |name: &str, value: Value| {
        let mut parcel = good.clone();
        parcel[name] = value;
        parcel
    };
    let wrong = [
        (parcel("1", "1Z1", &[(lamp, 3)]), "Quantity"),
        (parcel("1", "1Z1", &[(&json!("0"), 1)]), "OrderItemId"),
        (parcel("1", "1Z1", &[]), "OrderItems"),
        (with("packageReferenceId", json!(1)), "PackageReferenceId"),
        (with("packageReferenceId", json!("0")), "PackageReferenceId"),
        (with("packageReferenceId", json!("P1")), "PackageReferenceId"),
        (with("trackingNumber", json!("")), "TrackingNumber"),
        (with("carrierCode", Value::Null), "CarrierCode"),
        (with("carrierCode", json!("Other")), "CarrierName"),
        (with("shipDate", json!("2026-11-23")), "ShipDate"),
        (with("shipDate", json!("2026-11-23T12:00:00Z")), "ShipDate"),
        (with("shipDate", json!("2026-11-22T12:00:00Z")), "ShipDate"),
    ];
    for (parcel, word) in wrong {
        let (status, message) = confirm(&client, id, &parcel).await;
        assert!(
            status == 400 && message.starts_with(word),
            "{parcel}: {status} {message}"
        );
    }
    client.jump(TimeDelta::minutes(30));
    assert_eq!(status(&client, id).await, "UNSHIPPED");
    let other_market = json!({ "marketplaceId": "A2EUQ1WTGCTBG2", "packageDetail": good });
    let path = format!("/orders/v0/orders/{id}/shipmentConfirmation");
    assert_eq!(client.call(Method::Post, "na", &path, &other_market).await.status, 400);
    let item = &prime["lines"][0]["order_item_id"];
    let refused = confirm(
        &client,
        prime["order_id"].as_str().unwrap(),
        &parcel("1", "1Z1", &[(item, 1)]),
    )
    .await;
    assert!(refused.0 == 400 && refused.1.contains("Ship+"), "FUL-10a: {refused:?}");
}

#[tokio::test]
async fn f5_a_204_is_no_proof() {
    let client = Client::demo().await;
    let order = buys(&client, &json!({ "lines": [{ "sku": "LAMP-RED" }] }));
    let id = order["order_id"].as_str().unwrap();
    let lamp = &order["lines"][0]["order_item_id"];
    let mut unknown = parcel("1", "1Z1", &[(lamp, 1)]);
    unknown["carrierCode"] = json!("Ups");
    assert_eq!(confirm(&client, id, &unknown).await.0, 204);
    client
        .simulator
        .faults()
        .add(Rule::once(Fault::ConfirmationIgnored, "shipmentConfirmation"));
    assert_eq!(confirm(&client, id, &parcel("1", "1Z1", &[(lamp, 1)])).await.0, 204);
    client.jump(TimeDelta::minutes(30));
    assert_eq!(status(&client, id).await, "UNSHIPPED");
    let mut named = parcel("1", "1Z1", &[(lamp, 1)]);
    named["carrierCode"] = json!("Other");
    named["carrierName"] = json!("Acme Couriers");
    assert_eq!(confirm(&client, id, &named).await.0, 204);
    client.jump(TimeDelta::minutes(1));
    let shipped = read(&client, "na", id).await;
    assert_eq!(shipped["packages"][0]["carrier"], "Acme Couriers");
}

#[tokio::test]
async fn o16_o17_o18_orders_change_while_the_story_goes_on() {
    let client = Client::demo().await;
    let order = buys(&client, &two_lines());
    let id = order["order_id"].as_str().unwrap();
    let path = format!("/orders/{id}");
    let first = read(&client, "na", id).await;
    assert_eq!(first["fulfillment"]["fulfillmentStatus"], "UNSHIPPED");
    client.jump(TimeDelta::minutes(10));
    post(&client, &path, &json!({ "cancel_line": { "line": "TEALIGHT-12" } }));
    post(
        &client,
        &path,
        &json!({ "cancel_line": { "line": "LAMP-RED", "quantity": 1, "by": "MERCHANT" } }),
    );
    let partly = read(&client, "na", id).await;
    assert_eq!(partly["orderItems"][0]["quantityOrdered"], 2);
    assert_eq!(partly["orderItems"][0]["fulfillment"]["quantityUnfulfilled"], 1);
    assert_eq!(
        partly["orderItems"][0]["cancellation"]["cancellationExecution"]["cancelledBy"],
        "MERCHANT"
    );
    assert_eq!(
        partly["proceeds"]["grandTotal"]["amount"], "58.32",
        "54.00 and 8 percent"
    );
    assert_ne!(partly["lastUpdatedTime"], first["lastUpdatedTime"]);
    post(
        &client,
        &path,
        &json!({ "address": { "city": "Austin", "state": "TX" }, "buyer_requests_cancel": "found it cheaper", "ship_by": "2026-11-30T08:00:00Z" }),
    );
    let moved = read(&client, "na", id).await;
    assert_eq!(moved["recipient"]["deliveryAddress"]["city"], "Austin");
    assert_eq!(
        moved["orderItems"][0]["cancellation"]["cancellationRequest"]["requester"],
        "BUYER"
    );
    assert_eq!(
        moved["fulfillment"]["shipByWindow"]["latestDateTime"],
        "2026-11-30T08:00:00.000Z"
    );
    post(
        &client,
        &path,
        &json!({ "price": { "line": "LAMP-RED", "item": "50.00" } }),
    );
    assert_eq!(
        read(&client, "na", id).await["proceeds"]["grandTotal"]["amount"],
        "54.00"
    );
    post(&client, &path, &json!({ "cancel": { "reason": "No longer needed" } }));
    assert_eq!(status(&client, id).await, "CANCELLED");
    let nonsense = control::answer(&client.simulator, Method::Post, &path, &json!({ "explode": true }));
    assert_eq!(nonsense.0, 400);
}

#[tokio::test]
async fn ord_06_amazon_ships_an_order_in_several_shipments() {
    let client = Client::demo().await;
    let mut wanted = two_lines();
    wanted["channel"] = json!("AMAZON");
    let order = buys(&client, &wanted);
    let id = order["order_id"].as_str().unwrap();
    let path = format!("/orders/{id}");
    post(&client, &path, &json!({ "ship": { "lines": [["LAMP-RED", 1]] } }));
    let partly = read(&client, "na", id).await;
    assert_eq!(partly["fulfillment"]["fulfillmentStatus"], "PARTIALLY_SHIPPED");
    assert_eq!(partly["orderItems"][0]["fulfillment"]["quantityFulfilled"], 1);
    assert!(
        partly.get("packages").is_none(),
        "packages are shown for the seller's own shipments only"
    );
    client.jump(TimeDelta::minutes(30));
    post(&client, &path, &json!({ "ship": {} }));
    let whole = read(&client, "na", id).await;
    assert_eq!(whole["fulfillment"]["fulfillmentStatus"], "SHIPPED");
}

#[tokio::test]
async fn cmn_05_an_order_can_be_placed_on_every_marketplace() {
    let client = Client::demo().await;
    let Some(list) = common::reference("derived/marketplaces.json") else {
        return;
    };
    let markets = list["marketplaces"].as_array().unwrap().iter();
    let markets: Vec<&Value> = markets.filter(|market| market["status"] == "sp-api").collect();
    assert_eq!(markets.len(), 23);
    for market in markets {
        let id = market["marketplaceId"].as_str().unwrap();
        let region = market["region"].as_str().unwrap().to_lowercase();
        let order = buys(
            &client,
            &json!({ "marketplace": id, "lines": [{ "sku": "CANDLE-FIG-220", "shipping": "4.00" }] }),
        );
        let seen = read(&client, &region, order["order_id"].as_str().unwrap()).await;
        assert_eq!(seen["salesChannel"]["marketplaceId"], id);
        assert_eq!(
            seen["proceeds"]["grandTotal"]["currencyCode"], market["currency"],
            "{market}"
        );
        let country = market["country"].as_str().unwrap().replace("UK", "GB");
        assert_eq!(seen["recipient"]["deliveryAddress"]["countryCode"], country.as_str());
    }
}

#[tokio::test]
async fn x1_what_happened_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let kept = || Options {
        store: Some(folder.path().to_owned()),
        ..options(Company::Demo)
    };
    let first = Client::of(kept()).await;
    let order = buys(&first, &two_lines());
    let id = order["order_id"].as_str().unwrap();
    let item = &order["lines"][0]["order_item_id"];
    assert_eq!(confirm(&first, id, &parcel("1", "1Z1", &[(item, 2)])).await.0, 204);
    post(
        &first,
        &format!("/orders/{id}"),
        &json!({ "address": { "city": "Austin" } }),
    );
    first.jump(TimeDelta::minutes(2));
    let before = read(&first, "na", id).await;
    drop(first);
    // The last line of the file was being written when the power failed.
    let file = folder.path().join("amazon.jsonl");
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str("{\"at\":\"2026-11-23T09:0");
    std::fs::write(&file, text).unwrap();
    let second = Client::of(kept()).await;
    second.jump(TimeDelta::minutes(2));
    assert_eq!(read(&second, "na", id).await, before);
    post(
        &second,
        &format!("/orders/{id}"),
        &json!({ "cancel_line": { "line": "TEALIGHT-12" } }),
    );
    drop(second);
    let third = Client::of(kept()).await;
    third.jump(TimeDelta::minutes(2));
    assert_eq!(status(&third, id).await, "SHIPPED", "nothing is left to ship");
}
