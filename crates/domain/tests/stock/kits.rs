//! Kits and assemblies: INV-06…08.

use crate::story::{Shop, told};

const KIT: &str = "
    item A
    item B
    kit K: 2 A, 1 B
    stock X: A 5, B 10
    stock Y: A 5, B 0
    rules: at X Y
    rules: at X Y, totals
    offer K DE K
    offer K FR K rules 1";

#[test]
fn inv_06_s2_a_kit_must_lie_whole_in_one_location_or_not_by_the_setting() {
    assert_eq!(told(KIT), ["K DE: 2 = (2) × 100 %", "K FR: 5 = (5) × 100 %"]);
}

#[test]
fn inv_06_the_formula_names_what_limits_the_kit_at_each_location() {
    let published = Shop::told(KIT).published();
    let places = |at: usize| -> Vec<String> {
        let formula = published[at].result.as_ref().unwrap();
        let one = |place: &domain::stock::Place| {
            let location = place.location.as_deref().unwrap_or("all");
            format!("{location} {} by {}", place.units, place.limited_by.as_deref().unwrap())
        };
        formula.places.iter().map(one).collect()
    };
    assert_eq!(places(0), ["X 2 by A", "Y 0 by B"]);
    assert_eq!(places(1), ["all 5 by A"]);
}

#[test]
fn inv_06_nested_kits_are_opened_and_their_common_parts_add_up() {
    let shown = told(
        "
        item A
        item B
        kit INNER: 1 A, 3 B
        kit OUTER: 2 INNER, 1 A
        stock X: A 9, B 13
        rules: at X
        offer OUTER DE OUTER",
    );
    assert_eq!(shown, ["OUTER DE: 2 = (2) × 100 %"], "B allows 13 ÷ 6, A 9 ÷ 3");
}

#[test]
fn inv_06_a_kit_that_cannot_be_understood_is_not_sent() {
    let shown = told(
        "
        item A
        parent P
        service S
        kit SELF: 1 OTHER
        kit OTHER: 1 A, 1 SELF
        kit GAP: 1 NOWHERE
        kit NONE: 0 A
        kit PARENT: 1 P
        kit AIR: 1 S
        stock X: A 9
        rules: at X
        offer SELF DE SELF
        offer GAP DE GAP
        offer NONE DE NONE
        offer PARENT DE PARENT
        offer AIR DE AIR",
    );
    assert_eq!(
        shown,
        [
            "SELF DE: MembersInCircle(\"SELF\")",
            "GAP DE: UnknownMember(\"NOWHERE\")",
            "NONE DE: WrongMember(\"A\")",
            "PARENT DE: WrongMember(\"P\")",
            "AIR DE: NothingLimits"
        ]
    );
}

#[test]
fn inv_07_what_has_no_stock_does_not_limit_and_what_is_inactive_ends_the_kit() {
    let shown = told(
        "
        item A
        item B inactive
        goods G
        service S inactive
        kit K: 1 A, 1 G
        kit L: 1 A, 1 B
        kit M: 1 K, 1 S
        stock X: A 4, B 4
        rules: at X
        offer K DE K
        offer L DE L
        offer M DE M",
    );
    assert_eq!(
        shown,
        [
            "K DE: 4 = (4) × 100 %",
            "L DE: 0 = (4) × 100 %, B inactive",
            "M DE: 0 = (4) × 100 %, S inactive"
        ]
    );
}

#[test]
fn inv_07_a_change_of_a_part_reaches_every_kit_above_it() {
    let shop = Shop::told(
        "
        item A
        item B
        kit K: 1 A
        kit L: 1 K, 1 B
        assembly M: 1 B",
    );
    let names = |changed: &[&str]| -> Vec<&str> {
        let found = domain::stock::drawing_on(&shop.items, changed);
        found.into_iter().map(|at| shop.items[at].id.as_str()).collect()
    };
    assert_eq!(names(&["A"]), ["A", "K", "L"]);
    assert_eq!(names(&["B"]), ["B", "L", "M"]);
    assert_eq!(names(&["L", "nowhere"]), ["L"]);
}

#[test]
fn inv_08_an_assembly_uses_its_own_stock_and_by_choice_what_can_be_built() {
    let shown = told(
        "
        item A
        item B inactive
        assembly M: 2 A
        assembly N: 2 A, 1 B
        stock X: M 3, A 5, N 1, B 9
        stock Y: A 1
        rules: at X Y
        rules: at X Y, build
        offer M DE M
        offer M FR M rules 1
        offer N FR N rules 1",
    );
    assert_eq!(
        shown,
        [
            "M DE: 3 = (3) × 100 %",
            "M FR: 5 = (5) × 100 %",
            "N FR: 1 = (1) × 100 %"
        ],
        "half an A at X and half at Y build nothing"
    );
}

#[test]
fn inv_08_an_assembly_in_a_kit_counts_with_its_own_stock_alone() {
    let shown = told(
        "
        item A
        assembly M: 1 A
        kit K: 1 M, 1 A
        stock X: M 2, A 9
        rules: at X, build
        offer K DE K",
    );
    assert_eq!(shown, ["K DE: 2 = (2) × 100 %"]);
}

#[test]
fn inv_11_an_order_for_a_kit_takes_a_whole_kit_and_its_parts_from_the_others() {
    let shown = told(
        "
        item A
        item B
        kit K: 1 A, 1 B
        stock X: A 5, B 100
        stock Y: A 100, B 5
        rules: at X Y
        offer K DE K orders 2
        offer A DE A",
    );
    assert_eq!(
        shown,
        [
            "K DE: 8 = (10 − 2 orders) × 100 %",
            "A DE: 103 = (105 − 2 orders) × 100 %"
        ]
    );
}

#[test]
fn inv_06_s3_a_shared_part_is_promised_to_each_kit_or_divided_by_weight() {
    let shop = "
        item A weight 2
        item B
        kit K: 1 A, 1 B
        kit L weight 1: 2 A
        stock X: A 8, B 9
        rules: at X
        offer A DE A
        offer K DE K
        offer L DE L";
    assert_eq!(
        told(shop),
        [
            "A DE: 8 = (8) × 100 %",
            "K DE: 8 = (8) × 100 %",
            "L DE: 4 = (4) × 100 %"
        ]
    );
    assert_eq!(
        told(&format!("divide\n{shop}")),
        [
            "A DE: 4 = (4) × 100 %",
            "K DE: 2 = (2) × 100 %",
            "L DE: 1 = (1) × 100 %"
        ]
    );
}

#[test]
fn inv_06_what_is_not_sold_takes_no_share_of_a_divided_part() {
    let shown = told(
        "
        divide
        item A
        item B inactive
        kit K: 1 A
        kit DEAD: 1 A, 1 B
        kit FBA: 1 A
        kit UNSOLD: 1 A
        stock X: A 8, B 1
        rules: at X
        offer K DE K
        offer DEAD DE DEAD
        offer FBA DE FBA fba",
    );
    assert_eq!(
        shown,
        [
            "K DE: 8 = (8) × 100 %",
            "DEAD DE: 0 = (1) × 100 %, B inactive",
            "FBA DE: ChannelGuard"
        ]
    );
}

#[test]
fn inv_06_what_one_shelf_lacks_is_kept_back_from_a_divided_part() {
    let shown = told(
        "
        divide
        item A
        kit K: 1 A
        stock X: A -3
        stock Y: A 9
        rules: at X Y
        offer A DE A
        offer K DE K",
    );
    assert_eq!(shown, ["A DE: 3 = (3) × 100 %", "K DE: 3 = (3) × 100 %"]);
}
