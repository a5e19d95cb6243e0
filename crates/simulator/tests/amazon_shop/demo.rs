//! The cast of the demo company that listings, prices and stock are shown with, on both sides.

use serde_json::json;
use simulator::Simulator;
use simulator::books::{Item, ItemKind};

use crate::bench::{DE, JP, US, listing, seen};
use crate::common::Client;

fn item<'a>(simulator: &'a Simulator, name: &str) -> Option<&'a Item> {
    simulator.opening_books().items.iter().find(|item| item.name == name)
}

#[tokio::test]
async fn itm_08_each_side_has_what_the_other_does_not_know() {
    let client = Client::demo().await;
    let simulator = &client.simulator;
    assert!(
        item(simulator, "VASE-CERAMIC-09").is_none() && seen(&client, DE, "VASE-CERAMIC-09")["buyable"] == json!(true)
    );
    assert!(item(simulator, "LAMP-PAPER-NEW").is_some() && seen(&client, DE, "LAMP-PAPER-NEW").is_null());
    assert!(
        item(simulator, "CORD-COTTON-2M").is_some_and(|item| item.upc.is_none()),
        "no number on the box"
    );
    for name in [
        "SHADE/SILK 25 CM",
        "CANDLE 100% BEESWAX",
        "LAMP-FLOOR-OAK-TRIPOD-LINEN-SHADE-160-CM",
    ] {
        assert!(
            item(simulator, name).is_some() && seen(&client, US, name)["buyable"] == json!(true),
            "{name}"
        );
    }
}

#[tokio::test]
async fn prc_08_one_product_has_an_offer_of_the_seller_and_one_of_amazon() {
    let client = Client::demo().await;
    for market in [US, DE, JP] {
        let (ours, amazons) = (
            seen(&client, market, "CANDLE-FIG-220"),
            seen(&client, market, "CANDLE-FIG-220-FBA"),
        );
        assert_eq!((&ours["asin"], &ours["channel"]), (&amazons["asin"], &json!("DEFAULT")));
        assert!(amazons["channel"].as_str().unwrap().starts_with("AMAZON_"));
    }
    let pack = listing(&client, US, "TEALIGHT-12-4PK").await;
    assert_ne!(
        pack["summaries"][0]["asin"],
        seen(&client, US, "TEALIGHT-12")["asin"],
        "a pack is a product of its own"
    );
}

#[tokio::test]
async fn s3_kits_share_members_and_hold_kits_and_lie_in_several_places() {
    let client = Client::demo().await;
    let books = client.simulator.opening_books();
    assert_eq!(books.locations.len(), 3);
    let id = |name: &str| item(&client.simulator, name).unwrap().id;
    let members = |kit: &str| -> Vec<i64> {
        let own = books.kit_members.iter().filter(|one| one.kit == id(kit));
        own.map(|one| one.member).collect()
    };
    assert!(members("GIFTSET-EVENING").contains(&id("CANDLE-FIG-220")));
    assert!(members("GIFTSET-CANDLES").contains(&id("CANDLE-FIG-220")));
    assert!(
        members("GIFTSET-GRAND").contains(&id("GIFTSET-CANDLES")),
        "a kit in a kit"
    );
    assert_eq!(
        item(&client.simulator, "GREETING-CARD").unwrap().kind,
        ItemKind::NonInventory
    );
    let levels = &books.item_prices[&id("CORD-COTTON-2M")];
    let yen = books.currencies.iter().find(|one| one.code == "JPY").unwrap().id;
    assert!(
        !levels.is_empty() && levels.iter().all(|one| one.currency != yen),
        "P8: no price in yen"
    );
}
