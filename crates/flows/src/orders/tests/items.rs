//! Items (flows.md §2).

use crate::flow::{Instead, Remedy};
use crate::orders::story::{check, decide, facts};
use crate::rules::Channel::Mfn;

#[test]
fn o8_itm_05_all_unknown_skus_are_asked_for_at_once() {
    let given = "order 028-1 unshipped US
        1 × LAMP-RED-EU 20.00
        1 × MUG-BLUE 5.00
        1 × VASE 9.00
        netsuite item MUG-BLUE";
    check(Mfn, given, "ask ITEM_NOT_FOUND:LAMP-RED-EU\nask ITEM_NOT_FOUND:VASE");
    let Err(Instead::Ask { problems }) = decide(Mfn, given) else {
        panic!("it asks")
    };
    assert!(matches!(&problems[0].remedies[0], Remedy::LinkItem { sku, .. } if sku == "LAMP-RED-EU"));
    assert_eq!(problems[0].about[0], ("order".to_owned(), "028-1".to_owned()));
    assert_eq!(problems[0].at_stake.unwrap().to_string(), "34.00 USD");
}

#[test]
fn o8_a_linked_sku_finds_its_item() {
    let given = "order 028-1 unshipped US
        1 × LAMP-RED-EU 20.00
        link LAMP-RED-EU to LAMP-RED
        netsuite item LAMP-RED";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp-red 20.00
        total 20.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn itm_05_a_placeholder_stands_in_by_choice() {
    let given = "order 028-1 unshipped US
        set orders.placeholder_item = unknown
        1 × VASE 9.00";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × unknown 9.00
        total 9.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn itm_05_a_stand_in_for_one_order_answers_whatever_its_skus_ask_and_marks_the_order() {
    let given = "order 028-1 unshipped US
        stands-in unknown
        1 × VASE 9.00
        2 × CUP-2PK 30.00
        link CUP-2PK to CUP × 2
        link CUP-2PK to MUG × 2
        netsuite item CUP
        netsuite item MUG";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × unknown 9.00
        2 × unknown 30.00
        total 39.00 USD ± 0.02";
    check(Mfn, given, expect);
    let review = |given: &str| facts(Mfn, given).iter().any(|fact| fact.name == "review");
    assert!(review(given));
    assert!(!review("order 028-1 unshipped US\n1 × MUG 9.00\nnetsuite item MUG"));
}

#[test]
fn itm_05_the_stand_in_is_offered_for_the_order_alone() {
    let given = "order 028-1 unshipped US
        1 × VASE 9.00";
    let Err(Instead::Ask { problems }) = decide(Mfn, given) else {
        panic!("it asks")
    };
    assert!(matches!(&problems[0].remedies[1], Remedy::UsePlaceholder { sku } if sku == "VASE"));
}

#[test]
fn o9_itm_03_a_pack_of_two_is_two_units_at_half_the_rate() {
    let given = "order 028-1 unshipped US
        3 × CUP-2PK 30.00
        link CUP-2PK to CUP × 2
        netsuite item CUP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        6 × cup 30.00
        total 30.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o10_itm_07_a_kit_is_one_line() {
    let given = "order 028-1 unshipped US
        2 × SET-TEA 80.00
        netsuite item SET-TEA";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        2 × set-tea 80.00
        total 80.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o11_itm_02_the_parent_of_variations_is_not_sold() {
    let given = "order 028-1 unshipped US
        1 × SHADE 20.00
        netsuite item SHADE parent";
    check(Mfn, given, "ask ITEM_AMBIGUOUS:SHADE");
}

#[test]
fn itm_02_a_variation_is_found_by_its_own_part_of_the_name() {
    let given = "order 028-1 unshipped US
        1 × SHADE-RED 20.00
        netsuite item SHADE-RED";
    let given = given.replace("netsuite item SHADE-RED", "netsuite item shade-red");
    assert!(
        decide(Mfn, &given).is_ok(),
        "ITM-01: read loosely where nothing is exact"
    );
}

#[test]
fn itm_04_two_items_of_one_sku_are_never_guessed() {
    let given = "order 028-1 unshipped US
        1 × lamp 20.00
        netsuite item LAMP
        netsuite item Lamp";
    check(Mfn, given, "ask ITEM_AMBIGUOUS:lamp");
}

#[test]
fn itm_06_an_inactive_item_is_asked_about() {
    let given = "order 028-1 unshipped US
        1 × LAMP 20.00
        netsuite item LAMP inactive";
    check(Mfn, given, "ask ITEM_INACTIVE:LAMP");
}

#[test]
fn itm_01_an_asin_tells_only_by_choice_and_only_when_no_sku_does() {
    let given = "order 028-1 unshipped US
        1 × LAMP-EU 20.00, asin B0LAMP
        netsuite item LAMP asin B0LAMP";
    check(Mfn, given, "ask ITEM_NOT_FOUND:LAMP-EU");
    let by_asin = format!("{given}\nset match.by_asin = on");
    assert!(decide(Mfn, &by_asin).is_ok());
    let twice = format!("{by_asin}\nnetsuite item LAMP-OLD asin B0LAMP");
    check(Mfn, &twice, "ask ITEM_AMBIGUOUS:LAMP-EU");
}

#[test]
fn itm_02_a_child_is_named_after_its_parent() {
    let given = "order 028-1 unshipped US
        1 × SHADE-RED 20.00
        netsuite item SHADE␣:␣SHADE-RED";
    assert!(decide(Mfn, given).is_ok(), "the child's part of the name counts");
}

#[test]
fn itm_06_a_placeholder_also_stands_in_for_an_inactive_item() {
    let given = "order 028-1 unshipped US
        set orders.placeholder_item = unknown
        1 × LAMP 20.00
        netsuite item LAMP inactive";
    assert!(decide(Mfn, given).is_ok());
}

#[test]
fn itm_04_a_sku_linked_to_two_items_is_never_guessed() {
    let given = "order 028-1 unshipped US
        1 × CUP-2PK 30.00
        link CUP-2PK to CUP × 2
        link CUP-2PK to MUG × 2
        netsuite item CUP
        netsuite item MUG";
    check(Mfn, given, "ask ITEM_AMBIGUOUS:CUP-2PK");
}
