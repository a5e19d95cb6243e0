//! What Amazon finds wrong with a submission before it accepts it, by the product type's schema and beyond.

use serde_json::{Map, Value, json};

use crate::market::Market;
use crate::world::shop::Shop;
use crate::world::shop::attributes::{Op, Patch, is_here, patched};
use crate::world::shop::listing::{Issue, Offer, amount};

use super::product_types::{self, Kind};
use super::schema_check::{Misfit, What, misfits};

/// What is wrong with a whole listing.
pub fn put(
    shop: &Shop,
    market: &Market,
    kind: &str,
    requirements: &str,
    attributes: &Map<String, Value>,
) -> Vec<Issue> {
    let Some(kind) = product_types::named(kind) else {
        return vec![no_such_kind(kind)];
    };
    let schema = kind.schema(market, requirements, true);
    let mut issues: Vec<Issue> = misfits(&schema, attributes)
        .iter()
        .map(|misfit| told(misfit, kind))
        .collect();
    for (name, values) in attributes {
        issues.extend(beyond(name, values, market));
    }
    if issues.is_empty() && requirements == "LISTING_OFFER_ONLY" {
        issues.extend(unknown_product(shop, attributes));
    }
    issues
}

/// What is wrong with changes of a listing in one marketplace.
pub fn patch(shop: &Shop, market: &Market, sku: &str, kind: &str, patches: &[Patch]) -> Vec<Issue> {
    let Some(kind) = product_types::named(kind) else {
        return vec![no_such_kind(kind)];
    };
    let listing = shop.listing(market, sku);
    let page = listing.and_then(|listing| shop.page_of(listing));
    let mut issues = Vec::new();
    for patch in patches {
        let Some(schema) = single(kind, market, &patch.attribute) else {
            issues.push(Issue::error(
                "90000900",
                &patch.attribute,
                "INVALID_ATTRIBUTE",
                format!(
                    "The attribute '{}' is not known for the product type {}.",
                    patch.attribute, kind.name
                ),
            ));
            continue;
        };
        if patch.op == Op::Delete {
            continue;
        }
        // A merge is looked at as what it leads to, everything else as it was given.
        let values = if patch.op == Op::Merge {
            let standing = listing
                .map(|listing| listing.attribute(&patch.attribute, page))
                .unwrap_or_default();
            patched(standing, patch, market)
        } else {
            patch
                .value
                .iter()
                .filter(|value| is_here(value, market))
                .cloned()
                .collect()
        };
        if values.is_empty() {
            continue;
        }
        let values = Value::Array(values);
        let mut one = Map::new();
        one.insert(patch.attribute.clone(), values.clone());
        issues.extend(misfits(&schema, &one).iter().map(|misfit| told(misfit, kind)));
        issues.extend(beyond(&patch.attribute, &values, market));
    }
    issues
}

/// The schema of one attribute alone.
fn single(kind: &Kind, market: &Market, name: &str) -> Option<Value> {
    let specs = kind.specs("LISTING");
    let spec = specs.iter().find(|spec| spec.name == name)?;
    let mut properties = Map::new();
    properties.insert(name.to_owned(), spec.schema(market));
    Some(json!({
        "$defs": {
            "marketplace_id": { "type": "string", "enum": [market.id] },
            "language_tag": { "type": "string", "enum": [market.language] },
        },
        "properties": properties,
    }))
}

fn no_such_kind(kind: &str) -> Issue {
    let words = format!("The product type '{kind}' is not known.");
    Issue::error("90000900", "product_type", "INVALID_ATTRIBUTE", words)
}

/// A misfit in Amazon's words: the codes are those of the published examples.
fn told(misfit: &Misfit, kind: &Kind) -> Issue {
    let name = misfit.at.split('.').next().unwrap_or_default();
    let price = matches!(name, "purchasable_offer" | "list_price");
    let picture = name.ends_with("_image_locator");
    let category = match (&misfit.what, price, picture) {
        (What::Missing, true, _) => "MISSING_PRICE",
        (What::Missing, _, true) => "MISSING_IMAGE",
        (What::Missing, ..) => "MISSING_ATTRIBUTE",
        (What::OutOfBounds(_) | What::WrongType(_), true, _) => "INVALID_PRICE",
        (_, _, true) => "INVALID_IMAGE",
        _ => "INVALID_ATTRIBUTE",
    };
    let at = &misfit.at;
    let (code, words) = match &misfit.what {
        What::Missing => ("90220", format!("'{at}' is required but not supplied.")),
        What::Unknown => (
            "90000900",
            format!("The attribute '{at}' is not known for the product type {}.", kind.name),
        ),
        What::TooFew(least) => (
            "99022",
            format!("'{at}' does not have enough values: {least} are needed."),
        ),
        What::TooMany(most) => ("99016", format!("'{at}' has too many values: {most} are the most.")),
        What::NotAllowed(why) => ("90244", format!("A value of '{at}' is not allowed: {why}.")),
        What::WrongType(wanted) => ("99010", format!("A value of '{at}' must be of the type {wanted}.")),
        What::OutOfBounds(said) => ("99001", format!("A value of '{at}' is out of bounds: {said}.")),
    };
    let issue = Issue::error(code, name, category, words);
    if misfit.what == What::Missing && name == at {
        issue.enforced("LISTING_SUPPRESSED")
    } else {
        issue
    }
}

/// Rules that no schema tells.
fn beyond(name: &str, values: &Value, market: &Market) -> Vec<Issue> {
    let here = values
        .as_array()
        .into_iter()
        .flatten()
        .filter(|value| is_here(value, market));
    match name {
        "purchasable_offer" => here.flat_map(|value| priced(value, market)).collect(),
        "externally_assigned_product_identifier" => here.filter_map(numbered).collect(),
        _ => Vec::new(),
    }
}

/// Prices have the currency's decimals, and a sale ends after it began.
fn priced(value: &Value, market: &Market) -> Vec<Issue> {
    let invalid = |words: String| Issue::error("90244", "purchasable_offer", "INVALID_PRICE", words);
    let mut issues = Vec::new();
    for prices in [
        "our_price",
        "discounted_price",
        "minimum_seller_allowed_price",
        "maximum_seller_allowed_price",
    ] {
        let schedule = value[prices][0]["schedule"].as_array().into_iter().flatten();
        for price in schedule.filter_map(|entry| amount(&entry["value_with_tax"])) {
            if price.normalize().scale() > market.decimals {
                issues.push(invalid(format!(
                    "The price {price} has more than {} decimals, which {} does not have.",
                    market.decimals, market.currency
                )));
            }
        }
    }
    let offer = Offer::read(value, market);
    for sale in &offer.sales {
        if sale.from.zip(sale.until).is_some_and(|(from, until)| from > until) {
            issues.push(invalid("A sale ends before it begins.".to_owned()));
        }
        if offer.price.is_some_and(|price| sale.price > price) {
            issues.push(invalid(format!(
                "The sale price {} is higher than the price.",
                sale.price
            )));
        }
    }
    issues
}

/// The last digit of the number on a box follows from the others.
fn numbered(value: &Value) -> Option<Issue> {
    let code = value["value"].as_str()?;
    let digits: Option<Vec<u32>> = code.chars().map(|digit| digit.to_digit(10)).collect();
    let right = digits
        .filter(|digits| matches!(digits.len(), 8 | 12 | 13 | 14))
        .is_some_and(|digits| {
            let weighted = digits.iter().rev().enumerate();
            let sum: u32 = weighted
                .map(|(place, digit)| if place % 2 == 1 { 3 * digit } else { *digit })
                .sum();
            sum.is_multiple_of(10)
        });
    if right {
        return None;
    }
    let words = format!("The product number '{code}' is not valid.");
    Some(Issue::error(
        "8572",
        "externally_assigned_product_identifier",
        "INVALID_ATTRIBUTE",
        words,
    ))
}

/// An offer needs a product that is there.
fn unknown_product(shop: &Shop, attributes: &Map<String, Value>) -> Option<Issue> {
    if asin_of(shop, attributes).is_some() {
        return None;
    }
    Some(Issue::error(
        "8560",
        "externally_assigned_product_identifier",
        "INVALID_ATTRIBUTE",
        "The product identifiers match no product of the catalogue.",
    ))
}

/// The product that attributes name.
pub fn asin_of(shop: &Shop, attributes: &Map<String, Value>) -> Option<String> {
    let values = |name: &str| attributes.get(name).and_then(Value::as_array).into_iter().flatten();
    let suggested = values("merchant_suggested_asin").filter_map(|value| value["value"].as_str());
    let codes = values("externally_assigned_product_identifier").filter_map(|value| value["value"].as_str());
    let page = suggested
        .filter_map(|asin| shop.page(asin))
        .chain(codes.filter_map(|code| shop.page_with(code)))
        .next();
    page.map(|page| page.asin.clone())
}
