//! Every answer of the Amazon half validates against Amazon's published model, one test per operation.
//!
//! The models are read where they are kept and never copied; without them these tests say `skipped` and pass.

mod common;

use std::path::PathBuf;

use common::{Client, all_orders, json};
use serde_json::{Value, json};
use wire::{Method, Response};

/// A published model.
struct Model(Value);

impl Model {
    fn read(file: &str) -> Option<Self> {
        let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
        let root = std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| PathBuf::from(default), PathBuf::from);
        let path = root.join("sp-api-models/models").join(file);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("skipped: the published model {file} is not here");
            return None;
        };
        Some(Self(serde_json::from_str(&text).unwrap()))
    }

    /// The schema of an operation's answer, as JSON Schema.
    fn schema(&self, path: &str, method: &str, status: u16) -> Value {
        let response = &self.0["paths"][path][method]["responses"][status.to_string()];
        let mut schema = response["schema"].clone();
        assert!(schema.is_object(), "{method} {path} {status} has no schema");
        schema["definitions"] = self.0["definitions"].clone();
        schema["$schema"] = json!("http://json-schema.org/draft-04/schema#");
        strict(&mut schema);
        schema
    }

    /// Fails with every difference between the answer and the model.
    fn check(&self, path: &str, method: &str, response: &Response) {
        let schema = self.schema(path, method, response.status);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let body = json(response);
        let differences: Vec<String> = validator.iter_errors(&body).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(differences.is_empty(), "{method} {path} {}:\n{}", response.status, differences.join("\n"));
    }
}

/// Swagger lets any property through; here a property that the model does not name is a mistake.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            let closed = map.get("properties").is_some_and(Value::is_object) && map.get("type") == Some(&json!("object"));
            if closed && !map.contains_key("additionalProperties") && !map.contains_key("allOf") {
                map.insert("additionalProperties".to_owned(), json!(false));
            }
            for value in map.values_mut() {
                strict(value);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(strict),
        _ => {}
    }
}

const ORDERS: &str = "orders-api-model/orders_2026-01-01.json";
const REPORTS: &str = "reports-api-model/reports_2021-06-30.json";

#[tokio::test]
async fn search_orders() {
    let Some(model) = Model::read(ORDERS) else { return };
    let client = Client::demo().await;
    let path = "/orders/2026-01-01/orders";
    for region in ["na", "eu", "fe"] {
        let query = format!("{path}?createdAfter=2026-01-01T00:00:00Z&maxResultsPerPage=100&includedData={}", common::ALL);
        model.check(path, "get", &client.get(region, &query).await);
        model.check(path, "get", &client.get(region, &format!("{path}?lastUpdatedAfter=2026-11-20")).await);
    }
    model.check(path, "get", &client.get("na", path).await);
    model.check(path, "get", &client.call_with(Method::Get, "na", path, &Value::Null, "Atza|old").await);
}

#[tokio::test]
async fn get_order() {
    let Some(model) = Model::read(ORDERS) else { return };
    let client = Client::demo().await;
    let path = "/orders/2026-01-01/orders/{orderId}";
    for order in all_orders(&client, "eu").await.iter().take(20) {
        let id = order["orderId"].as_str().unwrap();
        let answer = client.get("eu", &format!("/orders/2026-01-01/orders/{id}?includedData={}", common::ALL)).await;
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
        let listed = client.get(region, &format!("{path}?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2&pageSize=1")).await;
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
    let settlement = json!({ "reportType": "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2", "marketplaceIds": ["ATVPDKIKX0DER"] });
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
        let listed = json(&client.get(region, "/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2").await);
        let id = listed["reports"][0]["reportDocumentId"].as_str().unwrap();
        let answer = client.get(region, &format!("/reports/2021-06-30/documents/{id}")).await;
        assert_eq!(answer.status, 200);
        model.check(path, "get", &answer);
    }
    model.check(path, "get", &client.get("na", "/reports/2021-06-30/documents/none").await);
}

#[tokio::test]
async fn get_marketplace_participations() {
    let Some(model) = Model::read("sellers-api-model/sellers.json") else { return };
    let client = Client::demo().await;
    let path = "/sellers/v1/marketplaceParticipations";
    for region in ["na", "eu", "fe"] {
        model.check(path, "get", &client.get(region, path).await);
    }
}

#[tokio::test]
async fn get_account() {
    let Some(model) = Model::read("sellers-api-model/sellers.json") else { return };
    let client = Client::demo().await;
    model.check("/sellers/v1/account", "get", &client.get("eu", "/sellers/v1/account").await);
}

#[tokio::test]
async fn create_restricted_data_token() {
    let Some(model) = Model::read("tokens-api-model/tokens_2021-03-01.json") else { return };
    let client = Client::demo().await;
    let path = "/tokens/2021-03-01/restrictedDataToken";
    let body = json!({ "restrictedResources": [{ "method": "GET", "path": "/orders/v0/orders", "dataElements": ["buyerInfo"] }] });
    let given = client.call(Method::Post, "na", path, &body).await;
    assert_eq!(given.status, 200);
    model.check(path, "post", &given);
    let refused = client.call(Method::Post, "na", path, &json!({ "restrictedResources": [] })).await;
    assert_eq!(refused.status, 400);
    model.check(path, "post", &refused);
}
