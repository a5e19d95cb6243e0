//! `price.transform`: factor, tax, endings, rounding.

use domain::price::Transform;

use crate::story::shown;

fn eur(price: &str, transform: &str) -> String {
    shown(&format!(
        "1 EUR {price}\nrules EUR 1, transform {}\nsku tax 20",
        transform.replace(',', ";")
    ))
}

fn jpy(price: &str, transform: &str) -> String {
    shown(&format!(
        "1 JPY {price}\nrules JPY 1, transform {}\nsku tax 10",
        transform.replace(',', ";")
    ))
}

#[test]
fn prc_03_steps_work_one_after_the_other() {
    assert_eq!(eur("10", "times 1.5"), "15.00 EUR");
    assert_eq!(eur("10", "add tax"), "12.00 EUR");
    assert_eq!(eur("10", "add tax 5.5"), "10.55 EUR");
    assert_eq!(eur("10", "times 1.05, add tax, end in 99"), "12.99 EUR");
    assert_eq!(eur("10", "end in 99, times 2"), "19.98 EUR");
    assert_eq!(eur("9.999", ""), "10.00 EUR", "rounded once, at the end");
    assert_eq!(eur("1.005", "times 3"), "3.02 EUR");
}

#[test]
fn prc_03_an_ending_counts_the_digits_as_they_are_written() {
    for (price, ending, wanted) in [
        ("12.30", "end in 99", "11.99 EUR"),
        ("12.49", "end in 99", "12.99 EUR"),
        ("12.99", "end in 99", "12.99 EUR"),
        ("12.30", "end up in 99", "12.99 EUR"),
        ("12.99", "end up in 99", "12.99 EUR"),
        ("12.98", "end down in 99", "11.99 EUR"),
        ("0.30", "end down in 99", "0.99 EUR"),
        ("12.34", "end in 5", "12.35 EUR"),
        ("12.30", "end in 00", "12.00 EUR"),
        ("1234", "end in 9900", "1199.00 EUR"),
    ] {
        assert_eq!(eur(price, ending), wanted, "{price} {ending}");
    }
    for (price, ending, wanted) in [
        ("1234", "end in 99", "1199 JPY"),
        ("1250", "end in 99", "1299 JPY"),
        ("1234", "end in 80", "1280 JPY"),
        ("1234", "end down in 980", "980 JPY"),
        ("40", "end down in 80", "80 JPY"),
    ] {
        assert_eq!(jpy(price, ending), wanted, "{price} {ending}");
    }
}

#[test]
fn prc_03_rounding_goes_to_a_multiple() {
    assert_eq!(eur("12.32", "round to 0.05"), "12.30 EUR");
    assert_eq!(eur("12.325", "round to 0.05"), "12.35 EUR");
    assert_eq!(eur("12.30", "round up to 0.05"), "12.30 EUR");
    assert_eq!(eur("12.31", "round up to 0.05"), "12.35 EUR");
    assert_eq!(eur("12.99", "round down to 1"), "12.00 EUR");
    assert_eq!(eur("0.4", "round down to 1"), "1.00 EUR", "never to nought");
    assert_eq!(jpy("1234", "round to 50"), "1250 JPY");
    assert_eq!(
        jpy("1234", "times 1.001, round to 0.05"),
        "1235 JPY",
        "no yen has decimals"
    );
}

#[test]
fn cmn_36_an_ending_does_not_push_a_price_over_its_bounds() {
    let bounded = |price: &str, rules: &str| {
        shown(&format!(
            "1 EUR {price}\n2 EUR 12\n3 EUR 13.50\nrules EUR 1{rules}, transform end in 99"
        ))
    };
    assert_eq!(bounded("12.10", ""), "11.99 EUR");
    assert_eq!(bounded("12.10", ", floor 2"), "12.99 EUR; min 12.00 EUR");
    assert_eq!(bounded("13.50", ", ceiling 3"), "12.99 EUR; max 13.50 EUR");
    assert_eq!(
        bounded("11.90", ", floor 2"),
        "BelowFloor { part: Regular, price: 11.99 EUR, floor: 12.00 EUR }",
        "a price that is below by itself is not lifted in silence"
    );
}

#[test]
fn a_transform_is_a_few_steps_and_nothing_else() {
    for text in [
        "",
        "times 1.05",
        "add tax",
        "add tax 19",
        "end in 99",
        "end up in 09",
        "end down in 980",
        "round to 0.05",
        "round up to 1",
        "times 1.05, add tax 19, end in 99, round down to 10",
    ] {
        let transform: Transform = text.parse().unwrap();
        assert_eq!(transform.to_string(), text);
        let kept = serde_json::to_string(&transform).unwrap();
        assert_eq!(serde_json::from_str::<Transform>(&kept).unwrap(), transform);
    }
    for wrong in [
        "times",
        "times 0",
        "times -1",
        "times x",
        "add 5",
        "add tax -1",
        "add tax 101",
        "end in",
        "end in 9x",
        "end in 1234567",
        "end in -1",
        "round to 0",
        "round",
        "price * 2",
        "times 1, times 1, times 1, times 1, times 1, times 1, times 1, times 1, times 2",
    ] {
        let error = wrong.parse::<Transform>().unwrap_err();
        assert!(wrong.contains(&error.0), "{error}");
    }
}
