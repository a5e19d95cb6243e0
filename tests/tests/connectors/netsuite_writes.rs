//! Records of every kind, written, read back, refused.

use domain::ExternalId;
use netsuite::queries;
use netsuite::records::Probe;
use netsuite::sale::OrderStatus;
use netsuite::{
    Apply, CashRefund, CashSale, CreditMemo, CustomerPayment, CustomerRefund, Invoice, ItemFulfilment, JournalEntry,
    JournalLine, RecordId, RecordType, Refusal, Sale, SaleLine, SalesOrder, Target, Write,
};
use rust_decimal::Decimal;
use serde_json::json;
use wire::{ReadLine, perform};

use crate::desk::{Desk, day, total};

#[tokio::test(start_paused = true)]
async fn cmn_08_cmn_14_an_order_is_written_exactly_and_once() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let name = ExternalId::sales_order("028-9999999-0000001");
    let order = SalesOrder {
        sale: desk.sale(name.clone(), customer),
        status: OrderStatus::PendingFulfilment,
    }
    .create();

    let Probe::Exists(probe) = order.probe(&|_| None).unwrap() else {
        panic!("a create is probed by its name")
    };
    assert!(
        netsuite::absent(&perform(&desk.line, &probe).await.unwrap_err()),
        "not there before"
    );
    let id = desk.write(&order).await.unwrap();
    assert_eq!(perform(&desk.line, &probe).await.unwrap().id, id, "there afterwards");

    let record = desk.read(RecordType::SalesOrder, id.clone()).await;
    assert_eq!((record.total(), record.status().as_deref()), (Some(total()), Some("B")));
    assert_eq!(record.external_id(), Some(name.as_str()));
    assert_eq!(record.lines("item").len(), 2);

    let again = desk.write(&order).await.unwrap_err();
    assert_eq!(netsuite::refusal(&again), Some(Refusal::AlreadyExists), "{again:?}");

    let location = RecordId(desk.bench.simulator.opening_books().locations[0].id.to_string());
    let fulfilment = ItemFulfilment {
        external_id: ExternalId::fulfilment("028-9999999-0000001", 1),
        order: Target::Named(name.clone()),
        location,
        date: day("2026-11-21"),
        lines: Vec::new(),
        packages: vec![netsuite::fulfilment::Parcel {
            tracking: "1Z999".into(),
            description: None,
        }],
        memo: None,
        more: Vec::new(),
    };
    desk.write(&fulfilment.transform()).await.unwrap();
    let record = desk.read(RecordType::SalesOrder, id.clone()).await;
    assert_eq!(record.status().as_deref(), Some("F"), "pending billing");

    let reads = ReadLine::new(&desk.line);
    let found = netsuite::suiteql::all(&reads, queries::by_external_id(&[name]))
        .await
        .unwrap();
    assert_eq!((found.len(), found[0].total), (1, total()));
    let made = netsuite::suiteql::all(&reads, queries::made_from(&[id])).await.unwrap();
    assert_eq!(
        made.iter().map(|(_, one)| one.record).collect::<Vec<_>>(),
        [Some(RecordType::ItemFulfillment)]
    );
}

/// An invoice that the settlement has paid in full (SET-23).
async fn a_paid_invoice(desk: &mut Desk, customer: &Target, clearing: &RecordId) {
    let name = ExternalId::invoice("028-9999999-0000001", None);
    let invoice = Invoice {
        sale: desk.sale(name.clone(), customer.clone()),
        due: Some(day("2026-12-04")),
        account: None,
    };
    let id = desk.write(&invoice.create()).await.unwrap();
    let usd = desk.currency("USD");

    let payment = CustomerPayment {
        external_id: ExternalId::payment("900", "028-9999999-0000001", None),
        customer: customer.clone(),
        date: day("2026-11-21"),
        currency: Some(usd.clone()),
        subsidiary: None,
        account: clearing.clone(),
        receivable: None,
        method: None,
        amount: total(),
        apply: vec![Apply {
            document: Target::Named(name),
            amount: total(),
        }],
        memo: Some("Amazon settlement 900".into()),
        more: Vec::new(),
    };
    let paid = desk.write(&payment.create()).await.unwrap();
    assert_eq!(
        desk.read(RecordType::CustomerPayment, paid).await.total(),
        Some(total())
    );
    assert_eq!(
        desk.read(RecordType::Invoice, id.clone()).await.status().as_deref(),
        Some("B"),
        "paid in full"
    );
    let reads = ReadLine::new(&desk.line);
    let known = netsuite::suiteql::all(&reads, queries::by_order_number(&["028-9999999-0000001".into()]))
        .await
        .unwrap();
    assert_eq!(known.iter().map(|one| one.open).sum::<Decimal>(), Decimal::ZERO);
}

/// One unit of the second line goes back.
fn given_back(desk: &Desk, name: ExternalId, customer: Target) -> Sale {
    Sale {
        currency: Some(desk.currency("USD")),
        other_ref_num: Some("028-9999999-0000001".into()),
        lines: vec![SaleLine::new(desk.sku(1), Decimal::ONE, Decimal::new(1999, 2))],
        memo: Some("Amazon settlement 900".into()),
        ..Sale::new(name, customer, day("2026-11-21"))
    }
}

#[tokio::test(start_paused = true)]
async fn set_23_set_28_set_46_money_comes_in_goes_back_and_is_journalled() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let clearing = desk.bench.role("acct.clearing.USD");
    a_paid_invoice(&mut desk, &customer, &clearing).await;
    let usd = desk.currency("USD");

    let name = ExternalId::credit_memo("900", "028-9999999-0000001", 1);
    let memo = CreditMemo {
        sale: given_back(&desk, name, customer.clone()),
        apply: Vec::new(),
    };
    let memo_id = desk.write(&memo.create()).await.unwrap();
    assert_eq!(
        desk.read(RecordType::CreditMemo, memo_id.clone()).await.total(),
        Some(memo.sale.total())
    );
    let refund = CustomerRefund {
        external_id: ExternalId::customer_refund("900", "028-9999999-0000001", 1),
        customer: customer.clone(),
        date: day("2026-11-21"),
        currency: Some(usd.clone()),
        subsidiary: None,
        account: clearing.clone(),
        method: None,
        apply: vec![Apply {
            document: Target::Named(memo.sale.external_id.clone()),
            amount: memo.sale.total(),
        }],
        memo: Some("Amazon settlement 900".into()),
        more: Vec::new(),
    };
    desk.write(&refund.create()).await.unwrap();
    assert_eq!(
        desk.read(RecordType::CreditMemo, memo_id).await.status().as_deref(),
        Some("B"),
        "fully applied"
    );

    let journal = JournalEntry {
        external_id: ExternalId::journal("900", None),
        date: day("2026-11-21"),
        currency: Some(usd),
        exchange_rate: None,
        subsidiary: Some(RecordId(
            desk.bench.simulator.opening_books().subsidiaries[0].id.to_string(),
        )),
        memo: Some("Amazon settlement 900".into()),
        approved: Some(true),
        reversal_date: None,
        lines: vec![
            JournalLine::new(desk.bench.role("acct.bank.USD"), Decimal::new(1000, 2)),
            JournalLine::new(clearing.clone(), Decimal::new(-1000, 2)),
        ],
        more: Vec::new(),
    };
    let journal_id = desk.write(&journal.create().unwrap()).await.unwrap();
    assert_eq!(
        desk.read(RecordType::JournalEntry, journal_id.clone()).await.total(),
        Some(Decimal::new(1000, 2))
    );

    let reads = ReadLine::new(&desk.line);
    let posted = reads
        .call(&queries::postings(&clearing, "Amazon settlement 900"))
        .await
        .unwrap()
        .rows;
    assert_eq!(posted.len(), 3, "payment, refund, journal");
    assert_eq!(
        posted.iter().map(|one| one.amount).sum::<Decimal>(),
        Decimal::ZERO,
        "SET-48"
    );

    let delete = Write::Delete {
        record: RecordType::JournalEntry,
        target: Target::Id(journal_id),
    };
    let Probe::Gone(probe) = delete.probe(&|_| None).unwrap() else {
        panic!("a delete is probed by its absence")
    };
    desk.write(&delete).await.unwrap();
    assert!(netsuite::absent(&perform(&desk.line, &probe).await.unwrap_err()));
}

#[tokio::test(start_paused = true)]
async fn bil_09_a_cash_sale_goes_to_clearing_and_is_refunded_from_it() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let clearing = desk.bench.role("acct.clearing.USD");
    let name = ExternalId::cash_sale("028-9999999-0000001", None);
    let sale = CashSale {
        sale: desk.sale(name, customer.clone()),
        account: clearing.clone(),
    };
    let id = desk.write(&sale.create()).await.unwrap();
    let record = desk.read(RecordType::CashSale, id).await;
    assert_eq!(
        (record.total(), record.reference("account")),
        (Some(total()), Some(clearing.clone()))
    );
    let name = ExternalId::cash_refund("900", "028-9999999-0000001", 1);
    let refund = CashRefund {
        sale: given_back(&desk, name, customer),
        account: clearing,
        method: None,
    };
    let id = desk.write(&refund.create()).await.unwrap();
    assert_eq!(
        desk.read(RecordType::CashRefund, id).await.total(),
        Some(Decimal::new(1999, 2))
    );
}

#[tokio::test(start_paused = true)]
async fn netsuite_12_refusals_are_told_apart() {
    let mut desk = Desk::open();
    let customer = desk.customer().await;
    let sale = |name: &str, desk: &Desk| desk.sale(ExternalId::sales_order(name), customer.clone());
    let order = |sale| {
        SalesOrder {
            sale,
            status: OrderStatus::PendingFulfilment,
        }
        .create()
    };

    let mut wrong = sale("R-1", &desk);
    wrong.lines[0].item = RecordId("987654".into());
    let mut refusals = vec![("item", order(wrong), Refusal::BadReference)];
    let mut unknown = sale("R-2", &desk);
    unknown.more.push(("custbody_no_such_field".into(), json!("x")));
    refusals.push(("field", order(unknown), Refusal::UnknownField));
    let mut closed = desk.sale(ExternalId::invoice("R-3", None), customer.clone());
    closed.date = day("2020-01-01");
    refusals.push((
        "period",
        Invoice {
            sale: closed,
            due: None,
            account: None,
        }
        .create(),
        Refusal::PeriodClosed,
    ));
    let mut empty = sale("R-4", &desk);
    empty.lines.clear();
    refusals.push(("lines", order(empty), Refusal::MissingField));
    for (what, write, expected) in refusals {
        let failure = desk.write(&write).await.unwrap_err();
        assert_eq!(netsuite::refusal(&failure), Some(expected), "{what}: {failure:?}");
    }
}
