//! Rules and traps of the Amazon half: tokens, quotas, windows, pages, documents, faults.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use chrono::TimeDelta;
use common::{ALL, Client, all_orders, json, options};
use serde_json::{Value, json};
use simulator::{Company, Fault, Faults, Options, Rule, Simulator};
use wire::{Broken, Clock as _, Message, Method, Transport as _};

const ORDERS: &str = "/orders/2026-01-01/orders";

#[tokio::test]
async fn tokens_live_an_hour_and_open_one_region() {
    let mut client = Client::demo().await;
    let path = "/sellers/v1/marketplaceParticipations";
    assert_eq!(client.get("na", path).await.status, 200);
    let foreign = client
        .call_with(Method::Get, "eu", path, &Value::Null, &client.access("na"))
        .await;
    assert_eq!(foreign.status, 403);
    assert_eq!(json(&foreign)["errors"][0]["code"], "Unauthorized");
    assert_eq!(
        json(&foreign)["errors"][0]["message"],
        "Access to requested resource is denied."
    );
    client.jump(TimeDelta::seconds(3599));
    assert_eq!(client.get("na", path).await.status, 200);
    client.jump(TimeDelta::seconds(1));
    assert_eq!(client.get("na", path).await.status, 403);
    client.sign_in().await;
    assert_eq!(client.get("na", path).await.status, 200);
}

#[tokio::test]
async fn sign_in_refuses_in_the_words_of_oauth() {
    let client = Client::demo().await;
    let wrong = client
        .token(&[("grant_type", "refresh_token"), ("refresh_token", "Atzr|nobody")])
        .await;
    assert_eq!(
        (wrong.status, json(&wrong)["error"].as_str()),
        (400, Some("invalid_grant"))
    );
    let grantless = client
        .token(&[
            ("grant_type", "client_credentials"),
            ("scope", "sellingpartnerapi::notifications"),
        ])
        .await;
    assert_eq!(json(&grantless)["expires_in"], 3600);
    let token = json(&grantless)["access_token"].as_str().unwrap().to_owned();
    let seller = client
        .call_with(Method::Get, "na", "/sellers/v1/account", &Value::Null, &token)
        .await;
    assert_eq!(seller.status, 403, "a grantless token opens no seller operation");
    let message = Message {
        method: Method::Post,
        url: "https://api.amazon.com/auth/o2/token".to_owned(),
        headers: Vec::new(),
        body: b"grant_type=refresh_token&client_id=x&client_secret=y&refresh_token=z".to_vec(),
    };
    let stranger = client.transport.send(message).await.unwrap();
    assert_eq!(
        (stranger.status, json(&stranger)["error"].as_str()),
        (401, Some("invalid_client"))
    );
}

#[tokio::test]
async fn o27_search_orders_has_twenty_tokens_and_earns_one_in_179_seconds() {
    let mut client = Client::demo().await;
    let path = format!("{ORDERS}?lastUpdatedAfter=2026-11-22T00:00:00Z&maxResultsPerPage=1");
    for _ in 0..20 {
        assert_eq!(client.get("eu", &path).await.status, 200);
    }
    let over = client.get("eu", &path).await;
    assert_eq!(
        (over.status, json(&over)["errors"][0]["code"].as_str()),
        (429, Some("QuotaExceeded"))
    );
    assert_eq!(
        json(&over)["errors"][0]["message"],
        "You exceeded your quota for the requested resource."
    );
    assert!(over.header("x-amzn-RateLimit-Limit").is_none() && over.header("x-amzn-RequestId").is_some());
    assert_eq!(
        client.get("fe", &path).await.status,
        200,
        "another region has its own bucket"
    );
    // 1 / 0.0056 = 178.571… seconds.
    client.jump(TimeDelta::milliseconds(178_571));
    assert_eq!(client.get("eu", &path).await.status, 429);
    client.jump(TimeDelta::milliseconds(1));
    assert_eq!(client.get("eu", &path).await.status, 200);
    assert_eq!(client.get("eu", &path).await.status, 429);
    client.jump(TimeDelta::days(2));
    client.sign_in().await;
    for _ in 0..20 {
        assert_eq!(client.get("eu", &path).await.status, 200);
    }
    assert_eq!(
        client.get("eu", &path).await.status,
        429,
        "a bucket never holds more than its burst"
    );
}

#[tokio::test]
async fn the_rate_header_is_on_most_answers_and_never_on_refused_ones() {
    let client = Client::demo().await;
    let (mut with, mut without) = (0, 0);
    for _ in 0..30 {
        let answer = client.get("na", &format!("{ORDERS}/111-0000000-0000000")).await;
        assert_eq!(answer.status, 404);
        match answer.header("x-amzn-RateLimit-Limit") {
            Some("0.5") => with += 1,
            None => without += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(with > 20 && without > 0, "{with} with, {without} without");
}

#[tokio::test]
async fn a_search_has_exactly_one_beginning_and_an_end_two_minutes_ago() {
    let client = Client::demo().await;
    let refused = [
        "",
        "?createdAfter=2026-11-01&lastUpdatedAfter=2026-11-01",
        "?createdAfter=2026-11-01&lastUpdatedBefore=2026-11-02",
        "?createdAfter=2026-11-01&createdBefore=2026-11-23T08:58:01Z",
        "?createdAfter=2026-11-02&createdBefore=2026-11-01",
        "?createdAfter=yesterday",
        "?createdAfter=2026-11-01&maxResultsPerPage=101",
        "?createdAfter=2026-11-01&includedData=EVERYTHING",
        "?createdAfter=2026-11-01&fulfillmentStatuses=SENT",
        "?createdAfter=2026-11-01&paginationToken=unknown",
    ];
    for query in refused {
        assert_eq!(
            client.get("na", &format!("{ORDERS}{query}")).await.status,
            400,
            "{query}"
        );
    }
    assert_eq!(
        client
            .get(
                "na",
                &format!("{ORDERS}?createdAfter=2026-11-01&createdBefore=2026-11-23T08:58:00Z")
            )
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn page_tokens_bind_their_filters_live_a_day_and_end() {
    let mut client = Client::demo().await;
    let base = format!("{ORDERS}?createdAfter=2026-11-01T00:00:00Z&maxResultsPerPage=40");
    let first = json(&client.get("na", &base).await);
    let token = first["pagination"]["nextToken"].as_str().unwrap().to_owned();
    assert_eq!(first["orders"].as_array().unwrap().len(), 40);
    let changed = client
        .get(
            "na",
            &format!("{ORDERS}?createdAfter=2026-11-02T00:00:00Z&paginationToken={token}"),
        )
        .await;
    assert_eq!(changed.status, 400, "the token is bound to its filters");
    let second = json(
        &client
            .get(
                "na",
                &format!("{ORDERS}?createdAfter=2026-11-01T00:00:00Z&paginationToken={token}&includedData=PROCEEDS"),
            )
            .await,
    );
    assert!(second["pagination"].is_null(), "no token on the last page");
    assert_eq!(first["createdBefore"], second["createdBefore"]);
    let ids = |page: &Value| {
        page["orders"]
            .as_array()
            .unwrap()
            .iter()
            .map(|order| order["orderId"].to_string())
            .collect::<Vec<_>>()
    };
    assert!(ids(&first).iter().all(|id| !ids(&second).contains(id)));
    client.jump(TimeDelta::hours(24));
    client.sign_in().await;
    assert_eq!(
        client
            .get("na", &format!("{base}&paginationToken={token}"))
            .await
            .status,
        400,
        "the token is a day old"
    );
}

#[tokio::test]
async fn filters_leave_out_what_they_should() {
    let client = Client::demo().await;
    let query = format!(
        "{ORDERS}?lastUpdatedAfter=2026-10-01&marketplaceIds=A1PA6795UKMFR9&fulfilledBy=MERCHANT&fulfillmentStatuses=UNSHIPPED,SHIPPED&includedData=FULFILLMENT"
    );
    let page = json(&client.get("eu", &query).await);
    assert!(!page["orders"].as_array().unwrap().is_empty());
    for order in page["orders"].as_array().unwrap() {
        assert_eq!(order["salesChannel"]["marketplaceId"], "A1PA6795UKMFR9");
        assert_eq!(order["fulfillment"]["fulfilledBy"], "MERCHANT");
        assert!(["UNSHIPPED", "SHIPPED"].contains(&order["fulfillment"]["fulfillmentStatus"].as_str().unwrap()));
    }
    let bare = json(&client.get("eu", &format!("{ORDERS}?createdAfter=2026-11-01")).await);
    let first = &bare["orders"][0];
    assert!(
        ["buyer", "recipient", "proceeds", "fulfillment", "packages"]
            .iter()
            .all(|name| first[name].is_null())
    );
    assert_eq!(
        client
            .get(
                "eu",
                &format!("{ORDERS}?createdAfter=2026-11-01&marketplaceIds=ATVPDKIKX0DER")
            )
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn pending_orders_have_no_prices_and_amazon_orders_no_names() {
    let client = Client::demo().await;
    let (mut pending, mut shipped_by_amazon, mut outside) = (0, 0, 0);
    for region in ["na", "eu", "fe"] {
        for order in all_orders(&client, region).await {
            if order["fulfillment"]["fulfillmentStatus"] == "PENDING" {
                pending += 1;
                assert!(order["proceeds"].is_null() && order["recipient"].is_null());
                assert!(
                    order["orderItems"][0]["proceeds"].is_null()
                        && order["orderItems"][0]["product"]["price"].is_null()
                );
            } else if order["fulfillment"]["fulfilledBy"] == "AMAZON" {
                shipped_by_amazon += 1;
                assert!(
                    order["buyer"]["buyerName"].is_null() && order["recipient"]["deliveryAddress"]["name"].is_null()
                );
                assert!(order["packages"].is_null());
            }
            if order["salesChannel"]["channelName"] == "NON_AMAZON" {
                outside += 1;
                assert!(order["orderId"].as_str().unwrap().starts_with("S01-"));
            }
        }
    }
    assert!(
        pending >= 3 && shipped_by_amazon > 100 && outside == 2,
        "{pending} {shipped_by_amazon} {outside}"
    );
}

#[tokio::test]
async fn cmn_41_without_the_role_buyers_have_no_names() {
    let client = Client::demo().await;
    client.simulator.amazon().state().grant(false, true);
    for order in all_orders(&client, "eu").await {
        assert!(order["buyer"].is_null());
        assert!(
            order["recipient"]["deliveryAddress"]["name"].is_null()
                && order["recipient"]["deliveryAddress"]["addressLine1"].is_null()
        );
    }
}

#[tokio::test]
async fn ord_amounts_add_up_to_the_grand_total() {
    let client = Client::demo().await;
    let money = |value: &Value| {
        value["amount"]
            .as_str()
            .unwrap()
            .parse::<rust_decimal::Decimal>()
            .unwrap()
    };
    for region in ["na", "eu", "fe"] {
        for order in all_orders(&client, region)
            .await
            .iter()
            .filter(|order| !order["proceeds"].is_null())
        {
            let items = order["orderItems"].as_array().unwrap();
            let sum: rust_decimal::Decimal = items.iter().map(|item| money(&item["proceeds"]["proceedsTotal"])).sum();
            assert_eq!(sum, money(&order["proceeds"]["grandTotal"]), "{}", order["orderId"]);
        }
    }
}

#[tokio::test]
async fn report_lists_take_a_next_token_alone() {
    let client = Client::demo().await;
    let base = "/reports/2021-06-30/reports";
    let first = json(
        &client
            .get(
                "eu",
                &format!("{base}?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2&pageSize=1"),
            )
            .await,
    );
    let token = first["nextToken"].as_str().unwrap();
    let mixed = client
        .get(
            "eu",
            &format!("{base}?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2&nextToken={token}"),
        )
        .await;
    assert_eq!(mixed.status, 400);
    let second = json(&client.get("eu", &format!("{base}?nextToken={token}")).await);
    assert_ne!(first["reports"][0]["reportId"], second["reports"][0]["reportId"]);
    assert!(second["nextToken"].is_null());
    for gone in [
        "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE",
        "GET_V2_SETTLEMENT_REPORT_DATA_XML",
    ] {
        assert_eq!(
            json(&client.get("eu", &format!("{base}?reportTypes={gone}")).await)["reports"],
            json!([])
        );
    }
}

#[tokio::test]
async fn an_empty_report_is_cancelled() {
    let client = Client::of(options(Company::Empty)).await;
    let body = json!({ "reportType": "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL", "marketplaceIds": ["ATVPDKIKX0DER"] });
    let id = json(
        &client
            .call(Method::Post, "na", "/reports/2021-06-30/reports", &body)
            .await,
    )["reportId"]
        .as_str()
        .unwrap()
        .to_owned();
    client.jump(TimeDelta::seconds(5));
    let report = json(&client.get("na", &format!("/reports/2021-06-30/reports/{id}")).await);
    assert_eq!(report["processingStatus"], "CANCELLED");
    assert!(report["reportDocumentId"].is_null());
}

#[tokio::test]
async fn document_addresses_live_five_minutes_and_take_no_credentials() {
    let client = Client::demo().await;
    let listed = json(
        &client
            .get(
                "na",
                "/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",
            )
            .await,
    );
    let id = listed["reports"][0]["reportDocumentId"].as_str().unwrap();
    let url = json(&client.get("na", &format!("/reports/2021-06-30/documents/{id}")).await)["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let with = Message {
        method: Method::Get,
        url: url.clone(),
        headers: vec![("x-amz-access-token".into(), client.access("na"))],
        body: Vec::new(),
    };
    assert_eq!(client.transport.send(with).await.unwrap().status, 403);
    client.jump(TimeDelta::minutes(5));
    assert_eq!(client.download(&url).await.status, 200);
    client.jump(TimeDelta::seconds(1));
    let expired = client.download(&url).await;
    assert_eq!(expired.status, 403);
    assert!(String::from_utf8_lossy(&expired.body).contains("Request has expired"));
}

#[tokio::test]
async fn faults_happen_as_told_and_are_counted() {
    let client = Client::demo().await;
    let faults = client.simulator.faults();
    let message = || Message {
        method: Method::Get,
        url: format!("https://sellingpartnerapi-na.amazon.com{ORDERS}?createdAfter=2026-11-01&includedData={ALL}"),
        headers: vec![("x-amz-access-token".into(), client.access("na"))],
        body: Vec::new(),
    };
    for (fault, status) in [
        (Fault::Throttled, 429),
        (Fault::ServerError, 500),
        (Fault::Unavailable, 503),
        (Fault::TokenRefused, 403),
        (Fault::CaptivePortal, 200),
        (Fault::Proxy, 407),
    ] {
        faults.add(Rule::once(fault, "/orders/"));
        assert_eq!(
            client.simulator.send(message()).await.unwrap().status,
            status,
            "{fault:?}"
        );
    }
    faults.add(Rule::once(Fault::NeverSent, ""));
    assert!(matches!(
        client.simulator.send(message()).await,
        Err(Broken::NeverSent(_))
    ));
    for fault in [
        Fault::TimeoutBeforeCommit,
        Fault::TimeoutAfterCommit,
        Fault::ResetInBody,
    ] {
        faults.add(Rule::once(fault, ""));
        assert!(matches!(
            client.simulator.send(message()).await,
            Err(Broken::NoAnswer(_))
        ));
    }
    assert_eq!(client.simulator.send(message()).await.unwrap().status, 200);
    assert!(faults.fired().values().all(|count| *count == 1) && faults.fired().len() == 10);
    let nowhere = Message {
        url: "https://example.com/".into(),
        ..message()
    };
    assert!(matches!(
        client.simulator.send(nowhere).await,
        Err(Broken::NeverSent(_))
    ));
}

#[tokio::test]
async fn faulty_pages_repeat_reorder_and_omit() {
    let client = Client::demo().await;
    let faults = client.simulator.faults();
    let base = format!("{ORDERS}?createdAfter=2026-11-01&maxResultsPerPage=10");
    let ids = |page: &Value| {
        page["orders"]
            .as_array()
            .unwrap()
            .iter()
            .map(|order| order["orderId"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let good = ids(&json(&client.get("na", &base).await));
    faults.add(Rule::once(Fault::AbsentFromList, ORDERS));
    let absent = ids(&json(&client.get("na", &base).await));
    assert_eq!(absent, good[1..]);
    assert_eq!(
        client.get("na", &format!("{ORDERS}/{}", good[0])).await.status,
        200,
        "it can still be read by its id"
    );
    faults.add(Rule::once(Fault::ReorderedPage, ORDERS));
    let mut reordered = ids(&json(&client.get("na", &base).await));
    assert_ne!(reordered, good);
    reordered.reverse();
    assert_eq!(reordered, good);
    let token = json(&client.get("na", &base).await)["pagination"]["nextToken"]
        .as_str()
        .unwrap()
        .to_owned();
    faults.add(Rule::once(Fault::RepeatedNextToken, ORDERS));
    let repeated = json(&client.get("na", &format!("{base}&paginationToken={token}")).await);
    assert_eq!(repeated["pagination"]["nextToken"], token);
    faults.add(Rule::once(Fault::DuplicatedPage, ORDERS));
    let duplicated = ids(&json(
        &client.get("na", &format!("{base}&paginationToken={token}")).await,
    ));
    assert_eq!(duplicated[..10], good);
    assert_eq!(duplicated[10..], ids(&repeated));
}

#[tokio::test]
async fn listings_come_in_the_encoding_of_their_region() {
    let client = Client::demo().await;
    for (region, market, encoding, word) in [
        ("eu", "A1PA6795UKMFR9", encoding_rs::WINDOWS_1252, "warmweiß"),
        ("fe", "A1VC38T7YXB528", encoding_rs::SHIFT_JIS, "真鍮デスクランプ"),
    ] {
        let body = json!({ "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [market] });
        let created = client
            .call(Method::Post, region, "/reports/2021-06-30/reports", &body)
            .await;
        client.jump(TimeDelta::seconds(4));
        let id = json(&created)["reportId"].as_str().unwrap().to_owned();
        let report = json(&client.get(region, &format!("/reports/2021-06-30/reports/{id}")).await);
        let document = report["reportDocumentId"].as_str().unwrap();
        let address = json(
            &client
                .get(region, &format!("/reports/2021-06-30/documents/{document}"))
                .await,
        );
        let file = client.download(address["url"].as_str().unwrap()).await;
        let mut plain = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(file.body.as_slice()), &mut plain).unwrap();
        let text = encoding.decode(&plain).0.into_owned();
        assert!(text.contains(word), "{region}");
        assert!(text.lines().all(|line| line.split('\t').count() == 29));
        assert_eq!(text.contains("LAMP-RED-EU"), region == "eu");
    }
}

#[tokio::test]
async fn a_storm_is_the_same_storm_for_the_same_seed() {
    let mut traces = Vec::new();
    for seed in [3, 3, 4] {
        let client = Client::of(Options {
            faults: Faults::none(),
            ..options(Company::Demo)
        })
        .await;
        let faults = Faults::storm(seed, 40);
        let stormy = Simulator::open(Options {
            faults: faults.clone(),
            ..options(Company::Demo)
        })
        .unwrap();
        let mut trace = Vec::new();
        for number in 0..120 {
            let message = Message {
                method: Method::Get,
                url: format!("https://sellingpartnerapi-eu.amazon.com{ORDERS}/302-{number:07}-0000000"),
                headers: vec![("x-amz-access-token".into(), client.access("eu"))],
                body: Vec::new(),
            };
            trace.push(match stormy.send(message).await {
                Ok(response) => response.status.to_string(),
                Err(broken) => broken.to_string(),
            });
        }
        assert!(faults.fired().len() > 5, "{:?}", faults.fired());
        traces.push((trace, faults.fired()));
    }
    assert_eq!(traces[0], traces[1]);
    assert_ne!(traces[0], traces[2]);
}

#[tokio::test]
async fn consent_can_be_withdrawn_and_given_back() {
    let client = Client::demo().await;
    let path = "/sellers/v1/marketplaceParticipations";
    let control = |body: Value| simulator::control::answer(&client.simulator, Method::Post, "/access", &body).0;
    assert_eq!(control(json!({ "revoke": "eu" })), 200);
    assert_eq!(client.get("eu", path).await.status, 403);
    assert_eq!(client.get("na", path).await.status, 200, "the other regions go on");
    let refresh = client.credentials["refresh_tokens"]["eu"].as_str().unwrap().to_owned();
    let refused = client
        .token(&[("grant_type", "refresh_token"), ("refresh_token", &refresh)])
        .await;
    assert_eq!(json(&refused)["error"], "invalid_grant");
    assert_eq!(control(json!({ "restore": "eu" })), 200);
    assert_eq!(client.get("eu", path).await.status, 200);
}

#[tokio::test]
async fn o14_o16_control_moves_an_order_through_its_life() {
    let client = Client::demo().await;
    let orders = all_orders(&client, "fe").await;
    let pending = orders
        .iter()
        .find(|order| order["fulfillment"]["fulfillmentStatus"] == "PENDING")
        .unwrap();
    let id = pending["orderId"].as_str().unwrap();
    let read = format!("{ORDERS}/{id}?includedData=FULFILLMENT,PROCEEDS");
    for status in ["UNSHIPPED", "SHIPPED", "CANCELLED"] {
        client.jump(TimeDelta::minutes(10));
        let moved = simulator::control::answer(
            &client.simulator,
            Method::Post,
            &format!("/orders/{id}"),
            &json!({ "status": status }),
        );
        assert_eq!(moved.0, 200);
        let order = json(&client.get("fe", &read).await)["order"].clone();
        assert_eq!(order["fulfillment"]["fulfillmentStatus"], status);
        assert!(!order["proceeds"].is_null());
        assert_ne!(
            order["lastUpdatedTime"], pending["lastUpdatedTime"],
            "a change is seen by its time"
        );
    }
}

#[tokio::test]
async fn a_kept_company_is_the_same_company_a_day_later() {
    let folder = tempfile::tempdir().unwrap();
    let kept = || Options {
        store: Some(folder.path().to_owned()),
        ..options(Company::Demo)
    };
    let first = Client::of(kept()).await;
    let orders = all_orders(&first, "eu").await;
    let epoch = first.simulator.epoch();
    drop(first);
    let later = common::clock();
    later.set("2026-11-24T18:00:00Z");
    let second = Client::of(Options { clock: later, ..kept() }).await;
    assert_eq!(second.simulator.epoch(), epoch);
    let known = all_orders(&second, "eu").await;
    let ids = |orders: &[Value]| {
        orders
            .iter()
            .map(|order| order["orderId"].to_string())
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert!(ids(&orders).is_subset(&ids(&known)) && known.len() > orders.len());
}

#[tokio::test]
async fn lasting_faults_come_and_go() {
    let client = Client::demo().await;
    let faults = client.simulator.faults();
    let path = "/sellers/v1/marketplaceParticipations";
    faults.add(Rule::once(Fault::InvalidOutage, path));
    assert_eq!(client.get("na", path).await.status, 400);
    assert_eq!(client.get("na", path).await.status, 200);

    // Fifteen tokens in the bucket, two taken; half of it is seven.
    faults.add(Rule::once(Fault::LimitMoved, path));
    for _ in 0..7 {
        assert_eq!(client.get("na", path).await.status, 200);
    }
    assert_eq!(client.get("na", path).await.status, 429);

    let before = client.simulator.clock().now();
    faults.add(Rule {
        times: Some(2),
        ..Rule::once(Fault::ClockSkew, "/reports/")
    });
    let list = "/reports/2021-06-30/reports?reportTypes=GET_MERCHANT_LISTINGS_ALL_DATA";
    client.get("na", list).await;
    assert_eq!(client.simulator.clock().now() - before, TimeDelta::minutes(15));
    client.get("na", list).await;
    assert_eq!(client.simulator.clock().now(), before);
}

#[tokio::test]
async fn a_report_can_fail_and_say_why_in_its_document() {
    let client = Client::demo().await;
    simulator::control::answer(
        &client.simulator,
        Method::Post,
        "/processing",
        &json!({ "seconds": 60, "fatal": true }),
    );
    let body = json!({ "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": ["ATVPDKIKX0DER"] });
    let id = json(
        &client
            .call(Method::Post, "na", "/reports/2021-06-30/reports", &body)
            .await,
    )["reportId"]
        .as_str()
        .unwrap()
        .to_owned();
    client.jump(TimeDelta::seconds(59));
    assert_eq!(
        json(&client.get("na", &format!("/reports/2021-06-30/reports/{id}")).await)["processingStatus"],
        "IN_PROGRESS"
    );
    client.jump(TimeDelta::seconds(1));
    let report = json(&client.get("na", &format!("/reports/2021-06-30/reports/{id}")).await);
    assert_eq!(report["processingStatus"], "FATAL");
    assert!(report["reportDocumentId"].is_string());
}

#[tokio::test]
async fn p2_a_thousand_orders_are_ten_pages() {
    let client = Client::of(options(Company::Large)).await;
    assert_eq!(all_orders(&client, "na").await.len(), 1_000);
    assert_eq!(client.simulator.amazon().state().calls()["searchOrders"], 10);
}
