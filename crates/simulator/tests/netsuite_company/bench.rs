//! A small company to try things on, a client that signs in, and a clock that moves when told.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use simulator::books::OpeningBooks;
use simulator::netsuite::{Account, NetSuiteOptions};

use wire::{Broken, Clock, Message, Method, Response};

use crate::trial::{BUYER, LAMP, SHIPPING, USD, WAREHOUSE, books};

/// 2026-11-23 12:00 UTC, moved by [`Hands::forward`].
pub struct Hands(AtomicI64);

impl Hands {
    pub fn at_noon() -> Self {
        let start: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        Self(AtomicI64::new(start.timestamp()))
    }

    pub fn forward(&self, duration: Duration) {
        self.0
            .fetch_add(i64::try_from(duration.as_secs()).unwrap(), Ordering::SeqCst);
    }
}

#[async_trait::async_trait]
impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.load(Ordering::SeqCst), 0).unwrap()
    }
    /// Waits until somebody has moved the hands far enough.
    async fn sleep(&self, duration: Duration) {
        let until = self.now() + duration;
        while self.now() < until {
            tokio::task::yield_now().await;
        }
    }
}

pub struct Company {
    pub account: Account,
    pub clock: Arc<Hands>,
    token: String,
}

impl Company {
    pub async fn open() -> Self {
        Self::with(NetSuiteOptions::default()).await
    }

    pub async fn with(options: NetSuiteOptions) -> Self {
        Self::of(books(), options).await
    }

    pub async fn of(books: OpeningBooks, options: NetSuiteOptions) -> Self {
        let clock = Arc::new(Hands::at_noon());
        let account = Account::open(books, options, clock.clone()).unwrap();
        let mut company = Self {
            account,
            clock,
            token: String::new(),
        };
        company.sign_in().await;
        company
    }

    pub fn base(&self) -> String {
        format!("https://{}/services/rest", self.account.host())
    }

    pub fn claims(&self) -> Value {
        let now = self.clock.now().timestamp();
        json!({
            "iss": self.account.credentials().client_id, "scope": ["rest_webservices"],
            "aud": format!("{}/auth/oauth2/v1/token", self.base()), "iat": now, "exp": now + 300,
        })
    }

    pub fn assertion(&self, claims: &Value, kid: &str) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(kid.to_owned());
        let key = EncodingKey::from_ec_pem(self.account.credentials().private_key_pem.as_bytes()).unwrap();
        encode(&header, claims, &key).unwrap()
    }

    pub async fn token(&self, assertion: &str) -> Response {
        let form: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            )
            .append_pair("client_assertion", assertion)
            .finish();
        let message = Message {
            method: Method::Post,
            url: format!("{}/auth/oauth2/v1/token", self.base()),
            headers: vec![(
                "content-type".to_owned(),
                "application/x-www-form-urlencoded".to_owned(),
            )],
            body: form.into_bytes(),
        };
        self.account.answer(&message).await.unwrap()
    }

    pub async fn sign_in(&mut self) {
        let assertion = self.assertion(&self.claims(), &self.account.credentials().certificate_id);
        let answer = self.token(&assertion).await;
        assert_eq!(answer.status, 200, "{}", body(&answer));
        body(&answer)["access_token"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.token);
    }

    pub fn message(&self, method: Method, path: &str, json: &Value) -> Message {
        let mut headers = vec![
            ("authorization".to_owned(), format!("Bearer {}", self.token)),
            ("prefer".to_owned(), "transient".to_owned()),
            ("x-netsuite-propertynamevalidation".to_owned(), "Error".to_owned()),
        ];
        if json.is_object() {
            headers.push(("content-type".to_owned(), "application/json".to_owned()));
        }
        let body = if json.is_object() {
            json.to_string().into_bytes()
        } else {
            Vec::new()
        };
        Message {
            method,
            url: format!("{}/{path}", self.base()),
            headers,
            body,
        }
    }

    pub async fn send(&self, method: Method, path: &str, json: Value) -> Response {
        self.account.answer(&self.message(method, path, &json)).await.unwrap()
    }

    pub async fn broken(
        &self,
        method: Method,
        path: &str,
        json: Value,
        fault: simulator::netsuite::Fault,
    ) -> Result<Response, Broken> {
        self.account
            .answer_with(&self.message(method, path, &json), Some(fault))
            .await
    }

    /// Creates or transforms, and gives the new record's id.
    pub async fn made(&self, path: &str, json: Value) -> String {
        let answer = self.send(Method::Post, &format!("record/v1/{path}"), json).await;
        assert_eq!(answer.status, 204, "{path}: {}", body(&answer));
        answer
            .header("location")
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned()
    }

    /// A refused write: status, code and words.
    pub async fn refused(&self, method: Method, path: &str, json: Value) -> (u16, String, String) {
        refusal(&self.send(method, &format!("record/v1/{path}"), json).await)
    }

    pub async fn read(&self, path: &str) -> Value {
        let answer = self.send(Method::Get, &format!("record/v1/{path}"), Value::Null).await;
        assert_eq!(answer.status, 200, "{path}: {}", body(&answer));
        body(&answer)
    }

    pub async fn query(&self, q: &str, params: &[&str]) -> Vec<Value> {
        let answer = self
            .send(Method::Post, "query/v1/suiteql", json!({ "q": q, "params": params }))
            .await;
        assert_eq!(answer.status, 200, "{q}: {}", body(&answer));
        body(&answer)["items"].as_array().unwrap().clone()
    }

    /// One value of one row.
    pub async fn value(&self, q: &str, params: &[&str]) -> String {
        let rows = self.query(q, params).await;
        let row = rows
            .first()
            .unwrap_or_else(|| panic!("no row: {q}"))
            .as_object()
            .unwrap();
        row.iter()
            .find(|(name, _)| *name != "links")
            .map(|(_, value)| value.as_str().unwrap().to_owned())
            .unwrap_or_default()
    }

    /// What stands on an account.
    pub async fn balance(&self, account: i64) -> String {
        let q =
            "SELECT NVL(SUM(amount), 0) AS balance FROM transactionaccountingline WHERE account = ? AND posting = 'T'";
        self.value(q, &[&account.to_string()]).await
    }

    /// An order of two lamps at 19.99 and postage 3.30, total 43.28.
    pub async fn order(&self, number: &str) -> String {
        self.made("salesOrder", order(number)).await
    }

    pub async fn invoice(&self, number: &str) -> String {
        let mut body = order(number);
        body["externalId"] = json!(format!("AZN-IV-{number}"));
        body.as_object_mut().unwrap().remove("orderStatus");
        self.made("invoice", body).await
    }
}

pub fn order(number: &str) -> Value {
    json!({
        "externalId": format!("AZN-SO-{number}"), "entity": { "id": BUYER.to_string() }, "orderStatus": { "id": "B" },
        "tranDate": "2026-11-20", "otherRefNum": number, "currency": { "id": USD.to_string() },
        "location": { "id": WAREHOUSE.to_string() }, "memo": "Amazon.com MFN", "toBeEmailed": false,
        "shippingAddress": { "addressee": "J Doe", "addr1": "1 Main St", "city": "Austin", "country": { "id": "US" } },
        "item": { "items": [
            { "item": { "id": LAMP.to_string() }, "quantity": 2, "price": { "id": "-1" }, "rate": "19.99".parse::<serde_json::Number>().unwrap() },
            { "item": { "id": SHIPPING.to_string() }, "quantity": 1, "price": { "id": "-1" }, "rate": "3.30".parse::<serde_json::Number>().unwrap(), "description": "Shipping" },
        ]},
    })
}

pub fn body(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or(Value::Null)
}

pub fn refusal(response: &Response) -> (u16, String, String) {
    let body = body(response);
    let first = &body["o:errorDetails"][0];
    (
        response.status,
        first["o:errorCode"].as_str().unwrap_or_default().to_owned(),
        first["detail"].as_str().unwrap_or_default().to_owned(),
    )
}

pub fn amount(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}
