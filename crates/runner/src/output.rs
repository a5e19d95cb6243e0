//! How commands end and speak.

use std::process::ExitCode;

use anyhow::anyhow;
use app::contract::Refusal;
use app::words::{Catalogue, Language};
use domain::Text;

use crate::arguments::{Common, Lang};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, and something needs a person.
    NeedsYou,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::NeedsYou => Self::from(1),
        }
    }
}

/// The catalogue in the language that was asked for, else the computer's.
pub fn catalogue(common: &Common) -> Catalogue {
    Catalogue::load(match common.lang {
        Some(Lang::En) => Language::English,
        Some(Lang::Fr) => Language::French,
        None => Language::of(&locale()),
    })
}

fn locale() -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}

/// A refusal as an error with its sentence.
pub fn refused(refusal: Refusal, words: &Catalogue) -> anyhow::Error {
    let said = said(&refusal, words);
    match refusal.detail {
        Some(detail) => anyhow!("{said}\n{detail}"),
        None => anyhow!(said),
    }
}

fn said(refusal: &Refusal, words: &Catalogue) -> String {
    words.words(&refusal.said)
}

/// A sentence without variables.
pub fn sentence(words: &Catalogue, id: &str) -> String {
    words.say(&Text::new(id))
}
