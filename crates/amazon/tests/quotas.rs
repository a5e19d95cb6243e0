//! The buckets hold what Amazon publishes (amazon-sp-api.md §4).
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use amazon::{catalog, fba_inventory, feeds, finances, listings, orders, product_types, reports, sellers, shipping};
use common::reference;
use rust_decimal::Decimal;
use wire::{Call, Quota};

#[test]
fn p1_every_bucket_refills_no_faster_than_published_and_at_most_a_hundredth_slower() {
    let Some(limits) = reference("sp-api-models/derived/rate-limits.json") else {
        return;
    };
    let published = limits["operations"].as_array().unwrap();
    let ours: [(&str, Quota); 23] = [
        ("orders_2026-01-01.json", orders::Search::QUOTA),
        ("orders_2026-01-01.json", orders::Get::QUOTA),
        ("reports_2021-06-30.json", reports::List::QUOTA),
        ("reports_2021-06-30.json", reports::Get::QUOTA),
        ("reports_2021-06-30.json", reports::Create::QUOTA),
        ("reports_2021-06-30.json", reports::Document::QUOTA),
        ("sellers.json", sellers::Participations::QUOTA),
        ("ordersV0.json", shipping::Confirmation::QUOTA),
        ("feeds_2021-06-30.json", feeds::CreateDocument::QUOTA),
        ("feeds_2021-06-30.json", feeds::Create::QUOTA),
        ("feeds_2021-06-30.json", feeds::Get::QUOTA),
        ("feeds_2021-06-30.json", feeds::Document::QUOTA),
        ("finances_2024-06-19.json", finances::List::QUOTA),
        ("finances_2024-06-19.json", finances::Balances::QUOTA),
        ("listingsItems_2021-08-01.json", listings::Get::QUOTA),
        ("listingsItems_2021-08-01.json", listings::Search::QUOTA),
        ("listingsItems_2021-08-01.json", listings::Put::QUOTA),
        ("listingsItems_2021-08-01.json", listings::Patch::QUOTA),
        (
            "listingsRestrictions_2021-08-01.json",
            listings::restrictions::Ask::QUOTA,
        ),
        ("definitionsProductTypes_2020-09-01.json", product_types::Search::QUOTA),
        ("definitionsProductTypes_2020-09-01.json", product_types::Get::QUOTA),
        ("catalogItems_2022-04-01.json", catalog::Search::QUOTA),
        ("fbaInventory.json", fba_inventory::Summaries::QUOTA),
    ];
    for (model, quota) in ours {
        let named = |one: &&serde_json::Value| {
            one["operationId"] == quota.bucket && one["file"].as_str().unwrap().ends_with(model)
        };
        let limit = published
            .iter()
            .find(named)
            .unwrap_or_else(|| panic!("{} is not published", quota.bucket));
        let rate: Decimal = limit["rate"].as_str().unwrap().parse().unwrap();
        let refill = Decimal::from(u64::try_from(quota.refill.as_nanos()).unwrap()) / Decimal::from(1_000_000_000);
        let product = (refill * rate).round_dp(6);
        assert!(
            product >= Decimal::ONE && product <= Decimal::new(101, 2),
            "{}: {product}",
            quota.bucket
        );
        let burst = smaller_burst(limit).unwrap_or_else(|| limit["burst"].as_u64().unwrap());
        assert_eq!(u64::from(quota.burst), burst, "{}", quota.bucket);
    }
}

/// The burst of the page on limits, where it is smaller than the model's.
fn smaller_burst(limit: &serde_json::Value) -> Option<u64> {
    let rest = limit["notes"].as_str()?.strip_prefix("burst ")?;
    rest.split(' ').next()?.parse().ok()
}
