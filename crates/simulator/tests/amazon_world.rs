//! The demo company: the same seed tells the same story, and the settlements add up.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeMap;

use common::{Client, all_orders, json, options};
use rust_decimal::Decimal;
use serde_json::Value;
use simulator::books::TransactionKind;
use simulator::world::World;
use simulator::world::order::Channel;
use simulator::world::settlement::Settlement;
use simulator::{Company, Options};

const SETTLEMENTS: &str = "/reports/2021-06-30/reports?reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2";

/// All settlement files of a region, decoded, by settlement id.
async fn files(client: &Client, region: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for report in json(&client.get(region, SETTLEMENTS).await)["reports"]
        .as_array()
        .unwrap()
    {
        let id = report["reportDocumentId"].as_str().unwrap();
        let document = json(&client.get(region, &format!("/reports/2021-06-30/documents/{id}")).await);
        let file = client.download(document["url"].as_str().unwrap()).await;
        assert_eq!(file.status, 200);
        let bytes = if document["compressionAlgorithm"] == "GZIP" {
            let mut plain = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(file.body.as_slice()), &mut plain).unwrap();
            plain
        } else {
            file.body.clone()
        };
        let encoding = match file.header("content-type").unwrap() {
            kind if kind.contains("Cp1252") => encoding_rs::WINDOWS_1252,
            kind if kind.contains("Shift_JIS") => encoding_rs::SHIFT_JIS,
            _ => encoding_rs::UTF_8,
        };
        let text = encoding.decode(&bytes).0.into_owned();
        let id = text.lines().nth(1).unwrap().split('\t').next().unwrap().to_owned();
        files.insert(id, text);
    }
    files
}

fn number(text: &str) -> Decimal {
    text.replace(',', ".").parse().unwrap()
}

#[tokio::test]
async fn set_09_every_settlement_sums_to_its_total() {
    let client = Client::demo().await;
    let mut seen = 0;
    for region in ["na", "eu", "fe"] {
        for text in files(&client, region).await.values() {
            let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
            assert!(rows.iter().all(|row| row.len() == 24));
            let sum: Decimal = rows[2..].iter().map(|row| number(row[14])).sum();
            assert_eq!(sum, number(rows[1][4]));
            assert!(rows.len() > 60, "only {} rows", rows.len());
            seen += 1;
        }
    }
    assert_eq!(seen, 3);
}

#[tokio::test]
async fn set_07_two_rows_may_be_the_same_in_every_cell() {
    let client = Client::demo().await;
    let files = files(&client, "na").await;
    let text = files.values().next().unwrap();
    let damaged: Vec<&str> = text.lines().filter(|line| line.contains("WAREHOUSE_DAMAGE")).collect();
    assert_eq!(damaged.len(), 2);
    assert_eq!(damaged[0], damaged[1]);
}

#[tokio::test]
async fn set_02_one_settlement_stands_under_two_report_ids() {
    let client = Client::demo().await;
    let listed = json(&client.get("eu", SETTLEMENTS).await);
    assert_eq!(listed["reports"].as_array().unwrap().len(), 2);
    assert_eq!(files(&client, "eu").await.len(), 1);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_answers() {
    let (one, two) = (Client::demo().await, Client::demo().await);
    for region in ["na", "eu", "fe"] {
        assert_eq!(all_orders(&one, region).await, all_orders(&two, region).await);
        assert_eq!(files(&one, region).await, files(&two, region).await);
    }
    assert_eq!(one.simulator.opening_books(), two.simulator.opening_books());
    let mut other = options(Company::Demo);
    other.seed = 8;
    assert_ne!(
        all_orders(&Client::of(other).await, "na").await,
        all_orders(&one, "na").await
    );
}

#[tokio::test]
async fn the_demo_company_has_about_400_orders_in_four_marketplaces() {
    let client = Client::demo().await;
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for region in ["na", "eu", "fe"] {
        for order in all_orders(&client, region).await {
            *count
                .entry(order["salesChannel"]["marketplaceName"].as_str().unwrap().to_owned())
                .or_default() += 1;
            *statuses
                .entry(order["fulfillment"]["fulfillmentStatus"].as_str().unwrap().to_owned())
                .or_default() += 1;
        }
    }
    let total: usize = count.values().sum();
    println!("{count:?} {statuses:?}");
    assert!((395..=425).contains(&total), "{total}");
    assert_eq!(count["Non-Amazon"], 2);
    assert!(
        ["Amazon.com", "Amazon.co.uk", "Amazon.de", "Amazon.co.jp"]
            .iter()
            .all(|name| count[*name] > 30)
    );
    assert!(
        ["PENDING", "UNSHIPPED", "SHIPPED", "CANCELLED", "PARTIALLY_SHIPPED"]
            .iter()
            .all(|status| statuses[*status] > 0)
    );
}

#[tokio::test]
async fn itm_05_eleven_german_orders_have_a_sku_that_netsuite_does_not_know() {
    let client = Client::demo().await;
    let unknown = |order: &Value| {
        order["orderItems"]
            .as_array()
            .unwrap()
            .iter()
            .any(|item| item["product"]["sellerSku"] == "LAMP-RED-EU")
    };
    let orders = all_orders(&client, "eu").await;
    assert_eq!(orders.iter().filter(|order| unknown(order)).count(), 11);
    let books = client.simulator.opening_books();
    assert!(books.items.iter().any(|item| item.name == "LAMP-RED"));
    assert!(books.items.iter().all(|item| item.name != "LAMP-RED-EU"));
}

#[tokio::test]
async fn o14_later_days_bring_new_orders_and_changes() {
    let client = Client::demo().await;
    let before = all_orders(&client, "na").await.len();
    client.jump(chrono::TimeDelta::days(2));
    let mut client = client;
    client.sign_in().await;
    assert!(all_orders(&client, "na").await.len() > before);
}

/// What buyers paid or got back per order, by the rows of a settlement.
fn by_order(text: &str) -> BTreeMap<String, (Decimal, Decimal)> {
    let mut sums: BTreeMap<String, (Decimal, Decimal)> = BTreeMap::new();
    for row in text.lines().skip(2).map(|line| line.split('\t').collect::<Vec<_>>()) {
        if ["ItemPrice", "Promotion", "ItemWithheldTax"].contains(&row[12]) {
            let sum = sums.entry(row[7].to_owned()).or_default();
            match row[6] {
                "Order" => sum.0 += number(row[14]),
                _ => sum.1 += number(row[14]),
            }
        }
    }
    sums
}

/// What NetSuite can have for an order: the clerk's invoice, or the invoice that the product makes of an FBA order.
fn in_netsuite(client: &Client, id: &str) -> Decimal {
    let books = client.simulator.opening_books();
    let made = books
        .transactions
        .iter()
        .find(|one| one.kind == TransactionKind::Invoice && one.other_ref_num.as_deref() == Some(id));
    if let Some(invoice) = made {
        return invoice.lines.iter().map(|line| line.amount).sum();
    }
    let amazon = simulator::control::amazon_books(&client.simulator);
    let order = amazon["orders"]
        .as_array()
        .unwrap()
        .iter()
        .find(|order| order["order_id"] == id)
        .unwrap()
        .clone();
    if order["channel"] == "AFN" && order["status"] == "SHIPPED" {
        order["for_the_books"].as_str().unwrap().parse().unwrap()
    } else {
        Decimal::ZERO
    }
}

#[tokio::test]
async fn set_56_the_american_settlement_matches_and_the_german_one_differs_by_12_40() {
    let client = Client::demo().await;
    for (region, differences) in [("na", vec![]), ("eu", vec!["32.40", "-24.90", "4.90"]), ("fe", vec![])] {
        let mut found: Vec<Decimal> = Vec::new();
        for text in files(&client, region).await.values() {
            for (id, (paid, refunded)) in by_order(text) {
                let invoiced = in_netsuite(&client, &id);
                if !paid.is_zero() && paid != invoiced {
                    found.push(paid - invoiced);
                }
                if !refunded.is_zero() && invoiced.is_zero() {
                    found.push(refunded);
                }
                assert!(invoiced.is_zero() || -refunded <= invoiced, "{id}");
            }
        }
        found.sort();
        let mut expected: Vec<Decimal> = differences.iter().map(|text| text.parse().unwrap()).collect();
        expected.sort();
        assert_eq!(found, expected, "{region}");
    }
    assert_eq!(
        "32.40".parse::<Decimal>().unwrap() - "24.90".parse::<Decimal>().unwrap() + "4.90".parse::<Decimal>().unwrap(),
        "12.40".parse().unwrap()
    );
}

#[tokio::test]
async fn set_12_the_japanese_settlement_has_rows_of_unknown_kinds() {
    let client = Client::demo().await;
    let files = files(&client, "fe").await;
    let text = files.values().next().unwrap();
    let unknown = text
        .lines()
        .filter(|line| line.contains("Seasonal Showcase") || line.contains("Eco Packaging"))
        .count();
    assert_eq!(unknown, 3);
    assert!(text.contains("春のセール"), "the file holds Japanese text");
}

#[tokio::test]
async fn p1_the_large_company_has_the_orders_asked_for_and_all_are_plain() {
    let mut large = options(Company::Large);
    large.orders = Some(350);
    let client = Client::of(large).await;
    let orders = all_orders(&client, "na").await;
    assert_eq!(orders.len(), 350);
    let books = client.simulator.opening_books();
    for order in &orders {
        let pair = (
            order["fulfillment"]["fulfilledBy"].as_str().unwrap(),
            order["fulfillment"]["fulfillmentStatus"].as_str().unwrap(),
        );
        assert!(
            [("MERCHANT", "UNSHIPPED"), ("AMAZON", "SHIPPED")].contains(&pair),
            "{pair:?}"
        );
        for item in order["orderItems"].as_array().unwrap() {
            assert!(
                books
                    .items
                    .iter()
                    .any(|known| item["product"]["sellerSku"] == known.name)
            );
        }
    }
    assert_eq!(
        all_orders(&Client::of(options(Company::Empty)).await, "na").await.len(),
        0
    );
}

/// What a settlement's orders come to beyond what NetSuite has, or will have once FBA orders are imported.
fn beyond_the_books(world: &World, settlement: &Settlement) -> Decimal {
    let mut sums: BTreeMap<(&str, bool), Decimal> = BTreeMap::new();
    for row in settlement
        .rows
        .iter()
        .filter(|row| ["ItemPrice", "Promotion", "ItemWithheldTax"].contains(&row.kind.as_str()))
    {
        *sums.entry((&row.order, row.transaction == "Order")).or_default() += row.amount;
    }
    let of = |((id, sold), amount): ((&str, bool), Decimal)| {
        let made = world
            .books
            .transactions
            .iter()
            .find(|one| one.kind == TransactionKind::Invoice && one.other_ref_num.as_deref() == Some(id));
        let order = world.order(id).unwrap();
        let invoiced = match made {
            Some(invoice) => invoice.lines.iter().map(|line| line.amount).sum(),
            None if order.channel == Channel::Amazon => order.for_the_books(),
            None => Decimal::ZERO,
        };
        match (sold, invoiced.is_zero()) {
            (true, _) => amount - invoiced,
            (false, true) => amount,
            (false, false) => Decimal::ZERO,
        }
    };
    sums.into_iter().map(of).sum()
}

#[test]
fn set_56_every_seed_and_day_gives_a_perfect_settlement_and_one_that_differs_by_12_40() {
    for seed in 0..40 {
        let epoch = "2026-01-07T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap()
            + chrono::TimeDelta::days(i64::try_from(seed).unwrap() * 9);
        let world = World::open(
            &Options {
                seed,
                ..options(Company::Demo)
            },
            epoch,
        );
        let beyond: Vec<String> = world
            .settlements
            .iter()
            .map(|one| beyond_the_books(&world, one).normalize().to_string())
            .collect();
        assert_eq!(beyond, ["0", "12.4", "0"], "seed {seed}");
        assert!(
            world.settlements.iter().all(|one| one.total() > Decimal::ZERO),
            "seed {seed}"
        );
        let unknown = world
            .orders()
            .iter()
            .filter(|order| order.lines.iter().any(|line| line.sku == "LAMP-RED-EU"))
            .count();
        assert_eq!(unknown, 11);
    }
}
