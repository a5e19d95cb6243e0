//! One offer, one item: INV-01…03, INV-10, INV-11, INV-14, INV-15.

use rust_decimal::Decimal;

use crate::story::{Shop, told};

#[test]
fn inv_01_s4_only_an_offer_that_the_seller_ships_gets_a_quantity() {
    let shown = told(
        "
        item A
        stock X: A 5
        rules: at X
        offer MFN DE A
        offer FBA DE A fba
        offer NEW DE A unknown
        offer GONE DE A unlisted",
    );
    assert_eq!(
        shown,
        [
            "MFN DE: 5 = (5) × 100 %",
            "FBA DE: ChannelGuard",
            "NEW DE: ChannelUnknown",
            "GONE DE: NotListed"
        ]
    );
}

#[test]
fn inv_02_the_base_is_the_sum_of_the_chosen_locations_in_the_chosen_number() {
    let shown = told(
        "
        item A stated 40
        item B
        stock X: A 5/9, B 1
        stock Y: A 7/7
        stock Z: A 100/100
        rules: at X Y
        rules: at X Y X, on-hand
        rules: stated
        rules:
        offer A DE A
        offer A FR A rules 1
        offer A IT A rules 2
        offer A ES A rules 3
        offer A NL A rules 4
        offer B IT B rules 2
        offer C DE C",
    );
    assert_eq!(
        shown,
        [
            "A DE: 12 = (12) × 100 %",
            "A FR: 16 = (16) × 100 %",
            "A IT: 40 = (40) × 100 %",
            "A ES: NoLocations",
            "A NL: NoRules",
            "B IT: NothingStated",
            "C DE: UnknownItem"
        ]
    );
}

#[test]
fn inv_02_the_formula_names_each_location_and_a_shelf_below_nought_counts() {
    let shop = Shop::told(
        "
        item A
        stock X: A -2
        stock Y: A 7
        rules: at X Y W
        offer A DE A",
    );
    let published = shop.published();
    let formula = published[0].result.as_ref().unwrap();
    let places: Vec<String> = formula
        .places
        .iter()
        .map(|place| format!("{} {}", place.location.as_deref().unwrap(), place.units))
        .collect();
    assert_eq!(
        (places, formula.quantity),
        (vec!["X -2".to_owned(), "Y 7".to_owned()], 5)
    );
}

#[test]
fn inv_03_s1_buffer_percent_factor_most_and_least_in_this_order() {
    let shown = told(
        "
        item A
        stock X: A 20
        rules: at X, buffer 3, percent 50
        rules: at X, buffer 3, percent 50, max 3
        rules: at X, least 11, percent 50
        rules: at X, buffer 30
        offer A DE A
        offer A-2PK DE A x2
        offer A FR A rules 1
        offer A IT A rules 2
        offer A ES A rules 3
        offer A-0 DE A x0",
    );
    assert_eq!(
        shown,
        [
            "A DE: 8 = (20 − 3 buffer) × 50 %",
            "A-2PK DE: 4 = (20 − 3 buffer) × 50 % ÷ 2",
            "A FR: 3 = (20 − 3 buffer) × 50 %, at most 3",
            "A IT: 0 = (20) × 50 %, below 11",
            "A ES: 0 = (20 − 30 buffer) × 100 %",
            "A-0 DE: WrongFactor"
        ]
    );
}

#[test]
fn inv_03_an_items_own_fields_win_over_the_rules() {
    let shown = told(
        "
        item A
        stock X: A 20
        rules: at X, buffer 3, max 4
        offer A DE A buffer 0 max 15",
    );
    assert_eq!(shown, ["A DE: 15 = (20) × 100 %, at most 15"]);
}

#[test]
fn itm_06_an_inactive_item_is_published_as_nought() {
    let shown = told(
        "
        item A inactive
        stock X: A 20
        rules: at X
        offer A DE A",
    );
    assert_eq!(shown, ["A DE: 0 = (20) × 100 %, inactive"]);
}

#[test]
fn inv_02_goods_and_services_without_stock_get_no_quantity() {
    let shown = told(
        "
        goods G
        service S
        parent P
        rules: at X
        offer G DE G
        offer S DE S
        offer P DE P",
    );
    assert_eq!(
        shown,
        ["G DE: HoldsNoStock", "S DE: HoldsNoStock", "P DE: HoldsNoStock"]
    );
}

#[test]
fn inv_10_s8_one_quantity_serves_all_marketplaces_of_a_unified_stock() {
    let shown = told(
        "
        item A
        stock X: A 20
        rules: at X
        offer A DE A unified unlisted
        offer A FR A unified orders 2
        offer A IT A unified orders 3
        offer A UK A
        offer B DE A unified
        offer B FR A unified fba",
    );
    assert_eq!(
        shown,
        [
            "A FR+IT: 15 = (20 − 5 orders) × 100 %",
            "A UK: 15 = (20 − 5 orders) × 100 %",
            "B DE+FR: ChannelGuard"
        ]
    );
}

#[test]
fn inv_11_orders_that_are_not_imported_are_taken_off_once() {
    let shown = told(
        "
        item A
        stock X: A 4
        stock Y: A 6
        rules: at X Y
        rules: at X Y, ignore-orders
        offer A DE A orders 3
        offer A-2PK DE A x2 orders 2
        offer A FR A rules 1 orders 50
        offer FBA DE A fba orders 50",
    );
    assert_eq!(
        shown,
        [
            "A DE: 3 = (10 − 7 orders) × 100 %",
            "A-2PK DE: 1 = (10 − 7 orders) × 100 % ÷ 2",
            "A FR: 3 = (10 − 7 orders) × 100 %",
            "FBA DE: ChannelGuard"
        ]
    );
}

#[test]
fn inv_11_more_orders_than_stock_leave_nought() {
    let shown = told(
        "
        item A
        stock X: A 4
        rules: at X
        offer A DE A orders 9",
    );
    assert_eq!(shown, ["A DE: 0 = (4 − 9 orders) × 100 %"]);
}

#[test]
fn inv_14_expired_lots_are_left_out_and_take_nothing_from_other_places() {
    let shown = told(
        "
        item A
        stock X: A 5/9/7
        stock Y: A 6/6/2
        rules: at X Y, no-expired
        rules: at X Y
        offer A DE A
        offer A FR A rules 1",
    );
    assert_eq!(shown, ["A DE: 4 = (4) × 100 %", "A FR: 11 = (11) × 100 %"]);
}

#[test]
fn inv_05_s7_a_location_that_is_taken_out_of_the_setting_no_longer_counts() {
    let mut shop = Shop::told(
        "
        item A
        stock X: A 5
        stock Y: A 7
        rules: at X Y
        offer A DE A accepted 12",
    );
    assert_eq!(shop.quantities(), [Some(12)]);
    shop.rules[0].locations.pop();
    assert_eq!(shop.quantities(), [Some(5)]);
}

#[test]
fn numbers_without_measure_are_cut_and_never_overflow() {
    let mut shop = Shop::told(
        "
        item A
        stock X: A 1
        stock Y: A 1
        rules: at X Y
        offer A DE A",
    );
    shop.levels.iter_mut().for_each(|level| level.available = Decimal::MAX);
    assert_eq!(shop.quantities(), [Some(u32::MAX)]);
    shop.rules[0].percent = Decimal::MAX;
    assert_eq!(shop.shown(), ["A DE: OutOfRange"]);
    shop.rules[0].percent = Decimal::ONE_HUNDRED;
    shop.levels.iter_mut().for_each(|level| level.available = Decimal::MIN);
    shop.rules[0].buffer = Decimal::MAX;
    assert_eq!(shop.quantities(), [Some(0)]);
}
