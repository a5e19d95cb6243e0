//! What Amazon finds wrong with a listing once it is live, and the families that listings belong to.

use rust_decimal::Decimal;

use super::Shop;
use super::listing::{Issue, Listing, Offer};
use super::page::Page;
use crate::market::Market;

impl Shop {
    fn children(&self, market: &Market, parent: &str) -> Vec<String> {
        let here = self.listings(market.region).filter(|one| one.market.id == market.id);
        let with_parent = here.filter(|one| !one.given.is_empty() && one.parent().as_deref() == Some(parent));
        with_parent.map(|one| one.sku.clone()).collect()
    }

    /// The variations of a family.
    pub fn family(&self, listing: &Listing) -> Vec<String> {
        if listing.is_parent() {
            self.children(listing.market, &listing.sku)
        } else {
            Vec::new()
        }
    }

    /// What is wrong with what is live.
    pub(super) fn findings(&self, listing: &Listing) -> Vec<Issue> {
        let mut issues = Vec::new();
        let page = self.page_of(listing);
        match page {
            None => issues.push(self.unidentified(listing)),
            Some(page) if page.gated => issues.push(
                Issue::error(
                    "18299",
                    "",
                    "QUALIFICATION_REQUIRED",
                    "Selling this product needs Amazon's approval, which this account does not have.",
                )
                .enforced("LISTING_SUPPRESSED"),
            ),
            Some(_) => {}
        }
        if let Some(parent) = listing.parent() {
            let known = self
                .listing(listing.market, &parent)
                .is_some_and(|head| head.asin.is_some());
            if !known {
                let words = format!("The parent SKU '{parent}' is not a listing of this account.");
                issues.push(Issue::error(
                    "8007",
                    "child_parent_sku_relationship",
                    "INVALID_ATTRIBUTE",
                    words,
                ));
            }
        }
        issues.extend(listing.live.offers.iter().filter_map(priced_wrongly));
        issues.extend(self.pictures(listing, page));
        issues
    }

    fn unidentified(&self, listing: &Listing) -> Issue {
        let codes = listing.given.get("externally_assigned_product_identifier");
        let codes = codes.into_iter().flatten().filter_map(|value| value["value"].as_str());
        let others = codes.into_iter().find_map(|code| self.page_with(code));
        match others {
            Some(page) => Issue::error(
                "8541",
                "brand",
                "INVALID_ATTRIBUTE",
                format!(
                    "The product number belongs to {} of the brand '{}'; the submitted facts tell of another product.",
                    page.asin, page.brand
                ),
            ),
            None => Issue::error(
                "8560",
                "externally_assigned_product_identifier",
                "MISSING_ATTRIBUTE",
                format!(
                    "The SKU '{}' matches no product of the catalogue, and too few facts make a new one.",
                    listing.sku
                ),
            ),
        }
    }

    fn pictures(&self, listing: &Listing, page: Option<&Page>) -> Vec<Issue> {
        let mut issues = Vec::new();
        for (name, values) in listing
            .given
            .iter()
            .filter(|(name, _)| name.ends_with("_image_locator"))
        {
            let addresses = values.iter().filter_map(|value| value["media_location"].as_str());
            for address in addresses.filter(|address| !self.is_open(address)) {
                let words = format!(
                    "The picture at {address} could not be fetched: the address needs a login or does not exist."
                );
                let issue = Issue::error("20000", name, "INVALID_IMAGE", words);
                let bare = name == "main_product_image_locator" && page.is_none_or(|page| page.image.is_none());
                issues.push(if bare {
                    issue.enforced("SEARCH_SUPPRESSED")
                } else {
                    issue.warning()
                });
            }
        }
        issues
    }
}

/// A price beyond its own bounds takes the offer down (issue 18155 of the published examples).
fn priced_wrongly(offer: &Offer) -> Option<Issue> {
    let price = offer.price?;
    let (low, high) = (
        offer.lowest.unwrap_or(Decimal::ZERO),
        offer.highest.unwrap_or(Decimal::MAX),
    );
    let words = if low > price {
        format!("The minimum price {low} is higher than the price {price}.")
    } else if price > high {
        format!("The price {price} is higher than the maximum price {high}.")
    } else {
        return None;
    };
    Some(Issue::error("18155", "purchasable_offer", "INVALID_PRICE", words).enforced("LISTING_SUPPRESSED"))
}
