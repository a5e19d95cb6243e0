//! Orders of which each shipment becomes an invoice (`orders.fba.invoice_per_shipment`), and the day of shipping: each
//! test named by the rule of flows.md that it proves.

use crate::flow::{Instead, Remedy};
use crate::orders::story::{check, check_later, decide_later};
use crate::rules::Channel::Fba;

const ORDER: &str = "order 028-1 shipped DE
    3 × MUG-BLUE 10.00, shipping 4.90, off 1.00
    1 × LAMP 20.00
    netsuite item MUG-BLUE
    netsuite item LAMP
    set orders.fba.invoice_per_shipment = on";
const SENT: &str = "shipment D1 2026-11-10T08:00:00Z 1 × 1 = 3.33
    shipment D2 2026-11-12T23:30:00Z 2 × 1 = 6.67, 1 × 2 = 20.00";

fn order(more: &str) -> String {
    format!("{ORDER}\n{SENT}\n{more}")
}

#[test]
fn ord_06_the_report_of_shipments_tells_the_day_of_an_fba_order() {
    check(
        Fba,
        "order 028-1 shipped DE
        2 × MUG-BLUE 25.00
        netsuite item MUG-BLUE
        first-shipped 2026-11-13T10:00:00Z
        package UPS 1Z on 2026-11-12T10:00:00Z
        shipment D2 2026-11-12T09:00:00Z 1 × 1
        shipment D1 2026-11-10T23:30:00Z 1 × 1",
        "create invoice AZN-IV-028-1
        entity 88
        tranDate 2026-11-11
        otherRefNum 028-1
        2 × mug-blue 25.00
        total 25.00 EUR ± 0.02",
    );
}

#[test]
fn ord_06_each_shipment_becomes_an_invoice_of_its_own_day_to_the_cent() {
    check(
        Fba,
        &order(""),
        "create invoice AZN-IV-028-1-1
        entity 88
        tranDate 2026-11-10
        otherRefNum 028-1
        1 × mug-blue 3.33
        discount -0.33
        1 × shipping 1.63
        total 4.63 EUR ± 0.02
        create invoice AZN-IV-028-1-2
        entity 88
        tranDate 2026-11-13
        otherRefNum 028-1
        2 × mug-blue 6.67
        discount -0.67
        1 × lamp 20.00
        1 × shipping 3.27
        total 29.27 EUR ± 0.02",
    );
}

#[test]
fn ord_06_it_waits_until_the_report_has_all_of_it_and_one_shipment_is_the_order() {
    let waits = "wait reason-shipments-not-reported";
    check(Fba, ORDER, waits);
    check(Fba, &format!("{ORDER}\nshipment D1 2026-11-10T08:00:00Z 1 × 1"), waits);
    check(
        Fba,
        "order 028-1 shipped DE
        2 × MUG-BLUE 25.00
        netsuite item MUG-BLUE
        set orders.fba.invoice_per_shipment = on
        shipment D1 2026-11-10T08:00:00Z 2 × 1",
        "create invoice AZN-IV-028-1
        entity 88
        tranDate 2026-11-10
        otherRefNum 028-1
        2 × mug-blue 25.00
        total 25.00 EUR ± 0.02",
    );
    check(
        Fba,
        &ORDER.replace("shipped DE", "partially_shipped DE"),
        "wait reason-amazon-ships-yet",
    );
}

const PARTLY: &str = "order 028-1 partially_shipped DE
    3 × MUG-BLUE 10.00, shipping 4.90, off 1.00
    1 × LAMP 20.00
    netsuite item MUG-BLUE
    netsuite item LAMP
    shipment D1 2026-10-30T08:00:00Z 1 × 1 = 3.33";

/// §10.7: ten days after the settlement came, what has left is billed with exactly the amounts that it has once all left.
#[test]
fn set_25_what_has_left_is_billed_once_its_settlement_has_waited_long_enough() {
    let of = |since: &str, more: &str| format!("{PARTLY}\nsettled {since}\n{more}");
    let waits = "wait reason-amazon-ships-yet";
    check(Fba, PARTLY, waits);
    check(Fba, &of("2026-11-05T08:00:00Z", ""), waits);
    let first = "create invoice AZN-IV-028-1-1
        entity 88
        tranDate 2026-10-30
        otherRefNum 028-1
        1 × mug-blue 3.33
        discount -0.33
        1 × shipping 1.63
        total 4.63 EUR ± 0.02";
    check(Fba, &of("2026-11-04T08:00:00Z", ""), first);
    check(
        Fba,
        &of("2026-11-05T08:00:00Z", "set payment.partial_fba_days = 9"),
        first,
    );
    // Nobody knows what has left before the report says so, and a sales order waits for all of it.
    let unreported = of("2026-11-04T08:00:00Z", "").replace("shipment D1 2026-10-30T08:00:00Z 1 × 1 = 3.33", "");
    check(Fba, &unreported, waits);
    check(
        Fba,
        &of("2026-11-04T08:00:00Z", "set orders.fba.import_as = sales_order"),
        waits,
    );
}

#[test]
fn set_25_the_rest_of_such_an_order_is_billed_when_it_leaves_or_never() {
    let settled = format!("{PARTLY}\nsettled 2026-11-01T08:00:00Z");
    let begun = format!("{settled}\nnetsuite shipment 1 invoice 4711 A 4.63 customer 88");
    check_later(Fba, &[&settled], &begun, "skip reason-already-there");
    let shipped = begun.replace("partially_shipped", "shipped");
    check_later(Fba, &[&settled], &shipped, "wait reason-shipments-not-reported");
    check_later(
        Fba,
        &[&settled],
        &format!("{shipped}\nshipment D2 2026-11-12T23:30:00Z 2 × 1 = 6.67, 1 × 2 = 20.00"),
        "create invoice AZN-IV-028-1-2
        entity 88
        tranDate 2026-11-13
        otherRefNum 028-1
        2 × mug-blue 6.67
        discount -0.67
        1 × lamp 20.00
        1 × shipping 3.27
        total 29.27 EUR ± 0.02",
    );
    let rest_cancelled = shipped
        .replace(
            "3 × MUG-BLUE 10.00, shipping 4.90, off 1.00",
            "1 × MUG-BLUE 3.33, shipping 1.63, off 0.33",
        )
        .replace("1 × LAMP 20.00", "0 × LAMP 0.00");
    check_later(Fba, &[&settled], &rest_cancelled, "skip reason-already-there");
}

#[test]
fn ord_06_an_order_begun_as_one_invoice_stays_one_and_one_begun_apart_stays_apart() {
    check(
        Fba,
        &order("netsuite ours invoice 4711 A 33.90 customer 88"),
        "skip reason-already-there",
    );
    let both = "netsuite shipment 1 invoice 4711 A 4.63 customer 88
        netsuite shipment 2 invoice 4712 A 29.27 customer 88";
    let off = format!("{both}\nset orders.fba.invoice_per_shipment = off");
    check_later(Fba, &[&order("")], &order(both), "skip reason-already-there");
    check_later(Fba, &[&order("")], &order(&off), "skip reason-already-there");
}

#[test]
fn ord_04_what_changes_after_import_is_seen_on_the_shipment_that_it_concerns() {
    let both = "netsuite shipment 1 invoice 4711 A 4.63 customer 88
        netsuite shipment 2 invoice 4712 A 29.27 customer 88";
    let dearer = order(both)
        .replace("LAMP 20.00", "LAMP 25.00")
        .replace("= 20.00", "= 25.00");
    check_later(Fba, &[&order("")], &dearer, "ask ORDER_CHANGED_AFTER_SHIP:028-1");
    let gone = order(both).replace("shipped DE", "cancelled DE");
    check_later(Fba, &[&order("")], &gone, "ask CANCEL_AFTER_SHIP:028-1");
    let edited = order(
        "netsuite shipment 1 invoice 4711 A 4.63 customer 88
        netsuite shipment 2 invoice 4712 A 19.27 customer 88",
    );
    check_later(Fba, &[&order("")], &edited, "ask NETSUITE_EDITED:028-1");
}

#[test]
fn cmn_37_one_shipments_invoice_that_was_deleted_is_made_again_alone() {
    let one = "netsuite shipment 2 invoice 4712 A 29.27 customer 88";
    check_later(Fba, &[&order("")], &order(one), "ask NETSUITE_EDITED:028-1");
    let Err(Instead::Ask { problems }) = decide_later(Fba, &[&order("")], &order(one)) else {
        panic!("nobody is asked");
    };
    let step = "AZN-IV-028-1-1".to_owned();
    assert_eq!(problems[0].remedies[0], Remedy::MakeAgain { step });
}
