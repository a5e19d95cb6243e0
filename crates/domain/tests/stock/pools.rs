//! Several offers of one item: INV-09.

use domain::stock::exposures;

use crate::story::{Shop, told};

#[test]
fn inv_09_each_offer_shows_all_or_its_part_by_weight() {
    let shop = |mode: &str| {
        told(&format!(
            "
            item A
            stock X: A 10
            rules: at X{mode}
            offer A DE A weight 2
            offer A-2PK DE A x2
            offer A FR A"
        ))
    };
    assert_eq!(
        shop(""),
        [
            "A DE: 10 = (10) × 100 %",
            "A-2PK DE: 5 = (10) × 100 % ÷ 2",
            "A FR: 10 = (10) × 100 %"
        ]
    );
    assert_eq!(
        shop(", split"),
        [
            "A DE: 5 = (10, 2 of 4 parts: 5) × 100 %",
            "A-2PK DE: 1 = (10, 1 of 4 parts: 3) × 100 % ÷ 2",
            "A FR: 2 = (10, 1 of 4 parts: 2) × 100 %"
        ]
    );
}

#[test]
fn inv_09_offers_that_share_no_location_share_no_pool() {
    let shown = told(
        "
        item A
        stock X: A 10
        stock Y: A 7
        stock Z: A 5
        rules: at X, split
        rules: at Y, split
        rules: at Y Z, split
        offer A US A
        offer A DE A rules 1
        offer A FR A rules 2",
    );
    assert_eq!(
        shown,
        [
            "A US: 10 = (10) × 100 %",
            "A DE: 3 = (7, 1 of 2 parts: 3) × 100 %",
            "A FR: 6 = (12, 1 of 2 parts: 6) × 100 %"
        ]
    );
}

#[test]
fn inv_09_the_exposure_says_how_much_more_is_promised_than_there_is() {
    let exposed = |text: &str| -> Vec<String> {
        let shop = Shop::told(text);
        let one = |one: domain::stock::Exposure| format!("{} {} of {}", one.item, one.promised, one.stock);
        exposures(&shop.input(), &shop.published())
            .into_iter()
            .map(one)
            .collect()
    };
    let pool = "
        item A
        item B
        kit K: 2 B
        stock X: A 10, B 7
        rules: at X{}
        offer A DE A orders 1
        offer A-2PK DE A x2
        offer B DE B
        offer K DE K";
    assert_eq!(exposed(&pool.replace("{}", "")), ["A 17 of 9", "B 13 of 7"]);
    assert_eq!(exposed(&format!("divide\n{}", pool.replace("{}", ", split"))), [""; 0]);
}
