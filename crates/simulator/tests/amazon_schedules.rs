//! Reports that come by themselves, and the report of what Amazon shipped.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use chrono::TimeDelta;
use common::{Client, Model, json};
use serde_json::{Value, json};
use simulator::control;
use wire::Method;

const MODEL: &str = "reports-api-model/reports_2021-06-30.json";
const SCHEDULES: &str = "/reports/2021-06-30/schedules";
const ORDERS: &str = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL";
const SHIPPED: &str = "GET_AMAZON_FULFILLED_SHIPMENTS_DATA_GENERAL";
const US: &str = "ATVPDKIKX0DER";

#[tokio::test]
async fn a_schedule_requests_its_report_again_and_again() {
    let client = Client::demo().await;
    let model = Model::read(MODEL);
    let check = |template: &str, method: &str, answer: &wire::Response| {
        if let Some(model) = model.as_ref().filter(|_| !answer.body.is_empty()) {
            model.check(template, method, answer);
        }
    };
    let wanted = |period: &str| json!({ "reportType": ORDERS, "marketplaceIds": [US], "period": period });
    let wrong = client.call(Method::Post, "na", SCHEDULES, &wanted("PT7M")).await;
    assert_eq!(wrong.status, 400);
    check(SCHEDULES, "post", &wrong);
    let first = client.call(Method::Post, "na", SCHEDULES, &wanted("PT1H")).await;
    assert_eq!(first.status, 201);
    check(SCHEDULES, "post", &first);
    let second = client.call(Method::Post, "na", SCHEDULES, &wanted("PT15M")).await;
    let id = json(&second)["reportScheduleId"].as_str().unwrap().to_owned();
    let all = client.get("na", &format!("{SCHEDULES}?reportTypes={ORDERS}")).await;
    check(SCHEDULES, "get", &all);
    let list = json(&all)["reportSchedules"].clone();
    assert_eq!(
        list.as_array().unwrap().len(),
        1,
        "a new schedule takes the place of the old"
    );
    assert_eq!(list[0]["period"], "PT15M");
    client.jump(TimeDelta::minutes(31));
    let reports = json(
        &client
            .get("na", &format!("/reports/2021-06-30/reports?reportTypes={ORDERS}"))
            .await,
    );
    assert_eq!(reports["reports"].as_array().unwrap().len(), 2);
    let path = format!("{SCHEDULES}/{id}");
    let template = "/reports/2021-06-30/schedules/{reportScheduleId}";
    let one = client.get("na", &path).await;
    check(template, "get", &one);
    assert_eq!(json(&one)["nextReportCreationTime"], "2026-11-23T09:45:00Z");
    let gone = client.call(Method::Delete, "na", &path, &Value::Null).await;
    assert_eq!(gone.status, 200);
    assert_eq!(client.get("na", &path).await.status, 404);
}

#[tokio::test]
async fn ord_06_the_report_of_shipments_has_a_row_for_each() {
    let client = Client::demo().await;
    let order = json!({ "channel": "AMAZON", "lines": [{ "sku": "LAMP-RED", "quantity": 3 }] });
    let placed = control::answer(&client.simulator, Method::Post, "/orders", &order).1;
    let id = placed["order_id"].as_str().unwrap();
    for units in [1, 2] {
        client.jump(TimeDelta::minutes(10));
        let part = json!({ "ship": { "lines": [["LAMP-RED", units]] } });
        assert_eq!(
            control::answer(&client.simulator, Method::Post, &format!("/orders/{id}"), &part).0,
            200
        );
    }
    client.jump(TimeDelta::minutes(1));
    let asked = json!({
        "reportType": SHIPPED, "marketplaceIds": [US], "dataStartTime": "2026-10-25T00:00:00Z", "dataEndTime": "2026-11-23T10:00:00Z",
    });
    let made = client
        .call(Method::Post, "na", "/reports/2021-06-30/reports", &asked)
        .await;
    assert_eq!(made.status, 202, "{}", json(&made));
    client.jump(TimeDelta::seconds(5));
    let path = format!(
        "/reports/2021-06-30/reports/{}",
        json(&made)["reportId"].as_str().unwrap()
    );
    let document = json(&client.get("na", &path).await)["reportDocumentId"]
        .as_str()
        .unwrap()
        .to_owned();
    let place = json(
        &client
            .get("na", &format!("/reports/2021-06-30/documents/{document}"))
            .await,
    );
    let answer = client.download(place["url"].as_str().unwrap()).await;
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(answer.body.as_slice()), &mut text).unwrap();
    let titles: Vec<&str> = text.lines().next().unwrap().split('\t').collect();
    if let Some(columns) = common::reference("derived/report-columns.json") {
        let known = columns["reports"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["reportType"] == SHIPPED)
            .unwrap();
        assert_eq!(json!(titles), known["columns"]);
    }
    let column = |name: &str| titles.iter().position(|title| *title == name).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split('\t').collect())
        .filter(|cells: &Vec<&str>| cells[0] == id)
        .collect();
    assert_eq!(rows.len(), 2);
    let cells = |row: usize, name: &str| rows[row][column(name)];
    assert_eq!((cells(0, "quantity-shipped"), cells(1, "quantity-shipped")), ("1", "2"));
    assert_eq!((cells(0, "item-price"), cells(1, "item-price")), ("54.00", "108.00"));
    assert_ne!(cells(0, "shipment-id"), cells(1, "shipment-id"));
    assert_eq!(cells(1, "shipment-date"), "2026-11-23T09:20:00Z");
    assert!(text.lines().count() > 20, "the story's own shipments are there too");
}
