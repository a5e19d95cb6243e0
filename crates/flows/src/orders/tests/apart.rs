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
