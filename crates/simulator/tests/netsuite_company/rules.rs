//! What NetSuite computes by itself, and what it refuses and in which words.

use serde_json::{Value, json};
use simulator::netsuite::NetSuiteOptions;
use wire::Method;

use crate::bench::{Company, amount, order, refusal};
use crate::trial::{DISCOUNT, EUR, HAGGLER, LAMP, OLD_LAMP};

#[tokio::test]
async fn wrong_references_missing_fields_and_foreign_currencies_are_refused() {
    let company = Company::open().await;
    let refuse = async |field: &str, value: Value| {
        let mut body = order("5");
        body[field] = value;
        company.refused(Method::Post, "salesOrder", body).await
    };
    for id in [OLD_LAMP, 9999] {
        let (status, _, words) = refuse("item", json!({ "items": [{ "item": { "id": id.to_string() } }] })).await;
        assert_eq!(status, 400);
        assert!(
            words.contains(&format!("Invalid Field Value {id} for the following field: item")),
            "{words}"
        );
    }
    assert!(
        refuse("currency", json!({ "id": EUR.to_string() }))
            .await
            .2
            .contains("currency")
    );
    assert!(
        refuse("entity", Value::Null)
            .await
            .2
            .contains("Please enter value(s) for: Customer")
    );
    assert!(
        refuse("item", json!({ "items": [] }))
            .await
            .2
            .contains("at least one line")
    );
    assert_eq!(refuse("tranDate", json!("20/11/2026")).await.1, "INVALID_CONTENT");
    assert_eq!(refuse("location", json!("6")).await.1, "INVALID_CONTENT");
    let missing = company
        .send(Method::Get, "record/v1/salesOrder/eid:AZN-SO-5", Value::Null)
        .await;
    assert_eq!(
        (refusal(&missing).0, refusal(&missing).1.as_str()),
        (404, "NONEXISTENT_ID")
    );
}

#[tokio::test]
async fn o24_a_customers_standing_discount_changes_the_total() {
    let company = Company::open().await;
    let mut body = order("6");
    body["entity"] = json!({ "id": HAGGLER.to_string() });
    let id = company.made("salesOrder", body).await;
    let read = company.read(&format!("salesOrder/{id}?expandSubResources=true")).await;
    assert_eq!(read["total"].to_string(), "38.95");
    assert_eq!(read["item"]["items"][2]["item"]["id"], DISCOUNT.to_string());
}

#[tokio::test]
async fn ord_09_a_price_level_other_than_custom_reprices_the_line() {
    let company = Company::open().await;
    let mut body = order("7");
    body["item"]["items"][0]["price"] = json!({ "id": "1" });
    let id = company.made("salesOrder", body).await;
    assert_eq!(
        company.read(&format!("salesOrder/{id}")).await["total"].to_string(),
        "53.3"
    );
}

#[tokio::test]
async fn customers_need_a_name_a_subsidiary_and_to_be_new() {
    let company = Company::open().await;
    let person = json!({ "isPerson": true, "firstName": "Ada", "lastName": "Byron", "subsidiary": { "id": "1" }, "externalId": "AZN-CUST-1" });
    company.made("customer", person.clone()).await;
    let read = company.read("customer/eid:AZN-CUST-1").await;
    assert_eq!(
        (read["entityId"].as_str(), read["currency"]["id"].as_str()),
        (Some("Ada Byron"), Some("1"))
    );
    let mut twin = person;
    twin["externalId"] = json!("AZN-CUST-2");
    assert!(
        company
            .refused(Method::Post, "customer", twin)
            .await
            .2
            .ends_with("This entity already exists.")
    );
    let nameless = json!({ "isPerson": false, "subsidiary": { "id": "1" } });
    assert!(
        company
            .refused(Method::Post, "customer", nameless)
            .await
            .2
            .contains("Company Name")
    );
    let homeless = json!({ "companyName": "X" });
    assert!(
        company
            .refused(Method::Post, "customer", homeless)
            .await
            .2
            .contains("Subsidiary")
    );
    let renamed = company
        .send(
            Method::Patch,
            "record/v1/customer/eid:AZN-CUST-1",
            json!({ "email": "a@example.com" }),
        )
        .await;
    assert_eq!(renamed.status, 204);
    assert_eq!(
        company
            .value("SELECT email FROM customer WHERE externalid = 'AZN-CUST-1'", &[])
            .await,
        "a@example.com"
    );
}

#[tokio::test]
async fn cmn_34_what_posts_is_refused_in_a_closed_period_and_an_order_is_not() {
    let company = Company::open().await;
    let mut old = order("8");
    old["tranDate"] = json!("2026-09-15");
    company.made("salesOrder", old.clone()).await;
    old["externalId"] = json!("AZN-IV-8");
    old.as_object_mut().unwrap().remove("orderStatus");
    let (status, _, words) = company.refused(Method::Post, "invoice", old.clone()).await;
    assert!(status == 400 && words.contains("closed period"), "{words}");
    let reopened = company.account.edit(
        Method::Patch,
        "accountingPeriod/30",
        &json!({ "closed": false, "arLocked": false, "allLocked": false }),
    );
    assert_eq!(reopened.status, 204);
    let id = company.made("invoice", old).await;
    company
        .account
        .edit(Method::Patch, "accountingPeriod/30", &json!({ "closed": true }));
    assert!(
        company
            .refused(Method::Patch, &format!("invoice/{id}"), json!({ "memo": "late" }))
            .await
            .2
            .contains("closed")
    );
    assert!(
        company
            .refused(Method::Delete, &format!("invoice/{id}"), Value::Null)
            .await
            .2
            .contains("closed")
    );
}

#[tokio::test]
async fn r3_23_permissions_can_be_taken_away_and_records_locked() {
    let company = Company::open().await;
    let id = company.order("13").await;
    assert!(company.account.set_locked("salesOrder", id.parse().unwrap(), true));
    let memo = json!({ "memo": "x" });
    let (_, _, words) = company
        .refused(Method::Patch, &format!("salesOrder/{id}"), memo.clone())
        .await;
    assert!(words.contains("locked by a user defined workflow"));
    company.account.set_locked("salesOrder", id.parse().unwrap(), false);
    assert_eq!(
        company
            .send(Method::Patch, &format!("record/v1/salesOrder/{id}"), memo)
            .await
            .status,
        204
    );
    assert!(company.account.set_permission("salesOrder", false) && !company.account.set_permission("nonsense", false));
    let (status, code, _) = company.refused(Method::Post, "salesOrder", order("14")).await;
    assert_eq!((status, code.as_str()), (403, "INSUFFICIENT_PERMISSION"));
    company.account.set_permission("salesOrder", true);
    company.order("14").await;
}

#[tokio::test]
async fn tax_05_legacy_tax_is_added_behind_our_back_and_suite_tax_takes_details() {
    let tax = |books: &mut simulator::books::OpeningBooks| {
        books.tax_codes = vec![simulator::books::TaxCode {
            id: 7,
            name: "VAT".to_owned(),
            rate: crate::trial::dec("20"),
        }];
        books.preferences.push(("DEFAULTTAXCODE".to_owned(), "7".to_owned()));
        for item in &mut books.items {
            item.taxable = item.id == LAMP;
        }
    };
    let mut books = crate::trial::books();
    tax(&mut books);
    let legacy = Company::of(books.clone(), NetSuiteOptions::default()).await;
    let id = legacy.order("16").await;
    assert_eq!(
        legacy.read(&format!("salesOrder/{id}")).await["total"].to_string(),
        "51.28"
    );
    let mut exempt = order("17");
    exempt["item"]["items"][0]["isTaxable"] = json!(false);
    let id = legacy.made("salesOrder", exempt).await;
    assert_eq!(
        legacy.read(&format!("salesOrder/{id}")).await["total"].to_string(),
        "43.28"
    );
    let mut detailed = order("18");
    detailed["taxDetailsOverride"] = json!(true);
    detailed["taxDetails"] =
        json!({ "items": [{ "taxDetailsReference": "1", "taxCode": { "id": "7" }, "taxAmount": amount("3.20") }] });
    assert_eq!(
        legacy.refused(Method::Post, "salesOrder", detailed.clone()).await.1,
        "INVALID_CONTENT"
    );
    let options = NetSuiteOptions {
        features: vec![("SUITETAX".to_owned(), true)],
        ..NetSuiteOptions::default()
    };
    let suite = Company::of(books, options).await;
    let id = suite.made("salesOrder", detailed).await;
    assert_eq!(
        suite.read(&format!("salesOrder/{id}")).await["total"].to_string(),
        "46.48"
    );
}

#[tokio::test]
async fn cmn_06_yen_have_no_decimals_and_the_ledger_is_kept_in_the_subsidiarys_currency() {
    let mut books = crate::trial::books();
    books.currencies[1].precision = 0;
    books.customers[0].currencies.push(EUR);
    let company = Company::of(books, NetSuiteOptions::default()).await;
    let mut invoice = order("19");
    invoice.as_object_mut().unwrap().remove("orderStatus");
    invoice["currency"] = json!({ "id": EUR.to_string() });
    let id = company.made("invoice", invoice).await;
    assert_eq!(company.read(&format!("invoice/{id}")).await["total"].to_string(), "43");
    let ledger = "SELECT debit FROM transactionaccountingline WHERE transaction = ? AND debit IS NOT NULL";
    assert_eq!(company.value(ledger, &[&id]).await, "47.3");
}

#[tokio::test]
async fn people_retire_items_and_close_orders() {
    let company = Company::open().await;
    let id = company.order("20").await;
    let retired = company.account.edit(
        Method::Patch,
        &format!("inventoryItem/{LAMP}"),
        &json!({ "isInactive": true }),
    );
    assert_eq!(retired.status, 204);
    assert!(
        company
            .refused(Method::Post, "salesOrder", order("21"))
            .await
            .2
            .contains("Invalid Field Value")
    );
    assert_eq!(
        company.value("SELECT isinactive FROM item WHERE id = 501", &[]).await,
        "T"
    );
    let closed = json!({ "item": { "items": [{ "line": 1, "isClosed": true }, { "line": 2, "isClosed": true }] } });
    assert_eq!(
        company
            .send(Method::Patch, &format!("record/v1/salesOrder/{id}"), closed)
            .await
            .status,
        204
    );
    assert_eq!(
        company.read(&format!("salesOrder/{id}")).await["status"]["refName"],
        "Closed"
    );
    let line = company.read(&format!("salesOrder/{id}/item/1")).await;
    assert_eq!(
        (line["isClosed"].as_bool(), line["amount"].to_string()),
        (Some(true), "39.98".to_owned())
    );
}
