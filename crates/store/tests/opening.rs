//! Opening a workspace: what is refused, what is said, and that nothing is touched (quality-bars R3 #26–30, #34, R5).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::json;
use store::{Place, Store, StoreError, settings};

fn file(folder: &Path) -> PathBuf {
    folder.join("atelier.workspace")
}

fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(Place::File(file(folder)))
}

fn now() -> DateTime<Utc> {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

#[test]
fn what_was_written_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path())
        .unwrap()
        .write(|db| settings::set(db, "language", &json!("fr")))
        .unwrap();
    let again = open(folder.path()).unwrap();
    assert_eq!(
        again.read(|db| settings::get(db, "language")).unwrap(),
        Some(json!("fr"))
    );
    assert_eq!(again.check().unwrap(), Vec::<String>::new());
}

#[test]
fn r3_34_a_second_program_is_told_that_the_workspace_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    assert!(matches!(open(folder.path()).err(), Some(StoreError::InUse { .. })));
    drop(first);
    open(folder.path()).unwrap();
}

#[test]
fn r5_a_newer_workspace_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()).unwrap());
    let connection = rusqlite::Connection::open(file(folder.path())).unwrap();
    connection.pragma_update(None, "user_version", 9_999).unwrap();
    drop(connection);
    let before = std::fs::read(file(folder.path())).unwrap();
    assert!(matches!(
        open(folder.path()).err(),
        Some(StoreError::Newer { found: 9_999, .. })
    ));
    assert_eq!(std::fs::read(file(folder.path())).unwrap(), before);
}

#[test]
fn r3_30_a_damaged_workspace_is_refused_and_its_backup_named() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let backup = folder.path().join("atelier.workspace.2026-11-22.backup");
    store.back_up(&backup).unwrap();
    drop(store);
    let mut bytes = std::fs::read(file(folder.path())).unwrap();
    for byte in bytes.iter_mut().skip(4_096) {
        *byte = 0x5A;
    }
    std::fs::write(file(folder.path()), &bytes).unwrap();
    match open(folder.path()).err() {
        Some(StoreError::Corrupt {
            path, backup: found, ..
        }) => {
            assert_eq!(path, file(folder.path()));
            assert_eq!(found, Some(backup));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(
        std::fs::read(file(folder.path())).unwrap(),
        bytes,
        "nothing was touched"
    );
}

#[test]
fn p9_a_workspace_that_stands_as_it_was_left_is_not_read_through_again_and_any_other_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.rest().unwrap();
    let path = file(folder.path());
    let left = std::fs::metadata(&path).unwrap().modified().unwrap();
    drop(store);
    drop(open(folder.path()).unwrap());
    let stood = std::fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(stood, left, "opening alone changes nothing");
    // A fault of the disk that nobody wrote: only reading everything would find it.
    let mut bytes = std::fs::read(&path).unwrap();
    let last = bytes.len() - 4_096;
    bytes[last..].fill(0x5A);
    std::fs::write(&path, &bytes).unwrap();
    let disk = std::fs::File::options().write(true).open(&path).unwrap();
    disk.set_modified(left).unwrap();
    drop(disk);
    let unread = open(folder.path()).unwrap();
    assert_ne!(unread.check().ok(), Some(Vec::new()), "doctor reads everything");
    drop(unread);
    // The same bytes, written a moment later.
    let disk = std::fs::File::options().write(true).open(&path).unwrap();
    disk.set_modified(left + std::time::Duration::from_secs(1)).unwrap();
    drop(disk);
    assert!(matches!(open(folder.path()).err(), Some(StoreError::Corrupt { .. })));
}

#[test]
fn p9_what_is_written_after_the_rest_makes_the_next_start_read_everything() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.rest().unwrap();
    let path = file(folder.path());
    let noted = std::fs::read_to_string(path.with_extension("workspace.lock")).unwrap();
    store.write(|db| settings::set(db, "theme", &json!("dark"))).unwrap();
    // The power fails: file and log stay as they are, and so does the note.
    let (main, log) = (
        std::fs::read(&path).unwrap(),
        std::fs::read(path.with_extension("workspace-wal")).unwrap(),
    );
    drop(store);
    let other = tempfile::tempdir().unwrap();
    let mut broken = main.clone();
    let last = broken.len() - 4_096;
    broken[last..].fill(0x5A);
    std::fs::write(file(other.path()), broken).unwrap();
    let left = noted.rsplit(' ').next().unwrap().parse::<u64>().unwrap();
    let disk = std::fs::File::options().write(true).open(file(other.path())).unwrap();
    disk.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_nanos(left))
        .unwrap();
    drop(disk);
    std::fs::write(path_in(&other, "workspace-wal"), log).unwrap();
    std::fs::write(path_in(&other, "workspace.lock"), noted).unwrap();
    assert!(matches!(open(other.path()).err(), Some(StoreError::Corrupt { .. })));
}

fn path_in(folder: &tempfile::TempDir, ending: &str) -> PathBuf {
    file(folder.path()).with_extension(ending)
}

#[test]
fn a_file_that_is_no_workspace_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        file(folder.path()),
        b"settlement-id\tsettlement-start-date\n".repeat(200),
    )
    .unwrap();
    assert!(matches!(open(folder.path()).err(), Some(StoreError::Corrupt { .. })));
    let other = tempfile::tempdir().unwrap();
    rusqlite::Connection::open(file(other.path()))
        .unwrap()
        .execute_batch("CREATE TABLE notes (text TEXT)")
        .unwrap();
    assert!(matches!(open(other.path()).err(), Some(StoreError::Corrupt { .. })));
}

#[test]
fn a_backup_is_a_whole_workspace() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.write(|db| settings::set(db, "theme", &json!("dark"))).unwrap();
    let copy = folder.path().join("copy.workspace");
    store.back_up(&copy).unwrap();
    let restored = Store::open(Place::File(copy)).unwrap();
    assert_eq!(
        restored.read(|db| settings::get(db, "theme")).unwrap(),
        Some(json!("dark"))
    );
}

#[test]
fn a_transaction_is_whole_or_not_there() {
    let store = Store::memory().unwrap();
    let failed: Result<(), StoreError> = store.write(|db| {
        settings::set(db, "a", &json!(1))?;
        store::audit::add(db, now(), "you", "option", "a", &json!(1))?;
        Err(StoreError::Busy)
    });
    assert!(failed.is_err());
    assert_eq!(store.read(settings::all).unwrap(), Vec::new());
    assert_eq!(
        store.read(|db| store::audit::list(db, None, None, 10)).unwrap(),
        Vec::new()
    );
}

#[test]
fn r3_27_a_full_disk_is_said_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    store.write(|db| settings::set(db, "kept", &json!(true))).unwrap();
    store.limit_pages(store.pages().unwrap() + 8).unwrap();
    let long = "x".repeat(200_000);
    let refused = store.write(|db| settings::set(db, "large", &json!(long)));
    assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
    assert_eq!(store.read(|db| settings::get(db, "large")).unwrap(), None);
    assert_eq!(store.read(|db| settings::get(db, "kept")).unwrap(), Some(json!(true)));
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    store.limit_pages(u32::MAX).unwrap();
    store.write(|db| settings::set(db, "large", &json!(long))).unwrap();
}
