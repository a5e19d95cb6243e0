//! One payment for the orders of a customer (SET-26).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod common;

use common::{Story, amount, invoice, planned, postings_text, with};
use domain::settlement::plan::{Cause, DocumentKind, Found, FoundDocument, Input, Plan, Status};

const ONE: &str = "111-1000000-0000001";
const TWO: &str = "111-1000000-0000002";
const THREE: &str = "111-1000000-0000003";

fn story() -> Story {
    Story {
        start: "2026-09-24 07:00:00 UTC",
        ..Story::us(
            "90126",
            "185.00",
            "Order | 111-1000000-0000001 | ItemPrice | Principal | 75.00 | posted=2026-09-26 18:00:00 UTC
             Order | 111-1000000-0000002 | ItemPrice | Principal | 50.00 | posted=2026-10-04 18:00:00 UTC
             Order | 111-1000000-0000003 | ItemPrice | Principal | 30.00 | posted=2026-10-05 18:00:00 UTC | shipment=S1
             Order | 111-1000000-0000003 | ItemPrice | Principal | 30.00 | posted=2026-10-06 18:00:00 UTC | shipment=S2",
        )
    }
}

fn found() -> Vec<(&'static str, Found)> {
    vec![
        (ONE, with(vec![invoice("501", "75.00", "75.00")])),
        (TWO, with(vec![invoice("502", "50.00", "50.00")])),
        (THREE, with(vec![invoice("503", "60.00", "60.00")])),
    ]
}

fn together(story: &Story, found: Vec<(&str, Found)>) -> Input {
    let mut input = story.input(found);
    input.choices.per_customer = Some(500);
    input
}

/// A payment that NetSuite has, as one order has it.
fn paid(name: &str, share: &str) -> FoundDocument {
    FoundDocument {
        kind: DocumentKind::Payment,
        external_id: Some(name.to_owned()),
        date: common::day("2026-10-06"),
        ..invoice("9001", share, "0")
    }
}

fn names(plan: &Plan) -> Vec<String> {
    let texts = postings_text(plan);
    texts
        .iter()
        .map(|text| text.split(' ').nth(1).unwrap().to_owned())
        .collect()
}

const OCTOBER: &str = "AZN-PY-90126-CUST-77-202610";

#[test]
fn set_26_a_customer_s_orders_share_a_payment_for_each_month() {
    let input = together(&story(), found());
    let plan = planned(&input);
    assert_eq!(
        postings_text(&plan),
        [
            "payment AZN-PY-90126-CUST-77-202609 2026-09-26 75.00 USD on 501 75.00",
            "payment AZN-PY-90126-CUST-77-202610 2026-10-06 50.00 USD on 502 50.00",
            "payment AZN-PY-90126-CUST-77-202610 2026-10-06 30.00 USD on 503 30.00",
            "payment AZN-PY-90126-CUST-77-202610 2026-10-06 30.00 USD on 503 30.00",
        ],
        "dated with the last of their rows"
    );
    let apart = story().plan(found());
    assert_eq!(
        (&plan.journals, &plan.variance_lines),
        (&apart.journals, &apart.variance_lines)
    );
    let mut whole = input.clone();
    whole.choices.split_months = false;
    let posted = planned(&whole);
    assert!(names(&posted).iter().all(|name| name == "AZN-PY-90126-CUST-77"));
}

#[test]
fn set_26_two_customers_have_two_payments() {
    let mut found = found();
    found[1].1.documents[0].customer = "78".into();
    let plan = planned(&together(&story(), found));
    assert_eq!(names(&plan)[1..], ["AZN-PY-90126-CUST-78-202610", OCTOBER, OCTOBER]);
}

#[test]
fn set_26_cmn_38_so_many_invoices_and_no_more_are_paid_by_one() {
    let mut input = together(&story(), found());
    input.choices.split_months = false;
    input.choices.per_customer = Some(2);
    let plan = planned(&input);
    let (first, second) = ("AZN-PY-90126-CUST-77", "AZN-PY-90126-CUST-77-P2");
    assert_eq!(
        names(&plan),
        [first, first, second, second],
        "one invoice is one of them"
    );
}

#[test]
fn set_26_what_was_paid_together_is_found_and_what_comes_later_gets_the_next_number() {
    let mut found = found();
    found[1].1.documents[0].open = amount("0");
    found[1].1.documents.push(paid(OCTOBER, "50.00"));
    let input = together(&story(), found);
    let plan = planned(&input);
    assert_eq!(
        names(&plan)[1..],
        [
            OCTOBER,
            "AZN-PY-90126-CUST-77-202610-P2",
            "AZN-PY-90126-CUST-77-202610-P2"
        ]
    );
    assert_eq!(plan.outcomes[1].status, Status::Applied);
    assert!(plan.variance.amount.is_zero());
    // The setting of today changes nothing of what stands.
    let mut apart = input.clone();
    apart.choices.per_customer = None;
    assert_eq!(names(&planned(&apart))[1], OCTOBER);
}

#[test]
fn set_26_two_shipments_of_an_order_share_what_their_order_has() {
    let mut found = found();
    found[2].1.documents[0].open = amount("0");
    found[2].1.documents.push(paid(OCTOBER, "60.00"));
    let plan = planned(&together(&story(), found.clone()));
    assert_eq!(names(&plan)[2..], [OCTOBER, OCTOBER]);
    assert!(plan.variance.amount.is_zero());
    // A person took a part of it away in NetSuite.
    found[2].1.documents[1].total = amount("55.00");
    found[2].1.documents[0].open = amount("5.00");
    let edited = planned(&together(&story(), found));
    let line = &edited.variance_lines[0];
    assert_eq!((line.cause, line.amount.amount), (Cause::Edited, amount("-5.00")));
}

#[test]
fn set_26_set_44_a_shared_payment_that_is_gone_is_asked_about_once() {
    let mut found = found();
    for (_, of_order) in &mut found[1..] {
        of_order.written.insert(OCTOBER.to_owned());
    }
    let plan = planned(&together(&story(), found));
    let stands: Vec<Status> = plan.outcomes[1..].iter().map(|outcome| outcome.status).collect();
    assert_eq!(stands, [Status::NeedsYou, Status::Waiting, Status::Waiting]);
    assert!(plan.variance_lines.iter().all(|line| line.cause == Cause::Edited));
    assert_eq!(plan.outcomes[1].document.as_deref(), Some(OCTOBER));
}

#[test]
fn set_26_set_25_what_stays_as_a_customer_s_credit_keeps_a_payment_of_its_own() {
    let mut found = found();
    found[1].1.documents[0].open = amount("45.00");
    let mut input = together(&story(), found);
    input.choices.keep_unapplied = true;
    assert_eq!(names(&planned(&input))[1], format!("AZN-PY-90126-{TWO}"));
}

#[test]
fn set_26_set_59_a_second_posting_has_its_own_name() {
    let mut input = together(&story(), found());
    input.choices.revision = 2;
    assert_eq!(names(&planned(&input))[1], format!("{OCTOBER}-R2"));
}
