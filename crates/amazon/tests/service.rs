//! Signing in, signing, and reading what Amazon says when it refuses.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::time::Duration;

use amazon::{Addresses, Credentials, Documents, Region, SellingPartner};
use chrono::{DateTime, TimeDelta, Utc};
use wire::clock::Chance;
use wire::{Failure, Message, Method, Quota, Request, Response, Service};

struct Zero;

impl Chance for Zero {
    fn next(&self) -> u64 {
        0
    }
}

const QUOTA: Quota = Quota::every_ms("searchOrders", 178_572, 20);

fn now() -> DateTime<Utc> {
    "2026-11-23T16:00:00Z".parse().unwrap()
}

fn service() -> SellingPartner {
    let credentials = Credentials {
        client_id: "amzn1.application-oa2-client.1".into(),
        client_secret: "secret+1".into(),
        refresh_token: "Atzr|1".into(),
    };
    SellingPartner::new(Addresses::of(Region::Eu), credentials)
}

fn response(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: body.as_bytes().to_vec(),
    }
}

fn header<'a>(message: &'a Message, name: &str) -> &'a str {
    message.header(name).unwrap_or_default()
}

#[test]
fn the_sign_in_is_a_refresh_token_grant() {
    let message = service().sign_in(now(), &Zero).unwrap().unwrap();
    assert_eq!(message.url, "https://api.amazon.com/auth/o2/token");
    assert_eq!(
        String::from_utf8(message.body).unwrap(),
        "grant_type=refresh_token&refresh_token=Atzr%7C1&client_id=amzn1.application-oa2-client.1&client_secret=secret%2B1"
    );
}

#[test]
fn a_token_is_renewed_five_minutes_early() {
    let granted = response(
        200,
        r#"{"access_token":"Atza|1","token_type":"bearer","expires_in":3600}"#,
    );
    let token = service().token(&granted, now()).ok().unwrap();
    assert!(token.is_good(now() + TimeDelta::minutes(54)));
    assert!(!token.is_good(now() + TimeDelta::minutes(55)));
    assert!(
        !token.is_good(now() - TimeDelta::hours(1)),
        "a clock that was set back proves nothing"
    );
}

#[test]
fn a_refused_grant_means_signed_out_and_a_broken_answer_does_not() {
    let failure = |status, body: &str| service().token(&response(status, body), now()).err().unwrap();
    let denied = failure(400, r#"{"error":"invalid_grant","error_description":"revoked"}"#);
    assert_eq!(
        denied,
        Failure::SignedOut {
            said: "invalid_grant: revoked".into()
        }
    );
    assert!(matches!(failure(401, "?"), Failure::SignedOut { .. }));
    assert!(matches!(failure(503, ""), Failure::Unanswered { .. }));
    assert!(matches!(failure(429, ""), Failure::Throttled { .. }));
    assert!(matches!(failure(200, "{}"), Failure::Misread { .. }));
}

#[test]
fn a_request_is_signed_with_the_token_in_its_own_header() {
    let token = wire::Token::new("Atza|1".into(), now(), TimeDelta::hours(1));
    let request = Request::new(Method::Get, "/orders/2026-01-01/orders").query("paginationToken", "a+b/c=");
    let message = service().message(&request, Some(&token), now(), &Zero);
    assert_eq!(
        message.url,
        "https://sellingpartnerapi-eu.amazon.com/orders/2026-01-01/orders?paginationToken=a%2Bb%2Fc%3D"
    );
    assert_eq!(header(&message, "x-amz-access-token"), "Atza|1");
    assert_eq!(header(&message, "x-amz-date"), "20261123T160000Z");
    let agent = header(&message, "user-agent");
    assert!(
        agent.starts_with("Passerelle/") && agent.contains("(Language=Rust; Platform="),
        "{agent}"
    );
    assert_eq!(header(&message, "authorization"), "");
}

#[test]
fn amazon_3_5_what_each_refusal_means() {
    let judge = |status, body: &str| service().judge(response(status, body), &QUOTA);
    let errors = r#"{"errors":[{"code":"InvalidInput","message":"createdAfter is bad","details":"ISO 8601"}]}"#;
    assert_eq!(
        judge(400, errors),
        Err(Failure::Refused {
            code: "InvalidInput".into(),
            status: 400,
            said: "createdAfter is bad (ISO 8601)".into()
        })
    );
    assert_eq!(
        judge(429, ""),
        Err(Failure::Throttled {
            again_in: Duration::from_millis(178_572)
        })
    );
    assert!(matches!(judge(500, errors), Err(Failure::Unanswered { .. })));
    assert!(matches!(
        judge(403, "no json"),
        Err(Failure::Refused { status: 403, .. })
    ));
    assert!(judge(202, "{}").is_ok());
}

#[test]
fn the_told_rate_is_read_exactly() {
    let told = |rate: &str| {
        let mut answer = response(200, "");
        answer.headers.push(("X-Amzn-RateLimit-Limit".into(), rate.into()));
        service().told_refill(&answer)
    };
    assert_eq!(told("0.5"), Some(Duration::from_secs(2)));
    assert_eq!(told("0.0056"), Some(Duration::from_nanos(178_571_428_572)));
    assert_eq!((told("0"), told("many")), (None, None));
}

#[test]
fn a_401_or_403_may_only_mean_an_old_token() {
    let stale = |status| service().may_be_stale(&response(status, ""));
    assert!(stale(403) && stale(401) && !stale(404) && !stale(200));
}

#[test]
fn s4_credentials_go_to_amazon_only_and_never_to_documents() {
    assert!(service().allows("https://sellingpartnerapi-eu.amazon.com/x"));
    assert!(!service().allows("https://bucket.s3.amazonaws.com/x"));
    let documents = Documents::new();
    assert!(documents.allows("https://bucket.s3.eu-west-1.amazonaws.com/x?y"));
    assert!(!documents.allows("https://example.com/x"));
    assert!(!documents.allows("http://127.0.0.1/x") && Documents::loopback().allows("http://127.0.0.1:9/x"));
    let request = Request::new(Method::Get, "https://bucket.s3.amazonaws.com/d?X-Amz-Signature=1");
    let message = documents.message(&request, None, now(), &Zero);
    assert_eq!(
        (message.url.as_str(), message.headers.len()),
        (request.path.as_str(), 0)
    );
}

#[test]
fn an_expired_document_address_is_refused_and_not_retried() {
    let judged = Documents::new().judge(response(403, "<Error/>"), &QUOTA);
    assert!(matches!(judged, Err(Failure::Refused { status: 403, .. })));
    assert!(matches!(
        Documents::new().judge(response(503, ""), &QUOTA),
        Err(Failure::Unanswered { .. })
    ));
}

#[test]
fn a_simulator_on_this_machine_is_reached_by_its_addresses() {
    let addresses = Addresses::loopback("http://127.0.0.1:1/auth/o2/token", "http://127.0.0.1:2/");
    let credentials = Credentials {
        client_id: "a".into(),
        client_secret: "b".into(),
        refresh_token: "c".into(),
    };
    let service = SellingPartner::new(addresses, credentials);
    let message = service.message(&Request::new(Method::Get, "/x"), None, now(), &Zero);
    assert_eq!(message.url, "http://127.0.0.1:2/x");
    assert!(service.allows(&message.url) && !service.allows("http://192.168.0.1/x"));
}
