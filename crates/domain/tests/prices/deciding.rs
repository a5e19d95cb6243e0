//! Whether a price is sent: PRC-01, PRC-06, PRC-07, CMN-36.

use domain::price::{Way, Withheld, decide, way};
use rust_decimal::Decimal;

use crate::story::{plain, shown, today, told, verdict};

#[test]
fn prc_01_a_price_that_amazon_accepted_already_is_not_sent_again() {
    assert_eq!(shown("1 EUR 12.5\nsku accepted 12.50"), "Unchanged");
    assert_eq!(shown("1 EUR 12.60\nsku accepted 12.50"), "12.60 EUR");
    assert_eq!(shown("1 EUR 12.60"), "12.60 EUR", "never sent before");
    assert_eq!(
        shown("1 EUR 12.50\nsku accepted 12.50 USD"),
        "12.50 EUR",
        "a price in another currency tells nothing"
    );
}

#[test]
fn prc_01_each_part_of_a_price_counts() {
    let text = "1 EUR 20\n5 EUR 18\n3 EUR 17\n4 EUR 29\n6 EUR 19\n6 EUR 5: 18.50\n\
                rules EUR 1, sale 5 2026-11-20 2026-11-23, floor 3, list 4, business 6 breaks";
    let (mut sku, rules) = told(text);
    sku.accepted = Some(decide(&sku, &rules, today()).unwrap().price);
    assert_eq!(decide(&sku, &rules, today()), Err(Withheld::Unchanged));
    for at in 0..sku.prices.len() {
        let mut changed = sku.clone();
        let price = changed.prices[at].price.as_mut().unwrap();
        *price += Decimal::new(1, 2);
        assert!(decide(&changed, &rules, today()).is_ok(), "{:?}", changed.prices[at]);
    }
}

#[test]
fn prc_01_p7_when_a_sale_is_over_the_price_is_sent_without_it() {
    let (mut sku, rules) = told("1 EUR 20\n5 EUR 15\nrules EUR 1, sale 5 2026-11-20 2026-11-23");
    let during = decide(&sku, &rules, today()).unwrap();
    sku.accepted = Some(during.price);
    assert_eq!(decide(&sku, &rules, today()), Err(Withheld::Unchanged));
    let after = decide(&sku, &rules, today().succ_opt().unwrap());
    assert_eq!(verdict(&after), "20.00 EUR (SaleEnded)");
    sku.accepted = Some(after.unwrap().price);
    assert_eq!(
        decide(&sku, &rules, today().succ_opt().unwrap()),
        Err(Withheld::Unchanged)
    );
}

#[test]
fn cmn_36_p6_a_price_that_moves_too_far_asks() {
    assert_eq!(shown("1 EUR 13\nsku accepted 10"), "13.00 EUR", "thirty per cent");
    assert_eq!(
        shown("1 EUR 13.01\nsku accepted 10"),
        "ChangesTooMuch { part: Regular, accepted: 10.00 EUR, price: 13.01 EUR }"
    );
    assert!(shown("1 EUR 6.99\nsku accepted 10").starts_with("ChangesTooMuch"));
    assert_eq!(shown("1 EUR 6.99\nrules EUR 1, change 50\nsku accepted 10"), "6.99 EUR");
    assert_eq!(shown("1 EUR 900"), "900.00 EUR", "there is nothing to compare with");
}

#[test]
fn cmn_36_p6_sale_and_business_prices_are_watched_too_and_may_begin_and_end() {
    let text = "1 EUR 20\n5 EUR 10\n6 EUR 12\nrules EUR 1, sale 5 2026-11-20 2026-11-30, business 6";
    let (mut sku, rules) = told(text);
    let first = decide(&sku, &rules, today()).unwrap().price;
    sku.accepted = Some(plain(first.regular));
    assert_eq!(
        verdict(&decide(&sku, &rules, today())),
        "20.00 EUR; sale 10.00 EUR 2026-11-20 to 2026-11-30; business 12.00 EUR",
        "half price for some days is what a sale is for"
    );
    sku.accepted = Some(first);
    sku.prices[2].price = Some("19".parse().unwrap());
    assert_eq!(
        verdict(&decide(&sku, &rules, today())),
        "ChangesTooMuch { part: Business, accepted: 12.00 EUR, price: 19.00 EUR }"
    );
}

#[test]
fn prc_06_what_somebody_changed_at_amazon_follows_the_setting() {
    let prices = "1 EUR 12.50";
    assert_eq!(
        shown(&format!("{prices}\nsku accepted 12.50, shown 11.00")),
        "12.50 EUR (ChangedAtAmazon { accepted: 12.50 EUR, shown: 11.00 EUR })",
        "ours is sent again although nothing changed in NetSuite"
    );
    assert_eq!(
        shown(&format!("{prices}\nrules EUR 1, ask\nsku accepted 12.50, shown 11.00")),
        "ChangedAtAmazon { accepted: 12.50 EUR, shown: 11.00 EUR, price: 12.50 EUR }"
    );
    assert_eq!(
        shown(&format!(
            "{prices}\nrules EUR 1, amazon-wins\nsku accepted 12.50, shown 11.00"
        )),
        "AmazonWins { shown: 11.00 EUR }"
    );
    for rules in ["rules EUR 1", "rules EUR 1, ask", "rules EUR 1, amazon-wins"] {
        let agree = shown(&format!("{prices}\n{rules}\nsku accepted 12.50, shown 12.5"));
        assert_eq!(agree, "Unchanged");
        let already = shown(&format!("{prices}\n{rules}\nsku accepted 12.00, shown 12.50"));
        assert_eq!(already, "12.50 EUR", "somebody was faster and meant the same");
    }
}

#[test]
fn prc_06_an_excluded_sku_is_left_alone() {
    assert_eq!(shown("1 EUR -4\nsku excluded, accepted 12.50, shown 11.00"), "Excluded");
}

#[test]
fn what_a_person_can_agree_to_is_told_apart_from_what_must_be_mended() {
    let (sku, rules) = told("1 EUR 20\nsku accepted 10");
    let why = decide(&sku, &rules, today()).unwrap_err();
    assert!(why.can_be_agreed_to() && !why.is_quiet());
    assert!(Withheld::Unchanged.is_quiet() && !Withheld::NoTaxRate.is_quiet());
    assert!(!Withheld::NoTaxRate.can_be_agreed_to());
}

#[test]
fn prc_07_up_to_a_hundred_skus_go_by_patch() {
    assert_eq!((way(100), way(101)), (Way::Patches, Way::Feed));
}
