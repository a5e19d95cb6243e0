//! Orders of every kind that can be placed by control, in Amazon's published form in both versions.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{Client, Model, json};
use serde_json::{Value, json};
use simulator::control;
use wire::Method;

const NEW: &str = "orders-api-model/orders_2026-01-01.json";
const OLD: &str = "orders-api-model/ordersV0.json";

async fn placed(client: &Client, region: &str, order: &Value) -> (Value, Value, Value) {
    let (status, answer) = control::answer(&client.simulator, Method::Post, "/orders", order);
    assert_eq!(status, 200, "{order}: {answer}");
    let id = answer["order_id"].as_str().unwrap();
    let asks = json!({ "buyer_requests_cancel": "changed my mind" });
    let path = format!("/orders/{id}");
    assert_eq!(control::answer(&client.simulator, Method::Post, &path, &asks).0, 200);
    let new = client
        .get(
            region,
            &format!("/orders/2026-01-01/orders/{id}?includedData={}", common::ALL),
        )
        .await;
    let old = client.get(region, &format!("/orders/v0/orders/{id}")).await;
    let items = client.get(region, &format!("/orders/v0/orders/{id}/orderItems")).await;
    if let (Some(first), Some(second)) = (Model::read(NEW), Model::read(OLD)) {
        first.check("/orders/2026-01-01/orders/{orderId}", "get", &new);
        second.check("/orders/v0/orders/{orderId}", "get", &old);
        second.check("/orders/v0/orders/{orderId}/orderItems", "get", &items);
    }
    let item = json(&items)["payload"]["OrderItems"][0].clone();
    (json(&new)["order"].clone(), json(&old)["payload"].clone(), item)
}

#[tokio::test]
async fn o12_o13_o19_o20_o21_orders_of_every_kind_have_the_published_form() {
    let client = Client::demo().await;
    let cash = json!({
        "marketplace": "JP", "lines": [{ "sku": "LAMP-RED", "cod_fee": "330", "points": 76, "gift_wrap": "320", "gift_message": "おめでとう" }],
    });
    let (new, old, item) = placed(&client, "fe", &cash).await;
    assert_eq!(
        new["payment"]["paymentExecutions"][0]["paymentMethod"],
        "CashOnDelivery"
    );
    assert_eq!(new["proceeds"]["grandTotal"]["amount"], "8250", "O19: no decimals");
    assert_eq!(
        (&old["PaymentMethod"], &item["CODFee"]["Amount"]),
        (&json!("COD"), &json!("330"))
    );
    assert_eq!(item["BuyerRequestedCancel"]["IsBuyerRequestedCancel"], "true");

    let business = json!({
        "marketplace": "DE", "programs": ["AMAZON_BUSINESS"], "tax_scheme": "UOSS", "facilitated": false,
        "buyer": { "company": "Brücke GmbH", "purchase_order": "PO-7", "vat_number": "DE812345678", "country": "FR" },
    });
    let (new, old, _) = placed(&client, "eu", &business).await;
    assert_eq!(new["buyer"]["buyerPurchaseOrderNumber"], "PO-7");
    assert_eq!(
        new["orderItems"][0]["tax"]["taxCalculationBreakdowns"][0]["reportingScheme"],
        "UOSS"
    );
    assert!(
        new["orderItems"][0]["tax"].get("taxCollections").is_none(),
        "O21: the seller is liable"
    );
    assert_eq!(old["IsBusinessOrder"], true);

    let replacement = json!({ "replaces": "111-1", "lines": [{ "sku": "LAMP-RED", "item": "0" }] });
    let (new, old, _) = placed(&client, "na", &replacement).await;
    assert_eq!(new["associatedOrders"][0]["associationType"], "REPLACEMENT_ORIGINAL_ID");
    assert_eq!(
        (&old["IsReplacementOrder"], &old["ReplacedOrderId"]),
        (&json!(true), &json!("111-1"))
    );
    let exchange = json!({ "replaces": "111-1", "exchange": true });
    let (new, old, _) = placed(&client, "na", &exchange).await;
    assert_eq!(new["associatedOrders"][0]["associationType"], "EXCHANGE_ORIGINAL_ID");
    assert_eq!(old["IsReplacementOrder"], false);

    let mexican = json!({ "marketplace": "MX", "lines": [{ "sku": "CANDLE-FIG-220", "shipping": "84.00" }] });
    let (new, ..) = placed(&client, "na", &mexican).await;
    assert_eq!(
        new["proceeds"]["grandTotal"],
        json!({ "amount": "564.90", "currencyCode": "MXN" }),
        "O20: tax is within"
    );
    let outside =
        json!({ "channel": "AMAZON", "outside": true, "id": "S01-1234567-1234567", "seller_number": "WEB-1" });
    let (new, ..) = placed(&client, "na", &outside).await;
    assert_eq!(new["salesChannel"]["channelName"], "NON_AMAZON");
    let prime = json!({ "programs": ["PRIME", "FBM_SHIP_PLUS"], "service": "NEXT_DAY" });
    placed(&client, "na", &prime).await;
}
