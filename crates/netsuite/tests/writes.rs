//! What is sent to NetSuite, byte for byte.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use chrono::NaiveDate;
use domain::ExternalId;
use netsuite::customer::Name;
use netsuite::fulfilment::{FulfilledLine, Parcel};
use netsuite::journal::Unbalanced;
use netsuite::records::{Missing, Probe, Read};
use netsuite::sale::OrderStatus;
use netsuite::{
    Address, AmazonSettlementLine, Apply, CashRefund, CashSale, Content, CreditMemo, Customer, CustomerPayment,
    CustomerRefund, Expense, Invoice, ItemFulfilment, JournalEntry, JournalLine, LineTax, RecordId, RecordType, Sale,
    SaleLine, SalesOrder, Target, VendorBill, VendorPayment, Which, Write,
};
use rust_decimal::Decimal;
use serde_json::json;
use wire::{Call, Request, Response};

fn id(text: &str) -> RecordId {
    RecordId(text.to_owned())
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shown(request: &Request) -> String {
    let query: Vec<String> = request
        .query
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let address = if query.is_empty() {
        request.path.clone()
    } else {
        format!("{}?{}", request.path, query.join("&"))
    };
    let headers = request.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let mut lines = vec![format!("{} {address}", request.method.as_str())];
    lines.extend(headers);
    lines.push(String::from_utf8(request.body.clone()).unwrap());
    lines.join("\n").trim_end().to_owned()
}

/// The request of a write, once `AZN-…` names stand for 4711.
fn sent(write: &Write) -> String {
    shown(&write.call(&|_| Some(id("4711"))).unwrap().request())
}

const POST: &str = "content-type: application/json\nx-netsuite-propertynamevalidation: Error";

fn sale(external_id: ExternalId) -> Sale {
    Sale {
        other_ref_num: Some("028-1".into()),
        currency: Some(id("2")),
        location: Some(id("6")),
        memo: Some("Amazon 028-1".into()),
        lines: vec![
            SaleLine::new(id("501"), dec("3"), dec("10.00")),
            SaleLine::amount_only(id("900"), dec("-0.50")),
        ],
        ..Sale::new(
            external_id,
            Target::Named(ExternalId::customer("b1")),
            day("2026-11-20"),
        )
    }
}

#[test]
fn cmn_08_ord_09_a_sales_order_carries_exact_amounts_at_a_custom_price() {
    let order = SalesOrder {
        sale: sale(ExternalId::sales_order("028-1")),
        status: OrderStatus::PendingFulfilment,
    };
    assert_eq!(
        sent(&order.create()),
        format!(
            "POST /services/rest/record/v1/salesOrder\n{POST}\n{}",
            concat!(
                r#"{"externalId":"AZN-SO-028-1","entity":{"id":"4711"},"currency":{"id":"2"},"tranDate":"2026-11-20","#,
                r#""otherRefNum":"028-1","memo":"Amazon 028-1","location":{"id":"6"},"toBeEmailed":false,"item":{"items":["#,
                r#"{"item":{"id":"501"},"quantity":3,"price":{"id":"-1"},"rate":3.33333333,"amount":10.00},"#,
                r#"{"item":{"id":"900"},"price":{"id":"-1"},"rate":-0.50,"amount":-0.50}]},"orderStatus":{"id":"B"}}"#
            )
        )
    );
}

#[test]
fn a_sale_carries_its_address_its_tax_and_the_sellers_own_fields() {
    let mut sale = sale(ExternalId::invoice("028-1", Some(2)));
    sale.ship_to = Some(Address {
        addressee: Some("A".into()),
        lines: vec!["1 Main St".into(), "Flat 2".into()],
        country: Some("GB".into()),
        ..Address::default()
    });
    sale.lines = vec![SaleLine {
        tax: Some(LineTax {
            tax_type: id("1"),
            code: id("8"),
            basis: dec("8.40"),
            rate: dec("19"),
            amount: dec("1.60"),
        }),
        more: vec![("custcol_azn_sku".into(), json!("LAMP"))],
        ..SaleLine::new(id("501"), dec("1"), dec("8.40")).described("Lamp")
    }];
    sale.more = vec![("memo".into(), json!("as mapped"))];
    let invoice = Invoice {
        sale,
        due: Some(day("2026-12-04")),
        account: Some(id("121")),
    };
    assert_eq!(
        sent(&invoice.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-IV-028-1-2","entity":{"id":"4711"},"currency":{"id":"2"},"tranDate":"2026-11-20","#,
            r#""otherRefNum":"028-1","memo":"as mapped","location":{"id":"6"},"toBeEmailed":false,"item":{"items":["#,
            r#"{"item":{"id":"501"},"quantity":1,"price":{"id":"-1"},"rate":8.4,"amount":8.40,"description":"Lamp","#,
            r#""taxDetailsReference":"LINE1","custcol_azn_sku":"LAMP"}]},"#,
            r#""shippingAddress":{"addressee":"A","addr1":"1 Main St","addr2":"Flat 2","country":{"id":"GB"}},"#,
            r#""taxDetailsOverride":true,"taxDetails":{"items":[{"taxDetailsReference":"LINE1","taxType":{"id":"1"},"#,
            r#""taxCode":{"id":"8"},"taxBasis":8.40,"taxRate":19,"taxAmount":1.60}]},"dueDate":"2026-12-04","account":{"id":"121"}}"#
        )
    );
}

#[test]
fn bil_09_a_cash_sale_goes_to_the_clearing_account() {
    let sale = CashSale {
        sale: sale(ExternalId::cash_sale("028-1", None)),
        account: id("221"),
    };
    let sent = sent(&sale.create());
    assert!(sent.starts_with("POST /services/rest/record/v1/cashSale\n"));
    assert!(
        sent.ends_with(r#""undepFunds":false,"account":{"id":"221"}}"#),
        "{sent}"
    );
}

#[test]
fn a_fulfilment_is_made_from_its_order_and_lists_every_line() {
    let fulfilment = ItemFulfilment {
        external_id: ExternalId::fulfilment("028-1", 1),
        order: Target::Named(ExternalId::sales_order("028-1")),
        location: id("6"),
        date: day("2026-11-21"),
        lines: vec![
            FulfilledLine {
                order_line: 1,
                quantity: dec("2"),
            },
            FulfilledLine {
                order_line: 2,
                quantity: dec("0"),
            },
        ],
        packages: vec![Parcel {
            tracking: "1Z".into(),
            description: Some("Box 1".into()),
        }],
        memo: None,
        more: Vec::new(),
    };
    assert_eq!(
        sent(&fulfilment.transform()),
        format!(
            "POST /services/rest/record/v1/salesOrder/4711/!transform/itemFulfillment\n{POST}\n{}",
            concat!(
                r#"{"externalId":"AZN-IF-028-1-1","inventoryLocation":{"id":"6"},"tranDate":"2026-11-21","#,
                r#""shipStatus":{"id":"C"},"item":{"items":[{"orderLine":1,"location":{"id":"6"},"quantity":2,"itemReceive":true},"#,
                r#"{"orderLine":2,"itemReceive":false}]},"package":{"items":[{"packageTrackingNumber":"1Z","packageDescr":"Box 1"}]}}"#
            )
        )
    );
}

#[test]
fn set_23_a_payment_lists_what_it_pays() {
    let payment = CustomerPayment {
        external_id: ExternalId::payment("900", "028-1", None),
        customer: Target::Id(id("88")),
        date: day("2026-11-21"),
        currency: Some(id("2")),
        subsidiary: None,
        account: id("221"),
        receivable: None,
        method: None,
        amount: dec("43.28"),
        apply: vec![Apply {
            document: Target::Named(ExternalId::invoice("028-1", None)),
            amount: dec("43.28"),
        }],
        memo: Some("Amazon settlement 900".into()),
        more: Vec::new(),
    };
    assert_eq!(
        sent(&payment.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-PY-900-028-1","customer":{"id":"88"},"currency":{"id":"2"},"tranDate":"2026-11-21","#,
            r#""undepFunds":false,"account":{"id":"221"},"payment":43.28,"memo":"Amazon settlement 900","#,
            r#""apply":{"items":[{"doc":{"id":"4711"},"apply":true,"amount":43.28}]}}"#
        )
    );
}

#[test]
fn set_28_a_refund_is_a_credit_memo_and_its_payment() {
    let lines = vec![SaleLine::new(id("501"), dec("1"), dec("19.99"))];
    let given_back = |name: ExternalId| Sale {
        lines: lines.clone(),
        ..Sale::new(name, Target::Id(id("88")), day("2026-11-21"))
    };
    let memo = CreditMemo {
        sale: Sale {
            other_ref_num: Some("028-1".into()),
            ..given_back(ExternalId::credit_memo("900", "028-1", 1))
        },
        apply: vec![Apply {
            document: Target::Id(id("5120")),
            amount: dec("19.99"),
        }],
    };
    assert_eq!(memo.sale.total(), dec("19.99"));
    assert_eq!(
        sent(&memo.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-CM-900-028-1-1","entity":{"id":"88"},"tranDate":"2026-11-21","otherRefNum":"028-1","#,
            r#""toBeEmailed":false,"item":{"items":[{"item":{"id":"501"},"quantity":1,"price":{"id":"-1"},"rate":19.99,"#,
            r#""amount":19.99}]},"apply":{"items":[{"doc":{"id":"5120"},"apply":true,"amount":19.99}]}}"#
        )
    );
    let refund = CustomerRefund {
        external_id: ExternalId::customer_refund("900", "028-1", 1),
        customer: Target::Id(id("88")),
        date: day("2026-11-21"),
        currency: None,
        subsidiary: None,
        account: id("221"),
        method: Some(id("7")),
        apply: vec![Apply {
            document: Target::Named(memo.sale.external_id.clone()),
            amount: dec("19.99"),
        }],
        memo: None,
        more: Vec::new(),
    };
    assert_eq!(
        sent(&refund.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-RF-900-028-1-1","customer":{"id":"88"},"tranDate":"2026-11-21","account":{"id":"221"},"#,
            r#""paymentMethod":{"id":"7"},"apply":{"items":[{"doc":{"id":"4711"},"apply":true,"amount":19.99}]}}"#
        )
    );
    let cash = CashRefund {
        sale: given_back(ExternalId::cash_refund("900", "028-1", 1)),
        account: id("221"),
        method: None,
    };
    assert_eq!(
        sent(&cash.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-CR-900-028-1-1","entity":{"id":"88"},"tranDate":"2026-11-21","toBeEmailed":false,"#,
            r#""item":{"items":[{"item":{"id":"501"},"quantity":1,"price":{"id":"-1"},"rate":19.99,"amount":19.99}]},"#,
            r#""account":{"id":"221"}}"#
        )
    );
}

fn journal(lines: Vec<JournalLine>) -> JournalEntry {
    JournalEntry {
        external_id: ExternalId::journal("900", None),
        date: day("2026-11-21"),
        currency: Some(id("2")),
        exchange_rate: None,
        subsidiary: Some(id("1")),
        memo: Some("Amazon settlement 900".into()),
        approved: Some(true),
        reversal_date: None,
        lines,
        more: Vec::new(),
    }
}

#[test]
fn set_48_a_journal_balances_or_is_not_written() {
    let line = |account: &str, debit: &str| JournalLine::new(id(account), dec(debit));
    let good = journal(vec![line("220", "812.40"), line("612", "0"), line("221", "-812.40")]);
    assert_eq!(
        sent(&good.create().unwrap()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-JE-900","subsidiary":{"id":"1"},"currency":{"id":"2"},"tranDate":"2026-11-21","#,
            r#""memo":"Amazon settlement 900","approved":true,"line":{"items":["#,
            r#"{"account":{"id":"220"},"debit":812.40},{"account":{"id":"221"},"credit":812.40}]}}"#
        )
    );
    let off = journal(vec![line("220", "812.40"), line("221", "-812.39")]);
    assert_eq!(off.create(), Err(Unbalanced(dec("0.01"))));
}

#[test]
fn cus_02_a_customer_is_a_person_or_a_company() {
    let customer = |name| Customer {
        external_id: ExternalId::customer("b1"),
        entity_id: Some("Amazon b1".into()),
        name,
        email: Some("x@marketplace.amazon.de".into()),
        phone: None,
        subsidiary: Some(id("1")),
        currency: Some(id("2")),
        currencies: vec![id("3")],
        more: Vec::new(),
    };
    let person = customer(Name::Person {
        first: "Ada".into(),
        last: "B".into(),
    });
    assert_eq!(
        sent(&person.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-CUST-B1","entityId":"Amazon b1","isPerson":true,"firstName":"Ada","lastName":"B","#,
            r#""email":"x@marketplace.amazon.de","subsidiary":{"id":"1"},"currency":{"id":"2"},"#,
            r#""currencyList":{"items":[{"currency":{"id":"3"}}]}}"#
        )
    );
    let company = sent(&customer(Name::Company("Lumen GmbH".into())).create());
    assert!(
        company.contains(r#""isPerson":false,"companyName":"Lumen GmbH""#),
        "{company}"
    );
}

#[test]
fn decision_28_a_step_waits_for_the_record_it_names() {
    let order = SalesOrder {
        sale: sale(ExternalId::sales_order("028-1")),
        status: OrderStatus::PendingApproval,
    };
    let write = order.create();
    assert_eq!(write.call(&|_| None), Err(Missing(ExternalId::customer("b1"))));
    assert_eq!(
        write.creates(),
        Some((RecordType::SalesOrder, &ExternalId::sales_order("028-1")))
    );
    let kept: Write = serde_json::from_str(&serde_json::to_string(&write).unwrap()).unwrap();
    assert_eq!(sent(&kept), sent(&write), "the journal keeps every digit");
}

#[test]
fn decision_2_each_write_knows_how_to_find_out_whether_it_happened() {
    let name = ExternalId::sales_order("028-1");
    let create = Write::Create {
        record: RecordType::SalesOrder,
        external_id: name.clone(),
        body: json!({}),
    };
    assert_eq!(
        create.probe(&|_| None),
        Ok(Probe::Exists(Read::named(RecordType::SalesOrder, name.clone())))
    );
    let target = Target::Named(name.clone());
    let update = Write::Update {
        record: RecordType::SalesOrder,
        target: target.clone(),
        body: json!({"memo": "x"}),
    };
    assert_eq!(update.probe(&|_| None), Ok(Probe::Repeat));
    assert_eq!(
        sent(&update).lines().next(),
        Some("PATCH /services/rest/record/v1/salesOrder/4711")
    );
    let delete = Write::Delete {
        record: RecordType::SalesOrder,
        target,
    };
    let gone = Read {
        record: RecordType::SalesOrder,
        which: Which::Id(id("4711")),
        with_lines: false,
    };
    assert_eq!(delete.probe(&|_| Some(id("4711"))), Ok(Probe::Gone(gone)));
    assert_eq!(delete.probe(&|_| None), Err(Missing(name)));
    assert_eq!(sent(&delete), "DELETE /services/rest/record/v1/salesOrder/4711");
}

#[test]
fn the_new_records_id_stands_in_the_location() {
    let create = Write::Create {
        record: RecordType::Invoice,
        external_id: ExternalId::invoice("1", None),
        body: json!({}),
    };
    let call = create.call(&|_| None).unwrap();
    let answer = |headers: Vec<(String, String)>| Response {
        status: 204,
        headers,
        body: Vec::new(),
    };
    let address = "https://1.suitetalk.api.netsuite.com/services/rest/record/v1/invoice/5120".to_owned();
    assert_eq!(
        call.read(&answer(vec![("Location".into(), address)])).unwrap().id,
        id("5120")
    );
    assert!(call.read(&answer(Vec::new())).is_err());
}

#[test]
fn a_record_is_read_with_exact_numbers() {
    let read = Read::id(RecordType::Invoice, id("5120"));
    assert_eq!(
        shown(&read.request()),
        "GET /services/rest/record/v1/invoice/5120?expandSubResources=true"
    );
    let named = Read::named(RecordType::JournalEntry, ExternalId::journal("900", None));
    assert_eq!(
        shown(&named.request()),
        "GET /services/rest/record/v1/journalEntry/eid:AZN-JE-900"
    );
    let body = r#"{"id":"5120","externalId":"AZN-IV-1","total":29.990,"status":{"id":"A","refName":"Open"},
        "currency":{"id":"2","refName":"EUR"},"item":{"items":[{"line":1}]}}"#;
    let record = read
        .read(&Response {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
        })
        .unwrap();
    assert_eq!(record.total().unwrap().to_string(), "29.990");
    assert_eq!(
        (record.status().as_deref(), record.external_id()),
        (Some("A"), Some("AZN-IV-1"))
    );
    assert_eq!(
        (record.reference("currency"), record.reference_name("currency")),
        (Some(id("2")), Some("EUR"))
    );
    assert_eq!(record.lines("item").len(), 1);
    for bad in ["", "[]", "{}", "<html>"] {
        assert!(
            read.read(&Response {
                status: 200,
                headers: Vec::new(),
                body: bad.into()
            })
            .is_err(),
            "{bad}"
        );
    }
}

/// SET-41: the bill names the vendor and each expense, the payment the account that it comes from and the bill.
#[test]
fn set_41_a_bill_of_fees_and_what_pays_it() {
    let bill = VendorBill {
        external_id: ExternalId::fee_bill("900", None),
        vendor: id("651"),
        date: day("2026-11-21"),
        currency: Some(id("2")),
        subsidiary: Some(id("1")),
        payable: None,
        memo: Some("Amazon settlement 900".into()),
        expenses: vec![Expense {
            account: id("261"),
            amount: dec("13.20"),
            memo: Some("referral-fee".into()),
            tax_code: Some(id("5")),
            department: None,
            class: Some(id("3")),
            location: None,
        }],
    };
    assert_eq!(
        sent(&bill.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-VB-900","entity":{"id":"651"},"subsidiary":{"id":"1"},"currency":{"id":"2"},"#,
            r#""tranDate":"2026-11-21","memo":"Amazon settlement 900","expense":{"items":[{"account":{"id":"261"},"#,
            r#""amount":13.20,"memo":"referral-fee","taxCode":{"id":"5"},"class":{"id":"3"}}]}}"#
        )
    );
    let payment = VendorPayment {
        external_id: ExternalId::fee_payment("900", Some(202_611)),
        vendor: id("651"),
        date: day("2026-11-21"),
        currency: Some(id("2")),
        subsidiary: None,
        account: id("212"),
        payable: Some(id("227")),
        memo: None,
        apply: vec![Apply {
            document: Target::Id(id("7001")),
            amount: dec("13.20"),
        }],
    };
    assert_eq!(
        sent(&payment.create()).lines().last().unwrap(),
        concat!(
            r#"{"externalId":"AZN-VP-900-202611","entity":{"id":"651"},"currency":{"id":"2"},"tranDate":"2026-11-21","#,
            r#""account":{"id":"212"},"apAcct":{"id":"227"},"apply":{"items":[{"doc":{"id":"7001"},"apply":true,"#,
            r#""amount":13.20}]}}"#
        )
    );
}

/// SET-53: the bank's journal may carry the rate that it was worked out with.
#[test]
fn set_53_a_journal_carries_its_rate_where_it_has_one() {
    let line = |account: &str, debit: &str| JournalLine::new(id(account), dec(debit));
    let journal = JournalEntry {
        exchange_rate: Some(dec("0.92")),
        ..journal(vec![line("220", "1.00"), line("221", "-1.00")])
    };
    let body = sent(&journal.create().unwrap());
    assert!(body.contains(r#""currency":{"id":"2"},"exchangeRate":0.92,"#), "{body}");
}

/// SET-22: what is empty is left out of a new record; a change names only what is other now, an emptied link as null.
#[test]
fn set_22_a_transaction_of_a_settlement_and_a_change_of_it() {
    let name = ExternalId::settlement_line_record("900", "17.0");
    let line = |payment: Option<RecordId>| AmazonSettlementLine {
        external_id: name.clone(),
        parent: Target::Named(ExternalId::settlement_record("900")),
        kind: "Order".into(),
        description: "Order".into(),
        order: "113-1".into(),
        skus: "A, B".into(),
        date: Some(day("2026-11-21")),
        customer: dec("20.00"),
        tax: dec("0"),
        fees: dec("-3.15"),
        net: dec("16.85"),
        state: "Applied".into(),
        payment,
        credit_memo: None,
        refund: None,
        journal: None,
        error: String::new(),
    };
    assert_eq!(
        sent(&line(Some(id("77"))).record().create()),
        format!(
            "POST /services/rest/record/v1/customrecord_azn_settlement_line\n{POST}\n{}",
            concat!(
                r#"{"externalId":"AZN-STL-900-000017","name":"Order 113-1","custrecord_azn_sl_settlement":{"id":"4711"},"#,
                r#""custrecord_azn_sl_type":"Order","custrecord_azn_sl_description":"Order","#,
                r#""custrecord_azn_sl_order":"113-1","custrecord_azn_sl_skus":"A, B","#,
                r#""custrecord_azn_sl_date":"2026-11-21","custrecord_azn_sl_customer":20.00,"custrecord_azn_sl_tax":0,"#,
                r#""custrecord_azn_sl_fees":-3.15,"custrecord_azn_sl_amount":16.85,"custrecord_azn_sl_state":"Applied","#,
                r#""custrecord_azn_sl_payment":{"id":"77"}}"#
            )
        )
    );
    let fields = ["custrecord_azn_sl_state", "custrecord_azn_sl_payment"];
    let change = line(None).record().change(&id("812"), &fields);
    assert_eq!(
        sent(&change),
        format!(
            "PATCH /services/rest/record/v1/customrecord_azn_settlement_line/812\n{POST}\n{}",
            r#"{"custrecord_azn_sl_state":"Applied","custrecord_azn_sl_payment":null}"#
        )
    );
    let probe = line(None).record().create().probe(&|_| None).unwrap();
    let read = Read::named(RecordType::AmazonSettlementLine, name.clone());
    assert_eq!(
        probe,
        Probe::Exists(read),
        "after a lost answer it is looked for by its name"
    );
    assert_eq!(change.probe(&|_| None).unwrap(), Probe::Repeat);
}

#[test]
fn set_22_what_a_field_says_is_held_against_what_netsuite_shows() {
    let same = |content: Content, told: &str| content.is(told);
    assert!(same(Content::Amount(dec("20.00")), "20"));
    assert!(same(Content::Amount(dec("-0.15")), "-.15"));
    assert!(
        same(Content::Amount(dec("1.005")), "1.01"),
        "as a currency field keeps it"
    );
    assert!(!same(Content::Amount(dec("20.00")), "20.01"));
    assert!(same(Content::Day(day("2026-11-21")), "2026-11-21"));
    assert!(same(Content::Text("Ready".into()), "Ready"));
    assert!(same(Content::Record(Target::Id(id("7"))), "7"));
    assert!(!same(Content::Record(Target::Id(id("7"))), "8"));
}

#[test]
fn set_22_a_text_that_is_too_long_is_cut_and_says_so() {
    let long = AmazonSettlementLine {
        external_id: ExternalId::settlement_line_record("900", "17.0"),
        parent: Target::Id(id("12")),
        kind: "Order".into(),
        description: "é".repeat(400),
        order: String::new(),
        skus: String::new(),
        date: None,
        customer: dec("0"),
        tax: dec("0"),
        fees: dec("0"),
        net: dec("0"),
        state: "Applied".into(),
        payment: None,
        credit_memo: None,
        refund: None,
        journal: None,
        error: String::new(),
    };
    let fields = long.record().fields;
    let (_, said) = fields
        .iter()
        .find(|(field, _)| field.ends_with("_description"))
        .unwrap();
    let Some(Content::Text(text)) = said else {
        panic!("it is a text")
    };
    assert_eq!((text.chars().count(), text.ends_with('…')), (300, true));
}
