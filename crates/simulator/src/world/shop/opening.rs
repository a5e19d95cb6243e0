//! The shop as it stands before anybody looks: what Atelier Lumen offers, in each marketplace where it sells.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;

use super::listing::{Channel, Listing, Live, Offer, Seeded};
use super::page::Page;
use super::{Fba, Shop};
use crate::market::{Market, Region};
use crate::world::product;

/// How long it takes at most until an accepted change is live.
const WITHIN: TimeDelta = TimeDelta::minutes(3);
/// Units of every offer that the seller ships.
const UNITS: i64 = 25;

impl Shop {
    /// Opens the shop in those marketplaces; `plain` more SKUs stand in the United States, for figures.
    pub fn open(seed: u64, epoch: DateTime<Utc>, markets: &[&'static Market], plain: u32) -> Self {
        let mut shop = Self {
            seed,
            pages: BTreeMap::new(),
            listings: BTreeMap::new(),
            fba: BTreeMap::new(),
            landings: BTreeMap::new(),
            queued: HashMap::new(),
            submitted: 0,
            within: WITHIN,
            locked_images: BTreeSet::new(),
            shared: BTreeSet::from([Region::Eu]),
        };
        for known in product::all().filter(|known| !known.asin.is_empty()) {
            shop.pages
                .entry(known.asin.to_owned())
                .or_insert_with(|| Page::of(known));
            for market in markets.iter().filter(|market| known.is_listed(market)) {
                let channel = if known.is_fba() {
                    Channel::Amazon
                } else {
                    Channel::Merchant
                };
                let seeded = Seeded {
                    price: known.price(market),
                    channel,
                    quantity: UNITS,
                };
                shop.seed(market, known.sku, known.asin, known.kind(), seeded, epoch);
            }
        }
        for number in 0..plain {
            shop.plain(number, epoch);
        }
        shop
    }

    fn seed(
        &mut self,
        market: &'static Market,
        sku: &str,
        asin: &str,
        kind: &str,
        seeded: Seeded,
        epoch: DateTime<Utc>,
    ) {
        let created = epoch - TimeDelta::days(400);
        let listing = Listing {
            market,
            sku: sku.to_owned(),
            asin: Some(asin.to_owned()),
            kind: kind.to_owned(),
            created,
            updated: epoch - TimeDelta::days(40),
            seeded: Some(seeded),
            given: BTreeMap::new(),
            live: Live {
                offers: vec![Offer {
                    audience: "ALL".to_owned(),
                    currency: market.currency.to_owned(),
                    price: Some(seeded.price),
                    sales: Vec::new(),
                    lowest: None,
                    highest: None,
                }],
                channel: Some(seeded.channel),
                quantity: (seeded.channel == Channel::Merchant).then_some(seeded.quantity),
                condition: Some("new_new".to_owned()),
            },
            issues: Vec::new(),
            imposed: Vec::new(),
        };
        if seeded.channel == Channel::Amazon {
            let stock = Fba {
                fulfillable: 120,
                inbound: 48,
                reserved: 7,
                unfulfillable: 3,
                updated: Some(epoch - TimeDelta::days(1)),
            };
            self.fba.insert((market.region, sku.to_owned()), stock);
        }
        self.listings
            .entry((market.region, sku.to_owned()))
            .or_default()
            .push(listing);
    }

    fn plain(&mut self, number: u32, epoch: DateTime<Utc>) {
        let (sku, asin) = (product::plain_sku(number), format!("B1{number:08}"));
        let title = format!("Glass Bead No. {number}");
        self.pages
            .insert(asin.clone(), Page::made(asin.clone(), "LAMP", "Atelier Lumen", &title));
        let seeded = Seeded {
            price: product::plain_price(number),
            channel: Channel::Merchant,
            quantity: i64::from(number % 40),
        };
        self.seed(&crate::market::US, &sku, &asin, "LAMP", seeded, epoch);
    }

    /// The price that a new offer of that SKU would have.
    pub(super) fn usual_price(sku: &str, market: &Market) -> Decimal {
        product::by_sku(sku).map_or(Decimal::TEN, |known| known.price(market))
    }
}
