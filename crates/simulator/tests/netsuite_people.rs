//! People at work in NetSuite: the verbs of control that FUL and BIL scenarios are told with.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use chrono::TimeDelta;
use common::{Client, json, options};
use serde_json::{Value, json};
use simulator::{Company, Options, control};
use wire::Method;

fn verb(client: &Client, what: &str, body: &Value) -> Value {
    let (status, answer) = control::answer(&client.simulator, Method::Post, &format!("/netsuite/{what}"), body);
    assert_eq!(status, 200, "{what} {body}: {answer}");
    answer
}

fn refused(client: &Client, what: &str, body: &Value) -> String {
    let (status, answer) = control::answer(&client.simulator, Method::Post, &format!("/netsuite/{what}"), body);
    assert!(status >= 400, "{what} {body}: {answer}");
    answer.to_string()
}

fn read(client: &Client, path: &str) -> Value {
    let path = format!("{path}?expandSubResources=true");
    json(&client.simulator.netsuite().edit(Method::Get, &path, &Value::Null))
}

fn bought(client: &Client, number: &str) -> String {
    let order = json!({
        "number": number, "customer": "Amazon US 2026", "date": "2026-11-21",
        "lines": [
            { "item": "LAMP-RED", "quantity": "2", "amount": "108.00" },
            { "item": "GIFTSET-EVENING", "amount": "69.00" },
            { "item": "Amazon Shipping", "amount": "4.90" },
        ],
    });
    verb(client, "order", &order)["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn f2_f3_f4_an_order_is_shipped_in_parts_with_parcels_and_kits() {
    let client = Client::demo().await;
    let order = bought(&client, "114-1");
    let status = || read(&client, &format!("salesOrder/{order}"))["status"]["id"].clone();
    assert_eq!(status(), "B");
    let picked =
        json!({ "order": "114-1", "lines": [["LAMP-RED", "1"]], "status": "A", "packages": [{ "tracking": "1ZA" }] });
    let first = verb(&client, "ship", &picked)["id"].as_str().unwrap().to_owned();
    assert_eq!(status(), "B", "picked goods are still in the house");
    let shipped = json!({ "method": "PATCH", "path": format!("itemFulfillment/{first}"), "body": { "shipStatus": { "id": "C" } } });
    let (edited, _) = control::answer(&client.simulator, Method::Post, "/netsuite/edit", &shipped);
    assert_eq!(edited, 204);
    assert_eq!(status(), "E");
    let rest = json!({ "order": order, "integrated": "Ups", "ship_method": "UPS Ground", "packages": [{ "tracking": "1ZB" }, { "tracking": "1ZC" }] });
    let second = verb(&client, "ship", &rest)["id"].as_str().unwrap().to_owned();
    assert_eq!(status(), "F");
    let fulfilment = read(&client, &format!("itemFulfillment/{second}"));
    assert_eq!(fulfilment["packageUps"]["items"][1]["packageTrackingNumberUps"], "1ZC");
    let lines = fulfilment["item"]["items"].as_array().unwrap();
    assert!(lines.iter().any(|line| !line["kitMemberOf"].is_null()), "F4: {lines:?}");
    assert_eq!(
        read(&client, &format!("salesOrder/{order}"))["linkedTrackingNumbers"],
        "1ZA 1ZB 1ZC"
    );
    refused(&client, "ship", &json!({ "order": "114-1" }));
    refused(&client, "ship", &json!({ "order": "no such order" }));
}

#[tokio::test]
async fn b1_b3_b4_an_order_is_billed_by_hand_in_parts() {
    let client = Client::demo().await;
    let order = bought(&client, "114-2");
    refused(&client, "bill", &json!({ "order": "114-2" }));
    verb(
        &client,
        "ship",
        &json!({ "order": "114-2", "lines": [["LAMP-RED", "1"]] }),
    );
    let first = verb(
        &client,
        "bill",
        &json!({ "order": "114-2", "lines": [["LAMP-RED", "1"]] }),
    )["id"]
        .clone();
    assert_eq!(
        read(&client, &format!("invoice/{}", first.as_str().unwrap()))["total"],
        json!(54)
    );
    verb(&client, "ship", &json!({ "order": "114-2" }));
    verb(&client, "bill", &json!({ "order": "114-2" }));
    assert_eq!(read(&client, &format!("salesOrder/{order}"))["status"]["id"], "G");
}

#[tokio::test]
async fn ful_11a_without_advanced_shipping_the_fulfilment_is_the_bill() {
    let client = Client::demo().await;
    let order = bought(&client, "114-3");
    verb(&client, "features", &json!({ "ADVANCEDSHIPPING": false }));
    verb(&client, "ship", &json!({ "order": "114-3" }));
    assert_eq!(read(&client, &format!("salesOrder/{order}"))["status"]["id"], "G");
    refused(&client, "bill", &json!({ "order": "114-3" }));
}

#[tokio::test]
async fn b2_b5_preferences_and_months_decide_what_can_be_posted() {
    let client = Client::demo().await;
    bought(&client, "114-4");
    verb(
        &client,
        "preferences",
        &json!({ "INVOICEINADVANCE": "T", "DEFAULTSALESORDERSTATUS": "A" }),
    );
    verb(&client, "month", &json!({ "day": "2026-11-15", "closed": true }));
    let closed = refused(&client, "bill", &json!({ "order": "114-4", "date": "2026-11-20" }));
    assert!(closed.contains("closed period"), "{closed}");
    verb(&client, "month", &json!({ "day": "2026-11-15", "closed": false }));
    verb(&client, "bill", &json!({ "order": "114-4", "date": "2026-11-20" }));
    let undecided = json!({ "entity": { "id": "601" }, "item": { "items": [{ "item": { "id": "301" } }] } });
    let made = client.simulator.netsuite().edit(Method::Post, "salesOrder", &undecided);
    let path = made
        .header("location")
        .unwrap()
        .split("/v1/")
        .nth(1)
        .unwrap()
        .to_owned();
    assert_eq!(read(&client, &path)["status"]["id"], "A", "orders need approval now");
    verb(&client, "close", &json!({ "order": path.rsplit('/').next().unwrap() }));
}

#[tokio::test]
async fn itm_06_an_inactive_item_cannot_be_sold() {
    let client = Client::demo().await;
    let order = json!({ "customer": "Amazon US 2026", "lines": [{ "item": "LAMP-TIN-OLD", "amount": "10.00" }] });
    assert!(refused(&client, "order", &order).contains("Invalid Field Value"));
}

#[tokio::test]
async fn x1_switched_features_outlive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let kept = || Options {
        store: Some(folder.path().to_owned()),
        ..options(Company::Demo)
    };
    let first = Client::of(kept()).await;
    verb(&first, "features", &json!({ "ADVANCEDSHIPPING": false }));
    bought(&first, "114-5");
    drop(first);
    let second = Client::of(kept()).await;
    verb(&second, "ship", &json!({ "order": "114-5" }));
    refused(&second, "bill", &json!({ "order": "114-5" }));
}

#[tokio::test]
async fn every_marketplace_has_its_currency_customer_and_account() {
    let client = Client::of(options(Company::Everywhere)).await;
    let books = client.simulator.opening_books();
    let mut seen = 0;
    for region in ["na", "eu", "fe"] {
        let path = "/sellers/v1/marketplaceParticipations";
        let list = json(&client.get(region, path).await);
        for one in list["payload"].as_array().unwrap() {
            let market = &one["marketplace"];
            let currency = market["defaultCurrencyCode"].as_str().unwrap();
            let country = market["countryCode"].as_str().unwrap().replace("GB", "UK");
            assert!(books.role(&format!("customer.{country}")).is_some(), "{country}");
            assert!(books.role(&format!("acct.clearing.{currency}")).is_some(), "{currency}");
            assert!(
                books.currencies.iter().any(|known| known.code == currency),
                "{currency}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, 23);
    let order = json!({ "customer": "Amazon PL 2026", "lines": [{ "item": "LAMP-RED", "amount": "207.60" }] });
    let id = verb(&client, "order", &order)["id"].clone();
    let order = read(&client, &format!("salesOrder/{}", id.as_str().unwrap()));
    assert_eq!(order["currency"]["refName"], "PLN");
}

#[tokio::test]
async fn rdy_01_the_warehouse_packs_what_came_in() {
    let open = || async {
        let client = Client::of(Options {
            warehouse: true,
            ..options(Company::Demo)
        })
        .await;
        for number in 0..40 {
            let body = json!({
                "externalId": format!("AZN-SO-114-{number}"), "entity": { "id": "601" }, "orderStatus": { "id": "B" },
                "location": { "id": "1" }, "item": { "items": [{ "item": { "id": "301" }, "quantity": 2 }] },
            });
            assert_eq!(
                client
                    .simulator
                    .netsuite()
                    .edit(Method::Post, "salesOrder", &body)
                    .status,
                204
            );
        }
        client
    };
    let look = async |client: &Client| {
        let url = format!(
            "https://{}/services/rest/system/v1/serverTime",
            client.simulator.netsuite().host()
        );
        let message = wire::Message {
            method: Method::Get,
            url,
            headers: Vec::new(),
            body: Vec::new(),
        };
        client.transport.send(message).await.unwrap();
        let books = client.simulator.books();
        books["netsuite"]["records"]["itemFulfillment"]
            .as_array()
            .map_or(0, Vec::len)
    };
    let client = open().await;
    let before = look(&client).await;
    client.jump(TimeDelta::minutes(2));
    assert_eq!(look(&client).await, before, "orders lie for three minutes");
    client.jump(TimeDelta::minutes(2));
    let packed = look(&client).await - before;
    assert!((20..40).contains(&packed), "most, not all: {packed}");
    client.jump(TimeDelta::days(3));
    let all = look(&client).await - before;
    assert!(all >= 40, "in the end all: {all}");
    let again = open().await;
    look(&again).await;
    again.jump(TimeDelta::minutes(4));
    assert_eq!(look(&again).await, packed, "the same story on every run");
}
