//! The served simulator: real HTTP over loopback, the JSON document of decisions.md, and control.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{clock, options};
use serde_json::{Value, json};
use simulator::server::{Serving, serve};
use simulator::{Company, Options, Simulator};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn served(options: Options) -> Serving {
    serve(Simulator::open(options).unwrap(), "127.0.0.1:0".parse().unwrap())
        .await
        .unwrap()
}

/// One exchange over a socket of its own: status, headers and body, or nothing when the connection broke.
async fn http(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Option<(u16, String, Vec<u8>)> {
    let url = url::Url::parse(url).unwrap();
    let authority = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let mut stream = TcpStream::connect(&authority).await.unwrap();
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request.extend([*name, ": ", *value, "\r\n"]);
    }
    request.push_str("\r\n");
    request.push_str(body);
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let split = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&answer[..split]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = answer[split + 4..].to_vec();
    let length: Option<usize> = head.lines().find_map(|line| {
        line.to_ascii_lowercase()
            .strip_prefix("content-length: ")
            .and_then(|text| text.parse().ok())
    });
    (length == Some(body.len())).then_some((status, head, body))
}

async fn token(description: &Value, endpoint: &str, region: &str) -> String {
    let amazon = &description["amazon"];
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "refresh_token")
        .append_pair("refresh_token", amazon["refresh_tokens"][region].as_str().unwrap())
        .append_pair("client_id", amazon["client_id"].as_str().unwrap())
        .append_pair("client_secret", amazon["client_secret"].as_str().unwrap())
        .finish();
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let (status, _, body) = http("POST", &format!("{endpoint}/auth/o2/token"), &kind, &form)
        .await
        .unwrap();
    assert_eq!(status, 200);
    serde_json::from_slice::<Value>(&body).unwrap()["access_token"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_client_that_knows_one_host_signs_in_lists_orders_and_fetches_a_document() {
    let serving = served(options(Company::Demo)).await;
    for region in ["na", "eu", "fe"] {
        let endpoint = serving.description["amazon"]["endpoints"][region]
            .as_str()
            .unwrap()
            .to_owned();
        let token = token(&serving.description, &endpoint, region).await;
        let access = [("x-amz-access-token", token.as_str())];
        let orders = format!("{endpoint}/orders/2026-01-01/orders?createdAfter=2026-11-20T00:00:00Z");
        let (status, head, body) = http("GET", &orders, &access, "").await.unwrap();
        assert_eq!(status, 200);
        assert!(head.to_lowercase().contains("x-amzn-requestid: "));
        assert!(
            !serde_json::from_slice::<Value>(&body).unwrap()["orders"]
                .as_array()
                .unwrap()
                .is_empty()
        );
        let list =
            format!("{endpoint}/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2");
        let listed: Value = serde_json::from_slice(&http("GET", &list, &access, "").await.unwrap().2).unwrap();
        let id = listed["reports"][0]["reportDocumentId"].as_str().unwrap();
        let document: Value = serde_json::from_slice(
            &http(
                "GET",
                &format!("{endpoint}/reports/2021-06-30/documents/{id}"),
                &access,
                "",
            )
            .await
            .unwrap()
            .2,
        )
        .unwrap();
        let url = document["url"].as_str().unwrap();
        assert!(url.starts_with(&endpoint));
        assert_eq!(http("GET", url, &[], "").await.unwrap().0, 200);
    }
    serving.stop().await;
}

#[tokio::test]
async fn the_document_that_is_printed_has_the_form_of_the_decisions() {
    let serving = served(options(Company::Empty)).await;
    let described = &serving.description;
    for path in [
        "/amazon/lwa_token_url",
        "/amazon/client_id",
        "/amazon/client_secret",
        "/amazon/refresh_tokens/eu",
        "/amazon/seller_id",
        "/netsuite/account",
        "/netsuite/base_url",
        "/netsuite/token_url",
        "/netsuite/oauth2/client_id",
        "/netsuite/oauth2/certificate_id",
        "/netsuite/oauth2/private_key_pem",
        "/netsuite/tba/consumer_key",
        "/netsuite/tba/token_secret",
        "/control/url",
    ] {
        assert!(
            described
                .pointer(path)
                .and_then(Value::as_str)
                .is_some_and(|text| !text.is_empty()),
            "{path}"
        );
    }
    assert_eq!(described["amazon"]["marketplaces"].as_array().unwrap().len(), 4);
    serving.stop().await;
}

#[tokio::test]
async fn control_moves_the_clock_injects_faults_and_shows_the_books() {
    let serving = served(Options::new(7, Company::Demo, clock())).await;
    let control = serving.description["control"]["url"].as_str().unwrap().to_owned();
    let endpoint = serving.description["amazon"]["endpoints"]["na"]
        .as_str()
        .unwrap()
        .to_owned();
    let token = token(&serving.description, &endpoint, "na").await;
    let access = [("x-amz-access-token", token.as_str())];
    let participations = format!("{endpoint}/sellers/v1/marketplaceParticipations");

    let fault = json!({ "fault": "timeout_after_commit", "touching": "/sellers/", "times": 1 }).to_string();
    assert_eq!(
        http("POST", &format!("{control}/faults"), &[], &fault).await.unwrap().0,
        200
    );
    assert!(
        http("GET", &participations, &access, "").await.is_none(),
        "the connection breaks"
    );
    assert_eq!(http("GET", &participations, &access, "").await.unwrap().0, 200);

    let books: Value =
        serde_json::from_slice(&http("GET", &format!("{control}/books"), &[], "").await.unwrap().2).unwrap();
    assert!(books["amazon"]["orders"].as_array().unwrap().len() > 300);
    assert_eq!(books["amazon"]["settlements"].as_array().unwrap().len(), 3);
    assert!(!books["netsuite"].is_null());

    let later = json!({ "advance_seconds": 3601 }).to_string();
    assert_eq!(
        http("POST", &format!("{control}/clock"), &[], &later).await.unwrap().0,
        200
    );
    assert_eq!(
        http("GET", &participations, &access, "").await.unwrap().0,
        403,
        "the token is over an hour old"
    );
    assert_eq!(
        http(
            "GET",
            &format!("{control}/books"),
            &[("origin", "https://example.com")],
            ""
        )
        .await
        .unwrap()
        .0,
        403
    );
    serving.stop().await;
}
