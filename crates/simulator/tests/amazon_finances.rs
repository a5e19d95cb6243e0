//! Finances: three tellings of the same money, each in Amazon's published form.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use common::{Client, Model, json, options};
use rust_decimal::Decimal;
use serde_json::Value;
use simulator::{Company, Options};

const V0: &str = "finances-api-model/financesV0.json";
const NEW: &str = "finances-api-model/finances_2024-06-19.json";
const GROUPS: &str = "/finances/v0/financialEventGroups";

fn number(value: &Value) -> Decimal {
    value.to_string().parse().unwrap()
}

/// Every amount in the events.
fn sum(value: &Value) -> Decimal {
    match value {
        Value::Object(map) => match map.get("CurrencyAmount") {
            Some(amount) => number(amount),
            None => map.values().map(sum).sum(),
        },
        Value::Array(list) => list.iter().map(sum).sum(),
        _ => Decimal::ZERO,
    }
}

#[tokio::test]
async fn set_09_the_events_of_a_group_sum_to_its_total() {
    let client = Client::demo().await;
    let model = Model::read(V0);
    for region in ["na", "eu", "fe"] {
        let listed = client.get(region, GROUPS).await;
        let group = json(&listed)["payload"]["FinancialEventGroupList"][0].clone();
        let id = group["FinancialEventGroupId"].as_str().unwrap();
        let base = format!("{GROUPS}/{id}/financialEvents?MaxResultsPerPage=10");
        let (mut total, mut pages, mut next) = (Decimal::ZERO, 0, String::new());
        loop {
            let page = client.get(region, &format!("{base}{next}")).await;
            assert_eq!(page.status, 200);
            if let Some(model) = &model {
                model.check(GROUPS, "get", &listed);
                model.check(
                    "/finances/v0/financialEventGroups/{eventGroupId}/financialEvents",
                    "get",
                    &page,
                );
            }
            let payload = json(&page)["payload"].clone();
            total += sum(&payload["FinancialEvents"]);
            pages += 1;
            let Some(token) = payload["NextToken"].as_str() else {
                break;
            };
            next = format!("&NextToken={token}");
        }
        assert_eq!(total, number(&group["OriginalTotal"]["CurrencyAmount"]), "{region}");
        assert!(pages > 1, "{region}");
    }
}

#[tokio::test]
async fn events_can_be_read_by_order_and_by_time() {
    let client = Client::demo().await;
    let shipments = json(&client.get("na", "/finances/v0/financialEvents").await);
    let order = shipments["payload"]["FinancialEvents"]["ShipmentEventList"][0]["AmazonOrderId"].clone();
    let id = order.as_str().unwrap();
    let path = format!("/finances/v0/orders/{id}/financialEvents");
    let of_order = client.get("na", &path).await;
    if let Some(model) = Model::read(V0) {
        model.check("/finances/v0/orders/{orderId}/financialEvents", "get", &of_order);
        model.check(
            "/finances/v0/financialEvents",
            "get",
            &client.get("na", "/finances/v0/financialEvents").await,
        );
        let wrong = client
            .get("na", "/finances/v0/financialEvents?MaxResultsPerPage=101")
            .await;
        assert_eq!(wrong.status, 400);
        model.check("/finances/v0/financialEvents", "get", &wrong);
    }
    let events = json(&of_order)["payload"]["FinancialEvents"].clone();
    assert!(
        events["ShipmentEventList"]
            .as_array()
            .unwrap()
            .iter()
            .all(|event| event["AmazonOrderId"] == id)
    );
    let later = json(
        &client
            .get("na", "/finances/v0/financialEvents?PostedAfter=2026-11-23T00:00:00Z")
            .await,
    );
    assert_eq!(later["payload"]["FinancialEvents"], serde_json::json!({}));
}

#[tokio::test]
async fn d1_what_was_shipped_and_not_settled_is_deferred() {
    let client = Client::demo().await;
    let path = "/finances/2024-06-19/transactions";
    let query = format!("{path}?postedAfter=2026-11-01T00:00:00Z&transactionStatus=DEFERRED");
    let page = client.get("na", &query).await;
    let list = json(&page)["payload"]["transactions"].clone();
    let list = list.as_array().unwrap();
    assert!(!list.is_empty());
    let reasons: BTreeSet<String> = list
        .iter()
        .map(|one| one["contexts"][0]["deferralReason"].to_string())
        .collect();
    assert!(reasons.contains("\"DD7\""), "{reasons:?}");
    let waiting: Decimal = list
        .iter()
        .map(|one| number(&one["totalAmount"]["currencyAmount"]))
        .sum();
    let balances = client
        .get("na", "/finances/2024-06-19/balances?balanceType=DEFERRED")
        .await;
    let balance = json(&balances)["balances"][0].clone();
    assert_eq!(number(&balance["amount"]["currencyAmount"]), waiting);
    if let Some(model) = Model::read(NEW) {
        model.check(path, "get", &page);
        model.check("/finances/2024-06-19/balances", "get", &balances);
        let all = client
            .get("eu", "/finances/2024-06-19/balances?asOfDate=2026-11-20")
            .await;
        assert_eq!(all.status, 200);
        model.check("/finances/2024-06-19/balances", "get", &all);
        model.check(path, "get", &client.get("na", &format!("{query}X")).await);
    }
}

#[tokio::test]
async fn set_01_every_fortnight_after_the_beginning_brings_a_settlement_that_sums() {
    let client = Client::of(Options {
        warehouse: false,
        ..options(Company::Demo)
    })
    .await;
    let before = client.simulator.books()["amazon"]["settlements"]
        .as_array()
        .unwrap()
        .len();
    client.jump(TimeDelta::days(16));
    let books = client.simulator.books();
    let settlements = books["amazon"]["settlements"].as_array().unwrap();
    let fresh: Vec<&Value> = settlements[before..]
        .iter()
        .filter(|one| one["ready"] == true)
        .collect();
    let currencies: BTreeSet<&str> = fresh.iter().map(|one| one["currency"].as_str().unwrap()).collect();
    assert_eq!(currencies, BTreeSet::from(["EUR", "GBP", "JPY", "USD"]));
    for known in settlements
        .iter()
        .filter(|one| one["currency"] == "USD")
        .collect::<Vec<_>>()
        .windows(2)
    {
        assert_eq!(
            known[0]["end"], known[1]["start"],
            "no day is left out, none counts twice"
        );
    }
    let mut client = client;
    client.sign_in().await;
    let reports = json(
        &client
            .get(
                "na",
                "/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2",
            )
            .await,
    );
    assert_eq!(reports["reports"].as_array().unwrap().len(), 2);
}

/// Every transaction of a region, page by page, as the token asks for it.
async fn transactions(client: &Client, region: &str, query: &str) -> (Vec<Value>, usize) {
    let path = format!("/finances/2024-06-19/transactions?{query}");
    let model = Model::read(NEW);
    let (mut all, mut empty, mut next) = (Vec::new(), 0, String::new());
    loop {
        let page = client.get(region, &format!("{path}{next}")).await;
        assert_eq!(page.status, 200);
        if let Some(model) = &model {
            model.check("/finances/2024-06-19/transactions", "get", &page);
        }
        let payload = json(&page)["payload"].clone();
        let list = payload["transactions"].as_array().unwrap();
        empty += usize::from(list.is_empty());
        all.extend(list.iter().cloned());
        let Some(token) = payload["nextToken"].as_str() else {
            return (all, empty);
        };
        next = format!("&nextToken={token}");
    }
}

fn related<'a>(one: &'a Value, name: &str) -> Option<&'a str> {
    let all = one["relatedIdentifiers"].as_array()?;
    all.iter().find(|known| known["relatedIdentifierName"] == name)?["relatedIdentifierValue"].as_str()
}

#[tokio::test]
async fn set_09_the_transactions_of_a_settlement_sum_to_it_and_each_has_a_name_of_its_own() {
    let client = Client::demo().await;
    let (all, empty) = transactions(&client, "na", "postedAfter=2026-10-20T00:00:00Z").await;
    assert!(empty > 0, "a page may be empty and not be the last one");
    let ids: BTreeSet<&str> = all.iter().map(|one| one["transactionId"].as_str().unwrap()).collect();
    assert_eq!(
        ids.len(),
        all.len(),
        "units that broke in one accident are two transactions"
    );
    let of_settlement = all
        .iter()
        .filter(|one| related(one, "SETTLEMENT_ID") == Some("21846013901"));
    let sum: Decimal = of_settlement
        .map(|one| number(&one["totalAmount"]["currencyAmount"]))
        .sum();
    let books = client.simulator.books();
    let settlements = books["amazon"]["settlements"].as_array().unwrap();
    let known = settlements.iter().find(|one| one["id"] == "21846013901").unwrap();
    assert_eq!(sum, known["total"].as_str().unwrap().parse().unwrap());
}

#[tokio::test]
async fn def_01_a_shipment_tells_its_products_and_parts_that_come_to_its_total() {
    let client = Client::demo().await;
    let (all, _) = transactions(
        &client,
        "eu",
        "postedAfter=2026-11-01T00:00:00Z&transactionStatus=DEFERRED",
    )
    .await;
    assert!(!all.is_empty());
    for one in &all {
        let total = number(&one["totalAmount"]["currencyAmount"]);
        let sum = |nodes: &Value| -> Decimal {
            let nodes = nodes.as_array().unwrap().iter();
            nodes
                .map(|node| number(&node["breakdownAmount"]["currencyAmount"]))
                .sum()
        };
        assert_eq!(sum(&one["breakdowns"]), total);
        let items = one["items"].as_array().unwrap();
        assert_eq!(
            items.iter().map(|item| sum(&item["breakdowns"])).sum::<Decimal>(),
            total
        );
        assert!(items.iter().all(|item| item["contexts"][0]["sku"].is_string()));
    }
    let overdue = |one: &&Value| one["contexts"][0]["maturityDate"].as_str().unwrap() < "2026-11-23";
    assert_eq!(
        all.iter().filter(overdue).count(),
        2,
        "the demo company has two that are overdue"
    );
}

#[tokio::test]
async fn def_01_what_cannot_be_asked_is_refused_and_a_long_span_is_empty() {
    let client = Client::demo().await;
    let young = "/finances/2024-06-19/transactions?postedAfter=2026-11-01T00:00:00Z&postedBefore=2026-11-23T09:00:00Z";
    assert_eq!(
        client.get("na", young).await.status,
        400,
        "the last two minutes may not be asked for"
    );
    let (all, _) = transactions(&client, "na", "postedAfter=2026-01-01T00:00:00Z").await;
    assert!(all.is_empty());
}
