//! The journey in the real window, and what only the real shell has.
#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use passerelle_desktop_tests::app::Running;
use passerelle_desktop_tests::desktop::{Desktop, close_window, window_is_shown};
use passerelle_desktop_tests::page::Page;
use passerelle_desktop_tests::{missing, until};
use thirtyfour::By;
use tokio::time::Instant;

macro_rules! needs_a_desktop {
    () => {
        if let Some(why) = missing() {
            println!("{why}");
            return Ok(());
        }
        passerelle_desktop_tests::alone().await?;
    };
}

/// Sync now, see orders arrive, open a settlement, approve and post, see the journal's number.
#[tokio::test]
async fn a_day_of_trading_from_the_first_click_to_the_journal() -> Result<()> {
    needs_a_desktop!();
    let page = Page::open().await?;
    page.click("sync-now").await?;
    page.click("nav-orders").await?;
    until("orders to arrive", async || {
        Ok((!page.all("order-row").await?.is_empty()).then_some(()))
    })
    .await?;

    page.calm().await?;
    let journal = post_a_balanced_settlement(&page).await?;
    ensure!(
        journal.chars().any(|letter| letter.is_ascii_digit()),
        "{journal} is a journal's number"
    );
    page.close().await
}

/// Opens the settlements one after the other and posts the first that can be posted.
async fn post_a_balanced_settlement(page: &Page) -> Result<String> {
    until("a settlement that can be posted", async || {
        page.click("nav-settlements").await?;
        page.find("settlement-row").await?;
        let count = page.all("settlement-row").await?.len();
        for index in 0..count {
            page.click("nav-settlements").await?;
            page.find("settlement-row").await?;
            let rows = page.all("settlement-row").await?;
            rows.get(index)
                .context("the list is stable")?
                .find(By::Tag("a"))
                .await?
                .click()
                .await?;
            let button = page.find("approve-and-post").await?;
            if button.attr("aria-disabled").await?.as_deref() != Some("true") && button.is_enabled().await? {
                return Ok(Some(()));
            }
        }
        Ok(None)
    })
    .await?;
    let difference = page.words("balance-difference").await?;
    ensure!(
        !difference.chars().any(|digit| ('1'..='9').contains(&digit)),
        "the difference is zero: {difference}"
    );
    page.click("approve-and-post").await?;
    until("the journal's number", async || {
        Ok(page
            .all("journal-number")
            .await?
            .first()
            .context("no number yet")?
            .text()
            .await
            .ok()
            .filter(|text| !text.is_empty()))
    })
    .await
}

/// The tray says how it stands, starts a run, changes its picture, opens the window and quits.
#[tokio::test]
async fn the_tray_does_the_daily_things_without_the_window() -> Result<()> {
    needs_a_desktop!();
    let mut desktop = Desktop::play().await?;
    let mut app = Running::start(&["--hidden"])?;
    let tray = desktop.tray().await?;
    let labels: Vec<String> = tray.rows().await?.into_iter().map(|row| row.label).collect();
    for wanted in ["Sync now", "Everything", "Open Passerelle", "Settings…", "Quit"] {
        ensure!(labels.iter().any(|label| label == wanted), "{wanted} in {labels:?}");
    }
    ensure!(!window_is_shown()?, "a hidden start shows no window");

    let before = tray.picture().await?;
    tray.press("Everything").await?;
    until("another picture", async || {
        Ok((tray.picture().await? != before).then_some(()))
    })
    .await?;
    until("something to fix", async || {
        Ok(tray
            .rows()
            .await?
            .into_iter()
            .find(|row| row.label.starts_with("Fix ") && row.enabled))
    })
    .await?;

    tray.press("Open Passerelle").await?;
    until("the window", async || Ok(window_is_shown()?.then_some(()))).await?;
    tray.press("Quit").await?;
    ensure!(app.ended().await?.success(), "quitting is not a failure");
    Ok(())
}

/// What newly needs a person is told once, in the system's own way.
#[tokio::test]
async fn a_notification_says_that_something_needs_a_person() -> Result<()> {
    needs_a_desktop!();
    let mut desktop = Desktop::play().await?;
    let _app = Running::start(&["--hidden"])?;
    let tray = desktop.tray().await?;
    tray.press("Everything").await?;
    let notice = desktop.notice().await?;
    ensure!(
        !notice.title.is_empty() && notice.title.chars().count() <= 40,
        "{notice:?}"
    );
    ensure!(
        !notice.body.is_empty() && notice.body.chars().count() <= 120,
        "{notice:?}"
    );
    Ok(())
}

/// One instance: a second start hands over, ends well, and brings the first one's window forward.
#[tokio::test]
async fn a_second_start_shows_the_first() -> Result<()> {
    needs_a_desktop!();
    let app = Running::start(&["--hidden"])?;
    let mut desktop = Desktop::play().await?;
    // The tray comes after the name on the bus is taken.
    let _tray = desktop.tray().await?;
    ensure!(app.start_again().await?.success(), "the second start ends well");
    until("the first one's window", async || Ok(window_is_shown()?.then_some(()))).await?;
    Ok(())
}

/// Closed to the tray, the web view is gone; opened from the tray, it is there again.
#[tokio::test]
async fn closing_destroys_the_web_view_and_the_tray_brings_it_back() -> Result<()> {
    needs_a_desktop!();
    let mut desktop = Desktop::play().await?;
    let app = Running::start(&[])?;
    let tray = desktop.tray().await?;
    until("the window", async || {
        Ok((window_is_shown()? && app.web_views()? > 0).then_some(()))
    })
    .await?;
    // Nobody answers its question here; pressing again while it stands means it, a double click does not.
    let mut pressed = Instant::now();
    close_window()?;
    until("the web view to go", async || {
        if window_is_shown()? {
            if pressed.elapsed() > Duration::from_secs(2) {
                pressed = Instant::now();
                close_window()?;
            }
            return Ok(None);
        }
        Ok((app.web_views()? == 0).then_some(()))
    })
    .await?;
    tray.press("Open Passerelle").await?;
    until("the window again", async || {
        Ok((window_is_shown()? && app.web_views()? > 0).then_some(()))
    })
    .await?;
    Ok(())
}
