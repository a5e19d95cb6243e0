//! A settlement of 120,000 rows, from its file to the tabs of the screen.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use app::contract::SettlementLinesRequest;
use app::views;
use chrono::DateTime;
use domain::settlement::classify::Vocabulary;
use domain::settlement::marketplace::{Attribution, Known};
use domain::settlement::plan::{Choices, DocumentKind, Found, FoundDocument, Input};
use domain::settlement::read::Options;
use domain::settlement::{Header, Line, group, plan};
use flows::local::{Stage, StoredSettlement};
use flows::settlements::gather::Settled;
use flows::settlements::{Summary, summary};
use rust_decimal::Decimal;
use store::{Store, settlement_lines, settlement_rows, settlements};

const ORDERS: u32 = 40_000;
/// The last orders have no invoice.
const UNBILLED: u32 = 50;
const ID: &str = "90024";

fn order(number: u32) -> String {
    format!("114-{number:07}-0000024")
}

/// Three rows for each order: its price and two fees.
fn file() -> String {
    let mut text = String::from(
        "settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\t\
         transaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date-time\n",
    );
    let total = Decimal::new(1_350, 2) * Decimal::from(ORDERS);
    let days = "2026-10-01 07:00:00 UTC\t2026-10-15 07:00:00 UTC\t2026-10-16 20:00:00 UTC";
    writeln!(text, "{ID}\t{days}\t{total}\tUSD\t\t\t\t\t\t\t").unwrap();
    for number in 0..ORDERS {
        let order = order(number);
        for (kind, amount) in [
            ("ItemPrice\tPrincipal", "20.00"),
            ("ItemFees\tCommission", "-3.00"),
            ("ItemFees\tFBAPerUnitFulfillmentFee", "-3.50"),
        ] {
            let posted = "2026-10-05 12:00:00 UTC";
            writeln!(
                text,
                "{ID}\t\t\t\t\t\tOrder\t{order}\tAmazon.com\t{kind}\t{amount}\t{posted}"
            )
            .unwrap();
        }
    }
    text
}

fn invoice(number: u32) -> Found {
    let document = FoundDocument {
        kind: DocumentKind::Invoice,
        id: number.to_string(),
        number: format!("INV{number}"),
        external_id: None,
        currency: domain::Currency::USD,
        total: Decimal::from(20),
        open: Decimal::from(20),
        shipment: None,
        customer: "77".to_owned(),
        customer_inactive: false,
        date: "2026-10-04".parse().unwrap(),
        tax_included: false,
        account: None,
        lines: Vec::new(),
    };
    Found {
        documents: vec![document],
        ..Found::default()
    }
}

/// What the flow of summaries makes of the lines and of NetSuite's invoices.
fn summed_up(header: Header, lines: Vec<Line>) -> Summary {
    let known = Known::default();
    let attribution = Attribution::new(&header, &lines, &known);
    let zone = "America/Los_Angeles".parse().unwrap();
    let groups = group(&header, lines, &mut Vocabulary::default(), &attribution, zone);
    let found: BTreeMap<String, Found> = (0..ORDERS - UNBILLED)
        .map(|number| (order(number), invoice(number)))
        .collect();
    let input = Input {
        settlement: header.clone(),
        groups,
        found,
        choices: Choices::default(),
    };
    summary::of(&Settled {
        plan: plan(&input),
        input,
        stored: StoredSettlement {
            header,
            account: "na:A1SELLER".to_owned(),
            balanced: true,
            stage: Stage::Open,
            edited: false,
            gap_accepted: None,
            revision: 1,
            file_hash: String::new(),
            late: std::collections::BTreeSet::new(),
            late_open: false,
        },
        profile: None,
        currency: None,
        journals: Vec::new(),
        clearing: None,
        written: BTreeMap::new(),
        books: None,
        bank_currency: None,
        suggested: BTreeMap::new(),
        periods: Vec::new(),
        journals_gone: Vec::new(),
    })
}

#[test]
fn t24_120_000_rows_are_imported_counted_and_stand_in_the_right_tabs() {
    let store = Store::memory().unwrap();
    let bytes = file().into_bytes();
    let imported = store
        .write_bulk(|db| {
            let go_on = &mut |_| Ok(());
            settlements::import(db, "A", &bytes, &Options::default(), DateTime::UNIX_EPOCH, go_on)
        })
        .unwrap();
    assert_eq!(imported.new, [ID]);
    let kept = store.read(|db| settlements::get(db, ID)).unwrap().unwrap();
    assert_eq!((kept.rows, kept.lines, kept.balanced), (120_000, 120_000, true));
    assert_eq!(kept.sum.to_string(), "540000.00 USD");

    let lines = store.read(|db| settlement_lines::all(db, ID)).unwrap();
    let summary = summed_up(kept.header, lines);
    let in_rows: usize = summary.rows.iter().map(|row| row.lines).sum();
    assert_eq!(in_rows, 120_000, "each row of the file is in one row of the screen");
    let value = serde_json::to_value(&summary).unwrap();
    store.write(|db| settlements::set_summary(db, ID, &value)).unwrap();

    let page = |tab: &str, at: u32| {
        let request = SettlementLinesRequest {
            id: ID.to_owned(),
            tab: tab.to_owned(),
            bar: None,
            search: None,
            later: None,
            at: Some(at),
            limit: Some(100),
        };
        views::settlements::lines(&store, &request).unwrap()
    };
    let (matched, unmatched) = (ORDERS - UNBILLED, UNBILLED);
    let last = page("matched", matched - 100);
    assert_eq!((last.total, last.rows.len()), (matched, 100));
    assert_eq!(page("unmatched", 0).total, unmatched);
    let counts: BTreeMap<String, u32> = last.tabs.iter().map(|tab| (tab.id.clone(), tab.count)).collect();
    for (tab, count) in &counts {
        let stored = store.read(|db| settlement_rows::count(db, ID, tab)).unwrap();
        assert_eq!(u64::from(*count), stored, "{tab}");
    }
    assert_eq!(counts.values().sum::<u32>() as usize, summary.rows.len());
    assert_eq!((counts["matched"], counts["unmatched"]), (matched, unmatched));
    let difference = summary.difference.to_string();
    assert_eq!(difference, "1000.00 USD", "the fifty orders without an invoice");
}
