//! What the value of an option looks like, and whether a value is one (CMN-02).

use chrono::NaiveDate;
use domain::Text;
use flows::rules::{Kind, choice};
use netsuite::queries::ItemField;
use rust_decimal::Decimal;

use crate::contract::Refusal;

/// The first day of a marketplace's books: asked for and chosen like an option, kept with the marketplace (CMN-32).
pub(crate) const GO_LIVE: &str = "go_live";

/// The kind of an option's value, and the words to choose from or the kind of record.
pub(crate) fn shape(option: &str) -> (String, Vec<String>) {
    let (kind, words) = match choice(option).map(|choice| choice.kind) {
        Some(Kind::Switch) => ("switch", vec!["on", "off"]),
        Some(Kind::OneOf(words)) => ("one_of", words.to_vec()),
        Some(Kind::ItemField(words)) => ("item_field", words.to_vec()),
        Some(Kind::Number) => ("number", Vec::new()),
        Some(Kind::Record(record)) => ("record", vec![record]),
        None if option == GO_LIVE => ("date", Vec::new()),
        Some(Kind::Text) | None => ("text", Vec::new()),
    };
    (kind.to_owned(), words.into_iter().map(str::to_owned).collect())
}

/// The message id of an option's name.
pub(crate) fn title(option: &str) -> String {
    format!("option-{}", option.replace(['.', '_'], "-"))
}

/// A value as it is kept; nothing clears the option. A value that the flows could not read is refused, and says what is
/// wanted.
pub(crate) fn checked(option: &str, value: Option<&str>) -> Result<Option<String>, Refusal> {
    let known = choice(option).ok_or_else(|| Refusal::not_found(option))?;
    let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let (fits, wanted) = match known.kind {
        Kind::Switch => (matches!(value, "on" | "off"), "error-option-switch"),
        Kind::OneOf(words) => (words.contains(&value), "error-option-word"),
        Kind::ItemField(words) => (
            words.contains(&value) || ItemField::named(value).is_some(),
            "error-option-item-field",
        ),
        Kind::Number => (is_number(value), "error-option-number"),
        Kind::Record(_) => (is_id(value), "error-option-record"),
        Kind::Text => (is_country(value), "error-option-country"),
    };
    if fits {
        Ok(Some(value.to_owned()))
    } else {
        Err(refused(wanted, value))
    }
}

/// The first day of a marketplace's books.
pub(crate) fn day(value: Option<&str>) -> Result<NaiveDate, Refusal> {
    let value = value.unwrap_or_default().trim();
    value.parse().map_err(|_| refused("error-option-day", value))
}

/// The id of a record in NetSuite, from this field of a request.
pub(crate) fn record<'a>(field: &str, value: &'a str) -> Result<&'a str, Refusal> {
    if is_id(value) {
        return Ok(value);
    }
    let said = Text::new("error-option-record").with("value", value);
    Err(Refusal::new("bad_request", said).about(field, "a whole number is wanted"))
}

fn refused(wanted: &str, value: &str) -> Refusal {
    Refusal::new("bad_request", Text::new(wanted).with("value", value)).about("value", wanted)
}

/// A number that is nought or more, with a point: `0.02`.
fn is_number(value: &str) -> bool {
    value.parse::<Decimal>().is_ok_and(|number| !number.is_sign_negative())
}

/// NetSuite's ids are whole numbers; its built-in ones are negative.
fn is_id(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// ISO 3166-1 alpha-2: the only text that an option takes.
fn is_country(value: &str) -> bool {
    value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Catalogue, Language};

    #[test]
    fn cmn_26_a_value_that_the_flows_could_not_read_is_refused() {
        for (option, good, bad) in [
            ("orders.custom_fields", "on", "yes"),
            ("tax.mode", "line_item", "whatever"),
            ("orders.total_tolerance", "0.02", "0,02"),
            ("acct.clearing", "127", "Clearing"),
            ("tax.ship_from", "PL", "Poland"),
            ("match.field", "custitem_amazon_sku", "custitem_x FROM item; --"),
            ("match.field", "upccode", "custbody_sku"),
        ] {
            assert_eq!(checked(option, Some(good)).unwrap().as_deref(), Some(good));
            let refusal = checked(option, Some(bad)).unwrap_err();
            assert!(
                refusal.said.id.starts_with("error-option-"),
                "{option}: {}",
                refusal.said.id
            );
            assert_eq!(checked(option, None).unwrap(), None, "{option} can be cleared");
        }
        assert_eq!(checked("no.such", Some("1")).unwrap_err().code, "not_found");
    }

    #[test]
    fn every_option_and_each_of_its_words_has_a_name_in_both_languages() {
        for language in [Language::English, Language::French] {
            let words = Catalogue::load(language);
            let mut ids = vec![title(GO_LIVE)];
            for choice in flows::rules::choices() {
                ids.push(title(choice.key));
                if let Kind::OneOf(values) | Kind::ItemField(values) = choice.kind {
                    let id = |value: &&str| format!("{}-is-{}", title(choice.key), value.replace('_', "-"));
                    ids.extend(values.iter().map(id));
                }
            }
            let unnamed: Vec<String> = ids.into_iter().filter(|id| words.say(&Text::new(id)) == *id).collect();
            assert_eq!(unnamed, Vec::<String>::new());
        }
    }

    #[test]
    fn cmn_26_every_option_says_what_its_value_looks_like() {
        for choice in flows::rules::choices() {
            let (kind, words) = shape(choice.key);
            let listed = matches!(kind.as_str(), "switch" | "one_of" | "item_field" | "record");
            assert_eq!(listed, !words.is_empty(), "{}: {kind}", choice.key);
        }
        assert_eq!(shape(GO_LIVE).0, "date");
    }
}
