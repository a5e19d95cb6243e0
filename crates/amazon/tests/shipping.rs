//! Confirming shipments and feeds: the requests that are built, checked against Amazon's models, and what is read.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use amazon::feeds;
use amazon::shipping::messages::Message;
use amazon::shipping::{Carrier, Confirmation, Parcel, already_shipped, needs_no_confirmation};
use chrono::{DateTime, Utc};
use common::{answer, reference, sandbox, shown};
use serde_json::{Value, json};
use wire::{Call, Failure};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn confirmation(carrier: Carrier) -> Confirmation {
    Confirmation {
        order_id: "028-1234567-1234567".into(),
        marketplace_id: "A1PA6795UKMFR9".into(),
        parcel: Parcel {
            reference: "512301".into(),
            carrier,
            method: Some("DHL Paket".into()),
            tracking: "00340434161094042557".into(),
            shipped: at("2026-11-20T11:00:00Z"),
            supply_source: None,
            contents: vec![("40000000000001".into(), 2)],
        },
        cash_on_delivery: false,
    }
}

fn dhl() -> Carrier {
    Carrier::coded("DHL").unwrap()
}

#[test]
fn ful_02_one_request_says_one_parcel_with_its_number_as_text() {
    let call = confirmation(dhl());
    let request = call.request();
    assert_eq!(
        shown(&request),
        "POST /orders/v0/orders/028-1234567-1234567/shipmentConfirmation\n\
         {\"marketplaceId\":\"A1PA6795UKMFR9\",\"packageDetail\":{\"packageReferenceId\":\"512301\",\"carrierCode\":\"DHL\",\
         \"shippingMethod\":\"DHL Paket\",\"trackingNumber\":\"00340434161094042557\",\
         \"shipDate\":\"2026-11-20T11:00:00Z\",\
         \"orderItems\":[{\"orderItemId\":\"40000000000001\",\"quantity\":2}]}}"
    );
    const { assert!(Confirmation::WRITES) };
    let mut other = confirmation(Carrier::Other { name: "Our van".into() });
    other.parcel.supply_source = Some("8f1e".into());
    let body: Value = serde_json::from_slice(&other.request().body).unwrap();
    assert_eq!(
        (
            &body["packageDetail"]["carrierCode"],
            &body["packageDetail"]["carrierName"],
            &body["packageDetail"]["shipFromSupplySourceId"],
        ),
        (&json!("Other"), &json!("Our van"), &json!("8f1e"))
    );
}

#[test]
fn ful_02_the_body_has_every_field_that_the_published_model_requires_and_no_other() {
    let Some(model) = reference("sp-api-models/models/orders-api-model/ordersV0.json") else {
        return;
    };
    let body: Value = serde_json::from_slice(&confirmation(dhl()).request().body).unwrap();
    let check = |definition: &str, value: &Value| {
        let published = &model["definitions"][definition];
        let given = value.as_object().unwrap();
        for field in published["required"].as_array().unwrap() {
            assert!(
                given.contains_key(field.as_str().unwrap()),
                "{definition} needs {field}"
            );
        }
        for name in given.keys() {
            assert!(
                published["properties"].get(name).is_some(),
                "{definition} has no {name}"
            );
        }
    };
    check("ConfirmShipmentRequest", &body);
    check("PackageDetail", &body["packageDetail"]);
    check("ConfirmShipmentOrderItem", &body["packageDetail"]["orderItems"][0]);
}

#[test]
fn ful_10a_the_refusals_that_mean_nothing_is_left_to_confirm_are_told_apart() {
    let refused = |said: &str| Failure::Refused {
        code: "InvalidInput".into(),
        status: 400,
        said: said.into(),
    };
    assert!(already_shipped(&refused("The order has already been fulfilled.")));
    assert!(needs_no_confirmation(&refused(
        "confirmShipment is not supported for Ship+ orders"
    )));
    let other = refused("The quantity is more than is left to ship.");
    assert!(!already_shipped(&other) && !needs_no_confirmation(&other));
}

#[test]
fn ful_07_goods_without_a_tracking_number_go_as_an_envelope_of_one_message() {
    let message = Message::Shipped {
        order_id: "028-1234567-1234567".into(),
        reference: "5123".into(),
        shipped: at("2026-11-20T11:00:00Z"),
        carrier: Carrier::Other {
            name: "Müller & Söhne".into(),
        },
        method: None,
        contents: vec![("40000000000001".into(), 2)],
    };
    let text = message.document("A1<SELLER");
    assert_eq!(message.feed_type(), "POST_ORDER_FULFILLMENT_DATA");
    for part in [
        "<MerchantIdentifier>A1&lt;SELLER</MerchantIdentifier>",
        "<MessageType>OrderFulfillment</MessageType>",
        "<CarrierName>Müller &amp; Söhne</CarrierName><ShippingMethod>Müller &amp; Söhne</ShippingMethod>",
        "<AmazonOrderItemCode>40000000000001</AmazonOrderItemCode><Quantity>2</Quantity>",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("ShipperTrackingNumber"));
}

#[test]
fn fulfil_cancel_out_says_no_inventory_for_each_item() {
    let message = Message::Cancelled {
        order_id: "028-1234567-1234567".into(),
        items: vec!["40000000000001".into()],
    };
    let text = message.document("A1SELLER");
    assert_eq!(message.feed_type(), "POST_ORDER_ACKNOWLEDGEMENT_DATA");
    assert!(
        text.contains("<StatusCode>Failure</StatusCode>") && text.contains("<CancelReason>NoInventory</CancelReason>")
    );
}

fn xml_document() -> feeds::CreateDocument {
    feeds::CreateDocument {
        content_type: feeds::XML,
    }
}

#[test]
fn feeds_are_made_uploaded_handed_in_and_asked_about() {
    assert_eq!(
        shown(&xml_document().request()),
        "POST /feeds/2021-06-30/documents\n{\"contentType\":\"text/xml; charset=UTF-8\"}"
    );
    let upload = feeds::Upload {
        url: "https://storage.amazonaws.com/x?y=z".into(),
        content_type: feeds::XML,
        text: "<a/>".into(),
    };
    let request = upload.request();
    assert_eq!(shown(&request), "PUT https://storage.amazonaws.com/x?y=z\n<a/>");
    assert_eq!(request.headers, [("content-type".to_owned(), feeds::XML.to_owned())]);
    let create = feeds::Create {
        feed_type: "POST_ORDER_FULFILLMENT_DATA".into(),
        marketplaces: vec!["A1PA6795UKMFR9".into()],
        document_id: "amzn1.tortuga.3.x".into(),
    };
    assert!(shown(&create.request()).starts_with("POST /feeds/2021-06-30/feeds\n{\"feedType\""));
    assert_eq!(create.read(&answer(&json!({ "feedId": "50001" }))).unwrap(), "50001");
}

#[test]
fn feeds_are_read_from_amazons_published_answers() {
    let Some(found) = sandbox(
        "feeds-api-model/feeds_2021-06-30.json",
        "/feeds/2021-06-30/feeds/{feedId}",
        "get",
    ) else {
        return;
    };
    for sample in found {
        feeds::Get {
            feed_id: "feedId1".into(),
        }
        .read(&answer(&sample))
        .unwrap();
    }
    let places = sandbox(
        "feeds-api-model/feeds_2021-06-30.json",
        "/feeds/2021-06-30/documents",
        "post",
    )
    .unwrap();
    for sample in places {
        xml_document().read(&answer(&sample)).unwrap();
    }
}

#[test]
fn ful_09_a_processing_report_names_each_message_that_was_not_taken() {
    let good = "<ProcessingReport><ProcessingSummary><MessagesProcessed>1</MessagesProcessed>\
                <MessagesWithError>0</MessagesWithError></ProcessingSummary></ProcessingReport>";
    assert!(feeds::errors(good).is_empty());
    let bad = "<ProcessingReport><ProcessingSummary><MessagesWithError>1</MessagesWithError></ProcessingSummary>\
               <Result><MessageID>1</MessageID><ResultCode>Error</ResultCode><ResultMessageCode>18028</ResultMessageCode>\
               <ResultDescription>The order is not there.</ResultDescription></Result></ProcessingReport>";
    assert_eq!(feeds::errors(bad), ["The order is not there."]);
}
