//! What the journals' flow sends: head, lines, parts, moved days (flows.md §10.11).

use domain::settlement::group::Kind;
use domain::settlement::plan::{Dimensions, plan};
use netsuite::RecordId;
use netsuite::queries::Known;
use serde_json::Value;

use super::gather::Settled;
use super::journals::{self, Journals, entries};
use super::payments::Payments;
use super::posting::of_kind;
use super::refunds::Refunds;
use super::sample;
use super::summary;
use crate::flow::{Flow, Instead, Step, Write};
use crate::orders::seen::ClosedPeriod;
use crate::rules::Rules;

fn rules(more: &[(&str, &str)]) -> Rules {
    let mut rules = Rules::new(sample::noon());
    let usual = [
        ("acct.clearing", "221"),
        ("refund.amount_item", "amount"),
        ("subsidiary", "1"),
    ];
    for (key, value) in usual.iter().chain(more) {
        rules.options.set("", key, value);
    }
    let profile = sample::settled().profile.unwrap();
    rules.marketplaces.insert(profile.id.clone(), profile);
    rules
}

fn body(step: &Step) -> &Value {
    match &step.write {
        Write::NetSuite(netsuite::Write::Create { body, .. } | netsuite::Write::Transform { body, .. }) => body,
        other => panic!("not a record: {other:?}"),
    }
}

fn journals(settled: &Settled, rules: &Rules) -> Vec<Step> {
    Journals::decide(&journals::of(settled), rules).unwrap()
}

fn planned_again(settled: &mut Settled) {
    settled.plan = plan(&settled.input);
}

#[test]
fn set_50_journals_are_written_approved_unless_somebody_in_netsuite_shall_approve_them() {
    let settled = sample::settled();
    let head = |rules: &Rules| {
        let steps = journals(&settled, rules);
        let body = body(&steps[0]).clone();
        (
            body["approved"].clone(),
            body["tranDate"].clone(),
            body["memo"].clone(),
            body["currency"]["id"].clone(),
        )
    };
    let (approved, date, memo, currency) = head(&rules(&[]));
    assert_eq!(
        (approved, date, memo, currency),
        (
            true.into(),
            "2026-10-16".into(),
            "Amazon settlement 90001 2026-10-01–2026-10-14".into(),
            "1".into()
        )
    );
    assert_eq!(head(&rules(&[("je.approved", "off")])).0, false);
}

fn known(name: &str, status: &str) -> Known {
    Known {
        id: RecordId("5001".into()),
        record: Some(netsuite::RecordType::JournalEntry),
        number: "JE1042".into(),
        external_id: Some(name.into()),
        other_ref_num: None,
        status: status.into(),
        customer: None,
        customer_inactive: false,
        currency: None,
        total: rust_decimal::Decimal::ZERO,
        open: rust_decimal::Decimal::ZERO,
        date: "2026-10-16".parse().unwrap(),
        memo: None,
    }
}

/// SET-54, SET-51: a setting that was changed between two journals of one posting books nothing twice.
#[test]
fn set_54_journals_that_were_divided_otherwise_are_asked_about() {
    let mut settled = sample::settled();
    settled.journals = vec![known("AZN-JE-90001-202610", "B")];
    let Err(Instead::Ask { problems }) = Journals::decide(&journals::of(&settled), &rules(&[])) else {
        panic!("the month is in the books already")
    };
    assert_eq!(problems[0].cause, "ADOPTION_CONFLICT:90001");
    // Of a posting that was undone nothing is in the way.
    settled.stored.revision = 2;
    settled.input.choices.revision = 2;
    planned_again(&mut settled);
    let names: Vec<String> = journals(&settled, &rules(&[]))
        .into_iter()
        .map(|step| step.name)
        .collect();
    assert_eq!(names, ["AZN-JE-90001-R2"]);
}

#[test]
fn set_50_a_journal_that_nobody_approved_does_not_count() {
    let mut settled = sample::settled();
    let known = |status: &str| known("AZN-JE-90001", status);
    settled.journals = vec![known("A")];
    let Err(Instead::Wait { reason }) = Journals::decide(&journals::of(&settled), &rules(&[])) else {
        panic!("it is there, and waits for its approval")
    };
    assert_eq!(reason.id, "reason-journal-unapproved");
    assert!(summary::of(&settled).why_not.contains(&reason), "the review says so");
    settled.journals = vec![known("B")];
    assert!(matches!(
        Journals::decide(&journals::of(&settled), &rules(&[])),
        Err(Instead::Skip { .. })
    ));
    assert!(summary::of(&settled).why_not.is_empty());
}

#[test]
fn set_54_the_settings_of_a_marketplace_file_its_lines() {
    let chosen = rules(&[
        ("department", "7"),
        ("class", "8"),
        ("je.location", "9"),
        ("je.line_entity", "88"),
    ]);
    let mut settled = sample::settled();
    let main = settled.marketplace().to_owned();
    settled.input.choices.journal = entries(&chosen, &main);
    assert_eq!(
        settled.input.choices.journal.dimensions[&main],
        Dimensions {
            department: Some("7".into()),
            class: Some("8".into()),
            location: Some("9".into()),
        }
    );
    planned_again(&mut settled);
    let steps = journals(&settled, &chosen);
    let lines = body(&steps[0])["line"]["items"].as_array().unwrap();
    assert!(lines.len() > 2);
    for line in lines {
        let filed = [&line["department"]["id"], &line["class"]["id"], &line["location"]["id"]];
        assert_eq!(filed, ["7", "8", "9"], "{line}");
    }
    let named = |account: &str| {
        let line = lines.iter().find(|line| line["account"]["id"] == account).unwrap();
        line["entity"]["id"].clone()
    };
    // The sample numbers its accounts from 220: bank, clearing, debt, referral fees, subscription.
    assert_eq!((named("221"), named("223")), ("88".into(), "88".into()));
    assert_eq!(named("222"), Value::Null, "what is owed to Amazon names nobody");
}

#[test]
fn cmn_38_each_part_of_a_long_journal_is_a_step_of_the_same_posting() {
    let mut settled = sample::settled();
    settled.input.choices.journal.most_lines = 3;
    settled
        .input
        .choices
        .accounts
        .by_key
        .insert("acct.carried_forward".into(), "230".into());
    planned_again(&mut settled);
    let steps = journals(&settled, &rules(&[]));
    let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["AZN-JE-90001-P1", "AZN-JE-90001-P2"]);
    for step in &steps {
        // Approving and undoing take what a posting holds: all parts.
        assert_eq!(step.hold.as_deref(), Some("90001"));
        assert_eq!(step.link.as_ref().unwrap().key, "90001");
        let lines = body(step)["line"]["items"].as_array().unwrap();
        let of = |side: &str| -> rust_decimal::Decimal {
            let amounts = lines.iter().filter_map(|line| line.get(side));
            amounts
                .map(|amount| amount.to_string().parse::<rust_decimal::Decimal>().unwrap())
                .sum()
        };
        assert_eq!(of("debit"), of("credit"));
    }
}

#[test]
fn set_52_cmn_34_what_a_closed_period_moves_keeps_its_own_day_in_the_memo() {
    let moving = rules(&[("closed_period", "first_open")]);
    let closed = || {
        Some(ClosedPeriod {
            name: "Oct 2026".into(),
            first_open: "2026-11-01".parse().ok(),
        })
    };
    let settled = sample::settled();
    let mut paid = of_kind(&settled, Kind::Payment).remove(0);
    let mut back = of_kind(&settled, Kind::Refund).remove(0);
    let plain = body(&Payments::decide(&paid, &moving).unwrap()[0]).clone();
    assert_eq!(plain["memo"], "Amazon settlement 90001");
    (paid.closed, back.closed) = (closed(), closed());
    let mut moved = Payments::decide(&paid, &moving).unwrap();
    moved.extend(Refunds::decide(&back, &moving).unwrap());
    let mut journal = journals::of(&settled);
    journal.journals[0].closed = closed();
    moved.extend(Journals::decide(&journal, &moving).unwrap());
    let memos: Vec<(String, &str)> = moved
        .iter()
        .map(|step| (step.name.clone(), body(step)["memo"].as_str().unwrap()))
        .collect();
    let told: Vec<(&str, &str)> = memos.iter().map(|(name, memo)| (name.as_str(), *memo)).collect();
    assert_eq!(
        told,
        [
            (
                "AZN-PY-90001-111-0000000-0000001",
                "Amazon settlement 90001 (2026-10-10)"
            ),
            (
                "AZN-CM-90001-111-0000000-0000002-1",
                "Refund · Amazon settlement 90001 (2026-10-10)"
            ),
            (
                "AZN-RF-90001-111-0000000-0000002-1",
                "Refund · Amazon settlement 90001 (2026-10-10)"
            ),
            (
                "AZN-JE-90001",
                "Amazon settlement 90001 2026-10-01–2026-10-14 (2026-10-16)"
            ),
        ]
    );
    assert!(moved.iter().all(|step| body(step)["tranDate"] == "2026-11-01"));
}
