//! The flow pages are written from the flows themselves, so they cannot lie: a card, its options, a sample decision.
#![allow(clippy::unwrap_used, clippy::format_push_string, reason = "a test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use domain::Text;
use domain::text::Arg;
use flows::orders::draft::HEAD;
use flows::rules::{Kind, choice};
use flows::{Entry, Instead, Route, Rules, catalogue};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The English words of `ui/locales/en/flows.ftl`, one-line messages only.
fn words() -> BTreeMap<String, String> {
    let file = fs::read_to_string(root().join("ui/locales/en/flows.ftl")).unwrap();
    let line = |line: &str| {
        line.split_once(" = ")
            .map(|(id, words)| (id.to_owned(), words.to_owned()))
    };
    file.lines().filter_map(line).collect()
}

fn say(text: &Text, words: &BTreeMap<String, String>) -> String {
    let mut said = words
        .get(&text.id)
        .unwrap_or_else(|| panic!("no words for {}", text.id))
        .clone();
    for (name, value) in &text.args {
        let value = match value {
            Arg::Text(text) => text.clone(),
            Arg::Count(count) => count.to_string(),
            Arg::Money(money) => money.to_string(),
            Arg::Day(day) => day.to_string(),
            Arg::Instant(instant) => instant.to_rfc3339(),
        };
        said = said.replace(&format!("{{ ${name} }}"), &value);
    }
    said
}

/// What the flow's own file says about it, first of all.
fn prose(id: &str) -> String {
    let file = match (id.strip_prefix("settlement-"), id) {
        (Some(name), _) => format!("settlements/{}.rs", name.replace('-', "_")),
        (None, "shipments" | "cancellations") => format!("fulfilments/{id}.rs"),
        (None, "order-comparison") => "orders/comparison.rs".to_owned(),
        (None, "self-audit") => "audit/self_audit.rs".to_owned(),
        (None, "billing") => "billing/bills.rs".to_owned(),
        (None, "finances") => "finances/transactions.rs".to_owned(),
        (None, "accruals") => "finances/accruals.rs".to_owned(),
        (None, _) => format!("orders/{}.rs", id.replace('-', "_")),
    };
    let source = fs::read_to_string(root().join("crates/flows/src").join(file)).unwrap();
    let lines = source.lines().map_while(|line| line.strip_prefix("//!")).skip(1);
    let whole = lines
        .map(str::trim)
        .map(|line| if line.is_empty() { "\n\n" } else { line })
        .collect::<Vec<_>>()
        .join(" ");
    // One sentence a line, as everywhere.
    whole.replace(" \n\n ", "\n\n").replace(". ", ".\n").trim().to_owned()
}

fn page(entry: &Entry, words: &BTreeMap<String, String>) -> String {
    let card = entry.card;
    let said = |id: &str| say(&Text::new(id), words);
    let route = match card.route {
        Route::AmazonToNetSuite => "Amazon to NetSuite",
        Route::NetSuiteToAmazon => "NetSuite to Amazon",
        Route::WithinNetSuite => "within the books",
    };
    let mut page = format!(
        "# {}\n\n{}\n\n{}\n\n",
        said(card.title),
        said(card.promise),
        prose(card.id)
    );
    page += &format!(
        "| | |\n| --- | --- |\n| Id | `{}` |\n| Direction | {route} |\n| Usual rhythm | every {} minutes |\n",
        card.id, card.every_minutes
    );
    page += &format!("| Follows | {} |\n", listed(card.after));
    page += &format!("| Needs | {} |\n", listed(card.needs));
    if !card.options.is_empty() {
        page += "\n## Options\n\n| Option | Usually | May be |\n| --- | --- | --- |\n";
        for key in card.options {
            let choice = choice(key).unwrap_or_else(|| panic!("{}: the option {key} does not exist", card.id));
            let usually = if choice.default.is_empty() {
                "not chosen".to_owned()
            } else {
                format!("`{}`", choice.default)
            };
            page += &format!("| `{key}` | {usually} | {} |\n", may_be(choice.kind));
        }
    }
    if flows::orders::FLOWS.contains(&card.id) {
        page += "\n## Fields\n\nAmounts, lines, customer, currency and date come from Amazon only.\n\n| NetSuite field | Because |\n| --- | --- |\n";
        for field in HEAD.fields {
            page += &format!("| `{}` | {} |\n", field.name, field.because);
        }
    }
    page + sample(entry, words).as_str()
}

fn sample(entry: &Entry, words: &BTreeMap<String, String>) -> String {
    let judged = entry.sample(&rules());
    let mut text = format!("\n## For example\n\n`{}`:\n\n", judged.key.0);
    match &judged.decision {
        Ok(steps) => steps
            .iter()
            .for_each(|step| text += &format!("- {}\n", say(&step.title, words))),
        Err(Instead::Skip { reason } | Instead::Wait { reason }) => text += &format!("- {}\n", say(reason, words)),
        Err(Instead::Ask { problems } | Instead::Partly { problems, .. }) => problems
            .iter()
            .for_each(|one| text += &format!("- asks: {}\n", say(&one.what, words))),
    }
    text
}

fn rules() -> Rules {
    let mut rules = Rules::new("2026-11-14T12:00:00Z".parse().unwrap());
    let known = amazon::marketplaces::by_country("DE").unwrap();
    let profile = flows::rules::Profile {
        id: known.id.to_owned(),
        country: known.country.to_owned(),
        account: "eu:A1SELLER".to_owned(),
        currency: known.currency(),
        zone: known.zone,
        settlement_name: known.settlement_name.to_owned(),
        tax_inclusive: true,
        go_live: "2026-01-01".parse().ok(),
    };
    rules.marketplaces.insert(profile.id.clone(), profile);
    for (key, id) in [
        ("location.fba", "6"),
        ("orders.shipping_item", "901"),
        ("orders.ship_method_default", "8"),
        ("refund.amount_item", "907"),
        ("acct.clearing", "221"),
    ] {
        rules.options.set("", key, id);
    }
    rules
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    }
}

fn may_be(kind: Kind) -> String {
    match kind {
        Kind::Switch => "`on`, `off`".to_owned(),
        Kind::OneOf(words) => listed(words),
        Kind::ItemField(words) => format!("{}, or a custom item field `custitem_…`", listed(words)),
        Kind::Number => "a number".to_owned(),
        Kind::Text => "a few letters".to_owned(),
        Kind::Record(record) => format!("a NetSuite record: {record}"),
    }
}

#[test]
fn generated_flow_pages_are_fresh() {
    let words = words();
    let folder = root().join("docs/flows");
    let write = std::env::var_os("PASSERELLE_GENERATE").is_some();
    for entry in catalogue() {
        let file = folder.join(format!("{}.md", entry.card.id));
        let fresh = page(entry, &words);
        if write {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &fresh).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(committed, fresh, "{}: run `cargo xtask generate`", file.display());
    }
}

#[test]
fn every_card_has_a_name_of_its_own_and_knows_whom_it_follows() {
    let ids: Vec<&str> = catalogue().iter().map(|entry| entry.card.id).collect();
    for (place, entry) in catalogue().iter().enumerate() {
        assert_eq!(
            ids.iter().filter(|id| **id == entry.card.id).count(),
            1,
            "{} stands twice",
            entry.card.id
        );
        for before in entry.card.after {
            assert!(
                ids[..place].contains(before),
                "{} follows {before}, which does not stand before it",
                entry.card.id
            );
        }
    }
}

/// Every sentence that a flow can say has words in both languages, with the same variables.
#[test]
fn every_sentence_of_the_flows_stands_in_both_languages() {
    let mut wanted = std::collections::BTreeSet::new();
    for folder in ["crates/flows/src", "crates/domain/src/settlement", "crates/engine/src"] {
        collect(&root().join(folder), &mut wanted);
    }
    assert!(wanted.len() > 100, "{} sentences were found", wanted.len());
    for language in ["en", "fr"] {
        let catalogue: String = fs::read_dir(root().join("ui/locales").join(language))
            .unwrap()
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap() + "\n")
            .collect();
        let missing: Vec<&String> = wanted
            .iter()
            .filter(|id| !catalogue.contains(&format!("\n{id} =")))
            .collect();
        assert!(missing.is_empty(), "no words in {language} for {missing:?}");
    }
}

fn collect(folder: &Path, wanted: &mut std::collections::BTreeSet<String>) {
    const KINDS: [&str; 6] = ["flow-", "reason-", "problem-", "step-", "progress-", "settlement-"];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, wanted);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let flows: Vec<&str> = catalogue().iter().map(|entry| entry.card.id).collect();
        for text in source.split('"').skip(1).step_by(2) {
            let a_name = text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            let columns = [
                "settlement-id",
                "settlement-start-date",
                "settlement-end-date",
                "settlement-report-",
                "settlement-",
                "settlement-file-",
            ];
            if a_name
                && KINDS.iter().any(|kind| text.starts_with(kind))
                && !flows.contains(&text)
                && !columns.contains(&text)
            {
                wanted.insert(text.to_owned());
            }
        }
    }
}
