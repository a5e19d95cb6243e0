//! Creating, reading, changing and deleting; external ids; what is refused and in which words.

use serde_json::{Value, json};
use simulator::netsuite::NetSuiteOptions;
use wire::Method;

use crate::bench::{BUYER, Company, DISCOUNT, EUR, HAGGLER, LAMP, OLD_LAMP, USD, amount, body, order, refusal};

#[tokio::test]
async fn a_sales_order_is_created_named_and_read_back_to_the_cent() {
    let company = Company::open().await;
    let answer = company
        .send(Method::Post, "record/v1/salesOrder", order("113-1111111-1111111"))
        .await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    let location = answer.header("location").unwrap().to_owned();
    assert!(location.starts_with("https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/record/v1/salesOrder/"));

    let read = company
        .read("salesOrder/eid:azn-so-113-1111111-1111111?expandSubResources=true")
        .await;
    assert!(location.ends_with(read["id"].as_str().unwrap()));
    assert_eq!(read["total"].to_string(), "43.28");
    assert_eq!(read["status"], json!({ "id": "B", "refName": "Pending Fulfillment" }));
    assert_eq!(read["entity"]["refName"], "Amazon US 2026");
    assert_eq!(read["item"]["items"][0]["amount"].to_string(), "39.98");
    assert_eq!(read["item"]["items"][1]["line"], 2);
    assert_eq!(read["shippingAddress"]["country"]["id"], "US");

    let brief = company
        .read("salesOrder/eid:AZN-SO-113-1111111-1111111?fields=total,status")
        .await;
    assert!(brief.get("memo").is_none() && brief.get("total").is_some());
    let linked = company
        .read(&format!("salesOrder/{}", read["id"].as_str().unwrap()))
        .await;
    assert!(
        linked["item"].get("items").is_none(),
        "sublists are links unless asked for"
    );
}

#[tokio::test]
async fn cmn_14_external_ids_share_one_space_per_group_whatever_the_case() {
    let company = Company::open().await;
    company.order("1").await;
    let (status, code, words) = company.refused(Method::Post, "salesOrder", order("1")).await;
    assert_eq!((status, code.as_str()), (400, "USER_ERROR"));
    assert!(words.ends_with("This record already exists."), "{words}");

    let mut invoice = order("2");
    invoice["externalId"] = json!("azn-so-1");
    invoice.as_object_mut().unwrap().remove("orderStatus");
    let (_, _, words) = company.refused(Method::Post, "invoice", invoice).await;
    assert!(
        words.ends_with("This record already exists."),
        "an invoice may not take an order's name: {words}"
    );

    let customer = json!({ "companyName": "Namesake", "externalId": "AZN-SO-1", "subsidiary": { "id": "1" } });
    company.made("customer", customer).await;
    for bad in ["AZN|SO|1", "AZN SO 1"] {
        let mut body = order("3");
        body["externalId"] = json!(bad);
        assert_eq!(company.refused(Method::Post, "salesOrder", body).await.0, 400);
    }
}

#[tokio::test]
async fn a_repeated_put_doubles_the_lines_and_replace_does_not() {
    let company = Company::open().await;
    let put = "record/v1/salesOrder/eid:AZN-SO-9";
    for expected in [2, 4] {
        assert_eq!(company.send(Method::Put, put, order("9")).await.status, 204);
        let read = company.read("salesOrder/eid:AZN-SO-9?expandSubResources=true").await;
        assert_eq!(read["item"]["count"], expected);
    }
    let keyed = json!({ "item": { "items": [{ "line": 1, "quantity": 3 }] } });
    assert_eq!(company.send(Method::Patch, put, keyed.clone()).await.status, 204);
    let read = company.read("salesOrder/eid:AZN-SO-9?expandSubResources=true").await;
    assert_eq!(
        (
            read["item"]["count"].as_i64(),
            read["item"]["items"][0]["amount"].to_string()
        ),
        (Some(4), "59.97".to_owned())
    );
    assert_eq!(
        company
            .send(Method::Patch, &format!("{put}?replace=item"), keyed)
            .await
            .status,
        204
    );
    let read = company.read("salesOrder/eid:AZN-SO-9?expandSubResources=true").await;
    assert_eq!(
        (read["item"]["count"].as_i64(), read["total"].to_string()),
        (Some(1), "59.97".to_owned())
    );
}

#[tokio::test]
async fn unknown_properties_are_dropped_or_refused_as_the_header_says() {
    let company = Company::open().await;
    let mut strange = order("4");
    strange["custbody_azn_order_id"] = json!("4");
    let (status, code, words) = company.refused(Method::Post, "salesOrder", strange.clone()).await;
    assert_eq!((status, code.as_str()), (400, "INVALID_CONTENT"));
    assert!(words.contains("custbody_azn_order_id"));

    let mut message = company.message(Method::Post, "record/v1/salesOrder", &strange);
    message
        .headers
        .retain(|(name, _)| name != "x-netsuite-propertynamevalidation");
    let answer = company.account.answer(&message).await.unwrap();
    assert_eq!(answer.status, 204);
    assert!(answer.header("warning").unwrap().contains("custbody_azn_order_id"));
    assert!(
        company
            .read("salesOrder/eid:AZN-SO-4")
            .await
            .get("custbody_azn_order_id")
            .is_none()
    );
}

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
async fn master_data_is_read_and_not_written_by_an_integration() {
    let company = Company::open().await;
    assert_eq!(company.read(&format!("inventoryItem/{LAMP}")).await["itemId"], "LAMP");
    assert_eq!(company.read("account/221").await["acctName"], "Amazon Clearing");
    let (status, code, _) = company
        .refused(Method::Patch, "account/221", json!({ "acctName": "Mine" }))
        .await;
    assert_eq!((status, code.as_str()), (403, "INSUFFICIENT_PERMISSION"));
    let list = company.read("salesOrder?limit=1").await;
    assert_eq!(
        (list["count"].as_i64(), list["hasMore"].as_bool()),
        (Some(0), Some(false))
    );
    let names = company.read("metadata-catalog?select=invoice,salesOrder").await;
    assert_eq!(names["items"].as_array().unwrap().len(), 2);
    let schema = company.read("metadata-catalog/invoice").await;
    assert_eq!(
        schema["properties"]["amountRemaining"],
        json!({ "type": "number", "readOnly": true })
    );
}

#[tokio::test]
async fn a_deleted_record_is_gone_and_remembered() {
    let company = Company::open().await;
    let id = company.order("10").await;
    assert_eq!(
        company
            .send(Method::Delete, &format!("record/v1/salesOrder/{id}"), Value::Null)
            .await
            .status,
        204
    );
    assert_eq!(
        company
            .send(Method::Get, &format!("record/v1/salesOrder/{id}"), Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(company.value("SELECT recordid FROM deletedrecord", &[]).await, id);
    assert_eq!(company.order("10").await.len(), id.len(), "its name is free again");
    let customer = company
        .refused(Method::Delete, &format!("customer/{BUYER}"), Value::Null)
        .await;
    assert!(customer.2.contains("dependent records"));
}

#[tokio::test]
async fn the_books_outlive_the_process_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let options = NetSuiteOptions {
        store: Some(folder.path().join("books.sqlite")),
        ..Default::default()
    };
    let first = Company::with(options.clone()).await;
    let id = first.order("11").await;
    let key = first.account.credentials().private_key_pem;
    drop(first);
    let second = Company::with(options).await;
    assert_eq!(second.account.credentials().private_key_pem, key);
    assert_eq!(second.read("salesOrder/eid:AZN-SO-11").await["id"], id);
    let currency = json!({ "id": USD.to_string() });
    assert_eq!(
        second.read("salesOrder/eid:AZN-SO-11").await["currency"]["id"],
        currency["id"]
    );
}

#[tokio::test]
async fn line_amounts_given_exactly_are_kept_exactly() {
    let company = Company::open().await;
    let mut body = order("12");
    body["item"]["items"][0] = json!({ "item": { "id": LAMP.to_string() }, "quantity": 3, "price": { "id": "-1" }, "amount": amount("10.00") });
    let answer = company.send(Method::Post, "record/v1/salesOrder", body).await;
    assert_eq!(answer.status, 204, "{}", crate::bench::body(&answer));
    assert_eq!(
        company.read("salesOrder/eid:AZN-SO-12").await["total"].to_string(),
        "13.3"
    );
    assert!(body_is_empty(&answer));
}

fn body_is_empty(answer: &wire::Response) -> bool {
    body(answer).is_null()
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
async fn lists_can_be_filtered() {
    let company = Company::open().await;
    company.order("15").await;
    let count = async |q: &str| {
        let q: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
        company.read(&format!("salesOrder?q={q}")).await["totalResults"]
            .as_i64()
            .unwrap()
    };
    assert_eq!(count("otherRefNum IS \"15\"").await, 1);
    assert_eq!(count("memo START_WITH \"amazon\" AND total GREATER 43.27").await, 1);
    assert_eq!(count("tranDate AFTER \"11/20/2026\" OR entity ANY_OF [7, 88]").await, 1);
    assert_eq!(count("shipDate EMPTY_NOT").await, 0);
    let wrong = company
        .send(
            Method::Get,
            "record/v1/salesOrder?q=nonsense%20IS%20%22x%22",
            Value::Null,
        )
        .await;
    assert_eq!(wrong.status, 400);
    assert_eq!(wrong.header("date"), Some("Mon, 23 Nov 2026 12:00:00 GMT"));
}

#[tokio::test]
async fn tax_05_legacy_tax_is_added_behind_our_back_and_suite_tax_takes_details() {
    let tax = |books: &mut simulator::books::OpeningBooks| {
        books.tax_codes = vec![simulator::books::TaxCode {
            id: 7,
            name: "VAT".to_owned(),
            rate: crate::bench::dec("20"),
        }];
        books.preferences.push(("DEFAULTTAXCODE".to_owned(), "7".to_owned()));
        for item in &mut books.items {
            item.taxable = item.id == LAMP;
        }
    };
    let mut books = crate::bench::books();
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
    let mut books = crate::bench::books();
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
