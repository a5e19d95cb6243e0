//! NetSuite's prices, a SKU and the seller's rules as a short text, and the price as text.
//!
//! ```text
//! 1 EUR 12.50                       level, currency, price of the first break
//! 1 EUR 10: 11.00                   from ten on
//! rules EUR 1, floor 3, add tax
//! sku x2, tax 19, accepted 12.50
//! ```

use chrono::NaiveDate;
use domain::price::{
    Basis, Break, BusinessRule, Computed, Conflict, Conversion, LevelPrice, Price, Rounding, Rules, SaleRule, Sku,
    Withheld, decide,
};
use domain::{Currency, Money};
use rust_decimal::Decimal;

pub fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("“{text}” is not a number"))
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The day of these stories, unless they say another.
pub fn today() -> NaiveDate {
    day("2026-11-23")
}

/// A price without anything beside it.
pub fn plain(regular: Money) -> Price {
    Price {
        regular,
        sale: None,
        business: None,
        minimum: None,
        maximum: None,
        list: None,
    }
}

/// The SKU and the rules of a story.
pub fn told(text: &str) -> (Sku, Rules) {
    let mut sku = Sku::new(Vec::new());
    let mut rules = Rules::new(Currency::EUR, "1");
    let mut about = "";
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(rest) = line.strip_prefix("rules ") {
            rules = rules_of(rest);
        } else if let Some(rest) = line.strip_prefix("sku ") {
            about = rest;
        } else {
            sku.prices.push(row(line));
        }
    }
    for part in about.split(", ").filter(|part| !part.is_empty()) {
        say(&mut sku, part, rules.currency);
    }
    (sku, rules)
}

fn row(line: &str) -> LevelPrice {
    let words: Vec<&str> = line.split(' ').collect();
    let (from, price) = match words[2..] {
        [price] => ("0", price),
        [from, price] => (from.strip_suffix(':').unwrap(), price),
        _ => panic!("{line}?"),
    };
    LevelPrice {
        level: words[0].to_owned(),
        currency: words[1].parse().unwrap(),
        from: number(from),
        price: (price != "blank").then(|| number(price)),
    }
}

fn say(sku: &mut Sku, part: &str, currency: Currency) {
    let money = |text: &str| match text.split_once(' ') {
        Some((amount, currency)) => Money::new(number(amount), currency.parse().unwrap()),
        None => Money::new(number(text), currency),
    };
    let (word, value) = part.split_once(' ').unwrap_or((part, ""));
    match word {
        "own" => sku.own = Some(money(value)),
        "tax" => sku.tax_rate = Some(number(value)),
        "excluded" => sku.excluded = true,
        "accepted" => sku.accepted = Some(plain(money(value))),
        "shown" => sku.shown = Some(money(value)),
        factor => sku.factor = number(factor.strip_prefix('x').unwrap()),
    }
}

fn rules_of(text: &str) -> Rules {
    let mut parts = text.split(", ");
    let (currency, level) = parts.next().unwrap().split_once(' ').unwrap();
    let mut rules = Rules::new(currency.parse().unwrap(), level);
    rules.level = (level != "none").then(|| level.to_owned());
    for part in parts {
        let (word, value) = part.split_once(' ').unwrap_or((part, ""));
        let words: Vec<&str> = value.split(' ').collect();
        match word {
            "break" => rules.quantity_break = Break::At(number(value)),
            "sale" => {
                rules.sale = Some(SaleRule {
                    level: words[0].to_owned(),
                    from: day(words[1]),
                    to: day(words[2]),
                });
            }
            "business" => {
                rules.business = Some(BusinessRule {
                    level: words[0].to_owned(),
                    breaks: words.contains(&"breaks"),
                });
            }
            "floor" => rules.floor_level = Some(value.to_owned()),
            "ceiling" => rules.ceiling_level = Some(value.to_owned()),
            "list" => rules.list_level = Some(value.to_owned()),
            "taxed" => rules.basis = Basis::AddTax,
            "packs" => rules.pack_multiplies = true,
            "convert" => {
                rules.convert = Some(Conversion {
                    from: words[0].parse().unwrap(),
                    rate: number(words[1]),
                    date: day("2026-11-20"),
                    rounding: match words.get(2) {
                        Some(&"up") => Rounding::Up,
                        Some(&"down") => Rounding::Down,
                        _ => Rounding::Nearest,
                    },
                });
            }
            "transform" => rules.transform = value.replace(';', ",").parse().unwrap(),
            "change" => rules.max_change_pct = number(value),
            "ask" => rules.conflict = Conflict::Ask,
            "amazon-wins" => rules.conflict = Conflict::AmazonWins,
            other => panic!("{other}?"),
        }
    }
    rules
}

/// What is sent, or why nothing is.
pub fn shown(text: &str) -> String {
    let (sku, rules) = told(text);
    verdict(&decide(&sku, &rules, today()))
}

pub fn verdict(verdict: &Result<Computed, Withheld>) -> String {
    match verdict {
        Ok(computed) => {
            let notes: Vec<String> = computed.notes.iter().map(|note| format!(" ({note:?})")).collect();
            format!("{}{}", price(&computed.price), notes.concat())
        }
        Err(why) => format!("{why:?}"),
    }
}

pub fn price(price: &Price) -> String {
    let mut parts = vec![price.regular.to_string()];
    parts.extend(
        price
            .sale
            .as_ref()
            .map(|sale| format!("sale {} {} to {}", sale.price, sale.from, sale.to)),
    );
    parts.extend(price.business.as_ref().map(|business| {
        let tiers = business.tiers.iter();
        let tiers: Vec<String> = tiers.map(|tier| format!(", {}: {}", tier.from, tier.price)).collect();
        format!("business {}{}", business.price, tiers.concat())
    }));
    parts.extend(price.minimum.map(|money| format!("min {money}")));
    parts.extend(price.maximum.map(|money| format!("max {money}")));
    parts.extend(price.list.map(|money| format!("list {money}")));
    parts.join("; ")
}
