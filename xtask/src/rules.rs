//! Which rules and scenarios of the specification are named by a test, so that "done" can be seen (decision 22).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::shell;

/// Prints the rules and scenarios that no test names.
pub fn run() {
    let path = shell::reference().join("flows.md");
    let Ok(specification) = std::fs::read_to_string(&path) else {
        println!(
            "skipped: the specification is not at {}; set PASSERELLE_REFERENCE",
            path.display()
        );
        return;
    };
    let wanted = rules(&specification)
        .into_iter()
        .chain(scenarios(&specification))
        .collect::<BTreeSet<_>>();
    let named = named_by_tests();
    let unproven = std::fs::read_to_string(shell::root().join("docs/unproven.md")).unwrap_or_default();
    let accepted = named_in(&unproven, &wanted);
    let open: Vec<&String> = wanted
        .iter()
        .filter(|id| !named.contains(*id) && !accepted.contains(*id))
        .collect();

    let mut families: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for id in &open {
        families
            .entry(id.trim_end_matches(|letter: char| letter.is_ascii_digit()))
            .or_default()
            .push(id);
    }
    for ids in families.values() {
        println!("{}", ids.join(" "));
    }
    let proven = wanted.iter().filter(|id| named.contains(*id)).count();
    println!(
        "{proven} of {} rules and scenarios are named by a test, {} are not",
        wanted.len(),
        open.len()
    );
}

/// `* ORD-07 …` at the start of a line of the specification.
fn rules(specification: &str) -> Vec<String> {
    specification
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("* ")?.split_whitespace().next())
        .map(|word| word.trim_matches('*'))
        .filter(|word| is_rule(word))
        .map(str::to_owned)
        .collect()
}

/// `O1 … · O2 …` in the chapter of acceptance scenarios.
fn scenarios(specification: &str) -> Vec<String> {
    let chapter = specification
        .split("## 19.")
        .nth(1)
        .and_then(|rest| rest.split("\n## ").next())
        .unwrap_or_default();
    let mut found = Vec::new();
    for piece in chapter
        .lines()
        .filter(|line| line.contains(" · "))
        .flat_map(|line| line.split(" · "))
    {
        let piece = piece.split_once(": ").map_or(piece, |(_, after)| after);
        let first = piece.split_whitespace().next().unwrap_or_default();
        match first.split_once('–') {
            Some((from, to)) if is_scenario(from) && is_scenario(to) => {
                let letter = &from[..1];
                let span = from[1..].parse::<u32>().unwrap_or(0)..=to[1..].parse::<u32>().unwrap_or(0);
                found.extend(span.map(|number| format!("{letter}{number}")));
            }
            _ if is_scenario(first) => found.push(first.to_owned()),
            _ => {}
        }
    }
    found
}

fn is_rule(word: &str) -> bool {
    word.len() == 6
        && word.is_char_boundary(3)
        && word[..3].bytes().all(|letter| letter.is_ascii_uppercase())
        && word[3..].starts_with('-')
        && word[4..].bytes().all(|digit| digit.is_ascii_digit())
}

fn is_scenario(word: &str) -> bool {
    let mut letters = word.bytes();
    letters.next().is_some_and(|letter| letter.is_ascii_uppercase())
        && (2..=3).contains(&word.len())
        && letters.all(|digit| digit.is_ascii_digit())
}

/// Every id that a test's name, its comments or a story mentions.
fn named_by_tests() -> BTreeSet<String> {
    let root = shell::root();
    let mut named = BTreeSet::new();
    for folder in ["crates", "tests", "src-tauri", "ui", "bench"] {
        for path in shell::files(&root.join(folder), &[".rs", ".toml", ".ts"]) {
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            named.extend(ids(test_part(&path, &text)));
        }
    }
    named
}

/// The part of a file that proves something.
fn test_part<'text>(path: &Path, text: &'text str) -> &'text str {
    let path = path.to_string_lossy().replace('\\', "/");
    if path.ends_with("Cargo.toml") {
        return "";
    }
    let whole = path.contains("/tests/")
        || path.ends_with("tests.rs")
        || path.ends_with(".test.ts")
        || path.ends_with(".spec.ts");
    if whole {
        return text;
    }
    // Only Rust keeps its tests beside the code.
    text.find("#[cfg(test)]").map_or("", |start| &text[start..])
}

/// Ids as words (`ORD-07`, `O6`) and as parts of names (`ord_07_…`, `o6_…`).
fn ids(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in text.split(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))) {
        if is_rule(word) || is_scenario(word) {
            found.insert(word.to_owned());
        }
        let parts: Vec<String> = word.split(['_', '-']).map(str::to_ascii_uppercase).collect();
        for (index, part) in parts.iter().enumerate() {
            if is_scenario(part) && word.contains('_') {
                found.insert(part.clone());
            }
            if let Some(next) = parts.get(index + 1) {
                let rule = format!("{part}-{next}");
                if is_rule(&rule) {
                    found.insert(rule);
                }
            }
        }
    }
    found
}

fn named_in(text: &str, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    ids(text).intersection(wanted).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "* ORD-07 The order MUST…\n* **SET-51** Journals…\n* not a rule\n\
                        ## 19. Acceptance scenarios\n\nOrders: O1 simple · O2 as invoice.\n\nSettlements: E1–E3 above · T8 code differs.\n\n## 20. Points · Z9 x\n";

    #[test]
    fn the_specification_names_its_rules_and_scenarios() {
        assert_eq!(rules(PAGE), ["ORD-07", "SET-51"]);
        assert_eq!(scenarios(PAGE), ["O1", "O2", "E1", "E2", "E3", "T8"]);
    }

    #[test]
    fn a_test_names_a_rule_in_its_name_or_in_its_words() {
        let found = ids("/// Proves SET-51 and O6.\nfn ord_07_identical_rows_are_kept() {}\nfn t8_code_differs() {}");
        for id in ["SET-51", "O6", "ORD-07", "T8"] {
            assert!(found.contains(id), "{id} in {found:?}");
        }
        assert!(!ids("the UTC-8 zone, sha256, v2_report").contains("O6"));
    }

    #[test]
    fn code_outside_tests_proves_nothing() {
        let source = "// CMN-11\nfn name() {}\n#[cfg(test)]\nmod tests { fn cmn_12() {} }";
        let part = test_part(Path::new("/x/src/lib.rs"), source);
        assert_eq!(ids(part).into_iter().collect::<Vec<_>>(), ["CMN-12"]);
    }
}
