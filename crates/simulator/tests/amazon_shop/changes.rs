//! What is accepted, what is refused, and when it is live.

use serde_json::{Value, json};
use wire::Method;

use crate::bench::{
    DE, JP, UK, US, call, candle, change, done, later, listing, patch, path, price, put, quantity, seen,
};
use crate::common::{Client, json, options};
use simulator::{Company, Fault, Options, Rule};

#[tokio::test]
async fn prc_07_an_accepted_price_is_live_only_after_a_while() {
    let client = Client::demo().await;
    let accepted = patch(&client, DE, "LAMP-RED", price(DE, "EUR", "49.95")).await;
    assert_eq!(
        (&accepted["status"], &accepted["issues"]),
        (&json!("ACCEPTED"), &json!([]))
    );
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90", "accepted is not live");
    let told = listing(&client, DE, "LAMP-RED").await;
    assert_eq!(told["offers"][0]["price"]["amount"], "51.90");
    let given = &told["attributes"]["purchasable_offer"][0]["our_price"][0]["schedule"][0]["value_with_tax"];
    assert_eq!(given.to_string(), "49.95", "the contribution is there at once");
    later(&client);
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "49.95");
    assert_eq!(
        seen(&client, UK, "LAMP-RED")["price"],
        "47.00",
        "a price belongs to one marketplace"
    );
}

#[tokio::test]
async fn prc_02_prc_04_what_is_no_price_here_is_refused() {
    let client = Client::demo().await;
    for (market, currency, amount) in [
        (DE, "EUR", "0"),
        (DE, "EUR", "-1"),
        (DE, "EUR", "9.999"),
        (DE, "USD", "9.90"),
        (DE, "XXX", "9.90"),
        (JP, "JPY", "990.5"),
    ] {
        let refused = patch(&client, market, "LAMP-RED", price(market, currency, amount)).await;
        assert_eq!(refused["status"], "INVALID", "{amount} {currency}");
        let issue = &refused["issues"][0];
        assert_eq!(
            (&issue["severity"], &issue["attributeNames"]),
            (&json!("ERROR"), &json!(["purchasable_offer"]))
        );
        later(&client);
    }
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90");
    let text = json!([{ "op": "replace", "path": "/attributes/purchasable_offer", "value": [{
        "marketplace_id": DE, "currency": "EUR", "our_price": [{ "schedule": [{ "value_with_tax": "49.90" }] }],
    }] }]);
    let refused = patch(&client, DE, "LAMP-RED", text).await;
    assert_eq!(
        refused["issues"][0]["categories"],
        json!(["INVALID_PRICE"]),
        "a text is no number"
    );
}

#[tokio::test]
async fn inv_01_a_quantity_sent_to_an_fba_offer_makes_it_the_sellers() {
    let client = Client::demo().await;
    let before = seen(&client, US, "CANDLE-FIG-220-FBA");
    assert_eq!(
        (&before["channel"], &before["quantity"], &before["buyable"]),
        (&json!("AMAZON_NA"), &json!(120), &json!(true))
    );
    let told = listing(&client, US, "CANDLE-FIG-220-FBA").await;
    assert!(told["summaries"][0]["fnSku"].is_string());
    assert_eq!(
        told["fulfillmentAvailability"],
        json!([{ "fulfillmentChannelCode": "AMAZON_NA" }])
    );
    let accepted = patch(&client, US, "CANDLE-FIG-220-FBA", quantity(5)).await;
    assert_eq!(accepted["status"], "ACCEPTED", "Amazon does not warn");
    later(&client);
    let after = seen(&client, US, "CANDLE-FIG-220-FBA");
    assert_eq!((&after["channel"], &after["quantity"]), (&json!("DEFAULT"), &json!(5)));
    let told = listing(&client, US, "CANDLE-FIG-220-FBA").await;
    let codes = told["attributes"]["fulfillment_availability"].as_array().unwrap();
    assert_eq!(codes.len(), 2, "the old entry stays beside the new one: {codes:?}");
}

#[tokio::test]
async fn inv_05_a_merge_changes_what_it_names_and_a_delete_what_it_selects() {
    let client = Client::demo().await;
    let full = json!([{ "op": "replace", "path": "/attributes/fulfillment_availability", "value": [
        { "fulfillment_channel_code": "DEFAULT", "quantity": 9, "lead_time_to_ship_max_days": 3 },
    ] }]);
    patch(&client, US, "LAMP-RED", full).await;
    let merged = json!([{ "op": "merge", "path": "/attributes/fulfillment_availability", "value": [
        { "fulfillment_channel_code": "DEFAULT", "quantity": 4 },
    ] }]);
    patch(&client, US, "LAMP-RED", merged).await;
    later(&client);
    let entry = listing(&client, US, "LAMP-RED").await["attributes"]["fulfillment_availability"][0].clone();
    assert_eq!(
        (&entry["quantity"], &entry["lead_time_to_ship_max_days"]),
        (&json!(4), &json!(3))
    );
    assert_eq!(seen(&client, US, "LAMP-RED")["quantity"], 4);
    let business = json!([{ "op": "add", "path": "/purchasable_offer", "value": [{
        "marketplace_id": US, "currency": "USD", "audience": "B2B", "our_price": [{ "schedule": [{ "value_with_tax": 50 }] }],
        "quantity_discount_plan": [{ "schedule": [{ "discount_type": "fixed", "levels": [{ "lower_bound": 5, "value": 48 }] }] }],
    }] }]);
    assert_eq!(patch(&client, US, "LAMP-RED", business).await["status"], "ACCEPTED");
    later(&client);
    let both = seen(&client, US, "LAMP-RED");
    assert_eq!(
        (&both["price"], &both["business_price"]),
        (&json!("54.00"), &json!("50.00"))
    );
    let plan = json!([{ "op": "merge", "path": "/attributes/purchasable_offer", "value": [
        { "marketplace_id": US, "currency": "USD", "audience": "B2B", "quantity_discount_plan": null },
    ] }]);
    patch(&client, US, "LAMP-RED", plan).await;
    let offers = listing(&client, US, "LAMP-RED").await["attributes"]["purchasable_offer"].clone();
    assert!(
        offers
            .as_array()
            .unwrap()
            .iter()
            .all(|offer| offer["quantity_discount_plan"].is_null())
    );
    let gone = json!([{ "op": "delete", "path": "/attributes/purchasable_offer",
        "value": [{ "marketplace_id": US, "currency": "USD", "audience": "B2B" }] }]);
    patch(&client, US, "LAMP-RED", gone).await;
    later(&client);
    let one = seen(&client, US, "LAMP-RED");
    assert_eq!((&one["price"], &one["business_price"]), (&json!("54.00"), &Value::Null));
}

#[tokio::test]
async fn p7_a_sale_price_begins_and_ends_by_itself() {
    let client = Client::demo().await;
    let sale = json!([{ "op": "replace", "path": "/attributes/purchasable_offer", "value": [{
        "marketplace_id": DE, "currency": "EUR", "audience": "ALL",
        "our_price": [{ "schedule": [{ "value_with_tax": 51.90 }] }],
        "discounted_price": [{ "schedule": [
            { "start_at": "2026-11-25T00:00:00Z", "end_at": "2026-11-27T00:00:00Z", "value_with_tax": 44.90 },
        ] }],
    }] }]);
    assert_eq!(patch(&client, DE, "LAMP-RED", sale).await["status"], "ACCEPTED");
    later(&client);
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90");
    client.jump(chrono::TimeDelta::days(2));
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "44.90");
    client.jump(chrono::TimeDelta::days(2));
    assert_eq!(seen(&client, DE, "LAMP-RED")["price"], "51.90");
}

#[tokio::test]
async fn p5_a_price_below_its_own_floor_takes_the_offer_down() {
    let client = Client::demo().await;
    let floor = json!([{ "op": "merge", "path": "/attributes/purchasable_offer", "value": [{
        "marketplace_id": US, "currency": "USD", "audience": "ALL",
        "minimum_seller_allowed_price": [{ "schedule": [{ "value_with_tax": 60 }] }],
    }] }]);
    assert_eq!(patch(&client, US, "LAMP-RED", floor).await["status"], "ACCEPTED");
    later(&client);
    let told = listing(&client, US, "LAMP-RED").await;
    assert_eq!(
        (&told["issues"][0]["code"], &told["issues"][0]["marketplaceIds"]),
        (&json!("18155"), &json!([US]))
    );
    assert_eq!(
        told["issues"][0]["enforcements"]["actions"][0]["action"],
        "LISTING_SUPPRESSED"
    );
    assert_eq!(told["summaries"][0]["status"], json!(["DISCOVERABLE"]));
    patch(&client, US, "LAMP-RED", price(US, "USD", "61")).await;
    later(&client);
    assert_eq!(
        listing(&client, US, "LAMP-RED").await["issues"],
        json!([]),
        "a replace leaves the floor out"
    );
}

#[tokio::test]
async fn prd_04_a_preview_names_what_is_wrong_and_changes_nothing() {
    let client = Client::demo().await;
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
    let client = Client::demo().await;
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
    let client = Client::demo().await;
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
    let client = Client::demo().await;
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
    let client = Client::demo().await;
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
    let client = Client::demo().await;
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
    let client = Client::demo().await;
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
    let client = Client::demo().await;
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
    let client = Client::demo().await;
    let body = json!({ "productType": "PRODUCT", "patches": quantity(1) });
    let path = format!("{}?marketplaceIds={US}", path(&client, "LAMP-RED"));
    for _ in 0..5 {
        assert_eq!(client.call(Method::Patch, "na", &path, &body).await.status, 200);
    }
    assert_eq!(client.call(Method::Patch, "na", &path, &body).await.status, 429);
}

#[tokio::test]
async fn s8_one_quantity_serves_all_of_europe_unless_the_account_says_otherwise() {
    let client = Client::demo().await;
    patch(&client, DE, "LAMP-RED", quantity(6)).await;
    later(&client);
    assert_eq!(seen(&client, UK, "LAMP-RED")["quantity"], 6);
    assert_eq!(seen(&client, US, "LAMP-RED")["quantity"], 25, "another account");
    let (status, _) = simulator::control::answer(
        &client.simulator,
        Method::Post,
        "/settings",
        &json!({ "shared_stock": ["eu", false] }),
    );
    assert_eq!(status, 200);
    patch(&client, DE, "LAMP-RED", quantity(2)).await;
    later(&client);
    assert_eq!(
        (
            &seen(&client, DE, "LAMP-RED")["quantity"],
            &seen(&client, UK, "LAMP-RED")["quantity"]
        ),
        (&json!(2), &json!(6))
    );
}

#[tokio::test]
async fn inv_11_an_order_takes_its_units_off_the_offer() {
    let client = Client::of(options(Company::Empty)).await;
    let bought = |channel: &str, sku: &str| {
        let order = json!({ "marketplace": "DE", "channel": channel, "lines": [{ "sku": sku, "quantity": 4 }] });
        let (status, answer) = simulator::control::answer(&client.simulator, Method::Post, "/orders", &order);
        assert_eq!(status, 200, "{answer}");
    };
    bought("MERCHANT", "LAMP-RED");
    assert_eq!(seen(&client, DE, "LAMP-RED")["quantity"], 21);
    assert_eq!(seen(&client, UK, "LAMP-RED")["quantity"], 21, "the pool of Europe");
    bought("AMAZON", "CANDLE-FIG-220-FBA");
    assert_eq!(seen(&client, DE, "CANDLE-FIG-220-FBA")["quantity"], 116);
    patch(&client, DE, "LAMP-RED", quantity(3)).await;
    later(&client);
    bought("MERCHANT", "LAMP-RED");
    let empty = seen(&client, DE, "LAMP-RED");
    assert_eq!(
        (&empty["quantity"], &empty["buyable"], &empty["discoverable"]),
        (&json!(0), &json!(false), &json!(true))
    );
}

#[tokio::test]
async fn a_change_that_is_forgotten_is_answered_like_any_other() {
    let client = Client::demo().await;
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
