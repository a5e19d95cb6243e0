//! The pages of problems: one for each code that can be raised, written from the list of codes, the English catalogue and
//! what provokes it here, so that they cannot lie.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use app::contract::{ErrorCode, Words};
use app::words::{Catalogue, Language};
use domain::Text;

use crate::catalogue::{Proof, proofs, reason, root};

/// A sentence in a cell of a table.
fn cell(words: &Catalogue, text: &Words) -> String {
    words.words(text).replace('|', "\\|").replace(['\n', '\u{a0}'], " ")
}

fn page(error: &ErrorCode, words: &Catalogue) -> String {
    let mut page = format!("# `{}`\n\n| What happened | Why |\n| --- | --- |\n", error.code);
    for case in &error.cases {
        let _ = writeln!(page, "| {} | {} |", cell(words, &case.what), cell(words, &case.why));
    }
    page += "\n## Cure\n\n";
    for cure in &error.cures {
        let _ = writeln!(page, "- {}", words.say(&Text::new(cure)));
    }
    if error.cures.is_empty() {
        let _ = writeln!(page, "{}", words.say(&Text::new("help-by-itself")));
    }
    page.push_str(&provoked(&error.code));
    page
}

fn provoked(code: &str) -> String {
    let mut text = "\n## Provoked by\n\n".to_owned();
    for Proof { file, name, is_story } in proofs(code) {
        let _ = if is_story {
            writeln!(text, "- The story “{name}”: [{file}](../../{file})")
        } else {
            writeln!(text, "- The test `{name}`: [{file}](../../{file})")
        };
    }
    if proofs(code).is_empty() {
        let why = reason(code).unwrap_or_else(|| panic!("{code}: nothing provokes it, and no reason is given"));
        let _ = writeln!(text, "Nothing yet. {why}.");
    }
    text
}

fn index(codes: &[ErrorCode], words: &Catalogue) -> String {
    let mut text = "# Problems\n\nWhat a person may be asked, by code. The values are examples.\n\n".to_owned();
    text += "| Code | What happened |\n| --- | --- |\n";
    for error in codes {
        let what = error
            .cases
            .first()
            .map_or_else(String::new, |case| cell(words, &case.what));
        let _ = writeln!(text, "| [`{0}`]({0}.md) | {what} |", error.code);
    }
    text
}

#[test]
fn generated_problem_pages_are_fresh() {
    let words = Catalogue::load(Language::English);
    let help = app::views::help::help();
    let folder = root().join("docs/problems");
    let mut pages: Vec<(String, String)> = help
        .codes
        .iter()
        .map(|error| (format!("{}.md", error.code), page(error, &words)))
        .collect();
    pages.push(("README.md".to_owned(), index(&help.codes, &words)));
    let write = std::env::var_os("PASSERELLE_GENERATE").is_some();
    for (name, fresh) in &pages {
        let file = folder.join(name);
        if write {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, fresh).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(&committed, fresh, "{}: run `cargo xtask generate`", file.display());
    }
    let wanted: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            wanted.contains(name.as_str()),
            "docs/problems/{name} is of no code any more"
        );
    }
}
