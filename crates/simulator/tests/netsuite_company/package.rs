//! The record types of the setup package: unknown until it is installed, then records like others (netsuite.md §6.1, §11).

use serde_json::{Value, json};
use wire::{Method, Response};

use crate::bench::{Company, amount, refusal};

const SETTLEMENT: &str = "customrecord_azn_settlement";
const LINE: &str = "customrecord_azn_settlement_line";

fn settlement() -> Value {
    json!({
        "externalId": "AZN-STL-900", "name": "Amazon settlement 900", "custrecord_azn_stl_id": "900",
        "custrecord_azn_stl_start": "2026-11-01", "custrecord_azn_stl_deposit": amount("10.005"),
    })
}

fn line(parent: &str) -> Value {
    json!({
        "externalId": "AZN-STL-900-000017", "name": "Order 113-1",
        "custrecord_azn_sl_settlement": { "id": parent }, "custrecord_azn_sl_amount": amount("-3.15"),
    })
}

async fn delete(company: &Company, path: &str) -> Response {
    company
        .send(Method::Delete, &format!("record/v1/{path}"), Value::Null)
        .await
}

async fn installed() -> Company {
    let company = Company::open().await;
    assert!(company.account.set_package(true));
    company
}

#[tokio::test]
async fn set_22_without_the_package_the_types_do_not_exist() {
    let company = Company::open().await;
    let (status, code, words) = company.refused(Method::Post, SETTLEMENT, settlement()).await;
    assert_eq!((status, code.as_str()), (404, "NONEXISTENT_RECORD_TYPE"));
    assert_eq!(words, "Record type 'customrecord_azn_settlement' does not exist.");
    let query = json!({ "q": format!("SELECT COUNT(*) AS counted FROM {SETTLEMENT}"), "params": [] });
    let (status, code, words) = refusal(&company.send(Method::Post, "query/v1/suiteql", query).await);
    assert_eq!((status, code.as_str()), (400, "INVALID_PARAMETER"));
    assert!(
        words.ends_with("Record 'customrecord_azn_settlement' was not found."),
        "{words}"
    );
    assert!(company.account.set_package(true) && company.account.set_package(false));
    assert_eq!(company.refused(Method::Post, SETTLEMENT, settlement()).await.0, 404);
}

#[tokio::test]
async fn set_22_records_are_made_read_changed_and_queried() {
    let company = installed().await;
    let parent = company.made(SETTLEMENT, settlement()).await;
    let below = company.made(LINE, line(&parent)).await;
    let read = company.read(&format!("{SETTLEMENT}/eid:AZN-STL-900")).await;
    assert_eq!(
        read["custrecord_azn_stl_deposit"].to_string(),
        "10.01",
        "a currency field keeps cents"
    );
    assert_eq!(read["refName"], "Amazon settlement 900");
    let read = company.read(&format!("{LINE}/{below}")).await;
    assert_eq!(read["custrecord_azn_sl_settlement"]["id"], json!(parent));

    let (_, _, words) = company.refused(Method::Post, SETTLEMENT, settlement()).await;
    assert!(words.ends_with("This record already exists."), "{words}");

    let path = format!("record/v1/{LINE}/{below}");
    let change = json!({ "custrecord_azn_sl_state": "Applied" });
    assert_eq!(company.send(Method::Patch, &path, change).await.status, 204);
    let rows = company
        .query(
            "SELECT r.externalid, r.custrecord_azn_sl_amount, r.custrecord_azn_sl_state FROM \
             customrecord_azn_settlement_line r WHERE r.custrecord_azn_sl_settlement IN (?)",
            &[&parent],
        )
        .await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["custrecord_azn_sl_amount"], "-3.15");
    assert_eq!(rows[0]["custrecord_azn_sl_state"], "Applied");
    let day = "SELECT TO_CHAR(r.custrecord_azn_stl_start, 'YYYY-MM-DD') AS day FROM customrecord_azn_settlement r";
    assert_eq!(company.value(day, &[]).await, "2026-11-01");
}

/// What the company knows is what the package makes: kind by kind.
#[tokio::test]
async fn set_22_the_company_knows_the_fields_of_the_package() {
    let company = installed().await;
    for record in [SETTLEMENT, LINE] {
        let file = format!("{}/../../netsuite/src/Objects/{record}.xml", env!("CARGO_MANIFEST_DIR"));
        let xml = std::fs::read_to_string(file).unwrap();
        let known = company.read(&format!("metadata-catalog/{record}")).await;
        let mut custom = known["properties"].as_object().unwrap().clone();
        custom.retain(|name, _| name.starts_with("custrecord_"));
        let fields: Vec<&str> = xml.split("<customrecordcustomfield ").skip(1).collect();
        assert_eq!(fields.len(), custom.len());
        for field in fields {
            let name = field.split('"').nth(1).unwrap();
            let tag = |tag: &str| {
                field
                    .split(&format!("<{tag}>"))
                    .nth(1)
                    .and_then(|rest| rest.split('<').next())
            };
            let kind = match tag("fieldtype").unwrap() {
                "TEXT" | "TEXTAREA" | "DATE" => "string",
                "CURRENCY" => "number",
                "SELECT" => "object",
                other => panic!("{name} is a {other}"),
            };
            assert_eq!(custom[name]["type"], kind, "{name}");
            assert!(name.len() <= 40 && !tag("label").unwrap().is_empty(), "{name}");
        }
    }
}

#[tokio::test]
async fn set_22_what_netsuite_refuses_of_them() {
    let company = installed().await;
    let parent = company.made(SETTLEMENT, settlement()).await;
    let with = |field: &str, value: Value| {
        let mut body = line(&parent);
        body[field] = value;
        body
    };
    let without = |field: &str| {
        let mut body = line(&parent);
        body.as_object_mut().unwrap().remove(field);
        body
    };
    for (body, wanted) in [
        (
            with("custrecord_azn_sl_color", json!("red")),
            "not known: custrecord_azn_sl_color.",
        ),
        (without("name"), "Please enter value(s) for: Name"),
        (
            without("custrecord_azn_sl_settlement"),
            "Please enter value(s) for: Amazon Settlement",
        ),
        (
            with("custrecord_azn_sl_settlement", json!({ "id": "99999" })),
            "Invalid Field Value 99999 for the following field: custrecord_azn_sl_settlement",
        ),
        (
            with("custrecord_azn_sl_date", json!("yesterday")),
            "custrecord_azn_sl_date",
        ),
        (
            with("custrecord_azn_sl_amount", json!("3.15")),
            "custrecord_azn_sl_amount",
        ),
        (
            with("custrecord_azn_sl_type", json!("x".repeat(301))),
            "maximum number ( 300 )",
        ),
    ] {
        let (status, _, words) = company.refused(Method::Post, LINE, body).await;
        assert_eq!(status, 400);
        assert!(words.contains(wanted), "{words}");
    }
}

#[tokio::test]
async fn set_22_a_deleted_transaction_leaves_its_link_empty_and_a_settlement_goes_after_its_lines() {
    let company = installed().await;
    let parent = company.made(SETTLEMENT, settlement()).await;
    let invoice = company.invoice("113-1").await;
    let mut body = line(&parent);
    body["custrecord_azn_sl_payment"] = json!({ "id": invoice });
    let below = company.made(LINE, body).await;
    assert_eq!(delete(&company, &format!("invoice/{invoice}")).await.status, 204);
    let read = company.read(&format!("{LINE}/{below}")).await;
    assert!(read.get("custrecord_azn_sl_payment").is_none());
    let (_, _, words) = refusal(&delete(&company, &format!("{SETTLEMENT}/{parent}")).await);
    assert!(words.ends_with("because it has dependent records."), "{words}");
    assert_eq!(delete(&company, &format!("{LINE}/{below}")).await.status, 204);
    assert_eq!(delete(&company, &format!("{SETTLEMENT}/{parent}")).await.status, 204);
}
