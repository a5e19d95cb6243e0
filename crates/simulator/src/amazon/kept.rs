//! What happened on Amazon's side from outside, kept in a file, so that it outlives the process.

use std::fs::OpenOptions;
use std::io::{Result, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::world::acts::Act;

use super::feeds::{Feed, Processed};

const FILE: &str = "amazon.jsonl";

/// The file, or nothing where the company lives in memory only.
#[derive(Debug, Default)]
pub struct Kept(Option<PathBuf>);

/// One thing that is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Something happened in the world.
    Act(Box<Act>),
    /// A feed came in.
    Feed(Box<Feed>),
    /// A feed was worked off, and something happened by it.
    Processed(Processed),
}

/// What happened, and when.
pub type Told = Vec<(DateTime<Utc>, Event)>;

#[derive(Serialize, Deserialize)]
struct Entry {
    at: DateTime<Utc>,
    event: Event,
}

impl Kept {
    /// Opens the file of that folder; gives what it holds, in order.
    pub fn open(folder: Option<&Path>) -> Result<(Self, Told)> {
        let Some(folder) = folder else {
            return Ok((Self::default(), Vec::new()));
        };
        let path = folder.join(FILE);
        let text = if path.exists() {
            std::fs::read_to_string(&path)?
        } else {
            String::new()
        };
        // The last line may be torn by a power cut: what it said did not happen.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        if whole < text.len() {
            std::fs::write(&path, &text[..whole])?;
        }
        let entries = text[..whole]
            .lines()
            .filter_map(|line| serde_json::from_str::<Entry>(line).ok());
        let told = entries.map(|entry| (entry.at, entry.event)).collect();
        Ok((Self(Some(path)), told))
    }

    /// Adds one.
    pub fn add(&self, at: DateTime<Utc>, event: Event) -> Result<()> {
        let Some(path) = &self.0 else { return Ok(()) };
        let mut line = serde_json::to_vec(&Entry { at, event })?;
        line.push(b'\n');
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)?
            .write_all(&line)
    }
}
