//! From price levels to a price: PRC-02…05, sales, business prices, floor and ceiling.

use domain::price::{Withheld, compute};

use crate::story::{shown, today, told};

#[test]
fn prc_02_p8_nought_and_blank_are_no_price_and_below_nought_is_an_error() {
    assert_eq!(shown("1 EUR 12.50"), "12.50 EUR");
    for level in ["1 EUR 0", "1 EUR blank", "2 EUR 9", ""] {
        assert_eq!(
            shown(level),
            "NoPrice { level: \"1\", currency: EUR, others: [] }",
            "{level}"
        );
    }
    assert_eq!(shown("1 EUR -1"), "Negative { level: Some(\"1\") }");
    assert_eq!(shown("1 EUR 5\n1 EUR 10: -1"), "Negative { level: Some(\"1\") }");
    assert_eq!(shown("1 EUR 5\nrules EUR none"), "NoLevel");
    assert_eq!(shown("1 EUR 0.001"), "OutOfRange", "it would be written as nought");
}

#[test]
fn prc_02_the_quantity_break_is_the_first_or_what_so_many_cost() {
    let prices = "1 EUR 10: 11.00\n1 EUR 12.50\n1 EUR 50: blank";
    assert_eq!(shown(prices), "12.50 EUR");
    assert_eq!(shown(&format!("{prices}\nrules EUR 1, break 9")), "12.50 EUR");
    assert_eq!(shown(&format!("{prices}\nrules EUR 1, break 60")), "11.00 EUR");
    assert_eq!(
        shown("1 EUR 10: 11.00\nrules EUR 1, break 2"),
        "NoPrice { level: \"1\", currency: EUR, others: [] }"
    );
}

#[test]
fn prc_03_tax_is_added_with_the_rate_of_the_items_class() {
    assert_eq!(shown("1 EUR 10\nrules EUR 1, taxed\nsku tax 19"), "11.90 EUR");
    assert_eq!(
        shown("1 EUR 10\nrules EUR 1\nsku tax 19"),
        "10.00 EUR",
        "as it is, by default"
    );
    assert_eq!(shown("1 JPY 1234\nrules JPY 1, taxed\nsku tax 10"), "1357 JPY");
    assert_eq!(shown("1 EUR 10\nrules EUR 1, taxed\nsku tax 0"), "10.00 EUR");
    assert_eq!(shown("1 EUR 10\nrules EUR 1, taxed"), "NoTaxRate");
    assert_eq!(
        shown("1 EUR 10\nrules EUR 1, taxed, transform add tax\nsku tax 19"),
        "TaxTwice"
    );
}

#[test]
fn prc_04_p8_another_currency_is_no_price_unless_it_may_be_converted() {
    assert_eq!(
        shown("1 USD 20\n1 GBP 9\nrules EUR 1"),
        "NoPrice { level: \"1\", currency: EUR, others: [GBP, USD] }"
    );
    let converted = |how: &str| shown(&format!("1 USD 19.99\nrules EUR 1, convert USD {how}"));
    assert_eq!(converted("0.923"), "18.45 EUR");
    assert_eq!(converted("0.923 up"), "18.46 EUR");
    assert_eq!(converted("0.923 down"), "18.45 EUR");
    assert_eq!(converted("0"), "WrongRate");
    assert_eq!(shown("1 USD 20\nrules JPY 1, convert USD 151.337"), "3027 JPY");
    assert_eq!(
        shown("1 USD 20\n1 EUR 17\nrules EUR 1, convert USD 0.9"),
        "17.00 EUR",
        "a price in the marketplace's currency needs no rate"
    );
    assert_eq!(
        shown("1 USD -2\nrules EUR 1, convert USD 0.9"),
        "Negative { level: Some(\"1\") }"
    );
}

#[test]
fn prc_04_the_rate_its_day_and_its_rounding_are_kept_with_the_price() {
    let (sku, rules) = told("1 USD 19.99\nrules EUR 1, convert USD 0.923 up");
    let origin = compute(&sku, &rules, today()).unwrap().origin;
    assert_eq!((origin.base.to_string(), origin.own), ("19.99 USD".to_owned(), false));
    assert_eq!(origin.conversion, rules.convert);
    let (sku, rules) = told("1 EUR 19.99\nrules EUR 1, convert USD 0.923");
    assert_eq!(compute(&sku, &rules, today()).unwrap().origin.conversion, None);
}

#[test]
fn prc_05_a_pack_is_multiplied_has_its_own_price_or_is_not_sent() {
    assert_eq!(shown("1 EUR 5\nrules EUR 1, packs\nsku x3"), "15.00 EUR");
    assert_eq!(shown("1 EUR 5\nsku x3"), "NoPackPrice { factor: 3 }");
    assert_eq!(shown("1 EUR 5\nsku x3, own 13.50"), "13.50 EUR");
    assert_eq!(
        shown("1 EUR 5\nrules EUR 1, packs\nsku x3, own 13.50"),
        "13.50 EUR",
        "the alias' own price is of the pack"
    );
    assert_eq!(shown("1 EUR 5\nsku own 4.20"), "4.20 EUR");
    assert_eq!(shown("1 EUR 5\nsku own 0"), "5.00 EUR", "blank");
    assert_eq!(shown("1 EUR 5\nsku own -1"), "Negative { level: None }");
    assert_eq!(shown("1 EUR 5\nsku own 4.20 USD"), "OwnPriceCurrency(USD)");
    assert_eq!(shown("1 EUR 5\nsku x0"), "WrongFactor");
}

#[test]
fn prc_05_the_levels_of_one_unit_say_nothing_of_a_pack_with_its_own_price() {
    let text = "1 EUR 5\n2 EUR 4\n3 EUR 6\n4 EUR 7\nsku x3, own 13.50\nrules EUR 1, floor 2, ceiling 3, list 4";
    assert_eq!(
        shown(text),
        "13.50 EUR (LeftOutForPack(Minimum)) (LeftOutForPack(Maximum)) (LeftOutForPack(List))"
    );
    assert_eq!(
        shown("1 EUR 5\n2 EUR 4\nsku x3\nrules EUR 1, packs, floor 2"),
        "15.00 EUR; min 12.00 EUR"
    );
}

#[test]
fn prc_01_p7_a_sale_has_its_days_and_an_ended_one_is_removed() {
    let sale = |days: &str| shown(&format!("1 EUR 20\n5 EUR 15\nrules EUR 1, sale 5 {days}"));
    assert_eq!(
        sale("2026-11-20 2026-11-23"),
        "20.00 EUR; sale 15.00 EUR 2026-11-20 to 2026-11-23",
        "its last day is today"
    );
    assert_eq!(
        sale("2026-12-01 2026-12-24"),
        "20.00 EUR; sale 15.00 EUR 2026-12-01 to 2026-12-24",
        "Amazon begins it by itself"
    );
    assert_eq!(sale("2026-11-01 2026-11-22"), "20.00 EUR (SaleEnded)");
    assert_eq!(sale("2026-11-25 2026-11-24"), "20.00 EUR (SaleEndsBeforeItBegins)");
    assert_eq!(
        shown("1 EUR 20\n5 EUR blank\nrules EUR 1, sale 5 2026-11-20 2026-11-30"),
        "20.00 EUR"
    );
    assert_eq!(
        shown("1 EUR 20\n5 EUR 20\nrules EUR 1, sale 5 2026-11-20 2026-11-30"),
        "20.00 EUR (SaleNotLower)"
    );
    assert_eq!(
        shown("1 EUR 20\n5 EUR -5\nrules EUR 1, sale 5 2026-11-20 2026-11-30"),
        "Negative { level: Some(\"5\") }"
    );
}

#[test]
fn prc_01_a_business_price_has_up_to_five_tiers_that_fall() {
    let prices = "1 EUR 20\n6 EUR 19\n6 EUR 2: 18\n6 EUR 5: 17\n6 EUR 10: 17.50\n6 EUR 20: 16\n6 EUR 50: 15\n\
                  6 EUR 100: 14\n6 EUR 200: 13";
    assert_eq!(
        shown(&format!("{prices}\nrules EUR 1, business 6")),
        "20.00 EUR; business 19.00 EUR"
    );
    assert_eq!(
        shown(&format!("{prices}\nrules EUR 1, business 6 breaks")),
        "20.00 EUR; business 19.00 EUR, 2: 18.00 EUR, 5: 17.00 EUR, 20: 16.00 EUR, 50: 15.00 EUR, 100: 14.00 EUR \
         (TiersLeftOut(2))"
    );
    assert_eq!(shown("1 EUR 20\nrules EUR 1, business 6 breaks"), "20.00 EUR");
    assert_eq!(
        shown("1 EUR 5\n6 EUR 4.50\n6 EUR 10: 4\nrules EUR 1, packs, business 6 breaks\nsku x3"),
        "15.00 EUR; business 13.50 EUR, 4: 12.00 EUR",
        "ten units are reached with four packs of three"
    );
}

#[test]
fn prc_03_floor_ceiling_and_list_price_carry_the_same_tax() {
    let rules = "rules EUR 1, taxed, floor 2, ceiling 3, list 4\nsku tax 19";
    assert_eq!(
        shown(&format!("1 EUR 10.01\n2 EUR 10\n3 EUR 10.03\n4 EUR 12\n{rules}")),
        "11.91 EUR; min 11.90 EUR; max 11.93 EUR; list 14.28 EUR"
    );
    assert_eq!(
        shown("1 EUR 10\n2 EUR 10\nrules EUR 1, floor 2, transform add tax\nsku tax 19"),
        "11.90 EUR; min 11.90 EUR",
        "also where the transform adds it"
    );
    let written = "1 EUR 10.004\n2 EUR 10.001\n3 EUR 10.009\nrules EUR 1, floor 2, ceiling 3";
    assert!(
        shown(written).starts_with("FloorAboveCeiling"),
        "a floor is written up, a ceiling down: {}",
        shown(written)
    );
}

#[test]
fn cmn_36_p5_nothing_below_the_floor_or_above_the_ceiling_is_sent() {
    let outside = |rules: &str, prices: &str| shown(&format!("1 EUR 20\n2 EUR 18\n3 EUR 25\n{prices}\n{rules}"));
    let both = "rules EUR 1, floor 2, ceiling 3";
    assert_eq!(outside(both, ""), "20.00 EUR; min 18.00 EUR; max 25.00 EUR");
    assert_eq!(
        outside("rules EUR 1, floor 2, transform times 0.8", ""),
        "BelowFloor { part: Regular, price: 16.00 EUR, floor: 18.00 EUR }"
    );
    assert_eq!(
        outside("rules EUR 1, ceiling 3, transform times 1.3", ""),
        "AboveCeiling { part: Regular, price: 26.00 EUR, ceiling: 25.00 EUR }"
    );
    assert_eq!(
        outside(&format!("{both}, sale 5 2026-11-20 2026-11-30"), "5 EUR 17.99"),
        "BelowFloor { part: Sale, price: 17.99 EUR, floor: 18.00 EUR }"
    );
    assert_eq!(
        outside(&format!("{both}, business 6 breaks"), "6 EUR 19\n6 EUR 9: 17"),
        "BelowFloor { part: Tier, price: 17.00 EUR, floor: 18.00 EUR }"
    );
    assert_eq!(
        outside(&format!("{both}, business 6"), "6 EUR 26"),
        "AboveCeiling { part: Business, price: 26.00 EUR, ceiling: 25.00 EUR }"
    );
    assert_eq!(
        outside("rules EUR 1, floor 3, ceiling 2", ""),
        "FloorAboveCeiling { floor: 25.00 EUR, ceiling: 18.00 EUR }"
    );
}

#[test]
fn prc_08_the_price_asks_nobody_who_ships() {
    // One item, sold as two SKUs: a SKU has no channel here, and both get the same price.
    let (sku, rules) = told("1 EUR 12.50");
    let (fba, merchant) = (sku.clone(), sku);
    assert_eq!(compute(&fba, &rules, today()), compute(&merchant, &rules, today()));
}

#[test]
fn numbers_without_measure_are_an_answer_and_no_crash() {
    let (mut sku, rules) = told("1 EUR 12\nrules EUR 1, packs, taxed, transform times 2; end in 99\nsku tax 20, x2");
    sku.prices[0].price = Some(rust_decimal::Decimal::MAX);
    assert_eq!(compute(&sku, &rules, today()), Err(Withheld::OutOfRange));
}
