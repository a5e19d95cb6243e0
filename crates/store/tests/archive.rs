//! Documents of any size through the archive's own doors.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use std::io::{self, Read};

use chrono::DateTime;
use domain::settlement::read::Source;
use store::archive::{self, Document, Received};
use store::{Store, StoreError};

fn received(id: Option<&str>) -> Received {
    Received {
        id: id.map(str::to_owned),
        account: String::new(),
        document_id: String::new(),
        report_type: "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2".into(),
        file_name: "settlement.txt".into(),
        received_at: DateTime::UNIX_EPOCH,
    }
}

fn keep(store: &Store, id: Option<&str>, mut bytes: &[u8]) -> (Document, bool) {
    store
        .write_bulk(|db| archive::keep(db, &received(id), &mut bytes))
        .unwrap()
}

fn kept(store: &Store, id: &str) -> Vec<u8> {
    let bytes = store.read(|db| {
        let content = archive::content(db, id)?.unwrap();
        let mut twice = [Vec::new(), Vec::new()];
        for bytes in &mut twice {
            content.open().unwrap().read_to_end(bytes).unwrap();
        }
        assert_eq!(twice[0], twice[1], "it can be read as often as one likes");
        Ok(twice[0].clone())
    });
    bytes.unwrap()
}

/// Bytes that no two parts have in common.
fn many(count: u32) -> Vec<u8> {
    (0..count).flat_map(u32::to_le_bytes).collect()
}

#[test]
fn a_document_of_many_parts_comes_back_byte_for_byte() {
    let store = Store::memory().unwrap();
    // On both sides of a part's end, and empty.
    for count in [0, 1, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, 300_000] {
        let bytes = many(count);
        let id = format!("R{count}");
        let (document, is_new) = keep(&store, Some(&id), &bytes);
        assert!(is_new);
        assert_eq!(document.size_bytes, bytes.len() as u64);
        assert_eq!(kept(&store, &id), bytes, "{count}");
    }
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(keep(&store, None, b"abc").0.id, abc, "its SHA-256 is its name");
}

#[test]
fn set_04_a_document_is_kept_once() {
    let store = Store::memory().unwrap();
    let (first, _) = keep(&store, None, &many(100_000));
    let (again, is_new) = keep(&store, None, &many(100_000));
    assert_eq!((&again, is_new), (&first, false));
    keep(&store, Some("R1"), b"as it came first");
    assert!(!keep(&store, Some("R1"), b"as it came later").1);
    assert_eq!(kept(&store, "R1"), b"as it came first");
    // What was kept between them stands for itself.
    keep(&store, Some("R2"), &many(9));
    assert_eq!(kept(&store, &first.id), many(100_000));
    assert_eq!(kept(&store, "R2"), many(9));
}

/// A disk that is pulled out in the middle.
struct PulledOut(usize);

impl Read for PulledOut {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0 += into.len();
        if self.0 > 1 << 20 {
            return Err(io::Error::other("the device is gone"));
        }
        into.fill(b'x');
        Ok(into.len())
    }
}

#[test]
fn a_document_that_cannot_be_read_to_its_end_leaves_nothing() {
    let store = Store::memory().unwrap();
    let refused = store.write_bulk(|db| archive::keep(db, &received(Some("R1")), &mut PulledOut(0)));
    assert!(matches!(refused, Err(StoreError::Unreadable { said }) if said == "the device is gone"));
    assert!(store.read(|db| archive::get(db, "R1")).unwrap().is_none());
    keep(&store, Some("R1"), b"whole");
    assert_eq!(kept(&store, "R1"), b"whole");
}
