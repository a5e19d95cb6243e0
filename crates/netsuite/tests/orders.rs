//! Sales orders on their way: what left, what is billed, and how a bill is made.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use domain::ExternalId;
use netsuite::queries::{self, OrderLine};
use netsuite::{Bill, BillKind, BilledLine, Read, RecordId, RecordType, Share, Shipped, Write};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use wire::{Call, Response};

fn answer(body: &Value) -> Response {
    Response {
        status: 200,
        headers: Vec::new(),
        body: body.to_string().into_bytes(),
    }
}

fn shipped(body: &Value) -> Shipped {
    let read = Read::id(RecordType::ItemFulfillment, RecordId("5123".into()));
    Shipped::of(&read.read(&answer(body)).unwrap()).unwrap()
}

#[test]
fn ful_03_parcels_of_integrated_carriers_are_read_too_and_each_number_once() {
    let found = shipped(&json!({
        "id": "5123", "tranId": "IF377", "tranDate": "2026-11-20", "shipStatus": { "id": "C", "refName": "Shipped" },
        "createdFrom": { "id": "4711" }, "shipMethod": { "id": "8", "refName": "UPS Ground" },
        "package": { "items": [{ "packageTrackingNumber": "A1", "packageWeight": 1.2 }, { "packageDescr": "Box 2" }] },
        "packageUps": { "items": [{ "packageTrackingNumberUps": "1Z2", "packageTrackingNumberReturnUps": "R9" }] },
        "packageUsps": { "items": [{ "packageTrackingNumberUsps": "A1" }] },
        "item": { "items": [
            { "orderLine": 1, "item": { "id": "501" }, "quantity": 2.0, "itemReceive": true },
            { "orderLine": 2, "item": { "id": "502" }, "itemReceive": false },
            { "line": 3, "item": { "id": "503" }, "quantity": 4, "kitMemberOf": 1 }
        ] }
    }));
    assert_eq!(found.tracking, ["A1", "1Z2"]);
    assert_eq!((found.method.as_deref(), found.has_left()), (Some("UPS Ground"), true));
    assert_eq!(found.order, Some(RecordId("4711".into())));
    let lines: Vec<_> = found
        .lines
        .iter()
        .map(|line| (line.order_line, line.kit, line.quantity))
        .collect();
    assert_eq!(
        lines,
        [(Some(1), None, Decimal::new(20, 1)), (None, Some(1), Decimal::from(4))]
    );
}

#[test]
fn ful_01_packed_has_not_left() {
    let packed = shipped(&json!({ "id": "5123", "tranDate": "2026-11-20", "shipStatus": { "id": "B" } }));
    assert!(!packed.has_left());
}

#[test]
fn bil_04_a_part_of_an_order_says_what_each_line_gives() {
    let line = |order_line, share| BilledLine { order_line, share };
    let bill = Bill {
        external_id: ExternalId::billed_invoice("028-1", Some("77")),
        order: RecordId("4711".into()),
        kind: BillKind::Invoice {
            due: "2026-12-04".parse().unwrap(),
        },
        date: "2026-11-20".parse().unwrap(),
        lines: vec![
            line(
                1,
                Share::Units {
                    quantity: Decimal::ONE,
                    amount: Decimal::new(333, 2),
                },
            ),
            line(2, Share::Amount(Decimal::new(-33, 2))),
            line(3, Share::Nothing),
        ],
        beside: None,
        memo: None,
        more: Vec::new(),
    };
    let Write::Transform {
        to, external_id, body, ..
    } = bill.transform()
    else {
        panic!("a bill is made from its order");
    };
    assert_eq!((to, external_id.as_str()), (RecordType::Invoice, "AZN-BIV-028-1-77"));
    assert_eq!(
        body,
        json!({ "tranDate": "2026-11-20", "toBeEmailed": false, "item": { "items": [
            { "orderLine": 1, "quantity": 1, "amount": 3.33 }, { "orderLine": 2, "amount": -0.33 },
            { "orderLine": 3, "quantity": 0 } ] }, "terms": null, "dueDate": "2026-12-04" })
    );
}

#[test]
fn bil_09_a_cash_sale_names_the_clearing_account_and_never_undeposited_funds() {
    let bill = Bill {
        external_id: ExternalId::billed_cash_sale("028-1", None),
        order: RecordId("4711".into()),
        kind: BillKind::CashSale {
            account: RecordId("221".into()),
        },
        date: "2026-11-20".parse().unwrap(),
        lines: Vec::new(),
        beside: None,
        memo: None,
        more: Vec::new(),
    };
    let Write::Transform { body, .. } = bill.transform() else {
        panic!("a bill is made from its order");
    };
    assert_eq!(
        (&body["undepFunds"], &body["account"]["id"]),
        (&json!(false), &json!("221"))
    );
    assert!(body.get("item").is_none(), "everything that is open");
}

#[test]
fn cmn_17_changed_orders_are_asked_for_page_by_page_behind_the_last_id() {
    let since = "2026-11-20T08:00:00".parse().unwrap();
    let query = queries::amazon_orders_changed(since, Some(&RecordId("4711".into())));
    assert_eq!(query.params, ["4711", "2026-11-20 08:00:00", "2026-11-20 08:00:00"]);
    assert_eq!(query.q.matches('?').count(), 3);
    assert!(queries::may_have_more(100) && !queries::may_have_more(99));
}

#[test]
fn a_line_says_how_far_it_is_and_components_of_kits_are_left_out() {
    let query = &queries::order_lines(&[RecordId("4711".into())], &[])[0];
    let row = |component: &str| {
        json!({ "transaction": "4711", "linesequencenumber": "1", "item": "501", "itemid": "MUG", "itemtype": "InvtPart",
            "quantity": "-3", "foreignamount": "-30", "quantityshiprecv": "2", "quantitybilled": "1", "isclosed": "F",
            "kitcomponent": component })
    };
    let page = json!({ "items": [row("F"), row("T")], "hasMore": false, "totalResults": 2 });
    let rows: Vec<OrderLine> = query.read(&answer(&page)).unwrap().rows.into_iter().flatten().collect();
    assert_eq!(rows.len(), 1);
    let line = &rows[0];
    assert_eq!(
        (line.quantity, line.amount),
        (Some(Decimal::from(3)), Decimal::from(30))
    );
    assert_eq!((line.shipped, line.billed), (Decimal::from(2), Decimal::ONE));
}
