//! Creating, reading, changing and deleting; external ids; what is refused and in which words.

use serde_json::{Value, json};
use simulator::netsuite::NetSuiteOptions;
use wire::Method;

use crate::bench::{Company, amount, body, order};
use crate::trial::{BUYER, LAMP, USD};

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
