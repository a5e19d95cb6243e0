//! The catalogue in Rust: the same `.ftl` files as the screens, for tray, notifications, command line and exports.

use domain::text::{Arg, Text};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::Embed;
use unic_langid::LanguageIdentifier;

/// The catalogue's files, both languages, as committed.
#[derive(Embed)]
#[folder = "../../ui/locales"]
#[include = "*.ftl"]
struct Files;

/// A language that the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

impl Language {
    /// The language of a setting or of a locale such as `fr_FR.UTF-8`; anything else is English.
    pub fn of(locale: &str) -> Self {
        if locale.to_ascii_lowercase().starts_with("fr") {
            Self::French
        } else {
            Self::English
        }
    }

    /// The code used for files and documents.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }
}

/// A language's messages as they are written, one file after the other.
pub fn source(language: Language) -> String {
    let files = Files::iter().filter(|path| path.starts_with(language.code()));
    let texts = files.filter_map(|path| Files::get(&path));
    let texts: Vec<String> = texts
        .map(|file| String::from_utf8_lossy(&file.data).replace("\r\n", "\n"))
        .collect();
    texts.join("\n")
}

/// One language's messages.
pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    language: Language,
}

impl Catalogue {
    /// Loads a language. A file with a faulty message still gives its other messages.
    pub fn load(language: Language) -> Self {
        let identifier: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.set_use_isolating(false);
        for path in Files::iter().filter(|path| path.starts_with(language.code())) {
            let Some(file) = Files::get(&path) else { continue };
            let source = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Self { bundle, language }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A sentence in this language; its id where the catalogue lacks it, so that a gap is seen and not hidden.
    pub fn say(&self, text: &Text) -> String {
        let Some(pattern) = self.bundle.get_message(&text.id).and_then(|message| message.value()) else {
            return text.id.clone();
        };
        let mut args = FluentArgs::new();
        for (name, arg) in &text.args {
            args.set(name.clone(), self.value(arg));
        }
        self.bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }

    /// A sentence of the contract in this language.
    pub fn words(&self, words: &crate::contract::Words) -> String {
        let text = serde_json::to_value(words)
            .ok()
            .and_then(|value| serde_json::from_value::<Text>(value).ok());
        text.map_or_else(|| words.id.clone(), |text| self.say(&text))
    }

    /// An amount as this language writes it.
    pub fn say_money(&self, money: domain::Money) -> String {
        let plain = domain::money::plain(money.amount, money.currency);
        self.money(&plain, money.currency.code())
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Text(text) => FluentValue::from(text.clone()),
            Arg::Count(count) => FluentValue::from(*count),
            Arg::Money(money) => FluentValue::from(self.money(
                &domain::money::plain(money.amount, money.currency),
                money.currency.code(),
            )),
            Arg::Day(day) => FluentValue::from(day.format("%Y-%m-%d").to_string()),
            Arg::Instant(instant) => FluentValue::from(instant.format("%Y-%m-%d %H:%M UTC").to_string()),
        }
    }

    /// An amount with grouped digits: `EUR 1,234.50`, `1 234,50 EUR` (ux.md §10).
    fn money(&self, plain: &str, code: &str) -> String {
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("\u{2212}", rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (group, mark) = match self.language {
            Language::English => (",", "."),
            Language::French => ("\u{a0}", ","),
        };
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        let number = if fraction.is_empty() {
            grouped
        } else {
            format!("{grouped}{mark}{fraction}")
        };
        match self.language {
            Language::English => format!("{code}\u{a0}{sign}{number}"),
            Language::French => format!("{sign}{number}\u{a0}{code}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Currency, Money};

    #[test]
    fn money_is_grouped_as_each_language_writes_it() {
        let money = Money::new("-1234.5".parse().unwrap(), Currency::EUR);
        let plain = domain::money::plain(money.amount, money.currency);
        assert_eq!(
            Catalogue::load(Language::English).money(&plain, "EUR"),
            "EUR\u{a0}\u{2212}1,234.50"
        );
        assert_eq!(
            Catalogue::load(Language::French).money(&plain, "EUR"),
            "\u{2212}1\u{a0}234,50\u{a0}EUR"
        );
    }

    #[test]
    fn a_missing_message_shows_its_id() {
        assert_eq!(
            Catalogue::load(Language::English).say(&Text::new("no-such-message")),
            "no-such-message"
        );
    }
}
