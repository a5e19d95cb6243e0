//! The app as a person starts it, without a driver between.

use std::path::Path;
use std::process::ExitStatus;
use std::sync::Arc;

use anyhow::{Context, Result};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::{PATIENCE, binary};

/// A running app with a workspace of its own. Ended when dropped.
pub struct Running {
    child: Child,
    /// Its workspace, which another start may go on with.
    pub workspace: Arc<TempDir>,
}

impl Running {
    /// Starts the Demo company with more words, such as `--hidden`.
    pub fn start(words: &[&str]) -> Result<Self> {
        Self::start_on(Arc::new(tempfile::tempdir()?), words)
    }

    /// Starts it on a workspace that was used before.
    pub fn start_on(workspace: Arc<TempDir>, words: &[&str]) -> Result<Self> {
        let child = command(workspace.path(), words).spawn().context("the app starts")?;
        Ok(Self { child, workspace })
    }

    /// Its process number.
    pub fn number(&self) -> Result<u32> {
        self.child.id().context("the app is running")
    }

    /// Waits until it ends by itself.
    pub async fn ended(&mut self) -> Result<ExitStatus> {
        Ok(timeout(PATIENCE, self.child.wait()).await.context("the app ends")??)
    }

    /// Starts it once more on the same workspace and waits until that start has handed over.
    pub async fn start_again(&self) -> Result<ExitStatus> {
        let mut second = command(self.workspace.path(), &[]).spawn()?;
        Ok(timeout(PATIENCE, second.wait())
            .await
            .context("the second start ends")??)
    }

    /// How many web views it has: WebKit draws each page in a process of its own.
    pub fn web_views(&self) -> Result<usize> {
        let parent = self.number()?;
        let mut count = 0;
        for entry in std::fs::read_dir("/proc")?.flatten() {
            let Ok(facts) = std::fs::read_to_string(entry.path().join("stat")) else {
                continue;
            };
            // `number (name) state parent …`; the name is cut to fifteen letters.
            let Some((head, tail)) = facts.rsplit_once(')') else {
                continue;
            };
            let mut facts = tail.split_whitespace();
            // One that has ended but was not yet asked about is gone.
            let is_alive = facts.next() != Some("Z");
            let is_child = facts.next() == Some(parent.to_string().as_str());
            if is_alive && is_child && head.contains("(WebKitWebProces") {
                count += 1;
            }
        }
        Ok(count)
    }
}

fn command(workspace: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(binary());
    // The words that the tests look for are English.
    command
        .env("LANGUAGE", "en")
        .arg("--demo")
        .arg("--workspace")
        .arg(workspace)
        .args(words)
        .kill_on_drop(true);
    command
}
