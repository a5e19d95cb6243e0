//! Plays every story of `scenarios/`: each is a short text that a domain expert can review.

use std::path::Path;

use passerelle_tests::scenario;

#[test]
fn every_story_ends_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
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
