//! Every line that the product can open, in a world where addresses are wrong: nothing is sent to any host besides
//! Amazon, Oracle NetSuite and Amazon's document storage.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use app::connect::{Described, Wiring};
use async_trait::async_trait;
use engine::Connections;
use engine::edge::{SeededChance, VirtualClock};
use passerelle_tests::world::morning;
use serde_json::{Value, json};
use simulator::{Company, Options, Simulator};
use wire::cancel::Cancel;
use wire::{Broken, Failure, Message, Method, Quota, Request, Response, Seats, Transport};

const FREE: Quota = Quota::unmetered("guard");
/// Hosts that are not Amazon's and not Oracle's, however much they look like it, and doors that are not theirs.
const STRANGE: &[&str] = &[
    "https://example.com",
    "https://sellingpartnerapi-eu.amazon.com.example.com",
    "https://sellingpartnerapi-eu.amazon.com@example.com",
    "https://example.com/sellingpartnerapi-eu.amazon.com",
    "https://example.com\\sellingpartnerapi-eu.amazon.com",
    "https://sellingpartnerapi-eu-amazon.com",
    "https://sellingpartnerapi-eu.amazon.com:8443",
    "http://sellingpartnerapi-eu.amazon.com",
    "https://amazon.com",
    "https://s3.amazonaws.com.example.com",
    "https://evil-amazonaws.com",
    "https://suitetalk.api.netsuite.com.example.com",
    "https://169.254.169.254",
    "https://127.0.0.1",
    "https://[::1]",
    "https://localhost",
    "http://10.0.0.7",
    "file:///etc/passwd",
    "",
];

/// Answers everything like a sign-in that worked, and remembers which hosts were spoken to.
#[derive(Default)]
struct Ear(Mutex<BTreeSet<String>>);

impl Ear {
    fn heard(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().cloned().collect()
    }
}

#[async_trait]
impl Transport for Ear {
    async fn send(&self, message: Message) -> Result<Response, Broken> {
        let host = message.url.split(['/', '?']).nth(2).unwrap_or_default();
        self.0.lock().unwrap().insert(host.to_owned());
        let token = json!({ "access_token": "Atza|1", "token_type": "bearer", "expires_in": 3600 });
        Ok(Response {
            status: 200,
            headers: Vec::new(),
            body: token.to_string().into_bytes(),
        })
    }
}

/// What a company's addresses are, as it is connected.
fn described(change: impl FnOnce(&mut Value)) -> Value {
    let clock = Arc::new(VirtualClock::starting(morning()));
    let simulator = Simulator::open(Options::new(1, Company::Empty, clock)).unwrap();
    let mut described = simulator.credentials();
    change(&mut described);
    described
}

fn lines(described: &Value) -> (Arc<Ear>, Connections) {
    let ear = Arc::new(Ear::default());
    let wiring = Wiring {
        transport: Arc::clone(&ear) as Arc<dyn Transport>,
        clock: Arc::new(VirtualClock::starting(morning())),
        chance: Arc::new(SeededChance::new(1)),
        recorder: None,
        on_waiting: None,
        netsuite_at_once: 1,
    };
    (ear, Described::read(described).unwrap().connect(&wiring))
}

async fn ask(line: &Arc<dyn Seats>, path: &str) -> Result<Response, Failure> {
    let seat = Arc::clone(line).seat(Cancel::new());
    seat.exchange(Request::new(Method::Get, path), FREE, true).await
}

#[tokio::test(start_paused = true)]
async fn s3_the_product_speaks_to_amazon_oracle_and_amazon_s_storage() {
    let (ear, lines) = lines(&described(|_| ()));
    for line in lines.amazon.values() {
        ask(line, "/orders/2026-01-01/orders").await.unwrap();
    }
    ask(&lines.netsuite, "/services/rest/record/v1/salesOrder")
        .await
        .unwrap();
    for document in [
        "https://tortuga-prod-eu.s3-eu-west-1.amazonaws.com/x?X-Amz-Signature=1",
        "https://d34o8swod1owfl.cloudfront.net/x?Signature=1",
    ] {
        ask(&lines.documents, document).await.unwrap();
    }
    let heard = ear.heard();
    let netsuite = |host: &&String| host.ends_with(".suitetalk.api.netsuite.com");
    assert_eq!(heard.iter().filter(netsuite).count(), 1, "{heard:?}");
    let others: Vec<&String> = heard.iter().filter(|host| !netsuite(host)).collect();
    let wanted = [
        "api.amazon.com",
        "d34o8swod1owfl.cloudfront.net",
        "sellingpartnerapi-eu.amazon.com",
        "sellingpartnerapi-fe.amazon.com",
        "sellingpartnerapi-na.amazon.com",
        "tortuga-prod-eu.s3-eu-west-1.amazonaws.com",
    ];
    assert_eq!(others, wanted);
}

#[tokio::test(start_paused = true)]
async fn s3_s4_nothing_is_sent_to_any_other_host() {
    for strange in STRANGE {
        let (ear, endpoints) = lines(&described(|all| all["amazon"]["endpoints"]["eu"] = json!(strange)));
        assert!(ask(&endpoints.amazon["eu"], "/orders").await.is_err(), "{strange}");
        assert_eq!(ear.heard(), ["api.amazon.com"], "{strange}: only the sign-in was sent");

        let token = format!("{strange}/auth/o2/token");
        let (ear, sign_in) = lines(&described(|all| all["amazon"]["lwa_token_url"] = json!(token)));
        assert!(ask(&sign_in.amazon["eu"], "/orders").await.is_err(), "{strange}");
        assert_eq!(ear.heard(), [""; 0], "{strange}: no secret was sent");

        let (ear, storage) = lines(&described(|_| ()));
        let address = format!("{strange}/x?X-Amz-Signature=1");
        assert!(ask(&storage.documents, &address).await.is_err(), "{strange}");
        assert_eq!(ear.heard(), [""; 0], "{strange}: nothing is fetched from there");

        if strange.starts_with("http://") {
            let (ear, books) = lines(&described(|all| all["netsuite"]["base_url"] = json!(strange)));
            assert!(ask(&books.netsuite, "/services/rest").await.is_err(), "{strange}");
            assert_eq!(ear.heard(), [""; 0], "{strange}: no books are there");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn s3_s4_an_account_s_id_leads_to_no_other_host() {
    for account in [
        "example.com/",
        "example.com#",
        "example.com?",
        "example.com\\",
        "me@example.com/",
        "127.0.0.1/",
        "example.com:443/",
    ] {
        let (ear, books) = lines(&described(|all| all["netsuite"]["account"] = json!(account)));
        assert!(ask(&books.netsuite, "/services/rest").await.is_err(), "{account}");
        assert_eq!(ear.heard(), [""; 0], "{account}");
    }
}
