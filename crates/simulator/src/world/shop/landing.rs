//! What a submission does: to the contributions at once, to the buyers' pages later.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::attributes::{Op, is_here, patched, said};
use super::listing::{Channel, Listing, Live, Offer};
use super::page::Page;
use super::{Shop, Submission, Work};
use crate::chance::name_of;
use crate::market::Market;

/// Changes that are on their way to the buyers' pages.
#[derive(Debug)]
pub struct Landing {
    /// Where.
    pub market: &'static Market,
    /// SKU.
    pub sku: String,
    /// Attributes as they stood when the submission was accepted.
    changes: Vec<(String, Vec<Value>)>,
    /// The channel that the submission named last.
    channel: Option<Channel>,
    deletes: bool,
}

/// Attributes of the sales terms, as the requirements `LISTING_OFFER_ONLY` have them.
pub const OFFER: [&str; 8] = [
    "condition_type",
    "externally_assigned_product_identifier",
    "fulfillment_availability",
    "list_price",
    "max_order_quantity",
    "merchant_shipping_group",
    "merchant_suggested_asin",
    "purchasable_offer",
];

impl Shop {
    /// Enters what a submission contributes in one marketplace.
    pub(super) fn contribute(
        &mut self,
        submission: &Submission,
        market: &'static Market,
        now: DateTime<Utc>,
    ) -> Landing {
        let mut landing = Landing {
            market,
            sku: submission.sku.clone(),
            changes: Vec::new(),
            channel: None,
            deletes: matches!(submission.work, Work::Delete),
        };
        if landing.deletes {
            return landing;
        }
        let page = self
            .listing(market, &submission.sku)
            .and_then(|one| self.page_of(one))
            .cloned();
        let listing = self.listed(market, &submission.sku, &submission.kind, now);
        listing.updated = now;
        if submission.kind != "PRODUCT" {
            listing.kind.clone_from(&submission.kind);
        }
        match &submission.work {
            Work::Put {
                requirements,
                attributes,
            } => {
                let whole = requirements == "LISTING";
                let terms = requirements == "LISTING_OFFER_ONLY";
                for (name, values) in &mut listing.given {
                    if whole || OFFER.contains(&name.as_str()) == terms {
                        values.clear();
                    }
                }
                if whole {
                    listing.seeded = None;
                }
                for (name, values) in attributes {
                    let here = values
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter(|value| is_here(value, market));
                    landing.note(name, here.cloned().collect());
                }
            }
            Work::Patch(patches) => {
                for patch in patches {
                    let standing = landing.latest(&patch.attribute);
                    let standing = standing.unwrap_or_else(|| listing.attribute(&patch.attribute, page.as_ref()));
                    landing.note(&patch.attribute, patched(standing, patch, market));
                    if patch.attribute == "fulfillment_availability" && patch.op != Op::Delete {
                        landing.channel = channel_of(&patch.value);
                    }
                }
            }
            Work::Delete => {}
        }
        for (name, values) in &landing.changes {
            listing.given.insert(name.clone(), values.clone());
        }
        self.share(&landing);
        landing
    }

    /// Where one quantity serves all marketplaces, its contribution does too.
    fn share(&mut self, landing: &Landing) {
        let Some(values) = landing.latest("fulfillment_availability") else {
            return;
        };
        if self.shared.contains(&landing.market.region) {
            for other in self.under_mut(landing.market.region, &landing.sku) {
                other
                    .given
                    .insert("fulfillment_availability".to_owned(), values.clone());
            }
        }
    }

    /// The listing, made if it is not there yet.
    pub(super) fn listed(
        &mut self,
        market: &'static Market,
        sku: &str,
        kind: &str,
        now: DateTime<Utc>,
    ) -> &mut Listing {
        let all = self.listings.entry((market.region, sku.to_owned())).or_default();
        let place = all
            .iter()
            .position(|one| one.market.id == market.id)
            .unwrap_or_else(|| {
                all.push(Listing {
                    market,
                    sku: sku.to_owned(),
                    asin: None,
                    kind: kind.to_owned(),
                    created: now,
                    updated: now,
                    seeded: None,
                    given: super::attributes::Attributes::new(),
                    live: Live::default(),
                    issues: Vec::new(),
                    imposed: Vec::new(),
                });
                all.len() - 1
            });
        &mut all[place]
    }

    /// A change comes into effect.
    pub(super) fn land(&mut self, landing: Landing, at: DateTime<Utc>) {
        let Landing { market, sku, .. } = &landing;
        if landing.deletes {
            self.remove(market, sku);
            return;
        }
        let Some(listing) = self.listing(market, sku) else {
            return;
        };
        let mut listing = listing.clone();
        if listing.asin.is_none() {
            listing.asin = self.identified(&listing);
        }
        for (name, values) in &landing.changes {
            match name.as_str() {
                "purchasable_offer" => {
                    let here = values.iter().filter(|value| is_here(value, market));
                    listing.live.offers = here.map(|value| Offer::read(value, market)).collect();
                }
                "fulfillment_availability" => {
                    self.stock(&mut listing, values, landing.channel);
                }
                "condition_type" => listing.live.condition = said(values, market).map(str::to_owned),
                _ => self.show_fact(&listing, name, values),
            }
        }
        listing.updated = at;
        listing.issues = self.findings(&listing);
        let family = self.family(&listing);
        if let Some(place) = self
            .under_mut(market.region, sku)
            .iter_mut()
            .find(|one| one.market.id == market.id)
        {
            *place = listing;
        }
        for child in family {
            self.look_again(market, &child);
        }
    }

    /// Works out once more what is wrong with a listing.
    pub(super) fn look_again(&mut self, market: &Market, sku: &str) {
        let Some(issues) = self.listing(market, sku).map(|listing| self.findings(listing)) else {
            return;
        };
        for listing in self
            .under_mut(market.region, sku)
            .iter_mut()
            .filter(|one| one.market.id == market.id)
        {
            listing.issues.clone_from(&issues);
        }
    }

    pub(super) fn remove(&mut self, market: &Market, sku: &str) {
        let key = (market.region, sku.to_owned());
        let left = self.listings.get_mut(&key).map(|all| {
            all.retain(|one| one.market.id != market.id);
            all.len()
        });
        if left == Some(0) {
            self.listings.remove(&key);
        }
    }

    /// A quantity under `DEFAULT` makes the offer the seller's to ship, whatever it was before (amazon-sp-api.md §9).
    fn stock(&mut self, listing: &mut Listing, values: &[Value], named: Option<Channel>) {
        let market = listing.market;
        let channel = named.or_else(|| channel_of(values));
        let code = channel.map(|channel| channel.code(market));
        let entry = values
            .iter()
            .find(|value| value["fulfillment_channel_code"].as_str() == code);
        let quantity = entry.and_then(|entry| entry["quantity"].as_i64());
        let (channel, quantity) = match channel {
            Some(Channel::Merchant) => (channel, Some(quantity.unwrap_or(0))),
            other => (other, None),
        };
        let shared = self.shared.contains(&market.region);
        if shared {
            for other in self.under_mut(market.region, &listing.sku) {
                (other.live.channel, other.live.quantity) = (channel, quantity);
            }
        }
        (listing.live.channel, listing.live.quantity) = (channel, quantity);
    }

    /// A fact about the product is shown if the page is ours; otherwise it was accepted and stays unseen (PRD-07).
    fn show_fact(&mut self, listing: &Listing, name: &str, values: &[Value]) {
        let market = listing.market;
        let image = values.first().and_then(|value| value["media_location"].as_str());
        let image = image.filter(|address| self.is_open(address)).map(str::to_owned);
        let Some(page) = listing.asin.as_ref().and_then(|asin| self.pages.get_mut(asin)) else {
            return;
        };
        if !page.ours {
            return;
        }
        match name {
            "item_name" => {
                if let Some(title) = said(values, market) {
                    page.titles.insert(market.id, title.to_owned());
                }
            }
            "main_product_image_locator" => page.image = image.or(page.image.take()),
            _ => {}
        }
    }

    /// The detail page that a listing's contributions name, or a new one for a product that Amazon does not know.
    fn identified(&mut self, listing: &Listing) -> Option<String> {
        let market = listing.market;
        let given = |name: &str| listing.given.get(name).map_or(&[][..], Vec::as_slice);
        if let Some(asin) = said(given("merchant_suggested_asin"), market) {
            return self.pages.contains_key(asin).then(|| asin.to_owned());
        }
        let codes = given("externally_assigned_product_identifier").iter();
        let codes: Vec<String> = codes
            .filter_map(|value| value["value"].as_str().map(str::to_owned))
            .collect();
        let brand = said(given("brand"), market);
        if let Some(page) = codes.iter().find_map(|code| self.page_with(code)) {
            let same = brand.is_none_or(|brand| brand.eq_ignore_ascii_case(&page.brand));
            return same.then(|| page.asin.clone());
        }
        let title = said(given("item_name"), market)?;
        // The same SKU in another marketplace of the account is the same product.
        let elsewhere = self
            .under(market.region, &listing.sku)
            .iter()
            .find_map(|one| one.asin.clone());
        if elsewhere.is_some() {
            return elsewhere;
        }
        let name = name_of(&["asin", &self.seed.to_string(), &listing.sku, market.region.code()]);
        let asin = format!("B0{}", &name[..8].to_uppercase());
        let mut page = Page::made(asin.clone(), &listing.kind, brand?, title);
        page.codes = codes;
        self.pages.insert(asin.clone(), page);
        Some(asin)
    }
}

fn channel_of(values: &[Value]) -> Option<Channel> {
    let codes = values
        .iter()
        .filter_map(|value| value["fulfillment_channel_code"].as_str());
    codes.into_iter().find_map(Channel::named)
}

impl Landing {
    fn note(&mut self, name: &str, values: Vec<Value>) {
        self.changes.retain(|(known, _)| known != name);
        self.changes.push((name.to_owned(), values));
    }

    /// What a patch before it in the same submission left.
    fn latest(&self, name: &str) -> Option<Vec<Value>> {
        let found = self.changes.iter().find(|(known, _)| known == name);
        found.map(|(_, values)| values.clone())
    }
}
