//! The report on all listings of a seller in one marketplace, as they stand.

use chrono::{DateTime, Utc};

use crate::market::{self, Market};
use crate::time::instant;
use crate::world::World;
use crate::world::shop::Shop;
use crate::world::shop::listing::{Channel, Listing};

const LISTING_COLUMNS: [&str; 29] = [
    "item-name",
    "item-description",
    "listing-id",
    "seller-sku",
    "price",
    "quantity",
    "open-date",
    "image-url",
    "item-is-marketplace",
    "product-id-type",
    "zshop-shipping-fee",
    "item-note",
    "item-condition",
    "zshop-category1",
    "zshop-browse-path",
    "zshop-storefront-feature",
    "asin1",
    "asin2",
    "asin3",
    "will-ship-internationally",
    "expedited-shipping",
    "zshop-boldface",
    "product-id",
    "bid-for-featured-placement",
    "add-delete",
    "pending-quantity",
    "fulfillment-channel",
    "merchant-shipping-group",
    "status",
];

/// The seller's listings in the first of the marketplaces.
pub fn listings(world: &World, markets: &[String], now: DateTime<Utc>) -> Option<String> {
    let market = markets.first().and_then(|id| market::by_id(id))?;
    let mut text = LISTING_COLUMNS.join("\t");
    for listing in world
        .shop
        .listings(market.region)
        .filter(|one| one.market.id == market.id)
    {
        text.push('\n');
        text.push_str(&row(&world.shop, listing, market, now));
    }
    text.push('\n');
    Some(text)
}

fn row(shop: &Shop, listing: &Listing, market: &Market, now: DateTime<Utc>) -> String {
    let page = shop.page_of(listing);
    let offer = listing.live.offers.iter().find(|offer| offer.audience == "ALL");
    let price = offer.and_then(|offer| offer.price_at(now));
    let price = price
        .map(|price| format!("{:.*}", market.decimals as usize, price))
        .unwrap_or_default();
    let quantity = match listing.live.channel {
        Some(Channel::Merchant) => listing.live.quantity.map(|units| units.to_string()).unwrap_or_default(),
        _ => String::new(),
    };
    let code = page.and_then(|page| page.codes.first());
    let asin = listing.asin.clone().unwrap_or_default();
    let created = instant(listing.created);
    let channel = listing.live.channel.map_or("", |channel| channel.code(market));
    let status = match (
        listing.asin.is_some() && !price.is_empty(),
        shop.standing(listing, now).0,
    ) {
        (_, true) => "Active",
        (true, false) => "Inactive",
        (false, false) => "Incomplete",
    };
    LISTING_COLUMNS
        .map(|column| match column {
            "item-name" => page.map_or("", |page| page.title(market)),
            "listing-id" | "asin1" => &asin,
            "seller-sku" => &listing.sku,
            "price" => &price,
            "quantity" => &quantity,
            "open-date" => &created,
            "product-id-type" => {
                if code.is_some() {
                    "4"
                } else {
                    "1"
                }
            }
            "product-id" => code.map_or(asin.as_str(), String::as_str),
            "item-is-marketplace" => "y",
            "item-condition" => "11",
            "fulfillment-channel" => channel,
            "status" => status,
            _ => "",
        })
        .join("\t")
}
