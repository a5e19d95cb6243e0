//! What is true of every price.

use domain::price::{LevelPrice, Rules, Sku, Transform, compute};
use domain::{Currency, Money};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::story::today;

fn row(level: &str, currency: Currency, price: Decimal) -> LevelPrice {
    LevelPrice {
        level: level.to_owned(),
        currency,
        from: Decimal::ZERO,
        price: Some(price),
    }
}

fn transforms() -> impl Strategy<Value = String> {
    let step = prop_oneof![
        (50..200_u32).prop_map(|hundredths| format!("times {}", Decimal::new(hundredths.into(), 2))),
        Just("add tax".to_owned()),
        (0..3_usize, "[0-9]{1,3}")
            .prop_map(|(towards, digits)| format!("end{} in {digits}", ["", " up", " down"][towards])),
        (0..3_usize, 1..100_u32).prop_map(|(towards, hundredths)| {
            let to = Decimal::new(hundredths.into(), 2);
            format!("round{} to {to}", ["", " up", " down"][towards])
        }),
    ];
    proptest::collection::vec(step, 0..4).prop_map(|steps| steps.join(", "))
}

fn computed(price: Decimal, transform: &str, currency: Currency) -> Option<Money> {
    let mut rules = Rules::new(currency, "1");
    rules.transform = transform.parse().unwrap();
    let sku = Sku {
        tax_rate: Some(Decimal::from(19)),
        ..Sku::new(vec![row("1", currency, price)])
    };
    compute(&sku, &rules, today())
        .ok()
        .map(|computed| computed.price.regular)
}

proptest! {
    /// PRC-02, CMN-36: whatever the rules, no price is outside of floor and ceiling, nought or finer than its currency.
    #[test]
    fn prc_02_no_price_is_outside_of_floor_and_ceiling(
        prices in proptest::collection::vec(1..500_000_i64, 5),
        transform in transforms(),
        yen: bool,
    ) {
        let currency = if yen { Currency::JPY } else { Currency::EUR };
        let levels = ["1", "2", "3", "5", "6"];
        let rows = levels.iter().zip(&prices).map(|(level, price)| row(level, currency, Decimal::new(*price, 2)));
        let mut sku = Sku::new(rows.collect());
        sku.tax_rate = Some(Decimal::from(19));
        let mut rules = Rules::new(currency, "1");
        rules.floor_level = Some("2".to_owned());
        rules.ceiling_level = Some("3".to_owned());
        rules.transform = transform.parse().unwrap();
        let from = today();
        rules.sale = Some(domain::price::SaleRule { level: "5".to_owned(), from, to: from });
        rules.business = Some(domain::price::BusinessRule { level: "6".to_owned(), breaks: true });
        if let Ok(computed) = compute(&sku, &rules, from) {
            let price = computed.price;
            let (floor, ceiling) = (price.minimum.unwrap(), price.maximum.unwrap());
            prop_assert!(floor.amount >= sku.prices[1].price.unwrap(), "a floor is never lowered");
            let all = [Some(price.regular), price.sale.map(|sale| sale.price), price.business.map(|one| one.price)];
            for one in all.into_iter().flatten() {
                prop_assert!(floor.amount <= one.amount && one.amount <= ceiling.amount);
                prop_assert_eq!(one, one.rounded());
                prop_assert!(one.amount > Decimal::ZERO);
            }
        }
    }

    /// Rounding and endings change nothing the second time.
    #[test]
    fn prc_03_an_ending_or_a_rounding_is_done_once(
        cents in 1..1_000_000_i64,
        digits in "[0-9]{1,3}",
        towards in 0..3_usize,
        multiple in 1..500_i64,
        yen: bool,
    ) {
        let currency = if yen { Currency::JPY } else { Currency::EUR };
        let towards = ["", " up", " down"][towards];
        let unit = if yen { 0 } else { 2 };
        for step in [format!("end{towards} in {digits}"), format!("round{towards} to {}", Decimal::new(multiple, unit))] {
            let once = computed(Decimal::new(cents, 2), &step, currency).unwrap();
            prop_assert_eq!(computed(once.amount, &step, currency), Some(once), "{}", step);
        }
    }

    /// A price that ends in a rule has these last digits, in euros and in yen, and is a neighbour of what it was.
    #[test]
    fn prc_03_an_ending_holds_in_every_currency(cents in 1..1_000_000_i64, digits in "[0-9]{1,3}", yen: bool) {
        let currency = if yen { Currency::JPY } else { Currency::EUR };
        let price = Decimal::new(cents, 2);
        let every = Decimal::new(10_i64.pow(u32::try_from(digits.len()).unwrap()), currency.decimals());
        let with = |towards: &str| computed(price, &format!("end{towards} in {digits}"), currency).unwrap();
        let (nearest, up, down) = (with(""), with(" up"), with(" down"));
        for one in [nearest, up, down] {
            let written = domain::money::plain(one.amount, currency).replace('.', "");
            let written = format!("{written:0>4}");
            prop_assert!(written.ends_with(&digits), "{} does not end in {}", one, digits);
            prop_assert!((one.amount - price).abs() <= every);
        }
        prop_assert!(up.amount >= price);
        prop_assert!(down.amount <= price || down.amount <= every);
        prop_assert!(nearest == up || nearest == down);
    }

    /// A transform is written as it is read.
    #[test]
    fn a_transform_survives_being_written(text in transforms()) {
        let transform: Transform = text.parse().unwrap();
        prop_assert_eq!(transform.to_string().parse::<Transform>().unwrap(), transform);
    }
}
