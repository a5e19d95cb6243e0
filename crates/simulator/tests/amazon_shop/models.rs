//! Every answer about listings validates against Amazon's published model, one test per operation.

use serde_json::{Value, json};
use wire::Method;

use crate::bench::{ALL, DE, US, call, candle, change, done, later, patch, path, price, put, quantity, shop};
use crate::common::Model;

const LISTINGS: &str = "listings-items-api-model/listingsItems_2021-08-01.json";
const ITEM: &str = "/listings/2021-08-01/items/{sellerId}/{sku}";

#[tokio::test]
async fn put_listings_item() {
    let Some(model) = Model::read(LISTINGS) else { return };
    let client = shop().await;
    let body = candle(DE, "de_DE", "EUR", "3760000003001");
    for more in ["", "&mode=VALIDATION_PREVIEW", "&includedData=identifiers,issues"] {
        let answer = change(&client, Method::Put, DE, "CANDLE-RAIN-220", more, &body).await;
        assert_eq!(answer.status, 200);
        model.check(ITEM, "put", &answer);
    }
    let empty = json!({ "productType": "CANDLE", "attributes": {} });
    let refused = change(&client, Method::Put, DE, "CANDLE-RAIN-220", "", &empty).await;
    model.check(ITEM, "put", &refused);
    model.check(
        ITEM,
        "put",
        &change(&client, Method::Put, DE, "CANDLE-RAIN-220", "", &json!({})).await,
    );
    let bad = change(&client, Method::Put, DE, "CANDLE-RAIN-220", "&mode=GUESS", &body).await;
    assert_eq!(bad.status, 400);
    model.check(ITEM, "put", &bad);
}

#[tokio::test]
async fn patch_listings_item() {
    let Some(model) = Model::read(LISTINGS) else { return };
    let client = shop().await;
    for patches in [price(DE, "EUR", "49.90"), price(DE, "XXX", "0"), quantity(3), json!([])] {
        let body = json!({ "productType": "PRODUCT", "patches": patches });
        for more in ["", "&mode=VALIDATION_PREVIEW&includedData=identifiers,issues"] {
            model.check(
                ITEM,
                "patch",
                &change(&client, Method::Patch, DE, "LAMP-RED", more, &body).await,
            );
        }
    }
}

#[tokio::test]
async fn delete_listings_item() {
    let Some(model) = Model::read(LISTINGS) else { return };
    let client = shop().await;
    model.check(
        ITEM,
        "delete",
        &change(&client, Method::Delete, DE, "LAMP-RED", "", &Value::Null).await,
    );
    later(&client);
    let gone = format!("{}?marketplaceIds={DE}", path(&client, "LAMP-RED"));
    let gone = call(&client, Method::Get, DE, &gone, &Value::Null).await;
    assert_eq!(gone.status, 404);
    model.check(ITEM, "get", &gone);
}

#[tokio::test]
async fn get_and_search_listings_items_in_every_state() {
    let Some(model) = Model::read(LISTINGS) else { return };
    let client = shop().await;
    patch(&client, US, "NO-SUCH-SKU", price(US, "USD", "9.90")).await;
    patch(&client, US, "CANDLE-FIG-220-FBA", quantity(1)).await;
    put(
        &client,
        US,
        "CANDLE-RAIN-220",
        &candle(US, "en_US", "USD", "3760000003001"),
    )
    .await;
    let issue = json!({ "suppress": { "code": "99300", "message": "Wrong facts.", "severity": "WARNING", "actions": ["ATTRIBUTE_SUPPRESSED"] } });
    done(&client, "LAMP-RED", "US", issue);
    for _ in 0..2 {
        let base = path(&client, "");
        let search = base.trim_end_matches('/');
        for page in ["", "&pageToken=page-20"] {
            let query = format!("{search}?marketplaceIds={US}&includedData={ALL}&pageSize=20{page}");
            let answer = call(&client, Method::Get, US, &query, &Value::Null).await;
            assert_eq!(answer.status, 200);
            model.check("/listings/2021-08-01/items/{sellerId}", "get", &answer);
        }
        for sku in [
            "NO-SUCH-SKU",
            "CANDLE-FIG-220-FBA",
            "CANDLE-RAIN-220",
            "LAMP-RED",
            "SHADE/SILK 25 CM",
        ] {
            let query = format!("{}?marketplaceIds={US}&includedData={ALL}", path(&client, sku));
            let answer = call(&client, Method::Get, US, &query, &Value::Null).await;
            assert_eq!(answer.status, 200, "{sku}");
            model.check(ITEM, "get", &answer);
        }
        later(&client);
    }
}

#[tokio::test]
async fn get_listings_restrictions() {
    let Some(model) = Model::read("listings-restrictions-api-model/listingsRestrictions_2021-08-01.json") else {
        return;
    };
    let client = shop().await;
    let seller = client.credentials["seller_id"].as_str().unwrap();
    let path = "/listings/2021-08-01/restrictions";
    for asin in ["B0ATL00011", "B0OTH00302", "B0NOTHING1"] {
        let query = format!("{path}?asin={asin}&sellerId={seller}&marketplaceIds={US}");
        model.check(path, "get", &call(&client, Method::Get, US, &query, &Value::Null).await);
    }
    model.check(path, "get", &call(&client, Method::Get, US, path, &Value::Null).await);
}

#[tokio::test]
async fn search_and_get_definitions_of_product_types() {
    let Some(model) = Model::read("product-type-definitions-api-model/definitionsProductTypes_2020-09-01.json") else {
        return;
    };
    let client = shop().await;
    let path = "/definitions/2020-09-01/productTypes";
    for query in [format!("{path}?marketplaceIds={DE}&itemName=Lampe"), path.to_owned()] {
        model.check(path, "get", &call(&client, Method::Get, DE, &query, &Value::Null).await);
    }
    for kind in ["LAMP", "PRODUCT", "NONE"] {
        let query = format!("{path}/{kind}?marketplaceIds={DE}&locale=de_DE");
        let answer = call(&client, Method::Get, DE, &query, &Value::Null).await;
        model.check("/definitions/2020-09-01/productTypes/{productType}", "get", &answer);
    }
}

#[tokio::test]
async fn get_inventory_summaries() {
    let Some(model) = Model::read("fba-inventory-api-model/fbaInventory.json") else {
        return;
    };
    let client = shop().await;
    let path = "/fba/inventory/v1/summaries";
    for details in ["true", "false"] {
        let query =
            format!("{path}?details={details}&granularityType=Marketplace&granularityId={US}&marketplaceIds={US}");
        let answer = call(&client, Method::Get, US, &query, &Value::Null).await;
        assert_eq!(answer.status, 200);
        model.check(path, "get", &answer);
    }
    model.check(path, "get", &call(&client, Method::Get, US, path, &Value::Null).await);
}

#[tokio::test]
async fn catalogue_items_by_number() {
    let Some(model) = Model::read("catalog-items-api-model/catalogItems_2022-04-01.json") else {
        return;
    };
    let client = shop().await;
    let path = "/catalog/2022-04-01/items";
    let data = "identifiers,images,productTypes,relationships,summaries,attributes";
    for query in [
        "identifiersType=UPC&identifiers=850000002012,850000002029",
        "identifiersType=GTIN&identifiers=00850000002012",
        "keywords=lamp",
    ] {
        let query = format!("{path}?marketplaceIds={US}&includedData={data}&{query}");
        model.check(path, "get", &call(&client, Method::Get, US, &query, &Value::Null).await);
    }
}
