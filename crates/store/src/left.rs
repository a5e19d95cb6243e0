//! How a workspace's file was left: its length and the instant of its last change, kept in the lock file beside it.
//!
//! A file that still stands so, with nothing in its log, is the one that was closed in good order: it need not be read from
//! end to end at the next start (quality-bars P9). After a crash, a loss of power, a restored copy or a change from outside
//! the two differ, and it is.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::connection::suffixed;
use crate::{Result, StoreError};

/// Notes how the file stands now.
pub(crate) fn note(path: &Path, mut beside: &File) -> Result<()> {
    let io = |error: std::io::Error| StoreError::Io {
        said: error.to_string(),
    };
    let said = standing(path).map_err(io)?;
    beside.set_len(0).map_err(io)?;
    beside.seek(SeekFrom::Start(0)).map_err(io)?;
    beside.write_all(said.as_bytes()).map_err(io)
}

/// Whether the file stands as it was left. What cannot be read counts as different.
pub(crate) fn is_so(path: &Path, mut beside: &File) -> bool {
    let mut noted = String::new();
    let read = beside
        .seek(SeekFrom::Start(0))
        .and_then(|_| beside.read_to_string(&mut noted));
    let log_is_empty = std::fs::metadata(suffixed(path, "-wal")).map_or(true, |log| log.len() == 0);
    read.is_ok() && log_is_empty && standing(path).is_ok_and(|now| now == noted)
}

/// Length and last change in one line.
fn standing(path: &Path) -> std::io::Result<String> {
    let facts = std::fs::metadata(path)?;
    let changed = facts.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} bytes, changed at {}", facts.len(), changed.as_nanos()))
}
