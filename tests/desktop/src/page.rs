//! The page in the real window, through WebKit's own driver.

use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Capabilities;
use thirtyfour::prelude::*;
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::{PATIENCE, binary, until};

/// The app under a driver.
pub struct Page {
    /// The session.
    pub driver: WebDriver,
    process: Child,
    /// Its workspace, which another start may go on with.
    pub workspace: Arc<TempDir>,
}

/// Driver and app are one group, ended together: an app that outlived its test would answer the next one's start.
impl Drop for Page {
    fn drop(&mut self) {
        // Nobody is left to say goodbye to; the driver's own farewell would wait two minutes for an answer.
        let _ = self.driver.clone().leak();
        if let Some(group) = self.process.id() {
            let group = format!("-{group}");
            // Nothing to do when they are gone already.
            let _ = std::process::Command::new("kill")
                .args(["-KILL", "--", &group])
                .status();
        }
    }
}

impl Page {
    /// Starts driver and app; the window shows the Demo company in a workspace of its own.
    pub async fn open() -> Result<Self> {
        let workspace = Arc::new(tempfile::tempdir()?);
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            // Without this the request for a session hangs for ever.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("LANGUAGE", "en")
            .stdout(Stdio::null())
            .process_group(0)
            .spawn()
            .context("WebKitWebDriver starts")?;
        until("the driver", async || {
            Ok(TcpStream::connect(("127.0.0.1", port)).await.ok())
        })
        .await?;
        let mut capabilities = Capabilities::new();
        let words = ["--demo", "--workspace", &workspace.path().to_string_lossy()].map(str::to_owned);
        capabilities.set("webkitgtk:browserOptions", json!({ "binary": binary(), "args": words }))?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        Ok(Self {
            driver,
            process,
            workspace,
        })
    }

    /// The first element with this `data-testid`, as soon as it is there.
    pub async fn find(&self, name: &str) -> Result<WebElement> {
        self.driver
            .query(By::Css(format!("[data-testid='{name}']")))
            .wait(PATIENCE, Duration::from_millis(50))
            .first()
            .await
            .with_context(|| format!("{name} is on the page"))
    }

    /// All elements with this `data-testid` that are there now.
    pub async fn all(&self, name: &str) -> Result<Vec<WebElement>> {
        Ok(self.driver.find_all(By::Css(format!("[data-testid='{name}']"))).await?)
    }

    /// Clicks an element as soon as it is there and on.
    pub async fn click(&self, name: &str) -> Result<()> {
        until(name, async || {
            let element = self.find(name).await?;
            if element.attr("aria-disabled").await?.as_deref() == Some("true") || !element.is_enabled().await? {
                return Ok(None);
            }
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Clicks an element that takes the page with it: the driver would wait for ever for an answer from a page that is gone.
    pub async fn click_and_leave(&self, name: &str) -> Result<()> {
        self.find(name).await?;
        let later = "const name = arguments[0]; \
                     setTimeout(() => document.querySelector(`[data-testid='${name}']`).click(), 200)";
        self.driver.execute(later, vec![json!(name)]).await?;
        Ok(())
    }

    /// The words of an element that is there now.
    pub async fn words(&self, name: &str) -> Result<String> {
        Ok(self.find(name).await?.text().await?.trim().to_owned())
    }

    /// Waits on Home until something was synced and nothing runs any more; between two flows of a chain nothing runs for a
    /// moment, so it has to stay that way for a while.
    pub async fn calm(&self) -> Result<()> {
        self.click("nav-home").await?;
        let mut glances = 0;
        until("the runs to end", async || {
            let sentence = self.words("status-sentence").await?;
            let is_calm = !sentence.starts_with("Syncing") && !sentence.starts_with("Nothing");
            glances = if is_calm { glances + 1 } else { 0 };
            Ok((glances > 40).then_some(()))
        })
        .await
    }

    /// A picture of the window, after two frames: before that it may show an older state.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        let frames = "const done = arguments[arguments.length - 1]; \
                      requestAnimationFrame(() => requestAnimationFrame(() => done(1)))";
        self.driver.execute_async(frames, Vec::new()).await?;
        Ok(self.driver.screenshot_as_png().await?)
    }

    /// Ends app and driver.
    pub async fn close(self) -> Result<()> {
        Ok(self.driver.clone().quit().await?)
    }
}
