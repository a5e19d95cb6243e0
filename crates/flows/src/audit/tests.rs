//! What the self-audit finds, and what it leaves alone (flows.md §17.5).

use chrono::NaiveDate;
use domain::{Currency, Money};
use netsuite::queries::Known;
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;

use super::self_audit::{Audited, SelfAudit, findings};
use crate::flow::{Flow, Instead};
use crate::local::{InBooks, Watermark};
use crate::rules::{Accepted, Profile, Rules};

const NOW: &str = "2026-11-30T12:00:00Z";

fn rules() -> Rules {
    let mut rules = Rules::new(NOW.parse().unwrap());
    let id = "A1PA6795UKMFR9";
    let profile = Profile {
        id: id.into(),
        country: "DE".into(),
        account: "eu:A1SELLER".into(),
        currency: Currency::EUR,
        zone: chrono_tz::Europe::Berlin,
        settlement_name: "Amazon.de".into(),
        tax_inclusive: true,
        go_live: None,
    };
    rules.marketplaces.insert(id.into(), profile);
    rules
}

fn euros(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::EUR)
}

/// An invoice of an order, written for 29.90 and paid.
fn believed() -> InBooks {
    InBooks {
        link: 1,
        kind: "order".into(),
        key: "028-1".into(),
        record: RecordType::Invoice,
        id: RecordId("77".into()),
        name: "AZN-IV-028-1".into(),
        number: Some("INV77".into()),
        total: Some(euros("29.90")),
        marketplace: Some("A1PA6795UKMFR9".into()),
    }
}

fn known(number: &str, total: &str) -> Known {
    Known {
        id: RecordId(number.trim_start_matches(char::is_alphabetic).into()),
        record: Some(RecordType::Invoice),
        number: number.into(),
        external_id: None,
        other_ref_num: Some("028-1".into()),
        status: "B".into(),
        customer: None,
        customer_inactive: false,
        currency: Some(Currency::EUR),
        total: total.parse().unwrap(),
        open: Decimal::ZERO,
        date: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
        memo: None,
    }
}

fn record(found: Option<Known>) -> Audited {
    Audited::Record {
        believed: believed(),
        found,
        others: Vec::new(),
        is_settled: false,
    }
}

fn causes(seen: &Audited, rules: &Rules) -> Vec<String> {
    findings(seen, rules).into_iter().map(|problem| problem.cause).collect()
}

#[test]
fn audit_what_stands_as_it_was_read_back_is_no_finding() {
    let seen = record(Some(known("INV77", "29.90")));
    assert_eq!(causes(&seen, &rules()), Vec::<String>::new());
    assert!(matches!(SelfAudit::decide(&seen, &rules()), Err(Instead::Skip { .. })));
    // NetSuite shows credits with the other sign.
    assert_eq!(
        causes(&record(Some(known("INV77", "-29.90"))), &rules()),
        Vec::<String>::new()
    );
}

#[test]
fn audit_a_record_that_is_gone_is_offered_to_be_made_again() {
    let problems = findings(&record(None), &rules());
    assert_eq!(problems[0].cause, "NETSUITE_EDITED:gone:AZN-IV-028-1");
    assert_eq!(problems[0].at_stake, Some(euros("29.90")));
    assert!(matches!(problems[0].remedies[0], crate::flow::Remedy::MakeAgain { .. }));
}

#[test]
fn audit_another_total_is_a_finding_unless_a_person_accepted_the_record() {
    let seen = record(Some(known("INV77", "29.91")));
    assert_eq!(causes(&seen, &rules()), ["AUDIT_TOTAL:AZN-IV-028-1"]);
    let mut accepted = rules();
    let of = Accepted {
        id: RecordId("77".into()),
        state: String::new(),
    };
    accepted.adopted.insert("028-1".into(), of);
    assert_eq!(causes(&seen, &accepted), Vec::<String>::new());
    // A journal has no total of its own.
    let Audited::Record {
        mut believed, found, ..
    } = seen
    else {
        unreachable!()
    };
    believed.record = RecordType::JournalEntry;
    let journal = Audited::Record {
        believed,
        found,
        others: Vec::new(),
        is_settled: false,
    };
    assert_eq!(causes(&journal, &rules()), Vec::<String>::new());
}

#[test]
fn audit_two_sales_of_one_order_are_a_finding() {
    let seen = Audited::Record {
        believed: believed(),
        found: Some(known("INV77", "29.90")),
        others: vec![known("INV80", "29.90")],
        is_settled: true,
    };
    let problems = findings(&seen, &rules());
    assert_eq!(problems[0].cause, "AUDIT_TWICE:028-1");
    assert_eq!(problems[0].what.args["others"], "INV80".into());
}

#[test]
fn audit_an_open_invoice_is_late_after_its_days_and_only_without_a_settlement() {
    let open = |date: (i32, u32, u32)| Known {
        open: "29.90".parse().unwrap(),
        date: NaiveDate::from_ymd_opt(date.0, date.1, date.2).unwrap(),
        ..known("INV77", "29.90")
    };
    // 45 days before the thirtieth of November.
    assert_eq!(
        causes(&record(Some(open((2026, 10, 16)))), &rules()),
        Vec::<String>::new()
    );
    let late = record(Some(open((2026, 10, 15))));
    assert_eq!(causes(&late, &rules()), ["AUDIT_UNSETTLED:AZN-IV-028-1"]);
    let settled = Audited::Record {
        believed: believed(),
        found: Some(open((2026, 10, 15))),
        others: Vec::new(),
        is_settled: true,
    };
    assert_eq!(causes(&settled, &rules()), Vec::<String>::new());
    let mut patient = rules();
    patient.options.set("A1PA6795UKMFR9", "audit.unsettled_days", "90");
    assert_eq!(causes(&late, &patient), Vec::<String>::new());
}

#[test]
fn audit_a_closed_settlement_leaves_nothing_on_clearing() {
    let left = |clearing: Option<Money>| {
        let seen = Audited::Settlement {
            id: "90042".into(),
            clearing,
        };
        findings(&seen, &rules())
    };
    assert!(left(None).is_empty() && left(Some(euros("0.00"))).is_empty());
    let problems = left(Some(euros("-0.01")));
    assert_eq!(
        (problems[0].code.as_str(), problems[0].cause.as_str()),
        ("AUDIT_CLEARING", "AUDIT_CLEARING:90042")
    );
    assert_eq!(problems[0].at_stake, Some(euros("-0.01")));
}

#[test]
fn audit_a_flow_that_has_read_as_far_as_it_should_is_no_finding() {
    let mark = |read: &str| {
        Audited::Watermark(Watermark {
            flow: "mfn-orders".into(),
            title: "flow-mfn-orders".into(),
            read_until: read.parse().unwrap(),
            expected: "2026-11-27T11:45:00Z".parse().unwrap(),
        })
    };
    assert_eq!(causes(&mark("2026-11-27T11:45:00Z"), &rules()), Vec::<String>::new());
    assert_eq!(
        causes(&mark("2026-11-27T11:44:59Z"), &rules()),
        ["AUDIT_BEHIND:mfn-orders"]
    );
}
