//! Plays every story of `scenarios/`: each is a short text that a domain expert can review.
//!
//! `PASSERELLE_SCENARIO` plays one of them, by its file's name.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use passerelle_tests::scenario;

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn every_scenario_of_orders_shipments_and_bills_has_a_story_by_its_name() {
    let orders = (1..=30).map(|number| format!("o{number:02}_"));
    let shipments = (1..=10).map(|number| format!("f{number:02}_"));
    let bills = ["f01_b1_", "b02_", "f02_b3_", "b04_", "b05_"].map(str::to_owned);
    let others = ["x1_", "x2_", "x4_"].map(str::to_owned);
    let names: Vec<String> = stories()
        .iter()
        .filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    let missing: Vec<String> = orders
        .chain(shipments)
        .chain(bills)
        .chain(others)
        .filter(|id| !names.iter().any(|name| name.starts_with(id)))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// E1–E10 of flows.md §10.15, and those of T1–T30 and X1–X4 that are stories; the others are tests of the rooms that they
/// are about.
#[test]
fn the_worked_examples_and_the_scenarios_of_settlements_have_a_story_by_their_name() {
    let examples = (1..=10).map(|number| format!("e{number:02}_"));
    let told = [
        4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29, 30,
    ];
    let settlements = told.map(|number| format!("t{number:02}_"));
    let others = ["x3_", "x4_a_payment_"].map(str::to_owned);
    let names: Vec<String> = stories()
        .iter()
        .filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    let missing: Vec<String> = examples
        .chain(settlements)
        .chain(others)
        .filter(|id| !names.iter().any(|name| name.starts_with(id)))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_story_ends_as_it_says() {
    let mut files = stories();
    if let Ok(only) = std::env::var("PASSERELLE_SCENARIO") {
        files.retain(|file| file.file_stem().is_some_and(|name| name.to_string_lossy() == only));
    }
    assert!(!files.is_empty(), "there are no stories");
    let failed = Mutex::new(Vec::new());
    let left = Mutex::new(files.into_iter());
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..hands {
            scope.spawn(|| {
                while let Some(file) = next(&left) {
                    match scenario::play(&std::fs::read_to_string(&file).unwrap()) {
                        Ok(name) => println!("story: {name}"),
                        Err(error) => failed.lock().unwrap().push(format!("{}: {error:#}", file.display())),
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn next(left: &Mutex<std::vec::IntoIter<PathBuf>>) -> Option<PathBuf> {
    left.lock().unwrap().next()
}
