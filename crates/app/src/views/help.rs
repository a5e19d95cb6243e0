//! Help (ux.md §5.15): the sentences of Errors and of the flows, told of a day that never was.

use std::collections::BTreeSet;

use domain::text::Arg;
use domain::{Currency, Money, Text};
use rust_decimal::Decimal;

use super::problems::button;
use crate::contract::{CODES, Code, ErrorCase, ErrorCode, Help, HelpFlow};
use crate::words::{Language, source};

/// Everything that Help knows of the core.
pub fn help() -> Help {
    let english = source(Language::English);
    Help {
        flows: flows::catalogue().iter().map(flow).collect(),
        codes: CODES.iter().map(|code| error(code, &english)).collect(),
    }
}

fn flow(entry: &flows::Entry) -> HelpFlow {
    let card = entry.card;
    HelpFlow {
        id: card.id.to_owned(),
        title: card.title.to_owned(),
        promise: card.promise.to_owned(),
        does: format!("help-flow-{}", card.id),
    }
}

/// One error as Help tells it.
fn error(code: &Code, english: &str) -> ErrorCode {
    let cases = code.cases.iter().map(|(what, why)| ErrorCase {
        what: example(code.code, what, english).into(),
        why: example(code.code, why, english).into(),
    });
    ErrorCode {
        code: code.code.to_owned(),
        cases: cases.collect(),
        cures: code.remedies.iter().map(|remedy| button(remedy).to_owned()).collect(),
    }
}

/// What the sentences name, as a seller might meet it.
const TEXTS: &[(&str, &str)] = &[
    ("account", "acct.clearing"),
    ("carrier", "DHL"),
    ("cell", "12,3,4"),
    ("code", "S-DE"),
    ("column", "total-amount"),
    ("currency", "PLN"),
    ("customer", "Amazon DE 2026"),
    ("declared", "100.00"),
    ("detail", "the total has no currency"),
    ("difference", "-0.50"),
    ("document", "SO1042"),
    ("encoding", "UTF-8"),
    ("field", "memo"),
    ("file", "settlement.txt"),
    ("first", "EUR"),
    ("from", "2026-10-16 08:00"),
    ("flow", "mfn-orders"),
    ("item", "LAMP-RED-EU"),
    ("kind", "ItemFees / Commission"),
    ("level", "Expedited"),
    ("limit", "5"),
    ("marketplace", "DE"),
    ("method", "Courier"),
    ("option", "acct.clearing"),
    ("order", "028-1234567-1234567"),
    ("others", "SO1077"),
    ("path", "gift.message"),
    ("percent", "7.5"),
    ("period", "October 2026"),
    ("prices", "12.00, 14.00"),
    ("record", "4711"),
    ("said", "“Location” is missing"),
    ("second", "USD"),
    ("service", "netsuite"),
    ("settlement", "18204117642"),
    ("sku", "LAMP-RED-EU"),
    ("sum", "99.50"),
    ("theirs", "25.90 EUR"),
    ("tracking", "00340434161094042557"),
    ("transaction", "b2b9f9b7-41d7"),
    ("until", "2026-11-20 08:00"),
    ("value", "Express"),
    ("word", "AMAZON_ORBIT"),
];
const COUNTS: &[(&str, i64)] = &[
    ("count", 2),
    ("days", 52),
    ("line", 7),
    ("minutes", 9),
    ("ordered", 2),
    ("shipped", 3),
    ("total", 40),
    ("tries", 8),
];
/// In cents.
const AMOUNTS: &[(&str, i64)] = &[
    ("amazon", 2990),
    ("amount", 2990),
    ("before", 2990),
    ("netsuite", 2590),
    ("now", 2590),
    ("ours", 2990),
    ("tax", 400),
    ("written", 2990),
];

/// A sentence with its values.
fn example(code: &str, id: &str, english: &str) -> Text {
    let names = variables(english, id);
    names.iter().fold(Text::new(id), |text, name| {
        let value = own(code, id, name).or_else(|| usual(name));
        // A name that nobody gave a value stays to be seen, and a test sees it.
        text.with(name, value.unwrap_or_else(|| Arg::from(name.as_str())))
    })
}

/// Where the usual value would tell something that cannot be.
fn own(code: &str, id: &str, name: &str) -> Option<Arg> {
    Some(Arg::from(match (code, id, name) {
        ("AUTH_AMAZON", _, "service") => "amazon",
        ("AUTH_AMAZON", _, "said") => "The refresh token is no longer valid",
        ("AUTH_NETSUITE", _, "said") => "The certificate is no longer valid",
        (_, "problem-accrual-line-unmapped", "line") => "ItemFees / Commission",
        (_, "problem-refused-why", "record") => "salesOrder",
        (_, "problem-record-gone-what", "record") => "AZN-SO-028-1234567-1234567",
        _ => return None,
    }))
}

fn usual(name: &str) -> Option<Arg> {
    let text = TEXTS.iter().find(|(known, _)| *known == name);
    let count = COUNTS.iter().find(|(known, _)| *known == name);
    let amount = AMOUNTS.iter().find(|(known, _)| *known == name);
    text.map(|(_, text)| Arg::from(*text))
        .or_else(|| count.map(|(_, count)| Arg::from(*count)))
        .or_else(|| amount.map(|(_, cents)| Arg::from(Money::new(Decimal::new(*cents, 2), Currency::EUR))))
}

/// The variables that a message names, each once.
fn variables(english: &str, id: &str) -> BTreeSet<String> {
    let start = format!("\n{id} =");
    let Some((_, rest)) = english.split_once(&start) else {
        return BTreeSet::new();
    };
    // A message ends where the next line begins at the margin.
    let is_over = |line: &&str| !line.is_empty() && !line.starts_with([' ', '}']);
    let first = rest.lines().next().unwrap_or_default();
    let more = rest.lines().skip(1).take_while(|line| !is_over(line));
    let letters = |text: &str| {
        text.chars()
            .take_while(|one| one.is_ascii_alphanumeric() || *one == '_')
            .collect()
    };
    std::iter::once(first)
        .chain(more)
        .flat_map(|line| line.split('$').skip(1).map(letters))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Catalogue;

    fn wrong(words: &Catalogue, text: &crate::contract::Words) -> bool {
        let said = words.words(text);
        said == text.id || said.contains("{$") || said.trim().is_empty()
    }

    /// ux.md §5.15: every error and every flow has its words in both languages, and each name a value.
    #[test]
    fn help_tells_every_error_and_every_flow_in_both_languages() {
        let help = help();
        assert!(help.codes.len() > 45, "{}", help.codes.len());
        let english = source(Language::English);
        for language in [Language::English, Language::French] {
            let words = Catalogue::load(language);
            for error in &help.codes {
                for case in &error.cases {
                    assert!(!wrong(&words, &case.what), "{} {:?}", error.code, case.what);
                    assert!(!wrong(&words, &case.why), "{} {:?}", error.code, case.why);
                }
                for cure in &error.cures {
                    assert!(!wrong(&words, &Text::new(cure).into()), "{} {cure}", error.code);
                }
            }
            for flow in &help.flows {
                for id in [&flow.title, &flow.promise, &flow.does] {
                    assert!(!wrong(&words, &Text::new(id).into()), "{id}");
                }
            }
        }
        for code in CODES {
            for id in code.cases.iter().flat_map(|(what, why)| [what, why]) {
                for name in variables(&english, id) {
                    assert!(
                        own(code.code, id, &name).or(usual(&name)).is_some(),
                        "{id} names {name}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_codes_stand_once_each_and_in_order() {
        assert!(CODES.windows(2).all(|two| two[0].code < two[1].code));
    }

    #[test]
    fn a_message_of_several_lines_names_all_its_variables() {
        let english =
            "\na = One { $x }\nb =\n    { $count ->\n        [one] { $y }\n       *[other] { $y }\n    }\nc = { $z }\n";
        assert_eq!(variables(english, "b"), BTreeSet::from(["count".into(), "y".into()]));
        assert_eq!(variables(english, "a"), BTreeSet::from(["x".into()]));
        assert_eq!(variables(english, "nothing"), BTreeSet::new());
    }
}
