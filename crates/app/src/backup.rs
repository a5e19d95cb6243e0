//! Putting a copy of a workspace back (quality-bars R5).

use std::fs;
use std::path::{Path, PathBuf};

use domain::Text;
use store::{Place, Store};

use crate::contract::Refusal;

/// Puts `copy` in place of the workspace file `to`. The copy is opened and checked first; what stood there is kept
/// beside it under `.before-restore`.
pub fn restore(copy: &Path, to: &Path) -> Result<(), Refusal> {
    let io = |error: std::io::Error| Refusal::new("store", Text::new("error-workspace-io")).because(&error);
    let trial = beside(to, ".restoring");
    fs::copy(copy, &trial).map_err(io)?;
    let checked = Store::open(Place::File(trial.clone()));
    if let Err(error) = checked {
        fs::remove_file(&trial).map_err(io)?;
        return Err(error.into());
    }
    drop(checked);
    // Whoever has the workspace open is told, instead of having it changed under them.
    drop(Store::open(Place::File(to.to_path_buf())).or_else(|error| match error {
        store::StoreError::InUse { .. } => Err(Refusal::from(error)),
        _ => Store::memory().map_err(Refusal::from),
    })?);
    if to.exists() {
        fs::rename(to, beside(to, ".before-restore")).map_err(io)?;
    }
    for journal in ["-wal", "-shm"] {
        let stale = beside(to, journal);
        if stale.exists() {
            fs::remove_file(stale).map_err(io)?;
        }
    }
    fs::rename(&trial, to).map_err(io)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
