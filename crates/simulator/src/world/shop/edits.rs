//! What people do to listings without the API: in Seller Central, at Amazon, or by a repricing program.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attributes::{Attributes, Op, Patch, patched};
use super::listing::{Channel, Issue, Listing, Offer, number};
use super::{Fba, Shop};
use crate::market::{self, Market, Region};

/// Something that somebody does to a SKU.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The SKU.
    pub sku: String,
    /// Two letters or the id of a marketplace; `all`: wherever the SKU is listed.
    pub marketplace: String,
    /// What is done.
    pub change: ListingChange,
}

/// What can be done to it. All of it is live at once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListingChange {
    /// A person changes the price in Seller Central.
    Price(Decimal),
    /// A pricing rule or repricer moves the buyers' price; the contributed one stays as it is.
    Reprice(Decimal),
    /// A person changes the quantity of an offer that the seller ships.
    Quantity(i64),
    /// A person switches who ships.
    Channel(Channel),
    /// The listing is deleted.
    Delete,
    /// Amazon merges the product into another ASIN.
    Merge(String),
    /// Amazon finds something wrong, by itself or with a suppression.
    Suppress(Issue),
    /// Amazon takes back all that it found so.
    Lift,
    /// The detail page becomes ours (`true`) or another contributor's (`false`).
    OwnPage(bool),
    /// Only those may sell the product whom Amazon has approved, or everybody.
    Gate(bool),
    /// Units in Amazon's warehouses.
    Fba(FbaCount),
    /// A person offers the product under a new SKU.
    List(NewOffer),
}

/// A count of Amazon's own stock; what is not named stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs, reason = "the names are those of the FBA Inventory API")]
pub struct FbaCount {
    pub fulfillable: Option<i64>,
    pub inbound: Option<i64>,
    pub reserved: Option<i64>,
    pub unfulfillable: Option<i64>,
}

/// An offer that somebody makes by hand.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewOffer {
    /// The product.
    pub asin: String,
    /// Price. Default: the usual one.
    #[serde(default)]
    pub price: Option<Decimal>,
    /// Units. Default: none.
    #[serde(default)]
    pub quantity: Option<i64>,
}

/// Something about the account or the world around it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// A picture at that address asks for a login, or no longer does.
    PictureNeedsLogin(String, bool),
    /// One quantity of a SKU serves all marketplaces of the region's account, or each has its own.
    SharedStock(Region, bool),
}

impl Shop {
    /// Changes a setting.
    pub fn set(&mut self, setting: &Setting) {
        match setting {
            Setting::PictureNeedsLogin(address, true) => drop(self.locked_images.insert(address.clone())),
            Setting::PictureNeedsLogin(address, false) => drop(self.locked_images.remove(address)),
            Setting::SharedStock(region, shared) => self.share_stock(*region, *shared),
        }
    }

    /// Lets somebody do it; the SKU, or why it cannot be done.
    pub fn edit(&mut self, edit: &Edit, now: DateTime<Utc>) -> Result<String, String> {
        if let ListingChange::List(offer) = &edit.change {
            let market = market::named(&edit.marketplace).ok_or("a new offer needs a marketplace")?;
            self.offer(market, &edit.sku, offer, now)?;
            return Ok(edit.sku.clone());
        }
        let wanted = |market: &Market| {
            edit.marketplace == "all" || market::named(&edit.marketplace).is_some_and(|one| one.id == market.id)
        };
        let mut found: Vec<&'static Market> = Vec::new();
        for region in Region::ALL {
            let theirs = self.under(region, &edit.sku).iter().map(|one| one.market);
            found.extend(theirs.filter(|market| wanted(market)));
        }
        if found.is_empty() {
            return Err(format!("there is no listing of {} in {}", edit.sku, edit.marketplace));
        }
        for market in found {
            self.change(market, &edit.sku, &edit.change, now)?;
            self.look_again(market, &edit.sku);
        }
        Ok(edit.sku.clone())
    }

    fn change(
        &mut self,
        market: &'static Market,
        sku: &str,
        change: &ListingChange,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let page = self.listing(market, sku).and_then(|one| self.page_of(one)).cloned();
        let asin = page.as_ref().map(|page| page.asin.clone());
        match change {
            ListingChange::Delete => self.remove(market, sku),
            ListingChange::OwnPage(ours) => {
                self.pages
                    .entry(asin.ok_or("the listing has no detail page")?)
                    .and_modify(|page| page.ours = *ours);
            }
            ListingChange::Gate(gated) => {
                self.pages
                    .entry(asin.ok_or("the listing has no detail page")?)
                    .and_modify(|page| page.gated = *gated);
            }
            ListingChange::Merge(into) => {
                if let Some(mut page) = page.filter(|_| !self.pages.contains_key(into)) {
                    page.asin.clone_from(into);
                    self.pages.insert(into.clone(), page);
                }
                self.listed(market, sku, "PRODUCT", now).asin = Some(into.clone());
            }
            ListingChange::Fba(count) => self.count(market.region, sku, count, now),
            ListingChange::Quantity(units) => {
                let entry = json!({ "fulfillment_channel_code": "DEFAULT", "quantity": units });
                self.ships(market, sku, Channel::Merchant, &entry);
            }
            ListingChange::Channel(channel) => {
                let mut entry = json!({ "fulfillment_channel_code": channel.code(market) });
                if *channel == Channel::Merchant {
                    entry["quantity"] = json!(0);
                }
                self.ships(market, sku, *channel, &entry);
                if *channel == Channel::Amazon {
                    self.fba.entry((market.region, sku.to_owned())).or_default();
                }
            }
            other => {
                let listing = self.listed(market, sku, "PRODUCT", now);
                match other {
                    ListingChange::Price(price) => {
                        set_price(listing, *price);
                        let given = listing.attribute("purchasable_offer", page.as_ref());
                        let given = patched(given, &price_patch(*price, market), market);
                        listing.given.insert("purchasable_offer".to_owned(), given);
                    }
                    ListingChange::Reprice(price) => set_price(listing, *price),
                    ListingChange::Suppress(issue) => listing.imposed.push(issue.clone()),
                    _ => listing.imposed.clear(),
                }
            }
        }
        for listing in self
            .under_mut(market.region, sku)
            .iter_mut()
            .filter(|one| one.market.id == market.id)
        {
            listing.updated = now;
        }
        Ok(())
    }

    /// Somebody says who ships, and how many there are.
    fn ships(&mut self, market: &'static Market, sku: &str, channel: Channel, entry: &Value) {
        let shared = self.shared.contains(&market.region);
        for listing in self
            .under_mut(market.region, sku)
            .iter_mut()
            .filter(|one| shared || one.market.id == market.id)
        {
            listing.live.channel = Some(channel);
            listing.live.quantity = entry["quantity"].as_i64();
            listing
                .given
                .insert("fulfillment_availability".to_owned(), vec![entry.clone()]);
        }
    }

    fn count(&mut self, region: Region, sku: &str, count: &FbaCount, now: DateTime<Utc>) {
        let stock: &mut Fba = self.fba.entry((region, sku.to_owned())).or_default();
        stock.fulfillable = count.fulfillable.unwrap_or(stock.fulfillable);
        stock.inbound = count.inbound.unwrap_or(stock.inbound);
        stock.reserved = count.reserved.unwrap_or(stock.reserved);
        stock.unfulfillable = count.unfulfillable.unwrap_or(stock.unfulfillable);
        stock.updated = Some(now);
    }

    fn offer(
        &mut self,
        market: &'static Market,
        sku: &str,
        offer: &NewOffer,
        now: DateTime<Utc>,
    ) -> Result<(), String> {
        let page = self
            .page(&offer.asin)
            .ok_or_else(|| format!("there is no product {}", offer.asin))?;
        let kind = page.kind.clone();
        let price = offer.price.unwrap_or_else(|| Self::usual_price(sku, market));
        let listing = self.listed(market, sku, &kind, now);
        listing.asin = Some(offer.asin.clone());
        listing.live.condition = Some("new_new".to_owned());
        let here = |value: &str| vec![json!({ "value": value, "marketplace_id": market.id })];
        let given: Attributes = [
            ("condition_type".to_owned(), here("new_new")),
            ("merchant_suggested_asin".to_owned(), here(&offer.asin)),
            ("purchasable_offer".to_owned(), price_patch(price, market).value),
        ]
        .into();
        listing.given.extend(given);
        set_price(listing, price);
        let entry = json!({ "fulfillment_channel_code": "DEFAULT", "quantity": offer.quantity.unwrap_or(0) });
        self.ships(market, sku, Channel::Merchant, &entry);
        self.look_again(market, sku);
        Ok(())
    }
}

fn price_patch(price: Decimal, market: &Market) -> Patch {
    let value = json!({
        "marketplace_id": market.id, "currency": market.currency, "audience": "ALL",
        "our_price": [{ "schedule": [{ "value_with_tax": number(price) }] }],
    });
    Patch {
        op: Op::Merge,
        attribute: "purchasable_offer".to_owned(),
        value: vec![value],
    }
}

fn set_price(listing: &mut Listing, price: Decimal) {
    let offers = &mut listing.live.offers;
    match offers.iter_mut().find(|offer| offer.audience == "ALL") {
        Some(offer) => offer.price = Some(price),
        None => offers.push(Offer {
            audience: "ALL".to_owned(),
            currency: listing.market.currency.to_owned(),
            price: Some(price),
            sales: Vec::new(),
            lowest: None,
            highest: None,
        }),
    }
}
