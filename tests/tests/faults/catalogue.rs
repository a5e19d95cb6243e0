//! The whole catalogue of errors, held against the sources: no code without a proof or a reason, no sentence without both
//! languages (flows.md §1.7, CMN-24).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use app::contract::CODES;
use app::words::{Catalogue, Language};
use domain::Text;

use crate::codes::PROVOKED;

/// What brings a code about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proof {
    /// The file, from the root of the tree.
    pub file: String,
    /// The story's title, or the test's name.
    pub name: String,
    /// Whether it is a story.
    pub is_story: bool,
}

/// flows.md §1.7.
const SPECIFIED: &[&str] = &[
    "AUTH_AMAZON",
    "AUTH_NETSUITE",
    "PERMISSION",
    "THROTTLED",
    "NETWORK",
    "ITEM_NOT_FOUND",
    "ITEM_AMBIGUOUS",
    "ITEM_INACTIVE",
    "SHIP_METHOD_UNMAPPED",
    "CARRIER_UNMAPPED",
    "TRACKING_MISSING",
    "CUSTOMER_AMBIGUOUS",
    "TOTAL_MISMATCH",
    "TAX_CODE_MISSING",
    "CURRENCY_DISABLED",
    "PERIOD_CLOSED",
    "ORDER_CHANGED_AFTER_SHIP",
    "CANCEL_AFTER_SHIP",
    "ADOPTION_CONFLICT",
    "SO_NOT_FOUND",
    "INVOICE_NOT_FOUND",
    "INVOICE_ALREADY_PAID",
    "OVERPAYMENT",
    "REFUND_EXCEEDS_INVOICE",
    "REFUND_LINE_UNMATCHED",
    "LINE_UNMAPPED",
    "MARKETPLACE_UNKNOWN",
    "SETTLEMENT_INCONSISTENT",
    "SETTLEMENT_DUPLICATE",
    "SETTLEMENT_REISSUED",
    "SETTLEMENT_INCOMPLETE_CHAIN",
    "JE_UNBALANCED",
    "VARIANCE",
    "NETSUITE_EDITED",
    "FEED_REJECTED",
    "LISTING_REJECTED",
    "STOCK_GUARD",
    "PRICE_GUARD",
    "CHANNEL_GUARD",
    "DOUBLE_COUNT_GUARD",
    "PARSE",
    "SCHEMA_CHANGED",
    "LIMIT_LINES",
    "PII_UNAVAILABLE",
    "UNSUPPORTED",
];
/// Codes that no story of the whole product provokes: the test that makes them, with its assertion of the code.
const BY_A_TEST: &[(&str, &str, &str)] = &[
    (
        "ACCOUNT_MISSING",
        "crates/flows/src/settlements/tests.rs",
        "an_account_that_is_missing_is_asked_for_by_name",
    ),
    (
        "AUDIT_CLEARING",
        "crates/flows/src/audit/tests.rs",
        "audit_a_closed_settlement_leaves_nothing_on_clearing",
    ),
    (
        "CURRENCY_MISMATCH",
        "crates/domain/tests/rules.rs",
        "set_25_the_table_of_outcomes",
    ),
    (
        "CUSTOMER_INACTIVE",
        "crates/domain/tests/rules.rs",
        "set_25_the_table_of_outcomes",
    ),
    (
        "FAULT",
        "crates/engine/tests/promises/runs.rs",
        "a_panic_in_a_flow_ends_its_run_and_nothing_else",
    ),
    (
        "SO_NOT_FOUND",
        "crates/domain/tests/rules.rs",
        "set_25_the_table_of_outcomes",
    ),
    (
        "INVOICE_NOT_FOUND",
        "crates/domain/tests/rules.rs",
        "set_35_a_refund_without_an_invoice",
    ),
    (
        "OVERPAYMENT",
        "crates/domain/tests/rules.rs",
        "set_25_the_table_of_outcomes",
    ),
    (
        "REFUND_EXCEEDS_INVOICE",
        "crates/domain/tests/rules.rs",
        "set_33_more_than_the_invoice_was_for",
    ),
];
/// Words in capitals that are no codes: kinds of transactions, parts of names, the elements of a bank's OFX file.
const WORDS: &[&str] = &[
    "AUTH_",
    "COGS",
    "CURDEF",
    "CURRENCY",
    "CURSYM",
    "CUST",
    "DEFERRED",
    "DEFERRED_RELEASED",
    "DTPOSTED",
    "EURO",
    "MEMO",
    "NAME",
    "RELEASED",
    "STMTTRN",
    "TRNAMT",
];
/// Where problems are made.
const ROOMS: &[&str] = &["flows", "engine", "domain"];

pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_path_buf()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The sources of the rooms, without their tests, stories and samples.
fn sources() -> Vec<String> {
    let mut files = Vec::new();
    for room in ROOMS {
        rust_files(&root().join("crates").join(room).join("src"), &mut files);
    }
    let is_proof = |path: &PathBuf| {
        let inside = path.strip_prefix(root()).unwrap_or(path);
        let text = ["/", &inside.to_string_lossy().replace('\\', "/")].concat();
        ["/tests/", "/tests.rs", "/story", "/sample.rs"]
            .iter()
            .any(|part| text.contains(part))
    };
    files.retain(|path| !is_proof(path));
    let without_tests = |path: PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
    };
    files.into_iter().map(without_tests).collect()
}

/// The text scenarios with the codes that each brings about: a step says that so many records have it, or that it was told.
fn in_scenarios() -> Vec<(String, Proof)> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(root().join("tests/scenarios")).unwrap() {
        let entry = entry.unwrap();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let story: toml::Table = toml::from_str(&text).unwrap();
        let proof = Proof {
            file: format!("tests/scenarios/{}", entry.file_name().to_string_lossy()),
            name: story["name"].as_str().unwrap_or_default().to_owned(),
            is_story: true,
        };
        let mut told = |cause: &str| found.extend(code(cause).map(|code| (code.to_owned(), proof.clone())));
        for step in story["step"].as_array().into_iter().flatten() {
            for word in ["problem", "notice"] {
                let said = step.get(word).and_then(toml::Value::as_array);
                let times = said.and_then(|said| said.get(1)?.as_integer()).unwrap_or(0);
                let cause = said.and_then(|said| said.first()?.as_str()).unwrap_or_default();
                if times > 0 {
                    told(cause);
                }
            }
            let asked = step.get("asked").and_then(toml::Value::as_array);
            let causes = asked.into_iter().flatten().filter_map(toml::Value::as_str);
            causes.for_each(&mut told);
        }
    }
    found.into_iter().collect()
}

/// Everything that brings a code about: stories first, then tests.
pub fn proofs(wanted: &str) -> Vec<Proof> {
    let test = |file: &str, name: &str| Proof {
        file: file.to_owned(),
        name: name.to_owned(),
        is_story: false,
    };
    let stories = in_scenarios().into_iter().filter(|(code, _)| code == wanted);
    let played = PROVOKED.iter().filter(|(_, code)| *code == wanted);
    let others = BY_A_TEST.iter().filter(|(code, ..)| *code == wanted);
    stories
        .map(|(_, proof)| proof)
        .chain(played.map(|(name, _)| test("tests/tests/faults/codes.rs", name)))
        .chain(others.map(|(_, file, name)| test(file, name)))
        .collect()
}

/// Why a code is not brought about by anything, as `docs/unproven.md` says.
pub fn reason(code: &str) -> Option<String> {
    let unproven = std::fs::read_to_string(root().join("docs/unproven.md")).unwrap();
    let (_, without) = unproven.split_once("## Error codes without a story")?;
    let rows = without.split("\n## ").next().unwrap_or_default().lines();
    let mut rows = rows.filter_map(|row| row.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let (_, why) = rows.find(|(codes, _)| codes.contains(&format!("`{code}`")))?;
    Some(why.to_owned())
}

/// The body of a test, to its last line.
fn body(path: &str, test: &str) -> String {
    let source = std::fs::read_to_string(root().join(path)).unwrap();
    let Some((_, rest)) = source.split_once(&format!("fn {test}(")) else {
        panic!("{path} has no test {test}");
    };
    rest.split("\n}\n").next().unwrap_or_default().to_owned()
}

/// Every text between quotation marks. Comments are left out.
fn literals(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).collect()
}

/// A code as it stands alone or before the colon of a cause.
fn code(literal: &str) -> Option<&str> {
    let word = literal.split(':').next().unwrap_or_default();
    let capitals = word.len() > 3 && word.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    capitals.then_some(word)
}

fn raised() -> BTreeSet<String> {
    let sources = sources();
    let codes = sources.iter().flat_map(|text| literals(text)).filter_map(code);
    codes.filter(|word| !WORDS.contains(word)).map(str::to_owned).collect()
}

#[test]
fn cmn_24_every_code_that_can_be_raised_is_known_and_proven_and_the_others_have_a_reason() {
    let raised = raised();
    let known: BTreeSet<&str> = SPECIFIED
        .iter()
        .copied()
        .chain(CODES.iter().map(|code| code.code))
        .collect();
    let strange: Vec<&String> = raised.iter().filter(|code| !known.contains(code.as_str())).collect();
    assert!(strange.is_empty(), "codes that no list names: {strange:?}");
    for (code, path, test) in BY_A_TEST {
        let body = body(path, test);
        let mut words = body.split(|letter: char| letter != '_' && !letter.is_ascii_uppercase());
        assert!(
            words.any(|word| word == *code),
            "{test} in {path} says nothing of {code}"
        );
        assert_eq!(proofs(code).len(), 1, "{code} has a story: it needs no other proof");
    }
    for code in &raised {
        let told = CODES.iter().any(|known| known.code == code);
        assert!(
            told || reason(code).is_some(),
            "{code} is raised, and Help does not tell it"
        );
        let proven = !proofs(code).is_empty();
        assert!(
            proven || reason(code).is_some(),
            "{code} is raised, and no story provokes it"
        );
    }
    for code in CODES {
        assert!(
            raised.contains(code.code),
            "Help tells {}, which is never raised",
            code.code
        );
    }
    for code in SPECIFIED.iter().filter(|code| !raised.contains(**code)) {
        assert!(
            reason(code).is_some(),
            "{code} is never raised, and docs/unproven.md does not say why"
        );
    }
}

/// What a flow asks or the engine says stands in Help, and nothing else does.
#[test]
fn cmn_24_help_tells_every_question() {
    let sources = sources();
    let told: BTreeSet<&str> = CODES
        .iter()
        .flat_map(|code| code.cases)
        .flat_map(|(what, why)| [*what, *why])
        .collect();
    let written: BTreeSet<&str> = sources.iter().flat_map(|text| literals(text)).collect();
    let is_question = |id: &&&str| id.starts_with("problem-") && !id.contains('{');
    let missing: Vec<&&str> = written
        .iter()
        .filter(is_question)
        .filter(|id| !told.contains(**id))
        .collect();
    assert!(missing.is_empty(), "Help does not tell {missing:?}");
    let is_said = |id: &&str| {
        let made = ["problem-run-", "settlement-file-"]
            .iter()
            .any(|stem| id.starts_with(stem));
        let ending = id.strip_suffix("-why").is_some_and(|what| written.contains(what));
        written.contains(id) || made || ending || id.starts_with("mapping-fault-")
    };
    let strange: Vec<&&str> = told.iter().filter(|id| !is_said(id)).collect();
    assert!(strange.is_empty(), "nothing says {strange:?}");
}

#[test]
fn cmn_24_every_sentence_of_an_error_stands_in_both_languages() {
    let languages = [Language::English, Language::French].map(Catalogue::load);
    let sources = sources();
    let mut found = 0;
    for id in sources.iter().flat_map(|text| literals(text)) {
        let starts = ["problem-", "reason-", "settlement-reason-", "settlement-held-"];
        let sentence = starts.iter().any(|start| id.starts_with(start)) && !id.contains('{');
        if !sentence {
            continue;
        }
        found += 1;
        for words in &languages {
            let said = words.say(&Text::new(id));
            assert_ne!(said, id, "{id} is missing in {:?}", words.language());
        }
    }
    assert!(found > 80, "only {found} sentences were found");
}

/// A cause alone leaves a person standing: each question says what to do, in a second sentence or beside it.
#[test]
fn cmn_24_every_cause_has_its_cure_beside_it() {
    let words = Catalogue::load(Language::English);
    let sources = sources();
    let cures: BTreeSet<&str> = sources
        .iter()
        .flat_map(|text| literals(text))
        .filter(|id| id.starts_with("problem-") && id.ends_with("-why") && !id.contains('{'))
        .collect();
    assert!(cures.len() > 20, "{cures:?}");
    for id in cures {
        let said = words.say(&Text::new(id));
        assert!(said.split_whitespace().count() >= 5, "{id}: {said}");
    }
}
