//! Product types, catalogue, restrictions and FBA stock: requests checked against Amazon's models, and what is read.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use amazon::catalog::{self, IdentifierType};
use amazon::fba_inventory::Summaries;
use amazon::listings::Requirements;
use amazon::listings::restrictions::{Ask, ReasonCode};
use amazon::product_types::{self, By};
use common::{answer, fits_model, sandbox, shown};
use serde_json::json;
use wire::Call;

const DE: &str = "A1PA6795UKMFR9";
const US: &str = "ATVPDKIKX0DER";
const TYPES: &str = "product-type-definitions-api-model/definitionsProductTypes_2020-09-01.json";
const CATALOG: &str = "catalog-items-api-model/catalogItems_2022-04-01.json";
const RESTRICTIONS: &str = "listings-restrictions-api-model/listingsRestrictions_2021-08-01.json";
const FBA: &str = "fba-inventory-api-model/fbaInventory.json";

#[test]
fn prd_03_product_types_are_found_by_a_title_or_by_words() {
    let search = |by: By| product_types::Search {
        marketplaces: vec![DE.into()],
        by,
        locale: Some("fr_FR".into()),
    };
    let by_title = search(By::ItemName("Lampe, rouge".into()));
    assert_eq!(
        shown(&by_title.request()),
        "GET /definitions/2020-09-01/productTypes
marketplaceIds=A1PA6795UKMFR9
itemName=Lampe, rouge
locale=fr_FR
searchLocale=fr_FR"
    );
    let path = "/definitions/2020-09-01/productTypes";
    fits_model(TYPES, path, &by_title.request());
    fits_model(TYPES, path, &search(By::Keywords(vec!["lamp".into()])).request());
    let Some(samples) = sandbox(TYPES, path, "get") else {
        return;
    };
    let found = by_title.read(&answer(&samples[0])).unwrap();
    assert_eq!(
        (found[0].name.as_str(), found[0].display_name.as_str()),
        ("LUGGAGE", "Luggage")
    );
}

#[test]
fn prd_03_a_definition_names_its_schema_and_the_checksum_that_it_is_kept_by() {
    let get = product_types::Get {
        product_type: "LUGGAGE".into(),
        seller_id: Some("A1SELLER".into()),
        marketplace_id: DE.into(),
        requirements: Requirements::ListingOfferOnly,
        locale: Some("fr_FR".into()),
    };
    assert_eq!(
        shown(&get.request()),
        "GET /definitions/2020-09-01/productTypes/LUGGAGE
marketplaceIds=A1PA6795UKMFR9
sellerId=A1SELLER
requirements=LISTING_OFFER_ONLY
locale=fr_FR"
    );
    let path = "/definitions/2020-09-01/productTypes/{productType}";
    fits_model(TYPES, path, &get.request());
    let Some(samples) = sandbox(TYPES, path, "get") else {
        return;
    };
    let definition = get.read(&answer(&samples[0])).unwrap();
    assert_eq!(definition.requirements, Requirements::Listing);
    assert_eq!(definition.schema.checksum, "c7af9479ca7261645cea9db56c5f720d");
    assert!(definition.product_type_version.latest);
    assert_eq!(definition.property_groups["product_identity"].property_names.len(), 9);
    assert_eq!(shown(&definition.schema.download().request()), "GET https://schema-url");
}

#[test]
fn prd_02_p1_products_are_found_by_their_barcodes() {
    let search = catalog::Search {
        marketplace_id: US.into(),
        kind: IdentifierType::Upc,
        identifiers: vec!["887276302195".into(); catalog::Search::MANY],
        page: Some("t".into()),
    };
    fits_model(CATALOG, "/catalog/2022-04-01/items", &search.request());
    let one = catalog::Search {
        identifiers: vec!["887276302195".into()],
        page: None,
        ..search
    };
    assert_eq!(
        shown(&one.request()),
        "GET /catalog/2022-04-01/items
marketplaceIds=ATVPDKIKX0DER
identifiersType=UPC
identifiers=887276302195
includedData=identifiers,images,productTypes,summaries
pageSize=20"
    );
    let Some(samples) = sandbox(CATALOG, "/catalog/2022-04-01/items", "get") else {
        return;
    };
    let found = one.read(&answer(&samples[0])).unwrap();
    let product = &found.products[0];
    assert_eq!(product.asin, "B07N4M94X4");
    assert!(product.identifiers.contains(&("UPC".into(), "887276302195".into())));
    assert_eq!(product.brand.as_deref(), Some("SAMSUNG"));
    assert!(product.image.as_ref().unwrap().contains("91uohwV"), "the main picture");
    assert_eq!((product.is_variation_parent, found.next.is_some()), (false, true));
}

#[test]
fn prd_02_a_barcodes_length_says_what_it_is() {
    let kind = |code: &str| IdentifierType::of_barcode(code).map(IdentifierType::as_str);
    assert_eq!(kind("887276302195"), Some("UPC"));
    assert_eq!(kind("4006381333931"), Some("EAN"));
    assert_eq!(kind("00887276302195"), Some("GTIN"));
    assert_eq!(kind("080442957X"), Some("ISBN"));
    for wrong in ["", "12345", "88727630219X", "éééééé", "X804429570", "B07N4M94X4"] {
        assert_eq!(kind(wrong), None, "{wrong}");
    }
}

#[test]
fn prd_02_what_keeps_the_seller_from_offering_a_product_is_asked() {
    let ask = Ask {
        asin: "B0000ASIN1".into(),
        seller_id: "A1SELLER".into(),
        marketplaces: vec![US.into()],
        condition: Some("used_acceptable".into()),
        reason_locale: Some("en_US".into()),
    };
    assert_eq!(
        shown(&ask.request()),
        "GET /listings/2021-08-01/restrictions
asin=B0000ASIN1
sellerId=A1SELLER
marketplaceIds=ATVPDKIKX0DER
conditionType=used_acceptable
reasonLocale=en_US"
    );
    let path = "/listings/2021-08-01/restrictions";
    fits_model(RESTRICTIONS, path, &ask.request());
    let other =
        json!({ "restrictions": [{ "marketplaceId": US, "reasons": [{ "message": "m", "reasonCode": "MOON" }] }] });
    let read = ask.read(&answer(&other)).unwrap();
    assert_eq!(read[0].reasons[0].reason_code, Some(ReasonCode::Other("MOON".into())));
    let Some(samples) = sandbox(RESTRICTIONS, path, "get") else {
        return;
    };
    let restrictions = ask.read(&answer(&samples[0])).unwrap();
    let reason = &restrictions[0].reasons[0];
    assert_eq!(
        reason.links[0].title.as_deref(),
        Some("Request Approval via Seller Central.")
    );
}

#[test]
fn amazons_own_stock_is_read_for_one_marketplace() {
    let all = Summaries {
        marketplace_id: DE.into(),
        since: Some("2026-11-01T00:00:00.5Z".parse().unwrap()),
        skus: vec!["A".into(); Summaries::MANY],
        page: Some("t".into()),
    };
    let path = "/fba/inventory/v1/summaries";
    fits_model(FBA, path, &all.request());
    let one = Summaries {
        skus: vec!["A B".into(), "C".into()],
        ..all
    };
    assert_eq!(
        shown(&one.request()),
        "GET /fba/inventory/v1/summaries
details=true
granularityType=Marketplace
granularityId=A1PA6795UKMFR9
marketplaceIds=A1PA6795UKMFR9
startDateTime=2026-11-01T00:00:00Z
sellerSkus=A B,C
nextToken=t"
    );
    let page = one
        .read(&answer(&json!({ "pagination": { "nextToken": "n" }, "payload": {
            "granularity": { "granularityType": "Marketplace", "granularityId": DE },
            "inventorySummaries": [
                { "sellerSku": "A", "asin": "B000000001", "fnSku": "X000000001", "totalQuantity": 9,
                  "lastUpdatedTime": "", "inventoryDetails": { "fulfillableQuantity": 5,
                    "reservedQuantity": { "totalReservedQuantity": 2, "fcProcessingQuantity": 2 },
                    "unfulfillableQuantity": { "totalUnfulfillableQuantity": 1, "expiredQuantity": 1 } } },
                { "sellerSku": "B" } ] } })))
        .unwrap();
    let details = &page.summaries[0].inventory_details;
    assert_eq!(
        (
            details.fulfillable_quantity,
            details.reserved_quantity.total_reserved_quantity
        ),
        (5, 2)
    );
    assert_eq!(details.unfulfillable_quantity.expired_quantity, 1);
    assert_eq!(page.summaries[1].inventory_details.fulfillable_quantity, 0);
    assert_eq!(page.next.as_deref(), Some("n"));
}
