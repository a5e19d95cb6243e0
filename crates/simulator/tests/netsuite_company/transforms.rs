//! Orders becoming fulfilments and bills, kits, and Advanced Shipping.

use serde_json::{Value, json};
use simulator::netsuite::NetSuiteOptions;
use wire::Method;

use crate::bench::{Company, amount, order};
use crate::trial::{LAMP, SET, WAREHOUSE};

fn ship(lines: Value) -> Value {
    json!({ "externalId": "AZN-IF-1", "inventoryLocation": { "id": WAREHOUSE.to_string() }, "tranDate": "2026-11-21",
        "shipStatus": { "id": "C" }, "item": { "items": lines },
        "package": { "items": [{ "packageWeight": amount("1.2"), "packageTrackingNumber": "1Z999AA10123456784" }] } })
}

#[tokio::test]
async fn an_order_is_fulfilled_in_parts_then_billed_then_done() {
    let company = Company::open().await;
    let order = company.order("1").await;
    let status = async || {
        company.read(&format!("salesOrder/{order}")).await["status"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let transform = |target: &str| format!("salesOrder/{order}/!transform/{target}");

    let nowhere = company
        .refused(Method::Post, &transform("itemFulfillment"), json!({}))
        .await;
    assert!(nowhere.2.contains("inventoryLocation"));
    let early = company.refused(Method::Post, &transform("invoice"), json!({})).await;
    assert!(early.2.contains("fulfilled"), "{}", early.2);
    let too_many = company
        .refused(
            Method::Post,
            &transform("itemFulfillment"),
            ship(json!([{ "orderLine": 1, "quantity": 3 }])),
        )
        .await;
    assert!(too_many.2.contains("more than the open quantity"));

    let first = company
        .made(
            &transform("itemFulfillment"),
            ship(json!([{ "orderLine": 1, "quantity": 1, "itemReceive": true }])),
        )
        .await;
    assert_eq!(status().await, "E");
    let mut rest = ship(json!([]));
    rest["externalId"] = json!("AZN-IF-2");
    company.made(&transform("itemFulfillment"), rest.clone()).await;
    assert_eq!(status().await, "F");
    rest["externalId"] = json!("AZN-IF-3");
    assert_eq!(
        company
            .refused(Method::Post, &transform("itemFulfillment"), rest)
            .await
            .0,
        400,
        "nothing is open"
    );

    let lines = company.query("SELECT previousdoc, previousline, quantity FROM previoustransactionlinelink WHERE nextdoc = ? AND linktype = 'ShipRcpt'", &[&first]).await;
    assert_eq!(
        (lines[0]["previousdoc"].as_str(), lines[0]["quantity"].as_str()),
        (Some(order.as_str()), Some("1"))
    );
    let parcels = "SELECT packagetrackingnumber, packageweight FROM itemfulfillmentpackage WHERE itemfulfillment = ?";
    let parcel = company.query(parcels, &[&first]).await;
    assert_eq!(parcel[0]["packagetrackingnumber"], "1Z999AA10123456784");
    assert_eq!(parcel[0]["packageweight"], "1.2");
    let read = company.read(&format!("salesOrder/{order}")).await;
    assert_eq!(read["linkedTrackingNumbers"], "1Z999AA10123456784 1Z999AA10123456784");

    let bill = company
        .made(
            &transform("invoice"),
            json!({ "externalId": "AZN-BIV-1", "tranDate": "2026-11-22" }),
        )
        .await;
    assert_eq!(status().await, "G");
    let invoice = company.read(&format!("invoice/{bill}")).await;
    assert_eq!(
        (invoice["total"].to_string(), invoice["createdFrom"]["id"].as_str()),
        ("43.28".to_owned(), Some(order.as_str()))
    );
    assert_eq!(
        company
            .value(
                "SELECT quantityonhand FROM inventoryitemlocations WHERE item = ?",
                &[&LAMP.to_string()]
            )
            .await,
        "5",
        "bills of orders move no stock"
    );
    assert!(
        company
            .refused(Method::Delete, &format!("salesOrder/{order}"), Value::Null)
            .await
            .2
            .contains("dependent")
    );
    assert!(
        company
            .refused(Method::Post, &transform("invoice"), json!({}))
            .await
            .2
            .contains("no open lines")
    );
}

#[tokio::test]
async fn bil_04_what_was_shipped_can_be_billed_alone() {
    let company = Company::open().await;
    let order = company.order("2").await;
    company
        .made(
            &format!("salesOrder/{order}/!transform/itemFulfillment"),
            ship(json!([{ "orderLine": 1, "quantity": 1 }])),
        )
        .await;
    let bill = company
        .made(&format!("salesOrder/{order}/!transform/invoice"), json!({}))
        .await;
    assert_eq!(
        company.read(&format!("invoice/{bill}")).await["total"].to_string(),
        "23.29"
    );
    assert_eq!(company.read(&format!("salesOrder/{order}")).await["status"]["id"], "D");
}

#[tokio::test]
async fn the_form_of_the_order_decides_between_invoice_and_cash_sale() {
    let company = Company::open().await;
    let mut body = order("3");
    body["customForm"] = json!({ "id": "69" });
    let order = company.made("salesOrder", body).await;
    company
        .made(
            &format!("salesOrder/{order}/!transform/itemFulfillment"),
            ship(json!([])),
        )
        .await;
    assert!(
        company
            .refused(
                Method::Post,
                &format!("salesOrder/{order}/!transform/invoice"),
                json!({})
            )
            .await
            .2
            .contains("form")
    );
    let sale = company
        .made(&format!("salesOrder/{order}/!transform/cashSale"), json!({}))
        .await;
    assert_eq!(
        company.read(&format!("cashSale/{sale}")).await["status"]["refName"],
        "Not Deposited"
    );
}

#[tokio::test]
async fn without_advanced_shipping_the_fulfilment_is_also_the_bill() {
    let options = NetSuiteOptions {
        features: vec![("ADVANCEDSHIPPING".to_owned(), false)],
        ..NetSuiteOptions::default()
    };
    let company = Company::with(options).await;
    let order = company.order("4").await;
    company
        .made(
            &format!("salesOrder/{order}/!transform/itemFulfillment"),
            ship(json!([])),
        )
        .await;
    assert_eq!(
        company.read(&format!("salesOrder/{order}")).await["status"]["refName"],
        "Billed"
    );
    assert_eq!(
        company
            .value(
                "SELECT COUNT(*) AS n FROM transactionline WHERE createdfrom = ? AND mainline = 'T'",
                &[&order]
            )
            .await,
        "2"
    );
}

#[tokio::test]
async fn a_kit_ships_its_members() {
    let company = Company::open().await;
    let mut body = order("5");
    body["item"] =
        json!({ "items": [{ "item": { "id": SET.to_string() }, "quantity": 2, "price": { "id": "-1" }, "rate": 40 }] });
    let order = company.made("salesOrder", body).await;
    let shipped = company
        .made(
            &format!("salesOrder/{order}/!transform/itemFulfillment"),
            ship(json!([])),
        )
        .await;
    let read = company
        .read(&format!("itemFulfillment/{shipped}?expandSubResources=true"))
        .await;
    let members: Vec<(i64, String)> = read["item"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line.get("kitMemberOf").is_some())
        .map(|line| (line["kitMemberOf"].as_i64().unwrap(), line["quantity"].to_string()))
        .collect();
    assert_eq!(members, [(1, "2".to_owned()), (1, "4".to_owned())]);
    assert_eq!(
        company
            .value(
                "SELECT quantityonhand FROM inventoryitemlocations WHERE item = 502",
                &[]
            )
            .await,
        "1"
    );
}

#[tokio::test]
async fn pending_orders_wait_and_fulfilments_need_an_order() {
    let company = Company::open().await;
    let mut body = order("6");
    body["orderStatus"] = json!({ "id": "A" });
    let order = company.made("salesOrder", body).await;
    assert_eq!(
        company
            .refused(
                Method::Post,
                &format!("salesOrder/{order}/!transform/itemFulfillment"),
                ship(json!([]))
            )
            .await
            .0,
        400
    );
    let loose = json!({ "entity": { "id": "88" }, "inventoryLocation": { "id": "6" } });
    assert!(
        company
            .refused(Method::Post, "itemFulfillment", loose)
            .await
            .2
            .contains("created from")
    );
    assert!(
        company
            .refused(
                Method::Post,
                &format!("salesOrder/{order}/!transform/journalEntry"),
                json!({})
            )
            .await
            .2
            .contains("cannot be transformed")
    );
}

#[tokio::test]
async fn a_transform_can_be_looked_at_without_saving() {
    let company = Company::open().await;
    let order = company.order("7").await;
    company
        .made(
            &format!("salesOrder/{order}/!transform/itemFulfillment"),
            ship(json!([])),
        )
        .await;
    let mut message = company.message(
        Method::Post,
        &format!("record/v1/salesOrder/{order}/!transform/invoice"),
        &json!({}),
    );
    message.headers.push((
        "accept".to_owned(),
        "application/vnd.oracle.resource+json; type=create-form".to_owned(),
    ));
    let answer = company.account.answer(&message).await.unwrap();
    assert_eq!(
        (answer.status, crate::bench::body(&answer)["total"].to_string()),
        (200, "43.28".to_owned())
    );
    assert_eq!(company.read(&format!("salesOrder/{order}")).await["status"]["id"], "F");
}
