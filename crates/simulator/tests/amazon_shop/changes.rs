//! What is accepted, what is refused, and when it is live.

use serde_json::{Value, json};
use wire::Method;

use crate::bench::{
    DE, UK, US, call, candle, change, done, later, listing, patch, path, price, put, quantity, seen, shop,
};
use crate::common::{Client, json, options};
use simulator::{Company, Fault, Options, Rule};

#[tokio::test]
async fn prd_04_a_preview_names_what_is_wrong_and_changes_nothing() {
    let client = shop().await;
    let mut body = candle(DE, "de_DE", "EUR", "3760000003001");
    let preview = "&mode=VALIDATION_PREVIEW&includedData=issues,identifiers";
    let ask = async |body: &Value| json(&change(&client, Method::Put, DE, "CANDLE-RAIN-220", preview, body).await);
    let valid = ask(&body).await;
    assert_eq!(
        (&valid["status"], &valid["issues"], &valid["identifiers"]),
        (&json!("VALID"), &json!([]), &json!([])),
        "{valid}"
    );
    body["attributes"].as_object_mut().unwrap().remove("scent");
    body["attributes"]["country_of_origin"][0]["value"] = json!("Atlantis");
    body["attributes"]["magic"] = json!([{ "value": "yes" }]);
    let invalid = ask(&body).await;
    assert_eq!(invalid["status"], "INVALID");
    let about = |name: &str| {
        let issues = invalid["issues"].as_array().unwrap();
        issues
            .iter()
            .find(|issue| issue["attributeNames"] == json!([name]))
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(
        (&about("scent")["code"], &about("scent")["categories"]),
        (&json!("90220"), &json!(["MISSING_ATTRIBUTE"]))
    );
    assert_eq!(about("country_of_origin")["categories"], json!(["INVALID_ATTRIBUTE"]));
    assert_eq!(about("magic")["code"], "90000900");
    later(&client);
    let gone = call(
        &client,
        Method::Get,
        DE,
        &format!("{}?marketplaceIds={DE}", path(&client, "CANDLE-RAIN-220")),
        &Value::Null,
    )
    .await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn prd_04_a_whole_listing_is_submitted_accepted_and_then_live() {
    let client = shop().await;
    let accepted = put(
        &client,
        DE,
        "CANDLE-RAIN-220",
        &candle(DE, "de_DE", "EUR", "3760000003001"),
    )
    .await;
    assert_eq!(accepted["status"], "ACCEPTED");
    let early = listing(&client, DE, "CANDLE-RAIN-220").await;
    assert_eq!(
        (&early["summaries"][0]["status"], &early["summaries"][0]["asin"]),
        (&json!([]), &Value::Null)
    );
    later(&client);
    let live = listing(&client, DE, "CANDLE-RAIN-220").await;
    assert_eq!(
        live["summaries"][0]["status"],
        json!(["BUYABLE", "DISCOVERABLE"]),
        "{live}"
    );
    assert_eq!(live["summaries"][0]["itemName"], "Scented Candle, Rain, 220 g");
    assert_eq!(live["issues"], json!([]));
    let asin = live["summaries"][0]["asin"].as_str().unwrap();
    let found = format!("/catalog/2022-04-01/items?marketplaceIds={DE}&identifiersType=EAN&identifiers=3760000003001");
    assert_eq!(
        json(&call(&client, Method::Get, DE, &found, &Value::Null).await)["items"][0]["asin"],
        asin
    );
}

#[tokio::test]
async fn p3_a_number_on_the_box_that_belongs_to_another_brand_is_found_out_later() {
    let client = shop().await;
    let mut body = candle(US, "en_US", "USD", "850000002012");
    body["attributes"]["externally_assigned_product_identifier"][0]["type"] = json!("upc");
    assert_eq!(put(&client, US, "CANDLE-RAIN-220", &body).await["status"], "ACCEPTED");
    later(&client);
    let told = listing(&client, US, "CANDLE-RAIN-220").await;
    assert_eq!(
        (&told["issues"][0]["code"], &told["summaries"][0]["status"]),
        (&json!("8541"), &json!([]))
    );
    body["attributes"]["externally_assigned_product_identifier"][0]["value"] = json!("850000002013");
    assert_eq!(
        put(&client, US, "CANDLE-RAIN-221", &body).await["issues"][0]["code"],
        "8572",
        "a wrong last digit"
    );
}

#[tokio::test]
async fn prd_07_a_title_is_accepted_and_not_shown_where_another_owns_the_page() {
    let client = shop().await;
    let title = |text: &str| json!([{ "op": "replace", "path": "/attributes/item_name", "value": [{ "value": text, "language_tag": "de_DE", "marketplace_id": DE }] }]);
    patch(&client, DE, "LAMP-RED", title("Rote Leuchte")).await;
    later(&client);
    assert_eq!(seen(&client, DE, "LAMP-RED")["title"], "Rote Leuchte");
    done(&client, "LAMP-RED", "DE", json!({ "own_page": false }));
    assert_eq!(
        patch(&client, DE, "LAMP-RED", title("Feuerrote Leuchte")).await["status"],
        "ACCEPTED"
    );
    later(&client);
    let told = listing(&client, DE, "LAMP-RED").await;
    assert_eq!(told["attributes"]["item_name"][0]["value"], "Feuerrote Leuchte");
    assert_eq!(
        (&told["summaries"][0]["itemName"], &told["issues"]),
        (&json!("Rote Leuchte"), &json!([]))
    );
}

#[tokio::test]
async fn prd_06_a_picture_behind_a_login_becomes_an_issue_later() {
    let client = shop().await;
    let picture = |address: &str| json!([{ "op": "replace", "path": "/attributes/main_product_image_locator", "value": [{ "media_location": address, "marketplace_id": US }] }]);
    let cabinet = "https://td3141592.app.netsuite.com/core/media/media.nl?id=42&c=TD3141592";
    for address in [cabinet, "http://nas.local/lamp.jpg", "file:///lamp.jpg"] {
        assert_eq!(
            patch(&client, US, "LAMP-RED", picture(address)).await["status"],
            "ACCEPTED"
        );
        later(&client);
        let issue = listing(&client, US, "LAMP-RED").await["issues"][0].clone();
        assert_eq!(issue["categories"], json!(["INVALID_IMAGE"]), "{address}");
    }
    patch(&client, US, "LAMP-RED", picture(&format!("{cabinet}&h=5f2e"))).await;
    later(&client);
    assert_eq!(listing(&client, US, "LAMP-RED").await["issues"], json!([]));
}

#[tokio::test]
async fn inv_15_a_patch_of_a_sku_that_is_not_there_is_accepted_and_sells_nothing() {
    let client = shop().await;
    assert_eq!(
        patch(&client, US, "NO-SUCH-SKU", price(US, "USD", "9.90")).await["status"],
        "ACCEPTED"
    );
    later(&client);
    let told = listing(&client, US, "NO-SUCH-SKU").await;
    assert_eq!(
        (&told["summaries"][0]["status"], &told["issues"][0]["code"]),
        (&json!([]), &json!("8560"))
    );
}

#[tokio::test]
async fn prd_01_skus_may_hold_slashes_percent_signs_spaces_and_forty_characters() {
    let client = shop().await;
    for sku in [
        "SHADE/SILK 25 CM",
        "CANDLE 100% BEESWAX",
        "LAMP-FLOOR-OAK-TRIPOD-LINEN-SHADE-160-CM",
    ] {
        assert_eq!(patch(&client, US, sku, quantity(3)).await["sku"], sku);
        later(&client);
        assert_eq!(seen(&client, US, sku)["quantity"], 3);
        assert_eq!(listing(&client, US, sku).await["sku"], sku);
    }
    let long = "X".repeat(41);
    let body = json!({ "productType": "PRODUCT", "patches": quantity(1) });
    assert_eq!(change(&client, Method::Patch, US, &long, "", &body).await.status, 400);
}

#[tokio::test]
async fn a_request_without_sense_is_refused_with_400() {
    let client = shop().await;
    let wrong = [
        json!({ "patches": quantity(1) }),
        json!({ "productType": "PRODUCT", "patches": [] }),
        json!({ "productType": "PRODUCT", "patches": [{ "op": "move", "path": "/attributes/item_name", "value": [{}] }] }),
        json!({ "productType": "PRODUCT", "patches": [{ "op": "delete", "path": "/attributes/item_name" }] }),
        json!({ "productType": "PRODUCT", "patches": [{ "op": "replace", "path": "/attributes/purchasable_offer/0/our_price", "value": [{}] }] }),
    ];
    for body in wrong {
        assert_eq!(
            change(&client, Method::Patch, US, "LAMP-RED", "", &body).await.status,
            400,
            "{body}"
        );
    }
    let two = format!("{}?marketplaceIds={DE},{UK}", path(&client, "LAMP-RED"));
    assert_eq!(
        call(&client, Method::Delete, DE, &two, &Value::Null).await.status,
        400,
        "one marketplace at a time"
    );
    let both = json!({ "productType": "PRODUCT", "patches": quantity(2) });
    assert_eq!(call(&client, Method::Patch, DE, &two, &both).await.status, 200);
    let other = path(&client, "LAMP-RED").replace(client.credentials["seller_id"].as_str().unwrap(), "A0OTHER");
    assert_eq!(
        call(
            &client,
            Method::Delete,
            DE,
            &format!("{other}?marketplaceIds={DE}"),
            &Value::Null
        )
        .await
        .status,
        403
    );
    let elsewhere = json!([{ "op": "replace", "path": "/attributes/item_name", "value": [{ "value": "x", "marketplace_id": UK }] }]);
    assert_eq!(patch(&client, DE, "LAMP-RED", elsewhere).await["status"], "INVALID");
}

#[tokio::test]
async fn six_changes_within_a_second_are_one_too_many() {
    let client = shop().await;
    let body = json!({ "productType": "PRODUCT", "patches": quantity(1) });
    let path = format!("{}?marketplaceIds={US}", path(&client, "LAMP-RED"));
    for _ in 0..5 {
        assert_eq!(client.call(Method::Patch, "na", &path, &body).await.status, 200);
    }
    assert_eq!(client.call(Method::Patch, "na", &path, &body).await.status, 429);
}

#[tokio::test]
async fn a_change_that_is_forgotten_is_answered_like_any_other() {
    let client = shop().await;
    client
        .simulator
        .faults()
        .add(Rule::once(Fault::SubmissionIgnored, "PATCH "));
    assert_eq!(
        patch(&client, DE, "LAMP-RED", price(DE, "EUR", "49.95")).await["status"],
        "ACCEPTED"
    );
    later(&client);
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90");
}

#[tokio::test]
async fn x1_what_was_accepted_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let kept = || Options {
        store: Some(folder.path().to_owned()),
        ..options(Company::Demo)
    };
    let first = Client::of(kept()).await;
    patch(&first, DE, "LAMP-RED", price(DE, "EUR", "49.95")).await;
    put(
        &first,
        DE,
        "CANDLE-RAIN-220",
        &candle(DE, "de_DE", "EUR", "3760000003001"),
    )
    .await;
    done(&first, "LAMP-WALNUT-02", "DE", json!("delete"));
    later(&first);
    let before = listing(&first, DE, "CANDLE-RAIN-220").await;
    drop(first);
    let second = Client::of(kept()).await;
    later(&second);
    assert_eq!(seen(&second, DE, "LAMP-RED")["price"], "49.95");
    assert_eq!(seen(&second, DE, "LAMP-WALNUT-02"), Value::Null);
    let after = listing(&second, DE, "CANDLE-RAIN-220").await;
    assert_eq!(after["summaries"], before["summaries"]);
}
