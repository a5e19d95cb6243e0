//! What cannot run is said in the reader's language, ends with 2, and leaves everything as it was.

use std::path::Path;

use crate::program::{Ran, passerelle};

/// Runs it in both languages: both refuse, in different words, and neither shows the name of a message.
fn refused(workspace: &Path, words: &[&str]) -> Ran {
    let in_language = |language| {
        let ran = passerelle(workspace, &[words, &["--lang", language]].concat());
        assert_eq!(ran.code, 2, "{words:?}: {ran:?}");
        assert!(ran.out.trim_start_matches('\u{feff}').is_empty(), "{ran:?}");
        assert!(!ran.err.contains("error-"), "a sentence is missing: {ran:?}");
        ran
    };
    let (english, french) = (in_language("en"), in_language("fr"));
    assert_ne!(english.err, french.err, "{words:?}");
    english
}

#[test]
fn real_accounts_are_not_part_of_this_version() {
    let folder = tempfile::tempdir().unwrap();
    for words in [&["sync"][..], &["doctor"], &["serve"], &["export", "orders"]] {
        assert!(refused(folder.path(), words).err.contains("demo company"));
    }
}

#[test]
fn a_flow_that_does_not_exist_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let ran = passerelle(folder.path(), &["sync", "no-such-flow", "--demo"]);
    assert!(ran.code == 2 && ran.err.contains("no-such-flow"), "{ran:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn r5_a_newer_workspace_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    passerelle(folder.path(), &["doctor", "--demo"]);
    let file = folder.path().join("demo.passerelle");
    let mut bytes = std::fs::read(&file).unwrap();
    // SQLite's header holds the schema's number there, big-endian.
    bytes.get_mut(60..64).unwrap().copy_from_slice(&9_999_u32.to_be_bytes());
    std::fs::write(&file, &bytes).unwrap();
    let ran = refused(folder.path(), &["doctor", "--demo"]);
    assert!(ran.err.contains("newer"), "{ran:?}");
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
}

#[test]
fn r3_30_a_damaged_workspace_names_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    passerelle(folder.path(), &["doctor", "--demo"]);
    let copy = folder.path().join("demo.passerelle.2026-11-22.backup");
    assert_eq!(
        passerelle(folder.path(), &["backup", copy.to_str().unwrap(), "--demo"]).code,
        0
    );
    let file = folder.path().join("demo.passerelle");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.iter_mut().skip(4_096).for_each(|byte| *byte = 0x5a);
    std::fs::write(&file, &bytes).unwrap();
    let ran = refused(folder.path(), &["sync", "--demo"]);
    assert!(ran.err.contains("2026-11-22.backup"), "{ran:?}");
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "nothing was touched");
}

#[test]
fn a_folder_that_cannot_be_used_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "here already").unwrap();
    let ran = refused(&file, &["doctor", "--demo"]);
    assert!(ran.err.contains("folder"), "{ran:?}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "here already");
}

#[test]
fn a_recording_that_could_not_be_kept_is_said_before_anything_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no-such-folder/exchanges.har");
    refused(
        folder.path(),
        &["sync", "--demo", "--record", nowhere.to_str().unwrap()],
    );
    let orders = passerelle(folder.path(), &["export", "orders", "--demo", "--format", "json"]);
    assert_eq!(orders.json()["orders"], serde_json::json!([]));
}

#[cfg(target_os = "linux")]
#[test]
fn r3_27_a_full_disk_is_said_and_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    passerelle(folder.path(), &["doctor", "--demo"]);
    refused(folder.path(), &["export", "settlements", "/dev/full", "--demo"]);
    refused(folder.path(), &["backup", "/dev/full", "--demo"]);
    let missing = folder.path().join("no-such-folder/orders.csv");
    refused(
        folder.path(),
        &["export", "orders", missing.to_str().unwrap(), "--demo"],
    );
    let doctor = passerelle(folder.path(), &["doctor", "--demo"]);
    assert_eq!(doctor.code, 0, "{doctor:?}");
}

#[test]
fn a_copy_that_is_not_there_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    passerelle(folder.path(), &["doctor", "--demo"]);
    let before = std::fs::read(folder.path().join("demo.passerelle")).unwrap();
    refused(folder.path(), &["restore", "no-such.backup", "--demo"]);
    assert_eq!(std::fs::read(folder.path().join("demo.passerelle")).unwrap(), before);
}

#[test]
fn words_that_are_no_command_end_with_2() {
    let folder = tempfile::tempdir().unwrap();
    for words in [
        &["no-such-command"][..],
        &["sync", "--lang", "de"],
        &["settlement", "check"],
        &[],
    ] {
        let ran = passerelle(folder.path(), words);
        assert!(ran.code == 2 && !ran.err.is_empty(), "{words:?}: {ran:?}");
    }
    for words in [&["--help"][..], &["--version"], &["settlement", "--help"]] {
        assert_eq!(passerelle(folder.path(), words).code, 0, "{words:?}");
    }
}

#[test]
fn flows_are_listed_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let ran = passerelle(folder.path(), &["flows", "--json"]);
    assert_eq!(ran.code, 0);
    let flows = ran.json()["flows"].as_array().unwrap().clone();
    assert!(flows.len() >= 10);
    for flow in &flows {
        for field in ["id", "title", "promise", "direction", "default_schedule"] {
            assert!(
                flow[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field} of {flow}"
            );
        }
    }
    let french = passerelle(folder.path(), &["flows", "--lang", "fr"]);
    assert!(
        french.out.contains("mfn-orders") && french.out.contains("règlement"),
        "{}",
        french.out
    );
    assert!(!french.out.contains("flow-"), "a sentence is missing: {}", french.out);
}
