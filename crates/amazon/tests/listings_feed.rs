//! `JSON_LISTINGS_FEED`: documents checked against Amazon's schema, and the processing report.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use amazon::feeds;
use amazon::listings::feed::{
    CONTENT_TYPE, Change, Document, Header, MOST_BYTES, MOST_MESSAGES, Message, TooLarge, documents, documents_within,
};
use amazon::listings::report::{Outcome, Report};
use amazon::listings::{Data, Quantity, Requirements};
use common::{reference, shown, valid};
use domain::stock::Channel;
use serde_json::{Map, Value, json};
use wire::Call;

const DE: &str = "A1PA6795UKMFR9";

fn header() -> Header {
    Header {
        seller_id: "A1SELLER".into(),
        issue_locale: Some("fr_FR".into()),
        include: vec![Data::Summaries, Data::Issues],
    }
}

fn quantity(sku: impl Into<String>, quantity: u32) -> Message {
    let quantity = Quantity {
        quantity,
        lead_time_days: None,
        restock: None,
    };
    Message {
        sku: sku.into(),
        product_type: "PRODUCT".into(),
        change: Change::Patch(vec![quantity.change(Channel::Merchant, None).unwrap()]),
    }
}

fn all(messages: impl Iterator<Item = Message>) -> Vec<Document> {
    documents(&header(), DE, messages).map(Result::unwrap).collect()
}

fn skus(documents: &[Document]) -> Vec<usize> {
    documents.iter().map(|document| document.skus.len()).collect()
}

#[test]
fn prc_07_a_document_says_each_change_once() {
    let mut attributes = Map::new();
    attributes.insert("brand".into(), json!([{ "value": "Müller \"&\" Söhne" }]));
    let update = Message {
        sku: "A/2 %".into(),
        product_type: "LAMP".into(),
        change: Change::Update {
            requirements: Requirements::Listing,
            attributes,
        },
    };
    let made = all([quantity("A", 3), update].into_iter());
    assert_eq!(
        made[0].text,
        concat!(
            r#"{"header":{"sellerId":"A1SELLER","version":"2.0","issueLocale":"fr_FR","#,
            r#""report":{"includedData":["summaries","issues"],"apiVersion":"2021-08-01"}},"messages":["#,
            r#"{"messageId":1,"sku":"A","operationType":"PATCH","productType":"PRODUCT","patches":[{"op":"merge","#,
            r#""path":"/attributes/fulfillment_availability","#,
            r#""value":[{"fulfillment_channel_code":"DEFAULT","quantity":3}]}]},"#,
            r#"{"messageId":2,"sku":"A/2 %","operationType":"UPDATE","productType":"LAMP","requirements":"LISTING","#,
            r#""attributes":{"brand":[{"value":"Müller \"&\" Söhne"}]}}]}"#
        )
    );
    assert_eq!((made.len(), made[0].marketplace_id.as_str()), (1, DE));
    assert_eq!(made[0].skus, ["A", "A/2 %"]);
    let Some(schema) = reference("sp-api-models/schemas/feeds/listings-feed-schema-v2.json") else {
        return;
    };
    let document: Value = serde_json::from_str(&made[0].text).unwrap();
    valid(&jsonschema::validator_for(&schema).unwrap(), &document);
    let message = reference("sp-api-models/schemas/feeds/listings-feed-message-schema-v2.json").unwrap();
    let message = jsonschema::validator_for(&message).unwrap();
    for one in document["messages"].as_array().unwrap() {
        valid(&message, one);
    }
}

#[test]
fn p6_fifty_thousand_changes_become_few_documents_within_both_limits() {
    let made = all((0..50_001_u32).map(|number| quantity(format!("SKU-{number}"), number)));
    assert_eq!(skus(&made), [MOST_MESSAGES, MOST_MESSAGES, 1]);
    assert!(made.iter().all(|document| document.text.len() <= MOST_BYTES));
    let last: Value = serde_json::from_str(&made[1].text).unwrap();
    let messages = last["messages"].as_array().unwrap();
    assert_eq!(messages[24_999]["messageId"], 25_000);
    assert_eq!(messages[0]["sku"], "SKU-25000", "numbers begin anew in each document");
}

#[test]
fn a_document_ends_before_it_grows_too_long_and_before_a_sku_comes_again() {
    let one = all([quantity("A", 1)].into_iter()).remove(0).text.len();
    let within = |most: usize, names: &[&str]| -> Vec<Result<usize, TooLarge>> {
        let messages = names.iter().map(|name| quantity(*name, 1));
        documents_within(&header(), DE, messages, most)
            .map(|document| document.map(|document| document.skus.len()))
            .collect()
    };
    assert_eq!(within(one + 1, &["A", "B", "C"]), [Ok(1), Ok(1), Ok(1)]);
    assert_eq!(within(2 * one, &["A", "B", "C"]), [Ok(2), Ok(1)]);
    assert_eq!(within(usize::MAX, &["A", "B", "A"]), [Ok(2), Ok(1)]);
    assert_eq!(within(usize::MAX, &[]), []);
    let long = "L".repeat(one);
    let made = within(one + 1, &["A", &long, "B"]);
    assert!(
        matches!(&made[1], Err(TooLarge { sku, .. }) if *sku == long),
        "{made:?}"
    );
    assert_eq!((&made[0], &made[2]), (&Ok(1), &Ok(1)), "the others go on");
}

#[test]
fn a_document_is_uploaded_with_the_type_that_its_place_was_made_for() {
    let content_type = CONTENT_TYPE;
    assert_eq!(
        shown(&feeds::CreateDocument { content_type }.request()),
        "POST /feeds/2021-06-30/documents\n{\"contentType\":\"application/json; charset=UTF-8\"}"
    );
    let upload = feeds::Upload {
        url: "https://storage.amazonaws.com/x".into(),
        content_type,
        text: "{}".into(),
    };
    assert_eq!(
        upload.request().headers,
        [("content-type".to_owned(), CONTENT_TYPE.to_owned())]
    );
}

fn report(issues: &Value, processed: u64, invalid: u64) -> Report {
    let body = json!({
        "header": { "sellerId": "A1SELLER", "version": "2.0", "feedId": "50" },
        "issues": issues,
        "summary": { "errors": 0, "warnings": 0, "messagesProcessed": processed,
            "messagesAccepted": processed.saturating_sub(invalid), "messagesInvalid": invalid },
    });
    if let Some(schema) = reference("sp-api-models/schemas/feeds/listings-feed-processing-report-schema-v2.json") {
        valid(&jsonschema::validator_for(&schema).unwrap(), &body);
    }
    Report::read(body.to_string().as_bytes()).unwrap()
}

/// `+` accepted, `-` refused, `?` untold, for three messages.
fn outcomes(report: &Report) -> String {
    let skus = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
    let one = |outcome: &Outcome| match outcome {
        Outcome::Accepted(_) => '+',
        Outcome::Refused(_) => '-',
        Outcome::Untold => '?',
    };
    report.outcomes(&skus).iter().map(one).collect()
}

#[test]
fn inv_15_each_message_has_its_own_result_and_silence_is_no_yes() {
    let issue = |id: u64, severity: &str| json!({ "messageId": id, "sku": "x", "code": "1", "severity": severity, "message": "m" });
    let two = issue(2, "ERROR");
    assert_eq!(outcomes(&report(&json!([]), 3, 0)), "+++");
    assert_eq!(outcomes(&report(&json!([two]), 3, 1)), "+-+");
    assert_eq!(outcomes(&report(&json!([two, two, issue(3, "WARNING")]), 3, 1)), "+-+");
    assert_eq!(outcomes(&report(&json!([two]), 2, 1)), "?-?", "one was passed over");
    assert_eq!(
        outcomes(&report(&json!([two]), 3, 2)),
        "?-?",
        "another was refused without a word"
    );
    assert_eq!(outcomes(&report(&json!([]), 0, 0)), "???");
    let whole = json!({ "severity": "ERROR", "message": "The document is not readable" });
    assert_eq!(outcomes(&report(&json!([whole]), 3, 0)), "???");
    let by_sku = json!({ "sku": "C", "severity": "ERROR", "message": "m" });
    assert_eq!(outcomes(&report(&json!([by_sku]), 3, 1)), "++-");
    assert!(Report::read(b"<html>").is_err());
}

#[test]
fn the_published_report_is_read() {
    let file = "sp-api-models/schemas/feeds/listings-feed-processing-report-schema-v2.example.json";
    let Some(sample) = reference(file) else { return };
    let report = Report::read(sample.to_string().as_bytes()).unwrap();
    assert_eq!(
        (report.feed_id.as_str(), report.issues.len(), report.items.len()),
        ("1234567890", 3, 2)
    );
    assert_eq!(
        (report.summary.messages_processed, report.summary.messages_invalid),
        (4, 2)
    );
    assert_eq!(
        report.issues[2].attribute_name.as_deref(),
        Some("purchasable_offer.our_price")
    );
    assert_eq!(report.items[1].channel(), Channel::Amazon);
}
