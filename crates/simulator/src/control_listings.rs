//! What a test or a person may do to listings on Amazon, and what buyers see of them.
//!
//! | Request | Does |
//! | --- | --- |
//! | `GET /storefront`, `GET /storefront/DE` | every offer as buyers see it: price, units, who ships, whether it can be bought and found |
//! | `POST /listings` with an [`Edit`], such as `{"sku": "LAMP-RED", "marketplace": "DE", "change": {"price": "49.90"}}` | somebody does something to a listing; the changes are those of [`ListingChange`](crate::world::shop::edits::ListingChange): `{"price": "49.90"}`, `{"reprice": "47.00"}`, `{"quantity": 7}`, `{"channel": "AMAZON"}` or `"MERCHANT"`, `"delete"`, `{"merge": "B0…"}`, `{"suppress": {"code": "18027", "message": "…", "severity": "ERROR", "categories": ["INVALID_IMAGE"], "actions": ["SEARCH_SUPPRESSED"]}}`, `"lift"`, `{"own_page": false}`, `{"gate": true}`, `{"fba": {"fulfillable": 12}}`, `{"list": {"asin": "B0…", "price": "9.90", "quantity": 3}}`; the marketplace `all` means everywhere |
//! | `POST /settings` `{"picture_needs_login": ["https://…", true]}` or `{"shared_stock": ["eu", false]}` | a picture asks for a login; one quantity serves all marketplaces of a region's account, or each has its own |
//! | `POST /showing` `{"within_seconds": 60}` | how long it takes at most until an accepted change is live |

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wire::Clock as _;

use crate::market::{self, Region};
use crate::simulator::Simulator;
use crate::world::acts::Act;
use crate::world::shop::Shop;
use crate::world::shop::edits::{Edit, Setting};
use crate::world::shop::listing::{Channel, Listing};

/// Does what is asked, or says why it cannot be done.
pub fn act(simulator: &Simulator, what: &str, body: &Value) -> Result<(), String> {
    let now = simulator.clock().now();
    let mut state = simulator.amazon().state();
    match what {
        "listings" => {
            let edit: Edit = serde_json::from_value(body.clone()).map_err(|wrong| wrong.to_string())?;
            state.act(&Act::Listing(Box::new(edit)), now).map(drop)
        }
        "settings" => {
            let setting: Setting = serde_json::from_value(body.clone()).map_err(|wrong| wrong.to_string())?;
            state.act(&Act::Set(setting), now).map(drop)
        }
        _ => {
            let within = body["within_seconds"].as_i64().and_then(TimeDelta::try_seconds);
            state.world.shop.show_within(within.ok_or("within_seconds is needed")?);
            Ok(())
        }
    }
}

/// Every offer as buyers see it, in one marketplace or all.
pub fn storefront(simulator: &Simulator, market: Option<&str>) -> (u16, Value) {
    let now = simulator.clock().now();
    let wanted = match market.map(|name| market::named(name).ok_or(name)) {
        Some(Err(name)) => return (404, json!({ "error": format!("there is no marketplace {name}") })),
        Some(Ok(market)) => Some(market.id),
        None => None,
    };
    let state = simulator.amazon().state();
    let shop = &state.world.shop;
    let mut offers: Vec<Value> = Vec::new();
    for region in Region::ALL {
        let here = shop
            .listings(region)
            .filter(|one| wanted.is_none_or(|id| one.market.id == id));
        offers.extend(here.map(|listing| seen(shop, listing, now)));
    }
    (200, json!({ "offers": offers }))
}

fn seen(shop: &Shop, listing: &Listing, now: DateTime<Utc>) -> Value {
    let market = listing.market;
    let price = |audience: &str| {
        let offer = listing.live.offers.iter().find(|offer| offer.audience == audience)?;
        offer
            .price_at(now)
            .map(|price| format!("{:.*}", market.decimals as usize, price))
    };
    let (buyable, discoverable) = shop.standing(listing, now);
    let units = match listing.live.channel {
        Some(Channel::Amazon) => shop
            .fba
            .get(&(market.region, listing.sku.clone()))
            .map(|stock| stock.fulfillable),
        _ => listing.live.quantity,
    };
    json!({
        "marketplace": market.code,
        "sku": listing.sku,
        "asin": listing.asin,
        "title": shop.page_of(listing).map(|page| page.title(market)),
        "currency": market.currency,
        "price": price("ALL"),
        "business_price": price("B2B"),
        "channel": listing.live.channel.map(|channel| channel.code(market)),
        "quantity": units,
        "buyable": buyable,
        "discoverable": discoverable,
        "issues": listing.all_issues().map(|issue| issue.code.clone()).collect::<Vec<_>>(),
    })
}
