//! The real transport over real HTTP, against the served simulator on this machine.

use std::sync::Arc;

use amazon::orders::Search;
use amazon::reports::{Document, Download, List};
use amazon::sellers::Participations;
use amazon::{Addresses, Documents, SellingPartner};
use chrono::TimeDelta;
use engine::edge::{SeededChance, SystemClock};
use netsuite::{Account, NetSuite, queries};
use serde_json::Value;
use simulator::server::serve;
use simulator::{Company, Options, Simulator};
use wire::live::{Live, Options as LiveOptions};
use wire::{Broken, Clock, Line, Message, Method, Transport, perform};

use crate::bench::text;

fn transport(plain_http: bool) -> Arc<Live> {
    Arc::new(
        Live::new(LiveOptions {
            plain_http,
            ..LiveOptions::default()
        })
        .unwrap(),
    )
}

fn line<S: wire::Service>(service: S) -> Line<S> {
    Line::new(
        service,
        transport(true),
        Arc::new(SystemClock),
        Arc::new(SeededChance::new(1)),
        5,
    )
}

fn amazon(described: &Value) -> Line<SellingPartner> {
    let known = &described["amazon"];
    let addresses = Addresses::loopback(text(&known["lwa_token_url"]), &text(&known["endpoints"]["na"]));
    let credentials = amazon::Credentials {
        client_id: text(&known["client_id"]),
        client_secret: text(&known["client_secret"]).into(),
        refresh_token: text(&known["refresh_tokens"]["na"]).into(),
    };
    line(SellingPartner::new(addresses, credentials))
}

fn netsuite(described: &Value) -> Line<NetSuite> {
    let known = &described["netsuite"];
    let credentials = netsuite::Credentials::Certificate {
        client_id: text(&known["oauth2"]["client_id"]),
        certificate_id: text(&known["oauth2"]["certificate_id"]),
        private_key: text(&known["oauth2"]["private_key_pem"]).into(),
    };
    line(NetSuite::new(
        Account::loopback(&text(&known["account"]), &text(&known["base_url"])),
        credentials,
    ))
}

#[tokio::test]
async fn orders_documents_and_books_are_read_over_http() {
    let simulator = Simulator::open(Options::new(7, Company::Demo, Arc::new(SystemClock))).unwrap();
    let serving = serve(simulator, "127.0.0.1:0".parse().unwrap()).await.unwrap();
    let amazon = amazon(&serving.description);
    let participations = perform(&amazon, &Participations).await.unwrap();
    let ours = participations
        .into_iter()
        .filter(|one| one.participates)
        .map(|one| one.marketplace_id);
    let now = SystemClock.now();
    let search = Search::updated(
        ours.collect(),
        now - TimeDelta::days(30),
        Some(now - TimeDelta::minutes(3)),
    );
    let page = perform(&amazon, &search).await.unwrap();
    assert!(page.orders.len() > 10 && page.unreadable.is_empty());

    let reports = perform(&amazon, &List::settlements(None)).await.unwrap().reports;
    let document_id = reports[0].report_document_id.clone().unwrap();
    let location = perform(&amazon, &Document { document_id }).await.unwrap();
    let raw = perform(&line(Documents::loopback()), &Download { location })
        .await
        .unwrap();
    assert!(
        raw.plain().unwrap().starts_with(b"settlement-id\t"),
        "not unpacked twice"
    );

    let netsuite = netsuite(&serving.description);
    assert!(!perform(&netsuite, &queries::accounts()).await.unwrap().rows.is_empty());
    serving.stop().await;
}

fn message(url: &str) -> Message {
    Message {
        method: Method::Get,
        url: url.to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
    }
}

#[tokio::test]
async fn what_never_left_is_told_from_what_was_not_answered() {
    let closed = transport(true).send(message("http://127.0.0.1:9/")).await;
    assert!(
        matches!(closed, Err(Broken::NeverSent(_))),
        "nobody listens: {closed:?}"
    );

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/?X-Amz-Signature=canary", listener.local_addr().unwrap());
    let hang_up = tokio::spawn(async move { drop(listener.accept().await) });
    let cut = transport(true).send(message(&address)).await;
    assert!(
        matches!(&cut, Err(Broken::NoAnswer(words)) if !words.contains("canary")),
        "hung up: {cut:?}"
    );
    hang_up.await.unwrap();
}

#[tokio::test]
async fn s4_plain_http_is_refused_unless_a_simulator_was_asked_for() {
    let refused = transport(false).send(message("http://127.0.0.1:9/")).await;
    assert!(matches!(refused, Err(Broken::NeverSent(_))), "{refused:?}");
}
