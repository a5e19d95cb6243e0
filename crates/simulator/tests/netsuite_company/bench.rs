//! A small company to try things on, a client that signs in, and a clock that moves when told.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulator::books::{
    Account as LedgerAccount, AccountKind, Application, AutomaticDiscount, BookCurrency, Customer, Item, ItemKind,
    KitMember, Line, Named, OpeningBooks, Period, Standing, Subsidiary, Transaction, TransactionKind,
};
use simulator::netsuite::{Account, NetSuiteOptions};
use wire::{Broken, Clock, Message, Method, Response};

pub const USD: i64 = 1;
pub const EUR: i64 = 2;
pub const RECEIVABLE: i64 = 220;
pub const CLEARING: i64 = 221;
pub const BANK: i64 = 222;
pub const FEES: i64 = 612;
pub const INCOME: i64 = 400;
pub const LAMP: i64 = 501;
pub const SHADE: i64 = 502;
pub const SET: i64 = 503;
pub const SHIPPING: i64 = 900;
pub const DISCOUNT: i64 = 901;
pub const OLD_LAMP: i64 = 902;
pub const BUYER: i64 = 88;
pub const HAGGLER: i64 = 89;
pub const WAREHOUSE: i64 = 6;

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

pub fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
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

fn ledger(id: i64, name: &str, kind: AccountKind) -> LedgerAccount {
    LedgerAccount {
        id,
        number: format!("{id}0"),
        name: name.to_owned(),
        kind,
        currency: None,
    }
}

fn item(id: i64, name: &str, kind: ItemKind, price: &str) -> Item {
    Item {
        id,
        name: name.to_owned(),
        title: name.to_lowercase(),
        kind,
        upc: None,
        external_id: None,
        parent: None,
        inactive: id == OLD_LAMP,
        income_account: INCOME,
        base_price: dec(price),
        taxable: false,
        on_hand: if id == LAMP {
            vec![(WAREHOUSE, dec("10"))]
        } else if id == SHADE {
            vec![(WAREHOUSE, dec("5"))]
        } else {
            Vec::new()
        },
    }
}

fn customer(id: i64, name: &str) -> Customer {
    let discount = AutomaticDiscount {
        item: DISCOUNT,
        percent: dec("10"),
    };
    Customer {
        id,
        name: name.to_owned(),
        is_person: false,
        email: None,
        external_id: None,
        subsidiary: 1,
        currencies: vec![USD],
        automatic_discount: (id == HAGGLER).then_some(discount),
        inactive: false,
    }
}

fn period(id: i64, name: &str, start: &str, end: &str, closed: bool) -> Period {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    Period {
        id,
        name: name.to_owned(),
        start: day(start),
        end: day(end),
        closed,
        receivables_locked: closed,
        all_locked: closed,
    }
}

/// Clerk's invoice 9001 over 60.00, of which 25.00 is paid.
fn by_hand() -> Vec<Transaction> {
    let line = |amount: &str| Line {
        item: Some(LAMP),
        account: None,
        quantity: dec("3"),
        amount: dec(amount),
        description: None,
        quantity_fulfilled: Decimal::ZERO,
    };
    let invoice = Transaction {
        id: 9001,
        kind: TransactionKind::Invoice,
        number: "INV77".to_owned(),
        date: "2026-11-02".parse().unwrap(),
        customer: Some(BUYER),
        currency: USD,
        subsidiary: 1,
        location: Some(WAREHOUSE),
        external_id: None,
        other_ref_num: Some("111-0000000-0000001".to_owned()),
        memo: None,
        created_from: None,
        account: None,
        standing: Standing::Open,
        lines: vec![line("60.00")],
        amount: None,
        applications: Vec::new(),
    };
    let mut payment = invoice.clone();
    payment.id = 9002;
    payment.kind = TransactionKind::CustomerPayment;
    "PMT1".clone_into(&mut payment.number);
    payment.account = Some(BANK);
    payment.lines = Vec::new();
    payment.amount = Some(dec("25.00"));
    payment.applications = vec![Application {
        to: 9001,
        amount: dec("25.00"),
    }];
    vec![invoice, payment]
}

pub fn books() -> OpeningBooks {
    OpeningBooks {
        account_id: "1234567_SB1".to_owned(),
        company: "Trial".to_owned(),
        features: vec!["SUBSIDIARIES".to_owned()],
        currencies: [(USD, "USD", "1"), (EUR, "EUR", "1.10")]
            .map(|(id, code, rate)| BookCurrency {
                id,
                code: code.to_owned(),
                name: code.to_owned(),
                rate: dec(rate),
                precision: 2,
            })
            .to_vec(),
        subsidiaries: vec![Subsidiary {
            id: 1,
            name: "Trial Inc".to_owned(),
            country: "US".to_owned(),
            currency: USD,
        }],
        locations: vec![Named {
            id: WAREHOUSE,
            name: "Warehouse".to_owned(),
        }],
        ship_methods: vec![Named {
            id: 8,
            name: "Standard".to_owned(),
        }],
        accounts: vec![
            ledger(RECEIVABLE, "Accounts Receivable", AccountKind::AccountsReceivable),
            ledger(CLEARING, "Amazon Clearing", AccountKind::OtherCurrentAsset),
            ledger(BANK, "Bank", AccountKind::Bank),
            ledger(223, "Undeposited Funds", AccountKind::OtherCurrentAsset),
            ledger(INCOME, "Sales", AccountKind::Income),
            ledger(FEES, "Referral Fees", AccountKind::Expense),
        ],
        items: vec![
            item(LAMP, "LAMP", ItemKind::Inventory, "25.00"),
            item(SHADE, "SHADE", ItemKind::Inventory, "8.00"),
            item(SET, "SET", ItemKind::Kit, "40.00"),
            item(SHIPPING, "Shipping", ItemKind::OtherCharge, "0"),
            item(DISCOUNT, "Discount", ItemKind::Discount, "0"),
            item(OLD_LAMP, "OLD-LAMP", ItemKind::Inventory, "9.00"),
        ],
        kit_members: vec![
            KitMember {
                kit: SET,
                member: LAMP,
                quantity: dec("1"),
            },
            KitMember {
                kit: SET,
                member: SHADE,
                quantity: dec("2"),
            },
        ],
        customers: vec![customer(BUYER, "Amazon US 2026"), customer(HAGGLER, "Haggler Ltd")],
        transactions: by_hand(),
        periods: vec![
            period(30, "Sep 2026", "2026-09-01", "2026-09-30", true),
            period(31, "Oct 2026", "2026-10-01", "2026-10-31", false),
            period(32, "Nov 2026", "2026-11-01", "2026-11-30", false),
            period(33, "Dec 2026", "2026-12-01", "2026-12-31", false),
        ],
        receivable_account: RECEIVABLE,
        undeposited_account: 223,
        next_id: 10_000,
        ..OpeningBooks::default()
    }
}
