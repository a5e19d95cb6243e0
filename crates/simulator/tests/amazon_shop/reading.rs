//! Searches, reports and Amazon's own stock.

use chrono::TimeDelta;
use serde_json::{Value, json};
use wire::Method;

use crate::bench::{DE, JP, UK, US, call, done, later, listing, patch, path, price, quantity, region, shop};
use crate::common::{Client, json, options};
use simulator::{Company, Options};

async fn search(client: &Client, market: &str, more: &str) -> Value {
    let base = path(client, "");
    let path = format!("{}?marketplaceIds={market}{more}", base.trim_end_matches('/'));
    json(&call(client, Method::Get, market, &path, &Value::Null).await)
}

fn skus(found: &Value) -> Vec<&str> {
    let items = found["items"].as_array().unwrap();
    items.iter().map(|item| item["sku"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn prd_08_listings_are_found_by_sku_asin_label_and_number() {
    let client = shop().await;
    let two = search(
        &client,
        DE,
        "&identifiersType=SKU&identifiers=LAMP-RED,BULB-E27-WARM,NO-SUCH&includedData=summaries",
    )
    .await;
    assert_eq!((two["numberOfResults"].as_i64(), skus(&two).len()), (Some(2), 2));
    let one = search(
        &client,
        DE,
        "&identifiersType=ASIN&identifiers=B0ATL00055&sortBy=sku&sortOrder=ASC",
    )
    .await;
    assert_eq!(
        skus(&one),
        ["CANDLE-FIG-220", "CANDLE-FIG-220-FBA"],
        "two offers of one product"
    );
    let label = listing(&client, DE, "CANDLE-FIG-220-FBA").await["summaries"][0]["fnSku"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        skus(&search(&client, DE, &format!("&identifiersType=FNSKU&identifiers={label}")).await),
        ["CANDLE-FIG-220-FBA"]
    );
    assert_eq!(
        skus(&search(&client, DE, "&identifiersType=EAN&identifiers=3760000001014").await),
        ["LAMP-RED"]
    );
    let strange = search(
        &client,
        US,
        "&identifiersType=SKU&identifiers=SHADE%2FSILK%2025%20CM,CANDLE%20100%25%20BEESWAX",
    )
    .await;
    assert_eq!(strange["numberOfResults"], 2);
    let many = (0..21).map(|number| format!("S{number}")).collect::<Vec<_>>().join(",");
    assert!(search(&client, DE, &format!("&identifiersType=SKU&identifiers={many}")).await["errors"].is_array());
    assert!(search(&client, DE, "&identifiers=LAMP-RED").await["errors"].is_array());
    let both = search(
        &client,
        &format!("{DE},{UK}"),
        "&identifiersType=SKU&identifiers=LAMP-RED",
    )
    .await;
    assert_eq!(both["items"][0]["summaries"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn prd_08_changed_listings_come_first_and_pages_lead_on() {
    let client = shop().await;
    let all = search(&client, US, "&pageSize=20").await;
    assert_eq!((all["numberOfResults"].as_i64(), skus(&all).len()), (Some(22), 20));
    let token = all["pagination"]["nextToken"].as_str().unwrap();
    let rest = search(&client, US, &format!("&pageSize=20&pageToken={token}")).await;
    assert_eq!(
        (skus(&rest).len(), rest["pagination"]["previousToken"].is_string()),
        (2, true)
    );
    assert!(rest["pagination"]["nextToken"].is_null());
    assert!(search(&client, US, "&pageToken=nonsense").await["errors"].is_array());
    patch(&client, US, "TEALIGHT-12", price(US, "USD", "3.60")).await;
    later(&client);
    assert_eq!(skus(&search(&client, US, "&pageSize=1").await), ["TEALIGHT-12"]);
    let since = search(&client, US, "&lastUpdatedAfter=2026-11-23T00:00:00Z").await;
    assert_eq!(skus(&since), ["TEALIGHT-12"]);
    patch(&client, US, "TEALIGHT-12", quantity(0)).await;
    later(&client);
    assert_eq!(
        skus(&search(&client, US, "&withoutStatus=BUYABLE").await),
        ["TEALIGHT-12"]
    );
    assert_eq!(search(&client, US, "&withStatus=BUYABLE").await["numberOfResults"], 21);
    assert_eq!(
        search(&client, US, "&withIssueSeverity=ERROR").await["numberOfResults"],
        0
    );
}

#[tokio::test]
async fn prd_08_no_more_than_a_thousand_listings_can_be_paged_through() {
    let client = Client::of(Options {
        plain_items: 1_200,
        ..options(Company::Empty)
    })
    .await;
    let last = search(&client, US, "&pageSize=20&pageToken=page-980").await;
    assert_eq!((last["numberOfResults"].as_i64(), skus(&last).len()), (Some(1_222), 20));
    assert!(last["pagination"]["nextToken"].is_null());
    assert!(search(&client, US, "&pageToken=page-1000").await["errors"].is_array());
}

async fn report(client: &Client, market: &str) -> String {
    let path = "/reports/2021-06-30/reports";
    let body = json!({ "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [market] });
    let made = json(&call(client, Method::Post, market, path, &body).await);
    client.jump(TimeDelta::seconds(10));
    let id = made["reportId"].as_str().unwrap();
    let told = json(&call(client, Method::Get, market, &format!("{path}/{id}"), &Value::Null).await);
    let document = told["reportDocumentId"].as_str().unwrap();
    let place = json(
        &client
            .get(region(market), &format!("/reports/2021-06-30/documents/{document}"))
            .await,
    );
    let bytes = client.download(place["url"].as_str().unwrap()).await.body;
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn prd_08_the_report_follows_what_is_live() {
    let client = shop().await;
    patch(&client, US, "LAMP-RED", price(US, "USD", "51.25")).await;
    patch(&client, US, "LAMP-RED", quantity(0)).await;
    later(&client);
    let text = report(&client, US).await;
    let mut lines = text.lines();
    let titles: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    let cell = |sku: &str, column: &str| {
        let place = |name: &str| titles.iter().position(|title| *title == name).unwrap();
        let row = rows.iter().find(|row| row[place("seller-sku")] == sku).unwrap();
        row[place(column)].to_owned()
    };
    assert_eq!(rows.len(), 22);
    assert_eq!(
        (cell("LAMP-RED", "price"), cell("LAMP-RED", "quantity")),
        ("51.25".to_owned(), "0".to_owned())
    );
    assert_eq!(cell("LAMP-RED", "status"), "Inactive");
    assert_eq!(cell("CANDLE-FIG-220-FBA", "fulfillment-channel"), "AMAZON_NA");
    assert_eq!(cell("CANDLE-FIG-220-FBA", "quantity"), "");
    assert_eq!(cell("SHADE/SILK 25 CM", "status"), "Active");
}

#[tokio::test]
async fn amazon_tells_what_it_keeps_for_the_seller() {
    let client = shop().await;
    let path = |more: &str| {
        format!(
            "/fba/inventory/v1/summaries?details=true&granularityType=Marketplace&granularityId={JP}&marketplaceIds={JP}{more}"
        )
    };
    let ask = async |more: &str| json(&call(&client, Method::Get, JP, &path(more), &Value::Null).await);
    let told = ask("").await;
    let one = &told["payload"]["inventorySummaries"][0];
    assert_eq!(
        (&one["sellerSku"], &one["asin"]),
        (&json!("CANDLE-FIG-220-FBA"), &json!("B0ATL00055"))
    );
    assert_eq!(
        (&one["inventoryDetails"]["fulfillableQuantity"], &one["totalQuantity"]),
        (&json!(120), &json!(178))
    );
    assert_eq!(
        ask("&sellerSkus=LAMP-RED").await["payload"]["inventorySummaries"],
        json!([])
    );
    assert_eq!(
        ask("&startDateTime=2026-11-23T09:00:00Z").await["payload"]["inventorySummaries"],
        json!([])
    );
    done(
        &client,
        "CANDLE-FIG-220-FBA",
        "JP",
        json!({ "fba": { "fulfillable": 3 } }),
    );
    let changed = ask("&startDateTime=2026-11-23T09:00:00Z").await;
    assert_eq!(
        changed["payload"]["inventorySummaries"][0]["inventoryDetails"]["fulfillableQuantity"],
        3
    );
    assert!(
        ask("&nextToken=50.1").await["errors"].is_array(),
        "a token lives thirty seconds"
    );
}
