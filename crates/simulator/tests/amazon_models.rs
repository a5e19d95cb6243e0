//! Every answer of the Amazon half validates against Amazon's published model, one test per operation.
//!
//! The models are read where they are kept and never copied; without them these tests say `skipped` and pass.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{Client, Model, all_orders, json};
use serde_json::{Value, json};
use wire::Method;

const ORDERS: &str = "orders-api-model/orders_2026-01-01.json";
const REPORTS: &str = "reports-api-model/reports_2021-06-30.json";

#[tokio::test]
async fn search_orders() {
    let Some(model) = Model::read(ORDERS) else { return };
    let client = Client::demo().await;
    let path = "/orders/2026-01-01/orders";
    for region in ["na", "eu", "fe"] {
        let query = format!(
            "{path}?createdAfter=2026-01-01T00:00:00Z&maxResultsPerPage=100&includedData={}",
            common::ALL
        );
        model.check(path, "get", &client.get(region, &query).await);
        model.check(
            path,
            "get",
            &client.get(region, &format!("{path}?lastUpdatedAfter=2026-11-20")).await,
        );
    }
    model.check(path, "get", &client.get("na", path).await);
    model.check(
        path,
        "get",
        &client
            .call_with(Method::Get, "na", path, &Value::Null, "Atza|old")
            .await,
    );
}

#[tokio::test]
async fn get_order() {
    let Some(model) = Model::read(ORDERS) else { return };
    let client = Client::demo().await;
    let path = "/orders/2026-01-01/orders/{orderId}";
    for order in all_orders(&client, "eu").await.iter().take(20) {
        let id = order["orderId"].as_str().unwrap();
        let answer = client
            .get(
                "eu",
                &format!("/orders/2026-01-01/orders/{id}?includedData={}", common::ALL),
            )
            .await;
        assert_eq!(json(&answer)["order"], *order);
        model.check(path, "get", &answer);
    }
    let missing = client.get("eu", "/orders/2026-01-01/orders/302-0000000-0000000").await;
    assert_eq!(missing.status, 404);
    model.check(path, "get", &missing);
}

#[tokio::test]
async fn get_reports() {
    let Some(model) = Model::read(REPORTS) else { return };
    let client = Client::demo().await;
    let path = "/reports/2021-06-30/reports";
    for region in ["na", "eu", "fe"] {
        let listed = client
            .get(
                region,
                &format!("{path}?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2&pageSize=1"),
            )
            .await;
        assert_eq!(listed.status, 200);
        model.check(path, "get", &listed);
    }
    model.check(path, "get", &client.get("na", path).await);
}

#[tokio::test]
async fn create_report_and_get_report() {
    let Some(model) = Model::read(REPORTS) else { return };
    let client = Client::demo().await;
    let path = "/reports/2021-06-30/reports";
    let body = json!({ "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": ["ATVPDKIKX0DER"] });
    let created = client.call(Method::Post, "na", path, &body).await;
    assert_eq!(created.status, 202);
    model.check(path, "post", &created);
    let id = json(&created)["reportId"].as_str().unwrap().to_owned();
    for expected in ["IN_QUEUE", "IN_PROGRESS", "DONE"] {
        let report = client.get("na", &format!("{path}/{id}")).await;
        assert_eq!(json(&report)["processingStatus"], expected);
        model.check("/reports/2021-06-30/reports/{reportId}", "get", &report);
        client.jump(chrono::TimeDelta::seconds(2));
    }
    let settlement =
        json!({ "reportType": "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2", "marketplaceIds": ["ATVPDKIKX0DER"] });
    let refused = client.call(Method::Post, "na", path, &settlement).await;
    assert_eq!(refused.status, 400);
    assert!(String::from_utf8_lossy(&refused.body).contains("not allowed at this time"));
    model.check(path, "post", &refused);
}

#[tokio::test]
async fn get_report_document() {
    let Some(model) = Model::read(REPORTS) else { return };
    let client = Client::demo().await;
    let path = "/reports/2021-06-30/documents/{reportDocumentId}";
    for region in ["na", "eu", "fe"] {
        let listed = json(
            &client
                .get(
                    region,
                    "/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",
                )
                .await,
        );
        let id = listed["reports"][0]["reportDocumentId"].as_str().unwrap();
        let answer = client.get(region, &format!("/reports/2021-06-30/documents/{id}")).await;
        assert_eq!(answer.status, 200);
        model.check(path, "get", &answer);
    }
    model.check(
        path,
        "get",
        &client.get("na", "/reports/2021-06-30/documents/none").await,
    );
}

#[tokio::test]
async fn get_marketplace_participations() {
    let Some(model) = Model::read("sellers-api-model/sellers.json") else {
        return;
    };
    let client = Client::demo().await;
    let path = "/sellers/v1/marketplaceParticipations";
    for region in ["na", "eu", "fe"] {
        model.check(path, "get", &client.get(region, path).await);
    }
}

#[tokio::test]
async fn get_account() {
    let Some(model) = Model::read("sellers-api-model/sellers.json") else {
        return;
    };
    let client = Client::demo().await;
    model.check(
        "/sellers/v1/account",
        "get",
        &client.get("eu", "/sellers/v1/account").await,
    );
}

#[tokio::test]
async fn create_restricted_data_token() {
    let Some(model) = Model::read("tokens-api-model/tokens_2021-03-01.json") else {
        return;
    };
    let client = Client::demo().await;
    let path = "/tokens/2021-03-01/restrictedDataToken";
    let body = json!({ "restrictedResources": [{ "method": "GET", "path": "/orders/v0/orders", "dataElements": ["buyerInfo"] }] });
    let given = client.call(Method::Post, "na", path, &body).await;
    assert_eq!(given.status, 200);
    model.check(path, "post", &given);
    let refused = client
        .call(Method::Post, "na", path, &json!({ "restrictedResources": [] }))
        .await;
    assert_eq!(refused.status, 400);
    model.check(path, "post", &refused);
}

const V0: &str = "orders-api-model/ordersV0.json";

/// A restricted token for the path, with all personal data.
async fn restricted(client: &Client, region: &str, path: &str) -> String {
    let resource = json!({ "method": "GET", "path": path, "dataElements": ["buyerInfo", "shippingAddress"] });
    let given = client
        .call(
            Method::Post,
            region,
            "/tokens/2021-03-01/restrictedDataToken",
            &json!({ "restrictedResources": [resource] }),
        )
        .await;
    json(&given)["restrictedDataToken"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn get_orders_v0() {
    let Some(model) = Model::read(V0) else { return };
    let client = Client::demo().await;
    let path = "/orders/v0/orders";
    for (region, market) in [
        ("na", "ATVPDKIKX0DER"),
        ("eu", "A1PA6795UKMFR9"),
        ("fe", "A1VC38T7YXB528"),
    ] {
        let query = format!("{path}?MarketplaceIds={market}&CreatedAfter=2026-10-01T00:00:00Z&MaxResultsPerPage=25");
        let plain = client.get(region, &query).await;
        model.check(path, "get", &plain);
        let orders = &json(&plain)["payload"]["Orders"];
        assert!(orders.as_array().unwrap().len() == 25 && orders[0]["BuyerInfo"].is_null());
        let token = restricted(&client, region, path).await;
        let whole = client
            .call_with(Method::Get, region, &query, &Value::Null, &token)
            .await;
        model.check(path, "get", &whole);
        assert!(
            json(&whole)["payload"]["Orders"]
                .as_array()
                .unwrap()
                .iter()
                .any(|order| order["BuyerInfo"]["BuyerName"].is_string())
        );
        let next = json(&plain)["payload"]["NextToken"].as_str().unwrap().to_owned();
        model.check(
            path,
            "get",
            &client
                .get(region, &format!("{path}?MarketplaceIds={market}&NextToken={next}"))
                .await,
        );
    }
    let alone = client
        .get(
            "na",
            &format!("{path}?MarketplaceIds=ATVPDKIKX0DER&CreatedAfter=2026-11-01&OrderStatuses=Unshipped"),
        )
        .await;
    assert_eq!(alone.status, 400, "Unshipped and PartiallyShipped go together");
    model.check(path, "get", &alone);
}

#[tokio::test]
async fn the_other_reads_of_orders_v0() {
    let Some(model) = Model::read(V0) else { return };
    let client = Client::demo().await;
    for order in all_orders(&client, "eu").await.iter().take(15) {
        let id = order["orderId"].as_str().unwrap();
        let whole = format!("/orders/v0/orders/{id}");
        model.check("/orders/v0/orders/{orderId}", "get", &client.get("eu", &whole).await);
        model.check(
            "/orders/v0/orders/{orderId}/orderItems",
            "get",
            &client.get("eu", &format!("{whole}/orderItems")).await,
        );
        for part in ["address", "buyerInfo", "orderItems/buyerInfo"] {
            let path = format!("{whole}/{part}");
            assert_eq!(
                client.get("eu", &path).await.status,
                403,
                "only with a restricted token"
            );
            let token = restricted(&client, "eu", &format!("/orders/v0/orders/{{orderId}}/{part}")).await;
            let answer = client.call_with(Method::Get, "eu", &path, &Value::Null, &token).await;
            assert_eq!(answer.status, 200);
            model.check(&format!("/orders/v0/orders/{{orderId}}/{part}"), "get", &answer);
            client.jump(chrono::TimeDelta::seconds(4));
        }
    }
}

#[tokio::test]
async fn confirm_shipment_is_accepted_even_when_it_does_not_take() {
    let Some(model) = Model::read(V0) else { return };
    let client = Client::demo().await;
    let open = |order: &&Value| {
        order["fulfillment"]["fulfillmentStatus"] == "UNSHIPPED" && order["fulfillment"]["fulfilledBy"] == "MERCHANT"
    };
    let order = all_orders(&client, "na").await.iter().find(open).unwrap().clone();
    let id = order["orderId"].as_str().unwrap();
    let items: Vec<Value> = order["orderItems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["fulfillment"]["quantityUnfulfilled"] != 0)
        .map(|item| json!({ "orderItemId": item["orderItemId"], "quantity": item["fulfillment"]["quantityUnfulfilled"] }))
        .collect();
    let confirm = |carrier: &str, date: &str| {
        json!({
            "marketplaceId": "ATVPDKIKX0DER",
            "packageDetail": {
                "packageReferenceId": "1", "carrierCode": carrier, "trackingNumber": "1Z999", "shipDate": date, "orderItems": items,
            },
        })
    };
    let path = format!("/orders/v0/orders/{id}/shipmentConfirmation");
    let wrong = client
        .call(Method::Post, "na", &path, &confirm("UPS", "02/21/2026"))
        .await;
    assert_eq!(wrong.status, 400);
    model.check("/orders/v0/orders/{orderId}/shipmentConfirmation", "post", &wrong);
    let read = format!("/orders/2026-01-01/orders/{id}?includedData=PACKAGES,FULFILLMENT");
    assert_eq!(
        client
            .call(
                Method::Post,
                "na",
                &path,
                &confirm("Acme Couriers", "2026-11-23T08:00:00Z")
            )
            .await
            .status,
        204
    );
    assert_eq!(
        json(&client.get("na", &read).await)["order"]["packages"],
        json!([]),
        "an unknown carrier is dropped in silence"
    );
    assert_eq!(
        client
            .call(Method::Post, "na", &path, &confirm("UPS", "2026-11-23T08:00:00Z"))
            .await
            .status,
        204
    );
    client.jump(chrono::TimeDelta::minutes(1));
    let shipped = json(&client.get("na", &read).await)["order"].clone();
    assert_eq!(shipped["fulfillment"]["fulfillmentStatus"], "SHIPPED");
    assert_eq!(shipped["packages"][0]["trackingNumber"], "1Z999");
}

#[tokio::test]
async fn list_transactions_and_summary() {
    let Some(model) = Model::read("finances-api-model/finances_2024-06-19.json") else {
        return;
    };
    let client = Client::demo().await;
    let path = "/finances/2024-06-19/transactions";
    for region in ["na", "eu", "fe"] {
        let listed = client
            .get(region, &format!("{path}?postedAfter=2026-10-01T00:00:00Z"))
            .await;
        assert!(json(&listed)["payload"]["transactions"].as_array().unwrap().len() > 20);
        model.check(path, "get", &listed);
    }
    model.check(path, "get", &client.get("na", path).await);
    let books = simulator::control::amazon_books(&client.simulator);
    let settlement = books["settlements"][0].clone();
    let path = "/finances/2024-06-19/summary";
    let id = settlement["settlement_id"].as_str().unwrap();
    let summary = client
        .get(
            "na",
            &format!("{path}?relatedIdentifierName=SETTLEMENT_ID&relatedIdentifierValue={id}"),
        )
        .await;
    model.check(path, "get", &summary);
    let exact = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
    assert_eq!(
        exact(&json(&summary)["summaries"][0]["netProceeds"]["currencyAmount"].to_string()),
        exact(settlement["total"].as_str().unwrap())
    );
}

#[tokio::test]
async fn catalogue_items() {
    let Some(model) = Model::read("catalog-items-api-model/catalogItems_2022-04-01.json") else {
        return;
    };
    let client = Client::demo().await;
    let path = "/catalog/2022-04-01/items";
    let data = "identifiers,images,productTypes,relationships,salesRanks,summaries,attributes";
    let by_sku = client.get("eu", &format!("{path}?marketplaceIds=A1PA6795UKMFR9&identifiersType=SKU&identifiers=LAMP-RED,BULB-E27-WARM&sellerId={}&includedData={data}", client.credentials["seller_id"].as_str().unwrap())).await;
    assert_eq!(json(&by_sku)["numberOfResults"], 2);
    model.check(path, "get", &by_sku);
    let one = client
        .get(
            "eu",
            &format!("{path}/B0ATL00011?marketplaceIds=A1PA6795UKMFR9&includedData={data}"),
        )
        .await;
    assert_eq!(one.status, 200);
    model.check("/catalog/2022-04-01/items/{asin}", "get", &one);
    client.jump(chrono::TimeDelta::seconds(5));
    model.check(
        "/catalog/2022-04-01/items/{asin}",
        "get",
        &client
            .get("eu", &format!("{path}/B000000000?marketplaceIds=A1PA6795UKMFR9"))
            .await,
    );
    model.check(path, "get", &client.get("eu", path).await);
}

#[tokio::test]
async fn listings_items() {
    let Some(model) = Model::read("listings-items-api-model/listingsItems_2021-08-01.json") else {
        return;
    };
    let client = Client::demo().await;
    let seller = client.credentials["seller_id"].as_str().unwrap().to_owned();
    let path = format!("/listings/2021-08-01/items/{seller}");
    let data = "summaries,attributes,issues,offers,fulfillmentAvailability,procurement,relationships,productTypes";
    let listed = client
        .get(
            "eu",
            &format!("{path}?marketplaceIds=A1PA6795UKMFR9&includedData={data}&pageSize=20"),
        )
        .await;
    assert_eq!(json(&listed)["numberOfResults"], 23);
    model.check("/listings/2021-08-01/items/{sellerId}", "get", &listed);
    let one = client
        .get(
            "eu",
            &format!("{path}/LAMP-RED-EU?marketplaceIds=A1PA6795UKMFR9&includedData={data}"),
        )
        .await;
    assert_eq!(one.status, 200);
    model.check("/listings/2021-08-01/items/{sellerId}/{sku}", "get", &one);
    let missing = client
        .get("eu", &format!("{path}/NO%2FSUCH%20SKU?marketplaceIds=A1PA6795UKMFR9"))
        .await;
    assert_eq!(missing.status, 404);
    model.check("/listings/2021-08-01/items/{sellerId}/{sku}", "get", &missing);
}

#[test]
fn the_check_itself_notices_what_the_model_does_not_name() {
    let Some(model) = Model::read(ORDERS) else { return };
    let validator = jsonschema::validator_for(&model.schema("/orders/2026-01-01/orders", "get", 200)).unwrap();
    let order = |extra: Value| {
        let mut order = json!({
            "orderId": "1", "createdTime": "2026-11-23T08:00:00Z", "lastUpdatedTime": "2026-11-23T08:00:00Z",
            "salesChannel": { "channelName": "AMAZON" }, "orderItems": [],
        });
        order
            .as_object_mut()
            .unwrap()
            .extend(extra.as_object().unwrap().clone());
        json!({ "orders": [order] })
    };
    assert!(validator.is_valid(&order(json!({}))));
    assert!(!validator.is_valid(&order(json!({ "buyer": { "buyerMail": "x" } }))));
    assert!(!validator.is_valid(&order(json!({ "orderId": 1 }))));
    assert!(!validator.is_valid(&order(json!({ "fulfillment": { "fulfillmentStatus": "SENT" } }))));
}
