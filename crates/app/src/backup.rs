//! Putting a copy of a workspace back (quality-bars R5).

use std::fs;
use std::path::{Path, PathBuf};

use domain::Text;
use store::{Place, Store, StoreError};

use crate::contract::Refusal;

/// Puts `copy` in place of the workspace file `to`. The copy is opened and checked first; what stood there is kept
/// beside it under `.before-restore`, log included.
pub fn restore(copy: &Path, to: &Path) -> Result<(), Refusal> {
    let trial = beside(to, ".restoring");
    let done = fs::copy(copy, &trial)
        .map_err(|error| not_read(&error))
        .and_then(|_| checked(&trial))
        .and_then(|()| not_open(to))
        .and_then(|()| put_in_place(&trial, to).map_err(|error| not_read(&error)));
    for ending in ["", "-wal", "-shm", ".lock"] {
        // What the attempt did not leave needs no removing.
        let _ = fs::remove_file(beside(&trial, ending));
    }
    done
}

/// The copy is a whole workspace that this program can open.
fn checked(trial: &Path) -> Result<(), Refusal> {
    let store = Store::open(Place::File(trial.to_path_buf()))?;
    let found = store.check()?;
    match found.into_iter().next() {
        None => Ok(()),
        Some(found) => Err(StoreError::Corrupt {
            path: trial.to_path_buf(),
            found,
            backup: None,
        }
        .into()),
    }
}

/// Whoever has the workspace open is told, instead of having it changed under them. A workspace that is damaged, newer or
/// not there at all is exactly what a copy is put back for.
fn not_open(to: &Path) -> Result<(), Refusal> {
    if !to.exists() {
        return Ok(());
    }
    match Store::open(Place::File(to.to_path_buf())) {
        Err(error @ StoreError::InUse { .. }) => Err(error.into()),
        _ => Ok(()),
    }
}

fn put_in_place(trial: &Path, to: &Path) -> std::io::Result<()> {
    let kept = beside(to, ".before-restore");
    for ending in ["", "-wal", "-shm"] {
        let (from, kept) = (beside(to, ending), beside(&kept, ending));
        if from.exists() {
            fs::rename(from, kept)?;
        } else if kept.exists() {
            // The log of an earlier restore does not belong to what is kept now.
            fs::remove_file(kept)?;
        }
    }
    fs::rename(trial, to)
}

fn not_read(error: &std::io::Error) -> Refusal {
    let said = match error.kind() {
        std::io::ErrorKind::StorageFull => "error-disk-full",
        _ => "error-workspace-io",
    };
    Refusal::new("store", Text::new(said)).because(error)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
