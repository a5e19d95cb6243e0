//! Finances 2024-06-19: requests, published samples, and the ways in which its answers were seen to differ from its model.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use amazon::finances::{Balances, List, Wanted};
use chrono::{DateTime, Utc};
use common::{answer, sandbox, shown};
use domain::finances::{Status, Transaction};
use serde_json::{Value, json};
use wire::Call;

const MODEL: &str = "finances-api-model/finances_2024-06-19.json";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn list() -> List {
    List::posted(at("2026-09-01T00:00:00Z"), at("2026-10-01T00:00:00Z"))
}

fn read(transactions: &Value) -> Vec<Transaction> {
    let page = list()
        .read(&answer(&json!({"payload": {"transactions": transactions}})))
        .unwrap();
    assert_eq!(page.unreadable, []);
    page.transactions
}

#[test]
fn def_01_transactions_are_asked_for_by_time_group_or_order_and_never_by_marketplace() {
    let next = List {
        page: Some("x y".into()),
        ..list().only(Status::Deferred)
    };
    assert_eq!(
        shown(&next.request()),
        "GET /finances/2024-06-19/transactions
postedAfter=2026-09-01T00:00:00Z
postedBefore=2026-10-01T00:00:00Z
transactionStatus=DEFERRED
nextToken=x y",
        "the next page is asked for with the same arguments"
    );
    let of = |wanted| List {
        wanted,
        status: None,
        page: None,
    };
    assert_eq!(
        shown(&of(Wanted::Group("G1".into())).request()),
        "GET /finances/2024-06-19/transactions
relatedIdentifierName=FINANCIAL_EVENT_GROUP_ID
relatedIdentifierValue=G1"
    );
    assert_eq!(
        shown(&of(Wanted::Order("028-1".into())).request()),
        "GET /finances/2024-06-19/transactions\nrelatedIdentifierName=ORDER_ID\nrelatedIdentifierValue=028-1"
    );
    assert_eq!(
        shown(&Balances::default().request()),
        "GET /finances/2024-06-19/balances"
    );
}

#[test]
fn published_transactions_and_balances_are_read() {
    if let Some(samples) = sandbox(MODEL, "/finances/2024-06-19/transactions", "get") {
        let page = list().read(&answer(&samples[0])).unwrap();
        assert_eq!(page.next.as_deref(), Some("Next token value"));
        let [one] = page.transactions.as_slice() else {
            panic!("{page:?}")
        };
        assert_eq!(
            (one.kind.as_str(), one.total.to_string()),
            ("Shipment", "10.00 USD".into())
        );
        assert_eq!(one.order.as_deref(), Some("8129762527551"));
        assert_eq!(one.marketplace.as_deref(), Some("ATIV93840DER"));
        assert_eq!(one.posted, at("2020-07-14T03:35:13.214Z"));
        assert!(
            one.counts(),
            "what was told before there was a status had been released"
        );
    }
    if let Some(samples) = sandbox(MODEL, "/finances/2024-06-19/balances", "get") {
        let page = Balances::default().read(&answer(&samples[0])).unwrap();
        let [one] = page.balances.as_slice() else {
            panic!("{page:?}")
        };
        let told = [&one.total, &one.available, &one.deferred, &one.reserve].map(|money| money.unwrap().to_string());
        assert_eq!(told, ["15000.00 USD", "8000.00 USD", "9000.00 USD", "-2000.00 USD"]);
        assert!(page.next.is_some());
    }
    if let Some(model) = common::reference(&format!("sp-api-models/models/{MODEL}")) {
        // The model's own example writes the status in another case and puts its breakdowns into an object.
        let example = &model["definitions"]["Transaction"]["example"];
        let [one] = &read(&json!([example]))[..] else { panic!() };
        assert_eq!(
            (one.status.clone(), one.goods[0].sku.as_str()),
            (Status::Released, "sku-12")
        );
        assert_eq!(one.parts[0].kind, "Principle");
    }
}

fn money(amount: &Value) -> Value {
    json!({"currencyAmount": amount, "currencyCode": "SEK"})
}

fn node(kind: &str, amount: &Value, parts: &Value) -> Value {
    json!({"breakdownType": kind, "breakdownAmount": money(amount), "breakdowns": parts})
}

/// A shipment as Amazon answers: details under the item, families under the whole.
fn shipment() -> Value {
    let fee = node(
        "FBAPerUnitFulfillmentFee",
        &json!(-45.54),
        &json!([
            node("Base", &json!(-36.43), &json!(null)),
            node("Tax", &json!(-9.11), &json!([]))
        ]),
    );
    json!({
        "transactionType": "Shipment", "transactionId": "T1", "transactionStatus": "DEFERRED",
        "postedDate": "2026-10-18T12:45:47Z", "totalAmount": money(&json!(354.46)),
        "marketplaceDetails": {"marketplaceId": "A2NODRKZP88ZB9", "marketplaceName": "Amazon.se"},
        "relatedIdentifiers": [
            {"relatedIdentifierName": "ORDER_ID", "relatedIdentifierValue": "931-1"},
            {"relatedIdentifierName": "FINANCIAL_EVENT_GROUP_ID", "relatedIdentifierValue": "G"},
            {"relatedIdentifierName": "RELEASE_TRANSACTION_ID", "relatedIdentifierValue": "T2"},
        ],
        "contexts": [{"contextType": "DeferredContext", "deferralReason": "DD7", "maturityDate": "2026-10-30T00:00:00Z"}],
        "items": [{
            "contexts": [{"contextType": "ProductContext", "sku": "LAMP", "quantityShipped": 1}],
            "breakdowns": [
                node("Tax", &json!(80), &json!([node("OurPriceTax", &json!(80), &json!([]))])),
                node("ProductCharges", &json!(320), &json!([node("OurPricePrincipal", &json!(320), &json!([]))])),
                node("AmazonFees", &json!(-45.54), &json!([fee])),
            ],
        }],
        "breakdowns": [
            node("Sales", &json!(400), &json!([node("Tax", &json!(80), &json!(null)), node("ProductCharges", &json!(320), &json!(null))])),
            node("Expenses", &json!(-45.54), &json!([node("AmazonFees", &json!(-45.54), &json!(null))])),
        ],
    })
}

fn parts(one: &Transaction) -> Vec<String> {
    let all = one.parts.iter();
    all.map(|part| format!("{}/{} {}", part.family, part.kind, part.amount))
        .collect()
}

#[test]
fn def_01_a_held_back_transaction_tells_why_until_when_and_what_it_is_made_of() {
    let [one] = &read(&json!([shipment()]))[..] else {
        panic!()
    };
    assert_eq!(
        (one.status.clone(), one.reason.as_deref()),
        (Status::Deferred, Some("DD7"))
    );
    assert_eq!(one.matures, Some(at("2026-10-30T00:00:00Z")));
    assert_eq!(
        (one.order.as_deref(), one.group.as_deref(), one.twin.as_deref()),
        (Some("931-1"), Some("G"), Some("T2"))
    );
    let goods = one.goods.iter();
    let goods: Vec<_> = goods.map(|goods| (goods.sku.as_str(), goods.units)).collect();
    assert_eq!(goods, [("LAMP", Some(rust_decimal::Decimal::ONE))]);
    assert_eq!(
        parts(one),
        [
            "Tax/OurPriceTax 80",
            "ProductCharges/OurPricePrincipal 320",
            "AmazonFees/FBAPerUnitFulfillmentFee -45.54",
        ],
        "a fee and the tax on it are one part"
    );
}

#[test]
fn def_03_parts_come_to_the_total_whatever_amazon_leaves_out() {
    let mut bare = shipment();
    bare["items"][0]["breakdowns"] = Value::Null;
    let mut torn = shipment();
    torn["items"][0]["breakdowns"][0] = node("Tax", &json!(8), &json!([]));
    let mut nothing = shipment();
    nothing["items"] = Value::Null;
    nothing["breakdowns"] = json!([]);
    let read = read(&json!([bare, torn, nothing]));
    let of_whole = ["Sales/Tax 80", "Sales/ProductCharges 320", "Expenses/AmazonFees -45.54"];
    assert_eq!(
        parts(&read[0]),
        of_whole,
        "reimbursements tell their parts for the whole alone"
    );
    assert_eq!(
        parts(&read[1]),
        of_whole,
        "items that do not come to the total are passed over"
    );
    assert_eq!(parts(&read[2]), ["/ 354.46"]);
}

#[test]
fn cmn_10_what_cannot_be_read_is_told_and_the_rest_goes_on() {
    let mut timeless = shipment();
    timeless["postedDate"] = Value::Null;
    let mut strange = shipment();
    strange["totalAmount"]["currencyAmount"] = json!("ten");
    let body = json!({"payload": {"transactions": [timeless, shipment(), strange], "nextToken": ""}});
    let page = list().read(&answer(&body)).unwrap();
    assert_eq!(
        (page.transactions.len(), page.unreadable.len(), page.next),
        (1, 2, None)
    );
    assert_eq!(
        (
            page.unreadable[1].id.as_str(),
            page.unreadable[1].day.map(|day| day.to_string())
        ),
        ("T1", Some("2026-10-18".into()))
    );
    assert!(
        list().read(&answer(&json!({}))).is_err(),
        "an answer without a payload is no empty page"
    );
}
