//! Settlements: those that a test tells, those that follow each other by themselves, and money that is held back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use chrono::TimeDelta;
use common::{Client, Model, json, options};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulator::world::settlement::Settlement;
use simulator::{Company, control};
use wire::Method;

const LIST: &str = "/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";
const FINANCES: &str = "/finances/2024-06-19/transactions";

fn tell(client: &Client, path: &str, body: &Value) -> (u16, Value) {
    control::answer(&client.simulator, Method::Post, path, body)
}

async fn reports(client: &Client, region: &str) -> Vec<Value> {
    let listed = client.get(region, LIST).await;
    json(&listed)["reports"].as_array().unwrap().clone()
}

/// The file of a report.
async fn file(client: &Client, region: &str, report: &Value) -> String {
    let id = report["reportDocumentId"].as_str().unwrap();
    let document = json(&client.get(region, &format!("/reports/2021-06-30/documents/{id}")).await);
    let bytes = client.download(document["url"].as_str().unwrap()).await.body;
    if document["compressionAlgorithm"] != "GZIP" {
        return String::from_utf8(bytes).unwrap();
    }
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(bytes.as_slice()), &mut text).unwrap();
    text
}

/// SET-04, SET-05, SET-61: an empty company gets the settlement that a test tells, and gets it again with other rows.
#[tokio::test]
async fn set_05_a_settlement_is_issued_as_it_was_told_and_again() {
    let client = Client::of(options(Company::Empty)).await;
    assert!(reports(&client, "na").await.is_empty());
    let order = json!({
        "id": "111-1", "marketplace": "US", "channel": "AMAZON", "status": "SHIPPED", "lines": [{ "sku": "LAMP-RED", "item": "20.00" }],
    });
    assert_eq!(tell(&client, "/orders", &order).0, 200);
    let rows = [
        "Order | 111-1 | ItemPrice | Principal | 20.00 | posted=2026-11-20",
        "other-transaction | | other-transaction | Current Reserve Amount | -6.00 | name=",
        "Order | S01-1 | ItemFees | FBAPerUnitFulfillmentFee | -3.00 | name=Non-Amazon US merchant=SHOP-7",
    ];
    let mut wanted = json!({ "id": "90001", "start": "2026-11-09", "end": "2026-11-23", "rows": rows });
    let (status, answer) = tell(&client, "/settlements", &wanted);
    assert_eq!((status, answer["total"].as_str()), (200, Some("11.00")), "{answer}");
    wanted["rows"] = json!([rows[0]]);
    wanted["total"] = json!("21.00");
    assert_eq!(tell(&client, "/settlements", &wanted).0, 200);
    let listed = reports(&client, "na").await;
    assert_eq!(listed.len(), 2);
    let mut files = Vec::new();
    for report in &listed {
        files.push(file(&client, "na", report).await);
    }
    files.sort_by_key(String::len);
    let [again, first] = files.try_into().unwrap();
    let line = |text: &str, number: usize| {
        text.lines()
            .nth(number)
            .unwrap()
            .split('\t')
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(line(&first, 1)[..1], ["90001"]);
    assert_eq!(
        (line(&first, 1)[4].as_str(), line(&again, 1)[4].as_str()),
        ("11.00", "21.00")
    );
    let sale = line(&first, 2);
    assert_eq!(
        [
            &sale[6], &sale[7], &sale[11], &sale[12], &sale[14], &sale[15], &sale[21], &sale[22]
        ],
        [
            "Order",
            "111-1",
            "Amazon.com",
            "ItemPrice",
            "20.00",
            "AFN",
            "LAMP-RED",
            "1"
        ]
    );
    assert!(
        sale[10].starts_with('D') && !sale[18].is_empty(),
        "the order's own shipment and item"
    );
    assert_eq!(line(&first, 3)[11], "");
    assert_eq!(
        (line(&first, 4)[8].as_str(), line(&first, 4)[11].as_str()),
        ("SHOP-7", "Non-Amazon US")
    );
    assert_eq!((first.lines().count(), again.lines().count()), (5, 3));
}

#[tokio::test]
async fn a_settlement_that_makes_no_sense_is_refused() {
    let client = Client::of(options(Company::Empty)).await;
    let wrong = [
        json!({ "rows": [] }),
        json!({ "id": "1", "marketplace": "XX" }),
        json!({ "id": "1", "rows": ["Order | 111-1 | ItemPrice"] }),
        json!({ "id": "1", "rows": ["Order | 111-1 | ItemPrice | Principal | much"] }),
        json!({ "id": "1", "rows": ["Order | 111-1 | ItemPrice | Principal | 1.00 | colour=red"] }),
        json!({ "id": "1", "marketplace": "JP", "rows": ["Order | 249-1 | ItemPrice | Principal | 1.50"] }),
        json!({ "id": "1", "start": "soon" }),
    ];
    for body in wrong {
        assert_eq!(tell(&client, "/settlements", &body).0, 400, "{body}");
    }
    assert!(reports(&client, "na").await.is_empty());
}

fn sums(row: &str, settlement: &Settlement) -> Decimal {
    let rows = settlement.rows.iter().filter(|one| one.description == row);
    rows.map(|one| one.amount).sum()
}

/// SET-10: reserves are given back, debts are carried, and every figure follows from what was before.
#[tokio::test]
async fn set_10_settlements_follow_each_other_with_reserves_debts_and_reversals() {
    let client = Client::demo().await;
    client.jump(TimeDelta::days(80));
    let state = client.simulator.amazon().state();
    let of = |code: &str| -> Vec<&Settlement> {
        let all = state.world.settlements.iter();
        all.filter(|one| one.market.code == code).collect()
    };
    let (us, uk) = (of("US"), of("UK"));
    assert!(us.len() >= 5 && uk.len() >= 4, "{} {}", us.len(), uk.len());
    for pair in us.windows(2) {
        let [kept, given] = [
            sums("Current Reserve Amount", pair[0]),
            sums("Previous Reserve Amount Balance", pair[1]),
        ];
        assert_eq!(kept, -given);
        assert_eq!(pair[0].end, pair[1].start);
    }
    let lost: Decimal = us.iter().map(|one| sums("WAREHOUSE_LOST", one)).sum();
    let found: Decimal = us.iter().map(|one| sums("COMPENSATED_CLAWBACK", one)).sum();
    assert!(lost > Decimal::ZERO && found < Decimal::ZERO && lost + found >= Decimal::ZERO);
    let with_shipment = us[1].rows.iter().find(|row| row.transaction == "FBAFees").unwrap();
    assert!(with_shipment.order.starts_with("FBA15") && with_shipment.marketplace.is_empty());
    assert!(us[1].rows.iter().any(|row| row.marketplace == "Non-Amazon US"));
    let mut charged = 0;
    for pair in uk.windows(2) {
        let debt = pair[0].total().min(Decimal::ZERO);
        assert_eq!(sums("Payable to Amazon", pair[1]), debt);
        let charge = sums("Successful charge", pair[1]);
        assert!(charge.is_zero() || charge == -debt);
        charged += u32::from(!charge.is_zero());
    }
    let debts = uk.iter().filter(|one| one.total().is_sign_negative()).count();
    assert!(debts >= 2 && charged >= 1, "{debts} debts, {charged} charged");
}

/// D1, DEF-01: money is in no settlement while it is held back; it is released by day, and then it is paid.
#[tokio::test]
async fn d1_money_that_is_held_back_is_released_and_only_then_settled() {
    let client = Client::demo().await;
    let deferred = async |status: &str| {
        let query = format!("{FINANCES}?postedAfter=2026-11-01T00:00:00Z&transactionStatus={status}");
        let page = client.get("na", &query).await;
        if let Some(model) = Model::read("finances-api-model/finances_2024-06-19.json") {
            model.check(FINANCES, "get", &page);
        }
        json(&page)["payload"]["transactions"].as_array().unwrap().clone()
    };
    let held = deferred("DEFERRED").await;
    let first = &held[0];
    let order = first["relatedIdentifiers"][0]["relatedIdentifierValue"]
        .as_str()
        .unwrap()
        .to_owned();
    let free = first["contexts"][0]["maturityDate"].as_str().unwrap();
    let free: chrono::DateTime<chrono::Utc> = free.parse().unwrap();
    let settled = |order: &str| {
        let state = client.simulator.amazon().state();
        let mut rows = state.world.settlements.iter().flat_map(|one| &one.rows);
        rows.any(|row| row.order == order && row.posted < free)
    };
    assert!(!settled(&order));
    client.jump(free - "2026-11-23T08:55:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    let mut client_later = client;
    client_later.sign_in().await;
    let client = client_later;
    let query = format!("{FINANCES}?relatedIdentifierName=ORDER_ID&relatedIdentifierValue={order}");
    let told = json(&client.get("na", &query).await)["payload"]["transactions"]
        .as_array()
        .unwrap()
        .clone();
    let stands = |status: &str| told.iter().find(|one| one["transactionStatus"] == status).unwrap();
    let (was, is) = (stands("DEFERRED_RELEASED"), stands("RELEASED"));
    assert_eq!(was["transactionId"], first["transactionId"]);
    let names = |one: &Value, name: &str| {
        let all = one["relatedIdentifiers"].as_array().unwrap();
        let found = all.iter().find(|known| known["relatedIdentifierName"] == name);
        found.map(|known| known["relatedIdentifierValue"].clone())
    };
    assert_eq!(names(was, "RELEASE_TRANSACTION_ID"), Some(is["transactionId"].clone()));
    assert_eq!(names(is, "DEFERRED_TRANSACTION_ID"), Some(was["transactionId"].clone()));
    let available = async |at: chrono::DateTime<chrono::Utc>| -> Decimal {
        let at = at.format("%FT%TZ");
        let query = format!("/finances/2024-06-19/balances?balanceType=AVAILABLE&asOfDate={at}");
        let balances = json(&client.get("na", &query).await);
        let amount = &balances["balances"][0]["amount"]["currencyAmount"];
        amount.to_string().parse().unwrap()
    };
    // Fees and reserve of the open period may make it negative; the release makes it more.
    let (before, after) = (
        available(free - TimeDelta::seconds(1)).await,
        available(free + TimeDelta::seconds(1)).await,
    );
    assert!(after > before, "{before} {after}");
    client.jump(TimeDelta::days(20));
    let state = client.simulator.amazon().state();
    let mut rows = state.world.settlements.iter().flat_map(|one| &one.rows);
    assert!(
        rows.any(|row| row.order == order && row.posted >= free),
        "the release is paid"
    );
}
