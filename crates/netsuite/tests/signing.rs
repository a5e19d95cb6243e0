//! Both ways of signing in, and what NetSuite says when it refuses.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use netsuite::{Account, Credentials, NetSuite, Refusal, absent, refusal};
use serde_json::Value;
use wire::clock::Chance;
use wire::{Failure, Method, Quota, Request, Response, Service};

struct Counter(AtomicU64);

impl Chance for Counter {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

fn chance() -> Counter {
    Counter(AtomicU64::new(1))
}

fn now() -> DateTime<Utc> {
    "2026-11-23T16:00:00Z".parse().unwrap()
}

/// A key pair made for one test alone: private and public, PEM.
fn key_pair() -> (String, String) {
    let pair = rcgen::KeyPair::generate().unwrap();
    (pair.serialize_pem(), pair.public_key_pem())
}

fn service() -> NetSuite {
    by_certificate("not needed")
}

fn by_certificate(key: &str) -> NetSuite {
    let credentials = Credentials::Certificate {
        client_id: "client-1".into(),
        certificate_id: "certificate-1".into(),
        private_key: key.into(),
    };
    NetSuite::new(Account::new("1234567_sb1"), credentials)
}

fn response(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: Vec::new(),
        body: body.into(),
    }
}

#[test]
fn netsuite_1_the_accounts_host_and_realm() {
    let account = Account::new(" 1234567_SB1 ");
    assert_eq!(account.id, "1234567_SB1");
    assert_eq!(
        account.token_url(),
        "https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token"
    );
    assert_eq!(Account::new("1234567-sb1"), account);
    let local = Account::loopback("td1", "http://127.0.0.1:9/");
    assert_eq!(
        local.token_url(),
        "http://127.0.0.1:9/services/rest/auth/oauth2/v1/token"
    );
}

#[test]
fn netsuite_10_1_the_assertion_is_verified_by_its_public_key() {
    let (private, public) = key_pair();
    let (service, chance) = (by_certificate(&private), chance());
    let message = service.sign_in(now(), &chance).unwrap().unwrap();
    let form: Vec<(String, String)> = url_decoded(&String::from_utf8(message.body).unwrap());
    assert_eq!(form[0], ("grant_type".into(), "client_credentials".into()));
    assert_eq!(form[1].1, "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    let mut validation = Validation::new(Algorithm::ES256);
    validation.set_audience(&[Account::new("1234567_SB1").token_url()]);
    validation.validate_exp = false;
    let key = DecodingKey::from_ec_pem(public.as_bytes()).unwrap();
    let token = jsonwebtoken::decode::<Value>(&form[2].1, &key, &validation).unwrap();
    assert_eq!(token.header.kid.as_deref(), Some("certificate-1"));
    assert_eq!(
        (&token.claims["iss"], &token.claims["scope"]),
        (&"client-1".into(), &"rest_webservices".into())
    );
    let (issued, expires) = (
        token.claims["iat"].as_i64().unwrap(),
        token.claims["exp"].as_i64().unwrap(),
    );
    assert_eq!(issued, now().timestamp());
    assert!(expires - issued < 3_600);
    let again = service.sign_in(now(), &chance).unwrap().unwrap();
    let second = url_decoded(&String::from_utf8(again.body).unwrap())[2].1.clone();
    let other = jsonwebtoken::decode::<Value>(&second, &key, &validation).unwrap();
    assert_ne!(other.claims["jti"], token.claims["jti"]);
}

fn url_decoded(form: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8()
            .unwrap()
            .into_owned()
    };
    form.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

#[test]
fn a_key_that_cannot_be_used_signs_nobody_in() {
    let failure = by_certificate("nonsense").sign_in(now(), &chance()).err().unwrap();
    assert!(matches!(failure, Failure::SignedOut { .. }));
}

#[test]
fn tokens_are_renewed_at_50_minutes() {
    let granted = response(200, r#"{"access_token":"t","expires_in":"3600","token_type":"bearer"}"#);
    let token = service().token(&granted, now()).ok().unwrap();
    assert!(token.is_good(now() + TimeDelta::minutes(49)) && !token.is_good(now() + TimeDelta::minutes(50)));
    let message = service().message(&Request::new(Method::Get, "/x"), Some(&token), now(), &chance());
    assert_eq!(message.header("authorization"), Some("Bearer t"));
    let denied = service()
        .token(&response(400, r#"{"error":"invalid_grant"}"#), now())
        .err();
    assert_eq!(
        denied,
        Some(Failure::SignedOut {
            said: "invalid_grant".into()
        })
    );
}

#[test]
fn netsuite_10_3_token_based_requests_are_signed_anew_each_time() {
    let credentials = Credentials::TokenBased {
        consumer_key: "ck".into(),
        consumer_secret: "cs".into(),
        token_id: "ti".into(),
        token_secret: "ts".into(),
    };
    let service = NetSuite::new(Account::new("1234567-sb1"), credentials);
    assert!(service.sign_in(now(), &chance()).unwrap().is_none());
    let chance = chance();
    let request = Request::new(Method::Get, "/services/rest/record/v1/invoice/1").query("fields", "a b");
    let headers: HashSet<String> = (0..5)
        .map(|_| {
            service
                .message(&request, None, now(), &chance)
                .header("authorization")
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(headers.len(), 5, "a nonce is never used twice");
    assert!(
        headers
            .iter()
            .all(|header| header.starts_with("OAuth realm=\"1234567_SB1\", oauth_consumer_key=\"ck\""))
    );
    assert!(
        !headers
            .iter()
            .any(|header| header.contains("\"cs\"") || header.contains("\"ts\""))
    );
    let message = service.message(&request, None, now(), &chance);
    assert!(message.url.ends_with("/invoice/1?fields=a%20b"));
}

#[test]
fn s4_credentials_go_to_netsuite_only() {
    let service = service();
    assert!(service.allows("https://1234567-sb1.suitetalk.api.netsuite.com/x"));
    assert!(!service.allows("https://suitetalk.api.netsuite.com.example.com/x"));
    assert!(!service.allows("http://127.0.0.1:1/x"));
}

fn refused(status: u16, code: &str, detail: &str) -> Failure {
    let body = format!(
        r#"{{"type":"about:blank","title":"Bad Request","status":{status},
            "o:errorDetails":[{{"detail":"{detail}","o:errorPath":"item","o:errorCode":"{code}"}}]}}"#
    );
    service()
        .judge(response(status, &body), &Quota::unmetered("record"))
        .unwrap_err()
}

#[test]
fn netsuite_12_the_words_decide_what_a_refusal_means() {
    let cases = [
        (
            400,
            "USER_ERROR",
            "Error while accessing a resource. This record already exists.",
            Refusal::AlreadyExists,
        ),
        (
            400,
            "USER_ERROR",
            "ERROR WHILE ACCESSING A RESOURCE. THIS ENTITY ALREADY EXISTS.",
            Refusal::EntityExists,
        ),
        (404, "NONEXISTENT_ID", "Record does not exist.", Refusal::NotFound),
        (
            400,
            "INVALID_CONTENT",
            "You have entered an Invalid Field Value 9999 for the following field: item",
            Refusal::BadReference,
        ),
        (
            400,
            "USER_ERROR",
            "Error while accessing a resource. Please enter value(s) for: Location",
            Refusal::MissingField,
        ),
        (
            400,
            "USER_ERROR",
            "You must enter a value for Customer",
            Refusal::MissingField,
        ),
        (
            400,
            "USER_ERROR",
            "Your current role does not have permission to perform this action",
            Refusal::Permission,
        ),
        (403, "INSUFFICIENT_PERMISSION", "?", Refusal::Permission),
        (
            400,
            "USER_ERROR",
            "This record has been locked by a user defined workflow",
            Refusal::Locked,
        ),
        (400, "USER_ERROR", "Record has been changed", Refusal::ChangedMeanwhile),
        (
            400,
            "USER_ERROR",
            "You cannot post transactions to a closed period.",
            Refusal::PeriodClosed,
        ),
        (
            400,
            "TRANS_UNBALNCD",
            "The amounts in the journal differ",
            Refusal::Unbalanced,
        ),
        (
            400,
            "USER_ERROR",
            "The quantity exceeds the quantity available",
            Refusal::NotInStock,
        ),
        (400, "IDEMPOTENCY_ERROR", "same key", Refusal::AlreadyExists),
        (400, "USER_ERROR", "Ein Fehler ist aufgetreten.", Refusal::Other),
    ];
    for (status, code, detail, expected) in cases {
        assert_eq!(
            refusal(&refused(status, code, detail)),
            Some(expected),
            "{code}: {detail}"
        );
    }
    assert!(absent(&refused(404, "NONEXISTENT_ID", "x")) && !absent(&refused(400, "USER_ERROR", "x")));
    assert_eq!(refusal(&Failure::Unreachable { because: String::new() }), None);
}

#[test]
fn what_is_not_a_refusal() {
    let judge = |status, body: &str| service().judge(response(status, body), &Quota::unmetered("record"));
    assert!(judge(204, "").is_ok());
    assert!(matches!(judge(401, "{}"), Err(Failure::SignedOut { .. })));
    assert_eq!(
        judge(429, "{}"),
        Err(Failure::Throttled {
            again_in: Duration::from_secs(1)
        })
    );
    for status in [500, 502, 503, 504] {
        assert!(
            matches!(judge(status, "<html>"), Err(Failure::Unanswered { .. })),
            "{status}"
        );
    }
    let two = r#"{"title":"t","o:errorDetails":[{"detail":"First.","o:errorCode":"A"},{"detail":"Second."}]}"#;
    assert_eq!(
        judge(400, two),
        Err(Failure::Refused {
            code: "A".into(),
            status: 400,
            said: "First. Second.".into()
        })
    );
}
