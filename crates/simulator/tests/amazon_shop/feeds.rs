//! `JSON_LISTINGS_FEED`: worked off message by message, late, in part, or not at all.

use chrono::TimeDelta;
use serde_json::{Value, json};
use simulator::{Company, Fault, Options, Rule};
use wire::{Message, Method};

use crate::bench::{DE, UK, US, call, candle, later, price, quantity, region, seen, shop};
use crate::common::{Client, json, options, reference};

async fn sent(client: &Client, market: &str, document: &str) -> String {
    let kind = "application/json; charset=UTF-8";
    let place = call(
        client,
        Method::Post,
        market,
        "/feeds/2021-06-30/documents",
        &json!({ "contentType": kind }),
    )
    .await;
    let place = json(&place);
    let upload = Message {
        method: Method::Put,
        url: place["url"].as_str().unwrap().to_owned(),
        headers: vec![("content-type".to_owned(), kind.to_owned())],
        body: document.as_bytes().to_vec(),
    };
    assert_eq!(client.transport.send(upload).await.unwrap().status, 200);
    let body = json!({ "feedType": "JSON_LISTINGS_FEED", "marketplaceIds": [market], "inputFeedDocumentId": place["feedDocumentId"] });
    let feed = call(client, Method::Post, market, "/feeds/2021-06-30/feeds", &body).await;
    assert_eq!(feed.status, 202, "{}", String::from_utf8_lossy(&feed.body));
    json(&feed)["feedId"].as_str().unwrap().to_owned()
}

async fn status(client: &Client, market: &str, feed: &str) -> Value {
    json(
        &call(
            client,
            Method::Get,
            market,
            &format!("/feeds/2021-06-30/feeds/{feed}"),
            &Value::Null,
        )
        .await,
    )
}

/// The status of a feed that is done, and its report, which has the published form.
async fn report(client: &Client, market: &str, feed: &str) -> (Value, Value) {
    let told = status(client, market, feed).await;
    let id = told["resultFeedDocumentId"].as_str().unwrap();
    let place = json(
        &client
            .get(region(market), &format!("/feeds/2021-06-30/documents/{id}"))
            .await,
    );
    client.jump(TimeDelta::seconds(45));
    let bytes = client.download(place["url"].as_str().unwrap()).await.body;
    let report: Value = serde_json::from_reader(flate2::read::GzDecoder::new(&bytes[..])).unwrap();
    if let Some(schema) = reference("schemas/feeds/listings-feed-processing-report-schema-v2.json") {
        let validator = jsonschema::validator_for(&schema).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&report).map(|wrong| wrong.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
    (told["processingStatus"].clone(), report)
}

fn document(client: &Client, messages: &Value) -> Value {
    let document =
        json!({ "header": { "sellerId": client.credentials["seller_id"], "version": "2.0" }, "messages": messages });
    if let Some(schema) = reference("schemas/feeds/listings-feed-schema-v2.json") {
        assert!(
            jsonschema::validator_for(&schema).unwrap().is_valid(&document),
            "{document}"
        );
    }
    document
}

fn patching(number: usize, sku: &str, patches: Value) -> Value {
    json!({ "messageId": number, "sku": sku, "operationType": "PATCH", "productType": "PRODUCT", "patches": patches })
}

#[tokio::test]
async fn prc_07_a_feed_does_what_its_messages_say_and_names_those_it_refuses() {
    let client = shop().await;
    let whole = candle(DE, "de_DE", "EUR", "3760000003001");
    let messages = json!([
        patching(1, "LAMP-RED", price(DE, "EUR", "49.95")),
        patching(2, "LAMP-WALNUT-02", price(DE, "EUR", "0")),
        { "messageId": 3, "sku": "TEALIGHT-12", "operationType": "PARTIAL_UPDATE", "productType": "PRODUCT",
          "attributes": { "fulfillment_availability": [{ "fulfillment_channel_code": "DEFAULT", "quantity": 2 }] } },
        { "messageId": 4, "sku": "CANDLE-RAIN-220", "operationType": "UPDATE", "productType": "CANDLE",
          "requirements": "LISTING", "attributes": whole["attributes"] },
        { "messageId": 5, "sku": "SHADE/SILK 25 CM", "operationType": "DELETE" },
    ]);
    let feed = sent(&client, DE, &document(&client, &messages).to_string()).await;
    assert_eq!(status(&client, DE, &feed).await["processingStatus"], "IN_PROGRESS");
    later(&client);
    let (done, report) = report(&client, DE, &feed).await;
    let summary =
        json!({ "errors": 1, "warnings": 0, "messagesProcessed": 5, "messagesAccepted": 4, "messagesInvalid": 1 });
    assert_eq!((&done, &report["summary"]), (&json!("DONE"), &summary));
    let issue = &report["issues"][0];
    assert_eq!(
        (&issue["messageId"], &issue["sku"]),
        (&json!(2), &json!("LAMP-WALNUT-02"))
    );
    assert_eq!(issue["attributeName"], "purchasable_offer");
    later(&client);
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "49.95");
    assert_eq!(seen(&client, DE, "LAMP-WALNUT-02")["price"], "62.90");
    assert_eq!(seen(&client, DE, "TEALIGHT-12")["quantity"], 2);
    assert_eq!(seen(&client, DE, "CANDLE-RAIN-220")["buyable"], true);
    assert_eq!(seen(&client, DE, "SHADE/SILK 25 CM"), Value::Null);
    assert_eq!(
        seen(&client, UK, "SHADE/SILK 25 CM")["buyable"],
        true,
        "one marketplace at a time"
    );
}

#[tokio::test]
async fn a_feed_of_the_wrong_form_is_fatal_and_changes_nothing() {
    let client = shop().await;
    let seller = client.credentials["seller_id"].clone();
    let wrong = [
        "{ \"header\": ".to_owned(),
        json!({ "header": { "sellerId": seller, "version": "1.0" }, "messages": [patching(1, "LAMP-RED", quantity(1))] }).to_string(),
        json!({ "header": { "sellerId": "A0OTHER", "version": "2.0" }, "messages": [patching(1, "LAMP-RED", quantity(1))] }).to_string(),
        json!({ "header": { "sellerId": seller, "version": "2.0" }, "messages": [] }).to_string(),
        format!("{{\"header\":{{}}}}{}", " ".repeat(10 * 1024 * 1024)),
        json!({ "header": { "sellerId": seller, "version": "2.0" },
            "messages": vec![json!({ "messageId": 1, "sku": "A", "operationType": "DELETE" }); 25_001] }).to_string(),
    ];
    for text in wrong {
        let feed = sent(&client, US, &text).await;
        client.jump(TimeDelta::minutes(3));
        let (done, report) = report(&client, US, &feed).await;
        assert_eq!(
            (&done, &report["summary"]["messagesAccepted"]),
            (&json!("FATAL"), &json!(0))
        );
        assert!(report["issues"][0]["messageId"].is_null());
    }
    later(&client);
    assert_eq!(seen(&client, US, "LAMP-RED")["quantity"], 25);
}

#[tokio::test]
async fn messages_of_the_wrong_form_are_refused_one_by_one() {
    let client = shop().await;
    let messages = json!([
        { "messageId": 1, "sku": "LAMP-RED", "operationType": "EXPLODE" },
        { "messageId": 2, "sku": "", "operationType": "DELETE" },
        { "messageId": 3, "sku": "LAMP-RED", "operationType": "DELETE", "productType": "PRODUCT" },
        { "messageId": 4, "sku": "LAMP-RED", "operationType": "PATCH", "productType": "PRODUCT", "patches": [] },
        { "messageId": 5, "sku": "LAMP-RED", "operationType": "UPDATE", "productType": "LAMP" },
        patching(6, "LAMP-RED", quantity(3)),
        patching(6, "LAMP-RED", quantity(4)),
        { "messageId": 0, "sku": "LAMP-RED", "operationType": "DELETE" },
        { "messageId": 9, "sku": "LAMP-RED", "operationType": "PARTIAL_UPDATE", "productType": "PRODUCT", "requirements": "LISTING",
          "attributes": { "fulfillment_availability": [{ "fulfillment_channel_code": "DEFAULT", "quantity": 9 }] } },
    ]);
    let document =
        json!({ "header": { "sellerId": client.credentials["seller_id"], "version": "2.0" }, "messages": messages });
    let feed = sent(&client, US, &document.to_string()).await;
    later(&client);
    let (_, report) = report(&client, US, &feed).await;
    assert_eq!(
        (
            &report["summary"]["messagesAccepted"],
            &report["summary"]["messagesInvalid"]
        ),
        (&json!(1), &json!(8))
    );
    later(&client);
    assert_eq!(seen(&client, US, "LAMP-RED")["quantity"], 3);
}

#[tokio::test]
async fn the_report_shows_the_listings_that_were_asked_for() {
    let client = shop().await;
    let mut document = document(&client, &json!([patching(1, "LAMP-RED", quantity(3))]));
    document["header"]["report"] =
        json!({ "includedData": ["summaries", "fulfillmentAvailability", "issues"], "apiVersion": "2021-08-01" });
    let feed = sent(&client, US, &document.to_string()).await;
    later(&client);
    let (_, report) = report(&client, US, &feed).await;
    assert_eq!(
        report["summary"]["itemSummary"],
        json!({ "items": 1, "errors": 0, "warnings": 0 })
    );
    let item = &report["items"][0];
    assert_eq!(
        (&item["sku"], &item["summaries"][0]["asin"]),
        (&json!("LAMP-RED"), &json!("B0ATL00101"))
    );
    assert_eq!(
        item["fulfillmentAvailability"][0]["quantity"], 25,
        "accepted is not live"
    );
}

#[tokio::test]
async fn inv_15_feeds_can_be_late_refused_in_part_or_forgotten() {
    let mut client = shop().await;
    let messages = json!([
        patching(1, "LAMP-RED", quantity(3)),
        patching(2, "TEALIGHT-12", quantity(3)),
        patching(3, "BULB-E27-WARM", quantity(3)),
    ]);
    let text = document(&client, &messages).to_string();
    for (fault, accepted) in [
        (Fault::FeedPartlyRefused, 2),
        (Fault::SubmissionIgnored, 3),
        (Fault::FeedLate, 3),
    ] {
        client
            .simulator
            .faults()
            .add(Rule::once(fault, "/feeds/2021-06-30/feeds"));
        let feed = sent(&client, US, &text).await;
        client.jump(TimeDelta::minutes(30));
        client.sign_in().await;
        if fault == Fault::FeedLate {
            assert_eq!(status(&client, US, &feed).await["processingStatus"], "IN_QUEUE");
            client.jump(TimeDelta::hours(8));
            client.sign_in().await;
        }
        let (_, report) = report(&client, US, &feed).await;
        assert_eq!(report["summary"]["messagesAccepted"], accepted, "{fault:?}");
        later(&client);
        let units = |sku: &str| seen(&client, US, sku)["quantity"].as_i64().unwrap();
        match fault {
            Fault::FeedPartlyRefused => {
                assert_eq!((units("LAMP-RED"), units("BULB-E27-WARM") > 10), (3, true));
                for sku in ["LAMP-RED", "TEALIGHT-12"] {
                    crate::bench::done(&client, sku, "US", json!({ "quantity": 25 }));
                }
            }
            Fault::SubmissionIgnored => assert!(units("TEALIGHT-12") == 25),
            _ => assert_eq!(units("TEALIGHT-12"), 3),
        }
    }
}

#[tokio::test]
async fn a_listings_feed_names_one_marketplace() {
    let client = shop().await;
    let place = json!({ "contentType": "application/json; charset=UTF-8" });
    let place = json(&call(&client, Method::Post, DE, "/feeds/2021-06-30/documents", &place).await);
    let body = json!({ "feedType": "JSON_LISTINGS_FEED", "marketplaceIds": [DE, UK], "inputFeedDocumentId": place["feedDocumentId"] });
    assert_eq!(
        call(&client, Method::Post, DE, "/feeds/2021-06-30/feeds", &body)
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn p6_a_feed_over_many_skus_is_worked_off() {
    let client = Client::of(Options {
        plain_items: 5_000,
        ..options(Company::Empty)
    })
    .await;
    let messages: Vec<Value> = (0..5_000)
        .map(|number| patching(number + 1, &format!("BEAD-{number:06}"), quantity(41)))
        .collect();
    let text =
        json!({ "header": { "sellerId": client.credentials["seller_id"], "version": "2.0" }, "messages": messages });
    let feed = sent(&client, US, &text.to_string()).await;
    later(&client);
    let (done, report) = report(&client, US, &feed).await;
    assert_eq!(
        (&done, &report["summary"]["messagesAccepted"]),
        (&json!("DONE"), &json!(5_000))
    );
    later(&client);
    assert_eq!(seen(&client, US, "BEAD-004999")["quantity"], 41);
}
