//! Plays every story of `scenarios/`: each is a short text that a domain expert can review.
//!
//! `PASSERELLE_SCENARIO` plays one of them, by its file's name.

use std::path::Path;

use passerelle_tests::scenario;

#[test]
fn every_story_ends_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    if let Ok(only) = std::env::var("PASSERELLE_SCENARIO") {
        files.retain(|file| file.file_stem().is_some_and(|name| name.to_string_lossy() == only));
    }
    files.sort();
    assert!(!files.is_empty(), "there are no stories");
    let mut failed = Vec::new();
    for file in files {
        match scenario::play(&std::fs::read_to_string(&file).unwrap()) {
            Ok(name) => println!("story: {name}"),
            Err(error) => failed.push(format!("{}: {error:#}", file.display())),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
