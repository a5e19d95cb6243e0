//! What people made of an order in NetSuite: records made by hand, edited, deleted and accepted (CMN-13, CMN-37).

use netsuite::RecordType;

use super::changes::LAMP_AND_BULB;
use crate::flow::{Instead, Remedy, Write};
use crate::orders::story::{check, check_later, decide, decide_later};
use crate::rules::Channel::{Fba, Mfn};

#[test]
fn o24_ord_08_a_total_that_netsuite_changed_is_shown_with_both_sides() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00
        netsuite ours salesOrder 4711 B 18.00 customer 88";
    check(Mfn, given, "ask TOTAL_MISMATCH:028-1");
    check(Mfn, &format!("{given}\naccepted 4711"), "skip reason-already-there");
}

#[test]
fn o23_cmn_13_an_order_made_by_hand_is_linked_when_everything_agrees() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00
        netsuite by-hand salesOrder 4711 B 20.00 customer 88";
    check(Mfn, given, "keep adopt");
    let steps = decide(Mfn, given).unwrap();
    assert_eq!(steps[0].link.as_ref().map(|link| link.key.as_str()), Some("028-1"));
    for other in [
        given.replace("B 20.00", "B 21.00"),
        given.replace("customer 88", "customer 99"),
    ] {
        check(Mfn, &other, "ask ADOPTION_CONFLICT:028-1");
    }
    check(
        Mfn,
        &format!("{}\naccepted 4711", given.replace("B 20.00", "B 21.00")),
        "skip reason-already-there",
    );
}

#[test]
fn o23_several_records_of_one_order_are_a_person_s_choice() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00
        netsuite by-hand salesOrder 4711 B 20.00 customer 88
        netsuite by-hand salesOrder 4712 B 20.00 customer 88";
    check(Mfn, given, "ask ADOPTION_CONFLICT:028-1");
    let Err(Instead::Ask { problems }) = decide(Mfn, given) else {
        panic!("it asks")
    };
    let offered = problems[0]
        .remedies
        .iter()
        .filter(|one| matches!(one, Remedy::Adopt { .. }))
        .count();
    assert_eq!(offered, 2, "both are offered");
}

#[test]
fn o23_a_clerk_s_invoice_of_the_same_order_counts_too() {
    let given = "order 028-1 shipped US
        1 × LAMP 20.00
        netsuite by-hand invoice 5120 A 20.00 customer 88";
    let steps = decide(Fba, given).unwrap();
    assert!(matches!(
        &steps[0].write,
        Write::Local(crate::flow::LocalWrite::Adopt {
            record: RecordType::Invoice,
            ..
        })
    ));
}

#[test]
fn cmn_37_what_a_person_edited_after_posting_is_never_overwritten() {
    let edited = "order 028-1 unshipped US
        1 × LAMP 20.00
        2 × BULB 5.00
        netsuite item LAMP
        netsuite item BULB
        netsuite edited 1 1 × 19.00
        netsuite ours salesOrder 4711 B 24.00 customer 88";
    check_later(Mfn, &[LAMP_AND_BULB], edited, "ask NETSUITE_EDITED:028-1");
    let accepted = format!("{edited}\naccepted 4711");
    check_later(Mfn, &[LAMP_AND_BULB], &accepted, "skip reason-already-there");
    // Changed on both sides to the same: a person was faster.
    let same = edited.replace("LAMP 20.00", "LAMP 19.00");
    check_later(Mfn, &[LAMP_AND_BULB], &same, "skip reason-already-there");
    let other = edited.replace("LAMP 20.00", "LAMP 18.00");
    check_later(Mfn, &[LAMP_AND_BULB], &other, "ask NETSUITE_EDITED:028-1");
}

#[test]
fn cmn_37_an_edit_is_seen_even_where_the_total_stays() {
    let edited = "order 028-1 unshipped US
        1 × LAMP 20.00
        2 × BULB 5.00
        netsuite item LAMP
        netsuite item BULB
        netsuite edited 1 1 × 19.00
        netsuite edited 2 2 × 6.00
        netsuite ours salesOrder 4711 B 25.00 customer 88";
    check_later(Mfn, &[LAMP_AND_BULB], edited, "ask NETSUITE_EDITED:028-1");
    let billed = edited.replace(" B 25.00", " G 25.00");
    check_later(Mfn, &[LAMP_AND_BULB], &billed, "ask NETSUITE_EDITED:028-1");
}

#[test]
fn cmn_37_a_person_may_put_ours_back_for_the_edit_that_was_seen_and_no_other() {
    let edited = "order 028-1 unshipped US
        1 × LAMP 20.00
        2 × BULB 5.00
        netsuite item LAMP
        netsuite item BULB
        netsuite edited 1 1 × 19.00
        netsuite ours salesOrder 4711 B 24.00 customer 88";
    let offered = |given: &str| {
        let Err(Instead::Ask { problems }) = decide_later(Mfn, &[LAMP_AND_BULB], given) else {
            panic!("it asks")
        };
        problems[0].remedies.iter().find_map(|remedy| match remedy {
            Remedy::PutBack { state } => Some(state.clone()),
            _ => None,
        })
    };
    let state = offered(edited).expect("ours can be put back");
    let agreed = format!("{edited}\nnetsuite put-back {state}");
    let expect = r#"update salesOrder
        {"item":{"items":[{"line":1,"quantity":1,"rate":20,"amount":20.00},{"line":2,"quantity":2,"rate":2.5,"amount":5.00}]}}
        total 25.00 USD ± 0.02"#;
    check_later(Mfn, &[LAMP_AND_BULB], &agreed, expect);
    let again = agreed.replace("1 × 19.00", "1 × 18.00").replace("B 24.00", "B 23.00");
    check_later(Mfn, &[LAMP_AND_BULB], &again, "ask NETSUITE_EDITED:028-1");
    assert_eq!(
        offered(&edited.replace(" B 24.00", " G 24.00")),
        None,
        "billed stays billed"
    );
}

/// The state that the button *Use this record* holds.
fn accepted_state(decision: &crate::flow::Decision) -> String {
    let Err(Instead::Ask { problems }) = decision else {
        panic!("it asks")
    };
    let mut remedies = problems[0].remedies.iter();
    let state = remedies.find_map(|remedy| match remedy {
        Remedy::Adopt { state, .. } => Some(state.clone()),
        _ => None,
    });
    state.unwrap()
}

#[test]
fn cmn_37_what_changes_after_a_person_accepted_is_applied_or_asked_again() {
    let edited = "order 028-1 unshipped US
        address Jane Doe|1 High St|Berlin||DE
        1 × LAMP 20.00
        2 × BULB 5.00
        netsuite item LAMP
        netsuite item BULB
        netsuite edited 1 1 × 19.00
        netsuite ours salesOrder 4711 B 24.00 customer 88";
    let before = "order 028-1 unshipped US
        address Jane Doe|1 High St|Berlin||DE
        1 × LAMP 20.00
        2 × BULB 5.00
        netsuite item LAMP
        netsuite item BULB";
    let state = accepted_state(&decide_later(Mfn, &[before], edited));
    let accepted = format!("{edited}\naccepted 4711 as {state}");
    check_later(Mfn, &[before], &accepted, "skip reason-already-there");
    let edited_again = accepted.replace("1 × 19.00", "1 × 18.00").replace("B 24.00", "B 23.00");
    check_later(Mfn, &[before], &edited_again, "ask NETSUITE_EDITED:028-1");
    let cheaper = accepted.replace("BULB 5.00", "BULB 4.00");
    check_later(Mfn, &[before], &cheaper, "ask NETSUITE_EDITED:028-1");
    // The buyer's new address follows, and nothing of the lines that were accepted.
    let moved = accepted.replace("1 High St", "2 Low St");
    let expect = r#"update salesOrder
        {"shippingAddress":{"addressee":"Jane Doe","addr1":"2 Low St","city":"Berlin","country":{"id":"DE"}}}"#;
    check_later(Mfn, &[before], &moved, expect);
    // So does a cancellation.
    let cancelled = accepted.replace("unshipped", "cancelled");
    let expect = r#"update salesOrder
        {"item":{"items":[{"line":1,"isClosed":true},{"line":2,"isClosed":true}]}}"#;
    check_later(Mfn, &[before], &cancelled, expect);
}

#[test]
fn cmn_13_a_record_that_a_person_accepted_is_asked_about_when_its_order_changes() {
    let by_hand = "order 028-1 unshipped US
        1 × LAMP 20.00
        netsuite by-hand salesOrder 4711 B 21.00 customer 88";
    let state = accepted_state(&decide(Mfn, by_hand));
    let accepted = format!("{by_hand}\naccepted 4711 as {state}");
    check(Mfn, &accepted, "skip reason-already-there");
    check(
        Mfn,
        &accepted.replace("LAMP 20.00", "LAMP 15.00"),
        "ask TOTAL_MISMATCH:028-1",
    );
}

#[test]
fn cmn_32_records_of_others_from_before_go_live_are_left_alone() {
    let given = "order 028-1 unshipped US
        bought 2026-09-20T12:00:00Z
        1 × LAMP 20.00
        netsuite by-hand salesOrder 4711 B 20.00 customer 88";
    let cancelled = given
        .replace("unshipped", "cancelled")
        .replace("1 × LAMP 20.00", "0 × LAMP");
    let twice = format!("{given}\nnetsuite by-hand salesOrder 4712 B 20.00 customer 88");
    for one in [given, &cancelled, &twice, &given.replace("customer 88", "customer 99")] {
        check(Mfn, one, "skip reason-before-go-live");
    }
    // What was written here is looked after, whatever the day says now.
    let ours = cancelled.replace("by-hand", "ours");
    let expect = r#"update salesOrder
        {"item":{"items":[{"line":1,"isClosed":true},{"line":2,"isClosed":true}]}}"#;
    check(Mfn, &ours, expect);
}

#[test]
fn cmn_13_a_cancelled_order_closes_a_clerk_s_record_only_when_it_is_known_to_be_the_same() {
    let given = "order 028-1 cancelled US
        0 × LAMP
        netsuite by-hand salesOrder 4711 B 20.00 customer 88";
    check(Mfn, given, "ask ADOPTION_CONFLICT:028-1");
    let closed = r#"update salesOrder
        {"item":{"items":[{"line":1,"isClosed":true},{"line":2,"isClosed":true}]}}"#;
    check(Mfn, &format!("{given}\ntotal 20.00"), closed);
    check(Mfn, &format!("{given}\nlinked 4711"), closed);
    check(Mfn, &format!("{given}\nlinked 4710"), "ask ADOPTION_CONFLICT:028-1");
    check(Mfn, &format!("{given}\naccepted 4711"), closed);
    check(Mfn, &given.replace(" B ", " H "), "skip reason-cancelled-both-sides");
}

#[test]
fn cmn_37_a_record_that_was_deleted_in_netsuite_is_asked_about() {
    let given = "order 028-1 unshipped US
        written 4711
        1 × LAMP 20.00
        netsuite item LAMP";
    check(Mfn, given, "ask NETSUITE_EDITED:028-1");
    check(Mfn, &given.replace("written", "linked"), "ask NETSUITE_EDITED:028-1");
    let shipped = given.replace("unshipped", "shipped");
    check(Fba, &shipped, "ask NETSUITE_EDITED:028-1");
    let Err(Instead::Ask { problems }) = decide(Mfn, given) else {
        panic!("it asks")
    };
    let made = "AZN-SO-028-1".to_owned();
    assert_eq!(problems[0].remedies[0], Remedy::MakeAgain { step: made });
    // A person had it made again, and the journal has nothing of it any more.
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        total 20.00 USD ± 0.02";
    check(Mfn, &given.replace("written 4711", ""), expect);
    let cancelled = given.replace("unshipped", "cancelled");
    check(Mfn, &cancelled, "skip reason-cancelled-before-import");
}
