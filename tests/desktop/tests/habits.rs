//! What a desktop program is expected to do besides its work: closing, resting, starting at login, keeping quiet.
#![cfg(target_os = "linux")]

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use passerelle_desktop_tests::app::Running;
use passerelle_desktop_tests::desktop::{Desktop, close_window, window_is_shown};
use passerelle_desktop_tests::page::Page;
use passerelle_desktop_tests::{missing, until};
use thirtyfour::{By, Key};

macro_rules! needs_a_desktop {
    () => {
        if let Some(why) = missing() {
            println!("{why}");
            return Ok(());
        }
        passerelle_desktop_tests::alone().await?;
    };
}

/// The first time, the close button asks on the page itself; Escape takes the question back (ux.md §7).
#[tokio::test]
async fn the_close_button_asks_first() -> Result<()> {
    needs_a_desktop!();
    let page = Page::open().await?;
    page.find("nav-home").await?;

    close_window()?;
    page.find("close-keep").await?.send_keys(Key::Escape).await?;
    until("the question to go", async || {
        Ok(page.all("close-keep").await?.is_empty().then_some(()))
    })
    .await?;
    ensure!(window_is_shown()?, "taking the question back leaves the window open");
    page.close().await
}

/// Kept running and not asked again, the window goes to the tray, and the next close does so at once.
#[tokio::test]
async fn the_answer_to_the_close_button_is_remembered() -> Result<()> {
    needs_a_desktop!();
    let page = Page::open().await?;
    page.find("nav-home").await?;
    close_window()?;
    page.find("close-keep").await?;
    page.driver.find(By::Css("dialog .check")).await?.click().await?;
    page.click_and_leave("close-keep").await?;
    until("the window to go", async || Ok((!window_is_shown()?).then_some(()))).await?;
    // The driver ends with its page; the answer was remembered, so the next close does not ask.
    let workspace = Arc::clone(&page.workspace);
    drop(page);

    let mut desktop = Desktop::play().await?;
    let app = Running::start_on(workspace, &[])?;
    let tray = desktop.tray().await?;
    until("the page", async || {
        Ok((window_is_shown()? && app.web_views()? > 0).then_some(()))
    })
    .await?;
    close_window()?;
    until("the web view to go unasked", async || {
        Ok((!window_is_shown()? && app.web_views()? == 0).then_some(()))
    })
    .await?;
    ensure!(!tray.rows().await?.is_empty(), "the app lives on in the tray");
    Ok(())
}

/// Quitting instead ends the program, and ends it well.
#[tokio::test]
async fn the_question_can_be_answered_with_quit() -> Result<()> {
    needs_a_desktop!();
    let mut desktop = Desktop::play().await?;
    let page = Page::open().await?;
    let tray = desktop.tray().await?;
    page.find("nav-home").await?;
    close_window()?;
    page.click_and_leave("close-quit").await?;
    until("the tray to go", async || Ok(tray.rows().await.err().map(|_| ()))).await
}

/// Pausing from the tray is seen by its shape and its words, on Home, and can be taken back there.
#[tokio::test]
async fn a_pause_is_seen_in_the_tray_and_on_home() -> Result<()> {
    needs_a_desktop!();
    let mut desktop = Desktop::play().await?;
    let page = Page::open().await?;
    let tray = desktop.tray().await?;
    let before = tray.picture().await?;
    tray.press("For an hour").await?;
    until("another picture", async || {
        Ok((tray.picture().await? != before).then_some(()))
    })
    .await?;
    // The picture and the words are told one after the other.
    until("the tray to say so", async || {
        let rows = tray.rows().await?;
        let says = rows.first().context("the tray says how it stands")?;
        Ok(says.label.starts_with("Schedules are paused until ").then_some(()))
    })
    .await?;
    until("Home to say so", async || {
        Ok(page
            .words("status-sentence")
            .await?
            .starts_with("Schedules are paused until ")
            .then_some(()))
    })
    .await?;

    page.click("resume").await?;
    until("the tray to offer a pause again", async || {
        let rows = tray.rows().await?;
        Ok(rows.iter().any(|row| row.label == "For an hour").then_some(()))
    })
    .await?;
    page.close().await
}

/// A pause outlives the program: quitting and starting again does not wake the schedules.
#[tokio::test]
async fn a_pause_outlives_the_program() -> Result<()> {
    needs_a_desktop!();
    let mut desktop = Desktop::play().await?;
    let mut app = Running::start(&["--hidden"])?;
    let tray = desktop.tray().await?;
    tray.press("Until I resume").await?;
    until("the pause", async || {
        let rows = tray.rows().await?;
        Ok(rows.iter().any(|row| row.label == "Resume schedules").then_some(()))
    })
    .await?;
    tray.press("Quit").await?;
    ensure!(app.ended().await?.success());
    let _again = Running::start_on(Arc::clone(&app.workspace), &["--hidden"])?;
    let tray = desktop.tray().await?;
    until("the tray to say that it rests", async || {
        let rows = tray.rows().await?;
        Ok(rows
            .iter()
            .any(|row| row.label == "Schedules are paused.")
            .then_some(()))
    })
    .await
}

/// Starting at login is the system's own list: switched on there, and off again.
#[tokio::test]
async fn starting_at_login_is_switched_in_the_settings() -> Result<()> {
    needs_a_desktop!();
    let page = Page::open().await?;
    page.click("nav-settings").await?;
    choose(&page, "Start at login", "On").await?;
    let entry = until("the entry", async || Ok(login_entry())).await?;
    let text = std::fs::read_to_string(&entry)?;
    ensure!(
        text.contains("passerelle-desktop") && text.contains("--hidden"),
        "{text}"
    );
    choose(&page, "Start at login", "Off").await?;
    until("the entry to go", async || Ok(login_entry().is_none().then_some(()))).await?;
    page.close().await
}

/// With notifications off, what needs a person is told in the window only.
#[tokio::test]
async fn notifications_can_be_switched_off() -> Result<()> {
    needs_a_desktop!();
    let desktop = Desktop::play().await?;
    let page = Page::open().await?;
    page.click("nav-settings").await?;
    choose(&page, "Notifications", "Off").await?;
    page.click("sync-now").await?;
    page.calm().await?;
    let sentence = page.words("status-sentence").await?;
    ensure!(sentence.contains("need"), "something needs a person: {sentence}");
    ensure!(desktop.heard_nothing(), "nothing was notified");
    page.close().await
}

/// Presses one answer of a setting.
async fn choose(page: &Page, setting: &str, answer: &str) -> Result<()> {
    let path = format!("//section[@aria-label='{setting}']//button[normalize-space()='{answer}']");
    until(setting, async || {
        let button = page.driver.find(By::XPath(&*path)).await?;
        button.click().await?;
        Ok((button.attr("aria-pressed").await?.as_deref() == Some("true")).then_some(()))
    })
    .await
}

/// The entry of this app in the list of what starts at login.
fn login_entry() -> Option<PathBuf> {
    let folders = [
        std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from),
        std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")),
    ];
    folders
        .into_iter()
        .flatten()
        .map(|folder| folder.join("autostart/Passerelle.desktop"))
        .find(|path| path.exists())
}
