//! What is sent, and when a person is asked first: INV-05, INV-12.

use std::fmt::Write as _;

use domain::stock::{EmptySearch, MassZero, ZeroLimit, differences, empty_search, mass_zero, positive_before};

use crate::story::Shop;

#[test]
fn inv_05_only_what_differs_from_the_last_accepted_quantity_is_sent_and_nought_first() {
    let shop = Shop::told(
        "
        item A
        item B
        stock X: A 5
        rules: at X
        offer SAME DE A accepted 5
        offer LESS DE A accepted 9
        offer NEW DE A
        offer OUT DE B accepted 3
        offer STILL-OUT DE B accepted 0
        offer FBA DE A fba accepted 5
        offer DAYS DE A accepted 5 days 2
        offer DAYS-KEPT DE A days 2 accepted 5",
    );
    let found = differences(&shop.input(), &shop.published());
    let shown: Vec<String> = found
        .iter()
        .map(|one| {
            let from = one.from.map_or("none".to_owned(), |from| from.to_string());
            format!("{} {from} → {}", shop.offers[one.offer].sku, one.to)
        })
        .collect();
    assert_eq!(shown, ["OUT 3 → 0", "LESS 9 → 5", "NEW none → 5", "DAYS 5 → 5"]);
    assert!(found[0].sells_out && !found[1].sells_out);
}

#[test]
fn inv_05_what_one_quantity_serves_is_compared_once() {
    let shop = Shop::told(
        "
        item A
        stock X: A 5
        rules: at X
        offer A DE A unified unlisted
        offer A FR A unified
        offer A IT A unified accepted 5",
    );
    assert_eq!(differences(&shop.input(), &shop.published()), []);
}

fn sold_out(zeroed: usize, of: usize) -> Result<(), MassZero> {
    let mut text = "rules: at X\nitem GONE\nitem HERE\nstock X: HERE 1\n".to_owned();
    for at in 0..of {
        let item = if at < zeroed { "GONE" } else { "HERE" };
        writeln!(text, "offer S{at} DE {item} accepted 1").unwrap();
    }
    let shop = Shop::told(&text);
    let published = shop.published();
    let positive = positive_before(&shop.input(), &published);
    assert_eq!(positive, of);
    mass_zero(&differences(&shop.input(), &published), positive, &ZeroLimit::default())
}

#[test]
fn inv_12_s5_cmn_36_a_run_that_sells_out_more_than_three_tenths_asks() {
    assert_eq!(sold_out(9, 9), Ok(()), "fewer than ten");
    assert_eq!(sold_out(12, 40), Ok(()), "three tenths");
    assert_eq!(
        sold_out(13, 40),
        Err(MassZero {
            zeroed: 13,
            positive: 40
        })
    );
}

#[test]
fn inv_12_a_run_over_a_part_of_the_shop_is_measured_by_the_shop() {
    let offers: Vec<String> = (0..12).map(|at| format!("offer S{at} DE GONE accepted 4\n")).collect();
    let shop = Shop::told(&format!("rules: at X\nitem GONE\n{}", offers.concat()));
    let found = differences(&shop.input(), &shop.published());
    assert!(mass_zero(&found, 12, &ZeroLimit::default()).is_err());
    assert!(
        mass_zero(&found, 0, &ZeroLimit::default()).is_err(),
        "never less than what is known"
    );
    assert_eq!(mass_zero(&found, 5_000, &ZeroLimit::default()), Ok(()));
}

#[test]
fn inv_12_s6_a_search_that_comes_back_empty_is_a_failure() {
    assert_eq!(empty_search(0, Some(812)), Err(EmptySearch { before: 812 }));
    assert_eq!(empty_search(0, Some(0)), Ok(()));
    assert_eq!(empty_search(0, None), Ok(()));
    assert_eq!(empty_search(1, Some(812)), Ok(()));
}
