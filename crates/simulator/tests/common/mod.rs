//! What the tests of the Amazon half share: a clock that stands still until it is moved, and a small client.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses a part of it; a test that cannot go on fails"
)]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use simulator::{Company, Options, Simulator};
use wire::{Clock, Message, Method, Response, Transport};

/// Time that only moves when told; sleeping moves it.
pub struct StillClock(Mutex<DateTime<Utc>>);

#[async_trait::async_trait]
impl Clock for StillClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    async fn sleep(&self, duration: Duration) {
        *self.0.lock().unwrap() += TimeDelta::from_std(duration).unwrap();
    }
}

impl StillClock {
    /// Moves the hands to that instant.
    pub fn set(&self, to: &str) {
        *self.0.lock().unwrap() = to.parse().unwrap();
    }
}

/// Monday 23 November 2026, nine in the morning in UTC.
pub fn clock() -> Arc<StillClock> {
    Arc::new(StillClock(Mutex::new("2026-11-23T09:00:00Z".parse().unwrap())))
}

/// A client that has signed in to all regions.
pub struct Client {
    pub simulator: Simulator,
    pub transport: Arc<dyn Transport>,
    pub credentials: Value,
    pub tokens: Vec<(String, String)>,
}

pub fn options(company: Company) -> Options {
    Options::new(7, company, clock())
}

impl Client {
    pub async fn demo() -> Self {
        Self::of(options(Company::Demo)).await
    }

    pub async fn of(options: Options) -> Self {
        let simulator = Simulator::open(options).unwrap();
        let mut client = Self {
            transport: simulator.transport(),
            simulator,
            credentials: Value::Null,
            tokens: Vec::new(),
        };
        client.credentials = serde_json::to_value(&client.simulator.amazon().state().sign_in.credentials).unwrap();
        client.sign_in().await;
        client
    }

    pub async fn sign_in(&mut self) {
        self.tokens.clear();
        for region in ["na", "eu", "fe"] {
            let refresh = self.credentials["refresh_tokens"][region].as_str().unwrap().to_owned();
            let answer = self
                .token(&[("grant_type", "refresh_token"), ("refresh_token", &refresh)])
                .await;
            assert_eq!(answer.status, 200);
            self.tokens.push((
                region.to_owned(),
                json(&answer)["access_token"].as_str().unwrap().to_owned(),
            ));
        }
    }

    /// Asks for a token with the right client id and secret.
    pub async fn token(&self, fields: &[(&str, &str)]) -> Response {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("client_id", self.credentials["client_id"].as_str().unwrap());
        form.append_pair("client_secret", self.credentials["client_secret"].as_str().unwrap());
        form.extend_pairs(fields);
        let message = Message {
            method: Method::Post,
            url: "https://api.amazon.com/auth/o2/token".to_owned(),
            headers: vec![(
                "content-type".to_owned(),
                "application/x-www-form-urlencoded;charset=UTF-8".to_owned(),
            )],
            body: form.finish().into_bytes(),
        };
        self.transport.send(message).await.unwrap()
    }

    pub fn access(&self, region: &str) -> String {
        self.tokens.iter().find(|(known, _)| known == region).unwrap().1.clone()
    }

    /// A call of a region with that region's token.
    pub async fn call(&self, method: Method, region: &str, path: &str, body: &Value) -> Response {
        let token = self.access(region);
        self.call_with(method, region, path, body, &token).await
    }

    pub async fn call_with(&self, method: Method, region: &str, path: &str, body: &Value, token: &str) -> Response {
        let message = Message {
            method,
            url: format!("https://sellingpartnerapi-{region}.amazon.com{path}"),
            headers: vec![("x-amz-access-token".to_owned(), token.to_owned())],
            body: if body.is_null() {
                Vec::new()
            } else {
                body.to_string().into_bytes()
            },
        };
        self.transport.send(message).await.unwrap()
    }

    pub async fn get(&self, region: &str, path: &str) -> Response {
        self.call(Method::Get, region, path, &Value::Null).await
    }

    /// A download without any credentials.
    pub async fn download(&self, url: &str) -> Response {
        let message = Message {
            method: Method::Get,
            url: url.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        self.transport.send(message).await.unwrap()
    }

    pub fn jump(&self, by: TimeDelta) {
        self.simulator.clock().jump(by);
    }
}

pub fn json(response: &Response) -> Value {
    serde_json::from_slice(&response.body)
        .unwrap_or_else(|_| panic!("not JSON: {}", String::from_utf8_lossy(&response.body)))
}

/// All orders of a region, page by page, with all datasets.
pub async fn all_orders(client: &Client, region: &str) -> Vec<Value> {
    let base = format!("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z&includedData={ALL}");
    let mut orders = Vec::new();
    let mut page = json(&client.get(region, &base).await);
    loop {
        orders.extend(page["orders"].as_array().unwrap().iter().cloned());
        let Some(token) = page["pagination"]["nextToken"].as_str() else {
            return orders;
        };
        page = json(&client.get(region, &format!("{base}&paginationToken={token}")).await);
    }
}

pub const ALL: &str =
    "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS";

/// A published model.
pub struct Model(Value);

impl Model {
    pub fn read(file: &str) -> Option<Self> {
        reference(&format!("models/{file}")).map(Self)
    }

    /// The schema of an operation's answer, as JSON Schema.
    pub fn schema(&self, path: &str, method: &str, status: u16) -> Value {
        let response = &self.0["paths"][path][method]["responses"][status.to_string()];
        let mut schema = response["schema"].clone();
        assert!(schema.is_object(), "{method} {path} {status} has no schema");
        schema["definitions"] = self.0["definitions"].clone();
        schema["$schema"] = json!("http://json-schema.org/draft-04/schema#");
        strict(&mut schema);
        let mut joined = Vec::new();
        reopen(&mut schema, &mut joined);
        for name in joined {
            if let Some(part) = schema["definitions"][&name].as_object_mut() {
                part.remove("additionalProperties");
            }
        }
        schema
    }

    /// Fails with every difference between the answer and the model.
    pub fn check(&self, path: &str, method: &str, response: &Response) {
        let schema = self.schema(path, method, response.status);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let body = json(response);
        let differences: Vec<String> = validator
            .iter_errors(&body)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(
            differences.is_empty(),
            "{method} {path} {}:\n{}",
            response.status,
            differences.join("\n")
        );
    }
}

/// A file of the published models, or a word that it is not here.
pub fn reference(file: &str) -> Option<Value> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
    let root = std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(root.join("sp-api-models").join(file)) else {
        println!("skipped: the published file {file} is not here");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// Parts that are joined with others must let the others' properties through.
fn reopen(schema: &mut Value, joined: &mut Vec<String>) {
    match schema {
        Value::Object(map) => {
            for part in map.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
                if let Some(name) = part["$ref"].as_str() {
                    joined.push(name.replace("#/definitions/", ""));
                } else if let Some(part) = part.as_object_mut() {
                    part.remove("additionalProperties");
                }
            }
            map.values_mut().for_each(|value| reopen(value, joined));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| reopen(value, joined)),
        _ => {}
    }
}

/// Swagger lets any property through; here a property that the model does not name is a mistake.
pub fn strict(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            let closed =
                map.get("properties").is_some_and(Value::is_object) && map.get("type") == Some(&json!("object"));
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
