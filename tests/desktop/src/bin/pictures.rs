//! Photographs the real window for the README: `cargo xtask pictures`.

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    use anyhow::Context;
    use passerelle_desktop_tests::missing;
    use passerelle_desktop_tests::page::Page;

    if let Some(why) = missing() {
        anyhow::bail!(why);
    }
    let folder = std::path::PathBuf::from(std::env::args().nth(1).context("the folder to write to")?);
    std::fs::create_dir_all(&folder)?;
    let page = Page::open().await?;
    page.driver.set_window_rect(0, 0, 1280, 820).await?;
    let save = async |name: &str| -> anyhow::Result<()> {
        Ok(std::fs::write(
            folder.join(format!("{name}.png")),
            page.picture().await?,
        )?)
    };
    page.click("sync-now").await?;
    page.click("nav-orders").await?;
    page.find("order-row").await?;
    page.calm().await?;
    for (screen, shown) in [
        ("home", "status-sentence"),
        ("orders", "order-row"),
        ("errors", "problem-group"),
        ("settlements", "settlement-row"),
    ] {
        page.click(&format!("nav-{screen}")).await?;
        page.find(shown).await?;
        save(screen).await?;
    }
    page.find("settlement-row")
        .await?
        .find(thirtyfour::By::Tag("a"))
        .await?
        .click()
        .await?;
    page.find("balance-difference").await?;
    save("settlement-review").await?;
    page.close().await
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("the real window is photographed on Linux only");
}
