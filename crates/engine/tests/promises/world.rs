//! A tiny flow and both services in memory, so that each of the engine's promises can be provoked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Currency, ExternalId, Money, Text};
use engine::edge::{SeededChance, VirtualClock};
use engine::{Connections, Counts, Engine, Parts, Report, RunRequest, RunResult, Trigger};
use flows::flow::{Group, Route};
use flows::{
    Card, Decision, Entry, Expect, Fact, Flow, Key, LinkTo, Look, Problem, Reads, Remedy, Rules, Scope, Step, Window,
    Write, ask, entry, skip, wait,
};
use netsuite::RecordType;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::accounts::{self, Account, AccountState, Service};
use store::marketplaces::{self, Marketplace};
use store::steps::StepState;
use store::{Place, Store};
use wire::{Call, Cancel, Exchange, Failure, Method, Misread, Quota, Request, Response, Seats};

pub const ACCOUNT: &str = "eu:A1";

/// What the fake Amazon tells of one order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Seen {
    pub key: String,
    /// `create`, `pair` (customer, then order), `held`, `wait`, `ask`, `skip`, `panic`.
    pub wants: String,
    pub total: Decimal,
    /// Never part of the evidence.
    #[serde(skip_serializing)]
    pub buyer: Option<String>,
}

pub fn seen(key: &str, wants: &str) -> Seen {
    Seen {
        key: key.into(),
        wants: wants.into(),
        total: Decimal::new(2990, 2),
        buyer: None,
    }
}

/// Pages of orders, as the fake Amazon answers them.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Page {
    orders: Vec<Seen>,
    next: Option<String>,
}

struct List {
    page: Option<String>,
    keys: Vec<String>,
}

impl Call for List {
    type Output = Page;
    const QUOTA: Quota = Quota::unmetered("list");
    fn request(&self) -> Request {
        let request = Request::new(Method::Get, "/orders").query("keys", self.keys.join(","));
        match &self.page {
            Some(page) => request.query("page", page),
            None => request,
        }
    }
    fn read(&self, response: &Response) -> Result<Page, Misread> {
        serde_json::from_slice(&response.body).map_err(|error| Misread::new(error.to_string()))
    }
}

pub struct Orders;

impl Flow for Orders {
    type Subject = Seen;
    const CARD: Card = Card {
        id: "orders",
        title: "orders-title",
        promise: "orders-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Orders,
        every_minutes: 15,
        needs: &[],
        after: &[],
        options: &[],
    };

    async fn look(reads: &Reads<'_>, window: &Window, _: &Rules) -> Result<Look<Seen>, Failure> {
        let (list, until) = match window {
            Window::Span { until, page, .. } => (
                List {
                    page: page.clone(),
                    keys: Vec::new(),
                },
                Some(*until),
            ),
            Window::Keys(keys) => (
                List {
                    page: None,
                    keys: keys.iter().map(|key| key.0.clone()).collect(),
                },
                None,
            ),
        };
        let page = reads.amazon.call(&list).await?;
        let next = match (page.next, window) {
            (Some(token), Window::Span { from, until, .. }) => Some(Window::Span {
                from: *from,
                until: *until,
                page: Some(token),
            }),
            _ => None,
        };
        Ok(Look::Seen {
            subjects: page.orders,
            next,
            read_until: until,
        })
    }

    fn key(seen: &Seen) -> Key {
        Key(seen.key.clone())
    }

    fn decide(seen: &Seen, _: &Rules) -> Decision {
        match seen.wants.as_str() {
            "create" => Ok(vec![order(seen, &[], None)]),
            "held" => Ok(vec![order(seen, &[], Some("S1"))]),
            "pair" | "held pair" => Ok(vec![
                order(
                    seen,
                    &[ExternalId::customer(&seen.key)],
                    (seen.wants == "held pair").then_some("S1"),
                ),
                customer(seen),
            ]),
            "wait" => wait(Text::new("reason-payment")),
            "ask" => ask(vec![no_item(seen)]),
            "skip" => skip(Text::new("reason-cancelled")),
            other => panic!("asked to: {other}"),
        }
    }

    fn facts(seen: &Seen, _: &Rules) -> Vec<Fact> {
        vec![Fact {
            name: "total".into(),
            value: eur(seen.total).into(),
        }]
    }

    fn sample() -> Seen {
        seen("028-0", "create")
    }
}

pub fn eur(amount: Decimal) -> Money {
    Money::new(amount, Currency::EUR)
}

fn order(seen: &Seen, needs: &[ExternalId], hold: Option<&str>) -> Step {
    let name = ExternalId::sales_order(&seen.key);
    let mut body = json!({"otherRefNum": seen.key, "total": seen.total});
    if let Some(buyer) = &seen.buyer {
        body["shippingAddress"] = json!({ "addressee": buyer });
    }
    if let Some(customer) = needs.first() {
        body["entity"] = json!({"$named": customer.as_str()});
    }
    Step {
        name: name.as_str().to_owned(),
        title: Text::new("step-order"),
        write: Write::NetSuite(netsuite::Write::Create {
            record: RecordType::SalesOrder,
            external_id: name,
            body,
        }),
        needs: needs.to_vec(),
        expect: Some(Expect::Total {
            total: eur(seen.total),
            tolerance: Decimal::new(1, 2),
        }),
        hold: hold.map(str::to_owned),
        link: Some(LinkTo {
            kind: "order".into(),
            key: seen.key.clone(),
        }),
    }
}

fn customer(seen: &Seen) -> Step {
    let name = ExternalId::customer(&seen.key);
    Step {
        name: name.as_str().to_owned(),
        title: Text::new("step-customer"),
        write: Write::NetSuite(netsuite::Write::Create {
            record: RecordType::Customer,
            external_id: name,
            body: json!({"companyName": "Buyer"}),
        }),
        needs: Vec::new(),
        expect: None,
        hold: None,
        link: Some(LinkTo {
            kind: "buyer".into(),
            key: seen.key.clone(),
        }),
    }
}

fn no_item(seen: &Seen) -> Problem {
    Problem {
        code: "ITEM_NOT_FOUND".into(),
        cause: "ITEM_NOT_FOUND:LAMP".into(),
        what: Text::new("what"),
        why: Text::new("why"),
        about: vec![("order".into(), seen.key.clone())],
        at_stake: Some(eur(seen.total)),
        remedies: vec![Remedy::Retry],
    }
}

/// What goes wrong with the next message to NetSuite.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// It never arrives, or is not executed: this failure.
    Before(Failure),
    /// It is executed, and the answer is lost.
    LostAnswer,
    /// It is executed, and then nothing ever comes back.
    Hangs,
    /// It is lost on the way, and nothing ever comes back.
    NeverArrives,
    /// It is executed, and a person deletes the record before anybody looks at it.
    DeletedByAPerson,
    /// It waits for its turn until the run's Cancel is pressed.
    WaitsForItsTurn,
}

/// A NetSuite that keeps records under their external ids.
#[derive(Default)]
pub struct Books {
    pub records: BTreeMap<String, Value>,
    pub faults: VecDeque<Fault>,
    /// Messages that wrote, whether they were executed or not.
    pub writes: Vec<String>,
    /// All messages.
    pub messages: usize,
    /// A record that is refused once, by its external id.
    pub refuses: Option<String>,
    /// What NetSuite makes of a total: added to it.
    pub tax: Decimal,
}

/// Both services.
#[derive(Clone, Default)]
pub struct World {
    pub books: Arc<Mutex<Books>>,
    pub orders: Arc<Mutex<Vec<Seen>>>,
    /// Orders on a page.
    pub page: usize,
    pub amazon_fault: Arc<Mutex<Option<Failure>>>,
    /// Page tokens that Amazon will not know.
    pub unknown_tokens: Arc<Mutex<usize>>,
    pub list_calls: Arc<Mutex<Vec<String>>>,
}

struct NetSuite {
    world: World,
    cancel: Cancel,
}
struct Amazon(World);

impl Seats for NetSuite {
    fn seat(self: Arc<Self>, cancel: Cancel) -> Arc<dyn Exchange> {
        let world = self.world.clone();
        Arc::new(Self { world, cancel })
    }
}

impl Seats for Amazon {
    fn seat(self: Arc<Self>, _: Cancel) -> Arc<dyn Exchange> {
        self
    }
}

fn answer(status: u16, body: &Value) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
    }
}

fn refused(status: u16, said: &str) -> Failure {
    Failure::Refused {
        code: "USER_ERROR".into(),
        status,
        said: said.into(),
    }
}

#[async_trait]
impl Exchange for NetSuite {
    async fn exchange(&self, request: Request, _: Quota, _: bool) -> Result<Response, Failure> {
        let fault = {
            let mut books = self.world.books.lock().unwrap();
            books.messages += 1;
            books.faults.pop_front()
        };
        if let Some(Fault::Before(failure)) = fault {
            if request.path.contains("/record/") && request.method != Method::Get {
                self.world
                    .books
                    .lock()
                    .unwrap()
                    .writes
                    .push(format!("failed {}", request.path));
            }
            return Err(failure);
        }
        if fault == Some(Fault::WaitsForItsTurn) {
            self.cancel.pressed().await;
            return Err(Failure::Cancelled);
        }
        if fault == Some(Fault::NeverArrives) {
            std::future::pending::<()>().await;
        }
        let answered = self.execute(&request);
        // A record takes a moment.
        tokio::time::sleep(Duration::from_secs(2)).await;
        match fault {
            Some(Fault::Hangs) => std::future::pending().await,
            Some(Fault::DeletedByAPerson) => {
                let body: Value = serde_json::from_slice(&request.body).unwrap();
                let mut books = self.world.books.lock().unwrap();
                books.records.remove(body["externalId"].as_str().unwrap()).unwrap();
                answered
            }
            Some(Fault::LostAnswer) => Err(Failure::Unanswered {
                because: "timed out".into(),
            }),
            Some(Fault::Before(_) | Fault::NeverArrives | Fault::WaitsForItsTurn) | None => answered,
        }
    }
}

impl NetSuite {
    fn execute(&self, request: &Request) -> Result<Response, Failure> {
        let mut books = self.world.books.lock().unwrap();
        let tail = request.path.rsplit('/').next().unwrap().to_owned();
        match request.method {
            Method::Post if request.path.ends_with("/suiteql") => Ok(query(&books, request)),
            Method::Post => {
                let body: Value = serde_json::from_slice(&request.body).unwrap();
                let name = body["externalId"].as_str().unwrap().to_owned();
                books.writes.push(name.clone());
                if books.refuses.take_if(|refused| *refused == name).is_some() {
                    return Err(refused(400, "The period is closed"));
                }
                if books.records.contains_key(&name) {
                    return Err(refused(
                        400,
                        "Error while creating a record. This record already exists.",
                    ));
                }
                let id = (books.records.len() + 100).to_string();
                let mut record = body;
                record["id"] = json!(id);
                record["record"] = json!(tail);
                books.records.insert(name, record);
                let location = format!("https://x/services/rest/record/v1/{tail}/{id}");
                Ok(Response {
                    headers: vec![("Location".into(), location)],
                    ..answer(204, &Value::Null)
                })
            }
            Method::Get => match tail.strip_prefix("eid:").and_then(|name| books.records.get(name)) {
                Some(record) => Ok(answer(200, record)),
                None => Err(refused(404, "The record instance does not exist.")),
            },
            Method::Delete => {
                books.writes.push(format!("delete {tail}"));
                let name = books
                    .records
                    .iter()
                    .find(|(_, record)| record["id"] == json!(tail))
                    .map(|(name, _)| name.clone());
                let name = name.ok_or_else(|| refused(404, "The record instance does not exist."))?;
                books.records.remove(&name);
                Ok(answer(204, &Value::Null))
            }
            Method::Put | Method::Patch => panic!("the engine never puts"),
        }
    }
}

fn query(books: &Books, request: &Request) -> Response {
    let asked: Value = serde_json::from_slice(&request.body).unwrap();
    let names: Vec<&str> = asked["params"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let rows: Vec<Value> = books
        .records
        .iter()
        .filter(|(name, record)| names.contains(&name.as_str()) && record["record"] != "customer")
        .map(|(name, record)| {
            let total: Decimal = record["total"]
                .as_str()
                .map_or(Decimal::ZERO, |total| total.parse().unwrap());
            json!({
                "id": record["id"], "type": "SalesOrd", "tranid": format!("SO{}", record["id"].as_str().unwrap()),
                "externalid": name, "status": "B", "currency": "EUR", "foreigntotal": (total + books.tax).to_string(),
                "trandate": "2026-11-23",
            })
        })
        .collect();
    answer(
        200,
        &json!({"items": rows, "hasMore": false, "totalResults": rows.len()}),
    )
}

#[async_trait]
impl Exchange for Amazon {
    async fn exchange(&self, request: Request, _: Quota, _: bool) -> Result<Response, Failure> {
        if let Some(failure) = self.0.amazon_fault.lock().unwrap().clone() {
            return Err(failure);
        }
        let value = |name: &str| {
            request
                .query
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.clone())
        };
        let mut unknown = self.0.unknown_tokens.lock().unwrap();
        if *unknown > 0 && value("page").is_some() {
            *unknown -= 1;
            return Err(refused(400, "The paginationToken is invalid or has expired."));
        }
        let keys = value("keys").unwrap_or_default();
        self.0.list_calls.lock().unwrap().push(keys.clone());
        let orders = self.0.orders.lock().unwrap().clone();
        let page = if keys.is_empty() {
            let from: usize = value("page").map_or(0, |page| page.parse().unwrap());
            let size = if self.0.page == 0 {
                orders.len().max(1)
            } else {
                self.0.page
            };
            let next = (from + size < orders.len()).then(|| (from + size).to_string());
            Page {
                orders: orders.into_iter().skip(from).take(size).collect(),
                next,
            }
        } else {
            let wanted: Vec<&str> = keys.split(',').collect();
            Page {
                orders: orders
                    .into_iter()
                    .filter(|order| wanted.contains(&order.key.as_str()))
                    .collect(),
                next: None,
            }
        };
        let mut told = serde_json::to_value(&page).unwrap();
        for (order, seen) in told["orders"].as_array_mut().unwrap().iter_mut().zip(&page.orders) {
            order["buyer"] = json!(seen.buyer);
        }
        Ok(answer(200, &told))
    }
}

impl World {
    pub fn with(orders: Vec<Seen>) -> Self {
        Self {
            orders: Arc::new(Mutex::new(orders)),
            ..Self::default()
        }
    }

    pub fn fault(&self, fault: Fault) {
        self.books.lock().unwrap().faults.push_back(fault);
    }

    pub fn set(&self, orders: Vec<Seen>) {
        *self.orders.lock().unwrap() = orders;
    }

    pub fn records(&self) -> Vec<String> {
        self.books.lock().unwrap().records.keys().cloned().collect()
    }

    /// What NetSuite was told about a record.
    pub fn record(&self, name: &str) -> Value {
        self.books.lock().unwrap().records[name].clone()
    }

    pub fn writes(&self) -> Vec<String> {
        self.books.lock().unwrap().writes.clone()
    }

    pub fn connections(&self) -> Connections {
        let amazon: Arc<dyn Seats> = Arc::new(Amazon(self.clone()));
        let (world, cancel) = (self.clone(), Cancel::new());
        Connections {
            amazon: BTreeMap::from([("eu".to_owned(), Arc::clone(&amazon))]),
            documents: amazon,
            netsuite: Arc::new(NetSuite { world, cancel }),
            writes_at_once: 5,
        }
    }

    pub fn engine(&self, store: Store) -> Engine {
        self.engine_of(store, vec![entry::<Orders>()])
    }

    pub fn engine_of(&self, store: Store, flows: Vec<Entry>) -> Engine {
        connect(&store);
        Engine::open(Parts {
            store,
            connections: self.connections(),
            clock: Arc::new(VirtualClock::starting(began())),
            // Every start of the program draws other numbers.
            chance: Arc::new(SeededChance::new(7 + self.books.lock().unwrap().messages as u64)),
            vault: Some(Arc::new(vault::MemoryOnly::new().unwrap())),
            flows,
        })
        .unwrap()
    }
}

pub fn began() -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

pub fn scope() -> Scope {
    Scope {
        region: "eu".into(),
        seller_id: "A1".into(),
        marketplaces: vec!["DE".into()],
    }
}

fn connect(store: &Store) {
    let account = |id: &str, service, region: &str, outside_id: &str| Account {
        id: id.into(),
        service,
        region: region.into(),
        outside_id: outside_id.into(),
        name: id.into(),
        state: AccountState::Connected,
        because: None,
        settings: json!({}),
        connected_at: began(),
    };
    store
        .write(|db| {
            accounts::put(db, &account(ACCOUNT, Service::Amazon, "eu", "A1"))?;
            accounts::put(db, &account("netsuite:1", Service::NetSuite, "", "1"))?;
            let marketplace = Marketplace {
                id: "DE".into(),
                account: ACCOUNT.into(),
                country: "DE".into(),
                currency: "EUR".into(),
                enabled: true,
                go_live: NaiveDate::from_ymd_opt(2026, 11, 1),
                settings: json!({}),
            };
            marketplaces::put(db, &marketplace)
        })
        .unwrap();
}

pub fn request(trigger: Trigger) -> RunRequest {
    RunRequest::new("orders", scope(), trigger)
}

pub async fn run(engine: &Engine) -> Report {
    engine.run(request(Trigger::Person)).await.unwrap()
}

/// A run that ends as it should.
pub async fn good(engine: &Engine) -> Counts {
    let report = run(engine).await;
    assert_eq!(report.result, RunResult::Done, "{report:?}");
    report.counts
}

pub fn state(store: &Store, key: &str) -> store::decisions::State {
    store
        .read(|db| store::decisions::current(db, "orders", ACCOUNT, key))
        .unwrap()
        .unwrap()
        .state
}

pub fn step_state(store: &Store, name: &str) -> StepState {
    store.read(|db| store::steps::get(db, name)).unwrap().unwrap().state
}

pub fn causes(store: &Store, tab: store::problems::Tab) -> Vec<String> {
    let groups = store.read(|db| store::problems::groups(db, tab)).unwrap();
    groups.into_iter().map(|group| group.cause).collect()
}

pub fn healthy(store: &Store) {
    assert_eq!(engine::doctor::examine(store).unwrap(), Vec::new());
}

pub fn file(folder: &std::path::Path) -> Place {
    Place::File(folder.join("w"))
}
