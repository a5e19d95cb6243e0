//! What a new user does with orders, in the real window: an error is cured where it is shown, and a parcel packed in
//! NetSuite goes its whole way to Amazon and to the invoice.
#![cfg(target_os = "linux")]

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use passerelle_desktop_tests::page::Page;
use passerelle_desktop_tests::{missing, until, within};
use thirtyfour::prelude::ElementQueryable as _;
use thirtyfour::{By, Key, WebElement};

macro_rules! needs_a_desktop {
    () => {
        if let Some(why) = missing() {
            println!("{why}");
            return Ok(());
        }
        passerelle_desktop_tests::alone().await?;
    };
}

/// The Demo company sells it in Germany, and its NetSuite does not know it under this name.
const UNKNOWN: &str = "LAMP-RED-EU";
/// The warehouse packs an order when it is three minutes old, and Amazon shows the parcel a minute after it was told; the
/// orders are read again after that. A slow machine takes its time with each.
const PACKED_AND_BILLED: Duration = Duration::from_mins(20);

/// CMN-26, ITM-05: the unknown SKU is linked from its error, and every order that waited for it goes through by itself.
#[tokio::test]
async fn cmn_26_an_unknown_sku_is_linked_and_its_orders_follow_by_themselves() -> Result<()> {
    needs_a_desktop!();
    let page = Page::open().await?;
    page.click("sync-now").await?;
    page.calm().await?;

    open_error(&page, UNKNOWN).await?;
    let waiting = records(&page).await?;
    ensure!(waiting.len() > 3, "the cause has siblings: {waiting:?}");
    page.click("fix").await?;
    page.click("remedy-save").await?;
    until("the cause to be solved", async || {
        let chip = words(&page.driver.find(By::Css("aside.panel .chip")).await?).await?;
        Ok((chip.trim() == "Solved").then_some(()))
    })
    .await?;

    page.click("nav-orders").await?;
    for order in &waiting {
        until(&format!("{order} in NetSuite"), async || {
            let row = find_order(&page, order).await?;
            let document = words(&row.find(By::Css("td:nth-child(7)")).await?).await?;
            let told = words(&row).await?;
            ensure!(told.contains("Synced") && document != "–", "its row says {told}");
            Ok(Some(()))
        })
        .await?;
    }
    page.close().await
}

/// FUL-04, FUL-09, BIL-01: what the warehouse ships in NetSuite reaches Amazon, and its invoice appears.
#[tokio::test]
async fn ful_09_a_parcel_packed_in_netsuite_reaches_amazon_and_is_invoiced() -> Result<()> {
    needs_a_desktop!();
    let page = Page::open().await?;
    page.click("sync-now").await?;
    page.calm().await?;
    let open = to_ship(&page).await?;
    ensure!(!open.is_empty(), "some orders wait for the warehouse");

    let story = within(PACKED_AND_BILLED, "an order that left and was invoiced", async || {
        sync_again(&page).await?;
        let still = to_ship(&page).await?;
        for order in open.iter().filter(|order| !still.contains(order)) {
            let told = time_line(&page, order).await?;
            let left = told.contains(&format!("Confirm to Amazon that {order} left with"));
            if left && told.contains("Invoiced") {
                return Ok(Some(told));
            }
        }
        Ok(None)
    })
    .await?;
    // Amazon's own parcel, and the fulfilment in NetSuite that it came from.
    for side in ["Shipped", "Shipments to Amazon"] {
        ensure!(story.contains(side), "{side} is told: {story}");
    }
    page.close().await
}

/// Opens the error whose sentence names this.
async fn open_error(page: &Page, name: &str) -> Result<()> {
    page.click("nav-errors").await?;
    until(name, async || {
        let mut seen = Vec::new();
        for group in page.all("problem-group").await? {
            let told = words(&group).await?;
            if told.contains(name) {
                group.find(By::Css(".what__title")).await?.click().await?;
                return Ok(Some(()));
            }
            seen.push(told);
        }
        bail!("the list has {seen:?}")
    })
    .await?;
    page.find("fix").await.map(drop)
}

/// All records of the error that is open.
async fn records(page: &Page) -> Result<Vec<String>> {
    if let Ok(all) = page.driver.find(By::Css("aside.panel .records .between .link")).await {
        all.click().await?;
    }
    texts(page.driver.find_all(By::Css("aside.panel .records a.mono")).await?).await
}

/// What an element says, also where it is cut off or scrolled away.
async fn words(element: &WebElement) -> Result<String> {
    Ok(element.prop("textContent").await?.unwrap_or_default().trim().to_owned())
}

async fn texts(elements: Vec<WebElement>) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for element in elements {
        texts.push(words(&element).await?);
    }
    Ok(texts)
}

/// Types an order's number into the search of the Orders screen; its row.
async fn find_order(page: &Page, order: &str) -> Result<WebElement> {
    let search = page.driver.query(By::Css("input[type='search']")).first().await?;
    if search.prop("value").await?.as_deref() != Some(order) {
        search.send_keys(Key::Control + "a").await?;
        search.send_keys(order).await?;
    }
    until(&format!("the row of {order}"), async || {
        let rows = page.all("order-row").await?;
        let [row] = rows.as_slice() else { return Ok(None) };
        let found = row.attr("data-order").await?.as_deref() == Some(order);
        Ok(found.then(|| row.clone()))
    })
    .await
}

/// The orders in NetSuite that wait to be shipped.
async fn to_ship(page: &Page) -> Result<Vec<String>> {
    page.click("nav-orders").await?;
    let tab = page.driver.query(By::Css("[data-tab='to_ship']")).first().await?;
    tab.click().await?;
    until("the orders to ship", async || {
        // The rows of another view stay until those of this one are there: as many as its tab says.
        let count = tab.find(By::Css(".count")).await?;
        let count: usize = words(&count).await?.parse()?;
        let rows = page.find("orders-table").await?.attr("aria-rowcount").await?;
        if rows != Some((count + 1).to_string()) {
            return Ok(None);
        }
        let mut orders = Vec::new();
        for row in page.all("order-row").await? {
            if words(&row).await?.contains("Synced") {
                orders.push(row.attr("data-order").await?.context("a row names its order")?);
            }
        }
        Ok(Some(orders))
    })
    .await
}

/// Presses Sync now when nothing runs, and waits until nothing runs again.
async fn sync_again(page: &Page) -> Result<()> {
    idle(page).await?;
    page.click("sync-now").await?;
    until("the runs to begin", async || Ok((!is_idle(page).await?).then_some(()))).await?;
    idle(page).await
}

/// Between two flows of a chain nothing runs for a moment, so it has to stay that way for a while.
async fn idle(page: &Page) -> Result<()> {
    let mut glances = 0;
    until("the runs to end", async || {
        glances = if is_idle(page).await? { glances + 1 } else { 0 };
        Ok((glances > 20).then_some(()))
    })
    .await
}

async fn is_idle(page: &Page) -> Result<bool> {
    let bar = page.driver.find(By::Css(".statusbar")).await?;
    Ok(words(&bar).await?.contains("Nothing running"))
}

/// Opens an order from the list; the words of its time line.
async fn time_line(page: &Page, order: &str) -> Result<String> {
    page.click("nav-orders").await?;
    let row = find_order(page, order).await?;
    // Its button, as a person with a keyboard would: WebKit's driver does not press the row of a table.
    row.find(By::Css("button")).await?.click().await?;
    let steps = page.driver.query(By::Css("aside.panel .steps")).first().await?;
    let told = words(&steps).await?;
    page.driver.active_element().await?.send_keys(Key::Escape).await?;
    Ok(told)
}
