//! A typical settlement: feeds the flows' doc pages and their first tests.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Currency;
use domain::settlement::classify::Vocabulary;
use domain::settlement::marketplace::{Attribution, Known};
use domain::settlement::plan::{Accounts, Choices, DocumentKind, Found, FoundDocument, FoundLine, Input, plan};
use domain::settlement::{Header, Line, Posted, group, group::Kind};
use netsuite::RecordId;
use rust_decimal::Decimal;

use super::gather::Settled;
use super::posting::{self, ToPost};
use crate::local::{Stage, StoredSettlement};
use crate::rules::Profile;

const US: &str = "ATVPDKIKX0DER";

/// One order of 18.00 with its commission, one refund of 7.50, a month's subscription: 32.19 that Amazon is owed.
pub fn settled() -> Settled {
    let header = Header {
        id: "90001".into(),
        start: day(1),
        end: day(14),
        deposit: day(16),
        currency: Currency::USD,
        declared_total: Some(Decimal::new(-3219, 2)),
    };
    let lines = vec![
        line(3, "Order", "ItemPrice", "Principal", "111-0000000-0000001", 180_000),
        line(4, "Order", "ItemFees", "Commission", "111-0000000-0000001", -27_000),
        line(5, "Refund", "ItemPrice", "Principal", "111-0000000-0000002", -75_000),
        line(
            6,
            "other-transaction",
            "other-transaction",
            "Subscription Fee",
            "",
            -399_900,
        ),
    ];
    let around = Known {
        account: vec![US.into()],
        ..Known::default()
    };
    let attribution = Attribution::new(&header, &lines, &around);
    let groups = group(
        &header,
        lines,
        &mut Vocabulary::default(),
        &attribution,
        chrono_tz::America::Los_Angeles,
    );
    let keys = [
        "acct.bank",
        "acct.clearing",
        "acct.due_to_amazon",
        "acct.referral_fees",
        "acct.subscription",
    ];
    let by_key: BTreeMap<String, String> = keys
        .iter()
        .zip(220..)
        .map(|(key, id)| ((*key).to_owned(), id.to_string()))
        .collect();
    let accounts = Accounts {
        by_key,
        by_marketplace: BTreeMap::new(),
    };
    let found = [("111-0000000-0000001", 1800, 1800), ("111-0000000-0000002", 3000, 0)];
    let found = found
        .into_iter()
        .map(|(order, total, open)| (order.to_owned(), invoice(order, total, open)))
        .collect();
    let choices = Choices {
        time_zone: "America/Los_Angeles".into(),
        accounts,
        ..Choices::default()
    };
    let input = Input {
        settlement: header.clone(),
        groups,
        found,
        choices,
    };
    Settled {
        plan: plan(&input),
        input,
        stored: StoredSettlement {
            header,
            account: "na:A1SELLER".into(),
            file_hash: "9f".repeat(32),
            balanced: true,
            stage: Stage::Open,
            edited: false,
            gap_accepted: None,
            revision: 1,
            late: std::collections::BTreeSet::new(),
            late_open: false,
        },
        profile: Some(profile()),
        currency: Some(RecordId("1".into())),
        journals: Vec::new(),
        clearing: None,
        suggested: BTreeMap::new(),
        journals_gone: Vec::new(),
        bank_currency: None,
        books: None,
        written: BTreeMap::new(),
        periods: Vec::new(),
    }
}

fn profile() -> Profile {
    Profile {
        id: US.into(),
        country: "US".into(),
        account: "na:A1SELLER".into(),
        currency: Currency::USD,
        zone: chrono_tz::America::Los_Angeles,
        settlement_name: "Amazon.com".into(),
        tax_inclusive: false,
        go_live: NaiveDate::from_ymd_opt(2026, 1, 1),
    }
}

/// The payment of the sample's order.
pub fn payment() -> ToPost {
    of(Kind::Payment)
}

/// The refund of the sample's other order.
pub fn refund() -> ToPost {
    of(Kind::Refund)
}

fn of(kind: Kind) -> ToPost {
    let settled = settled();
    posting::of_kind(&settled, kind).remove(0)
}

fn day(day: u32) -> Option<Posted> {
    NaiveDate::from_ymd_opt(2026, 10, day).map(Posted::On)
}

/// A line of the sample's file.
pub fn line(number: u64, transaction: &str, amount_type: &str, description: &str, order: &str, units: i64) -> Line {
    Line {
        number,
        ten_thousandths: units,
        transaction_type: transaction.into(),
        amount_type: amount_type.into(),
        amount_description: description.into(),
        order_id: order.into(),
        marketplace_name: "Amazon.com".into(),
        posted: day(10),
        sku: if order.is_empty() {
            String::new()
        } else {
            "MUG-BLUE".into()
        },
        ..Line::default()
    }
}

/// An invoice of an order, as NetSuite has it.
pub fn invoice(order: &str, total_cents: i64, open_cents: i64) -> Found {
    let document = FoundDocument {
        kind: DocumentKind::Invoice,
        id: format!("7{total_cents}"),
        number: format!("INV{total_cents}"),
        external_id: Some(format!("AZN-IV-{order}")),
        currency: Currency::USD,
        total: Decimal::new(total_cents, 2),
        open: Decimal::new(open_cents, 2),
        shipment: None,
        customer: "88".into(),
        customer_inactive: false,
        date: NaiveDate::from_ymd_opt(2026, 10, 9).unwrap_or_default(),
        tax_included: false,
        account: None,
        lines: vec![FoundLine {
            order_item_code: None,
            sku: "MUG-BLUE".into(),
            item: "501".into(),
            quantity: Decimal::ONE,
            unit_price: Decimal::new(total_cents, 2),
        }],
    };
    Found {
        documents: vec![document],
        ..Found::default()
    }
}

/// 14 November 2026 at noon, UTC.
#[cfg(test)]
pub fn noon() -> chrono::DateTime<chrono::Utc> {
    "2026-11-14T12:00:00Z".parse().unwrap_or_default()
}
