//! Special orders (flows.md §3.5).

use crate::flow::Write;
use crate::orders::story::{check, decide, facts};
use crate::rules::Channel::{Fba, Mfn};

#[test]
fn o5_cmn_40_gift_wrap_stands_under_its_item_with_the_message() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00, wrap 3.99, message Happy birthday
        netsuite item LAMP";
    check(
        Mfn,
        given,
        "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        1 × gift-wrap 3.99
        total 23.99 USD ± 0.02",
    );
    let steps = decide(Mfn, given).unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    assert_eq!(body["item"]["items"][1]["description"], "“Happy birthday”");
}

#[test]
fn o12_a_business_buyer_s_own_number_becomes_the_reference() {
    let given = "order 028-1 unshipped DE
        business PO-77
        1 × LAMP 20.00
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum PO-77
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        total 20.00 EUR ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o13_a_free_replacement_is_an_order_of_nothing_that_still_moves_stock() {
    let given = "order 028-2 shipped US
        replaces 028-1
        1 × LAMP 0.00
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-2
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-2
        orderStatus B
        1 × lamp 0.00
        total 0.00 USD ± 0.02
        transform into itemFulfillment AZN-IF-028-2-1
        tranDate 2026-11-14
        needs AZN-SO-028-2";
    check(Fba, given, expect);
}

#[test]
fn cash_on_delivery_is_a_line_and_points_are_none() {
    let given = "order 249-1 unshipped JP
        1 × LAMP 1980, cod 330, points 100
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-249-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 249-1
        orderStatus B
        shipMethod post
        1 × lamp 1980
        1 × other 330
        total 2310 JPY ± 0";
    check(Mfn, given, expect);
}

#[test]
fn an_exchange_is_an_ordinary_order_that_names_the_first_one() {
    let given = "order 028-2 unshipped US
        exchanges 028-1
        1 × LAMP 5.00
        netsuite item LAMP";
    check(Mfn, given, &plain_order("028-2", "5.00 USD"));
    let facts = crate::orders::story::facts(Mfn, given);
    assert!(facts.iter().any(|fact| fact.name == "exchanges"));
}

#[test]
fn pickups_preorders_and_subscriptions_are_ordinary_orders_once_they_may_ship() {
    for program in ["IN_STORE_PICK_UP", "PREORDER", "AMAZON_BAZAAR", "SOMETHING_NEW"] {
        let given = format!("order 028-2 unshipped US\nprogram {program}\n1 × LAMP 5.00\nnetsuite item LAMP");
        check(Mfn, &given, &plain_order("028-2", "5.00 USD"));
    }
}

fn plain_order(order: &str, total: &str) -> String {
    let (amount, _) = total.split_once(' ').unwrap();
    format!(
        "create salesOrder AZN-SO-{order}
        entity 88
        tranDate 2026-11-14
        otherRefNum {order}
        orderStatus B
        shipMethod post
        1 × lamp {amount}
        total {total} ± 0.02"
    )
}

#[test]
fn a_customised_item_and_a_gift_message_stand_on_the_line_where_fields_are_there() {
    let given = "order 028-1 unshipped US
        set orders.custom_fields = on
        1 × LAMP 20.00, message For you, customised https://example.invalid/1.zip
        netsuite item LAMP";
    let steps = decide(Mfn, given).unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    let line = &body["item"]["items"][0];
    assert_eq!(line["custcol_azn_gift_message"], "For you");
    assert_eq!(line["custcol_azn_customisation"], "https://example.invalid/1.zip");
}

#[test]
fn an_order_in_another_currency_than_its_marketplace_keeps_it() {
    let given = "order 028-1 unshipped US\ncurrency CAD\n1 × LAMP 20.00\nnetsuite item LAMP";
    check(Mfn, given, &plain_order("028-1", "20.00 CAD"));
}

#[test]
fn cmn_40_an_order_that_amazon_ships_carries_no_address() {
    let given = "order 028-1 shipped DE
        address Jane Doe|1 High St|Berlin||DE
        1 × LAMP 20.00
        netsuite item LAMP";
    let steps = decide(Fba, given).unwrap();
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = &steps[0].write else {
        panic!("not a create")
    };
    assert!(body.get("shippingAddress").is_none());
}

#[test]
fn a_seller_s_order_may_wait_for_approval_in_netsuite() {
    let given = "order 028-1 unshipped US
        set orders.mfn.status = pending_approval
        1 × LAMP 20.00
        netsuite item LAMP";
    check(
        Mfn,
        given,
        &plain_order("028-1", "20.00 USD").replace("orderStatus B", "orderStatus A"),
    );
}

#[test]
fn o13_a_free_replacement_is_billed_with_nothing_by_choice() {
    let given = "order 028-2 shipped US
        replaces 028-1
        set orders.replacement_billing = zero_invoice
        1 × LAMP 0.00
        netsuite item LAMP";
    let expect = "create invoice AZN-IV-028-2
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-2
        1 × lamp 0.00
        total 0.00 USD ± 0.02";
    check(Fba, given, expect);
}

/// What a person is told about an order without being asked: `discount-capped 0.01 USD`.
fn notices(channel: crate::rules::Channel, given: &str) -> Vec<String> {
    let told = facts(channel, given).into_iter().filter_map(|fact| {
        let name = fact.name.strip_prefix("notice-")?.to_owned();
        let value = serde_json::to_value(&fact.value).unwrap();
        let value = match &value["value"] {
            serde_json::Value::String(text) => text.clone(),
            money => format!("{} {}", money["amount"].as_str()?, money["currency"].as_str()?),
        };
        Some(format!("{name} {value}"))
    });
    told.collect()
}

#[test]
fn ord_10_what_is_cut_off_a_discount_is_told() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00, off 20.01
        total 0.00
        netsuite item LAMP";
    assert_eq!(notices(Mfn, given), ["discount-capped 0.01 USD"]);
    assert!(notices(Mfn, &given.replace("20.01", "19.99")).is_empty());
}

#[test]
fn a_total_that_was_summed_a_country_that_was_assumed_and_an_unusual_currency_are_told() {
    let given = "order 028-1 unshipped US
        no-total
        currency CAD
        address Jane Doe|1 Main St|Austin|TX|
        2 × LAMP 20.00, shipping 4.00
        netsuite item LAMP";
    assert_eq!(
        notices(Mfn, given),
        ["unusual-currency CAD", "total-summed 24.00 CAD", "country-assumed US"]
    );
    let pending = given.replace("unshipped", "pending");
    assert!(
        notices(Mfn, &pending).is_empty(),
        "before it may ship nothing of it is odd"
    );
}

#[test]
fn cmn_41_what_amazon_keeps_back_for_want_of_a_role_is_told_and_asks_nobody() {
    let given = "order 028-1 unshipped US\nwithheld buyer tax\n1 × LAMP 5.00\nnetsuite item LAMP";
    check(Mfn, given, &plain_order("028-1", "5.00 USD"));
    assert_eq!(
        notices(Mfn, given),
        ["buyer-withheld PII_UNAVAILABLE", "tax-withheld PII_UNAVAILABLE"]
    );
}
