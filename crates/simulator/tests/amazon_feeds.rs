//! Feeds: uploaded, worked off, answered message by message, each answer in Amazon's published form.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use chrono::TimeDelta;
use common::{Client, Model, json, options};
use serde_json::{Value, json};
use simulator::{Company, Options, control};
use wire::{Message, Method, Response};

const FEEDS: &str = "feeds-api-model/feeds_2021-06-30.json";
const US: &str = "ATVPDKIKX0DER";

fn buys(client: &Client, order: &Value) -> Value {
    let (status, answer) = control::answer(&client.simulator, Method::Post, "/orders", order);
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn put(client: &Client, url: &str, content_type: &str, text: &str) -> Response {
    let message = Message {
        method: Method::Put,
        url: url.to_owned(),
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body: text.as_bytes().to_vec(),
    };
    client.transport.send(message).await.unwrap()
}

/// Uploads and sends a feed; its id.
async fn sent(client: &Client, kind: &str, content_type: &str, text: &str) -> String {
    let place = client
        .call(
            Method::Post,
            "na",
            "/feeds/2021-06-30/documents",
            &json!({ "contentType": content_type }),
        )
        .await;
    assert_eq!(place.status, 201);
    let place = json(&place);
    assert_eq!(
        put(client, place["url"].as_str().unwrap(), content_type, text)
            .await
            .status,
        200
    );
    let body = json!({ "feedType": kind, "marketplaceIds": [US], "inputFeedDocumentId": place["feedDocumentId"] });
    let feed = client.call(Method::Post, "na", "/feeds/2021-06-30/feeds", &body).await;
    assert_eq!(feed.status, 202, "{}", json(&feed));
    json(&feed)["feedId"].as_str().unwrap().to_owned()
}

async fn report(client: &Client, feed: &str) -> (Value, String) {
    let feed = json(&client.get("na", &format!("/feeds/2021-06-30/feeds/{feed}")).await);
    let id = feed["resultFeedDocumentId"].as_str().unwrap();
    let place = json(&client.get("na", &format!("/feeds/2021-06-30/documents/{id}")).await);
    let answer = client.download(place["url"].as_str().unwrap()).await;
    assert_eq!(answer.status, 200);
    let text = if place["compressionAlgorithm"] == "GZIP" {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(answer.body.as_slice()), &mut text).unwrap();
        text
    } else {
        String::from_utf8(answer.body).unwrap()
    };
    (feed, text)
}

fn envelope(kind: &str, messages: &[String]) -> String {
    let messages: Vec<String> = messages
        .iter()
        .enumerate()
        .map(|(number, body)| {
            format!(
                "<Message><MessageID>{}</MessageID><{kind}>{body}</{kind}></Message>",
                number + 1
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><AmazonEnvelope xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:noNamespaceSchemaLocation=\"amzn-envelope.xsd\"><Header><DocumentVersion>1.01</DocumentVersion>\
         <MerchantIdentifier>A1</MerchantIdentifier></Header><MessageType>{kind}</MessageType>{}</AmazonEnvelope>",
        messages.concat()
    )
}

fn shipped(order: &str, rest: &str) -> String {
    format!("<AmazonOrderID>{order}</AmazonOrderID><FulfillmentDate>2026-11-23T09:00:00Z</FulfillmentDate>{rest}")
}

async fn order(client: &Client, id: &str) -> Value {
    let path = format!("/orders/2026-01-01/orders/{id}?includedData={}", common::ALL);
    json(&client.get("na", &path).await)["order"].clone()
}

#[tokio::test]
async fn ful_07_a_feed_confirms_without_tracking_and_refuses_part_of_it() {
    let client = Client::demo().await;
    let first = buys(&client, &json!({ "lines": [{ "sku": "LAMP-RED", "quantity": 2 }] }));
    let second = buys(&client, &json!({ "lines": [{ "sku": "LAMP-RED" }] }));
    let (one, two) = (
        first["order_id"].as_str().unwrap(),
        second["order_id"].as_str().unwrap(),
    );
    let item = first["lines"][0]["order_item_id"].as_str().unwrap();
    let carrier = "<FulfillmentData><CarrierName>Caf\u{e9} &amp; Co</CarrierName><ShippingMethod>Bike</ShippingMethod></FulfillmentData>";
    let text = envelope(
        "OrderFulfillment",
        &[
            shipped(
                one,
                &format!(
                    "{carrier}<Item><AmazonOrderItemCode>{item}</AmazonOrderItemCode><Quantity>1</Quantity></Item>"
                ),
            ),
            shipped(two, carrier),
            shipped("111-0000000-0000000", carrier),
            shipped(
                one,
                &format!(
                    "{carrier}<Item><AmazonOrderItemCode>{item}</AmazonOrderItemCode><Quantity>2</Quantity></Item>"
                ),
            ),
        ],
    );
    let feed = sent(&client, "POST_ORDER_FULFILLMENT_DATA", "text/xml; charset=UTF-8", &text).await;
    assert_eq!(
        order(&client, two).await["fulfillment"]["fulfillmentStatus"],
        "UNSHIPPED"
    );
    client.jump(TimeDelta::seconds(5));
    let (body, report) = report(&client, &feed).await;
    assert_eq!(body["processingStatus"], "DONE");
    for part in [
        "<MessagesProcessed>4</MessagesProcessed>",
        "<MessagesSuccessful>2</MessagesSuccessful>",
        "<MessagesWithError>2</MessagesWithError>",
        "<Result><MessageID>3</MessageID><ResultCode>Error</ResultCode>",
        "<Result><MessageID>4</MessageID><ResultCode>Error</ResultCode>",
    ] {
        assert!(report.contains(part), "{part} is not in {report}");
    }
    let whole = order(&client, two).await;
    assert_eq!(whole["fulfillment"]["fulfillmentStatus"], "SHIPPED");
    assert_eq!(whole["packages"][0]["carrier"], "Caf\u{e9} & Co");
    assert!(whole["packages"][0].get("trackingNumber").is_none());
    assert_eq!(
        order(&client, one).await["fulfillment"]["fulfillmentStatus"],
        "PARTIALLY_SHIPPED"
    );
}

#[tokio::test]
async fn a_table_confirms_too_and_a_seller_can_cancel() {
    let client = Client::demo().await;
    let first = buys(&client, &json!({}));
    let second = buys(
        &client,
        &json!({ "lines": [{ "sku": "LAMP-RED" }, { "sku": "TEALIGHT-12" }] }),
    );
    let (one, two) = (
        first["order_id"].as_str().unwrap(),
        second["order_id"].as_str().unwrap(),
    );
    let table = format!(
        "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\n\
         {one}\t\t\t2026-11-23T09:00:00Z\tUPS\t\t1Z77\tGround\n{two}\t\t\t2026-11-23T09:00:00Z\tups\t\t1Z78\t\n"
    );
    let feed = sent(
        &client,
        "POST_FLAT_FILE_FULFILLMENT_DATA",
        "text/tab-separated-values; charset=UTF-8",
        &table,
    )
    .await;
    let item = second["lines"][1]["order_item_id"].as_str().unwrap();
    let cancel = format!(
        "<AmazonOrderID>{two}</AmazonOrderID><StatusCode>Failure</StatusCode><Item><AmazonOrderItemCode>{item}</AmazonOrderItemCode><CancelReason>NoInventory</CancelReason></Item>"
    );
    let cancelling = envelope("OrderAcknowledgement", &[cancel]);
    sent(
        &client,
        "POST_ORDER_ACKNOWLEDGEMENT_DATA",
        "text/xml; charset=UTF-8",
        &cancelling,
    )
    .await;
    client.jump(TimeDelta::seconds(5));
    let (_, report) = report(&client, &feed).await;
    assert!(report.contains("Number of records successful\t\t1"), "{report}");
    assert!(report.contains(&format!("2\t{two}\t18028\tError")), "{report}");
    assert_eq!(order(&client, one).await["packages"][0]["trackingNumber"], "1Z77");
    let left = order(&client, two).await;
    assert_eq!(
        left["orderItems"][1]["cancellation"]["cancellationExecution"]["cancelledBy"],
        "MERCHANT"
    );
    assert_eq!(left["fulfillment"]["fulfillmentStatus"], "UNSHIPPED");
}

#[tokio::test]
async fn every_answer_has_the_published_form() {
    let Some(model) = Model::read(FEEDS) else { return };
    let client = Client::demo().await;
    let (documents, feeds) = ("/feeds/2021-06-30/documents", "/feeds/2021-06-30/feeds");
    let call = async |method: Method, path: &str, template: &str, body: &Value| {
        let answer = client.call(method, "na", path, body).await;
        if !answer.body.is_empty() {
            model.check(template, &method.as_str().to_lowercase(), &answer);
        }
        answer
    };
    let place = call(
        Method::Post,
        documents,
        documents,
        &json!({ "contentType": "text/xml" }),
    )
    .await;
    assert_eq!(call(Method::Post, documents, documents, &json!({})).await.status, 400);
    let place = json(&place);
    let body = json!({ "feedType": "POST_ORDER_FULFILLMENT_DATA", "marketplaceIds": [US], "inputFeedDocumentId": place["feedDocumentId"] });
    let early = call(Method::Post, feeds, feeds, &body).await;
    assert_eq!(early.status, 400, "nothing was uploaded");
    let url = place["url"].as_str().unwrap();
    assert_eq!(
        put(&client, url, "text/plain", "x").await.status,
        403,
        "the type is signed over"
    );
    assert_eq!(put(&client, url, "text/xml", "not XML").await.status, 200);
    let mut gone = body.clone();
    gone["feedType"] = json!("POST_PRODUCT_DATA");
    assert_eq!(
        call(Method::Post, feeds, feeds, &gone).await.status,
        400,
        "removed in 2025"
    );
    let first = json(&call(Method::Post, feeds, feeds, &body).await)["feedId"].clone();
    let second = json(&call(Method::Post, feeds, feeds, &body).await)["feedId"].clone();
    let one = format!("{feeds}/{}", first.as_str().unwrap());
    let two = format!("{feeds}/{}", second.as_str().unwrap());
    let template = "/feeds/2021-06-30/feeds/{feedId}";
    assert_eq!(
        json(&call(Method::Get, &one, template, &Value::Null).await)["processingStatus"],
        "IN_QUEUE"
    );
    assert_eq!(call(Method::Delete, &two, template, &Value::Null).await.status, 200);
    client.jump(TimeDelta::seconds(2));
    assert_eq!(
        json(&call(Method::Get, &one, template, &Value::Null).await)["processingStatus"],
        "IN_PROGRESS"
    );
    assert_eq!(call(Method::Delete, &one, template, &Value::Null).await.status, 400);
    client.jump(TimeDelta::seconds(2));
    let fatal = json(&call(Method::Get, &one, template, &Value::Null).await);
    assert_eq!(
        fatal["processingStatus"], "FATAL",
        "a document that is not XML says why in its report"
    );
    let report = fatal["resultFeedDocumentId"].as_str().unwrap();
    let answer = call(
        Method::Get,
        &format!("{documents}/{report}"),
        "/feeds/2021-06-30/documents/{feedDocumentId}",
        &Value::Null,
    )
    .await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        call(Method::Get, &format!("{feeds}/1"), template, &Value::Null)
            .await
            .status,
        404
    );
    let list = format!("{feeds}?feedTypes=POST_ORDER_FULFILLMENT_DATA&pageSize=1");
    let page = json(&call(Method::Get, &list, feeds, &Value::Null).await);
    assert_eq!(page["feeds"].as_array().unwrap().len(), 1);
    let token = page["nextToken"].as_str().unwrap();
    let mixed = format!("{feeds}?nextToken={token}&pageSize=1");
    assert_eq!(call(Method::Get, &mixed, feeds, &Value::Null).await.status, 400);
    let rest = json(&call(Method::Get, &format!("{feeds}?nextToken={token}"), feeds, &Value::Null).await);
    assert_eq!(rest["feeds"].as_array().unwrap().len(), 1);
    assert!(rest.get("nextToken").is_none());
    let cancelled =
        format!("{feeds}?feedTypes=POST_ORDER_FULFILLMENT_DATA&processingStatuses=CANCELLED&marketplaceIds={US}");
    let cancelled = json(&call(Method::Get, &cancelled, feeds, &Value::Null).await);
    assert_eq!(cancelled["feeds"][0]["feedId"], second);
}

#[tokio::test]
async fn a_listings_feed_is_checked_message_by_message() {
    let client = Client::demo().await;
    let text = json!({
        "header": { "sellerId": client.credentials["seller_id"], "version": "2.0" },
        "messages": [
            { "messageId": 1, "sku": "LAMP-RED", "operationType": "DELETE" },
            { "messageId": 2, "sku": "LAMP-RED", "operationType": "EXPLODE", "productType": "PRODUCT" },
        ],
    });
    let feed = sent(
        &client,
        "JSON_LISTINGS_FEED",
        "application/json; charset=UTF-8",
        &text.to_string(),
    )
    .await;
    client.jump(TimeDelta::seconds(5));
    let (body, report) = report(&client, &feed).await;
    assert_eq!(body["processingStatus"], "DONE");
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["summary"]["messagesAccepted"], 1);
    assert_eq!(report["issues"][0]["messageId"], 2);
    let Some(schema) = common::reference("schemas/feeds/listings-feed-processing-report-schema-v2.json") else {
        return;
    };
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&report), "{report}");
}

#[tokio::test]
async fn x1_a_feed_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let kept = || Options {
        store: Some(folder.path().to_owned()),
        ..options(Company::Demo)
    };
    let first = Client::of(kept()).await;
    let bought = buys(&first, &json!({}));
    let id = bought["order_id"].as_str().unwrap();
    let text = envelope(
        "OrderFulfillment",
        &[shipped(
            id,
            "<FulfillmentData><CarrierCode>UPS</CarrierCode></FulfillmentData>",
        )],
    );
    let feed = sent(&first, "POST_ORDER_FULFILLMENT_DATA", "text/xml", &text).await;
    drop(first);
    for _ in 0..2 {
        let later = Client::of(kept()).await;
        later.jump(TimeDelta::minutes(1));
        let (body, report) = report(&later, &feed).await;
        assert_eq!(body["processingStatus"], "DONE");
        assert!(
            report.contains("<MessagesSuccessful>1</MessagesSuccessful>"),
            "{report}"
        );
        let seen = order(&later, id).await;
        assert_eq!(seen["fulfillment"]["fulfillmentStatus"], "SHIPPED");
        assert_eq!(seen["packages"].as_array().unwrap().len(), 1);
    }
}
