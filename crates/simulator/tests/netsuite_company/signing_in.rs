//! The assertion is really verified, tokens really expire, and OAuth 1.0a signatures are really checked.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use sha2::Sha256;
use wire::{Clock as _, Message, Method};

use crate::bench::{Company, body, refusal};

#[tokio::test]
async fn a_good_assertion_gets_a_token_for_an_hour() {
    let mut company = Company::open().await;
    assert_eq!(
        company
            .send(Method::Get, "system/v1/serverTime", Value::Null)
            .await
            .status,
        200
    );
    company.clock.forward(Duration::from_secs(3599));
    assert_eq!(
        company
            .send(Method::Get, "system/v1/serverTime", Value::Null)
            .await
            .status,
        200
    );
    company.clock.forward(Duration::from_secs(2));
    let late = company.send(Method::Get, "system/v1/serverTime", Value::Null).await;
    assert_eq!((refusal(&late).0, refusal(&late).1.as_str()), (401, "INVALID_LOGIN"));
    company.sign_in().await;
    let time = body(&company.send(Method::Get, "system/v1/serverTime", Value::Null).await);
    assert_eq!(time["serverTime"], "2026-11-23T13:00:01Z");
    company.account.revoke_tokens();
    assert_eq!(
        company
            .send(Method::Get, "system/v1/serverTime", Value::Null)
            .await
            .status,
        401
    );
}

#[tokio::test]
async fn assertions_that_do_not_hold_are_refused() {
    let company = Company::open().await;
    let certificate = company.account.credentials().certificate_id;
    let with = |field: &str, value: Value| {
        let mut claims = company.claims();
        claims[field] = value;
        company.assertion(&claims, &certificate)
    };
    let now = company.clock.now().timestamp();
    let cases = [
        (
            "unknown certificate",
            company.assertion(&company.claims(), "somebody-else"),
            400,
            "invalid_grant",
        ),
        ("expired", with("exp", json!(now - 1)), 400, "invalid_grant"),
        (
            "issued tomorrow",
            with("iat", json!(now + 86_400)),
            400,
            "invalid_grant",
        ),
        (
            "longer than an hour",
            with("exp", json!(now + 3_601)),
            400,
            "invalid_grant",
        ),
        (
            "other audience",
            with("aud", json!("https://example.com/token")),
            400,
            "invalid_grant",
        ),
        ("other issuer", with("iss", json!("nobody")), 401, "invalid_client"),
        ("other scope", with("scope", json!("restlets")), 400, "invalid_scope"),
        ("not a token", "abc".to_owned(), 400, "invalid_request"),
    ];
    for (what, assertion, status, error) in cases {
        let answer = company.token(&assertion).await;
        assert_eq!(
            (answer.status, body(&answer)["error"].as_str()),
            (status, Some(error)),
            "{what}"
        );
    }
}

#[tokio::test]
async fn a_broken_signature_and_a_dead_algorithm_are_refused() {
    let company = Company::open().await;
    let good = company.assertion(&company.claims(), &company.account.credentials().certificate_id);
    let mut other_claims = company.claims();
    other_claims["jti"] = json!("forged");
    let parts: Vec<&str> = good.split('.').collect();
    let forged = format!(
        "{}.{}.{}",
        parts[0],
        URL_SAFE_NO_PAD.encode(other_claims.to_string()),
        parts[2]
    );
    assert_eq!(body(&company.token(&forged).await)["error"], "invalid_grant");
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": company.account.credentials().certificate_id });
    let dead = format!(
        "{}.{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        parts[1],
        parts[2]
    );
    let answer = company.token(&dead).await;
    assert_eq!(
        (answer.status, body(&answer)["error"].as_str()),
        (400, Some("invalid_request"))
    );
}

#[tokio::test]
async fn requests_without_a_token_are_refused_and_limits_are_for_administrators() {
    let company = Company::open().await;
    let mut message = company.message(Method::Get, "system/v1/governanceLimits", &Value::Null);
    let answer = company.account.answer(&message).await.unwrap();
    assert_eq!(
        (refusal(&answer).0, refusal(&answer).1.as_str()),
        (403, "INSUFFICIENT_PERMISSION")
    );
    message.headers.clear();
    assert_eq!(company.account.answer(&message).await.unwrap().status, 401);
    let options = simulator::netsuite::NetSuiteOptions {
        administrator: true,
        ..Default::default()
    };
    let owner = Company::with(options).await;
    let answer = owner.send(Method::Get, "system/v1/governanceLimits", Value::Null).await;
    assert_eq!(body(&answer)["accountConcurrencyLimit"], 5);
}

fn percent(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~');
    percent_encoding::utf8_percent_encode(text, KEPT).to_string()
}

/// The base string of RFC 5849 §3.4.1: parameters of the header, and those of the query as they stand in the address.
fn base_string(method: &str, address: &str, oauth: &[(&str, String)], query: &str) -> String {
    let own = oauth.iter().map(|(name, value)| format!("{name}={}", percent(value)));
    let asked = query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned);
    let mut pairs: Vec<String> = own.chain(asked).collect();
    pairs.sort();
    format!("{method}&{}&{}", percent(address), percent(&pairs.join("&")))
}

fn hmac_sha256(text: &str, key: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// What the tests below sign with is what is published: the base string of RFC 5849 §3.4.1.1 by letter (without its form,
/// which NetSuite never gets), and test case 2 of RFC 4231.
#[test]
fn the_signatures_of_these_tests_are_those_that_are_published() {
    let oauth = [
        ("oauth_consumer_key", "9djdj82h48djs9d2"),
        ("oauth_token", "kkk9d7dh3k39sjv7"),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", "137131201"),
        ("oauth_nonce", "7d8f3e4a"),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let query = "b5=%3D%253D&a3=a&c%40=&a2=r%20b";
    assert_eq!(
        base_string("GET", "http://example.com/request", &oauth, query),
        "GET&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26\
         oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26\
         oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
    );
    let mac = hmac_sha256("what do ya want for nothing?", "Jefe");
    assert_eq!(mac[..8], [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e]);
}

/// Signs as RFC 5849 §3.4 says.
fn signed(company: &Company, path: &str, realm: &str, nonce: &str, timestamp: i64) -> Message {
    let own = company.account.credentials();
    let (place, query) = path.split_once('?').unwrap_or((path, ""));
    let address = format!("{}/{place}", company.base());
    let oauth = [
        ("oauth_consumer_key", own.consumer_key.clone()),
        ("oauth_nonce", nonce.to_owned()),
        ("oauth_signature_method", "HMAC-SHA256".to_owned()),
        ("oauth_timestamp", timestamp.to_string()),
        ("oauth_token", own.token_id.clone()),
        ("oauth_version", "1.0".to_owned()),
    ];
    let base = base_string("GET", &address, &oauth, query);
    let key = format!("{}&{}", percent(&own.consumer_secret), percent(&own.token_secret));
    let signature = STANDARD.encode(hmac_sha256(&base, &key));
    let listed: Vec<String> = oauth
        .iter()
        .map(|(name, value)| format!("{name}=\"{}\"", percent(value)))
        .collect();
    let header = format!(
        "OAuth realm=\"{realm}\", {}, oauth_signature=\"{}\"",
        listed.join(", "),
        percent(&signature)
    );
    Message {
        method: Method::Get,
        url: format!("{}/{path}", company.base()),
        headers: vec![("Authorization".to_owned(), header)],
        body: Vec::new(),
    }
}

#[tokio::test]
async fn oauth_1_signatures_are_verified_once_each() {
    let company = Company::open().await;
    let now = company.clock.now().timestamp();
    let path = "record/v1/salesOrder?limit=5&offset=0";
    let good = signed(&company, path, "1234567_SB1", "n1", now);
    assert_eq!(company.account.answer(&good).await.unwrap().status, 200);
    assert_eq!(
        company.account.answer(&good).await.unwrap().status,
        401,
        "a nonce counts once"
    );
    let wrong_realm = signed(&company, path, "1234567-sb1", "n2", now);
    assert_eq!(company.account.answer(&wrong_realm).await.unwrap().status, 401);
    let stale = signed(&company, path, "1234567_SB1", "n3", now - 900);
    assert_eq!(company.account.answer(&stale).await.unwrap().status, 401);
    let mut altered = signed(&company, path, "1234567_SB1", "n4", now);
    altered.url = altered.url.replace("limit=5", "limit=6");
    assert_eq!(company.account.answer(&altered).await.unwrap().status, 401);
    // What is escaped in an address is signed once more.
    let awkward = "record/v1/salesOrder?q=memo%20CONTAIN%20%22a%26b%3D%C3%A9%25%22&limit=5";
    let good = signed(&company, awkward, "1234567_SB1", "n5", now);
    assert_ne!(company.account.answer(&good).await.unwrap().status, 401);
}

#[tokio::test]
async fn an_rsa_certificate_signs_with_pss_only() {
    let company = Company::open().await;
    let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).unwrap();
    company.account.upload_certificate("rsa-1", &pair.public_key_pem());
    let key = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap();
    for (algorithm, status) in [(Algorithm::PS256, 200), (Algorithm::RS256, 400)] {
        let mut header = Header::new(algorithm);
        header.kid = Some("rsa-1".to_owned());
        let assertion = encode(&header, &company.claims(), &key).unwrap();
        assert_eq!(company.token(&assertion).await.status, status, "{algorithm:?}");
    }
}

/// A new key pair and its certificate, as the product would make them.
fn renewed() -> (rcgen::KeyPair, String) {
    let pair = rcgen::KeyPair::generate().unwrap();
    let certificate = rcgen::CertificateParams::new(vec!["passerelle".to_owned()]).unwrap();
    let pem = certificate.self_signed(&pair).unwrap().pem();
    (pair, pem)
}

#[tokio::test]
async fn a_certificate_is_renewed_by_the_integration_itself() {
    let folder = tempfile::tempdir().unwrap();
    let options = || simulator::netsuite::NetSuiteOptions {
        store: Some(folder.path().join("netsuite.sqlite")),
        ..Default::default()
    };
    let company = Company::with(options()).await;
    let path = format!(
        "auth/oauth2/v1/clients/{}/certificates",
        company.account.credentials().client_id
    );
    let (pair, pem) = renewed();
    let wrong = json!({ "fileContent": "nonsense", "role": 1001, "entity": "42" });
    assert_eq!(company.send(Method::Post, &path, wrong).await.status, 400);
    let upload = json!({ "fileContent": pem, "role": 1001, "entity": "42" });
    let answer = company.send(Method::Post, &path, upload).await;
    assert_eq!(answer.status, 200, "{}", body(&answer));
    let id = body(&answer)["certificate_id"].as_str().unwrap().to_owned();
    assert!(body(&answer)["valid_until"].as_str().unwrap() > body(&answer)["valid_from"].as_str().unwrap());
    let key = EncodingKey::from_ec_pem(pair.serialize_pem().as_bytes()).unwrap();
    let signed = |company: &Company| {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(id.clone());
        encode(&header, &company.claims(), &key).unwrap()
    };
    assert_eq!(company.token(&signed(&company)).await.status, 200);
    let list = body(&company.send(Method::Get, &path, Value::Null).await);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    drop(company);
    let later = Company::with(options()).await;
    assert_eq!(later.token(&signed(&later)).await.status, 200, "it outlives a restart");
    let revoked = later
        .send(Method::Post, &format!("{path}/{id}/revoke"), Value::Null)
        .await;
    assert_eq!(body(&revoked)["revoked"], true);
    assert_eq!(later.token(&signed(&later)).await.status, 400);
}
