//! Listings Items 2021-08-01, for reading: one SKU, or a search.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use crate::market::{self, Market};
use crate::world::World;
use crate::world::shop::Shop;
use crate::world::shop::listing::Listing;

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::catalogue::{here, included, paged};
use super::listing_body::{self, DATA};

const KINDS: [&str; 9] = ["ASIN", "EAN", "FNSKU", "GTIN", "ISBN", "JAN", "MINSAN", "SKU", "UPC"];

/// The marketplaces that a request names; all must belong to the endpoint.
pub fn markets(asked: &Asked) -> Outcome<Vec<&'static Market>> {
    here(asked)?;
    let mut found: Vec<&'static Market> = Vec::new();
    for id in asked.many("marketplaceIds") {
        match market::by_id(&id).filter(|known| known.region == asked.region) {
            Some(known) if !found.iter().any(|one| one.id == known.id) => found.push(known),
            Some(_) => {}
            None => return refuse(Answer::invalid(&format!("Invalid marketplace {id}."))),
        }
    }
    Ok(found)
}

/// Only the seller's own listings can be asked for.
pub fn own((asked, seller): (&str, &str)) -> Outcome<()> {
    if asked == seller {
        return Ok(());
    }
    refuse(Answer::unauthorized("The sellerId is not that of the token."))
}

/// `GET /listings/2021-08-01/items/{sellerId}/{sku}`.
pub fn get(asked: &Asked, world: &World, seller: (&str, &str), sku: &str) -> Outcome {
    own(seller)?;
    let markets = markets(asked)?;
    let data = included(asked, &DATA)?;
    let shop = &world.shop;
    let found: Vec<&Listing> = markets.iter().filter_map(|market| shop.listing(market, sku)).collect();
    if found.is_empty() {
        return refuse(Answer::not_found(&format!(
            "SKU '{sku}' not found in marketplace {}.",
            markets[0].id
        )));
    }
    Ok(Answer::json(
        200,
        &listing_body::item(shop, sku, &found, &data, asked.now),
    ))
}

/// A SKU with its listings in the marketplaces that were asked for.
type Group<'a> = (&'a str, Vec<&'a Listing>);

/// `GET /listings/2021-08-01/items/{sellerId}`.
pub fn search(asked: &Asked, world: &World, seller: (&str, &str)) -> Outcome {
    own(seller)?;
    let markets = markets(asked)?;
    let data = included(asked, &DATA)?;
    let shop = &world.shop;
    let mut found = candidates(asked, shop, &markets)?;
    let narrowed = Narrowed::read(asked)?;
    found.retain(|(_, listings)| listings.iter().any(|one| narrowed.admits(shop, one, asked.now)));
    sort(asked, &mut found)?;
    paged(asked, "numberOfResults", found.len(), |place| {
        let (sku, listings) = &found[place];
        listing_body::item(shop, sku, listings, &data, asked.now)
    })
}

/// The SKUs that the identifiers name, or all.
fn candidates<'a>(asked: &Asked, shop: &'a Shop, markets: &[&'static Market]) -> Outcome<Vec<Group<'a>>> {
    let identifiers = asked.many("identifiers");
    let kind = asked.known("identifiersType", &KINDS)?.into_iter().next();
    let (parent, package) = (asked.one("variationParentSku"), asked.one("packageHierarchySku"));
    if kind.is_some() == identifiers.is_empty() || identifiers.len() > 20 {
        return refuse(Answer::invalid(
            "identifiers and identifiersType go together, at most 20.",
        ));
    }
    let ways = [kind.is_some(), parent.is_some(), package.is_some()];
    if ways.iter().filter(|way| **way).count() > 1 {
        return refuse(Answer::invalid(
            "identifiers, variationParentSku and packageHierarchySku exclude each other.",
        ));
    }
    let is_wanted = |one: &Listing| markets.iter().any(|market| market.id == one.market.id);
    let mut found: Vec<Group<'a>> = Vec::new();
    let mut add = |listing: &'a Listing| match found.last_mut().filter(|(sku, _)| *sku == listing.sku) {
        Some((_, group)) => group.push(listing),
        None => found.push((&listing.sku, vec![listing])),
    };
    if kind.as_deref() == Some("SKU") {
        let mut skus = identifiers.clone();
        skus.sort();
        skus.dedup();
        for sku in skus {
            shop.under(asked.region, &sku)
                .iter()
                .filter(|one| is_wanted(one))
                .for_each(&mut add);
        }
        return Ok(found);
    }
    for listing in shop.listings(asked.region).filter(|one| is_wanted(one)) {
        let named = match kind.as_deref() {
            Some(kind) => identifiers.iter().any(|wanted| is_named(shop, listing, kind, wanted)),
            None => package.is_none() && parent.is_none_or(|parent| listing.parent().as_deref() == Some(parent)),
        };
        if named {
            add(listing);
        }
    }
    Ok(found)
}

fn is_named(shop: &Shop, listing: &Listing, kind: &str, wanted: &str) -> bool {
    match kind {
        "ASIN" => listing.asin.as_deref() == Some(wanted),
        "FNSKU" => Shop::fn_sku(listing).as_deref() == Some(wanted),
        _ => shop.page_of(listing).is_some_and(|page| page.has(wanted)),
    }
}

/// What a search is narrowed by.
struct Narrowed {
    created: [Option<DateTime<Utc>>; 2],
    updated: [Option<DateTime<Utc>>; 2],
    severities: Vec<String>,
    with: Vec<String>,
    without: Vec<String>,
}

impl Narrowed {
    fn read(asked: &Asked) -> Outcome<Self> {
        const STATUSES: [&str; 2] = ["BUYABLE", "DISCOVERABLE"];
        Ok(Self {
            created: [asked.instant("createdAfter")?, asked.instant("createdBefore")?],
            updated: [asked.instant("lastUpdatedAfter")?, asked.instant("lastUpdatedBefore")?],
            severities: asked.known("withIssueSeverity", &["WARNING", "ERROR"])?,
            with: asked.known("withStatus", &STATUSES)?,
            without: asked.known("withoutStatus", &STATUSES)?,
        })
    }

    fn admits(&self, shop: &Shop, listing: &Listing, now: DateTime<Utc>) -> bool {
        let within = |at: DateTime<Utc>, [from, to]: [Option<DateTime<Utc>>; 2]| {
            from.is_none_or(|from| at >= from) && to.is_none_or(|to| at <= to)
        };
        if !within(listing.created, self.created) || !within(listing.updated, self.updated) {
            return false;
        }
        let severe = self.severities.is_empty()
            || listing
                .all_issues()
                .any(|issue| self.severities.contains(&issue.severity));
        let (buyable, discoverable) = shop.standing(listing, now);
        let has = |status: &String| (status == "BUYABLE" && buyable) || (status == "DISCOVERABLE" && discoverable);
        severe && self.with.iter().all(has) && !self.without.iter().any(has)
    }
}

fn sort(asked: &Asked, found: &mut [Group<'_>]) -> Outcome<()> {
    let by = asked.known("sortBy", &["sku", "createdDate", "lastUpdatedDate"])?;
    let order = asked.known("sortOrder", &["ASC", "DESC"])?;
    let rising = order.first().is_some_and(|order| order == "ASC");
    let by = by.first().map_or("lastUpdatedDate", String::as_str);
    let moment = |group: &Group<'_>| {
        let times = group.1.iter();
        match by {
            "createdDate" => times.map(|one| one.created).min(),
            "lastUpdatedDate" => times.map(|one| one.updated).max(),
            _ => None,
        }
    };
    match (by, rising) {
        ("sku", true) => found.sort_by(|left, right| left.0.cmp(right.0)),
        ("sku", false) => found.sort_by(|left, right| right.0.cmp(left.0)),
        (_, true) => found.sort_by_key(|group| (moment(group), group.0.to_owned())),
        (_, false) => found.sort_by_key(|group| (Reverse(moment(group)), group.0.to_owned())),
    }
    Ok(())
}
