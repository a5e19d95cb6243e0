//! `--record FILE.har`: every exchange, secrets masked, written when the workspace closes.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;

use wire::har::Recording;
use wire::record::{Exchanged, Recorder};

/// A recording with the file it goes to.
pub struct HarFile {
    recording: Recording,
    path: PathBuf,
}

impl HarFile {
    /// An empty recording. The file is made at once, so that a place that cannot be written is said before any work.
    pub fn create(path: PathBuf) -> io::Result<Self> {
        File::create(&path)?;
        Ok(Self {
            recording: Recording::new(),
            path,
        })
    }

    /// Writes the file.
    pub fn save(&self) -> io::Result<()> {
        let mut out = io::BufWriter::new(File::create(&self.path)?);
        self.recording.write_to(&mut out)?;
        out.flush()
    }
}

impl Recorder for HarFile {
    fn record(&self, exchanged: &Exchanged<'_>) {
        self.recording.record(exchanged);
    }
}
