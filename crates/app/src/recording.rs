//! `--record FILE.har`: every exchange, secrets masked, written when the workspace closes.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use wire::har::Recording;
use wire::record::{Exchanged, Recorder};

/// A recording with the file it goes to.
pub struct HarFile {
    recording: Recording,
    path: PathBuf,
}

impl HarFile {
    /// An empty recording.
    pub fn new(path: PathBuf) -> Self {
        Self {
            recording: Recording::new(),
            path,
        }
    }

    /// Writes the file.
    pub fn save(&self) -> io::Result<()> {
        self.recording.write_to(io::BufWriter::new(File::create(&self.path)?))
    }
}

impl Recorder for HarFile {
    fn record(&self, exchanged: &Exchanged<'_>) {
        self.recording.record(exchanged);
    }
}
