//! Lines and amounts (flows.md §3.2, §3.3).

use crate::flow::Write;
use crate::orders::story::{check, decide};
use crate::rules::Channel::{Fba, Mfn};

#[test]
fn o1_ord_07_a_simple_order_becomes_one_sales_order() {
    let given = "order 028-1 unshipped DE
        2 × MUG-BLUE 25.00, shipping 4.90
        netsuite item MUG-BLUE";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        2 × mug-blue 25.00
        1 × shipping 4.90
        total 29.90 EUR ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o2_ord_06_an_fba_order_becomes_an_invoice_dated_on_the_day_it_left() {
    let given = "order 028-1 shipped DE
        bought 2026-11-10T08:00:00Z
        changed 2026-11-12T23:30:00Z
        1 × MUG-BLUE 12.50
        netsuite item MUG-BLUE";
    let expect = "create invoice AZN-IV-028-1
        entity 88
        tranDate 2026-11-13
        otherRefNum 028-1
        1 × mug-blue 12.50
        total 12.50 EUR ± 0.02";
    check(Fba, given, expect);
}

#[test]
fn o2_bil_09_a_cash_sale_goes_to_clearing_and_never_to_the_bank() {
    let given = "order 028-1 shipped DE
        set orders.fba.import_as = cash_sale
        1 × MUG-BLUE 12.50
        netsuite item MUG-BLUE";
    let expect = "create cashSale AZN-CS-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        account clearing
        1 × mug-blue 12.50
        total 12.50 EUR ± 0.02";
    check(Fba, given, expect);
}

#[test]
fn o2_a_sales_order_comes_with_its_fulfilment() {
    let given = "order 028-1 shipped DE
        set orders.fba.import_as = sales_order
        1 × MUG-BLUE 12.50
        netsuite item MUG-BLUE";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        1 × mug-blue 12.50
        total 12.50 EUR ± 0.02
        transform into itemFulfillment AZN-IF-028-1-1
        tranDate 2026-11-14
        needs AZN-SO-028-1";
    check(Fba, given, expect);
}

#[test]
fn o3_each_discount_stands_under_its_item() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00, shipping 4.00, off 2.00, shipping-off 4.00, tax 1.60 by amazon
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        discount -2.00
        1 × shipping 4.00
        shipping-discount -4.00
        total 18.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o3_one_discount_for_the_order_by_choice() {
    let given = "order 028-1 unshipped US
        set orders.discount_mode = order
        set orders.merge_shipping = off
        1 × LAMP 20.00, shipping 4.00, off 2.00
        1 × BULB 5.00, shipping 1.00, off 0.50
        netsuite item LAMP
        netsuite item BULB";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        1 × shipping 4.00
        1 × bulb 5.00
        1 × shipping 1.00
        discount -2.50
        total 27.50 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn shipping_may_stand_in_the_header() {
    let given = "order 028-1 unshipped US
        set orders.shipping_mode = header
        1 × LAMP 20.00, shipping 4.00
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        shippingCost 4.00
        1 × lamp 20.00
        total 24.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o4_ord_10_a_discount_never_makes_an_order_worth_less_than_nothing() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00, off 20.01
        total 0.00
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        discount -20.00
        total 0.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o6_cmn_08_three_for_ten_keeps_the_exact_amount() {
    let given = "order 028-1 unshipped US
        3 × CANDLE 10.00
        netsuite item CANDLE";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        3 × candle 10.00 at 3.33333333
        total 10.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o7_the_same_sku_twice_stays_two_lines() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00
        1 × LAMP 18.00
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        1 × lamp 18.00
        total 38.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o19_cmn_06_yen_have_no_decimals_and_no_tolerance() {
    let given = "order 249-1 unshipped JP
        2 × LAMP 1980, shipping 410
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-249-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 249-1
        orderStatus B
        shipMethod post
        2 × lamp 1980
        1 × shipping 410
        total 2390 JPY ± 0";
    check(Mfn, given, expect);
}

#[test]
fn o25_cmn_09_the_day_is_the_marketplace_s_day() {
    let given = "order 114-1 unshipped US
        bought 2026-11-01T06:30:00Z
        1 × LAMP 20.00
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-114-1
        entity 88
        tranDate 2026-10-31
        otherRefNum 114-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        total 20.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn an_unknown_service_level_is_asked_about_once_for_all_orders() {
    let given = "order 028-1 unshipped US
        set orders.ship_method_default = nothing
        service SCHEDULED
        1 × LAMP 20.00
        netsuite item LAMP";
    check(Mfn, given, "ask SHIP_METHOD_UNMAPPED:SCHEDULED");
}

#[test]
fn ord_08_lines_that_do_not_come_to_amazon_s_total_are_never_sent() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00
        total 25.00
        netsuite item LAMP";
    check(Mfn, given, "ask TOTAL_MISMATCH:028-1");
}

#[test]
fn an_order_without_a_total_is_summed_up_from_its_lines() {
    let given = "order 028-1 unshipped US\nno-total\n2 × LAMP 20.00, shipping 4.00\nnetsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        2 × lamp 20.00
        1 × shipping 4.00
        total 24.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn cmn_38_an_order_of_more_than_500_lines_is_never_split() {
    let lines = "1 × LAMP 1.00\n".repeat(501);
    let given = format!("order 028-1 unshipped US\n{lines}netsuite item LAMP");
    check(Mfn, &given, "ask LIMIT_LINES:028-1");
}

#[test]
fn ord_09_no_line_has_a_price_level_that_could_reprice_it() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00, shipping 4.00, off 2.00
        netsuite item LAMP";
    let steps = decide(Mfn, given).unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    let lines = body["item"]["items"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["price"]["id"] == "-1"), "{lines:?}");
}
