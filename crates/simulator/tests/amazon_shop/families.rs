//! Offers on known products, families of variations, and products that not everybody may sell.

use serde_json::{Value, json};
use wire::Method;

use crate::bench::{US, call, candle, done, later, listing, price, put, seen, shop};
use crate::common::json;

fn offer(code: &str) -> Value {
    json!({ "productType": "PRODUCT", "requirements": "LISTING_OFFER_ONLY", "attributes": {
        "externally_assigned_product_identifier": [{ "type": "upc", "value": code, "marketplace_id": US }],
        "condition_type": [{ "value": "new_new", "marketplace_id": US }],
        "purchasable_offer": price(US, "USD", "32.00")[0]["value"],
        "fulfillment_availability": [{ "fulfillment_channel_code": "DEFAULT", "quantity": 6, "lead_time_to_ship_max_days": 2 }],
    } })
}

#[tokio::test]
async fn p1_an_offer_finds_its_product_by_the_number_on_the_box() {
    let client = shop().await;
    let search = format!("/catalog/2022-04-01/items?marketplaceIds={US}&identifiersType=UPC&identifiers=850000002012");
    let found = json(&call(&client, Method::Get, US, &search, &Value::Null).await);
    assert_eq!(
        (&found["numberOfResults"], &found["items"][0]["asin"]),
        (&json!(1), &json!("B0OTH00301"))
    );
    assert_eq!(
        put(&client, US, "STAND-BOOK-OAK", &offer("850000002012")).await["status"],
        "ACCEPTED"
    );
    later(&client);
    let live = listing(&client, US, "STAND-BOOK-OAK").await;
    assert_eq!(live["summaries"][0]["asin"], "B0OTH00301");
    assert_eq!(live["summaries"][0]["status"], json!(["BUYABLE", "DISCOVERABLE"]));
    assert_eq!(
        seen(&client, US, "STAND-BOOK-OAK")["title"],
        "Oak Book Stand",
        "the page is another's"
    );
    let unknown = put(&client, US, "LAMP-PAPER-NEW", &offer("000000000000")).await;
    assert_eq!(
        (&unknown["status"], &unknown["issues"][0]["code"]),
        (&json!("INVALID"), &json!("8560"))
    );
    let mut bare = offer("850000002012");
    bare["attributes"]
        .as_object_mut()
        .unwrap()
        .remove("externally_assigned_product_identifier");
    assert_eq!(
        put(&client, US, "STAND-2", &bare).await["status"],
        "INVALID",
        "nothing says which product"
    );
}

#[tokio::test]
async fn p2_members_of_a_family_wait_for_its_head() {
    let client = shop().await;
    let child = |code: &str| {
        let mut body = candle(US, "en_US", "USD", code);
        let attributes = &mut body["attributes"];
        attributes["parentage_level"] = json!([{ "value": "child", "marketplace_id": US }]);
        attributes["child_parent_sku_relationship"] =
            json!([{ "child_relationship_type": "variation", "parent_sku": "CANDLE-RAIN", "marketplace_id": US }]);
        attributes["variation_theme"] = json!([{ "name": "SIZE" }]);
        attributes["size"] = json!([{ "value": code, "language_tag": "en_US", "marketplace_id": US }]);
        body
    };
    assert_eq!(
        put(&client, US, "CANDLE-RAIN-220", &child("3760000003001")).await["status"],
        "ACCEPTED"
    );
    later(&client);
    assert_eq!(
        listing(&client, US, "CANDLE-RAIN-220").await["issues"][0]["code"],
        "8007",
        "there is no head yet"
    );
    let mut parent = candle(US, "en_US", "USD", "3760000003001");
    let attributes = parent["attributes"].as_object_mut().unwrap();
    for name in [
        "externally_assigned_product_identifier",
        "condition_type",
        "purchasable_offer",
        "fulfillment_availability",
        "scent",
    ] {
        attributes.remove(name);
    }
    attributes.insert(
        "parentage_level".to_owned(),
        json!([{ "value": "parent", "marketplace_id": US }]),
    );
    assert_eq!(
        put(&client, US, "CANDLE-RAIN", &parent).await["status"],
        "INVALID",
        "a head names its theme"
    );
    parent["attributes"]["variation_theme"] = json!([{ "name": "SIZE" }]);
    assert_eq!(put(&client, US, "CANDLE-RAIN", &parent).await["status"], "ACCEPTED");
    assert_eq!(
        put(&client, US, "CANDLE-RAIN-500", &child("3760000003018")).await["status"],
        "ACCEPTED"
    );
    later(&client);
    let head = listing(&client, US, "CANDLE-RAIN").await;
    assert_eq!(
        head["summaries"][0]["status"],
        json!(["DISCOVERABLE"]),
        "nobody buys a family"
    );
    let relation = &head["relationships"][0]["relationships"][0];
    assert_eq!(relation["childSkus"], json!(["CANDLE-RAIN-220", "CANDLE-RAIN-500"]));
    assert_eq!(
        relation["variationTheme"],
        json!({ "theme": "SIZE", "attributes": ["size"] })
    );
    let member = listing(&client, US, "CANDLE-RAIN-220").await;
    assert_eq!(member["issues"], json!([]), "the head has come");
    assert_eq!(
        member["relationships"][0]["relationships"][0]["parentSkus"],
        json!(["CANDLE-RAIN"])
    );
}

#[tokio::test]
async fn prd_02_a_product_that_needs_approval_is_accepted_and_held_back() {
    let client = shop().await;
    let seller = client.credentials["seller_id"].as_str().unwrap().to_owned();
    let ask = async |asin: &str, condition: &str| {
        let path = format!(
            "/listings/2021-08-01/restrictions?asin={asin}&sellerId={seller}&marketplaceIds={US}&conditionType={condition}"
        );
        json(&call(&client, Method::Get, US, &path, &Value::Null).await)["restrictions"].clone()
    };
    assert_eq!(ask("B0ATL00011", "new_new").await, json!([]));
    assert_eq!(
        ask("B0OTH00302", "new_new").await[0]["reasons"][0]["reasonCode"],
        "APPROVAL_REQUIRED"
    );
    assert_eq!(
        ask("B0NOTHING1", "new_new").await[0]["reasons"][0]["reasonCode"],
        "ASIN_NOT_FOUND"
    );
    assert_eq!(
        ask("B0ATL00055", "used_good").await[0]["reasons"][0]["reasonCode"],
        "NOT_ELIGIBLE"
    );
    assert_eq!(
        put(&client, US, "LAMP-ICON-1962", &offer("850000002029")).await["status"],
        "ACCEPTED"
    );
    later(&client);
    let told = listing(&client, US, "LAMP-ICON-1962").await;
    assert_eq!(told["issues"][0]["categories"], json!(["QUALIFICATION_REQUIRED"]));
    assert_eq!(told["summaries"][0]["status"], json!(["DISCOVERABLE"]));
    done(&client, "LAMP-ICON-1962", "US", json!({ "gate": false }));
    assert_eq!(seen(&client, US, "LAMP-ICON-1962")["buyable"], true);
}
