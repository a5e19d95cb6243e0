//! What the seller sells on Amazon: detail pages, listings, what is on its way to the buyers' pages, and Amazon's own
//! stock.
//!
//! An accepted submission is not live: it comes into effect after a while ([`Shop::settle`]). Buyers take units off the
//! quantity of an offer when they order ([`Shop::sell`]).
//!
//! **Open first:** [`Shop`]; then [`listing`] (what a listing is), [`landing`] (what a submission does), `findings` (what
//! Amazon finds wrong), [`edits`]
//! (people's doing).

pub mod attributes;
pub mod edits;
mod findings;
pub mod landing;
pub mod listing;
mod opening;
pub mod page;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::chance::{Chance, name_of};
use crate::market::{self, Market, Region};

use attributes::Patch;
use landing::Landing;
use listing::{Channel, Listing};
use page::Page;

/// What was submitted for one SKU and accepted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Submission {
    /// Its number.
    pub id: String,
    /// The seller's account.
    pub region: Region,
    /// SKU.
    pub sku: String,
    /// Marketplace ids.
    pub markets: Vec<String>,
    /// Product type that was named.
    pub kind: String,
    /// What it wants.
    pub work: Work,
}

/// What a submission wants.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Makes the listing, or puts these attributes in the place of all others.
    Put {
        /// `LISTING`, `LISTING_PRODUCT_ONLY` or `LISTING_OFFER_ONLY`.
        requirements: String,
        /// All of them.
        attributes: Map<String, Value>,
    },
    /// Changes attributes one by one.
    Patch(Vec<Patch>),
    /// Takes the listing away.
    Delete,
}

/// Amazon's own stock of a SKU.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fba {
    /// Can be picked, packed and shipped.
    pub fulfillable: i64,
    /// On the way to Amazon.
    pub inbound: i64,
    /// Held for orders, transfers and the like.
    pub reserved: i64,
    /// Cannot be sold.
    pub unfulfillable: i64,
    /// When any of it changed last.
    pub updated: Option<DateTime<Utc>>,
}

/// The shop.
pub struct Shop {
    seed: u64,
    pages: BTreeMap<String, Page>,
    listings: BTreeMap<(Region, String), Vec<Listing>>,
    /// Amazon's own stock.
    pub fba: BTreeMap<(Region, String), Fba>,
    landings: BTreeMap<(DateTime<Utc>, u64), Landing>,
    /// When the last change of a SKU in a marketplace comes into effect.
    queued: HashMap<(&'static str, String), DateTime<Utc>>,
    submitted: u64,
    within: TimeDelta,
    /// Picture addresses that ask for a login.
    locked_images: BTreeSet<String>,
    /// Regions in which one quantity of a SKU serves all marketplaces.
    shared: BTreeSet<Region>,
}

impl Shop {
    /// The account in that region holds one quantity for all its marketplaces (flows.md INV-10), or one for each.
    pub fn share_stock(&mut self, region: Region, shared: bool) {
        if shared {
            self.shared.insert(region);
        } else {
            self.shared.remove(&region);
        }
    }

    /// How long it takes at most until an accepted change is live.
    pub fn show_within(&mut self, within: TimeDelta) {
        self.within = within;
    }

    /// Every listing of the account in that region.
    pub fn listings(&self, region: Region) -> impl Iterator<Item = &Listing> {
        let here = (region, String::new())..;
        let all = self.listings.range(here).take_while(move |((of, _), _)| *of == region);
        all.flat_map(|(_, listings)| listings)
    }

    /// Every listing of the account under that SKU.
    pub fn under(&self, region: Region, sku: &str) -> &[Listing] {
        let found = self.listings.get(&(region, sku.to_owned()));
        found.map_or(&[], Vec::as_slice)
    }

    /// The listing of that SKU in that marketplace.
    pub fn listing(&self, market: &Market, sku: &str) -> Option<&Listing> {
        self.under(market.region, sku)
            .iter()
            .find(|one| one.market.id == market.id)
    }

    fn under_mut(&mut self, region: Region, sku: &str) -> &mut [Listing] {
        let found = self.listings.get_mut(&(region, sku.to_owned()));
        found.map_or(&mut [], Vec::as_mut_slice)
    }

    /// The detail page.
    pub fn page(&self, asin: &str) -> Option<&Page> {
        self.pages.get(asin)
    }

    /// The detail page of a listing.
    pub fn page_of(&self, listing: &Listing) -> Option<&Page> {
        self.page(listing.asin.as_deref()?)
    }

    /// All detail pages.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values()
    }

    /// The detail page with that number on the box.
    pub fn page_with(&self, code: &str) -> Option<&Page> {
        self.pages.values().find(|page| page.has(code))
    }

    /// Amazon's label of a product that it keeps for the seller.
    pub fn fn_sku(listing: &Listing) -> Option<String> {
        let asin = listing.asin.as_deref()?;
        let amazons = listing.live.channel == Some(Channel::Amazon);
        amazons.then(|| Self::label(asin, &listing.sku))
    }

    /// The label itself.
    pub fn label(asin: &str, sku: &str) -> String {
        format!("X0{}", &name_of(&[asin, sku])[..8].to_uppercase())
    }

    /// Whether buyers can buy it, and whether they can find it.
    pub fn standing(&self, listing: &Listing, now: DateTime<Utc>) -> (bool, bool) {
        if listing.asin.is_none() || listing.is_enforced("CATALOG_ITEM_REMOVED") {
            return (false, false);
        }
        let found = !listing.is_enforced("SEARCH_SUPPRESSED");
        let live = &listing.live;
        let priced = live.offers.iter().any(|offer| offer.price_at(now).is_some());
        let there = match live.channel {
            Some(Channel::Merchant) => live.quantity.is_some_and(|units| units > 0),
            Some(Channel::Amazon) => {
                let stock = self.fba.get(&(listing.market.region, listing.sku.clone()));
                stock.is_some_and(|stock| stock.fulfillable > 0)
            }
            None => false,
        };
        let sold = priced && there && live.condition.is_some() && !listing.is_parent();
        (sold && !listing.is_enforced("LISTING_SUPPRESSED"), found)
    }

    /// Buyers took units of a SKU.
    pub fn sell(&mut self, market: &Market, sku: &str, amazon_ships: bool, units: i64, at: DateTime<Utc>) {
        if amazon_ships {
            if let Some(stock) = self.fba.get_mut(&(market.region, sku.to_owned())) {
                stock.fulfillable = (stock.fulfillable - units).max(0);
                stock.updated = Some(at);
            }
            return;
        }
        let shared = self.shared.contains(&market.region);
        let theirs = self.under_mut(market.region, sku).iter_mut();
        for listing in theirs.filter(|one| shared || one.market.id == market.id) {
            if let (Some(Channel::Merchant), Some(quantity)) = (listing.live.channel, &mut listing.live.quantity) {
                *quantity = (*quantity - units).max(0);
            }
        }
    }

    /// Whether anybody can fetch a picture from there: an address of the open web that asks for no login. A file of
    /// NetSuite's cabinet without the key of its public address asks for one.
    pub fn is_open(&self, address: &str) -> bool {
        let Ok(parsed) = url::Url::parse(address) else {
            return false;
        };
        let host = parsed.host_str().unwrap_or_default();
        let inside =
            host.is_empty() || host == "localhost" || host.rsplit('.').next() == Some("local") || !host.contains('.');
        let cabinet = parsed.path().ends_with("/media.nl") && !parsed.query_pairs().any(|(name, _)| name == "h");
        matches!(parsed.scheme(), "http" | "https") && !inside && !cabinet && !self.locked_images.contains(address)
    }

    /// Takes a submission up; what it changes in the contributions is there at once, what buyers see follows.
    pub fn submit(&mut self, submission: &Submission, now: DateTime<Utc>) {
        let markets = submission.markets.iter().filter_map(|id| market::by_id(id));
        let markets: Vec<&'static Market> = markets.filter(|one| one.region == submission.region).collect();
        for market in markets {
            let due = now + self.delay(&submission.id, market);
            let landing = self.contribute(submission, market, now);
            self.queue(landing, due);
        }
    }

    /// One SKU's changes come into effect in the order in which they were accepted.
    fn queue(&mut self, landing: Landing, due: DateTime<Utc>) {
        let last = self
            .queued
            .entry((landing.market.id, landing.sku.clone()))
            .or_insert(due);
        *last = due.max(*last);
        self.submitted += 1;
        self.landings.insert((*last, self.submitted), landing);
    }

    /// A delay that follows from the seed and the submission.
    fn delay(&self, submission: &str, market: &Market) -> TimeDelta {
        let most = self.within.num_seconds();
        let mut chance = Chance::new(self.seed, &format!("live {submission} {}", market.id));
        TimeDelta::seconds(chance.between(most / 4, most))
    }

    /// When the next change comes into effect.
    pub fn next(&self) -> Option<DateTime<Utc>> {
        self.landings.keys().next().map(|(due, _)| *due)
    }

    /// Lets everything come into effect that is due by then.
    pub fn settle(&mut self, now: DateTime<Utc>) {
        while let Some(first) = self.landings.first_entry().filter(|first| first.key().0 <= now) {
            let due = first.key().0;
            let landing = first.remove();
            let key = (landing.market.id, landing.sku.clone());
            if self.queued.get(&key) == Some(&due) {
                self.queued.remove(&key);
            }
            self.land(landing, due);
        }
    }
}
