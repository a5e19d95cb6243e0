//! Orders that are left out, wait or ask (flows.md §3.1, §1.10).

use crate::entry::Judged;
use crate::flow::{Flow, Instead, Key, Write};
use crate::orders::mfn_orders::MfnOrders;
use crate::orders::seen::Subject;
use crate::orders::story::{check, decide};
use crate::rules::Channel::{Fba, Mfn};
use crate::rules::Rules;

#[test]
fn o14_ord_03_a_pending_order_waits_for_its_payment() {
    check(
        Mfn,
        "order 028-1 pending US\n1 × LAMP",
        "wait reason-payment-being-verified",
    );
    check(
        Fba,
        "order 028-1 pending US\n1 × LAMP",
        "wait reason-payment-being-verified",
    );
    check(
        Mfn,
        "order 028-1 pending_availability US\n1 × LAMP",
        "wait reason-not-released-yet",
    );
    check(
        Mfn,
        "order 028-1 unfulfillable US\n1 × LAMP",
        "skip reason-unfulfillable",
    );
}

#[test]
fn o30_a_status_that_amazon_added_waits_and_never_fails() {
    check(Mfn, "order 028-1 teleported US\n1 × LAMP", "wait reason-unknown-status");
    check(Fba, "order 028-1 teleported US\n1 × LAMP", "wait reason-unknown-status");
}

#[test]
fn ord_02_an_fba_order_waits_until_all_of_it_has_left() {
    for status in ["unshipped", "partially_shipped"] {
        check(
            Fba,
            &format!("order 028-1 {status} US\n1 × LAMP 20.00"),
            "wait reason-amazon-ships-yet",
        );
    }
}

#[test]
fn ord_05_an_order_of_nothing_is_left_out() {
    check(Mfn, "order 028-1 unshipped US\n0 × LAMP", "skip reason-nothing-ordered");
}

#[test]
fn orders_of_other_channels_come_back_as_they_went_out() {
    check(
        Fba,
        "order S01-1 shipped US\nnot-amazon\n1 × LAMP 0.00",
        "skip reason-not-an-amazon-order",
    );
}

#[test]
fn cmn_32_orders_from_before_go_live_are_never_imported() {
    let given = "order 028-1 unshipped US
        bought 2026-11-01T06:30:00Z
        go-live 2026-11-01
        1 × LAMP 20.00";
    check(Mfn, given, "skip reason-before-go-live");
    check(
        Mfn,
        &given.replace("go-live 2026-11-01", "go-live never"),
        "ask OPTION_MISSING:go_live:ATVPDKIKX0DER",
    );
}

#[test]
fn cmn_34_a_closed_period_holds_a_posting_or_moves_it() {
    let given = "order 028-1 shipped US
        closed Oct 2026 until 2026-11-01
        1 × LAMP 20.00
        netsuite item LAMP";
    check(Fba, given, "ask PERIOD_CLOSED:Oct 2026");
    let moved = "create invoice AZN-IV-028-1
        entity 88
        tranDate 2026-11-01
        otherRefNum 028-1
        1 × lamp 20.00
        total 20.00 USD ± 0.02";
    check(Fba, &format!("{given}\nset closed_period = first_open"), moved);
}

#[test]
fn a_currency_that_netsuite_lacks_is_never_converted() {
    let given = "order 028-1 unshipped US
        netsuite no currency
        1 × LAMP 20.00
        netsuite item LAMP";
    check(Mfn, given, "ask CURRENCY_DISABLED:USD");
}

#[test]
fn everything_that_is_wrong_is_asked_at_once() {
    let given = "order 028-1 unshipped US
        netsuite no currency
        set orders.shipping_item = nothing
        1 × VASE 20.00, shipping 3.00";
    check(Mfn, given, "ask CURRENCY_DISABLED:USD\nask ITEM_NOT_FOUND:VASE");
    let known = format!("{given}\nnetsuite item VASE");
    check(
        Mfn,
        &known,
        "ask CURRENCY_DISABLED:USD\nask OPTION_MISSING:orders.shipping_item:ATVPDKIKX0DER",
    );
}

#[test]
fn the_same_order_and_rules_always_give_the_same_decision() {
    let given = "order 028-1 unshipped DE\n2 × MUG-BLUE 25.00, shipping 4.90\nnetsuite item MUG-BLUE";
    assert_eq!(decide(Mfn, given), decide(Mfn, given));
}

#[test]
fn cmn_34_the_day_that_a_closed_period_moved_stays_in_the_memo() {
    let given = "order 028-1 shipped US
        changed 2026-10-31T12:00:00Z
        closed Oct 2026 until 2026-11-01
        set closed_period = first_open
        1 × LAMP 20.00
        netsuite item LAMP";
    let with_field = format!("{given}\nset orders.custom_fields = on");
    let steps = decide(Fba, &with_field).unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    assert_eq!(
        body["custbody_azn_original_date"], "2026-10-31",
        "and in a field where there is one"
    );
    let steps = decide(Fba, given).unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    assert_eq!(
        (&body["tranDate"], &body["memo"]),
        (&"2026-11-01".into(), &"Amazon 028-1 (2026-10-31)".into())
    );
}

#[test]
fn cmn_35_cash_sales_to_the_bank_account_would_count_twice() {
    let given = "order 028-1 shipped US
        set orders.fba.import_as = cash_sale
        set acct.bank = clearing
        1 × LAMP 20.00
        netsuite item LAMP";
    check(Fba, given, "ask DOUBLE_COUNT_GUARD:ATVPDKIKX0DER");
    assert!(decide(Fba, &given.replace("= cash_sale", "= invoice")).is_ok());
}

#[test]
fn cmn_36_when_too_many_orders_differ_none_is_written() {
    let good = "order 028-1 unshipped US\n1 × LAMP 20.00\nnetsuite item LAMP";
    let bad = "order 028-1 unshipped US\n1 × LAMP 20.00\ntotal 25.00\nnetsuite item LAMP";
    let look = |good_ones: usize, bad_ones: usize| {
        let tellings = vec![good; good_ones].into_iter().chain(vec![bad; bad_ones]);
        let mut judged: Vec<Judged> = tellings
            .map(|telling| Judged {
                key: Key("028-1".into()),
                decision: decide(Mfn, telling),
                facts: Vec::new(),
                evidence: serde_json::Value::Null,
            })
            .collect();
        MfnOrders::guard(&mut judged, &Rules::new(crate::orders::sample::noon()));
        judged.iter().filter(|one| one.decision.is_ok()).count()
    };
    assert_eq!(look(8, 2), 8, "a fifth is not too many");
    assert_eq!(look(7, 3), 0, "three of ten are");
    assert_eq!(look(1, 3), 1, "four orders prove nothing");
}

#[test]
fn ord_01_what_cannot_be_read_is_asked_about_and_the_others_go_on() {
    let unreadable = Subject::Unreadable {
        order: "028-9".into(),
        what: "a quantity of -1".into(),
    };
    let Err(Instead::Ask { problems }) = MfnOrders::decide(&unreadable, &Rules::new(crate::orders::sample::noon()))
    else {
        panic!("it asks")
    };
    assert_eq!(problems[0].cause, "PARSE:028-9");
}

#[test]
fn cmn_13_a_record_by_hand_may_lack_the_tax_that_amazon_remits_and_never_the_seller_s_own() {
    let given = |by: &str, total: &str| {
        format!(
            "order 028-1 unshipped DE
            1 × LAMP 119.00, tax 19.00 by {by}
            netsuite item LAMP
            netsuite by-hand salesOrder 4711 B {total} customer 88"
        )
    };
    check(Mfn, &given("seller", "119.00"), "keep adopt");
    check(Mfn, &given("seller", "100.00"), "ask ADOPTION_CONFLICT:028-1");
    check(Mfn, &given("amazon", "119.00"), "keep adopt");
    check(Mfn, &given("amazon", "100.00"), "keep adopt");
}

#[test]
fn ord_06_an_fba_order_is_dated_when_it_left_whatever_changed_it_later() {
    let given = "order 028-1 shipped US
        changed 2026-11-05T20:00:00Z
        first-shipped 2026-10-31T20:00:00Z
        1 × LAMP 20.00
        netsuite item LAMP";
    let dated = |given: &str| {
        let steps = decide(Fba, given).unwrap();
        let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
            panic!("not a create")
        };
        body["tranDate"].as_str().unwrap().to_owned()
    };
    assert_eq!(dated(given), "2026-10-31", "a refund in November moves no sale");
    assert_eq!(dated(&given.replace("first-shipped", "ship-by")), "2026-11-05");
    // A parcel's own time is better than any telling.
    let parcels = "package AMZN 1 on 2026-10-30T20:00:00Z\npackage AMZN 2 on 2026-10-29T20:00:00Z";
    assert_eq!(dated(&format!("{given}\n{parcels}")), "2026-10-29");
}
