//! Decisions about bills, as text. Each test is named by the rule or the scenario of flows.md that it proves.

use netsuite::RecordId;

use super::bills::Bills;
use super::story::{check, shown, story};
use crate::flow::Flow;
use crate::rules::Accepted;

const WHOLE: &str = "status F
    line 2 × MUG 25.00
    charge 4.90
    left 77 on 2026-11-13: 2 of 1";

#[test]
fn b1_bil_01_what_has_left_is_billed_by_an_invoice_of_the_day_it_left() {
    check(
        WHOLE,
        "invoice AZN-BIV-028-1 tranDate 2026-11-13 dueDate 2026-11-27
        total 29.90 EUR ± 0.02",
    );
}

#[test]
fn b1_bil_01_what_has_not_left_is_not_billed() {
    check("status B\nline 2 × MUG 25.00", "skip reason-not-shipped-yet");
    check("status A\nline 2 × MUG 25.00", "wait reason-not-approved-yet");
    check("status H\nline 2 × MUG 25.00", "skip reason-order-closed");
}

#[test]
fn b2_bil_01_in_advance_by_choice() {
    let given = "status B
        set billing.when = pending_fulfillment
        line 2 × MUG 25.00";
    check(
        given,
        "invoice AZN-BIV-028-1 tranDate 2026-11-14 dueDate 2026-11-28
        total 25.00 EUR ± 0.02",
    );
}

#[test]
fn bil_02_the_kind_follows_the_setting_or_the_payment_method() {
    let cash = "cashSale AZN-BCS-028-1 tranDate 2026-11-13 account acct.clearing
        total 29.90 EUR ± 0.02";
    check(&format!("{WHOLE}\nset billing.kind = cash_sale"), cash);
    check(
        &format!("{WHOLE}\nset billing.kind = by_payment_method\nmethod 5"),
        cash,
    );
    check(
        &format!("{WHOLE}\nset billing.kind = by_payment_method"),
        "invoice AZN-BIV-028-1 tranDate 2026-11-13 dueDate 2026-11-27
        total 29.90 EUR ± 0.02",
    );
}

#[test]
fn bil_09_a_cash_sale_without_a_clearing_account_asks() {
    check(
        &format!("{WHOLE}\nset billing.kind = cash_sale\nset acct.clearing = "),
        "ask OPTION_MISSING:acct.clearing:A1PA6795UKMFR9",
    );
}

#[test]
fn bil_03_bil_07_dates_follow_the_settings() {
    check(
        &format!("{WHOLE}\nset billing.date = order\nset billing.due_days = 30"),
        "invoice AZN-BIV-028-1 tranDate 2026-11-12 dueDate 2026-12-12
        total 29.90 EUR ± 0.02",
    );
    check(
        &format!("{WHOLE}\nset billing.date = today"),
        "invoice AZN-BIV-028-1 tranDate 2026-11-14 dueDate 2026-11-28
        total 29.90 EUR ± 0.02",
    );
}

#[test]
fn b3_bil_04_each_fulfilment_has_its_bill_and_the_last_takes_the_remaining_cent() {
    let order = "line 3 × MUG 10.00
        discount -1.00
        charge 4.90";
    check(
        &format!("status E\n{order}\nleft 77 on 2026-11-12: 1 of 1"),
        "invoice AZN-BIV-028-1-77 tranDate 2026-11-12 dueDate 2026-11-26
        line 1: 1 for 3.33
        line 2: -0.33
        line 3: 1 for 4.90
        total 7.90 EUR ± 0.02",
    );
    check(
        &format!(
            "status F\n{order}\nbilled 1 of 1\nbill INV1 7.90 as AZN-BIV-028-1-77
            left 77 on 2026-11-12: 1 of 1
            left 78 on 2026-11-13: 2 of 1"
        ),
        "invoice AZN-BIV-028-1-78 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: 2 for 6.67
        line 2: -0.67
        line 3: nothing
        total 6.00 EUR ± 0.02",
    );
}

#[test]
fn b3_bil_04_partial_billing_can_be_switched_off() {
    check(
        "status E
        set billing.partial = off
        line 3 × MUG 10.00
        left 77 on 2026-11-12: 1 of 1",
        "skip reason-not-shipped-yet",
    );
}

#[test]
fn b3_bil_05_the_bills_of_an_order_come_to_its_total() {
    let given = |status: &str, bill: &str| {
        format!(
            "status {status}
            line 3 × MUG 10.00
            line 1 × LAMP 9.99
            discount -1.00
            charge 4.90
            {bill}
            left 77 on 2026-11-12: 2 of 1
            left 78 on 2026-11-13: 1 of 1, 1 of 2"
        )
    };
    check(
        &given("F", ""),
        "invoice AZN-BIV-028-1-77 tranDate 2026-11-12 dueDate 2026-11-26
        line 1: 2 for 6.67
        line 2: nothing
        line 3: nothing
        line 4: 1 for 4.90
        total 11.57 EUR ± 0.02
        invoice AZN-BIV-028-1-78 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: 1 for 3.33
        line 2: 1 for 9.99
        line 3: -1.00
        line 4: nothing
        total 12.32 EUR ± 0.02",
    );
}

#[test]
fn b4_bil_08_ful_11a_a_bill_made_by_hand_or_by_the_fulfilment_is_adopted() {
    check(
        "status G
        line 2 × MUG 25.00
        billed 2 of 1
        bill INV7 25.00
        left 77 on 2026-11-12: 2 of 1",
        "adopt AZN-BIV-028-1-INV7",
    );
    check(
        "status G
        line 2 × MUG 25.00
        bill INV7 25.00 as AZN-BIV-028-1",
        "skip reason-billed",
    );
}

#[test]
fn b4_bil_08_billed_by_hand_for_another_amount_asks() {
    check(
        "status G
        line 2 × MUG 25.00
        bill INV7 20.00",
        "ask ADOPTION_CONFLICT:028-1:bill",
    );
}

#[test]
fn b4_bil_08_what_a_person_billed_in_part_is_not_billed_again() {
    check(
        "status F
        line 3 × MUG 30.00
        billed 1 of 1
        bill INV7 10.00
        left 77 on 2026-11-12: 1 of 1
        left 78 on 2026-11-13: 2 of 1",
        "invoice AZN-BIV-028-1-78 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: 2 for 20.00
        total 20.00 EUR ± 0.02",
    );
}

#[test]
fn b5_cmn_34_a_closed_period_holds_the_bill_or_moves_it() {
    let given = format!("{WHOLE}\nclosed 2026-11-13 until 2026-12-01");
    check(&given, "ask PERIOD_CLOSED:Nov 2026");
    check(
        &format!("{given}\nset closed_period = first_open"),
        "invoice AZN-BIV-028-1 tranDate 2026-12-01 dueDate 2026-12-15
        total 29.90 EUR ± 0.02",
    );
}

#[test]
fn bil_06_cancelled_mismatched_and_free_orders_are_not_billed() {
    check(&format!("{WHOLE}\namazon CANCELLED"), "skip reason-cancelled-at-amazon");
    check(&format!("{WHOLE}\nopen TOTAL_MISMATCH"), "wait reason-total-differs");
    let free = "status F
        replaces 028-0
        line 1 × MUG 0.00
        left 77 on 2026-11-13: 1 of 1";
    check(free, "skip reason-free-replacement");
    check(
        &format!("{free}\nset orders.replacement_billing = zero_invoice"),
        "invoice AZN-BIV-028-1 tranDate 2026-11-13 dueDate 2026-11-27
        total 0.00 EUR ± 0.02",
    );
}

#[test]
fn bil_06_an_order_with_any_question_open_is_not_billed() {
    for code in [
        "NETSUITE_EDITED",
        "ORDER_CHANGED_AFTER_SHIP",
        "ADOPTION_CONFLICT",
        "CANCEL_AFTER_SHIP",
        "under_way",
    ] {
        check(&format!("{WHOLE}\nopen {code}"), "wait reason-order-asks");
    }
}

#[test]
fn bil_05_what_no_longer_comes_to_amazons_total_is_asked_about_before_it_is_billed() {
    let billed = "invoice AZN-BIV-028-1 tranDate 2026-11-13 dueDate 2026-11-27
        total 29.90 EUR ± 0.02";
    check(&format!("{WHOLE}\nwrote 29.90"), billed);
    check(&format!("{WHOLE}\nwrote 35.00"), "ask TOTAL_MISMATCH:028-1:bill");
    check(&format!("{WHOLE}\nwrote 35.00\naccepted 4711"), billed);
    check(&format!("{WHOLE}\ngrand 29.90"), billed);
    check(&format!("{WHOLE}\ngrand 35.00"), "ask TOTAL_MISMATCH:028-1:bill");
    check(&format!("{WHOLE}\nwrote 35.00\nset tax.mode = netsuite"), billed);
}

#[test]
fn bil_08_cmn_13_a_bill_of_its_own_made_by_hand_is_adopted_or_asked_about_and_never_billed_again() {
    check(&format!("{WHOLE}\nstandalone INV7 29.90"), "adopt AZN-BIV-028-1-INV7");
    check(
        &format!("{WHOLE}\nstandalone INV7 20.00"),
        "ask ADOPTION_CONFLICT:028-1:bill",
    );
    check(
        &format!("{WHOLE}\nstandalone INV7 20.00\naccepted INV7"),
        "adopt AZN-BIV-028-1-INV7",
    );
    check(
        "status G
        line 2 × MUG 25.00
        billed 2 of 1
        bill INV1 25.00 as AZN-BIV-028-1
        standalone INV7 25.00",
        "ask ADOPTION_CONFLICT:028-1:bill",
    );
}

#[test]
fn bil_04_tax_and_shipping_beside_the_lines_are_split_with_them() {
    let order = "line 3 × MUG 10.00
        line 1 × LAMP 20.00
        tax 1.00 on 1
        tax 2.00 on 2
        head 4.90";
    check(
        &format!("status E\n{order}\nwrote 37.90\nleft 77 on 2026-11-12: 1 of 1"),
        "invoice AZN-BIV-028-1-77 tranDate 2026-11-12 dueDate 2026-11-26
        line 1: 1 for 3.33
        line 2: nothing
        shipping 4.90
        tax LINE1: 0.33 of 3.33
        total 8.56 EUR ± 0.02",
    );
    check(
        &format!(
            "status F\n{order}\nwrote 37.90\nbilled 1 of 1\nbill INV1 8.56 as AZN-BIV-028-1-77
            left 77 on 2026-11-12: 1 of 1
            left 78 on 2026-11-13: 2 of 1, 1 of 2"
        ),
        "invoice AZN-BIV-028-1-78 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: 2 for 6.67
        line 2: 1 for 20.00
        shipping 0
        tax LINE1: 0.67 of 6.67
        tax LINE2: 2.00 of 20.00
        total 29.34 EUR ± 0.02",
    );
}

#[test]
fn bil_04_a_part_is_promised_nothing_where_netsuite_adds_to_the_order() {
    check(
        "status E
        line 3 × MUG 10.00
        adds 1.90
        left 77 on 2026-11-12: 1 of 1",
        "invoice AZN-BIV-028-1-77 tranDate 2026-11-12 dueDate 2026-11-26
        line 1: 1 for 3.33",
    );
    check(
        "status G
        line 3 × MUG 10.00
        adds 1.90
        billed 3 of 1
        bill INV1 9.00 as AZN-BIV-028-1-77",
        "ask ADOPTION_CONFLICT:028-1:bill",
    );
}

#[test]
fn bil_04_what_somebody_closed_is_on_no_bill_and_its_discount_neither() {
    check(
        "status F
        line 2 × MUG 25.00
        line 1 × LAMP 20.00
        discount -2.00
        charge 4.90
        wrote 47.90
        closes 2
        left 77 on 2026-11-13: 2 of 1",
        "invoice AZN-BIV-028-1 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: 2 for 25.00
        line 3: nothing
        line 4: 1 for 4.90
        total 29.90 EUR ± 0.02",
    );
    check(
        "status G
        line 2 × MUG 25.00
        line 1 × LAMP 20.00
        closes 2
        billed 2 of 1
        bill INV1 25.00 as AZN-BIV-028-1",
        "skip reason-billed",
    );
}

#[test]
fn bil_04_goods_that_left_on_a_line_closed_afterwards_are_asked_about() {
    let mut story = super::story::story(
        "status H
        line 2 × MUG 25.00
        closes 1
        left 77 on 2026-11-13: 1 of 1",
    );
    story.seen.lines[0].shipped = rust_decimal::Decimal::ONE;
    let decided = <super::bills::Bills as crate::flow::Flow>::decide(&story.seen, &story.rules);
    assert_eq!(super::story::shown(&decided), "ask NETSUITE_EDITED:028-1:bill");
}

#[test]
fn bil_08_what_a_clerk_left_off_the_bill_is_billed() {
    check(
        "status F
        line 2 × MUG 25.00
        charge 4.90
        billed 2 of 1
        bill INV7 25.00
        left 77 on 2026-11-13: 2 of 1",
        "invoice AZN-BIV-028-1-77 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: nothing
        line 2: 1 for 4.90
        total 4.90 EUR ± 0.02",
    );
}

#[test]
fn bil_04_what_a_fulfilment_gained_after_its_bill_gets_another_one() {
    check(
        "status F
        line 3 × MUG 30.00
        billed 2 of 1
        bill INV1 20.00 as AZN-BIV-028-1-77
        left 77 on 2026-11-13: 3 of 1",
        "invoice AZN-BIV-028-1-77-2 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: 1 for 10.00
        total 10.00 EUR ± 0.02",
    );
}

#[test]
fn cmn_37_a_bill_of_ours_that_is_gone_or_changed_is_asked_about() {
    let gone = format!("{WHOLE}\nmade AZN-BIV-028-1 for 29.90");
    check(&gone, "ask NETSUITE_EDITED:028-1:bill");
    let edited = "status G
        line 2 × MUG 25.00
        billed 2 of 1
        bill INV1 20.00 as AZN-BIV-028-1
        made AZN-BIV-028-1 for 25.00";
    check(edited, "ask NETSUITE_EDITED:028-1:bill");
    check(&format!("{edited}\naccepted INV1"), "skip reason-billed");
}

#[test]
fn ful_05_bil_04_components_without_their_kit_are_billed_as_the_kit() {
    check(
        "status E
        line 3 × SET 30.00
        kit SET of 2 × CUP
        left 77 on 2026-11-13: 0 of 9
        packed 5 × CUP of 1",
        "invoice AZN-BIV-028-1-77 tranDate 2026-11-13 dueDate 2026-11-27
        line 1: 2 for 20.00
        total 20.00 EUR ± 0.02",
    );
}

#[test]
fn o4_bil_06_an_order_that_a_discount_makes_free_is_billed_like_any_other() {
    let given = "status F
        line 1 × MUG 20.00
        discount -20.00
        left 77 on 2026-11-13: 1 of 1";
    check(
        given,
        "invoice AZN-BIV-028-1 tranDate 2026-11-13 dueDate 2026-11-27
        total 0.00 EUR ± 0.02",
    );
}

#[test]
fn bil_08_a_bill_that_a_person_accepted_is_one_thing_and_its_order_another() {
    let given = "status G
        line 2 × MUG 25.00
        bill INV7 20.00";
    let accepted = |state: &str| Accepted {
        id: RecordId("INV7".into()),
        state: state.into(),
    };
    let decided = |bill: Option<Accepted>, order: Option<Accepted>| {
        let mut story = story(given);
        story
            .rules
            .adopted_bills
            .extend(bill.map(|one| ("028-1".to_owned(), one)));
        story.rules.adopted.extend(order.map(|one| ("028-1".to_owned(), one)));
        shown(&Bills::decide(&story.seen, &story.rules))
    };
    let asks = "ask ADOPTION_CONFLICT:028-1:bill";
    assert_eq!(decided(Some(accepted("20")), None), "adopt AZN-BIV-028-1-INV7");
    assert_eq!(decided(Some(accepted("19")), None), asks, "another total was accepted");
    assert_eq!(
        decided(None, Some(accepted("20"))),
        asks,
        "what was accepted is the order"
    );
}

#[test]
fn cmn_28_bil_03_rows_fill_a_bill_and_leave_its_money_alone() {
    check(
        &format!(
            "{WHOLE}
            map billing custbody_route = text {{order.channel}} {{bill.kind}} {{bill.due_on}} {{bill.sales_order}}
            map billing tranDate = constant 2020-01-01
            map billing dueDate = constant 2020-01-01
            map billing account = record 9
            map billing total = constant 1"
        ),
        "invoice AZN-BIV-028-1 tranDate 2026-11-13 dueDate 2026-11-27 custbody_route \"mfn invoice 2026-11-27 SO1042\"
        total 29.90 EUR ± 0.02",
    );
    check(
        &format!("{WHOLE}\nset billing.kind = cash_sale\nmap billing custbody_kind = field bill.kind"),
        "cashSale AZN-BCS-028-1 tranDate 2026-11-13 account acct.clearing custbody_kind \"cash_sale\"
        total 29.90 EUR ± 0.02",
    );
}

#[test]
fn cmn_28_bil_04_a_row_tells_parts_of_an_order_by_their_fulfilments() {
    check(
        "status E
        line 3 × MUG 30.00
        left 77 on 2026-11-13: 1 of 1
        left 78 on 2026-11-14: 1 of 1
        map billing custbody_fulfilment = field bill.fulfilment",
        "invoice AZN-BIV-028-1-77 tranDate 2026-11-13 dueDate 2026-11-27 custbody_fulfilment \"77\"
        line 1: 1 for 10.00
        total 10.00 EUR ± 0.02
        invoice AZN-BIV-028-1-78 tranDate 2026-11-14 dueDate 2026-11-28 custbody_fulfilment \"78\"
        line 1: 1 for 10.00
        total 10.00 EUR ± 0.02",
    );
}

#[test]
fn cmn_25_cmn_28_a_row_of_a_bill_that_cannot_be_applied_asks() {
    check(
        &format!("{WHOLE}\nmap billing@A1PA6795UKMFR9 class = table order.service_level: EXPRESS → 4"),
        "ask MAPPING_FAILED:billing:body:class",
    );
}

#[test]
fn cmn_30_the_decision_about_a_bill_remembers_the_version() {
    let version = |text: &str| {
        let story = story(text);
        let facts = Bills::facts(&story.seen, &story.rules);
        facts
            .into_iter()
            .find(|fact| fact.name == "mapping:billing")
            .map(|fact| fact.value)
    };
    assert_eq!(version(WHOLE), None);
    assert_eq!(
        version(&format!("{WHOLE}\nmap billing memo = constant x")),
        Some(7_i64.into())
    );
}

/// The lines of the first bill.
fn lines(given: &str) -> Vec<serde_json::Value> {
    let story = story(given);
    let steps = Bills::decide(&story.seen, &story.rules).unwrap();
    let crate::flow::Write::NetSuite(netsuite::Write::Transform { body, .. }) = &steps[0].write else {
        panic!("no bill")
    };
    body["item"]["items"].as_array().cloned().unwrap_or_default()
}

#[test]
fn cmn_28_cmn_31_rows_fill_the_lines_of_a_whole_bill_and_change_nothing_of_what_is_billed() {
    let plain = lines(WHOLE);
    assert!(plain.is_empty(), "everything that is open");
    let mapped = lines(&format!(
        "{WHOLE}
        map billing/line class = record 7
        map billing/line custcol_kind = text {{line.kind}}
        map billing/line rate = constant 1
        map billing/line quantity = constant 9
        map billing/line custcol_azn_sku = constant x"
    ));
    assert_eq!(
        mapped,
        [
            serde_json::json!({ "orderLine": 1, "class": { "id": "7" }, "custcol_kind": "item" }),
            serde_json::json!({ "orderLine": 2, "class": { "id": "7" }, "custcol_kind": "shipping" }),
        ]
    );
}

#[test]
fn cmn_28_rows_fill_the_lines_that_a_part_bills_and_no_others() {
    let given = "status E
        line 2 × MUG 20.00
        line 1 × LAMP 9.99
        left 77 on 2026-11-12: 1 of 1";
    let plain = lines(given);
    let mapped = lines(&format!("{given}\nmap billing/line description = constant as agreed"));
    assert_eq!(mapped[0]["description"], "as agreed");
    assert_eq!(mapped[0]["amount"], plain[0]["amount"]);
    assert_eq!(mapped[1], plain[1], "what is not billed says nothing");
}

#[test]
fn cmn_25_a_row_of_a_line_that_fails_is_asked_about_once() {
    check(
        &format!("{WHOLE}\nmap billing/line class = table line.kind: gift → 5"),
        "ask MAPPING_FAILED:billing:line:class",
    );
}
